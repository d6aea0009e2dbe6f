"""ptce-graph: a knowledge graph of the cooperation networks of the French
social and solidarity economy.

>>> import ptce_graph
>>> kg = ptce_graph.load()
>>> kg.query("multi-membership")      # a pandas DataFrame
>>> kg.map("map.html")                # an interactive map, one file
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ptce_graph.errors import CallError, CutAnswer, DataError, Problem, PtceGraphError

if TYPE_CHECKING:
    from ptce_graph.importers.run import Import
    from ptce_graph.importers.start.folder import Started
    from ptce_graph.knowledge_graph import KnowledgeGraph
    from ptce_graph.progress import Progress

__version__ = "0.1.0"
__all__ = [
    "CallError",
    "CutAnswer",
    "DataError",
    "Problem",
    "PtceGraphError",
    "__version__",
    "check",
    "import_file",
    "init",
    "load",
    "template",
]


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


def import_file(
    kind: str,
    path: str | Path,
    folder: str | Path | None,
    *,
    dry_run: bool = False,
    accept: Callable[[Import], bool] | None = None,
    progress: Progress | None = None,
    **wish: Any,
) -> Import:
    """Put a file of one's own into the data folder ``folder``, which is made where there is none.

    ``kind`` is one of ``importers.kinds.KINDS``: ``spreadsheet``, ``sirene`` …;
    ``wish`` as in ``importers.imported.Wish``: ``network="COORACE"``,
    ``mapping="members.yml"`` … With ``dry_run`` nothing is written, and no folder
    is needed. Where the source is there already, ``accept`` is shown what would
    change (``Import.update``) and says whether to take it; without it, it is
    taken. ``progress`` is told what is done, how far, of how much. Returns what
    became of each row. Raises ``CallError`` for a file or a kind that cannot be
    read.
    """
    from ptce_graph.knowledge_graph import import_into

    return import_into(
        kind, Path(path), None if folder is None else Path(folder), dry_run, wish, accept, progress
    )


def init(folder: str | Path, *, empty: bool = False, bundled: bool = False) -> Started:
    """Make a data folder to start from, with a handful of invented rows (``empty``: headers only).

    With ``bundled`` it holds the bundled documents instead, to put one's own beside them.

    Returns the folder and its files. Raises ``CallError`` where ``folder`` is
    there and holds anything.
    """
    from ptce_graph.importers.start.folder import bundled_folder, start_folder

    return bundled_folder(Path(folder)) if bundled else start_folder(Path(folder), empty)


def template(path: str | Path, kind: str = "xlsx") -> Path:
    """Make empty tables to fill in: a workbook (``xlsx``) or a folder of files (``csv``).

    Returns ``path``. A filled workbook is read by ``import_file("tables", path, …)``.
    Raises ``CallError`` where there is such a file already, or the folder holds anything.
    """
    from ptce_graph.importers.start.templates import write_template

    return write_template(Path(path), kind)
