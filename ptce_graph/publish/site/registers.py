"""Numbers of public registers on a page: the register's name, and where its entry is read."""

from __future__ import annotations

from collections.abc import Callable

from ptce_graph.publish.site.model import Link, Parts

#: The public page on a legal unit or an establishment, by its number.
_DIRECTORY = "https://annuaire-entreprises.data.gouv.fr"
_ITEM = "https://www.wikidata.org/wiki"

Aspect = tuple[str, str, Callable[[str], Parts]]


def registered(words: Callable[[str], str]) -> list[Aspect]:
    """For each register its name, the column of its numbers and how one is told, with a link."""
    return [
        (words("SIREN"), "siren", lambda n: (Link(n, f"{_DIRECTORY}/entreprise/{n}"),)),
        (words("SIRET"), "siret", lambda n: (Link(n, f"{_DIRECTORY}/etablissement/{n}"),)),
        (words("Register of associations (RNA)"), "rna", lambda n: (n,)),
        ("Wikidata", "wikidata", lambda item: (Link(item, f"{_ITEM}/{item}"),)),
    ]
