"""SIREN, SIRET and RNA numbers out of the cells of spreadsheets.

A spreadsheet takes a number for a quantity: it drops the zeros at its start,
adds ``.0`` to its end, groups its digits or rounds it to ``4,12E+13``. What can
be undone without doubt is undone; a number whose digits are lost is refused,
in words. What the numbers are stands in ``tables/registers``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ptce_graph.i18n import gettext as _
from ptce_graph.tables import registers

if TYPE_CHECKING:
    from pandas import Series


@dataclass(frozen=True)
class Found:
    """A number, or why there is none; both are empty where the cell tells of none."""

    value: str = ""
    reason: str = ""


#: ``842001234.0`` or ``842001234,00``, as a number with decimals is written.
_FLOAT = re.compile(r"([0-9]+)[.,]0{1,2}")
_SCIENTIFIC = re.compile(r"([0-9])(?:[.,]([0-9]+))?[eE]\+?([0-9]{1,2})")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
#: The number of a VAT payer: two signs, then the SIREN (code général des impôts, art. 286 ter).
_VAT = re.compile(r"FR[0-9A-Z]{2}([0-9]{9})", re.IGNORECASE)
#: What files write around a number: its name, quotation marks, the formula ``="…"``.
_BEFORE = re.compile(r"\s*(?:(?:n°|num[ée]ro)?\s*(?:siren|siret|rna)\b\s*:?)?[\s'’`=\"]*", re.I)
_AFTER = re.compile(r"[\s'’`\"]+$")
#: Cells that say that there is no number.
_TELLS_NOTHING = frozenset(
    ("", "-", "–", "—", "/", "?", "0", "na", "n/a", "nc", "n.c.", "nd", "néant", "aucun", "non")
) | frozenset(("none", "null", "nan", "<na>"))
_SPACES = dict.fromkeys(map(ord, " \t\r\n\u00a0\u2007\u2009\u202f"))


def siren(text: str) -> Found:
    """The SIREN that a cell tells, or the reason why it tells none.

    Of a SIRET it is the first nine digits, of a French VAT number the last nine.
    """
    found = _number(text, "siren", registers.SIREN_LENGTH, registers.siren_fault)
    if not found.reason:
        return found
    establishment = siret(text).value
    if establishment:
        return Found(establishment[: registers.SIREN_LENGTH])
    vat = _VAT.fullmatch(registers.without_gaps(text))
    return Found(vat[1]) if vat and registers.is_siren(vat[1]) else found


def siret(text: str) -> Found:
    """The SIRET that a cell tells, or the reason why it tells none."""
    return _number(text, "siret", registers.SIRET_LENGTH, registers.siret_fault)


def rna(text: str) -> Found:
    """The RNA number that a cell tells, its letters in capitals, or the reason why not."""
    bare = _bare(text)
    if bare.casefold() in _TELLS_NOTHING:
        return Found()
    value = registers.nearest_number(bare, "rna")
    return Found(value) if value else Found(reason=registers.rna_fault(bare))


def siren_column(cells: Series) -> tuple[Series, Series]:
    """``siren`` of every cell: a Series of values and one of reasons, with the index of ``cells``.

    Missing cells count as empty ones. Each different text is looked at once; most
    numbers are checked all together.
    """
    return _column(cells, siren, registers.SIREN_LENGTH)


def siret_column(cells: Series) -> tuple[Series, Series]:
    """``siret`` of every cell, as ``siren_column``."""
    return _column(cells, siret, registers.SIRET_LENGTH)


def rna_column(cells: Series) -> tuple[Series, Series]:
    """``rna`` of every cell, as ``siren_column``."""
    return _column(cells, rna, 0)


def _number(text: str, kind: str, length: int, fault: Callable[[str], str]) -> Found:
    bare = _bare(text)
    if bare.casefold() in _TELLS_NOTHING:
        return Found()
    digits = _unrounded(bare)
    if digits is None:
        message = _(
            "was rounded by a spreadsheet and its last digits are lost: give the column the "
            "format “text”, then write the {length} digits again."
        )
        return Found(reason=message.format(length=length))
    value = registers.nearest_number(digits, kind) if len(digits) <= length else ""
    return Found(value) if value else Found(reason=fault(digits))


def _unrounded(bare: str) -> str | None:
    """The digits of a number that a spreadsheet wrote; ``None`` where it has lost some."""
    tight = bare.translate(_SPACES)
    power = _SCIENTIFIC.fullmatch(tight)
    if power:
        decimals, exponent = power[2] or "", int(power[3])
        return power[1] + decimals if len(decimals) == exponent else None
    decimal = _FLOAT.fullmatch(tight)
    if decimal:
        return decimal[1]
    if _GROUPED.fullmatch(tight):
        return tight.replace(",", "")
    without = registers.without_gaps(tight)
    # Told as it is written where it is no number at all.
    return without if without.isascii() and without.isdigit() else bare


def _bare(text: str) -> str:
    start = _BEFORE.match(text)
    return _AFTER.sub("", text[start.end() if start else 0 :])


def _column(cells: Series, one: Callable[[str], Found], length: int) -> tuple[Series, Series]:
    """``one`` of each different text; numbers that are right but for spaces go all at once."""
    import pandas as pd

    codes, texts = pd.factorize(cells.fillna("").astype(str))
    values, reasons = [""] * len(texts), [""] * len(texts)
    told = _plain_numbers(texts, length) if length else {}
    for at, text in enumerate(texts):
        if at in told:
            values[at] = told[at]
        else:
            found = one(text)
            values[at], reasons[at] = found.value, found.reason
    spread = [pd.Index(each, dtype=object).take(codes) for each in (values, reasons)]
    return pd.Series(spread[0], index=cells.index), pd.Series(spread[1], index=cells.index)


def _plain_numbers(texts: Iterable[str], length: int) -> dict[int, str]:
    """By position, the right numbers that are written with digits and spaces only."""
    tight = (text.translate(_SPACES) for text in texts)
    plain = {
        at: digits
        for at, digits in enumerate(tight)
        if len(digits) == length and digits.isascii() and digits.isdigit()
    }
    holds = registers.numbers_hold(list(plain.values()), length)
    return {at: digits for (at, digits), held in zip(plain.items(), holds, strict=True) if held}
