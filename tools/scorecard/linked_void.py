"""VoID: the metadata that its guide tells to give of a dataset, in 16 lines."""

from __future__ import annotations

from rdflib import RDF, URIRef
from rdflib.namespace import DCTERMS, FOAF

from scorecard.evidence import HERE, VOID, Evidence
from scorecard.model import Answer, Checklist, Question, answered


def _told(name: str, predicate: URIRef, where: str = "") -> Question:
    """A line that asks for one property of the dataset; ``where`` names the chapter."""

    def asked(told: Evidence) -> Answer:
        found = sorted(
            str(o).removeprefix(HERE) for o in told.void.objects(told.dataset, predicate)
        )
        few = ", ".join(found[:2]) + (" …" if len(found) > 2 else "")
        return bool(found), f"void.ttl: {len(found)}" + (f", {few}" if found else "")

    return where, name, asked


def _general(told: Evidence) -> Answer:
    wanted = ("title", "description", "publisher", "issued", "modified", "source")
    found = [name for name in wanted if (told.dataset, DCTERMS[name], None) in told.void]
    return len(found) == len(wanted), f"void.ttl: dcterms {', '.join(found) or 'none'}"


def _dumps(told: Evidence) -> Answer:
    dumps = sorted(str(o) for o in told.void.objects(told.dataset, VOID.dataDump))
    held = [path for path in dumps if path.removeprefix(HERE) in told.files]
    return bool(
        dumps
    ) and held == dumps, f"void.ttl: {len(held)} of {len(dumps)} are in the release"


def _space(told: Evidence) -> Answer:
    spaces = told.spaces
    outside = {
        s for s, _p, _o, _g in told.quads if not s.startswith(tuple(f"<{one}" for one in spaces))
    }
    return bool(spaces) and not outside, (
        f"void.ttl: {', '.join(spaces) or 'none'}; {len(outside)} subjects lie outside"
    )


def _subsets(told: Evidence) -> Answer:
    names = set(
        told.void.objects(None, URIRef("http://www.w3.org/ns/sparql-service-description#name"))
    )
    held = {f"<{name}>" for name in names}
    classes = len(set(told.void.objects(told.dataset, VOID.classPartition)))
    properties = len(set(told.void.objects(told.dataset, VOID.propertyPartition)))
    return bool(held) and held == told.named_graphs() and classes > 0 and properties > 0, (
        f"void.ttl: {len(held)} of {len(told.named_graphs())} named graphs, "
        f"{classes} class and {properties} property partitions"
    )


def _statistics(told: Evidence) -> Answer:
    """The numbers are there, and the two that can be counted plainly are right."""
    wanted = ("triples", "entities", "classes", "properties", "distinctSubjects", "distinctObjects")
    found = {name: told.void.value(told.dataset, VOID[name]) for name in wanted}
    missing = [name for name, value in found.items() if value is None]
    triples = len({quad[:3] for quad in told.quads})
    predicates = len({quad[1] for quad in told.quads})
    right = str(found["triples"]) == str(triples) and str(found["properties"]) == str(predicates)
    return right and not missing, (
        f"void.ttl: {found['triples']} triples, {found['properties']} properties; "
        f"counted in data/dataset.nq: {triples}, {predicates}"
        + (f"; missing: {', '.join(missing)}" if missing else "")
    )


def _linksets(told: Evidence) -> Answer:
    sets = set(told.void.subjects(RDF.type, VOID.Linkset))
    wanted = (VOID.subjectsTarget, VOID.objectsTarget, VOID.linkPredicate, VOID.triples)
    whole = [node for node in sets if all((node, name, None) in told.void for name in wanted)]
    return bool(sets) and len(whole) == len(sets), (
        f"void.ttl: {len(whole)} of {len(sets)} void:Linkset name both ends, property and number"
    )


VOID_LINES = Checklist(
    "void",
    "VoID",
    "VoID",
    "W3C Interest Group Note, Describing Linked Datasets with the VoID Vocabulary, 3 March 2011",
    "https://www.w3.org/TR/2011/NOTE-void-20110303/",
    "The lines of its chapters 2 (general), 3 (access), 4 (structure) and 5 (links).",
    answered(
        (
            _told("homepage: foaf:homepage", FOAF.homepage, "2"),
            ("2", "title, description, publisher, dates and sources", _general),
            _told("licence: dcterms:license", DCTERMS.license, "2"),
            _told("subjects: dcterms:subject", DCTERMS.subject, "2"),
            _told("technical features: void:feature", VOID.feature, "2"),
            _told("SPARQL endpoint: void:sparqlEndpoint", VOID.sparqlEndpoint, "3"),
            ("3", "RDF dumps: void:dataDump", _dumps),
            _told("root resources: void:rootResource", VOID.rootResource, "3"),
            _told("look-up of URIs: void:uriLookupEndpoint", VOID.uriLookupEndpoint, "3"),
            _told("OpenSearch: void:openSearchDescription", VOID.openSearchDescription, "3"),
            _told("examples: void:exampleResource", VOID.exampleResource, "4"),
            ("4", "how URIs begin: void:uriSpace", _space),
            _told("vocabularies: void:vocabulary", VOID.vocabulary, "4"),
            ("4", "subsets and partitions", _subsets),
            ("4", "statistics", _statistics),
            ("5", "links to other datasets: void:Linkset", _linksets),
        )
    ),
)
