"""What FOOPS! and OOPS! ask of an ontology, answered here without a network.

FOOPS! (Garijo, Corcho, Poveda-Villalón 2021): the 15 tests that it runs on a
file. OOPS! (Poveda-Villalón, Gómez-Pérez, Suárez-Figueroa 2014): the 33
pitfalls of its catalogue that it detects by itself (41 less the 8 that need a
person: P01, P09, P14 to P18, P23). These are our own tests after their
descriptions, not the tools: OOPS! looks some words up in a thesaurus, we do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ptce_graph.publish.ontology.pitfalls import pitfalls
from ptce_graph.publish.ontology.terms import (
    NAMESPACE,
    ONTOLOGY_FILE,
    ONTOLOGY_IRI,
    all_terms,
    header,
    ontology,
)
from ptce_graph.vocabulary import terms

if TYPE_CHECKING:
    from collections.abc import Callable


class Check(NamedTuple):
    """One line of a scorecard: ``met`` is ``None`` where it cannot be told without a network."""

    id: str
    name: str
    met: bool | None
    evidence: str


_DC = terms.PREFIXES["dcterms"]
_OWL = terms.PREFIXES["owl"]
_VANN = "http://purl.org/vocab/vann/"
_BIBO = "http://purl.org/ontology/bibo/"
_FOAF = terms.PREFIXES["foaf"]
#: What each metadata test asks for, by the predicate we use for it.
_MINIMUM = {
    "title": _DC + "title",
    "description": _DC + "description",
    "licence": _DC + "license",
    "version IRI": _OWL + "versionIRI",
    "creator": _DC + "creator",
    "namespace": _VANN + "preferredNamespaceUri",
}
_RECOMMENDED = {
    "prefix": _VANN + "preferredNamespacePrefix",
    "version": _OWL + "versionInfo",
    "creation date": _DC + "created",
    "citation": _DC + "bibliographicCitation",
}
_DETAILED = {
    "DOI": _BIBO + "doi",
    "publisher": _DC + "publisher",
    "logo": _FOAF + "logo",
    "status": _BIBO + "status",
    "source": _DC + "source",
    "issue date": _DC + "issued",
}
_BASIC_PROVENANCE = {"creator": _DC + "creator", "creation date": _DC + "created"}
_FULL_PROVENANCE = {"issue date": _DC + "issued", "publisher": _DC + "publisher"}
#: Vocabularies for metadata that FOOPS! counts (test VOC1).
_METADATA = (_DC, _VANN, _BIBO, _FOAF, _OWL, terms.PREFIXES["schema"], terms.PREFIXES["prov"])


def ontology_checks() -> list[Check]:
    """The 15 tests of FOOPS! on a file, then the 33 pitfalls of OOPS!, in their order.

    For a pitfall, ``met`` says that it is avoided. The evidence names what was
    found or is missing; texts are in English.
    """
    told = [Check(f"FOOPS {id_}", name, *test()) for id_, name, test in _TESTS]
    return told + [Check(f"OOPS {p.id}", p.name, p.avoided, p.evidence) for p in pitfalls()]


Answer = tuple[bool | None, str]


def _has(wanted: dict[str, str]) -> Answer:
    missing = [name for name, predicate in wanted.items() if predicate not in header()]
    found = [name for name in wanted if name not in missing]
    told = f"declared: {', '.join(found)}" if found else "nothing declared"
    return not missing, told + (f"; missing: {', '.join(missing)}" if missing else "")


def _persistent() -> Answer:
    hosts = ("w3id.org", "purl.org", "doi.org", "www.w3.org", "data.europa.eu")
    met = ONTOLOGY_IRI.partition("://")[2].startswith(hosts)
    return met, ONTOLOGY_IRI


def _parsed() -> Answer:
    return len(ontology()) > 0, f"{ONTOLOGY_FILE.name}: {len(ontology())} triples read by rdflib"


def _licence() -> Answer:
    told = [text for text, _language in header().get(_DC + "license", ())]
    return bool(told), ", ".join(told)


def _licence_resolves() -> Answer:
    return None, f"to be fetched: {_licence()[1]}"


def _prefix() -> Answer:
    told = [text for text, _lang in header().get(_VANN + "preferredNamespacePrefix", ())]
    return bool(told), ", ".join(told)


def _metadata_reuse() -> Answer:
    used = sorted({ns for ns in _METADATA for predicate in header() if predicate.startswith(ns)})
    return bool(used), ", ".join(used)


def _reuse() -> Answer:
    others = {
        iri
        for term in all_terms()
        for iri in (*term.above, *term.domain, *term.range)
        if not iri.startswith((NAMESPACE, _OWL, terms.PREFIXES["rdfs"], terms.PREFIXES["xsd"]))
    }
    return bool(others), f"{len(others)} terms of others: {', '.join(sorted(others)[:5])} …"


def _labelled() -> Answer:
    without = [term.name for term in all_terms() if not {"fr", "en"} <= set(term.labels)]
    return not without, f"{len(all_terms())} terms, without: {', '.join(without) or 'none'}"


def _defined() -> Answer:
    without = [term.name for term in all_terms() if not {"fr", "en"} <= set(term.definitions)]
    return not without, f"{len(all_terms())} terms, without: {', '.join(without) or 'none'}"


def _version() -> Answer:
    told = [text for text, _language in header().get(_OWL + "versionIRI", ())]
    return bool(told) and ONTOLOGY_IRI not in told, ", ".join(told)


_TESTS: tuple[tuple[str, str, Callable[[], Answer]], ...] = (
    ("PURL1", "persistent address", _persistent),
    ("RDF1", "available in RDF", _parsed),
    ("OM1", "minimum metadata", lambda: _has(_MINIMUM)),
    ("OM2", "recommended metadata", lambda: _has(_RECOMMENDED)),
    ("OM3", "detailed metadata", lambda: _has(_DETAILED)),
    ("OM4.1", "licence declared", _licence),
    ("OM4.2", "licence resolvable", _licence_resolves),
    ("OM5.1", "basic provenance", lambda: _has(_BASIC_PROVENANCE)),
    ("OM5.2", "detailed provenance", lambda: _has(_FULL_PROVENANCE)),
    ("FIND1", "prefix declared", _prefix),
    ("VOC1", "vocabularies reused for metadata", _metadata_reuse),
    ("VOC2", "vocabularies reused or extended", _reuse),
    ("VOC3", "all terms have labels", _labelled),
    ("VOC4", "all terms have definitions", _defined),
    ("VER1", "version IRI declared", _version),
)
