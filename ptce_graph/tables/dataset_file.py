"""What a data folder says of itself as a dataset: ``dataset.yml``, read and checked.

The file is flat, as ``source.yml`` is: one text per key, ``_fr`` and ``_en``
for texts in two languages, ``|`` between several values. A folder without it
is described by what can be seen of it, and by nothing else: no publisher, no
licence, no date is guessed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from ptce_graph.errors import DataError, Problem, nearest
from ptce_graph.i18n import LANGUAGES
from ptce_graph.i18n import gettext as _
from ptce_graph.tables.cells import SHAPES, text_faults
from ptce_graph.tables.document import Entry, read_entries, repeated_keys
from ptce_graph.tables.schema import SEPARATOR
from ptce_graph.vocabulary.authorities import (
    AVAILABILITIES,
    FREQUENCIES,
    PUBLISHER_TYPES,
    TERRITORIES,
    THEMES,
)
from ptce_graph.vocabulary.iris import slug

FILE = "dataset.yml"
KIND = "dataset description"

Texts = dict[str, str]


@dataclass(frozen=True)
class About:
    """What ``dataset.yml`` of a data folder says of the dataset.

    Texts by language (``fr``, ``en``); dates as ``YYYY-MM-DD``, ``start`` and
    ``end`` of the time the data speak of as precise as they are known
    (``YYYY``, ``YYYY-MM``). Codes (``themes``, ``territories``, ``frequency``,
    ``availability``, ``publisher_type``) are words of
    ``vocabulary.authorities``. What is not told is empty. Nothing here is
    taken from a clock: a release of the same data is the same release.
    """

    identifier: str = "ptce"
    title: Texts = field(default_factory=dict)
    description: Texts = field(default_factory=dict)
    publisher: str = ""
    publisher_type: str = ""
    publisher_page: str = ""
    contact_page: str = ""
    landing_page: str = ""
    endpoint: str = ""
    licence: str = ""
    rights: Texts = field(default_factory=dict)
    version: str = ""
    version_notes: Texts = field(default_factory=dict)
    issued: str = ""
    modified: str = ""
    keywords: dict[str, tuple[str, ...]] = field(default_factory=dict)
    themes: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    frequency: str = ""
    availability: str = ""
    provenance: Texts = field(default_factory=dict)

    def text(self, name: str, language: str) -> str:
        """A text in ``language``, or in the other where it is not told in that one."""
        texts: Texts = getattr(self, name)
        return texts.get(language) or next(iter(texts.values()), "")


_TEXTS = ("title", "description", "rights", "version_notes", "provenance")
_PAGES = ("publisher_page", "contact_page", "landing_page", "endpoint", "licence")
_CODES: dict[str, tuple[str, ...]] = {
    "publisher_type": tuple(PUBLISHER_TYPES),
    "frequency": tuple(FREQUENCIES),
    "availability": tuple(AVAILABILITIES),
    "themes": tuple(THEMES),
    "territories": tuple(TERRITORIES),
}
_SEVERAL = ("themes", "territories", "keywords")
_IN_LANGUAGES = (*_TEXTS, "keywords")
#: The keys that the file may hold, in the order of ``About``.
KEYS = tuple(
    key
    for name in About.__dataclass_fields__
    for key in ([f"{name}_{lang}" for lang in LANGUAGES] if name in _IN_LANGUAGES else [name])
)
#: Without these no catalogue can name the dataset (DCAT-AP 3.0.1, mandatory properties).
REQUIRED = ("title", "description", "publisher")


def dataset_about(folder: Path) -> About:
    """What ``folder`` says of its dataset; ``DataError`` with all problems where it is wrong."""
    about, problems = read_dataset_file(folder)
    if problems:
        raise DataError(problems)
    return about


def read_dataset_file(folder: Path) -> tuple[About, list[Problem]]:
    """What ``dataset.yml`` of ``folder`` says, and everything wrong in it.

    Wrong values are left out. A folder without the file has ``default_about``.
    """
    folder = Path(folder)
    path = folder / FILE
    if not os.path.lexists(path):
        return default_about(folder), []
    problems: list[Problem] = []
    entries = read_entries(path, FILE, problems)
    if entries is None:
        return default_about(folder), [replace(problem, kind=KIND) for problem in problems]
    found = [problem for entry in entries for problem in _faults(entry)]
    found += [replace(problem, kind=KIND) for problem in repeated_keys(entries, FILE)]
    wrong = {problem.column for problem in found}
    entries = [entry for entry in entries if entry.key in KEYS]
    usable = {entry.key: entry.value for entry in entries if entry.key not in wrong and entry.value}
    found += _missing(entries)
    found += _out_of_order({entry.key: entry for entry in entries if entry.key in usable})
    return _about(usable, default_about(folder)), found


def default_about(folder: Path) -> About:
    """What can be said of a folder that does not describe itself: its name."""
    name = Path(folder).resolve().name
    return About(
        identifier=slug(name) or "data",
        title={"fr": f"Données du dossier « {name} »", "en": f"Data of the folder “{name}”"},
    )


def _about(usable: dict[str, str], default: About) -> About:
    told: dict[str, object] = {}
    for name in About.__dataclass_fields__:
        if name in _IN_LANGUAGES:
            keys = {lang: f"{name}_{lang}" for lang in LANGUAGES if f"{name}_{lang}" in usable}
            told[name] = {lang: _value(name, usable[key]) for lang, key in keys.items()}
        elif name in usable:
            told[name] = _value(name, usable[name])
    about = About(**told)  # type: ignore[arg-type]
    return about if "identifier" in usable else replace(about, identifier=default.identifier)


def _value(name: str, text: str) -> str | tuple[str, ...]:
    return _values(text) if name in _SEVERAL else text


def _values(text: str) -> tuple[str, ...]:
    return tuple(value.strip() for value in text.split(SEPARATOR) if value.strip())


def _missing(entries: list[Entry]) -> Iterator[Problem]:
    filled = {entry.key for entry in entries if entry.value}
    for name in REQUIRED:
        keys = [f"{name}_{lang}" for lang in LANGUAGES] if name in _IN_LANGUAGES else [name]
        if not filled.intersection(keys):
            yield Problem(FILE, 0, keys[0], KIND, "", _("is missing."))


def _out_of_order(entries: dict[str, Entry]) -> Iterator[Problem]:
    """Dates that come before those they must follow, as far as they can be compared."""
    for first, last in (("issued", "modified"), ("start", "end")):
        if first in entries and last in entries:
            one, other = entries[first].value, entries[last]
            shared = min(len(one), len(other.value))
            if other.value[:shared] < one[:shared]:
                message = _("comes before {first}, {value}.").format(first=first, value=one)
                yield Problem(FILE, other.row, last, KIND, other.value, message)


def _faults(entry: Entry) -> Iterator[Problem]:
    """What is wrong with one entry, by itself."""

    def problem(message: str, near: str = "", value: str = entry.value) -> Problem:
        return Problem(FILE, entry.row, entry.key, KIND, value, message, near)

    if entry.key not in KEYS:
        yield problem(_("is not a key of a dataset."), _nearest_key(entry.key))
        return
    if not entry.value:
        return
    for kind, message in text_faults(entry.value):
        yield replace(problem(message), kind=kind)
    if entry.key in _CODES:
        codes = _CODES[entry.key]
        told = _values(entry.value) if entry.key in _SEVERAL else (entry.value,)
        for value in told:
            if value not in codes:
                message = _("is none of: {all}.").format(all=", ".join(codes))
                yield problem(message, nearest(value, codes), value)
    if entry.key in _SHAPES_OF:
        fits, told_of = _SHAPES_OF[entry.key]
        if not fits(entry.value):
            yield problem(told_of())


def _nearest_key(key: str) -> str:
    """The right key; of a text without its language, the one in French."""
    return f"{key}_fr" if key in _IN_LANGUAGES else nearest(key, KEYS)


def _is_day(text: str) -> bool:
    return len(text) == len("2026-11-22") and SHAPES["date"].fits(text)


def _not_a_day() -> str:
    return _("is not a day: write year, month and day, such as 2026-11-22.")


def _is_version(text: str) -> bool:
    return re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z.+_-]{0,39}", text) is not None


def _not_a_version() -> str:
    return _("is not a version: write numbers and points, such as 1.0.0.")


#: A test of a text, and what is said of one that fails it.
_Shape = tuple[Callable[[str], bool], Callable[[], str]]


def _shape(kind: str) -> _Shape:
    return (SHAPES[kind].fits, SHAPES[kind].message)


_SHAPES_OF: dict[str, _Shape] = {
    **dict.fromkeys(_PAGES, _shape("iri")),
    **dict.fromkeys(("issued", "modified"), (_is_day, _not_a_day)),
    **dict.fromkeys(("start", "end"), _shape("date")),
    "version": (_is_version, _not_a_version),
    "identifier": _shape("id"),
}
