"""Where the nodes of a map stand: the same network gives the same picture.

Each connected component is laid out by stress majorization (``layout_stress``),
its labels are given room (``layout_room``), and the components are packed into
a landscape frame, with the nodes that have no link in a tray (``layout_frame``). Nothing
depends on the order in which nodes and links were added.

Labels are read from the node attribute ``label``, or ``name``, weights from the link
attribute ``weight`` (1 where there is none); heavier links are shorter.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from ptce_graph.maps.layout_frame import GAP, Point, Rectangle, pack, tray

COMPONENT_ASPECT = 2.2
"""Flatter than the frame, which also holds the small components and the tray."""

MINIMUM_DISTANCE = 64
"""No two nodes stand closer than this, centre to centre, in pixels at scale 1."""

CHARACTER_WIDTH = 8
LINE_HEIGHT = 22
LINE_CHARACTERS = 24
ROOMY = 300
"""In larger components only some labels are written at a time: nodes alone have room."""

Box = tuple[int, int]


@dataclass(frozen=True)
class Layout:
    """Positions of all nodes, and the tray that holds those without a link."""

    positions: dict[str, Point]
    tray: Rectangle | None


def positions(graph: Any, before: Mapping[str, Point] | None = None) -> dict[str, Point]:
    """The place of each node of a networkx graph, in whole pixels; ``before`` as in ``layout``."""
    return layout(graph, before).positions


def layout(graph: Any, before: Mapping[str, Point] | None = None) -> Layout:
    """Place the nodes of a networkx graph (directed or not, parallel links or not).

    ``before`` are the places of an earlier map, by identifier: nodes that it
    holds stay there, and new ones are put near those they are tied to. Where
    it holds fewer than half of the nodes, the map is drawn anew.
    """
    import networkx as nx

    links = _simple(graph)
    components = sorted(nx.connected_components(links), key=lambda c: (-len(c), min(c)))
    isolates = sorted(min(c) for c in components if len(c) == 1)
    linked = [sorted(c) for c in components if len(c) > 1]
    boxes = {n: _box(_label(graph, n)) for n in links}
    if before and knows(before, links):
        from ptce_graph.maps.layout_before import placed_again

        return Layout(*placed_again(links, linked, isolates, boxes, before, _component))
    return _placed(links, linked, isolates, boxes)


def knows(before: Mapping[str, Point], nodes: Collection[str]) -> bool:
    """Whether ``before`` holds enough of ``nodes`` for the next map to look like it."""
    return 2 * sum(node in before for node in nodes) >= len(nodes)


def _placed(
    links: Any, linked: list[list[str]], isolates: list[str], boxes: dict[str, Box]
) -> Layout:
    """All components drawn and packed, the tray below or beside the small ones."""
    drawn = [_component(links, nodes, boxes) for nodes in linked]
    places: dict[str, Point] = {}
    width, height = 0, 0
    corner, room = 0, 0
    if drawn:
        corners, (width, height) = pack([size for _, size in drawn])
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
    trayed, frame = tray(isolates, width - corner, height - room, corner)
    beside = (
        room and frame.height <= 1.3 * room and frame.x + frame.width <= width < 2 * frame.width
    )
    if not beside:
        # No room beside the small components: the tray takes the whole width below all.
        trayed, frame = tray(isolates, width, height + GAP if drawn else 0)
    places.update(trayed)
    return Layout(dict(sorted(places.items())), frame)


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
    links: Any, nodes: list[str], boxes: dict[str, Box]
) -> tuple[dict[str, Point], tuple[int, int]]:
    """Points measured from the component's upper left corner, and its size."""
    import numpy as np

    room = np.array([boxes[n] for n in nodes], dtype=float)
    if len(nodes) > ROOMY:
        from ptce_graph.maps.layout_flowers import flowers

        points = flowers(links, nodes, MINIMUM_DISTANCE, _landscape)
        room = np.full(room.shape, MINIMUM_DISTANCE)
    else:
        points = _fill(_labelled(links, nodes, room))
    points = np.rint(points).astype(int)
    low = np.floor(np.min(points - room / 2, axis=0)).astype(int)
    high = np.ceil(np.max(points + room / 2, axis=0)).astype(int)
    moved = points - low
    placed = {n: (int(x), int(y)) for n, (x, y) in zip(nodes, moved, strict=True)}
    return placed, (int(high[0] - low[0]), int(high[1] - low[1]))


def _labelled(links: Any, nodes: list[str], room: Any) -> Any:
    """Points of a component in which every label has its ``room``, (n, 2)."""
    import numpy as np

    from ptce_graph.maps.layout_room import pushed_apart
    from ptce_graph.maps.layout_stress import distances, stress_points

    points = _landscape(stress_points(distances(links, nodes)))
    extent = np.ptp(points, axis=0)
    # Twice the area of the labels: denser, and pushing them apart would tear
    # the drawing; sparser, and a projector shows mostly white.
    wanted = 1.6 * float(np.sum(room[:, 0] * room[:, 1]))
    scale = math.sqrt(wanted / max(float(extent[0] * extent[1]), float(extent[0]) ** 2 / 6, 1e-9))
    return pushed_apart(points * scale, room)


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
