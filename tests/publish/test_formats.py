"""Every export can be read back, and two exports are the same bytes."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat
from rdflib import Dataset, Graph

import ptce_graph
from ptce_graph.publish.folders import write_folder
from ptce_graph.publish.formats import FORMATS
from ptce_graph.publish.rdf import serialised as rdf_files
from ptce_graph.publish.rdf.jsonld import Context, Node, jsonld, project_context
from ptce_graph.publish.release import Release
from ptce_graph.vocabulary import terms

#: What rdflib and pyoxigraph call the formats that can be read back.
QUADS = {"trig": "trig", "nq": "nquads", "jsonld": "json-ld"}
TRIPLES = {"ttl": "turtle", "nt": "nt", "rdfxml": "xml"}
OXIGRAPH = {
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
}

#: Read once: rdflib takes seconds.
_READ = {}

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


def _canonical(graph):
    """The quads of a knowledge graph as rdflib reads them; there is no blank node in them."""
    if id(graph) not in _READ:
        _READ[id(graph)] = _quads(graph.nquads, "nquads")
    return _READ[id(graph)]


@pytest.fixture(scope="module")
def again(tiny, bundled):
    """The same data, read another time."""
    return {
        "tiny": ptce_graph.load(tiny.facts.tables.folder),
        "bundled": ptce_graph.load(bundled.facts.tables.folder),
    }


@pytest.mark.parametrize("name", sorted(FORMATS))
@pytest.mark.parametrize("data", ["tiny", "bundled"])
def test_two_exports_are_the_same_bytes(name, data, request):
    graph, again = request.getfixturevalue(data), request.getfixturevalue("again")[data]
    assert FORMATS[name].files(graph.release) == FORMATS[name].files(again.release)


@pytest.mark.parametrize("name", sorted(QUADS))
@pytest.mark.parametrize("data", ["tiny", "bundled"])
def test_formats_with_named_graphs_lose_nothing(name, data, request):
    graph = request.getfixturevalue(data)
    expected = _canonical(graph)
    assert len(expected) == graph.nquads.count("\n")
    assert _quads(graph.export_text(name), QUADS[name]) == expected


@pytest.mark.parametrize("name", sorted(TRIPLES))
@pytest.mark.parametrize("data", ["tiny", "bundled"])
def test_formats_without_graphs_hold_every_triple(name, data, request):
    graph = request.getfixturevalue(data)
    merged = {quad[:3] for quad in _canonical(graph)}
    assert set(Graph().parse(data=graph.export_text(name), format=TRIPLES[name])) == merged


@pytest.mark.parametrize("name", sorted(OXIGRAPH))
def test_another_reader_finds_the_same(name, bundled):
    expected = set(pyoxigraph.parse(bundled.nquads, format=RdfFormat.N_QUADS))
    told = list(pyoxigraph.parse(bundled.export_text(name), format=OXIGRAPH[name]))
    if name in TRIPLES:
        assert {quad.triple for quad in told} == {quad.triple for quad in expected}
    else:
        assert set(told) == expected
    # Each statement stands once.
    assert len(told) == len(set(told))


AWKWARD = [
    "two\nlines, \r one carriage return \t and a tab",
    "]]> <b> & \"quotes\" 'single' \\ back",
    "  spaces around  ",
    "é œ \U0001f600 \u2028 \u200f",
    "@fr ^^ . #",
    "",
]


def _awkward(*texts):
    """A release of one graph with a literal per text, alone and in French."""
    lines = []
    for number, text in enumerate(texts):
        subject = pyoxigraph.NamedNode(f"https://a.example/{number}")
        graph = pyoxigraph.NamedNode("https://a.example/graph")
        for literal in (pyoxigraph.Literal(text), pyoxigraph.Literal(text, language="fr")):
            for predicate in (terms.SKOS_NOTE, terms.SKOS_PREF_LABEL, terms.PTCE_VALUE):
                node = pyoxigraph.NamedNode(predicate)
                lines.append(f"{pyoxigraph.Quad(subject, node, literal, graph)} .\n")
    return Release("".join(sorted(lines)), None)


@pytest.mark.parametrize("name", sorted(OXIGRAPH))
def test_any_literal_comes_back_from_both_readers(name):
    release = _awkward(*AWKWARD)
    expected = set(pyoxigraph.parse(release.nquads, format=RdfFormat.N_QUADS))
    content = next(iter(FORMATS[name].files(release).values()))
    told = set(pyoxigraph.parse(content, format=OXIGRAPH[name]))
    other = _quads(content, {**QUADS, **TRIPLES}[name])
    if name in TRIPLES:
        assert {quad.triple for quad in told} == {quad.triple for quad in expected}
        assert {q[:3] for q in other} == {q[:3] for q in _quads(release.nquads, "nquads")}
    else:
        assert told == expected
        assert other == _quads(release.nquads, "nquads")


def test_rdfxml_tells_what_xml_cannot_hold():
    content = rdf_files.rdfxml(_awkward("a\x01b\ufffec"))
    texts = {node.text for description in ET.fromstring(content) for node in description}
    assert texts == {"a\ufffdb\ufffdc"}
    assert "U+FFFD" in FORMATS["rdfxml"].loss


def test_rdfxml_refuses_a_property_that_is_no_xml_name():
    line = '<https://a.example/s> <https://a.example/p#1> "o" <https://a.example/g> .\n'
    with pytest.raises(ptce_graph.CallError, match="p#1"):
        rdf_files.rdfxml(Release(line, None))


def test_the_context_has_a_version_and_a_name_for_every_class_and_property(bundled):
    from ptce_graph.publish.rdf.jsonld import CONTEXT_FILE

    assert re.fullmatch(r"\d+\.\d+\.\d+", json.loads(CONTEXT_FILE.read_text("utf-8"))["version"])
    context = project_context()
    for quad in pyoxigraph.parse(bundled.nquads, format=RdfFormat.N_QUADS):
        assert not context.compact(quad.predicate.value).startswith("http"), quad.predicate
        if quad.predicate.value == terms.RDF_TYPE:
            assert not context.compact(quad.object.value).startswith("http"), quad.object


def test_jsonld_is_short_where_the_context_knows_the_value_and_whole_where_not():
    context = Context(
        {
            "@context": {
                "ex": "https://ex.example/",
                "xsd": "http://www.w3.org/2001/XMLSchema#",
                "id": "@id",
                "name": {"@id": "ex:name", "@container": "@language"},
                "knows": {"@id": "ex:knows", "@type": "@id"},
                "size": {"@id": "ex:size", "@type": "xsd:integer"},
            }
        }
    )
    literal, iri = pyoxigraph.Literal, pyoxigraph.NamedNode
    integer = iri("http://www.w3.org/2001/XMLSchema#integer")
    node = Node(context, "https://ex.example/1")
    for predicate, value in (
        ("name", literal("un", language="fr")),
        ("name", literal("plain")),
        ("knows", iri("https://other.example/2")),
        ("knows", literal("nobody")),
        ("size", literal("3", datatype=integer)),
        ("size", literal("big")),
        ("unknown", literal("x")),
    ):
        node.add(f"https://ex.example/{predicate}", value)
    assert node.members == {
        "id": "https://ex.example/1",
        "name": {"fr": "un"},
        "ex:name": "plain",
        "knows": ["https://other.example/2", {"@value": "nobody"}],
        "size": ["3", {"@value": "big"}],
        "ex:unknown": "x",
    }


def test_jsonld_is_a_list_of_graphs_that_a_person_can_read(tiny):
    document = json.loads(jsonld(tiny.release))
    graphs = {graph["id"].rpartition("/")[2]: graph["graph"] for graph in document["graph"]}
    assert {"annuaire", "livret", "codes", "places", "labels"} <= set(graphs)
    things = {node["id"].rpartition("/id/")[2]: node for node in graphs["livret"]}
    assert things["organisation/org-un"]["type"] == "FormalOrganization"
    assert things["organisation/org-un"]["prefLabel"] == {"fr": "Organisation Un"}
    assert things["pole/pole-nord"]["carriedBy"].endswith("/organisation/org-un")


def test_every_fact_of_the_trig_leads_to_a_document_and_a_passage(bundled):
    """One SPARQL pattern, run by another engine (rdflib) on the exported file."""
    dataset = Dataset(default_union=True)
    dataset.parse(data=bundled.export_text("trig"), format="trig")
    led = {str(row.fact) for row in dataset.query(PROVENANCE, initNs=terms.PREFIXES)}
    facts = bundled.facts.frames
    expected = sum(
        facts[name]["fact"].nunique() for name in ("memberships", "cooperations", "participations")
    )
    assert len(led) == expected > 100
    told = dataset.query(
        "SELECT DISTINCT ?document ?title { ?p a ptce:Passage ; dcterms:isPartOf ?document . "
        "?document dcterms:title ?title }",
        initNs=terms.PREFIXES,
    )
    assert len(list(told)) == 5


def test_formats_of_the_network_only_say_what_they_leave_out():
    for name in ("gexf", "graphml"):
        loss = FORMATS[name].loss
        assert "direction" in loss and "dates" in loss and "observed links" in loss


def test_every_format_says_what_it_is_and_only_those_with_graphs_lose_nothing():
    assert len(FORMATS) == 13
    for name, format_ in FORMATS.items():
        assert format_.name == name and format_.title and format_.suffix.startswith(".")
        assert re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", format_.media_type)
        assert (format_.loss == "") == (name in QUADS)
        assert format_.folder == (name in ("csv", "parquet", "murmurations"))


def test_files_of_single_formats_have_names_of_their_own(tiny):
    names = [
        name
        for format_ in FORMATS.values()
        if not format_.folder
        for name in format_.files(tiny.release)
    ]
    assert len(names) == len(set(names)) == 10
    for format_ in FORMATS.values():
        if not format_.folder:
            assert next(iter(format_.files(tiny.release))).endswith(format_.suffix)


def test_a_format_of_several_files_asks_for_a_folder(tiny, tmp_path):
    with pytest.raises(ptce_graph.CallError, match="several files"):
        tiny.export_text("csv")
    assert tiny.export("csv", tmp_path / "tables") == tmp_path / "tables"
    names = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*.csv")}
    assert {"tables/actors.csv", "tables/codes/legal-forms.csv"} <= names
    with pytest.raises(ptce_graph.CallError, match="is a folder"):
        tiny.export("trig", tmp_path / "tables")


def test_a_folder_is_replaced_whole_and_never_holds_half_of_two_exports(tmp_path):
    folder = tmp_path / "out"
    assert write_folder(folder, {"a.csv": b"1", "codes/b.csv": b"2"}) == folder
    write_folder(folder, {"a.csv": b"3", "codes/b.csv": b"4", "c.csv": b"5"})
    assert {p.name: p.read_bytes() for p in folder.rglob("*.csv")} == {
        "a.csv": b"3",
        "b.csv": b"4",
        "c.csv": b"5",
    }
    # A file of the first export that the second does not have is no reason to lose it.
    with pytest.raises(ptce_graph.CallError, match=r"c\.csv"):
        write_folder(folder, {"a.csv": b"6"})
    (folder / "letter.txt").write_text("mine", "utf-8")
    with pytest.raises(ptce_graph.CallError, match=r"letter\.txt"):
        write_folder(folder, {"a.csv": b"6", "codes/b.csv": b"7", "c.csv": b"8"})
    assert (folder / "letter.txt").read_text("utf-8") == "mine"
    assert (folder / "a.csv").read_bytes() == b"3"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("name", ["../x", "/x", "a\\b", ""])
def test_no_file_leaves_its_folder(name, tmp_path):
    with pytest.raises(ValueError, match="outside"):
        write_folder(tmp_path / "out", {name: b""})
    assert list(tmp_path.iterdir()) == []


def test_the_folder_one_is_in_is_not_replaced(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ptce_graph.CallError, match="you are in"):
        write_folder(tmp_path, {"a": b""})


def test_a_graph_tells_itself_in_one_line(tiny):
    assert repr(tiny).startswith("<KnowledgeGraph: 2 documents, ")
    assert "\n" not in repr(tiny) and len(repr(tiny)) < 100


def test_an_unknown_format_is_told_with_the_nearest(tiny):
    with pytest.raises(ptce_graph.CallError, match="trig"):
        tiny.export_text("trigg")
