"""The data of the page: what is drawn once, what is said once per language.

Every text stands once in a list of strings; everything else names it by its
number. The same map in French and English is therefore hardly larger than in
one language, and passages, which cards repeat, cost a number each.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Any
from urllib.parse import urlsplit

from ptce_graph.i18n import translator
from ptce_graph.maps.criteria import JUDGED
from ptce_graph.maps.model import Category, Edge, Fact, Geography, Grouping, MapModel, Node, Tray
from ptce_graph.maps.words import words
from ptce_graph.poles.findings import MET, NOT_DOCUMENTED, NOT_MET

SHAPES = frozenset({"dot", "square", "diamond", "triangle", "triangleDown", "star", "hexagon"})
DASHES = frozenset({"solid", "dashed", "dotted"})
NEUTRAL = "#5f6b7a"
#: The answers of a pole stand as one character each, in the order of the criteria.
ANSWER_SIGNS = {
    MET: "+",
    NOT_MET: "-",
    NOT_DOCUMENTED: "?",
    # Those that an organisation gave.
    MET + JUDGED: "p",
    NOT_MET + JUDGED: "m",
    NOT_DOCUMENTED + JUDGED: "q",
}
UNSEEN = re.compile("[\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""Lone surrogates, which UTF-8 cannot write, and controls that turn text around."""


class Interned:
    """Things by their number, in the order in which they were first met."""

    def __init__(self) -> None:
        self._numbers: dict[Any, int] = {}

    def number(self, thing: Any) -> int:
        """The number of ``thing``, from 0."""
        return self._numbers.setdefault(thing, len(self._numbers))

    def all(self) -> list[Any]:
        """All things met, each at the place that its number says."""
        return list(self._numbers)


def page_data(models: tuple[MapModel, ...]) -> dict[str, Any]:
    """What the scripts need beside the drawing, for one map in one language or more.

    Raises ``ValueError`` where the models do not show the same nodes and links.
    """
    first = models[0]
    for other in models[1:]:
        if _outline(other) != _outline(first):
            raise ValueError("the same map in another language has other nodes, links or groups")
    strings, passages, facts = Interned(), Interned(), Interned()
    texts = {model.language: _Texts(model, strings, passages, facts).packed() for model in models}
    return {
        "language": first.language,
        "map": _map(first),
        "texts": texts,
        "facts": facts.all(),
        "passages": passages.all(),
        "strings": strings.all(),
    }


def drawn_nodes(model: MapModel) -> list[dict[str, Any]]:
    """The nodes of the drawing. Numbers stand for their ids.

    vis-network keeps plain objects by them, where an id such as ``__proto__``
    would be more than a name.
    """
    shapes = {c.id: look(c)[1] for c in model.node_categories}
    return [
        {"id": i, "x": n.x, "y": n.y, "size": n.size, "shape": shapes.get(n.category, "dot")}
        for i, n in enumerate(model.nodes)
    ]


def drawn_edges(model: MapModel) -> list[dict[str, Any]]:
    """The links of the drawing, those of the overview last; parallel ones bend apart."""
    index = {node.id: i for i, node in enumerate(model.nodes)}
    pairs: dict[tuple[bool, int, int], list[int]] = defaultdict(list)
    drawn: list[dict[str, Any]] = []
    for number, edge in enumerate((*model.edges, *model.overview_edges)):
        ends = index[edge.source], index[edge.target]
        pairs[number < len(model.edges), min(ends), max(ends)].append(number)
        drawn.append({"id": number, "from": ends[0], "to": ends[1]})
        if not edge.directed:
            drawn[-1]["arrows"] = ""
    for (_own, low, high), parallel in pairs.items():
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


def look(category: Category) -> tuple[str, str]:
    """The colour and shape of a kind of node, such as a browser can draw them."""
    return color(category.color), category.shape if category.shape in SHAPES else "dot"


def color(text: str) -> str:
    """A colour the browser cannot read as anything else: ``#rrggbb``."""
    return text if re.fullmatch(r"#[0-9a-fA-F]{6}", text) else NEUTRAL


def visible(text: str) -> str:
    """``text`` with a sign in place of each character that hides or cannot be written."""
    return UNSEEN.sub("\ufffd", text)


def web_address(address: str) -> str:
    """``address`` where it is one of the web, else nothing: no script hides behind a link."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    plain = address.isprintable() and " " not in address
    return address if plain and parts.scheme in ("http", "https") and parts.netloc else ""


def _outline(model: MapModel) -> tuple[Any, ...]:
    """What the same map shares in all its languages."""
    edges = (*model.edges, *model.overview_edges)
    geography = model.geography
    return (
        [(n.id, n.category, n.x, n.y, n.size) for n in model.nodes],
        [(e.id, e.source, e.target, e.category) for e in edges],
        [c.id for c in (*model.node_categories, *model.edge_categories)],
        [scale.id for scale in model.scales],
        [c.id for c in model.criteria],
        [(g.id, [c.id for c in g.groups]) for g in model.groupings],
        (len(model.trays), len(model.overview_trays)),
        geography and (len(geography.outlines), len(geography.insets)),
    )


def _map(model: MapModel) -> dict[str, Any]:
    """All that has no words: categories, measures, places, dates."""
    pairs = {frozenset((edge.source, edge.target)) for edge in model.edges}
    # As degree counts: two parallel links to one neighbour are one.
    links = Counter(end for pair in pairs for end in pair)
    edges = (*model.edges, *model.overview_edges)
    return {
        "nodeCategories": [_category(c, *look(c)) for c in model.node_categories],
        "edgeCategories": [
            _category(c, color(c.color), c.shape if c.shape in DASHES else "solid")
            for c in model.edge_categories
        ],
        "scales": [{"id": s.id, "whole": s.whole} for s in model.scales],
        "groupings": [_grouping(g) for g in model.groupings],
        "nodes": [_node(node, links[node.id]) for node in model.nodes],
        "edges": [_edge(edge) for edge in edges],
        "ownEdges": len(model.edges),
        "trays": _frames(model.trays),
        "overviewTrays": _frames(model.overview_trays),
        "geography": _geography(model.geography) if model.geography else None,
        "years": list(model.years),
        "start": [list(pair) for pair in model.start],
        "criteria": [c.list for c in model.criteria],
    }


def _category(category: Category, shown: str, shape: str) -> dict[str, Any]:
    return {"id": category.id, "color": shown, "shape": shape, "count": category.count}


def _grouping(grouping: Grouping) -> dict[str, Any]:
    return {"id": grouping.id, "groups": [_category(g, *look(g)) for g in grouping.groups]}


def _node(node: Node, links: int) -> dict[str, Any]:
    told = {
        "id": node.id,
        "category": node.category,
        "rank": node.rank,
        "links": links,
        "website": web_address(node.website),
        "iri": web_address(node.iri),
        "values": [list(pair) for pair in node.values],
        "groups": [[grouping, list(groups)] for grouping, groups in node.groups if groups],
        "place": node.place and list(node.place),
        "overview": node.overview and list(node.overview),
        "criteria": "".join(ANSWER_SIGNS.get(value, "?") for value in node.criteria),
        "page": node.page if re.fullmatch(r"\w[\w.-]*\.html", node.page) else "",
    }
    return {key: value for key, value in told.items() if value not in ("", None, [])}


def _edge(edge: Edge) -> dict[str, Any]:
    told = {
        "id": edge.id,
        "category": edge.category,
        "start": _year(edge.start),
        "end": _year(edge.end),
        "directed": edge.directed,
    }
    return {key: value for key, value in told.items() if value is not None}


def _year(text: str) -> int | None:
    return int(text[:4]) if re.match(r"\d{4}", text, re.ASCII) else None


def _frames(trays: tuple[Tray, ...]) -> list[list[int]]:
    return [[t.x, t.y, t.width, t.height] for t in trays]


def _geography(geography: Geography) -> dict[str, Any]:
    return {
        # One flat list of x, y per ring: half the brackets of a large part of the file.
        "outlines": [
            [[number for point in ring for number in point] for ring in outline.rings]
            for outline in geography.outlines
        ],
        "insets": _frames(geography.insets),
    }


class _Texts:
    """The words of one model, as numbers of strings, passages and facts."""

    def __init__(
        self, model: MapModel, strings: Interned, passages: Interned, facts: Interned
    ) -> None:
        self.model = model
        self.strings = strings
        self.passages = passages
        self.facts = facts
        self.index = {node.id: i for i, node in enumerate(model.nodes)}

    def text(self, text: str) -> int:
        """The number of ``text``."""
        return self.strings.number(visible(text))

    def packed(self) -> dict[str, Any]:
        """All the words, in the order of what they name."""
        model, text = self.model, self.text
        geography = model.geography or Geography(())
        return {
            "words": words(translator(model.language)),
            "title": text(model.title),
            "subtitle": text(model.subtitle),
            "notes": [text(note) for note in model.notes],
            "sources": [[text(s.id), text(s.title), text(s.detail)] for s in model.sources],
            "nodeCategories": [text(c.label) for c in model.node_categories],
            "edgeCategories": [text(c.label) for c in model.edge_categories],
            "criteria": [text(c.label) for c in model.criteria],
            "scales": [[text(s.label), text(s.definition)] for s in model.scales],
            "groupings": [
                [text(g.label), [text(c.label) for c in g.groups]] for g in model.groupings
            ],
            "trays": [text(tray.label) for tray in model.trays],
            "overviewTrays": [text(tray.label) for tray in model.overview_trays],
            "insets": [text(inset.label) for inset in geography.insets],
            "outlines": [text(outline.label) for outline in geography.outlines],
            "credit": text(geography.credit),
            "nodes": [self._node(node) for node in model.nodes],
            "edges": [
                [text(edge.label), self._facts(edge.facts)]
                for edge in (*model.edges, *model.overview_edges)
            ],
        }

    def _node(self, node: Node) -> list[Any]:
        text = self.text
        return [
            text(node.label),
            text(node.short or node.label),
            [text(part) for a in node.attributes for part in (a.name, a.value, a.explanation)],
            self._facts(node.facts),
        ]

    def _facts(self, facts: tuple[Fact, ...]) -> list[int]:
        return [
            self.facts.number(
                (
                    self.text(fact.text),
                    self.index.get(fact.other, -1),
                    *(
                        self.passages.number(
                            tuple(map(self.text, (p.source, p.section, p.lines, p.said)))
                        )
                        for p in fact.passages
                    ),
                )
            )
            for fact in facts
        ]
