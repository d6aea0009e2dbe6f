"""Calls, candidacies, figures … as RDF: the tiny project's rows, worked out by hand."""

from __future__ import annotations

import pytest
from rdflib import Dataset, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, PROV, RDF, SKOS, XSD

ID = "https://w3id.org/ptce/id/"
CODE = Namespace("https://w3id.org/ptce/code/")
PTCE = Namespace("https://w3id.org/ptce/ontology#")
QB = Namespace("http://purl.org/linked-data/cube#")


@pytest.fixture(scope="module")
def dataset(tiny):
    parsed = Dataset(default_union=True)
    parsed.parse(data=tiny.nquads, format="nquads")
    return parsed


def _id(path):
    return URIRef(ID + path)


def test_a_candidacy_keeps_what_is_written_beside_what_it_means(dataset):
    node = _id("candidacy/c-1")
    assert set(dataset.predicate_objects(node)) == {
        (RDF.type, PTCE.Candidacy),
        (PTCE.call, _id("call/appel-2010")),
        (PTCE.regionAsWritten, Literal("Haut Val")),
        (PTCE.place, _id("place/haut-val")),
        (PTCE.initiative, Literal("Projet du Nord")),
        (PTCE.carrierAsWritten, Literal("Un / Deux")),
        (PTCE.candidate, _id("organisation/org-un")),
        (PTCE.candidate, _id("organisation/org-deux")),
        (PTCE.candidatePole, _id("pole/pole-nord")),
        (PTCE.outcome, CODE["candidacy-outcomes/laureat"]),
        (PROV.wasDerivedFrom, _id("passage/livret.annexe.l39")),
    }


def test_an_empty_cell_stays_empty(dataset):
    node = _id("candidacy/c-2")
    for predicate in (PTCE.place, PTCE.carrierAsWritten, PTCE.candidate, PTCE.candidatePole):
        assert dataset.value(node, predicate) is None


def test_a_shared_figure_stays_shared_and_as_precise_as_it_is_said(dataset):
    node = _id("figure/fig-deux-associations")
    assert set(dataset.objects(node, PTCE.subject)) == {
        _id("organisation/org-un"),
        _id("organisation/org-trois"),
    }
    assert dataset.value(node, PTCE.value) == Literal("250", datatype=XSD.decimal)
    span = _id("figure/fig-appel-reponses")
    assert dataset.value(span, PTCE.valueMax) == Literal("26", datatype=XSD.decimal)
    assert dataset.value(span, PTCE.subject) == _id("call/appel-2010")
    assert dataset.value(span, PTCE.precision) == CODE["figure-precisions/fourchette"]


def test_figures_form_a_data_cube(dataset):
    figures = set(dataset.subjects(QB.dataSet, _id("dataset/figures")))
    assert len(figures) == 4
    assert dataset.value(_id("dataset/figures"), QB.structure) == PTCE.figureStructure


def test_a_figure_of_a_merged_thing_is_one_of_the_kept_one(dataset):
    node = _id("figure/fig-nord-emplois-annuaire")
    assert dataset.value(node, PTCE.subject) == _id("pole/pole-nord")


def test_a_call_its_dates_and_names(dataset):
    node = _id("call/appel-2010")
    assert dataset.value(node, PTCE.opened) == Literal("2010-01", datatype=XSD.gYearMonth)
    assert dataset.value(node, PTCE.decided) == Literal("2010-06-29", datatype=XSD.date)
    assert dataset.value(node, SKOS.altLabel) == Literal("Premier appel", lang="fr")


def test_characteristics_have_a_passage_and_a_shortcut(dataset):
    node = _id("characterisation/livret.pole-nord.stade-operationnel.2010")
    assert dataset.value(node, PTCE.thing) == _id("pole/pole-nord")
    assert dataset.value(node, DCTERMS.date) == Literal("2010", datatype=XSD.gYear)
    shortcuts = dataset.graph(_id("graph/shortcuts"))
    assert set(shortcuts.objects(_id("pole/pole-nord"), PTCE.hasCharacteristic)) == {
        CODE["characteristics/stade-operationnel"],
        CODE["characteristics/secteur-culture"],
    }


def test_criteria_correspond_across_documents(dataset):
    assert dataset.value(_id("criterion/ann-inc-1"), SKOS.closeMatch) == _id("criterion/liv-inc-1")


def test_the_framework_is_a_tree_that_says_what_is_illegible(dataset):
    node = _id("framework/cad-a-1")
    assert dataset.value(node, SKOS.broader) == _id("framework/cad-a")
    assert dataset.value(node, PTCE.legibility) == CODE["legibilities/partielle"]


def test_a_definition_in_two_languages(dataset):
    assert set(dataset.objects(_id("definition/liv-def"), SKOS.definition)) == {
        Literal("Un lieu partagé.", lang="fr"),
        Literal("A shared place.", lang="en"),
    }
