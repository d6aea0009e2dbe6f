"""A file that somebody filled in (CSV or a workbook) as rows by column; faults have a place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from ptce_graph.errors import CallError, Problem, nearest
from ptce_graph.i18n import gettext as _
from ptce_graph.importers.sheets import BLANKS, read_sheet
from ptce_graph.network.actors import find_actor
from ptce_graph.tables.cells import is_date, text_faults
from ptce_graph.tables.facts import Facts


@dataclass(frozen=True)
class FilledRow:
    """The cells of one row by the name of their column, with the file and row they stand in."""

    file: str
    row: int
    cells: dict[str, str]

    def problem(self, column: str, kind: str, message: str, near: str = "") -> Problem:
        """What is wrong with one cell of it."""
        return Problem(self.file, self.row, column, kind, self.cells.get(column, ""), message, near)


def filled_rows(
    path: Path,
    required: Sequence[str],
    optional: Collection[str],
    ignored: Collection[str],
    problems: list[Problem],
) -> list[FilledRow]:
    """The rows of ``path`` that hold anything in a column that is read.

    The header is the first row that is not empty; its columns may stand in any
    order. What is wrong is added to ``problems``. Raises ``CallError`` for
    what is no table.
    """
    path = Path(path)
    try:
        sheet = read_sheet(path)
    except FileNotFoundError as error:
        raise CallError(
            _("There is no file {path}.").format(path=path), _("Check its name and its folder.")
        ) from error
    told = path.name
    for fault in sheet.faults:
        problems.append(Problem(told, fault.row, "", "unreadable row", fault.value, fault.reason))
    faulty = {fault.row for fault in sheet.faults}
    found: list[FilledRow] = []
    header: list[str] = []
    for number, cells in enumerate(sheet.rows, start=1):
        if number in faulty or not any(cell.strip(BLANKS) for cell in cells):
            continue
        if not header:
            header = [cell.strip(BLANKS).casefold() for cell in cells]
            if not _header_serves(header, told, number, required, {*optional, *ignored}, problems):
                return []
            continue
        if len(cells) > len(header):
            message = _("has {found} cells where the header has {expected}.")
            message = message.format(found=len(cells), expected=len(header))
            problems.append(Problem(told, number, "", "row length", "", message))
            continue
        values = dict.fromkeys(header, "")
        values.update(zip(header, (cell.strip(BLANKS) for cell in cells), strict=False))
        if any(values.get(name) for name in (*required, *optional)):
            found.append(FilledRow(told, number, values))
    return found


def _header_serves(
    header: list[str],
    told: str,
    row: int,
    required: Sequence[str],
    others: Collection[str],
    problems: list[Problem],
) -> bool:
    missing = [name for name in required if name not in header]
    unknown = [name for name in header if name and name not in {*required, *others}]
    twice = [name for name in dict.fromkeys(header) if name and header.count(name) > 1]
    for name in missing:
        message = _("is missing from the header.")
        near = nearest(name, unknown)
        problems.append(Problem(told, row, name, "missing column", "", message, near))
    for name in unknown:
        message = _("is not a column of this table.")
        near = nearest(name, [*required, *others])
        problems.append(Problem(told, row, name, "unknown column", "", message, near))
    for name in twice:
        message = _("stands twice in the header.")
        problems.append(Problem(told, row, name, "repeated column", "", message))
    return not missing and not twice


class Cells:
    """Reads single cells and keeps what is wrong with them; names are looked up once each."""

    def __init__(self, facts: Facts, problems: list[Problem]) -> None:
        self.facts, self.problems = facts, problems
        self._known: dict[tuple[str, tuple[str, ...]], str | CallError] = {}

    def actor(self, row: FilledRow, column: str, types: tuple[str, ...], empty: str) -> str:
        """The identifier of what a cell names, or nothing and a problem; ``empty`` says what to do
        where the cell is."""
        value = row.cells[column]
        if not value:
            self.problems.append(row.problem(column, "empty", empty))
            return ""
        if not self.sound(row, column):
            return ""
        key = (value, types)
        if key not in self._known:
            try:
                self._known[key] = find_actor(self.facts, value, types)
            except CallError as error:
                self._known[key] = error
        found = self._known[key]
        if isinstance(found, CallError):
            message = f"{found.message} {found.hint}".strip()
            self.problems.append(row.problem(column, "unknown name", message))
            return ""
        return found

    def date(self, row: FilledRow, column: str = "date") -> str:
        """The date in a cell, or nothing and a problem."""
        value = row.cells[column]
        if value and is_date(value):
            return value
        message = _("is not a date: write 2007, 2007-03 or 2007-03-15.")
        self.problems.append(row.problem(column, "date" if value else "empty", message))
        return ""

    def sound(self, row: FilledRow, column: str) -> bool:
        """Whether a text may be kept: no e-mail address, telephone number or hidden character."""
        faults = text_faults(row.cells.get(column, ""))
        for kind, message in faults:
            # Not shown again: what looks like a person's address stays in the file it is in.
            self.problems.append(Problem(row.file, row.row, column, kind, "", message))
        return not faults
