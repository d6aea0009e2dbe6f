"""Brokerage in a network of ours: who is tied, and which groups the ends speak for."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from ptce_graph.analysis.belonging import groups_of
from ptce_graph.analysis.brokerage import Brokerage, brokerage, undirected
from ptce_graph.analysis.kernels.adjacency import Adjacency
from ptce_graph.network.network import Network

#: Groupings whose groups are nodes of the network themselves, by their type.
_GROUP_NODES = {"networks": ("network",), "poles": ("pole",), "both": ("network", "pole")}


def ties_between_members(network: Network, grouping: str) -> Adjacency:
    """The network without the ties to the groups themselves, where groups are nodes.

    Belonging to a network is what groups are made of; counted as a tie too,
    every network would broker between all its members.
    """
    ends, weight = network.edges.ends, network.edges.weight
    if grouping in _GROUP_NODES and len(ends):
        is_group = network.nodes["type"].isin(_GROUP_NODES[grouping]).to_numpy(dtype=bool)
        kept = ~is_group[ends].any(axis=1)
        ends, weight = ends[kept], weight[kept]
    return Adjacency(len(network.nodes), ends, weight)


def brokerage_of(network: Network, grouping: str) -> Brokerage:
    """Gould and Fernandez's roles of each node, each unordered pair of ends counted once.

    Ties have no direction here, so a gatekeeper is a representative as well:
    each such pair counts half for either role.
    """
    graph = ties_between_members(network, grouping)
    found = brokerage(graph.n, undirected(graph.ends), groups_of(network, grouping))
    return Brokerage(**{f.name: np.asarray(getattr(found, f.name)) / 2 for f in fields(found)})
