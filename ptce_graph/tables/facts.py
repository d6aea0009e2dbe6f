"""The facts, ready for the two views of them: identities resolved, every fact named.

RDF and networks are both made from ``Facts``, so that a link on a map and a
node in the graph carry the same identifier.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from ptce_graph.tables.identities import canonical_ids
from ptce_graph.tables.read import Tables
from ptce_graph.tables.schema import ACTORS, SEPARATOR, TABLES
from ptce_graph.vocabulary.iris import slug

if TYPE_CHECKING:
    from pandas import DataFrame, Series

#: In each table, the columns whose identifiers are those of organisations and poles.
_ACTOR_COLUMNS: dict[str, tuple[str, ...]] = {
    "organisations": ("id",),
    "poles": ("id", "carrier"),
    "memberships": ("member", "organisation"),
    "cooperations": (),
    "participations": ("partner",),
    "calls": (),
    "candidacies": ("pole",),
    "figures": (),
    "characteristics": ("thing",),
    "criteria": (),
    "framework": (),
    "definitions": (),
}

#: The columns of ``Facts.actors``, there even where no document names anybody.
_ACTOR_FIELDS = (
    "type",
    "name",
    "names",
    "kind",
    "legal_forms",
    "accreditations",
    "places",
    "websites",
    "created",
    "since",
    "listed_in",
    "sources",
)


@dataclass(frozen=True)
class Facts:
    """Sound tables seen as facts.

    ``frames`` holds the tables of the sources with three more columns:
    ``fact`` (the identifier of the row's node, from what the row says and
    never from its place in the file), ``passage`` (that of its passage) and,
    in organisations and poles, ``raw_id`` (the identifier before identities
    were resolved). ``same`` leads from merged identifiers to the kept one.
    """

    tables: Tables
    frames: dict[str, DataFrame]
    same: dict[str, str]

    @cached_property
    def actors(self) -> DataFrame:
        """One row per organisation or pole, indexed by identifier, sorted.

        Columns: ``type`` (``organisation`` or ``pole``), ``name`` (the one to
        show), ``names`` (all others, a tuple), ``kind``, ``legal_forms``,
        ``accreditations``, ``places``, ``websites``, ``created``, ``since``,
        ``listed_in``, ``sources`` (tuples: documents may say different things).
        """
        import pandas as pd

        chosen = dict(
            zip(
                self.tables.frames["labels"]["id"].replace(self.same),
                self.tables.frames["labels"]["name"],
                strict=True,
            )
        )
        rows = {}
        for kind_of_thing, table in zip(("organisation", "pole"), ACTORS, strict=True):
            for identifier, told in self.frames[table].groupby("id", sort=True):
                names = [name for row in told.itertuples() for name in _names(row)]
                name = chosen.get(identifier) or _usual_name(told, identifier)
                rows[identifier] = {
                    "type": kind_of_thing,
                    "name": name,
                    "names": tuple(dict.fromkeys(n for n in names if n != name)),
                    "kind": _kind(told),
                    "legal_forms": _all(told, "legal_form"),
                    "accreditations": _all(told, "accreditations"),
                    "places": _all(told, "place"),
                    "websites": _all(told, "website"),
                    "created": _all(told, "created"),
                    "since": _all(told, "since"),
                    "listed_in": _all(told, "listed_in"),
                    "sources": _all(told, "source"),
                }
        columns = {name: [row[name] for row in rows.values()] for name in _ACTOR_FIELDS}
        return pd.DataFrame(columns, index=pd.Index(list(rows), dtype=object)).sort_index()


def facts(tables: Tables) -> Facts:
    """Name every fact of ``tables`` and resolve the identities."""
    tables = _in_order(tables)
    same = canonical_ids(tables)
    frames = {}
    for name, columns in _ACTOR_COLUMNS.items():
        frame = tables.frames[name].copy()
        frame["fact"] = _fact_ids(name, frame)
        frame["passage"] = [
            f"{source}.{slug(section)}.l{lines.replace(SEPARATOR, '.')}"
            for source, section, lines in zip(
                frame["source"], frame["section"], frame["lines"], strict=True
            )
        ]
        if name in ACTORS:
            frame["raw_id"] = frame["id"]
        for column in columns:
            frame[column] = frame[column].replace(same)
        frames[name] = frame
    return Facts(tables, frames, same)


def _in_order(tables: Tables) -> Tables:
    """``tables`` sorted by what their rows say, so that their place in a file changes nothing.

    Code lists keep the order of their file, which is the one they are shown in.
    """
    frames = {
        name: frame.sort_values(["source", *TABLES[name].key], ignore_index=True)
        for name, frame in tables.frames.items()
    }
    return replace(tables, frames=frames)


def values(cell: str) -> list[str]:
    """The values of a cell that may hold several."""
    return [value.strip() for value in cell.split(SEPARATOR) if value.strip()]


def _fact_ids(table: str, frame: DataFrame) -> Series:
    """Identifiers from the raw identifiers, so that a judgement never renames a fact."""
    if table == "memberships":
        ids = frame["source"] + "." + frame["member"] + "." + frame["organisation"]
        ids = ids + "." + frame["role"]
        return ids.where(frame["start"] == "", ids + "." + frame["start"])
    if table == "participations":
        ids = frame["source"] + "." + frame["cooperation"] + "." + frame["partner"]
        return ids + "." + frame["role"]
    if table == "characteristics":
        ids = frame["source"] + "." + frame["thing"] + "." + frame["characteristic"]
        return ids.where(frame["date"] == "", ids + "." + frame["date"])
    return frame["id"]


def _names(row: object) -> list[str]:
    return [row.name, *values(row.alt_names)]  # type: ignore[attr-defined]


def _usual_name(told: DataFrame, identifier: object) -> str:
    """The name most documents give under the kept identifier; the first of equals."""
    own = told[told["raw_id"] == identifier]
    counts = (own if len(own) else told)["name"].value_counts(sort=False)
    return str(counts.idxmax())


def _kind(told: DataFrame) -> str:
    """The first kind told; a network is one as soon as a document says so, as in RDF."""
    found = _all(told, "kind")
    return "reseau" if "reseau" in found else next(iter(found), "")


def _all(told: DataFrame, column: str) -> tuple[str, ...]:
    """All values of a column over the documents, once each, in their order."""
    if column not in told:
        return ()
    return tuple(dict.fromkeys(value for cell in told[column] for value in values(cell)))
