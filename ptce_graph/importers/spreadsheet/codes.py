"""The codes that the words of cells mean: roles of members, kinds of cooperation."""

from __future__ import annotations

from functools import cache

from ptce_graph.bundled import DATA_DIR
from ptce_graph.tables.csv_file import read_rows
from ptce_graph.tables.schema import CODE_COLUMNS
from ptce_graph.vocabulary.iris import slug

ROLES, KINDS = "membership-roles", "cooperation-kinds"

#: Words of files beside the labels of the code lists, as slugs.
_MORE = {
    ROLES: {
        "adherente": "adherent",
        "adhesion": "adherent",
        "adhere-a": "adherent",
        "membre-de": "membre",
        "member-of": "membre",
        "membre-actif": "membre",
        "membre-adherent": "adherent",
        "membre-fondateur": "fondateur",
        "administratrice": "administrateur",
        "membre-du-ca": "administrateur",
        "ca": "administrateur",
        "founder": "fondateur",
        "board": "administrateur",
    },
    KINDS: {
        "convention-de-financement": "financement",
        "finance": "financement",
        "heberge": "hebergement",
        "mise-a-disposition-de-moyens": "mise-a-disposition",
        "mise-a-disposition-de-personnel": "mise-a-disposition",
        "accompagne": "accompagnement",
        "soutient": "soutien",
        "porte": "portage",
    },
}


@cache
def _codes(scheme: str) -> dict[str, str]:
    """Codes by slug of their code and their labels."""
    path = DATA_DIR / "codelists" / f"{scheme}.csv"
    found: dict[str, str] = {}
    for code, french, english, *_rest in read_rows(path, path.name, CODE_COLUMNS, "", []):
        for word in (code, french, english):
            found.setdefault(slug(str(word)), str(code))
    return found | _MORE[scheme]


def code_of(text: str, scheme: str) -> str:
    """The code of a code list that a cell names by code, label or usual word; else ``""``."""
    return _codes(scheme).get(slug(text), "")


def codes_of(scheme: str) -> list[str]:
    """All codes of the list, in its order."""
    return list(dict.fromkeys(_codes(scheme).values()))


def label_of(code: str, scheme: str) -> str:
    """The French label of a code."""
    path = DATA_DIR / "codelists" / f"{scheme}.csv"
    rows = read_rows(path, path.name, CODE_COLUMNS, "", [])
    return next((str(row[1]) for row in rows if row[0] == code), code)
