"""Where the pages are: the scheme of addresses, and relative links between them.

A page is named without its language: ``id/pole/pole-sud.html`` stands there in
French, and under ``en/`` in English. Files that have no language (RDF, CSV,
maps, dumps) stand once.
"""

from __future__ import annotations

import posixpath
from functools import lru_cache
from urllib.parse import quote

from ptce_graph.i18n import DEFAULT_LANGUAGE

#: Folders whose pages speak all languages themselves, or none.
_SHARED = ("maps/", "data/")

#: What a thing is written as beside its page: the end of the name, the media type.
THING_FORMATS = (
    ("ttl", "text/turtle", "Turtle"),
    ("jsonld", "application/ld+json", "JSON-LD"),
    ("nt", "application/n-triples", "N-Triples"),
)


def thing_page(kind: str, identifier: str, fragment: str = "") -> str:
    """The page of a thing: ``id/organisation/coorace.html``."""
    return f"id/{kind}/{identifier}.html" + (f"#{fragment}" if fragment else "")


def code_page(scheme: str, code: str = "") -> str:
    """The page of a code, or of the list of codes without one."""
    return f"code/{scheme}/{code}.html" if code else f"code/{scheme}.html"


def is_web(path: str) -> bool:
    """Whether a link leads out of the site."""
    return path.startswith(("http://", "https://"))


def in_language(path: str, language: str) -> str:
    """The file of a page in a language; files that have none stay where they are."""
    page = path.partition("#")[0]
    if language == DEFAULT_LANGUAGE or not page.endswith(".html") or page.startswith(_SHARED):
        return path
    return f"{language}/{path}"


@lru_cache(maxsize=8_192)
def relative(start: str, target: str) -> str:
    """The link from the file ``start`` to the file ``target``, both from the site's root."""
    page, _hash, fragment = target.partition("#")
    folder = posixpath.dirname(start)
    told = quote(posixpath.relpath(page, folder or "."), safe="/.-_~")
    if page == start and fragment:
        told = ""
    return told + (f"#{quote(fragment, safe='.-_~')}" if fragment else "")
