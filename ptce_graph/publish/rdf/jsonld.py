"""JSON-LD by the project's context (``ontology/context.jsonld``), and nested trees of it.

General compaction (rdflib, pyld) takes minutes where the data are large; with
one known context and no blank node a term of the context is looked up per
property, and what it cannot say is written in full.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from ptce_graph.bundled import ONTOLOGY_DIR
from ptce_graph.publish.rdf.serialised import lines_of
from ptce_graph.vocabulary import terms

if TYPE_CHECKING:
    from ptce_graph.publish.release import Release

CONTEXT_FILE = ONTOLOGY_DIR / "context.jsonld"
Json = Any
#: A quad or a triple of pyoxigraph, and a term of one; the dataset holds no blank node.
Statement = Any
RdfTerm = Any
_KEYWORDS = {"id": "@id", "type": "@type", "graph": "@graph"}
#: In a JSON-LD context an IRI of two parts opens with a prefix that ends in one of these.
_ENDS_OF_PREFIXES = (":", "/", "?", "#", "[", "]", "@")


@dataclass(frozen=True)
class Term:
    """A term of the context: its name, its IRI, how its values are read."""

    name: str
    iri: str
    type: str = ""
    by_language: bool = False
    always_list: bool = False


class Context:
    """A JSON-LD 1.1 context of prefixes and terms, none of them scoped."""

    def __init__(self, document: dict[str, Json]) -> None:
        self.definitions: dict[str, Json] = document["@context"]
        texts = {
            name: told
            for name, told in self.definitions.items()
            if isinstance(told, str) and not told.startswith("@") and not name.startswith("@")
        }
        self.prefixes = {
            name: told for name, told in texts.items() if told.endswith(_ENDS_OF_PREFIXES)
        }
        self.terms = {term.iri: term for term in self._terms(texts)}
        self._compacted: dict[str, str] = {}

    def _terms(self, texts: dict[str, str]) -> Iterator[Term]:
        for name, told in self.definitions.items():
            if name in texts and name not in self.prefixes:
                yield Term(name, self.whole(told))
            elif isinstance(told, dict):
                containers = told.get("@container", [])
                yield Term(
                    name,
                    self.whole(told["@id"]),
                    self.whole(told.get("@type", "")),
                    "@language" in containers,
                    "@set" in containers,
                )

    def whole(self, name: str) -> str:
        """``org:member`` as an IRI; what has no known prefix as it is."""
        prefix, _colon, local = name.partition(":")
        return self.prefixes[prefix] + local if prefix in self.prefixes else name

    def compact(self, iri: str) -> str:
        """A class or a property as its term, as ``prefix:local``, or in full."""
        if iri not in self._compacted:
            term = self.terms.get(iri)
            self._compacted[iri] = term.name if term else self.compact_iri(iri)
        return self._compacted[iri]

    def compact_iri(self, iri: str) -> str:
        """``prefix:local``, or the IRI in full where no prefix opens it."""
        for prefix, opening in self.prefixes.items():
            local = iri[len(opening) :]
            if iri.startswith(opening) and not local.startswith("//"):
                return f"{prefix}:{local}"
        return iri

    def part(self, tree: Json) -> dict[str, Json]:
        """The definitions that the keys and types of ``tree`` need, in the context's order."""
        used: set[str] = set()
        _names_in(tree, used)
        kept = {name for name in used if name in self.definitions}
        for name in used:
            told = self.definitions.get(name, name)
            iris = [told] if isinstance(told, str) else [told["@id"], told.get("@type", "")]
            kept |= {prefix for iri in iris if (prefix := iri.partition(":")[0]) in self.prefixes}
        return {
            name: told
            for name, told in self.definitions.items()
            if name in kept or name == "@version"
        }


@cache
def project_context() -> Context:
    """The context of ``ontology/context.jsonld``."""
    return Context(json.loads(CONTEXT_FILE.read_text(encoding="utf-8")))


def _names_in(tree: Json, used: set[str]) -> None:
    """Every key and every type of a tree: the names that a context must explain."""
    if isinstance(tree, list):
        for item in tree:
            _names_in(item, used)
    elif isinstance(tree, dict):
        for key, value in tree.items():
            used.add(key)
            used.add(key.partition(":")[0])
            if key in ("type", "@type"):
                types = value if isinstance(value, list) else [value]
                used |= {*types, *(name.partition(":")[0] for name in types)}
            _names_in(value, used)


class Node:
    """One thing as a JSON object, filled statement by statement."""

    def __init__(self, context: Context, iri: str) -> None:
        self.context = context
        self.members: dict[str, Json] = {"id": iri}

    def add(self, predicate: str, value: RdfTerm | Node) -> None:
        """One value of a property; a ``Node`` is nested."""
        if predicate == terms.RDF_TYPE and not isinstance(value, Node):
            _append(self.members, "type", self.context.compact(value.value))
            return
        term = self.context.terms.get(predicate)
        if term and term.by_language:
            if not isinstance(value, Node) and getattr(value, "language", None):
                texts = self.members.setdefault(term.name, {})
                _append(texts, value.language, value.value, term.always_list)
                return
            # Such a term holds a map of languages and nothing else.
            term = None
        key = term.name if term else self.context.compact_iri(predicate)
        _append(self.members, key, self._value(term, value), bool(term and term.always_list))

    def _value(self, term: Term | None, value: RdfTerm | Node) -> Json:
        coerced = term.type if term else ""
        if isinstance(value, Node):
            return value.members
        datatype = getattr(value, "datatype", None)
        if datatype is None:
            return value.value if coerced == "@id" else {"id": value.value}
        if value.language:
            return {"@value": value.value, "@language": value.language}
        if datatype.value == (coerced or terms.XSD_STRING):
            return value.value
        if datatype.value == terms.XSD_STRING:
            return {"@value": value.value}
        return {"@value": value.value, "@type": self.context.compact_iri(datatype.value)}


def _append(members: dict[str, Json], key: str, value: Json, always_list: bool = False) -> None:
    if key not in members:
        members[key] = [value] if always_list else value
    elif isinstance(members[key], list):
        members[key].append(value)
    else:
        members[key] = [members[key], value]


def jsonld(release: Release) -> bytes:
    """Every graph in compact JSON-LD, the context written into it so that it stands alone."""
    return jsonld_of(lines_of(release.nquads))


def jsonld_of(nquads: Iterable[str]) -> bytes:
    """Sorted lines of N-Quads in the same form."""
    from pyoxigraph import RdfFormat, parse

    context = project_context()
    lines = sorted(nquads, key=lambda line: line.rsplit(" ", 2)[1])
    quads = parse("\n".join(lines), format=RdfFormat.N_QUADS)
    graphs = [
        {"id": graph.value, "graph": list(_nodes(context, told))}
        for graph, told in groupby(quads, key=lambda quad: quad.graph_name)
    ]
    return json_bytes({"@context": context.definitions, "graph": graphs})


def json_bytes(document: Json) -> bytes:
    """A JSON document for people and programs: UTF-8, one blank of indentation."""
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _nodes(context: Context, statements: Iterable[Statement]) -> Iterator[Json]:
    """The things that statements, sorted by subject, speak of."""
    for subject, told in groupby(statements, key=lambda statement: statement.subject):
        node = Node(context, subject.value)
        for statement in told:
            node.add(statement.predicate.value, statement.object)
        yield node.members


def tree_text(root: str, triples: Iterable[str]) -> str:
    """Lines of N-Triples as one JSON-LD tree that grows from ``root``.

    Each thing is told where it is met first, and later by its name. What leads
    to the root stands under ``@reverse``. Only the definitions that the tree
    needs are in its context.
    """
    from pyoxigraph import RdfFormat, parse

    context = project_context()
    triples = sorted(triples)
    statements = parse("\n".join(triples), format=RdfFormat.N_TRIPLES)
    tree = _Tree(context, statements).of(root)
    return json_bytes({"@context": context.part(tree), **tree}).decode("utf-8")


_NAME_PROPERTIES = (terms.SKOS_PREF_LABEL, terms.DCTERMS_TITLE)


class _Tree:
    """Statements by subject and by object, and what of them is nested already."""

    def __init__(self, context: Context, statements: Iterable[Statement]) -> None:
        self.context = context
        self.told: dict[str, list[tuple[str, Any]]] = {}
        self.towards: dict[str, list[tuple[str, str]]] = {}
        for statement in statements:
            subject, predicate = statement.subject.value, statement.predicate.value
            self.told.setdefault(subject, []).append((predicate, statement.object))
            self.towards.setdefault(statement.object.value, []).append((subject, predicate))
        self.done: set[str] = set()
        self.led: set[tuple[str, str, str]] = set()

    def of(self, root: str) -> Json:
        """The tree of ``root``: everything told in it, or leading to it."""
        members = self.nested(root).members
        reverse: dict[str, Json] = members.pop("@reverse", {})
        for subject, predicate in self.towards.get(root, ()):
            if (subject, predicate, root) not in self.led:
                self._lead(reverse, subject, predicate, root)
        if reverse:
            members["@reverse"] = reverse
        return members

    def _lead(self, reverse: dict[str, Json], subject: str, predicate: str, whole: str) -> None:
        self.led.add((subject, predicate, whole))
        known = subject in self.done
        node = self.name(subject) if known else self.nested(subject, (predicate, whole))
        key = self.context.compact(predicate)
        reverse.setdefault(key, []).append(node.members)

    def nested(self, iri: str, without: tuple[str, str] = ("", "")) -> Node:
        """A thing with all that is told of it, but for the link that it hangs from."""
        self.done.add(iri)
        node = Node(self.context, iri)
        for predicate, value in self.told.get(iri, ()):
            if (predicate, value.value) != without:
                node.add(predicate, self._met(predicate, value))
        cooperations: dict[str, Json] = {}
        for subject, predicate in self.towards.get(iri, ()):
            # A cooperation leads to its participations, and is met from one of them.
            if predicate == terms.PTCE_PARTICIPATION_PROPERTY and subject not in self.done:
                self._lead(cooperations, subject, predicate, iri)
        if cooperations:
            node.members["@reverse"] = cooperations
        return node

    def _met(self, predicate: str, value: Any) -> Any:
        if predicate == terms.RDF_TYPE or hasattr(value, "datatype"):
            return value
        iri = value.value
        if iri not in self.told:
            return value
        return self.name(iri) if iri in self.done or self._only_named(iri) else self.nested(iri)

    def _only_named(self, iri: str) -> bool:
        return all(predicate in _NAME_PROPERTIES for predicate, _value in self.told[iri])

    def name(self, iri: str) -> Node:
        """A thing by its name: enough where it is told in full elsewhere, or not at all."""
        node = Node(self.context, iri)
        for predicate, value in self.told.get(iri, ()):
            if predicate in _NAME_PROPERTIES:
                node.add(predicate, value)
        return node
