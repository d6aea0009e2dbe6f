"""Nodes and ties whose loss alone cuts the network."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from ptce_graph.analysis.kernels.adjacency import Adjacency, Ints
from ptce_graph.analysis.routes import adjacency_of, networks_of
from ptce_graph.network.network import Network

if TYPE_CHECKING:
    from pandas import DataFrame


def cut_points(network: Network) -> DataFrame:
    """For each pair of networks that some path connects, the nodes whose loss alone parts them.

    Columns ``network_a``, ``network_b``, ``node`` and ``type`` (``organisation``,
    ``pole``, ``cooperation``, or ``network`` where a third network stands
    between), sorted. Every path between the two passes by each of them.

    They are the articulation points on the way from one to the other in the
    tree of blocks and cut points: F. Harary, Graph theory, chapter 4, 1969.
    """
    import pandas as pd

    names, ids, types = networks_of(network), network.ids, network.nodes["type"].to_numpy()
    up = _ways_up(adjacency_of(network), [network.position(name) for name in names])
    rows = []
    for (one, first), (other, second) in combinations(zip(names, up, strict=True), 2):
        for at in _between(first, second, len(ids)):
            rows.append((one, other, ids[at], types[at]))
    columns = ["network_a", "network_b", "node", "type"]
    return pd.DataFrame(sorted(rows), columns=columns, dtype=object)


def bridge_links(network: Network) -> DataFrame:
    """The edges that no other path replaces, with what their loss would cut off.

    Columns: ``from``, ``to`` (the end on the smaller side; in alphabetical
    order where both are alike), ``kinds`` (of links, joined by ``|``),
    ``smaller_side`` (nodes on the smaller side, 1 for who has this tie only)
    and ``facts`` (rows of the links table, a tuple). Largest first, then in
    alphabetical order.

    R. E. Tarjan, A note on finding the bridges of a graph, Information
    Processing Letters 2, 1974.
    """
    import pandas as pd

    from ptce_graph.analysis.kernels.structure import bridge_edges

    graph, ids = adjacency_of(network), network.ids.tolist()
    edges = bridge_edges(graph)
    rows = []
    for edge, (beyond, whole) in zip(edges.tolist(), _sides(graph, edges), strict=True):
        ends = sorted(ids[at] for at in graph.ends[edge].tolist())
        if 2 * beyond != whole:
            ends = [ids[at] for at in graph.ends[edge].tolist()][:: 1 if 2 * beyond < whole else -1]
        kinds, facts = "|".join(network.edges.kinds_of(edge)), network.edges.facts_of(edge)
        rows.append((*ends, kinds, min(beyond, whole - beyond), facts))
    rows.sort(key=lambda row: (-row[3], row[0], row[1]))
    return pd.DataFrame(rows, columns=["from", "to", "kinds", "smaller_side", "facts"])


def _ways_up(graph: Adjacency, nodes: Sequence[int]) -> list[list[int]]:
    """From each node up to the root of its tree of blocks and cut points.

    Blocks are numbered from ``graph.n`` on. A way starts with the node.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import breadth_first_order

    from ptce_graph.analysis.kernels.structure import blocks

    ends, block = blocks(graph)
    size = graph.n + int(block.max(initial=-1)) + 1
    pairs = np.unique(np.stack([ends.ravel(), np.repeat(block, 2) + graph.n], axis=1), axis=0)
    tree = csr_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(size, size))
    parent = np.full(size, -1, dtype=np.int64)
    seen = np.zeros(size, dtype=bool)
    for node in nodes:
        if not seen[node]:
            order, before = breadth_first_order(tree, node, directed=False)
            seen[order] = True
            parent[order[1:]] = before[order[1:]]
    ways = []
    for node in nodes:
        way = [node]
        while parent[way[-1]] >= 0:
            way.append(int(parent[way[-1]]))
        ways.append(way)
    return ways


def _between(first: list[int], second: list[int], blocks_from: int) -> list[int]:
    """The cut points on the way from the start of one way up to the start of another."""
    if first[-1] != second[-1]:
        return []
    shared = set(first) & set(second)
    meeting = next(node for node in first if node in shared)
    inner = {node for node in (*first, *second) if node not in shared} | {meeting}
    return sorted(at for at in inner - {first[0], second[0]} if at < blocks_from)


def _sides(graph: Adjacency, edges: Ints) -> list[tuple[int, int]]:
    """For each edge that is a bridge: nodes on the side of its second end, nodes on both."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import breadth_first_order

    from ptce_graph.analysis.kernels.structure import components

    rest = np.delete(graph.ends, edges, axis=0)
    part = components(Adjacency(graph.n, rest, np.ones(len(rest))))
    whole = components(graph)
    root = int(part.max(initial=-1)) + 1
    # What no bridge cuts is one point of a forest; a root of our own makes it one tree.
    first = part[np.unique(whole, return_index=True)[1]]
    one = np.concatenate([part[graph.ends[edges, 0]], np.full(len(first), root)])
    other = np.concatenate([part[graph.ends[edges, 1]], first])
    tree = csr_array((np.ones(len(one)), (one, other)), shape=(root + 1, root + 1))
    order, before = breadth_first_order(tree, root, directed=False)
    below = np.append(np.bincount(part, minlength=root), 0).tolist()
    for at in order[:0:-1].tolist():
        below[before[at]] += below[at]
    sizes = np.bincount(whole)[whole].tolist()
    found = []
    for near, far in graph.ends[edges].tolist():
        inside = before[part[far]] == part[near]
        beyond = below[part[far]] if inside else sizes[near] - below[part[near]]
        found.append((beyond, sizes[near]))
    return found
