"""A network: nodes, and edges that know the facts they come from.

It is held as arrays, so that France fits; ``graph`` gives the same network as
a networkx graph, made when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ptce_graph.i18n import Note
from ptce_graph.network.filters import Filters
from ptce_graph.network.links import CANDIDACY, CARRYING, COOPERATION, MEMBERSHIP

if TYPE_CHECKING:
    from networkx import Graph
    from pandas import DataFrame, Index

    from ptce_graph.tables.facts import Facts

#: The kinds of links, in the order in which an edge tells them.
KINDS = (CARRYING, MEMBERSHIP, COOPERATION, CANDIDACY)
#: For each number, the kinds that its bits say.
_KINDS_OF_BITS = [
    tuple(kind for bit, kind in enumerate(KINDS) if bits >> bit & 1)
    for bits in range(1 << len(KINDS))
]


@dataclass(frozen=True)
class Edges:
    """``m`` undirected edges, one per tied pair, sorted by their ends.

    ``ends`` (m, 2) are positions of nodes, the first smaller than the second;
    ``weight`` (m) is positive; ``kinds`` (m) holds one bit per kind of
    ``KINDS``; the facts of edge i are ``facts[starts[i]:starts[i + 1]]``, rows
    of the links table, in its order.
    """

    ends: NDArray[np.int64]
    weight: NDArray[np.float64]
    kinds: NDArray[np.int64]
    starts: NDArray[np.int64]
    facts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ends)

    def facts_of(self, edge: int) -> tuple[int, ...]:
        """The rows of the links table that edge number ``edge`` comes from."""
        return tuple(self.facts[self.starts[edge] : self.starts[edge + 1]].tolist())

    def kinds_of(self, edge: int) -> tuple[str, ...]:
        """The kinds of links that edge number ``edge`` comes from."""
        return _KINDS_OF_BITS[int(self.kinds[edge])]


@dataclass(frozen=True)
class Network:
    """One projection of the links that the filters keep.

    ``links`` is the part of the links table in use, with its row numbers;
    ``nodes`` has one row per node, indexed by identifier and sorted: ``type``
    (``organisation``, ``network``, ``pole`` or ``cooperation``), ``name`` and
    ``state`` (of cooperations, or empty). ``left_out`` holds sentences on what
    is not in it and why.
    """

    facts: Facts
    links: DataFrame
    projection: str
    filters: Filters
    nodes: DataFrame
    edges: Edges
    left_out: tuple[Note, ...] = field(default=())

    @property
    def ids(self) -> Index:
        """The identifiers of the nodes, sorted."""
        return self.nodes.index

    def position(self, node: str) -> int:
        """Where ``node`` stands among the nodes; ``KeyError`` where it does not."""
        return int(self.nodes.index.get_loc(node))

    @cached_property
    def graph(self) -> Graph:
        """As an undirected ``networkx.Graph``.

        Nodes have ``type``, ``name`` (and ``state``); edges ``kinds``,
        ``facts`` (tuples) and ``weight``.
        """
        import networkx as nx

        graph = nx.Graph()
        told = zip(
            self.nodes.index,
            self.nodes["type"],
            self.nodes["name"],
            self.nodes["state"],
            strict=True,
        )
        for node, kind, name, state in told:
            graph.add_node(node, type=kind, name=name, **({"state": state} if state else {}))
        ids = self.nodes.index.tolist()
        edges, facts = self.edges, self.edges.facts.tolist()
        columns = zip(
            edges.ends.tolist(),
            edges.kinds.tolist(),
            pairwise(edges.starts.tolist()),
            edges.weight.tolist(),
            strict=True,
        )
        for (one, other), bits, (start, stop), weight in columns:
            graph.add_edge(
                ids[one],
                ids[other],
                kinds=_KINDS_OF_BITS[bits],
                facts=tuple(facts[start:stop]),
                weight=weight,
            )
        return graph

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The documents that say the links of this network."""
        used = self.links.loc[np.unique(self.edges.facts), "source"]
        return tuple(sorted(set(used)))

    def without_nodes(self, dropped: Collection[str]) -> Network:
        """The same network without some of its nodes and their edges."""
        kept = ~self.nodes.index.isin(list(dropped))
        place = np.cumsum(kept) - 1
        stays = kept[self.edges.ends].all(axis=1) if len(self.edges) else np.zeros(0, bool)
        return replace(
            self,
            nodes=self.nodes[kept],
            edges=_part(self.edges, stays, place[self.edges.ends[stays]]),
        )


def _part(edges: Edges, stays: NDArray[np.bool_], ends: NDArray[np.int64]) -> Edges:
    """Some of ``edges``, with new positions of their ends."""
    lengths = np.diff(edges.starts)
    return Edges(
        ends.reshape(-1, 2),
        edges.weight[stays],
        edges.kinds[stays],
        np.concatenate([[0], np.cumsum(lengths[stays])]).astype(np.int64),
        edges.facts[np.repeat(stays, lengths)],
    )


def edges_of(
    one: NDArray[np.int64],
    other: NDArray[np.int64],
    kind: NDArray[np.int64],
    weight: NDArray[np.float64],
    fact: NDArray[np.int64],
) -> Edges:
    """Edges from parts: one entry per pair and fact, in any order.

    A pair's weight is the sum over its parts; a node is not tied to itself. A
    fact that stands twice for one pair is told once.
    """
    apart = one != other
    first = np.minimum(one, other)[apart]
    second = np.maximum(one, other)[apart]
    kind, weight, fact = kind[apart], weight[apart], fact[apart]
    order = _order(first, second, fact)
    first, second, fact = first[order], second[order], fact[order]
    new = np.ones(len(first), dtype=bool)
    new[1:] = (first[1:] != first[:-1]) | (second[1:] != second[:-1])
    edge = np.cumsum(new) - 1
    count = int(new.sum())
    kinds = np.zeros(count, dtype=np.int64)
    np.bitwise_or.at(kinds, edge, np.int64(1) << kind[order])
    repeated = np.zeros(len(first), dtype=bool)
    repeated[1:] = ~new[1:] & (fact[1:] == fact[:-1])
    sizes = np.bincount(edge[~repeated], minlength=count)
    return Edges(
        np.stack([first[new], second[new]], axis=1).astype(np.int64),
        np.bincount(edge, weight[order], minlength=count).astype(np.float64),
        kinds,
        np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        fact[~repeated].astype(np.int64),
    )


def _order(*columns: NDArray[np.int64]) -> NDArray[np.int64]:
    """The order by the first column, then by the next; none negative; equals stay as they came.

    Where a row fits in one number, numbers are sorted: several times faster.
    """
    bits = [int(column.max(initial=0)).bit_length() for column in columns]
    if sum(bits) > 63:
        return np.lexsort(columns[::-1])
    key = columns[0]
    for column, width in zip(columns[1:], bits[1:], strict=True):
        key = key << width | column
    return np.argsort(key, kind="stable")


def pairs_within(group: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All pairs of positions of a sorted array that hold the same value, the first before."""
    later = np.searchsorted(group, group, "right") - 1 - np.arange(len(group))
    one = np.repeat(np.arange(len(group)), later)
    return one, one + 1 + np.arange(len(one)) - np.repeat(np.cumsum(later) - later, later)
