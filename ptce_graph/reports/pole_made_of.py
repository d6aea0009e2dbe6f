"""What the page of a pole tells of its composition: who, from where, who brokers, what is shared.

Its map is drawn of what documents observe: the pole, its parties, and what
ties two of these or more.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ptce_graph.bundled import DATA_DIR
from ptce_graph.i18n import mark, number_words, translator
from ptce_graph.maps.calls import call_name
from ptce_graph.poles.brokers import network_with_pole
from ptce_graph.poles.composition import CARRIER, MEMBER, PARTNER, PLANNED, Party, counts
from ptce_graph.poles.findings import Evidence
from ptce_graph.poles.ties import Teller
from ptce_graph.reports.drawing import WIDTH
from ptce_graph.reports.network_drawing import network_drawing
from ptce_graph.reports.pole_charts import PoleFigure
from ptce_graph.reports.pole_cited import Cited
from ptce_graph.reports.pole_words import TOUCHES

if TYPE_CHECKING:
    from ptce_graph.poles.dossier import Dossier

#: Of the poles that share something with this one, and of brokers, so many are told.
MOST = 5
_SCHEMES = {"kinds": "organisation-kinds", "statuts": "legal-forms"}
_UNKNOWN = {"kinds": mark("of unknown kind"), "statuts": mark("legal form not told")}
_MAP = mark("The pole's own network: {name}")
_MAP_TOLD = mark(
    "{n} organisations, networks, poles and actions, and the {links} ties between them that "
    "documents observe; the table below tells each with its passage."
)


@dataclass(frozen=True)
class Part:
    """Members, partners or those named in plans: a title, and lines about them."""

    title: str
    lines: tuple[str, ...]


class MadeOf:
    """The composition of ``cited.dossier`` in words, for the template."""

    def __init__(self, cited: Cited) -> None:
        self.cited, self.dossier, self.language = cited, cited.dossier, cited.language
        self.words: Callable[[str], str] = translator(cited.language)

    @property
    def parties(self) -> list[Part]:
        """Members, partners and those of plans: how many, by kind and legal form, and who."""
        found = []
        for part, usual in (
            (MEMBER, mark("Members named ({n})")),
            (PARTNER, mark("Partners named ({n})")),
            (PLANNED, mark("Named in plans only ({n})")),
        ):
            having = self.dossier.composition.having(part)
            if part == PLANNED:
                having = tuple(party for party in having if party.parts == (PLANNED,))
            if having:
                n, least = len(having), self.dossier.composition.at_least
                template = usual
                if part == MEMBER and least < n:
                    # Two names of which it is unsure whether they are one organisation.
                    template = mark("Members named ({n} names, of {least} organisations at least)")
                title = self.words(template).format(n=n, least=least)
                lines = (self.counted(having, "kinds", part), self.counted(having, "statuts", part))
                names = ", ".join(party.name for party in having)
                found.append(Part(title, (names, *(line for line in lines if line))))
        return found

    def counted(self, parties: Iterable[Party], by: str, part: str) -> str:
        """How many of each kind or legal form; nothing where none is told."""
        rows: list[dict[str, Any]] = list(counts(parties, by).to_dict("records"))
        if by == "statuts" and not any(row["code"] for row in rows):
            return ""
        label = self.dossier.facts.tables.label
        return ", ".join(
            (label(_SCHEMES[by], row["code"], self.language) if row["code"] else unknown)
            + f" ({row[part]})"
            for row, unknown in ((row, self.words(_UNKNOWN[by])) for row in rows)
        )

    @property
    def carrier(self) -> list[str]:
        """Who carries the pole."""
        return [party.name for party in self.dossier.composition.having(CARRIER)]

    @property
    def networks(self) -> list[tuple[str, str]]:
        """Each network that the pole touches, and how; with its passages."""
        found: dict[str, list[str]] = {}
        evidence: dict[str, list[Evidence]] = {}
        for one in self.dossier.composition.networks:
            parties = ", ".join(self._name(party) for party in one.through)
            told = self.words(TOUCHES[one.how]).format(parties=parties)
            found.setdefault(one.name, []).append(told)
            evidence.setdefault(one.name, []).extend(one.evidence)
        return [
            (name, f"{self.cited.joined(how)} {self.cited.passages(evidence[name])}")
            for name, how in found.items()
        ]

    @property
    def brokers(self) -> list[tuple[str, str]]:
        """Who stands between others in the pole's own network, the pole left out."""
        told = []
        for one in self.dossier.composition.brokers[:MOST]:
            what = mark("a party of the pole") if one.party else mark("from outside the pole")
            share = number_words(f"{one.betweenness:.2f}", self.language)
            words = self.words(mark("{what}, betweenness {share}"))
            words = words.format(what=self.words(what), share=share)
            told.append((one.name, f"{words} {self.cited.passages(one.evidence)}"))
        return told

    @property
    def shared(self) -> list[tuple[str, str]]:
        """Other poles with a party or a network in common, the most in common first."""
        told = []
        for one in self.dossier.composition.shared[:MOST]:
            parts = []
            for template, things in (
                (mark("both have {names}"), one.parties),
                (mark("both touch {names}"), one.networks),
            ):
                names = ", ".join(self._name(thing) for thing in things)
                parts += [self.words(template).format(names=names)] if names else []
            told.append((one.name, self.cited.joined(parts)))
        more = len(self.dossier.composition.shared) - MOST
        if more > 0:
            told.append((self.words(mark("and others")), str(more)))
        return told

    @property
    def candidacies(self) -> list[tuple[str, str]]:
        """Candidacies of the pole, and of its members and carrier: call, outcome, through whom."""
        tables, told = self.dossier.facts.tables, []
        for one in self.dossier.composition.candidacies:
            parties = ", ".join(self._name(party) for party in one.through)
            parts = [tables.label("candidacy-outcomes", one.outcome, self.language)]
            parts += [self.words(mark("through {parties}")).format(parties=parties)] * bool(parties)
            name = call_name(self.dossier.facts, one.call)
            title = f"{one.initiative} – {name}" if one.initiative else name
            told.append((title, f"{', '.join(parts)} {self.cited.passages([one.evidence])}"))
        return told

    def _name(self, identifier: str) -> str:
        names = self.dossier.facts.actors["name"]
        return str(names.get(identifier, identifier))

    @cached_property
    def map(self) -> PoleFigure | None:
        """The pole's own network as a figure with its table; ``None`` where nothing is tied."""
        own = network_with_pole(
            self.dossier.network, self.dossier.composition.own, self.dossier.pole
        )
        degrees = {str(node): float(degree) for node, degree in own.graph.degree()}
        drawn = network_drawing(own, degrees, self.words, WIDTH, len(own.nodes))
        if drawn is None:
            return None
        teller = Teller(self.dossier.facts)
        facts = [teller.link(link) for link in own.links.itertuples()]
        rows = [
            (one.told_fr if self.language == "fr" else one.told_en, self.cited.passages([one]))
            for one in facts
        ]
        told = self.words(_MAP_TOLD).format(n=drawn.drawn, links=len(rows))
        return PoleFigure(
            "pole-map",
            self.words(_MAP).format(name=self.dossier.name),
            told,
            (self.words(mark("Tie")), self.words(mark("Passages"))),
            tuple(dict.fromkeys(rows)),
            drawn.height,
            drawn.paint,
        )

    @property
    def command(self) -> str:
        """The command that writes the interactive map."""
        return f"ptce-graph viz --pole {self.dossier.pole}{data_option(self.dossier)} -o map.html"


def data_option(dossier: Dossier) -> str:
    """The option that a command needs to read the same data: none for those that are bundled."""
    folder = dossier.facts.tables.folder
    if folder is None or folder.resolve() == DATA_DIR.resolve():
        return ""
    return f" --data {shlex.quote(folder.name or str(folder))}"
