"""An imported file takes its place in a data folder, in one step.

The source's new folder is written beside the old one under a hidden name, and
the two change places: a run that is killed leaves the one or the other, whole.
Places are added first, since a place that nothing names yet harms nobody.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ptce_graph.bundled import DATA_DIR
from ptce_graph.errors import CallError
from ptce_graph.files import locked, write_whole
from ptce_graph.i18n import gettext as _
from ptce_graph.importers.exchange import exchange
from ptce_graph.importers.imported import REFUSED_COLUMNS, Imported
from ptce_graph.tables.cells import FORBIDDEN, PERSONAL
from ptce_graph.tables.document import KEYS, read_entries
from ptce_graph.tables.schema import TABLES
from ptce_graph.tabular import csv_text

if TYPE_CHECKING:
    from pandas import DataFrame

MAPPING_FILE = "mapping.yml"
REFUSED_FILE = "refused.csv"
HISTORY = "history"
PLACES_FILE = "geography/places.csv"
_LOCK = ".import.lock"
_HIDDEN_NEW, _HIDDEN_OLD = ".new", ".old"


@dataclass(frozen=True)
class Written:
    """What an import left in a data folder.

    ``source`` is the identifier of the source's folder, ``files`` are the
    files now in it, relative to ``folder``; ``places_added`` counts the rows
    added to the table of places; ``made`` says that there was no data folder
    before, ``replaced`` that the source was there already.
    """

    folder: Path
    source: str
    files: tuple[str, ...]
    places_added: int
    made: bool
    replaced: bool


def write_source(
    imported: Imported, folder: Path, history: Mapping[str, DataFrame] | None = None
) -> Written:
    """Put ``imported`` into the data folder ``folder``, which is made where there is none.

    The folder ``sources/<id>`` gets ``source.yml``, the tables that have rows,
    ``mapping.yml`` and ``refused.csv`` as far as there is something to say.
    ``history`` maps tables to the rows that hold no more; without it, the
    history that is there stays.
    """
    folder = Path(folder)
    made = not (folder / "sources").is_dir()
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    with locked(folder / _LOCK):
        target = folder / "sources" / imported.source
        _recover(target)
        refuse_by_hand(folder, imported.source)
        replaced = target.exists()
        added = _add_places(imported.places, folder)
        new = target.with_name(f".{target.name}{_HIDDEN_NEW}")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir()
        try:
            _write_files(imported, new)
            _write_history(history, new, target)
            _put_in_place(new, target)
        finally:
            shutil.rmtree(new, ignore_errors=True)
    files = sorted(p.relative_to(folder).as_posix() for p in target.rglob("*") if p.is_file())
    return Written(folder, imported.source, tuple(files), added, made, replaced)


def recover(folder: Path, source: str) -> None:
    """Bring back a source that a killed run left between two names, before it is read."""
    target = folder / "sources" / source
    if target.with_name(f".{source}{_HIDDEN_OLD}").is_dir():
        with locked(folder / _LOCK):
            _recover(target)


def refuse_by_hand(folder: Path, source: str) -> None:
    """Raise ``CallError`` where people wrote the source: no file of its name replaces it."""
    entries = read_entries(folder / "sources" / source / "source.yml", source, [])
    if entries and not any(entry.key == "importer" and entry.value for entry in entries):
        raise CallError(
            _("The source {name} was written by hand; an import does not replace it.").format(
                name=source
            ),
            _("Give the source another name with --source NAME."),
        )


def described(document: Mapping[str, str]) -> str:
    """``source.yml``: each key with its text in quotation marks, in the order of ``KEYS``."""
    lines = [
        f"{key}: {json.dumps(_plain(document[key], key), ensure_ascii=False)}"
        for key in KEYS
        if document.get(key)
    ]
    return "\n".join(lines) + "\n"


def _plain(text: str, key: str) -> str:
    """``text`` as a description may hold it: on one line, without e-mail or telephone."""
    if key == "digest":
        # Ten of its digits may look like a telephone number.
        return str(text)
    return PERSONAL.sub("…", FORBIDDEN.sub(" ", str(text).replace("\n", " "))).strip()


def _write_files(imported: Imported, new: Path) -> None:
    for name, frame in imported.frames.items():
        if len(frame):
            columns = TABLES[name].column_names
            told = frame.reindex(columns=columns, fill_value="")
            told.to_csv(new / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8")
    write_whole(new / "source.yml", described(imported.document))
    if imported.mapping:
        write_whole(new / MAPPING_FILE, imported.mapping)
    if len(imported.refused):
        rows = imported.refused.loc[:, list(REFUSED_COLUMNS)].itertuples(index=False, name=None)
        write_whole(new / REFUSED_FILE, csv_text(REFUSED_COLUMNS, map(_without_persons, rows)))


def _without_persons(row: tuple[object, ...]) -> list[str]:
    """A refused row as a file may keep it: what looks like a person's is not shown."""
    return [PERSONAL.sub("…", FORBIDDEN.sub(" ", str(cell)))[:200] for cell in row]


def _write_history(history: Mapping[str, DataFrame] | None, new: Path, old: Path) -> None:
    """The rows of earlier editions: those given, or those that were there."""
    if history is None:
        if (old / HISTORY).is_dir():
            shutil.copytree(old / HISTORY, new / HISTORY)
        return
    for name, frame in history.items():
        if len(frame):
            (new / HISTORY).mkdir(exist_ok=True)
            path = new / HISTORY / f"{name}.csv"
            frame.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def _put_in_place(new: Path, target: Path) -> None:
    """``new`` becomes ``target``: at once where the system can change two names, else in two."""
    if not target.exists():
        new.rename(target)
    elif not exchange(new, target):
        old = target.with_name(f".{target.name}{_HIDDEN_OLD}")
        shutil.rmtree(old, ignore_errors=True)
        target.rename(old)
        new.rename(target)
        shutil.rmtree(old, ignore_errors=True)


def _recover(target: Path) -> None:
    """Bring back the folder of a run that was killed between two renames."""
    old = target.with_name(f".{target.name}{_HIDDEN_OLD}")
    if old.is_dir():
        if target.exists():
            shutil.rmtree(old)
        else:
            old.rename(target)


def _add_places(places: DataFrame | None, folder: Path) -> int:
    """Append the places that the folder's table lacks; the bundled ones stand before them."""
    if places is None or places.empty:
        return 0
    path = folder / PLACES_FILE
    known = path if os.path.lexists(path) else DATA_DIR / PLACES_FILE
    text = known.read_bytes().decode("utf-8-sig")
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    header = [name.strip() for name in rows[0]]
    at = header.index("id")
    there = {row[at].strip() for row in rows[1:] if len(row) > at}
    new = places[~places["id"].isin(there)].reindex(columns=header, fill_value="")
    if new.empty:
        return 0
    added = new.to_csv(index=False, header=False, sep=delimiter, lineterminator="\n")
    write_whole(path, f"{text.rstrip()}\n{added}")
    return len(new)
