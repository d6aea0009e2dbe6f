"""Rows of the tables as sentences with links, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from ptce_graph.i18n import number_words, period_words, translator
from ptce_graph.publish.site.index import Index, Row
from ptce_graph.publish.site.model import Fact, Link, Parts, Passage
from ptce_graph.publish.site.paths import code_page, thing_page
from ptce_graph.tables.facts import values
from ptce_graph.tables.schema import SEPARATOR
from ptce_graph.vocabulary.iris import slug

#: In each table of facts the kind of thing in the IRI of its rows.
IRI_KINDS = {
    "organisations": "organisation",
    "poles": "pole",
    "memberships": "membership",
    "cooperations": "cooperation",
    "participations": "participation",
    "calls": "call",
    "candidacies": "candidacy",
    "figures": "figure",
    "characteristics": "characterisation",
    "criteria": "criterion",
    "framework": "framework",
    "definitions": "definition",
}
PLANNED = "prevu"


class Telling:
    """What rows say, in ``language``, with links to the things they speak of."""

    def __init__(self, index: Index, language: str) -> None:
        self.index, self.language = index, language
        self.words = translator(language)
        self._labels: dict[tuple[str, str], str] = {}
        self._makers = {
            "organisations": self._actor,
            "poles": self._actor,
            "memberships": self._membership,
            "cooperations": self._cooperation,
            "participations": self._participation,
            "calls": self._call,
            "candidacies": self._candidacy,
            "figures": self._figure,
            "characteristics": self._characteristic,
            "criteria": self._labelled,
            "framework": self._labelled,
            "definitions": self._definition,
        }

    # Words

    def label(self, scheme: str, code: str) -> str:
        """The label of a code, or nothing for no code."""
        if code and (scheme, code) not in self._labels:
            told = self.index.facts.tables.label(scheme, code, self.language)
            self._labels[scheme, code] = told
        return self._labels[scheme, code] if code else ""

    def code(self, scheme: str, code: str) -> Link:
        """A code, as a link to its page."""
        return Link(self.label(scheme, code), code_page(scheme, code))

    def number(self, value: int | str) -> str:
        """A number as people of this language write it."""
        return number_words(str(value), self.language)

    def of(self, name: str, value: str) -> str:
        """``name: value`` with the colon of the language."""
        return f"{name}{self.words(': ')}{value}"

    def joined(self, parts: Iterable[Parts], between: str = ", ") -> Parts:
        """Several texts and links as one, a separator between them."""
        found: list[str | Link] = []
        for number, told in enumerate(parts):
            found += [between] if number else []
            found += told
        return tuple(found)

    # Links to things

    def actor(self, identifier: str) -> Link:
        """An organisation, network or pole."""
        kept = self.index.facts.same.get(identifier, identifier)
        return Link(self.index.names[kept], thing_page(self.index.types[kept], kept))

    def place(self, identifier: str) -> Link:
        """A place."""
        return Link(str(self.index.places[identifier]["name"]), thing_page("place", identifier))

    def cooperation(self, identifier: str) -> Link:
        """An action."""
        name = self.index.cooperation_names[identifier]
        return Link(name, thing_page("cooperation", identifier))

    def call(self, identifier: str) -> Link:
        """A call for candidacies."""
        return Link(self.index.call_names[identifier], thing_page("call", identifier))

    def source(self, identifier: str, section: str = "") -> Link:
        """A document."""
        title = self.index.facts.tables.documents[identifier].title
        return Link(title, thing_page("source", identifier, section))

    def thing(self, raw: str) -> Link:
        """What an identifier of an actor, call or cooperation names."""
        kept = self.index.facts.same.get(raw, raw)
        if kept in self.index.names:
            return self.actor(kept)
        return self.call(kept) if kept in self.index.call_names else self.cooperation(kept)

    # Facts

    def fact(self, table: str, row: Row) -> Fact:
        """What a row says, in a sentence that stands alone."""
        parts = self._makers[table](row)
        return Fact(parts, self.passages([row]), (anchor(table, row),), *self.doubts(row))

    def doubts(self, row: Row) -> tuple[str, tuple[str, ...]]:
        """The period of a row, and whether it is planned only."""
        planned = row.get("state", "") == PLANNED
        period = period_words(row.get("start", ""), row.get("end", ""), self.language)
        return period, (self.words("planned"),) if planned else ()

    def passages(self, rows: Iterable[Row]) -> tuple[Passage, ...]:
        """The passages of rows, once each."""
        found: dict[Passage, None] = {}
        for row in rows:
            lines = row["lines"].replace(SEPARATOR, ", ")
            passage = Passage(
                row["source"],
                self._title(row["source"]),
                row["section"],
                lines,
                thing_page("source", row["source"], section_anchor(row["section"])),
                row["note"],
            )
            found[passage] = None
        return tuple(found)

    def _title(self, source: str) -> str:
        return self.index.facts.tables.documents[source].title

    def _actor(self, row: Row) -> Parts:
        return (self.actor(row["id"]),)

    def _membership(self, row: Row) -> Parts:
        return self._filled(
            self.words("{member}, {role} of {organisation}"),
            member=self.actor(row["member"]),
            role=self.label("membership-roles", row["role"]),
            organisation=self.actor(row["organisation"]),
        )

    def _cooperation(self, row: Row) -> Parts:
        return (self.cooperation(row["id"]),)

    def _participation(self, row: Row) -> Parts:
        return self._filled(
            self.words("{partner}, {role} in: {action}"),
            partner=self.actor(row["partner"]),
            role=self.label("cooperation-roles", row["role"]),
            action=self.cooperation(row["cooperation"]),
        )

    def _call(self, row: Row) -> Parts:
        return (self.call(row["id"]),)

    def candidacy_name(self, row: Row) -> str:
        """What a candidacy is called: its initiative, else its pole, else its carrier."""
        kept = str(self.index.facts.same.get(row["pole"], row["pole"]))
        pole = self.index.names.get(kept, "")
        return str(
            row["initiative"]
            or pole
            or row["carrier_as_written"]
            or self.words("Unnamed candidacy")
        )

    def candidacy(self, row: Row) -> Link:
        """A candidacy."""
        return Link(self.candidacy_name(row), thing_page("candidacy", row["id"]))

    def _candidacy(self, row: Row) -> Parts:
        return self._filled(
            self.words("{candidacy} ({outcome}) – {call}"),
            candidacy=self.candidacy(row),
            outcome=self.label("candidacy-outcomes", row["outcome"]),
            call=self.call(row["call"]),
        )

    def _figure(self, row: Row) -> Parts:
        told = self.joined(
            ((self.thing(s),) for s in dict.fromkeys(values(row["subjects"]))), " + "
        )
        return (*told, self.words(": "), *self.figure(row)) if told else self.figure(row)

    def figure(self, row: Row) -> Parts:
        """What a figure says of its subject: what is counted, value, precision, unit, place."""
        measure = self.code("figure-measures", row["measure"])
        # A bare count needs no unit: what is counted says it.
        unit = "" if row["unit"] == "unite" else self.label("units", row["unit"])
        told = [self.amount(row)] + ([f" {unit}"] if unit else [])
        precision = "" if row["precision"] == "exact" else row["precision"]
        about = row["about"]
        parts: list[str | Link] = [measure, self.words(": "), *told]
        if precision:
            parts += [" (", self.label("figure-precisions", precision), ")"]
        if about and about.casefold() != measure.text.casefold():
            parts += [" – ", about]
        if row["place"]:
            parts += [", ", self.place(row["place"])]
        if row["date"]:
            parts += [", ", period_words(row["date"], row["date"], self.language)]
        return tuple(parts)

    def amount(self, row: Row) -> str:
        """The value of a figure, or its range."""
        value = self.number(row["value"])
        return f"{value}–{self.number(row['value_max'])}" if row["value_max"] else value

    def _characteristic(self, row: Row) -> Parts:
        label = self.code("characteristics", row["characteristic"])
        return (self.thing(row["thing"]), self.words(": "), label)

    def _labelled(self, row: Row) -> Parts:
        return (str(row[f"label_{self.language}"]),)

    def _definition(self, row: Row) -> Parts:
        dimension = self.label("definition-dimensions", row["dimension"])
        return (self.of(dimension, row[f"definition_{self.language}"]),)

    def _filled(self, template: str, **told: str | Link) -> Parts:
        return filled(template, told)

    # Lists of rows

    def facts(self, table: str, rows: Sequence[Row]) -> tuple[Fact, ...]:
        """Rows as facts, one each."""
        return tuple(self.fact(table, row) for row in rows)

    @cached_property
    def document_names(self) -> dict[str, str]:
        """The titles of the documents."""
        return {d.id: d.title for d in self.index.facts.tables.documents.values()}


def filled(template: str, told: dict[str, str | Link]) -> Parts:
    """A translated template whose blanks are texts or links."""
    found: list[str | Link] = []
    rest = template
    while "{" in rest:
        before, _open, rest = rest.partition("{")
        name, _close, rest = rest.partition("}")
        found += [before] if before else []
        found.append(told[name])
    return tuple(found + ([rest] if rest else []))


def anchor(table: str, row: Row) -> str:
    """The anchor of the fact of a row on a page: ``membership-livret.org-un.reseau.adherent``."""
    return f"{IRI_KINDS[table]}-{row['fact']}"


def section_anchor(section: str) -> str:
    """The anchor of a section on the page of its document."""
    return f"section-{slug(section) or 'x'}"
