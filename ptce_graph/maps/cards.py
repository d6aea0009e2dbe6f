"""What the card of a node says: its attributes, and sentences with their passages."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ptce_graph.analysis.measures import MEASURES, Network
from ptce_graph.i18n import translator
from ptce_graph.maps.model import Fact, Passage
from ptce_graph.network.links import CARRYING, COOPERATION
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
        self._measures = {measure: measure.compute(network) for measure in MEASURES.values()}
        self._sentences = self._all_sentences()

    def sentences(self, node: str) -> tuple[Fact, ...]:
        """What documents say of the node, its links first."""
        return tuple(self._sentences[node])

    def attributes(self, node: str) -> tuple[tuple[str, str], ...]:
        """Pairs (name, value): other names, statut, place …, then the measures."""
        if node not in self.facts.actors.index:
            return ()
        actor, tables, words = self.facts.actors.loc[node], self.facts.tables, self.words
        places = tables.frames["places"].drop_duplicates("id").set_index("id")["name"]
        told = [
            (words("Other names"), list(actor["names"])),
            (words("Kind"), self._labels("organisation-kinds", [actor["kind"]])),
            (words("Legal form"), self._labels("legal-forms", actor["legal_forms"])),
            (words("Accreditation"), self._labels("accreditations", actor["accreditations"])),
            (words("List"), self._labels("pole-lists", actor["listed_in"])),
            (words("Place"), [str(places[place]) for place in actor["places"]]),
            (words("Created"), list(actor["created"])),
        ]
        pairs = [(name, ", ".join(found)) for name, found in told if found]
        for measure, result in self._measures.items():
            value = result.get(node, 0)
            shown = str(int(value)) if measure.whole else f"{value:.3f}"
            if self.language == "fr":
                shown = shown.replace(".", ",")
            pairs.append((words(measure.label), shown))
        return tuple(pairs)

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
        """The passages of rows, once each, in their order."""
        rows = zip(told["source"], told["section"], told["lines"], strict=True)
        return tuple(
            Passage(source, section, lines.replace(SEPARATOR, ", "))
            for source, section, lines in dict.fromkeys(rows)
        )

    def _labels(self, scheme: str, codes: tuple[str, ...] | list[str]) -> list[str]:
        return [self.facts.tables.label(scheme, code, self.language) for code in codes if code]

    def _name(self, identifier: str) -> str:
        return str(self.facts.actors.at[identifier, "name"])

    def _all_sentences(self) -> dict[str, list[Fact]]:
        found: dict[str, list[Fact]] = defaultdict(list)
        self._add_ties(found)
        self._add_cooperations(found)
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
                period = self._period(told)
                out = words("{name}: {role}").format(name=self._name(other), role=label) + period
                back = words("{name} ({role})").format(name=self._name(one), role=label) + period
            found[one].append(Fact(out, passages, other))
            found[other].append(Fact(back, passages, one))

    def _period(self, told: DataFrame) -> str:
        """The dates that documents give, the earliest start and the latest end."""
        starts = sorted({start for start in told["start"] if start})
        ends = sorted({end for end in told["end"] if end})
        text = self.words(", since {date}").format(date=starts[0]) if starts else ""
        return text + (self.words(", until {date}").format(date=ends[-1]) if ends else "")

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
                others = [other for other in partners if other != partner]
                text = self.words("{title} ({role}), with {names}").format(
                    title=title, role=label, names=", ".join(map(self._name, others))
                )
                found[partner].append(Fact(text, passages, others[0] if len(others) == 1 else ""))

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
