"""The 33 pitfalls that OOPS! detects by itself, looked for in our ontology.

Catalogue: Poveda-Villalón, Gómez-Pérez, Suárez-Figueroa (2014), "OOPS!", with
P40 and P41 added since. Each test says what it found, or why there is nothing
to find.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from ptce_graph.publish.ontology.terms import (
    CLASS,
    NAMESPACE,
    OBJECT,
    ONTOLOGY_IRI,
    all_terms,
    ontology,
    shortened,
)

if TYPE_CHECKING:
    from rdflib import URIRef

    from ptce_graph.publish.ontology.terms import Term


class Pitfall(NamedTuple):
    """A pitfall, whether it is avoided (``None``: cannot be told here), and what was found."""

    id: str
    name: str
    avoided: bool | None
    evidence: str


Found = tuple[bool | None, str]


def pitfalls() -> list[Pitfall]:
    """All 33, in the order of the catalogue."""
    return [Pitfall(id_, name, *test()) for id_, name, test in _PITFALLS]


# Parts of the tests


def _classes() -> list[Term]:
    return [term for term in all_terms() if term.kind == CLASS]


def _properties() -> list[Term]:
    return [term for term in all_terms() if term.kind != CLASS]


def _none(found: Iterable[str], nothing: str) -> Found:
    """Avoided where nothing was found; the first few otherwise."""
    names = sorted(set(found))
    if not names:
        return True, nothing
    return False, f"{len(names)}: {', '.join(names[:8])}" + (" …" if len(names) > 8 else "")


def _statements(name: str) -> list[tuple[str, str]]:
    """Subjects and objects of an OWL property in the ontology."""
    from rdflib import OWL

    pairs = ontology().subject_objects(OWL[name])
    return [(shortened(str(s)), shortened(str(o))) for s, o in pairs]


def _no_statement(name: str) -> Callable[[], Found]:
    """A pitfall of wrong axioms, where the ontology has no axiom of the kind."""
    return lambda: _none(
        (f"{one} {other}" for one, other in _statements(name)), f"no owl:{name} is stated"
    )


def _same_labels(found: list[Term]) -> list[str]:
    """Names of terms that share a label in a language."""
    count = Counter((lang, text.casefold()) for t in found for lang, text in t.labels.items())
    return [
        f"ptce:{term.name} “{text}”"
        for term in found
        for lang, text in term.labels.items()
        if count[lang, text.casefold()] > 1
    ]


# The tests


def _unconnected() -> Found:
    used = {iri for t in _properties() for iri in (*t.domain, *t.range)}
    used |= {iri for t in _classes() for iri in t.above}
    lone = [shortened(t.iri) for t in _classes() if not t.above and t.iri not in used]
    return _none(lone, "every class has a superclass or stands in a domain or range")


def _cycles() -> Found:
    from rdflib import RDFS, URIRef

    graph = ontology()
    found = [
        t.name
        for t in all_terms()
        for relation in (RDFS.subClassOf, RDFS.subPropertyOf)
        for above in graph.objects(URIRef(t.iri), relation)
        if URIRef(t.iri) in set(graph.transitive_objects(above, relation))
    ]
    return _none(found, "no class or property is above itself")


def _merged() -> Found:
    words = re.compile(r"[A-Z][a-z]+(And|Or)[A-Z]")
    found = [t.name for t in _classes() if words.search(t.name)]
    return _none(found, "no class name joins two notions by And or Or")


def _annotations() -> Found:
    found = [t.name for t in all_terms() if not t.labels or not t.definitions]
    return _none(found, f"{len(all_terms())} terms have labels and definitions")


def _disjoint() -> Found:
    from rdflib import OWL, RDF
    from rdflib.collection import Collection

    graph = ontology()
    told = [
        len(Collection(graph, members))
        for axiom in graph.subjects(RDF.type, OWL.AllDisjointClasses)
        for members in graph.objects(axiom, OWL.members)
    ]
    return bool(told), f"owl:AllDisjointClasses over {sum(told)} of {len(_classes())} classes"


def _domain_range() -> Found:
    found = [t.name for t in _properties() if not t.domain or not t.range]
    return _none(found, f"{len(_properties())} properties have a domain and a range")


def _inverses() -> Found:
    found = [
        t.name
        for t in all_terms()
        if t.kind == OBJECT
        and not t.inverse
        and "symmetric" not in t.traits
        and not _to_concepts(t)
    ]
    met, told = _none(found, "every relation between things has an inverse or is symmetric")
    return met, told + ("" if met else " (on purpose: SPARQL reads any relation backwards)")


def _to_concepts(term: Term) -> bool:
    """A property whose values are codes: its inverse would be a list of all that has the code."""
    return term.range == ("http://www.w3.org/2004/02/skos/core#Concept",)


def _several_domains() -> Found:
    found = [t.name for t in _properties() if len(t.domain) > 1 or len(t.range) > 1]
    return _none(found, "no property has several domains or ranges")


def _swapped() -> Found:
    found = [
        t.name
        for t in all_terms()
        for lang, text in t.definitions.items()
        if len(text) <= len(t.labels.get(lang, "")) or text == t.labels.get(lang)
    ]
    return _none(found, "every definition is longer than its label")


def _miscellaneous() -> Found:
    found = [t.name for t in _classes() if re.search(r"Other|Misc", t.name)]
    return _none(found, "no class of what is left over")


def _naming() -> Found:
    found = [
        t.name
        for t in all_terms()
        if not re.fullmatch(
            r"[A-Z][a-zA-Z]*" if t.kind == CLASS else r"[a-z][a-zA-Z]*",
            t.name,
        )
    ]
    return _none(found, "UpperCamelCase for classes, lowerCamelCase for properties")


def _recursive() -> Found:
    from rdflib import BNode

    found = [str(s) for s, _p, o in ontology() if isinstance(o, BNode) and s == o]
    return _none(found, "no class is defined by an expression that holds it")


def _self_inverse() -> Found:
    return _none((s for s, o in _statements("inverseOf") if s == o), "no owl:inverseOf is stated")


def _symmetric_inverse() -> Found:
    found = [t.name for t in all_terms() if t.inverse and "symmetric" in t.traits]
    return _none(found, "no symmetric property has an inverse stated")


def _trait(name: str) -> Callable[[], Found]:
    """A symmetric or transitive property needs one class at both ends."""

    def test() -> Found:
        found = [t for t in all_terms() if name in t.traits]
        wrong = [t.name for t in found if t.domain != t.range]
        told = ", ".join(t.name for t in found)
        return _none(wrong, f"the {name} properties ({told}) have one class at both ends")

    return test


def _equivalents(of: Callable[[], list[Term]]) -> Callable[[], Found]:
    """Terms of one kind with one name, which may mean one thing."""
    return lambda: _none(_same_labels(of()), "no two of them share a label in a language")


def _same_label_properties() -> Found:
    found = []
    for kind in {t.kind for t in _properties()}:
        found += _same_labels([t for t in _properties() if t.kind == kind])
    return _none(found, "no two properties of a kind share a label in a language")


def _untyped(position: str) -> Callable[[], Found]:
    """What is used as a class or a property has to be declared as one, here or by OWL."""

    def test() -> Found:
        from rdflib import OWL, RDF, RDFS, XSD, URIRef

        graph = ontology()
        typed = {s for s in graph.subjects(RDF.type, None) if isinstance(s, URIRef)}
        if position == "class":
            relations: tuple[URIRef, ...] = (RDFS.subClassOf, RDFS.domain, RDFS.range)
            used: set[Any] = {o for relation in relations for o in graph.objects(None, relation)}
            used |= set(graph.objects(None, RDF.type))
        else:
            used = set(graph.predicates())
        known = tuple(map(str, (OWL, RDF, RDFS, XSD)))
        found = [
            shortened(str(u))
            for u in used
            if isinstance(u, URIRef) and u not in typed and not str(u).startswith(known)
        ]
        return _none(found, f"every {position} in use is declared")

    return test


def _file_extension() -> Found:
    found = re.findall(r"\.(?:owl|rdf|ttl|n3|rdfxml)\b", ONTOLOGY_IRI)
    return _none(found, ONTOLOGY_IRI)


def _declared() -> Found:
    from rdflib import OWL, RDF

    told = [str(s) for s in ontology().subjects(RDF.type, OWL.Ontology)]
    return told == [ONTOLOGY_IRI], ", ".join(told)


def _namespace() -> Found:
    from rdflib import OWL, URIRef

    told = list(ontology().objects(URIRef(ONTOLOGY_IRI), OWL.versionIRI))
    met = bool(told) and NAMESPACE == ONTOLOGY_IRI + "#"
    return met, f"{NAMESPACE} is the ontology’s address and a hash"


def _hijacking() -> Found:
    """Terms of others that rdflib's copies of their vocabularies do not know."""
    from rdflib import DCTERMS, FOAF, ORG, OWL, PROV, QB, RDF, RDFS, SKOS, TIME, VANN, XSD, URIRef

    closed = (DCTERMS, FOAF, ORG, OWL, PROV, QB, RDF, RDFS, SKOS, TIME, VANN, XSD)
    named = {n for triple in ontology() for n in triple if isinstance(n, URIRef)}
    found, counted, others = [], 0, set()
    for iri in named:
        namespace = next((ns for ns in closed if str(iri).startswith(str(ns))), None)
        if namespace is None:
            others.add(iri)
        elif str(iri).rstrip("#") != str(namespace).rstrip("#/"):
            counted += 1
            if iri not in namespace:
                found.append(shortened(str(iri)))
    return _none(found, f"{counted} terms of others exist in the vocabularies that rdflib holds")


def _licensed() -> Found:
    from rdflib import DCTERMS, URIRef

    told = [str(o) for o in ontology().objects(URIRef(ONTOLOGY_IRI), DCTERMS.license)]
    return bool(told), ", ".join(told)


def _is_relation() -> Found:
    found = [t.name for t in _properties() if t.name in ("is", "isA", "kindOf")]
    return _none(found, "no property is called is")


_PITFALLS: tuple[tuple[str, str, Callable[[], Found]], ...] = (
    ("P02", "creating synonyms as classes", _no_statement("equivalentClass")),
    ("P03", "creating the relationship “is”", _is_relation),
    ("P04", "creating unconnected elements", _unconnected),
    ("P05", "defining wrong inverse relationships", _no_statement("inverseOf")),
    ("P06", "including cycles in a hierarchy", _cycles),
    ("P07", "merging different concepts in the same class", _merged),
    ("P08", "missing annotations", _annotations),
    ("P10", "missing disjointness", _disjoint),
    ("P11", "missing domain or range in properties", _domain_range),
    ("P12", "equivalent properties not explicitly declared", _same_label_properties),
    ("P13", "inverse relationships not explicitly declared", _inverses),
    ("P19", "defining multiple domains or ranges", _several_domains),
    ("P20", "misusing ontology annotations", _swapped),
    ("P21", "using a miscellaneous class", _miscellaneous),
    ("P22", "using different naming conventions", _naming),
    ("P24", "using recursive definitions", _recursive),
    ("P25", "defining a relationship as inverse to itself", _self_inverse),
    ("P26", "defining inverse relationships for a symmetric one", _symmetric_inverse),
    ("P27", "defining wrong equivalent properties", _no_statement("equivalentProperty")),
    ("P28", "defining wrong symmetric relationships", _trait("symmetric")),
    ("P29", "defining wrong transitive relationships", _trait("transitive")),
    ("P30", "equivalent classes not explicitly declared", _equivalents(_classes)),
    ("P31", "defining wrong equivalent classes", _no_statement("equivalentClass")),
    ("P32", "several classes with the same label", _equivalents(_classes)),
    ("P33", "a property chain with just one property", _no_statement("propertyChainAxiom")),
    ("P34", "untyped class", _untyped("class")),
    ("P35", "untyped property", _untyped("property")),
    ("P36", "URI contains file extension", _file_extension),
    ("P37", "ontology not available on the Web", lambda: (None, f"to be fetched: {ONTOLOGY_IRI}")),
    ("P38", "no OWL ontology declaration", _declared),
    ("P39", "ambiguous namespace", _namespace),
    ("P40", "namespace hijacking", _hijacking),
    ("P41", "no license declared", _licensed),
)
