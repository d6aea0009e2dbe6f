"""What the documents gave, where they disagree, and what stays open.

A coverage report lets a reader judge a number: how many documents speak of a
thing, which of their statements contradict each other, what could not be read.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ptce_graph.tables.facts import Facts, values
from ptce_graph.tables.schema import SOURCE_TABLES

if TYPE_CHECKING:
    from pandas import DataFrame

#: What a thing has one of at a time, so that two values are a disagreement.
_SINGLE = {
    "organisations": ("kind", "legal_form", "place", "created", "website", "siren", "rna"),
    "poles": ("carrier", "place", "created", "since", "website"),
    "cooperations": ("kind", "state", "start", "end"),
    "calls": ("opened", "decided"),
}


def counts(facts: Facts) -> DataFrame:
    """The number of facts of each kind that each document gave.

    One row per document (in alphabetical order, then ``total``), one column
    per table of ``SOURCE_TABLES``, and ``total``.
    """
    import pandas as pd

    frame = pd.DataFrame(
        {table.name: facts.frames[table.name]["source"].value_counts() for table in SOURCE_TABLES},
        index=sorted(facts.tables.documents),
    )
    frame = frame.fillna(0).astype(int)
    frame["total"] = frame.sum(axis=1)
    frame.loc["total"] = frame.sum()
    return frame


def disagreements(facts: Facts) -> DataFrame:
    """Statements of different documents about one thing that cannot all be taken together.

    Columns: ``thing``, ``what`` (a column of its table, or ``figure:`` and
    what is counted), ``value``, ``document``, ``section``, ``lines``; the rows
    of one disagreement stand together. Figures disagree when they count the
    same thing of the same subjects at the same date with another value.
    """
    import pandas as pd

    found = []
    for table, columns in _SINGLE.items():
        frame = facts.frames[table]
        for column in columns:
            told = frame[frame[column] != ""]
            different = told.groupby("id")[column].transform("nunique") > 1
            found.append(_rows(told[different], "id", column, column))
    found.append(_figures(facts))
    order = ["thing", "what", "value", "document", "section", "lines"]
    return pd.concat(found).sort_values(order).reset_index(drop=True)


def illegible(facts: Facts) -> DataFrame:
    """What could not be read, or only in part: the rows of the framework that say so."""
    frame = facts.frames["framework"]
    told = frame[frame["legibility"] != "lisible"]
    columns = ["id", "level", "legibility", "label_fr", "source", "section", "lines", "note"]
    return told[columns].reset_index(drop=True)


def undocumented(facts: Facts) -> DataFrame:
    """What no document says of how many things: columns ``what``, ``missing``, ``of``."""
    import pandas as pd

    actors = facts.actors
    poles = actors[actors["type"] == "pole"]
    organisations = actors[actors["type"] == "organisation"]
    rows = [
        ("organisation without a legal form", _empty(organisations["legal_forms"])),
        ("organisation without a kind", int((organisations["kind"] == "").sum())),
        ("organisation without a place", _empty(organisations["places"])),
        ("pole without a place", _empty(poles["places"])),
        ("pole without a carrier", _without(facts, poles.index)),
        ("pole without a website", _empty(poles["websites"])),
        ("pole without a date of creation or start", _undated(poles)),
    ]
    totals = [len(organisations)] * 3 + [len(poles)] * 4
    return pd.DataFrame(
        [(what, missing, of) for (what, missing), of in zip(rows, totals, strict=True)],
        columns=["what", "missing", "of"],
    )


def _rows(frame: DataFrame, thing: str, column: str, what: str) -> DataFrame:
    named = frame.rename(columns={thing: "thing", column: "value", "source": "document"})
    return named.assign(what=what)[["thing", "what", "value", "document", "section", "lines"]]


def _figures(facts: Facts) -> DataFrame:
    frame = facts.frames["figures"]
    told = frame.assign(
        thing=frame["subjects"].map(
            lambda cell: " + ".join(sorted(facts.same.get(raw, raw) for raw in values(cell)))
        ),
        what="figure: " + frame["measure"],
        whole=frame["value"] + frame["value_max"].map(lambda top: f"–{top}" if top else ""),
    )
    told = told[(told["thing"] != "") & (told["state"] == "constate")]
    same = told.groupby(["thing", "measure", "place", "date"])
    different = (same["whole"].transform("nunique") > 1) & (same["source"].transform("nunique") > 1)
    return _rows(told[different].drop(columns=["value"]), "thing", "whole", "figure").assign(
        what=told.loc[different, "what"]
    )


def _empty(cells: Iterable[object]) -> int:
    return sum(1 for cell in cells if not cell)


def _without(facts: Facts, poles: Iterable[object]) -> int:
    frame = facts.frames["poles"]
    carried = set(frame.loc[frame["carrier"] != "", "id"])
    return sum(1 for pole in poles if pole not in carried)


def _undated(poles: DataFrame) -> int:
    return sum(
        1
        for created, since in zip(poles["created"], poles["since"], strict=True)
        if not created and not since
    )


#: The reports by name.
REPORTS = {one.__name__: one for one in (counts, disagreements, illegible, undocumented)}
