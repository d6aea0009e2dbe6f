"""Places by code, postal code and name. Expected values: the Code officiel géographique."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest

from ptce_graph.importers.gazetteer import gazetteer, name_key
from ptce_graph.importers.places import Places
from ptce_graph.tables.cells import SHAPES
from ptce_graph.tables.read import read_tables
from ptce_graph.tables.schema import PLACES


@cache
def _known_places() -> pd.DataFrame:
    return read_tables(None)[0].frames["places"]


def _places() -> Places:
    return Places(_known_places())


@pytest.mark.parametrize(
    ("code", "name", "expected"),
    [
        ("07010", "", "annonay"),  # bundled: its id is never renamed
        ("7010", "", "annonay"),  # a spreadsheet drops the zero
        ("7010.0", "", "annonay"),
        ("26362", "", "commune-26362"),
        ("75110", "PARIS 10", "paris"),  # a district of Paris
        ("69383", "LYON 3EME", "commune-69123"),
        ("13201", "", "commune-13055"),
        ("2a004", "", "commune-2a004"),
        ("20004", "", "commune-2a004"),  # Ajaccio before Corsica was divided
        ("97411", "", "commune-97411"),
        ("97502", "", "commune-97502"),
        ("01340", "", "commune-01015"),  # Saint-Bois, merged into Arboys en Bugey
        ("01998", "Ancienne commune", "commune-01998"),  # unknown: as the file gives it
        ("01998", "", ""),
        ("99109", "BERLIN", ""),  # abroad
        ("", "Valence", ""),
        ("Valence", "", ""),
    ],
)
def test_commune_of_a_code(code: str, name: str, expected: str) -> None:
    assert _places().commune(code, name) == expected


@pytest.mark.parametrize(
    ("postal_code", "name", "expected"),
    [
        ("38000", "GRENOBLE", "grenoble"),
        ("38000", "", "grenoble"),  # one commune has it alone
        ("38021", "GRENOBLE CEDEX 1", "grenoble"),
        ("75480", "PARIS CEDEX 10", "paris"),
        ("69003", "LYON 3EME ARRONDISSEMENT", "commune-69123"),
        ("42000", "ST ETIENNE", "saint-etienne"),
        ("26100", "Romans s/ Isère", "romans-sur-isere"),
        ("72000", "Mans (Le)", "commune-72181"),
        ("20000", "Ajaccio", "commune-2a004"),
        ("97400", "St Denis", "commune-97411"),
        ("01300", "Arbignieu", "commune-01015"),  # commune déléguée of Arboys en Bugey
        ("38000", "Lyon", ""),  # the two contradict each other
        ("01300", "", ""),  # many communes share it
        ("abcde", "Lyon", ""),
    ],
)
def test_commune_of_a_postal_code(postal_code: str, name: str, expected: str) -> None:
    assert _places().by_postal_code(postal_code, name) == expected


def test_a_name_says_which_only_where_one_bears_it() -> None:
    places = _places()
    assert places.named("Valence", ("commune",)) == ""  # Drôme, Charente, Tarn-et-Garonne
    assert places.named("VALENCE", ("commune",), department="26") == "commune-26362"
    assert places.named("Rhône-Alpes") == "rhone-alpes"
    assert places.named("Hauts de France") == "hauts-de-france"
    assert places.named("Ardeche") == "ardeche"
    assert places.named("") == ""


@pytest.mark.parametrize(
    ("code", "expected"),
    [("7", "ardeche"), ("02A", "departement-2a"), ("971", "departement-971"), ("20", "")],
)
def test_department(code: str, expected: str) -> None:
    assert _places().department(code) == expected


def test_every_department_and_region_of_france_is_known() -> None:
    types = [type_ for type_, _code in gazetteer().areas]
    assert (types.count("departement"), types.count("region")) == (101, 18)
    assert types.count("region-ancienne") == 17
    assert types.count("commune") > 34_900


def test_added_places_are_a_table_that_can_stand_with_the_bundled_one() -> None:
    bundled = _known_places()
    places = Places(bundled)
    places.communes(pd.Series([area.code for area in gazetteer().communes]))
    added = places.added
    assert list(added.columns) == PLACES.column_names
    everything = pd.concat([bundled[PLACES.column_names], added])
    assert everything["id"].is_unique
    assert not everything.duplicated(["type", "insee_code"])[everything["insee_code"] != ""].any()
    ids = {*everything["id"], ""}
    assert set(everything["within"]) <= ids
    assert set(everything["successor"]) <= ids
    for column, kind in (("id", "id"), ("insee_code", "insee"), ("latitude", "number")):
        cells = added[column][added[column] != ""]
        assert all(map(SHAPES[kind].fits, cells)), column
    # A department lies within its region as it was before 2016, which has the one of today.
    row = added.set_index("id").loc["departement-02"]
    assert row["within"] == "region-ancienne-22"
    assert added.set_index("id").loc["region-ancienne-22", "successor"] == "hauts-de-france"


def test_only_what_was_asked_for_is_added_and_in_the_same_order() -> None:
    one, other = _places(), _places()
    codes = ["26362", "2A004", "75110"]
    assert [one.commune(code) for code in codes] == [other.commune(c) for c in codes]
    other.commune("26362")
    pd.testing.assert_frame_equal(one.added, other.added)
    assert list(one.added["id"]) == [
        "region-94", "departement-2a", "commune-26362", "commune-2a004",
    ]  # fmt: skip


def test_an_id_that_the_folder_took_for_something_else_is_not_taken_again() -> None:
    cells = dict.fromkeys(PLACES.column_names, "")
    own = cells | {"id": "commune-26362", "name": "Quartier", "type": "territoire"}
    assert Places(pd.DataFrame([own])).commune("26362") == "commune-26362-insee"


def test_columns_give_what_cells_give() -> None:
    places = _places()
    codes = pd.Series(["38021", "", "38000", "38021"], index=[5, 7, 9, 11])
    names = pd.Series(["Grenoble Cedex 1", "Lyon", "Lyon", None], index=[5, 7, 9, 11])
    found = places.by_postal_codes(codes, names)
    assert found.to_dict() == {5: "grenoble", 7: "", 9: "", 11: ""}


def test_alike_spellings_share_a_key() -> None:
    keys = {name_key(n) for n in ("Saint-Étienne", "ST ETIENNE CEDEX 2", "St.-Etienne")}
    assert keys == {"saint-etienne"}
    assert name_key("L'Isle-d'Abeau") == name_key("ISLE D ABEAU") == "isle-d-abeau"
    assert name_key("Cedex") == "cedex"
