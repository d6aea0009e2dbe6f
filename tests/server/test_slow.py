"""Clients that send or read too slowly, queues that are full: by limits made short."""

import http.client
import socket
import subprocess
import sys
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from ptce_graph.dataset.build import write_build
from tests.server.serving import Reply, wait_until

PROGRAM = """
    import sys
    from pathlib import Path
    from ptce_graph.server.limits import Limits
    from ptce_graph.server.run import bound_socket, serve

    limits = Limits(
        seconds=3, workers=1, waiting=1, patience=1.0, header_seconds=0.7, body_seconds=0.7,
        reading_seconds=4, connections=12, answer_bytes=30_000_000, in_flight_bytes=20_000_000,
        rows=10_000_000,
    )
    listening = bound_socket("127.0.0.1", 0)
    print(listening.getsockname()[1], flush=True)
    serve(Path(sys.argv[1]), listening, limits, "https://w3id.org/ptce/id/")
"""


@pytest.fixture(scope="module")
def hurried(tiny, tmp_path_factory):
    folder = tmp_path_factory.mktemp("build")
    write_build(tiny.nquads, folder)
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(PROGRAM), str(folder)],
        stdout=subprocess.PIPE,
        text=True,
    )
    port = int(process.stdout.readline())
    wait_until(lambda: _answers(port))
    yield port
    process.terminate()
    assert process.wait(timeout=20) == 0
    process.stdout.close()


def _answers(port):
    try:
        return ask(port, "/health").status == 200
    except OSError:
        return False


def ask(port, path, **more):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path, **more)
        response = connection.getresponse()
        return Reply(response.status, response.headers, response.read())
    finally:
        connection.close()


def closed_after(client, seconds=8.0):
    """Wait until the server ends the connection; what it sent before."""
    client.settimeout(seconds)
    told = b""
    try:
        while part := client.recv(65536):
            told += part
    except ConnectionResetError:
        pass
    return told


def test_a_connection_without_a_request_is_closed(hurried):
    with socket.create_connection(("127.0.0.1", hurried)) as client:
        assert closed_after(client) == b""


def test_a_head_that_never_ends_is_not_waited_for(hurried):
    """Slowloris: a line now and then keeps nothing open."""
    with socket.create_connection(("127.0.0.1", hurried)) as client:
        client.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n")
        begun = time.monotonic()
        with pytest.raises(OSError):
            for number in range(100):
                client.sendall(b"X-%d: a\r\n" % number)
                time.sleep(0.1)
        assert time.monotonic() - begun < 8


def test_nor_is_the_second_one_on_a_connection(hurried):
    with socket.create_connection(("127.0.0.1", hurried)) as client:
        client.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        told = b""
        while not told.endswith(b"true}"):
            told += client.recv(65536)
        client.sendall(b"GET /hea")
        assert closed_after(client) == b""


def test_a_body_that_never_ends_is_told(hurried):
    with socket.create_connection(("127.0.0.1", hurried)) as client:
        client.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n"
            b"Content-Type: application/sparql-query\r\n\r\nASK"
        )
        assert closed_after(client).startswith(b"HTTP/1.1 408")


BIG = (
    ('SELECT ?s ?p ?o ?x { ?s ?p ?o . ?a ?b ?c . BIND("' + "x" * 2000 + '" AS ?x) } LIMIT 7000')
    .replace(" ", "%20")
    .replace('"', "%22")
)


def test_who_reads_nothing_is_left(hurried):
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(("127.0.0.1", hurried))
        client.sendall(f"GET /sparql?query={BIG} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        wait_until(lambda: _metric(hurried, "ptce_in_flight_bytes") > 10_000_000)
        # Another large answer has no room beside it; a small one has.
        assert ask(hurried, f"/sparql?query={BIG}").status == 503
        assert ask(hurried, "/sparql?query=ASK%7B%7D").status == 200
        wait_until(lambda: _metric(hurried, "ptce_in_flight_bytes") == 0)
    assert ask(hurried, f"/sparql?query={BIG}").status == 200


def _metric(port, name):
    lines = ask(port, "/metrics").text.splitlines()
    return float(next(line.split()[-1] for line in lines if line.startswith(name + " ")))


def test_a_full_queue_says_when_to_come_back(hurried):
    endless = (
        "/sparql?query=SELECT(COUNT(*)AS?n)%7B"
        + "%20.%20".join(f"?a{n}%20?b{n}%20?c{n}" for n in range(6))
        + "%7D"
    )

    begun = time.monotonic()
    with ThreadPoolExecutor(4) as crowd:
        replies = list(crowd.map(lambda _n: ask(hurried, endless), range(4)))
    assert sorted(reply.status for reply in replies) == [422, 503, 503, 503]
    assert all(r.headers["Retry-After"] == "5" for r in replies if r.status == 503)
    assert time.monotonic() - begun < 15
    assert ask(hurried, "/health").json["ready"]


def test_connections_are_counted(hurried):
    time.sleep(1.5)
    held = [socket.create_connection(("127.0.0.1", hurried)) for _n in range(20)]
    try:
        refused = 0
        for client in held:
            client.settimeout(0.2)
            try:
                refused += client.recv(1) == b""
            except ConnectionResetError:
                refused += 1
            except TimeoutError:
                pass
            if refused >= 8:
                break
        assert refused >= 8
    finally:
        for client in held:
            client.close()
    wait_until(lambda: _answers(hurried))
