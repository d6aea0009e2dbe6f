"""The site, where the tables it is made of are there; made when it is first asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ptce_graph.knowledge_graph import KnowledgeGraph


def site_maker(graph: KnowledgeGraph) -> Callable[[], Any]:
    """What makes the site of ``graph``: an object with ``read(path) -> bytes | None``."""

    def made() -> Any:
        from ptce_graph.publish.site import Site
        from ptce_graph.tables.dataset_file import dataset_about

        return Site(graph, dataset_about(graph.facts.tables.folder))

    return made
