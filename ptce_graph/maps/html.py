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
from importlib import resources
from typing import Any

from ptce_graph.errors import PtceGraphError
from ptce_graph.i18n import gettext as _
from ptce_graph.i18n import translator
from ptce_graph.maps.model import MapModel
from ptce_graph.maps.page_data import drawn_edges, drawn_nodes, page_data, visible
from ptce_graph.maps.words import words

SCRIPTS = (
    "page_state.js",
    "page_texts.js",
    "page_shown.js",
    "page_looks.js",
    "page_canvas.js",
    "page_layouts.js",
    "page_areas.js",
    "page_under.js",
    "page_crowd.js",
    "page_labels.js",
    "page_parts.js",
    "page_card.js",
    "page_path.js",
    "page_legend.js",
    "page_table.js",
    "page_picture.js",
    "page_save.js",
    "page_time.js",
    "page_search.js",
    "page_address.js",
    "page_controls.js",
)
"""The page's scripts, in the order in which they are joined."""

VIS_NETWORK = "lib/vis-9.1.2/vis-network.min.js"
"""Where pyvis keeps the drawing library. Its style sheet only dresses controls
we do not use (navigation buttons, the editor, HTML tooltips), so it stays out."""

LANGUAGE_NAMES = {"fr": "Français", "en": "English"}
"""Each language by its own name, as who needs it reads it."""

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


def render_html(model: MapModel, *others: MapModel) -> str:
    """The page of ``model``: write it as UTF-8, open it by double-click.

    ``others`` are the same map in other languages, which a button of the page
    switches to. Raises ``ValueError`` where their nodes and links differ.
    """
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
        languages=LANGUAGE_NAMES,
        content=page_data((model, *others)),
        policy=_policy(scripts, [style]),
        style=Markup(style),  # noqa: S704
        scripts=[Markup(script) for script in scripts],  # noqa: S704
    )

    network = Network(directed=True, cdn_resources="in_line")
    network.templateEnv = environment
    network.path = "page.html.j2"
    network.options = OPTIONS
    network.nodes = drawn_nodes(model)
    network.edges = drawn_edges(model)
    page: str = network.generate_html()
    # A lone surrogate cannot be written as UTF-8; bidi controls turn other text around.
    return visible(page)


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
