"""The description of a source document, ``source.yml``: one text per key, and nothing else.

The file is read from the parser's events and never built into objects: a date
stays the text that was written, an alias cannot grow, no depth can exhaust the
stack, and each key is told with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ptce_graph.errors import Problem, nearest
from ptce_graph.i18n import gettext as _
from ptce_graph.tables.cells import LANGUAGE_PATTERN, SHAPES, text_faults

if TYPE_CHECKING:
    from yaml import Event

KIND = "source description"
REQUIRED = ("title", "original_file", "lines")
_EMPTY = ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True)
class Document:
    """A source document, as its ``source.yml`` describes it.

    ``importer`` is the kind of file an import read it from; it is empty for
    documents read by people.
    """

    id: str
    title: str
    original_file: str
    lines: int
    publisher: str = ""
    date: str = ""
    date_note: str = ""
    language: str = "fr"
    licence: str = ""
    note: str = ""
    importer: str = ""
    #: SHA-256 of the file it was imported from, where it was.
    digest: str = ""


KEYS = tuple(name for name in Document.__dataclass_fields__ if name != "id")


@dataclass(frozen=True)
class Entry:
    """One line ``key: value`` of the description, and where it stands."""

    row: int
    key: str
    value: str


class _NotFlatError(Exception):
    """The description is no plain list of keys and texts."""

    def __init__(self, row: int, key: str, message: str) -> None:
        self.row, self.key, self.message = row, key, message
        super().__init__(message)


def read_document(directory: Path, told: str, problems: list[Problem]) -> Document | None:
    """The document that ``directory/source.yml`` describes, as far as it can be used.

    ``None`` where a required key is missing or wrong: without the number of
    lines no passage could be judged, and one problem is enough to say so.
    """
    entries = read_entries(directory / "source.yml", told, problems)
    if entries is None:
        return None
    found = [problem for entry in entries for problem in _faults(entry, told)]
    found += repeated_keys(entries, told)
    values = {entry.key: entry.value for entry in entries if entry.key in KEYS and entry.value}
    written = {entry.key for entry in entries}
    found += [
        Problem(told, 0, key, KIND, "", _("is missing.")) for key in REQUIRED if key not in written
    ]
    problems += found
    wrong = {problem.column for problem in found}
    if any(key in wrong or key not in values for key in REQUIRED):
        return None
    usable = {key: value for key, value in values.items() if key not in wrong and key != "lines"}
    return Document(id=directory.name, lines=int(values["lines"]), **usable)


def read_entries(path: Path, told: str, problems: list[Problem]) -> list[Entry] | None:
    """The keys and texts of the file, or ``None`` and a problem where it holds anything else."""
    import yaml

    def problem(row: int, column: str, message: str) -> None:
        problems.append(Problem(told, row, column, KIND, "", message))

    unreadable = _("cannot be read as YAML in UTF-8: {error}")
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return list(_pairs(yaml.parse(text, Loader=yaml.BaseLoader)))
    except FileNotFoundError:
        problem(0, "", _("is missing: every source needs its description."))
    except OSError as error:
        problem(0, "", _("cannot be read: {reason}.").format(reason=error.strerror))
    except _NotFlatError as error:
        problem(error.row, error.key, error.message)
    except yaml.MarkedYAMLError as error:
        row = error.problem_mark.line + 1 if error.problem_mark else 0
        problem(row, "", unreadable.format(error=error.problem))
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        problem(0, "", unreadable.format(error=" ".join(str(error).split())))
    return None


def _pairs(events: Iterator[Event]) -> Iterator[Entry]:
    """The entries of a flat mapping, one event after the other."""
    import yaml

    flat = _("must hold lines of the form key: value.")
    opening = (yaml.StreamStartEvent, yaml.DocumentStartEvent, yaml.MappingStartEvent)
    for expected in opening:
        event = next(events)
        if not isinstance(event, expected):
            raise _NotFlatError(_row(event), "", flat)
    for key in events:
        if isinstance(key, yaml.MappingEndEvent):
            break
        if not isinstance(key, yaml.ScalarEvent):
            raise _NotFlatError(_row(key), "", flat)
        value = next(events)
        if not isinstance(value, yaml.ScalarEvent) or value.tag not in (None, "!"):
            message = _("must be one text: no list, no reference, no type.")
            raise _NotFlatError(_row(value), key.value, message)
        plain = value.style is None
        empty = plain and value.value in _EMPTY
        yield Entry(_row(key), key.value.strip(), "" if empty else value.value.strip())
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            raise _NotFlatError(_row(event), "", flat)


def _row(event: Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def _faults(entry: Entry, told: str) -> Iterator[Problem]:
    """What is wrong with one entry, by itself."""

    def problem(message: str, near: str = "", kind: str = KIND) -> Problem:
        return Problem(told, entry.row, entry.key, kind, entry.value, message, near)

    if entry.key not in KEYS:
        yield problem(_("is not a key of a source."), nearest(entry.key, KEYS))
        return
    if not entry.value:
        if entry.key in REQUIRED:
            yield problem(_("must not be empty."))
        return
    # Ten digits of a digest may look like a telephone number.
    for kind, message in text_faults(entry.value) if entry.key != "digest" else ():
        yield problem(message, kind=kind)
    if entry.key == "lines" and not (
        re.fullmatch("[0-9]{1,9}", entry.value) and int(entry.value) > 0
    ):
        yield problem(_("must be the number of lines of the transcription."))
    if entry.key == "date" and not SHAPES["date"].fits(entry.value):
        yield problem(SHAPES["date"].message(), kind="date")
    if entry.key == "digest" and not SHAPES["digest"].fits(entry.value):
        yield problem(SHAPES["digest"].message())
    if entry.key == "language" and not re.fullmatch(LANGUAGE_PATTERN, entry.value):
        yield problem(_("is not a language: write fr, en or pt-BR."))


def repeated_keys(entries: list[Entry], told: str) -> Iterator[Problem]:
    """Keys that stand twice: YAML keeps the last one, and nobody would know."""
    first: dict[str, int] = {}
    for entry in entries:
        row = first.setdefault(entry.key, entry.row)
        if row != entry.row:
            message = _("stands on row {row} already.").format(row=row)
            yield Problem(told, entry.row, entry.key, KIND, entry.value, message)
