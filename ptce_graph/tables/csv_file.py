"""One CSV file into rows of text cells: no row is lost, none is made of two.

A file is decoded, cut into records, its header compared with the columns of
its table. Whatever goes wrong on the way is a problem with a row.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

from ptce_graph.errors import Problem, nearest
from ptce_graph.i18n import gettext as _
from ptce_graph.tables.cells import too_long
from ptce_graph.tables.schema import Column

#: The cells of one row in the order of the columns, then the source, the file and the row.
Row = list[str | int]

_DELIMITERS = ",;\t"
#: What spreadsheets leave around a cell. Other invisible characters stay, to be told.
_INLINE_BLANKS = " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
_INLINE_BLANKS += "\u202f\u205f\u3000"
_BLANKS = _INLINE_BLANKS + "\r\n"
#: A blank where a cell may begin or end. One look at the text spares one at each cell.
_BLANK_AT_EDGE = re.compile(
    rf'(?:\A|[,;\t\r\n"])[{_INLINE_BLANKS}]|[{_INLINE_BLANKS}](?:[,;\t\r\n"]|\Z)'
)
_SURROGATE = re.compile("[\ud800-\udfff]")
#: The share of NUL bytes from which a file is wide text, and not text with a stray byte.
_WIDE_SHARE = 0.1
#: The header is looked for in so many characters.
_START = 1 << 20


@dataclass(frozen=True)
class _Records:
    """The records of a file, the delimiter they were cut at, and whether a cell breaks a line."""

    cells: list[list[str]]
    delimiter: str
    has_breaks: bool


def read_rows(
    path: Path, told: str, columns: tuple[Column, ...], source: str, problems: list[Problem]
) -> list[Row]:
    """The rows of one file that can be used; all that cannot be is added to ``problems``."""
    text = _text(path, told, problems)
    if text is None:
        return []
    records = _records(text, told, problems)
    byte = _not_utf8(records, told) if _SURROGATE.search(text) else None
    if byte:
        problems.append(byte)
    if byte or not records.cells:
        return []
    header = records.cells[0]
    position = _positions(header, columns, told, problems)
    if position is None:
        return []
    # A column that the file does not have is the empty cell put at the end of each row.
    absent, width = len(header), len(header)
    pick = itemgetter(*(absent if i is None else i for i in position))
    rows: list[Row] = []
    for number, cells in enumerate(records.cells[1:], start=2):
        if not any(cells):
            continue
        if records.has_breaks or len(cells) != width:
            fault = _row_fault(cells, header, number, told, records.delimiter)
            if fault:
                problems.append(fault)
                continue
        cells.append("")
        rows.append([*pick(cells), source, told, number])
    return rows


def _text(path: Path, told: str, problems: list[Problem]) -> str | None:
    """The file as text; bytes that are not UTF-8 stay in it as surrogates, to be found again."""
    try:
        if path.exists() and not path.is_file():
            problems.append(Problem(told, 0, "", "unreadable file", "", _("is not a file.")))
            return None
        data = path.read_bytes()
    except OSError as error:
        message = _("cannot be read: {reason}.").format(reason=error.strerror)
        problems.append(Problem(told, 0, "", "unreadable file", "", message))
        return None
    wide = _wide_encoding(data)
    if wide:
        message = _("is {encoding}, not UTF-8. Save the file as “CSV UTF-8” and try again.")
        problems.append(Problem(told, 0, "", "encoding", "", message.format(encoding=wide)))
        return None
    text = data.decode("utf-8-sig", errors="surrogateescape")
    if not text.strip():
        problems.append(Problem(told, 1, "", "empty file", "", _("has no header row.")))
        return None
    return text


def _wide_encoding(data: bytes) -> str:
    """UTF-16 or UTF-32, by the mark at the start of the file or by its many NUL bytes."""
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return "UTF-32"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    start = data[:4096]
    share = start.count(0) / max(1, len(start))
    if share <= _WIDE_SHARE:
        return ""
    return "UTF-32" if share > 0.6 else "UTF-16"


def _records(text: str, told: str, problems: list[Problem]) -> _Records:
    """The records of the text, in strict mode: a stray quotation mark must not swallow rows."""
    first = text[:_START].splitlines()[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found: list[list[str]] = []
    before = 0
    try:
        for record in reader:
            found.append(record)
            before = reader.line_num
    except csv.Error as error:
        lines = io.StringIO(text, newline="").readlines()
        line = _readable(lines[before].strip(_BLANKS)) if before < len(lines) else ""
        if "field limit" in str(error):
            fault = ("long cell", too_long())
        else:
            fault = ("quotes", _stray_quote())
        problems.append(Problem(told, len(found) + 1, "", fault[0], line, fault[1]))
    has_breaks = before > len(found)
    if has_breaks or _BLANK_AT_EDGE.search(text):
        found = [[cell.strip(_BLANKS) for cell in record] for record in found]
    if has_breaks and "\r" in text:
        found = [[cell.replace("\r\n", "\n") for cell in record] for record in found]
    return _Records(found, delimiter, has_breaks)


def _stray_quote() -> str:
    return _(
        "has a quotation mark that opens or closes in the wrong place: a cell in quotation marks "
        "starts and ends with one, and those inside it are doubled."
    )


def _readable(text: str) -> str:
    """``text`` with the bytes that are not UTF-8 read as Windows-1252, their usual origin."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-8", "surrogateescape").decode("cp1252", errors="replace")


def _not_utf8(records: _Records, told: str) -> Problem:
    """Say where the first byte that is not UTF-8 stands, and what it probably is."""
    message = _(
        "is not UTF-8 (byte 0x{byte}); it looks like Windows-1252. "
        "Save the file as “CSV UTF-8” and try again."
    )
    for row, cells in enumerate(records.cells, start=1):
        for index, cell in enumerate(cells):
            found = _SURROGATE.search(cell)
            if found:
                byte = f"{ord(found[0]) - 0xDC00:02X}"
                names = records.cells[0]
                column = names[index] if row > 1 and index < len(names) else ""
                value = _readable(cell)
                return Problem(told, row, column, "encoding", value, message.format(byte=byte))
    return Problem(told, 0, "", "encoding", "", _("is not UTF-8."))


def _positions(
    header: list[str], columns: tuple[Column, ...], told: str, problems: list[Problem]
) -> list[int | None] | None:
    """Where each column stands in the header, or ``None`` where rows cannot be told by it."""
    names = [column.name for column in columns]
    absent = [name for name in names if name not in header]
    missing = [column.name for column in columns if column.required and column.name in absent]
    unknown = [name for name in dict.fromkeys(header) if name not in names]
    twice = [name for name in names if header.count(name) > 1]

    def problem(name: str, kind: str, message: str, near: str = "") -> None:
        problems.append(Problem(told, 1, name, kind, "", message, near))

    for name in missing:
        problem(name, "missing column", _("is missing from the header."), nearest(name, unknown))
    for name in unknown:
        message = _("is not a column of this table.")
        problem(name, "unknown column", message, nearest(name, absent))
    for name in twice:
        problem(name, "repeated column", _("stands twice in the header."))
    if missing or twice:
        return None
    return [header.index(name) if name in header else None for name in names]


def _row_fault(
    cells: list[str], header: list[str], number: int, told: str, delimiter: str
) -> Problem | None:
    """A row that has not as many cells as the header, or whose quotes took in other rows."""
    if len(cells) != len(header):
        message = _("has {found} cells where the header has {expected}.")
        message = message.format(found=len(cells), expected=len(header))
        return Problem(told, number, "", "row length", "", message)
    for index, cell in enumerate(cells):
        if "\n" in cell and _swallowed(cell, index, len(header), delimiter):
            message = _(
                "holds what looks like whole rows: look for a stray quotation mark before it, "
                "or write the cell on one line."
            )
            return Problem(told, number, header[index], "quotes", cell, message)
    return None


def _swallowed(cell: str, index: int, width: int, delimiter: str) -> bool:
    """Whether the lines of a cell are rows: a whole one, or the end of one and the start of one.

    ``index`` is the place of the cell in its record, ``width`` the number of
    columns: a row cut inside that cell lacks exactly the delimiters counted here.
    """
    counts = [line.count(delimiter) for line in cell.split("\n")]
    if max(counts) >= max(1, width - 1):
        return True
    return width > 2 and counts[0] == width - 1 - index and counts[-1] == index
