"""Lists of links: a, b, how. A role makes b the network of a; any other kind a cooperation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ptce_graph.errors import CallError, nearest
from ptce_graph.i18n import gettext as _
from ptce_graph.importers import identifiers
from ptce_graph.importers.mapping import Column, Mapping
from ptce_graph.importers.networks import OPTION, folded
from ptce_graph.importers.spreadsheet.account import Account
from ptce_graph.importers.spreadsheet.codes import KINDS, ROLES, code_of, codes_of, label_of
from ptce_graph.importers.spreadsheet.organisations import identifiers_of, organisations
from ptce_graph.importers.spreadsheet.rows import looked_up, merged, read_each
from ptce_graph.importers.spreadsheet.values import date_of, turned_around

if TYPE_CHECKING:
    from pandas import DataFrame, Series

    from ptce_graph.importers.imported import Wish

#: The column of the numbers that stand in the place of names; no file has one of that name.
_NUMBER = "\x00siren"
PARTNER, OBSERVED = "partenaire", "constate"


def links(
    frame: DataFrame, mapping: Mapping, wish: Wish, source: str, account: Account
) -> dict[str, DataFrame]:
    """The tables of a list of links, of the rows that ``account`` does not refuse.

    Columns of the schema without ``section``. Raises ``CallError`` where
    nothing says what the links are.
    """
    import pandas as pd

    kinds, words = _kinds(frame, mapping, account)
    ends = {side: _end(frame, mapping.one(side), account) for side in ("a", "b")}
    kept = ~frame.index.isin(list(account.rows()))
    index = frame.index[kept]
    told = pd.concat([end[kept] for end in ends.values()], ignore_index=True)
    told["id"], told["row"] = _ids(told, source, wish), [*index, *index]
    first, second = told["id"].iloc[: len(index)], told["id"].iloc[len(index) :]
    both = pd.DataFrame({"a": first.array, "b": second.array}, index=index, dtype=object)
    both["kind"], both["word"] = kinds[kept], words[kept]
    for use in ("start", "end"):
        both[use] = _dates(frame[kept], mapping.one(use), account)
    turned = list(map(turned_around, both["start"], both["end"]))
    if any(turned):
        note = _("Links that end before they start, whose end is left out: {n}.")
        account.note(note.format(n=sum(turned)))
        both["end"] = both["end"].mask(turned, "")
    both["lines"] = [str(row) for row in both.index]
    same = both["a"] == both["b"]
    if same.any():
        reasons = pd.Series("", index=both.index, dtype=object)
        reasons = reasons.mask(same, _("ties an organisation to itself."))
        account.refuse(mapping.one("b"), frame[kept][mapping.one("b")], reasons)
        both = both[~same]
    told = told[told["row"].isin(both.index)].sort_values("row", kind="stable", ignore_index=True)
    told["lines"] = [str(row) for row in told["row"]]
    rows = merged(told[["id", "name", "siren", "siret", "lines"]], ["id"])
    roles = both["kind"].isin(codes_of(ROLES)) & ~both["kind"].isin(codes_of(KINDS))
    networks = set(both.loc[roles, "b"])
    rows["kind"] = looked_up(rows["id"], dict.fromkeys(networks, "reseau"))
    names = dict(zip(rows["id"], rows["name"], strict=True))
    return {
        "organisations": rows,
        "memberships": _memberships(both[roles]),
        **_cooperations(both[~roles], names, source),
    }


def _kinds(frame: DataFrame, mapping: Mapping, account: Account) -> tuple[Series, Series]:
    """The code of each link and the word that said it; rows without one are refused."""
    import pandas as pd

    column = mapping.one("kind")
    known = [*codes_of(KINDS), *codes_of(ROLES)]
    if mapping.kind and mapping.kind not in known:
        message = _("{kind} is no kind of link.").format(kind=mapping.kind)
        raise CallError(message, _("Choose one of: {all}.").format(all=", ".join(known)))
    if not column:
        if not mapping.kind:
            raise CallError(
                _("No column says of which kind the links are."),
                _("Say it for all: --option kind=KIND, KIND being one of: {all}.").format(
                    all=", ".join(known)
                ),
            )
        told = pd.Series(mapping.kind, index=frame.index, dtype=object)
        return told, told
    cells = frame[column]
    codes, reasons = {}, {}
    for text in cells.unique():
        told_word = mapping.kinds.get(text, "") or text
        code = code_of(told_word, KINDS) or code_of(told_word, ROLES) if told_word else ""
        codes[text] = code or (mapping.kind if not text else "")
        near = nearest(text, known)
        reasons[text] = "" if codes[text] else _no_kind(near)
    account.refuse(column, cells, looked_up(cells, reasons))
    return looked_up(cells, codes), cells


def _no_kind(near: str) -> str:
    message = _("is no kind of link; say which one it is under “kinds” in a mapping.")
    return message + (_(" Nearest valid value: {value}.").format(value=near) if near else "")


def _end(frame: DataFrame, column: str, account: Account) -> DataFrame:
    """One end of each link: a name, or a number in the place of it."""
    import pandas as pd

    cells = frame[column]
    sirens, _reasons = identifiers.siren_column(cells)
    numbered = frame.assign(**{column: cells.mask(sirens != "", "")})
    sirets, _why = identifiers.siret_column(cells.where(sirens != "", ""))
    # The organisation of a row without a name is judged with its number.
    columns = Mapping(columns=(Column(column, "name"), Column(_NUMBER, "siren")))
    who = organisations(numbered.assign(**{_NUMBER: sirens}), columns, account)
    return pd.DataFrame({"name": who["name"], "siren": who["siren"], "siret": sirets, "rna": ""})


def _ids(told: DataFrame, source: str, wish: Wish) -> Series:
    """A network that is known keeps its identifier; others are named as in lists of members."""
    import pandas as pd

    known = wish.options.get(OPTION)
    known = known if isinstance(known, dict) else {}
    nowhere = pd.Series("", index=told.index, dtype=object)
    made = identifiers_of(told, source, nowhere)
    networks = read_each(told["name"], lambda name: str(known.get(folded(name), "")))
    return made.where((networks == "") | (told["siren"] != ""), networks)


def _dates(frame: DataFrame, column: str, account: Account) -> Series:
    import pandas as pd

    if not column:
        return pd.Series("", index=frame.index, dtype=object)
    cells = frame[column]
    found = read_each(cells, date_of)
    account.left_out(column, cells[(cells != "") & (found == "")], _("no date"))
    return found


def _memberships(both: DataFrame) -> DataFrame:
    told = both.rename(columns={"a": "member", "b": "organisation", "kind": "role"})
    columns = ["member", "organisation", "role", "start", "end", "lines"]
    return merged(told[columns], ["member", "organisation", "role", "start"])


def _cooperations(both: DataFrame, names: dict[str, str], source: str) -> dict[str, DataFrame]:
    """A cooperation per pair and kind, whoever stands first, and its two partners."""
    import pandas as pd

    first, second = both[["a", "b"]].min(axis=1), both[["a", "b"]].max(axis=1)
    told = both.assign(a=first, b=second)
    told["id"] = source + "-" + told["kind"] + "-" + told["a"] + "--" + told["b"]
    told["id"] = told["id"].str.replace("--", "-", regex=False)
    told["state"] = OBSERVED
    labels = {code: label_of(code, KINDS) for code in told["kind"].unique()}
    told["name"] = [
        f"{labels[kind]} : {names[a]} – {names[b]}"
        for kind, a, b in zip(told["kind"], told["a"], told["b"], strict=True)
    ]
    rows = merged(told, ["id"])
    columns = ["id", "kind", "state", "name", "start", "end", "lines"]
    partners = pd.concat(
        [
            rows[["id", side, "lines"]].rename(columns={"id": "cooperation", side: "partner"})
            for side in ("a", "b")
        ],
        ignore_index=True,
    ).assign(role=PARTNER)
    return {"cooperations": rows[columns], "participations": partners}
