"""Networks of different kinds from the links: what is a node, what is an edge.

Every edge keeps the rows of the links table that it comes from. Adding a
projection: write the function, add its line to ``PROJECTIONS``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ptce_graph.errors import unknown_choice
from ptce_graph.i18n import Note, mark, note
from ptce_graph.i18n import gettext as _
from ptce_graph.network.filters import Filters, filtered, touched_actors
from ptce_graph.network.links import CARRYING, COOPERATION, MEMBERSHIP
from ptce_graph.network.network import KINDS, Edges, Network, edges_of, pairs_within
from ptce_graph.tables.facts import Facts

if TYPE_CHECKING:
    from pandas import DataFrame, Index

Ints = NDArray[np.int64]

#: A group of k members makes k(k - 1)/2 pairs: beyond this k it is left out, and said so.
MOST_PAIRED = 500
HUB = "cooperation:"
_PAIRS_LEFT_OUT = mark(
    "Left out: {names} ({members} members or partners in all), since a group of more than "
    "{limit} would tie everybody to everybody."
)


class _Making:
    """What a projection works on, and what it fills: parts of edges, one per pair and fact."""

    def __init__(self, facts: Facts, links: DataFrame, nodes: DataFrame) -> None:
        self.facts, self.links, self.nodes = facts, links, nodes
        self.left_out: list[Note] = []
        self.parts: list[tuple[Ints, Ints, Ints, NDArray[np.float64], Ints]] = []

    def of_kind(self, *kinds: str) -> DataFrame:
        return self.links[self.links["kind"].isin(kinds)]

    def places(self, ids: object) -> Ints:
        """Positions of identifiers among the nodes."""
        return np.asarray(self.nodes.index.get_indexer(ids), dtype=np.int64)

    def tie(self, one: Ints, other: Ints, kind: Ints | int, weight: object, fact: Ints) -> None:
        size = len(fact)
        self.parts.append(
            (
                one,
                other,
                np.broadcast_to(np.asarray(kind, dtype=np.int64), size),
                np.broadcast_to(np.asarray(weight, dtype=np.float64), size),
                fact,
            )
        )

    def edges(self) -> Edges:
        nothing = np.zeros(0, dtype=np.int64)
        parts = self.parts or [(nothing, nothing, nothing, np.zeros(0), nothing)]
        one, other, kind, weight, fact = (
            np.concatenate(column) for column in zip(*parts, strict=True)
        )
        return edges_of(one, other, kind, weight, fact)


@dataclass(frozen=True)
class Projection:
    """A projection: its name, what ties two nodes in it, and the function that makes it."""

    name: str
    label: str
    definition: str
    make: Callable[[_Making], None]


def _affiliation(making: _Making) -> None:
    """Members and the networks or poles they belong to or carry (two modes)."""
    _tie_directly(making, making.of_kind(MEMBERSHIP, CARRYING))


def _cooperation(making: _Making) -> None:
    """Partners that take part in a same cooperation.

    Newman's weight: each cooperation of k partners adds 1/(k - 1) to each pair
    (M. Newman, Scientific collaboration networks II, Phys. Rev. E 64, 2001).
    """
    told = making.of_kind(COOPERATION)
    _tie_within(making, told, "object", "subject", newman=True)


def _comembership(making: _Making) -> None:
    """Members of a same network or pole; Newman's weight, as in cooperations."""
    told = making.of_kind(MEMBERSHIP, CARRYING)
    _tie_within(making, told, "object", "subject", newman=True)


def _overlap(making: _Making) -> None:
    """Networks and poles that have members in common; the weight is the number of them."""
    told = making.of_kind(MEMBERSHIP, CARRYING)
    # A document may speak of members of what it does not call a network.
    told = told[told["object"].isin(making.nodes.index)]
    _tie_within(making, told, "subject", "object", newman=False)


def _everything(making: _Making) -> None:
    """All links. A cooperation of two is an edge; one of more, or of one, is a node of its own."""
    import pandas as pd

    _tie_directly(making, making.of_kind(MEMBERSHIP, CARRYING))
    told = making.of_kind(COOPERATION)
    partners = told.groupby("cooperation")["subject"].nunique()
    two = told["cooperation"].isin(partners.index[partners == 2])
    _tie_within(making, told[two], "object", "subject", newman=True)
    told = told[~two]
    described = making.facts.frames["cooperations"].drop_duplicates("id").set_index("id")
    described = described.loc[sorted(set(told["cooperation"]))]
    hubs = pd.DataFrame(
        {"type": "cooperation", "name": described["name"], "state": described["state"]}
    )
    hubs.index = pd.Index([HUB + name for name in described.index], dtype=object)
    making.nodes = pd.concat([making.nodes, hubs])
    one, other = making.places(told["subject"]), making.places(HUB + told["cooperation"])
    first = ~told.duplicated(["subject", "cooperation"]).to_numpy(dtype=bool)
    making.tie(one, other, KINDS.index(COOPERATION), first.astype(float), told.index.to_numpy())


def _tie_directly(making: _Making, told: DataFrame) -> None:
    """One edge of weight 1 between the two ends of each link, however often it is told."""
    one, other = making.places(told["subject"]), making.places(told["object"])
    pairs = np.minimum(one, other) * len(making.nodes) + np.maximum(one, other)
    first = np.zeros(len(told), dtype=bool)
    first[np.unique(pairs, return_index=True)[1]] = True
    kind = _kind_numbers(told)
    making.tie(one, other, kind, first.astype(float), told.index.to_numpy())


def _tie_within(
    making: _Making, told: DataFrame, group_by: str, tied: str, *, newman: bool
) -> None:
    """Tie all ``tied`` of a same group to each other; a pair has the facts of both its ends."""
    group, names = _numbered(told[group_by])
    node = making.places(told[tied])
    order = np.lexsort((told.index.to_numpy(), node, group))
    group, node, fact = group[order], node[order], told.index.to_numpy()[order]
    kind = _kind_numbers(told)[order]
    new = np.ones(len(group), dtype=bool)
    new[1:] = (group[1:] != group[:-1]) | (node[1:] != node[:-1])
    first = np.flatnonzero(new)
    sizes = np.bincount(group[first], minlength=len(names))
    large = sizes > MOST_PAIRED
    if newman and large.any():
        shown = sorted(_names(making, [str(names[at]) for at in np.flatnonzero(large)]))
        told_names = ", ".join(shown[:5]) + (" …" if len(shown) > 5 else "")
        making.left_out.append(
            note(
                _PAIRS_LEFT_OUT,
                names=told_names,
                members=int(sizes[large].sum()),
                limit=MOST_PAIRED,
            )
        )
        first = first[~large[group[first]]]
    ends = np.append(np.flatnonzero(new), len(group))
    stop = ends[np.searchsorted(ends, first, "right")]
    one, other = pairs_within(group[first])
    weight = 1.0 / (sizes[group[first][one]] - 1.0) if newman else np.ones(len(one))
    for side in (one, other):
        counts = (stop - first)[side]
        pair = np.repeat(np.arange(len(side)), counts)
        row = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        at = np.repeat(first[side], counts) + row
        # Counted once per pair: on the first fact of its first end.
        told_weight = np.where(row == 0, weight[pair], 0.0) if side is one else 0.0
        making.tie(
            node[first[one]][pair], node[first[other]][pair], kind[at], told_weight, fact[at]
        )


def _kind_numbers(told: DataFrame) -> Ints:
    """The kind of each link, as its position in ``KINDS``."""
    import pandas as pd

    return np.asarray(pd.Index(KINDS).get_indexer(told["kind"]), dtype=np.int64)


def _numbered(column: object) -> tuple[Ints, Index]:
    import pandas as pd

    codes, names = pd.factorize(column, sort=True)
    return codes.astype(np.int64), names


def _names(making: _Making, ids: list[str]) -> list[str]:
    described = making.facts.frames["cooperations"].drop_duplicates("id").set_index("id")["name"]
    names = making.nodes["name"]
    return [str(names[i]) if i in names.index else str(described.get(i, i)) for i in ids]


#: The projections, by the name that ``--projection`` takes. The first is the default.
PROJECTIONS: dict[str, Projection] = {
    projection.name: projection
    for projection in (
        Projection(
            "all",
            mark("All links"),
            mark(
                "Members and what they belong to, carriers and their poles, partners of a "
                "cooperation; a cooperation of more than two partners is a node of its own."
            ),
            _everything,
        ),
        Projection(
            "affiliation",
            mark("Memberships"),
            mark("Members or carriers, and the networks and poles they belong to or carry."),
            _affiliation,
        ),
        Projection(
            "cooperation",
            mark("Cooperations"),
            mark(
                "Partners of a same cooperation; one of k partners weighs 1/(k - 1) per pair "
                "(Newman 2001)."
            ),
            _cooperation,
        ),
        Projection(
            "comembership",
            mark("Co-memberships"),
            mark(
                "Members or carriers of a same network or pole; one of k members weighs "
                "1/(k - 1) per pair (Newman 2001)."
            ),
            _comembership,
        ),
        Projection(
            "overlap",
            mark("Networks and poles with common members"),
            mark("Networks and poles that share members or carriers; weight: how many."),
            _overlap,
        ),
    )
}
#: Where only networks and poles are nodes, and where only what can be a member is.
_GROUPS_ONLY = ("overlap",)


def project(
    facts: Facts, links: DataFrame, name: str = "all", filters: Filters | None = None
) -> Network:
    """The projection called ``name`` of the links that ``filters`` keep.

    Without filters on organisations every organisation and pole is a node,
    tied or not; with such filters, those they name and what is tied to them.
    Raises ``CallError``, with the nearest choice, for a name or value unknown.
    """
    if name not in PROJECTIONS:
        raise unknown_choice(
            _("There is no projection named {name}.").format(name=name), name, PROJECTIONS
        )
    filters = filters or Filters()
    kept = filtered(facts, links, filters)
    nodes = _nodes(facts, name)
    chosen = touched_actors(facts, links, filters)
    if chosen is not None:
        used = chosen | set(kept["subject"]) | set(kept["object"])
        nodes = nodes[nodes.index.isin(used)]
    return _made(_Making(facts, kept, nodes), name, filters)


def again(network: Network, links: DataFrame) -> Network:
    """The same projection of other links, ``links``, with the same organisations and poles."""
    nodes = network.nodes[network.nodes["type"] != "cooperation"]
    return _made(_Making(network.facts, links, nodes), network.projection, network.filters)


def _made(making: _Making, name: str, filters: Filters) -> Network:
    PROJECTIONS[name].make(making)
    return Network(
        making.facts,
        making.links,
        name,
        filters,
        making.nodes,
        making.edges(),
        tuple(making.left_out),
    )


def _nodes(facts: Facts, name: str) -> DataFrame:
    import pandas as pd

    actors = facts.actors
    types = actors["type"].mask(actors["kind"] == "reseau", "network")
    nodes = pd.DataFrame({"type": types, "name": actors["name"], "state": ""}, index=actors.index)
    if name in _GROUPS_ONLY:
        return nodes[nodes["type"] != "organisation"]
    return nodes
