"""The named graphs of a server, brought home as N-Quads.

A server may cut a long result without a word: a graph larger than a page is
asked in parts (by the digest of each subject, which needs no order), and what
came is counted against what the server says it has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ptce_graph.dataset.http_errors import ServerError, shown_url
from ptce_graph.dataset.quads import iri
from ptce_graph.dataset.remote import Endpoint
from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _
from ptce_graph.vocabulary import terms
from ptce_graph.vocabulary.iris import DEFAULT_BASE, thing_iri

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode

#: Below what servers cut results at, as they come out of the box.
PAGE = 5000
#: Virtuoso gives whole decimals back as integers: what our vocabulary says of these is the type.
_DECIMALS = (terms.PTCE_VALUE, terms.PTCE_VALUE_MAX, terms.GEO_LAT, terms.GEO_LONG)


@dataclass(frozen=True)
class Download:
    """What came: sorted N-Quads, and the graphs that are not as they were published."""

    nquads: str
    differing: tuple[str, ...] = ()


def download(
    endpoint: Endpoint,
    base: str = DEFAULT_BASE,
    progress: Callable[[str, int, int], None] | None = None,
) -> Download:
    """Our named graphs at ``endpoint``, without their merge.

    Raises ``CallError`` where it has none, or gives fewer triples than it counts.
    """
    record = endpoint.record
    bare = replace(endpoint, record=None)
    if record:
        names = [name for name in record.graphs if name != record.merged]
    else:
        names = _graphs(bare, base)
    if not names:
        raise CallError(
            _("{url} holds no graph of ours.").format(url=shown_url(endpoint.url)),
            _("Load one: ptce-graph publish --to URL"),
        )
    quads: list[str] = []
    differing = []
    for done, name in enumerate(sorted(names)):
        lines = _graph(bare, name)
        if record and record.graphs[name].digest != digest_of(lines):
            differing.append(name)
        quads += [f"{line[:-2]}{iri(name)} .\n" for line in lines]
        if progress:
            progress(name.rpartition("/")[2], done + 1, len(names))
    return Download("".join(sorted(quads)), tuple(differing))


def digest_of(lines: list[str]) -> str:
    """The digest of sorted lines of N-Triples, as the record tells it."""
    import hashlib

    return "sha256:" + hashlib.sha256("".join(lines).encode("utf-8")).hexdigest()


def _graphs(endpoint: Endpoint, base: str) -> list[str]:
    start = thing_iri("graph", "", base)
    rows = endpoint.rows(
        f'SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{start}")) }}'
    )
    return [row["g"].value for row in rows if iri(row["g"].value) == f"<{row['g'].value}>"]


def _graph(endpoint: Endpoint, name: str) -> list[str]:
    pattern = f"GRAPH {iri(name)} {{ ?s ?p ?o }}"
    rows = endpoint.rows(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
    count = int(rows[0]["n"].value)
    lines: set[str] = set()
    for part in _parts(count):
        for row in endpoint.rows(f"SELECT ?s ?p ?o {{ {pattern} {part} }}"):
            lines.add(_line(row))
    if len(lines) != count:
        raise ServerError(
            _("{url} gives {there} of the {n} triples of {graph}.").format(
                url=shown_url(endpoint.url), there=len(lines), n=count, graph=name
            ),
            _("Have the server's limit of results raised."),
        )
    return sorted(lines)


def _parts(count: int) -> Iterator[str]:
    """Filters that share out ``count`` triples, so that none is likely to pass a page."""
    digits = 0
    while count / 16**digits > PAGE / 2:
        digits += 1
    if not digits:
        yield ""
        return
    for number in range(16**digits):
        prefix = f"{number:0{digits}x}"
        yield f'FILTER(STRSTARTS(LCASE(SHA1(STR(?s))), "{prefix}"))'


def _line(row: Mapping[str, NamedNode | Literal]) -> str:
    import pyoxigraph as ox

    value = row["o"]
    if (
        isinstance(value, ox.Literal)
        and value.datatype.value == terms.XSD_INTEGER
        and row["p"].value in _DECIMALS
    ):
        value = ox.Literal(value.value, datatype=ox.NamedNode(terms.XSD_DECIMAL))
    return f"{row['s']} {row['p']} {value} .\n"
