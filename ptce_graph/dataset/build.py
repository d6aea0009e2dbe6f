"""A build: the dataset and its store in a folder, there whole or the previous one."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ptce_graph.dataset.quads import Lines, Quads
from ptce_graph.dataset.store import as_quads, in_merge, load
from ptce_graph.errors import CallError
from ptce_graph.files import copy_whole, locked, write_whole
from ptce_graph.i18n import gettext as _
from ptce_graph.progress import Progress

if TYPE_CHECKING:
    from pyoxigraph import Store

NQUADS_FILE = "dataset.nq"
CURRENT = "current"
_MADE_OF = "made-of.json"
_LOCK = ".lock"
#: The folders that are ours to remove; all others belong to the person.
_STORE_NAME = re.compile("store-[0-9a-f]{16}")
_PARTIAL_NAME = re.compile(r"\.store-[0-9a-f]{16}-[0-9]+|\.store-[0-9]+")


@dataclass(frozen=True)
class Build:
    """A build in a folder: its N-Quads, its store, how many quads of how many documents."""

    nquads: Path
    store: Path
    quads: int
    documents: int
    is_new: bool = True


def write_build(
    quads: Quads | str,
    folder: Path,
    inputs: str = "",
    documents: int = 0,
    progress: Progress | None = None,
) -> Build:
    """Write ``dataset.nq`` and an on-disk store of ``quads`` under ``folder``.

    The store stands in a folder named by its content, with the ``dataset.nq``
    it was made from; ``current`` names the one in use and is replaced in one
    step, so that a build stopped at any moment leaves the previous one usable.
    The ``dataset.nq`` beside ``current`` is a copy for people: for the moment
    between the two writes it is already the new one. Builds of one folder wait
    for each other. ``inputs`` is a digest of what the quads were made of, for
    ``current_build``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder / _LOCK):
        # Whoever left a partial store is dead, or it would hold the lock.
        _remove(folder, _PARTIAL_NAME)
        partial = folder / f".store-{os.getpid()}"
        try:
            written = _write_store(as_quads(quads), partial, progress)
            final = folder / f"store-{written.digest[:16]}"
            if not final.exists():
                partial.rename(final)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
        made = {"inputs": inputs, "quads": written.quads, "documents": documents}
        write_whole(final / _MADE_OF, json.dumps(made) + "\n")
        copy_whole(final / NQUADS_FILE, folder / NQUADS_FILE)
        write_whole(folder / CURRENT, final.name + "\n")
        _remove(folder, _STORE_NAME, but=final)
    return Build(folder / NQUADS_FILE, final, written.quads, documents)


@dataclass(frozen=True)
class _Written:
    digest: str
    quads: int


def _write_store(quads: Quads, partial: Path, progress: Progress | None) -> _Written:
    """Write the sorted quads and load them; the digest of their text and their number."""
    from pyoxigraph import Store

    store = Store(str(partial))
    digest, count = hashlib.sha256(), 0
    with (partial / NQUADS_FILE).open("wb") as file:

        def told() -> Iterator[Lines]:
            nonlocal count
            for lines in quads.sorted(in_merge):
                file.write(lines.quads)
                digest.update(lines.quads)
                count += lines.count
                if progress:
                    progress(_("quads are written and loaded"), lines.done, lines.of)
                yield lines

        load(store, told())
    store.flush()
    return _Written(digest.hexdigest(), count)


def _remove(folder: Path, name: re.Pattern[str], but: Path | None = None) -> None:
    for other in folder.iterdir():
        if name.fullmatch(other.name) and other != but:
            shutil.rmtree(other, ignore_errors=True)


def current_build(folder: Path, inputs: str) -> Build | None:
    """The build under ``folder`` if it was made of ``inputs``, a digest, and is whole."""
    name = _current(folder)
    if not inputs or name is None:
        return None
    with contextlib.suppress(OSError, ValueError):
        made = json.loads((folder / name / _MADE_OF).read_text(encoding="utf-8"))
        nquads = folder / NQUADS_FILE
        whole = nquads.stat().st_size == (folder / name / NQUADS_FILE).stat().st_size
        if whole and isinstance(made, dict) and made.get("inputs") == inputs:
            return Build(nquads, folder / name, made["quads"], made["documents"], is_new=False)
    return None


def _current(folder: Path) -> str | None:
    """The name of the store in use under ``folder``."""
    current = folder / CURRENT
    name = current.read_text(encoding="utf-8").strip() if current.is_file() else ""
    return name if _STORE_NAME.fullmatch(name) and (folder / name).is_dir() else None


def open_build(folder: Path) -> Store:
    """The store that the last finished build left under ``folder``, read-only."""
    from pyoxigraph import Store

    # A build may replace the store between the two reads: then look again.
    for _attempt in range(3):
        name = _current(folder)
        if name is not None:
            with contextlib.suppress(OSError):
                return Store.read_only(str(folder / name))
    raise CallError(
        _("{folder} holds no build.").format(folder=folder),
        _("Make one: ptce-graph build -o {folder}").format(folder=folder),
    )
