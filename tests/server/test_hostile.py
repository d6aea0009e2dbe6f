"""Whoever asks too much is stopped, and the others go on being answered."""

import socket
import threading
import time

import pytest

from tests.server.serving import MEGABYTES, ROWS, SECONDS, is_alive, wait_until

#: Each never ends, or takes more than it may, on the five documents.
ENDLESS = {
    "cartesian product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "endless path": "SELECT (COUNT(*) AS ?n) { ?s (<x:a>|!<x:a>)*/(<x:b>|!<x:b>)* ?o . "
    "?o (<x:c>|!<x:c>)* ?p }",
    "giant regex": "SELECT * { ?s ?p ?o . ?a ?b ?c FILTER(REGEX(CONCAT(STR(?o), STR(?c)), "
    '"(.*a){20}(.*b){20}(.*c){20}zzz")) }',
    "sorted product": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY DESC(?a) ?i ?e",
    "distinct product": "SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "growing text": "SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f))) AS ?t) { ?a ?b ?c . ?d ?e ?f }",
}
STOPPED = {"time", "memory", "rows", "bytes", "crash"}


def kind_of(served, text):
    reply = served.query(text, "application/problem+json, application/json;q=0.9")
    assert reply.status == 422, reply.text
    kind = reply.json["type"].rsplit(":", 1)[1]
    assert kind in STOPPED
    return kind


@pytest.mark.parametrize("text", ENDLESS.values(), ids=ENDLESS.keys())
def test_an_endless_query_is_ended_and_others_are_answered(served, text):
    told = []
    thread = threading.Thread(target=lambda: told.append(kind_of(served, text)))
    thread.start()
    others = 0
    while thread.is_alive():
        assert served.query("ASK { ?s a ptce:Pole }").json["boolean"] is True
        others += 1
        time.sleep(0.02)
    thread.join()
    assert told, "the query was not refused"
    assert others > 0


def test_the_process_is_really_ended(served):
    wait_until(lambda: len(served.workers()) == 2)
    before = set(served.workers())
    killed = served.metric('ptce_killed_total{reason="time"}')
    assert kind_of(served, ENDLESS["cartesian product"]) == "time"
    assert served.metric('ptce_killed_total{reason="time"}') == killed + 1
    wait_until(lambda: sum(not is_alive(pid) for pid in before) == 1)
    wait_until(lambda: len(served.workers()) == 2)


def test_memory_is_bounded(served):
    """Half a gigabyte wanted, 200 MB allowed."""
    seen = []
    thread = threading.Thread(
        target=lambda: seen.append(kind_of(served, ENDLESS["sorted product"]))
    )
    thread.start()
    most = 0
    while thread.is_alive():
        most = max(most, served.metric("ptce_workers_memory_bytes"))
        time.sleep(0.02)
    assert seen[0] in ("memory", "crash")
    # Two processes at rest hold less than 50 MB each.
    assert most < (MEGABYTES * 1.5 + 100) * 1024 * 1024


def test_a_huge_result_is_refused_not_cut(served):
    assert kind_of(served, f"SELECT * {{ ?s ?p ?o }} LIMIT {ROWS + 1}") == "rows"
    assert kind_of(served, "CONSTRUCT WHERE { ?s ?p ?o }") == "rows"
    reply = served.query(f"SELECT * {{ ?s ?p ?o }} LIMIT {ROWS}")
    assert len(reply.json["results"]["bindings"]) == ROWS
    # The refusal says what to do.
    assert "LIMIT" in served.query("SELECT * { ?s ?p ?o }").text


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { " + "{" * 5000 + "}" * 5000 + " }",
        "SELECT * { FILTER(" + "(" * 4000 + "1" + ")" * 4000 + ") }",
        "SELECT * { FILTER(" + "!" * 30000 + "true) }",
        "ASK { ?s " + "/".join(["ptce:a"] * 5000) + " ?o }",
        "SELECT (" + "+".join(["1"] * 5000) + " AS ?n) {}",
    ],
    ids=["groups", "parentheses", "not", "path", "sum"],
)
def test_deep_nesting_is_refused(served, text):
    reply = served.ask(
        "/sparql",
        {"Content-Type": "application/sparql-query", "Accept-Language": "en"},
        "POST",
        text,
    )
    assert reply.status == 400
    assert "too deep" in reply.text


def test_a_query_of_ten_megabytes_is_refused_at_once(served):
    headers = {"Content-Type": "application/sparql-query", "Accept-Language": "en"}
    query = "ASK {} #" + "x" * 10_000_000
    begun = time.monotonic()
    reply = served.ask("/sparql", headers, "POST", query)
    assert reply.status == 413
    assert "1000000 bytes at most" in reply.text
    # Without its length told beforehand, it is refused as it comes.
    parts = (query[at : at + 100_000].encode() for at in range(0, len(query), 100_000))
    assert served.ask("/sparql", headers, "POST", parts).status == 413
    assert time.monotonic() - begun < 10
    assert served.query("ASK {}").status == 200


def test_a_query_that_fits_in_the_body_but_is_too_long(served):
    headers = {"Content-Type": "application/sparql-query", "Accept-Language": "en"}
    reply = served.ask("/sparql", headers, "POST", "ASK {} #" + "x" * 200_000)
    assert reply.status == 400
    assert "too long" in reply.text


@pytest.mark.parametrize(
    ("path", "headers", "body"),
    [
        ("/sparql?query=ASK%FF", {}, None),
        ("/sparql?query=%ED%A0%80", {}, None),
        ("/sparql", {"Content-Type": "application/sparql-query"}, b"ASK { ?s ?p '\xe9' }"),
        ("/sparql", {"Content-Type": "application/x-www-form-urlencoded"}, b"query=ASK%C3%28"),
        ("/sparql", {"Content-Type": "application/x-www-form-urlencoded"}, b"query=\xff"),
    ],
)
def test_what_is_no_utf8_is_told(served, path, headers, body):
    reply = served.ask(path, {**headers, "Accept-Language": "en"}, "POST" if body else "GET", body)
    assert reply.status == 400
    assert "UTF-8" in reply.text


def test_null_and_control_characters(served):
    assert served.ask("/sparql?query=ASK%20%7B%00%7D").status == 400
    assert served.ask("/sparql?query=" + "&".join(["a=b"] * 500)).status == 400
    assert served.ask("/health").status == 200


def test_malformed_requests_do_not_stop_the_server(served):
    for sent in (
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET /sparql HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"GET /" + b"a" * 300_000 + b" HTTP/1.1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nASK{}",
    ):
        with socket.create_connection((served.host, served.port), timeout=5) as client:
            client.settimeout(5)
            try:
                client.sendall(sent)
                client.shutdown(socket.SHUT_WR)
                answer = client.recv(1000)
            except OSError as error:
                # The server may hang up at any of the three; to hang on is what it must not.
                assert not isinstance(error, TimeoutError)
                answer = b""
            assert not answer or b" 400 " in answer.split(b"\r\n")[0]
    assert served.query("ASK {}").status == 200


def test_who_leaves_stops_his_query(served):
    left = served.metric('ptce_killed_total{reason="left"}')
    text = ENDLESS["cartesian product"].encode()
    with socket.create_connection((served.host, served.port)) as client:
        client.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
            b"Content-Length: %d\r\n\r\n%s" % (len(text), text)
        )
        wait_until(lambda: served.metric("ptce_running") == 1)
    wait_until(lambda: served.metric('ptce_killed_total{reason="left"}') == left + 1, SECONDS)


def test_a_crowd_of_endless_queries(served):
    """Six at once for two processes: each is ended in its turn, and the server is sound."""
    told = []
    threads = [
        threading.Thread(
            target=lambda: told.append(served.query(ENDLESS["cartesian product"]).status)
        )
        for _n in range(6)
    ]
    for thread in threads:
        thread.start()
    assert served.ask("/health").status == 200
    for thread in threads:
        thread.join()
    assert told == [422] * 6
    assert served.query("ASK {}").status == 200
