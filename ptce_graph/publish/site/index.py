"""The tables, read by what they speak of: built once, so that any page is made at once.

Nothing here grows with the number of pages: for each table and column that
pages ask for, the rows of each value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ptce_graph.analysis.measures import MEASURES
from ptce_graph.network.actors import folded
from ptce_graph.tables.facts import Facts
from ptce_graph.tables.schema import SEPARATOR

if TYPE_CHECKING:
    from pandas import DataFrame

    from ptce_graph.analysis.study import Study

Row = Mapping[str, Any]

#: Beyond this many actors only measures that are counted at once are told on pages.
MANY = 20_000
_COUNTED_AT_ONCE = ("degree", "memberships", "members")
_TOLD = (
    "degree",
    "betweenness",
    "harmonic",
    "constraint",
    "memberships",
    "members",
    "brokering",
    "bridges",
)


class Index:
    """Rows of the tables by the value of a column; names, places and measures of things."""

    def __init__(self, facts: Facts, links: DataFrame) -> None:
        self.facts, self.links = facts, links
        self._positions: dict[tuple[str, str], dict[str, list[int]]] = {}
        self._columns: dict[str, dict[str, list[Any]]] = {}
        self._codes: dict[str, frozenset[str]] = {}

    def frame(self, table: str) -> DataFrame:
        """A table of facts, or a shared one (places, identities)."""
        frames = self.facts.frames
        return frames[table] if table in frames else self.facts.tables.frames[table]

    def by(self, table: str, column: str) -> dict[str, list[int]]:
        """For each value of a column the positions of its rows, merged things as one."""
        key = table, column
        if key not in self._positions:
            found: dict[str, list[int]] = defaultdict(list)
            same = self.facts.same if table in self.facts.frames else {}
            for at, cell in enumerate(self._cells(table)[column]):
                if not cell:
                    continue
                told = cell.split(SEPARATOR) if SEPARATOR in cell else (cell,)
                for value in told:
                    found[same.get(value.strip(), value.strip())].append(at)
            self._positions[key] = dict(found)
        return self._positions[key]

    def rows(self, table: str, column: str, value: str, most: int | None = None) -> list[Row]:
        """The rows of a table that hold ``value``, in their order; the first ``most``."""
        positions = self.by(table, column).get(value, ())
        return [self.row(table, at) for at in positions[:most]]

    def row(self, table: str, position: int) -> Row:
        """The row at a position of a table."""
        return {name: cells[position] for name, cells in self._cells(table).items()}

    def _cells(self, table: str) -> dict[str, list[Any]]:
        """The columns of a table as lists: rows of a frame take a hundred times longer."""
        if table not in self._columns:
            frame = self.frame(table)
            self._columns[table] = {str(name): frame[name].tolist() for name in frame.columns}
        return self._columns[table]

    def rows_of_many(self, table: str, column: str, wanted: Iterable[str], most: int) -> list[Row]:
        """The first ``most`` rows of a table that hold one of ``wanted``."""
        found: list[Row] = []
        for value in wanted:
            if len(found) >= most:
                break
            found += self.rows(table, column, value, most - len(found))
        return found

    def count(self, table: str, column: str, value: str) -> int:
        """How many rows of a table hold ``value``."""
        return len(self.by(table, column).get(value, ()))

    # Actors

    @cached_property
    def names(self) -> dict[str, str]:
        """The name to show of each organisation, network and pole."""
        return {str(k): str(v) for k, v in self.facts.actors["name"].to_dict().items()}

    @cached_property
    def other_names(self) -> dict[str, tuple[str, ...]]:
        """All other names of each."""
        return dict(self.facts.actors["names"].to_dict())

    @cached_property
    def types(self) -> dict[str, str]:
        """``organisation`` or ``pole``, as in the address."""
        return dict(self.facts.actors["type"].to_dict())

    @cached_property
    def kinds(self) -> dict[str, str]:
        """The code of the kind of each, or empty."""
        return dict(self.facts.actors["kind"].to_dict())

    @cached_property
    def places_of(self) -> dict[str, tuple[str, ...]]:
        """The places of each."""
        return dict(self.facts.actors["places"].to_dict())

    def category(self, actor: str) -> str:
        """``network``, ``pole``, ``local-authority`` or ``organisation``, as maps have it."""
        if self.types[actor] == "pole":
            return "pole"
        kinds = {"reseau": "network", "collectivite": "local-authority"}
        return kinds.get(self.kinds[actor], "organisation")

    @cached_property
    def by_name(self) -> tuple[str, ...]:
        """All actors in the order of their names, as people look them up."""
        return tuple(sorted(self.names, key=lambda actor: (folded(self.names[actor]), actor)))

    def networks(self) -> list[str]:
        """The networks by name."""
        return [a for a in self.by_name if self.category(a) == "network"]

    # Other things

    @cached_property
    def places(self) -> dict[str, Row]:
        """The places by identifier."""
        frame = self.frame("places").drop_duplicates("id")
        return {row["id"]: row for row in frame.to_dict("records")}

    def around(self, place: str) -> tuple[str, ...]:
        """The place and all that it lies in; a region of before 2016 leads to today's."""
        found: dict[str, None] = {}
        while place and place in self.places and place not in found:
            found[place] = None
            place = self.places[place]["within"] or self.places[place]["successor"]
        return tuple(found)

    def inside(self, place: str) -> list[str]:
        """All places that lie in ``place``, or in a former region that it follows."""
        found: dict[str, None] = {}
        waiting = [place]
        while waiting:
            outer = waiting.pop()
            rows = self.rows("places", "within", outer)
            rows += [r for r in self.rows("places", "successor", outer) if not r["within"]]
            new = [row["id"] for row in rows if row["id"] not in found and row["id"] != place]
            found.update(dict.fromkeys(new))
            waiting += new
        return list(found)

    def region_of(self, actor: str) -> tuple[str, ...]:
        """The regions of today in which an actor has a place."""
        told = [step for place in self.places_of[actor] for step in self.around(place)]
        return tuple(dict.fromkeys(p for p in told if self.places[p]["type"] == "region"))

    @cached_property
    def cooperation_names(self) -> dict[str, str]:
        """What each cooperation is called."""
        frame = self.frame("cooperations").drop_duplicates("id")
        return dict(zip(frame["id"], frame["name"].astype(str), strict=True))

    @cached_property
    def call_names(self) -> dict[str, str]:
        """What each call is called: the longest of its names says most."""
        frame = self.frame("calls")
        found: dict[str, str] = {}
        for call, name in zip(frame["id"], frame["name"].astype(str), strict=True):
            found[call] = max(found.get(call, ""), name, key=lambda n: (len(n), n))
        return found

    def codes_of(self, scheme: str) -> frozenset[str]:
        """The codes of a code list."""
        if scheme not in self._codes:
            self._codes[scheme] = frozenset(self.facts.tables.codes[scheme]["code"])
        return self._codes[scheme]

    @cached_property
    def named(self) -> dict[str, tuple[str, str]]:
        """Kind and identifier of what alone has a name, for the names that answers give."""
        found: dict[str, tuple[str, str] | None] = {}
        for kind, names in (
            ("", self.names),
            ("cooperation", self.cooperation_names),
            ("call", self.call_names),
            ("place", {place: str(row["name"]) for place, row in self.places.items()}),
        ):
            for identifier, name in names.items():
                told = (kind or self.types[identifier], identifier)
                found[name] = told if name not in found else None
        return {name: told for name, told in found.items() if told}

    @cached_property
    def merged(self) -> dict[str, list[str]]:
        """For each kept identifier those that were merged into it."""
        found: dict[str, list[str]] = defaultdict(list)
        for other, kept in sorted(self.facts.same.items()):
            found[kept].append(other)
        return dict(found)

    # Measures, on what documents tell as done

    @cached_property
    def study(self) -> Study:
        """The network of all links observed, to be measured."""
        from ptce_graph.analysis.study import Study
        from ptce_graph.network.filters import OBSERVED
        from ptce_graph.network.projections import project

        return Study(project(self.facts, self.links, "all", OBSERVED))

    @property
    def told_measures(self) -> tuple[str, ...]:
        """The measures that pages of things tell."""
        many = len(self.names) > MANY
        return _COUNTED_AT_ONCE if many else tuple(m for m in MEASURES if m in _TOLD)

    @cached_property
    def measured(self) -> DataFrame:
        """Values of ``told_measures`` by identifier."""
        from ptce_graph.analysis.measures import measure_nodes

        names = list(self.told_measures)
        return measure_nodes(self.study, names).set_index("id")[names]

    @cached_property
    def ranks(self) -> DataFrame:
        """The place of each actor by each measure, 1 for the first; equals share the better."""
        ranked = {
            name: self.measured[name].rank(method="min", ascending=MEASURES[str(name)].lowest_first)
            for name in self.measured.columns
        }
        import pandas as pd

        return pd.DataFrame(ranked)
