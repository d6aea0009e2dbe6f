"""ptce-graph: a knowledge graph of the cooperation networks of the French
social and solidarity economy.

>>> import ptce_graph
>>> kg = ptce_graph.load()
>>> kg.query("multi-membership")      # a pandas DataFrame
>>> kg.map("map.html")                # an interactive map, one file
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ptce_graph.errors import CallError, DataError, Problem, PtceGraphError

if TYPE_CHECKING:
    from ptce_graph.knowledge_graph import KnowledgeGraph

__version__ = "0.1.0"
__all__ = ["CallError", "DataError", "Problem", "PtceGraphError", "__version__", "check", "load"]


def load(folder: str | Path | None = None) -> KnowledgeGraph:
    """The knowledge graph of a data folder; of the bundled data without one.

    Raises ``CallError`` where ``folder`` is not a data folder, and
    ``DataError``, holding every problem, where its tables are not sound.
    """
    from ptce_graph.knowledge_graph import KnowledgeGraph

    return KnowledgeGraph.load(None if folder is None else Path(folder))


def check(folder: str | Path | None = None) -> list[Problem]:
    """Every problem in the tables of a data folder, in order; empty where they are sound."""
    from ptce_graph.knowledge_graph import check_folder

    return check_folder(None if folder is None else Path(folder))
