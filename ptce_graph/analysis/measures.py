"""The measures of nodes: one registry, one entry per measure.

A measure takes the network it is computed on and the links it comes from, and
gives a number per node. Adding one: write the function, add its line to
``MEASURES``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ptce_graph.analysis.bridges import pairs_bridged
from ptce_graph.errors import unknown_choice
from ptce_graph.i18n import gettext as _
from ptce_graph.i18n import mark
from ptce_graph.network.links import MEMBERSHIP
from ptce_graph.tables.facts import Facts

if TYPE_CHECKING:
    from networkx import Graph
    from pandas import DataFrame


@dataclass(frozen=True)
class Network:
    """What a measure looks at: the facts, their links, and one projection of them."""

    facts: Facts
    links: DataFrame
    graph: Graph
    projection: str


@dataclass(frozen=True)
class Measure:
    """A measure: its name, words and definition (English message identifiers), its function."""

    name: str
    label: str
    definition: str
    compute: Callable[[Network], Mapping[str, float]]
    whole: bool = False
    """The values are counts, not fractions."""


def degree(network: Network) -> Mapping[str, float]:
    """The number of nodes tied to each node, 0 to n - 1.

    Freeman, L. C., Centrality in social networks: conceptual clarification,
    Social Networks 1, 1979.
    """
    return dict(network.graph.degree())


def betweenness(network: Network) -> Mapping[str, float]:
    """The share of shortest paths between other nodes that pass through each node, 0 to 1.

    Unweighted; a pair without a path adds nothing; divided by the number of
    pairs, (n - 1)(n - 2) / 2, over the whole network. Freeman, L. C., A set of
    measures of centrality based on betweenness, Sociometry 40, 1977; algorithm
    of Brandes, 2001, as in networkx.
    """
    import networkx as nx

    result: Mapping[str, float] = nx.betweenness_centrality(network.graph, normalized=True)
    return result


def memberships(network: Network) -> Mapping[str, float]:
    """The number of different networks and poles each organisation belongs to.

    Counted on all memberships, whatever the projection, however many
    documents tell them or roles they take.
    """
    actors = network.facts.actors
    joined = actors.index[(actors["type"] == "pole") | (actors["kind"] == "reseau")]
    told = network.links[network.links["kind"] == MEMBERSHIP]
    told = told[told["object"].isin(joined)]
    counts = told.groupby("subject")["object"].nunique()
    return {node: int(counts.get(node, 0)) for node in network.graph}


def members(network: Network) -> Mapping[str, float]:
    """The number of different organisations and poles that belong to each network or pole.

    Counted as ``memberships`` is; 0 for what is neither a network nor a pole
    or has no member that a document names.
    """
    told = network.links[network.links["kind"] == MEMBERSHIP]
    counts = told.groupby("object")["subject"].nunique()
    return {node: int(counts.get(node, 0)) for node in network.graph}


MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (
        Measure(
            "degree",
            mark("Degree"),
            mark("Number of organisations, poles and cooperations tied to it."),
            degree,
            whole=True,
        ),
        Measure(
            "betweenness",
            mark("Betweenness"),
            mark(
                "Share of the shortest paths between the others that pass through it, from 0 to 1."
            ),
            betweenness,
        ),
        Measure(
            "memberships",
            mark("Memberships"),
            mark("Number of different networks and poles it belongs to."),
            memberships,
            whole=True,
        ),
        Measure(
            "members",
            mark("Members named"),
            mark("Number of different organisations and poles that a document says belong to it."),
            members,
            whole=True,
        ),
        Measure(
            "bridges",
            mark("Pairs of networks bridged"),
            mark(
                "Number of pairs of networks that it ties together: an organisation by "
                "belonging to both, a pole by the organisations attached to it."
            ),
            lambda network: pairs_bridged(network.facts, network.links),
            whole=True,
        ),
    )
}


def measure_nodes(network: Network, names: Sequence[str] = ()) -> DataFrame:
    """A frame with one row per organisation or pole, sorted by the first measure, highest first.

    Columns: ``id``, ``name``, ``type`` (``organisation``, ``network`` or
    ``pole``), then one per measure of ``names`` (all without it). Raises
    ``CallError`` for an unknown measure.
    """
    import pandas as pd

    chosen = [_measure(name) for name in names] or list(MEASURES.values())
    nodes = [node for node, kind in network.graph.nodes(data="type") if kind != "cooperation"]
    frame = pd.DataFrame(
        {
            "id": nodes,
            "name": [network.graph.nodes[node]["name"] for node in nodes],
            "type": [network.graph.nodes[node]["type"] for node in nodes],
        }
    )
    for measure in chosen:
        values = measure.compute(network)
        frame[measure.name] = [values.get(node, 0) for node in nodes]
    order = [*[measure.name for measure in chosen], "id"]
    ascending = [False] * len(chosen) + [True]
    return frame.sort_values(order, ascending=ascending).reset_index(drop=True)


def _measure(name: str) -> Measure:
    if name not in MEASURES:
        raise unknown_choice(
            _("There is no measure named {name}.").format(name=name), name, MEASURES
        )
    return MEASURES[name]
