"""Read a data folder into tables, losing no row silently.

A folder holds ``sources/<id>/{source.yml, *.csv}``, ``codelists/*.csv``,
``geography/places.csv``, ``identities.csv`` and ``labels.csv``. Code lists and
places that the folder does not bring are taken from the bundled data. Columns
may stand in any order; one that is not required may be absent.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ptce_graph.bundled import DATA_DIR
from ptce_graph.errors import CallError, Problem, nearest
from ptce_graph.i18n import gettext as _
from ptce_graph.tables.schema import (
    CODE_COLUMNS,
    CODE_LISTS,
    SHARED_FILES,
    SHARED_TABLES,
    SOURCE_TABLES,
    Column,
    Table,
)

if TYPE_CHECKING:
    from pandas import DataFrame

#: Columns that reading adds: the document, the file and the spreadsheet row.
ORIGIN = ("source", "file", "row")

_DELIMITERS = ",;\t"


@dataclass(frozen=True)
class Document:
    """A source document, as its ``source.yml`` describes it."""

    id: str
    title: str
    original_file: str
    lines: int
    publisher: str = ""
    date: str = ""
    date_note: str = ""
    language: str = "fr"
    licence: str = ""
    note: str = ""


@dataclass(frozen=True)
class Tables:
    """All tables of a data folder.

    ``frames`` maps a table name of ``schema.TABLES`` to a frame of text cells
    (empty cell: ``""``) with the schema's columns and those of ``ORIGIN``;
    ``codes`` maps a code list's name to its frame, in the file's order.
    """

    folder: Path
    documents: dict[str, Document]
    frames: dict[str, DataFrame]
    codes: dict[str, DataFrame]

    def label(self, scheme: str, code: str, language: str) -> str:
        """The label of a code in ``fr`` or ``en``; the code itself if unknown."""
        frame = self.codes[scheme]
        found = frame.loc[frame["code"] == code, f"label_{language}"]
        return str(found.iloc[0]) if len(found) else code


def read_tables(folder: Path | None = None) -> tuple[Tables, list[Problem]]:
    """Read ``folder`` (the bundled data without it): its tables, and what is wrong in its files.

    Raises ``CallError`` where the folder holds no ``sources``.
    """
    folder = Path(folder) if folder is not None else DATA_DIR
    if not (folder / "sources").is_dir():
        raise CallError(
            _("{folder} is not a data folder: it has no folder named sources.").format(
                folder=folder
            ),
            _("Name a folder that holds sources/<document>/source.yml and its tables."),
        )
    problems: list[Problem] = []
    documents: dict[str, Document] = {}
    rows: dict[str, list[list[str | int]]] = {table.name: [] for table in SOURCE_TABLES}
    for directory in sorted(path for path in (folder / "sources").iterdir() if path.is_dir()):
        document = _read_document(directory, folder, problems)
        if document is not None:
            documents[document.id] = document
        known = {f"{table.name}.csv" for table in SOURCE_TABLES}
        for path in sorted(directory.glob("*.csv")):
            if path.name not in known:
                problems.append(_unknown_file(path, folder, sorted(known)))
        for table in SOURCE_TABLES:
            path = directory / f"{table.name}.csv"
            if path.exists():
                rows[table.name] += _read_rows(
                    path, folder, table.columns, directory.name, problems
                )
    frames = {t.name: _frame(t.columns, rows[t.name]) for t in SOURCE_TABLES}
    for table in SHARED_TABLES:
        frames[table.name] = _frame(table.columns, _shared_rows(table, folder, problems))
    codes = {}
    for name in CODE_LISTS:
        path, base = _own_or_bundled(folder, f"codelists/{name}.csv")
        codes[name] = _frame(CODE_COLUMNS, _read_rows(path, base, CODE_COLUMNS, "", problems))
    return Tables(folder, documents, frames, codes), problems


def _shared_rows(table: Table, folder: Path, problems: list[Problem]) -> list[list[str | int]]:
    """The rows of a shared table; only places are lent, judgements and names are one's own."""
    relative = SHARED_FILES[table.name]
    if table.name != "places" and not (folder / relative).exists():
        return []
    path, base = _own_or_bundled(folder, relative)
    return _read_rows(path, base, table.columns, "", problems)


def _own_or_bundled(folder: Path, relative: str) -> tuple[Path, Path]:
    own = folder / relative
    return (own, folder) if own.exists() else (DATA_DIR / relative, DATA_DIR)


def _frame(columns: tuple[Column, ...], rows: list[list[str | int]]) -> DataFrame:
    import pandas as pd

    return pd.DataFrame(rows, columns=[*[c.name for c in columns], *ORIGIN], dtype=object)


def _told(path: Path, folder: Path) -> str:
    """The file as problems name it: relative to the data folder, with ``/`` everywhere."""
    return path.relative_to(folder).as_posix()


def _unknown_file(path: Path, folder: Path, known: list[str]) -> Problem:
    return Problem(
        _told(path, folder),
        0,
        "",
        "unknown file",
        path.name,
        _("is not one of the tables of a source."),
        nearest(path.name, known),
    )


def _read_document(directory: Path, folder: Path, problems: list[Problem]) -> Document | None:
    import yaml

    path = directory / "source.yml"

    def problem(column: str, value: str, message: str, near: str = "") -> None:
        told = _told(path, folder)
        problems.append(Problem(told, 0, column, "source description", value, message, near))

    if not path.exists():
        problem("", "", _("is missing: every source needs its description."))
        return None
    try:
        described: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        problem("", "", _("cannot be read as YAML in UTF-8: {error}").format(error=error))
        return None
    if not isinstance(described, dict):
        problem("", "", _("must hold lines of the form key: value."))
        return None
    known = [name for name in Document.__dataclass_fields__ if name != "id"]
    for key in described:
        if key not in known:
            problem(str(key), "", _("is not a key of a source."), nearest(str(key), known))
    for key in ("title", "original_file", "lines"):
        if key not in described:
            problem(key, "", _("is missing."))
    values = {key: str(described[key]) for key in known if key in described}
    if not values.get("lines", "0").isdigit():
        problem("lines", values["lines"], _("must be the number of lines of the transcription."))
        return None
    if "title" not in values or "original_file" not in values:
        return None
    count = int(values.pop("lines", "0"))
    return Document(id=directory.name, lines=count, **values)


def _read_rows(
    path: Path,
    folder: Path,
    columns: tuple[Column, ...],
    source: str,
    problems: list[Problem],
) -> list[list[str | int]]:
    """The rows of one CSV file, in the order of ``columns``, followed by their origin."""
    told = _told(path, folder)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.append(_not_utf8(told, error))
        return []
    if not text.strip():
        problems.append(Problem(told, 1, "", "empty file", "", _("has no header row.")))
        return []
    first = text.splitlines()[0]
    delimiter = max(_DELIMITERS, key=first.count)
    records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False))
    header = [cell.strip() for cell in records[0]]
    names = [column.name for column in columns]
    absent = [name for name in names if name not in header]
    missing = [column.name for column in columns if column.required and column.name in absent]
    for name in missing:
        near = nearest(name, [cell for cell in header if cell not in names])
        message = _("is missing from the header.")
        problems.append(Problem(told, 1, name, "missing column", "", message, near))
    for name in header:
        if name not in names:
            message = _("is not a column of this table.")
            problems.append(
                Problem(told, 1, name, "unknown column", "", message, nearest(name, absent))
            )
    if missing:
        return []
    position = [header.index(name) if name in header else None for name in names]
    rows: list[list[str | int]] = []
    for number, record in enumerate(records[1:], start=2):
        cells = [cell.strip() for cell in record]
        if not any(cells):
            continue
        if len(cells) != len(header):
            message = _("has {found} cells where the header has {expected}.").format(
                found=len(cells), expected=len(header)
            )
            problems.append(Problem(told, number, "", "row length", "", message))
            continue
        rows.append([*["" if i is None else cells[i] for i in position], source, told, number])
    return rows


def _not_utf8(told: str, error: UnicodeDecodeError) -> Problem:
    """Say where the first byte that is not UTF-8 stands, and what it probably is."""
    before: bytes = error.object[: error.start]
    record = before[before.rfind(b"\n") + 1 :]
    byte = error.object[error.start : error.start + 1]
    text = before.decode("utf-8-sig", errors="replace")
    header = text.splitlines()[0] if text else ""
    delimiter = max(_DELIMITERS, key=header.count)
    names = header.split(delimiter)
    index = len(next(csv.reader([record.decode("utf-8")], delimiter=delimiter), [""])) - 1
    row = sum(1 for _row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    row += 1 if before.endswith(b"\n") or not before else 0
    line_end = error.object.find(b"\n", error.start)
    line = error.object[error.start - len(record) : line_end if line_end > 0 else None]
    value = next(csv.reader([line.decode("cp1252", errors="replace")], delimiter=delimiter))[index]
    return Problem(
        told,
        row,
        names[index].strip() if row > 1 and index < len(names) else "",
        "encoding",
        value.strip(),
        _(
            "is not UTF-8 (byte 0x{byte}); it looks like Windows-1252. "
            "Save the file as “CSV UTF-8” and try again."
        ).format(byte=byte.hex().upper()),
    )
