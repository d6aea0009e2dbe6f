"""A map as a picture of a few kilobytes, for a page that leads to many."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from ptce_graph.maps.model import MapModel
from ptce_graph.maps.palette import OTHERS

WIDTH, HEIGHT, MARGIN = 240, 150, 8
#: Beyond these the most tied are shown: the picture is a sign, not the map.
MOST_DOTS, MOST_LINES = 120, 200


@dataclass(frozen=True)
class Dot:
    """A node: centre, radius, colour."""

    x: int
    y: int
    r: int
    color: str


@dataclass(frozen=True)
class Lines:
    """All lines of one colour, as one path."""

    d: str
    color: str


@dataclass(frozen=True)
class Preview:
    """A small picture, in a frame of ``WIDTH`` by ``HEIGHT``."""

    dots: tuple[Dot, ...]
    lines: tuple[Lines, ...]


def preview(model: MapModel) -> Preview:
    """The tied nodes of ``model`` where they stand; all of them where none is tied."""
    tied = {end for edge in model.edges for end in (edge.source, edge.target)}
    shown = sorted(model.nodes, key=lambda node: node.rank)
    shown = [node for node in shown if node.id in tied or not tied][:MOST_DOTS]
    if not shown:
        return Preview((), ())
    left, right = min(n.x for n in shown), max(n.x for n in shown)
    top, bottom = min(n.y for n in shown), max(n.y for n in shown)
    scale = min(
        (WIDTH - 2 * MARGIN) / max(right - left, 1),
        (HEIGHT - 2 * MARGIN) / max(bottom - top, 1),
        0.25,
    )
    places = {
        node.id: (
            round(WIDTH / 2 + (node.x - (left + right) / 2) * scale),
            round(HEIGHT / 2 + (node.y - (top + bottom) / 2) * scale),
        )
        for node in shown
    }
    colors = {category.id: category.color for category in model.node_categories}
    largest = max(node.size for node in shown)
    dots = tuple(
        Dot(*places[n.id], 2 + round(4 * n.size / largest), colors.get(n.category, OTHERS))
        for n in reversed(shown)
    )
    return Preview(dots, _lines(model, places))


def _lines(model: MapModel, places: dict[str, tuple[int, int]]) -> tuple[Lines, ...]:
    colors = {category.id: category.color for category in model.edge_categories}
    drawn = [e for e in model.edges if e.source in places and e.target in places][:MOST_LINES]
    paths: dict[str, list[str]] = defaultdict(list)
    for edge in drawn:
        (x, y), (to_x, to_y) = places[edge.source], places[edge.target]
        paths[colors.get(edge.category, OTHERS)].append(f"M{x} {y}L{to_x} {to_y}")
    return tuple(Lines("".join(parts), color) for color, parts in paths.items())
