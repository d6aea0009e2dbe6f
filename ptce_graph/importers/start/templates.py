"""Empty tables to be filled in: a workbook, or a folder of CSV files."""

from __future__ import annotations

import os
from pathlib import Path

from ptce_graph.errors import CallError, unknown_choice
from ptce_graph.files import write_bytes_whole, write_whole
from ptce_graph.i18n import gettext as _
from ptce_graph.importers.start.folder import SOURCE_KEYS, described, refuse_used, table_text
from ptce_graph.importers.start.readme import columns_readme
from ptce_graph.tables.schema import SOURCE_TABLES

XLSX, CSV = "xlsx", "csv"


def write_template(path: Path, kind: str = XLSX) -> Path:
    """The empty tables at ``path``, which is returned; nothing that is there is written over."""
    if kind == XLSX:
        return _write_workbook(path)
    if kind == CSV:
        return _write_tables(path)
    raise unknown_choice(
        _("There is no template named {name}.").format(name=kind), kind, (XLSX, CSV)
    )


def _write_workbook(path: Path) -> Path:
    from ptce_graph.importers.start.workbook import workbook_bytes

    if path.suffix.casefold() != ".xlsx":
        raise CallError(
            _("{path} does not end in .xlsx.").format(path=path),
            _("Name the workbook {path}.").format(path=path.with_name(f"{path.name}.xlsx")),
        )
    if os.path.lexists(path):
        raise CallError(
            _("{path} is there already: nothing was written.").format(path=path),
            _("Name a file that is not there yet."),
        )
    write_bytes_whole(path, workbook_bytes())
    return path


def _write_tables(folder: Path) -> Path:
    """A source's folder: a header per table, its description and what the columns are for."""
    refuse_used(folder)
    for table in SOURCE_TABLES:
        write_whole(folder / f"{table.name}.csv", table_text(table))
    write_whole(folder / "source.yml", described(SOURCE_KEYS, {}))
    write_whole(folder / "README.md", columns_readme())
    return folder
