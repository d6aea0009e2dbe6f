"""Results of analyses as files: one registry, one entry per format.

Each file carries how its numbers were made where the format has room for it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ptce_graph.errors import CallError, unknown_choice
from ptce_graph.i18n import gettext as _
from ptce_graph.tabular import csv_text

if TYPE_CHECKING:
    from pandas import DataFrame

    from ptce_graph.analysis.result import Result

#: Values are told to this many decimals: beyond, engines and machines differ.
DECIMALS = 9
_HASH_LENGTH = 10
#: Of what is asked, the settings that are told, where the analysis reads them.
_SETTINGS = ("grouping", "samples", "drop", "between", "removed")


def _csv(result: Result, frame: DataFrame) -> bytes:
    """Tidy CSV, safe for spreadsheets; an undefined value is an empty cell."""
    cells = frame.astype(object).where(frame.notna(), None)
    return csv_text(list(frame.columns), cells.values.tolist()).encode("utf-8")


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


def result_name(result: Result) -> str:
    """A name for ``result``, fit for an address or a file: ``nodes-all-55d9657834``.

    The analysis, the projection, and a short hash of all that was asked:
    another filter, seed or sample gives another name.
    """
    study, filters = result.study, result.network.filters
    asked = {
        "analysis": result.analysis.name,
        "projection": result.network.projection,
        "filters": {f.name: _sorted(getattr(filters, f.name)) for f in fields(filters)},
        "seed": study.seed,
        **{name: _sorted(value) for name, value in _settings(result)},
    }
    if "measures" in result.analysis.takes:
        asked["measures"] = sorted(set(result.request.measures))
        asked["engine"] = _engine(result)
        asked["searched"] = study.sources_searched if study.sampled else 0
    told = json.dumps(asked, sort_keys=True, ensure_ascii=True).encode("ascii")
    digest = hashlib.sha256(told).hexdigest()[:_HASH_LENGTH]
    return f"{result.analysis.name}-{result.network.projection}-{digest}"


def _engine(result: Result) -> str:
    return "networkx" if result.study.by_networkx else "arrays"


def _settings(result: Result) -> Iterator[tuple[str, Any]]:
    for name in _SETTINGS:
        value = getattr(result.request, name)
        if name in result.analysis.takes and value not in (None, (), []):
            yield name, value


def _sorted(value: Any) -> Any:
    """The order of names bears no meaning."""
    return sorted(value) if isinstance(value, (list, tuple)) else value


def settings_told(result: Result) -> Iterator[str]:
    """The settings of the computation, each as ``name=value``: engine, seed, samples …"""
    yield f"seed={result.study.seed}"
    if "measures" in result.analysis.takes:
        yield f"engine={_engine(result)}"
        if result.study.sampled:
            yield f"pivots={result.study.sources_searched}"
    for name, value in _settings(result):
        for one in value if isinstance(value, (list, tuple)) else [value]:
            yield f"{name}={one}"


def filters_told(result: Result) -> Iterator[str]:
    """The filters of the network, each as ``name=value``, one per value."""
    for f in fields(result.network.filters):
        value = getattr(result.network.filters, f.name)
        for one in [value] if isinstance(value, str) else value:
            if one:
                yield f"{f.name}={one}"
