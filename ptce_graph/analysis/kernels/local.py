"""Measures of a node's neighbourhood, from one enumeration of the triangles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ptce_graph.analysis.kernels.adjacency import Adjacency, Floats, Ints

#: Pairs of neighbours looked at together: bounds the memory to some 100 MB.
_PAIRS_AT_ONCE = 1_000_000


@dataclass(frozen=True)
class Triangles:
    """Triangles of a graph, one row each, in an order that depends on the graph alone.

    ``nodes`` is a (t, 3) array of positions of nodes; ``edges`` a (t, 3) array
    of row numbers of ``graph.ends``. ``edges[:, k]`` is the edge opposite
    ``nodes[:, k]``: the one that joins the two other nodes.
    """

    nodes: Ints
    edges: Ints


def triangles(graph: Adjacency) -> Triangles:
    """All triangles of the graph, each once; (0, 3) arrays without any.

    Every edge points from its end of lower degree to the other, so that no
    node has more than sqrt(2 m) edges out, whatever its degree (Chiba, N. and
    Nishizeki, T., Arboricity and subgraph listing algorithms, SIAM Journal on
    Computing 14, 1985). The result takes 48 bytes per triangle; the functions
    below do without it when they are not given it.
    """
    batches = list(_batches(graph))
    none = np.empty((0, 3), dtype=np.int64)
    return Triangles(
        np.concatenate([none, *[batch.nodes for batch in batches]]),
        np.concatenate([none, *[batch.edges for batch in batches]]),
    )


def clustering(graph: Adjacency, found: Triangles | None = None) -> Floats:
    """The share of the pairs of neighbours of each node that are themselves tied.

    One value per node, 0 to 1, without unit, weights ignored; high where the
    partners of a node are partners of each other. 0 with fewer than two
    neighbours, as ``networkx.clustering`` has it. ``found`` is what
    ``triangles(graph)`` returns, to compute it once for several measures.

    Watts, D. J. and Strogatz, S. H., Collective dynamics of "small-world"
    networks, Nature 393, 1998.
    """
    degree = graph.degree
    pairs = degree * (degree - 1) / 2
    return _per_node(graph, found) / np.maximum(pairs, 1)


def effective_size(graph: Adjacency, found: Triangles | None = None) -> Floats:
    """The number of neighbours of each node less their redundancy.

    One value per node, weights ignored: n - 2 t / n for n neighbours with t
    ties among them; from 1 (all tied to each other) to n (no tie), high for
    who reaches many partners that do not reach each other. NaN for isolates.
    ``found`` is what ``triangles(graph)`` returns.

    Burt, R. S., Structural holes: the social structure of competition, 1992;
    in the form of Borgatti, S. P., Structural holes: unpacking Burt's
    redundancy measures, Connections 20 (1), 1997.
    """
    degree = graph.degree
    result = degree - 2 * _per_node(graph, found) / np.maximum(degree, 1)
    return np.where(degree > 0, result, np.nan)


def constraint(graph: Adjacency, found: Triangles | None = None) -> Floats:
    """How far the ties of each node lead back, directly or not, to the same partner.

    One value per node, without unit, weights used: the sum over the neighbours
    j of i of (p_ij + sum over q of p_iq p_qj) ** 2, where p_ij is the part of
    the weight of the ties of i that goes to j. Above 0, 1 with a single
    partner, possibly a little more than 1 in a small dense group; high for who
    has few structural holes to play on. NaN for isolates. ``found`` is what
    ``triangles(graph)`` returns.

    Burt, R. S., Structural holes: the social structure of competition, 1992.
    """
    ends, weight = graph.ends, graph.weight
    strength = np.bincount(ends.ravel(), np.repeat(weight, 2), minlength=graph.n)
    # What reaches one end of an edge from the other through third nodes q is
    # w_iq w_qj / strength_q, over the strength of the end it starts from: but for that
    # divisor it is the same number both ways, so one value per edge is enough.
    reached = weight.astype(np.float64)
    for batch in _given_or_found(graph, found):
        for third, edge in enumerate(batch.edges.T):
            one, other = (weight[batch.edges[:, (third + step) % 3]] for step in (1, 2))
            through = one * other / strength[batch.nodes[:, third]]
            reached += np.bincount(edge, through, minlength=len(ends))
    squares = np.repeat(reached, 2) / strength[ends.ravel()]
    result = np.bincount(ends.ravel(), squares**2, minlength=graph.n)
    return np.where(graph.degree > 0, result, np.nan)


def _per_node(graph: Adjacency, found: Triangles | None) -> Ints:
    """The number of triangles each node is in."""
    counts = np.zeros(graph.n, dtype=np.int64)
    for batch in _given_or_found(graph, found):
        counts += np.bincount(batch.nodes.ravel(), minlength=graph.n)
    return counts


def _given_or_found(graph: Adjacency, found: Triangles | None) -> Iterator[Triangles]:
    return _batches(graph) if found is None else iter([found])


def _batches(graph: Adjacency) -> Iterator[Triangles]:
    """The triangles, some at a time, so that a dense network fits in memory too."""
    rank = _degree_ranks(graph)
    ranked = np.sort(rank[graph.ends], axis=1)
    keys = ranked[:, 0] * graph.n + ranked[:, 1]
    row = np.argsort(keys)
    keys, tail, head = keys[row], ranked[row, 0], ranked[row, 1]
    node = np.argsort(rank)
    after = np.cumsum(np.bincount(tail, minlength=graph.n))[tail] - 1 - np.arange(len(keys))
    for one, other in _pairs(after):
        wanted = head[one] * graph.n + head[other]
        closing = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        closed = keys[closing] == wanted
        first, second, closing = one[closed], other[closed], closing[closed]
        yield Triangles(
            node[np.stack([tail[first], head[first], head[second]], axis=1)],
            row[np.stack([closing, second, first], axis=1)],
        )


def _degree_ranks(graph: Adjacency) -> Ints:
    """The place of each node by degree, lowest first, ties by position."""
    rank = np.empty(graph.n, dtype=np.int64)
    rank[np.argsort(graph.degree, kind="stable")] = np.arange(graph.n)
    return rank


def _pairs(after: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Each edge with each of the ``after`` edges that follow it out of the same node."""
    upto = np.cumsum(after)
    start = 0
    while start < len(after):
        before = upto[start] - after[start]
        stop = int(np.searchsorted(upto, before + _PAIRS_AT_ONCE, side="right"))
        stop = max(stop, start + 1)
        counts = after[start:stop]
        first = np.repeat(np.arange(start, stop), counts)
        begins = np.repeat(np.cumsum(counts) - counts, counts)
        yield first, first + 1 + np.arange(len(first)) - begins
        start = stop
