"""Numbers as people of one language write them."""

from __future__ import annotations

import math
import re

from ptce_graph.i18n import number_words

NARROW_SPACE = "\u202f"
MINUS = "\u2212"
#: What stands where a value is not defined.
NOTHING = "–"
_DECIMAL = re.compile(r"-?\d+(\.\d+)?")
_SHARE = re.compile(r"\d+ %")


def whole(value: float, language: str) -> str:
    """``1234`` as ``1 234`` or ``1,234``; a dash where it is not defined."""
    return decimal(value, 0, language)


def decimal(value: float, digits: int, language: str) -> str:
    """``value`` to ``digits`` decimals; a dash where it is not defined.

    What would be rounded to nothing though it is something is told so: < 0.001.
    """
    if math.isnan(value):
        return NOTHING
    least = 10**-digits
    if digits and 0 < abs(value) < least / 2:
        sign = "> " + MINUS if value < 0 else "< "
        return (sign + number_words(f"{least:.{digits}f}", language)).replace(" ", "\u00a0")
    text = f"{value:.{digits}f}"
    sign = MINUS if text.startswith("-") and float(text) else ""
    return sign + number_words(text.lstrip("-"), language)


def short(value: float, language: str) -> str:
    """As few decimals as it takes: ``12``, ``12.5``, ``0.125``."""
    if math.isnan(value) or float(value).is_integer():
        return whole(value, language)
    told = f"{value:.{1 if abs(value) >= 10 else 3}f}".rstrip("0")
    return decimal(value, max(len(told.partition(".")[2]), 1), language)


def percent(value: float, language: str) -> str:
    """``0.824`` as ``82 %`` or ``82%``; a dash where it is not defined."""
    if math.isnan(value):
        return NOTHING
    return f"{value * 100:.0f}" + (NARROW_SPACE + "%" if language == "fr" else "%")


def interval(low: float, high: float, language: str) -> str:
    """Both ends of an interval of ranks, rounded outwards, or one where they are the same."""
    if math.isnan(low) or math.isnan(high):
        return NOTHING
    # Percentiles carry the round-off of their interpolation.
    ends = [whole(math.floor(low + 1e-9), language), whole(math.ceil(high - 1e-9), language)]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]}–{ends[1]}"


def localised(value: object, language: str) -> object:
    """A value of a ``Note`` as people write it, where it is a number told in the English way."""
    if isinstance(value, float):
        return NOTHING if math.isnan(value) else decimal(value, 3, language)
    if isinstance(value, int) and not isinstance(value, bool):
        return whole(value, language)
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        digits = len(value.partition(".")[2])
        return decimal(float(value), digits, language)
    if isinstance(value, str) and _SHARE.fullmatch(value):
        return percent(float(value[:-2]) / 100, language)
    return value
