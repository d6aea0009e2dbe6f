"""Read a data folder into tables, losing no row and no file silently.

A folder holds ``sources/<id>/{source.yml, *.csv}``, ``codelists/*.csv``,
``geography/places.csv``, ``identities.csv``, ``labels.csv`` and ``assessments.csv``. Code lists and
places that the folder does not bring are taken from the bundled data. Columns
may stand in any order; one that is not required may be absent. Any other file
is told, since its rows would be missed; hidden ones and notes are not.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ptce_graph.bundled import DATA_DIR
from ptce_graph.errors import CallError, Problem, nearest
from ptce_graph.i18n import gettext as _
from ptce_graph.tables.csv_file import Row, read_rows
from ptce_graph.tables.dataset_file import read_dataset_file
from ptce_graph.tables.document import Document, read_document
from ptce_graph.tables.history import (
    HISTORY_FILES,
    HISTORY_FOLDER,
    history_frames,
    read_history,
    set_aside,
)
from ptce_graph.tables.schema import (
    ACTORS,
    CODE_COLUMNS,
    CODE_LISTS,
    SHARED_FILES,
    SHARED_TABLES,
    SOURCE_TABLES,
    Column,
    Table,
)
from ptce_graph.vocabulary.iris import SLUG_PATTERN, slug

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["Document", "Tables", "read_tables"]

#: Columns that reading adds: the document, the file and the spreadsheet row.
ORIGIN = ("source", "file", "row")

#: The graphs that the dataset names itself; no document may take their place.
RESERVED_NAMES = (
    *("codes", "documents", "labels", "places", "identities", "shortcuts", "coverage"),
    "assessments",
)

#: Files for people, welcome in any folder.
_NOTES = ("README.md", "LICENCE.md", "LICENSE.md")
_SOURCE_FILES = ("source.yml", HISTORY_FOLDER, *(f"{table.name}.csv" for table in SOURCE_TABLES))
#: What an import leaves beside the tables: how it read the file, and what it refused.
_OF_AN_IMPORT = ("mapping.yml", "refused.csv")
#: In each folder of a data folder, the files and folders it may hold.
_PLACES_OF_FILES = {
    "": (
        "sources",
        "codelists",
        "geography",
        "identities.csv",
        "labels.csv",
        "assessments.csv",
        "dataset.yml",
    ),
    "codelists": tuple(f"{name}.csv" for name in CODE_LISTS),
    "geography": ("places.csv", "outlines.json", "communes.csv.gz"),
}


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
    #: What former editions told, by table (see ``tables.history``): no facts of today.
    history: dict[str, DataFrame] = field(default_factory=dict)

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
    for relative, known in _PLACES_OF_FILES.items():
        problems += _unknown_files(folder / relative, folder, known)
    problems += read_dataset_file(folder)[1]
    documents, rows, former = _read_sources(folder, problems)
    history = history_frames(former, ORIGIN)
    frames = {t.name: _frame(t.columns, rows[t.name]) for t in SOURCE_TABLES}
    for table in SHARED_TABLES:
        frames[table.name] = _frame(table.columns, _shared_rows(table, folder, problems))
    set_aside(frames, history)
    codes = {}
    for name in CODE_LISTS:
        path, base = _own_or_bundled(folder, f"codelists/{name}.csv")
        told = _told(path, base)
        codes[name] = _frame(CODE_COLUMNS, read_rows(path, told, CODE_COLUMNS, "", problems))
    if not problems and not any(rows[name] for name in ACTORS):
        message = _("hold no organisation and no pole: there is nothing to show.")
        problems.append(Problem("sources", 0, "", "no data", "", message))
    return Tables(folder, documents, frames, codes, history), problems


def _read_sources(
    folder: Path, problems: list[Problem]
) -> tuple[dict[str, Document], dict[str, list[Row]], dict[str, list[Row]]]:
    """The documents of all sources, the rows of each table over all of them, and of histories."""
    documents: dict[str, Document] = {}
    former: dict[str, list[Row]] = {}
    rows: dict[str, list[Row]] = {table.name: [] for table in SOURCE_TABLES}
    for directory in _listing(folder / "sources", folder, problems):
        if not directory.is_dir():
            if directory.name not in _NOTES:
                problems.append(_unknown_file(directory, folder, ()))
            continue
        problems += _name_faults(directory, folder)
        problems += _unknown_files(directory, folder, (*_SOURCE_FILES, *_OF_AN_IMPORT))
        document = read_document(directory, _told(directory / "source.yml", folder), problems)
        if document is not None:
            documents[document.id] = document
        for table in SOURCE_TABLES:
            path = directory / f"{table.name}.csv"
            if os.path.lexists(path):
                told = _told(path, folder)
                rows[table.name] += read_rows(path, told, table.columns, directory.name, problems)
        _read_former(directory, folder, former, problems)
    return documents, rows, former


def _read_former(
    directory: Path, folder: Path, former: dict[str, list[Row]], problems: list[Problem]
) -> None:
    """Add the rows of a source's history to those of ``former``."""
    problems += _unknown_files(directory / HISTORY_FOLDER, folder, HISTORY_FILES)
    for name in HISTORY_FILES:
        path = directory / HISTORY_FOLDER / name
        found = read_history(path, _told(path, folder), directory.name, problems)
        former.setdefault(path.stem, []).extend(found)


def _name_faults(directory: Path, folder: Path) -> list[Problem]:
    """The name of a source's folder stands in IRIs, and names the graph of the document."""
    name = directory.name
    if not re.fullmatch(SLUG_PATTERN, name):
        message = _("is not an identifier: use lower case letters, digits and single hyphens.")
        near = slug(name)
    elif name in RESERVED_NAMES:
        message = _("is kept for a graph of the project; give the source another name.")
        near = ""
    else:
        return []
    return [Problem(_told(directory, folder), 0, "", "source name", name, message, near)]


def _shared_rows(table: Table, folder: Path, problems: list[Problem]) -> list[Row]:
    """The rows of a shared table; only places are lent, judgements and names are one's own."""
    relative = SHARED_FILES[table.name]
    if table.name != "places" and not os.path.lexists(folder / relative):
        return []
    path, base = _own_or_bundled(folder, relative)
    return read_rows(path, _told(path, base), table.columns, "", problems)


def _own_or_bundled(folder: Path, relative: str) -> tuple[Path, Path]:
    """The folder's own file, even where it is a link to nothing: that is told, not replaced."""
    own = folder / relative
    return (own, folder) if os.path.lexists(own) else (DATA_DIR / relative, DATA_DIR)


def _frame(columns: tuple[Column, ...], rows: list[Row]) -> DataFrame:
    import pandas as pd

    return pd.DataFrame(rows, columns=[*[c.name for c in columns], *ORIGIN], dtype=object)


def _told(path: Path, folder: Path) -> str:
    """The file as problems name it: relative to the data folder, with ``/`` everywhere."""
    return path.relative_to(folder).as_posix()


def _listing(directory: Path, folder: Path, problems: list[Problem]) -> list[Path]:
    """What a folder holds and does not hide, sorted."""
    try:
        return sorted(path for path in directory.iterdir() if not path.name.startswith("."))
    except OSError as error:
        message = _("cannot be read: {reason}.").format(reason=error.strerror)
        problems.append(Problem(_told(directory, folder), 0, "", "unreadable file", "", message))
        return []


def _unknown_files(directory: Path, folder: Path, known: tuple[str, ...]) -> list[Problem]:
    """Whatever stands in a folder under a name that is never read."""
    if not os.path.lexists(directory):
        return []
    problems: list[Problem] = []
    for path in _listing(directory, folder, problems):
        if path.name not in (*known, *_NOTES):
            problems.append(_unknown_file(path, folder, known))
    return problems


def _unknown_file(path: Path, folder: Path, known: tuple[str, ...]) -> Problem:
    return Problem(
        _told(path, folder),
        0,
        "",
        "unknown file",
        path.name,
        _("is not read: no table has this name in this place."),
        nearest(path.name, known),
    )
