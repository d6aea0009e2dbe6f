"""The pages for reading that a new data folder holds, in French and in English."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from ptce_graph.i18n import LANGUAGES, mark, translator
from ptce_graph.importers.start.explained import column_explained, table_explained
from ptce_graph.tables.csv_file import read_rows
from ptce_graph.tables.schema import CODE_COLUMNS, CODE_LISTS, SOURCE_TABLES

Words = Callable[[str], str]

_TITLE = mark("A data folder")
_EXAMPLE = mark("The rows in it are invented: they show what goes where. Replace them by your own.")
_EMPTY = mark(
    "The tables have headers only. Fill in organisations.csv or poles.csv first; until then, "
    "the check says that there is nothing to show."
)
_STEPS = (
    mark("Open the tables of sources/exemple with a spreadsheet program, or any text editor."),
    mark("Describe your document in sources/exemple/source.yml; give the folder its name."),
    mark("Check: each problem is told with its file, row and nearest right value."),
    mark("Look at it."),
)
_COMMANDS = ("", "", "ptce-graph check --data .", "ptce-graph viz --data . --open")
_WHAT = mark("What is where")
_FILES = (
    ("sources/", mark("One folder per document; each row leads to its section and lines.")),
    ("sources/exemple/README.md", mark("What each column is for.")),
    ("codelists/README.md", mark("The codes that cells may hold, to be read.")),
    ("identities.csv", mark("Which identifiers mean the same thing, and why.")),
    ("labels.csv", mark("Which of several names to show.")),
    ("dataset.yml", mark("What the whole says of itself when it is published.")),
)
_PLACES = mark(
    "Places and codes are lent by ptce-graph. To use others, put geography/places.csv or a list "
    "of codes of your own into this folder."
)
_IMPORT = mark(
    "A list that you have already needs no typing: ptce-graph import spreadsheet FILE --data ."
)
_PERSONS = mark("Never write the name, telephone or e-mail of a person.")
_COLUMNS_TITLE = mark("The tables and their columns")
_COLUMN, _FOR = mark("Column"), mark("What it is for")
_CODES_TITLE = mark("The codes")
_CODES_LEAD = mark("Write the code, not its label. Several codes are separated by |.")


def readme(empty: bool) -> str:
    """The page at the top of the folder."""
    return _in_both(lambda words, _language: _folder_lines(words, empty))


def columns_readme() -> str:
    """What each table and column of a source is for."""
    return _in_both(column_lines)


def codes_readme(data: Path) -> str:
    """The code lists of the data folder ``data``: codes, labels and definitions."""
    return _in_both(lambda words, language: _code_lines(words, language, data))


def _in_both(lines: Callable[[Words, str], Iterator[str]]) -> str:
    parts = ["\n".join(lines(translator(language), language)) for language in LANGUAGES]
    return "\n\n---\n\n".join(parts) + "\n"


def _folder_lines(words: Words, empty: bool) -> Iterator[str]:
    yield from (f"# {words(_TITLE)}", "", words(_EMPTY if empty else _EXAMPLE), "")
    for number, (step, command) in enumerate(zip(_STEPS, _COMMANDS, strict=True), start=1):
        yield f"{number}. {words(step)}"
        if command:
            yield from ("   ```sh", f"   {command}", "   ```")
    yield from ("", words(_IMPORT), "", words(_PERSONS), "", f"## {words(_WHAT)}", "")
    for name, what in _FILES:
        yield f"- `{name}` – {words(what)}"
    yield from ("", words(_PLACES))


def column_lines(words: Words, language: str) -> Iterator[str]:
    """The tables of a source and their columns, in Markdown."""
    yield f"# {words(_COLUMNS_TITLE)}"
    for table in SOURCE_TABLES:
        yield from ("", f"## {table.name}.csv", "", table_explained(table, language), "")
        yield from (f"| {words(_COLUMN)} | {words(_FOR)} |", "|---|---|")
        for column in table.columns:
            told = column_explained(table, column, language).replace("|", "\\|")
            yield f"| `{column.name}` | {told} |"


def _code_lines(words: Words, language: str, data: Path) -> Iterator[str]:
    yield from (f"# {words(_CODES_TITLE)}", "", words(_CODES_LEAD))
    for name in CODE_LISTS:
        yield from ("", f"## {name}", "")
        for code in codes_of(name, data):
            label, definition = code[f"label_{language}"], code[f"definition_{language}"]
            yield f"- `{code['code']}` – {label}. {definition}"


def codes_of(name: str, data: Path) -> list[dict[str, str]]:
    """The codes of a list of the data folder ``data``, in its order, column by column."""
    relative = f"codelists/{name}.csv"
    rows = read_rows(data / relative, relative, CODE_COLUMNS, "", [])
    names = [column.name for column in CODE_COLUMNS]
    return [dict(zip(names, map(str, row), strict=False)) for row in rows]
