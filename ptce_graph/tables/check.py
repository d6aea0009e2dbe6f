"""Check the tables: every problem, each with its file, row, column, value and nearest valid value.

Checks work on whole columns, so that large tables cost little. What one cell
may hold stands in ``cells``, what rows may say together in ``rules``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ptce_graph.collection import uncollected
from ptce_graph.errors import Problem
from ptce_graph.i18n import gettext as _
from ptce_graph.tables.assessments import assessment_problems, lent_criteria
from ptce_graph.tables.cells import (
    FORBIDDEN,
    MAX_CELL,
    PERSONAL,
    SHAPES,
    TELEPHONE,
    Nearest,
    Shape,
    forbidden_character,
    personal_data,
    problem_at,
    too_long,
)
from ptce_graph.tables.history import edition_problems, known_ids, tables_of
from ptce_graph.tables.identities import identity_problems, lent_ids
from ptce_graph.tables.read import Tables, read_tables
from ptce_graph.tables.registers import SIREN_LENGTH, SIRET_LENGTH, numbers_hold
from ptce_graph.tables.rules import code_list_problems, rule_problems
from ptce_graph.tables.schema import (
    ACTORS,
    CODE_COLUMNS,
    CODE_LISTS,
    SEPARATOR,
    TABLES,
    Column,
    Table,
)

if TYPE_CHECKING:
    from pandas import DataFrame, Series

#: The identifiers that each table gives, or the codes of each list.
Valid = dict[str, set[str]]


#: Kinds of columns whose values are numbers of so many digits.
_NUMBERS = {"siren": SIREN_LENGTH, "siret": SIRET_LENGTH}

#: Kinds of problem that cost rows, and kinds that may only follow from rows being lost.
_ROWS_LOST = {"encoding", "empty file", "missing column", "quotes", "row length", "unreadable file"}
_CONSEQUENCES = {"unknown value", "no partner", "label"}


@uncollected
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
            given = _with_lent(ids, tables, name)
            problems += _check_column(frame, column, given, codes)
        problems += _duplicates(frame, ("source", *table.key) if table.of_a_source else table.key)
        problems += _line_ranges(frame, table, tables)
    problems += _check_history(tables, ids, codes)
    problems += identity_problems(tables)
    problems += rule_problems(tables)
    problems += assessment_problems(tables)
    return problems


def _with_lent(ids: Valid, tables: Tables, name: str) -> Valid:
    """The identifiers that a table may name: judgements also name things of the bundled data."""
    if name == "identities":
        return {**ids, ACTORS[0]: ids[ACTORS[0]] | lent_ids(tables)}
    if name == "assessments":
        return {**ids, "criteria": ids["criteria"] | lent_criteria(tables)}
    return ids


def _check_history(tables: Tables, ids: Valid, codes: Valid) -> Iterator[Problem]:
    """Former rows, by the same rules; they may also name what only former rows tell."""
    former = known_ids(tables.history)
    ids = {name: told | former.get(name, set()) for name, told in ids.items()}
    for table, frame in tables_of(tables.history):
        for column in table.columns:
            yield from _check_column(frame, column, ids, codes)
        yield from _duplicates(frame, ("source", *table.key))
    yield from edition_problems(tables.history)


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
    # Codes and references are told again and again: each is looked at once.
    told = values if column.kind in ("text", "id") else values.drop_duplicates()
    # Ten digits of a digest may look like a telephone number.
    patterns = (FORBIDDEN,) if column.kind == "digest" else (FORBIDDEN, PERSONAL)
    text = "\n".join(told)
    if found := [pattern for pattern in patterns if _is_in(pattern, text)]:
        yield from _holding(frame, column.name, values, found)
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
        valid: set[str] = set().union(*(ids[target] for target in column.target))
        tables_told = _(" or ").join(f"{target}.csv" for target in column.target)
        message = _("has no row in {tables}.").format(tables=tables_told)
        yield from _unknown(frame, column.name, values, valid, message)


def _is_in(pattern: re.Pattern[str], text: str) -> bool:
    """Whether ``pattern`` is found in the cells of a column, one after the other."""
    if pattern is PERSONAL and "@" not in text:
        pattern = TELEPHONE
    return bool(pattern.search(text))


#: What is said of a cell in which a pattern is found.
_HELD = {
    FORBIDDEN: ("character", forbidden_character),
    PERSONAL: ("personal data", personal_data),
}


def _holding(
    frame: DataFrame, column: str, values: Series, patterns: list[re.Pattern[str]]
) -> Iterator[Problem]:
    """Cells in which one of ``patterns`` is found."""
    for pattern in patterns:
        kind, message = _HELD[pattern]
        for at, value in values.items():
            if pattern.search(value):
                yield problem_at(frame, at, column, kind, value, message())


def _misshapen(frame: DataFrame, column: Column, values: Series, shape: Shape) -> Iterator[Problem]:
    wrong = _wrong(column.kind, values.unique().tolist(), shape)
    if not wrong:
        return
    for at, value in values[values.isin(wrong)].items():
        yield problem_at(
            frame, at, column.name, column.kind, value, shape.told(value), shape.near(value)
        )


def _wrong(kind: str, values: list[str], shape: Shape) -> set[str]:
    """Those of different ``values`` that do not fit; numbers are checked all together first."""
    length = _NUMBERS.get(kind, 0)
    if length:
        plain = [v for v in values if len(v) == length and v.isascii() and v.isdigit()]
        holds = numbers_hold(plain, length).tolist()
        right = {value for value, held in zip(plain, holds, strict=True) if held}
        values = [value for value in values if value not in right]
    return {value for value in values if not shape.fits(value)}


def _unknown(
    frame: DataFrame, column: str, values: Series, valid: set[str], message: str
) -> Iterator[Problem]:
    unknown = set(values.unique()) - valid
    if not unknown:
        return
    wrong = values[values.isin(unknown)]
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
        if document is None or _is_one_line(cell, document.lines):
            continue
        if SHAPES["lines"].fits(cell):
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


def _is_one_line(cell: str, last_line: int) -> bool:
    """A single line of the document: what most cells of large tables hold."""
    return len(cell) <= 7 and cell.isascii() and cell.isdecimal() and 1 <= int(cell) <= last_line


def _within(part: str, last_line: int) -> bool:
    first, _dash, last = part.partition("-")
    return 1 <= int(first) <= int(last or first) <= last_line
