"""How far two partitions of the same nodes agree."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ptce_graph.analysis.kernels.adjacency import Ints


def nmi(one: Any, other: Any) -> float:
    """The normalised mutual information of two partitions.

    ``one`` and ``other`` are labels (whole numbers or strings), one per node,
    in the same order of nodes; what the labels are does not matter, only who
    shares one. 2 I / (H_one + H_other), from 0 (one tells nothing of the
    other) to 1 (the same groups). Not corrected for chance: partitions into
    many small groups get high values even when unrelated, so read it with
    ``ari``. NaN where it is 0 / 0: without nodes, and when both partitions put
    all nodes together. Raises ``ValueError`` for labels of different numbers.

    Danon, L., Díaz-Guilera, A., Duch, J. and Arenas, A., Comparing community
    structure identification, Journal of Statistical Mechanics, 2005.
    """
    both, first, second = _sizes(one, other)
    entropies = _entropy(first) + _entropy(second)
    if not entropies:
        return math.nan
    # Rounding may leave a little less than nothing, or more than all.
    return min(max(2 * (entropies - _entropy(both)) / entropies, 0.0), 1.0)


def ari(one: Any, other: Any) -> float:
    """The adjusted Rand index of two partitions.

    Labels as for ``nmi``. Among the pairs of nodes put together, the agreement
    beyond what chance gives to groups of the same sizes: 1 for the same
    groups, 0 expected by chance, at least -1/2. NaN where chance leaves
    nothing to agree on, 0 / 0: with fewer than two nodes, and when both
    partitions put all nodes together or both leave every node alone. Raises
    ``ValueError`` for labels of different numbers.

    Hubert, L. and Arabie, P., Comparing partitions, Journal of Classification
    2, 1985; the bound: Chacón, J. E. and Rastrojo, A. I., Minimum adjusted
    Rand index for two clusterings of a given size, Advances in Data Analysis
    and Classification 17, 2023.
    """
    sizes = _sizes(one, other)
    together, first, second = (_pairs(groups) for groups in sizes)
    pairs = _pairs(sizes[0].sum(keepdims=True))
    # Whole numbers up to here, multiplied out, so that nothing is lost to rounding.
    most = (first + second) * pairs - 2 * first * second
    return 2 * (together * pairs - first * second) / most if most else math.nan


def _sizes(one: Any, other: Any) -> tuple[Ints, Ints, Ints]:
    """The sizes of the groups that both partitions make, that one does, that the other does."""
    first, second = (np.asarray(labels) for labels in (one, other))
    if first.ndim != 1 or first.shape != second.shape:
        raise ValueError(f"two lists of as many labels expected: {first.shape}, {second.shape}")
    if not len(first):
        return (np.empty(0, dtype=np.int64),) * 3
    first, second = (np.unique(labels, return_inverse=True)[1] for labels in (first, second))
    joint = first.astype(np.int64) * (int(second.max()) + 1) + second
    both = np.unique(joint, return_counts=True)[1]
    return both.astype(np.int64), np.bincount(first), np.bincount(second)


def _entropy(sizes: Ints) -> float:
    """In nats; exactly rounded, so that the order of the groups does not matter."""
    whole = int(sizes.sum())
    return math.fsum(size / whole * math.log(whole / size) for size in sizes.tolist())


def _pairs(sizes: Ints) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.tolist())
