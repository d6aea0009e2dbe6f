"""Every commune, department and region of France, looked up by code, postal code or name.

What the bundled ``geography/communes.csv.gz`` holds, and nothing else: the Code
officiel géographique of INSEE and the postal codes of La Poste. Whatever it
does not tell apart is not told.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property

from ptce_graph.bundled import DATA_DIR
from ptce_graph.tables.schema import SEPARATOR
from ptce_graph.vocabulary.iris import slug

COMMUNE = "commune"
DEPARTMENT = "departement"
REGION = "region"
OLD_REGION = "region-ancienne"
TERRITORY = "territoire"

#: A code of INSEE or of La Poste, as ``Gazetteer`` takes it.
COMMUNE_CODE = re.compile(r"[0-9][0-9AB][0-9]{3}")

_WORDS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes", "s": "sur"}
_ARTICLES = ("l", "la", "le", "les")
#: What stands after the name of a town in an address: ``CEDEX 10``, ``3EME ARRONDISSEMENT``.
_AFTER = re.compile(r"-(?:cedex|bp)\b.*$|(?:-(?:[0-9]+(?:er|e|eme|ere)?|arrondissement|arr|sp))+$")


@dataclass(frozen=True)
class Area:
    """One place of the gazetteer. ``within`` and ``successor`` are a type and a code."""

    type: str
    code: str
    name: str
    within: tuple[str, str] | None
    successor: tuple[str, str] | None
    postal_codes: tuple[str, ...]
    former: tuple[str, ...]
    latitude: str
    longitude: str


class Gazetteer:
    """``areas`` by type and code; communes also by the codes of those merged into them."""

    def __init__(self, areas: list[Area]) -> None:
        self.areas = {(area.type, area.code): area for area in areas}

    @cached_property
    def communes(self) -> list[Area]:
        return [area for area in self.areas.values() if area.type == COMMUNE]

    @cached_property
    def former(self) -> dict[str, Area]:
        """The commune of today by the code of a commune or of a district that it holds."""
        return {value.partition(" ")[0]: area for area in self.communes for value in area.former}

    @cached_property
    def by_postal_code(self) -> dict[str, list[Area]]:
        found = defaultdict(list)
        for area in self.communes:
            for code in area.postal_codes:
                found[code].append(area)
        return dict(found)

    @cached_property
    def by_name(self) -> dict[str, list[Area]]:
        """The communes of today by ``name_key``."""
        found = defaultdict(list)
        for area in self.communes:
            found[name_key(area.name)].append(area)
        return dict(found)

    @cached_property
    def by_former_name(self) -> dict[str, list[Area]]:
        """The communes of today by the name of one that was merged into them."""
        found = defaultdict(list)
        for area in self.communes:
            for value in area.former:
                name = value.partition(" ")[2]
                if name:
                    found[name_key(name)].append(area)
        return dict(found)

    @cached_property
    def larger_by_name(self) -> dict[str, list[Area]]:
        """Departments, regions and territories by ``name_key``."""
        found = defaultdict(list)
        for area in self.areas.values():
            if area.type != COMMUNE:
                found[name_key(area.name)].append(area)
        return dict(found)

    def commune(self, code: str) -> Area | None:
        """The commune of today that has ``code``, or that one with that code became part of."""
        return self.areas.get((COMMUNE, code)) or self.former.get(code)

    def commune_of_postal_code(self, postal_code: str, name: str) -> Area | None:
        """The only commune that a postal code and the name of a town leave possible.

        The name may be that of a merged commune. A name of no commune at all
        (a hamlet) does not contradict a postal code that one commune has alone;
        that of a commune elsewhere does. A postal code that no commune has is
        that of CEDEX: the name must be of one commune of its department.
        """
        key = name_key(name)
        there = self.by_postal_code.get(postal_code)
        if there is None:
            return self._commune_of_cedex(postal_code, key)
        if key:
            alike = [area for area in there if name_key(area.name) == key] or [
                area for area in self.by_former_name.get(key, []) if area in there
            ]
            if alike:
                return alike[0] if len(alike) == 1 else None
            if key in self.by_name:
                return None
        return there[0] if len(there) == 1 else None

    def _commune_of_cedex(self, postal_code: str, key: str) -> Area | None:
        departments = departments_of(postal_code)
        alike = [a for a in self.by_name.get(key, []) if a.within and a.within[1] in departments]
        return alike[0] if len(alike) == 1 else None

    def commune_of_name(self, name: str, department: str = "") -> Area | None:
        """The only commune of that name, in France or in the department with that code."""
        alike = self.by_name.get(name_key(name), [])
        if department:
            alike = [area for area in alike if area.within and area.within[1] == department]
        return alike[0] if len(alike) == 1 else None


def departments_of(code: str) -> tuple[str, ...]:
    """The departments that a code of a commune or a postal code begins with."""
    if code[:2] in ("97", "98"):
        return (code[:3],)
    if code[:2] == "20":
        # La Poste numbers the two departments of Corsica together.
        return ("2A", "2B")
    return (code[:2],)


@cache
def name_key(name: str) -> str:
    """What alike spellings of the name of a town share.

    ``ST ETIENNE CEDEX 2`` and ``Saint-Étienne`` give ``saint-etienne``, ``Le Mans``
    and ``Mans (Le)`` give ``mans``; ``Lyon 3ème Arrondissement`` gives ``lyon``.
    """
    cut = _AFTER.sub("", slug(name))
    words = [_WORDS.get(word, word) for word in cut.split("-") if word]
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    elif len(words) > 1 and words[-1] in _ARTICLES and "(" in name:
        words = words[:-1]
    return "-".join(words)


def clean_code(text: str) -> str:
    """A code of five characters as a spreadsheet left it: ``1000.0`` -> ``01000``."""
    code = re.sub(r"\s+", "", text).upper()
    code = code[:-2] if code.endswith(".0") else code
    return code.zfill(5) if code.isascii() and code.isdigit() and len(code) == 4 else code


@cache
def gazetteer() -> Gazetteer:
    """The bundled gazetteer, read once."""
    path = DATA_DIR / "geography" / "communes.csv.gz"
    text = gzip.decompress(path.read_bytes()).decode("utf-8")
    return Gazetteer([_area(row) for row in csv.DictReader(io.StringIO(text))])


def _area(row: dict[str, str]) -> Area:
    return Area(
        row["type"],
        row["insee_code"],
        row["name"],
        _key(row["within"]),
        _key(row["successor"]),
        _several(row["postal_codes"]),
        _several(row["former"]),
        row["latitude"],
        row["longitude"],
    )


def _key(text: str) -> tuple[str, str] | None:
    type_, _space, code = text.partition(" ")
    return (type_, code) if code else None


def _several(text: str) -> tuple[str, ...]:
    return tuple(text.split(SEPARATOR)) if text else ()
