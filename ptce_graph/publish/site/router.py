"""From the path of a page to the page: the lists, the things, the codes, the questions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from ptce_graph.analysis.measures import MEASURES, measure_nodes
from ptce_graph.publish.site import (
    coverage,
    criteria,
    front,
    home,
    lists,
    measures,
    questions,
    sources,
    things,
)
from ptce_graph.publish.site.actors import actor_page, merged_page
from ptce_graph.publish.site.addresses import has_code, has_page
from ptce_graph.publish.site.files import SiteFiles
from ptce_graph.publish.site.index import Index
from ptce_graph.publish.site.judged import Judged, profile_page
from ptce_graph.publish.site.maps import SiteMaps
from ptce_graph.publish.site.model import Page
from ptce_graph.publish.site.parts import Making
from ptce_graph.publish.site.paths import code_page, thing_page
from ptce_graph.publish.site.questions import Answers, catalogue
from ptce_graph.vocabulary.iris import SLUG_PATTERN

if TYPE_CHECKING:
    from pandas import DataFrame

_THING = re.compile(rf"id/([a-z]+)/({SLUG_PATTERN})")
_CODE = re.compile(rf"code/({SLUG_PATTERN})(?:/({SLUG_PATTERN}))?")
_NAMED = re.compile(
    r"(questions|measures|organisations|poles|networks)/([a-z0-9_]+(?:-[a-z0-9]+)*)"
)
_LISTS = ("organisations", "poles", "networks")


def as_thing(stem: str) -> tuple[str, str] | None:
    """Kind and identifier that a path without its end names, if it names a thing."""
    found = _THING.fullmatch(stem)
    return (found[1], found[2]) if found else None


def as_code(stem: str) -> tuple[str, str] | None:
    """Code list and code (or an empty text) that a path without its end names."""
    found = _CODE.fullmatch(stem)
    return (found[1], found[2] or "") if found else None


def as_named(stem: str) -> tuple[str, str] | None:
    """Folder and name of a question, a measure or a part of a list."""
    found = _NAMED.fullmatch(stem)
    return (found[1], found[2]) if found else None


class Router:
    """The pages by their path; ``maps`` is ``None`` where the site has none."""

    def __init__(
        self,
        index: Index,
        answers: Callable[[], Answers],
        files: SiteFiles,
        maps: SiteMaps | None,
        judged: Judged,
    ) -> None:
        self.index, self.answers, self.files, self.maps = index, answers, files, maps
        self.judged = judged
        self.measured = lru_cache(maxsize=len(MEASURES))(self._measure)
        self.parts = lru_cache(maxsize=len(_LISTS))(self._parts)

    def paths(self) -> Iterator[str]:
        """The paths of all pages, without their language."""
        yield from self._fronts
        for name in _LISTS:
            yield from (f"{name}/{part}.html" for part in self.parts(name))
        for actor in self.index.by_name:
            yield thing_page(self.index.types[actor], actor)
        for raw, kept in sorted(self.index.facts.same.items()):
            yield thing_page(self.index.types[kept], raw)
        for kind, known in self.things().items():
            yield from (thing_page(kind, identifier) for identifier in known)
        for scheme, frame in self.index.facts.tables.codes.items():
            yield code_page(scheme)
            yield from (code_page(scheme, code) for code in frame["code"])
        yield from (f"questions/{name}.html" for name in catalogue())
        yield from (f"measures/{name}.html" for name in MEASURES)
        # Files of their own, which no frame of the site surrounds.
        yield from (profile_page(pole) for pole in self.judged.poles)

    def things(self) -> dict[str, list[str]]:
        """The identifiers of what has a page and is no actor, by kind."""
        index = self.index
        return {
            "cooperation": sorted(index.cooperation_names),
            "call": sorted(index.call_names),
            "candidacy": sorted(index.by("candidacies", "id")),
            "place": sorted(index.places),
            "source": sorted(index.facts.tables.documents),
        }

    def page(self, path: str, making: Making) -> Page | None:
        """The page at ``path``; ``None`` where there is none."""
        if path in self._fronts:
            return self._fronts[path](making)
        stem = path.removesuffix(".html")
        thing, code, named = as_thing(stem), as_code(stem), as_named(stem)
        if thing:
            return self._thing(*thing, making) if has_page(self.index, *thing) else None
        if code:
            return self._code(*code, making) if has_code(self.index, *code) else None
        return self._named(*named, making) if named else None

    @cached_property
    def _fronts(self) -> dict[str, Callable[[Making], Page]]:
        found: dict[str, Callable[[Making], Page]] = {
            "index.html": lambda m: home.home_page(
                m, self.answers(), self.maps.preview if self.maps else None
            ),
            "sources.html": lists.sources_list,
            "places.html": lists.places_list,
            "actions.html": lists.actions_list,
            "calls.html": lists.calls_list,
            "codes.html": lists.codes_list,
            "search.html": lists.search_page,
            "questions.html": questions.questions_page,
            "measures.html": measures.measures_page,
            criteria.PAGE: criteria.criteria_page,
            "coverage.html": coverage.coverage_page,
            "ontology.html": lambda m: front.ontology_page(m, *self.files.ontology(m.language)),
            "data.html": lambda m: front.data_page(m, self.files.data_files),
        }
        if self.maps is not None:
            maps = self.maps
            found["maps.html"] = lambda m: front.maps_page(m, maps.by_section(m.language))
        for name in _LISTS:
            found[f"{name}.html"] = self._list(name)
        return found

    def _list(self, name: str) -> Callable[[Making], Page]:
        return lambda making: lists.actor_list(making, name, self.parts(name))

    def _thing(self, kind: str, identifier: str, making: Making) -> Page:
        if kind in ("organisation", "pole"):
            if identifier in self.index.facts.same:
                return merged_page(making, kind, identifier)
            return actor_page(making, identifier)
        makers: dict[str, Callable[[Making, str], Page]] = {
            "cooperation": things.cooperation_page,
            "candidacy": things.candidacy_page,
            "call": things.call_page,
            "place": things.place_page,
            "source": sources.source_page,
        }
        return makers[kind](making, identifier)

    def _code(self, scheme: str, code: str, making: Making) -> Page:
        if code:
            return things.code_thing_page(making, scheme, code)
        return things.code_list_page(making, scheme)

    def _named(self, folder: str, name: str, making: Making) -> Page | None:
        if folder == "questions" and name in catalogue():
            return questions.question_page(making, self.answers(), name)
        if folder == "measures" and name in MEASURES:
            return measures.measure_page(making, name, self.measured(name))
        if folder in _LISTS and name in self.parts(folder):
            return lists.actor_list(making, folder, self.parts(folder), name)
        return None

    def _measure(self, name: str) -> DataFrame:
        """The values of a measure, the first first."""
        return measure_nodes(self.index.study, [name])

    def _parts(self, name: str) -> dict[str, list[str]]:
        """The pages of a long list."""
        return lists.parts_of(self.index, name)
