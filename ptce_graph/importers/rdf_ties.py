"""Who belongs to what in a graph, and who cooperates: as rows of the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ptce_graph.importers.rdf_graph import Graph
from ptce_graph.importers.rdf_terms import COOPERATION, MEMBERSHIP, PARTICIPATION
from ptce_graph.importers.rdf_things import bundled_codes, section_of
from ptce_graph.tables.cells import SHAPES
from ptce_graph.vocabulary.iris import CODE_BASE, DEFAULT_BASE, SLUG_PATTERN

if TYPE_CHECKING:
    from pandas import DataFrame

_OWN_COOPERATION = re.compile(rf"{re.escape(DEFAULT_BASE)}cooperation/({SLUG_PATTERN})")
_Row = dict[str, str]


@dataclass
class Ties:
    """The tables of ties; the nodes that are left out since an end of theirs is unknown."""

    frames: dict[str, DataFrame] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    shortcuts_left_out: int = 0


def ties_of(graph: Graph, ids: dict[str, str], order: dict[str, int]) -> Ties:
    """The memberships and cooperations of things whose identifiers are ``ids``."""
    ties = Ties()
    memberships = [*_memberships(graph, ids, order, ties)]
    told = {(row["member"], row["organisation"]) for row in memberships}
    for row in _shortcuts(graph, ids, order, ties):
        # Told by a membership of its own, it is that membership.
        if (row["member"], row["organisation"]) not in told:
            memberships.append(row)
    cooperations, participations = _cooperations(graph, ids, order, ties)
    for name, rows, key in (
        ("memberships", memberships, ("member", "organisation", "role", "start")),
        ("cooperations", cooperations, ("id",)),
        ("participations", participations, ("cooperation", "partner", "role")),
    ):
        if rows:
            ties.frames[name] = _frame(rows, list(key))
    return ties


def _frame(rows: list[_Row], key: list[str]) -> DataFrame:
    """Rows once per key: what two statements say alike is one fact."""
    import pandas as pd

    frame = pd.DataFrame(rows, dtype=object).fillna("")
    return frame.drop_duplicates(key).reset_index(drop=True)


def _memberships(
    graph: Graph, ids: dict[str, str], order: dict[str, int], ties: Ties
) -> Iterator[_Row]:
    for node, number in order.items():
        if MEMBERSHIP not in graph.kinds[node]:
            continue
        member, whole = (_end(graph, node, end, ids) for end in ("member", "organisation"))
        if not member or not whole or member == whole:
            ties.left_out.append(node)
            continue
        yield {
            "member": member,
            "organisation": whole,
            "role": _code(graph, node, "role", "membership-roles") or "membre",
            **_period(graph, node),
            **_passage(node, number),
        }


def _shortcuts(
    graph: Graph, ids: dict[str, str], order: dict[str, int], ties: Ties
) -> Iterator[_Row]:
    """Memberships told in one statement, without role or dates."""
    for node, told in graph.told.items():
        for name in ("member_of", "has_member"):
            for other, _language, is_node in sorted(told.get(name, ())):
                one, another = ids.get(node, ""), ids.get(other, "") if is_node else ""
                if not one or not another or one == another:
                    ties.shortcuts_left_out += 1
                    continue
                member, whole = (one, another) if name == "member_of" else (another, one)
                yield {
                    "member": member,
                    "organisation": whole,
                    "role": "membre",
                    "start": "",
                    **_passage(node, order[node]),
                }


def _cooperations(
    graph: Graph, ids: dict[str, str], order: dict[str, int], ties: Ties
) -> tuple[list[_Row], list[_Row]]:
    cooperations: list[_Row] = []
    participations: list[_Row] = []
    seen: set[str] = set()
    for node, number in order.items():
        if COOPERATION not in graph.kinds[node]:
            continue
        found = _OWN_COOPERATION.fullmatch(node)
        name = graph.best(node, "pref_label")
        kind = _code(graph, node, "cooperation_kind", "cooperation-kinds")
        state = _code(graph, node, "state", "states")
        parts = [*_parts(graph, node, ids, order, found[1] if found else "")]
        if not (found and name and kind and state and parts):
            ties.left_out.append(node)
            continue
        cooperations.append(
            {
                "id": found[1],
                "kind": kind,
                "state": state,
                "name": name,
                **_period(graph, node),
                **_passage(node, number),
            }
        )
        participations += parts
        seen |= set(graph.nodes(node, "participation"))
    told = {node for node in order if PARTICIPATION in graph.kinds[node]}
    kept = {node for node in seen & told if _end(graph, node, "partner", ids)}
    ties.left_out += sorted(told - kept)
    return cooperations, participations


def _parts(
    graph: Graph, node: str, ids: dict[str, str], order: dict[str, int], cooperation: str
) -> Iterator[_Row]:
    for part in graph.nodes(node, "participation"):
        partner = _end(graph, part, "partner", ids)
        role = _code(graph, part, "partner_role", "cooperation-roles")
        if partner and role and part in order:
            row = {"cooperation": cooperation, "partner": partner, "role": role}
            yield {**row, **_passage(part, order[part])}


def _end(graph: Graph, node: str, name: str, ids: dict[str, str]) -> str:
    return next((ids[end] for end in graph.nodes(node, name) if end in ids), "")


def _code(graph: Graph, node: str, name: str, scheme: str) -> str:
    start = f"{CODE_BASE}{scheme}/"
    codes = (v.removeprefix(start) for v in graph.texts(node, name) if v.startswith(start))
    return next((code for code in codes if code in bundled_codes(scheme)), "")


def _period(graph: Graph, node: str) -> _Row:
    """The start and the end of the interval that a tie lasts."""
    found = {"start": "", "end": ""}
    for interval in graph.nodes(node, "during"):
        for column, bound in (("start", "begins"), ("end", "ends")):
            for instant in graph.nodes(interval, bound):
                dates = [t for t in graph.texts(instant, "date") if SHAPES["date"].fits(t)]
                found[column] = max(dates, key=len, default=found[column])
    return found


def _passage(node: str, number: int) -> _Row:
    return {"section": section_of(node), "lines": str(number)}
