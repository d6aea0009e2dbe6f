"""How good and how fast reconciling is: precision and recall at thresholds, seconds, memory.

python -m benchmarks.reconcile                  # 20,000 x 2,000, and 220,000 x 5,000
python -m benchmarks.reconcile --quick          # 20,000 x 2,000
python -m benchmarks.reconcile --names FILE     # names of a Sirene file instead of invented
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.clock import peak_memory
from benchmarks.noise import lists
from ptce_graph.importers.reconcile.candidates import Pair, Search, pairs_of, unjudged
from ptce_graph.importers.reconcile.judgements import DIFFERENT, SAME, Judgement, Judgements
from ptce_graph.tables.read import read_tables

THRESHOLDS = (0.5, 0.7, 0.85, 0.95)
SIZES = ((20_000, 2_000), (220_000, 5_000))


def quality(pairs: Sequence[Pair], truth: dict[str, str], threshold: float) -> tuple[int, int, int]:
    """Right pairs, wrong pairs and missing ones among the best of each, from ``threshold`` on."""
    best: dict[str, Pair] = {}
    for pair in pairs:
        for end in (pair.left, pair.right):
            if end.id.startswith("liste-") and pair.found.score >= threshold:
                known = best.get(end.id)
                if known is None or pair.found.score > known.found.score:
                    best[end.id] = pair
    right = sum(truth.get(end) in (p.left.id, p.right.id) for end, p in best.items())
    return right, len(best) - right, len(truth) - right


def bundled_quality(threshold: float) -> tuple[int, int, int]:
    """Right, wrong and missing pairs of the bundled documents, by the judgements of people."""
    tables, _problems = read_tables()
    judged = Judgements.of(tables)
    found = pairs_of(unjudged(tables), search=Search(minimum=threshold))
    told = [judged.settled(pair.left.id, pair.right.id) for pair in found]
    right = [pair for pair, answer in zip(found, told, strict=True) if answer == SAME]
    linked = Judgements.made(Judgement(pair.left.id, pair.right.id, SAME) for pair in right)
    missing = sum(
        row.judgement == SAME and linked.settled(row.left, row.right) != SAME for row in judged.rows
    )
    return len(right), told.count(DIFFERENT), missing


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the tables of ``docs/reconciliation.md`` to the output."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--names", type=Path)
    asked = parser.parse_args(arguments)
    out = sys.stdout.write
    out("| data | from score | right | wrong | missing | precision | recall |\n")
    out("|---|---|---|---|---|---|---|\n")
    for threshold in THRESHOLDS:
        out(_row("bundled documents", threshold, *bundled_quality(threshold)))
    sizes = SIZES[:1] if asked.quick else SIZES
    spent = []
    names = _names(asked.names) if asked.names else []
    runs: list[tuple[str, tuple[int, int, int, Sequence[str]]]] = [
        (f"{a:,} x {b:,}", (a, b, 2014, ())) for a, b in sizes
    ]
    if names:
        runs.insert(0, (f"{len(names):,} Sirene names", (len(names), len(names) // 4, 2014, names)))
    for label, made in runs:
        register, members, truth = lists(*made)
        begun = time.perf_counter()
        pairs = pairs_of(members, register, Search(minimum=min(THRESHOLDS)))
        spent.append((label, time.perf_counter() - begun, len(pairs)))
        for threshold in THRESHOLDS:
            out(_row(label, threshold, *quality(pairs, truth, threshold)))
    out("\n")
    for label, seconds, count in spent:
        out(f"{label}: {seconds:.1f} s, {count:,} pairs\n")
    out(f"most memory: {peak_memory() / 2**20:,.0f} MB\n")


def _row(label: str, threshold: float, right: int, wrong: int, missing: int) -> str:
    precision, recall = right / max(right + wrong, 1), right / max(right + missing, 1)
    return (
        f"| {label} | {threshold} | {right} | {wrong} | {missing} "
        f"| {precision:.3f} | {recall:.3f} |\n"
    )


def _names(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as stream:
        told = [row["denominationUniteLegale"] for row in csv.DictReader(stream)]
    return list(dict.fromkeys(name for name in told if name))


if __name__ == "__main__":
    main()
