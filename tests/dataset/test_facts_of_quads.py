"""From quads back to the facts of a network: the same links, actors and measures."""

from __future__ import annotations

import pytest

from ptce_graph.analysis.analyses import ANALYSES
from ptce_graph.dataset import download as downloading
from ptce_graph.dataset.download import download
from ptce_graph.dataset.facts_of_quads import facts_of_quads
from ptce_graph.dataset.http_client import HttpClient
from ptce_graph.dataset.http_errors import Limits
from ptce_graph.dataset.remote import Endpoint
from ptce_graph.errors import CallError
from ptce_graph.knowledge_graph import KnowledgeGraph
from tests.remote.stub import running

FAST = Limits(seconds=5.0, retries=1, pause=0.01)


@pytest.fixture(scope="module")
def back(bundled):
    return KnowledgeGraph(facts_of_quads(bundled.nquads))


@pytest.fixture
def stub(tiny):
    with running() as server:
        import pyoxigraph as ox

        server.store.load(tiny.nquads.encode(), format=ox.RdfFormat.N_QUADS)
        yield server


def test_every_link_comes_back(bundled, back):
    columns = [name for name in bundled.links.columns if name != "fact"]
    assert back.links[columns].equals(bundled.links[columns])
    # A pole under a merged identifier is one node in RDF: its fact has the kept one.
    other = back.links["fact"] != bundled.links["fact"]
    same = bundled.facts.same
    assert bundled.links.loc[other, "kind"].eq("carrying").all()
    told = bundled.links.loc[other, "fact"]
    assert [same[fact] for fact in told] == back.links.loc[other, "fact"].tolist()


def test_every_actor_comes_back(bundled, back):
    columns = ["type", "name", "kind", "legal_forms", "places", "created", "since", "sources"]
    assert back.actors[columns].equals(bundled.actors[columns])
    assert back.facts.same == bundled.facts.same
    for column in ("names", "accreditations", "listed_in"):
        assert back.actors[column].map(set).equals(bundled.actors[column].map(set)), column


def test_documents_codes_and_places_come_back(bundled, back):
    for name, document in bundled.facts.tables.documents.items():
        assert back.facts.tables.documents[name].title == document.title
    for scheme, frame in bundled.facts.tables.codes.items():
        known = dict(zip(frame["code"], frame["label_fr"], strict=True))
        found = back.facts.tables.codes[scheme]
        assert dict(zip(found["code"], found["label_fr"], strict=True)) == known
    places = [kg.facts.tables.frames["places"].set_index("id") for kg in (bundled, back)]
    for column in ("name", "type", "within", "insee_code", "successor", "valid_to"):
        assert places[1][column].to_dict() == places[0][column].to_dict(), column


@pytest.mark.parametrize("name", sorted(ANALYSES))
def test_every_analysis_gives_the_same(bundled, back, name):
    given = {}
    if "between" in ANALYSES[name].takes:
        given["between"] = ("coorace", "rtes")
    if "removed" in ANALYSES[name].takes:
        given["removed"] = ("coorace",)
    if "samples" in ANALYSES[name].takes:
        given["samples"] = 3
    try:
        here = bundled.result(name, **given).frame
    except CallError:
        given.pop("between")
        here = bundled.result(name, **given).frame
    there = back.result(name, **given).frame
    columns = [column for column in here.columns if column != "facts"]
    # No organisation of the bundled data cuts the network.
    assert len(here) or name == "cut-points"
    assert there[columns].equals(here[columns])


@pytest.mark.parametrize("page", [5000, 40])
def test_the_quads_come_whole_however_small_the_pages(stub, tiny, monkeypatch, page):
    monkeypatch.setattr(downloading, "PAGE", page)
    endpoint = Endpoint(f"{stub.url}/sparql", HttpClient(limits=FAST))
    assert download(endpoint).nquads == tiny.nquads


def test_a_server_that_cuts_its_results_is_told(stub):
    def fault(handler, _method, text):
        if "?s ?p ?o" not in text or "COUNT" in text or "DISTINCT" in text:
            return False
        handler.answer(text + " LIMIT 10", {})
        return True

    stub.fault = fault
    with pytest.raises(CallError, match="gives 10 of the"):
        download(Endpoint(f"{stub.url}/sparql", HttpClient(limits=FAST)))


def test_a_server_without_a_graph_of_ours_is_told(stub):
    stub.store.clear()
    with pytest.raises(CallError, match="holds no graph of ours"):
        download(Endpoint(f"{stub.url}/sparql", HttpClient(limits=FAST)))
