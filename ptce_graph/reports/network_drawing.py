"""The network itself as a figure: what is tied, where the map's layout sets it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ptce_graph.maps.build import category_of
from ptce_graph.maps.layout import layout
from ptce_graph.maps.names import short_names
from ptce_graph.maps.palette import EDGE_LOOKS, NODE_LOOKS
from ptce_graph.network.links import CARRYING, COOPERATION, MEMBERSHIP
from ptce_graph.network.network import Network
from ptce_graph.reports.drawing import INK, bare_axes, plain

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: Beyond this many tied nodes a drawing shows nothing but ink.
MOST_DRAWN = 400
LABELLED = 15
_MARKERS = {"diamond": "D", "dot": "o", "square": "s", "triangle": "^", "hexagon": "h"}
_LINES = {"solid": "-", "dashed": (0, (3, 2)), "dotted": (0, (1, 1.5))}
_SMALLEST, _LARGEST = 14, 190
#: Places tried at each distance, and what a step away costs, in square points covered.
_AROUND, _FAR = 8, 45
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Drawn:
    """A network ready to be painted; ``height`` in inches, ``lone`` the nodes left out."""

    paint: Callable[[Figure], None]
    height: float
    drawn: int
    lone: int


def network_drawing(
    network: Network,
    sizes: Mapping[str, float],
    words: Callable[[str], str],
    width: float,
    labelled: int = LABELLED,
) -> Drawn | None:
    """The drawing of the tied nodes, sized by ``sizes``; ``None`` where none or too many are."""
    lone = [node for node, degree in network.graph.degree() if degree == 0]
    tied = network.without_nodes(lone)
    if not 0 < len(tied.nodes) <= MOST_DRAWN:
        return None
    first = sorted(tied.graph, key=lambda n: (-sizes.get(n, 0.0), -tied.graph.degree(n), n))
    shorts = short_names(tied)
    labels = {node: plain(shorts[node], 26) for node in first[:labelled]}
    graph = tied.graph.copy()
    for node in graph:
        # The layout gives room to labels: only those that are drawn.
        graph.nodes[node]["label"] = labels.get(node, "·")
    places = {node: (float(x), -float(y)) for node, (x, y) in layout(graph).positions.items()}
    xs, ys = zip(*places.values(), strict=True)
    ratio = (max(ys) - min(ys) + 150) / (max(xs) - min(xs) + 150)
    height = width * min(max(ratio, 0.4), 1.15) + 0.75

    def paint(figure: Figure) -> None:
        axes = figure.add_subplot()
        bare_axes(axes)
        _nodes(axes, tied, places, sizes, words)
        _edges(axes, tied, places, words)
        axes.margins(0.03)
        axes.set_aspect("equal", adjustable="datalim")
        figure.legend(loc="outside lower left", ncols=3, columnspacing=1.4, handletextpad=0.7)
        _labels(figure, axes, places, labels, _areas(places, sizes))

    return Drawn(paint, height, len(tied.nodes), len(lone))


def _areas(places: Mapping[str, Any], sizes: Mapping[str, float]) -> dict[str, float]:
    """Areas of markers in square points, in proportion above the smallest."""
    most = max((sizes.get(node, 0.0) for node in places), default=0.0) or 1.0
    reach = _LARGEST - _SMALLEST
    return {node: _SMALLEST + reach * sizes.get(node, 0.0) / most for node in sorted(places)}


def _edges(
    axes: Any, network: Network, places: Mapping[str, Any], words: Callable[[str], str]
) -> None:
    from matplotlib.collections import LineCollection

    by_kind: dict[str, list[list[Any]]] = {}
    for one, other, data in sorted(network.graph.edges(data=True), key=lambda e: sorted(e[:2])):
        kind = next(k for k in (CARRYING, COOPERATION, MEMBERSHIP) if k in data["kinds"])
        by_kind.setdefault(kind, []).append([places[min(one, other)], places[max(one, other)]])
    for kind, (label, colour, line) in EDGE_LOOKS.items():
        if kind in by_kind:
            width = 1.5 if kind == CARRYING else 0.8
            drawn = LineCollection(
                by_kind[kind], colors=colour, linewidths=width, linestyles=[_LINES[line]], zorder=1
            )
            axes.add_collection(drawn)
            axes.plot(
                [], [], color=colour, linewidth=width, linestyle=_LINES[line], label=words(label)
            )


def _nodes(
    axes: Any,
    network: Network,
    places: Mapping[str, Any],
    sizes: Mapping[str, float],
    words: Callable[[str], str],
) -> None:
    areas = _areas(places, sizes)
    categories = {node: category_of(network, node) for node in places}
    for category, (label, colour, shape) in NODE_LOOKS.items():
        own = [node for node in sorted(places) if categories[node] == category]
        if own:
            axes.scatter(
                [places[node][0] for node in own],
                [places[node][1] for node in own],
                s=[areas[node] for node in own],
                marker=_MARKERS[shape],
                facecolor=colour,
                edgecolor=INK,
                linewidth=0.5,
                zorder=3,
            )
            axes.scatter(
                [],
                [],
                s=34,
                marker=_MARKERS[shape],
                facecolor=colour,
                edgecolor=INK,
                linewidth=0.5,
                label=words(label),
            )


def _labels(
    figure: Figure,
    axes: Any,
    places: Mapping[str, Any],
    labels: Mapping[str, str],
    areas: Mapping[str, float],
) -> None:
    """Names beside their nodes, each where it covers the least, the first first."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    canvas: Any = FigureCanvasAgg(figure)
    figure.dpi = 72
    canvas.draw()
    renderer = canvas.get_renderer()
    at = {node: axes.transData.transform(place) for node, place in places.items()}
    radius = {node: (areas[node] ** 0.5) / 2 for node in places}
    taken = [
        (x - radius[n], y - radius[n], x + radius[n], y + radius[n]) for n, (x, y) in at.items()
    ]
    frame = axes.get_window_extent(renderer).bounds
    for node, text in labels.items():
        drawn = axes.text(0, 0, text, fontsize=8, zorder=5, va="center", ha="center")
        extent = drawn.get_window_extent(renderer)
        boxes = _candidates(at[node], radius[node] + 2.5, extent.width, extent.height)
        costs = [_cost(box, taken, frame) + _FAR * (i // _AROUND) for i, box in enumerate(boxes)]
        best = boxes[costs.index(min(costs))]
        taken.append(best)
        _lead(axes, at[node], best, radius[node])
        middle = ((best[0] + best[2]) / 2, (best[1] + best[3]) / 2)
        drawn.set_position(axes.transData.inverted().transform(middle))
        # The drawing keeps its size, wherever names stand.
        drawn.set_in_layout(False)
        drawn.set_bbox({"facecolor": "white", "edgecolor": "none", "alpha": 0.78, "pad": 0.6})


def _lead(axes: Any, at: Any, box: Box, radius: float) -> None:
    """A thin line from a node to a name that stands away from it."""
    nearest = (min(max(at[0], box[0]), box[2]), min(max(at[1], box[1]), box[3]))
    if abs(nearest[0] - at[0]) + abs(nearest[1] - at[1]) > radius + 7:
        (x, y), (end, level) = axes.transData.inverted().transform([at, nearest])
        axes.plot([x, end], [y, level], color=INK, linewidth=0.5, zorder=2)


def _candidates(at: Any, away: float, width: float, height: float) -> list[Box]:
    """Right, left, above, below and the corners, in the order of preference."""
    x, y = float(at[0]), float(at[1])
    found = []
    for step in (1.0, 1.8, 2.8, 4.0, 6.0):
        far = away * step
        for across, up in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1)):
            middle = x + across * (far * (0.75 if up else 1) + width / 2)
            level = y + up * (far * (0.75 if across else 1) + height / 2)
            found.append(
                (middle - width / 2, level - height / 2, middle + width / 2, level + height / 2)
            )
    return found


def _cost(box: Box, taken: Sequence[Box], frame: tuple[float, ...]) -> float:
    """The area that is covered already, and what would stick out of the frame, dearer."""
    left, bottom, width, height = frame
    # Names that nearly touch read as one.
    wide = (box[0] - 2.5, box[1] - 1, box[2] + 2.5, box[3] + 1)
    covered = sum(_overlap(wide, other) for other in taken)
    inside = _overlap(box, (left, bottom, left + width, bottom + height))
    area = (box[2] - box[0]) * (box[3] - box[1])
    # Rounded, so that two machines choose the same.
    return round(3 * covered + 20 * (area - inside), 3)


def _overlap(one: Box, other: Box) -> float:
    across = min(one[2], other[2]) - max(one[0], other[0])
    up = min(one[3], other[3]) - max(one[1], other[1])
    return across * up if across > 0 and up > 0 else 0.0
