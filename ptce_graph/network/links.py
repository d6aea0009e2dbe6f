"""Every fact that ties two things together, as one table of links.

Projections and maps are made from it, so each derived edge can name the facts
it comes from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ptce_graph.collection import uncollected
from ptce_graph.tables.facts import Facts

if TYPE_CHECKING:
    from pandas import DataFrame

MEMBERSHIP = "membership"
CARRYING = "carrying"
COOPERATION = "cooperation"
#: Not in the links table: what ties a carrier to its candidacy, in the network of a call.
CANDIDACY = "candidacy"

COLUMNS = (
    "kind",
    "subject",
    "object",
    "role",
    "cooperation",
    "state",
    "start",
    "end",
    "note",
    "fact",
    "source",
    "section",
    "lines",
)


@uncollected
def links(facts: Facts) -> DataFrame:
    """One row per fact: who (``subject``), to what (``object``), how, according to which passage.

    - ``membership``: a member, the network or pole it belongs to, a membership role;
    - ``carrying``: the organisation that carries a pole, the pole;
    - ``cooperation``: a partner, the cooperation (``object`` is its identifier,
      and so is ``cooperation``), the partner's role.

    ``state`` is ``constate``, or ``prevu`` where the document only plans it;
    ``start`` and ``end`` are dates as precise as the source, or empty.
    """
    import pandas as pd

    memberships = facts.frames["memberships"].rename(
        columns={"member": "subject", "organisation": "object"}
    )
    memberships = memberships.assign(kind=MEMBERSHIP, cooperation="", state="constate")
    poles = facts.frames["poles"]
    carried = poles[poles["carrier"] != ""].rename(columns={"carrier": "subject", "id": "object"})
    carried = carried.assign(
        kind=CARRYING, role="", cooperation="", state="constate", start="", end=""
    )
    periods = facts.frames["cooperations"].drop_duplicates("id").set_index("id")
    parts = facts.frames["participations"].rename(columns={"partner": "subject"})
    parts = parts.assign(
        kind=COOPERATION,
        object=parts["cooperation"],
        state=parts["cooperation"].map(periods["state"]),
        start=parts["cooperation"].map(periods["start"]),
        end=parts["cooperation"].map(periods["end"]),
    )
    whole = pd.concat([frame[list(COLUMNS)] for frame in (memberships, carried, parts)])
    whole = whole.sort_values(["kind", "subject", "object", "role", "fact"])
    return whole.reset_index(drop=True)
