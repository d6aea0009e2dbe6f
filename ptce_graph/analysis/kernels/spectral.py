"""PageRank and eigenvector centrality on arrays, weighted."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from ptce_graph.analysis.kernels.adjacency import Adjacency, Floats, Ints

if TYPE_CHECKING:
    from scipy.sparse import csr_array

#: Bound of the sum of the absolute errors of PageRank.
PAGERANK_ERROR = 1e-13
#: Components of at most as many nodes are solved as dense matrices, many at a time.
DENSE = 100
#: Numbers held by the dense matrices of one call.
DENSE_NUMBERS = 4_000_000
#: The search of an eigenvector holds so many vectors, then starts again from the best ones.
BASIS = 30
KEPT = 10
#: Every so many steps, whether it is found.
LOOKED_AT = 5
STEPS = 1500
#: The residual sought, as a share of the eigenvalue; eigenvalues nearer than ``TIED`` are one.
RESIDUAL = 1e-14
TIED = 1e-12
#: A matrix is factorised up to so many nodes, or so few edges per node.
INVERTED = 5000
CHAINLIKE = 1.05
INVERSIONS = 40


def pagerank(graph: Adjacency, damping: float = 0.85) -> Floats:
    """PageRank of each node: an array of n values between 0 and 1, their sum 1.

    The share of time that a walker spends at the node who follows an edge with
    probability ``damping``, chosen in proportion to its weight, and otherwise,
    or at a node without edges, goes to any node. High: tied to many that are
    themselves much visited. With the values of networkx. Brin, S., Page, L.,
    The anatomy of a large-scale hypertextual Web search engine, Computer
    Networks 30, 1998. Empty for an empty graph. Raises ``ValueError`` for a
    ``damping`` outside 0 <= damping < 1.
    """
    if not 0 <= damping < 1:
        raise ValueError(f"damping must be at least 0 and less than 1, not {damping}")
    if not graph.n:
        return np.zeros(0)
    matrix = graph.weighted
    strength = matrix.sum(axis=1)
    inverse = np.divide(damping, strength, out=np.zeros(graph.n), where=strength > 0)
    alone = strength == 0
    rank = np.full(graph.n, 1 / graph.n)
    # Each step multiplies the error by the damping at least.
    for _ in range(math.ceil(math.log(PAGERANK_ERROR) / math.log(max(damping, PAGERANK_ERROR)))):
        following = matrix @ (rank * inverse)
        following += (damping * rank[alone].sum() + 1 - damping) / graph.n
        change = np.abs(following - rank).sum()
        rank = following
        if change * damping <= PAGERANK_ERROR * (1 - damping):
            break
    return rank


def eigenvector(graph: Adjacency) -> Floats:
    """Eigenvector centrality of each node, weighted: an array of n values, 0 to 1.

    A node's value is in proportion to the weighted sum of its neighbours'
    values. High: tied to many that are themselves central. Bonacich, P.,
    Factoring and weighting approaches to status scores and clique
    identification, Journal of Mathematical Sociology 2, 1972; Power and
    centrality: a family of measures, American Journal of Sociology 92, 1987.

    The principal eigenvector is taken inside each connected component, with a
    sum of squares equal to the component's share of the nodes, so that the
    values of a connected graph are those of networkx and that a node of a
    small component is not 0 because a larger one exists. Between components
    values do not compare. A node without edges has 0.

    The precision is about 1e-14 times the eigenvalue over its distance to the
    second one: two dense parts of a component that are almost alike and far
    apart are told from each other only if that distance is more than rounding;
    if not, the weights of the nodes share it out. NaN in a large component where
    the search does not converge.
    """
    from scipy.sparse.csgraph import connected_components

    values = np.zeros(graph.n)
    if not len(graph.ends):
        return values
    count, labels = connected_components(graph.weighted, directed=False)
    sizes = np.bincount(labels, minlength=count)
    order = np.argsort(labels, kind="stable")
    ordered = graph.weighted[order][:, order]
    starts = np.cumsum(sizes) - sizes
    for nodes, units in _units(ordered, starts, sizes):
        values[order[nodes]] = units * math.sqrt(nodes.shape[-1] / graph.n)
    return values


def _units(matrix: csr_array, starts: Ints, sizes: Ints) -> Iterator[tuple[Ints, Floats]]:
    """Positions and unit eigenvectors of every component of two nodes or more."""
    for size in np.unique(sizes[(sizes > 1) & (sizes <= DENSE)]):
        chosen = starts[sizes == size]
        step = max(DENSE_NUMBERS // int(size) ** 2, 1)
        for at in range(0, len(chosen), step):
            yield _dense_units(matrix, chosen[at : at + step], int(size))
    for start, size in zip(starts[sizes > DENSE], sizes[sizes > DENSE], strict=True):
        part = matrix[start : start + size, start : start + size]
        yield np.arange(start, start + size), _unit(part)


def _dense_units(matrix: csr_array, starts: Ints, size: int) -> tuple[Ints, Floats]:
    """Components of one size: a row of positions and a row of values for each."""
    nodes = starts[:, None] + np.arange(size)
    rows = matrix[nodes.ravel()].tocoo()
    block = rows.row // size
    dense = np.zeros((len(starts), size, size))
    dense[block, rows.row % size, rows.col - starts[block]] = rows.data
    value, vector = np.linalg.eigh(dense)
    # The start of ``_unit`` projected on what rounding cannot tell from the principal one.
    tied = value >= value[:, -1:] * (1 - TIED)
    shares = np.einsum("bik,bi->bk", vector, dense.sum(axis=2)) * tied
    units = np.abs(np.einsum("bik,bk->bi", vector, shares))
    return nodes, units / np.linalg.norm(units, axis=1, keepdims=True)


def _unit(matrix: csr_array) -> Floats:
    """The principal eigenvector of a connected matrix: by Lanczos, else by Noda, else NaN."""
    start = np.asarray(matrix.sum(axis=1), dtype=np.float64)
    vector = _by_lanczos(matrix, start / _length(start))
    if vector is not None:
        return vector
    n = len(start)
    if n <= INVERTED or matrix.nnz <= 2 * n * CHAINLIKE:
        return _by_inversion(matrix, start / _length(start))
    return np.full(n, np.nan)


def _by_lanczos(matrix: csr_array, start: Floats) -> Floats | None:
    """The principal eigenvector in the space of a vector and its images, None if too slow.

    Lanczos, C., An iteration method for the solution of the eigenvalue problem,
    Journal of Research of the National Bureau of Standards 45, 1950, restarted
    with the best vectors: Wu, K., Simon, H., Thick-restart Lanczos method for
    large symmetric eigenvalue problems, SIAM Journal on Matrix Analysis and
    Applications 22, 2000. Every vector is made orthogonal to all before,
    twice. A positive start is never orthogonal to the principal eigenvector:
    a space which ends early holds it.
    """
    held = min(BASIS, len(start))
    basis = np.zeros((held + 1, len(start)))
    basis[0] = start
    inner = np.zeros((held, held))
    at = 0
    for _ in range(STEPS):
        image = matrix @ basis[at]
        inner[at, : at + 1] = inner[: at + 1, at] = _take_off(image, basis[: at + 1])
        _take_off(image, basis[: at + 1])
        length = _length(image)
        ended = length <= RESIDUAL * np.abs(inner).max()
        if at % LOOKED_AT and at + 1 < held and not ended:
            at += 1
            basis[at] = image / length
            continue
        value, small = np.linalg.eigh(inner[: at + 1, : at + 1])
        if length * abs(small[-1, -1]) <= RESIDUAL * value[-1] or ended:
            tied = small[:, value >= value[-1] * (1 - TIED)]
            found = np.einsum("ik,ij->kj", tied, basis[: at + 1])
            best = np.abs(np.einsum("kj,k->j", found, np.einsum("kj,j->k", found, start)))
            return np.asarray(best / _length(best))
        at += 1
        if at == held:
            basis[:KEPT] = np.einsum("ik,ij->kj", small[:, -KEPT:], basis[:held])
            inner[:] = 0
            inner[:KEPT, :KEPT] = np.diag(value[-KEPT:])
            at = KEPT
        basis[at] = image / length
    return None


def _take_off(image: Floats, basis: Floats) -> Floats:
    """Takes off ``image`` what lies along each vector, and returns how much.

    Here and in ``_length`` without BLAS: its last bits depend on the number of
    threads, which wait long for each other on a busy machine.
    """
    along = np.zeros(len(basis))
    for at, known in enumerate(basis):
        along[at] = np.einsum("i,i->", known, image)
        image -= along[at] * known
    return along


def _length(vector: Floats) -> float:
    return math.sqrt(np.einsum("i,i->", vector, vector))


def _by_inversion(matrix: csr_array, vector: Floats) -> Floats:
    """For an eigenvalue close to the second: few steps, each a factorisation of the matrix.

    Noda, T., Note on the computation of the maximal eigenvalue of a
    non-negative irreducible matrix, Numerische Mathematik 17, 1971: the shift is
    an upper bound of the eigenvalue, so that every vector is positive.
    """
    from scipy.sparse import eye_array
    from scipy.sparse.linalg import splu

    one = eye_array(matrix.shape[0], format="csc")
    least = math.inf
    for _ in range(INVERSIONS):
        vector = np.maximum(vector, np.finfo(float).tiny)
        image = matrix @ vector
        value = float(np.einsum("i,i->", vector, image))
        least = min(least, float((image / vector).max()))
        try:
            solved = np.abs(splu((least * one - matrix).tocsc()).solve(vector))
        except RuntimeError:  # The bound is the eigenvalue: nothing is left to invert.
            break
        vector = solved / _length(solved)
        # A small residual alone could be that of the second eigenvector.
        if least - value <= RESIDUAL * least:
            break
    return vector
