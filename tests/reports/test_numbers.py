"""Numbers as people write them; the typography is that of the Imprimerie nationale."""

from __future__ import annotations

import pytest

from ptce_graph.reports import numbers

NAN = float("nan")


@pytest.mark.parametrize(
    ("value", "digits", "french", "english"),
    [
        (1234.5, 1, "1\u202f234,5", "1,234.5"),
        (0.1346, 3, "0,135", "0.135"),
        (-0.078, 3, "\u22120,078", "\u22120.078"),
        (-0.0, 2, "0,00", "0.00"),
        (0.0001, 3, "<\u00a00,001", "<\u00a00.001"),
        (-0.0001, 3, ">\u00a0\u22120,001", ">\u00a0\u22120.001"),
        (NAN, 3, "–", "–"),
    ],
)
def test_decimals(value, digits, french, english):
    assert numbers.decimal(value, digits, "fr") == french
    assert numbers.decimal(value, digits, "en") == english


def test_as_few_decimals_as_it_takes():
    assert [numbers.short(v, "en") for v in (5.0, 5.5, 24.6, 0.135, 3.0001)] == [
        "5",
        "5.5",
        "24.6",
        "0.135",
        "3.0",
    ]


def test_shares_and_intervals():
    assert numbers.percent(0.824, "fr") == "82\u202f%"
    assert numbers.percent(0.824, "en") == "82%"
    # Ends of 2.3 and 7.1 are rounded outwards; equal ends are told once.
    assert numbers.interval(2.3, 7.1, "fr") == "2–8"
    assert numbers.interval(1.0, 1.0, "fr") == "1"
    assert numbers.interval(NAN, 2.0, "fr") == "–"


def test_values_of_notes_are_put_in_the_language():
    assert numbers.localised("-0.078", "fr") == "\u22120,078"
    assert numbers.localised("85 %", "en") == "85%"
    assert numbers.localised(1000, "fr") == "1\u202f000"
    assert numbers.localised("cahier-2013", "fr") == "cahier-2013"
