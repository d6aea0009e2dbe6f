"""A release into a server: in bounded batches, gone on with, replaced whole, nothing of others."""

from __future__ import annotations

import hashlib
import re

import pyoxigraph as ox
import pytest

from ptce_graph.dataset.http_client import HttpClient
from ptce_graph.dataset.http_errors import Limits
from ptce_graph.dataset.remote import Endpoint, Kept, Record, merged_iri, record_iri
from ptce_graph.errors import CallError
from ptce_graph.publish.upload.graph_store import GraphStore
from ptce_graph.publish.upload.plan import batches, parts_of, plan, told_plan
from ptce_graph.publish.upload.update import UpdateServer, sparql_lines
from tests.remote.stub import running

BASE = "https://w3id.org/ptce/id/"
FAST = Limits(seconds=5.0, retries=2, pause=0.01)
G = f"<{BASE}graph/%s>"


def _nquads(**graphs):
    """One quad per number, in each graph: ``a=range(3)``."""
    lines = [
        f'<x:s{n}> <x:p> "{n}" {G % name} .\n' for name, numbers in graphs.items() for n in numbers
    ]
    return "".join(sorted(lines))


@pytest.fixture
def stub():
    with running() as server:
        yield server


def _update(stub, **options):
    client = HttpClient(limits=FAST)
    return UpdateServer(
        f"{stub.url}/update", Endpoint(f"{stub.url}/sparql", client), client, **options
    )


def _store(stub, **options):
    return GraphStore(f"{stub.url}/store", HttpClient(limits=FAST), **options)


def _publish(server, nquads):
    found = server.plan(parts_of(nquads))
    return server.publish(found), found


def _held(stub):
    """The triples of each graph of the server, by the end of its name."""
    return {
        name.rpartition("/")[2]: stub.count(name)
        for name in stub.graphs()
        if not name.endswith("/record")
    }


BOTH = pytest.mark.parametrize("make", [_update, _store], ids=["update", "graph-store"])


def test_a_part_is_a_graph_and_the_last_is_their_merge_which_counts_a_triple_once():
    parts = parts_of(_nquads(a=[1, 2], b=[2, 3]))
    assert [(p.name, len(p.lines)) for p in parts] == [
        (f"{BASE}graph/a", 2),
        (f"{BASE}graph/b", 2),
        (merged_iri(), 3),
    ]
    text = '<x:s1> <x:p> "1" .\n<x:s2> <x:p> "2" .\n'
    assert parts[0].digest == "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def test_batches_are_bounded_by_lines_and_by_bytes_and_lose_none():
    lines = tuple(f'<x:s> <x:p> "{"é" * n}" .\n' for n in range(50))
    told = list(batches(lines, 0, 7, 200))
    assert [line for _end, batch in told for line in batch] == list(lines)
    assert all(len(batch) <= 7 for _end, batch in told)
    assert all(len("".join(b).encode()) <= 200 for _end, b in told if len(b) > 1)
    assert [end for end, _b in told][-1] == 50
    assert [line for _e, batch in batches(lines, 48, 7, 200) for line in batch] == list(lines[48:])


@BOTH
def test_the_server_holds_the_release_and_the_second_time_nothing_is_sent(stub, make):
    nquads = _nquads(a=range(30), b=range(20, 40))
    sent, found = _publish(make(stub), nquads)
    assert sent == 30 + 20 + 40
    assert set(found.found.values()) == {"new"}
    assert _held(stub) == {"a": 30, "b": 20, "merged": 40}
    writes = [r for r in stub.requests if r[0] != "GET"]
    sent, found = _publish(make(stub), nquads)
    assert (sent, found.nothing) == (0, True)
    assert [r for r in stub.requests if r[0] != "GET"] == writes


@BOTH
def test_only_what_changed_is_sent_and_what_left_the_release_is_dropped(stub, make):
    _publish(make(stub), _nquads(a=range(9), b=range(9, 12), old=range(5)))
    sent, found = _publish(make(stub), _nquads(a=range(9), b=range(9, 11)))
    assert [part.name.rpartition("/")[2] for part in found.load] == ["b", "merged"]
    assert found.drop == (f"{BASE}graph/old",)
    assert sent == 2 + 11
    assert _held(stub) == {"a": 9, "b": 2, "merged": 11}


@BOTH
def test_graphs_of_others_are_left_alone_even_if_the_record_names_them(stub, make):
    other, near = "http://other/graph", f"{BASE}graph/by-hand"
    for name in (other, near):
        stub.store.update(f"INSERT DATA {{ GRAPH <{name}> {{ <x:a> <x:b> <x:c> }} }}")
    _publish(make(stub), _nquads(a=range(3), b=range(2)))
    stub.store.update(
        f"PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> INSERT DATA {{ "
        f"GRAPH <{record_iri()}> {{ <{record_iri()}> sd:namedGraph <{other}> }} }}"
    )
    _publish(make(stub), _nquads(a=range(3)))
    assert stub.count(other) == stub.count(near) == 1
    assert stub.count(f"{BASE}graph/b") == 0


def test_a_graph_that_somebody_changed_is_loaded_anew(stub):
    nquads = _nquads(a=range(5))
    _publish(_update(stub), nquads)
    stub.store.update(f"DELETE DATA {{ GRAPH {G % 'a'} {{ <x:s1> <x:p> '1' }} }}")
    sent, found = _publish(_update(stub), nquads)
    assert found.found == {f"{BASE}graph/a": "damaged"}
    assert sent == 5 and _held(stub) == {"a": 5, "merged": 5}


def test_a_graph_that_stands_there_without_record_is_replaced_and_it_is_said(stub):
    stub.store.update(f"INSERT DATA {{ GRAPH {G % 'a'} {{ <x:a> <x:b> <x:c> }} }}")
    server = _update(stub)
    found = server.plan(parts_of(_nquads(a=range(2))))
    assert "not by us" in told_plan(found)[0]
    server.publish(found)
    assert _held(stub) == {"a": 2, "merged": 2}


# Stopped in the middle


def _stop_after(stub, requests):
    left = [requests]

    def fault(handler, method, text):
        if method == "GET" or "SELECT" in text:
            return False
        left[0] -= 1
        if left[0] >= 0:
            return False
        handler.reply(500, b"the disk is full")
        return True

    stub.fault = fault


def test_a_stopped_load_goes_on_where_it_stopped_and_readers_see_the_old_release(stub):
    _publish(_update(stub), _nquads(a=range(10)))
    before = {name: stub.count(name) for name in (f"{BASE}graph/a", merged_iri())}
    new = _nquads(a=range(1000, 1300))
    _stop_after(stub, 4)
    with pytest.raises(CallError, match="the disk is full"):
        _publish(_update(stub, most_lines=20), new)
    assert {name: stub.count(name) for name in before} == before
    assert Endpoint.open(f"{stub.url}/sparql", limits=FAST).record.whole
    stub.fault = None
    stub.requests.clear()
    sent, _found = _publish(_update(stub, most_lines=20), new)
    # Four batches of twenty were there already; the graph and its merge are one staging graph.
    assert sent < 600
    assert not any('"1000"' in text for text in stub.sent("INSERT DATA"))
    assert _held(stub) == {"a": 300, "merged": 300}


@pytest.mark.parametrize("requests", range(10))
def test_wherever_it_stops_the_next_run_ends_it(stub, requests):
    first, second = _nquads(a=range(10), gone=range(3)), _nquads(a=range(5, 45), b=range(7))
    _publish(_update(stub), first)
    _stop_after(stub, requests)
    with pytest.raises(CallError):
        _publish(_update(stub, most_lines=20), second)
        pytest.fail("it was not stopped")
    stub.fault = None
    _publish(_update(stub, most_lines=20), second)
    assert _held(stub) == {"a": 40, "b": 7, "merged": 45}
    assert _update(stub).plan(parts_of(second)).nothing


@pytest.mark.parametrize("requests", range(6))
def test_a_stopped_graph_store_load_is_said_by_the_record_and_ended_by_the_next(stub, requests):
    first, second = _nquads(a=range(10), gone=range(3)), _nquads(a=range(5, 45))
    _publish(_store(stub), first)
    _stop_after(stub, requests)
    with pytest.raises(CallError):
        _publish(_store(stub, most_lines=20), second)
    stub.fault = None
    if requests:
        assert not Endpoint.open(f"{stub.url}/sparql", limits=FAST).record.whole
    _publish(_store(stub, most_lines=20), second)
    assert _held(stub) == {"a": 40, "merged": 40}


def test_readers_see_all_of_it_exchanged_in_one_request(stub):
    _publish(_update(stub), _nquads(a=range(10), b=range(3), gone=range(3)))
    stub.requests.clear()
    _publish(_update(stub), _nquads(a=range(5), b=range(2)))
    (exchange,) = stub.sent("COPY GRAPH")
    assert exchange.count("COPY GRAPH") == 3
    assert f"DROP SILENT GRAPH {G % 'gone'}" in exchange


def test_a_server_that_refuses_large_batches_is_given_smaller_ones(stub):
    def fault(handler, _method, text):
        if text.count("<x:p>") <= 50:
            return False
        handler.reply(400, b"10000 lines at most")
        return True

    stub.fault = fault
    _publish(_update(stub), _nquads(a=range(300)))
    assert _held(stub) == {"a": 300, "merged": 300}


def test_a_server_that_loses_triples_is_told_and_readers_see_none_of_it(stub):
    def fault(handler, _method, text):
        if "INSERT DATA" not in text or "staging" not in text:
            return False
        handler.stub.store.update(re.sub(r'<x:s1> <x:p> "1" \.\n', "", text))
        handler.reply(204)
        return True

    stub.fault = fault
    with pytest.raises(CallError, match="keeps 2 of the 3 triples"):
        _publish(_update(stub), _nquads(a=range(3)))
    assert _held(stub) == {}


def test_a_request_whose_answer_is_lost_is_sent_again_without_harm(stub):
    lost = [True]

    def fault(handler, _method, text):
        if "COPY" not in text or not lost[0]:
            return False
        lost[0] = False
        handler.stub.store.update(text)
        handler.close_connection = True
        return True

    stub.fault = fault
    _publish(_update(stub), _nquads(a=range(3)))
    assert _held(stub) == {"a": 3, "merged": 3}


# What data hold never becomes SPARQL

HOSTILE = [
    '\\u0022 } } ; DROP ALL ; INSERT DATA { GRAPH <x:y> { <a:b> <a:b> "',
    "\\\\u0022 } } ; DROP ALL #",
    '" } } ; DROP ALL #',
    "\\U00000022 . }",
    "a\\nb\tc\nd\re\\",
    "\x00\x01\x7f \ud7ff \U0010ffff",
    "}",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_of_the_data_stays_a_text(stub, text):
    from ptce_graph.dataset.quads import literal

    nquads = f"<x:s> <x:p> {literal(text)} {G % 'a'} .\n"
    for make in (_update, _store):  # the server is emptied in between
        _publish(make(stub), nquads)
        quads = stub.store.quads_for_pattern(None, None, None, ox.NamedNode(f"{BASE}graph/a"))
        (quad,) = list(quads)
        assert quad.object.value == text
        assert _held(stub) == {"a": 1, "merged": 1}
        stub.store.clear()


@pytest.mark.parametrize("text", HOSTILE)
def test_a_reader_that_unescapes_before_it_parses_is_not_led_astray(text):
    """As SPARQL 1.1, section 19.2, may be read: escapes of code points first, anywhere."""
    from ptce_graph.dataset.quads import literal

    line = f"<x:s> <x:p> {literal(text)} .\n"
    early = re.sub(
        r"\\u([0-9A-F]{4})|\\U([0-9A-F]{8})",
        lambda m: chr(int(m[1] or m[2], 16)),
        sparql_lines([line]),
    )
    (inside,) = re.findall(r'"(.*)" \.\n$', early, re.DOTALL)
    assert not re.search(r'(?<!\\)(?:\\\\)*"', inside)


def test_a_graph_that_a_record_claims_is_dropped_only_under_our_own_address():
    parts = parts_of(_nquads(a=range(2)))
    record = Record(
        merged_iri(), {f"{BASE}graph/gone": Kept("x", 1), "http://other/g": Kept("", 0)}
    )
    assert plan(parts, record, lambda _name: 0).drop == (f"{BASE}graph/gone",)
