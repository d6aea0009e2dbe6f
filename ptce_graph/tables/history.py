"""What former editions of a source told and the present one does not.

A source that is imported again leaves behind ``sources/<id>/history/``: the
rows that the newer edition no longer tells, or tells otherwise, in one file
per table, each with the edition it stood in and the date of the one that
dropped it; and ``editions.csv``, the former editions themselves. The passage
of such a row is read in its edition, whose number of lines stands there.

Nothing of this is a fact of today: the rows are kept apart in
``Tables.history`` and become graphs of their own.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ptce_graph.errors import Problem
from ptce_graph.i18n import gettext as _
from ptce_graph.tables.cells import SHAPES, problem_at
from ptce_graph.tables.csv_file import Row, read_rows
from ptce_graph.tables.schema import SEPARATOR, SOURCE_TABLES, TABLES, Column, Table

if TYPE_CHECKING:
    from pandas import DataFrame

#: The folder of a source that holds its history, and the file of its former editions.
HISTORY_FOLDER = "history"
EDITIONS = "editions"

#: Editions of a source are numbered from 1, the oldest; the present one has no row.
EDITIONS_TABLE = Table(
    EDITIONS,
    (
        Column("edition", "id", required=True),
        Column("date", "date"),
        Column("original_file", required=True),
        Column("digest", "digest"),
        Column("lines", "number", required=True),
    ),
    key=("edition",),
)

#: The tables of a history: those of a source, each row with its edition and its end.
HISTORY_TABLES = {
    table.name: Table(
        table.name,
        (
            *table.columns,
            Column("edition", "id", required=True),
            Column("invalidated", "date", required=True),
        ),
        key=(*table.key, "edition"),
    )
    for table in SOURCE_TABLES
}
_ALL = {**HISTORY_TABLES, EDITIONS: EDITIONS_TABLE}
#: What the folder of a history may hold.
HISTORY_FILES = tuple(f"{name}.csv" for name in _ALL)


def read_history(path: Path, told: str, source: str, problems: list[Problem]) -> list[Row]:
    """The rows of one file of a history, ``told`` being its name in problems.

    The cells of its columns, then the source, the file and the row; none where
    there is no such file.
    """
    if not os.path.lexists(path):
        return []
    return read_rows(path, told, _ALL[path.stem].columns, source, problems)


def history_frames(rows: dict[str, list[Row]], origin: tuple[str, ...]) -> dict[str, DataFrame]:
    """The tables of a history that have rows, by name; ``editions`` among them."""
    import pandas as pd

    return {
        name: pd.DataFrame(told, columns=[*_ALL[name].column_names, *origin], dtype=object)
        for name, told in rows.items()
        if told
    }


def tables_of(history: dict[str, DataFrame]) -> Iterator[tuple[Table, DataFrame]]:
    """Each table of a history that has rows, with them."""
    for name, frame in history.items():
        if name in _ALL:
            yield _ALL[name], frame


def known_ids(history: dict[str, DataFrame]) -> dict[str, set[str]]:
    """The identifiers that the tables of a history gave, by table."""
    return {
        name: set(frame["id"])
        for name, frame in history.items()
        if name in TABLES and TABLES[name].gives_ids
    }


def set_aside(frames: dict[str, DataFrame], history: dict[str, DataFrame]) -> None:
    """Take out of ``frames`` the judgements and names of things that only a history knows.

    They wait in ``history`` under their table's name, and count again on the
    day the thing comes back.
    """
    told = known_ids(history)
    for name, columns in (
        ("identities", ("left", "right")),
        ("labels", ("id",)),
        ("assessments", ("thing",)),
    ):
        targets = TABLES[name].columns[0].target
        gone = set().union(*(told.get(target, set()) for target in targets))
        for target in targets:
            gone -= set(frames[target]["id"])
        waiting = frames[name][list(columns)].isin(gone).any(axis=1)
        if waiting.any():
            history[name] = frames[name][waiting].reset_index(drop=True)
            frames[name] = frames[name][~waiting].reset_index(drop=True)


def edition_problems(history: dict[str, DataFrame]) -> Iterator[Problem]:
    """Rows of an edition that is not listed, or of lines that it did not have."""
    editions = history.get(EDITIONS)
    last = {}
    if editions is not None:
        counts = SHAPES["number"].fits
        last = {
            (source, edition): int(float(lines)) if counts(lines) else 0
            for source, edition, lines in editions[["source", "edition", "lines"]].itertuples(
                index=False
            )
        }
    for table, frame in tables_of(history):
        if table.name != EDITIONS:
            yield from _of_no_edition(frame, last)
            yield from _beyond_the_end(frame, last)


def _of_no_edition(frame: DataFrame, last: dict[tuple[str, str], int]) -> Iterator[Problem]:
    pairs = frame[["source", "edition"]].drop_duplicates().itertuples(index=False, name=None)
    unknown = {pair for pair in pairs if pair not in last and pair[1]}
    if not unknown:
        return
    for at, source, edition in zip(frame.index, frame["source"], frame["edition"], strict=True):
        if (source, edition) in unknown:
            message = _("is no edition of history/editions.csv.")
            yield problem_at(frame, at, "edition", "edition", edition, message)


def _beyond_the_end(frame: DataFrame, last: dict[tuple[str, str], int]) -> Iterator[Problem]:
    fits = SHAPES["lines"].fits
    told = frame[["source", "edition", "lines"]]
    wrong = {
        (source, edition, lines)
        for source, edition, lines in told.drop_duplicates().itertuples(index=False, name=None)
        if fits(lines) and last.get((source, edition), 0) and _exceeds(lines, last[source, edition])
    }
    if not wrong:
        return
    for at, row in zip(frame.index, told.itertuples(index=False, name=None), strict=True):
        if row in wrong:
            message = _("is not a range of lines between 1 and {last}.")
            message = message.format(last=last[row[0], row[1]])
            yield problem_at(frame, at, "lines", "lines", row[2], message)


def _exceeds(lines: str, last: int) -> bool:
    for part in lines.split(SEPARATOR):
        first, _dash, end = part.partition("-")
        if not 1 <= int(first) <= int(end or first) <= last:
            return True
    return False
