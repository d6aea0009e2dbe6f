"""Every question of the catalogue against an answer worked out in the documents.

``tests/questions/<name>.csv`` holds the expected rows, in order, in some or all
of the columns; ``<name>.count`` beside it says how many rows there are where
the file holds only those that were checked by hand.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from ptce_graph.dataset.questions import questions, values_clause
from ptce_graph.errors import CallError

EXPECTED = Path(__file__).parent.parent / "questions"
CATALOGUE = questions()


def _columns(text):
    return re.search(r"^# columns: (.+)$", text, flags=re.MULTILINE)[1].replace(",", " ").split()


def _expected(name):
    with (EXPECTED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_catalogue_is_whole():
    assert len(CATALOGUE) >= 60
    assert {path.stem for path in EXPECTED.glob("*.csv")} == set(CATALOGUE)
    assert {path.stem for path in EXPECTED.glob("*.count")} <= set(CATALOGUE)


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_the_answer_is_that_of_the_documents(bundled, name):
    frame = bundled.query(name).fillna("")
    assert list(frame.columns) == _columns(CATALOGUE[name].text)
    assert not frame.duplicated().any()
    expected = _expected(name)
    assert expected
    told = frame[list(expected[0])].to_dict("records")
    count = EXPECTED / f"{name}.count"
    if count.exists():
        assert len(told) == int(count.read_text(encoding="utf-8"))
        remaining = iter(told)
        # The checked rows stand in the answer, in their order.
        for row in expected:
            assert row in remaining, row
    else:
        assert told == expected


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_the_head_says_what_supports_the_answer(bundled, name):
    question = CATALOGUE[name]
    assert question.words["fr"].endswith("?") and question.words["en"].endswith("?")
    assert bool(question.notes["fr"]) == bool(question.notes["en"])
    assert question.documents
    assert set(question.documents) <= set(bundled.facts.tables.documents)
    for parameter in question.parameters:
        # The file itself holds the default, so that it runs anywhere.
        assert len(set(values_clause(parameter).findall(question.text))) == 1
        default = question.sparql({parameter.name: parameter.default})
        assert default == question.text


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_the_file_is_sparql_that_another_engine_reads(name):
    from rdflib.plugins.sparql import prepareQuery

    from ptce_graph.vocabulary.terms import PREFIXES

    prepareQuery(CATALOGUE[name].text, initNs=PREFIXES)


HOSTILE = [
    'x> } INSERT DATA { <a:b> <a:b> "c" } #',
    "} UNION { ?s ?p ?o",
    "a b",
    '"',
    "\\",
    "é",
    "",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_never_becomes_sparql(value):
    for question in CATALOGUE.values():
        for parameter in question.parameters:
            if parameter.kind == "text":
                continue
            with pytest.raises(CallError):
                question.sparql({parameter.name: value})


def test_a_parameter_changes_the_answer(bundled):
    question = CATALOGUE["network-members"]
    members = bundled.query(question.sparql({"network": "rtes"}))
    others = bundled.query(question.sparql({"network": "mes"}))
    assert len(members) >= 10
    assert len(others) >= 3
    assert not set(members.iloc[:, 0]) & set(others.iloc[:, 0])


LIMITED = [name for name in sorted(CATALOGUE) if "LIMIT" in CATALOGUE[name].text]


@pytest.mark.parametrize("name", LIMITED)
def test_a_limit_is_a_parameter_that_cuts_nothing_of_the_documents(bundled, name):
    question = CATALOGUE[name]
    assert [p.name for p in question.parameters if p.kind == "limit"] == ["limit"]
    assert "limit" in question.notes["fr"] and "limit" in question.notes["en"]
    whole = bundled.query(question.sparql({"limit": "1000000"})).fillna("")
    assert bundled.query(name).fillna("").equals(whole)
    # With a smaller one there are no other rows than there were, save where a row counts.
    assert len(bundled.query(question.sparql({"limit": "1"}))) <= len(whole)


def test_a_limit_cuts(bundled):
    question = CATALOGUE["pole-members"]
    assert len(set(bundled.query(question.sparql({"limit": "1"}))["pole"])) == 1
    assert len(set(bundled.query(question.sparql({"limit": "3"}))["pole"])) == 3


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "1000001", "1e3", "", "1 } #", "²"])
def test_a_limit_is_a_whole_number(value):
    with pytest.raises(CallError, match="limit"):
        CATALOGUE["provenance"].sparql({"limit": value})


@pytest.mark.parametrize(
    ("name", "given", "near"),
    [
        ("network-members", {"network": "rte"}, "rtes"),
        ("organisations-by-legal-form", {"form": "asociation"}, "association"),
        ("members-of-pole", {"pole": "pole-sud-arche"}, "pole-sud-archer"),
    ],
)
def test_a_value_that_names_nothing_is_told_with_the_nearest(bundled, name, given, near):
    with pytest.raises(CallError, match=f"Did you mean {near}"):
        bundled.query(name, **given)


def test_an_unknown_parameter_is_told_with_those_there_are():
    with pytest.raises(CallError, match="network"):
        CATALOGUE["network-members"].sparql({"pole": "x"})
