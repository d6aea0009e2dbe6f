"""What every importer gives: the tables a file becomes, and an account of each of its rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pandas import DataFrame

    from ptce_graph.progress import Progress

#: The columns of ``Imported.refused``: where, what stood there, and why it was refused.
REFUSED_COLUMNS = ("row", "column", "value", "reason")


#: The key of ``Wish.options`` that holds who is told how far the reading is, or ``None``.
PROGRESS = "progress"


@dataclass(frozen=True)
class Wish:
    """What the person asks of an import.

    ``source`` is the identifier of the source's folder (made from the file's
    name where empty); ``title``, ``publisher``, ``date`` and ``licence`` go to
    its ``source.yml``. ``network`` names the network whose member list it is;
    ``mapping`` is a file that says what each column is. ``options`` are those
    of one kind of file (``{"all": True}`` …).
    """

    source: str = ""
    title: str = ""
    publisher: str = ""
    date: str = ""
    licence: str = ""
    network: str = ""
    mapping: Path | None = None
    options: dict[str, object] = field(default_factory=dict)

    @property
    def progress(self) -> Progress | None:
        """Who is to be told how many bytes of the file are read."""
        told = self.options.get(PROGRESS)
        return told if callable(told) else None


@dataclass(frozen=True)
class ColumnUse:
    """A column of the file and what becomes of it: ``use`` is empty where it is left out.

    ``why`` says why it is left out (``personal`` columns are never kept) or
    what made us think so. ``examples`` are values of it, none of a personal one.
    """

    column: str
    use: str
    why: str = ""
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Imported:
    """A file as tables of one source.

    ``frames`` maps a table of ``schema.SOURCE_TABLES`` to its rows: text cells,
    columns of the schema (those absent are empty), ``section`` and ``lines``
    filled, ``lines`` being rows of the file as a spreadsheet numbers them.
    ``places`` are rows of the table of places that the folder may lack.
    ``rows_read`` = ``rows_kept`` + ``rows_left_out`` + rows in ``refused``: a row
    is left out when the person did not ask for it (not ESS, another network),
    refused when it cannot be read. ``lines`` is the number of rows of the file,
    its header and empty rows included.
    """

    source: str
    document: dict[str, str]
    frames: dict[str, DataFrame]
    places: DataFrame | None
    rows_read: int
    rows_kept: int
    rows_left_out: int
    refused: DataFrame
    columns: tuple[ColumnUse, ...] = ()
    notes: tuple[str, ...] = ()
    mapping: str = ""

    @property
    def rows_refused(self) -> int:
        # Of a workbook, rows of several sheets have the same numbers.
        where = [name for name in ("sheet", "row") if name in self.refused]
        return len(self.refused[where].drop_duplicates())


def refused_frame(rows: Iterable[tuple[int, str, str, str]]) -> DataFrame:
    """Refused rows as ``REFUSED_COLUMNS``; a row may stand there once per reason."""
    import pandas as pd

    return pd.DataFrame(list(rows), columns=list(REFUSED_COLUMNS))
