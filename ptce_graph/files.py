"""Files are written whole or not at all, and by one process at a time."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Write ``text`` in UTF-8 to ``path`` under a temporary name, then rename it.

    A link stays a link: the file it leads to is replaced. What is there and is
    no regular file (a pipe, a device) is written to as it stands. An error
    names ``path``, never the temporary name.
    """
    write_bytes_whole(path, text.encode("utf-8"))


def write_bytes_whole(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path`` as ``write_whole`` does."""
    try:
        _write(path, data)
    except BrokenPipeError:
        raise
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise
    except RuntimeError as error:
        # pathlib before Python 3.13, on links that lead to each other.
        raise OSError(40, "Too many levels of symbolic links", str(path)) from error


def copy_whole(source: Path, path: Path) -> None:
    """Copy the file ``source`` to ``path`` under a temporary name, then rename it."""
    partial = _partial(path)
    try:
        shutil.copyfile(source, partial)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _partial(target: Path) -> Path:
    # Names have a greatest length, in bytes: the temporary one keeps away from it.
    own = f"{os.getpid()}-{threading.get_ident()}"
    return target.with_name(f".{target.name[:40]}.{own}")


def _write(path: Path, data: bytes) -> None:
    target = path.resolve()
    if target.exists() and not target.is_file():
        with target.open("wb") as stream:
            stream.write(data)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = _partial(target)
    partial.unlink(missing_ok=True)
    try:
        with partial.open("xb") as stream:
            stream.write(data)
        if target.exists():
            shutil.copymode(target, partial)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Wait until no other process holds ``path`` locked, then hold it.

    The system itself lets go of the lock of a process that dies, so that no
    lock is ever stale. The file stays: to remove it would let two processes
    lock two files of one name.
    """
    with path.open("a+b") as stream:
        _lock(stream.fileno())
        try:
            yield
        finally:
            _unlock(stream.fileno())


if sys.platform == "win32":
    import msvcrt
    import time

    def _lock(number: int) -> None:
        while True:
            try:
                os.lseek(number, 0, os.SEEK_SET)
                return msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
            except OSError:
                time.sleep(0.05)

    def _unlock(number: int) -> None:
        os.lseek(number, 0, os.SEEK_SET)
        msvcrt.locking(number, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_EX)

    def _unlock(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_UN)
