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

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ptce_graph.analysis.kernels.adjacency import Ints
from ptce_graph.errors import unknown_choice
from ptce_graph.i18n import gettext as _
from ptce_graph.network.links import CARRYING, COOPERATION, MEMBERSHIP
from ptce_graph.network.network import Network, pairs_within

if TYPE_CHECKING:
    from pandas import DataFrame, Index, Series

Bools = NDArray[np.bool_]
#: Bridges whose facts are gathered at once: France has half a million of them.
_AT_ONCE = 20_000
COLUMNS = (
    "network_a",
    "network_b",
    "bridge",
    "type",
    "through_a",
    "through_b",
    "sources",
    "facts",
)


@dataclass(frozen=True)
class Told:
    """The links that can make a bridge; things are positions in ``ids``, which are sorted.

    Each table has three columns, the last of which is the row of the links
    table: ``members`` (member, network, row), ``joined`` (what belongs to or
    carries a pole, pole, row), ``parts`` (cooperation, partner, row).
    ``networks`` are those between which bridges are looked for.
    """

    ids: Index
    networks: Ints
    is_network: Bools
    is_pole: Bools
    members: Ints
    joined: Ints
    parts: Ints

    @property
    def rows(self) -> Ints:
        """The rows of the links table that stand in it, sorted."""
        return np.unique(np.concatenate([t[:, 2] for t in (self.members, self.joined, self.parts)]))

    def without(self, dropped: Ints) -> Told:
        """The same without some rows (sorted) of the links table."""
        return replace(
            self,
            members=_without(self.members, dropped),
            joined=_without(self.joined, dropped),
            parts=_without(self.parts, dropped),
        )


@dataclass(frozen=True)
class Bridged:
    """Bridges as arrays, sorted by pair and bridge.

    ``thing`` bridges the networks ``one`` and ``other``, touched as groups
    ``first`` and ``second`` say: group g is made of the rows ``entries[
    starts[g]:starts[g + 1]]``, of (through whom, row of the links table).
    """

    thing: Ints
    one: Ints
    other: Ints
    first: Ints
    second: Ints
    starts: Ints
    entries: Ints


def bridges(network: Network, between: tuple[str, str] | None = None) -> DataFrame:
    """One row per pair of networks and bridge, with how it touches each of the two.

    Columns: ``network_a``, ``network_b`` (identifiers, in alphabetical order),
    ``bridge``, ``type`` (``organisation`` or ``pole``), ``through_a``,
    ``through_b`` (identifiers of the organisations through which, joined by
    ``|``), ``sources`` (documents that say so, joined by ``|``) and ``facts``
    (the rows of the links table that make it a bridge, a sorted tuple).
    ``between`` keeps one pair, named in any order. Read from the links that
    the filters keep, whatever the projection. Raises ``CallError`` when
    ``between`` names what is no network.
    """
    import pandas as pd

    told = told_links(network, between)
    found = bridged(told)
    ids = told.ids.to_numpy(dtype=object)
    first, second = _through(found, ids)
    source = network.links["source"]
    columns = (
        ids[found.one],
        ids[found.other],
        ids[found.thing],
        np.where(told.is_pole[found.thing], "pole", "organisation").astype(object),
        first,
        second,
        _sources(found, source),
        _facts(found),
    )
    frame = pd.DataFrame(dict(zip(COLUMNS, columns, strict=True)), dtype=object)
    texts = list(COLUMNS[:-1])
    return frame.astype(dict.fromkeys(texts, "str"))


def pairs_bridged(network: Network) -> Mapping[str, int]:
    """The number of pairs of networks that each organisation or pole bridges, where any."""
    told = told_links(network)
    things, counts = np.unique(bridged(told).thing, return_counts=True)
    return dict(zip(told.ids[things].tolist(), counts.tolist(), strict=True))


def told_links(network: Network, between: tuple[str, str] | None = None) -> Told:
    """The links that can make something a bridge (between two networks, where they are given).

    Raises ``CallError`` when ``between`` names what is no network.
    """
    import pandas as pd

    actors = network.facts.actors.sort_index()
    ids = pd.Index(actors.index, dtype=object)
    is_network = (actors["kind"] == "reseau").to_numpy(dtype=bool)
    is_pole = (actors["type"] == "pole").to_numpy(dtype=bool)
    links = network.links
    kind = links["kind"]
    observed = links[((kind == COOPERATION) & (links["state"] == "constate")).to_numpy()]
    codes, _names = pd.factorize(observed["cooperation"])
    parts = _table(codes, ids.get_indexer(observed["subject"]), observed.index)
    links = links[kind.isin((MEMBERSHIP, CARRYING)).to_numpy()]
    ends = _table(ids.get_indexer(links["subject"]), ids.get_indexer(links["object"]), links.index)
    member = (links["kind"] == MEMBERSHIP).to_numpy(dtype=bool)
    members = ends[member & is_network[ends[:, 1]]]
    joined = ends[is_pole[ends[:, 1]]]
    networks = np.flatnonzero(is_network)
    told = Told(ids, networks, is_network, is_pole, members, joined, parts)
    return told if between is None else _concerning(told, between)


def bridged(told: Told) -> Bridged:
    """Who bridges which networks, by the definition above."""
    thing, network, via, row = _touches(told)
    count = len(told.ids)
    order = np.lexsort((row, via, network, thing))
    thing, network, via, row = thing[order], network[order], via[order], row[order]
    new = _changes(thing * count + network)
    starts = np.flatnonzero(np.append(new, True))
    group, size = starts[:-1], np.diff(starts)
    thing, network = thing[group], network[group]
    # Entries are sorted: one and the same organisation when the first is the last.
    only = np.where(via[group] == via[group + size - 1], via[group], -1)
    first, second = pairs_within(thing)
    alone = told.is_pole[thing[first]] & (only[first] >= 0) & (only[first] == only[second])
    stays = ~alone & ~_nested(told, network[first], network[second])
    first, second = first[stays], second[stays]
    order = np.lexsort((thing[first], network[second], network[first]))
    first, second = first[order], second[order]
    entries = np.stack([via, row], axis=1)
    return Bridged(thing[first], network[first], network[second], first, second, starts, entries)


def _touches(told: Told) -> tuple[Ints, Ints, Ints, Ints]:
    """What touches which network, through whom, by which row of the links table."""
    member, network, row = told.members.T
    own = ~told.is_network[member] & ~told.is_pole[member]
    pole, attached, by = _attached(told)
    # A network attached to a pole touches itself, by no membership.
    belonging = _distinct(np.append(member, told.networks), np.append(network, told.networks))
    attachment = _distinct(attached, pole)
    one, other = _joined_on(attached, belonging[:, 0])
    three, four = _joined_on(member, attachment[:, 0])
    return (
        np.concatenate([member[own], pole[one], attachment[four, 1]]),
        np.concatenate([network[own], belonging[other, 1], network[three]]),
        np.concatenate([member[own], attached[one], member[three]]),
        np.concatenate([row[own], by[one], row[three]]),
    )


def _attached(told: Told) -> tuple[Ints, Ints, Ints]:
    """Poles, the organisations attached to them, by which row of the links table."""
    organisation, pole, row = told.joined.T
    cooperation, partner, part = told.parts.T
    couples = _distinct(cooperation, partner)
    names, starts, sizes = np.unique(couples[:, 0], return_index=True, return_counts=True)
    names, starts = names[sizes == 2], starts[sizes == 2]
    at, couple = _joined_on(cooperation, names)
    ends = couples[starts, 1][couple], couples[starts + 1, 1][couple]
    found = [(pole, organisation, row)]
    for one, other in (ends, ends[::-1]):
        kept = told.is_pole[one]
        found.append((one[kept], other[kept], part[at[kept]]))
    poles, organisations, rows = (np.concatenate(column) for column in zip(*found, strict=True))
    return poles, organisations, rows


def _concerning(told: Told, between: tuple[str, str]) -> Told:
    """What can make a bridge between two networks: their members, and the poles of these."""
    networks = told.ids[told.is_network].tolist()
    for name in between:
        if name not in networks:
            raise unknown_choice(
                _("There is no network named {name}.").format(name=name), name, networks
            )
    pair = told.ids.get_indexer(list(between))
    members = told.members[np.isin(told.members[:, 1], pair)]
    people = np.union1d(members[:, 0], pair)
    joined = told.joined[np.isin(told.joined[:, 0], people)]
    cooperation, partner = told.parts[:, 0], told.parts[:, 1]
    theirs = np.intersect1d(
        cooperation[np.isin(partner, people)], cooperation[told.is_pole[partner]]
    )
    parts = told.parts[np.isin(cooperation, theirs)]
    return replace(told, networks=np.unique(pair), members=members, joined=joined, parts=parts)


def _nested(told: Told, one: Ints, other: Ints) -> Bools:
    """Whether one of two networks belongs to the other."""
    inner = told.members[told.is_network[told.members[:, 0]]]
    pairs = np.sort(inner[:, :2], axis=1)
    count = len(told.ids)
    low, high = np.minimum(one, other), np.maximum(one, other)
    return np.isin(low * count + high, pairs[:, 0] * count + pairs[:, 1])


def _through(found: Bridged, ids: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """For each bridge the organisations through which it touches the one and the other."""
    used = np.unique(np.concatenate([found.first, found.second]))
    words = np.empty(len(found.starts), dtype=object)
    names = ids[found.entries[:, 0]].tolist()
    for group in used.tolist():
        part = names[found.starts[group] : found.starts[group + 1]]
        words[group] = "|".join(dict.fromkeys(part))
    return words[found.first], words[found.second]


def _sources(found: Bridged, source: Series) -> list[str]:
    """For each bridge the documents that say so."""
    import pandas as pd

    codes, names = pd.factorize(source, sort=True)
    at = source.index.get_indexer(found.entries[:, 1])
    # One bit per document: bridges are many, and two sets of bits are one in no time.
    bits = [1 << code for code in codes[at].tolist()]
    masks = []
    for start, stop in pairwise(found.starts.tolist()):
        mask = 0
        for bit in bits[start:stop]:
            mask |= bit
        masks.append(mask)
    pairs = zip(found.first.tolist(), found.second.tolist(), strict=True)
    both = [masks[first] | masks[second] for first, second in pairs]
    words = _words_of([str(name) for name in names])
    told = {mask: words(mask) for mask in set(both)}
    return [told[mask] for mask in both]


def _words_of(names: list[str]) -> Callable[[int], str]:
    """How to write the set of ``names`` that the bits of a number say: eight at a time."""
    width = len(names) // 8 + 1
    words = {
        (place, byte): "|".join(
            n for bit, n in enumerate(names[8 * place :][:8]) if byte >> bit & 1
        )
        for place in range(width)
        for byte in range(1, 256)
    }

    def told(mask: int) -> str:
        parts = enumerate(mask.to_bytes(width, "little"))
        return "|".join([words[part] for part in parts if part[1]])

    return told


def _facts(found: Bridged) -> list[tuple[int, ...]]:
    """For each bridge the rows of the links table that make it, sorted, each once."""
    # Each number is one object, however many bridges it makes.
    numbers = np.arange(int(found.entries[:, 1].max(initial=0)) + 1).astype(object)
    told: list[tuple[int, ...]] = []
    for start in range(0, len(found.thing), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        told += _facts_of(found, (found.first[part], found.second[part]), numbers)
    return told


def _facts_of(
    found: Bridged, touched: tuple[Ints, Ints], numbers: NDArray[Any]
) -> list[tuple[int, ...]]:
    bits = len(numbers).bit_length()
    row, sizes = found.entries[:, 1], np.diff(found.starts)
    parts = []
    for group in touched:
        size = sizes[group]
        at = np.repeat(found.starts[group] - (np.cumsum(size) - size), size)
        at += np.arange(len(at))
        parts.append(np.repeat(np.arange(len(group)) << bits, size) | row[at])
    keys = np.sort(np.concatenate(parts))
    keys = keys[_changes(keys)]
    bounds = np.cumsum(np.bincount(keys >> bits)).tolist()
    rows = numbers[keys & ((1 << bits) - 1)].tolist()
    return [tuple(rows[start:stop]) for start, stop in pairwise([0, *bounds])]


def _table(one: Any, other: Any, row: Any) -> Ints:
    return np.stack([np.asarray(column, dtype=np.int64) for column in (one, other, row)], axis=1)


def _without(table: Ints, dropped: Ints) -> Ints:
    return table[~np.isin(table[:, 2], dropped)]


def _changes(values: Ints) -> Bools:
    """Where a sorted array takes a new value."""
    new = np.ones(len(values), dtype=bool)
    new[1:] = values[1:] != values[:-1]
    return new


def _distinct(one: Ints, other: Ints) -> Ints:
    """The distinct pairs, sorted, in two columns."""
    base = int(other.max(initial=0)) + 1
    keys = np.sort(one * base + other)
    keys = keys[_changes(keys)]
    return np.stack([keys // base, keys % base], axis=1)


def _joined_on(left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """All positions in ``left`` and in ``right`` (sorted) that hold the same value."""
    low, high = np.searchsorted(right, left, "left"), np.searchsorted(right, left, "right")
    size = high - low
    at = np.repeat(np.arange(len(left)), size)
    return at, np.arange(len(at)) + np.repeat(low - (np.cumsum(size) - size), size)
