"""A network as arrays: what every kernel reads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Adjacency:
    """A simple undirected graph of ``n`` nodes, 0 to n - 1.

    ``ends`` is an (m, 2) array of positions: one row per edge, the first
    smaller than the second, rows sorted and different. ``weight`` has m
    positive values.
    """

    n: int
    ends: Ints
    weight: Floats

    @cached_property
    def weighted(self) -> csr_array:
        """The symmetric matrix of weights, sorted indices."""
        return self._matrix(self.weight)

    @cached_property
    def binary(self) -> csr_array:
        """The symmetric matrix of zeros and ones (float64), sorted indices."""
        return self._matrix(np.ones(len(self.ends)))

    @cached_property
    def degree(self) -> Ints:
        """The number of neighbours of each node."""
        return np.bincount(self.ends.ravel(), minlength=self.n)

    def _matrix(self, values: Floats) -> csr_array:
        from scipy.sparse import csr_array

        one, other = self.ends[:, 0], self.ends[:, 1]
        at = (np.concatenate([one, other]), np.concatenate([other, one]))
        matrix = csr_array((np.concatenate([values, values]), at), shape=(self.n, self.n))
        matrix.sort_indices()
        return matrix


def adjacency(n: int, ends: Any, weight: Any = None) -> Adjacency:
    """``Adjacency`` from edges in any order: loops dropped, parallel edges added up.

    Without ``weight`` every edge weighs 1, parallel ones too.
    """
    pairs = np.sort(np.asarray(ends, dtype=np.int64).reshape(-1, 2), axis=1)
    weights = np.ones(len(pairs)) if weight is None else np.asarray(weight, dtype=np.float64)
    kept = pairs[:, 0] != pairs[:, 1]
    keys, inverse = np.unique(pairs[kept, 0] * n + pairs[kept, 1], return_inverse=True)
    summed = np.ones(len(keys))
    if weight is not None:
        summed = np.bincount(inverse, weights[kept], minlength=len(keys)).astype(np.float64)
    return Adjacency(n, np.stack([keys // max(n, 1), keys % max(n, 1)], axis=1), summed)
