"""A folder of files, written whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _


def write_folder(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write ``files`` (relative names with ``/``) into ``folder``; return its path.

    They are written beside it first and take its place in one step. A folder
    that is there is replaced where it holds nothing but files of these names;
    ``CallError`` where it holds anything else, which would be lost.
    """
    folder = folder.resolve()
    _refuse_others(folder, files)
    partial = folder.with_name(f".{folder.name[:40]}.{os.getpid()}")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        for name, content in files.items():
            target = partial / _safe(name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        put_in_place(partial, folder)
    except OSError as error:
        # The temporary name would mean nothing to anybody.
        error.filename, error.filename2 = str(folder), None
        raise
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return folder


def _safe(name: str) -> Path:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or not path.parts:
        raise ValueError(f"a name outside of the folder: {name}")
    return Path(*path.parts)


def _refuse_others(folder: Path, files: Mapping[str, bytes]) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise CallError(_("{path} is a file, not a folder.").format(path=folder))
    hint = _("Name a new or an empty folder.")
    if folder in (Path.cwd(), Path(folder.anchor)):
        raise CallError(
            _("{path} is the folder you are in; it cannot be replaced.").format(path=folder), hint
        )
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if (path.is_symlink() or not path.is_dir()) and name not in files:
            told = _("{path} holds another file, {file}.").format(path=folder, file=name)
            raise CallError(told, hint)


def put_in_place(partial: Path, folder: Path) -> None:
    """Put the finished folder in its place; what stood there goes only when it is in."""
    partial.mkdir(parents=True, exist_ok=True)
    if not folder.exists():
        partial.rename(folder)
        return
    old = partial.with_name(f"{partial.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    folder.rename(old)
    try:
        partial.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
