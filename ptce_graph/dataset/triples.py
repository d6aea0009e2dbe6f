"""From facts to quads: one function per table, and the graphs they go to.

Each document has its own named graph, which holds what that document says;
code lists, places, descriptions of documents, judgements on identity and
generated shortcuts have theirs. There is no blank node.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from ptce_graph.collection import uncollected
from ptce_graph.dataset.identifiers import add_identifiers
from ptce_graph.dataset.quads import (
    Quads,
    date_literal,
    iri,
    literal,
    literals,
    spread,
    things,
    web_iri,
)
from ptce_graph.dataset.records import add_records
from ptce_graph.dataset.shared_graphs import add_shared_graphs
from ptce_graph.tables.columns import as_dict
from ptce_graph.tables.facts import Facts, values
from ptce_graph.tables.schema import SEPARATOR
from ptce_graph.vocabulary import terms
from ptce_graph.vocabulary.iris import DEFAULT_BASE, code_iri, thing_iri

if TYPE_CHECKING:
    from pandas import DataFrame, Index, Series

#: Legal forms of bodies that are not legal persons of their own.
_WITHOUT_PERSONALITY = {"service-etat"}
_INSTANT_PROPERTIES = {
    4: terms.TIME_IN_XSD_G_YEAR,
    7: terms.TIME_IN_XSD_G_YEAR_MONTH,
    10: terms.TIME_IN_XSD_DATE,
}


@uncollected
def quads_of(facts: Facts, base: str = DEFAULT_BASE) -> Quads:
    """All quads of ``facts``, things minted under ``base``."""
    quads = Quads()
    builder = Builder(facts, base, quads)
    builder.actors("organisations")
    builder.actors("poles")
    builder.memberships()
    builder.cooperations()
    builder.participations()
    builder.passages()
    add_records(builder)
    add_shared_graphs(builder)
    # That module builds on this one.
    from ptce_graph.dataset.history import add_history

    add_history(builder)
    return quads


class Builder:
    """What turns facts into quads, and the terms that all tables share."""

    def __init__(self, facts: Facts, base: str, quads: Quads) -> None:
        self.facts = facts
        self.base = base
        self.quads = quads
        self.types = as_dict(facts.actors["type"]) if len(facts.actors) else {}

    # Terms

    def thing(self, kind: str, identifier: str) -> str:
        return iri(thing_iri(kind, identifier, self.base))

    def graph(self, name: str) -> str:
        return self.thing("graph", name)

    def actor(self, identifier: str) -> str:
        """The IRI of an organisation or pole, its kind found out."""
        return self.thing(self.types[identifier], identifier)

    def any_thing(self, raw: str) -> str:
        """The IRI of an organisation, pole, call or cooperation, by its identifier."""
        kept = self.facts.same.get(raw, raw)
        if kept in self.types:
            return self.actor(kept)
        return self.thing("call" if kept in self._calls else "cooperation", kept)

    @cached_property
    def _calls(self) -> set[str]:
        return set(self.facts.frames["calls"]["id"])

    def column(self, cells: Series, make: Callable[[str], str]) -> Series:
        """``make`` on every filled cell, once per different value; the rest is missing."""
        return spread(cells, lambda cell: make(cell) if cell else None)

    def things(self, kind: str, identifiers: Series) -> Series:
        """The IRIs of a column of things of one kind, none of them missing."""
        return things(f"{self.base}{kind}/", identifiers)

    def actors_of(self, cells: Series) -> Series:
        """The IRIs of a column of organisations and poles; of an empty cell none."""
        return spread(cells, self._actor_terms.get)

    @cached_property
    def _actor_terms(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for kind, of in self.facts.actors.groupby("type", sort=False).groups.items():
            identifiers = of.to_series()
            found |= zip(of.tolist(), self.things(str(kind), identifiers).tolist(), strict=True)
        return found

    def graphs(self, sources: Series) -> Series:
        """The graph of each row's document."""
        return sources.astype("category").cat.rename_categories(self.graph)

    def period(self, start: str, end: str, graph: str) -> str:
        """The interval node of a period, described in ``graph``."""
        told = "-".join(
            part for word, date in (("from", start), ("to", end)) if date for part in (word, date)
        )
        interval = self.thing("interval", told)
        add = self.quads.add
        add(interval, terms.RDF_TYPE, iri(terms.TIME_PROPER_INTERVAL), graph)
        for date, bound in ((start, terms.TIME_HAS_BEGINNING), (end, terms.TIME_HAS_END)):
            if date:
                instant = self.thing("instant", date)
                add(interval, bound, instant, graph)
                add(instant, terms.RDF_TYPE, iri(terms.TIME_INSTANT), graph)
                add(instant, _INSTANT_PROPERTIES[len(date)], date_literal(date), graph)
        return interval

    # What the documents say

    def told(self, frame: DataFrame, kind: str) -> tuple[Series, Series]:
        """The fact node and the graph of every row; the node's passage is written."""
        nodes = self.things(kind, frame["fact"])
        graphs = self.graphs(frame["source"])
        passages = self.things("passage", frame["passage"])
        self.quads.add_column(nodes, terms.PROV_WAS_DERIVED_FROM, passages, graphs)
        notes = literals(frame["note"], "fr")
        self.quads.add_column(nodes, terms.SKOS_NOTE, notes, graphs)
        return nodes, graphs

    def same_for_all(self, nodes: Series, predicate: str, obj: str, graphs: Series) -> None:
        import pandas as pd

        objects = pd.Categorical.from_codes([0] * len(nodes), categories=[obj])
        self.quads.add_column(nodes, predicate, pd.Series(objects, nodes.index), graphs)

    def _code(self, scheme: str, code: str) -> str:
        return iri(code_iri(scheme, code))

    def actors(self, table: str) -> None:
        frame = self.facts.frames[table].copy()
        if frame.empty:
            return
        frame["fact"] = frame["id"]
        nodes, graphs = self.told(frame, "organisation" if table == "organisations" else "pole")
        add = self.quads.add_column
        for classes in _classes(frame):
            add(nodes, terms.RDF_TYPE, self.column(classes, iri), graphs)
        self._names(frame, nodes, graphs)
        add_identifiers(self, frame, nodes, graphs)
        place = self.column(frame["place"], partial(self.thing, "place"))
        add(nodes, terms.PTCE_PLACE, place, graphs)
        add(nodes, terms.FOAF_HOMEPAGE, self.column(frame["website"], web_iri), graphs)
        created = self.column(frame["created"], date_literal)
        add(nodes, terms.SCHEMA_FOUNDING_DATE, created, graphs)
        if "since" in frame:
            add(nodes, terms.PTCE_SINCE, self.column(frame["since"], date_literal), graphs)
        for column, predicate, scheme in (
            ("kind", terms.PTCE_ORGANISATION_KIND, "organisation-kinds"),
            ("legal_form", terms.PTCE_LEGAL_FORM, "legal-forms"),
            ("accreditations", terms.PTCE_ACCREDITATION, "accreditations"),
            ("listed_in", terms.PTCE_LISTED_IN, "pole-lists"),
        ):
            if column in frame:
                exploded = values_of(frame[column])
                objects = self.column(exploded, partial(self._code, scheme))
                of = exploded.index
                add(_rows(nodes, of), predicate, objects, _rows(graphs, of))
        if "carrier" in frame:
            add(nodes, terms.PTCE_CARRIED_BY, self.actors_of(frame["carrier"]), graphs)

    def _names(self, frame: DataFrame, nodes: Series, graphs: Series) -> None:
        """In a document's graph the names that document gives; in ``labels`` the one to show.

        A name is a ``prefLabel`` where it is the one to show and an
        ``altLabel`` elsewhere, so that each thing has one ``prefLabel``.
        """
        add = self.quads.add_column
        shown = frame["id"].map(self.facts.actors["name"])
        add(nodes, terms.SKOS_PREF_LABEL, literals(shown, "fr"), self.graph("labels"))
        for names in (frame["name"], values_of(frame["alt_names"])):
            labels = literals(names, "fr")
            is_shown = names == _rows(shown, names.index)
            for label, some in (
                (terms.SKOS_PREF_LABEL, is_shown),
                (terms.SKOS_ALT_LABEL, ~is_shown),
            ):
                rows = names.index[some]
                add(_rows(nodes, rows), label, labels[some], _rows(graphs, rows))

    def names(self, frame: DataFrame, nodes: Series, graphs: Series) -> None:
        """For a call or a cooperation, the chosen name or the first is the ``prefLabel``."""
        first = as_dict(frame.drop_duplicates("id").set_index("id")["name"])
        labels = self.facts.tables.frames["labels"]
        first.update(zip(labels["id"], labels["name"], strict=True))
        for at, identifier, name in zip(frame.index, frame["id"], frame["name"], strict=True):
            label = terms.SKOS_PREF_LABEL if name == first[identifier] else terms.SKOS_ALT_LABEL
            self.quads.add(nodes[at], label, literal(name, "fr"), graphs[at])

    def memberships(self) -> None:
        frame = self.facts.frames["memberships"]
        nodes, graphs = self.told(frame, "membership")
        add = self.quads.add_column
        self.same_for_all(nodes, terms.RDF_TYPE, iri(terms.ORG_MEMBERSHIP), graphs)
        add(nodes, terms.ORG_MEMBER, self.actors_of(frame["member"]), graphs)
        whole = self.actors_of(frame["organisation"])
        add(nodes, terms.ORG_ORGANIZATION_PROPERTY, whole, graphs)
        role = self.column(frame["role"], partial(self._code, "membership-roles"))
        add(nodes, terms.ORG_ROLE_PROPERTY, role, graphs)
        self._periods(frame, nodes, terms.ORG_MEMBER_DURING, graphs)

    def _periods(self, frame: DataFrame, nodes: Series, predicate: str, graphs: Series) -> None:
        """The period of every dated row, described in the graph of each document that needs it."""
        dated = frame.loc[(frame["start"] != "") | (frame["end"] != ""), ["start", "end"]]
        told = dated.assign(graph=graphs.loc[dated.index].astype(object))
        columns = ["start", "end", "graph"]
        needed = told.drop_duplicates(columns)
        made = needed.assign(
            interval=[self.period(*row) for row in needed[columns].itertuples(index=False)]
        )
        intervals = told.merge(made, on=columns, how="left")["interval"].set_axis(dated.index)
        self.quads.add_column(nodes, predicate, intervals, graphs)

    def cooperations(self) -> None:
        frame = self.facts.frames["cooperations"]
        nodes, graphs = self.told(frame, "cooperation")
        add = self.quads.add_column
        self.same_for_all(nodes, terms.RDF_TYPE, iri(terms.PTCE_COOPERATION), graphs)
        self.names(frame, nodes, graphs)
        kind = self.column(frame["kind"], partial(self._code, "cooperation-kinds"))
        add(nodes, terms.PTCE_COOPERATION_KIND, kind, graphs)
        state = self.column(frame["state"], partial(self._code, "states"))
        add(nodes, terms.PTCE_STATE, state, graphs)
        self._periods(frame, nodes, terms.PTCE_DURING, graphs)

    def participations(self) -> None:
        frame = self.facts.frames["participations"]
        nodes, graphs = self.told(frame, "participation")
        add = self.quads.add_column
        self.same_for_all(nodes, terms.RDF_TYPE, iri(terms.PTCE_PARTICIPATION_CLASS), graphs)
        cooperations = self.things("cooperation", frame["cooperation"])
        add(cooperations, terms.PTCE_PARTICIPATION_PROPERTY, nodes, graphs)
        add(nodes, terms.PTCE_PARTNER, self.actors_of(frame["partner"]), graphs)
        role = self.column(frame["role"], partial(self._code, "cooperation-roles"))
        add(nodes, terms.PTCE_PARTNER_ROLE, role, graphs)

    def passages(self) -> None:
        add = self.quads.add_column
        for frame in self.facts.frames.values():
            told = frame[["source", "passage", "section", "lines"]].drop_duplicates()
            nodes = self.things("passage", told["passage"])
            graphs = self.graphs(told["source"])
            self.same_for_all(nodes, terms.RDF_TYPE, iri(terms.PTCE_PASSAGE), graphs)
            source = self.column(told["source"], partial(self.thing, "source"))
            add(nodes, terms.DCTERMS_IS_PART_OF, source, graphs)
            section = self.column(told["section"], partial(literal, language="fr"))
            add(nodes, terms.PTCE_SECTION, section, graphs)
            add(nodes, terms.PTCE_LINES, literals(told["lines"]), graphs)


def values_of(cells: Series) -> Series:
    """The values of cells that may hold several, a row each, under the index of their cell."""
    filled = cells[cells != ""]
    if filled.str.contains(SEPARATOR, regex=False).any():
        return filled.map(values).explode().dropna()
    single = filled.str.strip()
    return single[single != ""]


def _rows(column: Series, index: Index) -> Series:
    """The rows of ``column`` that ``index`` names; itself where that is all of them in order."""
    return column if index.equals(column.index) else column.loc[index]


def _classes(frame: DataFrame) -> list[Series]:
    """The classes of the things of a table: a legal form stated means legal personality."""
    if "carrier" in frame:
        return [frame["id"].map(lambda _id: terms.PTCE_POLE)]
    formal = frame["legal_form"].map(
        lambda form: (
            terms.ORG_FORMAL_ORGANIZATION
            if form and form not in _WITHOUT_PERSONALITY
            else terms.ORG_ORGANIZATION_CLASS
        )
    )
    network = frame["kind"].map({"reseau": terms.PTCE_NETWORK})
    return [formal, network[network.notna()]]
