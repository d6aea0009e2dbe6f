"""How ties fall inside and between groups, for nodes of several groups, one or none.

Ties are counted, not weighted. A node of several groups speaks for one of
them drawn at random with equal chances, and a tie counts for the chance that
its two ends speak for the groups in question: with one group per node these
are the plain counts. Nodes without a group, and their ties, are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ptce_graph.analysis.groups import Groups, row_sums
from ptce_graph.analysis.kernels.adjacency import Adjacency, Floats

if TYPE_CHECKING:
    from pandas import DataFrame
    from scipy.sparse import csr_array

ROUNDING = 1e-9
"""Below, a difference of masses that are fractions is nothing but rounding."""


def participation(graph: Adjacency, groups: Groups) -> Floats:
    """How evenly the ties of each node are spread over groups, (n,), 0 to below 1.

    1 - sum over groups of the squared share of the node's ties that go to the
    group: 0 when all its neighbours are of one group, 1 - 1/g when they are
    spread evenly over g groups. Only neighbours with a group count, a
    neighbour of k groups for 1/k in each; the node's own groups do not matter.
    NaN for a node without a neighbour that has a group.

    Guimerà, R. and Amaral, L. A. N., Functional cartography of complex
    metabolic networks, Nature 433, 2005.
    """
    ties = graph.binary @ groups.shares
    squares = row_sums(ties.multiply(ties))
    # Neighbours are whole numbers; their shares add up to them but for rounding.
    total = graph.binary @ groups.grouped.astype(np.float64)
    return np.maximum(1 - _ratio(squares, total**2), 0)


def ei_index(graph: Adjacency, groups: Groups) -> tuple[float, DataFrame]:
    """The E-I index of the network, and a frame with one row per group, in order of names.

    (external - internal) / (external + internal) over the ties whose two ends
    have a group, from -1 (all ties inside groups) to 1 (all between groups);
    0 when they are as many. NaN without such ties. Columns of the frame:
    ``group``; ``nodes``, the number of nodes that belong to it (among others
    too); ``internal`` and ``external``, the ties with both ends, with exactly
    one end in it; ``ei``, the index of the group. A tie between groups is
    external to both: the column adds up to twice the external ties.

    Krackhardt, D. and Stern, R. N., Informal networks and organizational
    crises: an experimental simulation, Social Psychology Quarterly 51, 1988.
    """
    import pandas as pd

    mixing = _mixing(graph, groups)
    internal = np.asarray(mixing.diagonal(), dtype=np.float64) / 2
    external = np.maximum(row_sums(mixing) - 2 * internal, 0)
    nodes = np.bincount(groups.shares.indices, minlength=len(groups.names)).astype(np.int64)
    frame = pd.DataFrame(
        {
            "group": list(groups.names),
            "nodes": nodes,
            "internal": internal,
            "external": external,
            "ei": _ratio(external - internal, external + internal),
        }
    )
    inside, between = internal.sum(), external.sum() / 2
    return float(_ratio(between - inside, between + inside)), frame


def densities(graph: Adjacency, groups: Groups) -> DataFrame:
    """The density of ties inside each group and between each two, one row per pair of groups.

    Columns: ``group_a``, ``group_b`` (a before or same as b, in order of
    names); ``ties``, the number of ties between them; ``pairs``, the number of
    pairs of different nodes that could be tied; ``density``, ties / pairs, 0
    to 1, the chance that a node of one and another node of the other are tied;
    NaN when there is no pair (a group of one node with itself). All
    g (g + 1) / 2 pairs of groups are listed: for up to a few thousand groups.

    The density matrix of Wasserman, S. and Faust, K., Social network analysis,
    1994, chapter 10.
    """
    import pandas as pd

    shares = groups.shares
    ties = _mixing(graph, groups).toarray()
    mass = np.asarray(shares.T @ np.ones(shares.shape[0]), dtype=np.float64)
    pairs = np.outer(mass, mass) - (shares.T @ shares).toarray()
    for counted in (ties, pairs):
        counted[np.diag_indices_from(counted)] /= 2
    one, other = np.triu_indices(len(groups.names))
    possible = np.where(pairs > ROUNDING, pairs, 0)[one, other]
    names = np.array(groups.names, dtype=object)
    return pd.DataFrame(
        {
            "group_a": names[one],
            "group_b": names[other],
            "ties": ties[one, other],
            "pairs": possible,
            "density": _ratio(ties[one, other], possible),
        }
    )


def assortativity(graph: Adjacency, groups: Groups) -> float:
    """The tendency of ties to stay inside groups, at most 1.

    (tr e - |e²|) / (1 - |e²|), where e is the matrix of shares of ties between
    groups and |e²| the sum of the elements of its square: 1 when all ties are
    inside groups, 0 when they fall as by chance between nodes of the same
    degrees, negative (not below -1) when they avoid their own group. NaN
    without ties between nodes that have a group, or when all their ends are of
    one group.

    Newman, M. E. J., Mixing patterns in networks, Physical Review E 67, 2003.
    """
    mixing = _mixing(graph, groups)
    ends = row_sums(mixing)
    total = ends.sum()
    if total == 0:
        return float("nan")
    inside = mixing.diagonal().sum() / total
    chance = ((ends / total) ** 2).sum()
    return float((inside - chance) / (1 - chance)) if 1 - chance > ROUNDING else float("nan")


def _mixing(graph: Adjacency, groups: Groups) -> csr_array:
    """The (g, g) symmetric matrix of ties between groups; ties inside count twice."""
    return (groups.shares.T @ (graph.binary @ groups.shares)).tocsr()


def _ratio(above: Floats, below: Floats) -> Floats:
    """The ratio, NaN where the divisor is 0."""
    nothing = np.full(np.shape(below), np.nan)
    ratio: Floats = np.divide(above, below, out=nothing, where=np.asarray(below) > 0)
    return ratio
