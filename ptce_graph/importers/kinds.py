"""The kinds of files that can be imported: one line each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from ptce_graph.i18n import mark
from ptce_graph.importers.imported import Imported


@dataclass(frozen=True)
class Kind:
    """A kind of file: ``module`` holds ``read(path, wish, places) -> Imported``.

    ``places`` is a ``places.Places``: what is known of places, to which the
    importer may add. ``suffixes`` are those usually seen, for help and errors.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    module: str

    @property
    def read(self) -> Callable[..., Imported]:
        """The importer's function, its module imported when asked for."""
        function: Callable[..., Imported] = import_module(self.module).read
        return function


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "spreadsheet",
            mark("a list of members, a matrix or a list of links (CSV, xlsx, ods)"),
            (".csv", ".tsv", ".txt", ".xlsx", ".ods"),
            "ptce_graph.importers.spreadsheet",
        ),
        Kind(
            "tables",
            mark("the project's own tables, filled in in a workbook (xlsx, ods)"),
            (".xlsx", ".ods"),
            "ptce_graph.importers.template",
        ),
        Kind(
            "sirene",
            mark("StockUniteLegale or StockEtablissement of INSEE (CSV, Parquet)"),
            (".csv", ".parquet", ".zip", ".gz"),
            "ptce_graph.importers.sirene",
        ),
        Kind(
            "data-inclusion",
            mark("structures of data·inclusion (JSON)"),
            (".json", ".jsonl"),
            "ptce_graph.importers.data_inclusion",
        ),
        Kind(
            "siae",
            mark("the list of structures of integration by economic activity (CSV, xlsx)"),
            (".csv", ".xlsx", ".ods"),
            "ptce_graph.importers.siae",
        ),
        Kind(
            "rdf",
            mark("another observatory's graph: ESSglobal, ORG, schema.org (RDF)"),
            (".ttl", ".rdf", ".jsonld", ".nt", ".nq", ".trig"),
            "ptce_graph.importers.rdf",
        ),
        Kind(
            "gogocarto",
            mark("a map of GoGoCarto or GeoJSON (JSON)"),
            (".json", ".geojson"),
            "ptce_graph.importers.gogocarto",
        ),
    )
}
