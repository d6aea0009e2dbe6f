"""The charts: ranks with their intervals, numbers of memberships, shared members, degrees.

Each function gives the one that paints a figure; texts come ready from the
caller, and no colour says anything alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ptce_graph.reports.drawing import BLUE, INK, LINE, SOFT, VERMILION, plain

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Paint = Callable[["Figure"], None]
_LONGEST = 44
_TICKS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)


@dataclass(frozen=True)
class Ranked:
    """A name, its rank and the ends of its interval."""

    name: str
    rank: float
    low: float
    high: float


def rank_intervals(rows: Sequence[Ranked], axis: str, point: str, bar: str, told: Any) -> Paint:
    """Dots on bars, the first on top; ranks on a logarithmic axis, 1 on the left."""

    def paint(figure: Figure) -> None:
        axes = figure.add_subplot()
        places = range(len(rows))
        axes.hlines(
            places,
            [row.low for row in rows],
            [row.high for row in rows],
            color="#7fb2d6",
            linewidth=3.2,
            zorder=2,
        )
        for end in ("low", "high"):
            axes.plot([getattr(r, end) for r in rows], places, "|", color=BLUE, markersize=6)
        axes.plot(
            [row.rank for row in rows], places, "o", color=VERMILION, markersize=5.5, zorder=4
        )
        axes.set_xscale("log")
        highest = max(row.high for row in rows)
        axes.set_xlim(0.88, highest * 1.15)
        _ticks(axes.xaxis, [tick for tick in _TICKS if tick <= highest * 1.15], told)
        axes.set_yticks(list(places), [plain(row.name, _LONGEST) for row in rows])
        axes.set_ylim(len(rows) - 0.4, -0.6)
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.grid(axis="x")
        axes.set_axisbelow(True)
        axes.set_xlabel(axis)
        axes.plot([], [], "o", color=VERMILION, markersize=5.5, label=point)
        axes.plot([], [], "-", color="#7fb2d6", linewidth=3.2, label=bar)
        figure.legend(loc="outside upper left", ncols=2, handletextpad=0.6)

    return paint


def bars(labels: Sequence[str], values: Sequence[int], x: str, y: str, told: Any) -> Paint:
    """Upright bars with their numbers on top."""

    def paint(figure: Figure) -> None:
        axes = figure.add_subplot()
        places = range(len(labels))
        axes.bar(places, values, width=0.62, color=BLUE)
        axes.set_xlim(-0.8, max(len(labels), 4) - 0.2)
        axes.set_ylim(0, max(values) * 1.14)
        for place, value in zip(places, values, strict=True):
            axes.annotate(
                told(value),
                (place, value),
                xytext=(0, 3),
                textcoords="offset points",
                ha="center",
                va="bottom",
            )
        axes.set_xticks(list(places), list(labels))
        axes.tick_params(axis="x", length=0)
        axes.spines["left"].set_visible(False)
        axes.set_yticks([])
        axes.set_xlabel(x)
        axes.set_ylabel(y)

    return paint


def matrix(names: Sequence[str], values: Sequence[Sequence[int]], bar: str, told: Any) -> Paint:
    """Shared members, the darker the more, with the number in each cell; sizes on the diagonal."""

    def paint(figure: Figure) -> None:
        from matplotlib.patches import Rectangle

        axes = figure.add_subplot()
        size = len(names)
        most = max([values[i][j] for i in range(size) for j in range(i)], default=0) or 1
        for i in range(size):
            for j in range(i + 1):
                value, own = values[i][j], i == j
                depth = 0.0 if own or not value else 0.15 + 0.85 * value / most
                axes.add_patch(
                    Rectangle(
                        (j - 0.5, i - 0.5),
                        1,
                        1,
                        facecolor=_blues(depth),
                        edgecolor=LINE,
                        linewidth=0.7,
                        hatch="////" if own else None,
                    )
                )
                if value or own:
                    axes.text(
                        j,
                        i,
                        told(value),
                        ha="center",
                        va="center",
                        color="white" if depth > 0.55 else INK,
                        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1} if own else None,
                    )
        shown = [plain(name, 34) for name in names]
        axes.set_xlim(-0.5, size - 0.5)
        axes.set_ylim(size - 0.5, -0.5)
        axes.set_aspect("equal")
        axes.set_yticks(range(size), shown)
        axes.set_xticks(range(size), shown, rotation=45, ha="right", rotation_mode="anchor")
        axes.tick_params(length=0)
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(False)
        axes.set_title(bar, loc="left", fontsize=8, color=SOFT)

    return paint


def degrees(counts: Sequence[tuple[int, float]], x: str, y: str, told: Any, share: Any) -> Paint:
    """The share of nodes of at least each degree, both axes logarithmic."""

    def paint(figure: Figure) -> None:
        axes = figure.add_subplot()
        at, part = [k for k, _ in counts], [p for _, p in counts]
        axes.plot(at, part, "-", color="#7fb2d6", linewidth=1, zorder=2)
        axes.plot(at, part, "o", color=BLUE, markersize=4.5, zorder=3)
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_xlim(0.9, max(at) * 1.15)
        axes.set_ylim(min(part) / 1.3, 1.3)
        _ticks(axes.xaxis, [tick for tick in _TICKS if tick <= max(at) * 1.15], told)
        shares = [s for s in (1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.001, 1e-4) if s >= min(part)]
        _ticks(axes.yaxis, shares or [1], share)
        axes.grid()
        axes.set_axisbelow(True)
        axes.set_xlabel(x)
        axes.set_ylabel(y)

    return paint


def _ticks(axis: Any, ticks: Sequence[float], told: Any) -> None:
    """These ticks only, in the words of the language."""
    from matplotlib.ticker import FixedLocator, NullLocator

    axis.set_major_locator(FixedLocator(ticks))
    axis.set_minor_locator(NullLocator())
    axis.set_major_formatter(lambda value, _place: told(value))


def _blues(depth: float) -> tuple[float, float, float]:
    """White to a deep blue; the darkness alone says the number in grey."""
    low, high = (1.0, 1.0, 1.0), (0.0, 0.27, 0.45)
    return tuple(a + (b - a) * depth for a, b in zip(low, high, strict=True))  # type: ignore[return-value]
