"""Write docs/coverage.md from the data: what each document gave, where they disagree.

python tools/write_coverage.py            write the file
python tools/write_coverage.py --check    exit 1 if it is not up to date
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
from written_pages import write_or_check

import ptce_graph
from ptce_graph.knowledge_graph import KnowledgeGraph

TARGET = Path(__file__).resolve().parent.parent / "docs" / "coverage.md"

HEAD = """# Couverture des données

Écrit par `tools/write_coverage.py` ; les mêmes tables sortent de
`ptce-graph coverage`. Ce que les documents ne disent pas manque ici : un manque
n'est pas une preuve d'absence.
"""


def text(graph: KnowledgeGraph) -> str:
    documents = pd.DataFrame(
        [
            [d.id, d.title, d.date or "sans date", str(d.lines)]
            for d in graph.facts.tables.documents.values()
        ],
        columns=["document", "titre", "date", "lignes"],
    )
    counts = graph.coverage("counts").T
    counts.insert(0, "faits", counts.index)
    parts = [
        HEAD,
        "## Les documents\n",
        table(documents),
        "## Les faits, par genre et par document\n",
        table(counts),
        "## Où les documents se contredisent\n",
        "Les deux dires restent dans le graphe, chacun avec son passage.\n",
        table(graph.coverage("disagreements")),
        "## Ce qui n'a pas pu être lu, ou seulement en partie\n",
        table(graph.coverage("illegible").drop(columns=["label_fr"])),
        "## Ce qu'aucun document ne dit\n",
        table(graph.coverage("undocumented")),
    ]
    return "\n".join(parts)


def table(frame: pd.DataFrame) -> str:
    rows = [[str(cell).replace("|", ", ") for cell in row] for row in frame.values.tolist()]
    lines = [[str(column) for column in frame.columns], ["---"] * len(frame.columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


if __name__ == "__main__":
    sys.exit(write_or_check({TARGET: text(ptce_graph.load())}))
