"""Write docs/mesures.md and docs/measures.md from the registries of measures and analyses.

python tools/write_measures.py            write the files
python tools/write_measures.py --check    exit 1 if they are not up to date
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from written_pages import write_or_check

from ptce_graph.analysis.analyses import ANALYSES
from ptce_graph.analysis.belonging import GROUPINGS
from ptce_graph.analysis.measures import MEASURES
from ptce_graph.i18n import translator
from ptce_graph.network.projections import PROJECTIONS

DOCS = Path(__file__).resolve().parent.parent / "docs"
TARGETS = {"fr": DOCS / "mesures.md", "en": DOCS / "measures.md"}

#: Words of these two pages only: title, head, and the four headings.
WORDS = {
    "fr": (
        "Mesures et analyses",
        "Écrit par `tools/write_measures.py` à partir des registres que lisent la commande, le "
        "rapport, les cartes et le RDF. Mesures des organisations et des pôles : `ptce-graph "
        "analyse --measure NOM` ; autres tables : `ptce-graph analyse ANALYSE`. Les liens qu'un "
        "document prévoit seulement sont laissés de côté, sauf avec `--planned`. Jusqu'à 2 000 "
        "nœuds, networkx calcule ; au-delà, numpy, scipy et rustworkx donnent les mêmes valeurs. "
        "Au-delà de 10 000 nœuds, les mesures de chemins sont estimées à partir d'un échantillon "
        "de nœuds et données avec leur erreur type.",
        "Réseaux (projections)",
        "Groupes",
        "Mesures",
        "Analyses",
    ),
    "en": (
        "Measures and analyses",
        "Written by `tools/write_measures.py` from the registries that the command, the report, "
        "the maps and the RDF read. Measures of organisations and poles: `ptce-graph analyse "
        "--measure NAME`; other tables: `ptce-graph analyse ANALYSIS`. Links that a document only "
        "plans are left out unless `--planned` is given. Up to 2,000 nodes networkx computes; "
        "beyond, numpy, scipy and rustworkx give the same values. Beyond 10,000 nodes measures of "
        "paths are estimated from a sample of nodes and told with their standard error.",
        "Networks (projections)",
        "Groups",
        "Measures",
        "Analyses",
    ),
}


def text(language: str) -> str:
    words = translator(language)
    title, head, networks, groups, measures, analyses = WORDS[language]
    parts = [
        f"# {title}\n",
        head + "\n",
        f"## {networks}\n",
        *(
            f"- **{p.name}** — {_lower(words(p.label))}. {words(p.definition)}"
            for p in PROJECTIONS.values()
        ),
        f"\n## {groups}\n",
        *(f"- **{name}** — {words(label)}" for name, (label, _groups) in GROUPINGS.items()),
        f"\n## {measures}\n",
        *(_entry(m.name, m.label, m.definition, m.source, words) for m in MEASURES.values()),
        f"## {analyses}\n",
    ]
    for analysis in ANALYSES.values():
        parts.append(
            _entry(analysis.name, analysis.label, analysis.definition, analysis.source, words)
        )
        parts += [f"- `{name}`: {words(told)}" for name, told in analysis.columns.items()]
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"


def _entry(name: str, label: str, definition: str, source: str, words: Callable[[str], str]) -> str:
    return f"### `{name}` — {words(label)}\n\n{words(definition)}\n\n*{source}.*\n"


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]


if __name__ == "__main__":
    sys.exit(write_or_check({target: text(language) for language, target in TARGETS.items()}))
