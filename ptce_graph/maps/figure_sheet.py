"""The sheet of a figure: title, map, legend and caption, one below the other, in points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ptce_graph.maps.figure_labels import LABEL_SIZE, Area, Label, Spot, placed_labels
from ptce_graph.maps.figure_scene import Scene
from ptce_graph.maps.figure_shapes import (
    DASHES,
    arrow_outline,
    darker,
    line_outline,
    loop_outline,
    mark_outline,
    safe_color,
)
from ptce_graph.maps.figure_text import LINE, Pen, font, outline_of, plain
from ptce_graph.maps.layout import MINIMUM_DISTANCE

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MARGIN, SPACE = 8.0, 6.0
TITLE, SUBTITLE, SMALL = 11.0, 8.0, LABEL_SIZE
INK, QUIET, PAPER = "#16202c", "#45525f", "#ffffff"
_TALLEST = 1.25
"""The map is at most so many times higher than wide."""
_RADIUS, _LARGEST, _SMALLEST = 1.3, 0.18, 1.7
"""Marks are drawn larger than on the page: by a factor, up to so many points per pixel, and
none smaller than so many points."""
_MOST_ARROWS, _MOST_LINES = 600, 20


@dataclass
class Sheet:
    """A figure ``width`` points wide that grows downwards; ``texts`` are those written on it."""

    width: float
    pen: Pen = field(default_factory=Pen)
    y: float = MARGIN
    drawn: list[Any] = field(default_factory=list)
    texts: list[tuple[str, bool]] = field(default_factory=list)

    @property
    def inner(self) -> float:
        """The width between the margins."""
        return self.width - 2 * MARGIN

    def paragraph(self, text: str, size: float, color: str = INK, bold: bool = False) -> None:
        """Set ``text`` below what is there, in twenty lines at most."""
        if not plain(text):
            return
        for line in self.pen.wrapped(text, size, self.inner, bold, _MOST_LINES):
            self.y += size * LINE
            self.text(line, MARGIN, self.y - size * 0.28, size, color, bold)

    def text(
        self, line: str, x: float, y: float, size: float, color: str = INK, bold: bool = False
    ) -> None:
        """Set one line from ``x`` on the base line ``y``. Nothing in it is taken for a formula."""
        from matplotlib.text import Text

        self.texts.append((line, bold))
        sized = font(bold).copy()
        sized.set_size(size)
        self.drawn.append(
            Text(x, y, line, color=color, fontproperties=sized, parse_math=False, zorder=9)
        )

    def patch(self, outline: Any, zorder: float, gid: str = "", **style: Any) -> None:
        """Draw an outline; ``gid`` names it in SVG."""
        from matplotlib.patches import PathPatch

        patch = PathPatch(outline, zorder=zorder, **style)
        if gid:
            patch.set_gid(gid)
        self.drawn.append(patch)

    def figure(self) -> Figure:
        """All of it as a matplotlib figure."""
        from matplotlib.figure import Figure

        height = self.y + MARGIN
        figure = Figure(figsize=(self.width / 72, height / 72), facecolor=PAPER)
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        axes.set_axis_off()
        axes.set_xlim(0, self.width)
        axes.set_ylim(height, 0)
        for artist in self.drawn:
            axes.add_artist(artist)
            artist.set_clip_on(False)
        return figure


def draw_map(sheet: Sheet, scene: Scene, labels: int) -> None:
    """Draw the marks and links of ``scene`` over the width of the sheet, with labels."""
    if not scene.marks:
        return
    window = _window(scene)
    pad = 3 * SMALL
    scale = min(
        (sheet.inner - 2 * pad) / max(window.width, 1.0),
        sheet.inner * _TALLEST / max(window.height, 1.0),
        # A handful of nodes does not become a poster.
        0.5,
    )
    height = window.height * scale + 2 * pad
    left = MARGIN + (sheet.inner - window.width * scale) / 2 - window.left * scale
    top = sheet.y + pad - window.top * scale
    radius = min(scale * _RADIUS, _LARGEST)
    # Where the plane is crowded, small marks shrink rather than hide each other.
    least = min(_SMALLEST, 0.4 * MINIMUM_DISTANCE * scale)
    spots = [
        Spot(
            left + mark.x * scale,
            top + mark.y * scale,
            max(mark.node.size * radius, least),
            mark.node.rank,
            mark.node.short or mark.node.label,
        )
        for mark in scene.marks
    ]
    blocked = _territories(sheet, scene, left, top, scale)
    _links(sheet, scene, spots)
    for mark, spot in zip(scene.marks, spots, strict=True):
        color = safe_color(mark.color)
        outline = mark_outline(mark.shape, spot.x, spot.y, spot.radius)
        sheet.patch(
            outline,
            4,
            f"node-{mark.index}",
            facecolor=color,
            edgecolor=darker(color),
            linewidth=0.4,
        )
    frame = Area(MARGIN, sheet.y, sheet.inner, height)
    # The corners of a diamond reach beyond its radius.
    named = [replace(spot, radius=1.2 * spot.radius) for spot in spots]
    for label in placed_labels(named, labels, frame, sheet.pen, blocked):
        _write(sheet, label)
    sheet.y += height


def _window(scene: Scene) -> Area:
    """What of the plane is drawn, in its pixels."""
    xs = [m.x + side * m.node.size for m in scene.marks for side in (-1, 1)]
    ys = [m.y + side * m.node.size for m in scene.marks for side in (-1, 1)]
    for tray in scene.frames:
        xs += [tray.x, tray.x + tray.width]
        ys += [tray.y, tray.y + tray.height]
    for outline in scene.outlines:
        xs += [x for ring in outline.rings for x, _y in ring]
        ys += [y for ring in outline.rings for _x, y in ring]
    return Area(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def _territories(sheet: Sheet, scene: Scene, left: float, top: float, scale: float) -> list[Area]:
    """Draw frames and outlines; the areas that no label may cover."""
    from matplotlib.path import Path as Outline

    blocked = []
    for tray in scene.frames:
        x, y = left + tray.x * scale, top + tray.y * scale
        right, bottom = x + tray.width * scale, y + tray.height * scale
        corners = [(x, y), (right, y), (right, bottom), (x, bottom), (x, y)]
        sheet.patch(
            Outline(corners, closed=True), 0.5, facecolor="none", edgecolor="#9aa6b2", linewidth=0.5
        )
        # The label stands on the frame: what is inside would hide it.
        width = min(max(1.6 * (right - x), 9 * SMALL), sheet.width - MARGIN - x)
        lines = sheet.pen.wrapped(tray.label, SMALL, width, most=2)
        for row, line in enumerate(reversed(lines)):
            sheet.text(line, x, y - 2 - row * SMALL * LINE, SMALL, QUIET)
        written = max(sheet.pen.width(line, SMALL) for line in lines)
        depth = 2 + len(lines) * SMALL * LINE
        blocked.append(Area(x, y - depth, written, depth))
        if not scene.is_bare(tray):
            blocked.append(Area(x, y, right - x, bottom - y))
    for territory in scene.outlines:
        rings = [ring for ring in territory.rings if len(ring) > 2]
        if rings:
            paths = [
                Outline(
                    [(left + px * scale, top + py * scale) for px, py in (*ring, ring[0])],
                    closed=True,
                )
                for ring in rings
            ]
            sheet.patch(
                Outline.make_compound_path(*paths),
                1,
                facecolor="#f1f3f5",
                edgecolor="#c3cbd3",
                linewidth=0.35,
            )
    return blocked


def _links(sheet: Sheet, scene: Scene, spots: Sequence[Spot]) -> None:
    arrows = len(scene.lines) <= _MOST_ARROWS
    for line in scene.lines:
        start, end = spots[line.start], spots[line.end]
        color, gid = safe_color(line.color), f"edge-{line.index}"
        # Links to nodes without a place would cover the map.
        aside = scene.outlines and any(scene.aside(i) for i in (line.start, line.end))
        style = {
            "facecolor": "none",
            "edgecolor": color,
            "linewidth": 0.4 if aside else 0.55,
            "alpha": 0.3 if aside else 0.75,
            "linestyle": DASHES.get(line.style, "-"),
            "capstyle": "butt",
        }
        if line.start == line.end:
            sheet.patch(loop_outline((start.x, start.y), start.radius), 2, gid, **style)
            continue
        outline, origin = line_outline((start.x, start.y), (end.x, end.y), line.bend)
        sheet.patch(outline, 2, gid, **style)
        if arrows and line.edge.directed and not aside:
            head = arrow_outline(origin, (end.x, end.y), end.radius + 0.4)
            if head is not None:
                sheet.patch(head, 3, facecolor=color, edgecolor="none", alpha=0.9)


def _write(sheet: Sheet, label: Label) -> None:
    area = label.area
    if label.leader:
        x, y, to_x, to_y = label.leader
        outline, _origin = line_outline((x, y), (to_x, to_y), 0)
        for color, width in ((PAPER, 1.6), (INK, 0.5)):
            sheet.patch(outline, 3.5, facecolor="none", edgecolor=color, linewidth=width)
    for row, line in enumerate(label.lines):
        free = area.width - sheet.pen.width(line, label.size, label.bold)
        x = area.left + free * (label.side + 1) / 2
        y = area.top + (row + 0.8) * label.size * LINE
        halo = outline_of(line, label.size, x, y, label.bold)
        sheet.patch(halo, 8, facecolor=PAPER, edgecolor=PAPER, linewidth=1.6, joinstyle="round")
        sheet.text(line, x, y, label.size, INK, label.bold)


def draw_legend(sheet: Sheet, scene: Scene) -> None:
    """The kinds of marks and links, with their counts, as many in a row as fit."""
    for categories, nodes in ((scene.node_legend, True), (scene.edge_legend, False)):
        x, first = MARGIN, True
        for category in categories:
            label = plain(f"{category.label} ({category.count})")
            sign = 9.0 if nodes else 20.0
            width = sign + 3 + min(sheet.pen.width(label, SMALL), sheet.inner - sign - 3)
            if first or x + width > sheet.width - MARGIN:
                x, first = MARGIN, False
                sheet.y += SMALL * LINE + 2
            y = sheet.y - SMALL * 0.35
            color = safe_color(category.color)
            if nodes:
                outline = mark_outline(category.shape, x + 4, y, 2.9)
                sheet.patch(outline, 4, facecolor=color, edgecolor=darker(color), linewidth=0.4)
            else:
                outline, _origin = line_outline((x, y), (x + sign, y), 0)
                style = DASHES.get(category.shape, "-")
                sheet.patch(
                    outline, 2, facecolor="none", edgecolor=color, linewidth=1.0, linestyle=style,
                    capstyle="butt",
                )  # fmt: skip
            shown = sheet.pen.wrapped(label, SMALL, sheet.inner - sign - 3, most=1)[0]
            sheet.text(shown, x + sign + 3, sheet.y - SMALL * 0.08, SMALL)
            x += width + 9
    sheet.y += 3
