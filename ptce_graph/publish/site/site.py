"""The site as a set of files, each rendered when it is asked for.

``write`` writes all of them; a server calls ``read``. Nothing is made before it
is needed but the index of the tables, so that the first page of a dataset of a
whole country comes at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from ptce_graph.analysis.measures import MEASURES
from ptce_graph.dataset.questions import QUERIES_DIR
from ptce_graph.errors import CallError
from ptce_graph.files import write_bytes_whole
from ptce_graph.i18n import DEFAULT_LANGUAGE, LANGUAGES, translator
from ptce_graph.i18n import gettext as _
from ptce_graph.maps.build import known_language
from ptce_graph.progress import Progress
from ptce_graph.publish.release import About
from ptce_graph.publish.site import front, home
from ptce_graph.publish.site.addresses import has_code, has_page, page_of_iri
from ptce_graph.publish.site.files import SiteFiles
from ptce_graph.publish.site.index import Index
from ptce_graph.publish.site.judged import Judged
from ptce_graph.publish.site.maps import SiteMaps
from ptce_graph.publish.site.parts import Making, Shared
from ptce_graph.publish.site.paths import THING_FORMATS, in_language
from ptce_graph.publish.site.questions import Answers, catalogue
from ptce_graph.publish.site.render import Frame, page_html, rendered
from ptce_graph.publish.site.router import Router, as_code, as_named, as_thing
from ptce_graph.publish.site.search import search_script
from ptce_graph.tables.dataset_file import dataset_about
from ptce_graph.tabular import csv_text
from ptce_graph.vocabulary.iris import code_iri, thing_iri

if TYPE_CHECKING:
    from pandas import DataFrame
    from pyoxigraph import Store

    from ptce_graph.tables.facts import Facts

#: More things than this make a folder that few hosts take: ``serve`` renders them on demand.
MOST_WRITTEN = 20_000
#: Search engines read no more addresses from one file.
_MOST_IN_SITEMAP = 50_000


class Source(Protocol):
    """What the site is made of: a ``KnowledgeGraph`` has it all, each part made when first used."""

    @property
    def facts(self) -> Facts: ...
    @property
    def links(self) -> DataFrame: ...
    @property
    def nquads(self) -> str: ...
    @property
    def store(self) -> Store: ...
    @property
    def base_iri(self) -> str: ...


class Site:
    """The pages and files of ``source``.

    ``about`` describes the dataset (``dataset.yml`` of its folder without it);
    ``base_url`` is where the site will stand (``https://example.org/ptce/``),
    needed for its sitemap only; ``language`` is the one in which maps open
    first; ``maps`` leaves the interactive maps out where false. Raises
    ``CallError`` for another language or an address that is none.
    """

    def __init__(
        self,
        source: Source,
        about: About | None = None,
        base_url: str = "",
        language: str = DEFAULT_LANGUAGE,
        maps: bool = True,
    ) -> None:
        known_language(language)
        self.source = source
        self.about = about or dataset_about(source.facts.tables.folder)
        self.base_url, self.language = _address(base_url), language
        self.index = Index(source.facts, source.links)
        self.judged = judged = Judged(source)
        told = lambda: judged.findings  # noqa: E731
        self.maps = SiteMaps(source.facts, source.links, language, told) if maps else None
        self.files = SiteFiles(source, self.about)
        self._router = Router(self.index, lambda: self._answers, self.files, self.maps, judged)
        schema = self.files.schema_of
        shared = Shared(self.index, self.about, source.base_iri, self._map_of, schema, judged)
        self._making = {name: Making(shared, name) for name in LANGUAGES}

    @cached_property
    def _answers(self) -> Answers:
        return Answers(self.source.store, self.index, self.source.base_iri)

    def _map_of(self, section: str, group: str) -> str:
        return self.maps.file_of(section, group) if self.maps else ""

    # What there is

    def paths(self) -> Iterator[str]:
        """All files of the site, relative, with ``/``; the home first, each once."""
        for path in self._router.paths():
            yield from (in_language(path, language) for language in LANGUAGES)
            if path.startswith(("id/", "code/")):
                stem = path.removesuffix(".html")
                yield from (f"{stem}.{end}" for end, _media, _name in THING_FORMATS)
        for name in catalogue():
            yield from (f"questions/{name}.csv", f"questions/{name}.rq")
        yield from (f"measures/{name}.csv" for name in MEASURES)
        yield from (f"search/{language}.js" for language in LANGUAGES)
        yield from ("404.html", "robots.txt", ".nojekyll", *self.files.ontology_files)
        if self.base_url:
            yield "sitemap.xml"
        yield from (f"data/{name}" for name, _text in self.files.data_files)
        if self.maps:
            yield from (f"maps/{file}" for file in self.maps.planned)

    @property
    def size(self) -> int:
        """The number of things that have a page."""
        others = sum(len(known) for known in self._router.things().values())
        return len(self.index.names) + len(self.index.facts.same) + others

    def page_of(self, iri: str, language: str = DEFAULT_LANGUAGE) -> str:
        """The page (with the anchor of the fact) that tells of an IRI; empty where none does."""
        found = page_of_iri(self.index, iri, self.source.base_iri)
        return in_language(found, language) if found else ""

    # Reading

    def read(self, path: str) -> bytes | None:
        """One file, rendered now; ``None`` where there is none of this name."""
        if path.startswith("maps/"):
            told = self.maps.page(path.removeprefix("maps/")) if self.maps else None
            return None if told is None else told.encode("utf-8")
        if path.startswith("data/") or not path.endswith(".html"):
            return self._file(path)
        language, page_path = _language_of(path)
        if path == "404.html":
            return self._not_found()
        if page_path.startswith("profiles/"):
            return self.judged.profile(page_path, language)
        page = self._router.page(page_path, self._making[language])
        return None if page is None else page_html(page, language, self._frame)

    @cached_property
    def _frame(self) -> Frame:
        titles = {name: home.short_title(making) for name, making in self._making.items()}
        web = self.about.licence if self.about.licence.startswith("http") else ""
        licences = {name: _licence(self.about, name) for name in LANGUAGES}
        return Frame(titles, licences, web, self.about.version, self.base_url, bool(self.maps))

    def _file(self, path: str) -> bytes | None:
        """A file that is no page."""
        if path in ("robots.txt", "sitemap.xml", ".nojekyll"):
            return self._for_robots(path)
        if path in self.files.ontology_files:
            return self.files.ontology_files[path]
        if path.startswith("data/"):
            return self.files.data(path.removeprefix("data/"))
        stem, _dot, end = path.rpartition(".")
        language = stem.removeprefix("search/")
        if path == f"search/{language}.js" and language in LANGUAGES:
            return search_script(self._making[language]).encode("utf-8")
        named = as_named(stem)
        if named:
            return self._table(*named, end)
        iri = self._iri(stem) if end in {name for name, _media, _label in THING_FORMATS} else ""
        return self.files.described(iri, end) if iri else None

    def _table(self, folder: str, name: str, end: str) -> bytes | None:
        """The answer of a question, or the values of a measure, as a spreadsheet opens them."""
        if folder == "questions" and name in catalogue() and end in ("rq", "csv"):
            if end == "rq":
                return (QUERIES_DIR / f"{name}.rq").read_bytes()
            return self._answers.csv(name).encode("utf-8")
        if folder == "measures" and name in MEASURES and end == "csv":
            frame = self._router.measured(name)
            cells = frame.astype(object).where(frame.notna(), None)
            return csv_text(list(frame.columns), cells.values.tolist()).encode("utf-8")
        return None

    def _iri(self, stem: str) -> str:
        """The IRI whose page has this stem; empty where there is no such thing."""
        thing, code = as_thing(stem), as_code(stem)
        if thing and has_page(self.index, *thing):
            return thing_iri(*thing, self.source.base_iri)
        return code_iri(*code) if code and has_code(self.index, *code) else ""

    def _for_robots(self, path: str) -> bytes | None:
        if path == "sitemap.xml":
            return self._sitemap() if self.base_url else None
        lines = ["User-agent: *", "Allow: /"]
        if self.base_url:
            lines.append(f"Sitemap: {self.base_url}sitemap.xml")
        return b"" if path == ".nojekyll" else ("\n".join(lines) + "\n").encode("utf-8")

    def _sitemap(self) -> bytes:
        lines = ['<?xml version="1.0" encoding="UTF-8"?>']
        lines.append('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">')
        for path in self._router.paths():
            for language in LANGUAGES:
                address = escape(self.base_url + in_language(path, language))
                lines.append(f"<url><loc>{address}</loc></url>")
        lines = [*lines[: _MOST_IN_SITEMAP + 2], "</urlset>"]
        return ("\n".join(lines) + "\n").encode("utf-8")

    def _not_found(self) -> bytes:
        """A server shows it under any address: its links start from the site's root."""
        page = front.not_found_page(self._making[self.language])
        root = urlsplit(self.base_url).path if self.base_url else "/"

        def href(target: str) -> str:
            return root + in_language(target, self.language)

        return rendered(page, self.language, self._frame, href)

    # Writing

    def write(
        self, folder: Path, progress: Progress | None = None, limit: int = MOST_WRITTEN
    ) -> Path:
        """Write all files under ``folder``; the path of its ``index.html``.

        Raises ``CallError`` where more things than ``limit`` would have pages.
        """
        if self.size > limit:
            files = self.size * (len(LANGUAGES) + len(THING_FORMATS))
            raise CallError(
                _("{n} things would make a folder of {files} files.").format(
                    n=self.size, files=files
                ),
                _("Serve them instead (ptce-graph serve), or raise --limit."),
            )
        every = list(self.paths())
        for done, path in enumerate(every):
            if progress:
                progress(path, done, len(every))
            told = self.read(path)
            if told is not None:
                write_bytes_whole(folder / path, told)
        if progress:
            progress("", len(every), len(every))
        return folder / "index.html"


def _language_of(path: str) -> tuple[str, str]:
    """The language of a page's file, and its path without it."""
    first, _slash, rest = path.partition("/")
    if first in LANGUAGES and first != DEFAULT_LANGUAGE:
        return first, rest
    return DEFAULT_LANGUAGE, path


def _licence(about: About, language: str) -> str:
    """The licence in words where it is known, else as it is told."""
    if "Licence-Ouverte" in about.licence or "licence-ouverte" in about.licence:
        return translator(language)("Open Licence 2.0 (Etalab)")
    return about.licence


def _address(base_url: str) -> str:
    """The address with a slash at its end; ``CallError`` where it is none."""
    if not base_url:
        return ""
    if not re.fullmatch(r"https?://[^\s<>\"'{}|\\^`?#]+", base_url):
        raise CallError(
            _("{url} is no address of a site.").format(url=base_url),
            _("Such as https://example.org/ptce/."),
        )
    return base_url.rstrip("/") + "/"
