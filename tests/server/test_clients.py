"""Clients that others wrote, as they come."""

import json

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

PREFIX = "PREFIX ptce: <https://w3id.org/ptce/ontology#>\n"
POLES = PREFIX + "SELECT ?p { ?p a ptce:Pole }"


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_sparql_store(served, method):
    store = SPARQLStore(served.address + "sparql", method=method)
    graph = rdflib.Graph(store)
    assert len(list(graph.query(POLES))) == 37
    pole = rdflib.URIRef("https://w3id.org/ptce/ontology#Pole")
    assert len(set(graph.subjects(rdflib.RDF.type, pole))) == 37
    assert graph.query("ASK { ?s ?p ?o }").askAnswer


def test_rdflib_reads_a_thing_by_its_address(served):
    graph = rdflib.Graph().parse(served.address + "id/organisation/coorace")
    thing = rdflib.URIRef("https://w3id.org/ptce/id/organisation/coorace")
    assert (thing, None, None) in graph


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper(served, method):
    client = SPARQLWrapper(served.address + "sparql")
    client.setMethod(method)
    client.setQuery(POLES)
    client.setReturnFormat(JSON)
    assert len(client.queryAndConvert()["results"]["bindings"]) == 37
    client.setReturnFormat(XML)
    assert len(client.queryAndConvert().getElementsByTagName("result")) == 37
    client.setReturnFormat(CSV)
    assert client.queryAndConvert().decode().count("\r\n") == 38
    client.setQuery(PREFIX + "CONSTRUCT WHERE { ?p a ptce:Pole }")
    client.setReturnFormat(TURTLE)
    assert len(rdflib.Graph().parse(data=client.queryAndConvert(), format="turtle")) == 37
    client.setQuery("nonsense")
    with pytest.raises(QueryBadFormed):
        client.query()


def test_the_catalogue_of_questions_over_http(served, bundled):
    from ptce_graph.dataset.questions import questions

    names = sorted(questions())[::8]
    assert len(names) > 10
    for name in names:
        question = questions()[name]
        expected = json.loads(
            bundled.store.query(
                question.text, prefixes={p: str(n) for p, n in _prefixes().items()}
            ).serialize(format=ox.QueryResultsFormat.JSON)
        )
        assert served.query(question.text).json == expected, name


def _prefixes():
    from ptce_graph.vocabulary.terms import PREFIXES

    return PREFIXES
