"""The export formats: one registry, one entry per format.

Adding one: write the function that turns a ``Release`` into text, add its
line to ``FORMATS``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ptce_graph.bundled import ONTOLOGY_DIR
from ptce_graph.errors import CallError, nearest
from ptce_graph.i18n import gettext as _
from ptce_graph.i18n import mark
from ptce_graph.vocabulary import terms

if TYPE_CHECKING:
    from networkx import Graph

CONTEXT_FILE = ONTOLOGY_DIR / "context.jsonld"


@dataclass(frozen=True)
class Release:
    """What is exported: the dataset as sorted N-Quads, and the network of all links."""

    nquads: str
    graph: Graph


@dataclass(frozen=True)
class Format:
    """A format: the name the command takes, the file ending, what it cannot say, its function."""

    name: str
    extension: str
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
    """For Gephi: the network of all links; kinds of links joined by ``|``.

    The date that networkx writes in the head is left out: same data, same bytes.
    """
    import io
    from xml.etree import ElementTree

    import networkx as nx

    graph = nx.Graph()
    for node, data in release.graph.nodes(data=True):
        graph.add_node(node, label=data["name"], type=data["type"])
    for one, other, data in release.graph.edges(data=True):
        graph.add_edge(
            one,
            other,
            kinds="|".join(data["kinds"]),
            facts=len(data["facts"]),
            weight=data["weight"],
        )
    buffer = io.BytesIO()
    nx.write_gexf(graph, buffer, prettyprint=True)
    namespace = "http://www.gexf.net/1.2draft"
    ElementTree.register_namespace("", namespace)
    root = ElementTree.fromstring(buffer.getvalue())  # noqa: S314 - written just above
    for meta in root.findall(f"{{{namespace}}}meta"):
        meta.attrib.pop("lastmodifieddate", None)
    written = ElementTree.tostring(root, encoding="unicode")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + written + "\n"


_NO_GRAPHS = mark(
    "Turtle has no named graphs: facts keep their passage (prov:wasDerivedFrom), but names, "
    "statuts and places no longer tell which document gives them. TriG keeps them."
)
_NETWORK_ONLY = mark("GEXF holds the network only: nodes, links and their kinds, without passages.")

FORMATS: dict[str, Format] = {
    format_.name: format_
    for format_ in (
        Format("trig", "trig", "", _trig),
        Format("nq", "nq", "", _nquads),
        Format("ttl", "ttl", _NO_GRAPHS, _turtle),
        Format("jsonld", "jsonld", "", _jsonld),
        Format("gexf", "gexf", _NETWORK_ONLY, _gexf),
    )
}


def export_text(release: Release, name: str) -> str:
    """The dataset in the format called ``name``; ``CallError`` where there is none."""
    return format_named(name).write(release)


def format_named(name: str) -> Format:
    """The format called ``name``; ``CallError`` tells the nearest where there is none."""
    if name not in FORMATS:
        raise CallError(
            _("There is no format named {name}.").format(name=name),
            _("Did you mean {nearest}? The formats: {all}.").format(
                nearest=nearest(name, list(FORMATS)) or next(iter(FORMATS)),
                all=", ".join(FORMATS),
            ),
        )
    return FORMATS[name]
