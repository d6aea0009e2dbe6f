"""Who belongs to which network, since when and as what: crosses, and names in cells."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from ptce_graph.i18n import gettext as _
from ptce_graph.importers.cells import clean_name
from ptce_graph.importers.mapping import Column, Mapping
from ptce_graph.importers.networks import OPTION, known_networks, network_id
from ptce_graph.importers.spreadsheet.account import Account, shown_value
from ptce_graph.importers.spreadsheet.codes import ROLES, code_of
from ptce_graph.importers.spreadsheet.rows import looked_up, read_each
from ptce_graph.importers.spreadsheet.values import (
    WHOLE,
    date_of,
    mark_of,
    parted_where_known,
    parts_of,
    stands_alone,
)
from ptce_graph.vocabulary.iris import slug

if TYPE_CHECKING:
    from pandas import DataFrame, Series

    from ptce_graph.importers.imported import Wish

MEMBER, SUBSCRIBER = "membre", "adherent"
NETWORK_KIND = "reseau"
#: A column of networks beside the one that is spoken of: « Autres réseaux ».
_OTHERS = re.compile("(autre|other)s?(-|$)")
_BELONGING = ["row", "organisation", "role", "start", "end"]


@dataclass
class Networks:
    """The networks that a file names: identifier -> its name, and the row that named it first."""

    wish: Wish
    found: dict[str, tuple[str, int]] = field(default_factory=dict)
    known: Collection[str] = field(init=False)
    """Slugs of the networks that the folder or the bundled data know."""
    _ids: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        told = self.wish.options.get(OPTION)
        self.known = told if isinstance(told, dict) else known_networks(None)

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
                "kind": NETWORK_KIND,
                "lines": str(first[made] if row in refused else row),
            }
            for made, (name, row) in self.found.items()
            if made in first
        ]


def belongings(
    frame: DataFrame, mapping: Mapping, networks: Networks, account: Account
) -> DataFrame:
    """Who belongs to what: ``row``, ``organisation``, ``role``, ``start``, ``end``."""
    import pandas as pd

    header = max(mapping.header, 1)
    crosses, named = mapping.of("member-of"), mapping.of("network")
    own = networks.identify(mapping.network, header) if mapping.network else ""
    alone = _standing_alone(frame, named)
    parts = {told.column: _crossed(frame, told, mapping, networks, account) for told in crosses}
    parts |= {told.column: _named(frame, told, alone, networks, account) for told in named}
    covered = {networks.identify(told.network, header) for told in crosses}
    if own and own not in covered:
        parts[""] = pd.DataFrame({"row": frame.index, "organisation": own, "role": ""})
    if not parts:
        account.note(
            _("No network is named: organisations are kept, and tied to nothing. Say --network.")
        )
        return pd.DataFrame(columns=_BELONGING, dtype=object)
    _ask_whose(named, own, account)
    whole = {name: part.reindex(columns=_BELONGING, fill_value="") for name, part in parts.items()}
    of_column = pd.Series(
        [name for name, part in whole.items() for _row in range(len(part))], dtype=object
    )
    found = pd.concat(list(whole.values()), ignore_index=True)
    spoken_of = _spoken_of(list(parts), named)
    why = _("several networks: of which it speaks is not said")
    for use in ("role", "start", "end"):
        column = mapping.one(use)
        if column and spoken_of is not None:
            asked = of_column == spoken_of
            read = _read(frame, column, use, account)
            several = _named_several(found["row"][asked], read)
            account.left_out(column, frame[column][several], why)
            cells = looked_up(found["row"], read.mask(several, "").to_dict())
            free = (found[use] == "") & asked
            found[use] = found[use].mask(free, cells)
            if len(parts) > 1:
                note = _("Column “{column}”: taken as said of {network}, not of other networks.")
                which = _("the column “{name}”").format(name=spoken_of)
                of = which if spoken_of else mapping.network
                account.note(note.format(column=column, network=of))
        elif column:
            cells = frame[column]
            account.left_out(column, cells[cells != ""], why)
    default = mapping.role or MEMBER
    found["role"] = found["role"].where(found["role"] != "", default)
    return found


def _named_several(rows: Series, cells: Series) -> Series:
    """Of which of ``cells`` the row stands several times in ``rows``: its networks are many."""
    return cells.index.to_series().isin(rows[rows.duplicated()]) & (cells != "")


def _spoken_of(columns: list[str], named: list[Column]) -> str | None:
    """Of which belonging a date or a role of the row speaks, where that is beyond doubt.

    ``columns`` tell who belongs to what, ``""`` being the network whose members the file lists:
    that one, unless another column names one network a row; the only column; the only one
    beside those of other networks. ``None`` where it may be one or another.
    """
    others = {told.column for told in named if _OTHERS.match(slug(told.column))}
    several = {told.column for told in named if told.separator not in ("", WHOLE)}
    main = [column for column in columns if column and column not in others]
    if len(columns) == 1:
        return columns[0]
    if "" in columns:
        rivals = {told.column for told in named} - others - several
        return None if rivals else ""
    return main[0] if len(main) == 1 else None


def _ask_whose(named: list[Column], own: str, account: Account) -> None:
    """Other networks than which, where neither the file nor the person says it."""
    others = [told.column for told in named if _OTHERS.match(slug(told.column))]
    if others and len(others) == len(named) and not own:
        note = _("Column “{column}”: other than which? Name the network of this list: --network.")
        account.note(note.format(column=others[0]))


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


def _standing_alone(frame: DataFrame, named: list[Column]) -> frozenset[str]:
    """Slugs of the names that a cell gives alone, or between signs that stand in no name."""
    return frozenset(
        slug(part)
        for told in named
        for text in frame[told.column].unique()
        for part in parts_of(text, told.separator)
        if stands_alone(part)
    )


def _named(
    frame: DataFrame,
    told: Column,
    alone: frozenset[str],
    networks: Networks,
    account: Account,
) -> DataFrame:
    """The rows with the networks that a cell names, one or several.

    ``alone`` are slugs of names that other cells give by themselves.
    """
    import pandas as pd

    cells = frame[told.column]
    there = cells[cells != ""]
    parts = {text: parts_of(text, told.separator) for text in there.unique()}
    if told.separator != WHOLE:
        _part_more(parts, told.column, alone, networks, account)
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


def _part_more(
    parts: dict[str, list[str]],
    column: str,
    alone: frozenset[str],
    networks: Networks,
    account: Account,
) -> None:
    """Part names at a comma or a slash where a piece of them is a network; tell which."""
    parted: dict[str, list[str]] = {}
    for text, names in parts.items():
        more = [part for name in names for part in parted_where_known(name, networks.known, alone)]
        if len(more) > len(names):
            parted[text] = list(dict.fromkeys(more))
    parts |= parted
    if parted:
        note = _(
            "Column “{column}”, cells parted because a part of them is a network: {n}, such as "
            "« {value} » = {parts}. To keep such names whole: separator: whole in a mapping."
        )
        text, names = next(iter(parted.items()))
        shown = " + ".join(shown_value(name) for name in names)
        told = note.format(column=column, n=len(parted), value=shown_value(text), parts=shown)
        account.note(told)
