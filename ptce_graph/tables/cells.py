"""What one cell may hold, whatever its row: its characters, its length, its shape.

``source.yml`` and the tables are held to the same rules, which is why they
stand here and not with either.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date as calendar_date
from functools import partial
from heapq import nlargest
from typing import TYPE_CHECKING

from ptce_graph.errors import Problem, nearest
from ptce_graph.i18n import gettext as _
from ptce_graph.tables import registers
from ptce_graph.vocabulary.iris import SLUG_PATTERN

if TYPE_CHECKING:
    from pandas import DataFrame

#: Longer than any name, note or definition; a cell beyond it is a quotation mark left open.
MAX_CELL = 10_000

#: Digits are written ``[0-9]`` in all patterns: ``\d`` also takes those of other scripts.
DATE_PATTERN = r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?"
LINES_PATTERN = r"[0-9]{1,9}(?:-[0-9]{1,9})?(?:\|[0-9]{1,9}(?:-[0-9]{1,9})?)*"
LANGUAGE_PATTERN = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*"

# A label of a host: letters of any script, since names such as é.fr are registered.
_LABEL = r"[^\W_](?:[\w\u0300-\u036f-]{0,61}[\w\u0300-\u036f])?"
_HOST = rf"(?:{_LABEL}\.)+(?:[^\W\d_]{{2,63}}|xn--[A-Za-z0-9-]{{1,59}})(?::[0-9]{{1,5}})?"
_IN_A_PATH = (
    r"(?:%[0-9A-Fa-f]{2}"
    r"|[^\s<>\"'{}|\\^`\[\]%?#\x00-\x1f\x7f-\x9f\ue000-\uf8ff\ufdd0-\ufdef\ufff0-\uffff])"
)
_AFTER_PATH = rf"(?:\?(?:{_IN_A_PATH}|\?)*)?(?:#(?:{_IN_A_PATH}|\?)*)?"
#: An address with its scheme. Its path may name another address, as web archives do.
IRI_PATTERN = rf"(?:[Hh][Tt][Tt][Pp][Ss]?)://{_HOST}(?:/{_IN_A_PATH}*)?{_AFTER_PATH}"
#: An address as people write it. Without a scheme, no other may stand in the path:
#: ``a.fr:80/x://y`` would be taken for one.
WEB_PATTERN = rf"{IRI_PATTERN}|{_HOST}(?:/(?:(?!://){_IN_A_PATH})*)?{_AFTER_PATH}"

#: Control characters (a line break inside quotes is none), separators of lines and paragraphs,
#: characters that turn the direction of the text around, and those that stand for no character.
FORBIDDEN_PATTERN = (
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffd-\uffff]"
)

_SPACE = r"[ \u00a0\u2009\u202f]"
_ANY_GAP = rf"(?:{_SPACE}|[./\-\u2010-\u2013])?"
#: Either no gap or always the same one: two dates side by side are no telephone number.
_PAIRS = "|".join(
    rf"(?:{gap}?[0-9]{{2}}){{4}}" for gap in (_SPACE, r"\.", "/", r"[\-\u2010-\u2013]")
)
_PREFIX = rf"(?:\+|00){_ANY_GAP}33{_ANY_GAP}(?:\(0\)|0)?{_ANY_GAP}"
#: Shapes that no cell may hold: e-mail addresses and French telephone numbers.
#: The part before the @ is bounded, so that a long run of letters is not read over and over.
_EMAIL = r"[\w.%+-]{1,64}@[\w.-]+\.[^\W\d_]{2,}"
_TELEPHONE = rf"(?<![0-9])(?<![0-9][.,])(?:{_PREFIX}|0)[1-9](?:{_PAIRS})(?![0-9])"
PERSONAL_PATTERN = rf"{_EMAIL}|{_TELEPHONE}"

FORBIDDEN = re.compile(FORBIDDEN_PATTERN)
PERSONAL = re.compile(PERSONAL_PATTERN)
#: The same in a text without @, where only a telephone number can be: four times as fast.
TELEPHONE = re.compile(_TELEPHONE)
_DATE = re.compile(DATE_PATTERN)


def is_date(text: str) -> bool:
    """A year, a month or a day, as precise as written, that some calendar has."""
    if not _DATE.fullmatch(text):
        return False
    if len(text) != 10:
        return True
    try:
        return bool(calendar_date.fromisoformat(text))
    except ValueError:
        return False


def _fits(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda text: bool(compiled.fullmatch(text))


@dataclass(frozen=True)
class Shape:
    """What the cells of one kind of column look like, and what is said of those that do not."""

    fits: Callable[[str], bool]
    message: Callable[[], str]
    #: What is wrong with one text, where more can be said of it than the message.
    fault: Callable[[str], str] | None = None
    #: The right value that a text seems to be, or "".
    near: Callable[[str], str] = lambda _text: ""

    def told(self, text: str) -> str:
        """What is said of a text that does not fit."""
        return self.fault(text) if self.fault else self.message()


def _number(
    kind: str,
    fits: Callable[[str], bool],
    message: Callable[[], str],
    fault: Callable[[str], str],
) -> Shape:
    return Shape(fits, message, fault, partial(registers.nearest_number, kind=kind))


#: By ``Column.kind``. Messages are made when they are told, in the reader's language.
SHAPES = {
    "id": Shape(
        _fits(SLUG_PATTERN),
        lambda: _("is not an identifier: use lower case letters, digits and single hyphens."),
    ),
    "date": Shape(is_date, lambda: _("is not a date: write 2007, 2007-03 or 2007-03-15.")),
    "number": Shape(
        _fits(r"-?[0-9]{1,15}(?:\.[0-9]{1,6})?"),
        lambda: _("is not a number: write 1500 or 3.5, without unit or spaces."),
    ),
    "insee": Shape(
        _fits(r"[0-9]{2,3}|2[AB]|[0-9][0-9AB][0-9]{3}|[0-9]{9}"),
        lambda: _("is not a code of INSEE."),
    ),
    "web": Shape(_fits(WEB_PATTERN), lambda: _("is not a web address.")),
    "iri": Shape(
        _fits(IRI_PATTERN), lambda: _("is not an address that starts with http:// or https://.")
    ),
    "digest": Shape(
        _fits("[0-9a-f]{64}"),
        lambda: _("is not a SHA-256 digest: 64 digits and letters from a to f."),
    ),
    "lines": Shape(
        _fits(LINES_PATTERN),
        lambda: _("is not a place in a document: write 12, 12-15 or 12|81-83."),
    ),
    "siren": _number(
        "siren",
        registers.is_siren,
        lambda: _("is no SIREN: 9 digits, the last of which checks the others."),
        registers.siren_fault,
    ),
    "siret": _number(
        "siret",
        registers.is_siret,
        lambda: _("is no SIRET: 14 digits, the last of which checks the others."),
        registers.siret_fault,
    ),
    "rna": _number(
        "rna",
        registers.is_rna,
        lambda: registers.rna_fault(""),
        registers.rna_fault,
    ),
    "wikidata": _number(
        "wikidata",
        registers.is_wikidata,
        lambda: registers.wikidata_fault(""),
        registers.wikidata_fault,
    ),
}


def text_faults(text: str) -> list[tuple[str, str]]:
    """The kind and the message of each thing that no text may be or hold."""
    if len(text) > MAX_CELL:
        return [("long cell", too_long())]
    faults = []
    if FORBIDDEN.search(text):
        faults.append(("character", forbidden_character()))
    if PERSONAL.search(text):
        faults.append(("personal data", personal_data()))
    return faults


def too_long() -> str:
    """What is said of a text longer than ``MAX_CELL``."""
    return _(
        "holds more than {limit} characters; look for a quotation mark that is never closed."
    ).format(limit=MAX_CELL)


def forbidden_character() -> str:
    """What is said of a text that ``FORBIDDEN_PATTERN`` finds something in."""
    return _("holds a character that cannot be seen or that turns the text around; remove it.")


def personal_data() -> str:
    """What is said of a text that ``PERSONAL_PATTERN`` finds something in."""
    return _("looks like an e-mail address or a telephone number; leave it out.")


class Nearest:
    """The nearest valid value of each wrong one, looked for once per value.

    Only the first wrong values of a column are worth the search (50 of them,
    fewer where the valid ones are very many): a column with more is wrong as a
    whole, and nobody reads so many proposals. The slow comparison is for the
    few valid values that share the most pairs of letters with the wrong one.
    """

    LIMIT = 50
    COMPARISONS = 500_000
    SHORTLIST = 20

    def __init__(self, valid: Iterable[str]) -> None:
        self.valid = sorted(valid)
        self.limit = max(3, min(self.LIMIT, self.COMPARISONS // max(1, len(self.valid))))
        self.told: dict[str, str] = {}
        self.holding: dict[str, list[int]] = {}
        for number, candidate in enumerate(self.valid):
            for pair in _pairs_of_letters(candidate):
                self.holding.setdefault(pair, []).append(number)

    def __call__(self, value: str) -> str:
        if value not in self.told:
            looked_for = len(self.told) < self.limit
            self.told[value] = nearest(value, self._shortlist(value)) if looked_for else ""
        return self.told[value]

    def _shortlist(self, value: str) -> list[str]:
        pairs = _pairs_of_letters(value)
        shared: Counter[int] = Counter()
        for pair in pairs:
            shared.update(self.holding.get(pair, ()))
        alike = nlargest(
            self.SHORTLIST,
            shared,
            # Shared pairs over all pairs, ties in the order of the alphabet.
            key=lambda at: (shared[at] / (len(pairs) + len(self.valid[at])), -at),
        )
        return [self.valid[at] for at in alike]


def _pairs_of_letters(text: str) -> set[str]:
    bounded = f" {text.casefold()} "
    return {bounded[at : at + 2] for at in range(len(bounded) - 1)}


def problem_at(
    frame: DataFrame, at: object, column: str, kind: str, value: str, message: str, near: str = ""
) -> Problem:
    """The problem of one cell of a frame, with the file and the row that the frame remembers."""
    return Problem(
        str(frame.at[at, "file"]), int(frame.at[at, "row"]), column, kind, value, message, near
    )
