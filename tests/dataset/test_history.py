"""Former facts are graphs of their own: queries on what is do not see them."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

import ptce_graph
from ptce_graph.dataset.facts_of_quads import facts_of_quads
from ptce_graph.dataset.history import is_history_graph
from ptce_graph.dataset.questions import questions

BASE = "https://w3id.org/ptce/id/"


@pytest.fixture
def with_history(tiny_copy):
    """The tiny project, one of whose documents had an edition that told more."""
    folder = tiny_copy / "sources/livret/history"
    folder.mkdir()
    (folder / "editions.csv").write_text(
        f"edition,date,original_file,digest,lines\n1,2010,premier.txt,{'a' * 64},30\n"
        "2,2011,second.txt,,31\n"
    )
    (folder / "memberships.csv").write_text(
        "member,organisation,role,start,end,section,lines,note,edition,invalidated\n"
        "org-parti,org-deux,membre,2009,,Acteurs,3,,1,2011-05\n"
        "org-parti,org-deux,membre,2009,,Acteurs,3,,2,2012\n"
    )
    (folder / "organisations.csv").write_text(
        "id,name,alt_names,legal_form,wikidata,same_as,section,lines,edition,invalidated\n"
        "org-parti,Organisation Partie,,scop,Q42,http://x.example.org/p,Acteurs,4,1,2011-05\n"
        "org-deux,Ancien nom de Deux,,scop,,,Acteurs,5,1,2011-05\n"
    )
    return tiny_copy


def test_the_tables_are_sound_and_wrong_histories_are_told(with_history):
    assert ptce_graph.check(with_history) == []
    path = with_history / "sources/livret/history/memberships.csv"
    text = path.read_text()
    for old, new, told in (
        (",3,,1,", ",99,,1,", "between 1 and 30"),
        (",3,,2,", ",3,,7,", "no edition"),
        (",membre,", ",inconnu,", "not a code"),
        ("2011-05", "mai 2011", "not a date"),
        ("org-parti", "org-nulle-part", "no row in"),
        (",3,,2,2012", ",3,,1,2012", "repeats row 2"),
    ):
        path.write_text(text.replace(old, new, 1))
        problems = ptce_graph.check(with_history)
        assert any(told in problem.message for problem in problems), told
        assert all(problem.file.startswith("sources/livret/history/") for problem in problems)


def test_the_living_graph_is_the_same_with_and_without_a_history(with_history, tiny):
    graph = ptce_graph.load(with_history)
    quads = list(ox.parse(graph.nquads, format=ox.RdfFormat.N_QUADS))
    former = [quad for quad in quads if is_history_graph(quad.graph_name.value)]
    assert {quad.graph_name.value for quad in former} == {f"{BASE}graph/livret.history"}
    living = [line for line in graph.nquads.split("\n") if ".history> ." not in line]
    assert living == tiny.nquads.split("\n")
    assert set(graph.actors.index) == set(tiny.actors.index)
    assert len(graph.links) == len(tiny.links)


def test_a_former_membership_says_what_it_was_and_until_when(with_history):
    found = ptce_graph.load(with_history).query(
        f"""SELECT ?edition ?lines ?until {{ GRAPH ?g {{
          ?former a org:Membership ; prov:invalidatedAtTime ?until ;
            prov:specializationOf <{BASE}membership/livret.org-parti.org-deux.membre.2009> ;
            org:member <{BASE}organisation/org-parti> ; prov:wasDerivedFrom ?passage .
          ?passage dcterms:isPartOf ?edition ; ptce:lines ?lines .
          ?edition dcterms:isVersionOf <{BASE}source/livret> }} }} ORDER BY ?until"""
    )
    assert found.to_numpy().tolist() == [
        [f"{BASE}edition/livret.1", "3", "2011-05"],
        [f"{BASE}edition/livret.2", "3", "2012"],
    ]


def test_a_former_name_is_no_name_of_today(with_history):
    graph = ptce_graph.load(with_history)
    ask = "SELECT ?s {{ {} ?s skos:prefLabel 'Ancien nom de Deux'@fr {} }}"
    assert len(graph.query(ask.format("", ""))) == 0
    assert list(graph.query(ask.format("GRAPH ?g {", "}"))["s"]) == [
        f"{BASE}former/livret.1.organisation.org-deux"
    ]
    # What it was told to be the same as, it was a version of.
    same = "ASK { GRAPH ?g { ?s owl:sameAs <http://www.wikidata.org/entity/Q42> } }"
    from ptce_graph.dataset.store import run_query

    assert not bool(run_query(graph.store, same))


def test_no_question_of_the_catalogue_counts_what_is_no_longer_said(with_history, tiny):
    graph = ptce_graph.load(with_history)
    for name in questions():
        assert graph.query(name).equals(tiny.query(name)), name


def test_merged_formats_and_views_hold_no_former_fact(with_history, tmp_path):
    graph = ptce_graph.load(with_history)
    for name in ("ttl", "nt", "rdfxml", "essglobal"):
        assert "id/former/" not in graph.export_text(name), name
    for name in ("nq", "trig"):
        assert "id/former/" in graph.export_text(name), name
    again = facts_of_quads(graph.nquads)
    assert set(again.actors.index) == set(graph.actors.index)


def test_which_graphs_are_of_a_history():
    assert is_history_graph(f"<{BASE}graph/livret.history>")
    assert is_history_graph(f"{BASE}graph/livret.history")
    # A document may have any name that is an identifier.
    assert not is_history_graph(f"<{BASE}graph/livret-history>")
