"""Answers to the questionnaire of the framework, read back; faults are told by file and row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ptce_graph.errors import DataError, Problem, nearest
from ptce_graph.i18n import gettext as _
from ptce_graph.poles.filled import Cells, FilledRow, filled_rows
from ptce_graph.poles.framework import SCALE_MAX, Framework, check_scale
from ptce_graph.poles.questionnaire import HELP

if TYPE_CHECKING:
    from pandas import DataFrame

    from ptce_graph.tables.facts import Facts

_REQUIRED = ("pole", "date", "respondent", "item", "importance")
#: A whole number; some spreadsheets write ``4`` as ``4.0``.
_WHOLE = re.compile(r"([0-9]{1,3})(?:[.,]0+)?")
_ACTORS = ("pole", "organisation", "network")

COLUMNS = ("pole", "date", "respondent", "item", "importance", "note", "file", "row")


@dataclass(frozen=True)
class Answers:
    """The answers of one or several files.

    ``frame`` has one row per answer: ``pole`` and ``respondent`` (identifiers),
    ``date`` (as precise as given), ``item``, ``importance`` (a whole number
    from 1 to ``scale_max``), ``note``, and the ``file`` and ``row`` it stands
    in. ``unanswered`` is the number of rows without an importance: rows read
    are those of ``frame`` and these.
    """

    frame: DataFrame
    unanswered: int
    scale_max: int


def read_answers(
    paths: Iterable[Path] | Path,
    facts: Facts,
    framework: Framework,
    scale_max: int = SCALE_MAX,
) -> Answers:
    """The answers in filled questionnaires (CSV, xlsx or ods).

    Raises ``DataError`` with every fault (file, row, column, nearest right
    value): an unknown pole, organisation or indicator, what is no date, a
    number that is not on the scale, an answer given twice by the same
    respondent on the same date; ``CallError`` for a file that is no table or
    not there, and for a scale that the document does not fit.
    """
    import pandas as pd

    check_scale(scale_max)
    problems: list[Problem] = []
    reader = _Reader(Cells(facts, problems), framework, scale_max)
    for path in [Path(paths)] if isinstance(paths, (str, Path)) else paths:
        for row in filled_rows(Path(path), _REQUIRED, ("note",), HELP, problems):
            reader.read(row)
    if problems:
        raise DataError(problems)
    frame = pd.DataFrame(reader.answers, columns=list(COLUMNS))
    frame = frame.astype({"importance": "int64", "row": "int64"})
    order = {item.id: at for at, item in enumerate(framework.indicators)}
    frame = frame.assign(order=frame["item"].map(order))
    frame = frame.sort_values(["pole", "date", "respondent", "order"], ignore_index=True)
    return Answers(frame.drop(columns="order"), reader.unanswered, scale_max)


class _Reader:
    """Rows one by one into answers, or into problems."""

    def __init__(self, cells: Cells, framework: Framework, scale_max: int) -> None:
        self.cells, self.framework, self.scale_max = cells, framework, scale_max
        self.items = {item.id for item in framework.indicators}
        self.answers: list[tuple[object, ...]] = []
        self.unanswered = 0
        self.seen: dict[tuple[str, ...], FilledRow] = {}

    def read(self, row: FilledRow) -> None:
        if not row.cells["importance"]:
            self.unanswered += 1
            return
        importance = self._importance(row)
        pole = self.cells.actor(
            row, "pole", ("pole",), _("is empty: name the pole that is spoken of.")
        )
        date = self.cells.date(row)
        respondent = self.cells.actor(
            row,
            "respondent",
            _ACTORS,
            _("is empty: name the organisation that answers, or the pole itself."),
        )
        item = self._item(row)
        sound = self.cells.sound(row, "note")
        if not (importance and pole and date and respondent and item and sound):
            return
        key = (pole, date, respondent, item)
        before = self.seen.setdefault(key, row)
        if before is not row:
            message = _("was answered by the same respondent on the same date in {place}.")
            message = message.format(place=f"{before.file}:{before.row}")
            self.cells.problems.append(row.problem("item", "answered twice", message))
            return
        note = row.cells.get("note", "")
        self.answers.append((*key, importance, note, row.file, row.row))

    def _importance(self, row: FilledRow) -> int:
        found = _WHOLE.fullmatch(row.cells["importance"])
        value = int(found[1]) if found else 0
        if 1 <= value <= self.scale_max:
            return value
        message = _("is not on the scale: write a whole number from 1 to {top}, or nothing.")
        problem = row.problem("importance", "scale", message.format(top=self.scale_max))
        self.cells.problems.append(problem)
        return 0

    def _item(self, row: FilledRow) -> str:
        value = row.cells["item"]
        if value in self.items:
            return value
        if self.framework.item(value):
            message = _("is an objective: the questionnaire asks about indicators.")
        else:
            message = _("is no indicator of the framework that can be read.")
        near = nearest(value, sorted(self.items))
        self.cells.problems.append(row.problem("item", "unknown item", message, near))
        return ""
