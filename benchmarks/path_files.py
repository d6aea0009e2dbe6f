"""The files of a person, invented: a register of units, a list of members, a list of links.

The register has the columns of StockUniteLegale; every number passes its own
check. Nothing is real: "ORGANISATION 12", "Réseau 3". The same for the same seed.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from random import Random

SEED = 2011
#: With 220,000 units about 3.8 million different triples.
MEMBERS_PER_UNIT, LINKS_PER_UNIT = 0.08, 0.01
NETWORKS, MOST_NETWORKS = 30, 6
#: Of so many units the register knows when they were founded; INSEE writes 1900-01-01 else.
DATED, UNKNOWN = 0.25, "1900-01-01"
#: Associations mostly, cooperatives, foundations.
CATEGORIES = ("9220", "9220", "9220", "9210", "5710", "5499")
KIND = "mutualisation"

UNITS, MEMBERS, LINKS = "units.csv", "members.csv", "links.csv"
#: Columns of numbers alone do not say by themselves that they are the ends of links.
MAPPING = "links.yml"
UNIT_COLUMNS = (
    "siren",
    "statutDiffusionUniteLegale",
    "denominationUniteLegale",
    "sigleUniteLegale",
    "categorieJuridiqueUniteLegale",
    "dateCreationUniteLegale",
    "etatAdministratifUniteLegale",
    "economieSocialeSolidaireUniteLegale",
    "activitePrincipaleUniteLegale",
)
MEMBER_COLUMNS = ("SIREN", "Nom", "Réseaux")
LINK_COLUMNS = ("Structure 1", "Structure 2", "Nature du lien")
BETWEEN = " | "


@dataclass(frozen=True)
class Sizes:
    """Rows of each file, and the memberships that the list of members tells."""

    units: int
    members: int
    memberships: int
    links: int


def siren(number: int) -> str:
    """The ``number``-th invented SIREN: eight digits and the one that checks them.

    Luhn: every second digit from the right of the whole is doubled, its digits
    added; the sum is a multiple of ten (ISO/IEC 7812-1, annex B).
    """
    base = f"{10_000_000 + number * 37 % 89_999_999:08d}"
    doubled = (int(digit) * (2 - at % 2) for at, digit in enumerate(reversed(base)))
    return base + str(-sum(n // 10 + n % 10 for n in doubled) % 10)


def write_files(folder: Path, units: int) -> Sizes:
    """Write the three files on so many units into ``folder``."""
    random = Random(SEED)  # noqa: S311
    sirens = [siren(number) for number in range(units)]
    assert len(set(sirens)) == units
    with (folder / UNITS).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(UNIT_COLUMNS)
        for number, one in enumerate(sirens, start=1):
            category, created = random.choice(CATEGORIES), _created(random)
            name = f"ORGANISATION {number}"
            writer.writerow((one, "O", name, "", category, created, "A", "O", "88.99B"))
    listed = sorted(random.sample(range(units), max(3, round(units * MEMBERS_PER_UNIT))))
    memberships = _write_members(folder / MEMBERS, random, sirens, listed)
    lines = zip(LINK_COLUMNS, ("a", "b", "kind"), strict=True)
    told = "".join(f'  "{column}": {use}\n' for column, use in lines)
    (folder / MAPPING).write_text(f"shape: links\ncolumns:\n{told}", encoding="utf-8")
    links = _write_links(folder / LINKS, random, [sirens[at] for at in listed], units)
    return Sizes(units, len(listed), memberships, links)


def _created(random: Random) -> str:
    day = f"{random.randint(1901, 2020)}-{random.randint(1, 12):02d}-{random.randint(1, 28):02d}"
    return day if random.random() < DATED else UNKNOWN


def _write_members(path: Path, random: Random, sirens: list[str], listed: list[int]) -> int:
    """One row per member, in up to six networks of 30: by Zipf's law, few hold most."""
    names = [f"Réseau {number}" for number in range(1, NETWORKS + 1)]
    weights = [1 / number for number in range(1, NETWORKS + 1)]
    total = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(MEMBER_COLUMNS)
        for at in listed:
            drawn = random.choices(names, weights, k=random.randint(1, MOST_NETWORKS))
            own = list(dict.fromkeys(drawn))
            total += len(own)
            writer.writerow((sirens[at], f"ORGANISATION {at + 1}", BETWEEN.join(own)))
    return total


def _write_links(path: Path, random: Random, sirens: list[str], units: int) -> int:
    """Pairs of members that work together, each once."""
    wanted = min(max(1, round(units * LINKS_PER_UNIT)), len(sirens) * (len(sirens) - 1) // 2)
    pairs: dict[tuple[str, str], None] = {}
    while len(pairs) < wanted:
        one, other = sorted(random.sample(sirens, 2))
        pairs[one, other] = None
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(LINK_COLUMNS)
        writer.writerows((one, other, KIND) for one, other in pairs)
    return len(pairs)
