"""The criteria of a pole, as the documents list them, each with the rule that decides it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ptce_graph.i18n import LANGUAGES
from ptce_graph.poles.rules import Rule, Words, rules
from ptce_graph.tables.assessments import bundled_criteria
from ptce_graph.tables.facts import Facts, values

#: The lists in the order in which they are shown; the last is a scale of its own.
_LISTS = ("incontournables", "a-tester", "exclusions")


@dataclass(frozen=True)
class Wording:
    """How one document words a criterion, and where."""

    id: str
    label: Words
    document: str
    section: str
    lines: str


@dataclass(frozen=True)
class Criterion:
    """A criterion: its list, its wording, the other document's where there is one, its rule."""

    id: str
    list: str
    position: int
    wording: Wording
    other: Wording | None
    rule: Rule

    @property
    def label(self) -> Words:
        return self.wording.label

    @property
    def is_exclusion(self) -> bool:
        return self.list == _LISTS[-1]


def criteria(facts: Facts) -> tuple[Criterion, ...]:
    """The criteria of ``rules``, list by list, by position; one without a twin after its namesake.

    A data folder that tells no criteria has those of the bundled documents.
    """
    told = {
        row["id"]: row
        for row in (*bundled_criteria(), *facts.frames["criteria"].to_dict("records"))
    }
    matches = {one: row["id"] for row in told.values() for one in values(row["matches"])}
    found = []
    for identifier, rule in rules().items():
        row = told[identifier]
        other = rule.also or matches.get(identifier, "")
        found.append(
            Criterion(
                identifier,
                row["list"],
                int(row["position"]),
                _wording(row),
                _wording(told[other]) if other else None,
                rule,
            )
        )
    return tuple(sorted(found, key=lambda c: (_LISTS.index(c.list), c.position, not c.rule.query)))


def _wording(row: Mapping[str, str]) -> Wording:
    label = {language: row[f"label_{language}"] for language in LANGUAGES}
    return Wording(row["id"], label, row["source"], row["section"], row["lines"])
