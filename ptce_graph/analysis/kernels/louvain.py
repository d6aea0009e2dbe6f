"""Communities by modularity: the Louvain method, on arrays.

Blondel, V. D., Guillaume, J.-L., Lambiotte, R. and Lefebvre, E., Fast unfolding
of communities in large networks, Journal of Statistical Mechanics, 2008: nodes
move to the neighbouring community that adds most to modularity until none
gains; communities become nodes, and so on. Up to ``_ONE_BY_ONE`` nodes they
move one after another, as published. Above, random parts of the nodes move at
the same time, and a move that would lower modularity is undone. When no level
gains, the nodes of the network move once more from where they are
(multilevel refinement: Rotta, R. and Noack, A., Multilevel local search
algorithms for modularity clustering, Journal of Experimental Algorithmics 16,
2011).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from ptce_graph.analysis.kernels.adjacency import Adjacency, Floats, Ints
from ptce_graph.analysis.kernels.structure import numbered_by_size

if TYPE_CHECKING:
    from numpy.random import Generator
    from scipy.sparse import csr_array

#: Largest level whose nodes move one by one.
_ONE_BY_ONE = 5_000
#: Gains of modularity below this are rounding, not gains.
_LEAST_GAIN = 1e-9
#: The part of the strengths that a round of moves together must gain for another like it.
_WORTH = 1e-4
#: The parts in which the nodes move when a move of half of them at once gains nothing.
_PARTS = (2, 8)
#: Rounds over all the nodes of a level, and over the whole method: a bound, seldom met.
_ROUNDS, _CYCLES = 30, 4


@dataclass(frozen=True)
class _Level:
    """A network of communities: ties between different ones, and their whole strength.

    ``scale`` is the resolution over the sum of the strengths.
    """

    ties: csr_array
    strength: Floats
    scale: float

    def merged(self, group: Ints) -> _Level:
        """The level whose nodes are the groups of this one's."""
        from scipy.sparse import csr_array

        count = int(group.max()) + 1
        ties = self.ties.tocoo()
        one, other = group[ties.row], group[ties.col]
        kept = one != other
        merged = csr_array((ties.data[kept], (one[kept], other[kept])), shape=(count, count))
        merged.sum_duplicates()
        strength: Floats = np.bincount(group, self.strength, minlength=count).astype(np.float64)
        return _Level(merged, strength, self.scale)

    @cached_property
    def pairs(self) -> tuple[Ints, Ints, Floats]:
        """The two ends and the weight of each tie, once."""
        from scipy.sparse import triu

        once = triu(self.ties, format="coo")
        return once.row, once.col, once.data

    def quality(self, group: Ints) -> float:
        """Modularity times the sum of the strengths, less what no grouping changes."""
        one, other, weight = self.pairs
        # No dot products: threads could add them up in another order.
        inside = weight[group[one] == group[other]].sum()
        totals = np.bincount(group, self.strength)
        return float(2 * inside - self.scale * (totals**2).sum())


def communities(graph: Adjacency, seed: int = 0, resolution: float = 1.0) -> Ints:
    """A partition of the nodes into communities with many ties inside, few between.

    One whole number per node from 0, the largest community, downwards in size;
    ties in the order of their smallest nodes. Weights used; every isolate is a
    community of its own. The same ``seed`` gives the same partition; others
    may give another of about the same modularity, so compare several before
    telling anything about one. Above 1, ``resolution`` gives more and smaller
    communities (Reichardt, J. and Bornholdt, S., Statistical mechanics of
    community detection, Physical Review E 74, 2006). Raises ``ValueError`` if
    it is negative.

    Louvain may leave a community in pieces that no path inside it joins; here
    such a community is cut into those pieces, which never lowers modularity.
    This mends only that defect, found by Traag, V. A., Waltman, L. and
    van Eck, N. J., From Louvain to Leiden: guaranteeing well-connected
    communities, Scientific Reports 9, 2019: it gives none of the other
    guarantees of their method.
    """
    if not resolution >= 0:
        raise ValueError(f"a resolution of 0 or more expected, not {resolution}")
    group = np.arange(graph.n)
    if len(graph.ends):
        rng = np.random.default_rng(seed)
        strength: Floats = graph.weighted.sum(axis=1)
        level = _Level(graph.weighted, strength, resolution / float(strength.sum()))
        group = _louvain(level, rng)
    return numbered_by_size(_connected(graph, group))


def modularity(graph: Adjacency, partition: Any, resolution: float = 1.0) -> float:
    """How much more weight lies inside the communities than chance would put there.

    ``partition`` has one label per node. The share of the weight of the ties
    inside, less the share expected if the ties were drawn anew between nodes
    of the same strengths (times ``resolution``): from -1/2 to 1 at resolution
    1; 0 when all nodes are together; high for communities with few ties
    between. NaN without edges. Raises ``ValueError`` unless the labels are as
    many as the nodes.

    Newman, M. E. J. and Girvan, M., Finding and evaluating community structure
    in networks, Physical Review E 69, 2004; weighted: Newman, M. E. J.,
    Analysis of weighted networks, Physical Review E 70, 2004.
    """
    labels = np.asarray(partition)
    if labels.shape != (graph.n,):
        raise ValueError(f"{graph.n} labels expected, not an array of shape {labels.shape}")
    if not len(graph.ends):
        return float("nan")
    group = np.unique(labels, return_inverse=True)[1]
    one, other = group[graph.ends[:, 0]], group[graph.ends[:, 1]]
    total = graph.weight.sum()
    inside = graph.weight[one == other].sum() / total
    halves = np.bincount(np.concatenate([one, other]), np.tile(graph.weight, 2)) / (2 * total)
    return float(inside - resolution * (halves**2).sum())


def _louvain(level: _Level, rng: Generator) -> Ints:
    """Climb the levels, then start again from the partition found, while that gains."""
    least = _LEAST_GAIN * float(level.strength.sum())
    group = np.arange(len(level.strength))
    before = level.quality(group)
    for _cycle in range(_CYCLES):
        group = _climb(level, group, rng)
        after = level.quality(group)
        if after - before <= least:
            break
        before = after
    return group


def _climb(level: _Level, group: Ints, rng: Generator) -> Ints:
    """Move the nodes, then the groups they form as nodes of the level above, up to the top."""
    moved = _moved(level, group, rng)
    above = level.merged(moved)
    if len(above.strength) == len(level.strength):
        return moved
    start = np.arange(len(above.strength))
    return _climb(above, start, rng)[moved]


def _moved(level: _Level, group: Ints, rng: Generator) -> Ints:
    """The groups after the nodes have moved, numbered without gap."""
    move = _moved_one_by_one if len(group) <= _ONE_BY_ONE else _moved_together
    return np.unique(move(level, group, rng), return_inverse=True)[1]


def _moved_one_by_one(level: _Level, group: Ints, rng: Generator) -> Ints:
    """Each node in a random order, until a round moves none."""
    ties = level.ties
    start, heads, weights = ties.indptr.tolist(), ties.indices.tolist(), ties.data.tolist()
    strength, scale, of = level.strength.tolist(), 2 * level.scale, group.tolist()
    totals = np.bincount(group, level.strength, minlength=len(group)).tolist()
    least = _LEAST_GAIN * float(level.strength.sum())
    order = rng.permutation(len(of)).tolist()
    for _round in range(_ROUNDS):
        moves = 0
        for node in order:
            own = of[node]
            joined = {own: 0.0}
            for at in range(start[node], start[node + 1]):
                there = of[heads[at]]
                joined[there] = joined.get(there, 0.0) + weights[at]
            share = scale * strength[node]
            totals[own] -= strength[node]
            best, most = own, 2 * joined[own] - share * totals[own] + least
            for there, weight in joined.items():
                value = 2 * weight - share * totals[there]
                if value > most:
                    best, most = there, value
            totals[best] += strength[node]
            of[node] = best
            moves += best != own
        if not moves:
            break
    return np.array(of, dtype=np.int64)


def _moved_together(level: _Level, group: Ints, rng: Generator) -> Ints:
    """Random parts of the nodes, each part at once, until the smallest parts gain nothing."""
    whole = float(level.strength.sum())
    least, worth = _LEAST_GAIN * whole, _WORTH * whole
    best = level.quality(group)
    parts = list(_PARTS)
    for _round in range(_ROUNDS):
        before = best
        for part in np.array_split(rng.permutation(len(group)), parts[0]):
            proposed = group.copy()
            proposed[part] = _wanted(level, group, part)
            value = level.quality(proposed)
            if value > best + least:
                group, best = proposed, value
        if best - before <= worth:
            parts = parts[1:]
        if not parts:
            break
    return group


def _wanted(level: _Level, group: Ints, part: Ints) -> Ints:
    """The group that each node of ``part`` gains most by, its own unless another is better."""
    from scipy.sparse import csr_array

    n = len(group)
    member = csr_array((np.ones(n), group, np.arange(n + 1)), shape=(n, n))
    joined = level.ties[part] @ member
    joined.sort_indices()
    counts = np.diff(joined.indptr)
    row = np.repeat(np.arange(len(part)), counts)
    totals = np.bincount(group, level.strength, minlength=n)
    share = 2 * level.scale * level.strength[part]
    own = joined.indices == group[part][row]
    others = totals[joined.indices] - np.where(own, level.strength[part][row], 0)
    value = 2 * joined.data - share[row] * others
    stay = -share * (totals[group[part]] - level.strength[part])
    stay[row[own]] = value[own]
    some = counts > 0
    most = np.full(len(part), -np.inf)
    most[some] = np.maximum.reduceat(value, joined.indptr[:-1][some])
    least = _LEAST_GAIN * float(level.strength.sum())
    first = np.flatnonzero(value == most[row])[::-1]
    target = group[part].copy()
    better = first[(most > stay + least)[row[first]]]
    target[row[better]] = joined.indices[better]
    return target


def _connected(graph: Adjacency, group: Ints) -> Ints:
    """The groups, each cut into the pieces that its own ties hold together."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    if not graph.n:
        return group
    inside = graph.ends[group[graph.ends[:, 0]] == group[graph.ends[:, 1]]]
    ties = csr_array((np.ones(len(inside)), (inside[:, 0], inside[:, 1])), shape=(graph.n, graph.n))
    pieces: Ints = connected_components(ties, directed=False)[1].astype(np.int64)
    return pieces
