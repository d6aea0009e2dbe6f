"""Networks of different kinds from the links: what is a node, what is an edge.

Every projection is an undirected ``networkx.Graph`` that holds every
organisation and pole, tied or not; each edge keeps in ``facts`` the rows of
the links table that it comes from (a tuple of row numbers), and in ``kinds``
the kinds of those links.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import TYPE_CHECKING

from ptce_graph.errors import unknown_choice
from ptce_graph.i18n import gettext as _
from ptce_graph.network.links import CARRYING, COOPERATION, MEMBERSHIP
from ptce_graph.tables.facts import Facts

if TYPE_CHECKING:
    from networkx import Graph
    from pandas import DataFrame


def affiliation(facts: Facts, links: DataFrame) -> Graph:
    """Members and the networks or poles they belong to or carry (two modes)."""
    return _graph(facts, links[links["kind"].isin((MEMBERSHIP, CARRYING))])


def cooperation(facts: Facts, links: DataFrame) -> Graph:
    """Partners that take part in a same cooperation.

    Newman's weight: each cooperation of k partners adds 1/(k - 1) to each pair
    (M. Newman, Scientific collaboration networks II, Phys. Rev. E 64, 2001).
    """
    graph = _graph(facts, links.iloc[:0])
    parts = links[links["kind"] == COOPERATION]
    for _name, told in parts.groupby("cooperation", sort=True):
        partners = sorted(set(told["subject"]))
        for one, other in combinations(partners, 2):
            rows = tuple(told.index[told["subject"].isin((one, other))])
            _add(graph, one, other, COOPERATION, rows, 1 / (len(partners) - 1))
    return graph


def everything(facts: Facts, links: DataFrame) -> Graph:
    """All links. A cooperation of two is an edge; one of more, or of one, is a node of its own."""
    graph = _graph(facts, links[links["kind"] != COOPERATION])
    described = facts.frames["cooperations"].drop_duplicates("id").set_index("id")
    for name, told in links[links["kind"] == COOPERATION].groupby("cooperation", sort=True):
        partners = sorted(set(told["subject"]))
        if len(partners) == 2:
            one, other = partners
            _add(graph, one, other, COOPERATION, tuple(told.index), 1.0)
            continue
        hub = f"cooperation:{name}"
        graph.add_node(
            hub,
            type="cooperation",
            name=str(described.at[name, "name"]),
            state=str(described.at[name, "state"]),
        )
        for at in told.index:
            _add(graph, told.at[at, "subject"], hub, COOPERATION, (at,), 1.0)
    return graph


#: The projections, by the name that ``--projection`` takes. The first is the default.
PROJECTIONS: dict[str, Callable[[Facts, DataFrame], Graph]] = {
    "all": everything,
    "affiliation": affiliation,
    "cooperation": cooperation,
}


def project(facts: Facts, links: DataFrame, name: str = "all") -> Graph:
    """The projection called ``name``; ``CallError`` names the nearest where there is none."""
    if name not in PROJECTIONS:
        raise unknown_choice(
            _("There is no projection named {name}.").format(name=name), name, PROJECTIONS
        )
    return PROJECTIONS[name](facts, links)


def _graph(facts: Facts, links: DataFrame) -> Graph:
    """A graph of all actors (sorted) with one edge per tied pair."""
    import networkx as nx

    graph = nx.Graph()
    actors = facts.actors
    for identifier in actors.index:
        graph.add_node(
            identifier,
            type="network"
            if actors.at[identifier, "kind"] == "reseau"
            else actors.at[identifier, "type"],
            name=actors.at[identifier, "name"],
        )
    for at in links.index:
        _add(
            graph, links.at[at, "subject"], links.at[at, "object"], links.at[at, "kind"], (at,), 1.0
        )
    return graph


def _add(
    graph: Graph, one: str, other: str, kind: str, rows: tuple[int, ...], weight: float
) -> None:
    """Tie two nodes, or add facts to the edge that ties them. A node is not tied to itself."""
    if one == other:
        return
    if graph.has_edge(one, other):
        edge = graph.edges[one, other]
        edge["kinds"] = tuple(dict.fromkeys((*edge["kinds"], kind)))
        edge["facts"] = (*edge["facts"], *rows)
        edge["weight"] += weight if kind == COOPERATION else 0.0
    else:
        graph.add_edge(one, other, kinds=(kind,), facts=rows, weight=weight)
