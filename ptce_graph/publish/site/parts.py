"""What the makers of pages share: the site's parts in one language."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from ptce_graph.analysis.measures import MEASURES
from ptce_graph.i18n import number_words, translator
from ptce_graph.publish.release import About
from ptce_graph.publish.site.index import Index
from ptce_graph.publish.site.judged import Judged
from ptce_graph.publish.site.model import Link, Links, Section
from ptce_graph.publish.site.paths import THING_FORMATS, thing_page
from ptce_graph.publish.site.telling import Telling
from ptce_graph.vocabulary.iris import thing_iri

#: A section tells so many facts; a network of a whole country has more members.
MOST_TOLD = 500


@dataclass(frozen=True)
class Shared:
    """What does not depend on the language.

    ``map_of`` gives the map of a network, pole, region or call (``""`` for the
    whole), or an empty text; ``schema_of`` the JSON-LD to embed in a page;
    ``judged`` holds what is found of poles.
    """

    index: Index
    about: About
    base_iri: str
    map_of: Callable[[str, str], str]
    schema_of: Callable[[str, str], str]
    judged: Judged


class Making:
    """The shared parts and the words of ``language``."""

    def __init__(self, shared: Shared, language: str) -> None:
        self.shared, self.language = shared, language
        self.index, self.about = shared.index, shared.about
        self.words = translator(language)
        self.tell = Telling(shared.index, language)

    def home(self) -> Link:
        """The first link of every trail."""
        return Link(self.words("Home"), "index.html")

    def iri(self, kind: str, identifier: str) -> str:
        """The address of a thing in the published graph."""
        return thing_iri(kind, identifier, self.shared.base_iri)

    def map_of(self, section: str, group: str) -> str:
        """The interactive map of a thing, or an empty text."""
        return self.shared.map_of(section, group)

    def schema_data(self, kind: str, identifier: str) -> str:
        """schema.org JSON-LD of a thing, ready to stand in a ``script`` element; or empty."""
        return self.shared.schema_of(self.iri(kind, identifier), self.language)

    def alternates(self, page: str) -> tuple[tuple[str, str], ...]:
        """The same thing as RDF: media types and files."""
        stem = page.removesuffix(".html")
        return tuple((media, f"{stem}.{end}") for end, media, _name in THING_FORMATS)

    def identity_sections(self, kind: str, identifier: str) -> tuple[Section, ...]:
        """The address of a thing to copy, and its formats."""
        iri = self.iri(kind, identifier)
        return (self.formats_section(iri, thing_page(kind, identifier)),)

    def formats_section(self, iri: str, page: str) -> Section:
        """An address to copy, and the files that hold the same as RDF."""
        stem = page.removesuffix(".html")
        files = tuple(Link(name, f"{stem}.{end}") for end, _media, name in THING_FORMATS)
        title = self.words("Identifier and formats")
        return Section("identifier", title, (Links(self.words("Identifier"), files, iri),))

    def value(self, measure: str, value: float) -> str:
        """The value of a measure as people of this language write it; a dash where undefined."""
        if math.isnan(value):
            return "—"
        if MEASURES[measure].whole:
            return number_words(str(int(value)), self.language)
        return number_words(f"{value:.3f}", self.language)


def present(*sections: Section | None) -> tuple[Section, ...]:
    """The sections that have something to tell."""
    return tuple(section for section in sections if section is not None and section.blocks)
