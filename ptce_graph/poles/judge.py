"""What each pole meets of the criteria, fails, or cannot be judged on, and the facts behind it.

The rules are queries (``rules``); here they are asked, their rows become answers by
the convention stated there, and assessments are laid over them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ptce_graph.dataset.store import query_errors, run_query
from ptce_graph.errors import CallError, unknown_choice
from ptce_graph.i18n import DEFAULT_LANGUAGE, LANGUAGES
from ptce_graph.i18n import gettext as _
from ptce_graph.poles.criteria import Criterion, criteria
from ptce_graph.poles.findings import (
    BY_ASSESSMENT,
    BY_RULE,
    DECIDES,
    NOT_DOCUMENTED,
    SUPPORTS,
    Assessment,
    Evidence,
    Finding,
)
from ptce_graph.poles.rules import Rule, known_thresholds
from ptce_graph.poles.told import Statement, Teller
from ptce_graph.tables.facts import Facts
from ptce_graph.vocabulary.iris import DEFAULT_BASE

if TYPE_CHECKING:
    from pandas import DataFrame
    from pyoxigraph import Store

    from ptce_graph.dataset.remote import Endpoint

#: The columns of ``Findings.frame``.
COLUMNS = ("thing", "name", "criterion", "label", "list", "value", "by", "rule_value", "lacking")

#: By thing: each row of a rule as its part (or none), its weight and what it points to.
Rows = dict[str, list[tuple[str, str, Statement]]]


@dataclass(frozen=True)
class Findings:
    """The answers for all poles, and for the organisations of which an exclusion says something."""

    facts: Facts
    criteria: tuple[Criterion, ...]
    by_thing: Mapping[str, tuple[Finding, ...]]

    def of(self, thing: str) -> tuple[Finding, ...]:
        """What is found of a pole, in the order of ``criteria``; of others, the exclusions.

        ``thing`` may be any identifier of a pole that the documents use. Raises
        ``CallError``, with the nearest, for what is neither.
        """
        kept = self.facts.same.get(thing, thing)
        if kept in self.by_thing:
            return self.by_thing[kept]
        if kept in self.facts.actors.index:
            exclusions = [one for one in self.criteria if one.is_exclusion]
            return tuple(_answer(kept, one, {}, [], None) for one in exclusions)
        message = _("There is no pole and no organisation named {name}.").format(name=thing)
        raise unknown_choice(message, thing, self.poles)

    def one(self, thing: str, criterion: str) -> Finding:
        """What is found of ``thing`` on one criterion; ``CallError`` where there is none."""
        for finding in self.of(thing):
            if finding.criterion == criterion:
                return finding
        known = [finding.criterion for finding in self.of(thing)]
        message = _("There is no criterion named {name}.").format(name=criterion)
        raise unknown_choice(message, criterion, known)

    @cached_property
    def poles(self) -> tuple[str, ...]:
        """The poles, sorted."""
        types = self.facts.actors["type"]
        return tuple(types.index[types == "pole"])

    @cached_property
    def organisations(self) -> tuple[str, ...]:
        """The organisations of which an exclusion says more than *not documented*, sorted."""
        return tuple(sorted(set(self.by_thing) - set(self.poles)))

    def frame(self, language: str = DEFAULT_LANGUAGE, things: Iterable[str] = ()) -> DataFrame:
        """A row per thing and criterion: columns ``COLUMNS``; without ``things``, all poles."""
        import pandas as pd

        by_id = {one.id: one for one in self.criteria}
        names = self.facts.actors["name"]
        rows = []
        for thing in list(things) or self.poles:
            for found in self.of(thing):
                criterion = by_id[found.criterion]
                lacking = found.lacking_fr if language == "fr" else found.lacking_en
                rows.append(
                    (
                        found.thing,
                        names[found.thing],
                        found.criterion,
                        criterion.label[language],
                        criterion.list,
                        found.value,
                        found.by,
                        found.rule_value,
                        lacking,
                    )
                )
        return pd.DataFrame(rows, columns=list(COLUMNS))


def findings(
    store: Store | Endpoint,
    facts: Facts,
    parameters: Mapping[str, object] | None = None,
    assessments: DataFrame | None = None,
    base: str = DEFAULT_BASE,
) -> Findings:
    """What is found of every pole on every criterion.

    ``store`` holds the dataset of ``facts``, minted under ``base``. ``parameters``
    maps ``criterion.threshold`` (``note-inc-2.min``) to a number; ``assessments``
    has the columns of that table, and is the table of ``facts`` without it.
    Raises ``CallError`` for a threshold that no rule has.
    """
    given = known_thresholds(parameters)
    judged = _assessed(facts, assessments)
    every = criteria(facts)
    teller = Teller(facts, base)
    found: dict[str, dict[str, Finding]] = {}
    types = facts.actors["type"].to_dict()
    for criterion in every:
        used = given.get(criterion.id, {})
        rows = _rows(store, criterion.rule, used, base)
        things = {*rows, *(thing for thing, name in judged if name == criterion.id)}
        if not criterion.is_exclusion:
            things = {thing for thing in things if types.get(thing) == "pole"}
        for thing in {*things, *(name for name, kind in types.items() if kind == "pole")}:
            answer = _answer(thing, criterion, used, rows.get(thing, []), teller)
            answer = _overruled(answer, judged.get((thing, criterion.id), ()))
            found.setdefault(thing, {})[criterion.id] = answer
    by_thing = {}
    for thing in sorted(found):
        wanted = [one for one in every if types[thing] == "pole" or one.is_exclusion]
        by_thing[thing] = tuple(
            found[thing].get(one.id) or _answer(thing, one, given.get(one.id, {}), [], teller)
            for one in wanted
        )
    return Findings(facts, every, by_thing)


def _rows(store: Store | Endpoint, rule: Rule, given: Mapping[str, str], base: str) -> Rows:
    """The rows of a rule, by thing, in an order of their own."""
    found: dict[str, set[tuple[str, str, Statement]]] = {}
    if not rule.query:
        return {}
    with query_errors():
        solutions = run_query(store, rule.sparql(given))
        names = {variable.value for variable in solutions.variables}
        for solution in solutions:
            cell = _cells(solution, names)
            thing = cell("thing").removeprefix(base).partition("/")[2]
            document = cell("document").rpartition("/")[2]
            part, weight = cell("part"), cell("weight")
            of = found.setdefault(thing, set())
            if fact := cell("fact"):
                of.add((part, weight, Statement(fact)))
            if said := cell("of"):
                statement = Statement(said, cell("property"), cell("value"), document)
                of.add((part, weight, statement))
    return {thing: sorted(of, key=_order) for thing, of in found.items()}


def _cells(solution: Any, names: set[str]) -> Callable[[str], str]:
    def cell(name: str) -> str:
        term = solution[name] if name in names else None
        return "" if term is None else str(term.value)

    return cell


def _order(row: tuple[str, str, Statement]) -> tuple[str, ...]:
    part, weight, said = row
    return part, weight, said.fact, said.property, said.value, said.document


def _answer(
    thing: str,
    criterion: Criterion,
    given: Mapping[str, str],
    rows: list[tuple[str, str, Statement]],
    teller: Teller | None,
) -> Finding:
    """The answer that follows from the rows: the first of which every part has one."""
    rule = criterion.rule
    there = {part for part, _weight, _said in rows if part}
    answers = (one for one in rule.answers if there.issuperset(one[1]))
    value, parts = next(answers, (NOT_DOCUMENTED, ()))
    lacking = dict.fromkeys(LANGUAGES, "")
    if value == NOT_DOCUMENTED:
        lacking = {language: rule.lacking(there, language) for language in LANGUAGES}
    return Finding(
        thing,
        criterion.id,
        value,
        BY_RULE,
        _evidence(rows, parts, teller) if teller else (),
        rule.used(given),
        lacking["fr"],
        lacking["en"],
        value,
    )


def _evidence(
    rows: list[tuple[str, str, Statement]], parts: tuple[str, ...], teller: Teller
) -> tuple[Evidence, ...]:
    """The evidence, what decides first; a fact that satisfies a part of no answer supports."""
    weights: dict[Statement, str] = {}
    for part, told_weight, said in rows:
        weight = SUPPORTS if told_weight == DECIDES and part not in parts else told_weight
        # What decides by one part may be shown by another.
        if weights.get(said) != DECIDES and (said not in weights or weight != SUPPORTS):
            weights[said] = weight
    told = [one for said, weight in weights.items() for one in teller.evidence(said, weight)]
    return tuple(sorted(told, key=lambda one: one.weight != DECIDES))


def _assessed(
    facts: Facts, assessments: DataFrame | None
) -> dict[tuple[str, str], tuple[Assessment, ...]]:
    """The assessments by thing and criterion, the latest first: it is the one that counts."""
    frame = facts.tables.frames.get("assessments") if assessments is None else assessments
    found: dict[tuple[str, str], list[Assessment]] = {}
    if frame is None:
        return {}
    for row in frame.to_dict("records"):
        thing = facts.same.get(row["thing"], row["thing"])
        one = Assessment(row["value"], row["author"], row["date"], row["reason"])
        found.setdefault((thing, row["criterion"]), []).append(one)
    for thing, _criterion in found:
        if thing not in facts.actors.index:
            raise CallError(_("No pole and no organisation is named {name}.").format(name=thing))
    return {
        key: tuple(sorted(sorted(of, key=lambda a: a.author), key=lambda a: a.date, reverse=True))
        for key, of in found.items()
    }


def _overruled(answer: Finding, judged: tuple[Assessment, ...]) -> Finding:
    """An assessment wins over the rule, whose own answer and evidence stay beside it."""
    if not judged:
        return answer
    found = replace(answer, value=judged[0].value, by=BY_ASSESSMENT, assessments=judged)
    return found if found.value == NOT_DOCUMENTED else replace(found, lacking_fr="", lacking_en="")
