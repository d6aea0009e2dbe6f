"""Every export can be read back, and two exports are the same bytes."""

from __future__ import annotations

import pytest
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

import ptce_graph
from ptce_graph.publish.formats import FORMATS

QUADS = {"trig": "trig", "nq": "nquads", "jsonld": "json-ld"}

PROVENANCE = """
SELECT ?fact ?document ?section ?lines {
  ?fact a ?kind ; prov:wasDerivedFrom ?passage .
  ?passage dcterms:isPartOf ?document ; ptce:section ?section ; ptce:lines ?lines .
  FILTER(?kind IN (org:Membership, ptce:Cooperation, ptce:Participation))
}"""


def _quads(text, format_name):
    dataset = Dataset()
    dataset.parse(data=text, format=format_name)
    return {(s, p, o, g) for s, p, o, g in dataset.quads()}


@pytest.mark.parametrize("name", sorted(FORMATS))
@pytest.mark.parametrize("data", ["tiny", "bundled"])
def test_two_exports_are_the_same_bytes(name, data, request):
    graph = request.getfixturevalue(data)
    assert graph.export_text(name) == ptce_graph.load(graph.facts.tables.folder).export_text(name)


@pytest.mark.parametrize("name", sorted(QUADS))
@pytest.mark.parametrize("data", ["tiny", "bundled"])
def test_formats_with_named_graphs_lose_nothing(name, data, request):
    graph = request.getfixturevalue(data)
    expected = _quads(graph.nquads, "nquads")
    assert len(expected) == graph.nquads.count("\n")
    assert _quads(graph.export_text(name), QUADS[name]) == expected


@pytest.mark.parametrize("data", ["tiny", "bundled"])
def test_turtle_holds_every_triple(data, request):
    graph = request.getfixturevalue(data)
    merged = Graph()
    for s, p, o, _graph in _quads(graph.nquads, "nquads"):
        merged.add((s, p, o))
    assert isomorphic(Graph().parse(data=graph.export_text("ttl"), format="turtle"), merged)


def test_every_fact_of_the_trig_leads_to_a_document_and_a_passage(bundled):
    """One SPARQL pattern, run by another engine (rdflib) on the exported file."""
    from ptce_graph.vocabulary.terms import PREFIXES

    dataset = Dataset(default_union=True)
    dataset.parse(data=bundled.export_text("trig"), format="trig")
    led = {str(row.fact) for row in dataset.query(PROVENANCE, initNs=PREFIXES)}
    facts = bundled.facts.frames
    expected = sum(
        facts[name]["fact"].nunique() for name in ("memberships", "cooperations", "participations")
    )
    assert len(led) == expected > 100
    told = dataset.query(
        "SELECT DISTINCT ?document ?title { ?p a ptce:Passage ; dcterms:isPartOf ?document . "
        "?document dcterms:title ?title }",
        initNs=PREFIXES,
    )
    assert len(list(told)) == 5


def test_formats_of_the_network_only_say_what_they_leave_out():
    for name in ("gexf", "graphml"):
        loss = FORMATS[name].loss
        assert "direction" in loss and "dates" in loss and "observed links" in loss


def test_a_graph_tells_itself_in_one_line(tiny):
    assert repr(tiny).startswith("<KnowledgeGraph: 2 documents, ")
    assert "\n" not in repr(tiny) and len(repr(tiny)) < 100


def test_an_unknown_format_is_told_with_the_nearest(tiny):
    with pytest.raises(ptce_graph.CallError, match="trig"):
        tiny.export_text("trigg")
