"""The review file: one row per pair, to be judged in a spreadsheet, and read back.

It is written for the spreadsheets people have: UTF-8 with its mark, cells
parted by ``;`` in French, by ``,`` in English, no cell a formula. It is read as
they save it: UTF-8 or Windows-1252, ``;``, ``,`` or tab, columns in any order.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ptce_graph.errors import CallError, DataError, Problem, nearest
from ptce_graph.files import write_bytes_whole
from ptce_graph.i18n import gettext as _
from ptce_graph.i18n import mark, translator
from ptce_graph.importers.reconcile.candidates import COLUMNS, Pair, frame_of
from ptce_graph.importers.reconcile.judgements import (
    JUDGEMENTS,
    ContradictionError,
    Judgement,
    Judgements,
)
from ptce_graph.importers.reconcile.normal import folded
from ptce_graph.tables.cells import text_faults
from ptce_graph.tabular import csv_text

if TYPE_CHECKING:
    from pandas import DataFrame

#: What a person may write for each judgement, as ``folded`` gives it; the labels of the code
#: list are taken too.
_WORDS = {
    "same": ("same", "s", "meme", "memes", "identique", "identiques", "m", "yes", "oui"),
    "different": ("different", "differents", "differente", "differentes", "d", "no", "non"),
    "unsure": ("unsure", "u", "doute", "incertain", "incertaine", "i"),
}
_WRITTEN = (*COLUMNS, "judgement", "reason")
_DELIMITERS = ",;\t"
#: No review file is larger than this, in bytes.
LARGEST = 200_000_000


def write_review(pairs: Sequence[Pair], path: Path, language: str) -> Path:
    """Write the pairs with two empty columns, ``judgement`` and ``reason``; return the path.

    The file is written whole or not at all.
    """
    frame = frame_of(pairs, language)
    rows = [[*row, "", ""] for row in frame.itertuples(index=False)]
    text = csv_text(_WRITTEN, rows)
    if language == "fr":
        text = _with_semicolons(text)
    write_bytes_whole(path, b"\xef\xbb\xbf" + text.encode("utf-8"))
    return path


def _with_semicolons(text: str) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\n")
    writer.writerows(csv.reader(io.StringIO(text, newline="")))
    return stream.getvalue()


def read_review(
    path: Path,
    known: Callable[[str], str],
    labels: DataFrame,
    judged: Judgements,
) -> list[Judgement]:
    """The judgements that a person wrote into a review file, those without any left out.

    ``known`` gives ``organisation`` or ``pole`` for an identifier, else empty;
    ``labels`` is the code list ``identity-judgements``; ``judged`` holds what
    is judged already. Raises ``DataError`` with every wrong row of the file.
    """
    words = _words(labels)
    problems: list[Problem] = []
    found: list[Judgement] = []
    so_far = Judgements.made(judged.rows)
    for number, record in _records(path):
        one = _judgement(record, words, path.name, number, problems)
        if one is None or not _both_known(one, known, path.name, number, problems):
            continue
        try:
            if so_far.add(one) is not None:
                found.append(one)
        except ContradictionError as error:
            message = _("contradicts what is judged: {chain}.")
            told = message.format(chain=", ".join(map(str, error.chain)))
            problems.append(
                Problem(path.name, number, "judgement", "contradiction", str(one), told)
            )
        except CallError as error:
            problems.append(
                Problem(path.name, number, "right", "identity", one.right, error.message)
            )
    if problems:
        raise DataError(problems)
    return found


def _records(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows of the file with their numbers as a spreadsheet counts them."""
    text = _text(path)
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append([cell.strip() for cell in row])
    except csv.Error as error:
        message = _("cannot be read as CSV: {reason}.").format(reason=error)
        raise DataError([Problem(path.name, len(rows) + 1, "", "quotes", "", message)]) from error
    header = rows[0] if rows else []
    missing = [name for name in ("left", "right", "judgement") if name not in header]
    if missing:
        raise DataError(
            [
                Problem(
                    path.name,
                    1,
                    name,
                    "missing column",
                    "",
                    _("is missing from the header."),
                    nearest(name, header),
                )
                for name in missing
            ]
        )
    problems = [
        _wrong_length(path, number, row, header)
        for number, row in enumerate(rows[1:], start=2)
        if any(row) and (len(row) < len(header) or any(row[len(header) :]))
    ]
    if problems:
        raise DataError(problems)
    return [
        (number, dict(zip(header, row, strict=False)))
        for number, row in enumerate(rows[1:], start=2)
        if any(row)
    ]


def _wrong_length(path: Path, number: int, row: list[str], header: list[str]) -> Problem:
    """A row whose cells are not under the names of their columns."""
    message = _("has {found} cells where the header has {expected}.")
    told = message.format(found=len(row), expected=len(header))
    return Problem(path.name, number, "", "row length", "", told)


def _text(path: Path) -> str:
    if path.stat().st_size > LARGEST:
        raise CallError(_("{path} is too large to be a review file.").format(path=path))
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Excel writes as "CSV" on Windows.
        return data.decode("cp1252", errors="replace")


def _words(labels: DataFrame) -> dict[str, str]:
    words = {word: code for code, all_ in _WORDS.items() for word in all_}
    for code, *told in labels[["code", "label_fr", "label_en"]].itertuples(index=False):
        if code in JUDGEMENTS:
            words.update({folded(label): code for label in (code, *told)})
    return words


def _judgement(
    record: dict[str, str], words: dict[str, str], file: str, number: int, problems: list[Problem]
) -> Judgement | None:
    """The judgement of a row; None where its cell is empty, or wrong."""
    cell = record.get("judgement", "")
    if not cell:
        return None
    code = words.get(folded(cell))
    if code is None:
        message = _("is no judgement: write same, different or unsure, or leave the cell empty.")
        near = words.get(nearest(folded(cell), list(words)), "")
        problems.append(Problem(file, number, "judgement", "judgement", cell, message, near))
        return None
    reason = _plain(record.get("reason", "")) or default_reason(_plain(record.get("why", "")))
    for kind, message in text_faults(reason):
        problems.append(Problem(file, number, "reason", kind, reason, message))
    return Judgement(record.get("left", ""), record.get("right", ""), code, reason, 0)


def default_reason(why: str) -> str:
    """The reason that is kept where a person gives none: what the comparison found."""
    template = mark("Judged by a person; the comparison found: {why}.")
    told = why or translator("fr")(mark("nothing"))
    return translator("fr")(template).format(why=told)


def accepted_reason(pair: Pair, score: float) -> str:
    """The reason of what was judged by its score, and by nobody's look at it."""
    words = translator("fr")
    template = words(mark("Accepted from score {score} on, without a look; found: {why}."))
    return template.format(score=f"{score:g}", why=pair.found.why(words))


def _plain(cell: str) -> str:
    """A cell without the mark that keeps it from being a formula, on one line."""
    if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@"):
        cell = cell[1:]
    return " ".join(cell.split())


def _both_known(
    one: Judgement, known: Callable[[str], str], file: str, number: int, problems: list[Problem]
) -> bool:
    kinds = {}
    for column in ("left", "right"):
        identifier = getattr(one, column)
        kinds[column] = known(identifier)
        if not kinds[column]:
            message = _("is not the identifier of an organisation or a pole of these data.")
            problems.append(Problem(file, number, column, "unknown value", identifier, message))
    if all(kinds.values()) and one.judgement == "same" and len(set(kinds.values())) > 1:
        message = _("and {left} are not both organisations or both poles.").format(left=one.left)
        problems.append(Problem(file, number, "right", "identity", one.right, message))
        return False
    return all(kinds.values())
