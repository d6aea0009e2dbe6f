"""A data folder to start from: it builds, checks and maps at once, or waits for its rows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ptce_graph.bundled import DATA_DIR
from ptce_graph.errors import CallError
from ptce_graph.files import write_whole
from ptce_graph.i18n import gettext as _
from ptce_graph.importers.start.example import DATASET, DOCUMENT, ROWS, SOURCE
from ptce_graph.importers.start.readme import codes_readme, columns_readme, readme
from ptce_graph.tables.schema import IDENTITIES, LABELS, SHARED_FILES, SOURCE_TABLES, Table
from ptce_graph.tabular import csv_text


@dataclass(frozen=True)
class Started:
    """The folder that was made, its files (relative, sorted), and whether it holds rows."""

    folder: Path
    files: tuple[str, ...]
    empty: bool


def start_folder(folder: Path, empty: bool = False) -> Started:
    """Make a data folder with a handful of invented rows, or with headers alone.

    Raises ``CallError`` where ``folder`` is there and holds anything: nothing of
    anybody's is written over.
    """
    folder = Path(folder)
    refuse_used(folder)
    texts = _texts(empty)
    for relative in sorted(texts):
        write_whole(folder / relative, texts[relative])
    return Started(folder, tuple(sorted(texts)), empty)


def bundled_folder(folder: Path) -> Started:
    """Make a data folder that holds the bundled documents, with their judgements and names.

    One's own documents can then be put beside them, and be reconciled with them.
    Raises ``CallError`` as ``start_folder`` does.
    """
    folder = Path(folder)
    refuse_used(folder)
    texts = {"README.md": readme(empty=True)}
    own = [DATA_DIR / SHARED_FILES[table.name] for table in (IDENTITIES, LABELS)]
    for path in (*own, *sorted((DATA_DIR / "sources").rglob("*"))):
        if path.is_file():
            texts[path.relative_to(DATA_DIR).as_posix()] = path.read_text(encoding="utf-8")
    for relative in sorted(texts):
        write_whole(folder / relative, texts[relative])
    return Started(folder, tuple(sorted(texts)), empty=False)


def refuse_used(folder: Path) -> None:
    """``CallError`` where a folder cannot be made at ``folder`` or would not be a new one."""
    if folder.exists() and not folder.is_dir():
        raise CallError(
            _("{path} is a file, not a folder.").format(path=folder),
            _("Name a folder that is not there yet."),
        )
    if folder.is_dir() and any(folder.iterdir()):
        raise CallError(
            _("The folder {folder} is not empty: nothing was written.").format(folder=folder),
            _("Name a folder that is not there yet, or empty this one."),
        )


def _texts(empty: bool) -> dict[str, str]:
    """The files of the folder: relative name and text."""
    source = f"sources/{SOURCE}"
    rows = {} if empty else ROWS
    texts = {
        "README.md": readme(empty),
        "dataset.yml": _dataset(empty),
        "codelists/README.md": codes_readme(DATA_DIR),
        f"{source}/source.yml": _source(empty),
        f"{source}/README.md": columns_readme(),
    }
    for table in SOURCE_TABLES:
        texts[f"{source}/{table.name}.csv"] = table_text(table, rows.get(table.name, ()))
    for table in (IDENTITIES, LABELS):
        texts[SHARED_FILES[table.name]] = table_text(table)
    return texts


def table_text(table: Table, rows: tuple[dict[str, str], ...] = ()) -> str:
    """A table as CSV: its header, then ``rows`` (column and cell, what is absent is empty)."""
    names = table.column_names
    return csv_text(names, [[row.get(name, "") for name in names] for row in rows])


def _source(empty: bool) -> str:
    return described(SOURCE_KEYS, {} if empty else DOCUMENT)


def _dataset(empty: bool) -> str:
    return described(_DATASET_KEYS, {} if empty else DATASET)


def described(keys: tuple[tuple[str, str], ...], told: dict[str, str]) -> str:
    """A description in YAML: above each key what it is for, behind it what ``told`` says.

    What is not told is an empty text: where it is required, ``check`` says so.
    """
    lines = []
    for key, why in keys:
        lines += [f"# {why}"] if why else []
        lines.append(f"{key}: {json.dumps(told.get(key, ''), ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


#: The keys of a source's description that a person fills in, and what each is for.
SOURCE_KEYS = (
    ("title", "Le titre du document. Obligatoire. / The title of the document. Required."),
    ("publisher", "Qui le publie. / Who publishes it."),
    ("date", "Sa date : 2024, 2024-03 ou 2024-03-15. / Its date."),
    ("language", "Sa langue : fr, en … / Its language."),
    ("licence", "Sa licence. / Its licence."),
    ("original_file", "Le nom de son fichier. Obligatoire. / The name of its file. Required."),
    ("lines", "Son nombre de lignes. Obligatoire. / Its number of lines. Required."),
    ("note", "Ce qu’il faut en savoir. / What one should know of it."),
)

_DATASET_KEYS = (
    (
        "title_fr",
        "Le titre de vos données, dans une langue au moins. / Title, in one language at least.",
    ),
    ("title_en", ""),
    ("description_fr", "De quoi elles parlent. / What they are about."),
    ("description_en", ""),
    ("publisher", "L’organisation qui les publie. / The organisation that publishes them."),
    ("licence", "L’adresse de la licence. / The address of the licence."),
    ("version", "La version, par exemple 1.0. / The version, such as 1.0."),
    ("modified", "La dernière modification : 2024-03-15. / The last change."),
    ("keywords_fr", "Des mots-clés, séparés par |. / Keywords, separated by |."),
    ("keywords_en", ""),
)
