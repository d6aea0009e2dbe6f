"""The sheets of a workbook (xlsx, ods) as grids of text cells.

calamine reads them: values only, nothing is run. What it is given was measured
before (``sheets_archive``).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ptce_graph.errors import CallError, unknown_choice
from ptce_graph.i18n import gettext as _
from ptce_graph.importers.sheets import Sheet
from ptce_graph.importers.sheets_archive import MAX_CELLS, Looked, damaged, encrypted, look
from ptce_graph.importers.sheets_text import trimmed

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

#: A larger file is not searched for the name below.
_MAX_OLD = 1 << 26
#: Beyond it a number of a spreadsheet no longer keeps its last digits.
_EXACT = 10**15
#: The name under which an encrypted workbook of today hides, as it stands in the file.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_book(path: Path, wanted: str) -> Sheet:
    """The sheet ``wanted`` of a workbook, or the first that is not empty."""
    from python_calamine import CalamineError, PasswordError

    looked = look(path)
    try:
        return _read(path, wanted, looked)
    except PasswordError as error:
        raise encrypted(path.name) from error
    except (CalamineError, ValueError, OverflowError) as error:
        raise damaged(path.name) from error
    except BaseException as error:
        # A panic of the library written in Rust is no ``Exception``.
        if type(error).__name__ == "PanicException":
            raise damaged(path.name) from None
        raise


def refuse_old(path: Path) -> CallError:
    """The error of a file in the container of old Office: an encrypted workbook, an xls.

    An xls is not read: its library takes the sizes in it for true, and ends the
    whole program on a damaged one.
    """
    if path.stat().st_size <= _MAX_OLD and _ENCRYPTED in path.read_bytes():
        return encrypted(path.name)
    return CallError(
        _("{file} is in an old format of Office (xls).").format(file=path.name),
        _("Open it with a spreadsheet program and save it as xlsx or ods."),
    )


def _read(path: Path, wanted: str, looked: Looked) -> Sheet:
    from python_calamine import load_workbook

    with load_workbook(path) as book:
        sheet = _chosen(book, wanted, path.name)
        rows = _rows(sheet, looked)
        names = tuple(book.sheet_names)
    notes = []
    if len(names) > 1 and not wanted:
        note = _("The file has {n} sheets; “{sheet}” is read. Another one: --sheet NAME.")
        notes.append(note.format(n=len(names), sheet=sheet.name))
    if looked.formulas:
        note = _(
            "Formulas without a saved value, whose cells are empty: {n}. Open the file with a "
            "spreadsheet program, save it, and import it again."
        )
        notes.append(note.format(n=looked.formulas))
    if looked.errors:
        note = _("Cells with the error of a formula, such as #REF!, read as empty ones: {n}.")
        notes.append(note.format(n=looked.errors))
    return Sheet(rows, looked.kind, sheet.name, notes=tuple(notes), sheets=names)


def _chosen(book: CalamineWorkbook, wanted: str, name: str) -> CalamineSheet:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    tables = [told for told in book.sheets_metadata if told.typ == SheetTypeEnum.WorkSheet]
    if wanted:
        names = [told.name for told in tables]
        if wanted not in names:
            message = _("{file} has no sheet named {sheet}.").format(file=name, sheet=wanted)
            raise unknown_choice(message, wanted, names)
        return book.get_sheet_by_name(wanted)
    for told in sorted(tables, key=lambda told: told.visible != SheetVisibleEnum.Visible):
        sheet = book.get_sheet_by_name(told.name)
        if sheet.start is not None:
            return sheet
    raise CallError(
        _("{file} is empty.").format(file=name),
        _("Save the list again from the spreadsheet, then import that file."),
    )


def _rows(sheet: CalamineSheet, looked: Looked) -> list[list[str]]:
    if sheet.start is None or sheet.end is None:
        return []
    if (sheet.end[0] + 1) * (sheet.end[1] + 1) > MAX_CELLS:
        raise ValueError(sheet.end)
    left = [""] * sheet.start[1]
    rows = [trimmed(left + [_text(cell) for cell in cells]) for cells in sheet.iter_rows()]
    spans = [
        (first[0], first[1], last[0] - first[0] + 1)
        for first, last in sheet.merged_cell_ranges or ()
        if last[0] > first[0]
    ]
    _fill_down(rows, spans or looked.spans.get(sheet.name, ()))
    return rows


def _fill_down(rows: list[list[str]], spans: Iterable[tuple[int, int, int]]) -> None:
    """A value merged over several rows is that of each of them."""
    for first, column, height in spans:
        if first >= len(rows) or column >= len(rows[first]):
            continue
        value = rows[first][column]
        for row in rows[first + 1 : first + height]:
            # A row with nothing of its own stays empty.
            if row and value:
                row.extend([""] * (column + 1 - len(row)))
                row[column] = row[column] or value


def _text(cell: Any) -> str:
    """A cell as text: numbers without ``.0``, dates as ISO, yes and no as a French one writes."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "VRAI" if cell else "FAUX"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _EXACT else repr(cell)
    if isinstance(cell, datetime.datetime):
        whole = cell.time() == datetime.time(0)
        return cell.date().isoformat() if whole else cell.isoformat(" ", "seconds")
    if isinstance(cell, (datetime.date, datetime.time)):
        return cell.isoformat()
    return str(cell)
