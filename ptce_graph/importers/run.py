"""One import from the file to the data folder: read it, then put it in place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, Any

from ptce_graph.bundled import DATA_DIR
from ptce_graph.collection import uncollected
from ptce_graph.errors import EXAMPLES_PER_KIND, CallError, Problem, unknown_choice
from ptce_graph.i18n import gettext as _
from ptce_graph.importers.imported import PROGRESS, Imported, Wish
from ptce_graph.importers.kinds import KINDS, Kind
from ptce_graph.importers.networks import OPTION, known_networks, network_named
from ptce_graph.importers.update import Update, digest_of, update_of
from ptce_graph.importers.write import PLACES_FILE, Written, refuse_by_hand, write_source
from ptce_graph.tables.cells import PERSONAL, SHAPES
from ptce_graph.tables.csv_file import read_rows
from ptce_graph.tables.schema import PLACES

if TYPE_CHECKING:
    from pandas import DataFrame

    from ptce_graph.importers.places import Places
    from ptce_graph.progress import Progress


@dataclass(frozen=True)
class Import:
    """What a file became: ``imported`` tells each of its rows, ``written`` where they stand.

    ``written`` is ``None`` where nothing was written: a trial, no row kept, an
    update that was not accepted or that changes nothing. ``update`` compares the
    file with what the folder held of its source.
    """

    kind: str
    path: Path
    imported: Imported
    written: Written | None
    update: Update | None = None

    def refusals(self) -> Iterator[tuple[str, int, list[Problem]]]:
        """Each reason with the number of its rows and at most five examples, most rows first."""
        frame = self.imported.refused
        # Reasons that differ by a number only are one.
        alike = frame["reason"].str.replace("[0-9]+", "#", regex=True) + "|" + frame["column"]
        counts = Counter(alike)
        for kind, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
            first = frame[alike == kind].head(EXAMPLES_PER_KIND)
            columns = (first[name] for name in ("row", "column", "value", "reason"))
            problems = [
                Problem(self.path.name, int(row), column, "refused", _without_persons(value), why)
                for row, column, value, why in zip(*columns, strict=True)
            ]
            yield problems[0].message, count, problems


@uncollected
def import_file(
    kind: str,
    path: Path,
    folder: Path | None,
    wish: Wish | None = None,
    dry_run: bool = False,
    accept: Callable[[Import], bool] | None = None,
    progress: Progress | None = None,
) -> Import:
    """Read the file ``path`` as ``kind`` (of ``kinds.KINDS``) into the data folder ``folder``.

    The folder is made where it is not there. With ``dry_run``, or where no row
    could be kept, nothing is written. Where the source is there already,
    ``accept`` is asked before it changes; without it, all is taken. ``progress`` is told
    how far each step is, in bytes where the file is read a part at a time. Raises
    ``CallError`` for a kind or a file that cannot be read, or that is older than
    what stands, ``DataError`` where rows of other sources would lead nowhere.
    """
    known = known_kind(kind)
    if folder is None and not dry_run:
        raise CallError(_("An import needs a data folder to write into."))
    if folder is not None and folder.exists() and not folder.is_dir():
        raise CallError(_("{path} is a file, not a folder.").format(path=folder))
    wish = wish or Wish()
    if wish.date and not SHAPES["date"].fits(wish.date):
        raise CallError(
            _("{date} is not a date.").format(date=wish.date),
            _("Write 2007, 2007-03 or 2007-03-15."),
        )
    if wish.network:
        wish = replace(wish, network=network_named(wish.network))
    options = {**wish.options, OPTION: known_networks(folder), PROGRESS: progress}
    wish = replace(wish, options=options)
    tell = progress or _nobody
    reading = _("reading {file}").format(file=path.name)
    tell(reading, 0, 1)
    imported = _read_once(known, path, wish, folder)
    tell(reading, 1, 1)
    if folder is None or not imported.rows_kept:
        return Import(kind, path, imported, None)
    digest = imported.document.get("digest") or digest_of(path)
    refuse_by_hand(folder, imported.source)
    comparing = _("comparing with what stands")
    tell(comparing, 0, 1)
    update = update_of(imported, folder, digest, wish)
    tell(comparing, 1, 1)
    done = Import(kind, path, update.imported, None, update)
    if dry_run or update.identical:
        return done
    if update.standing is not None and accept is not None and not accept(done):
        return done
    writing = _("checking and writing")
    tell(writing, 0, 1)
    update.check(folder)
    written = write_source(update.imported, folder, update.history)
    tell(writing, 1, 1)
    return replace(done, written=written)


def _nobody(_what: str, _done: int, _total: int) -> None:
    """Nobody asked how far it is."""


def _read_once(kind: Kind, path: Path, wish: Wish, folder: Path | None) -> Imported:
    """What the file becomes; ``CallError`` where it is none, or changed while it was read."""
    before = _state(path)
    for other in (wish.mapping, wish.options.get("units")):
        if other:
            _state(Path(str(other)))
    imported = kind.read(path, wish, _places(folder))
    if _state(path) != before:
        raise CallError(
            _("{file} changed while it was being read: nothing was imported.").format(
                file=path.name
            ),
            _("Wait until it is complete, then run the command again."),
        )
    return imported


def _state(path: Path) -> tuple[int, int, int]:
    """What a change of the file would change; ``CallError`` where it holds nothing to read."""
    try:
        told = path.stat()
    except FileNotFoundError as error:
        message = _("{path}: there is no such file or folder.")
        raise CallError(message.format(path=path)) from error
    if S_ISDIR(told.st_mode):
        raise CallError(_("{path} is a folder, not a file.").format(path=path))
    if not S_ISREG(told.st_mode):
        # A pipe may never end, and is read only once.
        raise CallError(_("{path} is no regular file.").format(path=path))
    if not told.st_size:
        raise CallError(
            _("{file} is empty.").format(file=path.name),
            _("Save the list again from the spreadsheet, then import that file."),
        )
    return told.st_ino, told.st_size, told.st_mtime_ns


def _without_persons(value: str) -> str:
    return PERSONAL.sub("…", value)


def known_kind(name: str) -> Kind:
    """The kind of files called ``name``; ``CallError`` with the nearest where there is none."""
    if name not in KINDS:
        message = _("{name} is no kind of file that can be imported.").format(name=name)
        raise unknown_choice(message, name, KINDS)
    kind = KINDS[name]
    if find_spec(kind.module) is None:
        raise CallError(
            _("Files of the kind {name} cannot be imported yet.").format(name=name),
            _("Save the list as CSV and use: ptce-graph import spreadsheet FILE."),
        )
    return kind


def wish_of(fields: Mapping[str, Any]) -> Wish:
    """A wish from its fields; ``CallError`` with the nearest for a field that there is not."""
    for name in fields:
        if name not in Wish.__dataclass_fields__:
            message = _("An import takes no {name}.").format(name=name)
            raise unknown_choice(message, name, tuple(Wish.__dataclass_fields__))
    mapping = fields.get("mapping")
    wish = Wish(**fields)
    return replace(wish, mapping=Path(mapping)) if mapping else wish


def known_places(folder: Path | None) -> DataFrame:
    """The table of places of ``folder``, or the bundled one where it brings none."""
    import pandas as pd

    own = folder / PLACES_FILE if folder else None
    path = own if own and own.exists() else DATA_DIR / PLACES_FILE
    rows = read_rows(path, PLACES_FILE, PLACES.columns, "", [])
    return pd.DataFrame([row[:-3] for row in rows], columns=PLACES.column_names, dtype=object)


def _places(folder: Path | None) -> Places:
    from ptce_graph.importers.places import Places

    return Places(known_places(folder))
