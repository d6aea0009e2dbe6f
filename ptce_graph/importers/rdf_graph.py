"""A file of RDF as what each of its subjects says, in the fields that we know.

The parser asks nothing of a network: contexts of JSON-LD that stand elsewhere
are refused, entities of XML that lie outside the file too.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _
from ptce_graph.importers.rdf_terms import (
    FIELD_OF_PROPERTY,
    KIND_OF_CLASS,
    RDF_TYPE,
    is_personal,
    normal,
)

#: A value: an address or a blank node (``_:…``) with ``""``, or a text with its language.
Value = tuple[str, str, bool]

_SUFFIXES = {
    ".ttl": "TURTLE",
    ".turtle": "TURTLE",
    ".n3": "TURTLE",
    ".nt": "N_TRIPLES",
    ".nq": "N_QUADS",
    ".trig": "TRIG",
    ".rdf": "RDF_XML",
    ".owl": "RDF_XML",
    ".xml": "RDF_XML",
    ".jsonld": "JSON_LD",
    ".json": "JSON_LD",
}
#: schema.org's own context names its terms, and little else that is of use here.
_SCHEMA_CONTEXT = re.compile(
    rb'("@context"\s*:\s*)"https?://(?:www\.)?schema\.org/?(?:docs/jsonldcontext\.jsonld?)?"'
)
_HISTORY = ".history"
_ENTITY = re.compile(rb"<!ENTITY\s+(?:%\s+)?\S+\s+(?:SYSTEM|PUBLIC|\"[^\"]*&|'[^']*&)")
_START = 65_536
_MAX_WHOLE = 1 << 28


@dataclass
class Graph:
    """By subject, then by field (see ``rdf_terms``), the values; the kinds of each subject.

    Blank nodes have no name of their own that would stay: they are numbered in
    the order of the file. ``used`` and ``unused`` count the properties met.
    """

    told: dict[str, dict[str, list[Value]]] = field(default_factory=dict)
    kinds: dict[str, set[str]] = field(default_factory=dict)
    used: Counter[str] = field(default_factory=Counter)
    unused: Counter[str] = field(default_factory=Counter)
    classes: Counter[str] = field(default_factory=Counter)
    #: Legal forms that no code of ours means exactly.
    unmatched: Counter[str] = field(default_factory=Counter)
    former: int = 0

    def values(self, subject: str, name: str) -> list[Value]:
        """The values of a field, in one order whatever the file's."""
        return sorted(self.told.get(subject, {}).get(name, ()))

    def texts(self, subject: str, name: str) -> list[str]:
        """The values of a field as texts; addresses as they are."""
        return [value for value, _language, _node in self.values(subject, name)]

    def nodes(self, subject: str, name: str) -> list[str]:
        """The values of a field that are subjects: addresses and blank nodes."""
        return [value for value, _language, node in self.values(subject, name) if node]

    def best(self, subject: str, name: str) -> str:
        """One text of a field: the French one, then one without language, English, any."""
        order = {"fr": 0, "": 1, "en": 2}
        texts = [v for v in self.values(subject, name) if not v[2] and v[0].strip()]
        return min(texts, key=lambda v: (order.get(v[1][:2], 3), v))[0] if texts else ""


def read_graph(path: Path) -> Graph:
    """The graph of a file; ``CallError`` where it is no RDF, or asks for what lies elsewhere."""
    import pyoxigraph as ox

    graph = Graph()
    numbers: dict[str, str] = {}
    try:
        format_ = getattr(ox.RdfFormat, _format(path))
        source: dict[str, Any] = {"path": str(path)}
        if format_ in (ox.RdfFormat.JSON_LD, ox.RdfFormat.RDF_XML):
            _refuse_large(path)
        if format_ == ox.RdfFormat.JSON_LD:
            source = {
                "input": _SCHEMA_CONTEXT.sub(
                    rb'\1{"@vocab":"https://schema.org/"}', path.read_bytes()
                )
            }
        for quad in ox.parse(format=format_, base_iri=f"file:///{'x'}", **source):
            _add(graph, quad, numbers)
    except OSError as error:
        raise CallError(
            _("{file} cannot be read: {reason}.").format(file=path.name, reason=error.strerror)
        ) from error
    except MemoryError as error:
        # So the parser calls its own limit of the length of a term.
        raise _unreadable(path, _("a term is too long")) from error
    except (SyntaxError, ValueError, RecursionError) as error:
        raise _unreadable(path, str(error)) from error
    return graph


def _format(path: Path) -> str:
    with path.open("rb") as stream:
        start = stream.read(_START)
    known = _SUFFIXES.get(path.suffix.lower())
    bare = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if bare.startswith((b"<?xml", b"<rdf:RDF", b"<!DOCTYPE")):
        known = "RDF_XML"
        if _ENTITY.search(start):
            raise ValueError(_("it defines an entity of entities, or one that lies elsewhere"))
    elif bare[:1] in (b"{", b"[") and known not in ("TRIG", "TURTLE"):
        known = "JSON_LD"
    return known or "TURTLE"


def _refuse_large(path: Path) -> None:
    """JSON and XML are held in memory: a larger graph is told in lines."""
    if path.stat().st_size > _MAX_WHOLE:
        message = _("{file} is too large: {size} MB, where {most} are read.")
        size = path.stat().st_size >> 20
        raise CallError(
            message.format(file=path.name, size=size, most=_MAX_WHOLE >> 20),
            _("Save it as N-Triples (.nt) or Turtle (.ttl), which are read line by line."),
        )


def _unreadable(path: Path, told: str) -> CallError:
    if "LoadDocumentCallback" in told or "remote context" in told:
        return CallError(
            _("{file} names a context that stands elsewhere: nothing is fetched.").format(
                file=path.name
            ),
            _("Save it with its context inside, or as Turtle."),
        )
    return CallError(
        _("{file} cannot be read as RDF: {reason}").format(file=path.name, reason=told[:200]),
        _("The name tells the format: .ttl, .nt, .nq, .trig, .rdf or .jsonld."),
    )


def _add(graph: Graph, quad: Any, numbers: dict[str, str]) -> None:
    if str(getattr(quad.graph_name, "value", "")).endswith(_HISTORY):
        graph.former += 1
        return
    predicate = quad.predicate.value
    subject = _node(quad.subject, numbers)
    if subject is None:
        graph.unused[predicate] += 1
        return
    if predicate == RDF_TYPE:
        iri = getattr(quad.object, "value", "")
        kind = KIND_OF_CLASS.get(normal(iri))
        graph.classes[iri] += 1
        if kind:
            graph.kinds.setdefault(subject, set()).add(kind)
        return
    name = None if is_personal(predicate) else FIELD_OF_PROPERTY.get(normal(predicate))
    if name is None:
        graph.unused[predicate] += 1
        return
    graph.used[predicate] += 1
    node = _node(quad.object, numbers)
    if node is not None:
        value: Value = (node, "", True)
    else:
        value = (quad.object.value, getattr(quad.object, "language", None) or "", False)
    held = graph.told.setdefault(subject, {}).setdefault(name, [])
    if value not in held:
        held.append(value)


def _node(term: Any, numbers: dict[str, str]) -> str | None:
    """An address, or a blank node by its number; ``None`` for a text or a triple."""
    import pyoxigraph as ox

    if isinstance(term, ox.NamedNode):
        return str(term.value)
    if isinstance(term, ox.BlankNode):
        return numbers.setdefault(term.value, f"_:{len(numbers):09}")
    return None
