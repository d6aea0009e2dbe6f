"""Data on the Web Best Practices: 35, of which the first half is about what is told."""

from __future__ import annotations

import json
import re

from rdflib import URIRef
from rdflib.namespace import DCTERMS, FOAF, OWL, PROV, RDF

from ptce_graph.tables.coverage import illegible, undocumented
from scorecard.dwbp_access import ACCESS
from scorecard.evidence import DCAT, DQV, VOID, Evidence
from scorecard.fair import described, persistent, vocabularies
from scorecard.model import Answer, Checklist, answered
from scorecard.stars import structured

_ADMS = "http://www.w3.org/ns/adms#"
#: What a literal of a locale would look like: 31/12/2013, and 1 234,5.
_LOCAL = re.compile(r'^"(?:\d{1,2}/\d{1,2}/\d{4}|\d{1,3}(?:[\u00a0\u202f ]\d{3})*,\d+)"$')


def _metadata(told: Evidence) -> Answer:
    held = [name for name in ("README.md", "catalog.ttl", "void.ttl") if name in told.files]
    return len(held) == 3, f"for people and for programs: {', '.join(held) or 'none'}"


def _structural(told: Evidence) -> Answer:
    content = told.files.get("data/csv/csv-metadata.json")
    if content is None or "ontology/shapes.ttl" not in told.files:
        return False, "data/csv/csv-metadata.json or ontology/shapes.ttl is missing"
    tables = json.loads(content)["tables"]
    columns = sum(len(table["tableSchema"]["columns"]) for table in tables)
    return columns > 0, (
        f"data/csv/csv-metadata.json: {len(tables)} tables, {columns} columns; ontology/shapes.ttl"
    )


def _quality(told: Evidence) -> Answer:
    measured = set(told.catalogue.objects(told.dataset, DQV.hasQualityMeasurement))
    return bool(measured), f"catalog.ttl: {len(measured)} dqv:hasQualityMeasurement"


def _version(told: Evidence) -> Answer:
    version = told.catalogue.value(told.dataset, DCAT.version)
    return version is not None, f"catalog.ttl: dcat:version {version}"


def _history(told: Evidence) -> Answer:
    notes = (told.dataset, URIRef(_ADMS + "versionNotes"), None) in told.catalogue
    version = re.escape(told.about.version)
    entry = bool(version) and re.search(rf"^## {version}\b", told.text("CHANGELOG.md"), re.M)
    return bool(notes and entry), (
        f"catalog.ttl: adms:versionNotes {'told' if notes else 'missing'}; CHANGELOG.md: "
        f"{'an entry' if entry else 'no entry'} for {told.about.version or 'the version'}"
    )


def _version_iris(told: Evidence) -> Answer:
    links = (DCAT.hasVersion, DCAT.isVersionOf, DCAT.hasCurrentVersion, OWL.versionIRI)
    found = [str(iri) for link in links for iri in told.catalogue.objects(told.dataset, link)]
    if not found:
        return False, "the dataset has one IRI for all versions: catalog.ttl has no dcat:hasVersion"
    return True, f"catalog.ttl: {', '.join(sorted(found))}"


def _neutral(told: Evidence) -> Answer:
    values = [o for _s, _p, o, _g in told.quads if o.startswith('"')]
    local = [value for value in values if _LOCAL.match(value)]
    typed = sum('"^^<' in value for value in values)
    tagged = sum(bool(re.search(r'"@[a-zA-Z-]+$', value)) for value in values)
    return bool(values) and not local and typed > 0 and tagged > 0, (
        f"data/dataset.nq: {typed} typed values, {tagged} texts with a language, "
        f"{len(local)} dates or numbers as one country writes them"
    )


def _several(told: Evidence) -> Answer:
    kinds = sorted(told.formats())
    return len(kinds) > 1, f"catalog.ttl: {len(kinds)} formats"


def _formal(told: Evidence) -> Answer:
    from rdflib import Graph

    graph = Graph().parse(data=told.files.get("ontology/ptce.ttl", b""), format="turtle")
    classes = len(set(graph.subjects(RDF.type, OWL.Class)))
    restrictions = len(set(graph.subjects(RDF.type, OWL.Restriction)))
    schemes = sum(o.endswith("#ConceptScheme>") for _s, _p, o, _g in told.quads)
    return classes > 0 and schemes > 0 and restrictions == 0, (
        f"code lists as SKOS ({schemes} schemes), {classes} classes declared or reused in "
        f"ontology/ptce.ttl, {restrictions} OWL restrictions; what must hold is in SHACL"
    )


def _up_to_date(told: Evidence) -> Answer:
    about = told.about
    met = bool(about.modified and about.frequency)
    return met, f"catalog.ttl: modified {about.modified or '?'}, frequency {about.frequency or '?'}"


def _absent(told: Evidence) -> Answer:
    missing, unread = undocumented(told.release.facts), illegible(told.release.facts)
    texts = [str(node) for node in told.catalogue.objects(told.dataset, DQV.hasQualityMeasurement)]
    counted = sum("-without-" in text for text in texts)
    return len(missing) > 0 and counted == len(missing), (
        f"README.md and catalog.ttl: {counted} counts of what no document says; "
        f"{len(unread)} items of a framework told as illegible (ptce-graph coverage)"
    )


def _kept_identifiers(told: Evidence) -> Answer:
    same = {s for s, p, _o, _g in told.quads if p == f"<{OWL.sameAs}>"}
    policy = "never removed" in re.sub(r"\s+", " ", told.text("ontology/CHANGELOG.md"))
    return bool(same) and policy, (
        f"data/dataset.nq: {len(same)} things keep merged addresses as owl:sameAs; "
        f"ontology/CHANGELOG.md {'never removes a term' if policy else 'has no such rule'}"
    )


def _preserved(told: Evidence) -> Answer:
    wanted = [
        f"ontology/{n}" for n in ("ptce.ttl", "shapes.ttl", "alignments.ttl", "context.jsonld")
    ]
    missing = [path for path in wanted if path not in told.files]
    complete, sums = told.checksums()
    return not missing and complete, (
        "the release can be read by itself: ontology, shapes, alignments, JSON-LD context"
        + (f" (missing: {', '.join(missing)})" if missing else "")
        + f"; {sums}"
    )


def _feedback(told: Evidence) -> Answer:
    if not told.about.contact_page:
        return False, "dataset.yml names no contact_page"
    reachable, where = told.registered()
    return reachable, f"catalog.ttl: dcat:contactPoint {told.about.contact_page}; {where}"


def _feedback_shown(told: Evidence) -> Answer:
    links = (DQV.hasQualityAnnotation, URIRef("http://www.w3.org/ns/duv#hasFeedback"))
    found = sum(1 for link in links for _o in told.catalogue.objects(told.dataset, link))
    return found > 0, f"catalog.ttl: {found} comments of users"


def _enriched(told: Evidence) -> Answer:
    from ptce_graph.analysis.measures import MEASURES

    made = sum(graph.endswith("/graph/shortcuts>") for _s, _p, _o, graph in told.quads)
    return (
        made > 0,
        f"{made} computed links in graph/shortcuts; {len(MEASURES)} measures (ptce-graph analyse)",
    )


def _presented(told: Evidence) -> Answer:
    from ptce_graph.cli import cli

    commands = [name for name in ("viz", "site", "report") if name in cli.commands]
    networks = [
        name for name in ("network.gexf", "network.graphml") if f"data/{name}" in told.files
    ]
    return bool(commands and networks), (
        f"ptce-graph {', '.join(commands)}: maps, pages, a report; in data/: {', '.join(networks)}"
    )


def _told_publishers(told: Evidence) -> Answer:
    documents = len(told.release.facts.tables.documents)
    return False, f"nothing says that the publishers of the {documents} documents were written to"


def _rights(told: Evidence) -> Answer:
    documents = set(told.catalogue.objects(told.dataset, PROV.wasDerivedFrom))
    stated = [node for node in documents if (node, DCTERMS.rights, None) in told.catalogue]
    places = "LICENSE-places.md" in told.files
    return bool(documents) and len(stated) == len(documents) and places, (
        f"catalog.ttl: rights of {len(stated)} of {len(documents)} documents; "
        f"LICENSE-places.md {'for' if places else 'is missing: no licence of'} the places"
    )


def _cited(told: Evidence) -> Answer:
    documents = set(told.catalogue.objects(told.dataset, PROV.wasDerivedFrom))
    titled = [
        node
        for node in documents
        if (node, RDF.type, FOAF.Document) in told.catalogue
        and (node, DCTERMS.title, None) in told.catalogue
    ]
    wanted = len(told.release.facts.tables.documents)
    return 0 < wanted == len(titled), (
        f"catalog.ttl: prov:wasDerivedFrom, with the title, for {len(titled)} of {wanted} documents"
    )


def _vocabularies(told: Evidence) -> Answer:
    met, text = vocabularies(told)
    names = sorted(str(v) for v in told.void.objects(told.dataset, VOID.vocabulary))
    return met, f"{text}, such as {', '.join(name for name in names if 'w3.org/ns/' in name)}"


DWBP = Checklist(
    "dwbp",
    "Data on the Web Best Practices",
    "Les bonnes pratiques du W3C pour les données sur le Web",
    "W3C Recommendation, 31 January 2017",
    "https://www.w3.org/TR/2017/REC-dwbp-20170131/",
    "",
    answered(
        (
            ("BP1", "Provide metadata", _metadata),
            ("BP2", "Provide descriptive metadata", described),
            ("BP3", "Provide structural metadata", _structural),
            ("BP4", "Provide data license information", lambda told: told.licence()),
            ("BP5", "Provide data provenance information", lambda told: told.provenance()),
            ("BP6", "Provide data quality information", _quality),
            ("BP7", "Provide a version indicator", _version),
            ("BP8", "Provide version history", _history),
            ("BP9", "Use persistent URIs as identifiers of datasets", lambda t: t.registered()),
            ("BP10", "Use persistent URIs as identifiers within datasets", persistent),
            ("BP11", "Assign URIs to dataset versions and series", _version_iris),
            ("BP12", "Use machine-readable standardized data formats", structured),
            ("BP13", "Use locale-neutral data representations", _neutral),
            ("BP14", "Provide data in multiple formats", _several),
            ("BP15", "Reuse vocabularies, preferably standardized ones", _vocabularies),
            ("BP16", "Choose the right formalization level", _formal),
            *ACCESS[:4],
            ("BP21", "Provide data up to date", _up_to_date),
            ("BP22", "Provide an explanation for data that is not available", _absent),
            *ACCESS[4:],
            ("BP27", "Preserve identifiers", _kept_identifiers),
            ("BP28", "Assess dataset coverage", _preserved),
            ("BP29", "Gather feedback from data consumers", _feedback),
            ("BP30", "Make feedback available", _feedback_shown),
            ("BP31", "Enrich data by generating new data", _enriched),
            ("BP32", "Provide complementary presentations", _presented),
            ("BP33", "Provide feedback to the original publisher", _told_publishers),
            ("BP34", "Follow licensing terms", _rights),
            ("BP35", "Cite the original publication", _cited),
        )
    ),
)
