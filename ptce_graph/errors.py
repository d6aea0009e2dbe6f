"""Domain errors: each says what is wrong, where, and what to do next.

The command line prints ``str(error)`` and leaves with ``error.exit_code``;
nothing here is meant to reach a person as a stack trace.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ptce_graph.i18n import LANGUAGES
from ptce_graph.i18n import gettext as _

EXAMPLES_PER_KIND = 5
#: No cell is told beyond this many characters.
SHOWN_LENGTH = 80
#: French typography sets these before « : » and « ; »; the messages hold them on purpose.
_TYPOGRAPHY = "\u00a0\u202f"


class PtceGraphError(Exception):
    """Root of the errors this package raises on purpose.

    ``hint`` is the next thing to do, in one sentence, or empty.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        self.message = message
        self.hint = hint
        super().__init__(f"{message}\n{hint}" if hint else message)


class CallError(PtceGraphError):
    """The call is wrong (an unknown name, a missing file): exit code 2."""

    exit_code = 2


class CutAnswer(UserWarning):
    """An answer has as many rows as its question's ``limit`` lets it have: there may be more."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in one cell, row or file.

    ``row`` counts as a spreadsheet does: the header is row 1. It is 0 where
    the problem concerns the whole file. ``kind`` groups like problems when
    they are told.
    """

    file: str
    row: int
    column: str
    kind: str
    value: str
    message: str
    nearest: str = ""

    def __str__(self) -> str:
        """One line, whatever the data hold: nothing in a cell can pass for another problem."""
        file = _visible(self.file)
        where = f"{file}:{self.row}" if self.row else file
        if self.column:
            where += _(', column "{name}"').format(name=_shown(self.column))
        # French sets spaces that do not break before the colon and inside quotation marks.
        place = _("{place}:").format(place=where)
        value = _(" « {value} »").format(value=_shown(self.value)) if self.value else ""
        nearest = _(" Nearest valid value: {value}.").format(value=_shown(self.nearest))
        message = _visible(self.message, kept=_TYPOGRAPHY)
        return f"{place}{value} {message}{nearest if self.nearest else ''}"


def _visible(text: str, kept: str = "") -> str:
    """``text`` with every character that cannot be seen written as an escape."""
    return "".join(
        char
        if char.isprintable() or char in kept
        else char.encode("unicode_escape").decode("ascii")
        for char in text
    )


def _shown(text: str) -> str:
    """The start of ``text``, visible."""
    return _visible(text if len(text) <= SHOWN_LENGTH else f"{text[: SHOWN_LENGTH - 1]}…")


class DataError(PtceGraphError):
    """The tables are wrong. ``problems`` holds every problem found, in order."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__(self._told(), _("Correct this, then run the command again."))

    def _told(self) -> str:
        """All kinds of problem, at most five examples of each."""
        by_kind: dict[str, list[Problem]] = {}
        for problem in self.problems:
            by_kind.setdefault(problem.kind, []).append(problem)
        lines = [_("The data have {n} problem(s).").format(n=len(self.problems))]
        for problems in by_kind.values():
            lines += [f"  {problem}" for problem in problems[:EXAMPLES_PER_KIND]]
            more = len(problems) - EXAMPLES_PER_KIND
            if more > 0:
                lines.append(_("  … and {n} more like these.").format(n=more))
        return "\n".join(lines)


def known_language(name: str) -> None:
    """Raise ``CallError`` where ``name`` is no language that people are told things in."""
    if name not in LANGUAGES:
        raise unknown_choice(
            _("There is no language named {name}.").format(name=name), name, LANGUAGES
        )


def nearest(value: str, valid: Sequence[str]) -> str:
    """The valid value that looks most like ``value``, or an empty string."""
    from difflib import get_close_matches

    folded = {candidate.casefold(): candidate for candidate in valid}
    found = get_close_matches(value.casefold(), list(folded), n=1, cutoff=0.6)
    return folded[found[0]] if found else ""


#: A list of choices longer than this is not read; the nearest of them are.
_MOST_CHOICES = 12


def unknown_choice(message: str, value: str, choices: Collection[str]) -> CallError:
    """The error of a call that names none of ``choices``, with the nearest, to be raised."""
    from difflib import get_close_matches

    known = list(choices)
    near = nearest(value, known)
    if len(known) > _MOST_CHOICES:
        known = get_close_matches(value, known, n=5, cutoff=0.3) or known[:5]
        hint = _("Did you mean {nearest}? Near it: {all}.")
    else:
        hint = _("Did you mean {nearest}? The choices: {all}.")
    if not near:
        hint = _("Choose one of: {all}.")
    return CallError(message, hint.format(nearest=near, all=", ".join(known)))
