"""CSV on the Web: what the published CSV mean, for programs.

W3C Recommendation "Metadata Vocabulary for Tabular Data" (17 December 2015). A
reader that follows "Generating RDF from Tabular Data on the Web" gets triples
of the dataset, and no others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ptce_graph.i18n import LANGUAGES, mark, translator
from ptce_graph.publish.tabular.model import (
    BOOLEAN,
    CODE,
    DATE,
    DAY,
    DECIMAL,
    INTEGER,
    IRI,
    MONTH,
    TITLES,
    YEAR,
    Field,
    Table,
    Told,
)
from ptce_graph.tables.cells import DATE_PATTERN
from ptce_graph.tables.schema import SEPARATOR
from ptce_graph.vocabulary import terms
from ptce_graph.vocabulary.iris import CODE_BASE, SLUG_PATTERN

if TYPE_CHECKING:
    from ptce_graph.publish.release import Release

METADATA_FILE = "csv-metadata.json"
Json = Any

_DATATYPES: dict[str, Json] = {
    IRI: "anyURI",
    DATE: {"base": "string", "format": DATE_PATTERN},
    YEAR: "gYear",
    MONTH: "gYearMonth",
    DAY: "date",
    DECIMAL: "decimal",
    INTEGER: "integer",
    BOOLEAN: "boolean",
}
_CODE = {"base": "string", "format": SLUG_PATTERN}
_NOTE = mark(
    "An empty cell says nothing. Several values of a cell are joined by |. A text that a "
    "spreadsheet would compute (it starts with =, +, -, @, a tab or a carriage return, after any "
    "apostrophes) has one apostrophe before it, to be taken away. Links that the dataset computes "
    "(org:memberOf, ptce:cooperatesWith, ptce:hasCharacteristic) and counts of facts are not in "
    "these tables."
)


def metadata(release: Release, tables: Sequence[Table]) -> Json:
    """The metadata of all tables, as the content of ``csv-metadata.json``."""
    known = {table.name: table for table in tables}
    about = release.about
    group: dict[str, Json] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "fr"}],
        "dc:title": _texts(about.title),
        "dc:description": _texts(about.description),
        "rdfs:comment": _told(_NOTE),
        "dc:license": {"@id": about.licence} if about.licence else None,
        "dc:publisher": about.publisher,
        "dc:identifier": about.identifier,
        "schema:version": about.version,
        "dc:issued": about.issued,
        "dc:modified": about.modified,
        "tables": [_table(table, known) for table in tables],
    }
    return {name: value for name, value in group.items() if value}


def _table(table: Table, known: dict[str, Table]) -> Json:
    columns = [_column(field) for field in table.fields]
    columns += [_virtual(number, told) for number, told in enumerate(table.told, start=1)]
    schema: dict[str, Json] = {
        "aboutUrl": "{+iri}",
        "columns": columns,
        "primaryKey": list(table.key),
        "foreignKeys": [key for field in table.fields for key in _reference(table, field, known)],
    }
    return {
        "url": f"{table.name}.csv",
        "dc:title": _told(table.title, f" – {table.detail}" if table.detail else ""),
        "tableSchema": {name: value for name, value in schema.items() if value},
    }


def _column(field: Field) -> Json:
    # The title without a language is the head of the column in the file.
    column: dict[str, Json] = {
        "name": field.name,
        "titles": {"und": field.name} | {at["@language"]: at["@value"] for at in _title(field)},
        "datatype": _CODE if field.kind == CODE else _DATATYPES.get(field.kind, "string"),
    }
    if field.required:
        column["required"] = True
    if field.several:
        column["separator"] = SEPARATOR
    if field.language:
        column["lang"] = field.language
    if not field.predicate:
        return column | {"suppressOutput": True}
    column["propertyUrl"] = field.predicate
    if field.kind == IRI:
        column["valueUrl"] = f"{{+{field.name}}}"
    elif field.kind == CODE:
        column["valueUrl"] = f"{CODE_BASE}{field.target}/{{{field.name}}}"
    if field.about:
        column["aboutUrl"] = f"{{+{field.about}}}"
    return column


def _virtual(number: int, told: Told) -> Json:
    """A statement on each row that no cell holds."""
    predicate = "rdf:type" if told.predicate == terms.RDF_TYPE else told.predicate
    return {
        "name": f"told_{number}",
        "virtual": True,
        "aboutUrl": told.about,
        "propertyUrl": predicate,
        "valueUrl": told.value,
    }


def _reference(table: Table, field: Field, known: dict[str, Table]) -> list[Json]:
    """The foreign key of a column, where every row has one value: CSVW allows no other."""
    target = f"codes/{field.target}" if field.kind == CODE else field.target
    if field.several or not field.required or target not in known or target == table.name:
        return []
    there = "code" if field.kind == CODE else "iri"
    reference = {"resource": f"{target}.csv", "columnReference": there}
    return [{"columnReference": field.name, "reference": reference}]


def _title(field: Field) -> list[Json]:
    return _told(TITLES[field.name])


def _told(message: str, detail: str = "") -> list[Json]:
    return _texts({language: translator(language)(message) + detail for language in LANGUAGES})


def _texts(texts: dict[str, str]) -> list[Json]:
    return [{"@value": text, "@language": language} for language, text in texts.items() if text]
