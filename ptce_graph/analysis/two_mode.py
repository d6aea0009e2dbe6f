"""Measures of a two-mode network: members on one side, the groups they belong to on the other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ptce_graph.analysis.kernels.adjacency import Adjacency, adjacency

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

#: Up to so many members and groups together, networkx computes betweenness.
NETWORKX_UP_TO = 1000
#: Sources searched from at once: the bits of one integer.
BATCH = 64


@dataclass(frozen=True)
class Mode:
    """The measures of the nodes of one mode, 0 to 1 (see ``two_mode``)."""

    degree: Floats
    closeness: Floats
    betweenness: Floats


@dataclass(frozen=True)
class TwoMode:
    """The measures of the members and those of the groups."""

    members: Mode
    groups: Mode


def distinct_memberships(members: int, groups: int, member: Any, group: Any) -> tuple[Ints, Ints]:
    """The different memberships, as two arrays sorted by member, then group.

    Raises ``ValueError`` when the arrays differ in length or hold a position
    outside 0 to members - 1 or 0 to groups - 1.
    """
    member = np.asarray(member, dtype=np.int64).ravel()
    group = np.asarray(group, dtype=np.int64).ravel()
    if len(member) != len(group):
        raise ValueError("member and group must have one entry each per membership")
    for positions, size in ((member, members), (group, groups)):
        if len(positions) and (positions.min() < 0 or positions.max() >= size):
            raise ValueError("a membership holds a position out of range")
    keys = np.unique(member * max(groups, 1) + group)
    return keys // max(groups, 1), keys % max(groups, 1)


def two_mode(
    members: int,
    groups: int,
    member: Any,
    group: Any,
    pivots: int | None = None,
    seed: int = 0,
) -> TwoMode:
    """The two-mode degree, closeness and betweenness of ``members`` members and ``groups`` groups.

    ``member`` and ``group`` are positions, one of each per membership;
    repeated memberships count once. Each measure is divided by the most that
    a node of its mode could have, so that members compare with groups:

    - degree: the share of the other mode it is tied to; 1 is tied to all;
    - closeness: the least possible sum of distances (1 to each of the other
      mode, 2 to each of its own) over the sum of its distances; where the
      network falls apart, the distances are those to the nodes it reaches and
      the quotient is multiplied by the share of the others it reaches, as
      networkx does (so a node of a small component can there exceed 1); always exact;
    - betweenness: the shortest paths between others that pass through it, over
      the most possible given the sizes of the two modes; exact up to 1000
      nodes, then as ``path_measures`` has it: exact too, or estimated from
      ``pivots`` sources drawn with ``seed`` when ``pivots`` is given (an
      estimate can exceed 1).

    A node without any tie has 0 in the three measures. NaN: degree where the
    other mode is empty; betweenness where no node of the mode can stand
    between two others (members when there are fewer than two groups; groups
    when there are fewer than two members).

    Borgatti, S. P. & Everett, M. G., Network analysis of 2-mode data, Social
    Networks 19, 1997, whose normalisations are also those of networkx. Raises
    ``ValueError`` as ``distinct_memberships`` and ``path_measures`` do.
    """
    member, group = distinct_memberships(members, groups, member, group)
    graph = adjacency(members + groups, np.stack([member, members + group], axis=1))
    closeness = _closeness(members, groups, member, group)
    through = _through(graph, pivots, seed)

    def mode(nodes: slice, own: int, other: int) -> Mode:
        return Mode(
            _over(graph.degree[nodes], other),
            closeness[nodes],
            _over(through[nodes], _most_between(own, other)),
        )

    return TwoMode(
        mode(slice(0, members), members, groups), mode(slice(members, None), groups, members)
    )


def _over(values: NDArray[Any], most: float) -> Floats:
    if most == 0:
        return np.full(len(values), np.nan)
    return values / most


def _most_between(own: int, other: int) -> float:
    """The betweenness that the best placed of ``own`` nodes can have at most.

    It is tied to all ``other`` nodes, and the rest of its own mode hang on
    those as pendants, spread as evenly as can be: ``full`` on each, one more
    on ``left`` of them.
    """
    if own == 0 or other == 0:
        return 0.0
    full, left = divmod(own - 1, other)
    branches = np.array([full + 2] * left + [full + 1] * (other - left), dtype=np.float64)
    # Every path between two branches passes through it: pairs of nodes of different branches.
    return float((branches.sum() ** 2 - (branches**2).sum()) / 2)


def _through(graph: Adjacency, pivots: int | None, seed: int) -> Floats:
    """The betweenness of each node, in pairs of others."""
    if graph.n <= NETWORKX_UP_TO:
        import networkx as nx

        told = nx.Graph()
        told.add_nodes_from(range(graph.n))
        told.add_edges_from(graph.ends.tolist())
        found = nx.betweenness_centrality(told, normalized=False)
        return np.array([found[node] for node in range(graph.n)], dtype=np.float64)
    from ptce_graph.analysis.kernels.paths import path_measures

    pairs = (graph.n - 1) * (graph.n - 2) / 2
    share: Floats = path_measures(graph, pivots, seed).betweenness
    return share * pairs


def _closeness(members: int, groups: int, member: Ints, group: Ints) -> Floats:
    """The two-mode closeness of members, then groups.

    Members of exactly the same groups are at the same distances from all
    others: they are searched from once, as one node with their number as weight.
    """
    kind = _kinds(members, member, group)
    kinds = int(kind.max(initial=-1)) + 1
    shown = np.unique(kind[member] * max(groups, 1) + group)
    tied = np.unique(group)
    ends = np.stack(
        [shown // max(groups, 1), kinds + np.searchsorted(tied, shown % max(groups, 1))], axis=1
    )
    weight = np.ones(kinds + len(tied))
    weight[:kinds] = np.bincount(kind[kind >= 0], minlength=kinds)
    total, reached = _distances(adjacency(kinds + len(tied), ends), weight)
    # Two members of one kind are at distance 2, by any of their groups.
    total[:kinds] += 2 * (weight[:kinds] - 1)

    least = np.where(
        np.arange(kinds + len(tied)) < kinds,
        groups + 2 * (members - 1),
        members + 2 * (groups - 1),
    )
    values = least / total * (reached - 1) / (members + groups - 1)
    result = np.zeros(members + groups)
    belongs = np.flatnonzero(kind >= 0)
    result[belongs] = values[kind[belongs]]
    result[members + tied] = values[kinds:]
    return result


def _kinds(members: int, member: Ints, group: Ints) -> Ints:
    """A number per member, the same for those of exactly the same groups; -1 without any.

    Memberships come sorted by member, then group.
    """
    bounds = np.searchsorted(member, np.arange(members + 1)).tolist()
    seen: dict[bytes, int] = {b"": -1}
    kinds = [
        seen.setdefault(group[start:end].tobytes(), len(seen) - 1)
        for start, end in pairwise(bounds)
    ]
    return np.array(kinds, dtype=np.int64)


def _distances(graph: Adjacency, weight: Floats) -> tuple[Floats, Floats]:
    """The sum of distances from each node to those it reaches, and their number, itself included.

    Each node counts as often as its weight says. Nodes must have a neighbour.
    Breadth-first searches from 64 sources at once, a bit per source: Then, M.
    et al., The more the merrier: efficient multi-source graph traversal, 2014.
    """
    matrix = graph.binary
    neighbours, starts = matrix.indices, matrix.indptr[:-1]
    total, reached = np.zeros(graph.n), np.zeros(graph.n)
    for first in range(0, graph.n, BATCH):
        sources = np.arange(first, min(first + BATCH, graph.n))
        tables = _weight_of_bytes(weight[sources])
        found = np.zeros((graph.n, BATCH // 8), dtype=np.uint8)
        found[sources, (sources - first) // 8] = 1 << ((sources - first) % 8)
        # Distances are the same both ways: each node adds up those to the sources that found it.
        count, level = _weight_found(found, tables), 0
        while True:
            words = found.view(np.uint64).ravel()
            wider = words | np.bitwise_or.reduceat(words[neighbours], starts)
            if np.array_equal(wider, words):
                break
            found, level = wider.view(np.uint8).reshape(graph.n, -1), level + 1
            before, count = count, _weight_found(found, tables)
            total += level * (count - before)
        reached += count
    return total, reached


def _weight_of_bytes(weight: Floats) -> Floats:
    """For each byte of a batch and each of its 256 values, the weight of the sources it holds."""
    padded = np.zeros(BATCH)
    padded[: len(weight)] = weight
    bits = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1, bitorder="little")
    return padded.reshape(-1, 8) @ bits.T


def _weight_found(found: NDArray[np.uint8], tables: Floats) -> Floats:
    """The weight of the sources that found each node."""
    weight = np.zeros(len(found))
    for byte, table in enumerate(tables):
        weight += table[found[:, byte]]
    return weight
