"""The organisations of a list: who each row is, and what its cells say of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from ptce_graph.i18n import gettext as _
from ptce_graph.importers import identifiers, labels
from ptce_graph.importers.cells import (
    FORMULA_PATTERN,
    LONGEST_NAME,
    clean_names,
    name_faults,
    name_slug,
)
from ptce_graph.importers.mapping import Mapping
from ptce_graph.importers.spreadsheet.account import Account
from ptce_graph.importers.spreadsheet.rows import looked_up, read_each
from ptce_graph.importers.spreadsheet.values import date_of, mark_of, parts_of
from ptce_graph.importers.spreadsheet.words import TOTAL
from ptce_graph.tables.cells import PERSONAL, SHAPES
from ptce_graph.tables.schema import SEPARATOR
from ptce_graph.vocabulary.iris import slug

if TYPE_CHECKING:
    from pandas import DataFrame, Series

    from ptce_graph.importers.places import Places

#: The place of a letter that an earlier conversion lost.
_LOST = "\ufffd"


def organisations(frame: DataFrame, mapping: Mapping, account: Account) -> DataFrame:
    """Who each row of ``frame`` is: columns ``name``, ``siren``, ``siret``, ``rna``; same index.

    Rows that cannot be told are refused in ``account``; they are in the result too.
    """
    import pandas as pd

    blank = pd.Series("", index=frame.index, dtype=object)
    column = mapping.one("name")
    names = clean_names(frame[column]) if column else blank
    sirets = [_numbers(frame, c.column, account) for c in mapping.of("siret")]
    siren_column = mapping.one("siren")
    siren = blank
    if siren_column:
        siren, reasons = identifiers.siren_column(frame[siren_column])
        account.unreadable(siren_column, frame[siren_column], reasons)
    rna_column = mapping.one("rna")
    rna = blank
    if rna_column:
        rna, reasons = identifiers.rna_column(frame[rna_column])
        account.unreadable(rna_column, frame[rna_column], reasons)
    siret = blank
    reason = _("is a number of another organisation than the SIREN {siren} of this row.")
    for (whole, first_nine), told in zip(sirets, mapping.of("siret"), strict=True):
        differ = (siren != "") & (first_nine != "") & (siren != first_nine)
        account.refuse(
            told.column,
            frame[told.column],
            read_each(siren[differ], lambda number: reason.format(siren=number)),
        )
        siren = siren.where(siren != "", first_nine)
        both = (siret != "") & (whole != "") & (siret != whole)
        siret = siret.where(siret != "", whole)
        siret = siret.mask(both, siret + SEPARATOR + whole)
    _judge_names(names, frame, column, (siren != "") | (rna != ""), account)
    nameless = names == ""
    shown = ("SIREN " + siren).where(siren != "", ("RNA " + rna).where(rna != "", ""))
    bare = int((nameless & (shown != "")).sum())
    if bare:
        note = _("Rows without a name, shown by their number: {n}.")
        account.note(note.format(n=bare))
    names = names.mask(nameless, shown)
    return pd.DataFrame({"name": names, "siren": siren, "siret": siret, "rna": rna})


def _numbers(frame: DataFrame, column: str, account: Account) -> tuple[Series, Series]:
    """The SIRET of each cell, and the SIREN: also where a cell holds that alone."""
    values, reasons = identifiers.siret_column(frame[column])
    wrong = reasons != ""
    first_nine = values.str[:9]
    if wrong.any():
        sirens, _why = identifiers.siren_column(frame[column][wrong])
        found = sirens[sirens != ""]
        reasons = reasons.copy()
        first_nine = first_nine.copy()
        reasons.loc[found.index] = ""
        first_nine.loc[found.index] = found
    account.unreadable(column, frame[column], reasons)
    return values, first_nine


def _judge_names(
    names: Series, frame: DataFrame, column: str, numbered: Series, account: Account
) -> None:
    import pandas as pd

    faults = pd.Series(name_faults(names), dtype=object)
    reasons = faults.reindex(names.index, fill_value="").mask(names == "", "")
    written = frame[column] if column else names
    for wrong, reason in (
        ((names == "") & ~numbered, _("has neither a name nor a number.")),
        (written.str.contains(_LOST, regex=False), _("has lost letters: save the file again.")),
        (
            names.str.fullmatch(TOTAL.pattern, case=False) & ~numbered,
            _("looks like a total, not an organisation."),
        ),
    ):
        reasons = reasons.mask(wrong & (reasons == ""), reason)
    account.refuse(column, written, reasons)


def identifiers_of(who: DataFrame, source: str, places: Series) -> Series:
    """An identifier per row: by SIREN, else by name, and by place where one name has several.

    ``places`` say in words where a row is; rows of one name and no place are one.
    """
    import pandas as pd

    if not len(who):
        return pd.Series([], index=who.index, dtype=object)
    unnumbered = who["siren"] == ""
    names = who["name"].where(unnumbered, "")
    made = f"{source}-" + read_each(names, name_slug)
    where = read_each(places, lambda place: slug(place)[:40].strip("-"))
    several = where[unnumbered].groupby(made[unnumbered]).transform("nunique") > 1
    apart = several.reindex(who.index, fill_value=False) & (where != "")
    made = made.mask(apart, made + "-" + where)
    return made.where(unnumbered, "siren-" + who["siren"])


def described(
    frame: DataFrame, mapping: Mapping, who: DataFrame, places: Places, account: Account
) -> DataFrame:
    """What the cells say of each organisation, as columns of the table of organisations."""
    told = who.copy()
    told["alt_names"] = _several(frame, mapping, "alt_names", _alt_name, account)
    told["legal_form"] = _single(
        frame, mapping, "legal_form", labels.legal_form, _("no legal form we know"), account
    )
    told["accreditations"] = _accreditations(frame, mapping, account)
    told["website"] = _single(frame, mapping, "website", _web, _("no web address"), account)
    told["created"] = _single(frame, mapping, "created", date_of, _("no date"), account)
    told["place"] = _place(frame, mapping, places, account)
    return told


def _single(
    frame: DataFrame,
    mapping: Mapping,
    use: str,
    read: Callable[[str], str],
    why: str,
    account: Account,
) -> Series:
    """One value per row; each different text is read once."""
    import pandas as pd

    column = mapping.one(use)
    if not column:
        return pd.Series("", index=frame.index, dtype=object)
    cells = frame[column]
    found = read_each(cells, read)
    account.left_out(column, cells[(cells != "") & (found == "")], why)
    return found


def _several(
    frame: DataFrame,
    mapping: Mapping,
    use: str,
    read: Callable[[str], str],
    account: Account,
    why: str = "",
) -> Series:
    """The values of all columns of that use, ``|`` between them."""
    import pandas as pd

    all_values = pd.Series("", index=frame.index, dtype=object)
    for told in mapping.of(use):
        cells = frame[told.column]
        found, lost = {}, set()
        for text in cells.unique():
            parts = parts_of(text, told.separator)
            codes = [read(part) for part in parts]
            found[text] = SEPARATOR.join(dict.fromkeys(code for code in codes if code))
            if not all(codes):
                lost.add(text)
        account.left_out(told.column, cells[cells.isin(lost)], why or _("cannot be kept"))
        all_values = joined(all_values, looked_up(cells, found))
    return all_values


def joined(one: Series, other: Series) -> Series:
    """Two columns of several values as one."""
    both = (one != "") & (other != "")
    return (one + other).mask(both, one + SEPARATOR + other)


def _accreditations(frame: DataFrame, mapping: Mapping, account: Account) -> Series:
    why = _("no accreditation we know")
    found = _several(frame, mapping, "accreditations", labels.accreditation, account, why)
    for told in mapping.of("accredited"):
        cells = frame[told.column]
        marks = {text: mark_of(text) for text in cells.unique() if text}
        unread = cells[cells.isin([text for text, mark in marks.items() if mark is None])]
        account.left_out(told.column, unread, _("neither yes nor no"))
        yes = looked_up(cells, {t: told.accreditation for t, mark in marks.items() if mark})
        found = joined(found, yes)
    return read_each(found, lambda codes: SEPARATOR.join(dict.fromkeys(codes.split(SEPARATOR))))


def _alt_name(text: str) -> str:
    plain = " ".join(text.replace(SEPARATOR, "/").split())
    wrong = PERSONAL.search(plain) or re.search(FORMULA_PATTERN, plain) or len(plain) > LONGEST_NAME
    return plain if not wrong and _LOST not in plain else ""


def _web(text: str) -> str:
    return text if SHAPES["web"].fits(text) and not PERSONAL.search(text) else ""


def _place(frame: DataFrame, mapping: Mapping, places: Places, account: Account) -> Series:
    """The place of each row, as precise as its cells tell: commune, department, region."""
    import pandas as pd

    found = pd.Series("", index=frame.index, dtype=object)
    commune, postal, insee = (mapping.one(u) for u in ("commune", "postal_code", "insee_code"))
    department, region = mapping.one("department"), mapping.one("region")
    blank = found
    names = frame[commune] if commune else blank
    if insee:
        found = places.communes(frame[insee], names)
    if postal:
        found = found.where(found != "", places.by_postal_codes(_five(frame[postal]), names))
    if commune and not postal and not insee:
        told = frame[department] if department else blank
        found = found.where(found != "", _pairs(names, told, places))
    for column, read in (
        (department, partial(_larger, places.department, places, "departement")),
        (region, partial(_larger, places.region, places, "region")),
    ):
        if column:
            cells = frame[column]
            found = found.where(found != "", read_each(cells, read))
    column = commune or postal or insee or department or region
    if column:
        cells = frame[column]
        account.left_out(column, cells[(cells != "") & (found == "")], _("no place we know"))
    return found


def _larger(by_code: Callable[[str], str], places: Places, type_: str, text: str) -> str:
    """A department or a region by its code or its name."""
    return by_code(text) or places.named(text, (type_,))


def _five(cells: Series) -> Series:
    """Postal codes with the zero that a spreadsheet drops: ``1000`` -> ``01000``."""
    by_text = {}
    for text in cells.unique():
        plain = re.sub(r"\.0+$", "", text).replace(" ", "")
        by_text[text] = plain.zfill(5) if len(plain) == 4 and plain.isdigit() else plain
    return looked_up(cells, by_text)


def _pairs(names: Series, departments: Series, places: Places) -> Series:
    """The communes of that name (in that department)."""
    import pandas as pd

    known: dict[tuple[str, str], str] = {}
    found = []
    for pair in zip(names, departments, strict=True):
        if pair not in known:
            name, department = pair
            code = department.zfill(2).upper() if 0 < len(department) <= 3 else ""
            known[pair] = places.named(name, ("commune",), code) if name else ""
        found.append(known[pair])
    return pd.Series(found, index=names.index, dtype=object)
