"""The shapes, lines and colours of a figure: those of the page, as outlines in points."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.path import Path as Outline

Point = tuple[float, float]

NEUTRAL = "#5f6b7a"
DASHES = {"solid": "-", "dashed": (0, (4.0, 2.4)), "dotted": (0, (0.9, 1.9))}
"""Line styles of matplotlib, in widths of the line."""

_ARROW = (3.4, 1.25)
"""Length and half the width of an arrow head, in points."""


def safe_color(color: str) -> str:
    """``color`` where it is one, such as ``#0072b2``, else a grey."""
    return color if re.fullmatch(r"#[0-9a-fA-F]{6}", color) else NEUTRAL


def darker(color: str) -> str:
    """The colour of the rim."""
    return "#" + "".join(f"{round(int(color[i : i + 2], 16) * 0.6):02x}" for i in (1, 3, 5))


def mark_outline(shape: str, x: float, y: float, radius: float) -> Outline:
    """The outline of a mark of ``shape`` (those of vis-network; a dot for others)."""
    from matplotlib.path import Path as Outline

    if shape not in _POLYGONS:
        return Outline.circle((x, y), radius)
    corners = [(x + dx * radius, y + dy * radius) for dx, dy in _POLYGONS[shape]]
    return Outline([*corners, corners[0]], closed=True)


def _star(points: int, inner: float, start: float) -> list[Point]:
    """A polygon around the middle, every other corner at ``inner`` of the radius (1: a plain one).

    ``start`` is the direction of its first corner, in degrees, y downwards.
    """
    step = 180 if inner < 1 else 360
    count = 2 * points if inner < 1 else points
    return [
        (
            (inner if inner < 1 and i % 2 else 1)
            * math.cos(math.radians(start + i * step / points)),
            (inner if inner < 1 and i % 2 else 1)
            * math.sin(math.radians(start + i * step / points)),
        )
        for i in range(count)
    ]


def _grown(corners: list[Point], factor: float) -> list[Point]:
    return [(x * factor, y * factor) for x, y in corners]


#: Grown or shrunk so that all look equally large.
_POLYGONS: dict[str, list[Point]] = {
    "square": _grown(_star(4, 1, 45), 1.25),
    "diamond": _grown(_star(4, 1, 0), 1.25),
    "triangle": _grown(_star(3, 1, -90), 1.3),
    "triangleDown": _grown(_star(3, 1, 90), 1.3),
    "hexagon": _grown(_star(6, 1, 0), 1.1),
    "star": _grown(_star(5, 0.45, -90), 1.35),
}


def line_outline(start: Point, end: Point, bend: float) -> tuple[Outline, Point]:
    """A straight or bent line, and the point from which it comes to its end."""
    from matplotlib.path import Path as Outline

    if not bend:
        return Outline([start, end]), start
    middle = (
        (start[0] + end[0]) / 2 - (end[1] - start[1]) * bend,
        (start[1] + end[1]) / 2 + (end[0] - start[0]) * bend,
    )
    return Outline([start, middle, end], [Outline.MOVETO, Outline.CURVE3, Outline.CURVE3]), middle


def loop_outline(at: Point, radius: float) -> Outline:
    """The line of a link from a mark to itself: a circle above it."""
    from matplotlib.path import Path as Outline

    return Outline.circle((at[0], at[1] - 1.8 * radius), 1.2 * radius)


def arrow_outline(origin: Point, end: Point, radius: float) -> Outline | None:
    """The head of an arrow from ``origin`` to a mark of ``radius``; none where cramped."""
    from matplotlib.path import Path as Outline

    length = math.dist(origin, end)
    long, half = _ARROW
    if length < radius + 2.5 * long:
        return None
    across, down = (end[0] - origin[0]) / length, (end[1] - origin[1]) / length
    tip = (end[0] - across * radius, end[1] - down * radius)
    back = (tip[0] - across * long, tip[1] - down * long)
    left = (back[0] - down * half, back[1] + across * half)
    right = (back[0] + down * half, back[1] - across * half)
    return Outline([tip, left, right, tip], closed=True)
