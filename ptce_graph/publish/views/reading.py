"""The dataset read as things, for the views of it in the words of others.

A view says less than the dataset, so it is made from the published quads and
not from the tables: what a view holds can always be found in the dataset.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from ptce_graph.dataset.history import is_history_graph
from ptce_graph.vocabulary import terms
from ptce_graph.vocabulary.iris import CODE_BASE, DEFAULT_BASE

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode

ADMS_IDENTIFIER = terms.ADMS_IDENTIFIER_PROPERTY
#: What is followed from its object back to its subject.
_INVERSE = (
    terms.ORG_MEMBER,
    terms.ORG_ORGANIZATION_PROPERTY,
    terms.OWL_SAME_AS,
    terms.RDF_TYPE,
)
_DATES = (terms.TIME_IN_XSD_DATE, terms.TIME_IN_XSD_G_YEAR_MONTH, terms.TIME_IN_XSD_G_YEAR)


@dataclass(frozen=True)
class Membership:
    """A belonging as the documents tell it; dates as ``2007``, ``2007-03`` or empty."""

    iri: str
    member: str
    whole: str
    role: str
    start: str
    end: str


@dataclass
class Reading:
    """The triples of a dataset by subject, each once however many documents say it."""

    told: dict[str, dict[str, list[NamedNode | Literal]]] = field(default_factory=dict)
    inverse: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    base: str = DEFAULT_BASE

    # Values

    def nodes(self, subject: str, predicate: str) -> list[str]:
        """The IRIs or texts that ``subject`` has for ``predicate``, in their order."""
        return [term.value for term in self.told.get(subject, {}).get(predicate, ())]

    def node(self, subject: str, predicate: str) -> str:
        """The first of ``nodes``, or nothing."""
        return next(iter(self.nodes(subject, predicate)), "")

    def subjects(self, predicate: str, thing: str) -> list[str]:
        """The things that have ``thing`` for ``predicate`` (one of ``_INVERSE``)."""
        return self.inverse.get(thing, {}).get(predicate, [])

    def name(self, thing: str, language: str = "fr") -> str:
        """The name to show, in ``language`` where there is one; its IRI's end otherwise."""
        found = self.told.get(thing, {})
        labels = [*found.get(terms.SKOS_PREF_LABEL, ()), *found.get(terms.DCTERMS_TITLE, ())]
        named = [x.value for x in labels if getattr(x, "language", None) == language]
        return next(iter(named or [x.value for x in labels]), thing.rsplit("/", 1)[-1])

    def code(self, concept: str) -> tuple[str, str]:
        """The list and the code of a concept of ours; two empty texts for anything else."""
        if not concept.startswith(CODE_BASE):
            return "", ""
        scheme, _slash, code = concept.removeprefix(CODE_BASE).partition("/")
        return scheme, code

    def codes(self, thing: str, predicate: str) -> set[str]:
        """The codes, without their list, that ``thing`` has for ``predicate``."""
        return {self.code(concept)[1] for concept in self.nodes(thing, predicate)}

    # Things

    def is_a(self, thing: str, *classes: str) -> bool:
        """Whether ``thing`` is told to be of one of ``classes``."""
        return not set(classes).isdisjoint(self.nodes(thing, terms.RDF_TYPE))

    def of(self, *classes: str) -> list[str]:
        """The things told to be of one of ``classes``, sorted."""
        return sorted({thing for c in classes for thing in self.subjects(terms.RDF_TYPE, c)})

    def actors(self) -> list[str]:
        """Every organisation and pole, sorted by IRI."""
        return self.of(
            terms.ORG_ORGANIZATION_CLASS,
            terms.ORG_FORMAL_ORGANIZATION,
            terms.PTCE_NETWORK,
            terms.PTCE_POLE,
        )

    def sources(self, thing: str) -> list[str]:
        """The documents whose passages tell of ``thing``, sorted."""
        passages = self.nodes(thing, terms.PROV_WAS_DERIVED_FROM)
        return sorted({self.node(p, terms.DCTERMS_IS_PART_OF) for p in passages} - {""})

    def merged(self, thing: str) -> list[str]:
        """The other addresses of the same thing, sorted; those of other datasets among them."""
        theirs = self.nodes(thing, terms.OWL_SAME_AS)
        return sorted({*theirs, *self.subjects(terms.OWL_SAME_AS, thing)})

    def memberships(self, member: str) -> list[Membership]:
        """What ``member`` belongs to, once per whole, role and period."""
        return self._memberships(self.subjects(terms.ORG_MEMBER, member))

    def members(self, whole: str) -> list[Membership]:
        """What belongs to ``whole``, once per member, role and period."""
        return self._memberships(self.subjects(terms.ORG_ORGANIZATION_PROPERTY, whole))

    def _memberships(self, nodes: Iterable[str]) -> list[Membership]:
        found: dict[tuple[str, ...], Membership] = {}
        for node in sorted(nodes):
            during = self.node(node, terms.ORG_MEMBER_DURING)
            membership = Membership(
                node,
                self.node(node, terms.ORG_MEMBER),
                self.node(node, terms.ORG_ORGANIZATION_PROPERTY),
                self.node(node, terms.ORG_ROLE_PROPERTY),
                self._date(during, terms.TIME_HAS_BEGINNING),
                self._date(during, terms.TIME_HAS_END),
            )
            told = membership
            found.setdefault((told.whole, told.member, told.role, told.start, told.end), told)
        return [found[key] for key in sorted(found)]

    def _date(self, interval: str, bound: str) -> str:
        instant = self.node(interval, bound)
        return next((d for p in _DATES for d in self.nodes(instant, p)), "")

    # Places

    def place_type(self, place: str) -> str:
        """``commune``, ``departement``, ``region``, ``region-ancienne``, ``territoire``."""
        return self.code(self.node(place, terms.PTCE_PLACE_TYPE))[1]

    def region(self, place: str) -> str:
        """The region of today that holds ``place``, itself included; nothing where unknown.

        A region of before 2016 leads to the one that took over from it.
        """
        seen: set[str] = set()
        while place and place not in seen:
            seen.add(place)
            if self.place_type(place) == "region":
                return place
            follow = self.node(place, terms.PTCE_SUCCESSOR)
            place = follow or self.node(place, terms.PTCE_WITHIN)
        return ""


@lru_cache(maxsize=1)
def _read(nquads: str) -> Reading:
    from pyoxigraph import BlankNode, RdfFormat, Triple, parse

    reading = Reading()
    seen: set[tuple[str, str, str]] = set()
    for quad in parse(nquads, format=RdfFormat.N_QUADS):
        subject, predicate, term = quad.subject, quad.predicate.value, quad.object
        if isinstance(subject, (BlankNode, Triple)) or isinstance(term, (BlankNode, Triple)):
            continue
        if is_history_graph(str(quad.graph_name)):
            continue
        key = (subject.value, predicate, str(term))
        if key in seen:
            continue
        seen.add(key)
        reading.told.setdefault(subject.value, {}).setdefault(predicate, []).append(term)
        if predicate in _INVERSE:
            back = reading.inverse.setdefault(term.value, {}).setdefault(predicate, [])
            back.append(subject.value)
    return reading


def read(nquads: str, base: str = DEFAULT_BASE) -> Reading:
    """``nquads`` as things; the same text is read once."""
    found = _read(nquads)
    return found if found.base == base else Reading(found.told, found.inverse, base)
