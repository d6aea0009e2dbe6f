"""Which links a network is made of.

Within one filter any of its values will do; all filters given must be met.
Filters on organisations and poles keep the links that touch one of them (a
cooperation's part is touched through its partner), so a network comes with
its members and their other ties.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from ptce_graph.errors import CallError, unknown_choice
from ptce_graph.i18n import Note, mark, note
from ptce_graph.i18n import gettext as _
from ptce_graph.network.actors import find_actor, folded
from ptce_graph.network.links import CARRYING, COOPERATION, MEMBERSHIP
from ptce_graph.tables.cells import is_date
from ptce_graph.tables.facts import Facts

if TYPE_CHECKING:
    from pandas import DataFrame, Series


@dataclass(frozen=True)
class Filters:
    """What to keep; empty keeps all.

    ``kinds`` and ``roles`` of links, ``states`` (``constate``, ``prevu``),
    ``sources`` (documents) and ``without_sources``; ``networks``, ``poles``,
    ``regions`` (of today or of before 2016, departments, communes) and
    ``statuts`` that links must touch; ``as_of`` a date (``2013``, ``2013-01``
    or ``2013-01-31``) on which links that a document dates must hold. Links
    without dates stay.
    """

    kinds: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    without_sources: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    poles: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    statuts: tuple[str, ...] = ()
    as_of: str = ""

    def notes(self) -> tuple[Note, ...]:
        """The filters as sentences, one each; none where all is kept or only the observed."""
        return tuple(
            note(_WORDS[f.name], values=_joined(getattr(self, f.name)))
            for f in fields(self)
            if getattr(self, f.name) and (f.name != "states" or self.states != OBSERVED.states)
        )


#: Planned links are no links yet: measures leave them out unless told otherwise.
OBSERVED = Filters(states=("constate",))

_WORDS = {
    "kinds": mark("Kinds of links: {values}."),
    "roles": mark("Roles: {values}."),
    "states": mark("State: {values}."),
    "sources": mark("Documents: {values}."),
    "without_sources": mark("Without the documents: {values}."),
    "networks": mark("Links that touch a member of the network: {values}."),
    "poles": mark("Links that touch a member of the pole: {values}."),
    "regions": mark("Links that touch an organisation or pole in: {values}."),
    "statuts": mark("Links that touch an organisation of the statut: {values}."),
    "as_of": mark("Links that hold on {values}, and links without a date."),
}


def _joined(value: tuple[str, ...] | str) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def filtered(facts: Facts, links: DataFrame, filters: Filters) -> DataFrame:
    """The rows of ``links`` that ``filters`` keep, with their row numbers.

    Raises ``CallError``, with the nearest choice, for a value that names nothing.
    """
    kept = links
    roles = {
        code
        for scheme in ("membership-roles", "cooperation-roles")
        for code in facts.tables.codes[scheme]["code"]
    }
    documents = facts.tables.documents
    for column, values, known in (
        ("kind", filters.kinds, (MEMBERSHIP, CARRYING, COOPERATION)),
        ("role", filters.roles, roles),
        ("state", filters.states, facts.tables.codes["states"]["code"]),
        ("source", filters.sources, documents),
    ):
        if values:
            _known(values, known)
            kept = kept[kept[column].isin(values)]
    _known(filters.without_sources, documents)
    kept = kept[~kept["source"].isin(filters.without_sources)]
    if filters.as_of:
        kept = kept[_holds(kept, filters.as_of)]
    for found in _touching(facts, links, filters):
        kept = kept[kept["subject"].isin(found) | kept["object"].isin(found)]
    return kept


def touched_actors(facts: Facts, links: DataFrame, filters: Filters) -> set[str] | None:
    """The organisations and poles that the filters name, or ``None`` where they name none."""
    sets = _touching(facts, links, filters)
    return set.intersection(*sets) if sets else None


def _touching(facts: Facts, links: DataFrame, filters: Filters) -> list[set[str]]:
    found = []
    for values, kind in ((filters.networks, "network"), (filters.poles, "pole")):
        if values:
            found.append(_with_members(facts, links, values, kind))
    if filters.regions:
        found.append(_in_regions(facts, filters.regions))
    if filters.statuts:
        found.append(_of_statuts(facts, filters.statuts))
    return found


def _with_members(facts: Facts, links: DataFrame, values: tuple[str, ...], kind: str) -> set[str]:
    chosen = {find_actor(facts, value, (kind,)) for value in values}
    told = links[links["kind"].isin((MEMBERSHIP, CARRYING)) & links["object"].isin(chosen)]
    return chosen | set(told["subject"])


def _in_regions(facts: Facts, values: tuple[str, ...]) -> set[str]:
    territories = territories_of_places(facts)
    places = facts.tables.frames["places"]
    by_name = {
        folded(name): place
        for place, name, kind in zip(places["id"], places["name"], places["type"], strict=True)
        # Of two places of one name (a region and its town) the wider is meant.
        if kind.startswith("region")
    }
    for place, name in zip(places["id"], places["name"], strict=True):
        by_name.setdefault(folded(name), place)
    chosen = set()
    for value in values:
        place = value if value in territories else by_name.get(folded(value), "")
        if not place:
            raise unknown_choice(
                _("There is no place named {name} in the data.").format(name=value),
                value,
                [*places["name"], *territories],
            )
        chosen.add(place)
    actors = facts.actors
    return {
        str(actor)
        for actor, told in zip(actors.index, actors["places"], strict=True)
        if any(chosen & territories.get(place, {}).keys() for place in told)
    }


def _of_statuts(facts: Facts, values: tuple[str, ...]) -> set[str]:
    codes = facts.tables.codes
    _known(values, [*codes["legal-forms"]["code"], *codes["accreditations"]["code"]])
    actors = facts.actors
    return {
        str(actor)
        for actor, forms, accreditations in zip(
            actors.index, actors["legal_forms"], actors["accreditations"], strict=True
        )
        if set(values) & {*forms, *accreditations}
    }


def territories_of_places(facts: Facts) -> dict[str, dict[str, str]]:
    """For each place the territories it lies in, itself first: identifier to type.

    On the way up a region of before 2016 is followed by that of today.
    """
    frame = facts.tables.frames["places"].drop_duplicates("id")
    above = {
        place: within or successor
        for place, within, successor in zip(
            frame["id"], frame["within"], frame["successor"], strict=True
        )
    }
    types = dict(zip(frame["id"], frame["type"], strict=True))
    found: dict[str, dict[str, str]] = {}
    for place in types:
        told, at = {}, place
        # A circle would never end.
        while at in types and at not in told:
            told[at] = types[at]
            at = above[at]
        found[place] = told
    return found


def _holds(links: DataFrame, date: str) -> Series:
    """Which links can hold on ``date``: dates are compared as precisely as both are told."""
    if not is_date(date):
        raise CallError(
            _("{value} is not a date.").format(value=date),
            _("Write a year, a month or a day: 2013, 2013-01 or 2013-01-31."),
        )
    starts, ends = links["start"].astype(str), links["end"].astype(str)
    begun = [not s or s[: len(date)] <= date[: len(s)] for s in starts]
    over = [bool(e) and e[: len(date)] < date[: len(e)] for e in ends]
    import pandas as pd

    return pd.Series(begun, index=links.index) & ~pd.Series(over, index=links.index, dtype=bool)


def _known(values: Iterable[str], known: Iterable[str]) -> None:
    choices = sorted(known)
    for value in values:
        if value not in choices:
            raise unknown_choice(
                _("There is nothing named {name} among them.").format(name=value), value, choices
            )
