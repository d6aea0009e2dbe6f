"""The traps that the design found in the vocabularies, each closed by a test."""

from __future__ import annotations

import csv
import re

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDFS, SKOS

from ptce_graph.bundled import DATA_DIR, ONTOLOGY_DIR

PTCE = "https://w3id.org/ptce/ontology#"
ORG = "http://www.w3.org/ns/org#"


@pytest.fixture(scope="module")
def ontology():
    return Graph().parse(ONTOLOGY_DIR / "ptce.ttl")


@pytest.fixture(scope="module")
def alignments():
    return Graph().parse(ONTOLOGY_DIR / "alignments.ttl")


def _codes(name):
    with (DATA_DIR / "codelists" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def test_a_siae_is_an_accreditation_never_a_legal_form():
    siae = {"siae", "ei", "etti", "aci", "ai"}
    assert siae <= set(_codes("accreditations"))
    assert not siae & set(_codes("legal-forms"))


def test_no_insee_category_is_given_to_scic():
    scic = _codes("legal-forms")["scic"]
    assert "insee" not in scic["exact_match"] + scic["close_match"]


def test_a_network_is_never_an_organizational_collaboration(ontology, bundled):
    above = set(ontology.transitive_objects(URIRef(PTCE + "Network"), RDFS.subClassOf))
    assert URIRef(ORG + "OrganizationalCollaboration") not in above
    assert URIRef(ORG + "Organization") in above
    frame = bundled.query(
        "SELECT ?x { ?x a ptce:Network . { ?x a ptce:Pole } UNION "
        "{ ?x a org:OrganizationalCollaboration } }"
    )
    assert frame.empty


def test_a_pole_and_what_carries_it_are_two_things(bundled):
    frame = bundled.query(
        "SELECT ?p { ?p ptce:carriedBy ?c . FILTER(?p = ?c || EXISTS { ?c a ptce:Pole }) }"
    )
    assert frame.empty


def test_alignments_never_subclass_a_term_of_others(alignments):
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, OWL.sameAs):
        assert not list(alignments.triples((None, predicate, None)))
    aligned = {str(o) for o in alignments.objects(None, SKOS.closeMatch)}
    assert not any(iri.endswith(("SSEInitiative", "#affiliates")) for iri in aligned)


def test_no_address_of_a_territory_is_built_from_its_code(bundled):
    assert not re.search(r"<http://id\.insee\.fr/geo/", bundled.nquads)


def test_shortcuts_stand_in_their_own_graph_only(bundled):
    for line in bundled.nquads.splitlines():
        if " <http://www.w3.org/ns/org#memberOf> " in line or f" <{PTCE}cooperatesWith> " in line:
            assert line.endswith("/id/graph/shortcuts> .")


def test_what_is_only_planned_gives_no_shortcut(bundled):
    # The ministries are named as partners of planned actions only.
    frame = bundled.query(
        """SELECT ?o {
          ?o ptce:cooperatesWith ?other .
          FILTER NOT EXISTS {
            ?c ptce:state <https://w3id.org/ptce/code/states/constate> ;
              ptce:participation/ptce:partner ?o } }"""
    )
    assert frame.empty


def test_codes_of_insee_stay_text_with_their_zeros(bundled):
    assert '"01427"' in bundled.nquads  # Trévoux
    assert bundled.actors.loc["dombes-saone", "places"] == ("trevoux",)
