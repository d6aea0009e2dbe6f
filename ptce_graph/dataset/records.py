"""Tables whose rows become one node each, by declaration: column, property, kind of object.

Calls, candidacies, figures, characteristics, criteria, the framework and the
definitions need nothing else. A table whose rows make more than one node has
its own method in ``triples.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from ptce_graph.dataset.quads import date_literal, iri, literal
from ptce_graph.tables.facts import values
from ptce_graph.vocabulary import terms
from ptce_graph.vocabulary.iris import code_iri

if TYPE_CHECKING:
    from ptce_graph.dataset.triples import Builder

FRENCH, ENGLISH, TEXT, DATE, DECIMAL, INTEGER = "fr", "en", "", "date", "decimal", "integer"


@dataclass(frozen=True)
class Property:
    """A column, the property it becomes, and what its objects are.

    ``kind`` is a language, ``date``, ``decimal``, ``integer``, ``code:<list>``,
    ``thing`` (an organisation, pole, call or cooperation), or the kind of
    thing in an IRI (``place``, ``call``, ``criterion`` …).
    """

    column: str
    predicate: str
    kind: str


@dataclass(frozen=True)
class Record:
    """A table, the kind of thing in its rows' IRIs, their class and properties."""

    table: str
    kind: str
    rdf_class: str
    properties: tuple[Property, ...]


RECORDS = (
    Record(
        "calls",
        "call",
        terms.PTCE_CALL_CLASS,
        (
            Property("alt_names", terms.SKOS_ALT_LABEL, FRENCH),
            Property("opened", terms.PTCE_OPENED, DATE),
            Property("decided", terms.PTCE_DECIDED, DATE),
        ),
    ),
    Record(
        "candidacies",
        "candidacy",
        terms.PTCE_CANDIDACY,
        (
            Property("call", terms.PTCE_CALL_PROPERTY, "call"),
            Property("region_as_written", terms.PTCE_REGION_AS_WRITTEN, TEXT),
            Property("region", terms.PTCE_PLACE, "place"),
            Property("initiative", terms.PTCE_INITIATIVE, TEXT),
            Property("carrier_as_written", terms.PTCE_CARRIER_AS_WRITTEN, TEXT),
            Property("carriers", terms.PTCE_CANDIDATE, "thing"),
            Property("pole", terms.PTCE_CANDIDATE_POLE, "thing"),
            Property("outcome", terms.PTCE_OUTCOME, "code:candidacy-outcomes"),
        ),
    ),
    Record(
        "figures",
        "figure",
        terms.PTCE_FIGURE,
        (
            Property("subjects", terms.PTCE_SUBJECT, "thing"),
            Property("about", terms.PTCE_ABOUT, FRENCH),
            Property("measure", terms.PTCE_MEASURE, "code:figure-measures"),
            Property("place", terms.PTCE_PLACE, "place"),
            Property("value", terms.PTCE_VALUE, DECIMAL),
            Property("value_max", terms.PTCE_VALUE_MAX, DECIMAL),
            Property("unit", terms.PTCE_UNIT, "code:units"),
            Property("precision", terms.PTCE_PRECISION, "code:figure-precisions"),
            Property("state", terms.PTCE_STATE, "code:states"),
            Property("date", terms.DCTERMS_DATE, DATE),
        ),
    ),
    Record(
        "characteristics",
        "characterisation",
        terms.PTCE_CHARACTERISATION,
        (
            Property("thing", terms.PTCE_THING, "thing"),
            Property("characteristic", terms.PTCE_CHARACTERISTIC, "code:characteristics"),
            Property("date", terms.DCTERMS_DATE, DATE),
        ),
    ),
    Record(
        "criteria",
        "criterion",
        terms.PTCE_CRITERION,
        (
            Property("list", terms.PTCE_CRITERIA_LIST, "code:criteria-lists"),
            Property("position", terms.PTCE_POSITION, INTEGER),
            Property("label_fr", terms.SKOS_PREF_LABEL, FRENCH),
            Property("label_en", terms.SKOS_PREF_LABEL, ENGLISH),
            Property("matches", terms.SKOS_CLOSE_MATCH, "criterion"),
        ),
    ),
    Record(
        "framework",
        "framework",
        terms.PTCE_FRAMEWORK_ITEM,
        (
            Property("level", terms.PTCE_LEVEL, "code:framework-levels"),
            Property("notation", terms.SKOS_NOTATION, TEXT),
            Property("parent", terms.SKOS_BROADER, "framework"),
            Property("label_fr", terms.SKOS_PREF_LABEL, FRENCH),
            Property("label_en", terms.SKOS_PREF_LABEL, ENGLISH),
            Property("legibility", terms.PTCE_LEGIBILITY, "code:legibilities"),
        ),
    ),
    Record(
        "definitions",
        "definition",
        terms.PTCE_DEFINITION,
        (
            Property("dimension", terms.PTCE_DIMENSION, "code:definition-dimensions"),
            Property("definition_fr", terms.SKOS_DEFINITION, FRENCH),
            Property("definition_en", terms.SKOS_DEFINITION, ENGLISH),
        ),
    ),
)


def add_records(builder: Builder) -> None:
    """The quads of all tables of ``RECORDS``, and what is made of them."""
    add_rows(builder)
    _add_data_set(builder)
    _add_shortcuts(builder)


def add_rows(builder: Builder) -> None:
    """The quads of each row of the tables of ``RECORDS``."""
    for record in RECORDS:
        frame = builder.facts.frames[record.table]
        if frame.empty:
            continue
        nodes, graphs = builder.told(frame, record.kind)
        builder.same_for_all(nodes, terms.RDF_TYPE, iri(record.rdf_class), graphs)
        if "name" in frame:
            builder.names(frame, nodes, graphs)
        for prop in record.properties:
            cells = frame[prop.column].map(values).explode().dropna()
            if prop.kind in (FRENCH, ENGLISH, TEXT) and not prop.column.startswith("alt_"):
                # A text is one value, whatever it holds.
                cells = frame[prop.column]
            objects = builder.column(cells, _maker(builder, prop.kind))
            rows = objects.index
            builder.quads.add_column(nodes.loc[rows], prop.predicate, objects, graphs.loc[rows])


def _maker(builder: Builder, kind: str) -> Callable[[str], str]:
    """How a cell becomes a term."""
    makers: dict[str, Callable[[str], str]] = {
        DATE: date_literal,
        DECIMAL: partial(literal, datatype=terms.XSD_DECIMAL),
        INTEGER: partial(literal, datatype=terms.XSD_INTEGER),
        FRENCH: partial(literal, language=FRENCH),
        ENGLISH: partial(literal, language=ENGLISH),
        TEXT: literal,
        "thing": builder.any_thing,
    }
    if kind.startswith("code:"):
        scheme = kind.removeprefix("code:")
        return lambda code: iri(code_iri(scheme, code))
    return makers.get(kind) or partial(builder.thing, kind)


def _add_data_set(builder: Builder) -> None:
    """The figures as a data set of the RDF Data Cube vocabulary."""
    frame = builder.facts.frames["figures"]
    if frame.empty:
        return
    add, graph = builder.quads.add, builder.graph("documents")
    data_set = builder.thing("dataset", "figures")
    add(data_set, terms.RDF_TYPE, iri(terms.QB_DATA_SET_CLASS), graph)
    add(data_set, terms.QB_STRUCTURE, iri(terms.PTCE_FIGURE_STRUCTURE), graph)
    add(data_set, terms.DCTERMS_TITLE, literal("Chiffres dits par les documents", "fr"), graph)
    add(data_set, terms.DCTERMS_TITLE, literal("Figures that the documents state", "en"), graph)
    for figure, source in zip(frame["fact"], frame["source"], strict=True):
        node = builder.thing("figure", figure)
        add(node, terms.QB_DATA_SET_PROPERTY, data_set, builder.graph(source))


def _add_shortcuts(builder: Builder) -> None:
    """From a thing straight to its characteristics."""
    frame = builder.facts.frames["characteristics"]
    graph = builder.graph("shortcuts")
    for thing, code in zip(frame["thing"], frame["characteristic"], strict=True):
        concept = iri(code_iri("characteristics", code))
        builder.quads.add(builder.any_thing(thing), terms.PTCE_HAS_CHARACTERISTIC, concept, graph)
