"""The ontology as files to download, each always the same bytes."""

from __future__ import annotations

from ptce_graph.bundled import ONTOLOGY_DIR
from ptce_graph.i18n import mark
from ptce_graph.publish.ontology.terms import ALIGNMENTS_FILE, ONTOLOGY_FILE, PREFIXES

#: The files of the ontology, as ``ontology.files`` names them.
DOWNLOADS = (
    ("ontology.ttl", "Turtle", "text/turtle"),
    ("ontology.jsonld", "JSON-LD", "application/ld+json"),
    ("ontology.rdf", "RDF/XML", "application/rdf+xml"),
    ("alignments.ttl", mark("Alignments (Turtle)"), "text/turtle"),
    ("shapes.ttl", mark("SHACL shapes (Turtle)"), "text/turtle"),
    ("context.jsonld", mark("JSON-LD context"), "application/ld+json"),
)


def ontology_files() -> dict[str, bytes]:
    """The files a reader may download, by name: ``DOWNLOADS`` in that order.

    RDF/XML and JSON-LD hold the same triples as the Turtle file; their blank
    nodes are named canonically (RDFC-1.0), so that the same ontology always
    gives the same bytes.
    """
    from pyoxigraph import (
        CanonicalizationAlgorithm,
        Dataset,
        Quad,
        RdfFormat,
        parse,
        serialize,
    )

    turtle = ONTOLOGY_FILE.read_bytes()
    dataset = Dataset(Quad(*t.triple) for t in parse(turtle, format=RdfFormat.TURTLE))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    triples = sorted((quad.triple for quad in dataset), key=str)
    prefixes = {name: iri for name, iri in PREFIXES.items() if name != "code"}

    def written(format_: RdfFormat) -> bytes:
        return serialize(triples, format=format_, prefixes=prefixes) or b""

    return {
        "ontology.ttl": turtle,
        "ontology.jsonld": written(RdfFormat.JSON_LD),
        "ontology.rdf": written(RdfFormat.RDF_XML),
        "alignments.ttl": ALIGNMENTS_FILE.read_bytes(),
        "shapes.ttl": (ONTOLOGY_DIR / "shapes.ttl").read_bytes(),
        "context.jsonld": (ONTOLOGY_DIR / "context.jsonld").read_bytes(),
    }
