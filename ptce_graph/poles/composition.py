"""What a pole is made of, and what ties it to networks, other poles and candidacies.

All counts are of what documents name: no list of members is closed, so that
each is a lower bound. Two members of which it is unsure whether they are one
(``identities.csv``) count once in the smaller count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ptce_graph.network.actors import find_actor
from ptce_graph.network.links import CARRYING, MEMBERSHIP
from ptce_graph.poles.brokers import Broker, brokers_within, own_network
from ptce_graph.poles.findings import Evidence
from ptce_graph.poles.ties import (
    OBSERVED,
    Teller,
    kinds_told,
    pole_ids,
    pole_ties,
    statuts_told,
)
from ptce_graph.tables.facts import values
from ptce_graph.vocabulary.iris import DEFAULT_BASE, thing_iri

if TYPE_CHECKING:
    from pandas import DataFrame

    from ptce_graph.network.network import Network
    from ptce_graph.tables.facts import Facts

MEMBER, CARRIER, PARTNER, PLANNED = "member", "carrier", "partner", "planned"
#: The parts an organisation can have in a pole, the closest first.
PARTS = (MEMBER, CARRIER, PARTNER, PLANNED)
#: How a pole touches a network: the network is a party of it, the pole belongs to it, or a
#: party of the pole does.
IS_PARTY, BELONGS, THROUGH = "party", "belongs", "through"


@dataclass(frozen=True)
class Party:
    """Somebody tied to the pole: its parts in it (of ``PARTS``), what it is, and the facts.

    ``kinds``, ``statuts`` (legal forms) and ``accreditations`` are codes, all
    that documents tell; ``roles`` are those of the facts.
    """

    id: str
    name: str
    parts: tuple[str, ...]
    roles: tuple[str, ...]
    kinds: tuple[str, ...]
    statuts: tuple[str, ...]
    accreditations: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Touched:
    """A network that the pole touches: ``how``, through which parties, and the facts."""

    network: str
    name: str
    how: str
    through: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Shared:
    """What another pole has in common with this one: parties of both, networks touched by both."""

    pole: str
    name: str
    parties: tuple[str, ...]
    networks: tuple[str, ...]


@dataclass(frozen=True)
class Candidature:
    """A candidacy of the pole itself (``through`` empty) or of parties of it."""

    id: str
    call: str
    initiative: str
    outcome: str
    through: tuple[str, ...]
    evidence: Evidence


@dataclass(frozen=True)
class Composition:
    """What a pole is made of and tied to. ``at_least`` is its number of named members.

    Members of which it is unsure whether they are one count once in it.
    ``brokers`` are the parties that stand between others, the strongest first;
    ``own`` is the network that this is measured on.
    """

    pole: str
    name: str
    parties: tuple[Party, ...]
    at_least: int
    networks: tuple[Touched, ...]
    brokers: tuple[Broker, ...]
    own: Network
    shared: tuple[Shared, ...]
    candidacies: tuple[Candidature, ...]

    def having(self, part: str) -> tuple[Party, ...]:
        """The parties with a part in the pole, one of ``PARTS``."""
        return tuple(one for one in self.parties if part in one.parts)


def composition(facts: Facts, network: Network, pole: str, base: str = DEFAULT_BASE) -> Composition:
    """The composition of ``pole`` (an identifier or a name); of many poles, use ``Compositions``.

    ``network`` is the projection ``all`` of the links to be looked at (its
    filters decide on documents and dates; cooperations that are only planned
    broker nothing). Raises ``CallError`` for an unknown pole.
    """
    return Compositions(facts, network, base).of(pole)


def counts(parties: Iterable[Party], by: str) -> DataFrame:
    """Parties counted by ``kinds``, ``statuts`` or ``accreditations``.

    Columns: ``code`` (empty: not told), then a column per part of ``PARTS``.
    A party of two kinds counts under each; the most members first, then by
    code, what is not told last.
    """
    import pandas as pd

    found: dict[str, dict[str, int]] = {}
    for party in parties:
        for code in getattr(party, by) or ("",):
            row = found.setdefault(code, dict.fromkeys(PARTS, 0))
            for part in party.parts:
                row[part] += 1
    order = sorted(found, key=lambda code: (not code, *(-found[code][p] for p in PARTS), code))
    return pd.DataFrame([{"code": code, **found[code]} for code in order], columns=["code", *PARTS])


class Compositions:
    """The compositions of the poles of one network; what they share is looked up once."""

    def __init__(self, facts: Facts, network: Network, base: str = DEFAULT_BASE) -> None:
        self.facts, self.network, self.base = facts, network, base
        self.teller = Teller(facts, base)
        links = network.links
        ties = pole_ties(facts)
        ties = ties[ties["fact"].isin(links["fact"])]
        self._ties, self._ties_of = ties, ties.groupby("pole").indices
        others = set(ties["other"])
        self._kinds, self._statuts = kinds_told(facts, others), statuts_told(facts, others)
        self._rows = {name: links.groupby(name).indices for name in ("subject", "object")}
        self._networks = set(facts.actors.index[facts.actors["kind"] == "reseau"])
        self._unsure = _unsure_pairs(facts)
        self._of_party: dict[str, set[str]] = {}
        self._of_network: dict[str, set[str]] = {}
        observed = ties[ties["state"] == OBSERVED]
        for pole, other in zip(observed["pole"].tolist(), observed["other"].tolist(), strict=True):
            self._of_party.setdefault(other, set()).add(pole)
        close = ties[ties["how"].isin((MEMBERSHIP, CARRYING))]
        self._close: dict[str, set[str]] = {}
        for pole, other in zip(close["pole"].tolist(), close["other"].tolist(), strict=True):
            self._close.setdefault(pole, set()).add(other)
        for pole in pole_ids(facts):
            for to in self._touching(pole):
                self._of_network.setdefault(to[0], set()).add(pole)

    def of(self, pole: str) -> Composition:
        """The composition of one pole; ``CallError`` where it is unknown."""
        pole = find_actor(self.facts, pole, ("pole",))
        parties = self._parties(pole)
        members = {party.id for party in parties if MEMBER in party.parts}
        observed = [party.id for party in parties if party.parts != (PLANNED,)]
        own = own_network(self.network, self._links_of(observed), pole, observed)
        return Composition(
            pole,
            self.teller.name(pole),
            parties,
            len(members) - len({max(pair) for pair in self._unsure if set(pair) <= members}),
            self._touched(pole, parties),
            brokers_within(own, observed, self.teller),
            own,
            self._shared(pole, observed),
            self._candidacies(pole, parties),
        )

    def _parties(self, pole: str) -> tuple[Party, ...]:
        found: dict[str, list[Any]] = {}
        for tie in self._ties.iloc[self._ties_of.get(pole, [])].itertuples():
            found.setdefault(str(tie.other), []).append(tie)
        parties = []
        for other, own in found.items():
            parts = {_part(tie) for tie in own}
            parties.append(
                Party(
                    other,
                    self.teller.name(other),
                    tuple(part for part in PARTS if part in parts),
                    tuple(dict.fromkeys(str(tie.role) for tie in own if tie.role)),
                    self._kinds.get(other, ()),
                    self._statuts.get(other, ()),
                    tuple(self.facts.actors.at[other, "accreditations"]),
                    tuple(self.teller.tie(tie) for tie in own),
                )
            )
        return tuple(sorted(parties, key=lambda one: (PARTS.index(one.parts[0]), one.id)))

    def _links_of(self, parties: Iterable[str]) -> DataFrame:
        """The links that touch a party, and all parts of the cooperations of parties."""
        links = self.network.links
        found: set[int] = set()
        for party in parties:
            for name in self._rows:
                found.update(self._rows[name].get(party, ()))
        cooperations = set(links["cooperation"].iloc[sorted(found)]) - {""}
        for cooperation in cooperations:
            found.update(self._rows["object"].get(cooperation, ()))
        return links.iloc[sorted(found)]

    @cached_property
    def _belongs(self) -> dict[str, list[tuple[str, int]]]:
        """Of each member of a network, the networks, with the row of the link that says so."""
        links = self.network.links
        told = links[(links["kind"] == MEMBERSHIP) & links["object"].isin(self._networks)]
        found: dict[str, list[tuple[str, int]]] = {}
        columns = (told["subject"].tolist(), told["object"].tolist(), told.index.tolist())
        for member, to, row in zip(*columns, strict=True):
            found.setdefault(member, []).append((to, row))
        return found

    def _touching(self, pole: str) -> dict[tuple[str, str], dict[str, list[int]]]:
        """(network, how) -> through whom -> the rows of the links that say so.

        Carriers and members lead to networks; a partner does not: a region that
        backs a pole does not bring its own networks into it.
        """
        found: dict[tuple[str, str], dict[str, list[int]]] = {}
        close = self._close.get(pole, set())
        for other in close & self._networks:
            found.setdefault((other, IS_PARTY), {})
        for how, members in ((THROUGH, sorted(close)), (BELONGS, [pole])):
            for member in members:
                for to, row in self._belongs.get(member, ()):
                    found.setdefault((to, how), {}).setdefault(member, []).append(row)
        return dict(sorted(found.items()))

    def _touched(self, pole: str, parties: Iterable[Party]) -> tuple[Touched, ...]:
        evidence_of = {party.id: party.evidence for party in parties}
        told = []
        for (to, how), through in self._touching(pole).items():
            links = self.network.links.loc[[row for own in through.values() for row in own]]
            told_by = tuple(self.teller.link(link) for link in links.itertuples())
            evidence = evidence_of[to] if how == IS_PARTY else told_by
            told.append(Touched(to, self.teller.name(to), how, tuple(through), evidence))
        return tuple(told)

    def _shared(self, pole: str, observed: Iterable[str]) -> tuple[Shared, ...]:
        """Other poles with a party or a network in common, the most in common first."""
        parties: dict[str, set[str]] = {}
        networks: dict[str, set[str]] = {}
        for party in observed:
            for other in self._of_party[party]:
                parties.setdefault(other, set()).add(party)
        for to, _how in self._touching(pole):
            for other in self._of_network[to]:
                networks.setdefault(other, set()).add(to)
        found = [
            Shared(
                other,
                self.teller.name(other),
                tuple(sorted(parties.get(other, ()))),
                tuple(sorted(networks.get(other, ()))),
            )
            for other in {*parties, *networks} - {pole}
        ]
        return tuple(sorted(found, key=lambda s: (-len(s.parties), -len(s.networks), s.pole)))

    @cached_property
    def _candidacies_by(self) -> dict[str, list[Any]]:
        """The candidacies of each pole, and of each organisation that carries one."""
        found: dict[str, list[Any]] = {}
        for row in self.facts.frames["candidacies"].itertuples():
            carriers = {self.facts.same.get(one, one) for one in values(str(row.carriers))}
            for one in sorted(carriers | {str(row.pole)} - {""}):
                found.setdefault(one, []).append(row)
        return found

    def _candidacies(self, pole: str, parties: Iterable[Party]) -> tuple[Candidature, ...]:
        """Candidacies of the pole, and of its members and carrier, as the documents tie them."""
        rows = {str(row.id): (row, set[str]()) for row in self._candidacies_by.get(pole, ())}
        own = set(rows)
        for party in parties:
            if {MEMBER, CARRIER} & set(party.parts):
                for row in self._candidacies_by.get(party.id, ()):
                    rows.setdefault(str(row.id), (row, set()))[1].add(party.id)
        found = []
        for name, (row, through) in rows.items():
            told = str(row.initiative or row.carrier_as_written)
            address = thing_iri("candidacy", str(row.fact), self.base)
            found.append(
                Candidature(
                    name,
                    str(row.call),
                    str(row.initiative),
                    str(row.outcome),
                    () if name in own else tuple(sorted(through)),
                    Evidence(address, told, told, row.source, row.section, row.lines),
                )
            )
        return tuple(sorted(found, key=lambda one: (bool(one.through), one.id)))


def _part(tie: Any) -> str:
    if tie.how == MEMBERSHIP:
        return MEMBER
    if tie.how == CARRYING:
        return CARRIER
    return PARTNER if tie.state == OBSERVED else PLANNED


def _unsure_pairs(facts: Facts) -> set[tuple[str, str]]:
    """Pairs of which it is unsure whether they are one, after identities are resolved."""
    judged = facts.tables.frames["identities"]
    judged = judged[judged["judgement"] == "unsure"]
    left, right = judged["left"].replace(facts.same), judged["right"].replace(facts.same)
    return {(one, two) for one, two in zip(left, right, strict=True) if one != two}
