"""The dataset as RDF text: N-Quads, N-Triples, Turtle, TriG, RDF/XML.

All of it goes through pyoxigraph, which writes millions of triples in seconds.
The lines of the canonical N-Quads are put in order as text first, so that the
same data give the same bytes, and each graph and each thing stands together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ptce_graph.dataset.store import in_merge
from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _
from ptce_graph.vocabulary import terms

if TYPE_CHECKING:
    from ptce_graph.publish.release import Release

#: What XML 1.0 cannot hold, not even escaped (section 2.2, Char).
_NOT_XML = re.compile("[^\\t\\n\\r -\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
_MISSING = "\ufffd"
#: The end of an IRI that an XML name can be cut from.
_XML_NAME = re.compile(r"[^\W\d][\w.-]*\Z")


def lines_of(nquads: str) -> list[str]:
    """The lines of N-Quads, without their ends: texts may hold other line separators."""
    return [line for line in nquads.split("\n") if line]


def merged_lines(nquads: str) -> list[str]:
    """``lines_of`` the graphs that belong to the merge: not of what is no longer said."""
    return [line for line in lines_of(nquads) if in_merge(line.rsplit(" ", 2)[1])]


def triple_lines(lines: Iterable[str]) -> list[str]:
    """The triples of lines of N-Quads, sorted, each once, as lines of N-Triples.

    Graph names are IRIs, and an IRI holds no space: the last one ends the triple.
    """
    return [f"{triple} ." for triple in sorted({line.rsplit(" ", 2)[0] for line in lines})]


def nquads(release: Release) -> bytes:
    """The canonical form: sorted N-Quads."""
    return release.nquads.encode("utf-8")


def ntriples(release: Release) -> bytes:
    """The merge of all graphs as sorted N-Triples."""
    return _text(triple_lines(merged_lines(release.nquads)))


def turtle(release: Release) -> bytes:
    """The merge of all graphs as Turtle, in the order of the sorted triples."""
    return turtle_of(triple_lines(merged_lines(release.nquads)))


def trig(release: Release) -> bytes:
    """Every graph as TriG, graph by graph, so that each is opened once."""
    return trig_of(lines_of(release.nquads))


def rdfxml(release: Release) -> bytes:
    """The merge of all graphs as RDF/XML; what XML cannot hold becomes U+FFFD."""
    return rdfxml_of(triple_lines(merged_lines(release.nquads)))


def trig_of(lines: Iterable[str]) -> bytes:
    """Lines of N-Quads as TriG, graph by graph, in their order, with the usual prefixes."""
    return _written(sorted(lines, key=lambda line: line.rsplit(" ", 2)[1]), "TRIG")


def turtle_of(lines: Iterable[str]) -> bytes:
    """Lines of N-Triples as Turtle, in their order, with the usual prefixes."""
    return _written(lines, "TURTLE")


def rdfxml_of(lines: Iterable[str]) -> bytes:
    """Lines of N-Triples as RDF/XML, in their order.

    Raises ``CallError`` for a property whose IRI ends in no XML name: it has
    no RDF/XML at all (RDF 1.1 XML Syntax, section 2.4).
    """
    lines = list(lines)
    for predicate in sorted({line.split(" ", 2)[1][1:-1] for line in lines}):
        if not _XML_NAME.search(predicate):
            raise CallError(
                _("RDF/XML cannot write the property {iri}.").format(iri=predicate),
                _("Take another format: ptce-graph export --list"),
            )
    text = _written(lines, "RDF_XML").decode("utf-8")
    # Only texts of the data hold these. A bare carriage return would be read as a line feed.
    return _NOT_XML.sub(_MISSING, text).replace("\r", "&#13;").encode("utf-8")


def _written(lines: Iterable[str], name: str) -> bytes:
    from pyoxigraph import RdfFormat, parse, serialize

    text = _text(lines)
    used = {name: iri for name, iri in terms.PREFIXES.items() if f"<{iri}".encode() in text}
    quads = parse(text, format=RdfFormat.N_QUADS)
    statements = quads if name == "TRIG" else (quad.triple for quad in quads)
    format_ = getattr(RdfFormat, name)
    return serialize(statements, format=format_, prefixes=used) or b""


def _text(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode("utf-8")
