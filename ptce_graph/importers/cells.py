"""Names out of an outside file, as a cell of the tables may hold them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from ptce_graph.i18n import gettext as _
from ptce_graph.importers.identifiers import siret_column
from ptce_graph.tables.cells import FORBIDDEN_PATTERN, PERSONAL, personal_data
from ptce_graph.vocabulary.iris import slug

if TYPE_CHECKING:
    from pandas import Series

#: What a spreadsheet would run: ``=1+1``, ``+cmd|'…'!A0``, ``@SUM(…)``, ``-1+A1``.
FORMULA_PATTERN = r"^(?:=|[+\-@].*[(!|]|[+\-](?:\$?[A-Za-z]{1,3}\$?[0-9]|[-0-9.,+*/^&() :;%])*$)"
#: What a formula that failed leaves in its cell (Excel in English and in French, LibreOffice).
_ERROR_PATTERN = (
    r"#(?:REF|NULL|NUL|DIV/0|VALUE|VALEUR|NAME|NOM|NUM|NOMBRE|N/A|SPILL|CALC)\s?[!?]?|Err:[0-9]{3}"
)
LONGEST_NAME = 300
_LONGEST_SLUG = 80


def clean_names(cells: Series) -> Series:
    """Cells without characters that cannot be seen, nor blanks around or doubled inside.

    What has neither a letter nor a digit names nothing: it becomes empty.
    """
    plain = cells.str.replace(FORBIDDEN_PATTERN, " ", regex=True)
    plain = plain.str.replace(r"\s+", " ", regex=True).str.strip()
    return plain.where(plain.str.contains(r"[^\W_]", regex=True), "")


def name_faults(names: Series) -> dict[int, str]:
    """Why a name cannot stand, by index: none at all, too long, a formula, a telephone in it."""
    faults = dict.fromkeys(names.index[names == ""], _("has no name."))
    formula = names.str.contains(FORMULA_PATTERN, regex=True)
    faults |= dict.fromkeys(names.index[formula], _("looks like a formula, not a name."))
    failed = names.str.fullmatch(_ERROR_PATTERN, case=False)
    faults |= dict.fromkeys(names.index[failed], _("is the error of a formula, not a name."))
    too_long = names.str.len() > LONGEST_NAME
    faults |= dict.fromkeys(names.index[too_long], _("is too long for a name."))
    # Only what has an @ or ten digits is worth the slow pattern.
    worth = names[names.str.contains(r"@|(?:[0-9][^0-9]{0,3}){9}[0-9]", regex=True)]
    faults |= {at: personal_data() for at, name in worth.items() if PERSONAL.search(name)}
    return faults


def clean_name(name: str) -> tuple[str, str]:
    """One name as ``clean_names`` gives it, and its fault of ``name_faults`` or ``""``."""
    import pandas as pd

    names = clean_names(pd.Series([name], dtype=object))
    if not names[0]:
        return "", _("has neither a letter nor a digit.")
    return str(names[0]), name_faults(names).get(0, "")


def name_slug(name: str) -> str:
    """A name as part of an identifier; a digest stands for what has no Latin letter, or is long."""
    made = slug(name)
    if made and len(made) <= _LONGEST_SLUG:
        return made
    sign = hashlib.sha256(name.encode(errors="replace")).hexdigest()[:8]
    return f"{made[:_LONGEST_SLUG].strip('-')}-{sign}" if made else f"nom-{sign}"


def sirets(cells: Series) -> tuple[Series, Series, Series]:
    """The SIRET of each cell, its SIREN, and the reason where the cell tells something else."""
    siret, reasons = siret_column(cells)
    return siret, siret.str[:9], reasons
