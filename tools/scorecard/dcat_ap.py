"""DCAT-AP 3.0.1: what its five main classes must and should have."""

from __future__ import annotations

from dataclasses import replace

from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF

from ptce_graph.publish.catalogue.dcat import catalogue
from scorecard.evidence import DCAT, HERE, Evidence
from scorecard.model import Checklist, Line

_R5R = Namespace("http://data.europa.eu/r5r/")
#: For each class, its mandatory and its recommended properties: those that the published shapes
#: ask for at least once.
WANTED: dict[str, tuple[URIRef, tuple[URIRef, ...], tuple[URIRef, ...]]] = {
    "Catalogue": (
        DCAT.Catalog,
        (DCTERMS.title, DCTERMS.description, DCTERMS.publisher),
        (
            DCAT.dataset,
            FOAF.homepage,
            DCTERMS.language,
            DCTERMS.license,
            DCTERMS.issued,
            DCTERMS.modified,
            DCTERMS.spatial,
            DCAT.themeTaxonomy,
        ),
    ),
    "Dataset": (
        DCAT.Dataset,
        (DCTERMS.title, DCTERMS.description),
        (
            DCAT.contactPoint,
            DCAT.distribution,
            DCAT.keyword,
            DCTERMS.publisher,
            DCTERMS.spatial,
            DCTERMS.temporal,
            DCAT.theme,
        ),
    ),
    "Distribution": (
        DCAT.Distribution,
        (DCAT.accessURL,),
        (DCTERMS.description, _R5R.availability, DCTERMS["format"], DCTERMS.license),
    ),
    "Data service": (
        DCAT.DataService,
        (DCTERMS.title, DCAT.endpointURL),
        (
            DCAT.endpointDescription,
            DCAT.servesDataset,
            DCAT.contactPoint,
            DCTERMS.publisher,
            DCAT.theme,
            DCTERMS.conformsTo,
            DCAT.keyword,
        ),
    ),
    "Agent": (FOAF.Agent, (FOAF.name,), (DCTERMS.type,)),
}
_PREFIXES = {
    str(DCAT): "dcat:",
    str(DCTERMS): "dcterms:",
    str(FOAF): "foaf:",
    str(_R5R): "dcatap:",
}
_EXAMPLE = "https://example.org/sparql"


def _lines(told: Evidence) -> list[Line]:
    lines = []
    for name, (kind, must, should) in WANTED.items():
        graph, aside = told.catalogue, ""
        things = set(graph.subjects(RDF.type, kind))
        text = f"catalog.ttl: {len(things)} {_short(kind)}"
        if kind == DCAT.DataService and not things:
            text += "; dataset.yml names no public endpoint"
        lines.append(Line(name, _short(kind), bool(things), text))
        if kind == DCAT.DataService and not things:
            graph, aside = _with_endpoint(told), "; tried with an endpoint that is an example"
            things = set(graph.subjects(RDF.type, kind))
        for rank, properties in (("mandatory", must), ("recommended", should)):
            for wanted in properties:
                having = [thing for thing in things if (thing, wanted, None) in graph]
                met = bool(things) and len(having) == len(things)
                evidence = f"on {len(having)} of {len(things)}{aside}"
                lines.append(Line(name, f"{_short(wanted)}, {rank}", met, evidence))
    return lines


def _short(iri: URIRef) -> str:
    for space, prefix in _PREFIXES.items():
        if iri.startswith(space):
            return prefix + iri.removeprefix(space)
    return str(iri)


def _with_endpoint(told: Evidence) -> Graph:
    """The catalogue as it would be, were there a SPARQL endpoint."""
    about = replace(told.about, endpoint=_EXAMPLE)
    text = catalogue(replace(told.release, about=about), [])
    return Graph().parse(data=text, format="turtle", publicID=HERE)


DCAT_AP = Checklist(
    "dcat-ap",
    "DCAT-AP, mandatory and recommended",
    "DCAT-AP, obligatoire et recommandé",
    "SEMIC, DCAT-AP 3.0.1",
    "https://semiceu.github.io/DCAT-AP/releases/3.0.1/",
    "A class counts as present where the catalogue describes at least one; a property, where "
    "every thing of the class has it. `tests/publish/test_catalogue.py` runs the SHACL shapes.",
    _lines,
)
