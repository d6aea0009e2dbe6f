"""The catalogue on the bundled data: expected answers read in the documents, not in the tables."""

from __future__ import annotations

import pytest

import ptce_graph
from ptce_graph.dataset.questions import QUERIES_DIR, questions

#: Kinds of parameters whose values are IRIs of things.
THINGS = ("organisation", "pole", "place", "call", "cooperation", "source")


def test_the_catalogue_is_whole():
    assert len(questions()) == len(list(QUERIES_DIR.glob("*.rq"))) >= 5
    for entry in questions().values():
        assert entry.words["fr"].endswith("?") and entry.words["en"].endswith("?")
        assert bool(entry.notes["fr"]) == bool(entry.notes["en"])


@pytest.mark.parametrize("name", sorted(questions()))
def test_every_question_has_an_answer(bundled, name):
    frame = bundled.query(name)
    assert len(frame) > 0
    assert not frame.duplicated().any()


@pytest.mark.parametrize("name", sorted(questions()))
def test_a_value_that_is_given_leaves_nothing_of_the_default(name):
    question = questions()[name]
    given = {p.name: f"other-{p.name.lower()}" for p in question.parameters if p.kind in THINGS}
    told = question.sparql(given)
    for parameter in question.parameters:
        if parameter.name in given:
            assert f"/{parameter.default}>" not in told
            assert f"/other-{parameter.name.lower()}>" in told


def test_multi_membership(bundled):
    frame = bundled.query("multi-membership").set_index("organisation")
    # The COORACE article: the three poles are carried by COORACE adherents, groupe Archer at
    # the origin of Pôle Sud and La Courte Echelle at the heart of the Alpilles pole; the note,
    # the notebook and the article of 2012: Archer and the regional COORACE are in Pôle Sud;
    # the notebook: COORACE in Rhône-Alpes; and local authorities, members of the RTES, on the
    # boards of Ecossolies (Nantes) and of the Roanne pole (line 81).
    assert dict(frame["memberships"]) == {
        "Groupe Archer": "2",
        "La Courte Echelle": "2",
        "COORACE Rhône-Alpes": "2",
        "Nantes Métropole": "2",
        "Communauté d'Agglomération de Roanne": "2",
    }
    assert set(frame.at["Groupe Archer", "sources"].split(" | ")) == {
        "article-coorace",
        "article-eco-sol-brest",
        "cahier-rtes",
        "note-labo-ess",
    }


def test_poles_linking_coorace_and_the_rtes(bundled):
    frame = bundled.query("poles-linking-coorace-rtes").set_index("pole")
    # The notebook names Conseil régional de Rhône-Alpes as the RTES member concerned by Pôle
    # Sud, by the SIAE branch pole (proposed by COORACE Rhône-Alpes) and by the health branch
    # pole (proposed by URIOPSS: no tie with COORACE).
    assert set(frame.index) == {"Pôle Sud Archer", "Pôle filière SIAE"}
    assert set(frame["throughRtes"]) == {"Conseil régional de Rhône-Alpes"}
    assert "Groupe Archer" in frame.at["Pôle Sud Archer", "throughCoorace"]
    assert "cahier-rtes" in frame.at["Pôle Sud Archer", "sources"]


def test_the_question_in_sparql_and_the_measure_in_python_agree(bundled):
    """Two ways that share no code: SPARQL over the dataset, Python over the links."""
    frame = bundled.bridges()
    named = frame[(frame["network_a"] == "coorace") & (frame["network_b"] == "rtes")]
    poles = {bundled.actors.at[pole, "name"] for pole in named["bridge"]}
    assert poles == set(bundled.query("poles-linking-coorace-rtes")["pole"])


def test_the_pilot_poles_are_the_21_of_annexe_1(bundled):
    frame = bundled.query("pilot-poles")
    assert len(frame) == 21
    # Annexe 1 prints a web address in twelve of its entries.
    assert frame["website"].notna().sum() == 12


def test_who_leads_the_plan(bundled):
    frame = bundled.query("plan-actions")
    leads = frame[frame["role"].isin(["pilote", "animateur"])]
    by_action = (
        leads.groupby(leads["action"].str.split(" – ").str[0])["partner"].apply(set).to_dict()
    )
    names = {name.casefold() for name in by_action["Thème 3"]}
    assert by_action["Action 2.2"] == {"MES", "CNCRES"}
    assert by_action["Action 3.1"] == {"RTES"}
    assert by_action["Thème 1"] == {"COORACE", "Pôle Sud Archer"}
    assert by_action["Thème 2"] == {"COORACE"}
    assert {"cncres", "cofac", "mes", "ufisc"} < names and len(names) == 5


def test_the_ten_members_of_the_rtes_that_the_notebook_names(bundled):
    frame = bundled.query(
        """SELECT ?member {
          GRAPH <https://w3id.org/ptce/id/graph/cahier-rtes> {
            ?m org:organization <https://w3id.org/ptce/id/organisation/rtes> ; org:member ?member
        } }"""
    )
    assert len(set(frame["member"])) == 10


def test_the_sud_essonne_structures_and_their_statuts(bundled):
    frame = bundled.query(
        """SELECT ?name ?code {
          ?m org:organization <https://w3id.org/ptce/id/pole/pole-economie-solidaire-sud-essonne> ;
             org:member ?o .
          ?o skos:prefLabel ?name ; ptce:legalForm|ptce:accreditation ?statut .
          ?statut skos:notation ?code }"""
    )
    statuts = frame.groupby("name")["code"].apply(set).to_dict()
    assert statuts == {
        "Action Emploi": {"ai"},
        "Les Potagers du Télégraphe": {"aci"},
        "Scop Val Emploi": {"scop", "ei"},
    }


def test_an_unknown_question_is_told_with_the_nearest(bundled):
    with pytest.raises(ptce_graph.CallError, match="pilot-poles"):
        bundled.query("pilot-pole")


def test_a_query_that_cannot_be_read_says_where(bundled):
    with pytest.raises(ptce_graph.CallError, match="SPARQL"):
        bundled.query("SELECT ?x { ?x ")
