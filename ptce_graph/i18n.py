"""French and English words for everything a person looks at.

Message identifiers are the English texts; ``locale/<language>/LC_MESSAGES``
holds the others. What people look at (maps, pages, reports) takes its
language as an argument and is in French unless told otherwise; what the
command says follows the environment (``LANGUAGE``, ``LC_ALL``,
``LC_MESSAGES``, ``LANG``), as other commands do.
"""

from __future__ import annotations

import gettext as _gettext
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

LANGUAGES = ("fr", "en")
DEFAULT_LANGUAGE = "fr"
LOCALE_DIR = Path(__file__).parent / "locale"


@cache
def translator(language: str) -> Callable[[str], str]:
    """The function that turns an English message into ``language``.

    A message that the catalogue does not hold comes back in English.
    """
    return _gettext.translation("ptce_graph", LOCALE_DIR, [language], fallback=True).gettext


def mark(message: str) -> str:
    """``message`` as it is: a sign for the catalogue that it will be translated later."""
    return message


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
