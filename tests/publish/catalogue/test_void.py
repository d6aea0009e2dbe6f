"""The VoID description against counts of another engine: SPARQL in rdflib, on the same quads."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from rdflib import RDF, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS

from ptce_graph.publish.catalogue.counted import quads
from ptce_graph.publish.catalogue.void import LINKED, void
from tests.conftest import TINY
from tests.publish.releasing import bundled_folder, release_of

VOID = Namespace("http://rdfs.org/ns/void#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
DATASET = URIRef("https://w3id.org/ptce/id/dataset/ptce")


@pytest.fixture(scope="module")
def told():
    return Graph().parse(bundled_folder() / "void.ttl")


@pytest.fixture(scope="module")
def data():
    """The quads as rdflib reads them: a graph per name."""
    dataset = Dataset()
    dataset.parse(data=release_of().nquads, format="nquads")
    return dataset


@pytest.fixture(scope="module")
def merge(data):
    merged = Graph()
    for subject, predicate, value, _graph in data.quads():
        merged.add((subject, predicate, value))
    return merged


def _number(graph, pattern):
    ((number,),) = graph.query(f"SELECT ({pattern}")
    return int(number)


WHOLE = {
    VOID.triples: "COUNT(*) AS ?n) { ?s ?p ?o }",
    VOID.distinctSubjects: "COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    VOID.distinctObjects: "COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
    VOID.properties: "COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
    VOID.classes: "COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }",
    VOID.entities: (
        'COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o FILTER(STRSTARTS(STR(?s), "https://w3id.org/ptce/id/")'
        ' || STRSTARTS(STR(?s), "https://w3id.org/ptce/code/")) }'
    ),
}


@pytest.mark.parametrize("name", WHOLE, ids=lambda name: name.split("#")[1])
def test_the_numbers_of_the_whole_are_those_of_sparql(told, merge, name):
    assert int(told.value(DATASET, name)) == _number(merge, WHOLE[name])


def test_every_class_is_told_with_its_number(told, merge):
    found = {
        told.value(part, VOID["class"]): int(told.value(part, VOID.entities))
        for part in told.objects(DATASET, VOID.classPartition)
    }
    rows = merge.query("SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c")
    assert found == {row.c: int(row.n) for row in rows}
    assert len(found) > 20


def test_every_property_is_told_with_its_numbers(told, merge):
    found = {
        told.value(part, VOID.property): tuple(
            int(told.value(part, name))
            for name in (VOID.triples, VOID.distinctSubjects, VOID.distinctObjects)
        )
        for part in told.objects(DATASET, VOID.propertyPartition)
    }
    rows = merge.query(
        "SELECT ?p (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?ss) (COUNT(DISTINCT ?o) AS ?os) "
        "{ ?s ?p ?o } GROUP BY ?p"
    )
    assert found == {row.p: (int(row.n), int(row.ss), int(row.os)) for row in rows}


def test_every_named_graph_is_a_subset_with_its_numbers_and_its_document(told, data, merge):
    found = {}
    for subset in told.objects(DATASET, VOID.subset):
        if (subset, RDF.type, VOID.Dataset) in told:
            name = told.value(subset, SD.name)
            found[name] = int(told.value(subset, VOID.triples))
            graph = data.graph(name)
            subjects = _number(graph, "COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }")
            assert int(told.value(subset, VOID.distinctSubjects)) == subjects
            source = told.value(subset, DCTERMS.source)
            shared = {"codes", "documents", "labels", "places", "identities"}
            shared |= {"shortcuts", "coverage"}
            short = str(name).rsplit("/", 1)[-1]
            assert (source is None) == (short in shared)
            if source is not None:
                # The dataset itself says so.
                derived = URIRef("http://www.w3.org/ns/prov#wasDerivedFrom")
                assert (name, derived, source) in merge
            assert list(told.objects(subset, DCTERMS.title))
    assert found == {graph.identifier: len(graph) for graph in data.graphs() if len(graph)}


def test_links_to_others_are_those_of_the_data(told, merge):
    found = {}
    for subset in told.objects(DATASET, VOID.subset):
        if (subset, RDF.type, VOID.Linkset) in told:
            assert told.value(subset, VOID.subjectsTarget) == DATASET
            target = told.value(subset, VOID.objectsTarget)
            space = str(told.value(target, VOID.uriSpace))
            at = (space, told.value(subset, VOID.linkPredicate))
            found[at] = int(told.value(subset, VOID.triples))
    rows = merge.query("SELECT ?p ?o { ?s ?p ?o FILTER(isIRI(?o) && ?p != rdf:type) }")
    expected = Counter(
        (space, row.p) for row in rows for space in LINKED if str(row.o).startswith(space)
    )
    assert found == expected
    assert {space for space, _property in found} >= {
        "http://id.insee.fr/",
        "http://purl.org/essglobal/",
    }


def test_vocabularies_are_used_and_none_is_left_out(told, merge):
    used = {str(p) for p in merge.predicates()} | {str(c) for c in merge.objects(None, RDF.type)}
    found = {str(v) for v in told.objects(DATASET, VOID.vocabulary)}
    assert all(any(term.startswith(space) for term in used) for space in found)
    assert {term for term in used if not any(term.startswith(space) for space in found)} == set()


def test_examples_exist_and_dumps_are_files_of_the_release(told, merge):
    examples = list(told.objects(DATASET, VOID.exampleResource))
    assert len(examples) == 2
    assert all((example, None, None) in merge for example in examples)
    names = {str(dump).rsplit("/", 1)[-1] for dump in told.objects(DATASET, VOID.dataDump)}
    assert {"dataset.nq", "dataset.trig", "dataset.ttl.gz"} <= names
    # A view in other terms is no dump of the dataset.
    assert not {"essglobal.ttl", "schema.jsonld", "csv.zip"} & names
    for dump in told.objects(DATASET, VOID.dataDump):
        assert (bundled_folder() / "data" / str(dump).rsplit("/", 1)[-1]).is_file()
    assert {str(space) for space in told.objects(DATASET, VOID.uriSpace)} == {
        "https://w3id.org/ptce/id/",
        "https://w3id.org/ptce/code/",
    }


def test_the_endpoint_is_told_where_there_is_one(told):
    assert not list(told.objects(None, VOID.sparqlEndpoint))
    release = release_of(TINY)
    about = replace(release.about, endpoint="https://example.org/sparql")
    graph = Graph().parse(
        data=void(replace(release, about=about)), format="turtle", publicID="file:///x/"
    )
    assert list(graph.objects(None, VOID.sparqlEndpoint))


LINES = [
    ("<s> <p> <o> <g> .", ("<s>", "<p>", "<o>", "<g>")),
    ("<s> <p> <o> .", ("<s>", "<p>", "<o>", "")),
    ('<s> <p> "a b <c> ." <g> .', ("<s>", "<p>", '"a b <c> ."', "<g>")),
    ('<s> <p> "a <b>" .', ("<s>", "<p>", '"a <b>"', "")),
    ('<s> <p> "a <b>"@fr .', ("<s>", "<p>", '"a <b>"@fr', "")),
    ('<s> <p> "a \\" <g>"^^<t> .', ("<s>", "<p>", '"a \\" <g>"^^<t>', "")),
    ('<s> <p> "a\u2028b" <g> .', ("<s>", "<p>", '"a\u2028b"', "<g>")),
]


@pytest.mark.parametrize(("line", "expected"), LINES, ids=[line for line, _e in LINES])
def test_a_line_is_cut_where_its_terms_end(line, expected):
    assert list(quads(f"{line}\n\n{line}")) == [expected, expected]


def test_a_literal_that_looks_like_a_link_is_none():
    release = replace(
        release_of(TINY),
        text='<https://w3id.org/ptce/id/x> <http://p> "http://id.insee.fr/codes" <http://g> .\n',
    )
    graph = Graph().parse(data=void(release), format="turtle", publicID="file:///x/")
    assert not list(graph.subjects(RDF.type, VOID.Linkset))
    (part,) = graph.objects(None, VOID.propertyPartition)
    assert graph.value(part, VOID.triples) == Literal(1)
