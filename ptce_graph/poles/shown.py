"""Answers on criteria as tables: all poles, one pole, two poles side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ptce_graph.i18n import DEFAULT_LANGUAGE, mark, translator
from ptce_graph.poles.findings import (
    DECIDES,
    EXCLUDED,
    MET,
    NOT_DOCUMENTED,
    NOT_EXCLUDED,
    NOT_MET,
    Evidence,
    Finding,
)

if TYPE_CHECKING:
    from pandas import DataFrame

    from ptce_graph.poles.criteria import Criterion
    from ptce_graph.poles.judge import Findings

#: Each answer in words, and as a cell of a narrow table.
ANSWERS = {
    MET: (mark("met"), mark("yes")),
    NOT_MET: (mark("not met"), mark("no")),
    NOT_DOCUMENTED: (mark("not documented"), "?"),
    EXCLUDED: (mark("excluded"), mark("yes")),
    NOT_EXCLUDED: (mark("not excluded"), mark("no")),
}
#: The lists of the note of the Labo de l'ESS, in the words of a heading.
LISTS = {
    "incontournables": mark("Indispensable criteria"),
    "a-tester": mark("Criteria to test"),
    "exclusions": mark("Exclusions"),
}
_NUMBER = re.compile(r"\d+")


def short_name(criterion: Criterion) -> str:
    """``i1`` for ``note-inc-1``: the head of a narrow column; the other document's are in capitals.

    A criterion of another make keeps its identifier.
    """
    document, _dash, rest = criterion.id.partition("-")
    kind, _dash, number = rest.partition("-")
    if not number or kind not in ("inc", "tes", "exc"):
        return criterion.id
    letter = kind[0] if document == "note" else kind[0].upper()
    return f"{letter}{number}"


def passages(evidence: Iterable[Evidence], deciding: bool = True) -> dict[str, str]:
    """The lines by document, each once and in order: ``{"note-labo-ess": "120, 161"}``.

    Of the facts that decide, or (``deciding=False``) of those that are only shown.
    """
    found: dict[str, set[str]] = {}
    for one in evidence:
        if (one.weight == DECIDES) == deciding:
            found.setdefault(one.document, set()).update(one.lines.split("|"))
    return {name: ", ".join(sorted(found[name] - {""}, key=_in_order)) for name in sorted(found)}


def _in_order(lines: str) -> tuple[list[int], str]:
    return [int(number) for number in _NUMBER.findall(lines)], lines


def one_line(found: dict[str, str]) -> str:
    """``passages`` in one cell: ``document:lines``, joined by ``; ``."""
    return "; ".join(f"{document}:{lines}" for document, lines in found.items())


def answers_frame(
    found: Findings, language: str = DEFAULT_LANGUAGE, things: Iterable[str] = ()
) -> DataFrame:
    """A row per pole and criterion, exclusions too: ``Findings.frame`` with its evidence.

    More columns: ``evidence`` (how many facts decide), ``passages`` (theirs,
    ``document:lines`` joined by ``; ``), ``shown`` (those of facts that speak of it
    and do not decide), ``thresholds`` (``min=5; kinds=2``), ``assessment_author``,
    ``assessment_date`` and ``assessment_reason`` (of the one that counts).
    """
    poles = list(things) or list(found.poles)
    frame = found.frame(language, poles)
    every = [one for pole in poles for one in found.of(pole)]
    frame["evidence"] = [sum(e.weight == DECIDES for e in one.evidence) for one in every]
    for name, deciding in (("passages", True), ("shown", False)):
        frame[name] = [one_line(passages(one.evidence, deciding)) for one in every]
    frame["thresholds"] = [thresholds(one) for one in every]
    # Of the assessment that counts, where one does.
    for name in ("author", "date", "reason"):
        frame[f"assessment_{name}"] = [
            getattr(one.assessments[0], name) if one.assessments else "" for one in every
        ]
    return frame


def thresholds(finding: Finding) -> str:
    """The thresholds used, ``min=5; kinds=2``; one that is not set has nothing after ``=``."""
    return "; ".join(f"{name}={value}" for name, value in finding.parameters)


def matrix(found: Findings, language: str) -> tuple[list[str], list[list[Any]]]:
    """Poles by criteria, ``yes``, ``no`` or ``?``, and how many of each: heads and rows.

    Exclusions are another scale and stay out. Poles of which most is documented
    come first, then by name: this is no ranking of poles, it spares the reader
    the empty rows.
    """
    words = translator(language)
    shown = [one for one in found.criteria if not one.is_exclusion]
    names = found.facts.actors["name"]
    rows: list[list[Any]] = []
    for pole in found.poles:
        values = {one.criterion: one.value for one in found.of(pole)}
        cells = [values[one.id] for one in shown]
        count = [cells.count(value) for value in (MET, NOT_MET, NOT_DOCUMENTED)]
        told = [cell if cell == "?" else words(cell) for cell in (ANSWERS[v][1] for v in cells)]
        rows.append([names[pole], *told, *count])
    rows.sort(key=lambda row: (row[-1], row[0]))
    heads = [words("pole"), *map(short_name, shown), words("yes"), words("no"), "?"]
    return heads, rows


def compared(
    found: Findings, one: str, two: str, language: str
) -> tuple[list[str], list[list[str]]]:
    """Two poles criterion by criterion, exclusions too: heads and rows."""
    words = translator(language)
    names = found.facts.actors["name"]
    rows = []
    for criterion, left, right in zip(found.criteria, found.of(one), found.of(two), strict=True):
        answers = [words(ANSWERS[finding.value][0]) for finding in (left, right)]
        rows.append([criterion.label[language], *answers])
    return [words("criterion"), str(names[one]), str(names[two])], rows


def records(found: Findings, things: Iterable[str] = ()) -> list[dict[str, Any]]:
    """The answers as trees for JSON: per pole its findings, each with all its evidence."""
    from dataclasses import asdict

    names = found.facts.actors["name"]
    told = []
    for pole in list(things) or found.poles:
        criteria = [{**asdict(one), "parameters": dict(one.parameters)} for one in found.of(pole)]
        told.append({"pole": pole, "name": names[pole], "criteria": criteria})
    return told
