"""A server in the place of the store: the same answers, and every failure in words."""

from __future__ import annotations

import json
import socket
import time

import pyoxigraph as ox
import pytest

from ptce_graph.dataset.answers import answer_frame, answer_text
from ptce_graph.dataset.http_client import HttpClient, checked_url, digest_authorisation
from ptce_graph.dataset.http_errors import Limits
from ptce_graph.dataset.remote import Endpoint, endpoint_note, merged_iri, with_prefixes
from ptce_graph.dataset.store import run_query
from ptce_graph.errors import CallError
from ptce_graph.publish.upload.plan import parts_of
from ptce_graph.publish.upload.update import UpdateServer
from tests.remote.stub import running

FAST = Limits(seconds=2.0, retries=2, pause=0.01)


@pytest.fixture(autouse=True)
def _nobody(monkeypatch):
    monkeypatch.delenv("PTCE_ENDPOINT_USER", raising=False)
    monkeypatch.delenv("PTCE_ENDPOINT_PASSWORD", raising=False)


@pytest.fixture
def stub():
    with running() as server:
        yield server


@pytest.fixture
def loaded(stub, tiny):
    """The tiny project on the stub, its server and an endpoint that knows the record."""
    bare = Endpoint(f"{stub.url}/sparql", HttpClient(limits=FAST))
    server = UpdateServer(f"{stub.url}/update", bare, HttpClient(limits=FAST))
    server.publish(server.plan(parts_of(tiny.nquads)))
    return Endpoint.open(f"{stub.url}/sparql", limits=FAST)


def test_every_question_answers_as_at_home_where_the_default_graph_is_empty(loaded, stub, bundled):
    from ptce_graph.dataset.questions import questions

    assert run_query(Endpoint(loaded.url, loaded.client), "ASK { ?s ?p ?o }").serialize(
        format=ox.QueryResultsFormat.JSON
    ) == (b'{"head":{},"boolean":false}')
    server = UpdateServer(f"{stub.url}/update", Endpoint(loaded.url, loaded.client), loaded.client)
    server.publish(server.plan(parts_of(bundled.nquads)))
    endpoint = Endpoint.open(loaded.url)
    assert len(questions()) >= 60
    for name in questions():
        told, known = answer_frame(endpoint, name, {}), bundled.query(name)
        assert told.equals(known), name


def test_graphs_are_those_of_the_documents_and_not_the_merge(loaded, tiny):
    query = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
    told = answer_frame(loaded, query, {})
    assert told.equals(tiny.query(query))
    assert merged_iri() not in set(told["g"])


@pytest.mark.parametrize("name", ["table", "csv", "tsv", "json", "xml"])
def test_each_format_is_the_same_as_at_home(loaded, tiny, name):
    query = "SELECT ?pole ?name { ?pole a ptce:Pole ; skos:prefLabel ?name } ORDER BY ?pole"
    assert answer_text(loaded, query, name) == answer_text(tiny.store, query, name)


def test_construct_and_ask_are_the_same_as_at_home(loaded, tiny):
    for query, name in (
        ("CONSTRUCT { ?p a ptce:Pole } WHERE { ?p a ptce:Pole }", "nt"),
        ("ASK { ?p a ptce:Pole }", "json"),
        ("ASK { ?p a ptce:NoSuchThing }", "csv"),
    ):
        assert answer_text(loaded, query, name) == answer_text(tiny.store, query, name)


def test_a_value_that_names_nothing_is_told_with_the_nearest(loaded, tiny):
    pole = next(i for i in tiny.actors.index if tiny.actors.at[i, "type"] == "pole")
    with pytest.raises(CallError, match=f"Did you mean {pole}"):
        answer_frame(loaded, "members-of-pole", {"pole": pole[:-1]})


def test_only_the_prefixes_that_are_used_and_not_declared_are_written():
    known = {"a": "http://a/", "b": "http://b/", "ab": "http://ab/"}
    text = "prefix b: <http://other/> SELECT * { ?s ab:x b:y }"
    assert with_prefixes(text, known) == f"PREFIX ab: <http://ab/> {text}"


def test_a_long_query_is_posted(loaded, stub):
    run_query(loaded, "SELECT * { VALUES ?x { " + '"a" ' * 2000 + "} }")
    assert stub.requests[-1][0] == "POST"


@pytest.mark.parametrize(
    "query",
    ["DROP ALL", "INSERT DATA { <a:b> <a:b> <a:b> }", "SELECT", "SELECT * { SERVICE <x:y> {} }"],
)
def test_what_is_no_query_is_never_sent(stub, query):
    with pytest.raises(CallError):
        run_query(Endpoint(f"{stub.url}/sparql", HttpClient(limits=FAST)), query)
    assert stub.requests == []


def test_a_server_without_our_record_answers_by_its_own_default_graph_and_it_is_said(stub):
    stub.store.update('INSERT DATA { <x:s> <x:p> "own" }')
    endpoint = Endpoint.open(f"{stub.url}/sparql", limits=FAST)
    assert endpoint.record is None
    assert "its own default graph answers" in endpoint_note(endpoint)
    assert answer_frame(endpoint, "SELECT ?o { ?s ?p ?o }", {})["o"].tolist() == ["own"]


def test_a_publication_under_way_is_said(loaded, stub):
    stub.store.update("DELETE WHERE { GRAPH ?g { ?s <http://purl.org/dc/terms/identifier> ?o } }")
    assert "may mix two releases" in endpoint_note(Endpoint.open(loaded.url, limits=FAST))
    assert endpoint_note(loaded) == ""


# What goes wrong


def _ask(url, **limits):
    return Endpoint(checked_url(url), HttpClient(limits=Limits(**{**FAST.__dict__, **limits})))


def _failing(stub, answer, times=1000):
    left = [times]

    def fault(handler, _method, _text):
        if left[0] <= 0:
            return False
        left[0] -= 1
        answer(handler)
        return True

    stub.fault = fault


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (401, "asks for a user and a password"),
        (403, "does not allow"),
        (404, "nothing at this address"),
        (405, "does not take this kind"),
        (413, "too large"),
        (500, "answered 500"),
        (302, "answered 302"),
    ],
)
def test_a_status_is_told_in_words(stub, status, told):
    _failing(stub, lambda handler: handler.reply(status))
    with pytest.raises(CallError, match=told):
        run_query(_ask(f"{stub.url}/sparql"), "ASK {}")


def test_what_may_pass_is_tried_again_and_not_for_ever(stub):
    _failing(stub, lambda handler: handler.reply(503, Retry_After="0"), times=2)
    assert bool(run_query(_ask(f"{stub.url}/sparql"), "ASK {}"))
    assert len(stub.requests) == 3
    _failing(stub, lambda handler: handler.reply(503))
    with pytest.raises(CallError, match="answered 503"):
        run_query(_ask(f"{stub.url}/sparql"), "ASK {}")
    assert len(stub.requests) == 6


def test_words_of_a_server_are_short_and_move_no_terminal(stub):
    text = ("\x1b[2J\x07évil " + "x" * 5000).encode()
    _failing(stub, lambda handler: handler.reply(400, text))
    with pytest.raises(CallError) as caught:
        run_query(_ask(f"{stub.url}/sparql"), "ASK {}")
    assert "évil" in str(caught.value)
    assert len(str(caught.value)) < 500
    assert not any(ord(c) < 32 and c != "\n" for c in str(caught.value))


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<html>Welcome</html>", "text/html"),
        (b"not json", "application/sparql-results+json"),
        (b"{}", "application/json"),
        (b"<sparql", "application/sparql-results+xml"),
        (b"", "application/sparql-results+json"),
    ],
)
def test_what_is_not_sparql_is_told(stub, body, kind):
    _failing(stub, lambda handler: handler.reply(200, body, kind))
    with pytest.raises(CallError, match="does not answer as a SPARQL endpoint"):
        list(run_query(_ask(f"{stub.url}/sparql"), "SELECT * {}"))


def test_an_answer_of_another_server_reads_no_file(stub):
    body = (
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
        b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="a"/></head>'
        b'<results><result><binding name="a"><literal>&e;</literal></binding></result></results>'
        b"</sparql>"
    )
    _failing(stub, lambda handler: handler.reply(200, body, "application/sparql-results+xml"))
    with pytest.raises(CallError):
        answer_frame(_ask(f"{stub.url}/sparql"), "SELECT ?a {}", {})


def test_virtuosos_table_for_ask_is_read(stub):
    cell = {"type": "typed-literal", "datatype": "x:integer", "value": "1"}
    table = {"head": {"vars": ["r"]}, "results": {"bindings": [{"r": cell}]}}
    told = json.dumps(table).encode()
    _failing(stub, lambda handler: handler.reply(200, told, "application/sparql-results+json"))
    assert bool(run_query(_ask(f"{stub.url}/sparql"), "ASK {}"))


def test_an_answer_that_was_stopped_half_way_is_refused(stub):
    body = b'{"head":{"vars":[]},"results":{"bindings":[]}}'
    kind = "application/sparql-results+json"
    _failing(stub, lambda handler: handler.reply(200, body, kind, X_SQL_State="S1TAT"))
    with pytest.raises(CallError, match="before its answer was whole"):
        run_query(_ask(f"{stub.url}/sparql"), "SELECT * {}")


def test_an_endless_answer_is_cut(stub):
    _failing(stub, lambda handler: handler.reply(200, b" " * (3 << 20)))
    with pytest.raises(CallError, match="larger than 1 MB"):
        run_query(_ask(f"{stub.url}/sparql", bytes=1 << 20), "ASK {}")


def _drip(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    try:
        for _moment in range(100):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        pass
    handler.close_connection = True


def test_a_server_that_sends_a_byte_now_and_then_meets_the_deadline(stub):
    _failing(stub, _drip)
    begun = time.monotonic()
    with pytest.raises(CallError, match="did not answer within"):
        run_query(_ask(f"{stub.url}/sparql", seconds=0.3), "ASK {}")
    # Far from the five seconds that the server would take.
    assert time.monotonic() - begun < 3


def _cut(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
    handler.close_connection = True


def test_a_connection_that_is_cut_is_told_after_the_retries(stub):
    _failing(stub, _cut)
    with pytest.raises(CallError, match="broke off"):
        run_query(_ask(f"{stub.url}/sparql"), "ASK {}")
    assert len(stub.requests) == 3


def test_a_server_that_is_not_there_and_one_that_speaks_no_tls(stub):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(CallError, match="nothing answers there"):
        run_query(_ask(f"http://127.0.0.1:{port}/sparql", retries=0), "ASK {}")
    with pytest.raises(CallError, match="does not speak TLS"):
        run_query(_ask(stub.url.replace("http:", "https:") + "/sparql"), "ASK {}")


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("", "not the address of a server"),
        ("localhost:8890/sparql", "not the address"),
        ("file:///etc/passwd", "not the address"),
        ("http://[::1/sparql", "not the address"),
        ("http://me:secret@localhost/sparql", "PTCE_ENDPOINT_USER"),
    ],
)
def test_an_address_is_looked_at_first(url, told):
    with pytest.raises(CallError, match=told) as caught:
        checked_url(url)
    assert "secret" not in str(caught.value)


def test_an_address_with_accents_is_made_one():
    assert checked_url("http://bücher.example/é?x=é") == (
        "http://xn--bcher-kva.example/%C3%A9?x=%C3%A9"
    )


# Redirects and passwords


def _redirect(to, status=307):
    return lambda handler: handler.reply(status, Location=to)


def test_a_redirect_is_followed_and_a_ring_of_them_is_not(stub):
    _failing(stub, _redirect("/sparql?query=ASK%20%7B%7D"), times=1)
    assert bool(run_query(_ask(f"{stub.url}/old"), "ASK {}"))
    _failing(stub, _redirect("/sparql"))
    with pytest.raises(CallError, match="round in circles"):
        run_query(_ask(f"{stub.url}/old"), "ASK {}")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://x/", "http://[::1"])
def test_a_redirect_leads_to_the_web_only(stub, target):
    _failing(stub, _redirect(target))
    with pytest.raises(CallError, match="not safe"):
        run_query(_ask(f"{stub.url}/sparql"), "ASK {}")


def test_a_password_and_an_update_never_go_to_another_server(stub):
    with running() as other:
        client = HttpClient("me", "secret", limits=FAST)
        _failing(stub, _redirect(f"{other.url}/sparql?query=ASK%20%7B%7D"))
        other.user = "me:secret"
        with pytest.raises(CallError):
            run_query(Endpoint(f"{stub.url}/sparql", client), "ASK {}")
        assert other.requests and all("Authorization" not in sent for sent in other.headers)
        asked = len(other.requests)
        with pytest.raises(CallError, match="on to another server"):
            client.send("POST", f"{stub.url}/update", b"DROP ALL")
        assert len(other.requests) == asked


def test_the_digest_is_that_of_the_standard():
    """The example of RFC 2617, section 3.5."""
    challenge = {
        # Written in two parts: the example of the RFC has the shape of an address of a person.
        "realm": "testrealm" + "@host.com",
        "qop": "auth,auth-int",
        "nonce": "dcd98b7102dd2f0e8b11d0f600bfb0c093",
        "opaque": "5ccc069c403ebaf9f0171e9517f40e41",
    }
    who, what = ("Mufasa", "Circle Of Life"), ("GET", "/dir/index.html")
    told = digest_authorisation(challenge, who, what, (1, "0a4f113b"))
    assert 'response="6629fae49393a05397450978507c4ef1"' in told


@pytest.mark.parametrize("digest", [False, True])
def test_user_and_password_of_the_environment(stub, monkeypatch, digest):
    stub.user, stub.digest = "mé:se:cret", digest
    monkeypatch.setenv("PTCE_ENDPOINT_USER", "mé")
    monkeypatch.setenv("PTCE_ENDPOINT_PASSWORD", "se:cret")
    endpoint = Endpoint(f"{stub.url}/sparql", HttpClient.from_environment(FAST))
    for _time in range(3):
        assert bool(run_query(endpoint, "ASK {}"))
    # The challenge is kept: one request more, for the first only.
    assert len(stub.requests) == 4
    assert "se:cret" not in repr(endpoint)
    monkeypatch.setenv("PTCE_ENDPOINT_PASSWORD", "wrong")
    with pytest.raises(CallError, match="does not accept the user and the password"):
        run_query(Endpoint(endpoint.url, HttpClient.from_environment(FAST)), "ASK {}")
