"""Where the nodes of a map stand: the same network gives the same picture.

Each connected component is laid out by stress majorization (Gansner, Koren
and North 2004), its labels are given room, and the components are packed into
a landscape frame, with the nodes that have no link in a tray below. Nothing
depends on the order in which nodes and links were added.

Labels are read from the node attribute ``label``, or ``name``, weights from the link
attribute ``weight`` (1 where there is none); heavier links are shorter.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

ASPECT = 1.6
COMPONENT_ASPECT = 2.2
"""Flatter than the frame, which also holds the small components and the tray."""

MINIMUM_DISTANCE = 64
"""No two nodes stand closer than this, centre to centre, in pixels at scale 1."""

CHARACTER_WIDTH = 8
LINE_HEIGHT = 22
LINE_CHARACTERS = 24
GAP = 70
TRAY_CELL = (290, 140)
TRAY_HEADER = 56
TRAY_PADDING = 40

Point = tuple[int, int]


@dataclass(frozen=True)
class Rectangle:
    """A rectangle by its upper left corner, y downwards."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Layout:
    """Positions of all nodes, and the tray that holds those without a link."""

    positions: dict[str, Point]
    tray: Rectangle | None


def positions(graph: Any) -> dict[str, Point]:
    """The place of each node of a networkx graph, in whole pixels."""
    return layout(graph).positions


def layout(graph: Any) -> Layout:
    """Place the nodes of a networkx graph (directed or not, parallel links or not)."""
    import networkx as nx

    links = _simple(graph)
    components = sorted(nx.connected_components(links), key=lambda c: (-len(c), min(c)))
    isolates = sorted(min(c) for c in components if len(c) == 1)
    linked = [sorted(c) for c in components if len(c) > 1]
    boxes = {n: _box(_label(graph, n)) for n in links}

    drawn = [_component(links, nodes, boxes) for nodes in linked]
    places: dict[str, Point] = {}
    width, height = 0, 0
    corner, room = 0, 0
    if drawn:
        corners, (width, height) = _pack([size for _, size in drawn])
        for (points, _), (left, top) in zip(drawn, corners, strict=True):
            for node, (x, y) in points.items():
                places[node] = (left + x, top + y)
        below = drawn[0][1][1] + GAP
        under = [i for i in range(len(drawn)) if corners[i][1] >= below]
        if under:
            corner = max(corners[i][0] + drawn[i][1][0] for i in under) + 2 * GAP
            room = height - below
    if not isolates:
        return Layout(places, None)
    trayed, tray = _tray(isolates, width - corner, height - room, corner)
    beside = room and tray.height <= 1.3 * room and tray.x + tray.width <= width < 2 * tray.width
    if not beside:
        # No room beside the small components: the tray takes the whole width below all.
        trayed, tray = _tray(isolates, width, height + GAP if drawn else 0)
    places.update(trayed)
    return Layout(dict(sorted(places.items())), tray)


def _label(graph: Any, node: str) -> str:
    data = graph.nodes[node]
    return str(data.get("label") or data.get("name") or node)


def _simple(graph: Any) -> Any:
    import networkx as nx

    weights: dict[tuple[str, str], list[float]] = {}
    for u, v, weight in graph.edges(data="weight", default=1):
        if u != v:
            weights.setdefault((min(u, v), max(u, v)), []).append(float(weight or 1))
    simple = nx.Graph()
    simple.add_nodes_from(sorted(graph.nodes))
    for (u, v), values in sorted(weights.items()):
        # fsum: a sum that does not depend on the order of the terms.
        simple.add_edge(u, v, weight=max(math.fsum(values), 1e-6))
    return simple


def _box(label: str) -> tuple[int, int]:
    """The room a node and its wrapped label need."""
    longest = min(len(label), LINE_CHARACTERS)
    lines = min(math.ceil(len(label) / LINE_CHARACTERS), 3)
    width = max(longest * CHARACTER_WIDTH, MINIMUM_DISTANCE)
    return width, max(MINIMUM_DISTANCE, 40 + lines * LINE_HEIGHT)


def _component(
    links: Any, nodes: list[str], boxes: dict[str, tuple[int, int]]
) -> tuple[dict[str, Point], tuple[int, int]]:
    """Points measured from the component's upper left corner, and its size."""
    import numpy as np

    room = np.array([boxes[n] for n in nodes], dtype=float)
    points = _landscape(_stress(_distances(links, nodes)))
    extent = np.ptp(points, axis=0)
    # Twice the area of the labels: denser, and pushing them apart would tear
    # the drawing; sparser, and a projector shows mostly white.
    wanted = 1.6 * float(np.sum(room[:, 0] * room[:, 1]))
    scale = math.sqrt(wanted / max(float(extent[0] * extent[1]), float(extent[0]) ** 2 / 6, 1e-9))
    points = _apart(points * scale, room)
    points = np.rint(_fill(points)).astype(int)
    low = np.floor(np.min(points - room / 2, axis=0)).astype(int)
    high = np.ceil(np.max(points + room / 2, axis=0)).astype(int)
    moved = points - low
    placed = {n: (int(x), int(y)) for n, (x, y) in zip(nodes, moved, strict=True)}
    return placed, (int(high[0] - low[0]), int(high[1] - low[1]))


def _distances(links: Any, nodes: list[str]) -> Any:
    """Shortest paths over links that are longer where their ends know more nodes."""
    import numpy as np

    index = {n: i for i, n in enumerate(nodes)}
    distances = np.full((len(nodes), len(nodes)), np.inf)
    np.fill_diagonal(distances, 0.0)
    around = {n: set(links[n]) for n in nodes}
    for u, v, weight in links.edges(nodes, data="weight"):
        length = math.sqrt(len(around[u] ^ around[v])) / min(max(weight, 0.25), 4.0) ** 0.25
        distances[index[u], index[v]] = distances[index[v], index[u]] = max(length, 1.0)
    for k in range(len(nodes)):
        np.minimum(distances, distances[:, k, None] + distances[None, k, :], out=distances)
    return distances


def _stress(distances: Any) -> Any:
    """The points whose distances come nearest to ``distances``, best of fixed starts."""
    import numpy as np

    n = len(distances)
    apart = distances + np.eye(n)
    weights = apart**-2.0 - np.eye(n)
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.pinv(laplacian)
    starts, rounds = (4, 150) if n <= 120 else (1, 90)
    best, lowest = None, math.inf
    for seed in range(starts):
        points = np.random.default_rng(seed).normal(size=(n, 2)) * distances.max() / 2
        for _ in range(rounds):
            current = _lengths(points)
            ratio = -weights * distances / np.maximum(current, 1e-9)
            np.fill_diagonal(ratio, 0.0)
            np.fill_diagonal(ratio, -ratio.sum(axis=1))
            points = inverse @ (ratio @ points)
        stress = float(np.sum(weights * (_lengths(points) - distances) ** 2))
        # A start must win clearly, so that rounding never decides between two.
        if stress < lowest * 0.999:
            best, lowest = points, stress
    return best


def _lengths(points: Any) -> Any:
    import numpy as np

    delta = points[:, None, :] - points[None, :, :]
    return np.sqrt(np.einsum("ijk,ijk->ij", delta, delta))


def _landscape(points: Any) -> Any:
    """Turned so that the longest direction lies flat, the first node on the left."""
    import numpy as np

    centred = points - points.mean(axis=0)
    xx, yy = (centred**2).sum(axis=0)
    xy = float((centred[:, 0] * centred[:, 1]).sum())
    angle = 0.5 * math.atan2(2 * xy, float(xx - yy))
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    turned = centred @ turn
    return turned * np.where(turned[0] > 0, -1.0, 1.0)


def _apart(points: Any, room: Any) -> Any:
    """Push boxes off each other, along the direction that costs least."""
    import numpy as np

    width = (room[:, None, 0] + room[None, :, 0]) / 2
    height = (room[:, None, 1] + room[None, :, 1]) / 2
    # A fixed breath keeps nodes that fell on the same spot from staying there.
    points = points + np.random.default_rng(0).normal(size=points.shape)
    for turn in range(400):
        dx = points[:, None, 0] - points[None, :, 0]
        dy = points[:, None, 1] - points[None, :, 1]
        over_x, over_y = width - np.abs(dx), height - np.abs(dy)
        hit = (over_x > 0.5) & (over_y > 0.5)
        np.fill_diagonal(hit, False)
        if not hit.any():
            break
        sideways = over_x < over_y * 1.8
        move_x = np.where(hit & sideways, np.sign(dx) * (over_x + 2), 0).sum(axis=1)
        move_y = np.where(hit & ~sideways, np.sign(dy) * (over_y + 2), 0).sum(axis=1)
        points = points + np.stack([move_x, move_y], axis=1) * 0.3
        if turn > 60:
            # Growing the whole drawing always ends: it is what guarantees no overlap.
            points = points * 1.01
    return points


def _fill(points: Any) -> Any:
    """Stretched towards the landscape frame; stretching brings no node closer."""
    import numpy as np

    extent = np.maximum(np.ptp(points, axis=0), 1.0)
    ratio = float(extent[0] / extent[1])
    if len(points) < 8 or 0.9 * COMPONENT_ASPECT < ratio < 1.1 * COMPONENT_ASPECT:
        return points
    if ratio < COMPONENT_ASPECT:
        return points * np.array([min(COMPONENT_ASPECT / ratio, 2.0), 1.0])
    return points * np.array([1.0, min(ratio / COMPONENT_ASPECT, 1.5)])


def _pack(sizes: Sequence[tuple[int, int]]) -> tuple[list[Point], tuple[int, int]]:
    """Corners for the sizes (largest first), in the frame nearest to landscape."""
    first = sizes[0]
    rest = sorted(range(1, len(sizes)), key=lambda i: (-sizes[i][1], -sizes[i][0], i))
    widest = max((w for w, _ in sizes), default=0)
    best: tuple[float, list[Point], tuple[int, int]] | None = None
    for step in range(24):
        frame = max(widest, int(first[0] + step * 0.06 * max(first[0], 1200)))
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


def _tray(
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
            top + TRAY_HEADER + (i // columns) * cell_height + 30,
        )
        for i, node in enumerate(nodes)
    }
    return places, Rectangle(left, top, across, TRAY_HEADER + rows * cell_height + TRAY_PADDING)
