"""Our analysis beside networkx on large invented data: ``python -m benchmarks.measures``.

Writes a Markdown table per size on the output, progress on the error stream.
Ends with 1 where the two sides do not give the same values.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

SIZES, QUICK = (20_000, 220_000), 1_600
SIDES = ("make", "suite", "ours", "networkx")
SUITE = "all measures"
#: The two sides give the same values but for rounding.
TOLERANCE = 1e-9
#: networkx stops its PageRank when all values together change by less than this per node.
PAGERANK = 1e-12
PACKAGES = ("numpy", "scipy", "networkx", "rustworkx", "pandas")

Rows = dict[str, dict[str, Any]]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--sizes", default=",".join(map(str, SIZES)), help="numbers of organisations"
    )
    parser.add_argument("--quick", action="store_true", help=f"{QUICK:,} organisations only")
    options = parser.parse_args(arguments)
    sizes = [QUICK] if options.quick else [int(size) for size in options.sizes.split(",")]
    _say(_machine())
    wrong = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            told = {side: run_side(side, Path(folder), size) for side in SIDES}
            wrong += [f"{name} ({size:,} organisations)" for name in different(Path(folder))]
        _say("\n" + table(size, told))
    for name in wrong:
        sys.stderr.write(f"The two sides differ: {name}\n")
    return 1 if wrong else 0


def run_side(side: str, folder: Path, size: int) -> dict[str, Any]:
    """One side, in a process of its own, so that its peak of memory is its own too."""
    sys.stderr.write(f"{size:,} organisations: {side}\n")
    sys.stderr.flush()
    command = [sys.executable, "-m", "benchmarks.sides", side, str(folder), str(size)]
    subprocess.run(command, check=True, cwd=Path(__file__).parent.parent)  # noqa: S603
    told: dict[str, Any] = json.loads((folder / f"{side}.json").read_text(encoding="utf-8"))
    return told


def different(folder: Path) -> list[str]:
    """The measures on which the two sides differ, of those that both have measured in full."""
    import numpy as np

    with np.load(folder / "ours.npz") as one, np.load(folder / "networkx.npz") as other:
        return [name for name in other.files if not _same(name, one[name], other[name])]


def _same(name: str, one: Any, other: Any) -> bool:
    import numpy as np

    allowed = max(TOLERANCE, PAGERANK * len(one)) if name == "pagerank" else TOLERANCE
    return np.allclose(one, other, TOLERANCE, allowed, equal_nan=True)


def table(size: int, told: dict[str, dict[str, Any]]) -> str:
    """The Markdown table of one size."""
    ours: Rows = {**told["make"]["rows"], **told["ours"]["rows"]}
    theirs: Rows = told["networkx"]["rows"]
    suite = told["suite"]["rows"][SUITE]
    measures = [name for name in told["ours"]["rows"] if " " not in name]
    lines = [
        f"### {size:,} organisations: {suite['note']}",
        "",
        "| | ours, s | networkx, s | ratio | |",
        "|---|--:|--:|--:|---|",
    ]
    for name in ("facts", "links"):
        lines.append(_line(name, ours[name], None))
    lines.append(_line("networkx graph", None, theirs["networkx graph"]))
    order = [name for name in ours if name.startswith("projection ")]
    order += [*measures, *(name for name in ours if name.startswith("analysis "))]
    lines += [_line(name, ours[name], theirs.get(name)) for name in order]
    lines.append(_line(f"**{SUITE}**", {**suite, "note": ""}, _sum(theirs, measures)))
    lines += ["", "Peak memory: " + "; ".join(_memory(told)) + "."]
    return "\n".join(lines)


def _sum(theirs: Rows, measures: list[str]) -> dict[str, Any]:
    """What networkx needs for all the measures that it has."""
    rows = [theirs[name] for name in measures if name in theirs]
    sign = "~" if any(row["sign"] for row in rows) else ""
    return {"seconds": sum(row["seconds"] for row in rows), "sign": sign, "note": ""}


def _line(name: str, ours: dict[str, Any] | None, theirs: dict[str, Any] | None) -> str:
    ratio = ""
    if ours and theirs:
        times = theirs["seconds"] / ours["seconds"]
        ratio = f"{theirs['sign']}{times:,.{1 if times < 10 else 0}f}"
    notes = [
        f"{side}: {row['note']}"
        for side, row in (("ours", ours), ("networkx", theirs))
        if row and row["note"]
    ]
    return f"| {name} | {_seconds(ours)} | {_seconds(theirs)} | {ratio} | {'; '.join(notes)} |"


def _seconds(row: dict[str, Any] | None) -> str:
    if row is None:
        return "—"
    seconds = row["seconds"]
    digits = 3 if seconds < 1 else 1 if seconds < 100 else 0
    return f"{row['sign']}{seconds:,.{digits}f}"


def _memory(told: dict[str, dict[str, Any]]) -> list[str]:
    words = {
        "suite": "all measures, ours",
        "ours": "every row, ours",
        "networkx": "networkx, what was run of it",
    }
    return [f"{text} {told[side]['memory'] / 2**30:.1f} GB" for side, text in words.items()]


def _machine() -> str:
    import os
    import platform

    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return f"{os.cpu_count()} cores; Python {platform.python_version()}, {versions}."


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
