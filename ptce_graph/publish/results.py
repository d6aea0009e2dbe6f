"""Results of analyses as files: one registry, one entry per format.

Each file carries how its numbers were made where the format has room for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ptce_graph.errors import CallError, unknown_choice
from ptce_graph.i18n import gettext as _
from ptce_graph.tabular import csv_text

if TYPE_CHECKING:
    from pandas import DataFrame

    from ptce_graph.analysis.result import Result

#: Values are told to this many decimals: beyond, engines and machines differ.
DECIMALS = 9


def _csv(result: Result, frame: DataFrame) -> bytes:
    """Tidy CSV, safe for spreadsheets; an undefined value is an empty cell."""
    rows = [[None if cell != cell else cell for cell in row] for row in frame.values.tolist()]
    return csv_text(list(frame.columns), rows).encode("utf-8")


def _json(result: Result, frame: DataFrame) -> bytes:
    """``analysis``, ``about`` (sentences), ``source`` (publication) and ``rows``."""
    told = {
        "analysis": result.analysis.name,
        "about": list(result.about(_)),
        "source": result.analysis.source,
        "rows": json.loads(
            frame.to_json(orient="records", force_ascii=False, double_precision=DECIMALS)
        ),
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _parquet(result: Result, frame: DataFrame) -> bytes:
    """Parquet; ``ptce_graph`` in the file's metadata holds the same as JSON, less the rows."""
    import io

    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pandas(frame, preserve_index=False)
    about = {
        "analysis": result.analysis.name,
        "about": list(result.about(_)),
        "source": result.analysis.source,
    }
    told = json.dumps(about, ensure_ascii=False).encode("utf-8")
    table = table.replace_schema_metadata({b"ptce_graph": told})
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def _turtle(result: Result, frame: DataFrame) -> bytes:
    """Observations of the RDF Data Cube, one per node and measure."""
    from ptce_graph.publish.observations import observations

    return observations(result).encode("utf-8")


FORMATS: dict[str, Callable[[Result, DataFrame], bytes]] = {
    "csv": _csv,
    "json": _json,
    "parquet": _parquet,
    "ttl": _turtle,
}
#: On a terminal, the command's own table.
TABLE = "table"


def result_format(name: str, output: Path | None) -> str:
    """The format meant: the one named, else that of the file's name, else a table."""
    chosen = name or (output.suffix.lstrip(".").lower() if output else TABLE)
    choices = [*FORMATS] if output else [TABLE, *FORMATS]
    if chosen not in choices:
        raise unknown_choice(
            _("There is no format named {name}.").format(name=chosen), chosen, choices
        )
    if chosen == "parquet" and output is None:
        raise CallError(
            _("Parquet is no text: it needs a file."),
            _("Add -o FILE, for example -o table.parquet."),
        )
    return chosen


def write_result(result: Result, name: str, facts: bool = False) -> bytes:
    """``result`` (or the facts behind its rows) in the format called ``name``."""
    if facts and name == "ttl":
        raise CallError(_("The facts are in RDF already: ptce-graph export trig."))
    frame = result.evidence if facts else result.frame
    return FORMATS[name](result, frame.round(DECIMALS))
