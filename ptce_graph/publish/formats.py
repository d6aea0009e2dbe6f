"""The export formats: one registry, one entry per format.

Adding one: write the function that turns a ``Release`` into text, add its
line to ``FORMATS``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ptce_graph.bundled import ONTOLOGY_DIR
from ptce_graph.errors import unknown_choice
from ptce_graph.i18n import gettext as _
from ptce_graph.i18n import mark
from ptce_graph.vocabulary import terms

if TYPE_CHECKING:
    from ptce_graph.network.network import Network

CONTEXT_FILE = ONTOLOGY_DIR / "context.jsonld"


@dataclass(frozen=True)
class Release:
    """What is exported: the dataset as sorted N-Quads, and the network of all links."""

    nquads: str
    network: Network


@dataclass(frozen=True)
class Format:
    """A format: the name the command takes, what it cannot say, its function."""

    name: str
    loss: str
    write: Callable[[Release], str]


def _nquads(release: Release) -> str:
    return release.nquads


def _trig(release: Release) -> str:
    return _serialized(release, "TRIG")


def _turtle(release: Release) -> str:
    return _serialized(release, "TURTLE")


def _serialized(release: Release, name: str) -> str:
    """Through pyoxigraph, in the order of the sorted quads, with the usual prefixes.

    A graph that all documents share (Turtle) holds each triple once.
    """
    from pyoxigraph import RdfFormat, parse, serialize

    format_ = getattr(RdfFormat, name)
    quads = parse(release.nquads, format=RdfFormat.N_QUADS)
    statements = dict.fromkeys(quad.triple for quad in quads) if name == "TURTLE" else list(quads)
    if name == "TRIG":
        # Graph by graph, so that each is opened once.
        statements = sorted(statements, key=lambda q: str(q.graph_name))
    else:
        statements = sorted(statements, key=str)
    written = serialize(statements, format=format_, prefixes=dict(terms.PREFIXES))
    return written.decode("utf-8") if written else ""


def _jsonld(release: Release) -> str:
    """Compacted with the project's context, written into the file so that it stands alone."""
    import json

    from rdflib import Dataset

    dataset = Dataset()
    dataset.parse(data=release.nquads, format="nquads")
    context = json.loads(CONTEXT_FILE.read_text(encoding="utf-8"))
    text = dataset.serialize(format="json-ld", context=context["@context"], auto_compact=False)
    return json.dumps(_ordered(json.loads(text)), ensure_ascii=False, indent=1) + "\n"


def _ordered(node: object) -> object:
    """JSON-LD with its keys and its sets sorted: no format of sets has an order of its own."""
    import json

    if isinstance(node, dict):
        return {
            key: value if key == "@context" else _ordered(value)
            for key, value in sorted(node.items())
        }
    if isinstance(node, list):
        return sorted(
            (_ordered(item) for item in node), key=lambda i: json.dumps(i, sort_keys=True)
        )
    return node


def _gexf(release: Release) -> str:
    from ptce_graph.publish.graph_files import gexf

    return gexf(release.network)


def _graphml(release: Release) -> str:
    from ptce_graph.publish.graph_files import graphml

    return graphml(release.network)


_NO_GRAPHS = mark(
    "Turtle has no named graphs: facts keep their passage (prov:wasDerivedFrom), but names, "
    "statuts and places no longer tell which document gives them. TriG keeps them."
)
_NETWORK_ONLY = mark(
    "A network file holds the network only: nodes, links, their kinds, roles and documents; not "
    "their passages, their direction (who belongs to whom) or their dates. Links that a document "
    "only plans are in it, marked by their state; measures are those of observed links. Beyond "
    "2,000 nodes it gives no positions."
)

FORMATS: dict[str, Format] = {
    format_.name: format_
    for format_ in (
        Format("trig", "", _trig),
        Format("nq", "", _nquads),
        Format("ttl", _NO_GRAPHS, _turtle),
        Format("jsonld", "", _jsonld),
        Format("gexf", _NETWORK_ONLY, _gexf),
        Format("graphml", _NETWORK_ONLY, _graphml),
    )
}


def export_text(release: Release, name: str) -> str:
    """The dataset in the format called ``name``; ``CallError`` where there is none."""
    return format_named(name).write(release)


def format_named(name: str) -> Format:
    """The format called ``name``; ``CallError`` tells the nearest where there is none."""
    if name not in FORMATS:
        raise unknown_choice(_("There is no format named {name}.").format(name=name), name, FORMATS)
    return FORMATS[name]
