"""Organisations that a graph or a map describes, as rows of the tables.

Such files tell an organisation by its name, sometimes by numbers of registers,
by a postal code and a town, and by an address of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ptce_graph.i18n import gettext as _
from ptce_graph.importers.cells import clean_names, name_faults, name_slug
from ptce_graph.importers.identifiers import rna_column, siren_column, siret_column
from ptce_graph.importers.joined import one_per_id, websites
from ptce_graph.importers.places import Places
from ptce_graph.tables.cells import SHAPES
from ptce_graph.tables.schema import ORGANISATIONS
from ptce_graph.vocabulary.iris import slug

if TYPE_CHECKING:
    from pandas import DataFrame, Series

#: Refused rows: the number of the row, the column, the value and the reason.
Refused = list[tuple[int, str, str, str]]

#: What a thing may be told by, besides the columns of the table of organisations.
_MORE = ("own_id", "commune_code", "postal_code", "locality")


def things_frame(rows: list[dict[str, str]], numbers: list[int]) -> DataFrame:
    """Rows of things by their number in the file; what they do not tell is empty.

    Columns: those of organisations, and ``own_id`` (the identifier of the file),
    ``commune_code`` (of INSEE), ``postal_code`` and ``locality``.
    """
    import pandas as pd

    columns = [*ORGANISATIONS.column_names, *_MORE]
    index = pd.Index(numbers, dtype="int64")
    return pd.DataFrame(rows, index=index, columns=columns, dtype=object).fillna("")


def organisations(
    things: DataFrame, source: str, places: Places, refused: Refused, notes: list[str]
) -> tuple[DataFrame, Series]:
    """The rows of organisations, and the identifier of each thing that is kept, by its number.

    A thing without a name that can stand is added to ``refused``; numbers and
    addresses that are none are left out and told in ``notes``.
    """
    frame = things.assign(name=clean_names(things["name"]))
    faults = name_faults(frame["name"])
    # A name that is refused for what it holds is not told: it may be a person's.
    refused += [(int(at), "name", "", reason) for at, reason in faults.items()]
    frame = frame[~frame.index.isin(faults)].copy()
    if frame.empty:
        return frame[ORGANISATIONS.column_names], frame["name"]
    frame["alt_names"] = _other_names(frame)
    _numbers(frame, notes)
    frame["website"] = websites(frame["website"], notes)
    created = frame["created"].map(lambda text: text if SHAPES["date"].fits(text) else "")
    frame["created"] = created
    frame["place"] = _places(frame, places)
    frame["id"] = _ids(frame, source)
    frame["lines"] = frame.index.astype(str)
    found = one_per_id(frame[ORGANISATIONS.column_names], notes)
    return found.reset_index(drop=True), frame["id"]


def _other_names(frame: DataFrame) -> Series:
    """Other names as clean as the first; one that no name may be is left out."""
    import pandas as pd

    cells = frame["alt_names"].str.split("|").explode()
    cells = clean_names(cells.fillna(""))
    cells = cells[cells != ""]
    wrong = set(name_faults(cells.reset_index(drop=True)))
    kept = cells[[at not in wrong for at in range(len(cells))]]
    joined = kept.groupby(level=0).agg(lambda names: "|".join(dict.fromkeys(names)))
    return pd.Series("", index=frame.index, dtype=object).where(
        ~frame.index.isin(joined.index), joined.reindex(frame.index)
    )


def _numbers(frame: DataFrame, notes: list[str]) -> None:
    """SIREN, SIRET and RNA as they are written in the tables."""
    wrong = 0
    for column, read in (("siret", siret_column), ("siren", siren_column), ("rna", rna_column)):
        frame[column], reasons = read(frame[column])
        wrong += int((reasons != "").sum())
    frame["siren"] = frame["siren"].where(frame["siren"] != "", frame["siret"].str[:9])
    foreign = (frame["siret"] != "") & (frame["siret"].str[:9] != frame["siren"])
    frame["siret"] = frame["siret"].where(~foreign, "")
    wrong += int(foreign.sum())
    if wrong:
        notes.append(_("Numbers of registers that are none, left out: {n}").format(n=wrong))


def _places(frame: DataFrame, places: Places) -> Series:
    """The place told, else the commune of its code, of its postal code, or of its name alone."""
    found = frame["place"]
    codes = places.communes(frame["commune_code"], frame["locality"])
    found = found.where(found != "", codes)
    posted = places.by_postal_codes(frame["postal_code"], frame["locality"])
    return found.where(found != "", posted)


def _ids(frame: DataFrame, source: str) -> Series:
    """``siren-…`` where the SIREN is known, else from the name, then the place, then the own id."""
    names = frame["name"].map({name: name_slug(name) for name in frame["name"].unique()})
    own = frame["own_id"].map({text: slug(text) for text in frame["own_id"].unique()})
    ids = source + "-" + names
    for more in (frame["place"], own):
        # Of things that share all told so far, all are told by one thing more.
        several = ids.groupby(ids).transform("size") > 1
        ids = ids.where(~(several & (more != "")), ids + "-" + more)
    return ids.where(frame["siren"] == "", "siren-" + frame["siren"])
