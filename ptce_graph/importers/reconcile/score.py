"""How likely it is that two are the same organisation, and why: part by part, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from ptce_graph.i18n import Note, mark, note
from ptce_graph.importers.reconcile import weights as w
from ptce_graph.importers.reconcile.actors import Actor
from ptce_graph.importers.reconcile.lexicon import COMPANY_FORMS
from ptce_graph.importers.reconcile.names import compared_names
from ptce_graph.importers.reconcile.parts import Part
from ptce_graph.importers.reconcile.weights import Weights


@dataclass(frozen=True)
class Compared:
    """The score of a pair, 0 to 1, and the parts that it is the sum of.

    ``certain``: an identifier says that both are one.
    """

    score: float
    parts: tuple[Part, ...]
    certain: bool = False

    def why(self, words: Callable[[str], str]) -> str:
        """The parts in words, those that weigh most first."""
        told = sorted((part for part in self.parts if part.note), key=lambda p: -abs(p.weight))
        return words("; ").join(part.note.told(words) for part in told if part.note)


def compared(left: Actor, right: Actor, weights: Weights) -> Compared:
    """Compare two actors in all that is known of both."""
    parts = [
        *_identifiers(left, right),
        *compared_names(left, right, weights),
        *_places(left, right),
        *_hosts(left, right, weights),
        *_forms(left, right),
        *_years(left, right),
    ]
    total = w.PRIOR + sum(part.weight for part in parts)
    likely = 1 / (1 + 2.0 ** -max(-60.0, min(60.0, total)))
    certain = any(part.weight >= w.SAME_IDENTIFIER for part in parts)
    settled = certain and not any(part.weight <= w.OTHER_SIRET for part in parts)
    if not settled:
        likely = min(likely, w.MOST_WITHOUT_IDENTIFIER)
    return Compared(round(likely, 4), tuple(parts), settled)


def _identifiers(left: Actor, right: Actor) -> list[Part]:
    parts = []
    if left.siren and right.siren:
        if shared := left.siren & right.siren:
            told = note(mark("same SIREN {value}"), value=" ".join(sorted(shared)))
            parts.append(Part("siren", w.SAME_IDENTIFIER, told))
            if left.siret and right.siret and not left.siret & right.siret:
                told = note(mark("but two establishments: other SIRET"))
                parts.append(Part("siret", w.OTHER_SIRET, told))
        else:
            parts.append(Part("siren", w.OTHER_SIREN, note(mark("other SIREN"))))
    for kind, one, other, weight in (
        ("RNA", left.rna, right.rna, w.OTHER_RNA),
        ("Wikidata", left.wikidata, right.wikidata, w.OTHER_WIKIDATA),
    ):
        if shared := one & other:
            told = note(mark("same {kind} {value}"), kind=kind, value=" ".join(sorted(shared)))
            parts.append(Part(kind.lower(), w.SAME_IDENTIFIER, told))
        elif one and other:
            parts.append(Part(kind.lower(), weight, note(mark("other {kind}"), kind=kind)))
    return parts


def _places(left: Actor, right: Actor) -> list[Part]:
    one, other = left.where, right.where
    for level, same, differs, words in (
        ("commune", w.SAME_COMMUNE, w.OTHER_COMMUNE, (_SAME_COMMUNE, _OTHER_COMMUNE)),
        ("department", w.SAME_DEPARTMENT, w.OTHER_DEPARTMENT, (_SAME_DEPARTMENT, _OTHER_DEPT)),
        ("region", w.SAME_REGION, w.OTHER_REGION, (_SAME_REGION, _OTHER_REGION)),
    ):
        mine, theirs = getattr(one, level), getattr(other, level)
        if not mine or not theirs:
            continue
        if mine == theirs:
            return [Part("place", same, note(words[0], one=one.label))]
        if level == "commune" and not _apart(one, other):
            told = note(words[1], one=one.label, other=other.label)
            return [Part("place", differs, told)]
        if level != "commune":
            told = note(words[1], one=one.label, other=other.label)
            return [Part("place", differs, told)]
    return []


def _apart(one: object, other: object) -> bool:
    """Two communes of two departments or regions: these tell more than the communes do."""
    return any(
        getattr(one, level)
        and getattr(other, level)
        and getattr(one, level) != getattr(other, level)
        for level in ("department", "region")
    )


_SAME_COMMUNE = mark("same place ({one})")
_OTHER_COMMUNE = mark("other places ({one}, {other})")
_SAME_DEPARTMENT = mark("same department")
_OTHER_DEPT = mark("other departments ({one}, {other})")
_SAME_REGION = mark("same region")
_OTHER_REGION = mark("other regions ({one}, {other})")


def _hosts(left: Actor, right: Actor, weights: Weights) -> list[Part]:
    if shared := left.hosts & right.hosts:
        host = min(shared, key=lambda h: (weights.hosts[h], h))
        return [
            Part("website", weights.host_bits(host), note(mark("same website {host}"), host=host))
        ]
    if left.hosts and right.hosts:
        return [Part("website", w.OTHER_HOST, note(mark("other website")))]
    return []


def _forms(left: Actor, right: Actor) -> list[Part]:
    parts = []
    one, other = _forms_of(left), _forms_of(right)
    if one & other:
        parts.append(Part("form", w.SAME_FORM, None))
    elif one and other and not (one <= COMPANY_FORMS and other <= COMPANY_FORMS):
        told = note(
            mark("other legal forms ({one}, {other})"),
            one=", ".join(sorted(one)),
            other=", ".join(sorted(other)),
        )
        parts.append(Part("form", w.OTHER_FORM, told))
    public = [actor.kind in ("collectivite", "etat") for actor in (left, right)]
    if left.kind and right.kind and public[0] != public[1]:
        parts.append(Part("kind", w.OTHER_KIND, note(mark("public on one side only"))))
    return parts


@lru_cache(maxsize=65536)
def _forms_of(actor: Actor) -> frozenset[str]:
    """The legal forms that documents tell and that the names themselves hold."""
    return actor.forms | frozenset(name.form for name in actor.names if name.form)


def _years(left: Actor, right: Actor) -> list[Part]:
    if not left.created or not right.created:
        return []
    if left.created == right.created:
        return [Part("created", w.SAME_YEAR, note(mark("created in the same year")))]
    if abs(int(left.created) - int(right.created)) > 1:
        return [Part("created", w.OTHER_YEAR, note(mark("created in other years")))]
    return []


__all__ = ["Compared", "Note", "Part", "compared"]
