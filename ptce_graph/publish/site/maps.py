"""The interactive maps of the site: those of the gallery, each made when it is asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ptce_graph.errors import CallError
from ptce_graph.maps.gallery import SECTIONS, Planned, planned_maps
from ptce_graph.maps.html import render_html
from ptce_graph.maps.make import Wish, models_of
from ptce_graph.maps.preview import Preview, preview
from ptce_graph.maps.views import MapView, seen
from ptce_graph.network.filters import Filters
from ptce_graph.network.projections import project
from ptce_graph.tables.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Callable

    from pandas import DataFrame

    from ptce_graph.poles.judge import Findings

_LEVELS = {"network": "networks", "pole": "poles", "region": "region"}


class SiteMaps:
    """The maps of a gallery, planned once and drawn one by one."""

    def __init__(
        self, facts: Facts, links: DataFrame, language: str, judged: Callable[[], Findings]
    ) -> None:
        self.facts, self.links = facts, links
        self.wish = Wish(language=language, judged=judged)

    @cached_property
    def planned(self) -> dict[str, Planned]:
        """What there is to draw, by file name."""
        whole = project(self.facts, self.links, "all", Filters())
        found, _left_out = planned_maps(whole, Filters(), self.wish.language)
        return {item.file: item for item in found if self._is_there(item)}

    def _is_there(self, item: Planned) -> bool:
        """A map of bridges or of overlaps may have nothing to show; others have their links."""
        if item.section not in ("whole", "call"):
            return True
        try:
            seen(self.facts, self.links, item.view)
        except CallError:
            return False
        return True

    def file_of(self, section: str, group: str) -> str:
        """The file under ``maps/`` of a network, pole, region, call, or part of the whole."""
        return self._files.get((section, group), "")

    @cached_property
    def _files(self) -> dict[tuple[str, str], str]:
        return {
            (item.section, item.group or item.file.removesuffix(".html")): f"maps/{file}"
            for file, item in self.planned.items()
        }

    def by_section(self, language: str) -> list[tuple[str, list[tuple[str, str]]]]:
        """Titles of sections with the names and files of their maps."""
        from ptce_graph.i18n import translator

        words = translator(language)
        titles = {f"{name}.html": title for name, title, _view in _whole()}
        found: dict[str, list[tuple[str, str]]] = {name: [] for name in SECTIONS}
        for file, item in self.planned.items():
            title = words(titles[file]) if item.section == "whole" else item.title
            found[item.section].append((title, f"maps/{file}"))
        return [(words(SECTIONS[name]), told) for name, told in found.items()]

    def page(self, file: str) -> str | None:
        """The page of a map; ``None`` where there is none."""
        item = self.planned.get(file)
        if item is None:
            return None
        pages: dict[str, dict[str, str]] = {level: {} for level in _LEVELS.values()}
        for other in self.planned.values():
            if other.section in _LEVELS:
                pages[_LEVELS[other.section]][other.group] = other.file
        models = models_of(seen(self.facts, self.links, item.view), self.wish, pages)
        return render_html(models[0], *models[1:])

    @cached_property
    def preview(self) -> Preview | None:
        """The whole as a small picture; ``None`` where nothing is tied."""
        try:
            return preview(models_of(seen(self.facts, self.links, MapView()), self.wish)[0])
        except CallError:
            return None


def _whole() -> tuple[tuple[str, str, MapView], ...]:
    from ptce_graph.maps.gallery import WHOLE

    return WHOLE
