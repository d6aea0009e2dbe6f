"""Tables as text: aligned for a terminal, as CSV for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_text(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """CSV that a spreadsheet opens safely: no cell is a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([_not_a_formula(cell) for cell in row])
    return buffer.getvalue()


def table_text(names: Sequence[str], rows: Sequence[Sequence[Any]], width: int = 46) -> str:
    """An aligned table; long cells are cut with ``…``, since a terminal is for reading."""
    told = [[_on_one_line(str(cell), width) for cell in row] for row in rows]
    widths = [max(len(line[i]) for line in [list(names), *told]) for i in range(len(names))]
    lines = ["  ".join(cell.ljust(w) for cell, w in zip(names, widths, strict=True)).rstrip()]
    lines.append("  ".join("─" * w for w in widths))
    for line in told:
        lines.append("  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip())
    return "\n".join(lines) + "\n"


def _on_one_line(text: str, width: int) -> str:
    # Control characters would move the terminal's cursor.
    plain = "".join(c if c.isprintable() else " " for c in text)
    return plain if len(plain) <= width else plain[: width - 1] + "…"


def _not_a_formula(cell: Any) -> Any:
    if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS):
        return f"'{cell}"
    return cell
