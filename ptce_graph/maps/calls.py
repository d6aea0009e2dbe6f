"""The candidates of a call: who stood for which pole or initiative, and with what outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ptce_graph.errors import unknown_choice
from ptce_graph.i18n import gettext as _
from ptce_graph.network.actors import folded
from ptce_graph.network.filters import Filters, territories_of_places
from ptce_graph.network.links import CANDIDACY, COLUMNS
from ptce_graph.network.network import KINDS, Network, edges_of
from ptce_graph.tables.facts import Facts, values

if TYPE_CHECKING:
    from pandas import DataFrame

#: The projection of such a network.
CALL = "call"
PREFIX = "candidacy:"


def find_call(facts: Facts, told: str) -> str:
    """The identifier of the call that ``told`` names; ``CallError`` with the nearest otherwise."""
    frame = facts.frames["calls"]
    if told in set(frame["id"]):
        return told
    names = {
        folded(name): str(call)
        for call, shown, others in zip(frame["id"], frame["name"], frame["alt_names"], strict=True)
        for name in (shown, *values(others))
    }
    if folded(told) in names:
        return names[folded(told)]
    raise unknown_choice(
        _("There is no call named {name}.").format(name=told), told, sorted(set(frame["id"]))
    )


def call_name(facts: Facts, call: str) -> str:
    """What documents call a call: the longest of its names says most."""
    frame = facts.frames["calls"]
    return str(max(frame.loc[frame["id"] == call, "name"], key=lambda name: (len(name), name)))


def candidacy_links(facts: Facts, call: str) -> DataFrame:
    """One row per carrier and candidacy, with the columns of the links table.

    ``object`` is the pole that the candidacy is about, or the candidacy itself
    (``candidacy:<id>``); ``role`` its outcome. A candidacy of which no carrier
    is told has a row without ``subject``.
    """
    frame = facts.frames["candidacies"]
    told = frame[frame["call"] == call]
    told = told.assign(
        kind=CANDIDACY,
        object=told["pole"].where(told["pole"] != "", PREFIX + told["id"]),
        role=told["outcome"],
        cooperation="",
        state="constate",
        start="",
        end="",
        subject=[
            tuple(dict.fromkeys(facts.same.get(carrier, carrier) for carrier in values(cell)))
            or ("",)
            for cell in told["carriers"]
        ],
    )
    told = told.explode("subject")[list(COLUMNS)]
    return told.sort_values(["object", "subject", "fact"]).reset_index(drop=True)


def call_network(facts: Facts, call: str) -> Network:
    """Carriers tied to the poles or initiatives with which they stood for ``call``."""
    import pandas as pd

    links = candidacy_links(facts, call)
    frame = facts.frames["candidacies"].drop_duplicates("id").set_index("id")
    things = sorted({*links["subject"], *links["object"]} - {""})
    rows = []
    for thing in things:
        if thing.startswith(PREFIX):
            rows.append((CANDIDACY, str(frame.at[thing.removeprefix(PREFIX), "initiative"]), ""))
            continue
        actor = facts.actors.loc[thing]
        kind = "network" if actor["kind"] == "reseau" else str(actor["type"])
        rows.append((kind, str(actor["name"]), ""))
    columns = ["type", "name", "state"]
    nodes = pd.DataFrame(rows, columns=columns, index=pd.Index(things, dtype=object))
    carried = links[links["subject"] != ""]
    ends = [nodes.index.get_indexer(carried[end]).astype(np.int64) for end in ("subject", "object")]
    first = ~carried.duplicated(["subject", "object"]).to_numpy(dtype=bool)
    row = carried.index.to_numpy().astype(np.int64)
    kinds = np.full(len(row), KINDS.index(CANDIDACY), dtype=np.int64)
    edges = edges_of(ends[0], ends[1], kinds, first.astype(np.float64), row)
    return Network(facts, links, CALL, Filters(), nodes, edges)


def regions_of(facts: Facts, call: str) -> dict[str, tuple[str, ...]]:
    """For each region of today the candidacies (or their poles) that a document places there."""
    frame = facts.frames["candidacies"]
    territories = territories_of_places(facts)
    found: dict[str, dict[str, None]] = {}
    told = frame[frame["call"] == call]
    for identifier, pole, place in zip(told["id"], told["pole"], told["region"], strict=True):
        for name, kind in territories.get(place, {}).items():
            if kind == "region":
                found.setdefault(name, {})[pole or PREFIX + identifier] = None
    return {name: tuple(found[name]) for name in sorted(found)}
