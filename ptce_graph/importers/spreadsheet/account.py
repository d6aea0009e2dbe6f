"""The account of an import: rows refused, and cells left out of rows that are kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ptce_graph.i18n import gettext as _
from ptce_graph.tables.cells import PERSONAL

if TYPE_CHECKING:
    from pandas import Series

_EXAMPLES = 3
_SHOWN = 40


class Account:
    """``refused`` rows with where and why; ``notes`` in words.

    With ``lenient`` a cell that cannot be read is left out and told, where
    otherwise its row is refused.
    """

    def __init__(self, lenient: bool = False) -> None:
        self.lenient = lenient
        self.refused: list[tuple[int, str, str, str]] = []
        self.notes: list[str] = []

    def refuse(self, column: str, cells: Series, reasons: Series) -> None:
        """Refuse the rows (the index) for which ``reasons`` says something."""
        wrong = reasons[reasons != ""]
        values = cells.loc[wrong.index]
        self.refused += [
            (int(str(row)), column, str(value), str(reason))
            for row, value, reason in zip(wrong.index, values, wrong, strict=True)
        ]

    def unreadable(self, column: str, cells: Series, reasons: Series) -> None:
        """Cells on which a fact rests: their rows are refused, or the cells are left out."""
        if not self.lenient:
            self.refuse(column, cells, reasons)
            return
        wrong = cells[reasons != ""]
        if len(wrong):
            self.left_out(column, wrong, _("cannot be read"))

    def left_out(self, column: str, cells: Series, why: str) -> None:
        """Tell of cells that are not kept, while their rows are."""
        if not len(cells):
            return
        shown = ", ".join(
            _("row {row} « {value} »").format(row=row, value=shown_value(str(value)))
            for row, value in cells.head(_EXAMPLES).items()
        )
        message = _("Column “{column}”, cells left out ({why}): {n}, such as {examples}.")
        self.notes.append(message.format(column=column, n=len(cells), why=why, examples=shown))

    def rows(self) -> set[int]:
        """The rows that are refused."""
        return {row for row, _column, _value, _reason in self.refused}

    def note(self, message: str) -> None:
        self.notes.append(message)

    def take(self, refused: Iterable[tuple[int, str, str, str]]) -> None:
        self.refused += refused


def shown_value(value: str) -> str:
    """A cell as a note may show it: its start, without what speaks of a person."""
    plain = PERSONAL.sub("…", " ".join(value.split()))
    return plain if len(plain) <= _SHOWN else plain[: _SHOWN - 1] + "…"
