"""Rows of one file that are about one organisation become one row."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from ptce_graph.i18n import gettext as _
from ptce_graph.tables.cells import MAX_CELL, PERSONAL, WEB_PATTERN
from ptce_graph.tables.schema import SEPARATOR

if TYPE_CHECKING:
    from pandas import DataFrame, Series

#: A cell holds 10,000 characters; a SIRET takes 15 with its separator, a row number up to 10.
MOST_ROWS = 600


def one_per_id(frame: DataFrame, notes: list[str]) -> DataFrame:
    """One row per ``id``, in the order of the first: the first that tells a thing is believed.

    Numbers of establishments, accreditations, names and lines are joined. The
    place is kept where all rows that tell one agree. What was joined is told
    in ``notes``.
    """
    import pandas as pd

    twice = frame["id"].duplicated(keep=False)
    if not twice.any():
        return frame
    about = frame[twice]
    groups: dict[str, list[int]] = {}
    for at, identifier in enumerate(about["id"]):
        groups.setdefault(identifier, []).append(at)
    joined = {
        name: [
            _MERGES.get(name, _first)([cells[at] for at in rows[:MOST_ROWS]])
            for rows in groups.values()
        ]
        for name in frame.columns
        for cells in [about[name].tolist()]
    }
    first = pd.DataFrame(
        joined, index=about.index[[rows[0] for rows in groups.values()]], dtype=object
    )
    notes.append(
        _(
            "Rows about one organisation were joined "
            "(rows: {rows}; organisations: {organisations})."
        ).format(rows=len(about), organisations=len(first))
    )
    largest = max(map(len, groups.values()))
    if largest > MOST_ROWS:
        notes.append(
            _("No organisation shows more than {most} establishments; the largest has {n}.").format(
                most=MOST_ROWS, n=largest
            )
        )
    return pd.concat([frame[~twice], first]).sort_index()


def joined_cells(cells: list[str]) -> str:
    """The different values of some cells, each of which may hold several: as many as fit in one."""
    values = (value for cell in cells if cell for value in cell.split(SEPARATOR) if value)
    told = SEPARATOR.join(dict.fromkeys(values))
    return told if len(told) <= MAX_CELL else told[: MAX_CELL + 1].rpartition(SEPARATOR)[0]


def _first(cells: list[str]) -> str:
    return next(filter(None, cells), "")


def _agreed(cells: list[str]) -> str:
    told = set(filter(None, cells))
    return told.pop() if len(told) == 1 else ""


_MERGES: dict[str, Callable[[list[str]], str]] = {
    "siret": joined_cells,
    "lines": joined_cells,
    "accreditations": joined_cells,
    "alt_names": joined_cells,
    "same_as": joined_cells,
    "place": _agreed,
}


def websites(cells: Series, notes: list[str]) -> Series:
    """Web addresses; what is none is left out, and told."""
    fits = {
        text: bool(re.fullmatch(WEB_PATTERN, text)) and not PERSONAL.search(text)
        for text in cells.unique()
    }
    good = cells.map(fits).astype(bool)
    wrong = int((~good & (cells != "")).sum())
    if wrong:
        notes.append(_("Web addresses that are none, left out: {n}").format(n=wrong))
    return cells.where(good, "")
