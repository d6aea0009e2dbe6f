"""The project's own tables out of a workbook that was filled in (``start.workbook``).

A sheet bears the name of a table, its first row the names of the columns. Rows
are checked as those of a data folder are: what a cell may not hold, or a
reference that leads nowhere, refuses the row with its reason, and so do rows
that lean on a refused one.

Where the sheet ``source`` describes a document with its number of lines, the
columns ``section`` and ``lines`` are kept as passages of that document.
Elsewhere the workbook itself is the document, and its rows are the passages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ptce_graph.bundled import DATA_DIR
from ptce_graph.errors import CallError, Problem, nearest
from ptce_graph.i18n import gettext as _
from ptce_graph.importers import identifiers
from ptce_graph.importers.described import document_of, source_id
from ptce_graph.importers.imported import ColumnUse, Imported, Wish, refused_frame
from ptce_graph.importers.networks import OPTION
from ptce_graph.importers.places import Places
from ptce_graph.importers.sheets import read_sheet
from ptce_graph.importers.start.workbook import CODES_SHEET, HELP_SHEET, SOURCE_SHEET
from ptce_graph.tables.check import check_tables
from ptce_graph.tables.csv_file import read_rows
from ptce_graph.tables.document import KEYS, Document
from ptce_graph.tables.read import ORIGIN, Tables
from ptce_graph.tables.schema import (
    CODE_COLUMNS,
    CODE_LISTS,
    PLACES,
    SOURCE_TABLES,
    TABLES,
    Table,
)

if TYPE_CHECKING:
    from pandas import DataFrame

KIND = "tables"
_REPAIRED = {
    "siren": identifiers.siren_column,
    "rna": identifiers.rna_column,
}


@dataclass(frozen=True)
class Workbook:
    """A filled workbook: ``frames`` by table with the cells as they stand and ``row``.

    ``document`` is what its sheet ``source`` says; ``columns`` are those
    that were left out, ``unread`` names the sheets that are no table, ``refused`` are rows
    that could not be cut into cells: table, row, value and reason. ``lines`` is the
    number of rows of its longest sheet.
    """

    frames: dict[str, DataFrame]
    document: dict[str, str]
    columns: tuple[ColumnUse, ...]
    unread: tuple[str, ...]
    refused: tuple[tuple[str, int, str, str], ...]
    lines: int

    @property
    def describes(self) -> bool:
        """Whether the sheet ``source`` describes a document that rows can lead into."""
        lines = self.document.get("lines", "")
        return lines.isascii() and lines.isdigit() and bool(self.document.get("original_file"))


def tables_of_workbook(path: Path) -> Workbook:
    """The tables of a workbook, as they were filled in.

    Raises ``CallError`` for a file that is no workbook, that has no sheet of a
    table, or in which a sheet lacks a column it cannot do without.
    """
    path = Path(path)
    first = read_sheet(path)
    if first.kind == "csv":
        raise CallError(
            _("{file} is no workbook.").format(file=path.name),
            _("Put CSV tables into sources/<name> of a data folder; they need no import."),
        )
    names = {name.strip().casefold(): name for name in first.sheets}
    tables = [table for table in SOURCE_TABLES if table.name in names]
    if not tables:
        raise CallError(
            _("{file} has no sheet that is named as a table.").format(file=path.name),
            _("Start from the workbook that this makes: ptce-graph init FILE.xlsx --template xlsx"),
        )
    told = [_table(path, names[table.name], table) for table in tables]
    of_ours = {table.name for table in tables} | {HELP_SHEET, CODES_SHEET, SOURCE_SHEET}
    return Workbook(
        {one.table.name: one.frame for one in told},
        _described(path, names.get(SOURCE_SHEET, "")),
        tuple(use for one in told for use in one.columns),
        tuple(name for key, name in names.items() if key not in of_ours),
        tuple((one.table.name, *fault) for one in told for fault in one.refused),
        max([1, *(one.length for one in told)]),
    )


def read(path: Path, wish: Wish, places: Places) -> Imported:
    """The workbook ``path`` as the tables of one source."""
    path = Path(path)
    book = tables_of_workbook(path)
    source = source_id(path, wish)
    document = _document(path, book, wish)
    frames = {name: _prepared(frame, name, book) for name, frame in book.frames.items()}
    networks = wish.options.get(OPTION)
    known = set(networks.values()) if isinstance(networks, dict) else set()
    lines = int(document["lines"])
    kept, refused = _sound(frames, places, Document(source, "", path.name, lines), known)
    read_rows_ = sum(map(len, book.frames.values())) + len(book.refused)
    rows = [(table, row, table, value, reason) for table, row, value, reason in book.refused]
    frame = refused_frame(
        (row, column, value, why) for _t, row, column, value, why in rows + refused
    )
    frame["sheet"] = [row[0] for row in rows + refused]
    frame = frame.sort_values(["sheet", "row", "column"], kind="stable", ignore_index=True)
    return Imported(
        source,
        document,
        {name: rows for name, rows in kept.items() if len(rows)},
        None,
        read_rows_,
        sum(map(len, kept.values())),
        0,
        frame,
        book.columns,
        tuple(_notes(path, book)),
    )


@dataclass(frozen=True)
class _Told:
    table: Table
    frame: DataFrame
    columns: tuple[ColumnUse, ...]
    refused: tuple[tuple[int, str, str], ...]
    length: int


def _table(path: Path, name: str, table: Table) -> _Told:
    """One sheet: its rows that are not empty under the columns of its table."""
    import pandas as pd

    sheet = read_sheet(path, name)
    header = [cell.strip().removesuffix("*").strip() for cell in (sheet.rows or [[]])[0]]
    uses = tuple(_uses(table, header, path))
    position = {column: header.index(column) for column in table.column_names if column in header}
    rows, refused = [], [(fault.row, fault.value, fault.reason) for fault in sheet.faults]
    for number, cells in enumerate(sheet.rows[1:], start=2):
        if any(cells):
            told = [cells[at] if at < len(cells) else "" for at in position.values()]
            beyond = [cell for cell in cells[len(header) :] if cell]
            if beyond:
                refused.append((number, beyond[0], _("stands beyond the last column.")))
            else:
                rows.append([*told, number])
    frame = pd.DataFrame(rows, columns=[*position, "row"], dtype=object)
    frame = frame.reindex(columns=[*table.column_names, "row"], fill_value="")
    return _Told(table, frame, uses, tuple(refused), len(sheet.rows))


def _uses(table: Table, header: list[str], path: Path) -> Iterator[ColumnUse]:
    """The columns that are left out; ``CallError`` where one is missing or stands twice."""
    unknown = [name for name in header if name and name not in table.column_names]
    where = _("The sheet {sheet} of {file}").format(sheet=table.name, file=path.name)
    for column in table.columns:
        needed = column.required and column.name not in ("section", "lines")
        if needed and column.name not in header:
            near = nearest(column.name, unknown)
            hint = _("Give the column {near} that name.").format(near=near) if near else ""
            message = _("{where} has no column {column} in its first row.")
            raise CallError(message.format(where=where, column=column.name), hint)
        if header.count(column.name) > 1:
            message = _("{where} has two columns {column}.")
            raise CallError(message.format(where=where, column=column.name))
    for name in unknown:
        near = nearest(name, table.column_names)
        why = _("is not a column of this table.")
        if near:
            why = _("is not a column of this table; the nearest is {near}.").format(near=near)
        yield ColumnUse(f"{table.name}.{name}", "", why)


def _described(path: Path, name: str) -> dict[str, str]:
    """What the sheet ``source`` says: a key and a text per row."""
    if not name:
        return {}
    rows = read_sheet(path, name).rows[1:]
    return {row[0].strip(): row[1] for row in rows if len(row) > 1 and row[0].strip() in KEYS}


def _document(path: Path, book: Workbook, wish: Wish) -> dict[str, str]:
    told = {key: text for key, text in book.document.items() if text}
    document = document_of(path, wish, KIND, book.lines)
    for key in ("title", "publisher", "date", "licence"):
        if told.get(key) and not getattr(wish, key):
            document[key] = told[key]
    document |= {key: told[key] for key in ("language", "note", "date_note") if key in told}
    if book.describes:
        document |= {"original_file": told["original_file"], "lines": told["lines"]}
    return document


def _prepared(frame: DataFrame, name: str, book: Workbook) -> DataFrame:
    """The rows with their passages, and with the numbers that a spreadsheet spoilt put right."""
    frame = frame.copy()
    for column, repaired in _REPAIRED.items():
        if column in frame:
            values, _reasons = repaired(frame[column])
            frame[column] = values.where(values != "", frame[column])
    if "siret" in frame:
        # Of a sheet without rows, pandas would take the column for one of numbers.
        frame["siret"] = frame["siret"].map(_sirets).astype(object)
    if not book.describes:
        named = frame["section"].map(lambda section: f"{name} – {section}" if section else name)
        frame["section"], frame["lines"] = named, frame["row"].astype(str)
    return frame


def _sirets(cell: str) -> str:
    found = [identifiers.siret(part).value or part.strip() for part in cell.split("|")]
    return "|".join(found) if cell else ""


_Refused = list[tuple[str, int, str, str, str]]


def _sound(
    frames: dict[str, DataFrame], places: Places, document: Document, known: set[str]
) -> tuple[dict[str, DataFrame], _Refused]:
    """The rows that no check finds anything wrong with, and the others with their reasons.

    Rows that lean on a refused row are found in the next round; each round
    refuses at least one, so that there is an end.
    """
    refused: _Refused = []
    gone: set[str] = set()
    shared = _shared(places)
    while True:
        told = {name: _with_origin(frame, name, document) for name, frame in frames.items()}
        tables = Tables(DATA_DIR, {document.id: document}, {**shared.frames, **told}, shared.codes)
        wrong = [problem for problem in check_tables(tables) if _refuses(problem, frames, known)]
        if not wrong:
            return {name: frame.drop(columns="row") for name, frame in frames.items()}, refused
        rows: dict[str, set[int]] = {}
        for problem in wrong:
            rows.setdefault(problem.file, set()).add(problem.row)
            column = f"{problem.file}.{problem.column}"
            value = "" if problem.kind == "personal data" else problem.value
            refused.append((problem.file, problem.row, column, value, _reason(problem, gone)))
        for name, frame in frames.items():
            wrong_rows = frame["row"].isin(rows.get(name, set()))
            gone |= set(frame.loc[wrong_rows, "id"]) if "id" in frame else set()
            frames = {**frames, name: frame[~wrong_rows]}


def _refuses(problem: Problem, frames: dict[str, DataFrame], known: set[str]) -> bool:
    """Whether a problem is one of a row here; a network of another source may be referred to."""
    elsewhere = problem.kind == "unknown value" and problem.value in known
    return problem.file in frames and problem.row > 0 and not elsewhere


def _reason(problem: Problem, gone: set[str]) -> str:
    if problem.kind == "unknown value" and problem.value in gone:
        return _("stands in a row that was refused, so this one is too.")
    if not problem.nearest:
        return problem.message
    near = _(" Nearest valid value: {value}.").format(value=problem.nearest)
    return f"{problem.message}{near}"


def _with_origin(frame: DataFrame, name: str, document: Document) -> DataFrame:
    return frame.assign(source=document.id, file=name, row=frame["row"])


def _shared(places: Places) -> Tables:
    """The lent code lists, the known places, and tables without rows for all the rest."""
    import pandas as pd

    def frame(columns: list[str], rows: list[Any]) -> DataFrame:
        return pd.DataFrame(rows, columns=columns, dtype=object)

    frames = {name: frame([*t.column_names, *ORIGIN], []) for name, t in TABLES.items()}
    known = places.known.assign(source="", file="geography/places.csv", row=0)
    frames[PLACES.name] = known.reset_index(drop=True)
    codes = {}
    for name in CODE_LISTS:
        relative = f"codelists/{name}.csv"
        rows = read_rows(DATA_DIR / relative, relative, CODE_COLUMNS, "", [])
        codes[name] = frame([*(column.name for column in CODE_COLUMNS), *ORIGIN], rows)
    return Tables(DATA_DIR, {}, frames, codes)


def _notes(path: Path, book: Workbook) -> Iterator[str]:
    for name in book.unread:
        yield _("The sheet {name} is no table: it was not read.").format(name=name)
    if not book.describes and any((frame["lines"] != "").any() for frame in book.frames.values()):
        yield _(
            "The column lines was not kept: the sheet source names no document with its number "
            "of lines, so the rows of {file} stand for the passages."
        ).format(file=path.name)
