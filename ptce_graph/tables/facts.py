"""The facts, ready for the two views of them: identities resolved, every fact named.

RDF and networks are both made from ``Facts``, so that a link on a map and a
node in the graph carry the same identifier.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ptce_graph.collection import uncollected
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
    "sirens",
    "sirets",
    "rnas",
    "wikidata",
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
        ``accreditations``, ``places``, ``websites``, ``sirens``, ``sirets``,
        ``rnas``, ``wikidata``, ``created``, ``since``, ``listed_in``, ``sources``
        (tuples: documents may say different things).
        """
        import pandas as pd

        chosen = dict(
            zip(
                self.tables.frames["labels"]["id"].replace(self.same),
                self.tables.frames["labels"]["name"],
                strict=True,
            )
        )
        columns: dict[str, list[object]] = {name: [] for name in ("id", *_ACTOR_FIELDS)}
        for kind_of_thing, table in zip(("organisation", "pole"), ACTORS, strict=True):
            for name, told in _described(kind_of_thing, self.frames[table], chosen).items():
                columns[name] += told
        index = pd.Index(columns.pop("id"), dtype=object)
        frame = pd.DataFrame(columns, index=index)
        return frame[~index.duplicated(keep="last")].sort_index()


@uncollected
def facts(tables: Tables) -> Facts:
    """Name every fact of ``tables`` and resolve the identities."""
    tables = _in_order(tables)
    same = canonical_ids(tables)
    frames = {}
    for name, columns in _ACTOR_COLUMNS.items():
        frame = tables.frames[name].copy()
        frame["fact"] = _fact_ids(name, frame)
        section_slugs = {section: slug(section) for section in frame["section"].unique()}
        frame["passage"] = [
            passage_id(source, section_slugs[section], lines)
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


def passage_id(source: str, section_slug: str, lines: str) -> str:
    """The identifier of a passage: its source, the slug of its section, its lines."""
    return f"{source}.{section_slug}.l{lines.replace(SEPARATOR, '.')}"


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


def _described(kind_of_thing: str, frame: DataFrame, chosen: dict[str, str]) -> dict[str, Any]:
    """The columns of ``Facts.actors`` (and ``id``) on all things of one table.

    Columns are read as lists, cut where the identifier changes: a frame per
    thing would take minutes on those of a whole country.
    """
    frame = frame.sort_values("id", kind="stable")
    cells = {name: frame[name].tolist() for name in frame.columns}
    ids = cells["id"]
    starts = [at for at in range(len(ids)) if not at or ids[at] != ids[at - 1]]
    rows = [slice(start, stop) for start, stop in pairwise([*starts, len(ids)])]
    ids = [ids[at] for at in starts]
    names = [
        chosen.get(identifier) or _usual_name(cells["name"][of], cells["raw_id"][of], identifier)
        for identifier, of in zip(ids, rows, strict=True)
    ]
    kinds = _all(cells, "kind", rows)
    return {
        "id": ids,
        "type": [kind_of_thing] * len(ids),
        "name": names,
        "names": [
            _other_names(cells["name"][of], cells["alt_names"][of], name)
            for name, of in zip(names, rows, strict=True)
        ],
        "kind": [_kind(told) for told in kinds],
        "legal_forms": _all(cells, "legal_form", rows),
        "accreditations": _all(cells, "accreditations", rows),
        "places": _all(cells, "place", rows),
        "websites": _all(cells, "website", rows),
        "sirens": _all(cells, "siren", rows),
        "sirets": _all(cells, "siret", rows),
        "rnas": _all(cells, "rna", rows),
        "wikidata": _all(cells, "wikidata", rows),
        "created": _all(cells, "created", rows),
        "since": _all(cells, "since", rows),
        "listed_in": _all(cells, "listed_in", rows),
        "sources": _all(cells, "source", rows),
    }


def _usual_name(names: list[str], raw_ids: list[str], identifier: str) -> str:
    """The name most documents give under the kept identifier; the first of equals."""
    if len(names) == 1:
        return names[0]
    own = [name for name, raw in zip(names, raw_ids, strict=True) if raw == identifier]
    return Counter(own or names).most_common(1)[0][0]


def _other_names(names: list[str], alternatives: list[str], shown: str) -> tuple[str, ...]:
    if not any(alternatives) and all(name == shown for name in names):
        return ()
    told = zip(names, alternatives, strict=True)
    found = dict.fromkeys(name for one, others in told for name in (one, *values(others)))
    found.pop(shown, None)
    return tuple(found)


def _kind(told: tuple[str, ...]) -> str:
    """The first kind told; a network is one as soon as a document says so, as in RDF."""
    return "reseau" if "reseau" in told else next(iter(told), "")


def _all(cells: dict[str, list[str]], column: str, rows: list[slice]) -> list[tuple[str, ...]]:
    """For each thing all values of a column over the documents, once each, in their order."""
    if column not in cells:
        return [()] * len(rows)
    told = cells[column]
    if not any(told):
        return [()] * len(rows)
    if len(rows) < len(told):
        told = [SEPARATOR.join(told[of]) for of in rows]
    # Codes and dates are told again and again.
    known = {cell: tuple(dict.fromkeys(values(cell))) if cell else () for cell in set(told)}
    return [known[cell] for cell in told]
