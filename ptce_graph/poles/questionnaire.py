"""The questionnaire of the framework as a file that a pole fills in: CSV or a workbook.

One row per indicator that can be read. What a person should know before
answering stands in the file itself, in its last column (and on a sheet of its
own in a workbook), in French and English; reading it back looks past them.
"""

from __future__ import annotations

import io
import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ptce_graph.errors import CallError
from ptce_graph.files import write_bytes_whole, write_whole
from ptce_graph.i18n import DEFAULT_LANGUAGE, LANGUAGES, mark, translator
from ptce_graph.i18n import gettext as _
from ptce_graph.poles.framework import (
    INDICATOR,
    LEVEL_WORDS,
    SCALE_MAX,
    Framework,
    check_scale,
    limits,
)
from ptce_graph.tabular import csv_text

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

#: What only helps to fill it in; the others are read back.
HELP = ("question", "help")
COLUMNS = ("pole", "date", "respondent", "item", "question", "importance", "note", "help")

SHEET, HELP_SHEET = "questionnaire", "aide-help"
_WIDTHS = {"question": 60, "note": 36, "help": 80, "item": 28}
_WIDTH = 18
#: The format "text" of every spreadsheet program (ECMA-376, part 1, 18.8.30).
_TEXT = 49
#: Any date will do, as long as it is always the same.
_MADE = datetime(2026, 1, 1)

_HOW = (
    mark(
        "pole: its identifier or name; date: the moment of the answer (2013, 2013-01 or "
        "2013-01-15)."
    ),
    mark(
        "respondent: the organisation that answers (its identifier or name in the data), or the "
        "pole itself. Never the name of a person."
    ),
    mark(
        "importance: a whole number from 1 (very little important) to {top}; 4 is “important”. "
        "The other levels have no words. Leave it empty where you have no answer."
    ),
)


def help_lines(framework: Framework, language: str, scale_max: int = SCALE_MAX) -> list[str]:
    """How to answer, then what of the framework cannot be read, a sentence each."""
    words = translator(language)
    how = [words(sentence).format(top=scale_max) for sentence in _HOW]
    return how + [told.told(words) for told in limits(framework, scale_max)]


def questionnaire_rows(
    framework: Framework,
    language: str = DEFAULT_LANGUAGE,
    pole: str = "",
    date: str = "",
    respondent: str = "",
    scale_max: int = SCALE_MAX,
) -> list[list[str]]:
    """The rows of an unanswered questionnaire, one per indicator, in the order of ``COLUMNS``.

    ``pole``, ``date`` and ``respondent`` are put into every row. Raises
    ``CallError`` for a scale that the document does not fit.
    """
    check_scale(scale_max)
    told = help_lines(framework, language, scale_max)
    rows = [
        [pole, date, respondent, item.id, item.label(language), "", "", ""]
        for item in framework.indicators
    ]
    # A framework of few indicators leaves lines of help over: they stand below it.
    rows += [[""] * len(COLUMNS) for _line in told[len(rows) :]]
    for row, line in zip(rows, told, strict=False):
        row[-1] = line
    return rows


def write_questionnaire(
    path: Path,
    framework: Framework,
    language: str = DEFAULT_LANGUAGE,
    pole: str = "",
    date: str = "",
    respondent: str = "",
    scale_max: int = SCALE_MAX,
) -> Path:
    """Write an unanswered questionnaire to ``path`` (``.csv`` or ``.xlsx``), which is returned.

    Raises ``CallError`` for another ending, and where something is there
    already: nobody's answers are written over.
    """
    path = Path(path)
    ending = path.suffix.casefold()
    if ending not in (".csv", ".xlsx"):
        raise CallError(
            _("{path} ends neither in .csv nor in .xlsx.").format(path=path),
            _("Name the questionnaire {path}.").format(path=path.with_suffix(".xlsx")),
        )
    if os.path.lexists(path):
        raise CallError(
            _("{path} is there already: nothing was written.").format(path=path),
            _("Name a file that is not there yet."),
        )
    rows = questionnaire_rows(framework, language, pole, date, respondent, scale_max)
    if ending == ".csv":
        # The mark of byte order: without it spreadsheets read the accents wrong.
        write_whole(path, "\ufeff" + csv_text(COLUMNS, rows))
    else:
        write_bytes_whole(path, _workbook(rows, framework, scale_max))
    return path


def _workbook(rows: list[list[str]], framework: Framework, scale_max: int) -> bytes:
    """The questionnaire as xlsx, whose column of answers takes no other value."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": "ptce-graph", "created": _MADE})
    text = book.add_format({"num_format": _TEXT, "text_wrap": True, "valign": "top"})
    header = book.add_format({"bold": True, "border": 1, "bg_color": "#DDEBF7"})
    asked = book.add_format({"bold": True, "border": 1, "bg_color": "#F4B183"})
    whole = book.add_format({"num_format": 1, "valign": "top"})
    sheet = book.add_worksheet(SHEET)
    sheet.freeze_panes(1, 0)
    for at, name in enumerate(COLUMNS):
        own = whole if name == "importance" else text
        sheet.set_column(at, at, _WIDTHS.get(name, _WIDTH), own)
        sheet.write_string(0, at, name, header if name in HELP else asked)
        for number, row in enumerate(rows, start=1):
            if row[at]:
                sheet.write_string(number, at, row[at], own)
    importance = COLUMNS.index("importance")
    sheet.data_validation(
        1,
        importance,
        len(rows),
        importance,
        {
            "validate": "integer",
            "criteria": "between",
            "minimum": 1,
            "maximum": scale_max,
            "ignore_blank": True,
        },
    )
    _help_sheet(book, framework, scale_max)
    book.close()
    return stream.getvalue()


def _help_sheet(book: Workbook, framework: Framework, scale_max: int) -> None:
    sheet = book.add_worksheet(HELP_SHEET)
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True})
    for at, language in enumerate(LANGUAGES):
        words = translator(language)
        sheet.set_column(at, at, 80, wrap)
        sheet.write_string(0, at, words(_TITLE), bold)
        lines = help_lines(framework, language, scale_max)
        lines += [f"{level}: {words(said)}" for level, said in LEVEL_WORDS.items()]
        lines += [f"{item.id}: {item.label(language)}" for item in framework.of_level(INDICATOR)]
        for number, line in enumerate(lines, start=1):
            sheet.write_string(number, at, line)


_TITLE = mark("How important is each indicator for the pole?")
