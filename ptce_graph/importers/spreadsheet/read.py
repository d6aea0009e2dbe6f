"""A spreadsheet as tables of one source: guess or follow the mapping, account for each row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ptce_graph.errors import CallError, unknown_choice
from ptce_graph.i18n import gettext as _
from ptce_graph.importers.described import document_of, source_id
from ptce_graph.importers.imported import ColumnUse, Imported, Wish, refused_frame
from ptce_graph.importers.mapping import (
    LEFT_OUT,
    LINKS,
    Column,
    Mapping,
    mapping_text,
    read_mapping,
)
from ptce_graph.importers.networks import OPTION, known_networks, network_named
from ptce_graph.importers.sheets import Sheet, read_sheet
from ptce_graph.importers.spreadsheet.account import Account
from ptce_graph.importers.spreadsheet.codes import ROLES, codes_of
from ptce_graph.importers.spreadsheet.grid import Grid, grid_of
from ptce_graph.importers.spreadsheet.guess import guess
from ptce_graph.importers.spreadsheet.links import links
from ptce_graph.importers.spreadsheet.members import members
from ptce_graph.tables.cells import FORBIDDEN

if TYPE_CHECKING:
    from pandas import DataFrame

    from ptce_graph.importers.places import Places

KIND = "spreadsheet"
_STEPS = 3
#: Values of the option ``unreadable``: what becomes of a row with a number that cannot be read.
_REFUSE, _LEAVE_OUT = "refuse", "leave-out"


def read(path: Path, wish: Wish, places: Places) -> Imported:
    """The tables of a list of members, a matrix or a list of links.

    Options of ``wish``: ``sheet``; ``role`` and ``kind``, codes for all rows;
    ``unreadable``: ``refuse`` a row with a number or a cross that cannot be
    read (the default), or ``leave-out`` that cell. Raises ``CallError`` for a
    file that is no table, or a mapping that does not fit it.
    """
    wish = _with_networks(wish)
    known = frozenset(wish.options[OPTION])  # type: ignore[call-overload]
    given = read_mapping(wish.mapping) if wish.mapping else None
    wanted = str(wish.options.get("sheet", "")) or (given.sheet if given else "")
    step = _steps(path, wish)
    sheet = read_sheet(path, wanted)
    step(1)
    grid = grid_of(sheet, known, given.header if given else None)
    mapping = _followed(given, grid, wish) if given else _guessed(grid, wish, wanted)
    step(2)
    source = source_id(path, wish)
    account = Account(_choice(wish, "unreadable", (_REFUSE, _LEAVE_OUT), _REFUSE) == _LEAVE_OUT)
    account.take(grid.refused)
    if not len(grid.frame) and not grid.refused:
        raise CallError(
            _("{file} has a header and no rows.").format(file=path.name),
            _("Another sheet: --sheet NAME; another row of the header: --mapping FILE."),
        )
    frames = _tables(grid, mapping, wish, source, places, account)
    step(3)
    section = _section(sheet)
    frames = {name: frame.assign(section=section) for name, frame in frames.items() if len(frame)}
    refused = sorted(account.refused)
    rows_read = len(grid.frame) + len({row for row, *_rest in grid.refused})
    return Imported(
        source=source,
        document=document_of(path, wish, KIND, len(sheet.rows)),
        frames=frames,
        places=places.added,
        rows_read=rows_read,
        rows_kept=rows_read - len(account.rows()),
        rows_left_out=0,
        refused=refused_frame(refused),
        columns=tuple(_told(column) for column in mapping.columns),
        notes=(*grid.notes, *account.notes),
        mapping=mapping_text(mapping),
    )


def _steps(path: Path, wish: Wish) -> Callable[[int], None]:
    """What is told of each step that is done: the sheet, its columns, its rows."""
    progress = wish.progress
    if progress is None:
        return lambda _done: None
    words = _("reading {file}").format(file=path.name)
    return lambda done: progress(words, done, _STEPS)


def _tables(
    grid: Grid, mapping: Mapping, wish: Wish, source: str, places: Places, account: Account
) -> dict[str, DataFrame]:
    if mapping.shape == LINKS:
        return links(grid.frame, mapping, wish, source, account)
    if not any(mapping.one(use) for use in ("name", "siret", "siren", "rna")):
        raise CallError(
            _("No column names the organisations: no name, no SIRET, no SIREN."),
            _("Write the guess with --write-mapping FILE, correct it, and use --mapping FILE."),
        )
    return members(grid.frame, mapping, wish, source, places, account)


def _with_networks(wish: Wish) -> Wish:
    if isinstance(wish.options.get(OPTION), dict):
        return wish
    return replace(wish, options={**wish.options, OPTION: known_networks(None)})


def _guessed(grid: Grid, wish: Wish, sheet: str) -> Mapping:
    known = wish.options[OPTION]
    assert isinstance(known, dict)
    found = guess(grid, known, wish.network, _choice(wish, "role", tuple(codes_of(ROLES)), ""))
    return replace(found, sheet=sheet, kind=str(wish.options.get("kind", "")))


def _followed(given: Mapping, grid: Grid, wish: Wish) -> Mapping:
    """The mapping of the person, completed: columns that it does not name are left out."""
    names = list(grid.frame.columns)
    for column in given.columns:
        if column.column not in names:
            message = _("The mapping names a column that the file has not: {column}.")
            raise unknown_choice(message.format(column=column.column), column.column, names)
    told = {column.column: column for column in given.columns}
    unnamed = _("not in the mapping")
    columns = [told.get(n) or Column(n, why=unnamed) for n in names]
    columns = [c if c.why else replace(c, why=_("the mapping says so")) for c in columns]
    mapping = replace(given, columns=tuple(columns), header=grid.header)
    if mapping.shape == LINKS and not (mapping.one("a") and mapping.one("b")):
        raise CallError(_("A list of links needs two columns, a and b."), _("Correct the mapping."))
    if mapping.role and mapping.role not in codes_of(ROLES):
        message = _("{role} is no role.").format(role=mapping.role)
        raise unknown_choice(message, mapping.role, codes_of(ROLES))
    network = wish.network or mapping.network
    named = [replace(c, network=network_named(c.network)) if c.network else c for c in columns]
    return replace(mapping, columns=tuple(named), network=network_named(network) if network else "")


def _choice(wish: Wish, name: str, choices: tuple[str, ...], default: str) -> str:
    told = str(wish.options.get(name, "") or default)
    if told and told not in choices:
        message = _("{value} is no value of the option {name}.").format(value=told, name=name)
        raise unknown_choice(message, told, choices)
    return told


def _section(sheet: Sheet) -> str:
    """The passage of a row, in words: data are in French."""
    name = " ".join(FORBIDDEN.sub(" ", sheet.name).split())
    return f"feuille {name}" if name else "tableau"


def _told(column: Column) -> ColumnUse:
    use = "" if column.use == LEFT_OUT else column.use
    of = column.network or column.accreditation
    return ColumnUse(column.column, f"{use}: {of}" if of else use, column.why, column.examples)
