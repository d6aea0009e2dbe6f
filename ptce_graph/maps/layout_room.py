"""Room for nodes and their labels: boxes are pushed off each other."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Whole = NDArray[np.int64]

_ROUNDS, _PATIENCE = 400, 60
#: What a node put beside others keeps free: for itself and its label, or for itself only.
SPOT, CROWDED = (150, 84), (64, 64)
_DETOUR = 200
#: Positions keep to fractions that every machine adds up alike.
_GRID = 1024


def pushed_apart(points: Numbers, room: Numbers) -> Numbers:
    """``points``, (n, 2), moved until no two boxes of ``room``, (n, 2) widths and heights, meet.

    Boxes stand around their points, and are pushed in the direction that costs least.
    Pairs meet by less than half a pixel where it ends.
    """
    import numpy as np

    if len(points) < 2:
        return points
    # A fixed breath keeps nodes that fell on the same spot from staying there.
    points = _snapped(points + np.random.default_rng(0).normal(size=points.shape))
    for turn in range(_ROUNDS):
        one, other = near_pairs(points, room)
        delta = points[one] - points[other]
        over = (room[one] + room[other]) / 2 - np.abs(delta)
        hit = (over > 0.5).all(axis=1)
        if not hit.any():
            break
        one, other, delta, over = one[hit], other[hit], delta[hit], over[hit]
        sideways = over[:, 0] < over[:, 1] * 1.8
        push = np.sign(delta) * (over + 2) * 0.3
        push *= np.column_stack((sideways, ~sideways))
        moves = np.empty_like(points)
        for axis in (0, 1):
            moves[:, axis] = np.bincount(one, push[:, axis], len(points))
            moves[:, axis] -= np.bincount(other, push[:, axis], len(points))
        points = points + moves
        if turn > _PATIENCE:
            # Growing the whole drawing always ends: it is what guarantees no overlap.
            points = points * 1.01
        points = _snapped(points)
    return points


def discs_apart(points: Numbers, radii: Numbers) -> Numbers:
    """``points``, (n, 2), moved until no two discs of ``radii``, (n,), meet by half a pixel."""
    import numpy as np

    points = _snapped(points + np.random.default_rng(0).normal(size=points.shape))
    for turn in range(_ROUNDS):
        one, other = _near_discs(points, radii)
        delta = points[one] - points[other]
        apart = np.sqrt(delta[:, 0] ** 2 + delta[:, 1] ** 2)
        over = radii[one] + radii[other] - apart
        hit = over > 0.5
        if not hit.any():
            break
        one, other, delta, over, apart = one[hit], other[hit], delta[hit], over[hit], apart[hit]
        push = delta * ((over + 2) / np.maximum(apart, 1e-9))[:, None]
        # Of two discs the smaller yields more.
        share = radii[other] ** 2 / (radii[one] ** 2 + radii[other] ** 2)
        moves = np.empty_like(points)
        for axis in (0, 1):
            moves[:, axis] = np.bincount(one, push[:, axis] * share, len(points))
            moves[:, axis] -= np.bincount(other, push[:, axis] * (1 - share), len(points))
        points = points + moves * 0.5
        if turn > _PATIENCE:
            points = points * 1.01
        points = _snapped(points)
    return points


def _near_discs(points: Numbers, radii: Numbers) -> tuple[Whole, Whole]:
    """Pairs of discs that may meet: the few large ones with all, the small ones by a tree."""
    import numpy as np

    large = radii > 4 * float(np.median(radii))
    small = np.flatnonzero(~large)
    pairs = []
    if len(small) > 1:
        side = np.full((len(small), 2), 2 * float(radii[small].max()))
        one, other = near_pairs(points[small], side)
        pairs.append((small[one], small[other]))
    for i in np.flatnonzero(large):
        reach = radii[i] + radii
        near = (np.abs(points - points[i]) < reach[:, None]).all(axis=1)
        # Two large ones are a pair once.
        near &= ~large | (np.arange(len(points)) > i)
        others = np.flatnonzero(near)
        pairs.append((np.full(len(others), i), others))
    return np.concatenate([p[0] for p in pairs]), np.concatenate([p[1] for p in pairs])


def near_pairs(points: Numbers, room: Numbers) -> tuple[Whole, Whole]:
    """Pairs whose boxes may meet, each once, in an order that depends on nothing else."""
    import numpy as np
    from scipy.spatial import cKDTree

    tree = cKDTree(points / room.max(axis=0))
    pairs = tree.query_pairs(1.0, p=np.inf, output_type="ndarray")
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    return pairs[:, 0], pairs[:, 1]


def nearest_spot(wanted: tuple[float, float], taken: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The free spot nearest to ``wanted``, in whole pixels.

    It keeps ``SPOT`` (width and height) free of ``taken``; in a crowd, where that is much
    farther away, ``CROWDED``.
    """
    import numpy as np

    others = np.array(taken, dtype=float).reshape(-1, 2)
    narrow = None
    for reach in itertools.count(0, 24):
        turns = np.arange(max(1, reach // 8)) * (2 * math.pi / max(1, reach // 8))
        ring = np.rint(np.array(wanted) + reach * np.column_stack((np.cos(turns), np.sin(turns))))
        near = others[(np.abs(others - np.array(wanted)) < reach + max(SPOT)).all(axis=1)]
        away = np.abs(ring[:, None, :] - near[None, :, :])
        for room in (SPOT, CROWDED):
            free = np.flatnonzero((away >= np.array(room)).any(axis=2).all(axis=1))
            if len(free) and (room is SPOT or narrow is None):
                x, y = ring[free[0]]
                if room is SPOT:
                    return int(x), int(y)
                narrow, limit = (int(x), int(y)), reach + _DETOUR
        if narrow is not None and reach > limit:
            return narrow
    raise AssertionError  # the plane is large


def _snapped(points: Numbers) -> Numbers:
    import numpy as np

    snapped: Numbers = np.rint(points * _GRID) / _GRID
    return snapped
