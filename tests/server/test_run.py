"""The command: what it says, what it refuses, how it ends."""

import os
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from ptce_graph.dataset.build import write_build
from tests.server.serving import Served, is_alive, wait_until

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def counted(server):
    return int(server.query(COUNT).json["results"]["bindings"][0]["n"]["value"])


def refused(*arguments):
    done = subprocess.run(
        [sys.executable, "-m", "ptce_graph", "serve", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no signals of POSIX on Windows")
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_when_told_and_leaves_nothing(tiny, tmp_path, sign):
    write_build(tiny.nquads, tmp_path)
    server = Served("--build", tmp_path, errors=subprocess.PIPE)
    workers = server.workers()
    assert workers
    told = server.process.stderr
    assert server.address in told.readline()
    assert "Ctrl-C" in told.readline()
    assert server.query("ASK {}").status == 200
    server.process.send_signal(sign)
    assert server.process.wait(timeout=30) == 0
    assert told.read() == "Stopped.\n"
    server.stop()
    assert not any(is_alive(pid) for pid in workers)


@pytest.mark.skipif(sys.platform == "win32", reason="no signals of POSIX on Windows")
def test_queries_that_run_are_ended_when_it_stops(bundled, tmp_path):
    write_build(bundled.nquads, tmp_path)
    server = Served(
        *("--build", tmp_path, "--timeout", 3000, "--max-concurrency", 1), errors=subprocess.PIPE
    )
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with ThreadPoolExecutor(2) as asking:
        # One runs, one waits for it.
        asked = [asking.submit(server.query, endless) for _n in range(2)]
        wait_until(lambda: server.metric("ptce_running") + server.metric("ptce_queued") == 2)
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(timeout=30) == 0
        statuses = [future.result().status for future in asked]
    assert statuses == [503, 503]
    told = server.process.stderr.read()
    assert "Stopping: queries that still run (2) are ended in 3 seconds.\n" in told
    assert told.endswith("\nStopped.\n")
    server.stop()


@pytest.mark.skipif(sys.platform == "win32", reason="no signals of POSIX on Windows")
def test_the_processes_end_with_a_server_that_is_killed(tiny, tmp_path):
    write_build(tiny.nquads, tmp_path)
    server = Served("--build", tmp_path)
    workers = server.workers()
    server.process.kill()
    wait_until(lambda: not any(is_alive(pid) for pid in workers))
    server.stop()


def test_a_new_build_is_taken_while_serving(tiny, bundled, tmp_path):
    write_build(tiny.nquads, tmp_path)
    server = Served("--build", tmp_path, "--max-concurrency", 2)
    try:
        before = counted(server)
        tag = server.query(COUNT).headers["ETag"]
        assert server.ask("/id/organisation/coorace.ttl").status in (200, 404)
        write_build(bundled.nquads, tmp_path)
        after = {counted(server) for _n in range(5)}
        assert after == {13868} != {before}
        assert server.query(COUNT).headers["ETag"] != tag
        assert server.ask("/id/organisation/coorace.ttl").status == 200
        assert server.ask("/id/organisation/coorace.html").status == 200
    finally:
        server.stop()


def test_another_base(tiny_copy):
    base = "https://data.example.org/graph/"
    server = Served("--data", tiny_copy, "--base-iri", base)
    try:
        rows = server.query("SELECT ?p { ?p a ptce:Pole } LIMIT 1").json["results"]["bindings"]
        iri = rows[0]["p"]["value"]
        assert iri.startswith(base + "pole/")
        path = iri.removeprefix("https://data.example.org")
        for address in (path, path.replace("/graph/", "/id/")):
            reply = server.ask(address, {"Accept": "text/turtle"})
            assert reply.status == 303, address
        name = path.rsplit("/", 1)[-1]
        assert f"<{iri}>" in server.ask(f"/id/pole/{name}.nt").text
    finally:
        server.stop()


def test_calls_that_are_wrong_are_told(tmp_path):
    assert refused("--build", tmp_path) == (
        2,
        f"Error: {tmp_path} holds no build.\nMake one: ptce-graph build -o {tmp_path}\n",
    )
    code, told = refused("--build", tmp_path, "--data", tmp_path)
    assert (code, "do not go together" in told) == (2, True)
    for base in ("example.org/", "https://example.org/x", "https://exa mple.org/"):
        code, told = refused("--base-iri", base)
        assert (code, "IRI" in told) == (2, True), base
    code, told = refused("--host", "no such host")
    assert (code, "no address" in told) == (2, True)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        code, told = refused("--port", port)
        assert (code, f"listens on port {port}" in told) == (2, True)
    for wrong in (("--timeout", 0), ("--max-rows", 0), ("--port", 70000), ("--memory", 1)):
        assert refused(*wrong)[0] == 2


def test_a_store_that_is_damaged_is_told(tiny, tmp_path):
    store = write_build(tiny.nquads, tmp_path).store
    for path in store.iterdir():
        if path.suffix == ".sst" or path.name.startswith("MANIFEST"):
            os.truncate(path, 10)
    code, told = refused("--build", tmp_path)
    assert code == 2
    assert "is damaged" in told
    assert f"ptce-graph build -o {tmp_path}" in told
