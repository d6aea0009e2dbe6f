"""A workbook (a ZIP archive of XML) measured before it is read.

The sizes that an archive states are not believed: each member is unpacked once,
piece by piece, and counted. On the way its XML is looked at for what would make
a reader fill the memory (a cell far away, a row repeated a million times) and
for declarations of entities, which no workbook has.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _

#: The whole of a workbook, unpacked; 220,000 rows of 20 columns are a third of it.
MAX_UNPACKED = 1 << 30
MAX_MEMBERS = 5_000
#: Cells from A1 to the last one: 220,000 rows of 180 columns.
MAX_CELLS = 40_000_000
_PIECE = 1 << 20
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_CELL = re.compile(rb"""\br\s*=\s*["']\$?([A-Za-z]{0,4})\$?([0-9]{1,8})["']""")
#: A formula whose cell keeps no value after it.
_UNCOUNTED = re.compile(
    rb"</(?:\w+:)?f>\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ERROR = re.compile(rb"""\st\s*=\s*["']e["']""")
#: How many things of a kind follow, as some elements state it, and readers believe.
_STATED = re.compile(rb"""ount\s*=\s*["']([0-9]+|[^"']*&#[^"']*)["']""")
#: A sheet has at most so many rows; nothing is repeated more often.
_MOST_TIMES = 1 << 20
_ODS_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"


@dataclass
class Looked:
    """What was seen in an archive.

    ``formulas`` counts formulas without a value, ``errors`` the cells in which
    one failed (of an xlsx file); ``spans`` maps a sheet's name to
    the merged cells of an ods file: row, column (from 0) and the number of rows.
    """

    kind: str
    formulas: int = 0
    errors: int = 0
    spans: dict[str, list[tuple[int, int, int]]] = field(default_factory=dict)


def look(path: Path) -> Looked:
    """What kind of workbook ``path`` is; ``CallError`` where it is none, or not safe to read."""
    name = path.name
    try:
        with zipfile.ZipFile(path) as archive, path.open("rb") as stream:
            members = archive.infolist()
            kind = _kind([m.filename for m in members], name)
            _refuse_sizes(members, name)
            looked = Looked(kind)
            if kind == "ods":
                _refuse_encrypted_ods(archive, name)
            for member in members:
                _look_at(member, stream, looked, name)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError) as error:
        raise damaged(name) from error
    except NotImplementedError as error:
        raise damaged(name) from error
    return looked


def damaged(name: str) -> CallError:
    """The error of a workbook that cannot be unpacked or understood."""
    return CallError(
        _("{file} is damaged: it cannot be unpacked as a workbook.").format(file=name),
        _("Open it with a spreadsheet program and save it again as xlsx or ods."),
    )


def encrypted(name: str) -> CallError:
    """The error of a workbook that asks for a password."""
    return CallError(
        _("{file} is protected by a password.").format(file=name),
        _("Save a copy without a password, then import the copy."),
    )


def _kind(names: list[str], name: str) -> str:
    if "xl/workbook.xml" in names or any(n.startswith("xl/worksheets/") for n in names):
        return "xlsx"
    if "content.xml" in names:
        return "ods"
    if "xl/workbook.bin" in names:
        raise CallError(
            _("{file} is a binary workbook (xlsb).").format(file=name),
            _("Open it with a spreadsheet program and save it as xlsx or ods."),
        )
    if any(n.startswith("Index/") or n == "index.apxl" for n in names):
        raise CallError(
            _("{file} is a file of Numbers.").format(file=name),
            _("Export it from Numbers as CSV or xlsx."),
        )
    if any(n.startswith("word/") for n in names):
        raise CallError(
            _("{file} is a text document, not a table.").format(file=name),
            _("Copy its table into a spreadsheet and save that as xlsx or ods."),
        )
    raise CallError(
        _("{file} is an archive, not a workbook.").format(file=name),
        _("Unpack it, then import the file in it."),
    )


def _refuse_sizes(members: list[zipfile.ZipInfo], name: str) -> None:
    if any(member.header_offset < 0 for member in members):
        # Damaged offsets of the directory can point before the start of the file.
        raise damaged(name)
    stated = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or stated > MAX_UNPACKED:
        raise _too_large(name)
    if any(member.flag_bits & 1 for member in members):
        raise encrypted(name)


def _too_large(name: str) -> CallError:
    return CallError(
        _("{file} would unpack to more than {most} MB: it is not read.").format(
            file=name, most=MAX_UNPACKED >> 20
        ),
        _("Save the list alone, without pictures and other sheets, or as CSV."),
    )


def _too_far(name: str, cell: str) -> CallError:
    return CallError(
        _("{file} has a sheet that reaches to the cell {cell}: it is not read.").format(
            file=name, cell=cell
        ),
        _("Copy the list into a new workbook, or save the sheet as CSV."),
    )


def _refuse_encrypted_ods(archive: zipfile.ZipFile, name: str) -> None:
    try:
        with archive.open("META-INF/manifest.xml") as stream:
            if b"encryption-data" in stream.read(_PIECE):
                raise encrypted(name)
    except KeyError:
        return


def _look_at(member: zipfile.ZipInfo, stream: BinaryIO, looked: Looked, name: str) -> None:
    pieces = _unpacked(member, stream, name)
    inner = member.filename
    if not inner.lower().endswith((".xml", ".rels")):
        for _piece in pieces:
            pass
    elif looked.kind == "ods" and inner == "content.xml":
        _OdsSheets(looked, name).read(pieces)
    else:
        _look_at_xml(pieces, looked, name, member.file_size)


def _unpacked(member: zipfile.ZipInfo, stream: BinaryIO, name: str) -> Iterator[bytes]:
    """The member piece by piece; an error where it is longer than the archive states."""
    stream.seek(member.header_offset)
    signature, name_length, extra_length = _LOCAL_HEADER.unpack(stream.read(_LOCAL_HEADER.size))
    if signature != b"PK\x03\x04" or member.compress_type not in (
        zipfile.ZIP_STORED,
        zipfile.ZIP_DEFLATED,
    ):
        raise zipfile.BadZipFile(name)
    stream.seek(name_length + extra_length, 1)
    left, counted = member.compress_size, 0
    machine = None if member.compress_type == zipfile.ZIP_STORED else zlib.decompressobj(-15)
    while left > 0 and (packed := stream.read(min(left, _PIECE // 16))):
        left -= len(packed)
        while packed:
            piece = packed if machine is None else machine.decompress(packed, _PIECE)
            packed = b"" if machine is None else machine.unconsumed_tail
            counted += len(piece)
            if counted > member.file_size:
                raise zipfile.BadZipFile(name)
            yield piece


def _look_at_xml(pieces: Iterator[bytes], looked: Looked, name: str, size: int) -> None:
    columns = rows = 0
    sheet = False
    before = b""
    for piece in pieces:
        text = before + piece
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise damaged(name)
        if any(not told.isdigit() or int(told) > size for told in _STATED.findall(text)):
            raise damaged(name)
        sheet = sheet or b"worksheet" in text[:2000]
        if sheet:
            letters, numbers = _furthest(text)
            columns, rows = max(columns, letters), max(rows, numbers)
            looked.formulas += len(_UNCOUNTED.findall(text)) - len(_UNCOUNTED.findall(before))
            looked.errors += len(_ERROR.findall(text)) - len(_ERROR.findall(before))
        if columns * rows > MAX_CELLS:
            raise _too_far(name, f"{letters_of(columns)}{rows}")
        before = text[-100:]


def _furthest(text: bytes) -> tuple[int, int]:
    """The last column and the last row that cells of the text stand in."""
    cells = _CELL.findall(text)
    if not cells:
        return 0, 0
    last = max({letters.upper() for letters, _row in cells}, key=lambda word: (len(word), word))
    rows = {number for _letters, number in cells}
    return number_of(last.decode()), max(map(int, rows))


def number_of(letters: str) -> int:
    """``A`` -> 1, ``Z`` -> 26, ``AA`` -> 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def letters_of(number: int) -> str:
    """1 -> ``A``, 26 -> ``Z``, 27 -> ``AA``."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class _OdsSheets:
    """The cells of an ods file counted as they would be once repeated ones are written out."""

    def __init__(self, looked: Looked, name: str) -> None:
        self.looked, self.name = looked, name
        self.sheet = ""
        self.row = self.column = self.row_times = self.width = 0
        self.filled_row = False

    def read(self, pieces: Iterator[bytes]) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._doctype
        try:
            for piece in pieces:
                parser.Parse(piece, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise damaged(self.name) from error

    def _doctype(self, *_told: object) -> None:
        raise damaged(self.name)

    def _start(self, tag: str, told: dict[str, str]) -> None:
        space, _gap, word = tag.rpartition(" ")
        if space != _ODS_TABLE:
            if word == "p" and self.row_times:
                self.filled_row = True
                self.width = max(self.width, self.column)
            return
        if word == "table":
            self.sheet = told.get(f"{_ODS_TABLE} name", "")
            self.row = self.width = 0
        elif word == "table-row":
            self.row_times = self._times(told, "rows")
            self.column, self.filled_row = 0, False
        elif word in ("table-cell", "covered-table-cell"):
            spanned = told.get(f"{_ODS_TABLE} number-rows-spanned", "1")
            if spanned.isdigit() and int(spanned) > 1:
                place = (self.row, self.column, int(spanned))
                self.looked.spans.setdefault(self.sheet, []).append(place)
            self.column += self._times(told, "columns")

    def _end(self, tag: str) -> None:
        if tag == f"{_ODS_TABLE} table-row":
            self.row += self.row_times
            self.row_times = 0
            if self.filled_row and self.row * self.width > MAX_CELLS:
                raise _too_far(self.name, f"{letters_of(self.width)}{self.row}")

    def _times(self, told: dict[str, str], what: str) -> int:
        text = told.get(f"{_ODS_TABLE} number-{what}-repeated", "1")
        if not (text.isascii() and text.isdigit() and len(text) < 9 and int(text) <= _MOST_TIMES):
            raise damaged(self.name)
        return int(text)
