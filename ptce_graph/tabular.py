"""Tables as text: aligned for a terminal, as CSV for a spreadsheet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
#: ``;`` too: a spreadsheet set to French parts cells there.
_QUOTED = re.compile(r'[",;\t\r\n]|^\s|\s$')
#: Text that must be looked at; most cells are written as they stand.
_SUSPECT = re.compile(r'[",;\t\r\n]|^[\s=+\-@]|\s$')
#: Controls, invisible marks, halves of characters, ends of lines that are no ``\n``.
_UNPRINTABLE = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))


def csv_text(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """CSV that a spreadsheet opens safely: no cell is a formula."""
    lines = [",".join(map(_csv_cell, names))]
    for row in rows:
        line = ",".join([_safe_cell(cell) for cell in row])
        lines.append(line or '""')
    return "\n".join(lines) + "\n"


def table_text(names: Sequence[str], rows: Sequence[Sequence[Any]], width: int = 46) -> str:
    """An aligned table; long cells are cut with ``…``, since a terminal is for reading."""
    told = [[_on_one_line(str(cell), width) for cell in row] for row in rows]
    widths = [max(len(line[i]) for line in [list(names), *told]) for i in range(len(names))]
    lines = ["  ".join(cell.ljust(w) for cell, w in zip(names, widths, strict=True)).rstrip()]
    lines.append("  ".join("─" * w for w in widths))
    for line in told:
        lines.append("  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip())
    return "\n".join(lines) + "\n"


def printable(text: str) -> str:
    """``text`` with nothing in it that would command a terminal: ``ESC`` becomes ``\\x1b``."""
    return "".join(
        c
        if c in "\n\t" or unicodedata.category(c) not in _UNPRINTABLE
        else c.encode("unicode_escape").decode("ascii")
        for c in text
    )


def _on_one_line(text: str, width: int) -> str:
    # Control characters would move the terminal's cursor.
    plain = "".join(c if c.isprintable() else " " for c in text)
    return plain if len(plain) <= width else plain[: width - 1] + "…"


def _safe_cell(cell: Any) -> str:
    kind = type(cell)
    if kind is float or kind is int or (kind is str and not _SUSPECT.search(cell)):
        return str(cell)
    return _csv_cell(_not_a_formula(cell))


def _csv_cell(cell: Any) -> str:
    text = "" if cell is None else str(cell)
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def _not_a_formula(cell: Any) -> Any:
    if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS):
        return f"'{cell}"
    return cell
