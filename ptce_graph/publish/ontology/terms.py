"""The ontology, its alignments and the code lists, read for the pages that document them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from ptce_graph.bundled import ONTOLOGY_DIR
from ptce_graph.vocabulary import terms

if TYPE_CHECKING:
    from pathlib import Path

    from rdflib import Graph

ONTOLOGY_FILE = ONTOLOGY_DIR / "ptce.ttl"
ALIGNMENTS_FILE = ONTOLOGY_DIR / "alignments.ttl"
ONTOLOGY_IRI = "https://w3id.org/ptce/ontology"
NAMESPACE = terms.PREFIXES["ptce"]
CLASS, OBJECT, DATATYPE = "class", "object", "datatype"

#: Subject and object of each statement of the alignments, with the comments above it.
Reasons = dict[tuple[str, str], dict[str, str]]
_STATEMENT = re.compile(r"(\S+) (?:skos:closeMatch|rdfs:seeAlso) (\S+) \.")

#: Prefixes of the alignments beside those of the project.
PREFIXES: Mapping[str, str] = {
    **terms.PREFIXES,
    "code": "https://w3id.org/ptce/code/",
    "bibo": "http://purl.org/ontology/bibo/",
    "earl": "http://www.w3.org/ns/earl#",
    "essglobal": "http://purl.org/essglobal/vocab/",
    "insee": "http://rdf.insee.fr/def/base#",
    "legal": "http://www.w3.org/ns/legal#",
    "locn": "http://www.w3.org/ns/locn#",
    "m8g": "http://data.europa.eu/m8g/",
    "pair": "http://virtual-assembly.org/ontologies/pair#",
    "rov": "http://www.w3.org/ns/regorg#",
    "vann": "http://purl.org/vocab/vann/",
    "wd": "http://www.wikidata.org/entity/",
}


@dataclass(frozen=True)
class Alignment:
    """A term of others near one of ours: how near, and why no nearer, by language."""

    iri: str
    close: bool
    reasons: dict[str, str]


@dataclass(frozen=True)
class Term:
    """A class or property of ours; texts by language, IRIs of what it is tied to."""

    name: str
    kind: str
    labels: dict[str, str]
    definitions: dict[str, str]
    synonyms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    above: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()
    inverse: tuple[str, ...] = ()
    code_list: str = ""
    examples: tuple[str, ...] = ()
    alignments: tuple[Alignment, ...] = ()

    @property
    def iri(self) -> str:
        """Where the term is published; its fragment is its name."""
        return NAMESPACE + self.name


#: What a property is beside its kind, by the class that says it.
_TRAITS = {
    "http://www.w3.org/2002/07/owl#SymmetricProperty": "symmetric",
    "http://www.w3.org/2002/07/owl#TransitiveProperty": "transitive",
    "http://www.w3.org/2002/07/owl#FunctionalProperty": "functional",
    "http://purl.org/linked-data/cube#DimensionProperty": "dimension",
    "http://purl.org/linked-data/cube#MeasureProperty": "measure",
    "http://purl.org/linked-data/cube#AttributeProperty": "attribute",
}


@cache
def ontology() -> Graph:
    """The ontology as it is published."""
    from rdflib import Graph

    return Graph().parse(ONTOLOGY_FILE, format="turtle")


def header() -> dict[str, list[tuple[str, str]]]:
    """What the ontology says of itself: by predicate, each value with its language."""
    from rdflib import URIRef

    told: dict[str, list[tuple[str, str]]] = {}
    for predicate, value in ontology().predicate_objects(URIRef(ONTOLOGY_IRI)):
        told.setdefault(str(predicate), []).append((str(value), _language(value)))
    return {predicate: sorted(values) for predicate, values in told.items()}


@cache
def all_terms() -> tuple[Term, ...]:
    """Classes, then properties of things, then properties of values; each kind sorted."""
    from rdflib import OWL, RDF

    graph = ontology()
    found = []
    for kind, class_ in (
        (CLASS, OWL.Class),
        (OBJECT, OWL.ObjectProperty),
        (DATATYPE, OWL.DatatypeProperty),
    ):
        subjects = sorted(str(s) for s in graph.subjects(RDF.type, class_))
        own = [s for s in subjects if s.startswith(NAMESPACE)]
        found += [_term(graph, subject, kind) for subject in own]
    return tuple(found)


def _term(graph: Graph, iri: str, kind: str) -> Term:
    from rdflib import OWL, QB, RDF, RDFS, SKOS, URIRef

    node = URIRef(iri)

    def iris(*predicates: Any) -> tuple[str, ...]:
        return tuple(sorted(str(o) for p in predicates for o in graph.objects(node, p)))

    inverse = {*iris(OWL.inverseOf), *map(str, graph.subjects(OWL.inverseOf, node))}
    synonyms: dict[str, tuple[str, ...]] = {}
    for label in sorted(graph.objects(node, SKOS.altLabel), key=str):
        language = _language(label)
        synonyms[language] = (*synonyms.get(language, ()), str(label))
    return Term(
        name=iri.removeprefix(NAMESPACE),
        kind=kind,
        labels=_by_language(graph, node, RDFS.label),
        definitions=_by_language(graph, node, SKOS.definition),
        synonyms=synonyms,
        above=iris(RDFS.subClassOf, RDFS.subPropertyOf),
        domain=iris(RDFS.domain),
        range=iris(RDFS.range),
        traits=tuple(_TRAITS[t] for t in iris(RDF.type) if t in _TRAITS),
        inverse=tuple(sorted(inverse)),
        code_list=next(iter(iris(QB.codeList)), ""),
        examples=iris(SKOS.example),
        alignments=alignments_of(iri),
    )


def _by_language(graph: Graph, node: Any, predicate: Any) -> dict[str, str]:
    texts = sorted(graph.objects(node, predicate), key=str)
    return {_language(text): str(text) for text in texts}


def _language(value: object) -> str:
    return getattr(value, "language", None) or ""


@cache
def alignment_graph() -> Graph:
    """The alignments as they are published."""
    from rdflib import Graph

    return Graph().parse(ALIGNMENTS_FILE, format="turtle")


def alignments_of(iri: str) -> tuple[Alignment, ...]:
    """The alignments of a term, a code list or a code; the close ones first."""
    from rdflib import RDFS, SKOS, URIRef

    why = reasons(ALIGNMENTS_FILE)
    told = [
        Alignment(str(target), predicate == SKOS.closeMatch, why.get((iri, str(target)), {}))
        for predicate in (SKOS.closeMatch, RDFS.seeAlso)
        for target in alignment_graph().objects(URIRef(iri), predicate)
    ]
    return tuple(sorted(told, key=lambda a: (not a.close, a.iri)))


@cache
def reasons(path: Path) -> Reasons:
    """What the comments above each statement of the alignments say, by language."""
    found: Reasons = {}
    comments: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        told = re.fullmatch(r"# (en|fr): (.+)", line)
        if told:
            comments[told[1]] = told[2]
            continue
        statement = _STATEMENT.fullmatch(line)
        if statement:
            found[(expanded(statement[1]), expanded(statement[2]))] = comments
        comments = {}
    return found


def expanded(name: str) -> str:
    """``ptce:Pole`` or ``<https://…>`` as an IRI."""
    if name.startswith("<"):
        return name.strip("<>")
    prefix, _colon, local = name.partition(":")
    return PREFIXES[prefix] + local


def shortened(iri: str) -> str:
    """``ptce:Pole`` where a prefix fits and the rest is one word, else the IRI."""
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and re.fullmatch(r"[A-Za-z][\w.-]*", local):
            return f"{prefix}:{local}"
    return iri
