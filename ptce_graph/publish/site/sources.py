"""The page of a document: what it is, and all that it says, section by section."""

from __future__ import annotations

import re

from ptce_graph.i18n import date_words, mark
from ptce_graph.publish.site.facts import first_of
from ptce_graph.publish.site.index import Index, Row
from ptce_graph.publish.site.model import (
    Block,
    Fact,
    Facts,
    Link,
    Page,
    Pairs,
    Parts,
    Section,
    Table,
)
from ptce_graph.publish.site.parts import Making, present
from ptce_graph.publish.site.paths import thing_page
from ptce_graph.publish.site.telling import section_anchor
from ptce_graph.tables.document import Document
from ptce_graph.tables.schema import SOURCE_TABLES

#: A section of a document tells so many facts; the list of all France has more.
MOST_IN_SECTION = 200
#: What the tables hold, in words.
TABLE_WORDS = {
    "organisations": mark("Organisations"),
    "poles": mark("Poles"),
    "memberships": mark("Memberships"),
    "cooperations": mark("Actions"),
    "participations": mark("Roles in actions"),
    "calls": mark("Calls"),
    "candidacies": mark("Candidacies"),
    "figures": mark("Figures"),
    "characteristics": mark("Characteristics"),
    "criteria": mark("Criteria"),
    "framework": mark("Reference framework"),
    "definitions": mark("Definitions"),
}


def document_detail(making: Making, document: Document) -> str:
    """Publisher and date, as far as stated."""
    date = date_words(document.date, making.language) if document.date else making.words("undated")
    return ", ".join(part for part in (document.publisher, date) if part)


def fact_count(index: Index, source: str) -> int:
    """How many facts a document gives."""
    return sum(index.count(table.name, "source", source) for table in SOURCE_TABLES)


def source_page(making: Making, source: str) -> Page:
    """What the document is, how many facts it gives, and what it says in each of its sections."""
    index, words, tell = making.index, making.words, making.tell
    document = index.facts.tables.documents[source]
    sections = _by_section(index, source)
    page = thing_page("source", source)
    total = tell.number(fact_count(index, source))
    return Page(
        page,
        document.title,
        present(
            Section("document", words("The document"), (_about(making, document),)),
            Section("facts", words("What it gave"), (_counts(making, source),)),
            *(_section(making, name, rows, number) for name, (rows, number) in sections.items()),
        ),
        kicker=words("Document"),
        lead=(document_detail(making, document) + " · " + words("{n} facts").format(n=total),),
        aside=making.identity_sections("source", source),
        trail=(making.home(), Link(words("Sources"), "sources.html")),
        iri=making.iri("source", source),
        data=making.schema_data("source", source),
        alternates=making.alternates(page),
        current="coverage.html",
    )


def _about(making: Making, document: Document) -> Pairs:
    words = making.words
    told: list[tuple[str, Parts]] = [
        (words("Publisher"), (document.publisher or words("not stated"),)),
        (
            words("Date"),
            (date_words(document.date, making.language) if document.date else words("not stated"),),
        ),
        (words("On its date"), (Link(document.date_note, "", "en"),) if document.date_note else ()),
        (words("Rights"), (document.licence or words("not stated"),)),
        (words("Note"), (Link(document.note, "", "en"),) if document.note else ()),
        (words("File"), (document.original_file,)),
        (words("Lines of its transcription"), (making.tell.number(document.lines),)),
    ]
    return Pairs(tuple((name, parts) for name, parts in told if parts))


def _counts(making: Making, source: str) -> Table:
    words = making.words
    rows: list[tuple[Parts, ...]] = []
    for name, label in TABLE_WORDS.items():
        count = making.index.count(name, "source", source)
        if count:
            rows.append(((words(label),), (making.tell.number(count),)))
    columns = (words("Kind of fact"), words("Number"))
    return Table(words("Facts by kind"), columns, tuple(rows), frozenset((1,)), True)


def _by_section(index: Index, source: str) -> dict[str, tuple[list[tuple[str, Row]], int]]:
    """For each section the first rows that it tells, by their lines, and how many there are.

    Names that differ by accents or capitals only are those of one section: they
    have one anchor.
    """
    by_section: dict[str, list[tuple[tuple[int, ...], str, int]]] = {}
    names: dict[str, str] = {}
    for table in SOURCE_TABLES:
        for at in index.by(table.name, "source").get(source, ()):
            row = index.row(table.name, at)
            name = names.setdefault(section_anchor(row["section"]), row["section"])
            by_section.setdefault(name, []).append((_lines(row["lines"]), table.name, at))
    found = {}
    for section in sorted(by_section, key=lambda name: (min(by_section[name])[0], name)):
        told_there = sorted(by_section[section])
        rows = [
            (table, index.row(table, position))
            for _lines_of, table, position in told_there[:MOST_IN_SECTION]
        ]
        found[section] = (rows, len(told_there))
    return found


def _lines(lines: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", lines))


def _section(making: Making, name: str, rows: list[tuple[str, Row]], total: int) -> Section:
    """The facts of a section; each leads to the things it speaks of."""
    tell = making.tell
    facts = []
    seen: set[str] = set()
    for table, row in rows:
        told = tell.fact(table, row)
        label = making.words(TABLE_WORDS[table])
        # Facts of things that have a page have their anchor there.
        own = table in ("criteria", "framework", "definitions", "figures")
        anchors = tuple(a for a in told.anchors if own and a not in seen)
        seen.update(anchors)
        facts.append(Fact(told.parts, told.passages, anchors, told.detail, told.badges, label))
    blocks: list[Block] = [Facts(tuple(facts))]
    if total > len(rows):
        blocks.append(first_of(making, len(rows), total))
    return Section(section_anchor(name), name, tuple(blocks))
