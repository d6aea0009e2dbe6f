"""Measures and groups of the nodes of a map: what sizes, colours and areas can show."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ptce_graph.analysis.belonging import GROUPINGS, groups_of
from ptce_graph.analysis.measures import MEASURES
from ptce_graph.i18n import translator
from ptce_graph.maps.model import Category, Grouping, Scale
from ptce_graph.maps.palette import GROUP_COLORS, OTHERS
from ptce_graph.network.network import Network

if TYPE_CHECKING:
    from pandas import DataFrame

#: The measures that sizes and colours can show, and that cards tell; ``analyse`` has them all.
SCALES = (
    "degree",
    "betweenness",
    "harmonic",
    "constraint",
    "memberships",
    "members",
    "brokering",
    "bridges",
)
#: Groupings by something that is itself a node: alone in its group, it has no member to show.
_OF_NODES = ("networks", "poles")

#: For each grouping the nodes drawn of each of its groups.
Members = dict[str, dict[str, tuple[str, ...]]]


def members_of(network: Network, regions: Mapping[str, Sequence[str]] | None = None) -> Members:
    """For each grouping, its groups with the nodes of ``network`` in them, largest first.

    A network or pole of which no member is drawn makes no group. ``regions``
    tells further nodes of regions.
    """
    ids = network.ids
    found: Members = {}
    for grouping in GROUPINGS:
        groups = groups_of(network, grouping)
        told: dict[str, list[str]] = defaultdict(list)
        matrix = groups.shares.tocoo()
        for row, column in sorted(zip(matrix.row.tolist(), matrix.col.tolist(), strict=True)):
            told[groups.names[column]].append(str(ids[row]))
        for name, nodes in (regions or {}).items() if grouping == "region" else ():
            told[name] = sorted({*told[name], *nodes})
        kept = {
            name: tuple(nodes)
            for name, nodes in told.items()
            if grouping not in _OF_NODES or set(nodes) != {name}
        }
        order = sorted(kept, key=lambda name: (-len(kept[name]), name))
        found[grouping] = {name: kept[name] for name in order}
    return found


def groupings(network: Network, members: Members, language: str) -> tuple[Grouping, ...]:
    """The groupings that have groups, with labels in ``language`` and a colour per group."""
    words = translator(language)
    told = []
    for name, groups in members.items():
        if not groups:
            continue
        label = words(GROUPINGS[name][0])
        categories = tuple(
            Category(
                group,
                group_label(network, group, language),
                GROUP_COLORS[number] if number < len(GROUP_COLORS) else OTHERS,
                "dot",
                len(nodes),
            )
            for number, (group, nodes) in enumerate(groups.items())
        )
        told.append(Grouping(name, label[:1].upper() + label[1:], categories))
    return tuple(told)


def groups_by_node(members: Members) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """For each node its groups in each grouping that has any, in the order of the legend."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for grouping, groups in members.items():
        for group, nodes in groups.items():
            for node in nodes:
                found[node][grouping].append(group)
    return {
        node: tuple((grouping, tuple(groups)) for grouping, groups in told.items())
        for node, told in found.items()
    }


def group_label(network: Network, group: str, language: str) -> str:
    """What a group is called: the name of the network, pole or place, or the code's label."""
    facts = network.facts
    if group in facts.actors.index:
        return str(facts.actors.at[group, "name"])
    if group == "pole":
        return translator(language)("Pole")
    for scheme in ("organisation-kinds", "legal-forms"):
        if group in set(facts.tables.codes[scheme]["code"]):
            return facts.tables.label(scheme, group, language)
    places = facts.tables.frames["places"]
    found = places.loc[places["id"] == group, "name"]
    return str(found.iloc[0]) if len(found) else group


def scales(measured: DataFrame, language: str) -> tuple[Scale, ...]:
    """The measures that differ from node to node, in the words of ``language``."""
    words = translator(language)
    return tuple(
        Scale(name, words(measure.label), words(measure.definition), measure.whole)
        for name, measure in MEASURES.items()
        if name in measured and measured[name].nunique() > 1
    )


def values_of(measured: DataFrame) -> dict[str, tuple[tuple[str, float], ...]]:
    """For each node its measures; those that are not defined for it are left out."""
    names = [name for name in MEASURES if name in measured]
    return {
        str(node): tuple(
            (name, float(value))
            for name, value in zip(names, row, strict=True)
            if not math.isnan(value)
        )
        for node, row in zip(measured.index, measured[names].to_numpy().tolist(), strict=True)
    }
