"""Figures of poles: profiles on the framework as bars and as a radar.

Each figure comes with a table of the same numbers, its twin for those who do
not see it; no colour says anything alone (marks and lines differ too).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _
from ptce_graph.i18n import mark, translator
from ptce_graph.poles.framework import LEVEL_WORDS
from ptce_graph.poles.profile import INDICATORS, OBJECTIVES, Profiles
from ptce_graph.poles.profile_shown import mean_words
from ptce_graph.reports.drawing import (
    BLUE,
    INK,
    LINE,
    SOFT,
    VERMILION,
    draw,
    draw_svg,
    picture,
    plain,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure


Paint = Callable[["Figure"], None]
#: More profiles than this are not told apart in one figure.
MOST_PROFILES = 4
#: Okabe and Ito's colours that are far apart in grey too, with a mark and a line each.
_LOOKS = ((BLUE, "o", "-"), (VERMILION, "s", "--"), ("#111111", "^", ":"), ("#7a4b8f", "D", "-."))
_LONGEST = 62
_IMPORTANCE = mark("Importance declared (mean of the answers)")


@dataclass(frozen=True)
class PoleFigure:
    """A figure and its twin in text.

    ``columns`` and ``rows`` are the table of the same numbers, in words;
    ``description`` says what is drawn. ``svg``, ``pdf`` and ``png`` are made
    when they are asked for, the same bytes for the same data.
    """

    name: str
    title: str
    description: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    height: float
    paint: Paint

    @cached_property
    def svg(self) -> str:
        """As SVG, without style or script, to stand in a page."""
        return draw_svg(self.name, self.height, self.paint, self.title, self.description)

    @cached_property
    def pdf(self) -> bytes:
        """As PDF."""
        return draw(self.name, self.height, self.paint, self.title, self.description)[1]

    @cached_property
    def png(self) -> bytes:
        """As PNG."""
        return picture(self.name, self.height, self.paint)


def profile_bars(
    profiles: Profiles, on: str = INDICATORS, name: str = "profile-bars"
) -> PoleFigure:
    """A bar per item and profile, on the scale from 1; no answer is told in words, not drawn.

    Raises ``CallError`` for objectives without a file that links them, and for
    more than ``MOST_PROFILES`` profiles.
    """
    words, titles = translator(profiles.language), _titles(profiles)
    wide = profiles.compared(on)
    labels = [plain(str(label), _LONGEST) for label in wide["label"]]
    series = [[float(value) for value in wide[title]] for title in titles]

    def paint(figure: Figure) -> None:
        axes = figure.add_subplot()
        thick = 0.8 / len(series)
        for at, values in enumerate(series):
            places = [row + (at - (len(series) - 1) / 2) * thick for row in range(len(labels))]
            color, hatch = _LOOKS[at][0], ("", "////", "\\\\\\\\", "xxxx")[at]
            known = [(p, v) for p, v in zip(places, values, strict=True) if not math.isnan(v)]
            axes.barh(
                [p for p, _v in known],
                [v for _p, v in known],
                height=thick * 0.9,
                color="white" if at else color,
                edgecolor=color,
                hatch=hatch,
                linewidth=0.8,
                label=plain(titles[at], _LONGEST),
            )
            for place, value in zip(places, values, strict=True):
                told = mean_words(value, profiles.language)
                start = 0 if math.isnan(value) else value
                axes.annotate(
                    told,
                    (start, place),
                    xytext=(3, 0),
                    textcoords="offset points",
                    va="center",
                    fontsize=7 if len(series) < 3 else 5.5,
                    color=SOFT if math.isnan(value) else INK,
                )
        axes.set_yticks(range(len(labels)), labels)
        axes.set_ylim(len(labels) - 0.4, -0.6)
        axes.tick_params(axis="y", length=0)
        axes.set_xlim(0, profiles.scale_max + 0.45)
        _scale(axes.xaxis, profiles, words)
        axes.spines["left"].set_visible(False)
        axes.grid(axis="x")
        axes.set_axisbelow(True)
        axes.set_xlabel(words(_IMPORTANCE))
        if len(series) > 1:
            figure.legend(loc="outside upper left", ncols=1)

    height = 1.1 + len(labels) * max(0.24, 0.15 * len(series)) + 0.16 * len(series)
    return _figure(profiles, on, name, height, paint, titles)


def profile_radar(profiles: Profiles, on: str = "", name: str = "profile-radar") -> PoleFigure:
    """A radar with an axis per item: objectives where they are linked, else indicators.

    A line breaks where there is no answer: a gap, no 0. Raises as ``profile_bars``.
    """
    on = on or (INDICATORS if profiles.by_objective is None else OBJECTIVES)
    words, titles = translator(profiles.language), _titles(profiles)
    wide = profiles.compared(on)
    series = [[float(value) for value in wide[title]] for title in titles]
    shown = _axis_labels(profiles, on)
    angles = [2 * math.pi * at / len(shown) for at in range(len(shown))]

    def paint(figure: Figure) -> None:
        # The labels stand outside what the layout reckons with: room is left for them.
        engine: Any = figure.get_layout_engine()
        engine.set(rect=(0.03, 0, 0.94, 1))
        axes: Any = figure.add_subplot(projection="polar")
        axes.set_rlabel_position(180 / len(shown))
        axes.set_theta_zero_location("N")
        axes.set_theta_direction(-1)
        axes.set_ylim(0, profiles.scale_max)
        axes.set_yticks(range(1, profiles.scale_max + 1))
        axes.set_yticklabels([str(at) for at in range(1, profiles.scale_max + 1)], color=SOFT)
        axes.set_xticks(angles, shown)
        axes.tick_params(axis="x", pad=4, labelsize=7)
        for angle, label in zip(angles, axes.get_xticklabels(), strict=True):
            side = math.sin(angle)
            label.set_horizontalalignment(
                "center" if abs(side) < 0.1 else "left" if side > 0 else "right"
            )
        axes.spines["polar"].set_color(LINE)
        for (color, point, line), values, title in zip(_LOOKS, series, titles, strict=False):
            axes.plot(
                [*angles, angles[0]],
                [*values, values[0]],
                linestyle=line,
                marker=point,
                markersize=4.5,
                color=color,
                linewidth=1.4,
                clip_on=False,
                label=plain(title, _LONGEST),
            )
        figure.legend(loc="outside upper left", ncols=1, title=words(_IMPORTANCE))

    return _figure(profiles, on, name, 5.2 + 0.16 * len(series), paint, titles)


def _figure(
    profiles: Profiles, on: str, name: str, height: float, paint: Paint, titles: Sequence[str]
) -> PoleFigure:
    words, wide = translator(profiles.language), profiles.compared(on)
    what = mark("Objective") if on == OBJECTIVES else mark("Indicator")
    rows = []
    for at, label in enumerate(_lettered(profiles, on)):
        values = [float(wide[title].iloc[at]) for title in titles]
        told = [mean_words(value, profiles.language) for value in values]
        rows.append((label, *told))
    return PoleFigure(
        name,
        words("Profile on the action framework: {profiles}").format(
            profiles=_joined(profiles, titles)
        ),
        " ".join(told.told(words) for told in profiles.notes),
        (words(what), *titles),
        tuple(rows),
        height,
        paint,
    )


def _titles(profiles: Profiles) -> list[str]:
    if len(profiles.profiles) > MOST_PROFILES:
        raise CallError(
            _("{n} profiles do not fit into one figure.").format(n=len(profiles.profiles)),
            _("Draw {most} of them, or look at the table.").format(most=MOST_PROFILES),
        )
    return [profiles.title_of(pole, date) for pole, date in profiles.profiles]


def _axis_labels(profiles: Profiles, on: str) -> list[str]:
    """Labels around a radar, broken into lines; objectives with their letter."""
    from textwrap import fill

    return [fill(plain(label), 24) for label in _lettered(profiles, on)]


def _lettered(profiles: Profiles, on: str) -> list[str]:
    """The labels of the items; objectives with their letter."""
    table = profiles.table(on).drop_duplicates("item")
    letters = [f"{n} – " if n else "" for n in table.get("notation", [""] * len(table))]
    return [letter + str(label) for letter, label in zip(letters, table["label"], strict=True)]


def _scale(axis: Any, profiles: Profiles, words: Callable[[str], str]) -> None:
    """The whole numbers of the scale, the two that have words with them."""
    ticks = range(1, profiles.scale_max + 1)
    shown = [f"{at}\n{words(LEVEL_WORDS[at])}" if at in LEVEL_WORDS else str(at) for at in ticks]
    axis.set_ticks(list(ticks), shown)


def _joined(profiles: Profiles, titles: Sequence[str]) -> str:
    return ("\u202f; " if profiles.language == "fr" else "; ").join(titles)
