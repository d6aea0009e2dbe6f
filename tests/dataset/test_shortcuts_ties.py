"""Shortcuts of ties, worked out by hand on invented memberships and cooperations."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd

from ptce_graph.dataset.shortcuts_ties import attachments, meetings, retellings

#: Two alone, three about the pole, three beside it, two that is only planned.
PARTS = pd.DataFrame(
    [
        ("two", "p", "partenaire"),
        ("two", "a", "partenaire"),
        ("about", "p", "pole"),
        ("about", "a", "financeur"),
        ("about", "b", "partenaire"),
        ("beside", "p", "partenaire"),
        ("beside", "b", "partenaire"),
        ("beside", "c", "partenaire"),
        ("planned", "p", "pole"),
        ("planned", "d", "partenaire"),
    ],
    columns=["cooperation", "partner", "role"],
).assign(fact=lambda frame: frame["cooperation"] + "." + frame["partner"])
COOPERATIONS = pd.DataFrame(
    {
        "id": ["two", "about", "beside", "planned"],
        "state": ["constate", "constate", "constate", "prevu"],
    }
)


def _builder(cooperations=COOPERATIONS):
    types = {"p": "pole", **dict.fromkeys("abcd", "organisation")}
    facts = SimpleNamespace(frames={"cooperations": cooperations})
    return SimpleNamespace(facts=facts, types=types)


def _pairs(frame):
    return sorted(frame.itertuples(index=False, name=None))


def test_who_attaches_to_a_pole():
    assert _pairs(attachments(_builder(), PARTS)) == [
        ("about.a", "p"),
        ("about.b", "p"),
        ("two.a", "p"),
    ]


def test_one_document_that_only_plans_is_enough():
    told = pd.concat([COOPERATIONS, pd.DataFrame({"id": ["two"], "state": ["prevu"]})])
    found = {fact for fact, _pole in _pairs(attachments(_builder(told), PARTS))}
    assert found == {"about.a", "about.b"}


def test_two_facts_of_one_partner_are_one_partner():
    again = pd.DataFrame([("two", "a", "financeur", "two.a2")], columns=[*PARTS.columns])
    found = {fact for fact, _pole in _pairs(attachments(_builder(), pd.concat([PARTS, again])))}
    assert found == {"about.a", "about.b", "two.a", "two.a2"}


def test_who_meets_again_where():
    # p and a: two, about; p and b: about, beside. c and d meet nobody twice.
    assert _pairs(meetings(PARTS)) == [
        ("a", "about"),
        ("a", "two"),
        ("b", "about"),
        ("b", "beside"),
        ("p", "about"),
        ("p", "beside"),
        ("p", "two"),
    ]


def test_what_another_document_tells_too():
    told = pd.DataFrame(
        [
            ("a", "n", "one", "1"),
            ("a", "n", "other", "2"),
            ("a", "n", "one", "3"),
            ("b", "n", "one", "4"),
            ("b", "m", "other", "5"),
        ],
        columns=["member", "organisation", "source", "fact"],
    )
    # The first and the third are of one document.
    assert _pairs(retellings(told)) == [("1", "2"), ("2", "1"), ("2", "3"), ("3", "2")]


def test_nobody_has_no_ties():
    assert attachments(_builder(COOPERATIONS[:0]), PARTS[:0]).empty
    assert meetings(PARTS[:0]).empty
    empty = pd.DataFrame(columns=["member", "organisation", "source", "fact"])
    assert retellings(empty).empty


def test_the_bundled_shortcuts_are_those_of_the_facts(bundled):
    """Against SPARQL over the facts themselves."""
    made = bundled.query(
        "SELECT ?fact ?pole { GRAPH <https://w3id.org/ptce/id/graph/shortcuts> "
        "{ ?fact ptce:attachesTo ?pole } } ORDER BY STR(?fact) STR(?pole)"
    )
    told = bundled.query(
        """SELECT DISTINCT ?fact ?pole {
          { SELECT ?c (COUNT(DISTINCT ?p) AS ?n) {
              ?c ptce:participation/ptce:partner ?p
              FILTER NOT EXISTS { ?c ptce:state <https://w3id.org/ptce/code/states/prevu> } }
            GROUP BY ?c }
          ?c ptce:participation ?fact , ?side . ?fact ptce:partner ?who .
          ?side ptce:partner ?pole ; ptce:partnerRole ?role . ?pole a ptce:Pole .
          FILTER(?who != ?pole)
          FILTER(?n = 2 || ?role = <https://w3id.org/ptce/code/cooperation-roles/pole>) }
        ORDER BY STR(?fact) STR(?pole)"""
    )
    assert len(made) > 20
    assert made.equals(told)
