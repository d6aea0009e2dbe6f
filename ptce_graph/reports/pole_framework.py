"""What the page of a pole tells of the action framework: its profile, and what cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from ptce_graph.i18n import mark, translator
from ptce_graph.poles.framework import GENERAL, NO_ANSWERS, Framework, framework, limits
from ptce_graph.poles.profile import INDICATORS, OBJECTIVES, Profiles
from ptce_graph.poles.profile_shown import notes
from ptce_graph.reports.pole_charts import MOST_PROFILES, PoleFigure, profile_bars, profile_radar
from ptce_graph.reports.pole_cited import Cited
from ptce_graph.reports.pole_made_of import data_option

if TYPE_CHECKING:
    from ptce_graph.tables.facts import Facts

_ANSWERED = mark("Poles and moments, with how many organisations answered: {profiles}.")
_MORE = mark("Not drawn for want of room: {profiles}.")
_NO_LINKS = mark(
    "Without a file that links indicators to objectives, nothing is told by objective: the source "
    "lost which belongs to which."
)


class OnFramework:
    """The framework for the template; with ``profiles``, the figures of the pole and the others."""

    def __init__(self, cited: Cited, profiles: Profiles | None = None) -> None:
        dossier = cited.dossier
        self.dossier, self.language = dossier, cited.language
        self.words: Callable[[str], str] = translator(cited.language)
        self.joined = cited.joined
        #: All profiles, the pole's first; those that are drawn.
        self.all = profiles.about(dossier.pole) if profiles else None
        self.drawn = profiles.about(dossier.pole, MOST_PROFILES) if profiles else None

    @cached_property
    def framework(self) -> Framework:
        """The framework of the data, or the one lent."""
        facts: Facts = self.dossier.facts
        return framework(facts)

    @property
    def general(self) -> str:
        """The general objectives, in one line."""
        return ", ".join(item.label(self.language) for item in self.framework.of_level(GENERAL))

    @property
    def objectives(self) -> str:
        """The main objectives with their letters, in one line."""
        told = [f"{i.notation}) {i.label(self.language)}" for i in self.framework.objectives]
        return ", ".join(told)

    @property
    def figures(self) -> list[PoleFigure]:
        """A radar by objective where they are linked, else by indicator; bars by indicator."""
        if self.drawn is None:
            return []
        on = INDICATORS if self.drawn.by_objective is None else OBJECTIVES
        return [profile_radar(self.drawn, on), profile_bars(self.drawn, INDICATORS)]

    @property
    def tables(self) -> list[PoleFigure]:
        """The figures whose tables are told: two figures of the same numbers have one table."""
        figures = self.figures
        return figures[:1] if figures and figures[0].rows == figures[-1].rows else figures

    @property
    def told(self) -> list[str]:
        """Who answered, what is not drawn, or that nobody's answers are known."""
        if self.all is None or self.drawn is None:
            return [self.words(NO_ANSWERS)]
        people = [f"{self.all.title_of(*one)} ({n})" for one, n in self.all.respondents.items()]
        lines = [self.words(_ANSWERED).format(profiles=self.joined(people))]
        left = [one for one in self.all.profiles if one not in self.drawn.respondents]
        if left:
            titles = [self.all.title_of(*one) for one in left]
            lines.append(self.words(_MORE).format(profiles=self.joined(titles)))
        if self.all.by_objective is None:
            lines.append(self.words(_NO_LINKS))
        return lines

    @property
    def limits(self) -> list[str]:
        """What of the framework cannot be read, and how the profile was made: a sentence each."""
        if self.all is not None:
            return notes(self.all)
        return [told.told(self.words) for told in limits(self.framework)]

    @property
    def commands(self) -> tuple[str, str]:
        """The commands that write the questionnaire, and that draw what was answered."""
        start = f"ptce-graph poles {self.dossier.pole}{data_option(self.dossier)}"
        return f"{start} --questionnaire q.xlsx", f"{start} --answers q.xlsx -o pole.html"
