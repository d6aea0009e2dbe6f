"""Where the header of a grid stands, and the rows under it as a frame of named columns."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _
from ptce_graph.importers import identifiers
from ptce_graph.importers.sheets import Sheet
from ptce_graph.importers.sheets_archive import letters_of
from ptce_graph.importers.spreadsheet.words import PERSONAL_HEADER, use_of_header
from ptce_graph.tables.cells import PERSONAL
from ptce_graph.vocabulary.iris import slug

if TYPE_CHECKING:
    from pandas import DataFrame

#: A header is looked for in so many rows that hold something.
_LOOKED_AT = 30
#: Longer than the header of any column.
_LONG = 120
_NUMBER = re.compile(r"[0-9][0-9 .,\u00a0\u202f]*|W[0-9]{9}")
#: Up to this share of the rows, one longer than the header is a fault of that row.
_FEW = 0.2
#: No header that people write has so many columns.
_MOST_COLUMNS = 2_000

Refusal = tuple[int, str, str, str]


@dataclass(frozen=True)
class Grid:
    """The rows of a sheet under its header.

    ``frame`` has a column of text cells per column of the sheet, named after
    its header, and the numbers of the spreadsheet's rows as its index; empty
    rows are not in it. ``header`` is the row of the header, 0 where there is
    none. ``refused`` are rows that could not be read.
    """

    frame: DataFrame
    header: int
    refused: tuple[Refusal, ...]
    notes: tuple[str, ...]


def grid_of(sheet: Sheet, networks: frozenset[str], wanted: int | None = None) -> Grid:
    """The rows under the header: the one ``wanted`` (0 for none), or the one that looks like it.

    ``networks`` are the folded names of networks, which may stand in a header.
    """
    at = header_row(sheet, networks) if wanted is None else wanted - 1
    if wanted and (at >= len(sheet.rows) or not sheet.rows[at]):
        raise CallError(
            _("Row {row} holds no header.").format(row=wanted),
            _("Correct the line header of the mapping."),
        )
    told = sheet.rows[at] if at >= 0 else []
    below = sheet.rows[at + 1 :]
    width = _width(told, below, sheet.kind)
    refused = [(fault.row, "", fault.value, fault.reason) for fault in sheet.faults]
    long = {number: len(row) for number, row in enumerate(below, start=at + 2) if len(row) > width}
    message = _("has {found} cells where the header has {expected}.")
    refused += [
        (row, "", "", message.format(found=found, expected=width)) for row, found in long.items()
    ]
    names = column_names(told, width)
    frame = _frame(below, names, at + 2)
    return Grid(frame, at + 1, tuple(refused), tuple(_notes(sheet, at)))


def _notes(sheet: Sheet, at: int) -> list[str]:
    notes = list(sheet.notes)
    above = [number for number, row in enumerate(sheet.rows[: max(at, 0)], start=1) if row]
    if above:
        note = _("The header is in row {row}; what stands above it is not read.")
        notes.append(note.format(row=at + 1))
    if at < 0:
        notes.append(_("No row looks like a header: columns are named by their letters."))
    return notes


def _width(told: list[str], below: list[list[str]], kind: str) -> int:
    """The number of columns: those of the header, or more where many rows have more."""
    lengths = Counter(len(row) for row in below if row)
    most = max(lengths, default=len(told))
    longer = sum(n for length, n in lengths.items() if length > len(told))
    # In a workbook a cell stands where it was put; in CSV one too many shifts all others.
    if kind != "csv" or not told or longer > _FEW * sum(lengths.values()):
        width = max(len(told), most)
    else:
        width = len(told)
    if width > _MOST_COLUMNS:
        raise CallError(
            _("A table of {n} columns is not read.").format(n=width),
            _("Keep the columns that tell of the organisations, then import the file again."),
        )
    return width


def _frame(below: list[list[str]], names: list[str], first: int) -> DataFrame:
    import pandas as pd

    width = len(names)
    numbers = [n for n, row in enumerate(below, start=first) if row and len(row) <= width]
    kept = [row for row in below if row and len(row) <= width]
    columns = {
        name: [row[i] if i < len(row) else "" for row in kept] for i, name in enumerate(names)
    }
    return pd.DataFrame(columns, index=pd.Index(numbers, dtype="int64"), dtype=object)


def column_names(told: list[str], width: int) -> list[str]:
    """A name for each column: its header; its letter where it has none; numbered when repeated."""
    names: list[str] = []
    taken: set[str] = set()
    for i in range(width):
        written = " ".join(told[i].split()) if i < len(told) else ""
        # The header of a column may be the e-mail of a person.
        name = PERSONAL.sub("…", written)[:_LONG] or f"({letters_of(i + 1)})"
        number, once = 2, name
        while name in taken:
            name, number = f"{once} ({number})", number + 1
        taken.add(name)
        names.append(name)
    return names


def header_row(sheet: Sheet, networks: frozenset[str]) -> int:
    """The place of the header in ``sheet.rows``; -1 where the rows start without one."""
    filled = [i for i, row in enumerate(sheet.rows) if row][:_LOOKED_AT]
    if not filled:
        return -1
    # No header stands under a row with a SIREN or a SIRET in it.
    data = (n for n, i in enumerate(filled) if any(map(_is_identifier, sheet.rows[i])))
    candidates = filled[: next(data, len(filled)) + 1]
    usual = Counter(len([c for c in sheet.rows[i] if c]) for i in filled[1:] or filled)
    width = max(1, max(usual, key=lambda n: (usual[n], n)))
    scores = {i: _likeness(sheet.rows[i], width, networks) for i in candidates}
    best = max(candidates, key=lambda i: (scores[i][0], -i))
    if scores[best][1]:
        return best
    first = next((i for i in candidates if len([c for c in sheet.rows[i] if c]) >= 0.5 * width), -1)
    if first >= 0 and _differs(sheet.rows, first, filled):
        return first
    return -1


def _is_identifier(cell: str) -> bool:
    return bool(_NUMBER.fullmatch(cell) and identifiers.siren(cell).value)


def _likeness(row: list[str], width: int, networks: frozenset[str]) -> tuple[float, int]:
    """How much a row looks like a header, and how many of its cells are words of headers."""
    cells = [slug(cell) for cell in row if cell]
    words = [
        cell
        for cell, text in zip(cells, (c for c in row if c), strict=True)
        if len(text) <= _LONG
        and (use_of_header(cell) or PERSONAL_HEADER.search(cell) or cell in networks)
    ]
    # A single letter may be a header (a, b) as well as anything else.
    hits = sum(3 if len(word) > 1 else 1 for word in words)
    numbers = sum(1 for cell in row if _NUMBER.fullmatch(cell) or PERSONAL.search(cell))
    repeated = len(cells) - len(set(cells))
    score = hits + min(1.0, len(cells) / width) - 4 * numbers - repeated
    return score, hits if score > 0 else 0


def _differs(rows: list[list[str]], first: int, filled: list[int]) -> bool:
    """Whether the cells of a row are words above columns of numbers or marks."""
    below = [rows[i] for i in filled if i > first]
    if not below:
        return False
    words = [i for i, cell in enumerate(rows[first]) if cell and not _NUMBER.fullmatch(cell)]
    for i in words:
        cells = [row[i] for row in below if i < len(row) and row[i]]
        short = [cell for cell in cells if _NUMBER.fullmatch(cell) or len(cell) <= 3]
        if len(rows[first][i]) > 3 and cells and len(short) >= 0.8 * len(cells):
            return True
    return False
