"""``identities.csv`` of a data folder: judgements added to it and taken back, each write whole."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from ptce_graph.errors import CallError, nearest
from ptce_graph.files import locked, write_whole
from ptce_graph.i18n import gettext as _
from ptce_graph.importers.reconcile.judgements import SAME, Judgement, Judgements
from ptce_graph.tables.schema import IDENTITIES, SHARED_FILES

_COLUMNS = IDENTITIES.column_names


def judge(folder: Path, wanted: Iterable[Judgement]) -> list[Judgement]:
    """Write judgements into the folder's ``identities.csv``; give the rows that were new.

    All or none: raises ``ContradictionError`` or ``CallError`` before anything
    is written. The file is read anew under a lock, so that two reviews of one
    folder do not lose each other's answers, and it is written whole: who is
    killed leaves it as it was.
    """
    with locked(folder / ".identities.lock"):
        judged = Judgements.made(read(folder))
        before = list(judged.rows)
        new = [row for one in wanted if (row := judged.add(one)) is not None]
        if new:
            _write(folder, before, judged.rows)
        return new


def undo(folder: Path, left: str, right: str) -> Judgement:
    """Take the judgement on a pair out of ``identities.csv`` and give it.

    Raises ``CallError`` where there is none, with the chain that makes the two
    the same where others do.
    """
    with locked(folder / ".identities.lock"):
        judged = Judgements.made(read(folder))
        before = list(judged.rows)
        row = judged.direct(left, right)
        if row is None:
            raise _not_judged(judged, left, right)
        judged.remove(row)
        _write(folder, before, judged.rows)
        return row


def read(folder: Path) -> list[Judgement]:
    """The rows of ``identities.csv``; none where the folder has no such file."""
    path = folder / SHARED_FILES["identities"]
    if not path.exists():
        return []
    records = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
    found = []
    for number, record in enumerate(records, start=2):
        cells = [(record.get(name) or "").strip() for name in _COLUMNS]
        if any(cells):
            left, right, judgement, reason = cells
            found.append(Judgement(left, right, judgement, reason, number))
    return found


def _write(folder: Path, before: list[Judgement], rows: list[Judgement]) -> None:
    """The rows as a file. What stood there keeps its text; new rows come after it."""
    path = folder / SHARED_FILES["identities"]
    kept = {id(row) for row in rows}
    if path.exists() and all(id(row) in kept for row in before):
        text = path.read_text(encoding="utf-8-sig")
        text += "" if text.endswith("\n") else "\n"
        stood = {id(row) for row in before}
        text += _lines(row for row in rows if id(row) not in stood)
    else:
        text = ",".join(_COLUMNS) + "\n" + _lines(rows)
    write_whole(path, text)


def _lines(rows: Iterable[Judgement]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerows((row.left, row.right, row.judgement, row.reason) for row in rows)
    return stream.getvalue()


def _not_judged(judged: Judgements, left: str, right: str) -> CallError:
    message = _("There is no judgement on {left} and {right}.").format(left=left, right=right)
    if judged.settled(left, right) == SAME:
        chain = ", ".join(map(str, judged._path(left, right)))
        return CallError(
            message, _("Other judgements make them the same: {chain}.").format(chain=chain)
        )
    if others := [str(row) for row in judged.rows if {left, right} & row.pair]:
        hint = _("Judgements on one of them: {all}.").format(all=", ".join(others[:5]))
        return CallError(message, hint)
    known = sorted({end for row in judged.rows for end in row.pair})
    near = [name for name in (nearest(end, known) for end in (left, right)) if name]
    if near:
        return CallError(message, _("Did you mean {nearest}?").format(nearest=", ".join(near)))
    return CallError(message)
