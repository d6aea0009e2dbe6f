"""The measures by networkx: the reference, whose definitions anybody can read.

Each function takes a ``Study`` and returns one value per node, in the order of
the network's nodes; NaN where the measure is not defined.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from ptce_graph.analysis.kernels.adjacency import Floats
from ptce_graph.analysis.study import Study

if TYPE_CHECKING:
    from networkx import Graph


def degree(study: Study) -> Floats:
    return _in_order(study, dict(_graph(study).degree()))


def strength(study: Study) -> Floats:
    return _in_order(study, dict(_graph(study).degree(weight="weight")))


def betweenness(study: Study) -> Floats:
    import networkx as nx

    return _in_order(study, nx.betweenness_centrality(_graph(study), normalized=True))


def harmonic(study: Study) -> Floats:
    import networkx as nx

    others = max(study.size - 1, 1)
    return _in_order(study, nx.harmonic_centrality(_graph(study))) / others


def eigenvector(study: Study) -> Floats:
    """Component by component, each of mean square 1/n; lone nodes 0."""
    import networkx as nx

    graph, values = _graph(study), dict.fromkeys(_graph(study), 0.0)
    for component in nx.connected_components(graph):
        if len(component) == 2:
            # Both ends are alike; the general solver refuses so small a matrix.
            values.update(dict.fromkeys(component, (1 / len(graph)) ** 0.5))
        elif len(component) > 2:
            part = graph.subgraph(component).copy()
            found = nx.eigenvector_centrality_numpy(part, weight="weight")
            scale = (len(component) / len(graph)) ** 0.5
            values.update({node: abs(value) * scale for node, value in found.items()})
    return _in_order(study, values)


def pagerank(study: Study) -> Floats:
    import networkx as nx

    found = nx.pagerank(_graph(study), tol=1e-12, max_iter=1000) if study.size else {}
    return _in_order(study, found)


def core(study: Study) -> Floats:
    import networkx as nx

    return _in_order(study, nx.core_number(_graph(study)))


def clustering(study: Study) -> Floats:
    import networkx as nx

    return _in_order(study, nx.clustering(_graph(study)))


def constraint(study: Study) -> Floats:
    import networkx as nx

    return _in_order(study, nx.constraint(_graph(study), weight="weight"))


def effective_size(study: Study) -> Floats:
    import networkx as nx

    return _in_order(study, nx.effective_size(_graph(study)))


def pieces(study: Study) -> Floats:
    """For each node the pieces that its loss adds: its blocks less one."""
    import networkx as nx

    blocks = dict.fromkeys(_graph(study), 0)
    for block in nx.biconnected_components(_graph(study)):
        for node in block:
            blocks[node] += 1
    return _in_order(study, {node: max(count - 1, 0) for node, count in blocks.items()})


def _graph(study: Study) -> Graph:
    return study.network.graph


def _in_order(study: Study, values: Mapping[Any, float]) -> Floats:
    return np.array([values[node] for node in study.network.ids], dtype=np.float64)
