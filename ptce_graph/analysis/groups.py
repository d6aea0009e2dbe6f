"""The groups nodes belong to: several, one or none per node."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ptce_graph.analysis.kernels.adjacency import Floats, Ints

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True)
class Groups:
    """Groups of the nodes 0 to n - 1.

    ``names`` are the g names of the groups, sorted. ``shares`` is an (n, g)
    matrix of float64 with sorted indices: a node of k groups has 1/k in each
    of them, so that a row sums to 1, or is empty for a node without a group.
    The share is the chance that the node speaks for the group when it speaks
    for one of its groups drawn at random.
    """

    names: tuple[str, ...]
    shares: csr_array

    @property
    def counts(self) -> Ints:
        """The number of groups of each node, (n,)."""
        counts: Ints = np.diff(self.shares.indptr).astype(np.int64)
        return counts

    @property
    def grouped(self) -> NDArray[np.bool_]:
        """The nodes with at least one group, (n,) booleans."""
        return self.counts > 0


def groups(n: int, members: Iterable[tuple[int, str]]) -> Groups:
    """``Groups`` of n nodes from (node position, group name) pairs, repeated pairs taken once.

    Raises ``ValueError`` when a position is not between 0 and n - 1.
    """
    from scipy.sparse import csr_array

    pairs = sorted(set(members))
    names = sorted({name for _, name in pairs})
    column = {name: at for at, name in enumerate(names)}
    nodes = np.array([node for node, _ in pairs], dtype=np.int64)
    if len(nodes) and (nodes[0] < 0 or nodes[-1] >= n):
        raise ValueError(f"a member's position is not between 0 and {n - 1}")
    columns = np.array([column[name] for _, name in pairs], dtype=np.int64)
    share = 1 / np.bincount(nodes, minlength=n)[nodes]
    shares = csr_array((share, (nodes, columns)), shape=(n, len(names)))
    shares.sort_indices()
    return Groups(tuple(names), shares)


def row_sums(matrix: csr_array) -> Floats:
    """The sum of each row of a sparse matrix, one float64 per row."""
    sums: Floats = matrix @ np.ones(matrix.shape[1])
    return sums


def row_products(matrix: csr_array, *rows: Ints) -> Floats:
    """The sum over columns of the product of some rows: one value per place of ``rows``.

    ``rows`` are arrays of row positions of the same length. On shares, the
    chance that the nodes at the same place of each array, each speaking for
    one of its groups, all speak for the same.
    """
    product = matrix[rows[0]]
    for more in rows[1:]:
        product = product.multiply(matrix[more])
    return row_sums(product)
