"""A large table read in batches: CSV, CSV in a .zip or .gz, Parquet; never whole in memory.

Columns are found by name, whatever their order and case; those not asked for
are not even read. Rows are numbered as a spreadsheet does: the header is row 1.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import re
import sys
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _

if TYPE_CHECKING:
    from numpy import ndarray
    from pandas import DataFrame

    from ptce_graph.progress import Progress

#: How much of a file is read to know its encoding, its delimiter and its header.
_START = 1 << 20
_BLOCK = 1 << 23
_DELIMITERS = ",;\t|"
_QUOTED = re.compile(r'"[^"]*"')
_SURROGATE = re.compile("[\udc80-\udcff]")
#: What the libraries raise for a file that is broken, encrypted or packed in a rare way.
_UNREADABLE = (OSError, EOFError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error)


@dataclass
class Stream:
    """``columns`` are the file's own names. ``refused`` fills while ``batches`` are read.

    ``rows_read`` counts the rows that hold something, those refused included;
    ``last_row`` is the number of the last row.
    """

    path: Path
    columns: list[str]
    refused: list[tuple[int, str, str, str]] = field(default_factory=list)
    rows_read: int = 0
    last_row: int = 1
    progress: Progress | None = None

    def has(self, name: str) -> bool:
        return name.casefold() in {column.strip().casefold() for column in self.columns}

    def batches(self, wanted: Sequence[str]) -> Iterator[tuple[ndarray, Any]]:
        """Numbers of rows and a ``pyarrow.Table`` of binary columns, those of ``wanted`` it has."""
        import pyarrow as pa

        read = _parquet_batches if _is_parquet(self.path) else _csv_batches
        try:
            yield from read(self, self._positions(wanted))
        except (pa.ArrowException, *_UNREADABLE) as error:
            reason = str(error).partition("\n")[0][:200]
            # Arrow goes on with the row, which may hold a person's name.
            reason = re.sub(r"(columns, got [0-9]+).*", r"\1", reason)
            if "straddl" in reason:
                reason = _("a row is longer than {n} characters.").format(n=_BLOCK)
            raise CallError(
                _("{file} cannot be read after row {row}: {reason}").format(
                    file=self.path.name, row=self.last_row, reason=reason
                ),
                _("Fetch the file again, or save it as CSV in UTF-8."),
            ) from error

    def tell(self, done: int, total: int) -> None:
        """So many bytes, or rows, of the file are read."""
        if self.progress is not None:
            self.progress(_("reading {file}").format(file=self.path.name), done, total)

    def _positions(self, wanted: Sequence[str]) -> dict[str, int]:
        at = {column.strip().casefold(): n for n, column in reversed([*enumerate(self.columns)])}
        return {name: at[name.casefold()] for name in wanted if name.casefold() in at}


def open_stream(path: Path, progress: Progress | None = None) -> Stream:
    """The table in ``path``, its header read. ``CallError`` where there is none.

    ``progress`` is told how many bytes of the file ``batches`` have read.
    """
    try:
        if _is_parquet(path):
            import pyarrow.parquet as pq

            names = list(pq.ParquetFile(path).schema_arrow.names)
            return Stream(path, names, progress=progress)
        text, _encoding = _start(path)
    except CallError:
        raise
    except _UNREADABLE as error:
        raise CallError(
            _("{file} cannot be read: {reason}.").format(
                file=path.name, reason=getattr(error, "strerror", None) or str(error)
            )
        ) from error
    header = _header(text)
    if not any(header):
        raise CallError(
            _("{file} has no header in its first row.").format(file=path.name),
            _("The first row must name the columns: remove what stands above it."),
        )
    return Stream(path, header, progress=progress)


def texts(table: Any, numbers: ndarray, stream: Stream) -> DataFrame:
    """A table of ``batches`` as text cells without blanks around them, indexed by row number.

    Rows that are not UTF-8 are refused in ``stream``, without showing them.
    """
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

    columns: dict[str, list[str]] = {}
    wrong: set[int] = set()
    for name in table.column_names:
        column = table.column(name)
        try:
            columns[name] = pc.utf8_trim_whitespace(pc.cast(column, pa.string())).to_pylist()
        except pa.ArrowInvalid:
            columns[name] = []
            for row, value in zip(numbers, column.to_pylist(), strict=True):
                columns[name].append(value.decode("utf-8", errors="replace").strip())
                if "\ufffd" in columns[name][-1]:
                    wrong.add(int(row))
    frame = pd.DataFrame(columns, index=numbers, dtype=object)
    if wrong:
        reason = _("is not UTF-8.")
        stream.refused += [(row, "", "", reason) for row in sorted(wrong)]
        frame = frame[~frame.index.isin(wrong)]
    return frame


def _is_parquet(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


@contextmanager
def _opened(path: Path) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """The bytes of the CSV, out of its archive where it is in one; and the file they are in."""
    with path.open("rb") as file:
        magic = file.read(4)
        file.seek(0)
        if magic[:2] == b"\x1f\x8b":
            with gzip.open(file, "rb") as stream:
                yield stream, file  # type: ignore[misc]
        elif magic == b"PK\x03\x04":
            with zipfile.ZipFile(file) as archive, archive.open(_member(archive, path)) as stream:
                yield stream, file
        else:
            yield file, file


def _member(archive: zipfile.ZipFile, path: Path) -> str:
    names = [name for name in archive.namelist() if name.lower().endswith((".csv", ".txt", ".tsv"))]
    if len(names) == 1:
        return names[0]
    raise CallError(
        _("{file} holds {count} CSV files; one is needed.").format(
            file=path.name, count=len(names)
        ),
        _("Take the right file out of the archive, or save the table as CSV."),
    )


def _start(path: Path) -> tuple[str, str]:
    """The start of the CSV as text, and its encoding: UTF-8, else Windows-1252.

    A few damaged rows do not make a file in UTF-8 another one: they are refused.
    """
    with _opened(path) as (stream, _file):
        data = stream.read(_START)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace"), "utf-16"
    text = codecs.getincrementaldecoder("utf-8-sig")(errors="surrogateescape").decode(data)
    damaged = len(_SURROGATE.findall(text))
    if 2 * damaged > sum(1 for char in text if char > "\x7f"):
        return data.decode("cp1252", errors="replace"), "cp1252"
    return _SURROGATE.sub("\ufffd", text), "utf-8"


def _delimiter(text: str) -> str:
    first = _QUOTED.sub("", text[:_START].lstrip("\r\n")).partition("\n")[0]
    return max(_DELIMITERS, key=first.count)


def _header(text: str) -> list[str]:
    lines = csv.reader(io.StringIO(text[:_START], newline=""), delimiter=_delimiter(text))
    try:
        return [name.strip() for name in next(lines, [])]
    except csv.Error:
        return []


def _after_header(text: str) -> bool:
    """Whether anything follows the header: Arrow takes a file without rows for a broken one."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        next(lines, None)
        return next(lines, None) is not None
    except csv.Error:
        return True


def _csv_batches(stream: Stream, positions: dict[str, int]) -> Iterator[tuple[ndarray, Any]]:
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import csv as arrow

    text, encoding = _start(stream.path)
    if not _after_header(text):
        return
    names = [str(at) for at in range(len(stream.columns))]
    skipped: list[int] = []
    ragged = 0

    def skip(row: Any) -> str:
        # Its text is not shown: it may hold anything, a person's name among others.
        reason = _("has {found} cells; the header has {expected}.").format(
            found=row.actual_columns, expected=row.expected_columns
        )
        stream.refused.append((row.number, "", "", reason))
        skipped.append(row.number)
        nonlocal ragged
        ragged += 1
        return "skip"

    wanted = {name: str(at) for name, at in positions.items()}
    size = stream.path.stat().st_size
    with _opened(stream.path) as (bytes_, file):
        with _without_traces():
            reader = arrow.open_csv(
                pa.PythonFile(bytes_, mode="r"),
                # One thread: only then are the rows that are skipped numbered.
                arrow.ReadOptions(
                    use_threads=False,
                    block_size=_BLOCK,
                    skip_rows=1,
                    column_names=names,
                    encoding=encoding,
                ),
                arrow.ParseOptions(
                    delimiter=_delimiter(text),
                    newlines_in_values=True,
                    ignore_empty_lines=False,
                    invalid_row_handler=skip,
                ),
                arrow.ConvertOptions(
                    # All of them: a row that says something elsewhere is not an empty one.
                    column_types=dict.fromkeys(names, pa.binary()),
                    strings_can_be_null=False,
                ),
            )
        for batch in _each(reader):
            # Of an archive, the packed bytes.
            stream.tell(min(file.tell(), size), size)
            table = pa.table({name: batch.column(at) for name, at in wanted.items()})
            numbers = _numbers(stream.last_row + 1, batch.num_rows, skipped)
            stream.last_row = int(numbers[-1]) if len(numbers) else stream.last_row
            # What the handler skipped before these rows is accounted for.
            skipped[:] = [row for row in skipped if row > stream.last_row]
            full = np.zeros(batch.num_rows, dtype=bool)
            for column in batch.columns:
                full |= pc.binary_length(column).to_numpy(zero_copy_only=False) > 0
            stream.rows_read += int(full.sum())
            yield numbers[full], table if full.all() else table.filter(pa.array(full))
    stream.rows_read += ragged
    stream.last_row = max([stream.last_row, *skipped])


def _each(reader: Any) -> Iterator[Any]:
    while True:
        with _without_traces():
            try:
                batch = reader.read_next_batch()
            except StopIteration:
                return
        yield batch


@contextmanager
def _without_traces() -> Iterator[None]:
    """Arrow prints a trace of a row that is too short and no UTF-8, before it tells its error."""
    hook, sys.unraisablehook = sys.unraisablehook, lambda _told: None
    try:
        yield
    finally:
        sys.unraisablehook = hook


def _numbers(first: int, count: int, skipped: list[int]) -> ndarray:
    """The next ``count`` row numbers from ``first`` that were not skipped."""
    import numpy as np

    numbers = np.arange(first, first + count + len(skipped))
    return numbers[~np.isin(numbers, skipped)][:count]


def _parquet_batches(stream: Stream, positions: dict[str, int]) -> Iterator[tuple[ndarray, Any]]:
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = {stream.columns[at]: name for name, at in positions.items()}
    with pq.ParquetFile(stream.path) as file:
        for batch in file.iter_batches(batch_size=131_072, columns=list(names)):
            table = pa.table(
                {
                    names[name]: _as_binary(batch.column(name))
                    for name in batch.schema.names
                    if name in names
                }
            )
            numbers = np.arange(stream.last_row + 1, stream.last_row + 1 + batch.num_rows)
            stream.last_row += batch.num_rows
            stream.rows_read += batch.num_rows
            stream.tell(stream.rows_read, file.metadata.num_rows)
            yield numbers, table


def _as_binary(column: Any) -> Any:
    """Text of any type of column; what is missing is empty."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if not pa.types.is_binary(column.type):
        column = pc.cast(pc.cast(column, pa.string()), pa.binary())
    return pc.fill_null(column, b"")
