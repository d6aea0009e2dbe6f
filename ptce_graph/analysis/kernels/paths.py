"""Betweenness and harmonic centrality from shortest paths, exact or from a sample of sources.

One search serves both measures. Sources go in batches: a level of every search of
the batch is one product of the sparse matrix with a dense block, one column per source.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ptce_graph.analysis.kernels.adjacency import Adjacency, Floats, Ints

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Mask = NDArray[np.bool_]

THREADS = min(os.cpu_count() or 1, 4)
#: Numbers in a dense block of a batch: small enough for a processor's cache.
BLOCK = 250_000
COLUMNS = 256
#: The columns of a batch come by eight: a row of a mask is then a few words.
BYTES = 8
#: Shares of the arcs above which picking rows, or following the frontier, saves nothing.
WORTH_PICKING = 0.6
WORTH_FOLLOWING = 0.15
#: Beyond as many levels (a long chain) each source is solved alone: see ``_along_order``.
DEEP = 100


@dataclass(frozen=True)
class PathMeasures:
    """Two path measures of each node, arrays of n values, with their standard errors.

    ``betweenness``: the share, 0 to 1, of the shortest paths between two other
    nodes that pass through the node, mean over all pairs of others; a pair
    without a path counts 0. High: many depend on it to reach each other.
    Freeman, L. C., A set of measures of centrality based on betweenness,
    Sociometry 40, 1977.

    ``harmonic``: the mean, 0 to 1, of 1 / distance to each other node, 0 where
    there is no path. High: near to many. Marchiori, M., Latora, V., Harmony in
    the small-world, Physica A 285, 2000.

    ``pivots`` is the number of sources searched from, n when the values are
    exact: the errors are then 0.
    """

    betweenness: Floats
    harmonic: Floats
    betweenness_error: Floats
    harmonic_error: Floats
    pivots: int


class _Totals(NamedTuple):
    """What the sources of a batch give each node: sums and sums of squares."""

    between: Floats
    between_squared: Floats
    near: Floats
    near_squared: Floats


class _Level(NamedTuple):
    """The nodes at one distance: ``reached`` has a row for each of ``rows`` (None: all)."""

    rows: Ints | None
    matrix: csr_array
    reached: Mask


def path_measures(
    graph: Adjacency,
    pivots: int | None = None,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> PathMeasures:
    """Betweenness and harmonic centrality of every node (see ``PathMeasures``), unweighted.

    Without ``pivots``, or with n or more, exact, with the values of networkx:
    betweenness by the algorithm of Brandes, U., A faster algorithm for
    betweenness centrality, Journal of Mathematical Sociology 25, 2001.

    Otherwise that many sources are drawn without replacement, with ``seed``,
    and a node's value is estimated from the sources other than itself, out of
    the n - 1 others: unbiased. Brandes, U., Pich, C., Centrality estimation in
    large networks, International Journal of Bifurcation and Chaos 17, 2007;
    Eppstein, D., Wang, J., Fast approximation of centrality, Journal of Graph
    Algorithms and Applications 8, 2004. The standard errors are those of a mean
    of such a sample (Cochran, W. G., Sampling Techniques, 1977, chapter 2):
    from the variance between sources, times the finite population correction.
    Betweenness is unevenly spread over the sources, so that with few of them
    an error is itself uncertain, and 0 where none of them met the node.

    ``progress`` is called with the number of sources done and their total.
    The same call gives the same bits, whatever the threads. Fewer than three nodes
    have betweenness 0, fewer than two harmonic 0. Betweenness is NaN in a component
    where two nodes have more than 1e308 shortest paths. Raises ``ValueError``
    for fewer than 3 pivots where n is larger: no variance without two others.
    """
    if pivots is not None and pivots < min(3, graph.n):
        raise ValueError(f"at least 3 pivots are needed, not {pivots}")
    if graph.n < 2 or not len(graph.ends):
        zeros = np.zeros(graph.n)
        return PathMeasures(zeros, zeros, zeros, zeros, graph.n)
    if pivots is None or pivots >= graph.n:
        sources = np.arange(graph.n)
    else:
        sources = np.random.default_rng(seed).choice(graph.n, pivots, replace=False)
    return _estimates(graph.n, sources, _totals(graph, sources, progress))


def _estimates(n: int, sources: Ints, totals: _Totals) -> PathMeasures:
    """Means over the sources other than the node itself, which tells nothing about itself."""
    size = np.full(n, float(len(sources)))
    size[sources] -= 1
    unused = 1 - size / (n - 1)
    pairs = max(n - 2, 1)

    def error(total: Floats, squared: Floats) -> Floats:
        if len(sources) == n:
            return np.zeros(n)
        variance = np.maximum(squared - total * total / size, 0) / (size - 1)
        return np.asarray(np.sqrt(variance / size * unused))

    return PathMeasures(
        totals.between / size / pairs,
        totals.near / size,
        error(totals.between, totals.between_squared) / pairs,
        error(totals.near, totals.near_squared),
        len(sources),
    )


def _totals(
    graph: Adjacency, sources: Ints, progress: Callable[[int, int], None] | None
) -> _Totals:
    """The sums over all sources, added up in the order of the batches."""
    # Hubs side by side: most of what a product reads then stays in the cache.
    order = np.argsort(-graph.degree, kind="stable")
    place = np.empty(graph.n, dtype=np.int64)
    place[order] = np.arange(graph.n)
    connected = int(np.count_nonzero(graph.degree))
    matrix = _matrix(connected, place[graph.ends])
    starts = place[sources]
    starts = np.sort(starts[starts < connected])
    search = _along_order if _is_deep(matrix) else _by_levels
    columns = min(max(BLOCK // connected // BYTES, 1) * BYTES, COLUMNS)
    batches = [starts[at : at + columns] for at in range(0, len(starts), columns)]
    sums = np.zeros((4, connected))
    done = len(sources) - len(starts)
    for batch, totals in zip(batches, _in_order(search, matrix, batches), strict=True):
        sums += totals
        done += len(batch)
        if progress:
            progress(done, len(sources))
    spread = np.zeros((4, graph.n))
    spread[:, order[:connected]] = sums
    return _Totals(*spread)


def _in_order(
    search: Callable[[csr_array, Ints], _Totals], matrix: csr_array, batches: Iterable[Ints]
) -> Iterator[_Totals]:
    """The results of the batches in their order, never more in hand than threads and one."""
    waiting: list[Future[_Totals]] = []
    coming = iter(batches)
    with ThreadPoolExecutor(THREADS) as pool:
        waiting = [pool.submit(search, matrix, batch) for batch in islice(coming, THREADS + 1)]
        while waiting:
            yield waiting.pop(0).result()
            waiting += [pool.submit(search, matrix, batch) for batch in islice(coming, 1)]


def _matrix(n: int, ends: Ints) -> csr_array:
    """The symmetric matrix of ones, with indices of 32 bits: half the memory to read."""
    from scipy.sparse import csr_array

    both = np.concatenate([ends, ends[:, ::-1]]).astype(np.int32)
    matrix = csr_array((np.ones(len(both)), (both[:, 0], both[:, 1])), shape=(n, n))
    matrix.sort_indices()
    return matrix


def _is_deep(matrix: csr_array) -> bool:
    """Whether some node lies at more than ``DEEP`` steps of the node with most neighbours."""
    from scipy.sparse.csgraph import connected_components, dijkstra

    _, labels = connected_components(matrix, directed=False)
    _, first = np.unique(labels, return_index=True)
    distance = dijkstra(matrix, unweighted=True, indices=first, min_only=True)
    return bool(distance.max() > DEEP)


def _by_levels(matrix: csr_array, starts: Ints) -> _Totals:
    """Paths counted level by level from each start, then dependencies backwards.

    Masks multiply rather than select: several times faster in numpy.
    """
    n, width = matrix.shape[0], -(-len(starts) // BYTES) * BYTES
    paths = np.zeros((n, width))
    paths[starts, np.arange(len(starts))] = 1
    near, near_squared = np.zeros(n), np.zeros(n)
    met = _per_row(paths > 0)
    newly, frontier = met.copy(), paths.copy()
    levels: list[_Level] = []
    while newly.any():
        rows, picked = _rows_to_reach(matrix, newly, met < len(starts))
        counts = picked @ frontier
        known = paths if rows is None else paths.take(rows, axis=0)
        counts *= known == 0
        level = _Level(rows, picked, counts > 0)
        frontier = _spread(counts, rows, paths.shape)
        newly = _spread(_per_row(level.reached), rows, met.shape)
        levels.append(level)
        _put(paths, rows, counts + known)
        met += newly
        near += newly / len(levels)
        near_squared += newly / len(levels) ** 2
    with np.errstate(invalid="ignore"):
        between = _dependencies(paths, levels)
        between *= paths
    if not np.isfinite(paths.max()):
        between[(paths > 0) & ~np.isfinite(paths.max(axis=0))] = np.nan
    return _Totals(*_sums(between), near, near_squared)


def _per_row(mask: Mask) -> Ints:
    """How many are true in each row: the sum of the bytes of each word, by a product."""
    total = np.zeros(len(mask), dtype=np.int64)
    for word in mask.view(np.uint64).T:
        total += ((word * np.uint64(0x0101010101010101)) >> np.uint64(56)).astype(np.int64)
    return total


def _spread(values: Any, rows: Ints | None, shape: tuple[int, ...]) -> Any:
    """``values`` at their ``rows`` of an array of zeros."""
    if rows is None:
        return values
    whole = np.zeros(shape, dtype=values.dtype)
    whole[rows] = values
    return whole


def _put(target: Floats, rows: Ints | None, values: Floats) -> None:
    if rows is None:
        target[:] = values
    else:
        target[rows] = values


def _rows_to_reach(matrix: csr_array, newly: Ints, wanted: Mask) -> tuple[Ints | None, csr_array]:
    """The rows where a path may be found at the next level, with their part of the matrix."""
    degree = np.diff(matrix.indptr)
    active = np.flatnonzero(newly)
    if degree[active].sum() < matrix.nnz * WORTH_FOLLOWING:
        touched = np.zeros_like(wanted)
        touched[matrix[active].indices] = True
        wanted = wanted & touched
    rows = np.flatnonzero(wanted)
    if degree[rows].sum() > matrix.nnz * WORTH_PICKING:
        return None, matrix
    return rows, matrix[rows]


def _dependencies(paths: Floats, levels: list[_Level]) -> Floats:
    """For each node and start, the sum over its followers of (1 + dependency) / paths.

    Kept apart from the dependency, its product with the paths of the node, so
    that an end has exactly 0. A start is at no level: it has 0 too.
    """
    total, beyond = np.zeros_like(paths), np.zeros_like(paths)
    inverse = 1 / np.maximum(paths, 1)
    for rows, picked, reached in reversed(levels):
        told = picked @ beyond
        told *= reached
        if rows is None:
            total += told
            told += inverse
        else:
            total[rows] += told
            told += inverse.take(rows, axis=0)
        told *= reached
        beyond = _spread(told, rows, paths.shape)
    return total


def _sums(values: Floats) -> tuple[Floats, Floats]:
    """The sums and sums of squares of the rows, always in the same order of addition."""
    return np.einsum("ij->i", values), np.einsum("ij,ij->i", values, values)


def _along_order(matrix: csr_array, starts: Ints) -> _Totals:
    """As ``_by_levels``, at a cost that does not depend on the number of levels.

    The paths from a start solve a triangular system: in the order of distance,
    each node has the sum of those of its predecessors; the dependencies solve
    its transpose.
    """
    from scipy.sparse.csgraph import dijkstra

    distance = dijkstra(matrix, unweighted=True, indices=starts)
    between, near = np.zeros(distance.T.shape), np.zeros(distance.T.shape)
    for column, lengths in enumerate(distance):
        order = np.argsort(lengths, kind="stable")[: int(np.isfinite(lengths).sum())]
        between[order, column] = _dependency_of_one(matrix[order][:, order], lengths[order])
        near[order[1:], column] = 1 / lengths[order[1:]]
    return _Totals(*_sums(between), *_sums(near))


def _dependency_of_one(matrix: csr_array, lengths: Floats) -> Floats:
    """The dependency of the first node on each, nodes being in the order of ``lengths``."""
    from scipy.sparse import csr_array, eye_array
    from scipy.sparse.linalg import spsolve_triangular

    n = len(lengths)
    arcs = matrix.tocoo()
    onward = lengths[arcs.row] > lengths[arcs.col]
    before = csr_array((-arcs.data[onward], (arcs.row[onward], arcs.col[onward])), shape=(n, n))
    lower = (before + eye_array(n, format="csr")).tocsr()
    start = np.zeros(n)
    start[0] = 1
    paths = spsolve_triangular(lower, start, unit_diagonal=True)
    if not np.isfinite(paths).all():
        return np.full(n, np.nan)
    beyond = spsolve_triangular(lower.T.tocsr(), 1 / paths, lower=False, unit_diagonal=True)
    dependency = paths * -(before.T @ beyond)
    dependency[0] = 0
    return np.asarray(dependency)
