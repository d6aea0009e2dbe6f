"""The same by networkx: in full where that takes less than a minute, else told from a part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.clock import LONGEST, Seconds, at_most, from_nodes, from_part, timed
from benchmarks.sides import GRAPH, Side
from ptce_graph.analysis import reference
from ptce_graph.analysis.measures import MEASURES
from ptce_graph.analysis.study import NETWORKX, SEED, Study
from ptce_graph.network.links import CARRYING, COOPERATION, MEMBERSHIP
from ptce_graph.network.projections import MOST_PAIRED

if TYPE_CHECKING:
    from networkx import Graph
    from pandas import DataFrame

    from ptce_graph.network.network import Network

#: Up to so many nodes everything is run in full, by the functions of ``reference.py``.
IN_FULL = 5_000
#: Sources from which the time of a search of all shortest paths is told.
SOURCES = 10
#: Nodes of which networkx may hold a full matrix (three of 0.5 GB).
DENSE = 8_000
#: Products that networkx may hold in a sparse matrix: about 2 GB.
PRODUCTS = 1e8
LOUVAIN_LIMIT = 100.0
#: A projection that would take longer by estimate is not made: it fills the memory too.
SHORT_PROJECTION = 15.0

Call = Callable[[], Any]


def by_networkx(side: Side) -> None:
    """Each measure, projection and analysis that networkx has."""
    made, table = side.data()
    network = side.network()

    def graph() -> Graph:
        network.__dict__.pop("graph", None)
        return network.graph

    side.time(GRAPH, graph)
    time_measures(side, network)
    _projections(side, list(made.actors.index), table)
    _communities(side, network.graph)


def time_measures(side: Side, network: Network) -> None:
    """Each measure of nodes that networkx has, a row of ``side`` each."""
    study = Study(network, NETWORKX, 0)
    for name, measure in MEASURES.items():
        if measure.networkx is not None:
            _measure(side, study, name)


def _measure(side: Side, study: Study, name: str) -> None:
    full = MEASURES[name].networkx
    assert full is not None
    if study.size <= IN_FULL or name not in _LARGE:
        side.values[name] = side.time(name, lambda: full(study))
        return
    estimate, call = _LARGE[name](study)
    if estimate is not None and (call is None or estimate.seconds > LONGEST):
        side.row(name, estimate)
        return
    assert call is not None
    found = side.time(name, call)
    if name not in _SAMPLED:
        side.values[name] = found


def _betweenness(study: Study) -> tuple[Seconds, Call]:
    import networkx as nx

    graph, sources = study.network.graph, Study(study.network).sources_searched

    def search(k: int) -> Any:
        return nx.betweenness_centrality(graph, k=k, seed=SEED)

    return from_part(lambda: search(SOURCES), SOURCES, sources), lambda: search(sources)


def _harmonic(study: Study) -> tuple[Seconds, Call]:
    import networkx as nx

    graph, count = study.network.graph, Study(study.network).sources_searched
    drawn = np.random.default_rng(SEED).choice(study.size, count, replace=False)
    sources = [study.network.ids[at] for at in drawn]

    def search(k: int) -> Any:
        return nx.harmonic_centrality(graph, sources=sources[:k])

    return from_part(lambda: search(SOURCES), SOURCES, count), lambda: search(count)


def _clustering(study: Study) -> tuple[Seconds, Call]:
    import networkx as nx

    graph = study.network.graph
    work = 1 + _over_neighbours(study, lambda _own, other: other)
    told = from_nodes(lambda nodes: nx.clustering(graph, nodes), list(graph), work, SEED)
    return told, lambda: reference.clustering(study)


def _effective_size(study: Study) -> tuple[Seconds | None, Call | None]:
    """By its full n × n matrix; from a part of the nodes where that is too large.

    Its other way, node by node, copies the whole graph for each node: slower still.
    """
    import networkx as nx

    if study.size <= DENSE:
        return None, lambda: reference.effective_size(study)
    drawn = np.random.default_rng(SEED).choice(study.size, DENSE, replace=False)
    part = study.network.graph.subgraph(study.network.ids[np.sort(drawn)]).copy()
    seconds, _found = timed(lambda: nx.effective_size(part))
    told = _told(seconds, (study.size / DENSE) ** 2, 2 * 8 * study.size**2)
    return replace(told, note=f"the full matrix alone; {told.note}"), None


def _constraint(study: Study) -> tuple[Seconds | None, Call | None]:
    """By its product of sparse matrices; from a part without hubs where that is too large."""
    import networkx as nx

    degree = study.adjacency.degree.astype(np.float64)
    needed = float((degree**2).sum())
    if needed <= PRODUCTS:
        return None, lambda: reference.constraint(study)
    order = np.argsort(degree, kind="stable")
    few = np.searchsorted(np.cumsum(degree[order] ** 2), PRODUCTS)
    part = study.network.graph.subgraph(study.network.ids[np.sort(order[:few])]).copy()
    done = float(sum(d**2 for _node, d in part.degree()))
    seconds, _found = timed(lambda: nx.constraint(part, weight="weight"))
    return _told(seconds, needed / done, 2 * 12 * needed), None


def _told(seconds: Seconds, times: float, memory: float) -> Seconds:
    note = f"would need about {memory / 2**30:,.0f} GB"
    return Seconds(seconds.seconds * times, "~", note)


def _over_neighbours(study: Study, of: Callable[[Any, Any], Any]) -> np.ndarray:
    """The sum over the neighbours of each node of ``of(its degree, their degree)``."""
    graph = study.adjacency
    both = np.concatenate([graph.ends, graph.ends[:, ::-1]])
    degrees = graph.degree[both]
    return np.bincount(both[:, 0], of(degrees[:, 0], degrees[:, 1]), minlength=graph.n)


#: On large networks, the time of each that may be long, and the call.
_LARGE: dict[str, Callable[[Study], tuple[Seconds | None, Call | None]]] = {
    "betweenness": _betweenness,
    "harmonic": _harmonic,
    "clustering": _clustering,
    "constraint": _constraint,
    "effective_size": _effective_size,
}
#: Their sources are drawn otherwise than ours: times are compared, not values.
_SAMPLED = ("betweenness", "harmonic")


def _projections(side: Side, actors: Sequence[str], table: DataFrame) -> None:
    """Plain graphs, without the facts behind each edge; weights as ours."""
    import networkx as nx

    table = table[table["state"] == "constate"]
    joined = table[table["kind"].isin((MEMBERSHIP, CARRYING))]
    parts = table[table["kind"] == COOPERATION]
    belonging = list(zip(joined["subject"], joined["object"], strict=True))
    taking_part = list(zip(parts["subject"], "cooperation:" + parts["object"], strict=True))

    def plain(*pairs: list[tuple[str, str]]) -> Graph:
        graph = nx.Graph()
        graph.add_nodes_from(actors)
        graph.add_edges_from(chain(*pairs))
        return graph

    side.time("projection all", lambda: plain(belonging, taking_part))
    side.time("projection affiliation", lambda: plain(belonging))
    weighted = nx.bipartite.collaboration_weighted_projected_graph
    _projection(side, "cooperation", weighted, taking_part, 0)
    sizes = joined.groupby("object")["subject"].nunique()
    capped = [pair for pair in belonging if sizes[pair[1]] <= MOST_PAIRED]
    _projection(side, "comembership", weighted, capped, 0)
    _projection(side, "overlap", nx.bipartite.weighted_projected_graph, belonging, 1)


def _projection(
    side: Side,
    name: str,
    project: Callable[[Any, Sequence[Any]], Any],
    pairs: list[tuple[str, str]],
    end: int,
) -> None:
    """Onto the first (0) or second (1) ends of ``pairs``, which are kept apart by their place."""
    import networkx as nx
    from scipy.sparse import csr_array

    two_mode = nx.Graph((("of", one), ("to", other)) for one, other in pairs)
    nodes = sorted({(("of", "to")[end], pair[end]) for pair in pairs})
    others = sorted({pair[1 - end] for pair in pairs})
    place = {name: at for at, name in enumerate(others)}
    rows = {node[1]: at for at, node in enumerate(nodes)}
    at = {(rows[pair[end]], place[pair[1 - end]]) for pair in pairs}
    row, column = np.array(sorted(at)).T
    matrix = csr_array((np.ones(len(row)), (row, column)), shape=(len(nodes), len(others)))
    # What each node reads: its own ties, and those of all that it shares one with.
    met = matrix @ matrix.T
    met.data[:] = 1
    work = 1 + met @ matrix.sum(axis=1)
    told = from_nodes(lambda some: project(two_mode, some), nodes, work, SEED)
    if told.seconds > SHORT_PROJECTION:
        side.row(f"projection {name}", told)
    else:
        side.time(f"projection {name}", lambda: project(two_mode, nodes))


def _communities(side: Side, graph: Graph) -> None:
    import networkx as nx

    found: list[set[str]] = []

    def search() -> None:
        found[:] = nx.community.louvain_communities(graph, weight="weight", seed=SEED)

    side.row("analysis communities", at_most(LOUVAIN_LIMIT, search))
    if found:
        quality = nx.community.modularity(graph, found, weight="weight")
        side.remark("analysis communities", f"modularity {quality:.3f}")
