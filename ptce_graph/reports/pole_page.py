"""The profile of one pole as an HTML page that needs nothing else, and that prints on A4.

The template is autoescaped. The policy of the page lets nothing in but its own
style. On paper the facts of each criterion, which stand below on the screen,
are left out: the lines of their passages stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ptce_graph.errors import known_language
from ptce_graph.files import write_whole
from ptce_graph.i18n import DEFAULT_LANGUAGE, date_words, mark, translator
from ptce_graph.poles.alike import explanation
from ptce_graph.poles.findings import BY_ASSESSMENT, NOT_DOCUMENTED, NOT_MET, Finding
from ptce_graph.poles.shown import ANSWERS, LISTS
from ptce_graph.poles.typology import DERIVED, DIMENSIONS, RULES, label_of
from ptce_graph.reports.html import content_policy
from ptce_graph.reports.pole_cited import Cited
from ptce_graph.reports.pole_framework import OnFramework
from ptce_graph.reports.pole_made_of import MadeOf
from ptce_graph.reports.pole_words import LABELS, SIGNS, WEIGHTS

if TYPE_CHECKING:
    from ptce_graph.poles.criteria import Criterion
    from ptce_graph.poles.dossier import Dossier
    from ptce_graph.poles.profile import Profiles

_SURROGATES = re.compile("[\ud800-\udfff]")


def write_pole_page(
    dossier: Dossier, path: Path, language: str, profiles: Profiles | None = None
) -> Path:
    """Write ``pole_page`` to ``path``, which is returned."""
    write_whole(path, pole_page(dossier, language, profiles))
    return path


def pole_page(
    dossier: Dossier, language: str = DEFAULT_LANGUAGE, profiles: Profiles | None = None
) -> str:
    """The page of ``dossier`` in ``fr`` or ``en``: write it as UTF-8, open it by double-click.

    ``profiles`` are those of filled questionnaires, in the same language: the
    pole's own is drawn beside the others. Raises ``CallError`` where none is
    about this pole, and for another language.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    known_language(language)
    style = (resources.files("ptce_graph.reports") / "pole_page.css").read_text(encoding="utf-8")
    environment = Environment(
        loader=PackageLoader("ptce_graph.reports", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = translator(language)
    page = environment.get_template("pole_page.html.j2").render(
        language=language,
        style=Markup(style),  # noqa: S704
        policy=content_policy(style),
        labels={name: words(label) for name, label in LABELS.items()},
        view=PoleView(dossier, language, profiles),
        # What we draw ourselves; the XML writer escapes its texts.
        drawing=lambda figure: Markup(figure.svg),  # noqa: S704
    )
    # A lone surrogate cannot be written as UTF-8.
    return _SURROGATES.sub("\ufffd", page)


@dataclass(frozen=True)
class Line:
    """One criterion as the page shows it."""

    id: str
    label: str
    value: str
    sign: str
    told: str
    passages: str
    lacking: str
    why: str
    rule: str
    other: str
    judgement: str
    thresholds: tuple[str, ...]
    assessments: tuple[str, ...]
    facts: tuple[tuple[str, str, str], ...]


class PoleView:
    """What the template asks of a dossier, in words."""

    def __init__(self, dossier: Dossier, language: str, profiles: Profiles | None = None) -> None:
        self.dossier, self.language = dossier, language
        self.words: Callable[[str], str] = translator(language)
        self.cited = Cited(dossier, language)
        self.made_of = MadeOf(self.cited)
        self.on_framework = OnFramework(self.cited, profiles)

    def _label(self, name: str) -> str:
        return self.words(LABELS[name])

    @property
    def name(self) -> str:
        return self.dossier.name

    # Header

    @cached_property
    def _actor(self) -> Any:
        return self.dossier.facts.actors.loc[self.dossier.pole]

    @property
    def header(self) -> list[tuple[str, str]]:
        """Pairs of label and value: place, carrier, stage; since and other names where told."""
        places = self.dossier.facts.tables.frames["places"]
        names = dict(zip(places["id"], places["name"], strict=True))
        stages = [
            label_of(self.dossier.facts, one, self.language)
            for one in self.dossier.placed
            if one.dimension == "stage"
        ]
        pairs = [
            ("place", [names.get(place, place) for place in self._actor["places"]]),
            ("carrier", self.made_of.carrier),
            ("stage", stages),
        ]
        told = [(self._label(n), ", ".join(v) or self._unknown) for n, v in pairs]
        for label, more in (
            ("since", [date_words(date, self.language) for date in self._actor["since"]]),
            ("names", list(self._actor["names"])),
        ):
            if more:
                told.append((self._label(label), ", ".join(more)))
        return told

    @property
    def _unknown(self) -> str:
        return self._label("unknown")

    # Criteria

    @cached_property
    def lists(self) -> list[tuple[str, str, list[Line]]]:
        """Each list of criteria that is no list of exclusions: its title, its counts, its lines."""
        found = []
        for name, title in LISTS.items():
            lines = [self._line(c, f) for c, f in self.dossier.answers if c.list == name]
            if lines and name != "exclusions":
                values = [line.value for line in lines]
                told = [f"{self.words(ANSWERS[v][0])} {values.count(v)}" for v in SIGNS]
                found.append((self.words(title), " · ".join(told), lines))
        return found

    @cached_property
    def exclusions(self) -> list[Line]:
        """The lines of the exclusions."""
        return [self._line(c, f) for c, f in self.dossier.answers if c.is_exclusion]

    @property
    def all_lines(self) -> list[Line]:
        """Every criterion, then the exclusions."""
        return [line for _title, _counts, lines in self.lists for line in lines] + self.exclusions

    @property
    def fails(self) -> list[Line]:
        """The criteria that documents show not to be met."""
        return [line for line in self._shown if line.value == NOT_MET]

    @property
    def to_know(self) -> list[Line]:
        """Not documented, and a fact would decide."""
        return [self._line(c, f) for c, f in self._open if c.rule.answers]

    @property
    def to_judge(self) -> list[Line]:
        """Not documented, and only somebody's assessment can decide."""
        return [self._line(c, f) for c, f in self._open if not c.rule.answers]

    @property
    def _shown(self) -> list[Line]:
        return [line for _title, _counts, lines in self.lists for line in lines]

    @property
    def _open(self) -> tuple[tuple[Criterion, Finding], ...]:
        return self.dossier.with_value(NOT_DOCUMENTED)

    def _line(self, criterion: Criterion, finding: Finding) -> Line:
        language, words, rule = self.language, self.words, criterion.rule
        sign = SIGNS.get(finding.value, "–")
        told = words(ANSWERS[finding.value][0])
        if finding.by == BY_ASSESSMENT:
            told = words(mark("{answer} (assessed)")).format(answer=told)
        return Line(
            criterion.id,
            criterion.label[language],
            finding.value,
            sign,
            told,
            self.cited.passages(finding.evidence) if finding.value != NOT_DOCUMENTED else "",
            finding.lacking_fr if language == "fr" else finding.lacking_en,
            self._why(criterion, finding),
            rule.words[language],
            rule.other[language],
            rule.judgement[language],
            tuple(self._thresholds(criterion, finding)),
            tuple(self._assessments(finding)),
            tuple(
                (
                    one.told_fr if language == "fr" else one.told_en,
                    words(WEIGHTS[one.weight]),
                    f"[{self.cited.number(one.document)}] {one.lines.replace('|', ', ')}",
                )
                for one in finding.evidence
            ),
        )

    def _why(self, criterion: Criterion, finding: Finding) -> str:
        """Why it is not met: what an organisation says, or what the rule found and its numbers."""
        if finding.by == BY_ASSESSMENT:
            return next(iter(self._assessments(finding)))
        # How a threshold is read, in parentheses, and its source stand with the criterion.
        used = dict(finding.parameters)
        told = ", ".join(
            f"{one.words[self.language].partition(' (')[0]} = {used[one.name]}"
            for one in criterion.rule.thresholds
            if used.get(one.name)
        )
        why = criterion.rule.why(finding.value, self.language)
        return f"{why} ({told})" if told else why

    def _thresholds(self, criterion: Criterion, finding: Finding) -> Iterable[str]:
        used = dict(finding.parameters)
        for one in criterion.rule.thresholds:
            value, default = used.get(one.name, ""), one.default
            if not value:
                yield f"{one.words[self.language]} = {self._label('unset')}"
                continue
            source = (
                self.words(mark("our convention"))
                if one.is_ours
                else f"{self.cited.title(one.source)}, {one.lines}"
            )
            if value != default:
                source = self.words(mark("chosen for this page"))
            yield f"{one.words[self.language]} = {value} ({source})"

    def _assessments(self, finding: Finding) -> Iterable[str]:
        for one in finding.assessments:
            yield self._label("assessed").format(
                author=one.author,
                date=date_words(one.date, self.language),
                value=self.words(ANSWERS[one.value][0]),
                reason=one.reason,
            )
        if finding.assessments:
            value = self.words(ANSWERS[finding.rule_value][0])
            yield self._label("by_rule").format(value=value)

    # Typology, parties, networks, poles alike

    @property
    def typology(self) -> list[tuple[str, list[tuple[str, str, str]]]]:
        """By dimension: label, how (derived, to come), passages; with the rule in words."""
        found: dict[str, list[tuple[str, str, str]]] = {}
        for one in self.dossier.placed:
            how = [self._label("derived")] if one.how == DERIVED else []
            how += [self._label("planned")] if one.planned else []
            label = label_of(self.dossier.facts, one, self.language)
            row = (label, ", ".join(how), self.cited.passages(one.evidence))
            found.setdefault(one.dimension, []).append(row)
        return [(self.words(DIMENSIONS[name].label), rows) for name, rows in found.items()]

    @property
    def rules(self) -> list[str]:
        """The rules that derived something, in words."""
        used = dict.fromkeys(one.rule for one in self.dossier.placed if one.rule)
        return [self.words(RULES[name]) for name in used]

    @property
    def alike(self) -> list[tuple[str, str]]:
        """The poles most alike, and why."""
        actors, facts = self.dossier.facts.actors["name"], self.dossier.facts
        return [
            (str(actors[one.other]), explanation(facts, one, self.language))
            for one in self.dossier.alike
        ]
