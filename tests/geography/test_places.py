"""From the places that the documents name to the regions of today."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

PLACES = Path(__file__).parents[2] / "data" / "geography" / "places.csv"
ROWS = {row["id"]: row for row in csv.DictReader(PLACES.open(encoding="utf-8", newline=""))}

#: The regions of before 2016 that were merged or renamed, and those of today. Codes of INSEE.
SUCCESSORS = {
    "21": "44",
    "22": "32",
    "23": "28",
    "24": "24",
    "25": "28",
    "26": "27",
    "31": "32",
    "41": "44",
    "42": "44",
    "43": "27",
    "54": "75",
    "72": "75",
    "73": "76",
    "74": "75",
    "82": "84",
    "83": "84",
    "91": "76",
}

#: Mainland France: latitudes and longitudes that no commune of it exceeds.
SOUTH, NORTH = 41.3, 51.1
WEST, EAST = -5.2, 9.6


def _of_type(type_):
    found = [row for row in ROWS.values() if row["type"] == type_]
    assert found
    return found


def _chain(place):
    """The codes from a place up, through what it lies within, to the region of today."""
    codes, seen = [], set()
    while place:
        assert place not in seen, f"{place} lies within itself"
        seen.add(place)
        row = ROWS[place]
        codes.append(row["insee_code"])
        assert not (row["within"] and row["successor"])
        place = row["within"] or row["successor"]
    return codes


@pytest.mark.parametrize(
    ("place", "codes"),
    [
        ("romans-sur-isere", ["26281", "26", "82", "84"]),
        ("annonay", ["07010", "07", "82", "84"]),
        ("trevoux", ["01427", "01", "82", "84"]),
        ("saint-etienne", ["42218", "42", "82", "84"]),
        ("tarnos", ["40312", "40", "72", "75"]),
        ("niort", ["79191", "79", "54", "75"]),
        ("faux-la-montagne", ["23077", "23", "74", "75"]),
        ("lille", ["59350", "59", "31", "32"]),
        ("castres", ["81065", "81", "73", "76"]),
        ("montpellier", ["34172", "34", "91", "76"]),
        ("revin", ["08363", "08", "21", "44"]),
        ("saint-pierre-14950", ["14645", "14", "25", "28"]),
        ("lillebonne", ["76384", "76", "23", "28"]),
        ("belfort", ["90010", "90", "43", "27"]),
        ("vierzon", ["18279", "18", "24", "24"]),
        # Unchanged regions: one step less.
        ("redon", ["35236", "35", "53"]),
        ("quevert", ["22259", "22", "53"]),
        ("saint-nazaire", ["44184", "44", "52"]),
        ("paris", ["75056", "75", "11"]),
        ("les-ulis", ["91692", "91", "11"]),
        ("bouches-du-rhone", ["13", "93"]),
    ],
)
def test_a_place_leads_to_the_region_of_today(place, codes):
    assert _chain(place) == codes


def test_every_commune_has_a_code_and_a_department():
    for row in _of_type("commune"):
        department = ROWS[row["within"]]
        assert department["type"] == "departement", row
        assert row["insee_code"].startswith(department["insee_code"]), row


def test_every_department_has_a_code_and_the_region_of_before_2016_if_it_changed():
    for row in _of_type("departement"):
        region = ROWS[row["within"]]
        assert row["insee_code"], row
        assert region["type"] in ("region", "region-ancienne"), row
        # A region of today that had predecessors holds departments only through them.
        assert region["insee_code"] not in SUCCESSORS.values() or region["successor"], row


def test_every_former_region_has_the_successor_and_no_other_region_has_one():
    for row in _of_type("region-ancienne"):
        successor = ROWS[row["successor"]]
        assert successor["type"] == "region"
        assert successor["insee_code"] == SUCCESSORS[row["insee_code"]], row
        assert row["valid_to"] == "2015-12-31"
        assert not row["within"]
    for row in ROWS.values():
        if row["type"] != "region-ancienne":
            assert not row["successor"], row
            assert not row["valid_to"], row


def test_every_region_of_today_is_the_top():
    for row in _of_type("region"):
        assert row["insee_code"], row
        assert not row["within"], row


def test_every_chain_ends():
    for place in ROWS:
        assert _chain(place)


def test_ids_and_codes_are_each_given_once():
    lines = PLACES.read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(ROWS) + 1
    codes = Counter((row["type"], row["insee_code"]) for row in ROWS.values() if row["insee_code"])
    assert max(codes.values()) == 1


def test_other_territories_have_no_code_and_lie_only_within_what_a_note_accounts_for():
    for row in _of_type("territoire"):
        assert not row["insee_code"], row
        if row["within"]:
            assert ROWS[row["within"]]["name"] in row["note"], row


def test_coordinates_are_of_communes_go_in_pairs_and_fall_in_france():
    located = [row for row in ROWS.values() if row["latitude"] or row["longitude"]]
    assert len(located) >= 25
    for row in located:
        assert row["type"] == "commune", row
        assert SOUTH < float(row["latitude"]) < NORTH, row
        assert WEST < float(row["longitude"]) < EAST, row


@pytest.mark.parametrize(
    ("place", "latitude", "longitude"),
    [
        ("romans-sur-isere", 45.05, 5.05),
        ("lille", 50.63, 3.06),
        ("saint-nazaire", 47.28, -2.21),
        ("castres", 43.61, 2.24),
        ("redon", 47.65, -2.08),
    ],
)
def test_namesakes_were_not_taken_for_the_commune(place, latitude, longitude):
    assert float(ROWS[place]["latitude"]) == pytest.approx(latitude, abs=0.05)
    assert float(ROWS[place]["longitude"]) == pytest.approx(longitude, abs=0.05)
