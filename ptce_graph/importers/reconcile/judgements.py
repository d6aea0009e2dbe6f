"""What is judged same, different or unsure, with what follows from it, and what it forbids.

``same`` is transitive; ``different`` between two things holds between all that
are the same as either. A judgement that contradicts earlier ones is refused,
and the chain of judgements that it contradicts is told.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _
from ptce_graph.i18n import mark, translator

if TYPE_CHECKING:
    from ptce_graph.tables.read import Tables

SAME, DIFFERENT, UNSURE = "same", "different", "unsure"
JUDGEMENTS = (SAME, DIFFERENT, UNSURE)
_SIGNS = {SAME: "=", DIFFERENT: "≠", UNSURE: "?"}


@dataclass(frozen=True)
class Judgement:
    """One row of ``identities.csv``; ``row`` is 0 for one that is not written yet."""

    left: str
    right: str
    judgement: str
    reason: str = ""
    row: int = 0

    def __str__(self) -> str:
        told = f"{self.left} {_SIGNS.get(self.judgement, '?')} {self.right}"
        return f"{told} (identities.csv:{self.row})" if self.row else told

    @property
    def pair(self) -> frozenset[str]:
        return frozenset((self.left, self.right))


class ContradictionError(CallError):
    """A judgement that earlier ones contradict. ``chain`` holds these, in their order."""

    def __init__(self, wanted: Judgement, chain: tuple[Judgement, ...]) -> None:
        self.wanted, self.chain = wanted, chain
        told = ", ".join(map(str, chain))
        super().__init__(
            _("{wanted} contradicts what is judged: {chain}.").format(wanted=wanted, chain=told),
            _("Take one of them back first: ptce-graph reconcile --undo LEFT RIGHT."),
        )


@dataclass
class Judgements:
    """Judgements, the classes that ``same`` makes of things, and what stands between classes."""

    rows: list[Judgement] = field(default_factory=list)
    _class: dict[str, str] = field(default_factory=dict)
    _members: dict[str, list[str]] = field(default_factory=dict)
    #: By two classes, the rows that say different or unsure between them.
    _between: dict[frozenset[str], list[Judgement]] = field(default_factory=dict)
    _neighbours: dict[str, list[Judgement]] = field(default_factory=dict)
    _of_pair: dict[frozenset[str], Judgement] = field(default_factory=dict)
    #: What stands on the right of a ``same``.
    _right: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, tables: Tables) -> Judgements:
        """The judgements of a data folder. They are sound, or ``check`` told so."""
        frame = tables.frames["identities"]
        columns = [frame[name] for name in ("left", "right", "judgement", "reason", "row")]
        return cls.made(
            Judgement(str(left), str(right), str(judgement), str(reason), int(row))
            for left, right, judgement, reason, row in zip(*columns, strict=True)
        )

    @classmethod
    def made(cls, rows: Iterable[Judgement]) -> Judgements:
        """Judgements of ``rows`` as they stand, contradictory or not."""
        made = cls()
        for row in rows:
            made._take(row)
        return made

    def head(self, thing: str) -> str:
        """The one that stands for all that are the same as ``thing``, among these judgements."""
        return self._class.get(thing, thing)

    def kept(self, thing: str) -> str:
        """The identifier that is kept of ``thing``: that which never stands on the right."""
        members = self._members.get(self.head(thing), [thing])
        return next((member for member in members if member not in self._right), thing)

    def settled(self, left: str, right: str, but_unsure: bool = False) -> str:
        """What is judged of a pair, directly or through others; empty where nothing is.

        ``but_unsure``: a pair that is only ``unsure`` counts as not judged.
        """
        one, other = self.head(left), self.head(right)
        if one == other:
            return SAME if left != right else ""
        told = {row.judgement for row in self._between.get(frozenset((one, other)), ())}
        if DIFFERENT in told:
            return DIFFERENT
        return UNSURE if UNSURE in told and not but_unsure else ""

    def direct(self, left: str, right: str) -> Judgement | None:
        """The row on this very pair, in either order."""
        return self._of_pair.get(frozenset((left, right)))

    def add(self, wanted: Judgement) -> Judgement | None:
        """Take a judgement in, and give the row to write for it; None where it is known already.

        The row of a ``same`` has on its right the identifier that is kept on
        that side, so that exactly one of the class never stands on the right.
        Raises ``ContradictionError`` with the chain it contradicts, and
        ``CallError`` for a thing compared with itself.
        """
        left, right = wanted.left, wanted.right
        if left == right:
            raise CallError(_("{id} is compared with itself; name two.").format(id=left))
        one, other = self.head(left), self.head(right)
        if wanted.judgement == SAME:
            if one == other:
                return None
            self._refuse_different(wanted, one, other)
            kept = self.kept(right)
            reason = wanted.reason
            if kept != right:
                template = translator("fr")(mark("{reason} (Judged of {left} and {right}.)"))
                reason = template.format(reason=reason, left=left, right=right)
            wanted = Judgement(left, kept, SAME, reason, wanted.row)
        else:
            if one == other:
                raise ContradictionError(wanted, tuple(self._path(left, right)))
            if self.settled(left, right) in (wanted.judgement, DIFFERENT):
                if wanted.judgement == UNSURE and self.settled(left, right) == DIFFERENT:
                    self._refuse_different(wanted, one, other)
                return None
        for pair in ((left, right), (wanted.left, wanted.right)):
            if (direct := self.direct(*pair)) is not None:
                # What was unsure is settled now.
                self.remove(direct)
        self._take(wanted)
        return wanted

    def remove(self, row: Judgement) -> None:
        """Take a row back, and all that followed from it."""
        rest = [other for other in self.rows if other is not row]
        again = Judgements.made(rest)
        self.rows, self._class, self._members = again.rows, again._class, again._members
        self._between, self._neighbours = again._between, again._neighbours
        self._of_pair, self._right = again._of_pair, again._right

    def _refuse_different(self, wanted: Judgement, one: str, other: str) -> None:
        for row in self._between.get(frozenset((one, other)), ()):
            if row.judgement == DIFFERENT:
                near, far = (row.left, row.right)
                if self.head(near) != one:
                    near, far = far, near
                chain = [*self._path(wanted.left, near), row, *self._path(far, wanted.right)]
                raise ContradictionError(wanted, tuple(chain))

    def _take(self, row: Judgement) -> None:
        self.rows.append(row)
        self._of_pair[row.pair] = row
        one, other = self.head(row.left), self.head(row.right)
        if row.judgement != SAME:
            self._between.setdefault(frozenset((one, other)), []).append(row)
            return
        self._right.add(row.right)
        for end in (row.left, row.right):
            self._neighbours.setdefault(end, []).append(row)
        if one != other:
            self._merge(one, other)

    def _merge(self, one: str, other: str) -> None:
        """``other``'s class goes into ``one``'s, with all that stands between it and others."""
        mine = self._members.setdefault(one, [one])
        for member in self._members.pop(other, [other]):
            self._class[member] = one
            mine.append(member)
        for pair in [pair for pair in self._between if other in pair]:
            moved = frozenset(one if end == other else end for end in pair)
            self._between.setdefault(moved, []).extend(self._between.pop(pair))

    def _path(self, start: str, end: str) -> Iterator[Judgement]:
        """The fewest ``same`` rows that lead from one thing to the other."""
        before: dict[str, Judgement | None] = {start: None}
        queue = deque([start])
        while queue and end not in before:
            at = queue.popleft()
            for row in self._neighbours.get(at, ()):
                (other,) = row.pair - {at} or {at}
                if other not in before:
                    before[other] = row
                    queue.append(other)
        path: list[Judgement] = []
        at = end
        while (step := before.get(at)) is not None:
            path.append(step)
            (at,) = step.pair - {at}
        return reversed(path)
