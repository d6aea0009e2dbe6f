"""Lists of members, matrices and wide tables: who belongs to which network."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from ptce_graph.i18n import gettext as _
from ptce_graph.importers.cells import clean_name
from ptce_graph.importers.joined import MOST_ROWS
from ptce_graph.importers.mapping import Column, Mapping
from ptce_graph.importers.networks import network_id
from ptce_graph.importers.spreadsheet.account import Account
from ptce_graph.importers.spreadsheet.codes import ROLES, code_of
from ptce_graph.importers.spreadsheet.organisations import (
    described,
    identifiers_of,
    organisations,
)
from ptce_graph.importers.spreadsheet.rows import looked_up, merged, read_each
from ptce_graph.importers.spreadsheet.values import date_of, mark_of, parts_of, turned_around

if TYPE_CHECKING:
    from pandas import DataFrame, Series

    from ptce_graph.importers.imported import Wish
    from ptce_graph.importers.places import Places

MEMBER, SUBSCRIBER = "membre", "adherent"
_NETWORK_KIND = "reseau"
_BELONGING = ["row", "organisation", "role", "start", "end"]


@dataclass
class Networks:
    """The networks that a file names: identifier -> its name, and the row that named it first."""

    wish: Wish
    found: dict[str, tuple[str, int]] = field(default_factory=dict)
    _ids: dict[str, str] = field(default_factory=dict)

    def identify(self, name: str, row: int) -> str:
        """The identifier of a network; ``""`` of a name without a letter or a digit."""
        if name not in self._ids:
            self._ids[name] = network_id(name, self.wish)
        made = self._ids[name]
        if made:
            self.found.setdefault(made, (name, row))
        return made

    @property
    def named(self) -> dict[str, str]:
        """Identifiers by name: a row of that very name is that network."""
        return {name: made for made, (name, _row) in self.found.items()}

    def rows(self, links: DataFrame, refused: set[int]) -> list[dict[str, str]]:
        """Rows of the table of organisations, without ``section``, of those that ``links`` name.

        The line is that of the first row that names it and is not ``refused``.
        """
        first = links.drop_duplicates("organisation").set_index("organisation")["row"]
        return [
            {
                "id": made,
                "name": name,
                "kind": _NETWORK_KIND,
                "lines": str(first[made] if row in refused else row),
            }
            for made, (name, row) in self.found.items()
            if made in first
        ]


def members(
    frame: DataFrame, mapping: Mapping, wish: Wish, source: str, places: Places, account: Account
) -> dict[str, DataFrame]:
    """The tables ``organisations`` and ``memberships`` of the rows that are not refused.

    Columns of the schema without ``section``.
    """
    import pandas as pd

    who = organisations(frame, mapping, account)
    networks = Networks(wish)
    belonging = _belongings(frame, mapping, networks, account)
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
        rows.loc[own, "kind"] = _NETWORK_KIND
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


def _belongings(
    frame: DataFrame, mapping: Mapping, networks: Networks, account: Account
) -> DataFrame:
    """Who belongs to what: ``row``, ``organisation``, ``role``, ``start``, ``end``."""
    import pandas as pd

    header = max(mapping.header, 1)
    crosses, named = mapping.of("member-of"), mapping.of("network")
    parts = [_crossed(frame, told, mapping, networks, account) for told in crosses]
    parts += [_named(frame, told, mapping, networks, account) for told in named]
    own = networks.identify(mapping.network, header) if mapping.network else ""
    covered = {networks.identify(told.network, header) for told in crosses}
    if own and own not in covered:
        parts.append(pd.DataFrame({"row": frame.index, "organisation": own, "role": ""}))
    if not parts:
        account.note(
            _("No network is named: organisations are kept, and tied to nothing. Say --network.")
        )
        return pd.DataFrame(columns=_BELONGING, dtype=object)
    single = len(crosses) + len(named) + bool(own and own not in covered) == 1
    whole = [part.reindex(columns=_BELONGING, fill_value="") for part in parts]
    found = pd.concat(whole, ignore_index=True)
    for use in ("role", "start", "end"):
        column = mapping.one(use)
        if column and single:
            cells = looked_up(found["row"], _read(frame, column, use, account).to_dict())
            found[use] = found[use].where(found[use] != "", cells)
        elif column:
            cells = frame[column]
            why = _("several networks: of which it speaks is not said")
            account.left_out(column, cells[cells != ""], why)
    default = mapping.role or MEMBER
    found["role"] = found["role"].where(found["role"] != "", default)
    return found


def _read(frame: DataFrame, column: str, use: str, account: Account) -> Series:
    """The codes of a column of roles, or the dates of one of dates."""
    cells = frame[column]
    read = (lambda text: code_of(text, ROLES)) if use == "role" else date_of
    found = read_each(cells, read)
    why = _("no role we know") if use == "role" else _("no date")
    account.left_out(column, cells[(cells != "") & (found == "")], why)
    return found


def _crossed(
    frame: DataFrame, told: Column, mapping: Mapping, networks: Networks, account: Account
) -> DataFrame:
    """The rows with a cross (or a date, or a role) in the column of one network."""
    import pandas as pd

    cells = frame[told.column]
    name = told.network or mapping.network
    organisation = networks.identify(name, max(mapping.header, 1)) if name else ""
    yes, role, start, reason = {}, {}, {}, {}
    for text in cells.unique():
        mark = mark_of(text) if text else False
        role[text] = code_of(text, ROLES) if text else ""
        start[text] = date_of(text) if mark is None else ""
        yes[text] = bool(mark or role[text] or start[text])
        unread = mark is None and not yes[text]
        reason[text] = _("is neither yes nor no.") if unread else ""
    account.unreadable(told.column, cells, looked_up(cells, reason))
    there = (
        cells[cells.isin([text for text, said in yes.items() if said])]
        if organisation
        else cells[:0]
    )
    by_header = SUBSCRIBER if told.column.casefold().startswith("adh") and not mapping.role else ""
    return pd.DataFrame(
        {
            "row": there.index,
            "organisation": organisation,
            "role": [role[text] or by_header for text in there],
            "start": [start[text] for text in there],
        },
        dtype=object,
    )


def _named(
    frame: DataFrame, told: Column, mapping: Mapping, networks: Networks, account: Account
) -> DataFrame:
    """The rows with the networks that a cell names, one or several."""
    import pandas as pd

    cells = frame[told.column]
    there = cells[cells != ""]
    parts = {text: parts_of(text, told.separator) for text in there.unique()}
    names = {name: clean_name(name) for name in dict.fromkeys(chain(*parts.values()))}
    lost = {text for text, told_ in parts.items() if any(names[name][1] for name in told_)}
    account.left_out(told.column, there[there.isin(lost)], _("no name of a network"))
    first = there.drop_duplicates()
    ids = {
        text: [
            network
            for name in parts[text]
            if mark_of(name) is None
            and (network := networks.identify(names[name][0], int(str(row))))
        ]
        for row, text in first.items()
        if text not in lost
    }
    told_rows = looked_up(there[there.isin(ids)], ids).explode().dropna()
    return pd.DataFrame({"row": told_rows.index, "organisation": told_rows.array, "role": ""})


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
