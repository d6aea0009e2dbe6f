"""Which pairs are worth comparing: an index of rare words, neighbours found by sparse products.

Every name gives *features*: its words, the start and the end of long words
(for other spellings), two words in a row, the initials it may be abbreviated
to, a word together with the place. Two things are candidates where the cosine
of their features, weighted by how rare each is (TF-IDF), is among the highest
of one of the two. Identifiers and websites are looked up by themselves.

Frequent features cost most and tell least; the most frequent are left out
until the product fits a budget, so that 220,000 organisations stay affordable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ptce_graph.importers.reconcile.actors import Actor
from ptce_graph.importers.reconcile.normal import initials
from ptce_graph.progress import Progress

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Multiplications of one product of features; about ten seconds on one core.
BUDGET = 600_000_000
#: Multiplications of the rows that are multiplied at once: bounds the memory of the product.
BLOCK = 8_000_000
#: Letters of a word's start and end, and the words long enough to have them.
PIECE, PIECE_FROM = 5, 6
#: Lengths of a name of one word that is looked for with each letter left out.
DELETED_FROM, DELETED_TO = 5, 14
#: Candidates of one thing that are kept, and the cosine below which none is.
NEAREST, LEAST_COSINE = 10, 0.12
#: Weights of features beside those of whole words.
_SHARES = {"p": 0.5, "s": 0.5, "b": 0.8, "i": 0.7, "l": 0.6, "d": 0.3}


def features(actor: Actor) -> set[str]:
    """The features of all names of an actor; each begins with the letter of its kind."""
    found: set[str] = set()
    place = actor.where.commune or actor.where.department
    for name in actor.names:
        words = name.words
        found.update([f"w{word}" for word in words])
        found.add(f"w{name.joined}")
        for word in words:
            if len(word) >= PIECE_FROM:
                found.add(f"p{word[:PIECE]}")
                found.add(f"s{word[-PIECE:]}")
            if place:
                found.add(f"l{word}@{place}")
            if word in name.acronyms and len(word) > 2:
                found.add(f"i{word}")
        found.update([f"b{one} {other}" for one, other in pairwise(words)])
        if len(words) == 1 and DELETED_FROM <= len(words[0]) <= DELETED_TO:
            # A letter wrong in the only word: both sides agree without it.
            word = words[0]
            found.update([f"d{word[:at]}{word[at + 1 :]}" for at in range(len(word))])
            found.add(f"d{word}")
        if len(words) > 2:
            found.update([f"i{run}" for run in initials(words) if len(run) > 2])
    return found


class Index:
    """The features of ``actors`` as a sparse matrix, and what is near to others in it."""

    def __init__(self, actors: Sequence[Actor], progress: Progress | None = None) -> None:
        import numpy as np

        self.actors = actors
        self.number: dict[str, int] = {}
        rows, columns = self._coordinates(actors, self.number, progress)
        shape = (len(actors), len(self.number))
        counts = np.bincount(columns, minlength=shape[1]) if len(columns) else np.zeros(shape[1])
        kinds = np.array([_SHARES.get(feature[0], 1.0) for feature in self.number])
        self.weight = kinds * np.log2(1 + (len(actors) + 1) / np.maximum(counts, 1))
        self.counts = counts
        self.matrix = self._matrix(rows, columns, shape)
        self._turned: Any = None

    def _coordinates(
        self,
        actors: Sequence[Actor],
        number: dict[str, int],
        progress: Progress | None,
        grow: bool = True,
    ) -> tuple[NDArray[Any], NDArray[Any]]:
        import numpy as np

        rows: list[int] = []
        columns: list[int] = []
        for at, actor in enumerate(actors):
            for feature in sorted(features(actor)):
                if (column := number.get(feature)) is None:
                    if not grow:
                        continue
                    column = number[feature] = len(number)
                rows.append(at)
                columns.append(column)
            if progress and at % 1000 == 0:
                progress("names", at, len(actors))
        return np.array(rows, dtype=np.int32), np.array(columns, dtype=np.int32)

    def _matrix(self, rows: NDArray[Any], columns: NDArray[Any], shape: tuple[int, int]) -> Any:
        """Rows of length one, of the weights of their features."""
        import numpy as np
        from scipy.sparse import csr_matrix

        values = self.weight[columns].astype(np.float32)
        length = np.sqrt(np.bincount(rows, weights=values**2, minlength=shape[0]))
        values /= np.maximum(length, 1e-9)[rows].astype(np.float32)
        return csr_matrix((values, (rows, columns)), shape=shape)

    def pairs(
        self, others: Sequence[Actor] | None = None, progress: Progress | None = None
    ) -> Iterator[tuple[int, int]]:
        """Pairs (place in ``others``, place in ``actors``) that are near; each once.

        Without ``others`` the actors are compared among themselves, the
        smaller place first.
        """
        asked = self.matrix if others is None else self._asked(others)
        kept = self._affordable(asked)
        asked = asked[:, kept]
        turned = self.matrix[:, kept].T.tocsr()
        seen: set[tuple[int, int]] = set()
        for start, end in self._blocks(asked, kept):
            if progress:
                progress("neighbours", start, asked.shape[0])
            product = (asked[start:end] @ turned).tocoo()
            one, other, value = product.row + start, product.col, product.data
            keep = value >= LEAST_COSINE
            if others is None:
                keep &= one != other
            for pair in zip(*_nearest(one[keep], other[keep], value[keep]), strict=True):
                mine, theirs = int(pair[0]), int(pair[1])
                if others is None and mine > theirs:
                    mine, theirs = theirs, mine
                if others is not None:
                    yield mine, theirs
                elif (mine, theirs) not in seen:
                    seen.add((mine, theirs))
                    yield mine, theirs

    def _blocks(self, asked: Any, kept: NDArray[Any]) -> Iterator[tuple[int, int]]:
        """Rows that together take ``BLOCK`` multiplications, from where to where."""
        import numpy as np

        cost = np.cumsum((asked != 0) @ self.counts[kept].astype(np.float64))
        cuts = np.searchsorted(cost, np.arange(BLOCK, cost[-1] if len(cost) else 0, BLOCK))
        yield from pairwise(sorted({0, *cuts.tolist(), asked.shape[0]}))

    def nearest(self, actor: Actor, most: int) -> list[int]:
        """The places of the ``most`` actors nearest to one that is not of them."""
        import numpy as np

        if self._turned is None:
            self._turned = self.matrix.T.tocsr()
        row = self._asked([actor])
        # Its rarest features suffice: those that half of the names have find nobody.
        columns = row.indices[np.argsort(self.counts[row.indices], kind="stable")]
        cost = np.cumsum(self.counts[columns])
        columns = columns[: max(3, int(np.searchsorted(cost, 200_000)))]
        part = row[:, columns]
        product = (part @ self._turned[columns]).tocoo()
        order = np.lexsort((product.col, -product.data))[:most]
        return [int(at) for at in product.col[order]]

    def _asked(self, others: Sequence[Actor]) -> Any:
        rows, columns = self._coordinates(others, self.number, None, grow=False)
        return self._matrix(rows, columns, (len(others), len(self.number)))

    def _affordable(self, asked: Any) -> NDArray[Any]:
        """The features whose product fits the budget, the rarest first."""
        import numpy as np

        theirs = np.asarray((asked != 0).sum(axis=0)).ravel()
        cost = self.counts.astype(np.float64) * theirs
        order = np.argsort(cost, kind="stable")
        fits = np.searchsorted(np.cumsum(cost[order]), BUDGET)
        return np.sort(order[: max(int(fits), 1)])


def _nearest(
    one: NDArray[Any], other: NDArray[Any], value: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Of the pairs of each ``one``, the ``NEAREST`` with the highest value."""
    import numpy as np

    order = np.lexsort((other, -value, one))
    one, other = one[order], other[order]
    first = np.r_[True, one[1:] != one[:-1]] if len(one) else np.zeros(0, bool)
    begun = np.maximum.accumulate(np.where(first, np.arange(len(one)), 0)) if len(one) else one
    keep = np.arange(len(one)) - begun < NEAREST
    return one[keep], other[keep]


def shared_values(
    left: Sequence[Actor], right: Sequence[Actor] | None, most: int = 50
) -> Iterator[tuple[int, int]]:
    """Pairs that share an identifier or a website, which ``most`` have at most."""
    among = right is None
    holders: dict[str, list[int]] = {}
    for at, actor in enumerate(left if right is None else right):
        for value in _values(actor):
            holders.setdefault(value, []).append(at)
    seen: set[tuple[int, int]] = set()
    for at, actor in enumerate(left):
        for value in _values(actor):
            found = holders.get(value, ())
            if len(found) > most and value.startswith("host:"):
                continue
            for other in found:
                if among and other <= at:
                    continue
                if (at, other) not in seen:
                    seen.add((at, other))
                    yield at, other


def _values(actor: Actor) -> Iterable[str]:
    yield from (f"siren:{value}" for value in actor.siren)
    yield from (f"rna:{value}" for value in actor.rna)
    yield from (f"wikidata:{value}" for value in actor.wikidata)
    yield from (f"host:{value}" for value in actor.hosts)
