"""How a network holds together: components, cores, and what its loss would cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ptce_graph.analysis.kernels.adjacency import Adjacency, Floats, Ints

if TYPE_CHECKING:
    from rustworkx import PyGraph


def core_number(graph: Adjacency) -> Floats:
    """The largest k such that each node is in the k-core.

    One whole number per node, 0 for isolates. The k-core is the largest part
    of the network in which every node has at least k neighbours in that part;
    high for who sits in a dense part of the network. Weights ignored.

    Seidman, S. B., Network structure and minimum degree, Social Networks 5,
    1983.
    """
    import rustworkx as rx

    # Its own types tell of one number, wrongly.
    cores: Any = rx.core_number(_rustworkx(graph))
    return np.fromiter((cores[node] for node in range(graph.n)), dtype=np.float64, count=graph.n)


def pieces(graph: Adjacency) -> Floats:
    """The number of additional components that the removal of each node makes.

    One whole number per node, 0 for a node that is no articulation point, and
    for isolates; k - 1 where the neighbours fall into k groups that only the
    node holds together. High for who alone links many parts of the network.

    A node lies in as many blocks (biconnected components) as it holds groups
    together: Harary, F., Graph theory, chapter 3, 1969; Hopcroft, J. and
    Tarjan, R., Algorithm 447: efficient algorithms for graph manipulation,
    Communications of the ACM 16, 1973.
    """
    ends, block = blocks(graph)
    pairs = np.stack([ends.ravel(), np.repeat(block, 2)], axis=1)
    blocks_of = np.bincount(np.unique(pairs, axis=0)[:, 0], minlength=graph.n)
    return np.maximum(blocks_of - 1, 0).astype(np.float64)


def bridge_edges(graph: Adjacency) -> Ints:
    """The edges whose loss leaves no path between their ends.

    Sorted row numbers of ``graph.ends``; empty without any. Such an edge is a
    block of its own: Harary, F., Graph theory, chapter 3, 1969.
    """
    ends, block = blocks(graph)
    alone = np.sort(ends[np.bincount(block)[block] == 1], axis=1)
    keys = graph.ends[:, 0] * graph.n + graph.ends[:, 1]
    return np.searchsorted(keys, np.sort(alone[:, 0] * graph.n + alone[:, 1])).astype(np.int64)


def components(graph: Adjacency) -> Ints:
    """The number of the component of each node.

    One whole number per node from 0, the largest component, downwards in
    size; components of the same size in the order of their smallest nodes.
    """
    from scipy.sparse.csgraph import connected_components

    if not graph.n:
        return np.empty(0, dtype=np.int64)
    return numbered_by_size(connected_components(graph.binary, directed=False)[1])


def numbered_by_size(labels: Ints) -> Ints:
    """The same groups, numbered from 0, the largest; ties by their smallest node."""
    _, smallest, group, sizes = np.unique(
        labels, return_index=True, return_inverse=True, return_counts=True
    )
    number = np.empty(len(sizes), dtype=np.int64)
    number[np.lexsort((smallest, -sizes))] = np.arange(len(sizes))
    return number[group]


def blocks(graph: Adjacency) -> tuple[Ints, Ints]:
    """The blocks (biconnected components): edges as pairs of nodes, in any order, (m, 2), and
    the number of the block of each, (m,).

    Hopcroft, J. and Tarjan, R., Algorithm 447, Communications of the ACM 16, 1973.
    """
    import rustworkx as rx

    found = rx.biconnected_components(_rustworkx(graph))
    ends = np.array(list(found.keys()), dtype=np.int64).reshape(-1, 2)
    return ends, np.fromiter(found.values(), dtype=np.int64, count=len(found))


def _rustworkx(graph: Adjacency) -> PyGraph:
    import rustworkx as rx

    # The ends are unique already: a multigraph spares the search for each of them.
    result = rx.PyGraph(multigraph=True)
    result.add_nodes_from(range(graph.n))
    result.extend_from_edge_list([(one, other) for one, other in graph.ends.tolist()])
    return result
