"""Profiles on the framework as tables: side by side for people, one row each for machines."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from ptce_graph.i18n import mark, number_words, translator
from ptce_graph.poles.profile import INDICATORS, OBJECTIVES, Profiles

if TYPE_CHECKING:
    from pandas import DataFrame

NO_ANSWER = mark("no answer")
#: What one row of ``profile_frame`` tells.
COLUMNS = (
    "level",
    "pole",
    "name",
    "date",
    "item",
    "notation",
    "label",
    "mean",
    "answers",
    "lowest",
    "highest",
    "answered",
    "linked",
)


def mean_words(value: float, language: str) -> str:
    """A mean in words of a table: two decimals at most, or that there is no answer."""
    if math.isnan(value):
        return translator(language)(NO_ANSWER)
    return number_words(f"{value:.2f}".rstrip("0").rstrip("."), language)


def profile_rows(profiles: Profiles, on: str = "") -> tuple[list[str], list[list[str]]]:
    """Profiles side by side, heads and rows: by objective where they are linked, else by indicator.

    An objective is told with its letter, and after each mean how many of its
    indicators have an answer.
    """
    on = on or (INDICATORS if profiles.by_objective is None else OBJECTIVES)
    words, table = translator(profiles.language), profiles.table(on)
    titles = [profiles.title_of(pole, date) for pole, date in profiles.profiles]
    keyed = {(row["pole"], row["date"], row["item"]): row for row in table.to_dict("records")}
    rows = []
    for item in table.drop_duplicates("item").to_dict("records"):
        own = [keyed[(*one, item["item"])] for one in profiles.profiles]
        label = f"{item['notation']} – {item['label']}" if on == OBJECTIVES else item["label"]
        rows.append([label, *(_cell(row, profiles.language) for row in own)])
    head = words(mark("objective")) if on == OBJECTIVES else words(mark("indicator"))
    return [head, *titles], rows


def _cell(row: dict[str, Any], language: str) -> str:
    told = mean_words(row["mean"], language)
    # Without indicators there is nothing that an answer could be missing for.
    if "linked" not in row or math.isnan(row["mean"]):
        return told if row.get("linked", 1) else "–"
    return f"{told} ({row['answered']}/{row['linked']})"


def profile_frame(profiles: Profiles) -> DataFrame:
    """One row per pole, moment and objective or indicator (``level``); columns ``COLUMNS``.

    ``mean`` is on the scale, empty without an answer; ``notation``, ``answered``
    and ``linked`` are told of objectives, ``lowest`` and ``highest`` of indicators.
    """
    import pandas as pd

    told = [] if profiles.by_objective is None else [(OBJECTIVES, profiles.by_objective)]
    by_indicator = profiles.by_indicator.astype({"lowest": "Int64", "highest": "Int64"})
    told.append((INDICATORS, by_indicator))
    frames = [frame.astype(object).assign(level=level[:-1]) for level, frame in told]
    whole = pd.concat(frames, ignore_index=True).reindex(columns=list(COLUMNS))
    return whole.where(whole.notna(), "")


def profile_record(profiles: Profiles) -> dict[str, Any]:
    """The profiles as a tree for JSON: ``scale_max``, ``respondents``, ``profile``, ``notes``."""
    rows = profile_frame(profiles).to_dict("records")
    return {
        "scale_max": profiles.scale_max,
        "respondents": [
            {"pole": pole, "date": date, "respondents": n}
            for (pole, date), n in profiles.respondents.items()
        ],
        "profile": [{name: v for name, v in row.items() if v != ""} for row in rows],
        "notes": notes(profiles),
    }


def notes(profiles: Profiles) -> list[str]:
    """What cannot be read, how means are made, and whose the links are: a sentence each."""
    words = translator(profiles.language)
    return [told.told(words) for told in profiles.notes]
