"""What documents say of each thing drawn: sentences with their passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ptce_graph.i18n import number_words, period_words, translator
from ptce_graph.maps.calls import PREFIX, call_name
from ptce_graph.maps.model import Fact, Passage
from ptce_graph.network.links import CANDIDACY, CARRYING, COOPERATION, MEMBERSHIP
from ptce_graph.network.projections import HUB
from ptce_graph.tables.columns import as_dict
from ptce_graph.tables.facts import Facts, values
from ptce_graph.tables.schema import SEPARATOR

if TYPE_CHECKING:
    from pandas import DataFrame

#: The list of codes of the roles of each kind of link.
_ROLES = {
    MEMBERSHIP: "membership-roles",
    COOPERATION: "cooperation-roles",
    CANDIDACY: "candidacy-outcomes",
}
#: A row of a table, by column.
Row = Mapping[str, Any]


class Sentences:
    """The sentences about ``drawn`` nodes that ``links`` and the other tables tell, in a language.

    ``links`` are those that touch what is drawn: their other ends may not be.
    """

    def __init__(
        self, facts: Facts, links: DataFrame, drawn: frozenset[str], language: str
    ) -> None:
        self.facts, self.drawn, self.language = facts, drawn, language
        self.words = translator(language)
        self._names: dict[str, str] = as_dict(facts.actors["name"])
        described = facts.frames["cooperations"].drop_duplicates("id")
        self._titles = dict(zip(described["id"], described["name"].astype(str), strict=True))
        self._passages: dict[tuple[str, ...], Passage] = {}
        self._labels: dict[tuple[str, str], str] = {}
        self._found: dict[str, list[Fact]] = defaultdict(list)
        self._add_ties(rows(links[links["kind"].isin((CARRYING, MEMBERSHIP))]))
        self._add_cooperations(rows(links[links["kind"] == COOPERATION]))
        self._add_candidacies()
        self._add_figures()
        self._add_descriptions()

    def of(self, node: str) -> tuple[Fact, ...]:
        """What documents say of the node, its links first."""
        return tuple(self._found.get(node, ()))

    def passages(self, told: Iterable[Row]) -> tuple[Passage, ...]:
        """The passages of rows, once each, with the dates and doubts that go with them."""
        found: dict[Passage, None] = {}
        for row in told:
            dates = row.get("start", ""), row.get("end", "")
            key = (row["source"], row["section"], row["lines"], row["note"], *dates)
            if key not in self._passages:
                period = period_words(*dates, self.language)
                said = self.words("; ").join(part for part in (period, row["note"]) if part)
                lines = row["lines"].replace(SEPARATOR, ", ")
                self._passages[key] = Passage(row["source"], row["section"], lines, said)
            found[self._passages[key]] = None
        return tuple(found)

    def name(self, identifier: str) -> str:
        """The name to show of an organisation, network or pole."""
        return str(self._names[identifier])

    def title(self, cooperation: str) -> str:
        """What documents call a cooperation."""
        return str(self._titles[cooperation])

    def label(self, scheme: str, code: str) -> str:
        """The label of a code, or nothing for no code."""
        if code and (scheme, code) not in self._labels:
            label = self.facts.tables.label(scheme, code, self.language)
            self._labels[scheme, code] = label
        return self._labels[scheme, code] if code else ""

    def link(self, row: Row) -> str:
        """What a row of links says of its subject: its role, or that it carries the pole."""
        if row["kind"] == CARRYING:
            return self.words("Carries the pole")
        return self.label(_ROLES[row["kind"]], row["role"])

    def _add(self, node: str, text: str, passages: tuple[Passage, ...], other: str = "") -> None:
        if node in self.drawn:
            self._found[node].append(Fact(text, passages, other))

    def _add_ties(self, links: list[Row]) -> None:
        """Memberships and carrying, told once however many documents say the same."""
        words = self.words
        told_once = grouped(links, "kind", "subject", "object", "role")
        for (kind, one, other, _role), told in sorted(told_once.items()):
            passages = self.passages(told)
            if kind == CARRYING:
                out = words("Carries {name}").format(name=self.name(other))
                back = words("Carried by {name}").format(name=self.name(one))
            else:
                label = self.link(told[0])
                out = words("{name}: {role}").format(name=self.name(other), role=label)
                back = words("{name} ({role})").format(name=self.name(one), role=label)
            self._add(one, out, passages, other)
            self._add(other, back, passages, one)

    def _add_cooperations(self, links: list[Row]) -> None:
        for (name,), told in sorted(grouped(links, "cooperation").items()):
            hub, title = HUB + name, self.title(name)
            partners = sorted({row["subject"] for row in told})
            for (partner, _role), parts in sorted(grouped(told, "subject", "role").items()):
                passages, label = self.passages(parts), self.link(parts[0])
                if len(partners) != 2:
                    text = self.words("{name} ({role})")
                    self._add(partner, text.format(name=title, role=label), passages, hub)
                    there = text.format(name=self.name(partner), role=label)
                    self._add(hub, there, passages, partner)
                    continue
                text = self.words("{title}: {name} ({role})")
                said = text.format(title=title, name=self.name(partner), role=label)
                for end, other in (partners, partners[::-1]):
                    self._add(end, said, passages, other)

    def _add_candidacies(self) -> None:
        """Who stood for which call with what, on the cards of carriers, poles and candidacies."""
        frame = self.facts.frames["candidacies"]
        for row in sorted(rows(frame), key=lambda row: (row["call"], row["id"], row["fact"])):
            thing = row["pole"] or PREFIX + row["id"]
            carriers = [self.facts.same.get(name, name) for name in values(row["carriers"])]
            if not self.drawn.intersection((thing, *carriers)):
                continue
            passages = self.passages([row])
            told = {
                "call": call_name(self.facts, row["call"]),
                "name": row["initiative"] or self._names.get(row["pole"], ""),
                "outcome": self.label("candidacy-outcomes", row["outcome"]),
            }
            text = self.words("{call}: {name} ({outcome})").format(**told)
            for carrier in dict.fromkeys(carriers):
                self._add(carrier, text, passages, thing)
                back = self.words("Carried by {name}").format(name=self.name(carrier))
                self._add(thing, back, passages, carrier)
            self._add(thing, text, passages)

    def _add_figures(self) -> None:
        """Every number that a document says of the thing, as precise as it says it."""
        for row in rows(self.facts.frames["figures"]):
            things = [self.facts.same.get(thing, thing) for thing in values(row["subjects"])]
            nodes = [HUB + node if HUB + node in self.drawn else node for node in things]
            if not self.drawn.intersection(nodes):
                continue
            period = period_words(row["date"], row["date"], self.language)
            said = self.words("; ").join(part for part in (period, row["note"]) if part)
            lines = row["lines"].replace(SEPARATOR, ", ")
            passage = Passage(row["source"], row["section"], lines, said)
            for node in nodes:
                self._add(node, self._figure(row), (passage,))

    def _figure(self, row: Row) -> str:
        value = number_words(row["value"], self.language)
        if row["value_max"]:
            value += f"–{number_words(row['value_max'], self.language)}"
        # A bare count needs no unit: what is counted says it.
        unit = "" if row["unit"] == "unite" else self.label("units", row["unit"])
        template = self.words("{measure}: {value} ({precision})")
        if unit:
            template = self.words("{measure}: {value} ({precision}, {unit})")
        return template.format(
            measure=row["about"] or self.label("figure-measures", row["measure"]),
            value=value,
            precision=self.label("figure-precisions", row["precision"]),
            unit=unit,
        )

    def _add_descriptions(self) -> None:
        """Where each document speaks of the thing itself."""
        for table in ("organisations", "poles", "cooperations"):
            frame, prefix = self.facts.frames[table], ""
            text = self.words("Name, kind, statut and place as shown")
            if table == "cooperations":
                prefix, text = HUB, self.words("Name and dates as shown")
            frame = frame[(prefix + frame["id"]).isin(self.drawn)]
            for (identifier,), told in sorted(grouped(rows(frame), "id").items()):
                self._add(prefix + identifier, text, self.passages(told))


def rows(frame: DataFrame) -> list[Row]:
    """The rows of ``frame``: many small groups of a frame would take far longer."""
    found: list[Row] = frame.to_dict("records")
    return found


def grouped(told: Iterable[Row], *columns: str) -> dict[tuple[Any, ...], list[Row]]:
    """Rows by the values of some columns, both in the order in which they came."""
    found: dict[tuple[Any, ...], list[Row]] = {}
    for row in told:
        found.setdefault(tuple(row[column] for column in columns), []).append(row)
    return found
