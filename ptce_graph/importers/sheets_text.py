"""CSV of any delimiter and encoding as a grid of text cells.

The encoding is told by the mark at the start of the file, by UTF-8 itself
(whose rules no other text follows by chance), or by which reading gives the
letters of French. The delimiter is the one that cuts the rows most alike.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _
from ptce_graph.importers.sheets import BLANKS, Fault, Sheet

#: A text file longer than this is not read: 220,000 rows of Sirene are a fifth of it.
MAX_BYTES = 1 << 29
#: A line longer than this is no row of a table.
MAX_LINE = 1 << 20
#: The lines that tell the delimiter.
_SAMPLE = 200
DELIMITERS = (";", ",", "\t", "|")
#: Stands for the delimiter of a file of one column: no cell holds it.
_NONE = "\x1f"
_FRENCH = "éèêëàâçùûüôöîïœÉÈÊËÀÂÇÙÛÔÎŒ’«»°–"
#: Encodings of one byte per letter, the most usual first: Windows, old macOS, DOS.
_NARROW = ("cp1252", "mac_roman", "cp850")
#: Of one letter beyond ASCII in UTF-8, so many may be damaged: no other text has any by chance.
_DAMAGED = 1.0
_SURROGATE = re.compile("[\udc80-\udcff]")
_FROM_1252 = {
    0xDC00 + byte: bytes([byte]).decode("cp1252", errors="replace") for byte in range(0x80, 0x100)
}
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
)
_MARKED = tuple(mark for mark, _encoding in _MARKS)


def read_text(path: Path) -> Sheet:
    """The rows of a CSV file; ``CallError`` where it is none."""
    data = _bytes(path)
    text, encoding, notes = decoded(data, path.name)
    del data
    if not text.strip(BLANKS):
        raise CallError(
            _("{file} is empty.").format(file=path.name),
            _("Save the list again from the spreadsheet, then import that file."),
        )
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not lines[-1]:
        lines.pop()
    told = re.fullmatch(r'"?sep=(.)"?', lines[0].strip(BLANKS)) if lines else None
    delimiter = told[1] if told else guessed_delimiter(lines)
    if told:
        lines[0] = ""
    rows: list[list[str]] = []
    faults: list[Fault] = []
    for record in _records(lines, delimiter):
        if isinstance(record, str):
            faults.append(Fault(len(rows) + 1, record.strip(BLANKS)[:200], stray_quote()))
            rows.append([])
        else:
            rows.append(trimmed(record))
    shown = "" if delimiter == _NONE else delimiter
    return Sheet(rows, "csv", "", encoding, shown, tuple(faults), notes)


def trimmed(cells: list[str]) -> list[str]:
    """``cells`` without blanks around them, and without the empty ones at the end."""
    row = [cell.strip(BLANKS) for cell in cells]
    while row and not row[-1]:
        row.pop()
    return row


def _bytes(path: Path) -> bytes:
    """The file, refused before it is read whole where it cannot be a table."""
    size = path.stat().st_size
    blocks = []
    with path.open("rb") as stream:
        while block := stream.read(MAX_LINE):
            if len(block) == MAX_LINE and b"\n" not in block and b"\r" not in block:
                raise CallError(
                    _("{file} has a line of more than {size} characters: it is no table.").format(
                        file=path.name, size=MAX_LINE
                    ),
                    _("Save the list again from the spreadsheet, as CSV, xlsx or ods."),
                )
            if size > MAX_BYTES:
                raise CallError(
                    _("{file} is too large: {size} MB, where {most} are read.").format(
                        file=path.name, size=size >> 20, most=MAX_BYTES >> 20
                    ),
                    _("Import it in parts; files of Sirene are read by: import sirene."),
                )
            blocks.append(block)
    return b"".join(blocks)


def decoded(data: bytes, name: str) -> tuple[str, str, tuple[str, ...]]:
    """The text, its encoding, and notes where letters had to be guessed."""
    encoding = _wide(data)
    if encoding:
        wide = data.decode(encoding, errors="replace").lstrip("\ufeff")
        # Without a mark it is a guess, which no text but one in that encoding bears out.
        if data.startswith(_MARKED) or not ("\x00" in wide or "\ufffd" in wide):
            return wide, encoding, ()
    if b"\x00" in data[:4096]:
        raise CallError(
            _("{file} is no text and no spreadsheet.").format(file=name),
            _("Save the list as CSV, xlsx or ods, then import that file."),
        )
    text = data.decode("utf-8-sig", errors="surrogateescape")
    damaged = len(_SURROGATE.findall(text))
    marked = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8"
    if not damaged:
        return text, marked, ()
    letters = sum(1 for char in text if char > "\x7f") - damaged
    if damaged <= _DAMAGED * letters:
        note = _("Letters that are not in UTF-8 as the others, read as Windows-1252: {n}.")
        return text.translate(_FROM_1252), marked, (note.format(n=damaged),)
    encoding = _narrow(data)
    note = _("The file is not in UTF-8; it was read as {encoding}.").format(encoding=encoding)
    return data.decode(encoding, errors="replace"), encoding, (note,)


def _wide(data: bytes) -> str:
    """UTF-16 or UTF-32 (or UTF-8 by nothing), by the mark or by where the NUL bytes stand."""
    for mark, encoding in _MARKS[:4]:
        if data.startswith(mark):
            return encoding
    start = data[:4096]
    even, odd = start[::2].count(0), start[1::2].count(0)
    half = len(start) // 2
    if half < 4 or max(even, odd) < 0.4 * half:
        return ""
    if min(even, odd) > 0.4 * half:
        return "utf-32-be" if start[:1] == b"\x00" else "utf-32-le"
    return "utf-16-le" if odd > even else "utf-16-be"


def _narrow(data: bytes) -> str:
    """The encoding under which the bytes beyond ASCII are most often letters of French."""
    counts = Counter(byte for byte in data if byte > 0x7F)

    def letters(encoding: str) -> int:
        return sum(
            n
            for byte, n in counts.items()
            if bytes([byte]).decode(encoding, errors="replace") in _FRENCH
        )

    return max(_NARROW, key=letters)


def guessed_delimiter(lines: list[str]) -> str:
    """The delimiter that cuts the first lines most alike; none for a single column."""
    best, best_score = _NONE, (0.0, 0)
    for delimiter in DELIMITERS:
        width, share = usual_width(lines, delimiter)
        score = (round(share, 1), width)
        if width > 1 and score > best_score:
            best, best_score = delimiter, score
    return best


def usual_width(lines: list[str], delimiter: str) -> tuple[int, float]:
    """The number of cells that most of the first rows have, and the share of those rows."""
    sample = [line for line in lines[:_SAMPLE] if line.strip(BLANKS)]
    try:
        widths = Counter(len(row) for row in csv.reader(sample, delimiter=delimiter) if row)
    except csv.Error:
        return 0, 0.0
    width, times = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return width, times / max(1, sum(widths.values()))


def _records(lines: list[str], delimiter: str) -> Iterator[list[str] | str]:
    """The records of the lines; a line that cannot be one comes as it is.

    Quotation marks are read strictly: a stray one would swallow the rows after
    it. Reading goes on with the line after the one that opened it.
    """
    at = 0
    width = usual_width(lines, delimiter)[0]
    while at < len(lines):
        reader = csv.reader(_from(lines, at), delimiter=delimiter, strict=True)
        begun = at
        try:
            for record in reader:
                end = at + reader.line_num
                if end - begun > 1 and _swallowed(record, delimiter, width):
                    break
                yield record
                begun = end
            else:
                return
        except csv.Error:
            pass
        yield lines[begun]
        at = begun + 1


def _from(lines: list[str], at: int) -> Iterator[str]:
    for number in range(at, len(lines)):
        yield lines[number] + "\n"


def _swallowed(record: list[str], delimiter: str, width: int) -> bool:
    """Whether a cell of several lines holds rows, by a quotation mark never closed.

    Its lines are whole rows of ``width`` cells, or the end of one and the start of another.
    """
    for index, cell in enumerate(record):
        counts = [line.count(delimiter) for line in cell.split("\n")]
        if len(counts) > 1 and (
            max(counts) >= max(1, width - 1)
            or (width > 2 and counts[0] == width - 1 - index and counts[-1] == index)
        ):
            return True
    return False


def stray_quote() -> str:
    """What is said of a row with a quotation mark that does not close where it should."""
    return _(
        "has a quotation mark that opens or closes in the wrong place: a cell in quotation marks "
        "starts and ends with one, and those inside it are doubled."
    )
