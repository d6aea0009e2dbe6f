"""French and English words for everything a person looks at.

Message identifiers are the English texts; ``locale/<language>/LC_MESSAGES``
holds the others. What people look at (maps, pages, reports) takes its
language as an argument and is in French unless told otherwise; what the
command says follows the environment (``LANGUAGE``, ``LC_ALL``,
``LC_MESSAGES``, ``LANG``), as other commands do.
"""

from __future__ import annotations

import gettext as _gettext
import math
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LANGUAGES = ("fr", "en")
DEFAULT_LANGUAGE = "fr"
LOCALE_DIR = Path(__file__).parent / "locale"


@cache
def translator(language: str) -> Callable[[str], str]:
    """The function that turns an English message into ``language``.

    A message that the catalogue does not hold comes back in English, no
    message as none: catalogues keep their own description under the empty one.
    """
    known = _gettext.translation("ptce_graph", LOCALE_DIR, [language], fallback=True).gettext
    return lambda message: known(message) if message else ""


def mark(message: str) -> str:
    """``message`` as it is: a sign for the catalogue that it will be translated later."""
    return message


#: What stands before the decimals of a number.
DECIMAL_POINT = mark(".")


@dataclass(frozen=True)
class Note:
    """A sentence that is put into words later, in the language of who reads it.

    ``template`` is marked for the catalogue; ``values`` fill its blanks: texts
    as they are, numbers with three decimals where they are no counts, and a
    dash where they are not defined.
    """

    template: str
    values: tuple[tuple[str, object], ...] = ()

    def told(self, words: Callable[[str], str]) -> str:
        """The sentence, in the language that ``words`` translates into."""
        point = words(DECIMAL_POINT)
        filled = {name: _filled(value, point) for name, value in self.values}
        return words(self.template).format(**filled)


def _filled(value: object, point: str) -> object:
    if not isinstance(value, float):
        return value
    return "—" if math.isnan(value) else f"{value:.3f}".replace(".", point)


def note(template: str, **values: object) -> Note:
    """A ``Note`` from a marked template and the values of its blanks."""
    return Note(template, tuple(values.items()))


_MONTHS = (
    mark("January"),
    mark("February"),
    mark("March"),
    mark("April"),
    mark("May"),
    mark("June"),
    mark("July"),
    mark("August"),
    mark("September"),
    mark("October"),
    mark("November"),
    mark("December"),
)


def date_words(date: str, language: str) -> str:
    """``2013``, ``2013-01`` or ``2012-06-29`` as people write it: ``29 juin 2012``."""
    year, _dash, rest = date.partition("-")
    if not rest:
        return year
    month, _dash, day = rest.partition("-")
    name = translator(language)(_MONTHS[int(month) - 1])
    return f"{int(day)} {name} {year}" if day else f"{name} {year}"


def period_words(start: str, end: str, language: str) -> str:
    """``depuis 2007``, ``jusqu’à 2012``, ``de 2009 à 2012``, or nothing."""
    words = translator(language)
    if start and start == end:
        return date_words(start, language)
    if start and end:
        return words("from {start} to {end}").format(
            start=date_words(start, language), end=date_words(end, language)
        )
    if start:
        return words("since {date}").format(date=date_words(start, language))
    return words("until {date}").format(date=date_words(end, language)) if end else ""


def number_words(number: str, language: str) -> str:
    """``3000000`` as people write it: ``3 000 000`` or ``3,000,000``."""
    whole, _point, decimals = number.partition(".")
    grouped = f"{int(whole):,}"
    if language == "fr":
        # A narrow space that does not break, as French typography has it.
        return grouped.replace(",", "\u202f") + (f",{decimals}" if decimals else "")
    return grouped + (f".{decimals}" if decimals else "")


def environment_language() -> str:
    """The language of the command's own messages: ``fr`` or ``en``."""
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        for wanted in os.environ.get(variable, "").split(":"):
            if wanted:
                return "fr" if wanted.lower().startswith("fr") else "en"
    return "en"


def gettext(message: str) -> str:
    """``message`` in the language of the environment."""
    return translator(environment_language())(message)
