"""Labels of a figure: beside their marks, those that matter most first, none on another."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ptce_graph.maps.figure_text import LINE, Pen

LABEL_SIZE, STRONG_SIZE = 7.0, 7.8
"""Points; nothing on a figure is smaller than the first."""
STRONG = 10
"""So many labels are set in bold."""
_LINES, _WIDTH = 3, 13.5
_AIR = 1.2


@dataclass(frozen=True)
class Area:
    """A rectangle in points, y downwards."""

    left: float
    top: float
    width: float
    height: float

    def shared(self, other: Area) -> float:
        """How much of the plane both cover."""
        across = min(self.left + self.width, other.left + other.width) - max(self.left, other.left)
        down = min(self.top + self.height, other.top + other.height) - max(self.top, other.top)
        return across * down if across > 0 and down > 0 else 0.0

    def gap(self, other: Area) -> float:
        """How far the two are from each other."""
        across = max(self.left - other.left - other.width, other.left - self.left - self.width, 0.0)
        down = max(self.top - other.top - other.height, other.top - self.top - self.height, 0.0)
        return math.hypot(across, down)


@dataclass(frozen=True)
class Label:
    """Lines of text in an area; ``side`` is -1, 0 or 1: flush left, centred, flush right."""

    lines: tuple[str, ...]
    area: Area
    side: int
    size: float
    bold: bool
    leader: tuple[float, float, float, float] | None = None
    """A line from a label that stands off to its mark: where it starts and ends."""


@dataclass(frozen=True)
class Spot:
    """A mark to be named: its place and radius in points, its rank and name."""

    x: float
    y: float
    radius: float
    rank: int
    text: str

    @property
    def area(self) -> Area:
        """The square around the mark."""
        side = 2 * self.radius
        return Area(self.x - self.radius, self.y - self.radius, side, side)


def placed_labels(
    spots: Sequence[Spot], most: int, frame: Area, pen: Pen, blocked: Sequence[Area] = ()
) -> list[Label]:
    """At most ``most`` labels inside ``frame`` and off ``blocked``, by rank, where there is room.

    The first ones, where there is none beside their mark, stand off with a
    line; others give way to the next in rank.
    """
    marks = [spot.area for spot in spots]
    labels: list[Label] = []
    order = sorted(range(len(spots)), key=lambda i: (spots[i].rank, i))
    for number, i in enumerate(order):
        if len(labels) >= most:
            break
        label = _label(spots[i], i, number < STRONG, (marks, labels, blocked, frame), pen)
        if label is not None:
            labels.append(label)
    return labels


_Taken = tuple[list[Area], list[Label], Sequence[Area], Area]


def _label(spot: Spot, own: int, bold: bool, taken: _Taken, pen: Pen) -> Label | None:
    size = STRONG_SIZE if bold else LABEL_SIZE
    lines = tuple(pen.wrapped(spot.text, size, _WIDTH * size, bold, _LINES))
    if not any(lines):
        return None
    width = max(pen.width(line, size, bold) for line in lines)
    height = len(lines) * size * LINE
    for area, side in _candidates(spot, width, height):
        if _fits(area, own, taken):
            return Label(lines, area, side, size, bold)
    for area in _far_candidates(spot, width, height) if bold else ():
        leader = _leader(spot, area)
        if _fits(area, -1, taken) and not _crosses(leader, own, taken):
            return Label(lines, area, 0, size, bold, leader)
    return None


def _fits(area: Area, own: int, taken: _Taken) -> bool:
    """Whether ``area`` is free, and nearer to the mark ``own`` (-1: any) than to another."""
    marks, labels, blocked, frame = taken
    if area.shared(frame) < area.width * area.height * 0.999:
        return False
    aired = Area(area.left - _AIR, area.top - _AIR / 2, area.width + 2 * _AIR, area.height + _AIR)
    others = (*blocked, *(label.area for label in labels))
    if any(aired.shared(other) for other in others):
        return False
    # On a mark, or nearer to another mark than to its own, it would name the wrong one.
    reach = area.gap(marks[own]) if own >= 0 else 0.0
    return all(
        not aired.shared(mark) and area.gap(mark) + 0.5 >= reach
        for i, mark in enumerate(marks)
        if i != own
    )


def _far_candidates(spot: Spot, width: float, height: float) -> Iterator[Area]:
    """Areas all around, farther and farther off."""
    for away in range(10, 130, 5):
        for turn in range(24):
            angle = turn * math.pi / 12
            x = spot.x + (away + width / 2) * math.cos(angle)
            y = spot.y + (away + height / 2) * math.sin(angle)
            yield Area(x - width / 2, y - height / 2, width, height)


def _leader(spot: Spot, area: Area) -> tuple[float, float, float, float]:
    """From the nearest point of the label to the rim of the mark."""
    x = min(max(spot.x, area.left), area.left + area.width)
    y = min(max(spot.y, area.top), area.top + area.height)
    length = math.hypot(spot.x - x, spot.y - y) or 1.0
    share = spot.radius / length
    return x, y, spot.x - (spot.x - x) * share, spot.y - (spot.y - y) * share


def _crosses(leader: tuple[float, float, float, float], own: int, taken: _Taken) -> bool:
    """Whether the line passes over another mark or a label, and so seems to name it."""
    marks, labels, _blocked, _frame = taken
    others = [mark for i, mark in enumerate(marks) if i != own]
    others += [label.area for label in labels]
    x, y, to_x, to_y = leader
    steps = max(2, math.ceil(math.dist((x, y), (to_x, to_y))))
    return any(
        other.gap(Area(x + (to_x - x) * i / steps, y + (to_y - y) * i / steps, 0, 0)) <= 0
        for i in range(steps + 1)
        for other in others
    )


def _candidates(spot: Spot, width: float, height: float) -> Iterator[tuple[Area, int]]:
    """Areas around the mark, the best first, then a little farther off."""
    for away in (1.5, 4.0, 8.0):
        gap = spot.radius + away
        slant = gap * 0.72
        for x, y, side in (
            (spot.x + gap, spot.y - height / 2, -1),
            (spot.x - gap - width, spot.y - height / 2, 1),
            (spot.x - width / 2, spot.y + gap, 0),
            (spot.x - width / 2, spot.y - gap - height, 0),
            (spot.x + slant, spot.y + slant - height * 0.2, -1),
            (spot.x + slant, spot.y - slant - height * 0.8, -1),
            (spot.x - slant - width, spot.y + slant - height * 0.2, 1),
            (spot.x - slant - width, spot.y - slant - height * 0.8, 1),
        ):
            yield Area(x, y, width, height), side
