"""The benchmark of the questions: with what it asks, and what it tells."""

from __future__ import annotations

import pytest

from benchmarks.questions import Answerer, Asked, build, given_of, largest, table
from ptce_graph.dataset.build import open_build
from ptce_graph.dataset.questions import questions


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("build")
    build(60, made)
    return made


def test_it_asks_about_what_has_the_most_facts(folder):
    things = largest(open_build(folder))
    # The first invented network is the largest, by Zipf's law.
    assert things["network"][0] == "network-1"
    assert things["pole"][0].startswith("pole-")
    bridges = given_of(questions()["network-bridges"], things)
    assert bridges == {"networkFirst": "network-1", "networkSecond": things["network"][1]}
    between = given_of(questions()["cooperations-between"], things)
    assert between["first"] != between["second"]
    # The limit of a list, and what the graph has nothing of, stay as they are in the question.
    assert "limit" not in given_of(questions()["network-members"], things)
    assert given_of(questions()["criteria-of-list"], things) == {}


def test_the_bundled_documents_are_in_the_graph_too(folder):
    answerer = Answerer(folder)
    whole, _processor, first, rows = answerer.ask(questions()["pilot-poles"].text, 60)
    assert rows == 21 and 0 < first <= whole
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    assert answerer.ask(endless, 0.2) is None
    # It answers again.
    assert answerer.ask("SELECT ?x { VALUES ?x { 1 2 } }", 60)[3] == 2
    answerer.close()


def test_the_slowest_comes_first():
    asked = [
        Asked("quick", {}, 0.001, 0.001, 0.001, 3),
        Asked("endless", {"pole": "p"}, None),
        Asked("long", {}, 2.5, 2.0, 0.5, 20_000),
    ]
    rows = table(asked, 10).splitlines()[2:]
    assert rows == [
        "| endless | p | > 10 | | | |",
        "| long |  | 2.500 | 2.000 | 0.500 | 20,000 |",
        "| quick |  | 0.001 | 0.001 |  | 3 |",
    ]
