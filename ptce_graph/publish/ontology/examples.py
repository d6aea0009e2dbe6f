"""An example of each term, taken from the data: a thing, and what is said of it with the term."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ptce_graph.publish.ontology.terms import CLASS, NAMESPACE, Term, all_terms, shortened
from ptce_graph.vocabulary import terms

if TYPE_CHECKING:
    from pyoxigraph import Triple

#: An example shows at most so many statements.
MOST = 10
#: What is shown of a thing beside the term itself, so that a reader knows what it is.
_TELLING = (terms.RDF_TYPE, terms.SKOS_PREF_LABEL, terms.ORG_MEMBER)


@lru_cache(maxsize=2)
def examples(nquads: str, base: str) -> dict[str, str]:
    """By name of term, Turtle statements without their prefixes; nothing for an unused term.

    ``base`` is the address of the things, against which their IRIs are
    written (``<pole/…>``). A class shows its first thing with a few
    statements, a property the first thing that has it.
    """
    from pyoxigraph import RdfFormat, parse

    by_subject: dict[str, list[Triple]] = {}
    first: dict[str, str] = {}
    for quad in parse(nquads, format=RdfFormat.N_QUADS):
        subject, predicate = str(quad.subject), quad.predicate.value
        by_subject.setdefault(subject, []).append(quad.triple)
        first.setdefault(predicate, subject)
        if predicate == terms.RDF_TYPE:
            first.setdefault(quad.object.value, subject)
    return {
        term.name: _written(_chosen(term, by_subject[first[term.iri]]), base)
        for term in all_terms()
        if term.iri in first
    }


def _chosen(term: Term, triples: list[Triple]) -> list[Triple]:
    """A few statements: for a class one per property, for a property those with it."""
    from pyoxigraph import NamedNode

    whole = list(dict.fromkeys(triples))
    if term.kind == CLASS:
        by_predicate = {triple.predicate.value: triple for triple in reversed(whole)}
        # Of its classes, the one the example is of.
        of_class = next(t for t in whole if t.object == NamedNode(term.iri))
        by_predicate[terms.RDF_TYPE] = of_class
        shown = [t for t in whole if by_predicate[t.predicate.value] == t]
        return sorted(shown, key=_own_last)[:MOST]
    told = [t for t in whole if t.predicate.value == term.iri][:2]
    around = [t for t in whole if t.predicate.value in _TELLING]
    named = {t.predicate.value: t for t in reversed(around)}
    return [*[named[p] for p in _TELLING if p in named], *told]


def _own_last(triple: Triple) -> tuple[bool, str]:
    """The class first, then our own properties, then those of others."""
    predicate = triple.predicate.value
    return predicate != terms.RDF_TYPE, ("0" if predicate.startswith(NAMESPACE) else "1")


def _written(triples: list[Triple], base: str) -> str:
    """``triples``, which all have one subject, as Turtle that a person reads."""
    lines: dict[str, list[str]] = {}
    for triple in triples:
        predicate = triple.predicate.value
        name = "a" if predicate == terms.RDF_TYPE else shortened(predicate)
        lines.setdefault(name, []).append(_term(triple.object, base))
    told = [f"{name} {' , '.join(values)}" for name, values in lines.items()]
    return f"{_term(triples[0].subject, base)} " + " ;\n    ".join(told) + " ."


def _term(term: object, base: str) -> str:
    """``ptce:Pole``, ``<pole/ardaines>``, ``"Ardaines"@fr``: short, and still Turtle."""
    from pyoxigraph import Literal, NamedNode

    if isinstance(term, NamedNode):
        short = shortened(term.value)
        return short if short != term.value else f"<{term.value.removeprefix(base)}>"
    text = str(term)
    if isinstance(term, Literal) and "^^<" in text:
        whole, _sign, datatype = text.rpartition("^^<")
        short = shortened(datatype.removesuffix(">"))
        return f"{whole}^^{short}" if short != datatype.removesuffix(">") else text
    return text
