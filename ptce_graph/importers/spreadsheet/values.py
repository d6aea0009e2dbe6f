"""Single cells: crosses, dates, and the values of a cell that holds several."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from functools import cache

from ptce_graph.importers.spreadsheet.words import NO, NO_SIGNS, YES, YES_SIGNS
from ptce_graph.tables.cells import is_date
from ptce_graph.vocabulary.iris import slug

SEPARATORS = ("|", "\n", ";", "/", ",")
#: Those that people do not write inside of a name, and those that they do.
_STRONG = ("|", "\n", ";")
_WEAK = (",", "/")
_AND = re.compile(r"\s+(?:et|and|[&+–-])\s+", re.IGNORECASE)
#: What a mapping says in the place of a separator of cells that are one value each.
WHOLE = "whole"
_ISO = re.compile(r"([0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)(?:[ T][0-9:.]+Z?)?")
_FRENCH = re.compile(r"(?:([0-9]{1,2})[/.\-])?([0-9]{1,2})[/.\-]([0-9]{4})(?:\s+[0-9:]+)?")
_YEARS = range(1800, 2101)
#: From this share of known parts, a separator is one.
_ENOUGH = 0.6


def mark_of(text: str) -> bool | None:
    """Whether a cell says yes (``x``, ``Oui``, ``1``, ``✓``) or no; ``None`` where neither."""
    sign = text.strip()
    if sign in YES_SIGNS:
        return True
    if sign in NO_SIGNS:
        return False
    if len(sign) > 8:
        return None
    word = slug(sign)
    if not word or len(word) != len(sign.rstrip(".")) or sign.endswith("?"):
        # ``M*`` is no ``m``: a sign may mean something.
        return None
    return True if word in YES else False if word in NO else None


def date_of(text: str) -> str:
    """A date as ISO, as precise as written: ``15/03/2007``, ``03/2007``, ``2007``; else ``""``.

    Day and month stand as the French write them.
    """
    told = re.sub(r"\.0+$", "", text.strip())
    iso = _ISO.fullmatch(told)
    if iso:
        found = iso[1]
    else:
        french = _FRENCH.fullmatch(told)
        if not french:
            return ""
        day, month, year = french.groups()
        found = f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")
    return found if int(found[:4]) in _YEARS and is_date(found) else ""


def turned_around(start: str, end: str) -> bool:
    """Whether an end comes before its start, as far as both are told."""
    length = min(len(start), len(end))
    return end[:length] < start[:length]


def parts_of(text: str, separators: str) -> list[str]:
    """The values of a cell, in order and once each, parted at any of ``separators``.

    What stands in brackets is not parted; without a separator, or with ``WHOLE``, the cell is
    one value.
    """
    parted = separators and separators != WHOLE
    pieces = _pattern(separators).split(text) if parted else [text]
    found = (" ".join(piece.split()) for piece in pieces)
    return list(dict.fromkeys(piece for piece in found if piece))


@cache
def _pattern(separators: str) -> re.Pattern[str]:
    return re.compile(rf"[{re.escape(separators)}](?![^()]*\))")


def parted_where_known(name: str, known: Collection[str], values: Collection[str]) -> list[str]:
    """``name`` parted at a comma or a slash, where one of its pieces is a network of its own.

    ``known`` are slugs of networks, ``values`` those of names that stand alone in other cells.
    A name that is known itself stays whole, and one of which no piece is known.
    """
    if slug(name) in known:
        return [name]
    for sign in _WEAK:
        pieces = parts_of(name, sign)
        if len(pieces) > 1 and any(slug(p) in known or slug(p) in values for p in pieces):
            return [part for piece in pieces for part in parted_where_known(piece, known, values)]
    # « Pays et villes » is one name: only where all that stands between is a network.
    pieces = [" ".join(piece.split()) for piece in _AND.split(name)]
    if len(pieces) > 1 and all(slug(p) in known or slug(p) in values for p in pieces):
        return pieces
    return [name]


def stands_alone(name: str) -> bool:
    """Whether no sign in ``name`` may stand between two values."""
    return not any(sign in name for sign in _WEAK)


def guessed_separators(values: Iterable[str], known: Collection[str]) -> str:
    """The signs between the values of cells; none where each cell is one value.

    ``|``, line breaks and ``;`` part values; ``/`` and ``,`` only where most of
    what they part is known (``known`` are slugs) or stands in another cell too:
    « Economie sociale, solidaire » is one name.
    """
    cells = list(values)
    found = ""
    for sign in SEPARATORS:
        holding = [cell for cell in cells if len(parts_of(cell, sign)) > 1]
        if holding and (sign in _STRONG or _parts_recur(holding, cells, sign, known)):
            found += sign
    return found


def _parts_recur(holding: list[str], cells: list[str], sign: str, known: Collection[str]) -> bool:
    times = Counter(slug(part) for cell in cells for part in parts_of(cell, sign))
    parts = {slug(part) for cell in holding for part in parts_of(cell, sign)}
    seen = sum(1 for part in parts if part in known or times[part] > 1)
    return seen >= _ENOUGH * len(parts)
