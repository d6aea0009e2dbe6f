"""What spreadsheets do to numbers is undone where nothing is lost, and refused where it is."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptce_graph.importers.identifiers import (
    Found,
    rna,
    rna_column,
    siren,
    siren_column,
    siret,
    siret_column,
)
from ptce_graph.tables.registers import check_digit, is_rna, is_siren, is_siret


@pytest.mark.parametrize(
    "text",
    [
        "552120222",
        " 552 120 222 ",
        "552\u00a0120\u202f222",
        "552.120.222",
        "552-120-222",
        "552,120,222",
        "552120222.0",
        "552120222,00",
        "552 120 222,00",
        "5.52120222E8",
        "5,52120222e+08",
        "'552120222",
        '="552120222"',
        "SIREN : 552 120 222",
        "n° SIREN 552120222",
        "FR 03 552120222",
        "55212022200013",
        "552 120 222 00013",
    ],
)
def test_a_siren_is_repaired(text):
    assert siren(text) == Found("552120222")


def test_zeros_come_back_only_where_the_check_digit_agrees():
    # 005520242: 2 + 8 + 2 + 0 + 5 + 1 + 0 + 0 + 0 = … checked with python-stdnum: valid.
    assert siren("5520242") == Found("005520242")
    assert siren("5520242.0") == Found("005520242")
    assert "7 digits" in siren("5520243").reason
    # Half of a number is none, whatever its check digit.
    assert siren("18").value == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("84200.0", "5 digits"),
        ("552120223", "check digit"),
        ("4,12E+13", "rounded"),
        ("5,52E+08", "rounded"),
        ("5.5212022E8", "rounded"),
        ("000000000", "zeros"),
        ("552120222 / 356000000", "nothing else"),
        ("Association A", "nothing else"),
        ("٥٥٢١٢٠٢٢٢", "nothing else"),
        ("=1+1", "nothing else"),
    ],
)
def test_what_cannot_be_repaired_is_refused_with_its_reason(text, said):
    found = siren(text)
    assert found.value == ""
    assert said in found.reason


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("552 120 222 00013", "55212022200013"),
        ("55212022200013.0", "55212022200013"),
        ("5.5212022200013E13", "55212022200013"),
        ("552120222-00013", "55212022200013"),
        ("356 000 000 00048", "35600000000048"),
        ("356 000 000 00001", "35600000000001"),
    ],
)
def test_a_siret_is_repaired(text, value):
    assert siret(text) == Found(value)


@pytest.mark.parametrize("text", ["5,52E+13", "55212022200014", "552120222", "35600000000002"])
def test_a_siret_that_is_none(text):
    assert siret(text).value == "" and siret(text).reason


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("W751234567", "W751234567"),
        ("w 751 234 567", "W751234567"),
        ("RNA : W9R1234567", "W9R1234567"),
        ("751234567", ""),
        ("691S0012345", ""),
    ],
)
def test_a_number_of_an_association(text, value):
    assert rna(text).value == value
    assert bool(rna(text).reason) is not bool(value)


@pytest.mark.parametrize("text", ["", "  ", "-", "NC", "néant", "n/a", "0", "nan", "None"])
def test_a_cell_that_tells_of_none_is_no_fault(text):
    assert siren(text) == siret(text) == rna(text) == Found()


def test_columns_say_what_cells_say():
    texts = [
        "552 120 222",
        "",
        "552120223",
        None,
        "5520242",
        "4,12E+13",
        "552120222",
        "55212022200013",
    ]
    cells = pd.Series(texts, index=list("abcdefgh"))
    for of_column, of_cell in (
        (siren_column, siren),
        (siret_column, siret),
        (rna_column, rna),
    ):
        values, reasons = of_column(cells)
        expected = [of_cell(text or "") for text in texts]
        assert values.tolist() == [found.value for found in expected]
        assert reasons.tolist() == [found.reason for found in expected]
        assert values.index.tolist() == reasons.index.tolist() == list("abcdefgh")


def test_an_empty_column():
    values, reasons = siren_column(pd.Series([], dtype=object))
    assert values.tolist() == reasons.tolist() == []


_SIGNS = st.sampled_from("9876543210 .,-+EeWwR'=\"\u00a0\u202f٣²𝟙FR:|/n°\n")


@settings(max_examples=400, deadline=None)
@given(st.text(_SIGNS, max_size=20) | st.text(max_size=20))
def test_whatever_a_cell_holds_there_is_a_right_number_or_a_reason_or_nothing(text):
    for one, holds in ((siren, is_siren), (siret, is_siret), (rna, is_rna)):
        found = one(text)
        assert not (found.value and found.reason)
        assert found.value == "" or holds(found.value)


@given(
    st.integers(0, 10**8 - 1).filter(bool), st.sampled_from(["{}", " {} ", "{}.0", "'{}", "{},00"])
)
def test_a_right_number_comes_through_every_disguise(number, disguise):
    digits = f"{number:08d}"
    right = digits + check_digit(digits)
    assert siren(disguise.format(right)) == Found(right)
