"""The places that an imported file names, as rows of the table of places.

A place that the folder already has keeps its identifier. Any other gets one
made from its code of INSEE (``commune-07010``, ``departement-07``,
``region-84``), which no other place can have and which a new name does not
change. Only official facts are added (see ``gazetteer``); what cannot be told
is an empty identifier, never a guess.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ptce_graph.importers.cells import clean_name
from ptce_graph.importers.gazetteer import (
    COMMUNE,
    COMMUNE_CODE,
    DEPARTMENT,
    OLD_REGION,
    REGION,
    TERRITORY,
    Area,
    clean_code,
    departments_of,
    gazetteer,
    name_key,
)
from ptce_graph.tables.schema import PLACES

if TYPE_CHECKING:
    from pandas import DataFrame, Series

#: Types in the order of ``places.csv``.
TYPES = (REGION, OLD_REGION, DEPARTMENT, COMMUNE, TERRITORY)
#: The order in which ``named`` reads a name that places of several types bear (Paris, Loire).
_NAMED = (REGION, DEPARTMENT, OLD_REGION, COMMUNE, TERRITORY)
_LAST_DAY = "2015-12-31"

_Key = tuple[str, str]


class Places:
    """``known`` is the table of places of the folder (or the bundled one).

    Every method gives the identifier of a place, and ``""`` where the file does
    not say enough. Those that ``known`` lacks are remembered in ``added``.
    """

    def __init__(self, known: DataFrame) -> None:
        self.known = known
        coded = known[known["insee_code"] != ""]
        self._ids: dict[_Key, str] = dict(
            zip(zip(coded["type"], coded["insee_code"], strict=True), coded["id"], strict=True)
        )
        self._taken = set(known["id"])
        self._named: dict[_Key, str] = {}
        for name, type_, place in zip(known["name"], known["type"], known["id"], strict=True):
            self._named.setdefault((type_, name_key(str(name))), place)
        self._rows: dict[str, dict[str, str]] = {}

    @property
    def added(self) -> DataFrame:
        """Rows of the table of places that were asked for and not known, by type, then id."""
        import pandas as pd

        rows = sorted(self._rows.values(), key=lambda row: (TYPES.index(row["type"]), row["id"]))
        return pd.DataFrame(rows, columns=PLACES.column_names, dtype=object)

    def commune(self, code: str, name: str = "", latitude: str = "", longitude: str = "") -> str:
        """The commune with that code of INSEE (``07010``, ``2A004``, ``75110``).

        A commune that was merged is the one of today that it lies in, a district
        of Paris, Lyon or Marseille its commune. A code that the gazetteer lacks
        is kept with ``name``, within its department. Coordinates are those of an
        organisation, not of the commune: they are not kept.
        """
        code = clean_code(str(code))
        if (COMMUNE, code) in self._ids:
            return self._ids[COMMUNE, code]
        area = gazetteer().commune(code)
        if area is not None:
            return self._place(area)
        return self._unknown(code, str(name).strip())

    def communes(self, codes: Series, names: Series | None = None) -> Series:
        """``commune`` of each row of a column of codes (and one of names), on its index."""
        return _by_pairs(self.commune, codes, names)

    def by_postal_code(self, code: str, name: str = "") -> str:
        """The commune with that postal code and that name (``38000``, ``GRENOBLE CEDEX 2``).

        See ``Gazetteer.commune_of_postal_code`` for what is told and what is not.
        """
        code = clean_code(str(code))
        if not COMMUNE_CODE.fullmatch(code):
            return ""
        area = gazetteer().commune_of_postal_code(code, str(name))
        return self._place(area) if area else ""

    def by_postal_codes(self, codes: Series, names: Series | None = None) -> Series:
        """``by_postal_code`` of each row of a column, on its index."""
        return _by_pairs(self.by_postal_code, codes, names)

    def named(self, name: str, types: tuple[str, ...] = _NAMED, department: str = "") -> str:
        """The place of that name, of the first of ``types`` that has only one.

        Those of the folder come first. ``department`` is the code of the one that
        a commune lies in; without it a name that several communes bear gives ``""``.
        """
        key = name_key(str(name))
        if not key:
            return ""
        for type_ in types:
            if type_ == COMMUNE:
                found = self._commune_named(key, department)
            else:
                found = self._named.get((type_, key), "") or self._larger_named(type_, key)
            if found:
                return found
        return ""

    def department(self, code: str) -> str:
        """The department with that code (``7``, ``07``, ``2A``, ``02A``, ``971``)."""
        code = str(code).strip().upper()
        code = code[1:] if code in ("02A", "02B") else code.zfill(2)
        return self._of_key((DEPARTMENT, code)) or self._of_key((TERRITORY, code))

    def region(self, code: str) -> str:
        """The region of today with that code (``84``, ``4``, ``04``)."""
        return self._of_key((REGION, str(code).strip().zfill(2)))

    def _commune_named(self, key: str, department: str) -> str:
        """Only a name that one commune of France (or of the department) bears says which."""
        area = gazetteer().commune_of_name(key, department)
        return self._place(area) if area else ""

    def _larger_named(self, type_: str, key: str) -> str:
        alike = [a for a in gazetteer().larger_by_name.get(key, []) if a.type == type_]
        return self._place(alike[0]) if len(alike) == 1 else ""

    def _of_key(self, key: _Key) -> str:
        if key in self._ids:
            return self._ids[key]
        area = gazetteer().areas.get(key)
        return self._place(area) if area else ""

    def _place(self, area: Area) -> str:
        """The id of an official place, whose row is added if the folder has none."""
        key = (area.type, area.code)
        if key not in self._ids:
            self._add(
                key,
                area.name,
                within=self._of_key(area.within) if area.within else "",
                successor=self._of_key(area.successor) if area.successor else "",
                valid_to=_LAST_DAY if area.type == OLD_REGION else "",
                latitude=area.latitude,
                longitude=area.longitude,
            )
        return self._ids[key]

    def _unknown(self, code: str, name: str) -> str:
        """A commune whose code the gazetteer lacks stands as the file gives it."""
        departments = departments_of(code)
        name, fault = clean_name(name)
        if fault or not COMMUNE_CODE.fullmatch(code) or len(departments) != 1:
            return ""
        within = self.department(departments[0])
        if not within:
            return ""
        self._add((COMMUNE, code), name, within=within)
        return self._ids[COMMUNE, code]

    def _add(self, key: _Key, name: str, **cells: str) -> None:
        place = f"{key[0]}-{key[1].lower()}"
        if place in self._taken:
            # The folder gave this id to a place of its own, without that code.
            place = f"{place}-insee"
        row = dict.fromkeys(PLACES.column_names, "")
        self._rows[place] = row | {"id": place, "name": name, "type": key[0]} | cells
        self._rows[place]["insee_code"] = key[1]
        self._taken.add(place)
        self._ids[key] = place


def _by_pairs(told: Callable[[str, str], str], codes: Series, names: Series | None) -> Series:
    """``told`` of each pair of a code and a name, asked once per distinct pair."""
    import pandas as pd

    frame = pd.DataFrame({"code": codes, "name": "" if names is None else names}, index=codes.index)
    number = frame.groupby(["code", "name"], sort=False, dropna=False).ngroup()
    distinct = frame[~number.duplicated()].fillna("")
    found = [
        told(str(code), str(name))
        for code, name in zip(distinct["code"], distinct["name"], strict=True)
    ]
    return pd.Series([found[at] for at in number], index=codes.index, dtype=object)
