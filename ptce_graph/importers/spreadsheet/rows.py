"""Rows of tables out of rows of a file: those that say the same become one, with all its lines."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Lookup
from typing import TYPE_CHECKING, Any

from ptce_graph.importers.joined import MOST_ROWS, joined_cells
from ptce_graph.tables.schema import SEPARATOR

if TYPE_CHECKING:
    from pandas import DataFrame, Series

#: Columns of several values, of which the merged row has all.
_JOINED = ("alt_names", "siret", "accreditations")


def looked_up(cells: Series, found: Lookup[str, Any]) -> Series:
    """``found`` of each cell, empty where it says nothing; a column of texts whatever it holds."""
    import pandas as pd

    return pd.Series([found.get(cell, "") for cell in cells], index=cells.index, dtype=object)


def read_each(cells: Series, read: Callable[[str], str]) -> Series:
    """``read`` of each cell that is filled; each different text is read once."""
    return looked_up(cells, {text: read(str(text)) for text in cells.unique() if text})


def merged(frame: DataFrame, key: list[str]) -> DataFrame:
    """One row per ``key``, in the order of the first; ``lines`` and several values are joined.

    Of other cells the first that is filled is kept; other names become ``alt_names``.
    """
    import pandas as pd

    twice = frame.duplicated(key, keep=False)
    if not twice.any():
        return frame.reset_index(drop=True)
    about = frame[twice]
    cells = {column: about[column].tolist() for column in frame.columns}
    # Columns are read as lists: a frame per group would take minutes on large files.
    groups: dict[tuple[Any, ...], list[int]] = {}
    for at, told in enumerate(zip(*(cells[column] for column in key), strict=True)):
        groups.setdefault(told, []).append(at)
    several = [rows[:MOST_ROWS] for rows in groups.values()]
    together = pd.DataFrame(
        {column: _together(column, cells, several) for column in frame.columns},
        index=about.index[[rows[0] for rows in groups.values()]],
        dtype=object,
    )
    return pd.concat([frame[~twice], together]).sort_index(kind="stable").reset_index(drop=True)


def _together(column: str, cells: dict[str, list[Any]], groups: list[list[int]]) -> list[str]:
    """One cell of ``column`` for each group of rows."""
    told = cells[column]
    if column == "alt_names":
        names = [_first(cells["name"], rows) for rows in groups]
        return [
            joined_cells([*_filled(told, rows), *_others(cells["name"], rows, name)])
            for rows, name in zip(groups, names, strict=True)
        ]
    if column in (*_JOINED, "lines"):
        return [joined_cells(_filled(told, rows)) for rows in groups]
    return [_first(told, rows) for rows in groups]


def _filled(told: list[Any], rows: list[int]) -> list[str]:
    return [str(told[at]) for at in rows if told[at]]


def _first(told: list[Any], rows: list[int]) -> str:
    return next((str(told[at]) for at in rows if told[at]), "")


def _others(names: list[Any], rows: list[int], shown: str) -> list[str]:
    return [names[at].replace(SEPARATOR, "/") for at in rows if names[at] != shown]
