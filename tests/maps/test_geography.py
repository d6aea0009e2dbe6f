"""The geographic layout: true places, room for many, and files that may hold anything."""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest

import ptce_graph
from ptce_graph.errors import CallError
from ptce_graph.maps.geography import FULL, WIDTH, placed, precision_words
from ptce_graph.maps.geojson import LARGEST_FILE, read_outlines
from ptce_graph.maps.projection import _cone, lambert93, plain
from ptce_graph.maps.spread import MOST_PUSHED, SPACING, spiral_radius, spread

# Lambert-93


def test_the_cone_is_that_of_ign():
    # Constants of Lambert-93 as IGN publishes them (NTG 71).
    n, c = _cone()
    assert n == pytest.approx(0.7256077650, abs=1e-10)
    assert c == pytest.approx(11_754_255.426, abs=1e-3)


@pytest.mark.parametrize(
    ("longitude", "latitude", "east", "north"),
    [
        # By PROJ (pyproj, EPSG:4326 to EPSG:2154).
        (3.0, 46.5, 700_000.0, 6_600_000.0),
        (2.3488, 48.85341, 652_216.635, 6_861_682.612),
        (-4.48628, 48.39029, 146_618.555, 6_836_251.416),
        (7.7455, 48.5839, 1_049_806.569, 6_842_035.545),
        (7.26608, 43.70313, 1_043_781.014, 6_298_633.237),
        (8.73806, 41.92717, 1_176_558.374, 6_109_154.852),
    ],
)
def test_lambert93_is_that_of_proj(longitude, latitude, east, north):
    found = lambert93(np.array([longitude]), np.array([latitude]))
    assert (found[0][0], found[1][0]) == pytest.approx((east, north), abs=2e-3)


def test_a_degree_at_the_equator_is_111_kilometres():
    east, north = plain(np.array([1.0]), np.array([1.0]), 60.0)
    assert north[0] == pytest.approx(111_195, abs=1)
    assert east[0] == pytest.approx(111_195 / 2, abs=1)


# Room


def _nearest(points):
    away = np.linalg.norm(points[:, None] - points, axis=2)
    return (away + np.eye(len(points)) * 1e9).min(axis=1)


def test_a_crowd_at_one_point_is_a_spiral_with_the_heaviest_in_the_middle():
    weights = np.array([float(i % 97) for i in range(300)])
    found = spread(np.full((300, 2), 500), weights)
    assert found[96].tolist() == [500, 500]  # the first of the heaviest
    # Whole pixels: up to 0.7 each way are lost.
    assert _nearest(found).min() > SPACING - 1.5
    assert np.linalg.norm(found - 500, axis=1).max() <= spiral_radius(np.array([300.0]))[0]
    far = np.linalg.norm(found - 500, axis=1)
    assert far[weights == 96].max() < far[weights == 0].min()


def test_a_node_alone_stays_where_it_is():
    points = np.array([[0, 0], [30, 0], [0, -4000]])
    assert spread(points, np.ones(3)).tolist() == points.tolist()
    assert spread(points[:0], np.ones(0)).tolist() == []


def test_neighbours_make_room_and_the_lighter_yields():
    points = np.array([[0, 0]] * 12 + [[20, 0]])
    found = spread(points, np.arange(13.0))
    assert _nearest(found).min() > SPACING - 1.5
    assert found[12][0] > 20
    town, away = np.linalg.norm(found[11]), np.linalg.norm(found[12] - (20, 0))
    assert town < away <= MOST_PUSHED + 1


def test_nobody_is_pushed_too_far():
    # 400 towns of one node each within 200 pixels: there is no room for all.
    points = np.array([(10 * i, 10 * j) for i in range(20) for j in range(20)])
    found = spread(points, np.ones(400))
    assert np.linalg.norm(found - points, axis=1).max() <= MOST_PUSHED + 1
    assert len({tuple(p) for p in found.tolist()}) == 400


def test_pairs_are_compared_in_cells_and_none_is_missed():
    from ptce_graph.maps.spread import _meeting

    chance = np.random.default_rng(5)
    places = chance.uniform(-300, 300, (400, 2))
    radii = chance.choice([3.0, 13.0, 40.0, 170.0], 400, p=[0.5, 0.3, 0.15, 0.05])
    left, right = _meeting(places, radii)
    found = {frozenset(pair) for pair in zip(left.tolist(), right.tolist(), strict=True)}
    assert len(found) == len(left)
    away = np.linalg.norm(places[:, None] - places, axis=2)
    every = np.argwhere(away < radii[:, None] + radii)
    assert found == {frozenset(pair) for pair in every.tolist() if pair[0] != pair[1]}


# Places

PLACES = """\
id,name,type,within,insee_code,valid_to,successor,latitude,longitude,note
occitanie,Occitanie,region,,76,,,,,
la-reunion-region,La Réunion,region,,04,,,,,
midi-pyrenees,Midi-Pyrénées,region-ancienne,,73,2015-12-31,occitanie,,,
tarn,Tarn,departement,midi-pyrenees,81,,,,,
la-reunion,La Réunion,departement,la-reunion-region,974,,,,,
finistere,Finistère,departement,,29,,,,,
brest,Brest,commune,finistere,29019,,,48.39029,-4.48628,
hameau,Hameau sans coordonnées,commune,,29003,,,,,
recouvrance,Recouvrance,territoire,brest,,,,,,
pays-de-brest,Pays de Brest,territoire,finistere,,,,,,
saint-denis,Saint-Denis,commune,la-reunion,97411,,,-20.88231,55.4504,
bras,Bras sans coordonnées,commune,,97401,,,,,
noumea,Nouméa,commune,,98818,,,-22.27631,166.4572,
nulle-part,Nulle part,territoire,,,,,,,
"""

WHERE = {
    "a-brest": "brest",
    "b-brest": "brest",
    "c-hameau": "hameau",
    "d-recouvrance": "recouvrance",
    "e-pays": "pays-de-brest",
    "f-tarn": "tarn",
    "g-midi": "midi-pyrenees",
    "h-occitanie": "occitanie",
    "i-reunion": "saint-denis",
    "i-bras": "bras",
    "j-noumea": "noumea",
    "k-nulle-part": "nulle-part",
    "l-sans-lieu": "",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lieux")
    source = folder / "sources" / "liste"
    source.mkdir(parents=True)
    (folder / "geography").mkdir()
    (folder / "geography" / "places.csv").write_text(PLACES, "utf-8")
    (source / "source.yml").write_text(
        "title: Liste\noriginal_file: liste.txt\nlines: 20\n", "utf-8"
    )
    with (source / "organisations.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name", "place", "section", "lines"])
        writer.writerows([i, i, place, "Tout", 1] for i, place in WHERE.items())
    return folder


@pytest.fixture(scope="module")
def facts(project):
    from ptce_graph.tables.facts import facts
    from ptce_graph.tables.read import read_tables

    return facts(read_tables(project)[0])


@pytest.fixture(scope="module")
def found(facts):
    return placed(facts, list(WHERE), "fr")


def _inside_frame(point, tray):
    x, y = point
    return tray.x < x < tray.x + tray.width and tray.y < y < tray.y + tray.height


def _on_land(point, outline):
    x, y = point
    odd = False
    for ring in outline.rings:
        for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                odd = not odd
    return odd


def test_precision_says_what_the_documents_say(found):
    assert found.precision == {
        "a-brest": "commune",
        "b-brest": "commune",
        "c-hameau": "department",  # by the code of the commune
        "d-recouvrance": "commune",
        "e-pays": "department",
        "f-tarn": "department",
        "g-midi": "region",
        "h-occitanie": "region",
        "i-reunion": "commune",
        "i-bras": "department",
        "j-noumea": "elsewhere",
        "k-nulle-part": "no-point",
        "l-sans-lieu": "unknown",
    }
    for precision in set(found.precision.values()):
        assert precision_words(precision, "en")
    assert "no document is more precise" in precision_words("region", "en")


def test_a_commune_stands_at_its_coordinates(facts):
    found = placed(facts, ["a-brest"], "fr")
    geography, positions = found.geography, found.positions
    metropole = [o for o in geography.outlines if len(o.id) == 2]
    xs, ys = zip(*[p for o in metropole for ring in o.rings for p in ring], strict=True)
    assert (min(xs), max(xs), min(ys)) == (0, WIDTH, 0)
    # By PROJ: Ouessant's west at E 99 km, Cap Corse and Corsica's east at E 1,242 km. Brest is
    # at E 146.6 km, so 47.6 of 1,143 km from the west.
    assert positions["a-brest"][0] == pytest.approx(1600 * (146.6 - 99.2) / 1143, abs=4)
    # Dunkirk's coast at N 7,110 km, Brest at N 6,836 km.
    assert positions["a-brest"][1] == pytest.approx(1600 * (7110.4 - 6836.3) / 1143, abs=4)
    # Nice is 897.2 km east and 537.6 km south of Brest.
    assert _on_land(positions["a-brest"], next(o for o in metropole if o.id == "29"))


def test_the_middle_of_a_territory_lies_in_it(facts):
    for node, codes in (
        ("e-pays", ("29",)),
        ("f-tarn", ("81",)),
        ("g-midi", ("81", "82", "31", "12", "46")),
        ("h-occitanie", ("81", "82", "31", "12", "11")),
    ):
        found = placed(facts, [node], "fr")
        geography, positions = found.geography, found.positions
        own = [o for o in geography.outlines if o.id in codes]
        assert any(_on_land(positions[node], outline) for outline in own), node


def test_overseas_and_the_placeless_stand_in_labelled_frames(found):
    frames = {tray.label: tray for tray in found.geography.insets}
    assert set(frames) == {
        *("Guadeloupe", "Martinique", "Guyane", "La Réunion", "Mayotte"),
        precision_words("no-point", "fr"),
        precision_words("unknown", "fr"),
        precision_words("elsewhere", "fr"),
    }
    assert _inside_frame(found.positions["i-reunion"], frames["La Réunion"])
    # Saint-Denis is on the island's northern coast.
    island = next(o for o in found.geography.outlines if o.id == "974")
    ys = [y for ring in island.rings for _x, y in ring]
    assert found.positions["i-reunion"][1] - min(ys) < 0.2 * (max(ys) - min(ys))
    for node, precision in found.precision.items():
        if precision in ("no-point", "unknown", "elsewhere"):
            frame = frames[precision_words(precision, "fr")]
            assert _inside_frame(found.positions[node], frame)


def test_frames_and_land_do_not_overlap(found):
    boxes = [(t.x, t.y, t.x + t.width, t.y + t.height) for t in found.geography.insets]
    land = [p for o in found.geography.outlines if len(o.id) == 2 for r in o.rings for p in r]
    xs, ys = zip(*land, strict=True)
    boxes.append((min(xs), min(ys), max(xs), max(ys)))
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            assert a[2] < b[0] or b[2] < a[0] or a[3] < b[1] or b[3] < a[1], (a, b)


def test_the_same_whatever_the_order_of_calls(facts, found):
    assert placed(facts, list(WHERE), "fr") == found
    assert all(type(v) is int for point in found.positions.values() for v in point)


def test_the_most_precise_place_that_any_document_tells(bundled):
    # Groupe Archer: in Drôme says one document, in Romans-sur-Isère says another.
    assert placed(bundled.facts, ["groupe-archer"], "fr").precision == {"groupe-archer": "commune"}


def test_the_bundled_map(bundled):
    ids = [str(i) for i in bundled.facts.actors.index]
    found = placed(bundled.facts, [*ids, "action:une"], "fr")
    assert list(found.positions) == [*ids, "action:une"]
    assert found.precision["action:une"] == "action"
    points = np.array([found.positions[i] for i in ids])
    assert _nearest(points).min() > 20
    assert len(found.geography.outlines) == 101
    assert "Natural Earth" in found.geography.credit
    assert "GeoNames" in found.geography.credit


def test_no_credit_for_coordinates_that_are_not_from_geonames(found):
    assert "GeoNames" not in found.geography.credit


def test_a_large_map_grows_and_stays_linear(facts, monkeypatch):
    from ptce_graph.maps import geography
    from ptce_graph.maps.spots import Spots

    chance = np.random.default_rng(3)
    ids = [f"o{i}" for i in range(4 * FULL)]
    points = {
        i: (float(x), float(y))
        for i, x, y in zip(
            ids, chance.uniform(0, 6, len(ids)), chance.uniform(44, 49, len(ids)), strict=True
        )
    }
    told = Spots(points, dict.fromkeys(ids, "commune"))
    monkeypatch.setattr(geography, "spots", lambda _facts, _ids: told)
    found = placed(facts, ids, "fr")
    land = [x for o in found.geography.outlines if len(o.id) == 2 for r in o.rings for x, _ in r]
    assert max(land) - min(land) == 2 * WIDTH
    assert _nearest(np.array(list(found.positions.values()))[:2000]).min() > 5


# One's own outlines

SQUARE = [[0.0, 44.0], [2.0, 44.0], [2.0, 45.0], [0.0, 45.0], [0.0, 44.0]]


def _collection(*features):
    return {"type": "FeatureCollection", "features": list(features)}


def _feature(coordinates, kind="Polygon", **more):
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": {}, "geometry": geometry, **more}


@pytest.fixture
def write(tmp_path):
    def writer(content, name="fond.geojson"):
        file = tmp_path / name
        if isinstance(content, bytes):
            file.write_bytes(content)
        else:
            file.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
        return file

    return writer


def test_own_outlines_fit_the_sheet(facts, write):
    island = [[x / 100 + 55.2, y / 100 - 21.4] for x, y in SQUARE]
    name = "<img src=x onerror=alert(1)>\u202e\n"
    file = write(_collection(_feature([island], properties={"nom": name}, id="ile")))
    found = placed(facts, ["i-reunion", "a-brest"], "fr", file)
    (outline,) = found.geography.outlines
    # Text stays text; what turns or breaks a line is no part of it.
    assert (outline.id, outline.label) == ("ile", "<img src=x onerror=alert(1)>")
    xs, ys = zip(*outline.rings[0], strict=True)
    # 0.02 degrees at 21 degrees south are 0.934 times as wide as high ones: 1600 by 857.
    assert (max(xs) - min(xs), max(ys) - min(ys)) == (1600, pytest.approx(857, abs=1))
    assert found.precision == {"i-reunion": "elsewhere", "a-brest": "elsewhere"}
    assert "fond.geojson" in found.geography.credit


def test_own_outlines_of_a_region_are_drawn_in_lambert(facts, write):
    file = write(_collection(_feature([SQUARE]), _feature([[SQUARE]], "MultiPolygon")))
    found = placed(facts, ["f-tarn"], "en", file)
    assert [o.id for o in found.geography.outlines] == ["1", "2"]
    # By PROJ: the south-west corner is farther south than the south-east by 1.8 km of 158.
    ring = found.geography.outlines[0].rings[0]
    assert len(ring) == 4
    assert found.precision == {"f-tarn": "elsewhere"}


def test_outlines_of_the_data_folder_come_first(project, tmp_path, write):
    import shutil

    folder = tmp_path / "own"
    shutil.copytree(project, folder)
    shutil.copy(write(_collection(_feature([SQUARE]))), folder / "geography" / "outlines.json")
    assert not ptce_graph.check(folder)
    facts = ptce_graph.load(folder).facts
    assert len(placed(facts, ["a-brest"], "fr").geography.outlines) == 1


def test_very_fine_outlines_are_drawn_coarser(facts, write):
    turn = np.linspace(0, 2 * np.pi, 60_001)
    ring = np.column_stack((2 + np.cos(turn), 46 + np.sin(turn) + 0.02 * np.cos(turn * 9000)))
    ring[-1] = ring[0]
    file = write(_collection(_feature([ring.round(5).tolist()])))
    (outline,) = placed(facts, [], "fr", file).geography.outlines
    assert 1000 < len(outline.rings[0]) <= 40_000


RING = json.dumps(SQUARE)
BAD = {
    "empty": b"",
    "no JSON": b"<svg/>",
    "a page": b"<!doctype html><script>alert(1)</script>",
    "another encoding": json.dumps(_collection(_feature([SQUARE], id="é"))).encode("utf-16"),
    "a list": [SQUARE],
    "TopoJSON": {"type": "Topology", "objects": {}, "arcs": []},
    "a bare feature": _feature([SQUARE]),
    "no features": _collection(),
    "features of no list": {"type": "FeatureCollection", "features": {"a": 1}},
    "a null feature": _collection(None),
    "no geometry": _collection({"type": "Feature", "properties": {}, "geometry": None}),
    "a point": _collection(_feature([2.0, 48.0], "Point")),
    "a line": _collection(_feature(SQUARE, "LineString")),
    "a collection": _collection(
        {"type": "Feature", "geometry": {"type": "GeometryCollection", "geometries": []}}
    ),
    "one level too few": _collection(_feature(SQUARE)),
    "one level too many": _collection(_feature([[SQUARE]])),
    "no ring": _collection(_feature([])),
    "an empty polygon": _collection(_feature([[]], "MultiPolygon")),
    "a short ring": _collection(_feature([SQUARE[:3]])),
    "metres": _collection(_feature([[[652216.6, 6861682.6]] * 4])),
    "latitude first, far": _collection(_feature([[[-21.0, 155.0]] * 4])),
    "text": _collection(_feature([[["2", "48"]] * 4])),
    "truth": _collection(_feature([[[True, False]] * 4])),
    "one number": _collection(_feature([[[2.0]] * 4])),
    "NaN": f'{{"type":"FeatureCollection","features":[{{"type":"Feature","geometry":'
    f'{{"type":"Polygon","coordinates":[{RING.replace("45.0", "NaN")}]}}}}]}}',
    "infinity": json.dumps(_collection(_feature([SQUARE]))).replace("45.0", "1e999"),
    "a number of 5,000 digits": json.dumps(_collection(_feature([SQUARE]))).replace(
        "45.0", "4" * 5000
    ),
    "depth": "[" * 100_000,
    "deep coordinates": '{"type":"FeatureCollection","features":' + "[" * 50_000 + "]" * 50_000,
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_told(facts, write, name):
    with pytest.raises(CallError) as told:
        placed(facts, ["a-brest"], "fr", write(BAD[name]))
    assert "fond.geojson" in told.value.message
    assert len(told.value.message) < 400
    assert "Polygon" in told.value.hint


def test_the_feature_that_is_wrong_is_named(write):
    file = write(_collection(_feature([SQUARE]), _feature([[[200.5, 44]] * 4])))
    with pytest.raises(CallError, match=r"feature 2: 200\.5 is not within -180 and 180 degrees"):
        read_outlines(file)


def test_a_file_that_is_not_there_or_too_large_is_told(tmp_path, facts):
    for file in (tmp_path / "none.json", tmp_path):
        with pytest.raises(CallError):
            placed(facts, [], "fr", file)
    large = tmp_path / "large.json"
    with large.open("wb") as stream:
        stream.truncate(LARGEST_FILE + 1)
    with pytest.raises(CallError, match="20 megabytes"):
        read_outlines(large)


def test_ids_are_unique_and_names_short(write):
    features = [_feature([SQUARE], id=7, properties={"code": "A", "name": "x" * 999})] * 3
    found = read_outlines(write(_collection(*features)))
    assert len({t.id for t in found}) == 3
    assert max(len(t.name) for t in found) <= 120
