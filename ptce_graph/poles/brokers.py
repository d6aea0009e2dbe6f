"""Who stands between the parties of a pole, apart from the pole itself.

The pole ties all its members by definition, so it says nothing of who brings
them together: it is left out, and so are the cooperations it takes part in.
The pole's own network is made of its parties (members, carrier, partners of
observed cooperations), of what ties at least two of them (networks they belong
to, cooperations, other poles) and of the ties of the parties. The measures are
those of ``analysis``: betweenness (L. Freeman, A set of measures of
centrality based on betweenness, Sociometry 40, 1977) and Burt's constraint
(R. Burt, Structural holes, 1992).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ptce_graph.network.links import COOPERATION
from ptce_graph.poles.findings import Evidence
from ptce_graph.poles.ties import OBSERVED, Teller

if TYPE_CHECKING:
    from pandas import DataFrame

    from ptce_graph.network.network import Network

MEASURED = ("betweenness", "constraint")


@dataclass(frozen=True)
class Broker:
    """Something that stands between parties of the pole, and the facts of its ties there.

    ``party`` says whether it is one itself, or a network, cooperation or pole
    outside that ties them. ``betweenness`` (0 to 1) is the share of pairs of
    the pole's own network whose shortest paths go through it; ``constraint``
    is lower where its neighbours are tied less to each other, ``nan`` where it
    is not defined.
    """

    id: str
    name: str
    party: bool
    betweenness: float
    constraint: float
    evidence: tuple[Evidence, ...]


def own_network(network: Network, links: DataFrame, pole: str, parties: Collection[str]) -> Network:
    """The parties of ``pole`` and what ties two of them or more; without the pole.

    ``network`` is the projection ``all``; ``links`` its rows that touch a party
    or a cooperation of one. What is only planned ties nothing.
    """
    from ptce_graph.network.projections import again

    links = links[links["state"] == OBSERVED]
    with_pole = set(links["cooperation"][links["subject"] == pole]) - {""}
    links = links[~links["cooperation"].isin(with_pole)].sort_index()
    used = {*parties, *links["subject"], *links["object"]}
    nodes = network.nodes[network.nodes.index.isin(used) & (network.nodes.index != pole)]
    links = links[(links["subject"] != pole) & (links["object"] != pole)]
    found = again(replace(network, nodes=nodes), links)
    ids, ends = found.ids, found.edges.ends
    inside = ids.isin(list(parties))
    touches = np.zeros(len(ids), dtype=np.int64)
    for here, there in ((0, 1), (1, 0)):
        np.add.at(touches, ends[:, here], inside[ends[:, there]])
    return found.without_nodes(ids[~(inside | (touches >= 2))].tolist())


def network_with_pole(network: Network, own: Network, pole: str) -> Network:
    """What is drawn of a pole: ``own`` (see ``own_network``) with the pole and its ties.

    A cooperation ties those of its partners that are drawn, where they are two or more.
    """
    from ptce_graph.network.projections import again

    near = [*own.ids, pole]
    links = network.links[network.links["state"] == OBSERVED]
    links = links[links["subject"].isin(near)]
    partners = links[links["kind"] == COOPERATION].groupby("cooperation")["subject"].nunique()
    shared = links["cooperation"].isin(partners.index[partners >= 2])
    links = links[shared | ((links["kind"] != COOPERATION) & links["object"].isin(near))]
    return again(replace(network, nodes=network.nodes[network.nodes.index.isin(near)]), links)


def brokers_within(own: Network, parties: Collection[str], teller: Teller) -> tuple[Broker, ...]:
    """Who stands between others in a pole's own network, the most between first.

    Empty where no two parties are tied except by the pole. Cooperations are
    ways between parties and no brokers.
    """
    from ptce_graph.analysis.measures import measure_nodes
    from ptce_graph.analysis.study import Study

    if not len(own.edges):
        return ()
    frame = measure_nodes(Study(own), MEASURED)
    frame = frame[frame["betweenness"] > 0]
    rows_of = {str(node): _rows_at(own, str(node)) for node in frame["id"]}
    used = own.links.loc[sorted({row for rows in rows_of.values() for row in rows})]
    told = {link.Index: teller.link(link) for link in used.itertuples()}
    return tuple(
        Broker(
            str(row.id),
            str(row.name),
            row.id in parties,
            float(row.betweenness),
            float(row.constraint),
            tuple(told[fact] for fact in rows_of[str(row.id)]),
        )
        for row in frame.itertuples()
    )


def _rows_at(own: Network, node: str) -> list[int]:
    """The rows of the links table that the edges of ``node`` come from."""
    at = own.position(node)
    edges = np.flatnonzero((own.edges.ends == at).any(axis=1))
    return sorted({row for edge in edges for row in own.edges.facts_of(int(edge))})
