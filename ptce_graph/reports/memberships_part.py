"""The parts of the report on belonging: multi-membership, and what networks share."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ptce_graph.i18n import mark
from ptce_graph.maps.names import short_names
from ptce_graph.reports.charts import bars, matrix
from ptce_graph.reports.context import Context
from ptce_graph.reports.drawing import WIDTH
from ptce_graph.reports.model import Block, Section, Text

if TYPE_CHECKING:
    from pandas import DataFrame

#: The overlap is that of networks and poles together; any word but the two groupings asks for it.
_BOTH = "both"
_MOST_IN_MATRIX = 18


def memberships(context: Context) -> Section:
    """How many belong to several networks or poles, and who they are."""
    words, title = context.words, context.words("Multi-membership")
    result = context.result("memberships")
    frame = result.frame
    if not len(frame):
        text = words("The documents kept tell no membership.")
        return Section("memberships", title, (Text(text),))
    total = (frame["networks"] + frame["poles"]).astype(int)
    several = int((total > 1).sum())
    blocks: list[Block] = [
        Text(
            context.say(
                mark(
                    "Organisations and poles that belong to at least one network or pole: {all}; "
                    "to more than one: {several}. Carrying a pole counts as belonging to it."
                ),
                all=len(frame),
                several=several,
            )
        )
    ]
    blocks.append(_membership_figure(context, total.tolist()))
    columns = [
        context.plain_column(mark("Organisation or pole")),
        context.column("memberships", mark("Networks"), "networks"),
        context.column("memberships", mark("Poles"), "poles"),
        context.plain_column(mark("Which networks")),
        context.plain_column(mark("Which poles")),
    ]
    rows = [
        (
            row.id_name,
            context.whole(row.networks),
            context.whole(row.poles),
            _listed(row.in_networks_name),
            _listed(row.in_poles_name),
        )
        for row in frame[total > 1].itertuples()
    ]
    if rows:
        name = words("Those that belong to several networks or poles")
        blocks.append(
            context.table("memberships", name, columns, rows, frame, network=result.network)
        )
    return Section("memberships", title, tuple(blocks))


def _membership_figure(context: Context, totals: list[int]) -> Block:
    counts = Counter(totals)
    numbers = list(range(1, max(totals) + 1)) if max(totals) <= 12 else sorted(counts)
    seen = context.say(
        mark("How many belong to one network or pole, to two, and so on: {counts}."),
        counts="; ".join(f"{context.whole(k)} → {context.whole(counts[k])}" for k in numbers),
    )
    paint = bars(
        [context.whole(k) for k in numbers],
        [counts[k] for k in numbers],
        context.words("Number of networks and poles"),
        context.words("Organisations and poles"),
        context.whole,
    )
    title = context.words("How many networks and poles each belongs to")
    network = context.result("memberships").network
    return context.figure("memberships", title, paint, seen=seen, height=2.5, network=network)


def overlap(context: Context) -> Section:
    """Which networks and poles share members, beside what chance would give."""
    words, title = context.words, context.words("Overlap of networks and poles")
    result = context.result("overlap", grouping=_BOTH)
    frame = result.frame[result.frame["shared"] > 0].reset_index(drop=True)
    if not len(frame):
        text = words("No two networks or poles have a member in common in the documents kept.")
        return Section("overlap", title, (Text(text),))
    context.limit(*result.notes[1:])
    blocks: list[Block] = [
        Text(
            context.say(
                mark(
                    "Pairs of networks or poles with a member in common: {n} of {all}. The lift "
                    "compares with chance; a lift that rests on one shared member is an example, "
                    "not a rate. The p-values are not corrected for the number of pairs."
                ),
                n=len(frame),
                all=len(result.frame),
            )
        ),
        Text(context.told(result.notes[0])),
    ]
    blocks += _overlap_figure(context, frame)
    columns = [
        context.plain_column(mark("First")),
        context.plain_column(mark("Second")),
        *(
            context.column("overlap", label, name)
            for name, label in (
                ("size_a", mark("Members of the first")),
                ("size_b", mark("Members of the second")),
                ("shared", mark("Shared")),
                ("jaccard", mark("Jaccard")),
                ("expected", mark("Expected")),
                ("lift", mark("Lift")),
                ("p_more", mark("p (as many or more)")),
            )
        ),
    ]
    rows = [
        (
            row.group_a_name,
            row.group_b_name,
            context.whole(row.size_a),
            context.whole(row.size_b),
            context.whole(row.shared),
            context.decimal(row.jaccard, 2),
            context.decimal(row.expected, 2),
            context.decimal(row.lift, 1),
            context.decimal(row.p_more),
        )
        for row in frame.itertuples()
    ]
    name = words("Pairs with a member in common")
    blocks.append(
        context.table("overlap", name, columns, rows, frame, network=result.network, rows_shown=15)
    )
    return Section("overlap", title, tuple(blocks))


def _overlap_figure(context: Context, frame: DataFrame) -> list[Block]:
    sizes: dict[str, int] = {}
    shared: Counter[str] = Counter()
    names: dict[str, str] = {}
    values: dict[tuple[str, str], int] = {}
    for row in frame.itertuples():
        for group, size, name in (
            (row.group_a, row.size_a, row.group_a_name),
            (row.group_b, row.size_b, row.group_b_name),
        ):
            sizes[group], names[group] = int(size), name
            shared[group] += int(row.shared)
        values[row.group_a, row.group_b] = values[row.group_b, row.group_a] = int(row.shared)
    shown = sorted(sizes, key=lambda g: (-shared[g], -sizes[g], g))[:_MOST_IN_MATRIX]
    if len(shown) < 3:
        return []
    cells = [[sizes[a] if a == b else values.get((a, b), 0) for b in shown] for a in shown]
    seen = context.say(
        mark(
            "Number of members that each two have in common, the darker the more; hatched, on "
            "the diagonal, the members of each. Shown: the {n} that share most, of {all}."
        ),
        n=len(shown),
        all=len(sizes),
    )
    shorts = short_names(context.network)
    paint = matrix(
        [shorts.get(group, names[group]) for group in shown],
        cells,
        context.words("Members in common; hatched: all members"),
        context.whole,
    )
    height = min(2.2 + 0.3 * len(shown), WIDTH)
    title = context.words("Members that networks and poles have in common")
    network = context.result("overlap", grouping=_BOTH).network
    return [context.figure("overlap", title, paint, seen=seen, height=height, network=network)]


def _listed(names: str) -> str:
    return names.replace(" | ", ", ") or "–"
