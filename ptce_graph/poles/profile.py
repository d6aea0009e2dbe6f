"""Profiles of poles on the framework: what their answers say, by indicator and by objective.

A profile is that of one pole at one moment (plan d'action 2013, line 134). By
indicator it is the mean of the answers, as the values of the annexe seem to be
(line 1185), with their number and their range. By objective, only with a file
that says which indicator belongs to which: the mean of the means of its
indicators that have an answer, each indicator weighing the same. Nothing is
summed up further: there is no mark of a pole. No answer is a gap, never 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ptce_graph.errors import CallError, DataError, Problem, unknown_choice
from ptce_graph.i18n import DEFAULT_LANGUAGE, Note, date_words, mark, note
from ptce_graph.i18n import gettext as _
from ptce_graph.poles.answers import Answers, read_answers
from ptce_graph.poles.framework import SCALE_MAX, Framework, framework, limits
from ptce_graph.poles.objectives import Objectives, read_objectives

if TYPE_CHECKING:
    from pandas import DataFrame

    from ptce_graph.tables.facts import Facts

#: How dates are taken together into moments: as they are given, by month, by year.
MOMENTS = {"date": 10, "month": 7, "year": 4}
INDICATORS, OBJECTIVES = "indicators", "objectives"
_UNANSWERED = mark("Rows without an answer: {n}. They are gaps, and count in no mean.")
_OBJECTIVE_MEAN = mark(
    "By objective: the mean of the means of its indicators that have an answer, each the same."
)


@dataclass(frozen=True)
class Profiles:
    """The profiles of one or several poles, at one or several moments.

    ``by_indicator``: one row per pole, moment and indicator that can be read,
    in the order of the document: ``pole``, ``name``, ``date`` (the moment),
    ``item``, ``label``, ``mean`` (1 to ``scale_max``; NaN without an answer),
    ``answers`` (their number), ``lowest``, ``highest``. ``by_objective``: one
    row per pole, moment and objective: ``pole``, ``name``, ``date``, ``item``,
    ``notation``, ``label``, ``mean``, ``answers``, ``answered`` and ``linked``
    (indicators with an answer, and all that are linked to it); ``None``
    without a file that links them. ``respondents`` is their number by pole and
    moment. ``notes`` tell what cannot be read, and whose the links are.
    """

    by_indicator: DataFrame
    by_objective: DataFrame | None
    respondents: dict[tuple[str, str], int]
    scale_max: int
    notes: tuple[Note, ...]
    language: str

    @property
    def profiles(self) -> tuple[tuple[str, str], ...]:
        """The poles and moments, sorted."""
        return tuple(self.respondents)

    def table(self, on: str = INDICATORS) -> DataFrame:
        """``by_indicator`` or ``by_objective``; ``CallError`` where the latter is not known."""
        if on not in (INDICATORS, OBJECTIVES):
            raise unknown_choice(
                _("A profile is not drawn on {name}.").format(name=on),
                on,
                (INDICATORS, OBJECTIVES),
            )
        if on == INDICATORS:
            return self.by_indicator
        if self.by_objective is None:
            raise CallError(
                _("The source lost which indicator belongs to which objective."),
                _("Give a file that says it: indicator, objective, author, date."),
            )
        return self.by_objective

    def title_of(self, pole: str, date: str) -> str:
        """The name of a pole and the moment, in words."""
        told = self.by_indicator[self.by_indicator["pole"] == pole]
        return f"{told['name'].iloc[0]}, {date_words(date, self.language)}"

    @property
    def poles(self) -> dict[str, str]:
        """The names of the poles by identifier."""
        told = self.by_indicator.drop_duplicates("pole")
        return dict(zip(told["pole"], told["name"], strict=True))

    def of(self, *poles: str) -> Profiles:
        """One pole beside the others, several poles alone, or (none named) all as they are."""
        if not poles:
            return self
        found = {one: self.about(one) for one in poles}
        if len(found) == 1:
            return found[poles[0]]
        return self.only(one for pole in poles for one in found[pole].profiles if one[0] == pole)

    def about(self, pole: str, most: int = 0) -> Profiles:
        """These profiles with those of ``pole`` first, the latest of each pole before the others.

        At most so many, where ``most`` is told: a pole's last two moments, then the other poles.
        Raises ``CallError`` where no answer speaks of it.
        """
        if pole not in self.poles:
            names = ", ".join(sorted(self.poles.values()))
            # The name of a pole without answers is not known here.
            raise CallError(
                _("No answer is about {pole}.").format(pole=pole),
                _("The questionnaires are about: {names}.").format(names=names),
            )
        latest = sorted(self.profiles, key=lambda one: one[1], reverse=True)
        own = [one for one in latest if one[0] == pole]
        others = [one for one in latest if one[0] != pole]
        first = [next(o for o in others if o[0] == name) for name in sorted({o[0] for o in others})]
        order = [*own[: 2 if most else None], *first, *(o for o in others if o not in first)]
        return self.only(order[: most or None])

    def only(self, kept: Iterable[tuple[str, str]]) -> Profiles:
        """The profiles of these poles and moments alone, in this order."""
        respondents = {one: self.respondents[one] for one in kept}

        def part(frame: DataFrame) -> DataFrame:
            import pandas as pd

            own = [frame[(frame["pole"] == p) & (frame["date"] == d)] for p, d in respondents]
            return pd.concat(own, ignore_index=True)

        by_objective = None if self.by_objective is None else part(self.by_objective)
        return replace(
            self,
            by_indicator=part(self.by_indicator),
            by_objective=by_objective,
            respondents=respondents,
        )

    def compared(self, on: str = INDICATORS) -> DataFrame:
        """Several profiles side by side: one row per item, ``item``, ``label``, then a mean per
        pole and moment (its title is the name of the column)."""
        table = self.table(on)
        wide = table[["item", "label"]].drop_duplicates("item").reset_index(drop=True)
        for pole, date in self.profiles:
            own = table[(table["pole"] == pole) & (table["date"] == date)].set_index("item")
            wide[self.title_of(pole, date)] = wide["item"].map(own["mean"])
        return wide


def read_profiles(
    files: Iterable[str | Path] | str | Path,
    facts: Facts,
    objectives: str | Path | None = None,
    moment: str = "date",
    language: str = DEFAULT_LANGUAGE,
    scale_max: int = SCALE_MAX,
) -> Profiles:
    """The profiles that filled questionnaires give; ``objectives`` is the file that links them.

    Raises ``DataError`` with every fault of all the files, and ``CallError`` as
    ``answers.read_answers``, ``objectives.read_objectives`` and ``profile`` do.
    """
    paths = [Path(one) for one in ([files] if isinstance(files, (str, Path)) else files)]
    told, problems, answers, links = framework(facts), list[Problem](), None, None
    try:
        answers = read_answers(paths, facts, told, scale_max)
    except DataError as error:
        problems += error.problems
    try:
        links = read_objectives(Path(objectives), facts, told) if objectives else None
    except DataError as error:
        problems += error.problems
    if problems or answers is None:
        raise DataError(problems)
    return profile(answers, facts, told, links, moment, language)


def profile(
    answers: Answers,
    facts: Facts,
    framework: Framework,
    objectives: Objectives | None = None,
    moment: str = "date",
    language: str = DEFAULT_LANGUAGE,
) -> Profiles:
    """The profiles that ``answers`` give.

    ``moment`` takes dates together by ``month`` or ``year``; a date less
    precise than that stays a moment of its own. Raises ``CallError`` without
    any answer, or for an unknown ``moment``.
    """
    if moment not in MOMENTS:
        raise unknown_choice(
            _("Dates are not taken together by {name}.").format(name=moment), moment, MOMENTS
        )
    if answers.frame.empty:
        raise CallError(
            _("There is no answer in the questionnaires: {n} rows without one.").format(
                n=answers.unanswered
            ),
            _("Write a whole number from 1 to {top} into the column importance.").format(
                top=answers.scale_max
            ),
        )
    told = answers.frame.assign(date=answers.frame["date"].str[: MOMENTS[moment]])
    people = told.groupby(["pole", "date"])["respondent"].nunique()
    respondents = {(str(pole), str(date)): int(n) for (pole, date), n in people.items()}
    by_indicator = _by_indicator(told, facts, framework, list(respondents), language)
    notes = limits(framework, answers.scale_max)
    if answers.unanswered:
        notes = (*notes, note(_UNANSWERED, n=answers.unanswered))
    by_objective = None
    if objectives is not None:
        by_objective = _by_objective(by_indicator, framework, objectives, language)
        notes = (*notes, objectives.told(framework), note(_OBJECTIVE_MEAN))
    return Profiles(by_indicator, by_objective, respondents, answers.scale_max, notes, language)


def _by_indicator(
    told: DataFrame,
    facts: Facts,
    framework: Framework,
    profiles: list[tuple[str, str]],
    language: str,
) -> DataFrame:
    import pandas as pd

    asked = pd.DataFrame(
        [
            (pole, str(facts.actors.at[pole, "name"]), date, item.id, item.label(language))
            for pole, date in profiles
            for item in framework.indicators
        ],
        columns=["pole", "name", "date", "item", "label"],
    )
    grouped = told.groupby(["pole", "date", "item"])["importance"]
    values = grouped.agg(mean="mean", answers="size", lowest="min", highest="max").reset_index()
    found = asked.merge(values, how="left", on=["pole", "date", "item"])
    return found.assign(answers=found["answers"].fillna(0).astype("int64"))


def _by_objective(
    by_indicator: DataFrame, framework: Framework, objectives: Objectives, language: str
) -> DataFrame:
    import pandas as pd

    linked = by_indicator.assign(objective=by_indicator["item"].map(objectives.of))
    keys = ["pole", "name", "date"]
    rows = []
    for (pole, name, date), own in linked.groupby(keys, sort=True):
        for item in framework.objectives:
            part = own[own["objective"] == item.id]
            rows.append(
                {
                    "pole": pole,
                    "name": name,
                    "date": date,
                    "item": item.id,
                    "notation": item.notation,
                    "label": item.label(language),
                    "mean": part["mean"].mean() if len(part) else float("nan"),
                    "answers": int(part["answers"].sum()),
                    "answered": int((part["answers"] > 0).sum()),
                    "linked": len(part),
                }
            )
    return pd.DataFrame(rows)
