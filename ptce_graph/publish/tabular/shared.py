"""The published tables that all documents share: places, sources, passages, identities, codes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ptce_graph.i18n import mark
from ptce_graph.publish.tabular.identifiers import identifier_tables
from ptce_graph.publish.tabular.model import (
    CODE,
    DATE,
    DECIMAL,
    IRI,
    Field,
    Table,
    Told,
)
from ptce_graph.publish.tabular.rows import Maker, frame_of, mapped
from ptce_graph.tables.facts import values
from ptce_graph.vocabulary import terms
from ptce_graph.vocabulary.iris import code_iri

#: Code lists stand in a folder of their own.
CODES = "codes/"


def shared_tables(maker: Maker) -> Iterator[Table]:
    """Places, sources, passages, judgements on identity, and the code lists."""
    yield _places(maker)
    yield _sources(maker)
    yield _passages(maker)
    yield _identities(maker)
    yield from identifier_tables(maker)
    yield _code_lists(maker)
    for scheme in maker.facts.tables.codes:
        yield _codes(maker, scheme)


def _places(maker: Maker) -> Table:
    frame = maker.facts.tables.frames["places"]

    def place(identifier: str) -> str:
        return maker.thing("place", identifier)

    columns = {
        "iri": mapped(frame["id"], place),
        "id": frame["id"],
        "name": frame["name"],
        "type": frame["type"],
        "within": mapped(frame["within"], place),
        "insee_code": frame["insee_code"],
        "valid_to": frame["valid_to"],
        "successor": mapped(frame["successor"], place),
        "latitude": frame["latitude"],
        "longitude": frame["longitude"],
        "note": frame["note"],
    }
    fields = (
        Field("iri", IRI, required=True),
        Field("id", required=True),
        Field("name", predicate=terms.SKOS_PREF_LABEL, language="fr"),
        Field("type", CODE, terms.PTCE_PLACE_TYPE, target="place-types", required=True),
        Field("within", IRI, terms.PTCE_WITHIN, target="places"),
        Field("insee_code", predicate=terms.IGEO_CODE_INSEE),
        Field("valid_to", DATE),
        Field("successor", IRI, terms.PTCE_SUCCESSOR, target="places"),
        Field("latitude", DECIMAL, terms.GEO_LAT),
        Field("longitude", DECIMAL, terms.GEO_LONG),
        Field("note"),
    )
    return Table("places", mark("Places"), fields, ("iri",), frame_of(columns))


def _sources(maker: Maker) -> Table:
    documents = maker.facts.tables.documents.values()
    languages = {document.language for document in documents}
    columns: dict[str, list[Any]] = {
        "iri": [maker.thing("source", document.id) for document in documents],
        "id": [document.id for document in documents],
        "title": [document.title for document in documents],
        "publisher": [document.publisher for document in documents],
        "date": [document.date for document in documents],
        "date_note": [document.date_note for document in documents],
        "language": [document.language for document in documents],
        "licence": [document.licence for document in documents],
        "original_file": [document.original_file for document in documents],
        "note": [document.note for document in documents],
        "graph": [maker.thing("graph", document.id) for document in documents],
    }
    # A column has one language: titles in several languages stay without triples.
    language = next(iter(languages)) if len(languages) == 1 else ""
    fields = (
        Field("iri", IRI, required=True),
        Field("id", required=True),
        Field("title", predicate=terms.DCTERMS_TITLE if language else "", language=language),
        Field("publisher", predicate=terms.DCTERMS_PUBLISHER),
        Field("date", DATE),
        Field("date_note", predicate=terms.PTCE_DATE_NOTE, language="en"),
        Field("language", predicate=terms.DCTERMS_LANGUAGE),
        Field("licence", predicate=terms.DCTERMS_RIGHTS),
        Field("original_file", predicate=terms.PTCE_ORIGINAL_FILE),
        Field("note", predicate=terms.DCTERMS_DESCRIPTION, language="en"),
        Field("graph", IRI),
    )
    told = (
        Told(terms.RDF_TYPE, terms.PTCE_SOURCE),
        Told(terms.PROV_WAS_DERIVED_FROM, "{+iri}", "{+graph}"),
    )
    title = mark("Documents that the facts are drawn from")
    return Table("sources", title, fields, ("iri",), frame_of(columns), told)


def _passages(maker: Maker) -> Table:
    import pandas as pd

    origin = ["source", "passage", "section", "lines"]
    frames = [frame[origin] for frame in maker.facts.frames.values()]
    # Sections that differ by accents only share a passage, which has one row.
    frame = pd.concat(frames).drop_duplicates("passage").sort_values("passage", ignore_index=True)
    columns = {
        "iri": mapped(frame["passage"], lambda passage: maker.thing("passage", passage)),
        "document": mapped(frame["source"], lambda source: maker.thing("source", source)),
        "section": frame["section"],
        "lines": frame["lines"],
    }
    fields = (
        Field("iri", IRI, required=True),
        Field("document", IRI, terms.DCTERMS_IS_PART_OF, target="sources", required=True),
        Field("section", predicate=terms.PTCE_SECTION, language="fr"),
        Field("lines", predicate=terms.PTCE_LINES),
    )
    told = (Told(terms.RDF_TYPE, terms.PTCE_PASSAGE),)
    title = mark("Passages of the documents where facts can be read again")
    return Table("passages", title, fields, ("iri",), frame_of(columns), told)


def _identities(maker: Maker) -> Table:
    frame = maker.facts.tables.frames["identities"]
    first = mapped(frame["left"], maker.as_minted)
    columns = {
        "iri": [
            maker.thing("identity", f"{left}.{right}")
            for left, right in zip(frame["left"], frame["right"], strict=True)
        ],
        "first": first,
        "second": mapped(frame["right"], maker.as_minted),
        "judgement": frame["judgement"],
        "kept": [
            iri if judgement == "same" else None
            for iri, judgement in zip(first, frame["judgement"], strict=True)
        ],
        "reason": frame["reason"],
    }
    fields = (
        Field("iri", IRI, required=True),
        Field("first", IRI, terms.PTCE_FIRST_THING),
        Field("second", IRI, terms.PTCE_SECOND_THING),
        Field("judgement", CODE, terms.PTCE_JUDGEMENT, target="identity-judgements", required=True),
        Field("kept", IRI, terms.OWL_SAME_AS, about="second"),
        Field("reason", predicate=terms.PTCE_REASON, language="fr"),
    )
    told = (Told(terms.RDF_TYPE, terms.PTCE_IDENTITY_JUDGEMENT),)
    title = mark("Judgements: what is one thing and what is not")
    return Table("identities", title, fields, ("iri",), frame_of(columns), told)


def _code_lists(maker: Maker) -> Table:
    schemes = list(maker.facts.tables.codes)
    columns = {
        "iri": [code_iri(scheme) for scheme in schemes],
        "id": schemes,
        "name": [scheme.replace("-", " ") for scheme in schemes],
    }
    fields = (
        Field("iri", IRI, required=True),
        Field("id", required=True),
        Field("name", predicate=terms.SKOS_PREF_LABEL, language="en"),
    )
    told = (Told(terms.RDF_TYPE, terms.SKOS_CONCEPT_SCHEME),)
    return Table("code-lists", mark("Code lists"), fields, ("iri",), frame_of(columns), told)


def _codes(maker: Maker, scheme: str) -> Table:
    frame = maker.facts.tables.codes[scheme]
    columns = {
        "iri": [code_iri(scheme, code) for code in frame["code"]],
        "code": frame["code"],
        **{
            f"{text}_{language}": frame[f"{text}_{language}"]
            for text in ("label", "definition")
            for language in ("fr", "en")
        },
        "broader": mapped(frame["broader"], lambda code: code_iri(scheme, code)),
        "exact_match": frame["exact_match"].map(values),
        "close_match": frame["close_match"].map(values),
    }
    fields = (
        Field("iri", IRI, required=True),
        Field("code", predicate=terms.SKOS_NOTATION, required=True),
        Field("label_fr", predicate=terms.SKOS_PREF_LABEL, language="fr"),
        Field("label_en", predicate=terms.SKOS_PREF_LABEL, language="en"),
        Field("definition_fr", predicate=terms.SKOS_DEFINITION, language="fr"),
        Field("definition_en", predicate=terms.SKOS_DEFINITION, language="en"),
        Field("broader", IRI, terms.SKOS_BROADER),
        Field("exact_match", several=True),
        Field("close_match", several=True),
    )
    told = [
        Told(terms.RDF_TYPE, terms.SKOS_CONCEPT),
        Told(terms.SKOS_IN_SCHEME, code_iri(scheme)),
    ]
    if scheme == "membership-roles":
        told.append(Told(terms.RDF_TYPE, terms.ORG_ROLE_CLASS))
    title = mark("Code list")
    name, rows = f"{CODES}{scheme}", frame_of(columns)
    return Table(name, title, fields, ("code",), rows, tuple(told), detail=scheme)
