"""The published tables of one value per row, read from the graph.

Names, dates, classes and whatever a thing may have several of: beside every
value stands the document that gives it, as far as one does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ptce_graph.i18n import mark
from ptce_graph.publish.rdf.serialised import merged_lines
from ptce_graph.publish.tabular.model import (
    CODE,
    DATE,
    DAY,
    IRI,
    MONTH,
    TEXT,
    YEAR,
    Field,
    Table,
    Told,
)
from ptce_graph.publish.tabular.rows import Maker, frame_of
from ptce_graph.vocabulary import terms
from ptce_graph.vocabulary.iris import thing_iri


@dataclass(frozen=True)
class _Long:
    """One value per row: the properties, the column of the value and what it is.

    ``kinds`` are the kinds of things it is about, ``values`` the only objects
    it holds, ``target`` the code list or table of the value; all of them where
    they are empty. ``documented``: a document says every row of it.
    """

    name: str
    title: str
    predicates: tuple[str, ...]
    column: str
    kind: str = IRI
    target: str = ""
    kinds: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    rdf_class: str = ""
    documented: bool = True


_LONG = (
    _Long(
        "names",
        mark("Names that documents give; prefLabel is the one that is shown"),
        (terms.SKOS_PREF_LABEL, terms.SKOS_ALT_LABEL),
        "name",
        TEXT,
        kinds=("organisation", "pole", "call", "cooperation"),
    ),
    _Long(
        "dates",
        mark("Dates with their type, as precise as the documents"),
        (
            terms.SCHEMA_FOUNDING_DATE,
            terms.PTCE_SINCE,
            terms.PTCE_OPENED,
            terms.PTCE_DECIDED,
            terms.DCTERMS_DATE,
            terms.PTCE_VALID_TO,
        ),
        "date",
        DATE,
        documented=False,
    ),
    _Long(
        "classes",
        mark("Classes of organisations and places"),
        (terms.RDF_TYPE,),
        "class",
        values=(
            terms.ORG_ORGANIZATION_CLASS,
            terms.ORG_FORMAL_ORGANIZATION,
            terms.PTCE_NETWORK,
            terms.IGEO_COMMUNE,
            terms.IGEO_DEPARTEMENT,
            terms.IGEO_REGION,
        ),
        documented=False,
    ),
    _Long(
        "accreditations",
        mark("Accreditations of organisations and poles"),
        (terms.PTCE_ACCREDITATION,),
        "code",
        CODE,
        "accreditations",
    ),
    _Long(
        "listings",
        mark("Lists of poles and the poles they name"),
        (terms.PTCE_LISTED_IN,),
        "code",
        CODE,
        "pole-lists",
    ),
    _Long(
        "candidacy-carriers",
        mark("Known organisations that carry candidacies"),
        (terms.PTCE_CANDIDATE,),
        "carrier",
        target="actors",
    ),
    _Long("figure-subjects", mark("Things that figures are about"), (terms.PTCE_SUBJECT,), "thing"),
    _Long(
        "matches",
        mark("Codes and criteria that match others"),
        (terms.SKOS_EXACT_MATCH, terms.SKOS_CLOSE_MATCH),
        "value",
        documented=False,
    ),
    _Long(
        "periods",
        mark("Periods of memberships and cooperations"),
        (terms.ORG_MEMBER_DURING, terms.PTCE_DURING),
        "interval",
    ),
    _Long(
        "intervals",
        mark("Bounds of the periods"),
        (terms.TIME_HAS_BEGINNING, terms.TIME_HAS_END),
        "value",
        rdf_class=terms.TIME_PROPER_INTERVAL,
    ),
    _Long(
        "instants",
        mark("Instants that bound the periods"),
        (terms.TIME_IN_XSD_G_YEAR, terms.TIME_IN_XSD_G_YEAR_MONTH, terms.TIME_IN_XSD_DATE),
        "date",
        DATE,
        rdf_class=terms.TIME_INSTANT,
    ),
)
_PRECISIONS = {terms.XSD_G_YEAR: "year", terms.XSD_G_YEAR_MONTH: "month", terms.XSD_DATE: "day"}


def long_tables(maker: Maker, nquads: str) -> Iterator[Table]:
    """The tables of one value per row."""
    from pyoxigraph import RdfFormat, parse

    wanted = {f"<{predicate}>" for long in _LONG for predicate in long.predicates}
    lines = [line for line in merged_lines(nquads) if line.split(" ", 2)[1] in wanted]
    quads: dict[str, list[Any]] = defaultdict(list)
    for quad in parse("\n".join(lines), format=RdfFormat.N_QUADS):
        quads[quad.predicate.value].append(quad)
    documents = {
        thing_iri("graph", document, maker.base): thing_iri("source", document, maker.base)
        for document in maker.facts.tables.documents
    }
    for long in _LONG:
        told = [quad for predicate in long.predicates for quad in quads[predicate]]
        yield _table(long, _belonging(long, told, maker), documents)


def _belonging(long: _Long, quads: list[Any], maker: Maker) -> list[Any]:
    """Those of ``quads`` that the table is for."""
    if long.values:
        return [quad for quad in quads if quad.object.value in long.values]
    if not long.kinds:
        return quads
    ours = tuple(maker.thing(kind, "") for kind in long.kinds)
    # The names to show stand in the tables of things already, with no document.
    labels = maker.thing("graph", "labels")
    return [
        quad
        for quad in quads
        if quad.subject.value.startswith(ours) and quad.graph_name.value != labels
    ]


def _table(long: _Long, quads: list[Any], documents: dict[str, str]) -> Table:
    several = len(long.predicates) > 1
    predicate = "{+property}" if several else long.predicates[0]
    columns: dict[str, list[str | None]] = {"iri": [quad.subject.value for quad in quads]}
    fields = [Field("iri", IRI, required=True)]
    if several:
        columns["property"] = [quad.predicate.value for quad in quads]
        fields.append(Field("property", IRI, required=True))
    values = [quad.object.value for quad in quads]
    if long.kind == CODE:
        values = [value.rpartition("/")[2] for value in values]
    columns[long.column] = values
    if long.kind == DATE:
        fields.append(Field(long.column, DATE, required=True))
        types = [_PRECISIONS[quad.object.datatype.value] for quad in quads]
        for precision, kind in (("year", YEAR), ("month", MONTH), ("day", DAY)):
            columns[precision] = [
                value if type_ == precision else None
                for value, type_ in zip(values, types, strict=True)
            ]
            fields.append(Field(precision, kind, predicate))
    else:
        language = "fr" if long.kind == TEXT else ""
        about = ""
        fields.append(
            Field(long.column, long.kind, predicate, language, about, long.target, required=True)
        )
    columns["document"] = [documents.get(quad.graph_name.value) for quad in quads]
    fields.append(Field("document", IRI, target="sources", required=long.documented))
    frame = frame_of(columns)
    key = ("iri", *(("property",) if several else ()), long.column, "document")
    frame = frame.sort_values(list(key), ignore_index=True, na_position="first")
    told = (Told(terms.RDF_TYPE, long.rdf_class),) if long.rdf_class else ()
    return Table(long.name, long.title, tuple(fields), key, frame, told)
