"""What a figure shows of a map: marks, lines, frames and outlines on a plane of pixels."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from ptce_graph.errors import CallError, unknown_choice
from ptce_graph.i18n import gettext as _
from ptce_graph.i18n import translator
from ptce_graph.maps.model import Category, Edge, MapModel, Node, Outline, Tray
from ptce_graph.maps.palette import EDGE_LOOKS, counted

LAYOUTS = ("network", "geographic", "overview")


@dataclass(frozen=True)
class Mark:
    """A node where it stands, pixels with y downwards, with its colour and shape."""

    index: int
    node: Node
    x: int
    y: int
    color: str
    shape: str


@dataclass(frozen=True)
class Line:
    """A link between two marks, by their place in ``Scene.marks``.

    ``bend`` is how far the middle of parallel lines lies aside, in shares of their length.
    """

    index: int
    edge: Edge
    start: int
    end: int
    color: str
    style: str
    bend: float


@dataclass(frozen=True)
class Scene:
    """All that is drawn, the legend of it, and what the caption must tell beside it."""

    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]
    frames: tuple[Tray, ...]
    outlines: tuple[Outline, ...]
    node_legend: tuple[Category, ...]
    edge_legend: tuple[Category, ...]
    left_out: tuple[tuple[str, tuple[str, ...]], ...] = field(default=())
    """For each tray not drawn, its label and the names in it."""
    credit: str = ""

    def aside(self, mark: int) -> bool:
        """Whether a mark of a geographic map stands in a frame that holds no territory."""
        at = (self.marks[mark].x, self.marks[mark].y)
        return any(within(frame, at) for frame in self.frames if self.is_bare(frame))

    def is_bare(self, frame: Tray) -> bool:
        """Whether no territory is drawn in ``frame``: its nodes have no place."""
        return not any(within(frame, corner) for corner in self._corners)

    @cached_property
    def _corners(self) -> list[tuple[int, int]]:
        return [ring[0] for outline in self.outlines for ring in outline.rings if ring]


def scene_of(model: MapModel, layout: str = "") -> Scene:
    """What ``layout`` (one of ``LAYOUTS``, or what the map begins with) shows of ``model``.

    Nodes without a link are left out and told, but on a geographic map, where
    they stand somewhere. Raises ``CallError`` for a layout that the map does not have.
    """
    layout = layout or dict(model.start).get("layout", "") or LAYOUTS[0]
    if layout not in LAYOUTS:
        raise unknown_choice(_("There is no layout {name}.").format(name=layout), layout, LAYOUTS)
    nodes, edges, trays = _shown(model, layout)
    if not nodes and (layout != LAYOUTS[0] or model.nodes):
        raise CallError(
            _("This map has nothing to show in the layout {name}.").format(name=layout),
            _("Choose another layout: {all}.").format(all=", ".join(LAYOUTS)),
        )
    marks, legend = _marks(model, nodes)
    place = {mark.node.id: i for i, mark in enumerate(marks)}
    looks = model.edge_categories
    if layout == "overview":
        looks = counted(EDGE_LOOKS, (e.category for _i, e in edges), translator(model.language))
    lines = _lines(looks, [(i, e) for i, e in edges if e.source in place and e.target in place])
    geography = model.geography if layout == "geographic" else None
    return Scene(
        marks=marks,
        lines=tuple(
            Line(i, e, place[e.source], place[e.target], color, style, bend)
            for i, e, color, style, bend in lines
        ),
        frames=geography.insets if geography else (),
        outlines=geography.outlines if geography else (),
        node_legend=legend,
        edge_legend=_counted(looks, Counter(e.category for _i, e, *_ in lines)),
        left_out=trays,
        credit=geography.credit if geography else "",
    )


_Placed = list[tuple[int, Node, tuple[int, int]]]
_LeftOut = tuple[tuple[str, tuple[str, ...]], ...]


def _shown(model: MapModel, layout: str) -> tuple[_Placed, list[tuple[int, Edge]], _LeftOut]:
    """Nodes with their places, edges, and what trays not drawn hold."""
    numbered = list(enumerate(model.nodes))
    if layout == "geographic":
        there = [(i, n, n.place) for i, n in numbered if model.geography and n.place]
        return there, list(enumerate(model.edges)), ()
    if layout == "overview":
        placed = [(i, n, n.overview) for i, n in numbered if n.overview]
        edges, trays = model.overview_edges, model.overview_trays
    else:
        placed = [(i, n, (n.x, n.y)) for i, n in numbered]
        edges, trays = model.edges, model.trays
    linked = {end for edge in edges for end in (edge.source, edge.target)}
    left_out = []
    for tray in trays:
        inside = [one for one in placed if one[1].id not in linked and within(tray, one[2])]
        left_out.append((tray.label, tuple(n.short or n.label for _i, n, _p in inside)))
        placed = [one for one in placed if one not in inside] if inside else placed
    return placed, list(enumerate(edges)), tuple(told for told in left_out if told[1])


def within(tray: Tray, point: tuple[int, int]) -> bool:
    x, y = point
    return tray.x <= x <= tray.x + tray.width and tray.y <= y <= tray.y + tray.height


def _marks(model: MapModel, nodes: _Placed) -> tuple[tuple[Mark, ...], tuple[Category, ...]]:
    """The marks and their legend: by kind, or by the grouping that the map begins with."""
    kinds = {category.id: category for category in model.node_categories}
    chosen = dict(model.start).get("color", "")
    grouping = next((g for g in model.groupings if g.id == chosen), None)
    counts: Counter[str] = Counter()
    marks = []
    groups = {group.id: group for group in grouping.groups} if grouping else {}
    for index, node, (x, y) in nodes:
        kind = kinds.get(node.category)
        color, shape = (kind.color, kind.shape) if kind else ("", "dot")
        if grouping:
            group = next((g for g in dict(node.groups).get(chosen, ()) if g in groups), "")
            color = groups[group].color if group else ""
            counts[group] += 1
        else:
            counts[node.category] += 1
        marks.append(Mark(index, node, x, y, color, shape))
    return tuple(marks), _counted(tuple(groups.values()) or model.node_categories, counts)


def _counted(categories: tuple[Category, ...], counts: Counter[str]) -> tuple[Category, ...]:
    """The categories that occur, with how often they do here."""
    return tuple(
        Category(c.id, c.label, c.color, c.shape, counts[c.id]) for c in categories if counts[c.id]
    )


def _lines(
    categories: tuple[Category, ...], edges: list[tuple[int, Edge]]
) -> list[tuple[int, Edge, str, str, float]]:
    """Edges with their colour, style and bend: parallel ones fan out around the straight line."""
    looks = {category.id: category for category in categories}
    pairs: dict[tuple[str, ...], int] = Counter(_ends(edge) for _i, edge in edges)
    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    for index, edge in edges:
        ends = _ends(edge)
        bend = (seen[ends] - (pairs[ends] - 1) / 2) * 0.16
        seen[ends] += 1
        # The same side of the pair, whichever end the link starts from.
        bend = bend if edge.source == ends[0] else -bend
        look = looks.get(edge.category)
        found.append((index, edge, look.color if look else "", look.shape if look else "", bend))
    return found


def _ends(edge: Edge) -> tuple[str, ...]:
    return tuple(sorted((edge.source, edge.target)))
