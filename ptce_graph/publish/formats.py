"""The export formats: one registry, one entry per format.

Adding one: write the function that turns a ``Release`` into text, add its
line to ``FORMATS``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ptce_graph.bundled import ONTOLOGY_DIR
from ptce_graph.errors import unknown_choice
from ptce_graph.i18n import gettext as _
from ptce_graph.i18n import mark
from ptce_graph.vocabulary import terms

if TYPE_CHECKING:
    from ptce_graph.network.network import Network

#: What XML 1.0 cannot hold, not even escaped.
_NOT_XML = re.compile("[^\\t\\n\\r -\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")

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
    """For Gephi: the network of all links; what has several values joins them by ``|``.

    Labels are in French, the language of the data. The date that networkx
    writes in the head is left out: same data, same bytes.
    """
    import io
    from xml.etree import ElementTree

    import networkx as nx

    graph = nx.Graph()
    told = _told_of_nodes(release)
    for node, data in release.network.graph.nodes(data=True):
        graph.add_node(_xml(node), label=_xml(data["name"]), type=data["type"], **told[node])
    for one, other, data in release.network.graph.edges(data=True):
        facts = release.network.links.loc[list(data["facts"])]
        pairs = zip(facts["kind"], facts["role"], strict=True)
        roles = [_role(release, kind, role) for kind, role in pairs]
        graph.add_edge(
            _xml(one),
            _xml(other),
            kinds=_joined(data["kinds"]),
            roles=_joined(roles),
            sources=_joined(facts["source"]),
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


def _told_of_nodes(release: Release) -> dict[str, dict[str, Any]]:
    """What the facts tell of each node, by the names that Gephi shows."""
    from ptce_graph.analysis.belonging import memberships

    tables, actors = release.network.facts.tables, release.network.facts.actors
    places = dict(zip(tables.frames["places"]["id"], tables.frames["places"]["name"], strict=True))
    joined = dict(zip(release.network.ids, memberships(release.network), strict=True))
    kinds = (
        release.network.facts.frames["cooperations"].drop_duplicates("id").set_index("id")["kind"]
    )

    def label(scheme: str, codes: Iterable[str]) -> str:
        return _joined(tables.label(scheme, code, "fr") for code in codes if code)

    told: dict[str, dict[str, Any]] = {}
    for node, degree in release.network.graph.degree():
        if node in actors.index:
            row = actors.loc[node]
            kind = label("organisation-kinds", (row["kind"],))
            forms = label("legal-forms", row["legal_forms"])
            accreditations = label("accreditations", row["accreditations"])
            place = _joined(places.get(place, place) for place in row["places"])
        else:
            cooperation = node.removeprefix("cooperation:")
            kind = label("cooperation-kinds", (kinds.get(cooperation, ""),))
            forms = accreditations = place = ""
        told[node] = {
            "kind": kind,
            "legal_forms": forms,
            "accreditations": accreditations,
            "place": place,
            "degree": int(degree),
            "memberships": int(joined[node]),
        }
    return told


def _role(release: Release, kind: str, code: str) -> str:
    """The role of one link in words: ``membre``, ``partenaire``; that of a carrier has no list."""
    from ptce_graph.network.links import CARRYING, MEMBERSHIP

    if kind == CARRYING:
        return "porteur"
    scheme = "membership-roles" if kind == MEMBERSHIP else "cooperation-roles"
    return release.network.facts.tables.label(scheme, code, "fr") if code else ""


def _joined(values: Iterable[str]) -> str:
    """Each value once, in alphabetical order, joined by ``|``."""
    return _xml("|".join(sorted({value for value in values if value})))


def _xml(text: str) -> str:
    """``text`` without the characters that XML 1.0 cannot hold."""
    return _NOT_XML.sub("", text)


_NO_GRAPHS = mark(
    "Turtle has no named graphs: facts keep their passage (prov:wasDerivedFrom), but names, "
    "statuts and places no longer tell which document gives them. TriG keeps them."
)
_NETWORK_ONLY = mark(
    "GEXF holds the network only: nodes, links, their kinds, roles and documents; not their "
    "passages, their direction (who belongs to whom) or their dates."
)

FORMATS: dict[str, Format] = {
    format_.name: format_
    for format_ in (
        Format("trig", "", _trig),
        Format("nq", "", _nquads),
        Format("ttl", _NO_GRAPHS, _turtle),
        Format("jsonld", "", _jsonld),
        Format("gexf", _NETWORK_ONLY, _gexf),
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
