"""What the card of a node says: its attributes, and sentences with their passages."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from ptce_graph.analysis.measures import MEASURES, measure_nodes
from ptce_graph.analysis.study import Study
from ptce_graph.i18n import date_words, number_words, period_words, translator
from ptce_graph.maps.model import Attribute, Fact, Passage
from ptce_graph.network.filters import OBSERVED
from ptce_graph.network.links import CARRYING, COOPERATION
from ptce_graph.network.network import Network
from ptce_graph.network.projections import project
from ptce_graph.tables.facts import values
from ptce_graph.tables.schema import SEPARATOR
from ptce_graph.vocabulary.iris import thing_iri

if TYPE_CHECKING:
    from pandas import DataFrame


class Cards:
    """The cards of one network's nodes, in one language."""

    def __init__(self, network: Network, language: str) -> None:
        self.facts = network.facts
        self.links = network.links
        self.graph = network.graph
        self.language = language
        self.words = translator(language)
        self._measured = _measured(network)
        self._sentences = self._all_sentences()

    def sentences(self, node: str) -> tuple[Fact, ...]:
        """What documents say of the node, its links first."""
        return tuple(self._sentences[node])

    def attributes(self, node: str) -> tuple[Attribute, ...]:
        """Other names, statut, place …, then the measures with their definitions."""
        if node not in self.facts.actors.index:
            return self._cooperation(node.removeprefix("cooperation:"))
        actor, tables, words = self.facts.actors.loc[node], self.facts.tables, self.words
        places = tables.frames["places"].drop_duplicates("id").set_index("id")["name"]
        told = [
            (words("Other names"), list(actor["names"])),
            (words("Kind"), self._labels("organisation-kinds", [actor["kind"]])),
            (words("Legal form"), self._labels("legal-forms", actor["legal_forms"])),
            (words("Accreditation"), self._labels("accreditations", actor["accreditations"])),
            (words("List"), self._labels("pole-lists", actor["listed_in"])),
            (words("Place"), [str(places[place]) for place in actor["places"]]),
            (words("Created"), self._dates(actor["created"])),
            (words("At work since"), self._dates(actor["since"])),
            (words("Held to be the same"), self._same.get(node, [])),
        ]
        told += self._characteristics(node)
        attributes = [Attribute(name, ", ".join(found)) for name, found in told if found]
        for name in _TOLD:
            measure, value = MEASURES[name], self._measured.at[node, name]
            if not value > 0 and name != "degree":
                continue
            shown = str(int(value)) if measure.whole else f"{value:.3f}"
            if self.language == "fr":
                shown = shown.replace(".", ",")
            attributes.append(Attribute(words(measure.label), shown, words(measure.definition)))
        return tuple(attributes)

    def _characteristics(self, node: str) -> list[tuple[str, list[str]]]:
        """Stage, origin, sector …: what documents say, by aspect."""
        told = self.facts.frames["characteristics"]
        aspects = self.facts.tables.codes["characteristics"].set_index("code")["broader"]
        found: dict[str, list[str]] = defaultdict(list)
        for code in dict.fromkeys(told.loc[told["thing"] == node, "characteristic"]):
            (aspect,) = self._labels("characteristics", [aspects.get(code) or code])
            found[aspect[:1].upper() + aspect[1:]] += self._labels("characteristics", [code])
        return sorted(found.items())

    def _cooperation(self, identifier: str) -> tuple[Attribute, ...]:
        """The kind, state and dates of an action, which the map draws as a node."""
        told = self.facts.frames["cooperations"].set_index("id").loc[[identifier]].iloc[0]
        words = self.words
        pairs = [
            (words("Kind of cooperation"), self._labels("cooperation-kinds", [told["kind"]])),
            (words("State"), self._labels("states", [told["state"]])),
            (words("Dates"), [period_words(told["start"], told["end"], self.language)]),
        ]
        return tuple(Attribute(name, ", ".join(found)) for name, found in pairs if any(found))

    def _dates(self, dates: tuple[str, ...]) -> list[str]:
        return [date_words(date, self.language) for date in dates]

    @cached_property
    def _same(self) -> dict[str, list[str]]:
        """For each thing that merges several, the other identifiers and why."""
        found: dict[str, list[str]] = defaultdict(list)
        frame = self.facts.tables.frames["identities"]
        same = frame[frame["judgement"] == "same"]
        for right, reason in zip(same["right"], same["reason"], strict=True):
            kept = self.facts.same[right]
            names = [
                str(name)
                for table in ("organisations", "poles")
                for name in self._names_as_told(table, right)
            ]
            found[kept].append(f"{' / '.join(dict.fromkeys(names))} ({reason.rstrip('.')})")
        return found

    def _names_as_told(self, table: str, identifier: str) -> list[str]:
        frame = self.facts.frames[table]
        return list(frame.loc[frame["raw_id"] == identifier, "name"])

    def website(self, node: str) -> str:
        """The first web address that a document gives, made whole, or empty."""
        found = self.facts.actors["websites"].get(node, ())
        if not found:
            return ""
        return str(found[0]) if "://" in found[0] else f"http://{found[0]}"

    def iri(self, node: str) -> str:
        """The address of the node in the published graph."""
        if node in self.facts.actors.index:
            return thing_iri(self.facts.actors.at[node, "type"], node)
        return thing_iri("cooperation", node.removeprefix("cooperation:"))

    def passages(self, told: DataFrame) -> tuple[Passage, ...]:
        """The passages of rows, once each, with the dates and doubts that go with them."""
        found: dict[Passage, None] = {}
        for row in told.to_dict("records"):
            period = period_words(row.get("start", ""), row.get("end", ""), self.language)
            said = self.words("; ").join(part for part in (period, row["note"]) if part)
            lines = row["lines"].replace(SEPARATOR, ", ")
            found[Passage(row["source"], row["section"], lines, said)] = None
        return tuple(found)

    def _labels(self, scheme: str, codes: tuple[str, ...] | list[str]) -> list[str]:
        return [self.facts.tables.label(scheme, code, self.language) for code in codes if code]

    def _name(self, identifier: str) -> str:
        return str(self.facts.actors.at[identifier, "name"])

    def _all_sentences(self) -> dict[str, list[Fact]]:
        found: dict[str, list[Fact]] = defaultdict(list)
        self._add_ties(found)
        self._add_cooperations(found)
        self._add_figures(found)
        self._add_descriptions(found)
        return found

    def _add_ties(self, found: dict[str, list[Fact]]) -> None:
        """Memberships and carrying, told once however many documents say the same."""
        words = self.words
        ties = self.links[self.links["kind"] != COOPERATION]
        for (kind, one, other, role), told in ties.groupby(
            ["kind", "subject", "object", "role"], sort=True
        ):
            passages = self.passages(told)
            if kind == CARRYING:
                out = words("Carries {name}").format(name=self._name(other))
                back = words("Carried by {name}").format(name=self._name(one))
            else:
                (label,) = self._labels("membership-roles", [role])
                out = words("{name}: {role}").format(name=self._name(other), role=label)
                back = words("{name} ({role})").format(name=self._name(one), role=label)
            found[one].append(Fact(out, passages, other))
            found[other].append(Fact(back, passages, one))

    def _add_cooperations(self, found: dict[str, list[Fact]]) -> None:
        described = self.facts.frames["cooperations"].drop_duplicates("id").set_index("id")
        parts_of = self.links[self.links["kind"] == COOPERATION].groupby("cooperation", sort=True)
        for name, told in parts_of:
            hub = f"cooperation:{name}"
            title = str(described.at[name, "name"])
            partners = sorted(set(told["subject"]))
            for (partner, role), parts in told.groupby(["subject", "role"], sort=True):
                passages = self.passages(parts)
                (label,) = self._labels("cooperation-roles", [role])
                if hub in self.graph:
                    text = self.words("{name} ({role})")
                    told_here = text.format(name=title, role=label)
                    told_there = text.format(name=self._name(partner), role=label)
                    found[partner].append(Fact(told_here, passages, hub))
                    found[hub].append(Fact(told_there, passages, partner))
                    continue
                text = self.words("{title}: {name} ({role})")
                said = text.format(title=title, name=self._name(partner), role=label)
                for end in partners:
                    others = [other for other in partners if other != end]
                    found[end].append(Fact(said, passages, others[0] if others else ""))

    def _add_figures(self, found: dict[str, list[Fact]]) -> None:
        """Every number that a document says of the thing, as precise as it says it."""
        for row in self.facts.frames["figures"].to_dict("records"):
            told = {"value": number_words(row["value"], self.language)}
            (precision,) = self._labels("figure-precisions", [row["precision"]])
            (measure,) = self._labels("figure-measures", [row["measure"]])
            # A bare count needs no unit: what is counted says it.
            unit = "" if row["unit"] == "unite" else self._labels("units", [row["unit"]])[0]
            if row["value_max"]:
                told["value"] += f"–{number_words(row['value_max'], self.language)}"
            template = self.words("{measure}: {value} ({precision})")
            if unit:
                template = self.words("{measure}: {value} ({precision}, {unit})")
            text = template.format(
                measure=row["about"] or measure, unit=unit, precision=precision, **told
            )
            passage = Passage(
                row["source"],
                row["section"],
                row["lines"].replace(SEPARATOR, ", "),
                self.words("; ").join(
                    part
                    for part in (period_words(row["date"], row["date"], self.language), row["note"])
                    if part
                ),
            )
            for subject in values(row["subjects"]):
                node = self.facts.same.get(subject, subject)
                hub = f"cooperation:{node}"
                found[hub if hub in self.graph else node].append(Fact(text, (passage,)))

    def _add_descriptions(self, found: dict[str, list[Fact]]) -> None:
        """Where each document speaks of the thing itself."""
        text = self.words("Name, kind, statut and place as shown")
        for table in ("organisations", "poles", "cooperations"):
            for identifier, told in self.facts.frames[table].groupby("id", sort=True):
                node = f"cooperation:{identifier}" if table == "cooperations" else str(identifier)
                if node not in self.graph:
                    continue
                said = text if table != "cooperations" else self.words("Name and dates as shown")
                found[node].append(Fact(said, self.passages(told)))


#: The measures that a card tells; ``analyse`` has them all.
_TOLD = ("degree", "betweenness", "memberships", "members", "bridges")


def _measured(network: Network) -> DataFrame:
    """The measures of each organisation and pole on the links observed, as ``analyse`` tells."""
    facts, name = network.facts, network.projection
    observed = project(facts, network.links, name, OBSERVED)
    return measure_nodes(Study(observed), _TOLD).set_index("id")
