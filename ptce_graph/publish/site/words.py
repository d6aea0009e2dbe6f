"""What every page says around its content: buttons, labels, announcements."""

from __future__ import annotations

from collections.abc import Callable


def words(_: Callable[[str], str]) -> dict[str, str]:
    """The template's own words by key, through the translator ``_``."""
    return {
        "linesLines": _("lines {lines}"),
        "notDrawnNMore": _("Not drawn: {n} more."),
        "all": _("All"),
        "nShown": _("{n} shown"),
        "byLetter": _("By letter"),
        "copied": _("Copied"),
        "copyIt": _("Copy"),
        "formats": _("Formats"),
        "nothingIsCalledSo": _("Nothing is called so here."),
        "nResult": _("{n} result"),
        "nResults": _("{n} results"),
        "skipToTheContent": _("Skip to the content"),
        "search": _("Search"),
        "searchHint": _("Search…"),
        "suggestions": _("Suggestions"),
        "menu": _("Menu"),
        "youAreHere": _("You are here"),
        "licence": _("Licence"),
        "colon": _(": "),
        "version": _("Version"),
        "sources": _("Sources"),
        "places": _("Places"),
        "calls": _("Calls"),
        "codes": _("Codes"),
        "aMissingLinkIs": _(
            "A missing link is not a no: this site holds only what its documents say."
        ),
    }
