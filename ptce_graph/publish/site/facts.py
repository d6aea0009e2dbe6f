"""Facts under headings, and figures: what the pages of all things have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ptce_graph.i18n import date_words
from ptce_graph.publish.site.index import Row
from ptce_graph.publish.site.model import (
    Block,
    Fact,
    Facts,
    Parts,
    Passage,
    Properties,
    Property,
    Prose,
    Section,
)
from ptce_graph.publish.site.parts import MOST_TOLD, Making
from ptce_graph.publish.site.telling import anchor
from ptce_graph.tables.facts import values


def facts_section(
    making: Making, name: str, title: str, facts: Sequence[Fact], total: int = 0
) -> Section | None:
    """Facts under a heading with their number; the first ones of ``total`` where these are more."""
    if not facts:
        return None
    shown, total = (
        facts[:MOST_TOLD],
        max(total, len(facts)) if len(facts) >= MOST_TOLD else len(facts),
    )
    blocks: list[Block] = [Facts(tuple(shown))]
    if total > len(shown):
        blocks.append(first_of(making, len(shown), total))
    title = f"{title} ({making.tell.number(total)})" if total > 1 else title
    return Section(name, title, tuple(blocks))


def first_of(making: Making, shown: int, total: int) -> Prose:
    """How many of all are told."""
    note = making.words("The first {shown} of {n}; all are in the data.")
    told = note.format(shown=making.tell.number(shown), n=making.tell.number(total))
    return Prose((told,), "note")


def properties(
    making: Making, told: list[tuple[str, list[tuple[Parts, Row]]]]
) -> tuple[Block, ...]:
    """Aspects with their values; equal values of several rows are one, with all passages."""
    found = []
    for name, pairs in told:
        by_value: dict[Parts, list[Row]] = {}
        for parts, row in pairs:
            by_value.setdefault(parts, []).append(row)
        facts = tuple(Fact(p, making.tell.passages(rows)) for p, rows in by_value.items())
        if facts:
            found.append(Property(name, facts))
    return (Properties(tuple(found)),) if found else ()


def characteristic_told(
    making: Making, rows: Sequence[Row]
) -> tuple[tuple[Passage, ...], tuple[str, ...], str]:
    """The passages, anchors and dates of rows that tell the same characteristic of a thing."""
    dates = dict.fromkeys(date_words(r["date"], making.language) for r in rows if r["date"])
    anchors = tuple(anchor("characteristics", row) for row in rows)
    return making.tell.passages(rows), anchors, ", ".join(dates)


def figure_facts(making: Making, rows: Iterable[Row], thing: str) -> list[Fact]:
    """Figures about ``thing``, those shared with others told so; planned ones last."""
    tell, facts = making.tell, making.index.facts
    found = []
    for row in rows:
        parts = tell.figure(row)
        subjects = dict.fromkeys(facts.same.get(s, s) for s in values(row["subjects"]))
        subjects.pop(thing, None)
        if subjects:
            others = tell.joined((tell.thing(other),) for other in subjects)
            parts += (making.words(" – together with "), *others)
        told = tell.fact("figures", row)
        found.append(Fact(parts, told.passages, told.anchors, "", told.badges))
    return sorted(found, key=lambda fact: bool(fact.badges))
