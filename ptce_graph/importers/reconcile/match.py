"""One name at a time: who of a graph it may be, for a service that others ask."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from ptce_graph.importers.reconcile.actors import (
    NOWHERE,
    Actor,
    Gazetteer,
    hosts_of,
    names_of,
)
from ptce_graph.importers.reconcile.blocking import Index
from ptce_graph.importers.reconcile.lexicon import LEGAL_FORMS
from ptce_graph.importers.reconcile.normal import folded
from ptce_graph.importers.reconcile.score import Compared, compared
from ptce_graph.importers.reconcile.weights import Weights

#: Of how many near ones the best are told.
_NEAR = 40
#: A match is told to be one from this score on, where the next is as far below.
MATCH, AHEAD = 0.85, 0.3

#: What may be said of a thing besides its name.
PROPERTIES = ("place", "website", "siren", "siret", "rna", "wikidata", "legal_form", "created")


@dataclass(frozen=True)
class Query:
    """What is looked for: a name or an identifier, of which ``types`` (none: any), and what else
    is known of it, by the names of ``PROPERTIES``."""

    text: str = ""
    types: frozenset[str] = frozenset()
    told: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """One answer. ``match``: good enough to be taken without looking."""

    actor: Actor
    compared: Compared
    match: bool


class Matcher:
    """Those of a graph, ready to be found by name and identifier."""

    def __init__(self, actors: Sequence[Actor], gazetteer: Gazetteer) -> None:
        self.actors = sorted(actors, key=lambda actor: actor.id)
        self.gazetteer = gazetteer
        self.weights = Weights()
        self.weights.runs |= gazetteer.runs
        self.weights.add(self.actors)
        self.index = Index(self.actors)
        self.by_id = {actor.id: actor for actor in self.actors}
        self._by_value: dict[str, list[int]] = {}
        starts: list[tuple[str, int]] = []
        for at, actor in enumerate(self.actors):
            for value in (*actor.siren, *actor.siret, *actor.rna, *actor.wikidata, *actor.hosts):
                self._by_value.setdefault(value.lower(), []).append(at)
            starts += [(folded(name.text), at) for name in actor.names]
            starts.append((actor.id, at))
        self._starts = sorted(starts)

    def match(self, query: Query, limit: int) -> list[Found]:
        """The likeliest of the graph, best first, ``limit`` at most."""
        wanted = self._actor(query)
        places = self._by_identifier(query, wanted)
        if query.text:
            places += self.index.nearest(wanted, _NEAR)
        scored = []
        for at in dict.fromkeys(places):
            actor = self.actors[at]
            if query.types and types_of(actor).isdisjoint(query.types):
                continue
            found = compared(wanted, actor, self.weights)
            if actor.id == query.text.strip():
                found = Compared(1.0, found.parts, True)
            scored.append((actor, found))
        scored.sort(key=lambda one: (-one[1].score, one[0].id))
        return [
            Found(actor, found, number == 0 and self._is_ahead(scored))
            for number, (actor, found) in enumerate(scored[:limit])
            if found.score > 0
        ]

    def suggest(self, prefix: str, skip: int, most: int) -> list[Actor]:
        """Those of whom a name or the identifier begins so, in the order of the alphabet."""
        start = folded(prefix) if not re.fullmatch(r"[a-z0-9-]+", prefix) else prefix
        if not start:
            return []
        found: dict[str, Actor] = {}
        for begin in dict.fromkeys((start, folded(prefix))):
            for text, at in self._starts[bisect_left(self._starts, (begin, -1)) :]:
                if not text.startswith(begin) or len(found) >= skip + most:
                    break
                found.setdefault(self.actors[at].id, self.actors[at])
        return list(found.values())[skip : skip + most]

    def _is_ahead(self, scored: Sequence[tuple[Actor, Compared]]) -> bool:
        first = scored[0][1]
        second = scored[1][1].score if len(scored) > 1 else 0.0
        return first.certain or (first.score >= MATCH and first.score - second >= AHEAD)

    def _by_identifier(self, query: Query, wanted: Actor) -> list[int]:
        text = query.text.strip()
        values = {*wanted.siren, *wanted.siret, *wanted.rna, *wanted.wikidata, *wanted.hosts}
        found = [at for value in sorted(values) for at in self._by_value.get(value.lower(), ())]
        at = bisect_left(self.actors, text, key=lambda actor: actor.id)
        if at < len(self.actors) and self.actors[at].id == text:
            found.insert(0, at)
        return found[:_NEAR]

    def _actor(self, query: Query) -> Actor:
        """The query as one that can be compared."""
        told = query.told
        number = re.sub(r"[\s.]", "", query.text)
        sirens, sirets = (
            set(_digits(told.get("siren", ()), 9)),
            set(_digits(told.get("siret", ()), 14)),
        )
        rnas = {value.strip().upper() for value in told.get("rna", ())}
        if re.fullmatch(r"[0-9]{9}", number):
            sirens.add(number)
        elif re.fullmatch(r"[0-9]{14}", number):
            sirets.add(number)
        elif re.fullmatch(r"[Ww][0-9A-Za-z][0-9]{8}", number):
            rnas.add(number.upper())
        forms = {LEGAL_FORMS.get(folded(value), value) for value in told.get("legal_form", ())}
        years = [value[:4] for value in told.get("created", ()) if value[:4].isdecimal()]
        where = [self.gazetteer.found(value) for value in told.get("place", ())]
        return Actor(
            "",
            "",
            names_of([query.text]),
            next((one for one in where if one is not NOWHERE), NOWHERE),
            frozenset(sirens | {value[:9] for value in sirets}),
            frozenset(sirets),
            frozenset(rnas),
            frozenset(value.strip().upper() for value in told.get("wikidata", ())),
            hosts_of(told.get("website", ())),
            frozenset(forms),
            "",
            years[0] if years else "",
            (),
        )


def types_of(actor: Actor) -> frozenset[str]:
    """``organisation``, ``pole``, and ``network`` for an organisation that is one."""
    return frozenset((actor.type, "network") if actor.kind == "reseau" else (actor.type,))


def _digits(values: Sequence[str], length: int) -> list[str]:
    plain = (re.sub(r"\D", "", value) for value in values)
    return [value for value in plain if len(value) == length and value.isascii()]
