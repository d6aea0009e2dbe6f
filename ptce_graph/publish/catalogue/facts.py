"""What the catalogue says of the facts: their documents, their number, their place and time."""

from __future__ import annotations

from ptce_graph.dataset.quads import iri, literal
from ptce_graph.i18n import LANGUAGES, mark, translator
from ptce_graph.publish.catalogue.statements import (
    DC,
    DCAT,
    DCTERMS,
    DQV,
    FOAF,
    PROV,
    RDFS,
    SKOS,
    Statements,
    whole_number,
)
from ptce_graph.publish.release import Release
from ptce_graph.tables.coverage import counts, undocumented
from ptce_graph.vocabulary import authorities
from ptce_graph.vocabulary.iris import slug, thing_iri

_WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"
#: The role of a document towards the dataset, in IANA's list of relations.
ORIGINAL = "http://www.iana.org/assignments/relation/original"
_NO_LICENCE = mark("The document states no licence: its rights stay with its authors.")

#: What ``coverage.undocumented`` counts, as the text of a metric.
MISSING = {
    "organisation without a legal form": mark("organisations without a legal form"),
    "organisation without a kind": mark("organisations without a kind"),
    "organisation without a place": mark("organisations without a place"),
    "pole without a place": mark("poles without a place"),
    "pole without a carrier": mark("poles without a carrier"),
    "pole without a website": mark("poles without a website"),
    "pole without a date of creation or start": mark("poles without a date of creation or start"),
}
#: What the tables of the sources hold, as the text of a metric.
HELD = {
    "organisations": mark("facts about organisations"),
    "poles": mark("facts about poles"),
    "memberships": mark("memberships"),
    "cooperations": mark("cooperations"),
    "participations": mark("participations in cooperations"),
    "calls": mark("calls"),
    "candidacies": mark("candidacies"),
    "figures": mark("figures"),
    "characteristics": mark("characteristics"),
    "criteria": mark("criteria"),
    "framework": mark("items of the assessment framework"),
    "definitions": mark("definitions"),
    "total": mark("facts in all"),
}


def in_languages(text: str) -> dict[str, str]:
    """A marked text in each language."""
    return {language: translator(language)(text) for language in LANGUAGES}


def described_documents(told: Statements, release: Release) -> None:
    """Each document the dataset comes from: title, date, publisher and rights as it states them.

    DCAT-AP keeps ``dcterms:source`` for datasets, and a document is none: the
    relation is ``prov:wasDerivedFrom``, and ``dcat:qualifiedRelation`` with
    the role of an original.
    """
    dataset = iri(release.dataset_iri)
    documents = release.facts.tables.documents
    for identifier, document in sorted(documents.items()):
        node = iri(thing_iri("source", identifier, release.base_iri))
        relation = iri(f"{release.dataset_iri}#source-{identifier}")
        told.add(dataset, f"{PROV}wasDerivedFrom", node)
        told.add(dataset, f"{DCAT}qualifiedRelation", relation)
        told.a(relation, f"{DCAT}Relationship")
        told.add(relation, f"{DCTERMS}relation", node)
        told.add(relation, f"{DCAT}hadRole", iri(ORIGINAL))
        told.a(node, f"{FOAF}Document", f"{PROV}Entity")
        told.add(node, f"{DCTERMS}title", literal(document.title, document.language))
        if document.publisher:
            told.add(node, f"{DC}publisher", literal(document.publisher))
        told.date(node, f"{DCTERMS}date", document.date)
        told.add(node, f"{DC}language", literal(document.language))
        rights = iri(f"{release.dataset_iri}#rights-{identifier}")
        told.add(node, f"{DCTERMS}rights", rights)
        told.a(rights, f"{DCTERMS}RightsStatement")
        if document.licence:
            told.add(rights, f"{RDFS}label", literal(document.licence))
        else:
            told.texts(rights, f"{RDFS}label", in_languages(_NO_LICENCE))
    if documents:
        told.a(iri(ORIGINAL), f"{DCAT}Role")
        told.texts(iri(ORIGINAL), f"{RDFS}label", {"fr": "original", "en": "original"})


def measured(told: Statements, release: Release) -> None:
    """How many facts the dataset holds, and of how many things something is missing (DQV)."""
    dataset = iri(release.dataset_iri)
    numbers = [
        (f"facts-{kind}", HELD.get(str(kind), f"facts: {kind}"), int(number))
        for kind, number in counts(release.facts).loc["total"].items()
    ]
    rows = undocumented(release.facts).itertuples()
    numbers += [(slug(row.what), MISSING.get(row.what, row.what), int(row.missing)) for row in rows]
    for name, text, number in numbers:
        node = iri(f"{release.dataset_iri}#quality-{name}")
        metric = iri(thing_iri("metric", name, release.base_iri))
        told.add(dataset, f"{DQV}hasQualityMeasurement", node)
        told.a(node, f"{DQV}QualityMeasurement")
        told.add(node, f"{DQV}computedOn", dataset)
        told.add(node, f"{DQV}isMeasurementOf", metric)
        told.add(node, f"{DQV}value", whole_number(number))
        told.a(metric, f"{DQV}Metric")
        # Some have their preferred label in the dataset itself.
        told.texts(metric, f"{RDFS}label", in_languages(text))


def where_and_when(told: Statements, release: Release) -> None:
    """The territories the data are about, and the time: each with its bounds."""
    about = release.about
    for name in about.territories:
        territory = authorities.TERRITORIES[name]
        node, (west, south, east, north) = iri(territory.code.iri), territory.box
        told.a(node, f"{DCTERMS}Location")
        labels = {"fr": territory.code.fr, "en": territory.code.en}
        told.texts(node, f"{SKOS}prefLabel", labels)
        corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
        box = ", ".join(f"{x} {y}" for x, y in corners)
        told.add(node, f"{DCAT}bbox", literal(f"POLYGON(({box}))", datatype=_WKT))
        middle = f"POINT({(west + east) / 2:.3f} {(south + north) / 2:.3f})"
        told.add(node, f"{DCAT}centroid", literal(middle, datatype=_WKT))
    if about.start or about.end:
        period = iri(f"{release.dataset_iri}#period")
        told.a(period, f"{DCTERMS}PeriodOfTime")
        told.date(period, f"{DCAT}startDate", about.start)
        told.date(period, f"{DCAT}endDate", about.end)
