"""From a view in a person's words to maps: what the command and the Python API call."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ptce_graph.files import write_whole
from ptce_graph.maps.build import known_language, map_models
from ptce_graph.maps.drawing import MOST_EDGES, MOST_NODES, drawable, drawing
from ptce_graph.maps.layout import knows
from ptce_graph.maps.model import MapModel
from ptce_graph.maps.overview import overview
from ptce_graph.maps.overview_words import overview_models
from ptce_graph.maps.positions import Point, read_positions, write_positions
from ptce_graph.maps.views import MapView, Seen, seen
from ptce_graph.network.filters import Filters
from ptce_graph.tables.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pandas import DataFrame

    from ptce_graph.poles.judge import Findings

#: Files with these ends are figures for papers and reports.
FIGURES = (".svg", ".pdf", ".png")


@dataclass(frozen=True)
class Wish:
    """How to show a view: language, title, what colours and sizes show at first, outlines.

    ``color_by`` is a scale or a grouping, ``size_by`` a scale, ``layout``
    ``network``, ``geographic`` or ``overview``; empty for what a page does
    anyway. ``outlines`` is a GeoJSON file to draw the geographic layout on.
    ``positions`` is a file with the places of an earlier map, which this one keeps
    where it can; ``remember`` writes it. ``judged`` finds what poles meet of the
    criteria, once for all maps of a wish, when one of them shows a pole; without
    it cards say nothing of criteria.
    """

    language: str = "fr"
    title: str = ""
    color_by: str = ""
    size_by: str = ""
    layout: str = ""
    outlines: Path | None = None
    positions: Path | None = None
    judged: Callable[[], Findings] | None = None

    @cached_property
    def _findings(self) -> Findings | None:
        return self.judged() if self.judged else None

    def findings(self) -> Findings | None:
        """What is found of poles; ``None`` where nothing finds it."""
        return self._findings

    @cached_property
    def before(self) -> dict[str, Point]:
        """The places of the earlier map; none where there is no file yet."""
        if self.positions is None or not self.positions.exists():
            return {}
        return read_positions(self.positions)

    @property
    def start(self) -> tuple[tuple[str, str], ...]:
        """As in ``MapModel.start``."""
        told = (("color", self.color_by), ("size", self.size_by), ("layout", self.layout))
        return tuple((what, chosen) for what, chosen in told if chosen)


def make_maps(facts: Facts, links: DataFrame, view: MapView, wish: Wish) -> tuple[MapModel, ...]:
    """The maps of ``view``: one per language, that of ``wish`` first.

    Beyond ``MOST_NODES`` nodes it is an overview of networks, poles or
    regions. Raises ``CallError`` for anything that names nothing, and where
    there is nothing to draw.
    """
    known_language(wish.language)
    return models_of(seen(facts, links, view), wish)


def models_of(
    found: Seen, wish: Wish, pages: Mapping[str, Mapping[str, str]] | None = None
) -> tuple[MapModel, ...]:
    """The maps of what a view shows.

    ``pages`` are, by level of ``overview.LEVELS`` and group, the files of the
    maps to which the nodes of an overview lead.
    """
    view, drawn, before = found.view, drawable(found)[0], wish.before
    if view.overview or len(drawn.nodes) > MOST_NODES or len(drawn.edges) > MOST_EDGES:
        shown = overview(found, view.overview, before)
        leads = (pages or {}).get(shown.level, {})
        return overview_models(shown, wish.language, wish.title, wish.start, leads)
    drawn_at = drawing(found, wish.outlines, wish.start, before, wish.findings)
    return map_models(drawn_at, wish.language, wish.title)


def asked(**options: Any) -> tuple[MapView, Wish]:
    """A view and a wish from the fields of ``MapView``, of its ``Filters`` and of ``Wish``.

    ``lang`` is short for ``language``. A single name may stand for a tuple of one.
    Raises ``TypeError`` for any other keyword.
    """
    if "lang" in options:
        options["language"] = options.pop("lang")
    filters = options.pop("filters", None) or Filters()
    told: list[dict[str, Any]] = [{}, {}, {}]
    known = [{f.name: str(f.type) for f in fields(kind)} for kind in (MapView, Filters, Wish)]
    for name, value in options.items():
        owner = next((at for at, names in enumerate(known) if name in names), None)
        if owner is None:
            raise TypeError(f"maps take no option named {name}")
        told[owner][name] = _fitting(known[owner][name], value)
    return MapView(filters=replace(filters, **told[1]), **told[0]), Wish(**told[2])


def _fitting(declared: str, value: Any) -> Any:
    if declared.startswith("Path") and isinstance(value, str):
        return Path(value)
    if not declared.startswith("tuple") or value is None:
        return value
    return (value,) if isinstance(value, str) else tuple(value)


def write_maps(models: tuple[MapModel, ...], path: Path) -> None:
    """Write the maps to ``path``: a figure by the end of its name, or a page in all languages."""
    if path.suffix.lower() in FIGURES:
        # Matplotlib comes with it: imported for figures only.
        import_module("ptce_graph.maps.figure").write_figure(models[0], path)
        return
    from ptce_graph.maps.html import render_html

    write_whole(path, render_html(models[0], *models[1:]))


def remember(models: tuple[MapModel, ...], wish: Wish) -> None:
    """Write the places of the maps to the file of ``wish``, if it has one.

    Places of what these maps leave out stay in the file, unless the maps were
    drawn anew: then they belong to another picture.
    """
    if wish.positions is None:
        return
    places = {node.id: (node.x, node.y) for node in models[0].nodes}
    kept = wish.before if knows(wish.before, places) else {}
    write_positions(wish.positions, {**kept, **places})
