"""Many nodes at one point: a spiral around it, and neighbours that make room for each other."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Whole = NDArray[np.int64]

#: Pixels between the nearest nodes of a spiral.
SPACING = 26
#: No node is pushed farther from its place in the spiral, in pixels.
MOST_PUSHED = 60

_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
# A sunflower of unit scale has its nearest seeds this far apart; the one in the middle, the
# heaviest and largest, is given more room.
_NEAREST = 1.65
_ROOM_IN_THE_MIDDLE = 2
_SEED = SPACING / _NEAREST
_ROUNDS = 40
#: Fewer rounds for more discs: as many moves in all, so that large maps take seconds too.
_MOVES, _FEWEST_ROUNDS = 1_500_000, 6


def spread(points: Whole, weights: Numbers) -> Whole:
    """Where each of ``n`` nodes stands: ``points``, pixels of shape (n, 2), with room for all.

    Nodes of one point form a spiral around it, the one of greatest weight in
    the middle, the first of equals before others, ``SPACING`` apart. Spirals
    that meet are pushed apart, then single nodes, none by more than
    ``MOST_PUSHED``. The same input gives the same pixels.
    """
    import numpy as np

    if not len(points):
        return points.copy()
    centres, group = np.unique(points, axis=0, return_inverse=True)
    group = group.reshape(-1)
    sizes = np.bincount(group)
    rank = _ranks(group, weights, sizes)
    radii = spiral_radius(sizes.astype(float))
    moved = _pushed_apart(centres.astype(float), radii, sizes.astype(float), centres.astype(float))
    around = _spiral(rank)
    return np.rint(
        _pushed_apart(
            moved[group] + around,
            np.full(len(points), SPACING / 2),
            np.ones(len(points)),
            points + around,
        )
    ).astype(np.int64)


def spiral_radius(count: Numbers) -> Numbers:
    """How far a spiral of ``count`` nodes reaches, in pixels, its nodes' own size included."""
    import numpy as np

    last = np.where(count > 1, np.sqrt(count - 1 + _ROOM_IN_THE_MIDDLE), 0)
    radius: Numbers = _SEED * last + SPACING / 2
    return radius


def _ranks(group: Whole, weights: Numbers, sizes: Whole) -> Whole:
    """The place of each node in its spiral, from 0."""
    import numpy as np

    order = np.lexsort((np.arange(len(group)), -weights, group))
    first = np.repeat(np.cumsum(sizes) - sizes, sizes)
    rank = np.empty(len(group), dtype=np.int64)
    rank[order] = np.arange(len(group)) - first
    return rank


def _spiral(rank: Whole) -> Numbers:
    import numpy as np

    radius = np.where(rank > 0, _SEED * np.sqrt(rank + _ROOM_IN_THE_MIDDLE), 0)
    turn = rank * _GOLDEN_ANGLE
    return np.column_stack((radius * np.cos(turn), radius * np.sin(turn)))


def _pushed_apart(places: Numbers, radii: Numbers, weights: Numbers, homes: Numbers) -> Numbers:
    """``places`` of discs that no longer meet, as far as ``MOST_PUSHED`` from home allows.

    Of two discs the lighter one yields more.
    """
    import numpy as np

    rounds = min(_ROUNDS, max(_FEWEST_ROUNDS, _MOVES // len(places)))
    for _round in range(rounds):
        left, right = _meeting(places, radii)
        apart = places[right] - places[left]
        distance = np.hypot(*apart.T)
        overlap = radii[left] + radii[right] - distance
        # Less than half a pixel is not seen.
        meets = overlap > 0.5
        if not meets.any():
            break
        left, right, apart = left[meets], right[meets], apart[meets]
        distance, overlap = distance[meets], overlap[meets]
        # Two discs at one point part in a direction of their own.
        turn = (left + right) * _GOLDEN_ANGLE
        aside = np.column_stack((np.cos(turn), np.sin(turn)))
        here = distance < 1e-6
        push = np.where(here[:, None], aside, apart / np.where(here, 1, distance)[:, None]) * (
            overlap[:, None] * 0.6
        )
        share = (weights[right] / (weights[left] + weights[right]))[:, None]
        moves = np.zeros_like(places)
        for axis in (0, 1):
            moves[:, axis] -= np.bincount(left, (push * share)[:, axis], len(places))
            moves[:, axis] += np.bincount(right, (push * (1 - share))[:, axis], len(places))
        away = places + moves - homes
        length = np.hypot(*away.T)
        away *= np.minimum(1, MOST_PUSHED / np.maximum(length, MOST_PUSHED))[:, None]
        # In 64ths of a pixel, so that the last bits of another machine change nothing.
        places = np.rint((homes + away) * 64) / 64
    return places


def _meeting(places: Numbers, radii: Numbers) -> tuple[Whole, Whole]:
    """Pairs of discs that may meet, each once, without comparing all with all.

    For each size of disc, discs of that size or smaller are sorted into cells
    as wide as the largest pair is far apart; only neighbouring cells are compared.
    """
    import numpy as np

    size = np.ceil(np.log2(radii)).astype(np.int64)
    pairs = []
    for of_size in np.unique(size):
        own, others = np.flatnonzero(size == of_size), np.flatnonzero(size <= of_size)
        cells = np.floor(places / (2 * radii[own].max())).astype(np.int64)
        cells -= cells.min(axis=0) - 1
        across = int(cells[:, 1].max()) + 2
        keys = cells[:, 0] * across + cells[:, 1]
        others = others[np.argsort(keys[others], kind="stable")]
        sorted_keys = keys[others]
        for column in (-1, 0, 1):
            # Three cells one above the other are one range of keys.
            middle = keys[own] + column * across
            start = np.searchsorted(sorted_keys, middle - 1, "left")
            count = np.searchsorted(sorted_keys, middle + 1, "right") - start
            left = np.repeat(own, count)
            offset = np.arange(len(left)) - np.repeat(np.cumsum(count) - count, count)
            right = others[np.repeat(start, count) + offset]
            kept = (size[right] < of_size) | (left < right)
            left, right = left[kept], right[kept]
            near = np.hypot(*(places[left] - places[right]).T) < radii[left] + radii[right]
            pairs.append((left[near], right[near]))
    return (
        np.concatenate([left for left, _ in pairs]),
        np.concatenate([right for _, right in pairs]),
    )
