"""A spreadsheet or CSV file of anybody as a grid of text cells, read safely.

Nothing of the file is run or fetched: formulas give the value that was saved
with them, archives are measured before they are unpacked, XML has no entities
(see ``sheets_book``). What cannot be read is refused in words that say what to
do; a row that cannot be cut into cells is in ``Sheet.faults``, never lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _

#: What stands at the start of files that are no tables, and what they are.
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_START = 4096

#: What spreadsheets leave around a cell, the mark of byte order and hidden spaces included.
BLANKS = " \t\r\n\x0b\x0c\u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff\u200b"
BLANKS += "".join(map(chr, range(0x2000, 0x200B)))


@dataclass(frozen=True)
class Fault:
    """A row that could not be cut into cells: its number as a spreadsheet counts, and why."""

    row: int
    value: str
    reason: str


@dataclass(frozen=True)
class Sheet:
    """A grid of text cells.

    ``rows[i]`` are the cells of row ``i + 1`` of the spreadsheet, without the
    empty ones at its end: rows differ in length, an empty row is ``[]``.
    ``name`` is that of the sheet, empty for CSV; ``encoding`` and ``delimiter``
    are those of CSV; ``kind`` is ``csv``, ``xlsx`` or ``ods``.
    ``faults`` are rows that could not be read, whose place in ``rows`` is ``[]``;
    ``notes`` tell what one should know of how it was read.
    """

    rows: list[list[str]]
    kind: str
    name: str = ""
    encoding: str = ""
    delimiter: str = ""
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()
    sheets: tuple[str, ...] = field(default=())


def read_sheet(path: Path, sheet: str = "") -> Sheet:
    """The cells of a CSV (of any delimiter and encoding), xlsx or ods file.

    ``sheet`` names the sheet of a workbook; the first one that is not empty
    without it. Raises ``CallError`` for a file that is no table, is encrypted,
    is empty or would not fit into memory.
    """
    from ptce_graph.importers.sheets_book import read_book, refuse_old
    from ptce_graph.importers.sheets_text import read_text

    path = Path(path)
    start = _start(path)
    if start.startswith(_OLE):
        raise refuse_old(path)
    if start.startswith((_ZIP, _EMPTY_ZIP)):
        return read_book(path, sheet)
    _refuse_others(path, start)
    if sheet:
        raise CallError(_("{file} is a text file, it has no sheets.").format(file=path.name))
    return read_text(path)


def _start(path: Path) -> bytes:
    if path.is_dir():
        raise CallError(_("{path} is a folder, not a file.").format(path=path))
    if path.exists() and not path.is_file():
        raise CallError(_("{path} is no regular file.").format(path=path))
    with path.open("rb") as stream:
        start = stream.read(_START)
    if not start.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        # A file of blanks longer than this is refused by what reads it.
        with path.open("rb") as stream:
            if not stream.read(1 << 20).strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
                raise CallError(
                    _("{file} is empty.").format(file=path.name),
                    _("Save the list again from the spreadsheet, then import that file."),
                )
    return start


_AS_CSV = "csv"


def _refuse_others(path: Path, start: bytes) -> None:
    """Files that are no tables, by how they start: each with the way to a table."""
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    name = path.name
    if re.match(rb"<(!doctype html|html|head|table|meta|!--)", text):
        raise CallError(
            _("{file} is a web page, whatever its name ends in.").format(file=name),
            _("Open it with a spreadsheet program and save it as xlsx or ods."),
        )
    if text.startswith(b"<"):
        raise CallError(
            _("{file} is XML, not a table.").format(file=name),
            _("Open it with a spreadsheet program and save it as xlsx or ods."),
        )
    if text.startswith(b"{\\rtf") or text.startswith(b"%pdf"):
        raise CallError(
            _("{file} is a text document, not a table.").format(file=name),
            _("Copy its table into a spreadsheet and save that as xlsx or ods."),
        )
    if re.match(rb"[\[{]\s*[\"{\[]", text):
        raise CallError(
            _("{file} is JSON, not a table.").format(file=name),
            _("Import it as data-inclusion or gogocarto, or save it as CSV."),
        )
    if text.startswith(b"par1"):
        raise CallError(
            _("{file} is Parquet, not a spreadsheet.").format(file=name),
            _("Files of Sirene are imported by: ptce-graph import sirene FILE."),
        )
    if text.startswith(
        (b"\x1f\x8b", b"bzh", b"\xfd7zxz", b"7z\xbc\xaf", b"rar!", b"\x28\xb5\x2f\xfd")
    ):
        raise CallError(
            _("{file} is a compressed file.").format(file=name),
            _("Unpack it, then import the file in it."),
        )
