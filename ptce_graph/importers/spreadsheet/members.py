"""Lists of members, matrices and wide tables: who belongs to which network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ptce_graph.i18n import gettext as _
from ptce_graph.importers.joined import MOST_ROWS
from ptce_graph.importers.mapping import Mapping
from ptce_graph.importers.spreadsheet.account import Account
from ptce_graph.importers.spreadsheet.belongings import NETWORK_KIND, Networks, belongings
from ptce_graph.importers.spreadsheet.organisations import (
    described,
    identifiers_of,
    organisations,
)
from ptce_graph.importers.spreadsheet.rows import looked_up, merged
from ptce_graph.importers.spreadsheet.values import turned_around

if TYPE_CHECKING:
    from pandas import DataFrame, Series

    from ptce_graph.importers.imported import Wish
    from ptce_graph.importers.places import Places


def members(
    frame: DataFrame, mapping: Mapping, wish: Wish, source: str, places: Places, account: Account
) -> dict[str, DataFrame]:
    """The tables ``organisations`` and ``memberships`` of the rows that are not refused.

    Columns of the schema without ``section``.
    """
    import pandas as pd

    who = organisations(frame, mapping, account)
    networks = Networks(wish)
    belonging = belongings(frame, mapping, networks, account)
    kept = ~frame.index.isin(list(account.rows()))
    frame, who = frame[kept], who[kept]
    told = described(frame, mapping, who, places, account)
    made = identifiers_of(who, source, _where(frame, mapping))
    named = looked_up(who["name"], networks.named)
    told["id"] = made.where((who["siren"] != "") | (named == ""), named)
    told["kind"] = ""
    told["lines"] = [str(row) for row in told.index]
    links = belonging[belonging["row"].isin(told.index)].copy()
    links["member"] = looked_up(links["row"], told["id"].to_dict())
    _tell_merged(told, account)
    rows = merged(told, ["id"])
    named = pd.DataFrame(networks.rows(links, account.rows()), dtype=object)
    if len(named):
        own = rows["id"].isin(set(named["id"]))
        rows.loc[own, "kind"] = NETWORK_KIND
        named = named[~named["id"].isin(set(rows["id"]))]
        named = named.reindex(columns=rows.columns, fill_value="")
        rows = pd.concat([rows, named], ignore_index=True)
    return {"organisations": rows, "memberships": _memberships(links, account)}


def _where(frame: DataFrame, mapping: Mapping) -> Series:
    """Where a row is, as its cells say: what tells two organisations of one name apart."""
    import pandas as pd

    for use in ("commune", "insee_code", "postal_code", "department"):
        column = mapping.one(use)
        if column:
            return frame[column]
    return pd.Series("", index=frame.index, dtype=object)


def _tell_merged(told: DataFrame, account: Account) -> None:
    twice = told.duplicated("id")
    if twice.any():
        first = told[told["id"] == told.loc[twice, "id"].iloc[0]]
        note = _("Rows about an organisation that another row has already: {n}, such as {lines}.")
        lines = ", ".join(first["lines"].head(3))
        account.note(note.format(n=int(twice.sum()), lines=_("rows {rows}").format(rows=lines)))
        largest = int(told["id"].value_counts().max())
        if largest > MOST_ROWS:
            note = _("Of the {n} rows about one organisation, only the first {most} are named.")
            account.note(note.format(n=largest, most=MOST_ROWS))


def _memberships(links: DataFrame, account: Account) -> DataFrame:
    """Rows of the table: once each, none of a network in itself, no end before its start."""
    links = links.assign(lines=[str(row) for row in links["row"]])
    itself = links["member"] == links["organisation"]
    if itself.any():
        note = _("Rows of the network itself, which is no member of itself: {n}.")
        account.note(note.format(n=int(itself.sum())))
    links = links[~itself]
    turned = [
        turned_around(start, end) for start, end in zip(links["start"], links["end"], strict=True)
    ]
    if any(turned):
        note = _("Memberships that end before they start, whose end is left out: {n}.")
        account.note(note.format(n=sum(turned)))
        links = links.assign(end=links["end"].mask(turned, ""))
    kept = links[["member", "organisation", "role", "start", "end", "lines"]]
    return merged(kept, ["member", "organisation", "role", "start"])
