"""The same picture next month: what an earlier map held stays where it stood.

Nodes with an earlier place keep it. New ones, and those that now stand far from all
they are tied to, take the nearest free spot beside their neighbours. Components that
are mostly new are drawn and put below the rest; nodes without a link keep their cells
in the tray, and new ones take free cells.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ptce_graph.maps.layout_frame import (
    GAP,
    TRAY_CELL,
    TRAY_DROP,
    TRAY_HEADER,
    TRAY_PADDING,
    Point,
    Rectangle,
    pack,
    tray,
)
from ptce_graph.maps.layout_room import nearest_spot

Box = tuple[int, int]
Places = dict[str, Point]
Drawer = Callable[[Any, list[str], dict[str, Box]], tuple[Places, tuple[int, int]]]

#: A node this many times farther from its neighbours than this share is put beside them anew.
_FAR, _MOST = 2.0, 0.98


def placed_again(
    links: Any,
    linked: list[list[str]],
    isolates: list[str],
    boxes: dict[str, Box],
    before: Mapping[str, Point],
    draw: Drawer,
) -> tuple[Places, Rectangle | None]:
    """Positions of all nodes and the frame of the tray, as near to ``before`` as may be.

    ``linked`` are the components of ``links`` with two nodes or more; ``draw``
    draws one of them from nothing.
    """
    kept = _distinct(before, links)
    cells = _Cells.of(isolates, kept, linked)
    staying = {n: kept[n] for nodes in linked for n in nodes if n in kept and not cells.held(n)}
    for node in _strayed(links, staying):
        del staying[node]
    drawn = [nodes for nodes in linked if 2 * sum(n in staying for n in nodes) < len(nodes)]
    for nodes in drawn:
        for node in nodes:
            staying.pop(node, None)
    anew = {node for nodes in drawn for node in nodes}
    places = _completed(links, [n for nodes in linked for n in nodes if n not in anew], staying)
    # Whole components, not their nodes: what fell off one must not stay in its midst.
    taken = [_frame({n: places[n] for n in nodes}, boxes) for nodes in linked if nodes[0] in places]
    trayed, frame = cells.filled(isolates, taken) if isolates else ({}, None)
    # What is new comes last: an earlier tray stays above it.
    new = _below(
        [draw(links, nodes, boxes) for nodes in drawn], [*taken, *([frame] if frame else [])]
    )
    return dict(sorted({**places, **trayed, **new}.items())), frame


def _distinct(before: Mapping[str, Point], nodes: Iterable[str]) -> Places:
    """The earlier places of ``nodes``; of two nodes on one spot the first keeps it."""
    kept: Places = {}
    taken: set[Point] = set()
    for node in sorted(nodes):
        if node in before and before[node] not in taken:
            kept[node] = before[node]
            taken.add(before[node])
    return kept


def _strayed(links: Any, places: Places) -> list[str]:
    """Nodes that stand much farther from all they are tied to than others do."""
    nearest = {}
    for node in places:
        reach = [math.dist(places[node], places[n]) for n in sorted(links[node]) if n in places]
        if reach:
            nearest[node] = min(reach)
    if len(nearest) < 3:
        return []
    usual = sorted(nearest.values())[math.ceil(len(nearest) * _MOST) - 1]
    far = {node for node, reach in nearest.items() if reach > _FAR * usual}
    # Of two that have only each other within reach, one stays.
    return [n for n in sorted(far) if not any(m in far and m < n for m in links[n])]


def _completed(links: Any, nodes: list[str], places: Places) -> Places:
    """``places``, and beside their neighbours the nodes of ``nodes`` that have none."""
    places = dict(places)
    missing = sorted(node for node in nodes if node not in places)
    while missing:
        known = {node: [n for n in sorted(links[node]) if n in places] for node in missing}
        node = max(missing, key=lambda n: len(known[n]))
        around = [places[n] for n in known[node]]
        wanted = (
            sum(x for x, _ in around) / max(len(around), 1),
            sum(y for _, y in around) / max(len(around), 1),
        )
        places[node] = nearest_spot(wanted, list(places.values()))
        missing.remove(node)
    return places


def _below(drawn: list[tuple[Places, tuple[int, int]]], taken: list[Rectangle]) -> Places:
    """Under all that is ``taken``, the components drawn anew."""
    if not drawn:
        return {}
    left = min((f.x for f in taken), default=0)
    top = max((f.y + f.height for f in taken), default=-GAP) + GAP
    corners, _size = pack([size for _, size in drawn])
    return {
        node: (left + across + x, top + down + y)
        for (points, _), (across, down) in zip(drawn, corners, strict=True)
        for node, (x, y) in points.items()
    }


def _frame(places: Places, boxes: dict[str, Box]) -> Rectangle:
    """The rectangle around the nodes and their labels."""
    left = min(x - boxes[n][0] // 2 for n, (x, _) in places.items())
    right = max(x + boxes[n][0] // 2 for n, (x, _) in places.items())
    top = min(y - boxes[n][1] // 2 for n, (_, y) in places.items())
    bottom = max(y + boxes[n][1] // 2 for n, (_, y) in places.items())
    return Rectangle(left, top, right - left, bottom - top)


class _Cells:
    """The earlier tray, found again by its rows and columns.

    Positions do not say which nodes were in the tray; but only there do nodes
    without a link stand in rows one cell apart.
    """

    def __init__(self, places: Places, kept: Places) -> None:
        self.places, self.kept = places, kept
        self.rows = sorted({y for _, y in places.values()})
        self.columns = sorted({x for x, _ in places.values()})

    @classmethod
    def of(cls, isolates: list[str], kept: Places, linked: list[list[str]]) -> _Cells:
        lone = {n: kept[n] for n in isolates if n in kept}
        residues = Counter(y % TRAY_CELL[1] for _, y in lone.values())
        usual = min(residues, key=lambda r: (-residues[r], r), default=0)
        rows = {n: p for n, p in lone.items() if p[1] % TRAY_CELL[1] == usual}
        if len(rows) == 1:
            # Alone in its row: in the tray, or fallen off a component.
            inside = [[kept[n] for n in nodes if n in kept] for nodes in linked]
            frames = [_around(points) for points in inside if len(points) > 1]
            rows = {n: p for n, p in rows.items() if not any(_within(p, f) for f in frames)}
        return cls(rows, kept)

    @property
    def step(self) -> int:
        """How far columns stand from each other."""
        gaps = [b - a for a, b in zip(self.columns, self.columns[1:], strict=False)]
        return min([gap for gap in gaps if gap >= TRAY_CELL[0] // 2], default=TRAY_CELL[0])

    def held(self, node: str) -> bool:
        """Whether a node that is linked now stood in the earlier tray."""
        if len(self.columns) < 2 or node in self.places:
            return False
        x, y = self.kept[node]
        aside = (x - self.columns[0]) % self.step
        return y in self.rows and min(aside, self.step - aside) <= 2

    def filled(self, isolates: list[str], taken: list[Rectangle]) -> tuple[Places, Rectangle]:
        """All isolates in their cells, or in others, below what is ``taken`` if it must be."""
        low = max((f.y + f.height for f in taken), default=-GAP) + GAP
        left = min((f.x for f in taken), default=0)
        if not self.places:
            right = max((f.x + f.width for f in taken), default=0)
            return tray(isolates, right - left, low, left)
        places = self.places | dict(
            zip([n for n in isolates if n not in self.places], self._free(), strict=False)
        )
        frame = self._frame(places)
        if any(frame.meets(other) for other in taken):
            places = {n: (x, y + low - frame.y) for n, (x, y) in places.items()}
            frame = self._frame(places)
        return places, frame

    def _free(self) -> Iterable[Point]:
        """Cells that nobody holds, row by row, without end."""
        held = set(self.places.values())
        columns = list(range(self.columns[0], self.columns[-1] + self.step // 2, self.step))
        y = self.rows[0]
        while True:
            for x in columns:
                if all(abs(x - a) > self.step // 2 or y != b for a, b in held):
                    yield x, y
            y += TRAY_CELL[1]

    def _frame(self, places: Places) -> Rectangle:
        xs, ys = zip(*places.values(), strict=True)
        side = TRAY_PADDING + self.step // 2
        top = min(ys) - TRAY_HEADER - TRAY_DROP
        bottom = max(ys) - TRAY_DROP + TRAY_CELL[1] + TRAY_PADDING
        return Rectangle(min(xs) - side, top, max(xs) - min(xs) + 2 * side, bottom - top)


def _around(points: list[Point]) -> Rectangle:
    xs, ys = zip(*points, strict=True)
    return Rectangle(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def _within(point: Point, frame: Rectangle) -> bool:
    x, y = point
    return frame.x <= x <= frame.x + frame.width and frame.y <= y <= frame.y + frame.height
