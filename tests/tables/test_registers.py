"""Numbers of registers: what passes, what does not, and what is said of it.

The numbers are public ones, printed on the sites of those who bear them; keys of
Luhn were worked out by hand or by another library (python-stdnum) once.
"""

from __future__ import annotations

import random

import pytest

import ptce_graph
from ptce_graph.tables import registers
from ptce_graph.tables.cells import SHAPES
from tests.tables.spoiling import told, written

# A bank, La Poste, a car maker; then 8+0+... = 0 mod 10 by hand: 7 3 2 8 2 9 3 2 0.
SIRENS = ["552120222", "356000000", "542065479", "732829320", "005520242"]
SIRETS = ["55212022200013", "73282932000074", "35600000000048"]


@pytest.mark.parametrize("number", SIRENS)
def test_a_siren(number):
    assert registers.is_siren(number)
    assert registers.siren_fault(number) == ""
    other = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert not registers.is_siren(other)


@pytest.mark.parametrize("number", SIRETS)
def test_a_siret(number):
    assert registers.is_siret(number)
    assert registers.siret_fault(number) == ""


def test_establishments_of_la_poste_add_up_to_a_multiple_of_five():
    # 3 + 5 + 6 = 14; 14 + 1 = 15 and 14 + 6 = 20, 14 + 2 = 16.
    assert registers.is_siret("35600000000001")
    assert registers.is_siret("35600000000006")
    assert not registers.is_siret("35600000000002")
    # Right by Luhn (3 and 6 doubled are 6 and 3: 14, and 3 doubled is 6), wrong by that rule: 17.
    assert registers.luhn_holds("35600000000030")
    assert not registers.is_siret("35600000000030")
    # The rule is that of La Poste alone: 18 + 2 = 20, wrong by Luhn.
    assert not registers.is_siret("55212022200010")


@pytest.mark.parametrize(
    "text", ["", "000000000", "55212022", "5521202222", "552 120 222", "٥٥٢١٢٠٢٢٢", "-55212022"]
)
def test_no_siren(text):
    assert not registers.is_siren(text)
    assert registers.siren_fault(text)


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("W751234567", True),
        ("W9R1234567", True),
        ("W2B1234567", True),
        ("w751234567", False),
        ("W75123456", False),
        ("W7512345678", False),
        ("691S0012345", False),
        ("W7R123456A", False),
    ],
)
def test_a_number_of_the_register_of_associations(text, fits):
    assert registers.is_rna(text) is fits
    assert (registers.rna_fault(text) == "") is fits


@pytest.mark.parametrize(
    ("text", "fits"),
    [("Q42", True), ("Q0", False), ("Q042", False), ("q42", False), ("P31", False)],
)
def test_an_item_of_wikidata(text, fits):
    assert registers.is_wikidata(text) is fits
    assert (registers.wikidata_fault(text) == "") is fits


@pytest.mark.parametrize(
    ("kind", "text", "said", "near"),
    [
        ("siren", "55212022", "has 8 digits where a SIREN has 9", ""),
        ("siren", "5520242", "removed the zeros", "005520242"),
        ("siren", "552 120 222", "one after the other", "552120222"),
        ("siren", "552120223", "would be 2 after the 8", ""),
        ("siren", "55212022200013", "first 9 digits, 552120222", "552120222"),
        ("siren", "000000000", "zeros alone", ""),
        ("siren", "abc", "its 9 digits and nothing else", ""),
        ("siret", "552120222", "column siren", ""),
        ("siret", "35600000000002", "multiple of 5", ""),
        ("siret", "55212022200014", "would be 3 after the 13", ""),
        ("rna", "w 751 234 567", "a capital W", "W751234567"),
        ("wikidata", "https://www.wikidata.org/wiki/Q42", "at its end", "Q42"),
    ],
)
def test_what_is_said_teaches(kind, text, said, near):
    shape = SHAPES[kind]
    assert not shape.fits(text)
    assert said in shape.told(text)
    assert shape.near(text) == near


def test_columns_are_judged_as_single_numbers_are():
    drawn = random.Random(7)
    sirens = [f"{drawn.randrange(10**9):09d}" for _ in range(3000)] + SIRENS + ["000000000"]
    sirets = [f"{drawn.randrange(10**14):014d}" for _ in range(3000)] + SIRETS
    sirets += [f"356000000{drawn.randrange(10**5):05d}" for _ in range(500)]
    for numbers, length, holds in (
        (sirens, 9, registers.is_siren),
        (sirets, 14, registers.is_siret),
    ):
        found = registers.numbers_hold(numbers, length).tolist()
        assert found == [holds(number) for number in numbers]
        assert 0 < sum(found) < len(found)
    assert registers.numbers_hold([], 9).tolist() == []


HEADER = "id,name,siren,siret,rna,wikidata,section,lines"
ANNUAIRE = "sources/annuaire/organisations.csv"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("552120223,,,", (ANNUAIRE, 2, "siren", "552120223", "")),
        ("552 120 222,,,", (ANNUAIRE, 2, "siren", "552 120 222", "552120222")),
        (",55212022200014,,", (ANNUAIRE, 2, "siret", "55212022200014", "")),
        (",55212022200013|5521202220002,,", (ANNUAIRE, 2, "siret", "5521202220002", "")),
        (
            "356000000,35600000000048|55212022200013,,",
            (ANNUAIRE, 2, "siret", "55212022200013", ""),
        ),
        (",,w751234567,", (ANNUAIRE, 2, "rna", "w751234567", "W751234567")),
        (",,,wd:Q42", (ANNUAIRE, 2, "wikidata", "wd:Q42", "")),
    ],
)
def test_a_wrong_number_is_told_with_its_row(tiny_copy, cells, expected):
    written(ANNUAIRE, f"{HEADER}\norg-deux,Coopérative Deux,{cells},Liste,4\n")(tiny_copy)
    assert [told(problem) for problem in ptce_graph.check(tiny_copy)] == [expected]


def test_right_numbers_are_sound(tiny_copy):
    cells = "552120222,55212022200013|55212022200021,W9R1234567,Q42"
    written(ANNUAIRE, f"{HEADER}\norg-deux,Coopérative Deux,{cells},Liste,4\n")(tiny_copy)
    assert ptce_graph.check(tiny_copy) == []
