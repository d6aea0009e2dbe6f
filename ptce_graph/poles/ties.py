"""What ties organisations to poles: members, carriers, and partners of cooperations about them.

A pole and an authority often meet in an action that is not about the pole (a
working group, a national plan). A cooperation therefore counts for a pole only
where the pole's own role in it says so: the cooperation is about it, or it
benefits from it, or it is labelled by it.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from ptce_graph.i18n import LANGUAGES
from ptce_graph.network.links import CARRYING, COOPERATION, MEMBERSHIP
from ptce_graph.poles.findings import Evidence
from ptce_graph.vocabulary.iris import DEFAULT_BASE, thing_iri

if TYPE_CHECKING:
    from collections.abc import Collection

    from pandas import DataFrame

    from ptce_graph.tables.facts import Facts

#: The roles of a pole in a cooperation that is its own (``codelists/cooperation-roles.csv``).
OWN_ROLES = ("pole", "beneficiaire", "labellise")
OBSERVED = "constate"

COLUMNS = (
    "pole",
    "other",
    "how",
    "role",
    "kind",
    "name",
    "state",
    "fact",
    "source",
    "section",
    "lines",
)
#: The kind of thing in the address of the fact, by how two things are tied.
_FACT_KINDS = {MEMBERSHIP: "membership", CARRYING: "pole", COOPERATION: "participation"}


def pole_ids(facts: Facts) -> list[str]:
    """The identifiers of the poles, sorted, each once whatever its names."""
    actors = facts.actors
    return [str(pole) for pole in actors.index[actors["type"] == "pole"]]


def pole_ties(facts: Facts) -> DataFrame:
    """One row per fact that ties something to a pole.

    Columns: ``pole`` and ``other`` (identifiers), ``how`` (``membership``,
    ``carrying`` or ``cooperation``), ``role`` of the other (empty for a
    carrier), ``kind``, ``name`` and ``state`` of the cooperation (a membership
    or a carrier is ``constate``), ``fact`` and its passage. A cooperation is in
    it where the pole has one of ``OWN_ROLES`` in it.
    """
    import pandas as pd

    poles = pole_ids(facts)
    frames = facts.frames
    members = frames["memberships"].rename(columns={"organisation": "pole", "member": "other"})
    members = members[members["pole"].isin(poles)]
    members = members.assign(how=MEMBERSHIP, kind="", name="", state=OBSERVED)
    carried = frames["poles"]
    carried = carried[carried["carrier"] != ""].drop(columns=["name"])
    carried = carried.rename(columns={"id": "pole", "carrier": "other"})
    carried = carried.assign(how=CARRYING, role="", kind="", name="", state=OBSERVED)
    parts = frames["participations"]
    own = parts[parts["partner"].isin(poles) & parts["role"].isin(OWN_ROLES)]
    own = own[["cooperation", "partner"]].drop_duplicates()
    told = own.rename(columns={"partner": "pole"}).merge(
        parts.rename(columns={"partner": "other"}), on="cooperation"
    )
    about = frames["cooperations"].drop_duplicates("id").set_index("id")
    told = told[told["pole"] != told["other"]]
    told = told.assign(
        how=COOPERATION,
        kind=told["cooperation"].map(about["kind"]),
        name=told["cooperation"].map(about["name"]),
        state=told["cooperation"].map(about["state"]),
    )
    whole = pd.concat([frame[list(COLUMNS)] for frame in (members, carried, told)])
    return whole.sort_values(["pole", "how", "other", "role", "fact"], ignore_index=True)


def kinds_told(facts: Facts, of: Collection[str]) -> dict[str, tuple[str, ...]]:
    """All kinds that documents give each of some organisations, sorted; absent where none does.

    One document may leave the kind empty that another one gives: the union
    over them is taken.
    """
    return _all_told(facts, of, "kind")


def statuts_told(facts: Facts, of: Collection[str]) -> dict[str, tuple[str, ...]]:
    """All legal forms that documents give each of some organisations, sorted."""
    return _all_told(facts, of, "legal_form")


def _all_told(facts: Facts, of: Collection[str], column: str) -> dict[str, tuple[str, ...]]:
    told = facts.frames["organisations"]
    told = told[told["id"].isin(list(of)) & (told[column] != "")]
    found: dict[str, set[str]] = {}
    for identifier, value in zip(told["id"], told[column], strict=True):
        found.setdefault(str(identifier), set()).add(str(value))
    return {identifier: tuple(sorted(found[identifier])) for identifier in sorted(found)}


class Teller:
    """Tells facts of ties in both languages; what it looks up, it looks up once."""

    def __init__(self, facts: Facts, base: str = DEFAULT_BASE) -> None:
        self.facts, self.base = facts, base
        self._labels: dict[tuple[str, str, str], str] = {}

    def name(self, identifier: str) -> str:
        """The name to show of an organisation or pole; its identifier where it has none."""
        return self._names.get(identifier, identifier)

    @cached_property
    def _names(self) -> dict[str, str]:
        names = self.facts.actors["name"]
        return dict(zip(names.index.tolist(), names.tolist(), strict=True))

    @cached_property
    def cooperations(self) -> dict[str, str]:
        """The names of the cooperations."""
        frame = self.facts.frames["cooperations"]
        return dict(zip(frame["id"].tolist(), frame["name"].tolist(), strict=True))

    def tie(self, tie: Any) -> Evidence:
        """The fact of one row of ``pole_ties`` (a named tuple): who, in which role, in what."""
        about = f" – {tie.name}" if tie.name else ""
        told = {
            language: f"{self.name(tie.other)} ({self._role(tie.how, tie.role, language)}){about}"
            for language in LANGUAGES
        }
        return self._evidence(tie.how, told, tie)

    def link(self, link: Any) -> Evidence:
        """The fact of one row of the links table (a named tuple): who, to what, in which role."""
        to = self.cooperations.get(link.cooperation) if link.cooperation else self.name(link.object)
        told = {
            language: f"{self.name(link.subject)} → {to} "
            f"({self._role(link.kind, link.role, language)})"
            for language in LANGUAGES
        }
        return self._evidence(link.kind, told, link)

    def _evidence(self, how: str, told: dict[str, str], row: Any) -> Evidence:
        return Evidence(
            thing_iri(_FACT_KINDS[how], row.fact, self.base),
            told["fr"],
            told["en"],
            row.source,
            row.section,
            row.lines,
            "decides" if row.state == OBSERVED else "planned",
        )

    def _role(self, how: str, role: str, language: str) -> str:
        scheme = "membership-roles" if how == MEMBERSHIP else "cooperation-roles"
        key = (scheme, "porteur" if how == CARRYING else role, language)
        if key not in self._labels:
            self._labels[key] = self.facts.tables.label(*key)
        return self._labels[key]
