"""The network as GEXF and GraphML, for Gephi, Cytoscape, R: facts, measures, positions.

Both hold one undirected edge per pair, planned links too (their ``state``
tells them apart). Measures are those of observed links, as ``analyse`` gives
them. Labels are in French, the language of the data; what has several values
joins them by ``|``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from ptce_graph.i18n import mark, translator
from ptce_graph.network.links import CARRYING, MEMBERSHIP
from ptce_graph.network.network import Network
from ptce_graph.publish.results import DECIMALS

if TYPE_CHECKING:
    from networkx import Graph

#: What XML 1.0 cannot hold, not even escaped.
_NOT_XML = re.compile("[^\\t\\n\\r -\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
#: Beyond this many nodes no positions are given: Gephi lays out large networks itself.
MOST_PLACED = 2_000
LANGUAGE = "fr"
ABOUT = mark(
    "Links that a document only plans are in the file (state); measures are those of observed "
    "links, and planned actions have none."
)
OBSERVED, PLANNED = "constate", "prevu"


def gexf(network: Network) -> str:
    """``network`` as GEXF 1.2, with positions, colours and sizes as Gephi reads them (``viz``).

    Undefined measures are absent. No date is written: same data, same text.
    """
    from xml.etree.ElementTree import SubElement, tostring

    from networkx.readwrite.gexf import GEXFWriter

    graph = _graph(network)
    for _node, data in graph.nodes(data=True):
        data["viz"] = _viz(data)
    writer = GEXFWriter(graph)
    for meta in writer.xml.findall("meta"):
        meta.attrib.pop("lastmodifieddate", None)
        SubElement(meta, "description").text = graph.graph["description"]
    writer.indent(writer.xml)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(writer.xml, encoding="unicode")}\n'


def graphml(network: Network) -> str:
    """``network`` as GraphML; ``x``, ``y``, ``size`` and ``color`` are plain attributes of nodes.

    Gephi and R (igraph) draw with attributes of these names. Undefined
    measures are absent. Same data, same text.
    """
    import io

    import networkx as nx

    buffer = io.BytesIO()
    nx.write_graphml_xml(_graph(network), buffer, named_key_ids=True)
    return buffer.getvalue().decode("utf-8") + "\n"


def _viz(data: dict[str, Any]) -> dict[str, Any]:
    """Position, colour and size, taken out of ``data``, in the form that networkx writes."""
    color = data.pop("color")
    viz: dict[str, Any] = {
        "color": {band: int(color[at : at + 2], 16) for band, at in (("r", 1), ("g", 3), ("b", 5))},
        "size": data.pop("size"),
    }
    if "x" in data:
        viz["position"] = {"x": data.pop("x"), "y": data.pop("y"), "z": 0.0}
    return viz


def _graph(network: Network) -> Graph:
    """``network`` with plain attributes only: texts that XML holds, ``int`` and ``float``."""
    import networkx as nx

    label = _labels(network)
    graph = nx.Graph(description=translator(LANGUAGE)(ABOUT))
    observed = _observed(network)
    measured, look = _measured(observed), _look(network)
    for node, told in _told_of_nodes(network, label).items():
        graph.add_node(_xml(node), **told, **measured.get(node, {}), **look[node])
    links = network.links
    columns = ("kind", "role", "source", "state")
    rows = dict(zip(links.index, zip(*(links[c] for c in columns), strict=True), strict=True))
    for one, other, data in network.graph.edges(data=True):
        facts = [rows[at] for at in data["facts"]]
        planned = all(state == PLANNED for *_others, state in facts)
        kept = not planned and observed.graph.edges[one, other]
        graph.add_edge(
            _xml(one),
            _xml(other),
            kinds=_joined(data["kinds"]),
            roles=_joined(_role(label, kind, role) for kind, role, *_others in facts),
            sources=_joined(source for _kind, _part, source, _state in facts),
            state=label("states", PLANNED if planned else OBSERVED),
            facts=len(kept["facts"]) if kept else len(facts),
            # Of observed links where there are some: the measures are made of them.
            weight=kept["weight"] if kept else data["weight"],
        )
    return graph


def _labels(network: Network) -> Callable[[str, str], str]:
    """What a code of a list is called; nothing where there is no code."""
    tables = network.facts.tables

    @cache
    def label(scheme: str, code: str) -> str:
        return tables.label(scheme, code, LANGUAGE) if code else ""

    return label


def _observed(network: Network) -> Network:
    """The same network without the links that a document only plans."""
    from ptce_graph.network.filters import Filters
    from ptce_graph.network.projections import project

    told = Filters(states=(OBSERVED,))
    return project(network.facts, network.links, network.projection, told)


def _measured(observed: Network) -> dict[str, dict[str, int | float]]:
    """The measures of the observed links, by node; those that are not defined are left out."""
    from ptce_graph.analysis.measures import MEASURES, measure_nodes
    from ptce_graph.analysis.study import Study

    frame = measure_nodes(Study(observed)).set_index("id")
    found: dict[str, dict[str, int | float]] = {node: {} for node in frame.index}
    for name, measure in MEASURES.items():
        for node, value in frame[name].dropna().items():
            found[str(node)][name] = int(value) if measure.whole else round(float(value), DECIMALS)
    return found


def _look(network: Network) -> dict[str, dict[str, Any]]:
    """Colour and size of each node as on the map, and where it stands, y upwards as in Gephi."""
    from ptce_graph.maps.build import LARGEST, SMALLEST, category_of
    from ptce_graph.maps.layout import positions
    from ptce_graph.maps.names import short_names
    from ptce_graph.maps.palette import NODE_LOOKS

    graph = network.graph.copy()
    top = max((degree for _node, degree in graph.degree()), default=0) or 1
    look: dict[str, dict[str, Any]] = {}
    for node, degree in graph.degree():
        size = SMALLEST + (LARGEST - SMALLEST) * (degree / top) ** 0.5
        look[node] = {
            "size": float(round(size)),
            "color": NODE_LOOKS[category_of(network, node)][1],
        }
    if len(graph) <= MOST_PLACED:
        for node, short in short_names(network).items():
            graph.nodes[node]["label"] = short
        for node, (x, y) in positions(graph).items():
            look[node] |= {"x": float(x), "y": float(-y)}
    return look


def _told_of_nodes(network: Network, label: Callable[[str, str], str]) -> dict[str, dict[str, str]]:
    """What the facts tell of each node, in words; ``action_state`` is that of cooperations."""
    places = network.facts.tables.frames["places"]
    place_names = dict(zip(places["id"], places["name"], strict=True))
    cooperations = network.facts.frames["cooperations"].drop_duplicates("id")
    kinds = dict(zip(cooperations["id"], cooperations["kind"], strict=True))
    actors = network.facts.actors.to_dict("index")
    told = {}
    for node, data in network.graph.nodes(data=True):
        actor = actors.get(node)
        if actor:
            kind = label("organisation-kinds", actor["kind"])
        else:
            kind = label("cooperation-kinds", kinds.get(node.removeprefix("cooperation:"), ""))
        actor = actor or {"legal_forms": (), "accreditations": (), "places": ()}
        told[node] = {
            "label": _xml(data["name"]),
            "type": data["type"],
            "kind": _xml(kind),
            "legal_forms": _joined(label("legal-forms", c) for c in actor["legal_forms"]),
            "accreditations": _joined(label("accreditations", c) for c in actor["accreditations"]),
            "place": _joined(place_names.get(place, place) for place in actor["places"]),
            "action_state": label("states", data.get("state", "")),
        }
    return told


def _role(label: Callable[[str, str], str], kind: str, code: str) -> str:
    """The role of one link in words: ``membre``, ``partenaire``; that of a carrier has no list."""
    if kind == CARRYING:
        return "porteur"
    return label("membership-roles" if kind == MEMBERSHIP else "cooperation-roles", code)


def _joined(values: Iterable[str]) -> str:
    """Each value once, in alphabetical order, joined by ``|``."""
    return _xml("|".join(sorted({value for value in values if value})))


def _xml(text: str) -> str:
    """``text`` without the characters that XML 1.0 cannot hold."""
    return _NOT_XML.sub("", text)
