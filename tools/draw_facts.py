"""Draw facts at random and show each beside the lines it rests on, for a person to judge.

    python tools/draw_facts.py FOLDER [SEED] [NUMBER]

FOLDER holds the transcriptions that the ``source.yml`` files name. The same
seed draws the same facts.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import ptce_graph
from ptce_graph.tables.schema import SEPARATOR, SOURCE_TABLES, TABLES


def main(folder: Path, seed: int = 1, number: int = 20) -> int:
    facts = ptce_graph.load().facts
    lines = {
        d.id: (folder / d.original_file).read_text(encoding="utf-8").split("\n")
        for d in facts.tables.documents.values()
    }
    rows = [
        (table.name, row)
        for table in SOURCE_TABLES
        for row in facts.tables.frames[table.name].to_dict("records")
    ]
    for count, (table, row) in enumerate(random.Random(seed).sample(rows, number), start=1):
        said = [
            f"{name}={row[name]}"
            for name in TABLES[table].column_names
            if row[name] and name not in ("section", "lines", "note")
        ]
        print(f"\n{count}. {row['file']}:{row['row']}  {', '.join(said)}")
        for part in row["lines"].split(SEPARATOR):
            first, _dash, last = part.partition("-")
            for at in range(int(first), int(last or first) + 1):
                print(f"    {at}: {lines[row['source']][at - 1][:400]}")
    return 0


if __name__ == "__main__":
    if len(sys.argv) < 2 or not Path(sys.argv[1]).is_dir():
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    sys.exit(main(Path(sys.argv[1]), *map(int, sys.argv[2:4])))
