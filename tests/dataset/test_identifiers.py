"""Numbers of registers and items of Wikidata in the dataset, and back from it."""

from __future__ import annotations

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Dataset, Literal, Namespace, URIRef

from ptce_graph.dataset.facts_of_quads import facts_of_quads

ADMS = Namespace("http://www.w3.org/ns/adms#")
ID = Namespace("https://w3id.org/ptce/id/")
LIVRET = ID["graph/livret"]


@pytest.fixture(scope="module")
def dataset(numbered):
    found = Dataset(default_union=True)
    found.parse(data=numbered.nquads, format="nquads")
    return found


def test_a_number_is_a_node_with_its_register_and_who_keeps_it(dataset):
    told = dataset.graph(LIVRET)
    siren = ID["identifier/siren-552120222"]
    assert (ID["organisation/org-un"], ADMS.identifier, siren) in told
    assert set(told.predicate_objects(siren)) == {
        (RDF.type, ADMS.Identifier),
        (RDFS.label, Literal("SIREN")),
        (ADMS.schemaAgency, Literal("INSEE")),
        (SKOS.notation, Literal("552120222")),
    }


def test_several_numbers_of_one_cell_are_several_nodes(dataset):
    told = dataset.graph(LIVRET)
    found = set(told.objects(ID["organisation/org-un"], ADMS.identifier))
    names = ("siren-552120222", "siret-55212022200013", "siret-55212022200021", "rna-w751234567")
    assert found == {ID[f"identifier/{name}"] for name in names}
    rna = ID["identifier/rna-w751234567"]
    assert set(told.objects(rna, SKOS.notation)) == {Literal("W751234567")}
    assert set(told.objects(rna, ADMS.schemaAgency)) == {Literal("ministère de l’Intérieur")}


def test_an_item_of_wikidata_is_the_same_thing(dataset):
    told = dataset.graph(LIVRET)
    item = URIRef("http://www.wikidata.org/entity/Q42")
    assert set(told.objects(ID["organisation/org-un"], OWL.sameAs)) == {item}
    others = ("http://www.wikidata.org/entity/Q1000000", "https://a.example/nord")
    others += ("https://b.example/1",)
    assert set(told.objects(ID["pole/pole-nord"], OWL.sameAs)) == set(map(URIRef, others))


def test_nobody_else_has_a_number(dataset):
    assert len(set(dataset.subjects(RDF.type, ADMS.Identifier))) == 7


def test_the_facts_know_the_numbers_and_they_come_back_from_the_quads(numbered):
    columns = ["sirens", "sirets", "rnas", "wikidata"]
    actors = numbered.actors[columns]
    assert actors.loc["org-un"].tolist() == [
        ("552120222",),
        ("55212022200013", "55212022200021"),
        ("W751234567",),
        ("Q42",),
    ]
    assert actors.loc["ville-valdor"].tolist() == [(), (), (), ()]
    back = facts_of_quads(numbered.nquads)
    assert back.actors[columns].map(set).equals(actors.map(set))
    (same,) = set(back.frames["poles"]["same_as"]) - {""}
    assert set(same.split("|")) == {"https://a.example/nord", "https://b.example/1"}


def test_an_organisation_is_found_by_its_number(numbered):
    found = numbered.query(
        """SELECT ?name { ?o adms:identifier [ skos:notation "55212022200021" ] ;
                            skos:prefLabel ?name }"""
    )
    assert found["name"].tolist() == ["Organisation Un"]
