"""Write docs/data-folder.md and docs/dossier-de-donnees.md: the format of a data folder.

python tools/write_data_folder.py            write the files
python tools/write_data_folder.py --check    exit 1 if they are not up to date

The tables and columns come from ``tables/schema.py`` and ``tables/history.py``; a
column without a word here is an error.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from written_pages import write_or_check

from ptce_graph.i18n import translator
from ptce_graph.importers.start.readme import column_lines
from ptce_graph.tables.history import EDITIONS_TABLE, HISTORY_TABLES
from ptce_graph.tables.schema import CODE_COLUMNS, SHARED_FILES, SHARED_TABLES, Column

DOCS = Path(__file__).resolve().parent.parent / "docs"
TARGETS = {"fr": DOCS / "dossier-de-donnees.md", "en": DOCS / "data-folder.md"}

HEAD = {
    "fr": """# Le dossier de données

Écrit par `tools/write_data_folder.py`. En anglais : [data-folder.md](data-folder.md).
`ptce-graph init mon-dossier` en fait un, `ptce-graph import` le remplit, `ptce-graph check
--data mon-dossier` dit ce qui n'y va pas. Rien n'est obligatoire qu'un document avec des
organisations ou des pôles ; lieux et listes de codes absents sont prêtés par l'outil.

```text
mon-dossier/
  dataset.yml              titre, éditeur, licence, version : ce que dit une publication
  identities.csv           quels identifiants sont la même chose, avec les raisons
  labels.csv               lequel de plusieurs noms montrer
  assessments.csv          ce qu'une organisation juge d'un pôle, sur un critère
  geography/places.csv     des lieux à vous
  codelists/<liste>.csv    des codes à vous
  sources/<document>/
    source.yml             titre, fichier d'origine, nombre de lignes, date, éditeur, licence
    organisations.csv …    les tables : une ligne est un fait
    mapping.yml            ce que chaque colonne du fichier importé est devenue
    refused.csv            les lignes refusées, avec leurs raisons
    history/<table>.csv    ce que disaient les livraisons précédentes
    history/editions.csv   ces livraisons
```

Des CSV en UTF-8, séparés par des virgules, avec un en-tête ; les colonnes peuvent manquer ou
changer d'ordre, non celles qui sont obligatoires. Une cellule vide veut dire « le document
ne le dit pas ». Plusieurs valeurs sont séparées par `|`. Jamais de nom, de téléphone ni de
courriel d'une personne.

SIREN, SIRET et RNA s'écrivent sans espaces, zéros de tête compris ; leur clé est vérifiée.
Plusieurs documents peuvent donner une ligne à la même organisation sous le même `id` ; un
import la nomme `siren-<SIREN>` quand il le connaît.
""",
    "en": """# The data folder

Written by `tools/write_data_folder.py`. French twin:
[dossier-de-donnees.md](dossier-de-donnees.md). `ptce-graph init my-folder` makes one,
`ptce-graph import` fills it, `ptce-graph check --data my-folder` says what is wrong in it.
Nothing is required but a document with organisations or poles; places and code lists that
are missing are lent by the tool.

```text
my-folder/
  dataset.yml              title, publisher, licence, version: what a release says of itself
  identities.csv           which identifiers mean the same thing, with the reasons
  labels.csv               which of several names to show
  assessments.csv          what an organisation judges of a pole, on a criterion
  geography/places.csv     places of your own
  codelists/<list>.csv     codes of your own
  sources/<document>/
    source.yml             title, original file, number of lines, date, publisher, licence
    organisations.csv …    the tables: a row is a fact
    mapping.yml            what each column of the imported file became
    refused.csv            the refused rows, with their reasons
    history/<table>.csv    what earlier editions said
    history/editions.csv   those editions
```

CSV in UTF-8, with commas and a header; columns may be absent or stand in another order, but
for those that are required. An empty cell means “the document does not say”. Several values
are separated by `|`. Never the name, telephone or e-mail of a person.

SIREN, SIRET and RNA are written without spaces, leading zeros included; their key is
checked. Several documents may give a row to one organisation under one `id`; an import names
it `siren-<SIREN>` where it knows it.
""",
}

_MORE = {
    "fr": (
        "Les tables de l'ensemble",
        "Les listes de codes",
        "L'histoire d'une source",
        "Les mêmes tables que la source, avec deux colonnes de plus. Une ligne y va quand une "
        "livraison plus récente ne la dit plus, ou la dit autrement ; les questions et les cartes "
        "ne la voient pas, le graphe `id/graph/<document>.history` la garde.",
        "Colonne",
        "À quoi elle sert",
    ),
    "en": (
        "The tables of the whole",
        "The code lists",
        "The history of a source",
        "The same tables as the source, with two more columns. A row goes there when a later "
        "edition no longer says it, or says it otherwise; questions and maps do not see it, the "
        "graph `id/graph/<document>.history` keeps it.",
        "Column",
        "What it is for",
    ),
}

#: The columns that ``importers/start/explained.py`` has no words for, in French and English.
WORDS = {
    "places.id": ("L'identifiant du lieu.", "The identifier of the place."),
    "places.name": ("Son nom.", "Its name."),
    "places.type": ("Un code de la liste place-types.", "A code of the list place-types."),
    "places.within": ("Le lieu où il se trouve.", "The place that it lies in."),
    "places.insee_code": (
        "Son code INSEE : `26281`, `26`, `84`.",
        "Its code of INSEE: `26281`, `26`, `84`.",
    ),
    "places.valid_to": ("Jusqu'à quand il a existé.", "Until when it existed."),
    "places.successor": ("Le lieu qui l'a remplacé.", "The place that replaced it."),
    "places.latitude": ("En degrés.", "In degrees."),
    "places.longitude": ("En degrés.", "In degrees."),
    "places.note": ("Ce qu'il faut en savoir.", "What one should know of it."),
    "identities.left": ("L'identifiant qui est gardé.", "The identifier that is kept."),
    "identities.right": ("L'autre identifiant.", "The other identifier."),
    "identities.judgement": (
        "`same`, `different` ou `unsure`.",
        "`same`, `different` or `unsure`.",
    ),
    "identities.reason": ("Pourquoi.", "Why."),
    "labels.id": (
        "L'identifiant d'une organisation, d'un pôle ou d'un appel.",
        "The identifier of an organisation, a pole or a call.",
    ),
    "labels.name": ("Le nom à montrer.", "The name to show."),
    "labels.note": ("Pourquoi celui-là.", "Why that one."),
    "assessments.thing": (
        "L'identifiant du pôle, ou d'une organisation pour une exclusion.",
        "The identifier of the pole, or of an organisation for an exclusion.",
    ),
    "assessments.criterion": (
        "L'identifiant du critère, comme `note-inc-3`.",
        "The identifier of the criterion, such as `note-inc-3`.",
    ),
    "assessments.value": (
        "`met`, `not-met`, `not-documented` ; pour une exclusion `excluded` ou `not-excluded`.",
        "`met`, `not-met`, `not-documented`; for an exclusion `excluded` or `not-excluded`.",
    ),
    "assessments.author": (
        "L'organisation qui en juge ; jamais une personne.",
        "The organisation that judges; never a person.",
    ),
    "assessments.date": (
        "Quand ; la plus récente compte.",
        "When; the latest one counts.",
    ),
    "assessments.reason": ("Pourquoi.", "Why."),
    "codes.code": ("Le code.", "The code."),
    "codes.label_fr": ("Le mot en français.", "The word in French."),
    "codes.label_en": ("Le mot en anglais.", "The word in English."),
    "codes.definition_fr": ("La définition en français.", "The definition in French."),
    "codes.definition_en": ("La définition en anglais.", "The definition in English."),
    "codes.broader": ("Le code plus large.", "The wider code."),
    "codes.exact_match": (
        "Les adresses du même terme ailleurs.",
        "The addresses of the same term elsewhere.",
    ),
    "codes.close_match": (
        "Les adresses de termes proches.",
        "The addresses of terms that are close.",
    ),
    "history.edition": ("La livraison qui le disait.", "The edition that said so."),
    "history.invalidated": (
        "La date de la livraison qui ne le dit plus.",
        "The date of the edition that no longer says so.",
    ),
    "editions.edition": ("Son numéro, de la plus ancienne.", "Its number, from the oldest."),
    "editions.date": ("Sa date.", "Its date."),
    "editions.original_file": ("Le nom de son fichier.", "The name of its file."),
    "editions.digest": ("Le SHA-256 de ce fichier.", "The SHA-256 of that file."),
    "editions.lines": ("Son nombre de lignes.", "Its number of lines."),
}


def text(language: str) -> str:
    """The page in ``fr`` or ``en``."""
    return HEAD[language] + "\n" + "\n".join(_lines(language)) + "\n"


def _lines(language: str) -> Iterator[str]:
    shared, codes, history, what, *_columns = _MORE[language]
    for line in column_lines(translator(language), language):
        yield _lower(line)
    yield from ("", f"## {shared}")
    for table in SHARED_TABLES:
        yield from ("", f"### {SHARED_FILES[table.name]}", "")
        yield from _table(table.name, table.columns, language)
    yield from ("", f"## {codes}", "")
    yield from _table("codes", CODE_COLUMNS, language)
    yield from ("", f"## {history}", "", what, "")
    first = next(iter(HISTORY_TABLES.values())).columns
    yield from _table("history", first[-2:], language)
    yield from ("", "### history/editions.csv", "")
    yield from _table("editions", EDITIONS_TABLE.columns, language)


def _lower(line: str) -> str:
    """A heading one level below."""
    return f"#{line}" if line.startswith("#") else line


def _table(table: str, columns: tuple[Column, ...], language: str) -> Iterator[str]:
    *_titles, name, use = _MORE[language]
    yield from (f"| {name} | {use} |", "|---|---|")
    for column in columns:
        told = WORDS[f"{table}.{column.name}"][0 if language == "fr" else 1]
        yield f"| `{column.name}` | {told} |"


if __name__ == "__main__":
    sys.exit(write_or_check({target: text(language) for language, target in TARGETS.items()}))
