"""Which poles are alike, by what documents tell of both, feature by feature.

The distance is Gower's: the mean of the distances on each feature, over the
features that are known of both poles; a feature unknown of either is left out,
and counts neither for nor against (J. C. Gower, A general coefficient of
similarity and some of its properties, Biometrics 27, 1971). A feature is a set
of codes, and two sets are as far apart as Jaccard says: one less the share of
the codes of either that both have (P. Jaccard, The distribution of the flora
in the alpine zone, New Phytologist 11, 1912). All features weigh the same.

The features are the seven dimensions of the typology and the kinds of the
members that documents name. Kinds are compared as a set, not as shares: no
list of members is closed, and a share of an open list says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ptce_graph.errors import CallError
from ptce_graph.i18n import DEFAULT_LANGUAGE, mark, number_words, translator
from ptce_graph.i18n import gettext as _
from ptce_graph.network.actors import find_actor
from ptce_graph.network.links import MEMBERSHIP
from ptce_graph.poles.ties import kinds_told, pole_ids, pole_ties
from ptce_graph.poles.typology import (
    AUTHORITIES,
    CONCERNED,
    DIMENSIONS,
    STATED,
    Placed,
    typology,
)

if TYPE_CHECKING:
    from ptce_graph.tables.facts import Facts

MEMBERS = "members"
#: The features that are compared, with their labels.
FEATURES = {
    **{name: dimension.label for name, dimension in DIMENSIONS.items()},
    MEMBERS: mark("Kinds of members"),
}
#: Known of both on fewer features than this, two poles are not called alike.
AT_LEAST = 2

Features = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Compared:
    """One feature of two poles: the codes of both, of the one alone, of the other alone."""

    feature: str
    shared: tuple[str, ...]
    own: tuple[str, ...]
    other: tuple[str, ...]

    @property
    def distance(self) -> float:
        """Jaccard's distance: 0 where the codes are the same, 1 where none is."""
        either = len(self.shared) + len(self.own) + len(self.other)
        return 1 - len(self.shared) / either


@dataclass(frozen=True)
class Alike:
    """How far ``other`` is from ``pole``, and on what this rests.

    ``compared`` holds the features known of both; ``unknown`` those that are
    not; ``distance`` is the mean over ``compared``, between 0 and 1.
    """

    pole: str
    other: str
    compared: tuple[Compared, ...]
    unknown: tuple[str, ...]

    @property
    def distance(self) -> float:
        """Gower's distance; ``nan`` where nothing is known of both."""
        if not self.compared:
            return float("nan")
        return sum(one.distance for one in self.compared) / len(self.compared)


def features(
    facts: Facts, types: Mapping[str, tuple[Placed, ...]] | None = None
) -> dict[str, Features]:
    """For each pole its codes by feature; a feature of which nothing is known is absent.

    Of the typology what documents state, and the roles of local authorities
    except “concerned”, which says no role; what a rule derives is left out, so
    that no pole is alike by our own doing.
    """
    types = typology(facts) if types is None else types
    ties = pole_ties(facts)
    members = ties[ties["how"] == MEMBERSHIP]
    kinds = kinds_told(facts, set(members["other"]))
    found: dict[str, dict[str, set[str]]] = {pole: {} for pole in pole_ids(facts)}
    for pole, placed in types.items():
        for one in placed:
            if one.how == STATED or (one.dimension == AUTHORITIES and one.code != CONCERNED):
                found[pole].setdefault(one.dimension, set()).add(one.code)
    for pole, member in zip(members["pole"], members["other"], strict=True):
        for kind in kinds.get(str(member), ()):
            found[str(pole)].setdefault(MEMBERS, set()).add(kind)
    return {
        pole: {name: frozenset(codes) for name, codes in own.items()} for pole, own in found.items()
    }


def compare(pole: str, other: str, one: Features, two: Features) -> Alike:
    """Two poles compared on the features that are known of both."""
    compared, unknown = [], []
    for name in FEATURES:
        if not one.get(name) or not two.get(name):
            unknown.append(name)
            continue
        compared.append(
            Compared(
                name,
                tuple(sorted(one[name] & two[name])),
                tuple(sorted(one[name] - two[name])),
                tuple(sorted(two[name] - one[name])),
            )
        )
    return Alike(pole, other, tuple(compared), tuple(unknown))


def alike(
    facts: Facts,
    pole: str,
    n: int = 5,
    at_least: int = AT_LEAST,
    known: Mapping[str, Features] | None = None,
) -> tuple[Alike, ...]:
    """The ``n`` poles nearest to ``pole``, the nearest first.

    Only poles of which ``at_least`` features are known together with this one:
    on a single feature, half the poles would be the same. Of equals, the one
    compared on more features comes first, then by identifier. Empty where
    nothing, or too little, is known. ``known`` is what ``features`` gives, so
    that many poles can be asked about at once. Raises ``CallError`` for an
    unknown pole, or where ``n`` or ``at_least`` is less than 1.
    """
    if n < 1 or at_least < 1:
        raise CallError(
            _("The numbers of poles and of features are 1 or more, not {n}.").format(
                n=min(n, at_least)
            )
        )
    pole = find_actor(facts, pole, ("pole",))
    known = features(facts) if known is None else known
    found = [
        compare(pole, other, known[pole], theirs)
        for other, theirs in known.items()
        if other != pole
    ]
    found = [one for one in found if len(one.compared) >= at_least]
    found.sort(key=lambda one: (round(one.distance, 12), -len(one.compared), one.other))
    return tuple(found[:n])


def explanation(facts: Facts, found: Alike, language: str = DEFAULT_LANGUAGE) -> str:
    """Why two poles are as near as they are, in sentences: each feature, then what is unknown."""
    words = translator(language)
    parts = [
        words("Distance {distance}, on {known} features of {all} known of both.").format(
            distance=_decimal(found.distance, language),
            known=len(found.compared),
            all=len(FEATURES),
        )
    ]
    parts += [_told(facts, one, language) for one in found.compared]
    if found.unknown:
        names = ", ".join(words(FEATURES[name]).lower() for name in found.unknown)
        parts.append(words("Not known of both: {features}.").format(features=names))
    return " ".join(parts)


def _told(facts: Facts, one: Compared, language: str) -> str:
    words = translator(language)
    told = []
    for template, codes in (
        (mark("both {codes}"), one.shared),
        (mark("only this one {codes}"), one.own),
        (mark("only the other {codes}"), one.other),
    ):
        if codes:
            labels = ", ".join(feature_label(facts, one.feature, code, language) for code in codes)
            told.append(words(template).format(codes=labels))
    return words("{feature} ({distance}): {told}.").format(
        feature=words(FEATURES[one.feature]),
        distance=_decimal(one.distance, language),
        told="; ".join(told) if language == "en" else "\u202f; ".join(told),
    )


def feature_label(facts: Facts, feature: str, code: str, language: str) -> str:
    """The label of a code of a feature in ``fr`` or ``en``."""
    scheme = "organisation-kinds" if feature == MEMBERS else DIMENSIONS[feature].scheme
    return facts.tables.label(scheme, code, language)


def _decimal(value: float, language: str) -> str:
    return number_words(f"{value:.2f}", language)
