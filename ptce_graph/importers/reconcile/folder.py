"""A data folder under reconciliation: its pairs, and its judgements given and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ptce_graph.errors import CallError, DataError
from ptce_graph.i18n import gettext as _
from ptce_graph.i18n import translator
from ptce_graph.importers.reconcile import review, store
from ptce_graph.importers.reconcile.candidates import Pair, Search, pairs_of
from ptce_graph.importers.reconcile.judgements import (
    DIFFERENT,
    SAME,
    ContradictionError,
    Judgement,
    Judgements,
)
from ptce_graph.progress import Progress
from ptce_graph.tables.check import read_and_check
from ptce_graph.tables.facts import Facts, facts
from ptce_graph.tables.schema import ACTORS


@dataclass
class Folder:
    """The facts of a folder and those it is compared with. ``path`` is None for the bundled data,
    in which nothing is judged."""

    path: Path | None
    own: Facts
    against: Facts | None
    judged: Judgements
    #: Whether judgements may name things of ``against``: those of the bundled data only.
    lent: bool = True

    @classmethod
    def opened(cls, path: Path | None, against: Path | str = "") -> Folder:
        """Read ``path`` and ``against`` (a folder, ``"bundled"`` or nothing).

        Raises ``DataError`` where the tables of one are not sound.
        """
        own = _facts(path)
        other = None
        if against:
            other = _facts(None if against == "bundled" else Path(against))
        return cls(path, own, other, Judgements.of(own.tables), against in ("", "bundled"))

    def pairs(self, search: Search, progress: Progress | None = None) -> list[Pair]:
        """The pairs to judge, the likeliest first. Raises ``CallError`` for an unknown source."""
        from ptce_graph.errors import unknown_choice

        known = {*self.own.tables.documents}
        known |= {*self.against.tables.documents} if self.against else set()
        for name in search.sources:
            if name not in known:
                message = _("There is no document named {name}.").format(name=name)
                raise unknown_choice(message, name, sorted(known))
        return pairs_of(self.own, self.against, search, progress)

    def is_settled(self, pair: Pair) -> bool:
        """Whether judgements given since the pairs were found say what this one is."""
        told = self.judged.settled(pair.left.id, pair.right.id)
        return told in (SAME, DIFFERENT)

    def judge(self, pair: Pair, judgement: str, reason: str = "") -> int:
        """Keep a judgement; 1 where it was new. Raises ``ContradictionError`` and keeps nothing."""
        return len(self._keep([self._judgement(pair, judgement, reason)]))

    def accept(
        self, pairs: Sequence[Pair], score: float
    ) -> tuple[list[Judgement], list[ContradictionError]]:
        """Judge the same all ``pairs`` from ``score`` on; give the new ones and those refused."""
        wanted, refused = [], []
        so_far = Judgements.made(self.judged.rows)
        for pair in pairs:
            if pair.found.score < score:
                continue
            try:
                one = self._judgement(pair, SAME, review.accepted_reason(pair, score))
                if so_far.add(one) is not None:
                    wanted.append(one)
            except ContradictionError as error:
                refused.append(error)
        return self._keep(wanted), refused

    def write_review(self, pairs: Sequence[Pair], path: Path, language: str) -> Path:
        """Write the review file of ``pairs``; return its path."""
        return review.write_review(pairs, path, language)

    def take_review(self, path: Path) -> list[Judgement]:
        """Keep the judgements of a filled review file, all or none; give those that were new."""
        labels = self.own.tables.codes["identity-judgements"]
        return self._keep(review.read_review(path, self._kind, labels, self.judged))

    def undo(self, left: str, right: str) -> Judgement:
        """Take back the judgement on a pair; give it. Raises ``CallError`` where there is none."""
        row = store.undo(self._writable(), left, right)
        self.judged = Judgements.made(store.read(self._writable()))
        return row

    def _judgement(self, pair: Pair, judgement: str, reason: str) -> Judgement:
        found = pair.found.why(translator("fr"))
        told = " ".join(reason.split()) or review.default_reason(found)
        return Judgement(pair.left.id, pair.right.id, judgement, told)

    def _keep(self, wanted: list[Judgement]) -> list[Judgement]:
        if not wanted:
            return []
        new = store.judge(self._writable(), wanted)
        self.judged = Judgements.made(store.read(self._writable()))
        return new

    def _writable(self) -> Path:
        if self.path is None:
            raise CallError(
                _("Judgements are kept in a data folder of your own."),
                _("Name it: --data DIR."),
            )
        if not self.lent:
            raise CallError(
                _("A judgement names things of the folder or of the bundled data, not of another."),
                _("Put the source of the other folder into this one first, then judge."),
            )
        return self.path

    def _kind(self, identifier: str) -> str:
        """``organisations`` or ``poles``, empty for an unknown identifier."""
        if not hasattr(self, "_kinds"):
            self._kinds: dict[str, str] = {}
            for known in filter(None, (self.against, self.own)):
                for table in ACTORS:
                    self._kinds.update(dict.fromkeys(known.tables.frames[table]["id"], table))
        return self._kinds.get(identifier, "")


def _facts(path: Path | None) -> Facts:
    tables, problems = read_and_check(path)
    if problems:
        raise DataError(problems)
    return facts(tables)
