"""A newer edition of a source takes the place of the former one, whose facts are kept.

What the newer edition no longer tells, or tells otherwise, goes to the
source's ``history`` with the date from which it no longer holds, which is that
of the newer edition. The same file read otherwise (another mapping, a newer
version of the importer) is no newer edition: our reading was wrong, nothing ended.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ptce_graph.errors import CallError, DataError, Problem
from ptce_graph.i18n import gettext as _
from ptce_graph.importers.compare import Changes, compare
from ptce_graph.importers.imported import Imported, Wish
from ptce_graph.importers.write import MAPPING_FILE, described, recover
from ptce_graph.tables.csv_file import read_rows
from ptce_graph.tables.document import Document, read_document, read_entries
from ptce_graph.tables.history import (
    EDITIONS,
    EDITIONS_TABLE,
    HISTORY_FILES,
    HISTORY_FOLDER,
    HISTORY_TABLES,
    read_history,
)
from ptce_graph.tables.read import ORIGIN
from ptce_graph.tables.schema import SEPARATOR, SOURCE_TABLES, TABLES, Table

if TYPE_CHECKING:
    from pandas import DataFrame

#: What a description says of one edition only; all else stays said until said otherwise.
_OF_AN_EDITION = ("original_file", "lines", "date", "date_note", "digest")


@dataclass(frozen=True)
class Standing:
    """What stands of a source: its description, its tables, its history, its mapping."""

    document: Document
    described: Mapping[str, str]
    frames: Mapping[str, DataFrame]
    history: Mapping[str, DataFrame]
    mapping: str


@dataclass(frozen=True)
class Update:
    """An import compared with what stands. ``imported`` is the one to write.

    ``standing`` is ``None`` where the source is new. ``same_file`` says that
    the file is the one that was imported before, byte for byte; ``identical``
    that writing it would change nothing. ``history`` is what
    ``write.write_source`` takes: ``None`` leaves the history as it is.
    """

    imported: Imported
    standing: Standing | None = None
    changes: Changes | None = None
    same_file: bool = False
    identical: bool = False
    history: Mapping[str, DataFrame] | None = None

    def check_dates(self) -> None:
        """Raise ``CallError`` for an edition older than what stands, or that needs a date."""
        if self.standing is None or self.changes is None or self.same_file:
            return
        _refuse_older(self.imported, self.standing)
        if self.changes.ends_any and not self.imported.document.get("date"):
            raise CallError(
                _("This edition ends facts that the former one told, and it has no date."),
                _("Say of when it is, as far as you know: --date 2024 or --date 2024-05-31."),
            )

    def check(self, folder: Path) -> None:
        """Raise an error where the newer edition cannot be taken.

        ``CallError`` for its date (see ``check_dates``), ``DataError`` where rows
        of other sources name what it no longer tells.
        """
        self.check_dates()
        problems = _left_alone(self.imported, self.standing, folder) if self.standing else []
        if problems:
            raise DataError(problems)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def update_of(imported: Imported, folder: Path | None, digest: str, wish: Wish) -> Update:
    """``imported``, from a file of that digest, compared with what ``folder`` holds of its source.

    Raises ``DataError`` where what stands cannot be read whole: what is not
    read could not be kept.
    """
    imported = replace(imported, document={**imported.document, "digest": digest})
    standing = read_standing(folder, imported.source) if folder else None
    if standing is None:
        return Update(imported)
    imported = replace(imported, document=_document(imported, standing, wish))
    changes = compare(standing.frames, imported.frames)
    same_file = standing.document.digest == digest
    identical = same_file and not changes.any and _same_bytes(imported, standing)
    history = None if same_file else _history(imported, standing, changes)
    return Update(imported, standing, changes, same_file, identical, history)


def read_standing(folder: Path, source: str) -> Standing | None:
    """What stands of a source in a data folder; ``None`` where there is nothing."""
    recover(folder, source)
    directory = folder / "sources" / source
    if not directory.is_dir():
        return None
    problems: list[Problem] = []
    told = f"sources/{source}"
    document = read_document(directory, f"{told}/source.yml", problems)
    entries = read_entries(directory / "source.yml", f"{told}/source.yml", []) or []
    frames, history = {}, {}
    for table in SOURCE_TABLES:
        path = directory / f"{table.name}.csv"
        if path.exists():
            rows = read_rows(path, f"{told}/{path.name}", table.columns, source, problems)
            frames[table.name] = _frame(table, rows)
    for name in HISTORY_FILES:
        path = directory / HISTORY_FOLDER / name
        rows = read_history(path, f"{told}/{HISTORY_FOLDER}/{name}", source, problems)
        if rows:
            history[path.stem] = _frame(_history_table(path.stem), rows)
    if problems or document is None:
        raise DataError(problems)
    mapping = directory / MAPPING_FILE
    return Standing(
        document,
        {entry.key: entry.value for entry in entries},
        frames,
        history,
        mapping.read_text(encoding="utf-8") if mapping.is_file() else "",
    )


def _history_table(name: str) -> Table:
    return EDITIONS_TABLE if name == EDITIONS else HISTORY_TABLES[name]


def _frame(table: Table, rows: list[list[str | int]]) -> DataFrame:
    import pandas as pd

    columns = [*table.column_names, *ORIGIN]
    return pd.DataFrame(rows, columns=columns, dtype=object)[table.column_names]


def _document(imported: Imported, standing: Standing, wish: Wish) -> dict[str, str]:
    """The description of the newer edition: what people said of the source stays said."""
    kept = {k: v for k, v in standing.described.items() if k not in _OF_AN_EDITION and v}
    told = {key: value for key, value in imported.document.items() if value}
    if not wish.title and kept.get("title"):
        # The importer made one from the name of the file.
        told.pop("title", None)
    if standing.document.digest == told["digest"]:
        kept = {**standing.described, **kept}
    return {**kept, **told}


def _same_bytes(imported: Imported, standing: Standing) -> bool:
    """Whether the tables, the description and the mapping would be written as they stand."""
    if described(imported.document) != described(standing.described):
        return False
    if imported.mapping != standing.mapping:
        return False
    return all(
        _cells(imported.frames.get(name), table) == _cells(standing.frames.get(name), table)
        for name, table in TABLES.items()
        if table.of_a_source
    )


def _cells(frame: DataFrame | None, table: Table) -> list[list[str]]:
    if frame is None or frame.empty:
        return []
    told = frame.reindex(columns=table.column_names, fill_value="").fillna("")
    return [told[name].tolist() for name in table.column_names]


def _history(imported: Imported, standing: Standing, changes: Changes) -> dict[str, DataFrame]:
    """The history with the former edition added: no row of it is ever changed."""
    import pandas as pd

    history = dict(standing.history)
    editions = history.get(EDITIONS)
    number = str(1 + (0 if editions is None else max(map(_number, editions["edition"]))))
    document = standing.document
    row = (number, document.date, document.original_file, document.digest, str(document.lines))
    added = {EDITIONS: pd.DataFrame([row], columns=EDITIONS_TABLE.column_names, dtype=object)}
    for table in changes.tables:
        former = table.former
        if len(former):
            added[table.table.name] = former.assign(
                edition=number, invalidated=imported.document.get("date", "")
            )
    for name, frame in added.items():
        history[name] = pd.concat([history[name], frame]) if name in history else frame
    return history


def _number(edition: str) -> int:
    return int(edition) if edition.isascii() and edition.isdigit() else 0


def _refuse_older(imported: Imported, standing: Standing) -> None:
    date = imported.document.get("date", "")
    editions = standing.history.get(EDITIONS)
    known = [standing.document.date, *([] if editions is None else editions["date"])]
    for other in known:
        # At the coarser precision: 2024 is not older than 2024-05.
        precision = min(len(date), len(other))
        if date[:precision] < other[:precision]:
            raise CallError(
                _(
                    "This edition is of {date}; the source holds one of {other}, which is newer."
                ).format(date=date, other=other),
                _("Editions are imported in their order. Is --date right?"),
            )


def _left_alone(imported: Imported, standing: Standing, folder: Path) -> list[Problem]:
    """Rows of other sources that name things which nobody would tell any more."""
    gone = {
        name: set(standing.frames[name]["id"]) - _ids(imported.frames.get(name))
        for name in standing.frames
        if TABLES[name].gives_ids
    }
    if not any(gone.values()):
        return []
    others = _of_other_sources(folder, imported.source)
    for name in gone:
        gone[name] -= set(others[name]["id"])
    problems = []
    for table in SOURCE_TABLES:
        for column in table.columns:
            lost = set().union(*(gone.get(target, set()) for target in column.target))
            if column.kind == "ref" and lost:
                problems += _naming(others[table.name], column.name, lost, imported.source)
    return problems


def _of_other_sources(folder: Path, source: str) -> dict[str, DataFrame]:
    """The tables of all sources but one; what is wrong in them is for the check to tell."""
    import pandas as pd

    rows: dict[str, list[list[str | int]]] = {table.name: [] for table in SOURCE_TABLES}
    for directory in sorted((folder / "sources").iterdir()):
        if directory.name == source or directory.name.startswith("."):
            continue
        for table in SOURCE_TABLES:
            path = directory / f"{table.name}.csv"
            if path.is_file():
                told = f"sources/{directory.name}/{path.name}"
                rows[table.name] += read_rows(path, told, table.columns, directory.name, [])
    return {
        table.name: pd.DataFrame(
            rows[table.name], columns=[*table.column_names, *ORIGIN], dtype=object
        )
        for table in SOURCE_TABLES
    }


def _ids(frame: DataFrame | None) -> set[str]:
    return set() if frame is None else set(frame["id"])


def _naming(frame: DataFrame, column: str, lost: set[str], source: str) -> list[Problem]:
    cells = frame[column].str.split(SEPARATOR).explode().str.strip()
    message = _(
        "is told by {source} only, and no longer by its newer edition: give it a row in this "
        "source, or take this one out."
    ).format(source=source)
    return [
        Problem(
            str(frame.at[at, "file"]),
            int(frame.at[at, "row"]),
            column,
            "told no more",
            value,
            message,
        )
        for at, value in cells[cells.isin(lost)].items()
    ]
