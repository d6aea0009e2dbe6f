"""From a person's files to a map, ours beside a plain script: ``python -m benchmarks.path``.

The plain script (``path_plain.py``) does the same with pandas, rdflib, networkx and
pyvis, from the same files. Writes a Markdown table on the output, progress on the
error stream. Ends with 1 where the two sides have not the same quads, nodes and edges.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.path_files import NETWORKS, Sizes, write_files
from benchmarks.path_sides import (
    ANALYSE,
    BUILD,
    CHECK,
    EXPORT,
    GRAPHS,
    IN_FULL,
    LINKS_IN,
    MEMBERS_IN,
    OVERVIEW,
    UNITS_IN,
    Spent,
    children,
)
from benchmarks.serve import QUESTIONS

SIZE, QUICK = 220_000, 2_000
SIDES = ("ours", "plain", "networkx")
STAGES = (UNITS_IN, MEMBERS_IN, LINKS_IN, CHECK, BUILD, ANALYSE, EXPORT, OVERVIEW)
IMPORT = "import, all files"
AGAIN, COMMAND, ASKED = "second build, nothing changed", "command", "asked"
#: Seconds until a question is given up.
LONGEST = 20
PACKAGES = ("pyoxigraph", "pandas", "pyarrow", "rdflib", "networkx")

Told = dict[str, dict[str, Any]]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--organisations", type=int, default=SIZE)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK:,} organisations only")
    options = parser.parse_args(arguments)
    organisations = QUICK if options.quick else options.organisations
    with tempfile.TemporaryDirectory() as folder:
        sizes, told = measured(Path(folder), organisations)
    sys.stdout.write(report(sizes, told))
    wrong = different(told)
    for name in wrong:
        sys.stderr.write(f"The two sides differ: {name}\n")
    return 1 if wrong else 0


def measured(folder: Path, organisations: int) -> tuple[Sizes, Told]:
    """Both sides on so many organisations, in ``folder``."""
    sizes = write_files(folder, organisations)
    told: Told = {}
    for side in SIDES:
        _progress(f"{organisations:,} organisations: {side}")
        _python("-m", "benchmarks.path_sides", side, str(folder))
        told[side] = json.loads((folder / f"{side}.json").read_text(encoding="utf-8"))
        if side == "ours":
            told[COMMAND] = {"rows": {AGAIN: _again(folder)}}
            told[ASKED] = {name: _asked(folder, name) for name in QUESTIONS}
    return sizes, told


def _asked(folder: Path, name: str) -> dict[str, Any]:
    """The rows of an answer and its seconds, in a process of its own: it may be ended."""
    try:
        _python("-m", "benchmarks.path_sides", "ask", str(folder), name, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return {"rows": "—", "seconds": f"> {LONGEST}"}
    told = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return {"rows": f"{told['counts']['rows']:,}", "seconds": f"{told['rows'][name]['wall']:.3f}"}


def _again(folder: Path) -> dict[str, Any]:
    """The command ``build`` once more, from its start to its end."""
    wall, processor = time.perf_counter(), children()
    data, built = str(folder / "data"), str(folder / "build")
    _python("-m", "ptce_graph", "build", "--data", data, "-o", built)
    return vars(Spent(time.perf_counter() - wall, children() - processor))


def _python(*arguments: str, timeout: float | None = None) -> None:
    root = Path(__file__).parent.parent
    command = [sys.executable, *arguments]
    subprocess.run(  # noqa: S603
        command, check=True, cwd=root, stdout=subprocess.DEVNULL, timeout=timeout
    )


def different(told: Told) -> list[str]:
    """The counts on which the two sides differ: of quads only where both wrote all."""
    one, other = told["ours"]["counts"], told["plain"]["counts"]
    names = ["nodes", "edges"]
    if not told["plain"]["rows"][BUILD]["sign"]:
        names += [f"quads {name}" for name in GRAPHS]
    return [f"{name}: {one[name]:,}, {other[name]:,}" for name in names if one[name] != other[name]]


def report(sizes: Sizes, told: Told) -> str:
    """The Markdown of one run: what was made, the table, the questions."""
    counts = told["ours"]["counts"]
    lines = [
        _machine(),
        "",
        f"### {sizes.units:,} organisations: {counts['quads']:,} quads "
        f"({counts['triples']:,} different triples), {sizes.members:,} members with "
        f"{sizes.memberships:,} memberships in {NETWORKS} networks, {sizes.links:,} links; "
        f"network of {counts['nodes']:,} nodes and {counts['edges']:,} edges",
        "",
        *_table(told),
        "",
        "| question | rows | s |",
        "|---|--:|--:|",
        *(f"| {name} | {row['rows']} | {row['seconds']} |" for name, row in told[ASKED].items()),
    ]
    return "\n".join(lines) + "\n"


def _table(told: Told) -> list[str]:
    ours = {name: Spent(**row) for name, row in told["ours"]["rows"].items()}
    plain = {name: Spent(**row) for name, row in told["plain"]["rows"].items()}
    measures = [Spent(**row) for row in told["networkx"]["rows"].values()]
    plain[ANALYSE] = total([plain[ANALYSE], *measures])
    plain[IMPORT] = plain.pop(UNITS_IN)
    ours[IMPORT] = total([ours[name] for name in (UNITS_IN, MEMBERS_IN, LINKS_IN)])
    stages = (UNITS_IN, MEMBERS_IN, LINKS_IN, IMPORT, *STAGES[3:])
    again = Spent(**told[COMMAND]["rows"][AGAIN])
    return [
        "| | ours, s | of processors | plain, s | of processors | ratio |",
        "|---|--:|--:|--:|--:|--:|",
        *(_line(name, ours[name], plain.get(name)) for name in stages),
        _line(
            "**the whole path**",
            total([ours[name] for name in STAGES]),
            total([plain[name] for name in (IMPORT, *STAGES[3:])]),
        ),
        _line(AGAIN, again, None),
        "",
        "Peak memory: ours {:.1f} GB; plain {:.1f} GB{}; its measures {:.1f} GB.".format(
            told["ours"]["memory"] / 2**30,
            told["plain"]["memory"] / 2**30,
            f" (with the quads of {IN_FULL:,} units)" if plain[BUILD].sign else "",
            told["networkx"]["memory"] / 2**30,
        ),
    ]


def total(parts: list[Spent]) -> Spent:
    """The sum, told from a part where one of them is."""
    sign = "~" if any(part.sign for part in parts) else ""
    wall, processor = sum(part.wall for part in parts), sum(part.processor for part in parts)
    return Spent(wall, processor, sign)


def _line(name: str, ours: Spent, plain: Spent | None) -> str:
    cells = [_seconds(ours.wall), _seconds(ours.processor), "—", "—", ""]
    if plain:
        times = plain.wall / ours.wall
        cells[2:] = [
            plain.sign + _seconds(plain.wall),
            plain.sign + _seconds(plain.processor),
            f"{plain.sign}{times:,.{1 if times < 10 else 0}f}",
        ]
    return f"| {name} | " + " | ".join(cells) + " |"


def _seconds(seconds: float) -> str:
    return f"{seconds:,.{2 if seconds < 10 else 1 if seconds < 100 else 0}f}"


def _machine() -> str:
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return f"{os.cpu_count()} cores; Python {platform.python_version()}, {versions}."


def _progress(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
