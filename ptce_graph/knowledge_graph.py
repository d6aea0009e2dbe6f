"""The façade: load, query, network, analyse, map, export. No logic of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from ptce_graph.errors import DataError, Problem
from ptce_graph.i18n import DEFAULT_LANGUAGE
from ptce_graph.tables.check import read_and_check
from ptce_graph.tables.facts import Facts, facts
from ptce_graph.tables.inputs import inputs_digest
from ptce_graph.vocabulary.iris import DEFAULT_BASE

if TYPE_CHECKING:
    from pandas import DataFrame
    from pyoxigraph import Store

    from ptce_graph.analysis.result import Result
    from ptce_graph.dataset.build import Build
    from ptce_graph.dataset.quads import Quads
    from ptce_graph.importers.run import Import
    from ptce_graph.maps.inline import InlineMap
    from ptce_graph.maps.model import MapModel
    from ptce_graph.network.filters import Filters
    from ptce_graph.network.network import Network
    from ptce_graph.poles.dossier import Dossier
    from ptce_graph.poles.judge import Findings
    from ptce_graph.poles.profile import Profiles
    from ptce_graph.progress import Progress
    from ptce_graph.publish.rdf.describe import Descriptions
    from ptce_graph.publish.release import Release


def check_folder(folder: Path | None = None) -> list[Problem]:
    """Every problem in the tables of ``folder``, sorted by file and row."""
    return read_and_check(folder)[1]


def import_into(
    kind: str,
    path: Path,
    folder: Path | None,
    dry_run: bool,
    wish: dict[str, Any],
    accept: Callable[[Import], bool] | None = None,
    progress: Progress | None = None,
) -> Import:
    """A file into a data folder; ``wish`` holds fields of ``importers.imported.Wish``."""
    from ptce_graph.importers.run import import_file, wish_of

    return import_file(kind, path, folder, wish_of(wish), dry_run, accept, progress)


def build_folder(
    data: Path | None, folder: Path, progress: Progress | None = None, base_iri: str = DEFAULT_BASE
) -> Build:
    """The build of ``data`` under ``folder``: made where there is none of the same inputs."""
    from ptce_graph.dataset.build import current_build

    inputs = inputs_digest(data, base_iri)
    found = current_build(folder, inputs)
    return found or KnowledgeGraph.load(data, base_iri).build(folder, progress, inputs)


@dataclass(frozen=True)
class KnowledgeGraph:
    """A sound data folder, seen as facts, as RDF, as networks and as maps.

    Each view is made when it is first asked for; none pays for another.
    """

    facts: Facts
    base_iri: str = DEFAULT_BASE

    @classmethod
    def load(cls, folder: Path | None = None, base_iri: str = DEFAULT_BASE) -> KnowledgeGraph:
        """Read and check ``folder``; raise ``DataError`` with all problems where there are any."""
        tables, problems = read_and_check(folder)
        if problems:
            raise DataError(problems)
        return cls(facts(tables), base_iri)

    def __repr__(self) -> str:
        """One line of counts: the frames themselves would fill the screen of a notebook."""
        types = self.actors["type"].value_counts()
        return (
            f"<KnowledgeGraph: {len(self.facts.tables.documents)} documents, "
            f"{types.get('organisation', 0)} organisations, {types.get('pole', 0)} poles, "
            f"{len(self.links)} links>"
        )

    # Tables

    @property
    def actors(self) -> DataFrame:
        """Organisations and poles, one row each; columns as in ``Facts.actors``."""
        return self.facts.actors

    @cached_property
    def links(self) -> DataFrame:
        """Every tie with its passage, one row each; columns as in ``network.links``."""
        from ptce_graph.network.links import links

        return links(self.facts)

    def coverage(self, report: str = "counts") -> DataFrame:
        """What the documents gave: ``counts``, ``disagreements``, ``illegible``, ``undocumented``.

        Columns as in the function of that name in ``tables.coverage``.
        """
        from ptce_graph.tables import coverage

        return coverage.REPORTS[report](self.facts)

    def reconcile(
        self,
        against: KnowledgeGraph | str | Path | None = None,
        lang: str = DEFAULT_LANGUAGE,
        progress: Progress | None = None,
        **search: Any,
    ) -> DataFrame:
        """Pairs that may be one organisation, the likeliest first, with their score and why.

        ``against``: another graph, a data folder or ``"bundled"``; without it,
        pairs among the sources of this graph. ``search`` holds fields of
        ``importers.reconcile.candidates.Search``: ``minimum=0.5`` … Columns:
        ``importers.reconcile.candidates.COLUMNS``.
        """
        from ptce_graph.importers.reconcile.candidates import Search, frame_of, pairs_of

        if isinstance(against, (str, Path)):
            other = None if str(against) == "bundled" else Path(against)
            against = KnowledgeGraph.load(other)
        there = None if against is None else against.facts
        return frame_of(pairs_of(self.facts, there, Search(**search), progress), lang)

    # RDF

    @property
    def quads(self) -> Quads:
        """The dataset as columns of quads, not kept: large data are made again rather."""
        from ptce_graph.dataset.triples import quads_of

        return quads_of(self.facts, self.base_iri)

    @cached_property
    def nquads(self) -> str:
        """The dataset as sorted N-Quads, its canonical form: same data, same text."""
        return self.quads.canonical()

    @cached_property
    def store(self) -> Store:
        """The dataset in memory, for SPARQL."""
        from ptce_graph.dataset.store import memory_store

        return memory_store(self.quads)

    def query(self, question: str, **parameters: str) -> DataFrame:
        """The answer to a catalogue question by its name, or to a SELECT query by its text.

        ``parameters`` are those of the question: ``query("network-members", network="rtes")``.
        A frame of texts, a column per variable, ``None`` where it is unbound. Raises ``CallError``
        for a query that cannot be read; warns (``CutAnswer``) of an answer cut at its ``limit``.
        """
        from ptce_graph.dataset.answers import answer_frame

        return answer_frame(self.store, question, parameters)

    def build(
        self, folder: str | Path, progress: Progress | None = None, inputs: str = ""
    ) -> Build:
        """Write ``dataset.nq`` and an on-disk store under ``folder``; where, and of how much.

        ``inputs`` says what the graph was made of (``tables.inputs``), so that
        another build of the same can be spared.
        """
        from ptce_graph.dataset.build import write_build

        documents = len(self.facts.tables.documents)
        return write_build(self.quads, Path(folder), inputs, documents, progress)

    # Networks

    def network(self, projection: str = "all", filters: Filters | None = None) -> Network:
        """A network of the links that ``filters`` keep; its ``graph`` is a networkx graph.

        ``projection`` is one of ``network.projections.PROJECTIONS``: ``all``,
        ``affiliation``, ``cooperation``, ``comembership`` or ``overlap``.
        """
        from ptce_graph.network.projections import project

        return project(self.facts, self.links, projection, filters)

    def result(
        self, analysis: str = "nodes", progress: Progress | None = None, **request: Any
    ) -> Result:
        """The result of an analysis of ``analysis.analyses.ANALYSES``, with all it rests on.

        ``request`` as in ``analysis.result.Request``: ``measures=["degree"]``,
        ``between=("COORACE", "RTES")``, ``filters=Filters(as_of="2013")`` …
        Planned links are left out unless ``filters`` say otherwise.
        """
        from ptce_graph.analysis.ask import ask
        from ptce_graph.analysis.result import Request

        return ask(self.facts, self.links, analysis, Request(**request), progress)

    def analyse(self, analysis: str = "nodes", **request: Any) -> DataFrame:
        """The tidy frame of ``result(analysis, **request)``.

        ``frame.attrs["about"]`` says in sentences how its numbers were made.
        """
        result = self.result(analysis, **request)
        frame = result.frame.copy()
        frame.attrs["about"] = list(result.about(str))
        return frame

    def report(
        self, folder: str | Path, lang: str = DEFAULT_LANGUAGE, title: str = "", **request: Any
    ) -> Path:
        """Write the report of the whole analysis into ``folder``; return its page's path.

        ``request`` as in ``result``: ``filters``, ``projection``, ``between`` …
        """
        from ptce_graph.analysis.result import Request
        from ptce_graph.reports.build import report, write_report

        told = report(self.facts, self.links, Request(**request), language=lang, title=title)
        return write_report(told, Path(folder))

    def bridges(self) -> DataFrame:
        """Who ties which networks together: ``analyse("bridges")``."""
        return self.analyse("bridges")

    # Poles

    def findings(self, thresholds: Mapping[str, object] | None = None) -> Findings:
        """The answers on every criterion for every pole, with the facts they rest on.

        ``thresholds`` replaces those of the rules: ``{"note-inc-2.min": 10}``.
        """
        from ptce_graph.poles.judge import findings

        return findings(self.store, self.facts, thresholds, base=self.base_iri)

    def poles(
        self, lang: str = DEFAULT_LANGUAGE, thresholds: Mapping[str, object] | None = None
    ) -> DataFrame:
        """A row per pole and criterion: value, by, evidence, passages, what it lacks …

        Columns as in ``poles.shown.answers_frame``; ``thresholds`` as in ``findings``.
        """
        from ptce_graph.poles.shown import answers_frame

        return answers_frame(self.findings(thresholds), lang)

    def pole(self, name: str, thresholds: Mapping[str, object] | None = None) -> Dossier:
        """All that is known of one pole; see ``poles.dossier.Dossier``."""
        from ptce_graph.poles.dossier import Dossiers

        found = self.findings(thresholds)
        return Dossiers(self.facts, self.network("all"), found, self.base_iri).of(name)

    def profile(self, answers: Sequence[str | Path], **options: Any) -> Profiles:
        """What filled questionnaires tell; ``options`` as in ``poles.profile.read_profiles``."""
        from ptce_graph.poles.profile import read_profiles

        return read_profiles(answers, self.facts, **options)

    def pole_page(
        self,
        name: str,
        path: str | Path,
        lang: str = DEFAULT_LANGUAGE,
        thresholds: Mapping[str, object] | None = None,
        answers: Sequence[str | Path] = (),
        **options: Any,
    ) -> Path:
        """Write the profile of a pole as one HTML page; ``answers``, ``options``: ``profile``."""
        from ptce_graph.reports.pole_page import write_pole_page

        profiles = self.profile(answers, language=lang, **options) if answers else None
        return write_pole_page(self.pole(name, thresholds), Path(path), lang, profiles)

    # Maps and files

    def maps(
        self,
        projection: str = "all",
        lang: str = DEFAULT_LANGUAGE,
        title: str = "",
        **options: Any,
    ) -> tuple[MapModel, ...]:
        """The same map in each language, ``lang`` first, before any writer draws it.

        ``options`` are fields of ``maps.views.MapView``, of ``Filters`` and of
        ``maps.make.Wish``: ``around="COORACE", steps=2``, ``networks=["RTES"]``,
        ``as_of="2009"``, ``compare=("2009", "2013")``, ``color_by="region"`` …
        Planned links are drawn unless ``states=["constate"]``.
        """
        from ptce_graph.maps.make import asked, make_maps

        told = {"projection": projection, "language": lang, "title": title, **options}
        view, wish = asked(judged=self.findings, **told)
        return make_maps(self.facts, self.links, view, wish)

    def map_model(
        self,
        projection: str = "all",
        lang: str = DEFAULT_LANGUAGE,
        title: str = "",
        **options: Any,
    ) -> MapModel:
        """What the map shows in ``lang``; ``options`` as in ``maps``."""
        return self.maps(projection, lang, title, **options)[0]

    @overload
    def map(self, path: str | Path, **options: Any) -> Path: ...
    @overload
    def map(self, path: None = None, **options: Any) -> InlineMap: ...
    def map(self, path: str | Path | None = None, **options: Any) -> Path | InlineMap:
        """Write a map and return its path; without a path, a map that a notebook shows.

        An interactive page that needs no network, or, where ``path`` ends in
        ``.svg``, ``.pdf`` or ``.png``, a figure. ``options`` as in ``maps``:
        ``projection``, ``lang``, ``title`` and the view. ``positions`` names a
        file of places, kept where they were and written anew after the map.
        """
        from ptce_graph.maps.make import asked, make_maps, remember

        view, wish = asked(judged=self.findings, **options)
        models = make_maps(self.facts, self.links, view, wish)
        if path is None:
            remember(models, wish)
            from ptce_graph.maps.html import render_html
            from ptce_graph.maps.inline import InlineMap

            return InlineMap(render_html(models[0], *models[1:]), models[0].title)
        from ptce_graph.maps.make import write_maps

        write_maps(models, Path(path))
        remember(models, wish)
        return Path(path)

    def gallery(self, folder: str | Path, lang: str = DEFAULT_LANGUAGE, **options: Any) -> Path:
        """Write a map of each network, pole, region and call into ``folder``, with an index.

        Returns the path of ``index.html``. ``options``: fields of ``Filters``,
        and ``outlines``.
        """
        from ptce_graph.maps.gallery import write_gallery
        from ptce_graph.maps.make import asked

        view, wish = asked(judged=self.findings, language=lang, **options)
        return write_gallery(self.facts, self.links, Path(folder), view.filters, wish)

    @cached_property
    def release(self) -> Release:
        """What is published: the quads, the network, and what ``dataset.yml`` says of them."""
        from ptce_graph.publish.release import Release
        from ptce_graph.tables.dataset_file import dataset_about

        folder = self.facts.tables.folder
        return Release(lambda: self.nquads, self.network(), self.base_iri, dataset_about(folder))

    @cached_property
    def descriptions(self) -> Descriptions:
        """An index of what is said of each thing; see ``publish.rdf.describe``."""
        from ptce_graph.publish.rdf.describe import Descriptions

        return Descriptions(self.nquads)

    def describe(self, thing: str, format_name: str = "ttl") -> str:
        """What is said of one thing, by its IRI, identifier or name: ``ttl``, ``jsonld`` …

        Formats are those of ``publish.rdf.describe.ENTITY_FORMATS``. Raises
        ``CallError`` for an unknown thing or format, with the nearest.
        """
        from ptce_graph.publish.rdf.describe import check_entity_format, describe_as, find_thing

        check_entity_format(format_name)
        iri = find_thing(self.descriptions, self.facts, self.base_iri, thing)
        return describe_as(self.descriptions, iri, format_name)

    def export_text(self, format_name: str) -> str:
        """The dataset in a format of one file of ``publish.formats.FORMATS``."""
        from ptce_graph.publish.formats import export_text

        return export_text(self.release, format_name)

    def export(self, format_name: str, path: str | Path) -> Path:
        """Write the dataset in a format to a file, or to a folder for several; return the path."""
        from ptce_graph.publish.formats import write_export

        return write_export(self.release, format_name, Path(path))
