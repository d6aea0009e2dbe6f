"""Who mediates between whom: the brokerage roles of Gould and Fernandez.

Gould, R. V. and Fernandez, R. M., Structures of mediation: a formal approach
to brokerage in transaction networks, Sociological Methodology 19, 1989.

Every role of a broker is a sum, over its open two-paths a -> b -> c, of a
combination of five chances (named below). Their sums over all two-paths come
from the masses of groups among the nodes before and after b, without listing
the two-paths; those over closed two-paths are then taken away, one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from math import lcm
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ptce_graph.analysis.groups import Groups, row_products, row_sums
from ptce_graph.analysis.kernels.adjacency import Floats, Ints

if TYPE_CHECKING:
    from scipy.sparse import csr_array

WEDGES_AT_ONCE = 2_000_000
"""Pairs of neighbours looked at together: what bounds the memory of listing triangles."""

LARGEST_DENOMINATOR = 5_000
"""Above, its cube times a number of two-paths is more than a float64 counts exactly."""


@dataclass(frozen=True)
class Brokerage:
    """Brokerage of each of n nodes: arrays of n numbers of open two-paths, 0 or more.

    ``coordinator`` (A -> A -> A): all three in one group. ``gatekeeper``
    (A -> B -> B): it lets another group into its own. ``representative``
    (A -> A -> B): it speaks outside for its own. ``itinerant`` (A -> B -> A),
    also called consultant: it mediates inside a group it is not of.
    ``liaison`` (A -> B -> C): three groups. ``total`` is the sum of the five;
    ``between`` is the two-paths whose ends lie in different groups, gatekeeper
    + representative + liaison. A high value means that many pairs who have no
    direct tie reach each other through the node.
    """

    coordinator: Floats
    gatekeeper: Floats
    representative: Floats
    itinerant: Floats
    liaison: Floats
    total: Floats
    between: Floats


def brokerage(n: int, arcs: Ints, groups: Groups) -> Brokerage:
    """The brokerage roles of each node of a directed network of n nodes.

    ``arcs`` is an (m, 2) array of positions, from and to; loops and repeated
    arcs are dropped. An open two-path a -> b -> c has three different nodes
    and no arc a -> c (an arc c -> a does not close it). Both ends need a
    group, or the path is not counted; a broker without a group is a group of
    its own, so only itinerant or liaison. A node of several groups speaks for
    one of them drawn at random with equal chances, independently of the
    others, and the values are expectations: with one group per node they are
    the counts of Gould and Fernandez, Structures of mediation, Sociological
    Methodology 19, 1989 (raw counts of ordered pairs, not divided by their
    expectation). A node that brokers nothing has 0. Values are exact as long
    as nodes have few groups each (up to six), and otherwise have the usual
    rounding of float64.

    For an undirected network, pass ``undirected(ends)``: each two-path then
    counts in both directions, twice, and gatekeeper equals representative.

    Raises ``ValueError`` when a position is not between 0 and n - 1, or
    ``groups`` is not of n nodes.
    """
    keys = _keys(n, arcs)
    if groups.shares.shape[0] != n:
        raise ValueError(f"groups of {groups.shares.shape[0]} nodes for a network of {n}")
    shares, unit = _whole(groups)
    chances = _all_paths(n, keys, shares, unit) - _returning_paths(n, keys, shares, unit)
    for closed in _closed_paths(n, keys, shares, unit):
        chances -= closed
    return _roles(chances, unit)


def undirected(ends: Ints) -> Ints:
    """The arcs of an undirected network: both directions of each row of ``ends``, (2m, 2)."""
    pairs = np.asarray(ends, dtype=np.int64).reshape(-1, 2)
    return np.concatenate([pairs, pairs[:, ::-1]])


# The five chances of a two-path a -> b -> c, and their places in an array.
GROUPED, SAME_ENDS, SAME_START, SAME_STOP, ALL_SAME = range(5)
"""Both ends have a group; and also: a and c speak for the same; a and b; b and c; all three."""


def _roles(chances: Floats, unit: int) -> Brokerage:
    """The roles from the five sums, (5, n), which are in cubes of the denominator."""
    coordinator = chances[ALL_SAME]
    itinerant = chances[SAME_ENDS] - chances[ALL_SAME]
    gatekeeper = chances[SAME_STOP] - chances[ALL_SAME]
    representative = chances[SAME_START] - chances[ALL_SAME]
    between = chances[GROUPED] - chances[SAME_ENDS]
    liaison = between - gatekeeper - representative
    roles = (coordinator, gatekeeper, representative, itinerant, liaison)
    # Divided last, so that differences of whole numbers are exact; never negative by rounding.
    return Brokerage(
        *(np.maximum(role, 0) / unit**3 for role in (*roles, chances[GROUPED], between))
    )


def _keys(n: int, arcs: Any) -> Ints:
    """The different arcs that are not loops as from * n + to, sorted."""
    pairs = np.asarray(arcs, dtype=np.int64).reshape(-1, 2)
    if len(pairs) and (pairs.min() < 0 or pairs.max() >= n):
        raise ValueError(f"an arc's position is not between 0 and {n - 1}")
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    return _distinct(pairs[:, 0] * n + pairs[:, 1])


def _distinct(values: Ints) -> Ints:
    """The different values, sorted."""
    # np.unique hashes since numpy 2.3, many times slower than sorting a million keys.
    ordered = np.sort(values)
    distinct: Ints = ordered[np.diff(ordered, prepend=-1) != 0]
    return distinct


def _whole(groups: Groups) -> tuple[csr_array, int]:
    """The shares times their common denominator, and it: sums of whole numbers are exact."""
    unit = lcm(*np.unique(groups.counts[groups.grouped]).tolist())
    if unit > LARGEST_DENOMINATOR:
        unit = 1
    scaled = groups.shares * float(unit)
    nearest = np.rint(scaled.data)
    scaled.data = np.where(np.abs(scaled.data - nearest) < 1e-9, nearest, scaled.data)
    return scaled, unit


def _matrix(n: int, keys: Ints) -> csr_array:
    from scipy.sparse import csr_array

    size = max(n, 1)
    return csr_array((np.ones(len(keys)), (keys // size, keys % size)), shape=(n, n))


def _all_paths(n: int, keys: Ints, shares: csr_array, unit: int) -> Floats:
    """The five sums over all pairs of a node before and a node after, the same one too."""
    matrix = _matrix(n, keys)
    before, after = matrix.T.tocsr() @ shares, matrix @ shares
    starts, stops = row_sums(before), row_sums(after)
    ends = before.multiply(after)
    return np.stack(
        [
            starts * stops * unit,
            row_sums(ends) * unit,
            row_sums(before.multiply(shares)) * stops,
            row_sums(after.multiply(shares)) * starts,
            row_sums(ends.multiply(shares)),
        ]
    )


def _returning_paths(n: int, keys: Ints, shares: csr_array, unit: int) -> Floats:
    """The five sums over a -> b -> a, as if both ends drew their group apart."""
    matrix = _matrix(n, keys)
    mutual = matrix.multiply(matrix.T).tocsr()
    squares = shares.multiply(shares).tocsr()
    weight = row_sums(shares)
    once = row_sums((mutual @ shares).multiply(shares)) * unit
    return np.stack(
        [
            (mutual @ weight**2) * unit,
            (mutual @ row_sums(squares)) * unit,
            once,
            once,
            row_sums((mutual @ squares).multiply(shares)),
        ]
    )


def _closed_paths(n: int, keys: Ints, shares: csr_array, unit: int) -> Iterator[Floats]:
    """The five sums over a -> b -> c with an arc a -> c, in parts to add up."""
    edges = _edges(n, keys)
    same = row_products(shares, edges.low, edges.high)
    weight = row_sums(shares)
    for corners, sides in _triangles(n, edges):
        together = np.zeros(len(corners[0]))
        possible = np.flatnonzero(
            (same[sides[0]] > 0) & (same[sides[1]] > 0) & (same[sides[2]] > 0)
        )
        together[possible] = row_products(shares, *(corner[possible] for corner in corners))
        part = np.zeros((5, n))
        for a, b, c in permutations(range(3)):
            path = (_has(edges, sides, a, b), _has(edges, sides, b, c), _has(edges, sides, a, c))
            at = np.flatnonzero(path[0] & path[1] & path[2])
            start, stop = weight[corners[a][at]], weight[corners[c][at]]
            values = (
                start * stop * unit,
                same[sides[_side(a, c)][at]] * unit,
                same[sides[_side(a, b)][at]] * stop,
                same[sides[_side(b, c)][at]] * start,
                together[at],
            )
            for place, value in enumerate(values):
                part[place] += np.bincount(corners[b][at], value, minlength=n)
        yield part


@dataclass(frozen=True)
class _Edges:
    """Pairs of tied nodes, from the one of fewer neighbours, in order of rank.

    ``rank`` puts the n nodes in order of their number of neighbours: each node
    then has few neighbours after it, even next to a hub.
    """

    rank: Ints
    low: Ints
    high: Ints
    upward: NDArray[np.bool_]
    downward: NDArray[np.bool_]


def _edges(n: int, keys: Ints) -> _Edges:
    size = max(n, 1)
    one, other = keys // size, keys % size
    pairs = _distinct(np.minimum(one, other) * size + np.maximum(one, other))
    one, other = pairs // size, pairs % size
    degree = np.bincount(one, minlength=n) + np.bincount(other, minlength=n)
    order = np.argsort(degree, kind="stable")
    rank = np.empty(n, dtype=np.int64)
    rank[order] = np.arange(n)
    below, above = np.minimum(rank[one], rank[other]), np.maximum(rank[one], rank[other])
    ranked = np.sort(below * size + above)
    low, high = order[ranked // size], order[ranked % size]
    return _Edges(rank, low, high, _among(low * size + high, keys), _among(high * size + low, keys))


def _triangles(n: int, edges: _Edges) -> Iterator[tuple[tuple[Ints, ...], tuple[Ints, ...]]]:
    """All triangles, in parts: their three corners (by rank), their sides 01, 02 and 12.

    Chiba, N. and Nishizeki, T., Arboricity and subgraph listing algorithms,
    SIAM Journal on Computing 14, 1985: two neighbours of higher rank of the
    same node, tied to each other.
    """
    ranked = edges.rank[edges.low] * n + edges.rank[edges.high]
    count = len(ranked)
    stop = np.searchsorted(edges.rank[edges.low], edges.rank[edges.low], side="right")
    wedges = stop - np.arange(count) - 1
    until = np.cumsum(wedges)
    begin = 0
    while begin < count:
        done = until[begin] - wedges[begin]
        end = max(int(np.searchsorted(until, done + WEDGES_AT_ONCE, side="right")), begin + 1)
        first = np.repeat(np.arange(begin, end), wedges[begin:end])
        second = (
            first
            + 1
            + np.arange(len(first))
            - np.repeat(until[begin:end] - wedges[begin:end] - done, wedges[begin:end])
        )
        third = edges.rank[edges.high[first]] * n + edges.rank[edges.high[second]]
        place = np.minimum(np.searchsorted(ranked, third), count - 1)
        found = np.flatnonzero(ranked[place] == third)
        sides = (first[found], second[found], place[found])
        corners = (edges.low[sides[0]], edges.high[sides[0]], edges.high[sides[1]])
        if len(found):
            yield corners, sides
        begin = end


def _side(one: int, other: int) -> int:
    """The place among the sides 01, 02, 12 of the one between two corners."""
    return one + other - 1


def _has(edges: _Edges, sides: tuple[Ints, ...], one: int, other: int) -> NDArray[np.bool_]:
    """Whether each triangle has the arc from a corner to another."""
    flags = edges.upward if one < other else edges.downward
    return flags[sides[_side(one, other)]]


def _among(values: Ints, ordered: Ints) -> NDArray[np.bool_]:
    """Whether each value is in a sorted array."""
    if not len(ordered):
        return np.zeros(len(values), dtype=np.bool_)
    place = np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)
    found: NDArray[np.bool_] = ordered[place] == values
    return found
