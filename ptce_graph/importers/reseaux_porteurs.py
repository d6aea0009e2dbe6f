"""``reseaux_porteurs`` of data·inclusion: which of them are networks.

The column says which « réseaux, organisations ou administrations » carry a
structure. Some of its values name a network or an organisation; five name a
kind of SIAE, which is an accreditation; the others a kind of establishment or
of administration (« Communes, mairies … »), of which nobody is a member.
Values and French labels: ``reseaux_porteurs.csv``, see ``LICENCE.md`` beside it;
the column ``use`` is ours.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

NETWORK = "network"


@dataclass(frozen=True)
class Carrier:
    """A value: its label and what it becomes, ``network``, ``kind`` or an accreditation's code."""

    value: str
    label: str
    use: str


@cache
def carriers() -> dict[str, Carrier]:
    """All known values."""
    path = Path(__file__).with_name("reseaux_porteurs.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["value"]: Carrier(row["value"], row["label"], row["use"])
            for row in csv.DictReader(file)
        }
