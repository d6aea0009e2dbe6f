"""Who ties networks together.

An organisation bridges two networks when it belongs to both. A pole bridges
two networks when organisations attached to it (members, carrier, partners in
a cooperation of two with it) are these networks or belong to them. Networks
themselves are not counted as bridges; two networks of which one belongs to the
other need no bridge; one organisation alone does not make a pole a bridge (it
bridges them itself); and taking part in a same broad cooperation, or in one
that a document only plans, is not being attached.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations
from typing import TYPE_CHECKING

from ptce_graph.network.links import CARRYING, COOPERATION, MEMBERSHIP
from ptce_graph.tables.facts import Facts

if TYPE_CHECKING:
    from pandas import DataFrame


def bridges(facts: Facts, links: DataFrame) -> DataFrame:
    """One row per pair of networks and bridge, with how it touches each of the two.

    Columns: ``network_a``, ``network_b`` (identifiers, in alphabetical order),
    ``bridge``, ``type`` (``organisation`` or ``pole``), ``through_a``,
    ``through_b`` (identifiers of the organisations through which, joined by
    ``|``) and ``sources`` (documents that say so, joined by ``|``).
    """
    import pandas as pd

    actors = facts.actors
    rows = []
    for bridge, networks in sorted(_touched(facts, links).items()):
        for one, other in _bridged_pairs(links, networks, actors.at[bridge, "type"]):
            through = [networks[network] for network in (one, other)]
            used = set().union(*through[0].values(), *through[1].values())
            rows.append(
                {
                    "network_a": one,
                    "network_b": other,
                    "bridge": bridge,
                    "type": actors.at[bridge, "type"],
                    "through_a": "|".join(sorted(through[0])),
                    "through_b": "|".join(sorted(through[1])),
                    "sources": "|".join(sorted(set(links.loc[sorted(used), "source"]))),
                }
            )
    columns = ["network_a", "network_b", "bridge", "type", "through_a", "through_b", "sources"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.sort_values(columns[:3]).reset_index(drop=True)


def pairs_bridged(facts: Facts, links: DataFrame) -> Mapping[str, int]:
    """The number of pairs of networks that each organisation or pole bridges."""
    frame = bridges(facts, links)
    counts: Mapping[str, int] = frame.groupby("bridge").size().to_dict()
    return counts


def _bridged_pairs(
    links: DataFrame, networks: dict[str, dict[str, set[int]]], kind: str
) -> list[tuple[str, str]]:
    """The pairs among the networks that a thing touches which it really ties together."""
    told = links[links["kind"] == MEMBERSHIP]
    nested = set(zip(told["subject"], told["object"], strict=True))
    pairs = []
    for one, other in combinations(sorted(networks), 2):
        if (one, other) in nested or (other, one) in nested:
            continue
        alone = set(networks[one]) == set(networks[other]) and len(networks[one]) == 1
        if not (kind == "pole" and alone):
            pairs.append((one, other))
    return pairs


def _touched(facts: Facts, links: DataFrame) -> dict[str, dict[str, dict[str, set[int]]]]:
    """For each possible bridge, the networks it touches: through whom, by which links."""
    actors = facts.actors
    networks = set(actors.index[actors["kind"] == "reseau"])
    poles = set(actors.index[actors["type"] == "pole"])
    belongs: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for network in networks:
        belongs[network][network] = set()
    members = links[(links["kind"] == MEMBERSHIP) & links["object"].isin(networks)]
    for at, member, network in zip(
        members.index, members["subject"], members["object"], strict=True
    ):
        belongs[member][network].add(at)
    touched: dict[str, dict[str, dict[str, set[int]]]] = {}
    for organisation, joined in belongs.items():
        if organisation not in networks and organisation not in poles:
            touched[organisation] = {n: {organisation: rows} for n, rows in joined.items()}
    for pole, attached in _attached(links, poles).items():
        seen: dict[str, dict[str, set[int]]] = defaultdict(dict)
        for organisation, rows in attached.items():
            for network, proof in belongs.get(organisation, {}).items():
                seen[network][organisation] = rows | proof
        touched[pole] = dict(seen)
    return touched


def _attached(links: DataFrame, poles: set[str]) -> dict[str, dict[str, set[int]]]:
    """For each pole the organisations attached to it, with the links that say so."""
    attached: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    direct = links[links["kind"].isin((MEMBERSHIP, CARRYING)) & links["object"].isin(poles)]
    for at, organisation, pole in zip(
        direct.index, direct["subject"], direct["object"], strict=True
    ):
        attached[pole][organisation].add(at)
    observed = links[(links["kind"] == COOPERATION) & (links["state"] == "constate")]
    for _name, told in observed.groupby("cooperation", sort=True):
        partners = set(told["subject"])
        if len(partners) != 2:
            continue
        for pole in partners & poles:
            for organisation in partners - {pole}:
                attached[pole][organisation].update(told.index)
    return attached
