"""What a newer edition of a source tells anew, otherwise, and no longer: fact by fact.

Two rows are the same fact where they agree on the key of their table. The
passage (``section``, ``lines``) is where a fact stands, not what it says: a row
that only moved within its file has not changed. A date told more precisely
than before changes a membership, it does not end one and start another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ptce_graph.errors import EXAMPLES_PER_KIND
from ptce_graph.i18n import gettext as _
from ptce_graph.tables.schema import ACTORS, SEPARATOR, SOURCE_TABLES, Table
from ptce_graph.tabular import csv_text, printable

if TYPE_CHECKING:
    import numpy as np
    from pandas import DataFrame, Series

#: Where a fact stands, which is no part of what it says.
PASSAGE = ("section", "lines")
#: The columns of ``Changes.csv``.
CHANGE_COLUMNS = ("table", "change", "fact", "column", "before", "after")
#: Between the parts of a key: no cell may hold it (see ``cells.FORBIDDEN``).
_BETWEEN = "\x1f"
#: No more of a text is shown in an example.
_SHOWN = 60


@dataclass(frozen=True)
class TableChanges:
    """The changes of one table, each frame with all its columns.

    ``new`` are rows of the newer edition, ``gone`` rows of the former one;
    ``before`` and ``after`` are the same facts told otherwise, row by row.
    ``same`` counts the facts that are told alike.
    """

    table: Table
    new: DataFrame
    gone: DataFrame
    before: DataFrame
    after: DataFrame
    same: int

    @property
    def any(self) -> bool:
        return bool(len(self.new) or len(self.gone) or len(self.before))

    @property
    def former(self) -> DataFrame:
        """What the newer edition no longer tells, or tells otherwise, as it was told."""
        import pandas as pd

        return pd.concat([self.gone, self.before], ignore_index=True)

    def changed_columns(self, at: int) -> Iterator[tuple[str, str, str]]:
        """Of the changed fact number ``at``, each column with its former and its newer cell."""
        before, after = self.before.iloc[at], self.after.iloc[at]
        for column in self.table.column_names:
            if column not in PASSAGE and before[column] != after[column]:
                yield column, str(before[column]), str(after[column])


@dataclass(frozen=True)
class Changes:
    """The changes of all tables of a source, those without rows left out."""

    tables: tuple[TableChanges, ...]
    names: Mapping[str, str]

    @property
    def any(self) -> bool:
        return any(table.any for table in self.tables)

    @property
    def ends_any(self) -> bool:
        """Whether a fact ends: is told no longer, or otherwise."""
        return any(len(table.gone) or len(table.before) for table in self.tables)

    def told(self) -> list[str]:
        """The counts of each table, each kind of change with at most five examples."""
        lines = []
        for changes in self.tables:
            lines.append(
                _("{table}: {new} new, {changed} changed, {gone} gone, {same} as before.").format(
                    table=f"{changes.table.name}.csv",
                    new=len(changes.new),
                    changed=len(changes.before),
                    gone=len(changes.gone),
                    same=changes.same,
                )
            )
            for sign, frame in (("+", changes.new), ("−", changes.gone), ("~", changes.before)):
                lines += self._examples(changes, sign, frame)
        return lines

    def csv(self) -> str:
        """Every change as CSV (``CHANGE_COLUMNS``); a changed fact has a row per changed cell."""
        return csv_text(CHANGE_COLUMNS, self._rows())

    def _examples(self, changes: TableChanges, sign: str, frame: DataFrame) -> Iterator[str]:
        for at, row in enumerate(frame.head(EXAMPLES_PER_KIND).to_dict("records")):
            line = f"  {sign} {_short(self._fact(changes.table, row))}"
            if sign == "~":
                cells = [
                    f"{column} « {_short(before)} » → « {_short(after)} »"
                    for column, before, after in changes.changed_columns(at)
                ]
                line += f" ({', '.join(cells)})"
            yield printable(line)
        if len(frame) > EXAMPLES_PER_KIND:
            yield f"  {sign} " + _("… and {n} more like these.").format(
                n=len(frame) - EXAMPLES_PER_KIND
            )

    def _rows(self) -> Iterator[tuple[str, ...]]:
        for changes in self.tables:
            name = changes.table.name
            for kind, frame in (("new", changes.new), ("gone", changes.gone)):
                for row in frame.to_dict("records"):
                    yield name, kind, self._fact(changes.table, row), "", "", ""
            for at, row in enumerate(changes.before.to_dict("records")):
                fact = self._fact(changes.table, row)
                for column, before, after in changes.changed_columns(at):
                    yield name, "changed", fact, column, before, after

    def _fact(self, table: Table, row: Mapping[str, object]) -> str:
        """A fact in a few words: its name, or the things that its key names."""
        if row.get("name"):
            return f"{row['name']} ({row['id']})"
        told = [str(row[column]) for column in table.key if row[column]]
        return " – ".join(self.names.get(part, part) for part in told)


def compare(former: Mapping[str, DataFrame], newer: Mapping[str, DataFrame]) -> Changes:
    """The changes from the tables ``former`` to the tables ``newer``, by table name.

    Frames of text cells; columns that one of them lacks count as empty.
    """
    tables = []
    for table in SOURCE_TABLES:
        before, after = (_whole(frames.get(table.name), table) for frames in (former, newer))
        if len(before) or len(after):
            tables.append(_compare_table(table, before, after))
    names: dict[str, str] = {}
    for frames in (former, newer):
        for name in (*ACTORS, "calls", "cooperations"):
            frame = frames.get(name)
            if frame is not None and "name" in frame:
                names.update(zip(frame["id"], frame["name"], strict=True))
    return Changes(tuple(tables), names)


def _whole(frame: DataFrame | None, table: Table) -> DataFrame:
    import pandas as pd

    if frame is None:
        return pd.DataFrame(columns=table.column_names, dtype=object)
    found = frame.reindex(columns=table.column_names, fill_value="")
    return found.fillna("").astype(object).reset_index(drop=True)


def _compare_table(table: Table, before: DataFrame, after: DataFrame) -> TableChanges:
    # The whole key first; then without its dates, where that leaves one row on each side.
    left, right = _matched(_keys(before, table.key), _keys(after, table.key))
    dates = [c.name for c in table.columns if c.kind == "date" and c.name in table.key]
    if dates:
        loose = tuple(name for name in table.key if name not in dates)
        rest = [frame.drop(at) for frame, at in ((before, left), (after, right))]
        more = _matched(*(_single(_keys(frame, loose)) for frame in rest))
        left, right = [*left, *more[0]], [*right, *more[1]]
    one, other = before.loc[left], after.loc[right]
    changed = _differ(one, other, table)
    return TableChanges(
        table,
        new=after.drop(right).reset_index(drop=True),
        gone=before.drop(left).reset_index(drop=True),
        before=one[changed].reset_index(drop=True),
        after=other[changed].reset_index(drop=True),
        same=int((~changed).sum()),
    )


def _keys(frame: DataFrame, key: tuple[str, ...]) -> Series:
    """The key of each row as one text; a key told again is numbered, so that no row is lost."""
    columns = [frame[name] for name in key]
    keys = columns[0].str.cat(columns[1:], sep=_BETWEEN) if len(columns) > 1 else columns[0]
    again = keys.duplicated()
    if again.any():
        number = keys.groupby(keys, sort=False).cumcount().astype(str)
        keys = keys.where(~again, keys + _BETWEEN + number)
    return keys


def _single(keys: Series) -> Series:
    """The keys that only one row has: of several, none says which became which."""
    bare = keys.str.replace(rf"{_BETWEEN}[0-9]+$", "", regex=True)
    return keys[~bare.duplicated(keep=False)]


def _matched(before: Series, after: Series) -> tuple[list[int], list[int]]:
    """The rows of both sides that have one key, in the order of the newer side."""
    import pandas as pd

    at = pd.Index(before).get_indexer(pd.Index(after))
    found = at >= 0
    return before.index[at[found]].tolist(), after.index[found].tolist()


def _differ(before: DataFrame, after: DataFrame, table: Table) -> np.ndarray:
    """Whether two aligned rows say different things; the order of several values says nothing."""
    import numpy as np

    differs = np.zeros(len(before), dtype=bool)
    for column in table.columns:
        if column.name in PASSAGE:
            continue
        one, other = before[column.name].to_numpy(), after[column.name].to_numpy()
        unlike = one != other
        if column.several and unlike.any():
            at = np.flatnonzero(unlike)
            unlike[at] = [_values(one[i]) != _values(other[i]) for i in at]
        differs |= unlike
    return differs


def _values(cell: object) -> list[str]:
    return sorted(part.strip() for part in str(cell).split(SEPARATOR))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
