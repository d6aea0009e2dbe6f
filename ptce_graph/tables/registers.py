"""Numbers that public registers give to organisations, and what is wrong with those that are none.

- SIREN, 9 digits, and SIRET, 14 digits of which the first 9 are the SIREN, by
  INSEE (code de commerce, art. R123-221): the last digit of each makes the sum of
  Luhn (ISO/IEC 7812-1) a multiple of 10, that of the SIREN in a SIRET too. The
  establishments of La Poste, too many for that key, keep another rule: their digits
  add up to a multiple of 5; only its head office follows Luhn.
- RNA, by the ministry of the interior to associations of the law of 1901: ``W``, the
  number of a department or prefecture (a letter in its second place overseas and in
  Corsica), then digits: ten signs in all, without a check digit. Associations of
  Alsace and Moselle have none; the older ``691S0012345`` is no RNA number.
- Wikidata, by anybody: ``Q`` and a number that does not start with 0.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ptce_graph.i18n import gettext as _

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SIREN_LENGTH = 9
SIRET_LENGTH = 14
LA_POSTE = "356000000"
_NOBODY = "0" * SIREN_LENGTH
#: The one establishment of La Poste whose number follows Luhn.
LA_POSTE_HEAD_OFFICE = "35600000000048"

SIREN_PATTERN = rf"[0-9]{{{SIREN_LENGTH}}}"
SIRET_PATTERN = rf"[0-9]{{{SIRET_LENGTH}}}"
RNA_PATTERN = r"W[0-9][0-9A-Z][0-9]{7}"
WIKIDATA_PATTERN = r"Q[1-9][0-9]{0,11}"

#: What people and spreadsheets write between the digits: spaces of all widths, dots, hyphens.
GAP_PATTERN = r"[\s\u00a0\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff._\-\u2010-\u2015]+"

_DIGITS_OF_LA_POSTE = tuple(map(int, LA_POSTE))
_GAPS = re.compile(GAP_PATTERN)
_DIGITS = re.compile("[0-9]+")
_RNA = re.compile(RNA_PATTERN)
_WIKIDATA = re.compile(WIKIDATA_PATTERN)
#: Twice a digit, its own digits added: 7 -> 14 -> 5.
_DOUBLED = {str(digit): sum(divmod(2 * digit, 10)) for digit in range(10)}


def without_gaps(text: str) -> str:
    """``text`` without spaces, dots and hyphens: ``552 120 222`` -> ``552120222``."""
    return _GAPS.sub("", text)


def luhn_holds(digits: str) -> bool:
    """Whether the sum of Luhn over ``digits`` (``0-9`` only) is a multiple of 10."""
    return _luhn_sum(digits) % 10 == 0


def _luhn_sum(digits: str) -> int:
    return sum(map(int, digits[::-2])) + sum(map(_DOUBLED.__getitem__, digits[-2::-2]))


def is_siren(text: str) -> bool:
    """Nine digits whose last is the right check digit; nothing else, and not zeros alone."""
    return _is_number(text, SIREN_LENGTH) and luhn_holds(text)


def is_siret(text: str) -> bool:
    """A SIREN, four digits and the right check digit, or an establishment of La Poste."""
    if not (_is_number(text, SIRET_LENGTH) and luhn_holds(text[:SIREN_LENGTH])):
        return False
    if text.startswith(LA_POSTE) and text != LA_POSTE_HEAD_OFFICE:
        return sum(map(int, text)) % 5 == 0
    return luhn_holds(text)


def is_rna(text: str) -> bool:
    """``W751234567`` or ``W9R1234567``."""
    return bool(_RNA.fullmatch(text))


def is_wikidata(text: str) -> bool:
    """``Q42``."""
    return bool(_WIKIDATA.fullmatch(text))


def _is_number(text: str, length: int) -> bool:
    """Digits, as many as needed; zeros alone fill a cell, they number nobody."""
    return (
        len(text) == length and text.isascii() and text.isdigit() and not text.startswith(_NOBODY)
    )


def numbers_hold(numbers: Sequence[str], length: int) -> NDArray[np.bool_]:
    """``is_siren`` (``length`` 9) or ``is_siret`` (14) of many numbers of ``length`` digits.

    Returns one boolean per number, in their order; a column of 220,000 takes
    hundredths of a second.
    """
    import numpy as np

    if not len(numbers):
        return np.zeros(0, dtype=bool)
    digits = np.array(numbers, dtype=f"S{length}").view(np.uint8).reshape(-1, length) - ord("0")
    holds = _luhn_of_rows(digits) & digits[:, :SIREN_LENGTH].any(axis=1)
    if length == SIRET_LENGTH:
        holds &= _luhn_of_rows(digits[:, :SIREN_LENGTH])
        of_la_poste = (digits[:, :SIREN_LENGTH] == _DIGITS_OF_LA_POSTE).all(axis=1)
        for at in np.flatnonzero(of_la_poste).tolist():
            holds[at] = is_siret(numbers[at])
    return np.asarray(holds, dtype=bool)


def _luhn_of_rows(digits: NDArray[np.uint8]) -> NDArray[np.bool_]:
    doubled = digits[:, -2::-2] * 2
    sums = digits[:, ::-2].sum(axis=1) + (doubled // 10 + doubled % 10).sum(axis=1)
    holds: NDArray[np.bool_] = sums % 10 == 0
    return holds


# What is said of a text that is no such number; "" where it is one.


def siren_fault(text: str) -> str:
    """Why ``text`` is no SIREN, as the end of a sentence; empty where it is one."""
    if is_siren(text):
        return ""
    found = len(text) if _DIGITS.fullmatch(text) else 0
    if found == SIRET_LENGTH and is_siren(text[:SIREN_LENGTH]):
        return _(
            "is a SIRET, the number of an establishment: a SIREN is its first 9 digits, {siren}."
        ).format(siren=text[:SIREN_LENGTH])
    return _number_fault(text, "SIREN", SIREN_LENGTH, is_siren)


def siret_fault(text: str) -> str:
    """Why ``text`` is no SIRET, as the end of a sentence; empty where it is one."""
    if is_siret(text):
        return ""
    if is_siren(text):
        return _(
            "is a SIREN: a SIRET has 14 digits, those of the SIREN and 5 of the establishment. "
            "Write it in the column siren."
        )
    if text.startswith(LA_POSTE) and _is_number(text, SIRET_LENGTH):
        return _("is no SIRET of La Poste: the sum of its digits is no multiple of 5.")
    if _is_number(text, SIRET_LENGTH) and not is_siren(text[:SIREN_LENGTH]):
        message = _("is no SIRET: its first 9 digits, {siren}, are no SIREN. A digit is mistyped.")
        return message.format(siren=text[:SIREN_LENGTH])
    return _number_fault(text, "SIRET", SIRET_LENGTH, is_siret)


def _number_fault(text: str, name: str, length: int, holds: Callable[[str], bool]) -> str:
    if not (text.isascii() and text.isdigit()):
        if holds(without_gaps(text)):
            return _(
                "holds spaces or signs: write the digits of a {name} one after the other."
            ).format(name=name)
        return _("is no {name}: write its {length} digits and nothing else.").format(
            name=name, length=length
        )
    if len(text) < length and holds(text.zfill(length)):
        return _(
            "has {found} digits where a {name} has {length}: a spreadsheet seems to have removed "
            "the zeros at its start."
        ).format(found=len(text), name=name, length=length)
    if text.startswith(_NOBODY):
        return _("is no {name}: zeros alone number nobody; leave the cell empty.").format(name=name)
    if len(text) != length:
        return _("has {found} digits where a {name} has {length}.").format(
            found=len(text), name=name, length=length
        )
    return _(
        "is no {name}: its last digit, a check digit, would be {check} after the {before} before "
        "it. A digit is mistyped, or two are swapped."
    ).format(name=name, check=check_digit(text[:-1]), before=length - 1)


def check_digit(digits: str) -> str:
    """The digit that, written after ``digits``, makes Luhn's sum a multiple of 10."""
    return str(-_luhn_sum(f"{digits}0") % 10)


def rna_fault(text: str) -> str:
    """Why ``text`` is no RNA number, as the end of a sentence; empty where it is one."""
    if is_rna(text):
        return ""
    if is_rna(without_gaps(text).upper()):
        return _("is written otherwise: a capital W and what follows it, without spaces.")
    return _(
        "is no RNA number: W and 9 digits, as in W751234567 (the third sign may be a letter). "
        "Associations of Alsace and Moselle have none."
    )


def wikidata_fault(text: str) -> str:
    """Why ``text`` is no item of Wikidata, as the end of a sentence; empty where it is one."""
    if is_wikidata(text):
        return ""
    if text.startswith(("http://", "https://")):
        return _("is an address: write only the item's identifier at its end, such as Q42.")
    return _("is no item of Wikidata: write Q and its number, such as Q42.")


def nearest_number(text: str, kind: str) -> str:
    """The number of ``kind`` (a ``Column.kind``) that ``text`` is with other spacing, or empty.

    Zeros at the start are put back where the check digit says that it is right.
    """
    bare = without_gaps(text)
    if kind == "siren":
        of_siret = bare[:SIREN_LENGTH] if is_siret(bare) else ""
        return _first(is_siren, bare, _padded(bare, SIREN_LENGTH), of_siret)
    if kind == "siret":
        return _first(is_siret, bare, _padded(bare, SIRET_LENGTH))
    if kind == "rna":
        return _first(is_rna, bare.upper())
    return _first(is_wikidata, bare.upper(), text.rpartition("/")[2])


def _padded(bare: str, length: int) -> str:
    """``bare`` with its zeros at the start; at most three are ever lost from a real number."""
    return bare.zfill(length) if length - 3 <= len(bare) < length else bare


def _first(holds: Callable[[str], bool], *candidates: str) -> str:
    return next((text for text in candidates if holds(text)), "")
