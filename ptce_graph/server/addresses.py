"""Other names of addresses: where people and harvesters look, and what stands there.

All leads are relative, so that they hold behind a proxy under any path.
"""

from __future__ import annotations

from urllib.parse import quote

from ptce_graph.server.negotiation import GRAPH_FORMATS, HTML, acceptable, wants_html
from ptce_graph.server.problems import ProblemError
from ptce_graph.server.protocol import not_acceptable

#: Where harvesters look for the description of a dataset (W3C, VoID, 7.2 "Discovery").
_ELSEWHERE = {
    "catalog.ttl": "data/catalog.ttl",
    "void.ttl": "data/void.ttl",
    ".well-known/void": "data/void.ttl",
    "ontology/": "ontology",
}
#: The pages of the site that list the things of a kind.
_LISTS = {
    "pole": "poles.html",
    "organisation": "organisations.html",
    "source": "sources.html",
    "place": "places.html",
    "call": "calls.html",
}
_DATASET = "id/dataset/ptce"
_TURTLE = GRAPH_FORMATS[0]


def elsewhere(path: str, accept: str, language: str) -> str | None:
    """Where ``path`` leads, without its first slash; None where it is no other name.

    The target is relative to the root of the server. Raises ``ProblemError``
    (406) where the client takes no format of what stands there.
    """
    if path in _ELSEWHERE:
        return _ELSEWHERE[path]
    if path in ("shapes", "shapes/"):
        # A browser shows the text: there is no page of it alone.
        _acceptable(accept)
        return "shapes.ttl"
    inner = path.removeprefix("en/")
    if inner.rstrip("/") == _DATASET:
        english = inner != path or language == "en"
        page = "en/data.html" if english else "data.html"
        return page if _acceptable(accept) else "data/catalog.ttl"
    if inner.startswith("id/") and inner.endswith("/"):
        found = _LISTS.get(inner.removeprefix("id/").removesuffix("/"))
        english = inner != path or language == "en"
        return (f"en/{found}" if english else found) if found else None
    return None


def relative(path: str, target: str) -> str:
    """``target`` (from the root) as seen from ``path``, both without a first slash."""
    return "../" * path.count("/") + quote(target)


def _acceptable(accept: str) -> bool:
    """Whether a page suits best; ``ProblemError`` where neither a page nor Turtle does."""
    format_ = acceptable(accept, (HTML, *GRAPH_FORMATS))
    if format_ is None:
        raise not_acceptable((HTML, _TURTLE))
    return format_ is HTML


def wants_page(accept: str, problem: ProblemError) -> bool:
    """Whether ``problem`` is told by a page: nothing is there, and a browser asks."""
    return problem.kind == "not-found" and wants_html(accept)
