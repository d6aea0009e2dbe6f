"""The dataset as tables: a folder of CSV with CSVW metadata, or of Parquet."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from ptce_graph.publish.rdf.jsonld import json_bytes
from ptce_graph.publish.tabular.csvw import METADATA_FILE, metadata
from ptce_graph.publish.tabular.long import long_tables
from ptce_graph.publish.tabular.model import BOOLEAN, DECIMAL, INTEGER, TEXT, TITLES, Field, Table
from ptce_graph.publish.tabular.rows import Maker
from ptce_graph.publish.tabular.shared import shared_tables
from ptce_graph.tables.schema import SEPARATOR

if TYPE_CHECKING:
    from pandas import DataFrame

    from ptce_graph.publish.release import Release

#: A text that a spreadsheet would compute, and one that starts like our mark of such a text.
_FORMULA = re.compile(r"\A'*[=+\-@\t\r]")


def tables_of(release: Release) -> list[Table]:
    """Every published table of a release, those of the documents first."""
    maker = Maker(release.facts, release.base_iri)
    tables = [*maker.tables(), *long_tables(maker, release.nquads), *shared_tables(maker)]
    return [table for table in tables if len(table.rows)]


def csv_folder(release: Release) -> dict[str, bytes]:
    """One CSV per table, and ``csv-metadata.json`` (CSV on the Web) that says what they mean.

    UTF-8, commas, ``\\n``; several values of a cell are joined by ``|``; an empty
    cell says nothing. A text that a spreadsheet would compute has an
    apostrophe before it.
    """
    tables = tables_of(release)
    files = {f"{table.name}.csv": csv_bytes(table) for table in tables}
    return {METADATA_FILE: json_bytes(metadata(release, tables)), **files}


def csv_bytes(table: Table) -> bytes:
    """One table as CSV."""
    cells = table.rows.copy()
    for field in table.fields:
        column = cells[field.name]
        if field.several:
            column = column.map(lambda told: SEPARATOR.join(told) or None)
        if field.kind == TEXT:
            column = column.map(_not_a_formula, na_action="ignore")
        elif field.kind == BOOLEAN:
            column = column.map({True: "true", False: "false"})
        cells[field.name] = column
    text: str = cells.to_csv(index=False, lineterminator="\n")
    return text.encode("utf-8")


def _not_a_formula(text: str) -> str:
    """An apostrophe more before a formula: taking one away gives back every text as it was."""
    return f"'{text}" if _FORMULA.match(text) else text


def parquet_folder(release: Release) -> dict[str, bytes]:
    """The same tables as Parquet: texts as they are, numbers as numbers, several values as lists.

    Dates stay texts, as precise as the documents.
    """
    return {f"{table.name}.parquet": parquet_bytes(table) for table in tables_of(release)}


def parquet_bytes(table: Table) -> bytes:
    """One table as Parquet; the titles of its columns are in their metadata."""
    import pyarrow as pa
    from pyarrow import parquet

    columns = [_array(table.rows, field) for field in table.fields]
    schema = pa.schema(
        [
            pa.field(field.name, column.type, metadata={"title": TITLES[field.name]})
            for field, column in zip(table.fields, columns, strict=True)
        ]
    )
    stream = io.BytesIO()
    parquet.write_table(pa.Table.from_arrays(columns, schema=schema), stream, compression="zstd")
    return stream.getvalue()


def _array(rows: DataFrame, field: Field) -> Any:
    import pyarrow as pa

    cells = rows[field.name].tolist()
    if field.several:
        return pa.array(cells, pa.list_(pa.string()))
    if field.kind == DECIMAL:
        return pa.array([None if cell is None else float(cell) for cell in cells], pa.float64())
    if field.kind == INTEGER:
        return pa.array([None if cell is None else int(cell) for cell in cells], pa.int64())
    return pa.array(cells, pa.bool_() if field.kind == BOOLEAN else pa.string())
