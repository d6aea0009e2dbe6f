"""Where documents say that organisations and poles are, in degrees, and how precisely."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from ptce_graph.bundled import DATA_DIR
from ptce_graph.network.filters import territories_of_places

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ptce_graph.tables.facts import Facts

Degrees = tuple[float, float]

#: How far a place is known, the most precise first.
COMMUNE, TERRITORY, DEPARTMENT, REGION = "commune", "territory", "department", "region"
#: Not on the map: off its outlines, at a place without coordinates, without a place in any
#: document, without one by nature.
ELSEWHERE, NO_POINT, UNKNOWN, ACTION = "elsewhere", "no-point", "unknown", "action"
_ORDER = (COMMUNE, TERRITORY, DEPARTMENT, REGION)

_PRECISION_OF_TYPE = {
    "commune": COMMUNE,
    "departement": DEPARTMENT,
    "region": REGION,
    "region-ancienne": REGION,
}
_LIST_OF_TYPE = {
    "departement": "features",
    "region": "regions",
    "region-ancienne": "former_regions",
}


@dataclass(frozen=True)
class Spots:
    """Longitude and latitude of the nodes that have a place, and ``precision`` of all."""

    points: dict[str, Degrees]
    precision: dict[str, str]


def spots(facts: Facts, ids: Sequence[str]) -> Spots:
    """The most precise place told of each node of ``ids``; the first of equally precise ones."""
    actors = facts.actors
    told_of = dict(zip(actors.index, actors["places"], strict=True))
    known = _spots_of_places(facts)
    points: dict[str, Degrees] = {}
    precision: dict[str, str] = {}
    for node in ids:
        if node not in told_of:
            precision[node] = ACTION
            continue
        found = [known[place] for place in told_of[node] if place in known]
        if found:
            # The first of the least: documents are in order.
            points[node], precision[node] = min(found, key=lambda spot: _ORDER.index(spot[1]))
        else:
            precision[node] = NO_POINT if told_of[node] else UNKNOWN
    return Spots(points, precision)


def weights(facts: Facts, ids: Sequence[str]) -> NDArray[np.float64]:
    """How often each node is named in a link: the heaviest stand in the middle of their place."""
    import numpy as np
    import pandas as pd

    memberships = facts.frames["memberships"]
    named = pd.concat(
        [
            memberships["member"],
            memberships["organisation"],
            facts.frames["participations"]["partner"],
            facts.frames["poles"]["carrier"],
        ]
    )
    counts = named.value_counts()
    return np.asarray(counts.reindex(list(ids), fill_value=0), dtype=float)


def _spots_of_places(facts: Facts) -> dict[str, tuple[Degrees, str]]:
    """Each place that can be put on a map: where, and how precise that is for who is there."""
    frame = facts.tables.frames["places"].drop_duplicates("id")
    rows = {
        place: (code, _degrees(longitude, latitude))
        for place, code, longitude, latitude in zip(
            frame["id"], frame["insee_code"], frame["longitude"], frame["latitude"], strict=True
        )
    }
    found = {}
    for place, around in territories_of_places(facts).items():
        for at, type_ in around.items():
            code, degrees = rows[at]
            spot = (degrees, _PRECISION_OF_TYPE.get(type_, TERRITORY)) if degrees else None
            spot = spot or _centre(type_, code)
            if spot:
                found[place] = spot
                break
    return found


def _degrees(longitude: str, latitude: str) -> Degrees | None:
    try:
        degrees = float(longitude), float(latitude)
    except ValueError:
        return None
    # Also false of what is no number.
    return degrees if abs(degrees[0]) <= 180 and abs(degrees[1]) <= 90 else None


def _centre(type_: str, code: str) -> tuple[Degrees, str] | None:
    """The middle of a department or region; of the department of a commune without coordinates."""
    if type_ == "commune" and code:
        # The code of a commune begins with that of its department: 29019, 2A004, 97411.
        type_, code = "departement", code[: 3 if code.startswith("97") else 2]
    point = bundled_centres().get((type_, code))
    return (point, _PRECISION_OF_TYPE[type_]) if point else None


@cache
def bundled_centres() -> dict[tuple[str, str], Degrees]:
    """The middle of each department and region, by its type and its code of INSEE."""
    file = DATA_DIR / "geography" / "outlines.json"
    outlines: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    found = {}
    for type_, name in _LIST_OF_TYPE.items():
        for each in outlines[name]:
            told = each.get("properties", each)
            longitude, latitude = told["centre"]
            found[type_, told["code"]] = (float(longitude), float(latitude))
    return found
