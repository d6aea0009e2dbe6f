"""What organisations belong to: counts of memberships, and groups of nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from ptce_graph.analysis.groups import Groups, groups
from ptce_graph.analysis.kernels.adjacency import Floats
from ptce_graph.errors import unknown_choice
from ptce_graph.i18n import gettext as _
from ptce_graph.i18n import mark
from ptce_graph.network.filters import territories_of_places
from ptce_graph.network.links import CARRYING, MEMBERSHIP
from ptce_graph.network.network import Network

if TYPE_CHECKING:
    from pandas import DataFrame


#: The group of poles, beside the kinds of organisation of the code list.
POLE = "pole"


def memberships(network: Network) -> Floats:
    """The number of different networks and poles each node belongs to.

    Counted on the memberships that the filters keep, whatever the projection,
    however many documents tell them or roles they take; carrying a pole is not
    counted. 0 where no document says one.
    """
    told = joined(network, (MEMBERSHIP,))
    return _counted(network, told.groupby("subject")["object"].nunique())


def members(network: Network) -> Floats:
    """The number of different organisations and poles that belong to each network or pole.

    Counted as ``memberships`` is; 0 for what is neither a network nor a pole
    or has no member that a document names.
    """
    told = joined(network, (MEMBERSHIP,))
    return _counted(network, told.groupby("object")["subject"].nunique())


def joined(network: Network, kinds: tuple[str, ...] = (MEMBERSHIP, CARRYING)) -> DataFrame:
    """The links by which something belongs to (or carries) a network or pole, with their rows."""
    actors = network.facts.actors
    joinable = actors.index[(actors["type"] == "pole") | (actors["kind"] == "reseau")]
    told = network.links[network.links["kind"].isin(kinds)]
    return told[told["object"].isin(joinable)]


def _counted(network: Network, counts: DataFrame) -> Floats:
    return np.asarray(counts.reindex(network.ids).fillna(0), dtype=np.float64)


def _of_networks(network: Network) -> Iterator[tuple[str, str]]:
    """Each network with itself, each member with its networks."""
    actors = network.facts.actors
    networks = set(actors.index[actors["kind"] == "reseau"])
    yield from ((name, name) for name in sorted(networks))
    told = network.links[network.links["kind"] == MEMBERSHIP]
    told = told[told["object"].isin(networks)]
    yield from zip(told["subject"].tolist(), told["object"].tolist(), strict=True)


def _of_poles(network: Network) -> Iterator[tuple[str, str]]:
    """Each pole with itself, its members and its carrier."""
    actors = network.facts.actors
    poles = set(actors.index[actors["type"] == "pole"])
    yield from ((name, name) for name in sorted(poles))
    told = network.links[network.links["kind"].isin((MEMBERSHIP, CARRYING))]
    told = told[told["object"].isin(poles)]
    yield from zip(told["subject"].tolist(), told["object"].tolist(), strict=True)


def _of_kinds(network: Network) -> Iterator[tuple[str, str]]:
    actors = network.facts.actors
    kinds = actors["kind"].where(actors["type"] != "pole", POLE)
    yield from ((str(actor), kind) for actor, kind in kinds.items() if kind)


def _of_statuts(network: Network) -> Iterator[tuple[str, str]]:
    """Legal forms: an accreditation says no form, and an organisation may have both."""
    for actor, forms in network.facts.actors["legal_forms"].items():
        yield from ((str(actor), form) for form in forms)


def _of_regions(network: Network) -> Iterator[tuple[str, str]]:
    """Regions of today."""
    territories = territories_of_places(network.facts)
    for actor, places in network.facts.actors["places"].items():
        for place in places:
            told = territories.get(place, {})
            yield from ((str(actor), name) for name, kind in told.items() if kind == "region")


def _of_both(network: Network) -> Iterator[tuple[str, str]]:
    yield from _of_networks(network)
    yield from _of_poles(network)


#: What nodes can be grouped by, with the words for it.
GROUPINGS: dict[str, tuple[str, Callable[[Network], Iterator[tuple[str, str]]]]] = {
    "networks": (mark("networks they belong to"), _of_networks),
    "poles": (mark("poles they belong to or carry"), _of_poles),
    "both": (mark("networks and poles"), _of_both),
    "kind": (mark("kinds of organisation"), _of_kinds),
    "statut": (mark("legal forms"), _of_statuts),
    "region": (mark("regions of today"), _of_regions),
}


def groups_of(network: Network, grouping: str) -> Groups:
    """The groups of the nodes of ``network``; ``CallError`` for an unknown grouping."""
    if grouping not in GROUPINGS:
        raise unknown_choice(
            _("Nodes are not grouped by {name}.").format(name=grouping), grouping, GROUPINGS
        )
    place = {node: at for at, node in enumerate(network.ids.tolist())}
    told = GROUPINGS[grouping][1](network)
    return groups(len(place), ((place[node], name) for node, name in told if node in place))


def group_name(network: Network, name: str) -> str:
    """The name to show of a group: that of the network, pole or code, in French."""
    facts = network.facts
    if name in facts.actors.index:
        return str(facts.actors.at[name, "name"])
    if name == POLE:
        return "pôle"
    for scheme in ("organisation-kinds", "legal-forms"):
        if name in set(facts.tables.codes[scheme]["code"]):
            return facts.tables.label(scheme, name, "fr")
    places = facts.tables.frames["places"]
    found = places.loc[places["id"] == name, "name"]
    return str(found.iloc[0]) if len(found) else name
