"""The rows of the published tables that come from the tables of the documents.

One row per thing in ``actors``, ``cooperations``, ``calls``, ``places``,
``sources``, ``passages``, ``identities`` and the code lists; one row per
statement of a document in all others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from ptce_graph.dataset.quads import iri as bracketed
from ptce_graph.dataset.quads import whole_address
from ptce_graph.dataset.records import RECORDS, Property, Record
from ptce_graph.i18n import mark
from ptce_graph.publish.tabular.model import (
    CODE,
    DATE,
    DECIMAL,
    INTEGER,
    IRI,
    Field,
    Table,
    Told,
)
from ptce_graph.tables.facts import Facts, values
from ptce_graph.tables.schema import ACTORS, IDENTIFIERS, TABLES
from ptce_graph.vocabulary import terms
from ptce_graph.vocabulary.iris import thing_iri

if TYPE_CHECKING:
    from pandas import DataFrame, Series

FIGURES = "figures"
NETWORK_KIND = "reseau"
#: Tables in which a thing may have a row in several documents.
SHARED = ("organisations", "poles", "cooperations", "calls")

#: The graph tells them of nodes of their own: the table ``identifiers`` has the triples.
_IDENTIFIERS = tuple(Property(column.name, "", "") for column in IDENTIFIERS)
_STATEMENTS = (
    Record(
        "organisations",
        "organisation",
        "",
        (
            Property("kind", terms.PTCE_ORGANISATION_KIND, "code:organisation-kinds"),
            Property("legal_form", terms.PTCE_LEGAL_FORM, "code:legal-forms"),
            Property("accreditations", terms.PTCE_ACCREDITATION, "code:accreditations"),
            Property("place", terms.PTCE_PLACE, "place"),
            Property("created", terms.SCHEMA_FOUNDING_DATE, "date"),
            Property("website", terms.FOAF_HOMEPAGE, "web"),
            *_IDENTIFIERS,
        ),
    ),
    Record(
        "poles",
        "pole",
        terms.PTCE_POLE,
        (
            Property("carrier", terms.PTCE_CARRIED_BY, "thing"),
            Property("accreditations", terms.PTCE_ACCREDITATION, "code:accreditations"),
            Property("place", terms.PTCE_PLACE, "place"),
            Property("created", terms.SCHEMA_FOUNDING_DATE, "date"),
            Property("since", terms.PTCE_SINCE, "date"),
            Property("website", terms.FOAF_HOMEPAGE, "web"),
            *_IDENTIFIERS,
            Property("listed_in", terms.PTCE_LISTED_IN, "code:pole-lists"),
        ),
    ),
    Record(
        "memberships",
        "membership",
        terms.ORG_MEMBERSHIP,
        (
            Property("member", terms.ORG_MEMBER, "thing"),
            Property("organisation", terms.ORG_ORGANIZATION_PROPERTY, "thing"),
            Property("role", terms.ORG_ROLE_PROPERTY, "code:membership-roles"),
            Property("start", "", "date"),
            Property("end", "", "date"),
        ),
    ),
    Record(
        "cooperations",
        "cooperation",
        terms.PTCE_COOPERATION,
        (
            Property("kind", terms.PTCE_COOPERATION_KIND, "code:cooperation-kinds"),
            Property("state", terms.PTCE_STATE, "code:states"),
            Property("start", "", "date"),
            Property("end", "", "date"),
        ),
    ),
    Record(
        "participations",
        "participation",
        terms.PTCE_PARTICIPATION_CLASS,
        (
            Property("cooperation", "", "cooperation"),
            Property("partner", terms.PTCE_PARTNER, "thing"),
            Property("role", terms.PTCE_PARTNER_ROLE, "code:cooperation-roles"),
        ),
    ),
    *RECORDS,
)

_TITLES = {
    "organisations": mark("What each document says of each organisation and network"),
    "poles": mark("What each document says of each pole"),
    "memberships": mark("Memberships in networks and poles"),
    "cooperations": mark("What each document says of each cooperation"),
    "participations": mark("Participations of partners in cooperations"),
    "calls": mark("What each document says of each call"),
    "candidacies": mark("Candidacies to calls"),
    "figures": mark("Figures that documents state"),
    "characteristics": mark("Characteristics of organisations and poles"),
    "criteria": mark("Criteria by which documents recognise a pole"),
    "framework": mark("Framework for assessing poles: objectives and indicators"),
    "definitions": mark("Definitions of a PTCE"),
}
_UNIQUE_TITLES = {
    "cooperations": mark("Cooperations: one row each"),
    "calls": mark("Calls: one row each"),
}
#: Where the IRIs of a kind of cell lead; ``thing`` leads to things of several tables.
_TARGETS = {"place": "places", "call": "calls", "cooperation": "cooperations"}
_ACTOR_COLUMNS = ("member", "organisation", "partner", "carrier", "pole", "thing")
#: An IRI that holds nothing to encode, as almost all that are minted.
_PLAIN_IRI = re.compile(r"https?://[A-Za-z0-9.-]+/[A-Za-z0-9._/-]*")
_LITERALS = {"": "", "fr": "fr", "en": "en"}
_NUMBERS = {"decimal": DECIMAL, "integer": INTEGER}


@dataclass(frozen=True)
class Maker:
    """What turns the facts into rows: identifiers as IRIs, and what they are called."""

    facts: Facts
    base: str

    def thing(self, kind: str, identifier: str) -> str:
        whole = thing_iri(kind, identifier, self.base)
        return whole if _PLAIN_IRI.fullmatch(whole) else bracketed(whole)[1:-1]

    @cached_property
    def _types(self) -> dict[str, str]:
        return dict(zip(self.facts.actors.index, self.facts.actors["type"], strict=True))

    @cached_property
    def _calls(self) -> set[str]:
        return set(self.facts.frames["calls"]["id"])

    def any_thing(self, raw: str) -> str:
        """The IRI of an organisation, pole, call or cooperation, by its identifier."""
        kept = self.facts.same.get(raw, raw)
        if kept in self._types:
            return self.thing(self._types[kept], kept)
        return self.thing("call" if kept in self._calls else "cooperation", kept)

    def as_minted(self, raw: str) -> str:
        """The IRI of an organisation or pole before identities were resolved."""
        return self.thing(self._types[self.facts.same.get(raw, raw)], raw)

    @cached_property
    def _names(self) -> dict[str, str]:
        """The name to show of every identifier."""
        names = dict(zip(self.facts.actors.index, self.facts.actors["name"], strict=True))
        places = self.facts.tables.frames["places"]
        names.update(zip(places["id"], places["name"], strict=True))
        for table in ("cooperations", "calls"):
            names.update(self.shown(table))
        return names

    def name(self, raw: str) -> str:
        return self._names.get(self.facts.same.get(raw, raw), raw)

    def shown(self, table: str) -> dict[str, str]:
        """Of cooperations or calls, the chosen name or the first, as in the graph."""
        frame = self.facts.frames[table].drop_duplicates("id")
        names = dict(zip(frame["id"], frame["name"], strict=True))
        labels = self.facts.tables.frames["labels"]
        chosen = zip(labels["id"], labels["name"], strict=True)
        return names | {thing: name for thing, name in chosen if thing in names}

    # Tables

    def tables(self) -> Iterator[Table]:
        """Every table whose rows come from the tables of the documents."""
        yield self.actors()
        for record in _STATEMENTS:
            yield self.statements(record)
        for table in ("cooperations", "calls"):
            yield self.unique(table)

    def actors(self) -> Table:
        """Organisations, networks and poles, one row each, all documents together."""
        actors = self.facts.actors
        place = self.facts.tables.frames["places"]
        place_names = dict(zip(place["id"], place["name"], strict=True))
        columns = {
            "iri": [self.any_thing(identifier) for identifier in actors.index],
            "id": list(actors.index),
            "type": [
                "network" if kind == NETWORK_KIND else type_
                for kind, type_ in zip(actors["kind"], actors["type"], strict=True)
            ],
            "name": list(actors["name"]),
            "other_names": list(map(list, actors["names"])),
            "kind": list(actors["kind"]),
            "legal_forms": list(map(list, actors["legal_forms"])),
            "accreditations": list(map(list, actors["accreditations"])),
            "places": [[place_names.get(p, p) for p in told] for told in actors["places"]],
            "websites": [list(map(web, told)) for told in actors["websites"]],
            "documents": list(map(list, actors["sources"])),
        }
        several = {name for name, cells in columns.items() if cells and isinstance(cells[0], list)}
        fields = {name: Field(name, several=name in several) for name in columns}
        fields["iri"] = Field("iri", IRI, required=True)
        fields["name"] = Field("name", predicate=terms.SKOS_PREF_LABEL, language="fr")
        fields["kind"] = Field("kind", CODE, target="organisation-kinds")
        title = mark("Organisations, networks and poles: one row each, all documents together")
        return Table("actors", title, tuple(fields.values()), ("iri",), frame_of(columns))

    def unique(self, table: str) -> Table:
        """Cooperations or calls, one row each."""
        names = dict(sorted(self.shown(table).items()))
        kind = {"cooperations": "cooperation", "calls": "call"}[table]
        told = self.facts.frames[table].groupby("id")["source"].agg(lambda s: sorted(set(s)))
        columns = {
            "iri": [self.thing(kind, identifier) for identifier in names],
            "id": list(names),
            "name": list(names.values()),
            "documents": [told[identifier] for identifier in names],
        }
        fields = (
            Field("iri", IRI, required=True),
            Field("id", required=True),
            Field("name", predicate=terms.SKOS_PREF_LABEL, language="fr"),
            Field("documents", several=True),
        )
        return Table(table, _UNIQUE_TITLES[table], fields, ("iri",), frame_of(columns))

    def statements(self, record: Record) -> Table:
        """A row per row of the documents' tables: what it says, and where."""
        frame = self.facts.frames[record.table]
        by_document = record.table in SHARED
        columns: dict[str, Iterable[Any]] = {
            "iri": [
                self.thing(record.kind, identifier)
                for identifier in frame["id" if by_document else "fact"]
            ]
        }
        target = _unique_name(record.table) if by_document else ""
        fields = [Field("iri", IRI, target=target, required=True)]
        if "id" in frame:
            columns["id"] = frame["raw_id" if "raw_id" in frame else "id"]
            fields.append(Field("id", required=True))
        if "name" in frame:
            columns["name"] = frame["name"]
            fields.append(Field("name"))
        for prop in record.properties:
            if prop.column != "alt_names":
                self._property(record.table, prop, frame[prop.column], columns, fields)
        self._passage(frame, columns, fields)
        return Table(
            f"{record.table}-by-document" if by_document else record.table,
            _TITLES[record.table],
            tuple(fields),
            ("document", "id") if by_document else ("iri", "document"),
            frame_of(columns),
            tuple(self._told(record)),
        )

    def _property(
        self,
        table: str,
        prop: Property,
        cells: Series,
        columns: dict[str, Iterable[Any]],
        fields: list[Field],
    ) -> None:
        """The column of one property, and beside an IRI the name of what it leads to."""
        name, kind = prop.column, prop.kind
        declared = next(c for c in TABLES[table].columns if c.name == name)
        several, required = declared.several, declared.required
        if kind.startswith("code:"):
            scheme = kind.removeprefix("code:")
            columns[name] = cells.map(values) if several else cells
            predicate = "" if several else prop.predicate
            fields.append(Field(name, CODE, predicate, "", "", scheme, several, required))
        elif several:
            # Several IRIs in one cell would make no triples: a table of their own holds them.
            columns[name] = cells.map(lambda cell: [self.name(raw) for raw in values(cell)])
            fields.append(Field(name, several=True))
        elif kind in _LITERALS:
            columns[name] = cells
            fields.append(Field(name, predicate=prop.predicate, language=_LITERALS[kind]))
        elif kind in _NUMBERS:
            columns[name] = cells
            fields.append(Field(name, _NUMBERS[kind], prop.predicate))
        elif kind == "date":
            columns[name] = cells
            fields.append(Field(name, DATE))
        elif kind == "web":
            columns[name] = mapped(cells, web)
            fields.append(Field(name, IRI, prop.predicate))
        else:
            make = self.any_thing if kind == "thing" else partial(self.thing, kind)
            columns[name] = mapped(cells, make)
            target = "actors" if name in _ACTOR_COLUMNS else _TARGETS.get(kind, "")
            fields.append(Field(name, IRI, prop.predicate, target=target, required=required))
            if target:
                columns[f"{name}_name"] = mapped(cells, self.name)
                fields.append(Field(f"{name}_name"))

    def _passage(
        self, frame: DataFrame, columns: dict[str, Iterable[Any]], fields: list[Field]
    ) -> None:
        columns["note"] = frame["note"]
        columns["document"] = mapped(frame["source"], partial(self.thing, "source"))
        columns["passage"] = mapped(frame["passage"], partial(self.thing, "passage"))
        columns["section"] = frame["section"]
        columns["lines"] = frame["lines"]
        fields += (
            Field("note", predicate=terms.SKOS_NOTE, language="fr"),
            Field("document", IRI, target="sources", required=True),
            Field("passage", IRI, terms.PROV_WAS_DERIVED_FROM, target="passages", required=True),
            Field("section"),
            Field("lines"),
        )

    def _told(self, record: Record) -> Iterator[Told]:
        if record.rdf_class:
            yield Told(terms.RDF_TYPE, record.rdf_class)
        if record.table == "participations":
            yield Told(terms.PTCE_PARTICIPATION_PROPERTY, "{+iri}", "{+cooperation}")
        if record.table == FIGURES:
            yield Told(terms.QB_DATA_SET_PROPERTY, self.thing("dataset", "figures"))


def _unique_name(table: str) -> str:
    return "actors" if table in ACTORS else table


def web(address: str) -> str:
    """A web address as the graph holds it, made whole."""
    return bracketed(whole_address(address))[1:-1]


def mapped(cells: Series, make: Callable[[str], str]) -> list[str | None]:
    """``make`` on every filled cell, once per different value; the rest is missing."""
    made = {cell: make(cell) if cell else None for cell in cells.unique()}
    return [made[cell] for cell in cells]


def frame_of(columns: Mapping[str, Iterable[Any]]) -> DataFrame:
    """A frame of objects; empty texts are missing values."""
    import pandas as pd

    told = {
        name: [None if cell == "" else cell for cell in cells] for name, cells in columns.items()
    }
    return pd.DataFrame(told, columns=list(told), dtype=object)
