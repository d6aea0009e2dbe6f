"""The parts of the report on what ties networks together, and what would part them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ptce_graph.analysis.result import Result
from ptce_graph.analysis.routes import REMOVAL_ITEMS, separated
from ptce_graph.i18n import mark
from ptce_graph.network.actors import find_actor
from ptce_graph.reports.context import FEW_NAMES, Context
from ptce_graph.reports.model import Block, Section, Table, Text

if TYPE_CHECKING:
    from pandas import DataFrame

_PAIRS_SHOWN = 15


def bridges(context: Context) -> Section:
    """All bridges; for one pair of networks how sure they are, and the facts behind them."""
    words, title = context.words, context.words("Bridges between networks")
    result = context.result("bridges")
    frame = result.frame
    blocks: list[Block] = []
    pair = _pair(context, frame)
    if len(frame):
        pairs = frame.groupby(["network_a", "network_b"]).ngroups
        blocks.append(
            Text(
                context.say(
                    mark(
                        "Pairs of networks that something bridges: {pairs}; what bridges them: "
                        "{things} organisations and poles."
                    ),
                    pairs=pairs,
                    things=frame["bridge"].nunique(),
                )
            )
        )
        blocks.append(_bridges_table(context, result))
    else:
        blocks.append(Text(words("Nothing bridges two networks in the documents kept.")))
    if pair:
        blocks += _certainty(context, pair)
    return Section("bridges", title, tuple(blocks))


def _pair(context: Context, frame: DataFrame) -> tuple[str, str] | None:
    """The pair asked for, or the one with most bridges; of equals, by most documents."""
    if context.request.between:
        one, other = (find_actor(context.facts, name) for name in context.request.between)
        return one, other
    if not len(frame):
        return None
    told = {
        pair: (-len(part), -len(set("|".join(part["sources"]).split("|"))), pair)
        for pair, part in frame.groupby(["network_a", "network_b"], sort=True)
    }
    one, other = min(told, key=lambda pair: told[pair])
    return str(one), str(other)


def _bridges_table(context: Context, result: Result) -> Table:
    columns = [
        context.plain_column(mark("First network")),
        context.plain_column(mark("Second network")),
        context.plain_column(mark("Bridge")),
        context.plain_column(mark("Type")),
        context.column("bridges", mark("Through, to the first"), "through_a", number=False),
        context.column("bridges", mark("Through, to the second"), "through_b", number=False),
        context.plain_column(mark("Documents")),
    ]
    rows = [
        (
            row.network_a_name,
            row.network_b_name,
            row.bridge_name,
            context.type(row.type),
            _through(row.through_a_name, row.bridge_name),
            _through(row.through_b_name, row.bridge_name),
            context.documents(row.sources.split("|")),
        )
        for row in result.frame.itertuples()
    ]
    title = context.words("Bridges between networks")
    return context.table(
        "bridges", title, columns, rows, result.frame, header=2, rows_shown=_PAIRS_SHOWN
    )


def _through(names: str, bridge: str) -> str:
    return "–" if names == bridge else names.replace(" | ", ", ")


def _certainty(context: Context, pair: tuple[str, str]) -> list[Block]:
    result = context.result("bridges", between=pair)
    names = [str(context.facts.actors.at[name, "name"]) for name in pair]
    both = context.words("{one} and {other}").format(one=names[0], other=names[1])
    if not len(result.frame):
        text = context.words("Nothing bridges {pair} in the documents kept.").format(pair=both)
        return [Text(text), *(Text(context.told(one)) for one in result.notes[1:])]
    columns = [
        context.plain_column(mark("Bridge")),
        context.column("bridges", mark("Number of documents"), "documents"),
        context.column("bridges", mark("Rests on"), "rests_on"),
        context.column("bridges", mark("Held"), "held"),
        context.column("bridges", mark("Lost without"), "lost_without", number=False),
    ]
    rows = [
        (
            row.bridge_name,
            context.whole(row.documents),
            context.whole(row.rests_on),
            context.percent(row.held),
            context.documents([name for name in row.lost_without.split("|") if name]),
        )
        for row in result.frame.itertuples()
    ]
    sure = context.words("How sure the bridges are: {pair}").format(pair=both)
    table = context.table("bridges-certainty", sure, columns, rows, result.frame)
    return [
        *(Text(context.told(one)) for one in result.notes),
        table,
        _facts(context, result, both),
    ]


def _facts(context: Context, result: Result, both: str) -> Table:
    """The facts behind the bridges, with document, section and lines."""
    columns = [
        context.plain_column(label)
        for label in (
            mark("Bridge"),
            mark("Who"),
            mark("What"),
            mark("To what"),
            mark("Document"),
            mark("Section"),
            mark("Lines"),
        )
    ]
    bridge = dict(enumerate(result.frame["bridge_name"]))
    tables = context.facts.tables
    schemes = {"membership": "membership-roles", "cooperation": "cooperation-roles"}

    def role(row: Any) -> str:
        if row.kind not in schemes or not row.role:
            return context.words("Carries the pole")
        return tables.label(schemes[row.kind], row.role, context.language)

    rows = [
        (
            bridge[row.row],
            row.subject_name,
            role(row),
            row.object_name,
            row.source,
            row.section,
            row.lines.replace("|", ", "),
        )
        for row in result.evidence.itertuples()
    ]
    title = context.words("The facts behind these bridges: {pair}").format(pair=both)
    return context.table(
        "bridges-facts", title, columns, rows, result.evidence, rows_shown=_PAIRS_SHOWN
    )


def cuts(context: Context) -> Section:
    """What all ways between networks pass by, and what the loss of the first broker changes."""
    words, title = context.words, context.words("What would cut the network")
    if not len(context.network.edges):
        text = words("The documents kept tell no tie: there is nothing to measure here.")
        return Section("cuts", title, (Text(text),))
    blocks: list[Block] = [*_cut_points(context), *_bridge_links(context), *_removal(context)]
    return Section("cuts", title, tuple(blocks))


def _cut_points(context: Context) -> list[Block]:
    result = context.result("cut-points")
    frame = result.frame
    if not len(frame):
        return [Text(context.words("No single loss would cut two networks apart."))]
    frame = frame.assign(pair=frame["network_a"] + "|" + frame["network_b"])
    columns = [
        context.plain_column(mark("Node")),
        context.plain_column(mark("Type")),
        context.column(
            "cut-points",
            mark("Pairs of networks cut apart"),
            "",
            mark("Number of pairs of networks all paths between which pass by it."),
        ),
    ]
    counts = frame.groupby(["node", "node_name", "type"]).size().reset_index(name="pairs")
    counts = counts.sort_values(["pairs", "node"], ascending=[False, True])
    rows = [
        (row.node_name, context.type(row.type), context.whole(row.pairs))
        for row in counts.itertuples()
    ]
    text = context.say(
        mark("Pairs of networks that the loss of one node would cut apart: {n}."),
        n=frame["pair"].nunique(),
    )
    name = context.words("Nodes whose loss would cut networks apart")
    table = context.table("cut-points", name, columns, rows, result.frame, ordered=False)
    return [Text(text), table]


def _bridge_links(context: Context) -> list[Block]:
    result = context.result("bridge-links")
    if not len(result.frame):
        return [Text(context.words("No single tie holds the network together."))]
    columns = [
        context.plain_column(mark("One end")),
        context.plain_column(mark("Other end")),
        context.column("bridge-links", mark("Nodes cut off"), "smaller_side"),
        context.plain_column(mark("Documents")),
    ]
    rows = [
        (
            row["from_name"],
            row["to_name"],
            context.whole(row["smaller_side"]),
            context.documents(row["sources"].split("|")),
        )
        for row in result.frame.to_dict("records")
    ]
    title = context.words("Ties that no other path replaces")
    return [context.table("bridge-links", title, columns, rows, result.frame)]


def _removal(context: Context) -> list[Block]:
    """The network without the first by betweenness."""
    import numpy as np

    values = context.result("nodes", measures=("betweenness",)).frame
    if not len(values) or not values["betweenness"].iloc[0]:
        return []
    gone = str(values["id"].iloc[0])
    result = context.result("removal", removed=(gone,))
    columns = [
        context.plain_column(mark("What is counted")),
        context.plain_column(mark("Before"), number=True),
        context.plain_column(mark("After"), number=True),
    ]
    rows = [
        (
            context.words(REMOVAL_ITEMS[row.item]),
            *(context.short(float(np.float64(value))) for value in (row.before, row.after)),
        )
        for row in result.frame.itertuples()
    ]
    name = str(values["name"].iloc[0])
    title = context.words("The network with and without {name}").format(name=name)
    parted = separated(context.network, (gone,))
    names = context.network.nodes["name"]
    apart = mark("Without {name}, pairs of networks cut apart: {n}.")
    told = context.say(apart, name=name, n=len(parted))
    if 0 < len(parted) <= FEW_NAMES:
        pairs = [f"{names[a]} – {names[b]}" for a, b in parted.values.tolist()]
        told += f" {'; '.join(pairs)}."
    intro = context.say(
        mark("What if the node of highest betweenness, {name}, were gone?"), name=name
    )
    return [Text(intro), context.table("removal", title, columns, rows, result.frame), Text(told)]
