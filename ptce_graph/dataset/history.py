"""What former editions told, as graphs of their own: one per source, outside the merge.

A row that a newer edition no longer tells is a thing of its own, ``id/former/…``:
the fact as one edition told it, which is a specialisation of the fact itself
(``prov:specializationOf``) and ended with the edition that dropped it
(``prov:invalidatedAtTime``, as precise as that edition's date). So a member who
comes back has a living membership and a former one, and neither says anything
of the other. All is said in ``id/graph/<source>.history``; the merge that
queries see outside ``GRAPH`` holds none of it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from ptce_graph.dataset.identifiers import WIKIDATA
from ptce_graph.dataset.quads import date_literal, iri, literal
from ptce_graph.dataset.records import add_rows
from ptce_graph.dataset.triples import Builder, values_of
from ptce_graph.tables.facts import Facts, facts, values
from ptce_graph.tables.history import EDITIONS, HISTORY_TABLES
from ptce_graph.tables.schema import ACTORS, SEPARATOR
from ptce_graph.vocabulary import terms

if TYPE_CHECKING:
    from pandas import DataFrame, Series

#: What the names of these graphs end with; no source's name can, since it holds no dot.
HISTORY = ".history"

_PROV = "http://www.w3.org/ns/prov#"
INVALIDATED_AT_TIME = f"{_PROV}invalidatedAtTime"
SPECIALIZATION_OF = f"{_PROV}specializationOf"
IS_VERSION_OF = "http://purl.org/dc/terms/isVersionOf"
_DIGEST = "http://purl.org/dc/terms/identifier"
#: A column of our own: the addresses that others give to an organisation or pole.
_ELSEWHERE = "elsewhere"


def is_history_graph(graph: str) -> bool:
    """Whether a graph, by its IRI (with or without ``<>``), holds what is no longer said."""
    return graph.removesuffix(">").endswith(HISTORY)


def add_history(builder: Builder) -> None:
    """Add to the quads of ``builder`` the graphs of its tables' history."""
    tables = builder.facts.tables
    if not any(name in tables.history for name in HISTORY_TABLES):
        return
    former = FormerBuilder(builder)
    former.actors("organisations")
    former.actors("poles")
    former.memberships()
    former.cooperations()
    former.participations()
    former.passages()
    add_rows(former)
    former.editions()


class FormerBuilder(Builder):
    """The builder of former facts: other addresses and graphs, the same properties."""

    def __init__(self, living: Builder) -> None:
        super().__init__(_former_facts(living.facts), living.base, living.quads)
        self.living = living
        self.types = {**self.types, **living.types}

    @cached_property
    def _calls(self) -> set[str]:
        return set(self.facts.frames["calls"]["id"]) | set(self.living.facts.frames["calls"]["id"])

    @cached_property
    def _actor_terms(self) -> dict[str, str]:
        return {identifier: self.actor(identifier) for identifier in self.types}

    def graph(self, name: str) -> str:
        return self.thing("graph", f"{name}{HISTORY}")

    def told(self, frame: DataFrame, kind: str) -> tuple[Series, Series]:
        """The node of every former row, what it is a version of, and until when."""
        own = frame.assign(fact=_former_ids(frame, kind))
        nodes, graphs = super().told(own, "former")
        add = self.quads.add_column
        self.same_for_all(nodes, terms.RDF_TYPE, iri(terms.PROV_ENTITY), graphs)
        add(nodes, SPECIALIZATION_OF, self.things(kind, frame["fact"]), graphs)
        if _ELSEWHERE in frame:
            others = values_of(frame[_ELSEWHERE])
            rows = others.index
            add(nodes.loc[rows], SPECIALIZATION_OF, self.column(others, iri), graphs.loc[rows])
        ends = self.column(frame["invalidated"], date_literal)
        add(nodes, INVALIDATED_AT_TIME, ends, graphs)
        return nodes, graphs

    def _names(self, frame: DataFrame, nodes: Series, graphs: Series) -> None:
        """The names of then, said of the thing of then: none of them is the one to show."""
        french = partial(literal, language="fr")
        self.quads.add_column(
            nodes, terms.SKOS_PREF_LABEL, self.column(frame["name"], french), graphs
        )
        others = values_of(frame["alt_names"])
        self.quads.add_column(
            nodes.loc[others.index],
            terms.SKOS_ALT_LABEL,
            self.column(others, french),
            graphs.loc[others.index],
        )

    def names(self, frame: DataFrame, nodes: Series, graphs: Series) -> None:
        names = self.column(frame["name"], partial(literal, language="fr"))
        self.quads.add_column(nodes, terms.SKOS_PREF_LABEL, names, graphs)

    def passages(self) -> None:
        """The passages of former rows are parts of the edition that told them."""
        add = self.quads.add_column
        for frame in self.facts.frames.values():
            if frame.empty:
                continue
            told = frame[["source", "edition", "passage", "section", "lines"]].drop_duplicates()
            nodes = self.things("passage", told["passage"])
            graphs = self.graphs(told["source"])
            self.same_for_all(nodes, terms.RDF_TYPE, iri(terms.PTCE_PASSAGE), graphs)
            editions = self.things("edition", told["source"] + "." + told["edition"])
            add(nodes, terms.DCTERMS_IS_PART_OF, editions, graphs)
            section = self.column(told["section"], partial(literal, language="fr"))
            add(nodes, terms.PTCE_SECTION, section, graphs)
            add(nodes, terms.PTCE_LINES, self.column(told["lines"], literal), graphs)

    def editions(self) -> None:
        """The former editions: of which source, of when, from which file."""
        frame = self.living.facts.tables.history[EDITIONS]
        nodes = self.things("edition", frame["source"] + "." + frame["edition"])
        graphs = self.graphs(frame["source"])
        add = self.quads.add_column
        self.same_for_all(nodes, terms.RDF_TYPE, iri(terms.PROV_ENTITY), graphs)
        add(nodes, IS_VERSION_OF, self.things("source", frame["source"]), graphs)
        add(nodes, terms.DCTERMS_DATE, self.column(frame["date"], date_literal), graphs)
        files = self.column(frame["original_file"], literal)
        add(nodes, terms.PTCE_ORIGINAL_FILE, files, graphs)
        digests = self.column(frame["digest"], lambda digest: literal(f"sha256:{digest}"))
        add(nodes, _DIGEST, digests, graphs)


def _former_facts(living: Facts) -> Facts:
    """The rows of the history as facts, named as the living ones are, in one order."""
    import pandas as pd

    tables = living.tables
    frames = {}
    for name, table in HISTORY_TABLES.items():
        frame = tables.history.get(name)
        if frame is None:
            columns = [*table.column_names, "source", "file", "row"]
            frame = pd.DataFrame(columns=columns, dtype=object)
        frames[name] = frame.sort_values(["source", "edition"], kind="stable", ignore_index=True)
    for name in ("places", "identities", "labels"):
        frames[name] = tables.frames[name]
    frames["labels"] = frames["labels"].head(0)
    found = facts(replace(tables, frames=frames, history={}))
    for frame in found.frames.values():
        # The same lines of two editions are two passages; the passage starts with its source.
        frame["passage"] = frame["edition"] + "." + frame["passage"]
    for name in ACTORS:
        frame = found.frames[name]
        # A thing as it was told once is not the same as anything; it is a version of it.
        frame[_ELSEWHERE] = [
            SEPARATOR.join(values(f"{WIKIDATA}{item}" if item else "") + values(addresses))
            for item, addresses in zip(frame["wikidata"], frame["same_as"], strict=True)
        ]
        frame["wikidata"] = frame["same_as"] = ""
    return found


def _former_ids(frame: DataFrame, kind: str) -> Series:
    """Of the fact, its kind and the edition that told it: two kinds may share an identifier."""
    return frame["source"] + "." + frame["edition"] + "." + kind + "." + frame["fact"]
