"""The rows of Sirene that are asked for, as organisations.

Rows are chosen in batches, in Arrow; only the chosen ones become text cells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ptce_graph.i18n import gettext as _
from ptce_graph.importers.cells import clean_names, name_faults, sirets
from ptce_graph.importers.identifiers import rna_column, siren_column, siret_column
from ptce_graph.importers.joined import one_per_id
from ptce_graph.importers.legal_categories import LEGAL_FORMS, PERSONS
from ptce_graph.importers.places import Places
from ptce_graph.importers.sirene_columns import ESTABLISHMENT, KEPT_OF, UNIT
from ptce_graph.importers.stream import Stream, texts
from ptce_graph.tables.cells import is_date
from ptce_graph.tables.schema import SEPARATOR

if TYPE_CHECKING:
    from pandas import DataFrame, Series

Refused = list[tuple[int, str, str, str]]

#: What INSEE writes where a value exists and is not to be shown.
_NOT_SHOWN = "[ND]"
#: What INSEE writes where a date of creation is not known.
_NO_DATE = "1900-01-01"
_YES = [b"O", b"o", b"true", b"True", b"1"]
_ALT_NAMES = (
    "sigleUniteLegale",
    "denominationUsuelle1UniteLegale",
    "denominationUsuelle2UniteLegale",
    "denominationUsuelle3UniteLegale",
)


@dataclass(frozen=True)
class Choice:
    """What is asked of a file of Sirene; see ``sirene``."""

    everything: bool = False
    closed: bool = False
    per_establishment: bool = False
    departments: tuple[str, ...] = ()
    legal_forms: tuple[str, ...] = ()
    units: Path | None = None


def units_of(stream: Stream, choice: Choice, left_out: Counter[str]) -> DataFrame:
    """The chosen rows of StockUniteLegale as text, by row number; the others are counted."""
    return _chosen(stream, KEPT_OF[UNIT], lambda table: _unit_faults(table, choice), left_out)


def establishments_of(
    stream: Stream, choice: Choice, units: DataFrame | None, left_out: Counter[str]
) -> DataFrame:
    """The chosen rows of StockEtablissement as text, by row number; the others are counted."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if units is not None:
        sirens = pa.array([text.encode() for text in units["siren"]], pa.binary())

    def faults(table: Any) -> Iterator[tuple[str, Any]]:
        if units is not None:
            yield "unit", pc.invert(pc.is_in(table["siren"], sirens))
        else:
            yield from _unit_faults(table, choice)
        if not choice.closed and "etatAdministratifEtablissement" in table.column_names:
            yield "closed", pc.equal(table["etatAdministratifEtablissement"], b"F")
        if choice.departments:
            code = table["codeCommuneEtablissement"]
            there = [pc.starts_with(code, pattern=name) for name in choice.departments]
            yield "department", pc.invert(_any(there))

    return _chosen(stream, KEPT_OF[ESTABLISHMENT], faults, left_out)


def organisations_of_units(units: DataFrame) -> tuple[DataFrame, Refused, list[str]]:
    """One organisation per SIREN of StockUniteLegale."""
    siren, refused = _numbers(units, "siren", siren_column(units["siren"]))
    frame = _of_unit(units).assign(siren=siren, section=UNIT)
    frame["siret"] = _seat(units, siren)
    frame["id"] = "siren-" + frame["siren"]
    frame["lines"] = frame.index.astype(str)
    return _finished(frame, refused)


def organisations_of_establishments(
    rows: DataFrame, units: DataFrame | None, choice: Choice, places: Places
) -> tuple[DataFrame, Refused, list[str]]:
    """One organisation per SIREN (or SIRET) of StockEtablissement, at the place of its seat."""
    siret, siren, reasons = sirets(rows["siret"])
    _siret, refused = _numbers(rows, "siret", (siret, reasons))
    rows = rows.assign(siret=siret)
    told = rows if units is None else _joined(siren, units)
    frame = _of_unit(told)
    own = _first(rows, ("denominationUsuelleEtablissement", "enseigne1Etablissement"))
    if choice.per_establishment:
        frame["alt_names"] = frame["name"].where(own != "", "")
        frame["name"] = own.where(own != "", frame["name"])
        frame["created"] = _dates(_column(rows, "dateCreationEtablissement"))
    else:
        frame["name"] = frame["name"].where(frame["name"] != "", own)
    frame = frame.assign(siren=siren, siret=siret, section=ESTABLISHMENT)
    frame["place"] = places.communes(
        _column(rows, "codeCommuneEtablissement"), _column(rows, "libelleCommuneEtablissement")
    )
    frame["lines"] = frame.index.astype(str)
    if choice.per_establishment:
        frame["id"] = "siret-" + frame["siret"]
        frame["siren"] = ""
    else:
        frame["id"] = "siren-" + frame["siren"]
        seat = _column(rows, "etablissementSiege").str.casefold().isin(["true", "1", "oui", "o"])
        frame["_elsewhere"] = ~seat
    return _finished(frame, refused)


def _chosen(stream: Stream, wanted: Any, faults: Any, left_out: Counter[str]) -> DataFrame:
    """The rows that no fault holds of; each other is counted under its first fault."""
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    parts = []
    for numbers, table in stream.batches(wanted):
        kept = np.ones(len(numbers), dtype=bool)
        for name, fault in faults(table):
            found = kept & np.asarray(fault.combine_chunks().to_numpy(zero_copy_only=False), bool)
            left_out[name] += int(found.sum())
            kept &= ~found
        if kept.any():
            parts.append(texts(table.filter(pa.array(kept)), numbers[kept], stream))
    columns = [name for name in wanted if stream.has(name)]
    frame = pd.concat(parts) if parts else pd.DataFrame(columns=columns, dtype=object)
    return frame.replace(_NOT_SHOWN, "")


def _unit_faults(table: Any, choice: Choice) -> Iterator[tuple[str, Any]]:
    import pyarrow as pa
    import pyarrow.compute as pc

    names = table.column_names
    if "categorieJuridiqueUniteLegale" in names:
        category = table["categorieJuridiqueUniteLegale"]
        yield "person", _any([pc.starts_with(category, pattern=start) for start in PERSONS])
    if not choice.everything and "economieSocialeSolidaireUniteLegale" in names:
        column = table["economieSocialeSolidaireUniteLegale"]
        yield "not ess", pc.invert(pc.is_in(column, pa.array(_YES, pa.binary())))
    if not choice.closed and "etatAdministratifUniteLegale" in names:
        yield "closed", pc.equal(table["etatAdministratifUniteLegale"], b"C")
    if choice.legal_forms and "categorieJuridiqueUniteLegale" in names:
        codes = [c.encode() for c in _categories(choice.legal_forms)]
        exact = pc.is_in(category, pa.array(codes, pa.binary()))
        starts = [pc.starts_with(category, pattern=f) for f in choice.legal_forms if f.isdigit()]
        yield "legal form", pc.invert(_any([exact, *starts]))


def _categories(forms: tuple[str, ...]) -> list[str]:
    return [code for code, form in LEGAL_FORMS.items() if form in forms]


def _any(masks: list[Any]) -> Any:
    import pyarrow.compute as pc

    found = masks[0]
    for mask in masks[1:]:
        found = pc.or_(found, mask)
    return found


def _of_unit(rows: DataFrame) -> DataFrame:
    """The columns that a unit's own tell of an organisation, all but its numbers."""
    import pandas as pd

    category = _column(rows, "categorieJuridiqueUniteLegale")
    names = ("denominationUniteLegale", "sigleUniteLegale")
    # Without a category, a usual name may be that of a person.
    named = _first(rows, (*names, "denominationUsuelle1UniteLegale"))
    name = named.where(category != "", _first(rows, names))
    ess = _column(rows, "economieSocialeSolidaireUniteLegale").isin([c.decode() for c in _YES])
    others = [_column(rows, other).str.replace(SEPARATOR, "/") for other in _ALT_NAMES]
    return pd.DataFrame(
        {
            "name": name,
            "alt_names": _joined_names(others),
            "kind": ess.map({True: "structure-ess", False: ""}),
            "legal_form": category.map(LEGAL_FORMS).fillna(""),
            "created": _dates(_column(rows, "dateCreationUniteLegale")),
            "rna": rna_column(_column(rows, "identifiantAssociationUniteLegale"))[0],
        },
        index=rows.index,
        dtype=object,
    )


def _joined_names(columns: list[Series]) -> Series:
    import pandas as pd

    told = [
        SEPARATOR.join(dict.fromkeys(filter(None, cells))) for cells in zip(*columns, strict=True)
    ]
    return pd.Series(told, index=columns[0].index, dtype=object)


def _joined(siren: Series, units: DataFrame) -> DataFrame:
    """The row of its unit for each establishment, on the index of the establishments."""
    told = units[~units["siren"].duplicated()].set_index("siren")
    return told.reindex(siren.to_numpy()).fillna("").set_axis(siren.index)


def _seat(units: DataFrame, siren: Series) -> Series:
    """The SIRET of the seat, where the file gives its number and it fits."""
    nic = _column(units, "nicSiegeUniteLegale")
    number = (siren + nic.str.zfill(5)).where(nic != "", "")
    return siret_column(number)[0]


def _dates(cells: Series) -> Series:
    """Dates as precise as they are told; those that INSEE does not know are empty."""
    known = {text: is_date(text) and text != _NO_DATE for text in cells.unique()}
    return cells.where(cells.map(known).astype(bool), "")


def _numbers(rows: DataFrame, column: str, told: tuple[Series, Series]) -> tuple[Series, Refused]:
    values, reasons = told
    wrong = values == ""
    missing = _("is missing.")
    refused = [
        (int(row), column, str(rows.at[row, column]), str(reasons[row]) or missing)
        for row in values.index[wrong]
    ]
    return values, refused


def _finished(frame: DataFrame, refused: Refused) -> tuple[DataFrame, Refused, list[str]]:
    """Rows without a number or a name refused, those of one organisation joined."""
    wrong = {row for row, *_rest in refused}
    frame = frame[~frame.index.isin(wrong)].copy()
    frame["name"] = clean_names(frame["name"])
    frame["alt_names"] = clean_names(frame["alt_names"])
    faults = name_faults(frame["name"])
    refused = [*refused, *((int(row), "name", "", reason) for row, reason in faults.items())]
    frame = frame[~frame.index.isin(faults)]
    hidden = name_faults(frame["alt_names"].replace("", "-"))
    frame.loc[list(hidden), "alt_names"] = ""
    frame.loc[frame["alt_names"] == frame["name"], "alt_names"] = ""
    notes: list[str] = []
    if "_elsewhere" in frame:
        frame = _seat_first(frame)
    frame = one_per_id(frame, notes)
    if not len(frame):
        return frame, refused, notes
    unmapped = int((frame["legal_form"] == "").sum())
    if unmapped:
        notes.append(
            _("Organisations whose legal category has no code here: {n}").format(n=unmapped)
        )
    return frame, refused, notes


def _seat_first(frame: DataFrame) -> DataFrame:
    """The seat's row before the others of its unit, and its place the only one told, if known."""
    frame = frame.assign(_row=frame.index).sort_values(["_elsewhere", "_row"], kind="stable")
    located = frame.loc[~frame["_elsewhere"] & (frame["place"] != ""), "id"]
    elsewhere = frame["_elsewhere"] & frame["id"].isin(located)
    frame["place"] = frame["place"].where(~elsewhere, "")
    return frame.drop(columns=["_elsewhere", "_row"])


def _column(rows: DataFrame, name: str) -> Series:
    import pandas as pd

    return rows[name] if name in rows else pd.Series("", index=rows.index, dtype=object)


def _first(rows: DataFrame, names: tuple[str, ...]) -> Series:
    """The first of some columns that is not empty, row by row."""
    found = _column(rows, names[0])
    for name in names[1:]:
        found = found.where(found != "", _column(rows, name))
    return found
