"""Assessments: checked, and laid over the rules, whose own answers stay beside them."""

from __future__ import annotations

import pandas as pd
import pytest

import ptce_graph
from ptce_graph.errors import CallError
from ptce_graph.poles.findings import BY_ASSESSMENT, BY_RULE
from ptce_graph.poles.judge import findings
from ptce_graph.poles.shown import answers_frame
from tests.poles.judged import bundled, bundled_store

HEADER = "thing,criterion,value,author,date,reason\n"


def _found(*rows):
    columns = HEADER.strip().split(",")
    frame = pd.DataFrame([dict(zip(columns, row, strict=True)) for row in rows])
    return findings(bundled_store(), bundled().facts, assessments=frame)


def test_the_bundled_data_have_none():
    assert bundled().facts.tables.frames["assessments"].empty


def test_an_assessment_wins_and_the_rule_stays_beside_it():
    found = _found(
        ("ardaines", "note-inc-3", "met", "Organisation Un", "2024", "Read in its articles."),
        ("pole-sud", "note-inc-8", "not-met", "Organisation Un", "2024-05", "Ended since."),
    )
    judged = found.one("ardaines", "note-inc-3")
    assert (judged.value, judged.by) == ("met", BY_ASSESSMENT)
    assert (judged.rule_value, judged.lacking_fr) == ("not-documented", "")
    assert judged.assessments[0].reason == "Read in its articles."
    # By any name of the pole; the facts of the rule are still shown.
    other = found.one("pole-sud-archer", "note-inc-8")
    assert (other.value, other.rule_value, other.by) == ("not-met", "met", BY_ASSESSMENT)
    assert other.evidence
    assert found.one("pole-sud-archer", "note-inc-7").by == BY_RULE


def test_the_latest_assessment_counts_and_the_others_are_kept():
    found = _found(
        ("ardaines", "note-exc-2", "excluded", "Organisation Un", "2023-12-31", "First look."),
        ("ardaines", "note-exc-2", "not-excluded", "Organisation Deux", "2024", "Second look."),
    )
    judged = found.one("ardaines", "note-exc-2")
    assert judged.value == "not-excluded"
    assert [one.author for one in judged.assessments] == ["Organisation Deux", "Organisation Un"]


def test_a_table_holds_who_judges_when_and_why():
    found = _found(("ardaines", "note-inc-3", "met", "Organisation Un", "2024", "Read."))
    rows = answers_frame(found, "en", ["ardaines"]).set_index("criterion")
    columns = ["assessment_author", "assessment_date", "assessment_reason"]
    assert rows.loc["note-inc-3", columns].tolist() == ["Organisation Un", "2024", "Read."]
    assert rows.loc["note-inc-8", columns].tolist() == ["", "", ""]


def test_an_organisation_can_be_assessed_on_an_exclusion():
    found = _found(
        ("association-ecossolies", "note-exc-2", "not-excluded", "Organisation Un", "2024", "…")
    )
    assert found.one("association-ecossolies", "note-exc-2").value == "not-excluded"
    assert len(found.of("association-ecossolies")) == 5


def test_an_assessment_of_nobody_is_refused():
    with pytest.raises(CallError, match="nobody"):
        _found(("nobody", "note-inc-3", "met", "Organisation Un", "2024", "…"))


@pytest.mark.parametrize(
    ("row", "column", "near"),
    [
        ("pole-nord,note-inc-33,met,Organisation Un,2024,Why.", "criterion", "note-inc-3"),
        ("pole-nor,note-inc-3,met,Organisation Un,2024,Why.", "thing", "pole-nord"),
        ("pole-nord,note-inc-3,mett,Organisation Un,2024,Why.", "value", "met"),
        ("pole-nord,note-inc-3,excluded,Organisation Un,2024,Why.", "value", ""),
        ("pole-nord,note-exc-1,met,Organisation Un,2024,Why.", "value", ""),
        # Decided under the note's wording: to assess it under the other would count for nothing.
        ("pole-nord,esb-inc-8,met,Organisation Un,2024,Why.", "criterion", "note-inc-8"),
        ("pole-nord,note-inc-3,met,a@b.example,2024,Why.", "author", ""),
        ("pole-nord,note-inc-3,met,Mme Nom,2024,Why.", "author", ""),
        ("pole-nord,note-inc-3,met,Prénom Nom,2024,Why.", "author", ""),
        ("pole-nord,note-inc-3,met,Organisation Uni,2024,Why.", "author", "Organisation Un"),
        ("pole-nord,note-inc-3,met,Organisation Un,soon,Why.", "date", ""),
        ("pole-nord,note-inc-3,met,Organisation Un,2024,", "reason", ""),
    ],
)
def test_a_row_that_does_not_fit_is_told_with_its_place(tiny_copy, row, column, near):
    (tiny_copy / "assessments.csv").write_text(HEADER + row + "\n", encoding="utf-8")
    (problem,) = ptce_graph.check(tiny_copy)
    assert (problem.file, problem.row, problem.column) == ("assessments.csv", 2, column)
    assert problem.nearest == near


def test_a_folder_without_criteria_may_assess_those_of_the_bundled_documents(tiny_copy):
    row = "pole-nord,note-inc-3,met,Organisation Un,2024,Why.\n"
    (tiny_copy / "assessments.csv").write_text(HEADER + row, encoding="utf-8")
    assert ptce_graph.check(tiny_copy) == []
    kg = ptce_graph.load(tiny_copy)
    from ptce_graph.dataset.store import memory_store

    found = findings(memory_store(kg.quads), kg.facts)
    assert found.one("pole-nord", "note-inc-3").value == "met"
    assert {one.label["en"] for one in found.criteria if one.id == "note-inc-8"} == {
        "At least one local authority as partner"
    }
