"""The pairs that may be one organisation, each with its score and its reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ptce_graph.importers.reconcile.actors import Actor, Gazetteer, actors_of
from ptce_graph.importers.reconcile.blocking import Index, shared_values
from ptce_graph.importers.reconcile.judgements import DIFFERENT, Judgements
from ptce_graph.importers.reconcile.score import Compared, compared
from ptce_graph.importers.reconcile.weights import Weights
from ptce_graph.progress import Progress
from ptce_graph.tables.facts import Facts, facts
from ptce_graph.tables.read import Tables

if TYPE_CHECKING:
    from pandas import DataFrame

#: Pairs below this score are not shown.
MINIMUM = 0.1
#: From these scores on the suggestion is ``same``; below it ``unsure``.
SUGGEST_SAME = 0.85
SUGGEST_DIFFERENT = 0.35

COLUMNS = (
    "left",
    "left_name",
    "left_place",
    "left_identifiers",
    "left_sources",
    "right",
    "right_name",
    "right_place",
    "right_identifiers",
    "right_sources",
    "score",
    "suggestion",
    "why",
)


@dataclass(frozen=True)
class Pair:
    """Two things that may be one. ``left`` is the one whose identifier would be kept."""

    left: Actor
    right: Actor
    found: Compared

    @property
    def suggestion(self) -> str:
        """``same``, ``unsure`` or ``different``."""
        if self.found.score >= SUGGEST_SAME:
            return "same"
        return "unsure" if self.found.score >= SUGGEST_DIFFERENT else "different"


@dataclass(frozen=True)
class Search:
    """What is looked for. ``again``: pairs judged ``unsure`` too. ``sources``: pairs that touch
    one of these documents only. ``minimum``: the lowest score shown."""

    minimum: float = MINIMUM
    again: bool = False
    sources: tuple[str, ...] = ()


def pairs_of(
    own: Facts,
    against: Facts | None = None,
    search: Search | None = None,
    progress: Progress | None = None,
) -> list[Pair]:
    """Pairs of ``own`` that may be one thing, the likeliest first; with ``against``, pairs of a
    thing of ``own`` and one of those tables that ``own`` does not have itself.

    Pairs that judgements settle, by themselves or through others, are left out.
    """
    search = search or Search()
    judged = Judgements.of(own.tables)
    there = Judgements.of(against.tables) if against is not None else None
    mine = _actors(own)
    theirs = None
    if against is not None:
        known = {actor.id for actor in mine}
        theirs = [actor for actor in _actors(against) if actor.id not in known]
    weights = weights_of([mine] if theirs is None else [mine, theirs], _runs(own, against))
    found = []
    for left, right in _near(mine, theirs, progress):
        if left.type != right.type or not _wanted(left, right, search.sources):
            continue
        if judged.settled(left.id, right.id, but_unsure=search.again):
            continue
        if there is not None and there.settled(left.id, right.id) == DIFFERENT:
            # What the other graph tells apart under these very identifiers.
            continue
        result = compared(left, right, weights)
        if result.score >= search.minimum:
            found.append(Pair(*_in_order(left, right, theirs is not None), result))
    return sorted(found, key=lambda pair: (-pair.found.score, pair.left.id, pair.right.id))


def weights_of(
    sides: Sequence[Sequence[Actor]], runs: frozenset[tuple[str, ...]] = frozenset()
) -> Weights:
    """The weights of words among ``sides``; ``runs`` are names of places, as words."""
    weights = Weights()
    weights.runs |= runs
    for side in sides:
        weights.add(side)
    return weights


def frame_of(pairs: Sequence[Pair], language: str = "fr") -> DataFrame:
    """The pairs as a table with ``COLUMNS``; ``why`` is in ``language``."""
    import pandas as pd

    from ptce_graph.i18n import translator

    words = translator(language)
    rows = [
        (*_told(pair.left), *_told(pair.right), pair.found.score, pair.suggestion, why)
        for pair in pairs
        for why in [pair.found.why(words)]
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _told(actor: Actor) -> tuple[str, ...]:
    sources = " ; ".join(actor.sources)
    return actor.id, actor.name, actor.where.label, actor.identifiers, sources


def _actors(known: Facts) -> list[Actor]:
    return actors_of(known, Gazetteer(known.tables.frames["places"]))


def _runs(own: Facts, against: Facts | None) -> frozenset[tuple[str, ...]]:
    """The names of all places, as words."""
    runs = Gazetteer(own.tables.frames["places"]).runs
    return runs if against is None else runs | Gazetteer(against.tables.frames["places"]).runs


def _near(
    mine: Sequence[Actor], theirs: Sequence[Actor] | None, progress: Progress | None
) -> Iterator[tuple[Actor, Actor]]:
    """Each pair worth a comparison, once. The few look for their neighbours among the many."""
    if theirs is None:
        places: list[tuple[int, int]] = [*shared_values(mine, None)]
        known = set(places)
        places += [
            pair for pair in Index(mine, progress).pairs(None, progress) if pair not in known
        ]
        yield from ((mine[one], mine[other]) for one, other in places)
        return
    known = set(shared_values(mine, theirs))
    yield from ((mine[one], theirs[other]) for one, other in sorted(known))
    if len(theirs) >= len(mine):
        near = Index(theirs, progress).pairs(mine, progress)
    else:
        # The nearest of each of the few, and not of each of the many.
        near = ((one, other) for other, one in Index(mine, progress).pairs(theirs, progress))
    yield from ((mine[one], theirs[other]) for one, other in near if (one, other) not in known)


def _wanted(left: Actor, right: Actor, sources: tuple[str, ...]) -> bool:
    return not sources or any(name in sources for name in (*left.sources, *right.sources))


def _in_order(left: Actor, right: Actor, other_side: bool) -> tuple[Actor, Actor]:
    """The one whose identifier is kept first: that of the other graph, which is published;
    else the one of an official identifier; else the one that more documents name."""
    if other_side:
        return right, left
    ranked = sorted(
        (left, right),
        key=lambda a: (not a.id.startswith("siren-"), -len(a.sources), len(a.id), a.id),
    )
    return ranked[0], ranked[1]


def unjudged(tables: Tables) -> Facts:
    """The facts of ``tables`` as if nobody had judged anything yet: quality is measured on them."""
    frames = {**tables.frames, "identities": tables.frames["identities"].iloc[:0]}
    return facts(replace(tables, frames=frames))
