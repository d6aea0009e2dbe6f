"""The files of the rules: whole in both languages, SPARQL anywhere, thresholds with a source."""

from __future__ import annotations

import re

import pytest

from ptce_graph.errors import CallError
from ptce_graph.poles.findings import NOT_DOCUMENTED
from ptce_graph.poles.rules import CRITERIA_DIR, known_thresholds, rule, rules
from ptce_graph.vocabulary.terms import PREFIXES
from tests.poles.judged import bundled, bundled_findings, without

RULES = rules()
DEFINITIONS = sorted((CRITERIA_DIR / "definitions").glob("*.rq"))


def test_every_criterion_of_the_documents_has_its_rule():
    told = bundled().facts.frames["criteria"]
    answered = {*RULES, *(one.also for one in RULES.values() if one.also)}
    assert answered == set(told["id"])
    for one in bundled_findings().criteria:
        # The correspondence is that of the table, which people have read.
        matches = told.loc[told["id"] == one.rule.also, "matches"]
        assert matches.tolist() == ([one.id] if one.rule.also else [])
        assert (one.other is None) == (not one.rule.also)


@pytest.mark.parametrize("name", sorted(RULES))
def test_the_head_says_all_in_both_languages(name):
    one = RULES[name]
    assert CRITERIA_DIR.joinpath(f"{name}.rq").exists()
    told = [one.words, *one.parts.values(), *(threshold.words for threshold in one.thresholds)]
    told += [one.other] if one.also else []
    # A criterion without a query says what an assessment would have to judge.
    told += [one.judgement] if not one.answers else []
    assert all(words["fr"] and words["en"] for words in told)
    assert bool(one.judgement["fr"]) == bool(one.judgement["en"])
    parts = set(re.findall(r'BIND\("([a-z]+)" AS \?part\)', one.query))
    parts |= set(re.findall(r'= "decides", "([a-z]+)"', one.query))
    assert parts == set(one.parts)
    for threshold in one.thresholds:
        assert f"VALUES ?{threshold.name} {{ {threshold.default or 'UNDEF'} }}" in one.query
        lines = bundled().facts.tables.documents
        assert threshold.is_ours or (threshold.source in lines and threshold.lines)


@pytest.mark.parametrize("name", sorted(name for name, one in RULES.items() if one.query))
def test_the_whole_query_is_sparql_that_another_engine_reads(name):
    from rdflib.plugins.sparql import prepareQuery

    text = RULES[name].sparql()
    assert "# use:" not in text
    prepareQuery(text, initNs=PREFIXES)


@pytest.mark.parametrize("path", DEFINITIONS, ids=lambda path: path.stem)
def test_a_definition_says_what_it_defines_and_is_used(path):
    text = path.read_text(encoding="utf-8")
    assert re.match(r"# fr: .+\n# en: .+\n(PREFIX .+\n)*SELECT ", text)
    everywhere = [p.read_text(encoding="utf-8") for p in CRITERIA_DIR.rglob("*.rq")]
    assert any(f"# use: {path.stem}\n" in other for other in everywhere)


def test_a_threshold_of_another_value_decides_otherwise():
    # Three organisations, exactly: enough where two are.
    found = without(parameters={"note-inc-2.min": 3})
    assert found.one("pole-economie-solidaire-sud-essonne", "note-inc-2").value == NOT_DOCUMENTED
    # 130 jobs or nearly (note, line 171): more than 100 even if taken down by a sixth.
    found = without(parameters={"note-tes-6.jobs": 100})
    assert found.one("artis-grenoble", "note-tes-6").value == "met"
    assert found.one("pole-centre-isere", "note-tes-6").value == NOT_DOCUMENTED
    assert bundled_findings().one("artis-grenoble", "note-tes-6").value == NOT_DOCUMENTED


@pytest.mark.parametrize(
    "given",
    [
        {"note-inc-2.mini": 5},
        {"note-inc-22.min": 5},
        {"note-inc-2.min": "5 } UNION { ?s ?p ?o"},
        {"note-inc-2.min": "five"},
        {"note-inc-2.min": ""},
        {"note-inc-2.min": -5},
    ],
)
def test_a_threshold_that_is_none_is_refused(given):
    with pytest.raises(CallError):
        known_thresholds(given)


def test_a_rule_is_found_by_either_name():
    assert rule("esb-inc-8") is rule("note-inc-8")
    with pytest.raises(CallError) as told:
        rule("note-inc-88")
    assert "note-inc-8" in str(told.value)
