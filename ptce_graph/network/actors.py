"""Which organisation, network or pole a person means."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from typing import TYPE_CHECKING

from ptce_graph.errors import CallError, unknown_choice
from ptce_graph.i18n import gettext as _
from ptce_graph.tables.facts import Facts

if TYPE_CHECKING:
    from pandas import DataFrame

#: Names told to who asks for something unknown.
_MOST_NEAR = 5


def find_actor(facts: Facts, told: str, types: Collection[str] = ()) -> str:
    """The identifier of what ``told`` names: an identifier, or a name in any case, accents or not.

    ``types`` (``organisation``, ``network``, ``pole``) narrows the search.
    Raises ``CallError`` where nothing has that name (with the nearest), or
    several things have it (with their identifiers).
    """
    actors = facts.actors
    kept = facts.same.get(told, told)
    if kept in actors.index and (not types or actor_type(actors, kept) in types):
        return kept
    wanted, names = folded(told), {}
    shown, others = [], []
    for actor, name, more in zip(actors.index, actors["name"], actors["names"], strict=True):
        if types and actor_type(actors, actor) not in types:
            continue
        names[str(name)] = actor
        if folded(name) == wanted:
            shown.append(str(actor))
        elif wanted in {folded(other) for other in more}:
            others.append(str(actor))
    # What is shown under this name comes before what some document calls so.
    found = shown or others
    if len(found) == 1:
        return found[0]
    if found:
        raise CallError(
            _("{n} things are called {name}.").format(n=len(found), name=told),
            _("Name one by its identifier: {all}.").format(all=", ".join(found)),
        )
    message = _("Nothing here is called {name}.").format(name=told)
    holding = sorted((name for name in names if wanted and wanted in folded(name)), key=len)
    if holding:
        several = _("Did you mean {nearest}? Near it: {all}.")
        hint = several if len(holding) > 1 else _("Did you mean {nearest}?")
        near = [f"{name} ({names[name]})" for name in holding[:_MOST_NEAR]]
        raise CallError(message, hint.format(nearest=near[0], all=", ".join(near)))
    raise unknown_choice(message, told, [*names.values(), *names])


def actor_type(actors: DataFrame, actor: str) -> str:
    """``network``, ``pole`` or ``organisation``."""
    return "network" if actors.at[actor, "kind"] == "reseau" else str(actors.at[actor, "type"])


def folded(name: str) -> str:
    """``name`` without what people forget: case, accents, ligatures, hyphens."""
    apart = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "OE"))
    bare = "".join(c for c in apart if not unicodedata.combining(c)).casefold()
    return " ".join(bare.replace("-", " ").replace("’", "'").split())
