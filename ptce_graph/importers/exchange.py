"""Two folders change places at once, where the system knows how.

Linux has ``renameat2(RENAME_EXCHANGE)`` and macOS ``renamex_np(RENAME_SWAP)``;
neither is in Python's library. Elsewhere the caller renames twice.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2


def exchange(one: Path, other: Path) -> bool:
    """Whether ``one`` and ``other`` have changed places; ``False`` where nothing was done."""
    first, second = os.fsencode(one.absolute()), os.fsencode(other.absolute())
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            done = library.renameat2(_AT_FDCWD, first, _AT_FDCWD, second, _RENAME_EXCHANGE)
        elif sys.platform == "darwin":
            done = library.renamex_np(first, second, _RENAME_SWAP)
        else:
            return False
    except (AttributeError, OSError, TypeError):
        # A C library without the call, or a system whose library has no such name.
        return False
    return bool(done == 0)
