"""Organisations and poles as what is compared of them: names, places, identifiers, website."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ptce_graph.importers.reconcile.lexicon import SHARED_HOSTS
from ptce_graph.importers.reconcile.normal import Name, name_of

if TYPE_CHECKING:
    from pandas import DataFrame

    from ptce_graph.tables.facts import Facts

#: Names of one thing that are compared; more are spellings of the same.
MOST_NAMES = 8
_NONE: frozenset[str] = frozenset()
_SIREN_ID = re.compile(r"siren-([0-9]{9})")
_HOST = re.compile(r"(?:https?://)?(?:www\.)?([^/:?#\s]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Where:
    """A place and what it lies in: identifiers, empty where they are not known.

    ``commune`` holds territories smaller than a department too; ``region`` is
    that of today. ``words``: those of the place's name and of what it lies in.
    """

    commune: str
    department: str
    region: str
    label: str
    words: frozenset[str]


NOWHERE = Where("", "", "", "", frozenset())


@dataclass(frozen=True, slots=True)
class Actor:
    """What is compared of one organisation or pole.

    ``type`` is ``organisation`` or ``pole``. ``siret`` holds several. ``hosts``:
    those of its websites, but for hosts where everybody has a page.
    """

    id: str
    type: str
    names: tuple[Name, ...]
    where: Where
    siren: frozenset[str]
    siret: frozenset[str]
    rna: frozenset[str]
    wikidata: frozenset[str]
    hosts: frozenset[str]
    forms: frozenset[str]
    kind: str
    created: str
    sources: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.names[0].text

    @property
    def identifiers(self) -> str:
        """All its identifiers in one text, as people write them."""
        told = [f"SIREN {v}" for v in sorted(self.siren)] if not self.siret else []
        told += [f"SIRET {v}" for v in sorted(self.siret)]
        told += [f"RNA {v}" for v in sorted(self.rna)]
        return " ; ".join([*told, *sorted(self.wikidata)])


class Gazetteer:
    """The places of a table and what each lies in.

    ``runs`` holds the names of places as words, to be found again in names of
    organisations.
    """

    def __init__(self, places: DataFrame) -> None:
        columns = {
            name: dict(zip(places["id"], places[name], strict=True))
            for name in ("name", "type", "within", "successor")
        }
        self._name, self._type, self._within, self._successor = columns.values()
        self.where = cache(self._where)
        self._by_name: dict[tuple[str, ...], list[str]] = {}
        for place, name in self._name.items():
            self._by_name.setdefault(name_of(name).words, []).append(place)
        self.runs = frozenset(name_of(name).words for name in self._name.values()) - {()}

    def found(self, text: str) -> Where:
        """The place that is called so, the smallest of them; nowhere where two are as small."""
        if text in self._name:
            return self.where(text)
        named = [self.where(place) for place in self._by_name.get(name_of(text).words, ())]
        small = [where for where in named if where.commune] or named
        return small[0] if len(small) == 1 else NOWHERE

    def _where(self, place: str) -> Where:
        told = dict.fromkeys(("commune", "departement", "region"), "")
        words: set[str] = set()
        at, seen = place, set()
        while at in self._type and at not in seen:
            seen.add(at)
            kind = self._type[at].removesuffix("-ancienne")
            level = kind if kind in told else "commune"
            # A region of before 2016 stands for the one it became.
            if self._type[at] != "region-ancienne" or not self._successor[at]:
                told[level] = told[level] or at
            words.update(name_of(self._name[at]).words)
            at = self._successor[at] or self._within[at]
        return Where(
            told["commune"],
            told["departement"],
            told["region"],
            self._name.get(place, ""),
            frozenset(words),
        )


def actors_of(facts: Facts, gazetteer: Gazetteer) -> list[Actor]:
    """Each organisation and pole of ``facts``, identities resolved, sorted by identifier."""
    frame = facts.actors
    columns = (
        frame.index,
        *(frame[c] for c in ("type", "name", "names", "places", "websites", "legal_forms")),
        *(frame[c] for c in ("sirens", "sirets", "rnas", "wikidata")),
        *(frame[c] for c in ("kind", "created", "sources")),
    )
    found = []
    for row in zip(*columns, strict=True):
        id_, type_, name, names, places, sites, forms = row[:7]
        sirens, sirets, rnas, wikidata, kind, created, sources = row[7:]
        # The nine first digits of a SIRET are the SIREN of its legal unit.
        legal = {*sirens, *(siret[:9] for siret in sirets)}
        if (by_id := _SIREN_ID.match(id_)) is not None:
            legal.add(by_id[1])
        found.append(
            Actor(
                id_,
                type_,
                names_of((name, *names)),
                finest([gazetteer.where(place) for place in places]),
                frozenset(legal) if legal else _NONE,
                frozenset(sirets) if sirets else _NONE,
                frozenset(rnas) if rnas else _NONE,
                frozenset(wikidata) if wikidata else _NONE,
                hosts_of(sites) if sites else _NONE,
                frozenset(forms) - {""},
                kind,
                created[0][:4] if created else "",
                sources,
            )
        )
    return found


def names_of(texts: Iterable[str]) -> tuple[Name, ...]:
    """The names that differ in what is compared of them, the first of each."""
    found: dict[object, Name] = {}
    for text in texts:
        name = name_of(text)
        found.setdefault((name.words, name.form, name.level), name)
        if len(found) >= MOST_NAMES:
            break
    return tuple(found.values())


def hosts_of(sites: Iterable[str]) -> frozenset[str]:
    """The hosts of websites, without ``www.`` and without those that many share."""
    hosts = {found[1].lower() for site in sites if (found := _HOST.match(site))}
    return frozenset(host for host in hosts if not _shared(host))


def _shared(host: str) -> bool:
    parts = host.split(".")
    return any(".".join(parts[at:]) in SHARED_HOSTS for at in range(len(parts) - 1))


def finest(places: Sequence[Where]) -> Where:
    """The most precise of the places that documents give."""
    best = NOWHERE
    for where in places:
        if (where.commune, where.department, where.region) == ("", "", "") and best.label:
            continue
        if _precision(where) > _precision(best):
            best = where
    return best


def _precision(where: Where) -> int:
    return 4 * bool(where.commune) + 2 * bool(where.department) + bool(where.region)
