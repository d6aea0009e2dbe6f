"""The export formats: one registry, one entry per format.

Adding one: write the function that turns a ``Release`` into bytes (or into
several files), add its line to ``FORMATS``, and say in ``loss`` what it cannot hold.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ptce_graph.errors import CallError, unknown_choice
from ptce_graph.files import write_bytes_whole
from ptce_graph.i18n import gettext as _
from ptce_graph.i18n import mark
from ptce_graph.publish.release import Release

__all__ = ["FORMATS", "Format", "Release", "export_bytes", "export_text", "format_named"]


@dataclass(frozen=True)
class Format:
    """A format: the name the command takes, what it is, what it cannot say, its function.

    ``files`` gives relative file names and their bytes: one, or several that
    make a ``folder``. ``suffix`` is that of each file; ``media_type`` is theirs
    (IANA). ``loss`` is empty where every quad can be read back.
    """

    name: str
    title: str
    loss: str
    files: Callable[[Release], dict[str, bytes]]
    media_type: str
    suffix: str
    folder: bool = False


def _one(name: str, write: Callable[[Release], bytes]) -> Callable[[Release], dict[str, bytes]]:
    return lambda release: {name: write(release)}


# Each module is imported when its format is asked for.


def _nquads(release: Release) -> bytes:
    from ptce_graph.publish.rdf.serialised import nquads

    return nquads(release)


def _ntriples(release: Release) -> bytes:
    from ptce_graph.publish.rdf.serialised import ntriples

    return ntriples(release)


def _trig(release: Release) -> bytes:
    from ptce_graph.publish.rdf.serialised import trig

    return trig(release)


def _turtle(release: Release) -> bytes:
    from ptce_graph.publish.rdf.serialised import turtle

    return turtle(release)


def _rdfxml(release: Release) -> bytes:
    from ptce_graph.publish.rdf.serialised import rdfxml

    return rdfxml(release)


def _jsonld(release: Release) -> bytes:
    from ptce_graph.publish.rdf.jsonld import jsonld

    return jsonld(release)


def _csv(release: Release) -> dict[str, bytes]:
    from ptce_graph.publish.tabular.files import csv_folder

    return csv_folder(release)


def _parquet(release: Release) -> dict[str, bytes]:
    from ptce_graph.publish.tabular.files import parquet_folder

    return parquet_folder(release)


def _gexf(release: Release) -> bytes:
    from ptce_graph.publish.graph_files import gexf

    return gexf(release.network).encode("utf-8")


def _graphml(release: Release) -> bytes:
    from ptce_graph.publish.graph_files import graphml

    return graphml(release.network).encode("utf-8")


def _essglobal(release: Release) -> bytes:
    from ptce_graph.publish.views.essglobal import essglobal

    return essglobal(release).encode("utf-8")


def _schema_org(release: Release) -> bytes:
    from ptce_graph.publish.views.schema_org import schema_org

    return schema_org(release).encode("utf-8")


def _murmurations(release: Release) -> dict[str, bytes]:
    from ptce_graph.publish.views.murmurations import murmurations

    return murmurations(release)


_NO_GRAPHS = mark(
    "It has no named graphs: facts keep their passage (prov:wasDerivedFrom), but names, "
    "statuts and places no longer tell which document gives them. TriG keeps them."
)
_NO_GRAPHS_IN_XML = mark(
    "It has no named graphs: facts keep their passage (prov:wasDerivedFrom), but names, "
    "statuts and places no longer tell which document gives them. TriG keeps them. Characters "
    "that XML cannot hold (control characters) become U+FFFD."
)
_TABLES = mark(
    "Tables hold what documents say, each row with its document; not the links that are computed "
    "from it (org:memberOf, ptce:cooperatesWith, ptce:hasCharacteristic), nor the counts of facts. "
    "A text that a spreadsheet would compute has an apostrophe before it."
)
_PARQUET = mark(
    "Tables hold what documents say, each row with its document; not the links that are computed "
    "from it (org:memberOf, ptce:cooperatesWith, ptce:hasCharacteristic), nor the counts of facts. "
    "Figures are numbers of double precision."
)
_NETWORK_ONLY = mark(
    "A network file holds the network only: nodes, links, their kinds, roles and documents; not "
    "their passages, their direction (who belongs to whom) or their dates. Links that a document "
    "only plans are in it, marked by their state; measures are those of observed links. Beyond "
    "2,000 nodes it gives no positions."
)
_ESSGLOBAL = mark(
    "A view for maps and directories of the solidarity economy, in the terms of ESSglobal: "
    "organisations, networks and poles, and who is tied to whom; not passages, roles, dates, "
    "calls or figures."
)
_SCHEMA_ORG = mark(
    "A view for search engines, in the terms of schema.org: the dataset, its documents, "
    "organisations, networks and poles; not passages, cooperations, who carries a pole, calls or "
    "figures."
)
_MURMURATIONS = mark(
    "A view for the index of Murmurations: one profile per organisation or pole that has a "
    "website, with what its schema can hold; index.json tells what has no profile, and why. No "
    "passages, cooperations, dates, calls or figures."
)

FORMATS: dict[str, Format] = {
    format_.name: format_
    for format_ in (
        Format(
            "trig",
            mark("TriG: RDF with a named graph per document"),
            "",
            _one("dataset.trig", _trig),
            "application/trig",
            ".trig",
        ),
        Format(
            "nq",
            mark("N-Quads: the same, one statement per line, sorted"),
            "",
            _one("dataset.nq", _nquads),
            "application/n-quads",
            ".nq",
        ),
        Format(
            "jsonld",
            mark("JSON-LD: the same, with the project's context"),
            "",
            _one("dataset.jsonld", _jsonld),
            "application/ld+json",
            ".jsonld",
        ),
        Format(
            "ttl",
            mark("Turtle: RDF without named graphs"),
            _NO_GRAPHS,
            _one("dataset.ttl", _turtle),
            "text/turtle",
            ".ttl",
        ),
        Format(
            "nt",
            mark("N-Triples: the same, one statement per line, sorted"),
            _NO_GRAPHS,
            _one("dataset.nt", _ntriples),
            "application/n-triples",
            ".nt",
        ),
        Format(
            "rdfxml",
            mark("RDF/XML: RDF without named graphs, for older tools"),
            _NO_GRAPHS_IN_XML,
            _one("dataset.rdf", _rdfxml),
            "application/rdf+xml",
            ".rdf",
        ),
        Format(
            "csv",
            mark("CSV: a folder of tables, described by CSV on the Web"),
            _TABLES,
            _csv,
            "text/csv",
            ".csv",
            folder=True,
        ),
        Format(
            "parquet",
            mark("Parquet: a folder of the same tables"),
            _PARQUET,
            _parquet,
            "application/vnd.apache.parquet",
            ".parquet",
            folder=True,
        ),
        Format(
            "gexf",
            mark("GEXF: the network, for Gephi"),
            _NETWORK_ONLY,
            _one("network.gexf", _gexf),
            "application/gexf+xml",
            ".gexf",
        ),
        Format(
            "graphml",
            mark("GraphML: the network, for Cytoscape, R and others"),
            _NETWORK_ONLY,
            _one("network.graphml", _graphml),
            "application/graphml+xml",
            ".graphml",
        ),
        Format(
            "essglobal",
            mark("ESSglobal: organisations as Turtle, for other observatories"),
            _ESSGLOBAL,
            _one("essglobal.ttl", _essglobal),
            "text/turtle",
            ".ttl",
        ),
        Format(
            "schema",
            mark("schema.org: organisations as JSON-LD, for search engines"),
            _SCHEMA_ORG,
            _one("schema.jsonld", _schema_org),
            "application/ld+json",
            ".jsonld",
        ),
        Format(
            "murmurations",
            mark("Murmurations: a folder of profiles of organisations"),
            _MURMURATIONS,
            _murmurations,
            "application/json",
            ".json",
            folder=True,
        ),
    )
}


def format_named(name: str) -> Format:
    """The format called ``name``; ``CallError`` tells the nearest where there is none."""
    if name not in FORMATS:
        raise unknown_choice(_("There is no format named {name}.").format(name=name), name, FORMATS)
    return FORMATS[name]


def export_bytes(release: Release, name: str) -> bytes:
    """The dataset in a format of one file; ``CallError`` where it has several or is unknown."""
    format_ = format_named(name)
    if format_.folder:
        raise CallError(
            _("{name} makes several files.").format(name=name),
            _("Name a folder for them: ptce-graph export {name} -o {name}").format(name=name),
        )
    return next(iter(format_.files(release).values()))


def export_text(release: Release, name: str) -> str:
    """``export_bytes`` as text."""
    return export_bytes(release, name).decode("utf-8")


def write_export(release: Release, name: str, path: Path) -> Path:
    """Write the dataset to the file, or for several files the folder, ``path``; return it.

    Whole or not at all. Raises ``CallError`` for an unknown format, for a
    folder where a file is meant and the other way round, and for a folder that
    holds other files.
    """
    format_ = format_named(name)
    if format_.folder:
        from ptce_graph.publish.folders import write_folder

        write_folder(path, format_.files(release))
    else:
        if path.is_dir():
            raise CallError(_("{path} is a folder, not a file.").format(path=path))
        write_bytes_whole(path, export_bytes(release, name))
    return path
