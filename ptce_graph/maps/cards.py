"""What the card of a node says: names, places, codes, dates, measures."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from ptce_graph.analysis.measures import MEASURES
from ptce_graph.i18n import date_words, period_words, translator
from ptce_graph.maps.calls import PREFIX, call_name
from ptce_graph.maps.geography import precision_words
from ptce_graph.maps.groupings import SCALES
from ptce_graph.maps.model import Attribute
from ptce_graph.maps.sentences import Row, rows
from ptce_graph.maps.spots import COMMUNE, UNKNOWN
from ptce_graph.network.filters import territories_of_places
from ptce_graph.network.projections import HUB
from ptce_graph.tables.facts import Facts
from ptce_graph.vocabulary.iris import thing_iri

if TYPE_CHECKING:
    from pandas import DataFrame

#: Types of places.
REGION, FORMER_REGION = "region", "region-ancienne"


class Cards:
    """The cards of nodes in one language; ``measured`` holds their measures by identifier."""

    def __init__(self, facts: Facts, measured: DataFrame, language: str) -> None:
        self.facts = facts
        self.language = language
        self.words = translator(language)
        self._known: dict[tuple[str, str], str] = {}
        self._measured = measured.to_dict("index")

    def attributes(self, node: str, precision: str = "") -> tuple[Attribute, ...]:
        """Other names, statut, place …, then the measures with their definitions.

        ``precision`` says how far its place is known: ``geography.precision_words``.
        """
        if node.startswith(HUB):
            return self._cooperation(node.removeprefix(HUB))
        if node.startswith(PREFIX):
            return self._candidacy(node.removeprefix(PREFIX))
        actor, words = self.facts.actors.loc[node], self.words
        told = [
            (words("Other names"), list(actor["names"])),
            (words("Kind"), self._labels("organisation-kinds", [actor["kind"]])),
            (words("Legal form"), self._labels("legal-forms", actor["legal_forms"])),
            (words("Accreditation"), self._labels("accreditations", actor["accreditations"])),
            (words("List"), self._labels("pole-lists", actor["listed_in"])),
            (words("Place"), [self._places[place] for place in actor["places"]]),
            (words("Region"), self._regions(actor["places"])),
            (words("On the map of places"), self._precision(precision)),
            (words("Created"), self._dates(actor["created"])),
            (words("At work since"), self._dates(actor["since"])),
            (words("Held to be the same"), self._same.get(node, [])),
        ]
        told += self._characteristics.get(node, [])
        named = tuple(Attribute(name, ", ".join(found)) for name, found in told if found)
        return named + self._measures(node)

    def _regions(self, places: Sequence[str]) -> list[str]:
        """Regions of today; before them, in brackets, those of before 2016 that they replace."""
        told: dict[str, list[str]] = {}
        for place in places:
            above = self._territories[place]
            former = [self._places[at] for at, kind in above.items() if kind == FORMER_REGION]
            for at in (at for at, kind in above.items() if kind == REGION):
                known = told.setdefault(self._places[at], [])
                known += [name for name in former if name not in known]
        template = self.words("{region} (until 2015: {former})")
        return [
            template.format(region=region, former=", ".join(former))
            if former and former != [region]
            else region
            for region, former in told.items()
        ]

    def _precision(self, precision: str) -> list[str]:
        """How far from the truth the place on the map may be; nothing where it is a commune."""
        if precision in ("", COMMUNE, UNKNOWN):
            return []
        return [precision_words(precision, self.language)]

    def _measures(self, node: str) -> tuple[Attribute, ...]:
        told = []
        for name, value in self._measured.get(node, {}).items():
            # Of what is not there, only that nothing is tied to it is worth a line.
            if name not in SCALES or math.isnan(value) or not (value > 0 or name == "degree"):
                continue
            measure = MEASURES[str(name)]
            shown = str(int(value)) if measure.whole else f"{value:.3f}"
            if self.language == "fr":
                shown = shown.replace(".", ",")
            told.append(Attribute(self.words(measure.label), shown, self.words(measure.definition)))
        return tuple(told)

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
        kind, _colon, identifier = node.partition(":")
        return thing_iri(kind, identifier)

    @cached_property
    def _territories(self) -> dict[str, dict[str, str]]:
        return territories_of_places(self.facts)

    @cached_property
    def _places(self) -> dict[str, str]:
        frame = self.facts.tables.frames["places"].drop_duplicates("id")
        return dict(zip(frame["id"], frame["name"].astype(str), strict=True))

    @cached_property
    def _characteristics(self) -> dict[str, list[tuple[str, list[str]]]]:
        """For each thing its stage, origin, sector …: what documents say, by aspect."""
        codes = self.facts.tables.codes["characteristics"]
        aspects = dict(zip(codes["code"], codes["broader"], strict=True))
        told = self.facts.frames["characteristics"].drop_duplicates(["thing", "characteristic"])
        found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for thing, code in zip(told["thing"], told["characteristic"], strict=True):
            (aspect,) = self._labels("characteristics", [aspects.get(code) or code])
            aspect = aspect[:1].upper() + aspect[1:]
            found[thing][aspect] += self._labels("characteristics", [code])
        return {thing: sorted(by_aspect.items()) for thing, by_aspect in found.items()}

    @cached_property
    def _described(self) -> dict[str, Row]:
        """The first description of each cooperation."""
        frame = self.facts.frames["cooperations"].drop_duplicates("id")
        return {row["id"]: row for row in rows(frame)}

    def _cooperation(self, identifier: str) -> tuple[Attribute, ...]:
        """The kind, state and dates of an action, which the map draws as a node."""
        told, words = self._described[identifier], self.words
        pairs = [
            (words("Kind of cooperation"), self._labels("cooperation-kinds", [told["kind"]])),
            (words("State"), self._labels("states", [told["state"]])),
            (words("Dates"), [period_words(told["start"], told["end"], self.language)]),
        ]
        return tuple(Attribute(name, ", ".join(found)) for name, found in pairs if any(found))

    def _candidacy(self, identifier: str) -> tuple[Attribute, ...]:
        """What a document says of a candidacy, as it writes it."""
        frame, words = self.facts.frames["candidacies"], self.words
        told = rows(frame[frame["id"] == identifier])[0]
        pairs = [
            (words("Call"), call_name(self.facts, told["call"])),
            (words("Outcome"), *self._labels("candidacy-outcomes", [told["outcome"]])),
            (words("Region as written"), told["region_as_written"]),
            (words("Carrier as written"), told["carrier_as_written"]),
        ]
        return tuple(Attribute(*pair) for pair in pairs if len(pair) == 2 and pair[1])

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

    def _labels(self, scheme: str, codes: tuple[str, ...] | list[str]) -> list[str]:
        return [self._label(scheme, code) for code in codes if code]

    def _label(self, scheme: str, code: str) -> str:
        if (scheme, code) not in self._known:
            self._known[scheme, code] = self.facts.tables.label(scheme, code, self.language)
        return self._known[scheme, code]
