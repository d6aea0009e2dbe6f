"""The edges of a map: one per pair and kind of link, with its facts and its dates."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from ptce_graph.maps.model import Edge, Fact
from ptce_graph.maps.sentences import Row, Sentences, grouped, rows
from ptce_graph.network.links import COOPERATION
from ptce_graph.network.network import Network
from ptce_graph.network.projections import HUB

#: The projections whose edges are derived: they tie what no single link ties.
DERIVED = ("overlap", "comembership")
#: The facts of one derived edge that a page tells; a further one tells how many there are.
MOST_FACTS = 12


def edges(
    network: Network, said: Sentences, sides: tuple[Collection[int], Collection[int]] = ((), ())
) -> tuple[Edge, ...]:
    """The edges of ``network``, sorted by their ends.

    ``sides`` are the rows of links of two compared parts, if any: the category
    of an edge is then ``first``, ``both`` or ``second``.
    """
    found = [
        edge
        for one, other, told in _pairs(network)
        for edge in _edges_of(network.projection, said, (one, other), told)
    ]
    return tuple(_sided(edge, rows, sides) if any(sides) else edge for edge, rows in found)


def _sided(edge: Edge, told: list[Row], sides: tuple[Collection[int], Collection[int]]) -> Edge:
    """An edge of a comparison: its category says on which side documents tell it."""
    first, second = (any(row["row"] in side for row in told) for side in sides)
    category = "both" if first and second else "first" if first else "second"
    return replace(edge, category=category)


def _pairs(network: Network) -> Iterator[tuple[str, str, list[Row]]]:
    """Each tied pair, its ends sorted by identifier, with the rows of links behind it."""
    used = network.links.loc[np.unique(network.edges.facts)]
    numbered = used.assign(row=used.index)
    told = dict(zip(used.index.tolist(), rows(numbered), strict=True))
    ids = network.ids.tolist()
    found = []
    for number, (first, second) in enumerate(network.edges.ends.tolist()):
        one, other = sorted((ids[first], ids[second]))
        found.append((one, other, [told[fact] for fact in network.edges.facts_of(number)]))
    yield from sorted(found, key=lambda pair: pair[:2])


def _edges_of(
    projection: str, said: Sentences, pair: tuple[str, str], told: list[Row]
) -> Iterator[tuple[Edge, list[Row]]]:
    if projection in DERIVED:
        yield _derived(projection, said, pair, told), told
        return
    for (kind, state), part in grouped(told, "kind", "state").items():
        category = "planned" if state == "prevu" else str(kind)
        yield _told_edge(said, pair, category, part), part


def _told_edge(said: Sentences, pair: tuple[str, str], category: str, told: list[Row]) -> Edge:
    """It points from the member, carrier or partner to what it ties itself to.

    Between two partners of a cooperation there is no direction.
    """
    kind, start = told[0]["kind"], told[0]["subject"]
    end = pair[0] if start == pair[1] else pair[1]
    # Two partners of a cooperation: the names are in the order of the identifiers.
    directed = kind != COOPERATION or end.startswith(HUB)
    if not directed:
        start, end = pair
    facts = _link_facts(said, kind, told)
    label = " / ".join(dict.fromkeys(fact.text for fact in facts if directed))
    years = period(told)
    return Edge(
        f"{category}:{start}:{end}",
        start,
        end,
        category,
        label or " / ".join(dict.fromkeys(said.title(row["cooperation"]) for row in told)),
        facts,
        directed,
        *years,
    )


def _link_facts(said: Sentences, kind: str, told: list[Row]) -> tuple[Fact, ...]:
    """What each document says of one link, told once per role (and partner)."""
    facts = []
    several = len({row["subject"] for row in told}) > 1
    for (subject, _role), part in grouped(told, "subject", "role").items():
        text = said.link(part[0])
        if kind == COOPERATION and several:
            text = said.words("{name}: {role}").format(name=said.name(subject), role=text)
        facts.append(Fact(text, said.passages(part)))
    return tuple(facts)


def _derived(projection: str, said: Sentences, pair: tuple[str, str], told: list[Row]) -> Edge:
    """Two that share members, or that belong to the same: one fact for each of what they share."""
    shared_in, ends_in = ("subject", "object") if projection == "overlap" else ("object", "subject")
    by_shared = grouped(told, shared_in)
    facts = []
    for (shared,), part in list(by_shared.items())[:MOST_FACTS]:
        roles = []
        for end in pair:
            names = dict.fromkeys(said.link(row) for row in part if row[ends_in] == end)
            text = said.words("{name}: {role}")
            roles.append(text.format(name=said.name(end), role=", ".join(names)))
        text = said.words("{name} ({role})").format(
            name=said.name(shared), role=said.words("; ").join(roles)
        )
        facts.append(Fact(text, said.passages(part), shared))
    more = len(by_shared) - len(facts)
    if more > 0:
        text = said.words("… and {n} more").format(n=more)
        facts.append(Fact(text, facts[-1].passages))
    words = said.words("{n} in common")
    return Edge(
        f"{projection}:{pair[0]}:{pair[1]}",
        *pair,
        projection,
        words.format(n=len(by_shared)),
        tuple(facts),
        False,
        *period(told),
    )


def period(told: Iterable[Row]) -> tuple[str, str]:
    """The first and the last year of some rows: the widest period that they tell.

    Each is empty where a row leaves that side open; both are, as soon as one
    row has no date at all.
    """
    dates = [(row["start"][:4], row["end"][:4]) for row in told]
    starts, ends = [start for start, _end in dates], [end for _start, end in dates]
    return (min(starts) if all(starts) else "", max(ends) if all(ends) else "")


def years(drawn: Sequence[Edge]) -> tuple[int, ...]:
    """The years in which a dated edge begins or ends, sorted."""
    told = {year for edge in drawn for year in (edge.start, edge.end) if year}
    return tuple(sorted(int(year) for year in told))
