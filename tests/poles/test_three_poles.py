"""Three poles worked through by hand: a rich one, a small one, a nearly undocumented one.

Two people read the five documents before the rules were written, each alone; the values
and reasons are theirs. N is the note of the Labo, A the article of COORACE, E that of 2012,
C the notebook of the RTES, P the action plan; numbers are lines of the transcriptions.
"""

from __future__ import annotations

import pytest

from tests.poles.judged import A, C, E, N, P, bundled_findings, changed, values_of, without

POLE_SUD = {
    # ESS members (Groupe Archer, Adie, La Nef: N 120) and a local authority that backs the pole
    # (C 29, 95, 299); A 4 and C 297 add firms and authorities, unnamed.
    "note-inc-1": "+",
    # More than 25 organisations (A 4), 7 of them named (N 120), of three kinds.
    "note-inc-2": "+",
    # An aim of local development is told (A 4-5), no formal common strategy.
    "note-inc-3": ".",
    # Groupe Archer at Romans and the URSCOP of Drôme (N 120, C 293), in the department of the pole.
    "note-inc-4": "+",
    # For a judgement only: no fact tells an integrated cooperation.
    "esb-inc-4": ".",
    # Work integration is a sector of the pole (C 297); no member is told as accredited.
    "note-inc-5": ".",
    # Members together since 2007 (N 120), listed in January 2013 (P 945): five whole years at
    # least, within a company (C 81, 297).
    "note-inc-6": "+",
    # One place that the members share (N 120, E 6), two firms created (C 333).
    "note-inc-7": "+",
    # The region backs the pole (C 29, 95, 299).
    "note-inc-8": "+",
    # The same place, in use (N 120, E 6).
    "note-tes-1": "+",
    # Researchers take part (C 195), unnamed: no row of a table says so; innovation is an aim.
    "note-tes-2": ".",
    # A company run on principles of the ESS (C 81): for a judgement.
    "note-tes-3": ".",
    # The CRESS and COORACE of the region are members (N 120); the region backs the pole.
    "note-tes-4": "+",
    # Only planned evaluations (P 665).
    "note-tes-5": ".",
    # No figure of jobs, and no document says how many would do.
    "note-tes-6": ".",
    # Several functions (N 161), several sectors (C 331): networks and support bodies are
    # members of it, which does not make it one of them (N 246).
    **{f"note-exc-{n}": "o" for n in range(1, 6)},
}

SUD_ESSONNE = {
    # Three ESS firms (N 175); region and department count on the pole (N 179), which is no tie.
    "note-inc-1": ".",
    # The association that carries it is made of three firms, exactly (N 175): the pole's members.
    "note-inc-2": "-",
    # Three missions (N 177) are not a formal common strategy.
    "note-inc-3": ".",
    # No member has a place; the carrier is at Étampes.
    "note-inc-4": ".",
    "esb-inc-4": ".",
    # An intermediary association, an integration workshop, an integration enterprise (N 175):
    # three of exactly three are recognised.
    "note-inc-5": "+",
    # The carrier was founded in 2008 (N 175); since when the pole lasts is not told.
    "note-inc-6": ".",
    # Training and mobility services (N 177-179) are told as support, not as pooled.
    "note-inc-7": ".",
    # To be counted on (N 179) is no partnership.
    "note-inc-8": ".",
    # An association of firms, at Étampes: formal, but no document calls it a network, and no
    # premises are told. The two readings differ; it stays open.
    "note-tes-1": ".",
    # To engineer projects (N 177) is a mission, not research.
    "note-tes-2": ".",
    # The form of an association proves nothing of how it works.
    "note-tes-3": ".",
    "note-tes-4": ".",
    "note-tes-5": ".",
    # 930 people received (N 181) are not jobs.
    "note-tes-6": ".",
    # Classed among the centres of several functions (N 161); promotion is one mission of three.
    **{f"note-exc-{n}": "o" for n in range(1, 6)},
}

#: Ardaines (P 915-918) has a name, a commune and a list: nothing on which to judge. Being listed
#: proves no exclusion wrong (P 86: not all that answered are PTCE). ECLIS (P 930-936) tempts with
#: a sector in its name and "scic" in its address: neither is a fact about it.
NOTHING = dict.fromkeys(POLE_SUD, ".")


@pytest.mark.parametrize(
    ("pole", "expected"),
    [
        ("pole-sud-archer", POLE_SUD),
        ("pole-economie-solidaire-sud-essonne", SUD_ESSONNE),
        ("ardaines", NOTHING),
        ("eclis", NOTHING),
    ],
)
def test_every_criterion_of_a_pole(pole, expected):
    told = values_of(bundled_findings(), pole)
    assert told == expected
    assert list(told) == [one.id for one in bundled_findings().criteria]


def test_any_name_of_a_pole_leads_to_it():
    found = bundled_findings()
    assert found.of("pole-sud") == found.of("pole-sud-archer")


def _passages(pole, criterion):
    finding = bundled_findings().one(pole, criterion)
    return {(one.document, one.lines) for one in finding.evidence if one.weight == "decides"}


def test_the_passages_that_decide_are_those_of_the_readings():
    assert {(N, "120"), (A, "4")} <= _passages("pole-sud-archer", "note-inc-2")
    assert {(C, "29|95|293-299")} <= _passages("pole-sud-archer", "note-inc-8")
    assert _passages("pole-sud-archer", "note-tes-1") == {(N, "120"), (E, "6")}
    lasting = _passages("pole-sud-archer", "note-inc-6")
    assert {(N, "118-120|161|252"), (P, "945-948|663-664"), (E, "6"), (C, "297|81")} <= lasting
    assert {(N, "175|205")} <= _passages("pole-economie-solidaire-sud-essonne", "note-inc-2")
    assert _passages("ardaines", "note-inc-8") == set()


def test_what_is_lacking_is_told_in_both_languages():
    found = bundled_findings()
    one = found.one("ardaines", "note-inc-1")
    assert one.lacking_fr.startswith("un acteur de l’ESS") and ";" in one.lacking_fr
    assert one.lacking_en.startswith("an ESS actor") and ";" in one.lacking_en
    # Three ESS members are known: only the other party is lacking.
    half = found.one("pole-economie-solidaire-sud-essonne", "note-inc-1")
    assert half.lacking_en.startswith("another named stakeholder")
    assert {one.weight for one in half.evidence} == {"supports"}
    assert found.one("pole-sud-archer", "note-inc-1").lacking_fr == ""


POLE = "pole-sud-archer"
ESSONNE = "pole-economie-solidaire-sud-essonne"
NO_BACKER = {"note-inc-1": ".", "note-inc-8": ".", "note-tes-4": "."}
NO_EXCLUSION = {f"note-exc-{n}": "." for n in range(1, 6)}


@pytest.mark.parametrize(
    ("pole", "rows", "cells", "expected"),
    [
        # The region no longer backs the pole: no other party, no authority, no policy.
        (
            POLE,
            [(C, "participations", 85)],
            [],
            NO_BACKER,
        ),
        # 7 members are named: the figure of more than 25 is not needed.
        (POLE, [(A, "figures", 10)], [], {}),
        (POLE, [], [(N, "poles", 2, "since")], {"note-inc-6": "."}),
        # One of two documents still tells the place; neither does, and firms were created still.
        (POLE, [(E, "characteristics", 2)], [], {}),
        (POLE, [(E, "characteristics", 2), (N, "characteristics", 3)], [], {"note-tes-1": "."}),
        (POLE, [], [(N, "organisations", 4, "place")], {"note-inc-4": "."}),
        # A carrier and a form: one of them is enough of a framework.
        (POLE, [], [(C, "poles", 9, "carrier")], {}),
        (
            POLE,
            [(C, "characteristics", 56)],
            [(C, "poles", 9, "carrier")],
            {"note-inc-6": "."},
        ),
        (ESSONNE, [(N, "figures", 17)], [], {"note-inc-2": ".", "note-inc-5": "."}),
        # Two of three accredited are a majority still; one is not.
        (ESSONNE, [], [(N, "organisations", 12, "accreditations")], {}),
        (
            ESSONNE,
            [],
            [
                (N, "organisations", 12, "accreditations"),
                (N, "organisations", 13, "accreditations"),
            ],
            {"note-inc-5": "."},
        ),
        # Without its carrier, or with a member that is not the carrier's, three is not its number.
        (ESSONNE, [], [(N, "poles", 4, "carrier")], {"note-inc-2": ".", "note-inc-5": "."}),
        (ESSONNE, [(N, "memberships", 12)], [], {"note-inc-2": ".", "note-inc-5": "."}),
        (ESSONNE, [(N, "memberships", 9)], [], {}),
        (ESSONNE, [(N, "characteristics", 33)], [], NO_EXCLUSION),
        # Backed in a plan only; met with in a working group only: neither is a partnership.
        (POLE, [], [(C, "cooperations", 42, "state", "prevu")], NO_BACKER),
        (POLE, [], [(C, "participations", 86, "role", "membre-groupe")], NO_BACKER),
        (POLE, [], [(C, "participations", 85, "role", "membre-groupe")], NO_BACKER),
        # A place to come is no place, though firms were created.
        (
            POLE,
            [],
            [(C, "characteristics", 59, "characteristic", "stade-projet")],
            {"note-inc-6": ".", "note-tes-1": "."},
        ),
        ("ardaines", [], [(P, "poles", 4, "place"), (P, "poles", 4, "listed_in")], {}),
    ],
)
def test_a_fact_taken_away_changes_what_rests_on_it(pole, rows, cells, expected):
    assert changed(bundled_findings(), without(*rows, cells=cells), pole) == expected


def test_thresholds_are_parameters():
    found = without((A, "figures", 10), parameters={"note-inc-2.min": 10})
    # 7 named members of the region's pole do not reach the second reading of the note.
    assert found.one(POLE, "note-inc-2").value == "not-documented"
    assert found.one(POLE, "note-inc-2").parameters == (("min", "10"), ("kinds", "2"))
