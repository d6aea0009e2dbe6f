"""The FAIR principles, F1 to R1.3."""

from __future__ import annotations

import io

from rdflib import URIRef
from rdflib.namespace import DCTERMS, FOAF

from ptce_graph.publish.catalogue.dcat import untold
from scorecard.evidence import PTCE, VOID, Evidence
from scorecard.model import Answer, Checklist, answered
from scorecard.stars import addressed, linked

_RDF = {
    "application/trig",
    "application/n-quads",
    "application/n-triples",
    "application/ld+json",
    "text/turtle",
    "application/rdf+xml",
}


def persistent(told: Evidence) -> Answer:
    """IRIs that are unique, and kept: the second waits for w3id.org."""
    unique, how = addressed(told)
    kept, where = told.registered()
    return (kept if unique else False), f"{how}; {where}"


def described(told: Evidence) -> Answer:
    """Everything that ``dataset.yml`` may say is said, and stands in the catalogue."""
    missing = untold(told.about)
    properties = set(told.catalogue.predicates(told.dataset))
    found = f"catalog.ttl: {len(properties)} properties of the dataset"
    if missing:
        return False, f"{found}; dataset.yml does not say: {', '.join(missing)}"
    return bool(properties), f"{found}; dataset.yml leaves out nothing that untold() looks for"


def _identified(told: Evidence) -> Answer:
    named = told.catalogue.value(told.dataset, DCTERMS.identifier)
    topic = (None, FOAF.primaryTopic, told.dataset) in told.void
    files = told.distributions()
    with_file = [path for _node, path in files if path]
    met = str(named) == str(told.dataset) and topic and bool(files) and len(with_file) == len(files)
    return met, (
        f"catalog.ttl: dcterms:identifier {named}, downloadURL of {len(with_file)} of "
        f"{len(files)} distributions; void.ttl: foaf:primaryTopic {'told' if topic else 'missing'}"
    )


def _indexed(told: Evidence) -> Answer:
    online, where = told.released()
    if online is None:
        return None, f"to be searched in the portals; {where}"
    return False, f"{where}, so no portal can list the catalogue"


def resolvable(told: Evidence) -> Answer:
    """By its identifier over HTTP: needs w3id.org."""
    return told.registered()


def _protocol(told: Evidence) -> Answer:
    other = [space for space in told.spaces if not space.startswith(("http://", "https://"))]
    return bool(
        told.spaces
    ) and not other, "HTTP for every IRI and file, the SPARQL 1.1 Protocol for queries"


def _access(told: Evidence) -> Answer:
    rights = told.catalogue.value(told.dataset, DCTERMS.accessRights)
    return (
        rights is not None,
        f"catalog.ttl: dcterms:accessRights {rights}; HTTP has authentication",
    )


def _outlives(told: Evidence) -> Answer:
    kept, where = told.deposited()
    return kept, f"catalog.ttl and void.ttl stand apart from the data, but {where}"


def parsed(told: Evidence) -> Answer:
    """The RDF files are RDF: the TriG and the N-Quads file hold the same statements."""
    from pyoxigraph import RdfFormat, parse

    counts = {}
    for path, form in (("dataset.trig", RdfFormat.TRIG), ("dataset.nq", RdfFormat.N_QUADS)):
        content = told.files.get(f"data/{path}")
        counts[path] = 0 if content is None else len({*parse(io.BytesIO(content), format=form)})
    kinds = sorted(told.formats() & _RDF)
    quads = counts["dataset.nq"]
    met = quads > 0 and len(set(counts.values())) == 1
    return met, f"RDF in {len(kinds)} syntaxes; {quads} quads read back from TriG and N-Quads alike"


def vocabularies(told: Evidence) -> Answer:
    """Vocabularies of others that the dataset uses."""
    used = {str(v) for v in told.void.objects(told.dataset, VOID.vocabulary)} - {PTCE}
    return len(used) > 1, f"void.ttl: {len(used)} vocabularies of others"


def _fair_vocabularies(told: Evidence) -> Answer:
    met, used = vocabularies(told)
    kept, where = told.registered()
    return (
        kept if met else False
    ), f"{used}; our own ontology has no address that resolves: {where}"


def standards(told: Evidence) -> Answer:
    """Standards of the field, by what the catalogue says and the views that the release holds."""
    views = [name for name in ("essglobal.ttl", "schema.jsonld") if f"data/{name}" in told.files]
    profile = URIRef("https://semiceu.github.io/DCAT-AP/releases/3.0.1")
    dcat = (None, DCTERMS.conformsTo, profile) in told.catalogue
    org = URIRef("http://www.w3.org/ns/org#") in set(
        told.void.objects(told.dataset, VOID.vocabulary)
    )
    found = [
        *(["DCAT-AP 3.0.1"] if dcat else []),
        *(["the Organization Ontology"] if org else []),
        *(f"data/{view}" for view in views),
    ]
    return dcat and org and len(views) == 2, f"found: {', '.join(found) or 'none'}"


FAIR = Checklist(
    "fair",
    "FAIR principles",
    "Les principes FAIR",
    "Wilkinson et al., Scientific Data 3, 160018, 2016",
    "https://doi.org/10.1038/sdata.2016.18",
    "",
    answered(
        (
            ("F1", "globally unique and persistent identifiers", persistent),
            ("F2", "data described with rich metadata", described),
            ("F3", "metadata include the identifier of the data", _identified),
            ("F4", "registered or indexed in a searchable resource", _indexed),
            ("A1", "retrievable by identifier over a standard protocol", resolvable),
            ("A1.1", "the protocol is open, free and universal", _protocol),
            ("A1.2", "the protocol allows authentication where needed", _access),
            ("A2", "metadata stay when the data are gone", _outlives),
            ("I1", "a formal, shared language for knowledge", parsed),
            ("I2", "vocabularies that are FAIR themselves", _fair_vocabularies),
            ("I3", "qualified references to other data", linked),
            ("R1", "a plurality of accurate and relevant attributes", described),
            ("R1.1", "a clear and accessible licence", lambda told: told.licence()),
            ("R1.2", "detailed provenance", lambda told: told.provenance()),
            ("R1.3", "standards of the field", standards),
        )
    ),
)
