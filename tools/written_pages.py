"""What the tools that write a page of ``docs`` share: write it, or tell whether it is current."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path


def write_or_check(pages: Mapping[Path, str]) -> int:
    """Write each text to its path; with ``--check``, 1 if one of them stands there otherwise."""
    stale = False
    for path, wanted in pages.items():
        told = f"{path.parent.name}/{path.name}"
        if "--check" not in sys.argv:
            path.write_text(wanted, encoding="utf-8", newline="\n")
            print(path.name)
        elif path.exists() and path.read_text(encoding="utf-8") == wanted:
            print(f"{told} is up to date.")
        else:
            print(f"{told} is not up to date: run tools/{Path(sys.argv[0]).name}")
            stale = True
    return int(stale)
