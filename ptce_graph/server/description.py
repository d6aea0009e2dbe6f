"""The endpoint's description of itself, in the terms of SPARQL 1.1 Service Description."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from ptce_graph.server.negotiation import GRAPH_FORMATS, SOLUTION_FORMATS, Format

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_FORMATS = "http://www.w3.org/ns/formats/"

#: Of W3C, "Unique URIs for file formats".
_FORMAT_NAMES = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "ttl": "Turtle",
    "nt": "N-Triples",
    "rdfxml": "RDF_XML",
    "jsonld": "JSON-LD",
    "trig": "TriG",
    "nq": "N-Quads",
}


def service_description(endpoint: str, quads: Mapping[str, int], format_: Format) -> bytes:
    """The description of the endpoint at the address ``endpoint``, in a format of triples.

    ``quads`` counts the triples of each named graph, and of their merge under
    an empty name. No blank node; the order is always the same.
    """
    import pyoxigraph as ox

    lines = _lines(endpoint, quads)
    triples = sorted(ox.parse("\n".join(lines), format=ox.RdfFormat.N_TRIPLES), key=str)
    plain = [quad.triple for quad in triples]
    written = ox.serialize(plain, format=getattr(ox.RdfFormat, format_.writer))
    assert written is not None
    return written


def _lines(endpoint: str, quads: Mapping[str, int]) -> list[str]:
    service, dataset, merge = (
        f"<{endpoint}#{name}>" for name in ("service", "dataset", "default-graph")
    )

    def said(subject: str, term: str, value: str) -> str:
        return f"{subject} <{_SD}{term}> {value} ."

    def typed(subject: str, kind: str) -> str:
        return f"{subject} <{_RDF}type> <{_SD}{kind}> ."

    def counted(graph: str, count: int) -> str:
        return f'{graph} <{_VOID}triples> "{count}"^^<{_XSD}integer> .'

    lines = [
        typed(service, "Service"),
        said(service, "endpoint", f"<{endpoint}>"),
        said(service, "supportedLanguage", f"<{_SD}SPARQL11Query>"),
        *(
            said(service, "resultFormat", f"<{_FORMATS}{_FORMAT_NAMES[format_.name]}>")
            for format_ in (*SOLUTION_FORMATS, *GRAPH_FORMATS)
        ),
        said(service, "defaultDataset", dataset),
        typed(dataset, "Dataset"),
        said(dataset, "defaultGraph", merge),
        typed(merge, "Graph"),
        counted(merge, quads.get("", 0)),
    ]
    for name in sorted(filter(None, quads)):
        entry = f"<{endpoint}#graph-{quote(name.rsplit('/', 1)[-1], safe='')}>"
        graph = entry.removesuffix(">") + "-content>"
        lines += [
            said(dataset, "namedGraph", entry),
            typed(entry, "NamedGraph"),
            said(entry, "name", f"<{name}>"),
            said(entry, "graph", graph),
            typed(graph, "Graph"),
            counted(graph, quads[name]),
        ]
    return lines
