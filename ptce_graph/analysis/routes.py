"""Ways from one to another, what cuts them, and what a loss would change.

Everything here is about the network as it is projected: two nodes are tied
when an edge ties them, whatever its weight.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from ptce_graph.analysis.kernels.adjacency import Adjacency, Ints
from ptce_graph.errors import CallError, unknown_choice
from ptce_graph.i18n import gettext as _
from ptce_graph.i18n import mark
from ptce_graph.network.network import Network
from ptce_graph.network.projections import HUB

if TYPE_CHECKING:
    from pandas import DataFrame

#: What ``removal`` counts, with the words for it.
REMOVAL_ITEMS = {
    "nodes": mark("Nodes"),
    "ties": mark("Ties"),
    "components": mark("Components of at least two nodes"),
    "largest_component": mark("Nodes in the largest component"),
    "isolated": mark("Nodes tied to nothing"),
    "networks_connected": mark("Pairs of networks that some path connects"),
    "networks_bridged": mark("Pairs of networks that something bridges"),
    "networks_distance": mark("Mean distance between networks connected before and after"),
}


def path(network: Network, start: str, end: str) -> DataFrame:
    """One shortest path from ``start`` to ``end``, one row per step.

    Fewest ties; among several, the one whose identifiers come first in
    alphabetical order, compared from ``start`` on. Columns: ``step`` (from 1),
    ``from``, ``to``, ``kinds`` (of links, joined by ``|``) and ``facts`` (rows
    of the links table, a tuple). No row where no path leads there, or where
    both are one. Raises ``CallError`` for what is no node of the network.
    """
    import pandas as pd

    here, there = _position(network, start), _position(network, end)
    graph, ids = adjacency_of(network), network.ids
    left = _distances(graph, [there])[0]
    keys = graph.ends[:, 0] * graph.n + graph.ends[:, 1]
    rows: list[dict[str, object]] = []
    while left[here] > 0:
        neighbours = _neighbours(graph, here)
        nearer = neighbours[left[neighbours] == left[here] - 1]
        after = min(nearer.tolist(), key=lambda at: str(ids[at]))
        edge = int(np.searchsorted(keys, min(here, after) * graph.n + max(here, after)))
        rows.append(
            {
                "step": len(rows) + 1,
                "from": ids[here],
                "to": ids[after],
                "kinds": "|".join(network.edges.kinds_of(edge)),
                "facts": network.edges.facts_of(edge),
            }
        )
        here = after
    return pd.DataFrame(rows, columns=["step", "from", "to", "kinds", "facts"])


def paths_count(network: Network, start: str, end: str) -> tuple[int, int]:
    """The number of ties of a shortest path from ``start`` to ``end``, and how many such paths.

    (-1, 0) where none leads there, (0, 1) where both are one. Raises
    ``CallError`` for what is no node of the network.
    """
    here, there = _position(network, start), _position(network, end)
    graph = adjacency_of(network)
    far = _distances(graph, [here])[0]
    if far[there] < 0:
        return -1, 0
    # Whole numbers without bound: the paths can be more than an array's cells can count.
    counts = {there: 1}
    for distance in range(int(far[there]) - 1, -1, -1):
        before: dict[int, int] = {}
        for node, count in counts.items():
            neighbours = _neighbours(graph, node)
            for nearer in neighbours[far[neighbours] == distance].tolist():
                before[nearer] = before.get(nearer, 0) + count
        counts = before
    return int(far[there]), counts[here]


def cut(network: Network, start: str, end: str) -> tuple[DataFrame, bool]:
    """The fewest nodes whose loss leaves no path from ``start`` to ``end``, and if they are tied.

    Columns ``node`` and ``type``, sorted; among the smallest cuts the one
    nearest to ``start``, which is the same whatever the order of the links. A
    direct tie between the two, which the loss of no other node undoes, is set
    aside; the second value says that there is one. No row where nothing else
    connects them. Raises ``CallError`` for what is no node of the network, and
    where both are one.

    K. Menger, Zur allgemeinen Kurventheorie, Fundamenta Mathematicae 10, 1927:
    as many nodes as there are paths with no other node in common.
    """
    import pandas as pd

    here, there = _position(network, start), _position(network, end)
    if here == there:
        raise CallError(
            _("Nothing can be cut from itself: {name}.").format(name=start),
            _("Name two different organisations, networks or poles."),
        )
    graph = adjacency_of(network)
    direct = (graph.ends == (min(here, there), max(here, there))).all(axis=1)
    found = [
        (str(network.ids[at])) for at in _smallest_cut(graph, graph.ends[~direct], here, there)
    ]
    types = network.nodes["type"]
    frame = pd.DataFrame(
        [(node, types[node]) for node in sorted(found)], columns=["node", "type"], dtype=object
    )
    return frame, bool(direct.any())


def removal(network: Network, removed: Sequence[str]) -> DataFrame:
    """The network before and after the loss of some nodes.

    One row per item of ``REMOVAL_ITEMS``: ``item``, ``before`` and ``after``.
    Removed nodes are not counted among those tied to nothing. ``networks_``
    items count pairs of networks that are there; the mean distance, in ties, is
    over the pairs connected both before and after, NaN where there is none. A
    cooperation of many that loses partners is no cooperation of two: a loss
    bridges nothing. Raises ``CallError`` for what is no node of the network.
    """
    import pandas as pd

    after = _without(network, removed)
    far, still = _between_networks(network), _between_networks(after)
    both = [pair for pair in far if pair in still]
    mean = [sum(d[pair] for pair in both) / len(both) if both else np.nan for d in (far, still)]
    rows = []
    for number, (part, distances) in enumerate(((network, far), (after, still))):
        rows.append([*_counts(part), len(distances), _pairs_tied(part), mean[number]])
    return pd.DataFrame({"item": list(REMOVAL_ITEMS), "before": rows[0], "after": rows[1]}).astype(
        {"before": float, "after": float}
    )


def separated(network: Network, removed: Sequence[str]) -> DataFrame:
    """The pairs of networks that remain and that no path connects once ``removed`` are lost.

    Columns ``network_a``, ``network_b``, sorted. Raises ``CallError`` for what
    is no node of the network.
    """
    import pandas as pd

    after = _without(network, removed)
    still = _between_networks(after)
    lost = [
        pair
        for pair in _between_networks(network)
        if pair not in still and not set(pair) & set(removed)
    ]
    return pd.DataFrame(sorted(lost), columns=["network_a", "network_b"], dtype=object)


def _without(network: Network, removed: Sequence[str]) -> Network:
    """The network, and the links it is made from, without some of its nodes."""
    for node in removed:
        _position(network, node)
    links = network.links
    gone = links["subject"].isin(list(removed)) | links["object"].isin(list(removed))
    told = links["cooperation"] != ""
    size = links[told].groupby("cooperation")["subject"].nunique()
    # What is left of a broad cooperation would pass for a cooperation of two.
    broken = set(links.loc[gone & told, "cooperation"]) & set(size.index[size > 2])
    broken |= {node.removeprefix(HUB) for node in removed if node.startswith(HUB)}
    kept = links[~gone & ~(told & links["cooperation"].isin(broken))]
    return replace(network.without_nodes(removed), links=kept)


def _counts(network: Network) -> tuple[int, int, int, int, int]:
    """Nodes, ties, components of two and more, the size of the largest, isolated nodes."""
    from ptce_graph.analysis.kernels.structure import components

    sizes = np.bincount(components(adjacency_of(network)))
    return (
        len(network.nodes),
        len(network.edges),
        int((sizes > 1).sum()),
        int(sizes.max(initial=0)),
        int((sizes == 1).sum()),
    )


def _pairs_tied(network: Network) -> int:
    from ptce_graph.analysis.bridges import bridged, told_links

    found = bridged(told_links(network))
    return len(set(zip(found.one.tolist(), found.other.tolist(), strict=True)))


def _between_networks(network: Network) -> dict[tuple[str, str], int]:
    """The distance of each pair of networks that a path connects; identifiers sorted."""
    names = networks_of(network)
    at = [network.position(name) for name in names]
    far = _distances(adjacency_of(network), at)[:, at] if at else np.zeros((0, 0))
    pairs = combinations(range(len(names)), 2)
    return {(names[i], names[j]): int(far[i, j]) for i, j in pairs if far[i, j] >= 0}


def networks_of(network: Network) -> list[str]:
    """The identifiers of the nodes that are networks, sorted."""
    nodes = network.nodes
    return sorted(nodes.index[nodes["type"] == "network"])


def _smallest_cut(graph: Adjacency, ends: Ints, here: int, there: int) -> Iterable[int]:
    """By the largest flow through nodes of which each lets one path pass."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import breadth_first_order, maximum_flow

    n = graph.n
    # Each node is two: 0 to n - 1 to come in, n to 2n - 1 to go out.
    through = np.ones(n, dtype=np.int32)
    one, other = ends[:, 0], ends[:, 1]
    rows = np.concatenate([np.arange(n), one + n, other + n])
    columns = np.concatenate([np.arange(n) + n, other, one])
    capacity = np.concatenate([through, np.full(2 * len(ends), n, dtype=np.int32)])
    whole = csr_array((capacity, (rows, columns)), shape=(2 * n, 2 * n), dtype=np.int32)
    flow = maximum_flow(whole, here + n, there).flow
    rest = whole - flow
    rest.data[rest.data < 0] = 0
    rest.eliminate_zeros()
    reached = np.zeros(2 * n, dtype=bool)
    reached[breadth_first_order(rest, here + n, return_predecessors=False)] = True
    return [int(at) for at in np.flatnonzero(reached[:n] & ~reached[n:])]


def _distances(graph: Adjacency, sources: Sequence[int]) -> Ints:
    """Ties from each source to each node, -1 where no path leads: level by level, all at once."""
    found = np.full((len(sources), graph.n), -1, dtype=np.int64)
    found[np.arange(len(sources)), list(sources)] = 0
    edge = np.zeros((graph.n, len(sources)))
    edge[list(sources), np.arange(len(sources))] = 1.0
    distance = 0
    while edge.any():
        distance += 1
        new = (graph.binary @ edge > 0) & (found.T < 0)
        found.T[new] = distance
        edge = new.astype(np.float64)
    return found


def _neighbours(graph: Adjacency, node: int) -> Ints:
    matrix = graph.binary
    found = matrix.indices[matrix.indptr[node] : matrix.indptr[node + 1]]
    return np.asarray(found, dtype=np.int64)


def adjacency_of(network: Network) -> Adjacency:
    """The ties of a network as the kernels read them."""
    return Adjacency(len(network.nodes), network.edges.ends, network.edges.weight)


def _position(network: Network, node: str) -> int:
    if node not in network.ids:
        raise unknown_choice(
            _("{name} is no node of this network.").format(name=node), node, network.ids.tolist()
        )
    return network.position(node)
