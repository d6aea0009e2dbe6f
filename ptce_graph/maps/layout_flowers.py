"""Large components: what hangs on one node only stands around it like seeds of a sunflower.

Drawn by stress alone, hundreds of members of one network would form one long thin
arc. Here they fill a disc around their network; the others are laid out by stress,
with links long enough for the discs at their ends, and the discs are pushed apart.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from ptce_graph.maps.layout_stress import path_lengths, stress_points

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
#: Of a sunflower of scale 1, the least distance between two seeds.
_NEAREST = 1.65
#: Room in the middle for the node itself, counted in seeds.
_MIDDLE = 3
#: Discs keep so much more than their own area for links to be seen between them.
_AIR = 2.2
_ASPECT, _MOST_STRETCHED = 1.8, 2.0


def flowers(
    links: Any, nodes: list[str], spacing: float, turned: Callable[[Numbers], Numbers]
) -> Numbers:
    """Points, (n, 2), of the connected ``nodes``, at least ``spacing`` pixels apart.

    ``turned`` lays the longest direction flat.
    """
    import numpy as np

    from ptce_graph.maps.layout_room import discs_apart

    core, around = _core(links, nodes)
    seeds = np.array([len(around[node]) for node in core], dtype=float)
    radii = np.where(seeds > 0, _reach(seeds, spacing) + spacing / 2, 0.56 * spacing)
    points = np.zeros((len(core), 2))
    if len(core) > 1:
        points = stress_points(_distances(links, core, radii))
        height = math.sqrt(_AIR * math.pi * float(np.sum(radii**2)) / _ASPECT)
        extent = np.maximum(np.ptp(turned(points), axis=0), 1e-9)
        # Shaped before the discs are pushed apart: stretched later, they would lie scattered.
        wanted = np.array([height * _ASPECT, height]) / extent
        wanted = np.clip(wanted, None, _MOST_STRETCHED * wanted.min())
        points = discs_apart(turned(points) * wanted, radii)
    placed = dict(zip(core, points, strict=True))
    for node, centre in zip(core, points, strict=True):
        for i, leaf in enumerate(around[node]):
            reach = float(_reach(np.array([i + 1.0]), spacing)[0])
            turn = i * _GOLDEN_ANGLE
            placed[leaf] = centre + np.array([reach * math.cos(turn), reach * math.sin(turn)])
    return np.array([placed[node] for node in nodes])


def _core(links: Any, nodes: list[str]) -> tuple[list[str], dict[str, list[str]]]:
    """The nodes with two links or more, and what hangs on each of them only."""
    around: dict[str, list[str]] = defaultdict(list)
    core = [node for node in nodes if len(links[node]) > 1]
    for node in nodes:
        if len(links[node]) == 1:
            around[next(iter(links[node]))].append(node)
    return core, around


def _reach(seeds: Numbers, spacing: float) -> Numbers:
    """How far the last of so many seeds stands from the middle."""
    import numpy as np

    reach: Numbers = spacing / _NEAREST * np.sqrt(seeds + _MIDDLE)
    return reach


def _distances(links: Any, core: list[str], radii: Numbers) -> Numbers:
    """Shortest paths over links that join the discs at their ends, and longer in a crowd."""
    index = {node: i for i, node in enumerate(core)}
    known = {node: {other for other in links[node] if other in index} for node in core}
    step = float(radii.min())
    lengths = {}
    for u in core:
        for v in known[u]:
            if index[u] < index[v]:
                crowd = math.sqrt(len(known[u] ^ known[v]))
                lengths[index[u], index[v]] = (
                    float(radii[index[u]] + radii[index[v]]) + step * crowd / 4
                )
    return path_lengths(len(core), lengths)
