"""Check the tables: every problem, each with its file, row, column, value and nearest valid value.

Checks work on whole columns, so that large tables cost little. What one cell
may hold stands in ``cells``, what rows may say together in ``rules``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ptce_graph.errors import Problem
from ptce_graph.i18n import gettext as _
from ptce_graph.tables.cells import (
    FORBIDDEN,
    MAX_CELL,
    PERSONAL,
    SHAPES,
    Nearest,
    Shape,
    forbidden_character,
    personal_data,
    problem_at,
    too_long,
)
from ptce_graph.tables.identities import identity_problems
from ptce_graph.tables.read import Tables, read_tables
from ptce_graph.tables.rules import code_list_problems, rule_problems
from ptce_graph.tables.schema import CODE_COLUMNS, CODE_LISTS, SEPARATOR, TABLES, Column, Table

if TYPE_CHECKING:
    from pandas import DataFrame, Series

#: The identifiers that each table gives, or the codes of each list.
Valid = dict[str, set[str]]


#: Kinds of problem that cost rows, and kinds that may only follow from rows being lost.
_ROWS_LOST = {"encoding", "empty file", "missing column", "quotes", "row length", "unreadable file"}
_CONSEQUENCES = {"unknown value", "no partner", "label"}


def read_and_check(folder: Path | None) -> tuple[Tables, list[Problem]]:
    """The tables of ``folder`` and everything wrong in them, sorted by file and row.

    Where a file could not be read whole, references to the rows it would have
    given are not told: following that advice would spoil what is right.
    """
    tables, problems = read_tables(folder)
    found = check_tables(tables)
    if any(problem.kind in _ROWS_LOST for problem in problems):
        found = [problem for problem in found if problem.kind not in _CONSEQUENCES]
    return tables, sorted([*problems, *found])


def check_tables(tables: Tables) -> list[Problem]:
    """All problems of ``tables``, in no particular order. An empty list: the data are sound."""
    problems: list[Problem] = []
    ids = {
        name: set(frame["id"])
        for name, frame in tables.frames.items()
        if "id" in frame and TABLES[name].gives_ids
    }
    codes = {name: set(frame["code"]) for name, frame in tables.codes.items()}
    for name in CODE_LISTS:
        frame = tables.codes[name]
        for column in CODE_COLUMNS:
            problems += _check_column(frame, column, {}, {})
        problems += _duplicates(frame, ("code",))
        problems += code_list_problems(name, frame)
    for name, table in TABLES.items():
        frame = tables.frames[name]
        for column in table.columns:
            problems += _check_column(frame, column, ids, codes)
        problems += _duplicates(frame, ("source", *table.key) if table.of_a_source else table.key)
        problems += _line_ranges(frame, table, tables)
    problems += identity_problems(tables)
    problems += rule_problems(tables)
    return problems


def _check_column(frame: DataFrame, column: Column, ids: Valid, codes: Valid) -> Iterator[Problem]:
    cells = frame[column.name]
    if column.required:
        for at in cells.index[cells == ""]:
            message = _("must not be empty.")
            yield problem_at(frame, at, column.name, "empty cell", "", message)
    filled = cells[cells != ""]
    long = filled.str.len() > MAX_CELL
    for at, value in filled[long].items():
        yield problem_at(frame, at, column.name, "long cell", value, too_long())
    values = filled[~long]
    yield from _holding(frame, column.name, values, FORBIDDEN, "character", forbidden_character)
    yield from _holding(frame, column.name, values, PERSONAL, "personal data", personal_data)
    if column.several:
        values = values.str.split(SEPARATOR).explode().str.strip()
        for at in values.index[values == ""]:
            message = _("has an empty value between two “{separator}”.").format(separator=SEPARATOR)
            cell = str(frame.at[at, column.name])
            yield problem_at(frame, at, column.name, "empty value", cell, message)
        values = values[values != ""]
    yield from _check_values(frame, column, values, ids, codes)


def _check_values(
    frame: DataFrame, column: Column, values: Series, ids: Valid, codes: Valid
) -> Iterator[Problem]:
    """Each value against the shape, the code list or the tables that the column names."""
    if column.kind in SHAPES:
        yield from _misshapen(frame, column, values, SHAPES[column.kind])
    elif column.kind == "code":
        scheme = column.target[0]
        message = _("is not a code of the list {scheme}.").format(scheme=scheme)
        yield from _unknown(frame, column.name, values, codes[scheme], message)
    elif column.kind == "ref":
        valid = set().union(*(ids[target] for target in column.target))
        tables_told = _(" or ").join(f"{target}.csv" for target in column.target)
        message = _("has no row in {tables}.").format(tables=tables_told)
        yield from _unknown(frame, column.name, values, valid, message)


def _holding(
    frame: DataFrame,
    column: str,
    values: Series,
    pattern: re.Pattern[str],
    kind: str,
    message: Callable[[], str],
) -> Iterator[Problem]:
    """Cells in which a pattern is found. Nearly no column has any: one search over it tells."""
    if not pattern.search("\n".join(values)):
        return
    for at, value in values.items():
        if pattern.search(value):
            yield problem_at(frame, at, column, kind, value, message())


def _misshapen(frame: DataFrame, column: Column, values: Series, shape: Shape) -> Iterator[Problem]:
    wrong = {value for value in values.unique() if not shape.fits(value)}
    for at, value in values[values.isin(wrong)].items():
        yield problem_at(frame, at, column.name, column.kind, value, shape.message())


def _unknown(
    frame: DataFrame, column: str, values: Series, valid: set[str], message: str
) -> Iterator[Problem]:
    wrong = values[~values.isin(valid)]
    if wrong.empty:
        return
    near = Nearest(valid)
    for at, value in wrong.items():
        yield problem_at(frame, at, column, "unknown value", value, message, near(value))


def _duplicates(frame: DataFrame, key: tuple[str, ...]) -> Iterator[Problem]:
    columns = list(key)
    again = frame.duplicated(columns)
    if not again.any():
        return
    first = frame.groupby(columns, sort=False)[["file", "row"]].transform("first")
    told = [name for name in key if name != "source"]
    for at in frame.index[again]:
        message = _("repeats row {row} of {file}.").format(
            row=first.at[at, "row"], file=first.at[at, "file"]
        )
        value = " / ".join(str(frame.at[at, name]) for name in told)
        yield problem_at(frame, at, told[0], "duplicate", value, message)


def _line_ranges(frame: DataFrame, table: Table, tables: Tables) -> Iterator[Problem]:
    """Line numbers beyond the end of the document, or running backwards.

    Sources without a usable description are left out: their own problem says it.
    """
    if not table.of_a_source:
        return
    places = frame[["source", "lines"]].drop_duplicates()
    wrong: dict[tuple[str, str], list[str]] = {}
    for source, cell in places.itertuples(index=False):
        document = tables.documents.get(source)
        if document is not None and SHAPES["lines"].fits(cell):
            parts = [part for part in cell.split("|") if not _within(part, document.lines)]
            if parts:
                wrong[source, cell] = parts
    if not wrong:
        return
    for at, source, cell in zip(frame.index, frame["source"], frame["lines"], strict=True):
        for part in wrong.get((source, cell), ()):
            message = _("is not a range of lines between 1 and {last}.")
            message = message.format(last=tables.documents[source].lines)
            yield problem_at(frame, at, "lines", "lines", part, message)


def _within(part: str, last_line: int) -> bool:
    first, _dash, last = part.partition("-")
    return 1 <= int(first) <= int(last or first) <= last_line
