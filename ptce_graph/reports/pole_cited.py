"""The documents that a page about a pole cites, numbered in one order for all its parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ptce_graph.i18n import date_words
from ptce_graph.poles.dossier import Dossier
from ptce_graph.poles.findings import Evidence
from ptce_graph.poles.shown import passages


@dataclass(frozen=True)
class Cited:
    """The sources of what a page tells of ``dossier``, in ``language``."""

    dossier: Dossier
    language: str

    @cached_property
    def documents(self) -> list[str]:
        """Documents that speak of the pole, or that a fact shown comes from, in one order."""
        dossier, made = self.dossier, self.dossier.composition
        told = {str(name) for name in dossier.facts.actors.at[dossier.pole, "sources"]}
        told |= {e.document for _c, finding in dossier.answers for e in finding.evidence}
        told |= {e.document for placed in dossier.placed for e in placed.evidence}
        told |= {e.document for touched in made.networks for e in touched.evidence}
        told |= {e.document for party in made.parties for e in party.evidence}
        told |= {e.document for broker in made.brokers for e in broker.evidence}
        told |= {one.evidence.document for one in made.candidacies}
        return [name for name in dossier.facts.tables.documents if name in told]

    @property
    def sources(self) -> list[str]:
        """What each number stands for: title, publisher, date."""
        found = []
        for name in self.documents:
            one = self.dossier.facts.tables.documents[name]
            date = date_words(one.date, self.language) if one.date else ""
            found.append(", ".join(part for part in (one.title, one.publisher, date) if part))
        return found

    def number(self, document: str) -> int:
        """The number of a document on the page."""
        return self.documents.index(document) + 1

    def title(self, document: str) -> str:
        """The title of a document; its identifier where the data do not hold it."""
        known = self.dossier.facts.tables.documents.get(document)
        return known.title if known else document

    def passages(self, evidence: Iterable[Evidence]) -> str:
        """The lines behind some facts: ``[1] 12, 15; [3] 7``."""
        told = passages(evidence)
        return self.joined(
            [f"[{self.number(name)}] {told[name]}" for name in self.documents if name in told]
        )

    def joined(self, parts: Iterable[str]) -> str:
        """Parts with a semicolon between them, as the language writes it."""
        return ("\u202f; " if self.language == "fr" else "; ").join(parts)
