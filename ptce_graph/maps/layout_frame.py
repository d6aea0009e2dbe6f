"""The sheet: components packed into a landscape frame, and the tray of nodes without a link."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

ASPECT = 1.6
GAP = 70
TRAY_CELL = (290, 140)
TRAY_HEADER = 56
TRAY_PADDING = 40
#: From the top of a row of the tray to its nodes.
TRAY_DROP = 30

Point = tuple[int, int]


@dataclass(frozen=True)
class Rectangle:
    """A rectangle by its upper left corner, y downwards."""

    x: int
    y: int
    width: int
    height: int

    def meets(self, other: Rectangle) -> bool:
        """Whether the two share more than a border."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )


def pack(sizes: Sequence[tuple[int, int]]) -> tuple[list[Point], tuple[int, int]]:
    """Corners for the sizes (largest first), in the frame nearest to landscape."""
    first = sizes[0]
    rest = sorted(range(1, len(sizes)), key=lambda i: (-sizes[i][1], -sizes[i][0], i))
    widest = max((w for w, _ in sizes), default=0)
    # From the first component alone to all of them on one sheet, with room to spare.
    area = sum((w + GAP) * (h + GAP) for w, h in sizes)
    most = max(first[0] + 1.4 * max(first[0], 1200), 1.5 * math.sqrt(area * ASPECT))
    best: tuple[float, list[Point], tuple[int, int]] | None = None
    for step in range(24):
        frame = max(widest, int(first[0] + (most - first[0]) * step / 23))
        corners: list[Point] = [(0, 0)] * len(sizes)
        left, top, shelf = first[0] + GAP, 0, 0
        start, below = left, False
        for i in rest:
            width, height = sizes[i]
            if left + width > frame:
                top, left, shelf = top + shelf + (GAP if shelf else 0), start, 0
            if not below and (start + width > frame or top + height > first[1]):
                start, below = 0, True
                top, left, shelf = max(top, first[1] + GAP), 0, 0
            corners[i] = (left, top)
            left, shelf = left + width + GAP, max(shelf, height)
        right = max(x + sizes[i][0] for i, (x, _) in enumerate(corners))
        bottom = max(y + sizes[i][1] for i, (_, y) in enumerate(corners))
        cost = max(right / ASPECT, float(bottom))
        if best is None or cost < best[0]:
            best = (cost, corners, (right, bottom))
    assert best is not None
    return best[1], best[2]


def tray(
    nodes: list[str], width: int, top: int, left: int = 0
) -> tuple[dict[str, Point], Rectangle]:
    """The isolated nodes in a grid, in a rectangle whose upper left corner is given."""
    cell_width, cell_height = TRAY_CELL
    square = math.ceil(math.sqrt(len(nodes) * ASPECT * cell_height / cell_width))
    columns = max((width - 2 * TRAY_PADDING) // cell_width, square, 1)
    rows = math.ceil(len(nodes) / min(columns, len(nodes)))
    columns = math.ceil(len(nodes) / rows)
    across = max(width, columns * cell_width + 2 * TRAY_PADDING)
    # The grid fills the tray, so that it reads as a row of the map and not as a heap.
    step = (across - 2 * TRAY_PADDING) / columns if columns > square else float(cell_width)
    places = {
        node: (
            left + round(TRAY_PADDING + (i % columns + 0.5) * step),
            top + TRAY_HEADER + (i // columns) * cell_height + TRAY_DROP,
        )
        for i, node in enumerate(nodes)
    }
    return places, Rectangle(left, top, across, TRAY_HEADER + rows * cell_height + TRAY_PADDING)
