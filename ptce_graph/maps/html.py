"""The map as one HTML page that needs nothing else: no network, no other file.

pyvis writes the page, through our own template: see ``page.html.j2`` for the
page, ``page.css`` for its looks and ``SCRIPTS`` for what it does.

Nothing of the model ever becomes markup or code: the template is autoescaped,
the data travel as JSON that cannot close its element, the scripts write text
nodes only, and a Content-Security-Policy lists the scripts by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter, defaultdict
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

from ptce_graph.errors import PtceGraphError
from ptce_graph.i18n import gettext as _
from ptce_graph.i18n import translator
from ptce_graph.maps.model import Category, Edge, Fact, MapModel, Node
from ptce_graph.maps.words import words

SCRIPTS = (
    "page_state.js",
    "page_canvas.js",
    "page_labels.js",
    "page_card.js",
    "page_table.js",
    "page_controls.js",
)
"""The page's scripts, in the order in which they are joined."""

VIS_NETWORK = "lib/vis-9.1.2/vis-network.min.js"
"""Where pyvis keeps the drawing library. Its style sheet only dresses controls
we do not use (navigation buttons, the editor, HTML tooltips), so it stays out."""

SHAPES = frozenset({"dot", "square", "diamond", "triangle", "triangleDown", "star", "hexagon"})
DASHES: dict[str, bool | list[int]] = {"solid": False, "dashed": [12, 9], "dotted": [3, 8]}
NEUTRAL = "#5f6b7a"

OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "dragNodes": True,
        "hover": True,
        "hoverConnectedEdges": False,
        "selectConnectedEdges": False,
        "multiselect": False,
        "keyboard": False,
        "navigationButtons": False,
        "zoomSpeed": 0.7,
    },
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 5, "font": {"size": 0}},
    "edges": {
        "smooth": False,
        "width": 2.5,
        "selectionWidth": 2,
        "hoverWidth": 1.5,
        "font": {"size": 0},
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.55, "type": "arrow"}},
        "arrowStrikethrough": False,
    },
}


def render_html(model: MapModel) -> str:
    """The page of ``model``: write it as UTF-8, open it by double-click."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup
    from pyvis.network import Network

    style = _text("page.css")
    scripts = [_vis_network(), _page_script()]
    environment = Environment(
        loader=PackageLoader("ptce_graph.maps", "."), autoescape=True, undefined=StrictUndefined
    )
    environment.filters["json_data"] = lambda data: Markup(_json(data))  # noqa: S704
    environment.globals.update(
        model=model,
        words=words(translator(model.language)),
        card=_content(model),
        policy=_policy(scripts, [style]),
        style=Markup(style),  # noqa: S704
        scripts=[Markup(script) for script in scripts],  # noqa: S704
    )

    network = Network(directed=True, cdn_resources="in_line")
    network.templateEnv = environment
    network.path = "page.html.j2"
    network.options = OPTIONS
    # Numbers stand for the ids: vis-network keys plain objects by them, where
    # an id such as "__proto__" would be more than a name.
    network.nodes = _drawn_nodes(model)
    network.edges = _drawn_edges(model)
    page: str = network.generate_html()
    # A lone surrogate cannot be written as UTF-8.
    return re.sub("[\ud800-\udfff]", "\ufffd", page)


def _drawn_nodes(model: MapModel) -> list[dict[str, Any]]:
    categories = {c.id: c for c in model.node_categories}
    drawn = []
    for index, node in enumerate(model.nodes):
        color, shape = _look(categories.get(node.category))
        drawn.append(
            {
                "id": index,
                "x": node.x,
                "y": node.y,
                "size": node.size,
                "shape": shape,
                "color": {
                    "background": color,
                    "border": _darker(color),
                    "highlight": {"background": color, "border": "#111827"},
                    "hover": {"background": color, "border": "#111827"},
                },
            }
        )
    return drawn


def _drawn_edges(model: MapModel) -> list[dict[str, Any]]:
    categories = {c.id: c for c in model.edge_categories}
    index = {node.id: i for i, node in enumerate(model.nodes)}
    pairs: dict[tuple[int, int], list[int]] = defaultdict(list)
    drawn: list[dict[str, Any]] = []
    for number, edge in enumerate(model.edges):
        ends = index[edge.source], index[edge.target]
        pairs[min(ends), max(ends)].append(number)
        category = categories.get(edge.category)
        color = _color(category.color) if category else NEUTRAL
        drawn.append(
            {
                "id": number,
                "from": ends[0],
                "to": ends[1],
                "color": {"color": color, "highlight": color, "hover": color, "opacity": 0.7},
                "dashes": DASHES.get(category.shape if category else "solid", False),
            }
        )
        if not edge.directed:
            drawn[-1]["arrows"] = ""
    for (low, high), parallel in pairs.items():
        if low == high:
            continue
        for rank, number in enumerate(parallel):
            # The bends fan out evenly around the straight line.
            bend = (rank - (len(parallel) - 1) / 2) * 0.16
            if bend:
                clockwise = (bend > 0) == (drawn[number]["from"] == low)
                drawn[number]["smooth"] = {
                    "enabled": True,
                    "type": "curvedCW" if clockwise else "curvedCCW",
                    "roundness": round(abs(bend), 2),
                }
    return drawn


def _content(model: MapModel) -> dict[str, Any]:
    """What the scripts need beside the drawing: texts, filters, cards."""
    pairs = {frozenset((edge.source, edge.target)) for edge in model.edges}
    # As degree counts: two parallel links to one neighbour are one.
    links = Counter(end for pair in pairs for end in pair)
    index = {node.id: i for i, node in enumerate(model.nodes)}
    return {
        "language": model.language,
        "title": model.title,
        "nodeCategories": [_category(c, *_look(c)) for c in model.node_categories],
        "edgeCategories": [
            _category(c, _color(c.color), c.shape if c.shape in DASHES else "solid")
            for c in model.edge_categories
        ],
        "nodes": [_node(node, links[node.id], index) for node in model.nodes],
        "edges": [_edge(edge, index) for edge in model.edges],
        "trays": [
            {"label": t.label, "x": t.x, "y": t.y, "width": t.width, "height": t.height}
            for t in model.trays
        ],
        "sources": {source.id: source.title for source in model.sources},
    }


def _category(category: Category, color: str, shape: str) -> dict[str, Any]:
    return {
        "id": category.id,
        "label": category.label,
        "color": color,
        "shape": shape,
        "count": category.count,
    }


def _node(node: Node, links: int, index: dict[str, int]) -> dict[str, Any]:
    return {
        "id": node.id,
        "label": node.label,
        "short": node.short or node.label,
        "category": node.category,
        "rank": node.rank,
        "links": links,
        "attributes": [[a.name, a.value, a.explanation] for a in node.attributes],
        "facts": [_fact(fact, index) for fact in node.facts],
        "website": _web_address(node.website),
        "iri": _web_address(node.iri),
    }


def _edge(edge: Edge, index: dict[str, int]) -> dict[str, Any]:
    return {
        "id": edge.id,
        "label": edge.label,
        "category": edge.category,
        "directed": edge.directed,
        "facts": [_fact(fact, index) for fact in edge.facts],
    }


def _fact(fact: Fact, index: dict[str, int]) -> dict[str, Any]:
    return {
        "text": fact.text,
        "passages": [[p.source, p.section, p.lines, p.said] for p in fact.passages],
        "other": index.get(fact.other, -1),
    }


def _look(category: Category | None) -> tuple[str, str]:
    if category is None:
        return NEUTRAL, "dot"
    return _color(category.color), category.shape if category.shape in SHAPES else "dot"


def _color(color: str) -> str:
    """A colour the browser cannot read as anything else."""
    return color if re.fullmatch(r"#[0-9a-fA-F]{6}", color) else NEUTRAL


def _darker(color: str) -> str:
    return "#" + "".join(f"{round(int(color[i : i + 2], 16) * 0.65):02x}" for i in (1, 3, 5))


def _web_address(address: str) -> str:
    """``address`` where it is one of the web, else nothing: no script hides behind a link."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    plain = address.isprintable() and " " not in address
    return address if plain and parts.scheme in ("http", "https") and parts.netloc else ""


def _json(data: Any) -> str:
    """JSON that stays inside its ``<script>``, whatever the texts hold."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _policy(scripts: list[str], styles: list[str]) -> str:
    return "; ".join(
        [
            "default-src 'none'",
            "script-src " + " ".join(map(_hash, scripts)),
            "style-src " + " ".join(map(_hash, styles)),
            # Only the empty icon of the page, without which browsers ask a server for one.
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _page_script() -> str:
    # One scope for all files, and none of their names left on the window.
    return '"use strict";\n(() => {\n' + "\n".join(_text(name) for name in SCRIPTS) + "})();\n"


def _text(name: str) -> str:
    return (resources.files("ptce_graph.maps") / name).read_text(encoding="utf-8")


def _vis_network() -> str:
    file = resources.files("pyvis") / VIS_NETWORK
    if not file.is_file():
        raise PtceGraphError(
            _("The installed pyvis does not hold {file}.").format(file=VIS_NETWORK),
            _("Install the version this package was made for: pip install pyvis==0.3.2"),
        )
    # Developer tools would ask for the source map, which is not there.
    return re.sub(r"//# sourceMappingURL=\S*", "", file.read_text(encoding="utf-8"))
