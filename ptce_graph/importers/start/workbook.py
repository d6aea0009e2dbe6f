"""The tables as an empty workbook: a sheet per table, codes to choose from, help in each header.

The first row of a sheet holds the names of the columns, which the workbook is
read back by (``importers.template``). All cells are text, so that a spreadsheet
leaves a SIREN and a date as they are written. Same tables, same bytes: the
workbook bears no date of today.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ptce_graph.bundled import DATA_DIR
from ptce_graph.i18n import mark, translator
from ptce_graph.importers.start.explained import column_explained, table_explained
from ptce_graph.importers.start.folder import SOURCE_KEYS
from ptce_graph.importers.start.readme import codes_of
from ptce_graph.tables.schema import CODE_LISTS, SOURCE_TABLES, TABLES, Column, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

#: The sheets that are no table. A sheet of a table has the table's name.
HELP_SHEET, CODES_SHEET, SOURCE_SHEET = "aide-help", "codes", "source"

#: So many rows of each sheet are ready: text format and choices.
READY_ROWS = 5_000
#: The format "text" of every spreadsheet program (ECMA-376, part 1, 18.8.30).
_TEXT = 49
_WIDTHS = {"id": 24, "name": 36, "note": 36, "section": 24, "about": 30, "website": 26}
_WIDTH = 16
#: Any date will do, as long as it is always the same.
_MADE = datetime(2026, 1, 1)
_HEADER = {"bold": True, "border": 1, "text_wrap": True, "valign": "top"}
_COLORS = {True: "#F4B183", False: "#DDEBF7"}

_TITLE_OF_HELP = mark("How to fill in these sheets")
_RULES = (
    mark("One sheet per table; leave those that you do not need as they are."),
    mark("Orange columns are required, blue ones are not. Keep the names in the first row."),
    mark("Cells with codes open a list to choose from; the sheet “codes” says what they mean."),
    mark("Describe the document in the sheet “source”."),
    mark(
        "The columns section and lines say where the document tells it. If you leave them empty, "
        "the sheet and the row stand for them."
    ),
    mark("Never write the name, telephone or e-mail of a person."),
    mark("Then: ptce-graph import tables FILE.xlsx --data DIR"),
)
_TABLE, _COLUMN, _FOR = mark("Table"), mark("Column"), mark("What it is for")


def workbook_bytes(
    rows: Mapping[str, Sequence[Mapping[str, str]]] | None = None,
    document: Mapping[str, str] | None = None,
) -> bytes:
    """The workbook (xlsx); empty, or with ``rows`` by table and the ``document`` of the rows."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    book.set_properties({"title": "ptce-graph", "created": _MADE})
    text = book.add_format({"num_format": _TEXT})
    header = {
        required: book.add_format({**_HEADER, "bg_color": color})
        for required, color in _COLORS.items()
    }
    _help_sheet(book, header[False])
    _source_sheet(book, header, text, document or {})
    sheets = {table.name: book.add_worksheet(table.name) for table in SOURCE_TABLES}
    lists = _codes_sheet(book, header[False])
    for table in SOURCE_TABLES:
        _table_sheet(sheets[table.name], table, header, text, lists)
        _fill(sheets[table.name], table, (rows or {}).get(table.name, ()), text)
    book.close()
    return stream.getvalue()


def _table_sheet(
    sheet: Worksheet, table: Table, header: dict[bool, Any], text: Any, lists: dict[str, str]
) -> None:
    sheet.freeze_panes(1, 2)
    for at, column in enumerate(table.columns):
        needed = _needed(column)
        sheet.set_column(at, at, _WIDTHS.get(column.name, _WIDTH), text)
        sheet.write_string(0, at, column.name, header[needed])
        told = "\n\n".join(column_explained(table, column, lang) for lang in ("fr", "en"))
        sheet.write_comment(0, at, told, {"author": "ptce-graph", "x_scale": 2.2, "y_scale": 2})
        choice = _choice(column, lists)
        if choice:
            sheet.data_validation(1, at, READY_ROWS, at, choice)


def _needed(column: Column) -> bool:
    """Required from the person who fills in: the place of a row can stand for its passage."""
    return column.required and column.name not in ("section", "lines")


def _choice(column: Column, lists: dict[str, str]) -> dict[str, Any]:
    """The codes, or the identifiers of another sheet, that a cell may be chosen from.

    Another value than one of a list is refused where the list is whole; where a cell
    may hold several, or a row may still come, it is only asked about.
    """
    if column.kind == "code":
        source = lists[column.target[0]]
    elif (
        column.kind == "ref" and column.target[0] in TABLES and TABLES[column.target[0]].of_a_source
    ):
        source = f"='{column.target[0]}'!$A$2:$A${READY_ROWS + 1}"
    else:
        return {}
    whole = column.kind == "code" and not column.several
    return {
        "validate": "list",
        "source": source,
        "error_type": "stop" if whole else "information",
        "ignore_blank": True,
        "show_error": whole,
    }


def _fill(sheet: Worksheet, table: Table, rows: Sequence[Mapping[str, str]], text: Any) -> None:
    for number, row in enumerate(rows, start=1):
        for at, name in enumerate(table.column_names):
            if row.get(name):
                sheet.write_string(number, at, row[name], text)


def _source_sheet(
    book: Workbook, header: dict[bool, Any], text: Any, document: Mapping[str, str]
) -> None:
    """The description of the document, a key per row."""
    sheet = book.add_worksheet(SOURCE_SHEET)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 60, text)
    sheet.set_column(2, 2, 80)
    for at, name in enumerate(("key", "value", "aide / help")):
        sheet.write_string(0, at, name, header[False])
    for row, (key, why) in enumerate(SOURCE_KEYS, start=1):
        sheet.write_string(row, 0, key, header[key == "title"])
        sheet.write_string(row, 1, document.get(key, ""), text)
        sheet.write_string(row, 2, why)
    sheet.freeze_panes(1, 0)


def _codes_sheet(book: Workbook, header: Any) -> dict[str, str]:
    """All codes, a block of rows per list; where each list's codes stand, as a formula."""
    sheet = book.add_worksheet(CODES_SHEET)
    names = ("list", "code", "label_fr", "label_en", "definition_fr", "definition_en")
    for at, name in enumerate(names):
        sheet.write_string(0, at, name, header)
        sheet.set_column(at, at, (22, 26, 34, 34, 80, 80)[at])
    sheet.freeze_panes(1, 0)
    row, where = 1, {}
    for name in CODE_LISTS:
        codes = codes_of(name, DATA_DIR)
        where[name] = f"={CODES_SHEET}!$B${row + 1}:$B${row + len(codes)}"
        for code in codes:
            told = (name, code["code"], *(code[key] for key in names[2:]))
            for at, cell in enumerate(told):
                sheet.write_string(row, at, cell)
            row += 1
    return where


def _help_sheet(book: Workbook, header: Any) -> None:
    """How to fill in the workbook, then each column, in French beside English."""
    sheet = book.add_worksheet(HELP_SHEET)
    fr, en = translator("fr"), translator("en")
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True})
    for at, width in enumerate((18, 22, 70, 70)):
        sheet.set_column(at, at, width)
    row = 0
    for words, at in ((fr, 2), (en, 3)):
        sheet.write_string(row, at, words(_TITLE_OF_HELP), bold)
    for rule in _RULES:
        row += 1
        sheet.write_string(row, 2, fr(rule), wrap)
        sheet.write_string(row, 3, en(rule), wrap)
    row += 2
    titles = (f"{fr(_TABLE)} / {en(_TABLE)}", f"{fr(_COLUMN)} / {en(_COLUMN)}", fr(_FOR), en(_FOR))
    for at, title in enumerate(titles):
        sheet.write_string(row, at, title, header)
    for table in SOURCE_TABLES:
        row += 1
        sheet.write_string(row, 0, table.name, bold)
        sheet.write_string(row, 2, table_explained(table, "fr"), bold)
        sheet.write_string(row, 3, table_explained(table, "en"), bold)
        for column in table.columns:
            row += 1
            sheet.write_string(row, 0, table.name)
            sheet.write_string(row, 1, column.name)
            sheet.write_string(row, 2, column_explained(table, column, "fr"), wrap)
            sheet.write_string(row, 3, column_explained(table, column, "en"), wrap)
