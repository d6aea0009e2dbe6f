"""The parts of the report on groups: brokers between them, ties inside them, communities."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ptce_graph.analysis.belonging import GROUPINGS, group_name, groups_of
from ptce_graph.analysis.brokers import ties_between_members
from ptce_graph.analysis.mixing import assortativity, ei_index
from ptce_graph.i18n import mark, note
from ptce_graph.reports.context import Context
from ptce_graph.reports.model import Block, Section, Table, Text

if TYPE_CHECKING:
    from pandas import DataFrame

_MIXED = ("kind", "statut", "region")


def brokerage(context: Context) -> Section:
    """Gould and Fernandez's roles, between networks and between kinds of organisation."""
    blocks: list[Block] = []
    roles = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison", "total")
    labels = {
        "coordinator": mark("Coordinator"),
        "itinerant": mark("Itinerant"),
        "gatekeeper": mark("Gatekeeper"),
        "representative": mark("Representative"),
        "liaison": mark("Liaison"),
        "total": mark("All pairs"),
        "between": mark("Between groups"),
    }
    for grouping in ("networks", "kind"):
        result = context.result("brokerage", grouping=grouping)
        what = context.words(GROUPINGS[grouping][0])
        frame = result.frame
        _ungrouped(context, grouping)
        if not len(frame):
            text = context.words("No node stands between two of its neighbours by: {groups}.")
            blocks.append(Text(text.format(groups=what)))
            continue
        columns = [
            context.plain_column(mark("Name")),
            *(context.column("brokerage", labels[r], r) for r in (*roles, "between")),
        ]
        rows = [
            (row["id_name"], *(context.short(row[r]) for r in (*roles, "between")))
            for row in frame.to_dict("records")
        ]
        title = context.words("Brokerage roles by: {groups}").format(groups=what)
        blocks.append(context.table(f"brokerage-{grouping}", title, columns, rows, frame))
    intro = mark(
        "A broker stands between two neighbours that are not tied to each other; the role says "
        "to which groups the three belong."
    )
    title = context.words("Brokerage roles")
    return Section("brokerage", title, (Text(context.words(intro)), *blocks))


def mixing(context: Context) -> Section:
    """Whether ties stay within kinds, legal forms and regions."""
    words, network = context.words, context.network
    rows, by_group = [], []
    for grouping in _MIXED:
        graph, groups = ties_between_members(network, grouping), groups_of(network, grouping)
        _ungrouped(context, grouping)
        overall, each = ei_index(graph, groups)
        ties = float(each["internal"].sum() + each["external"].sum() / 2)
        if not ties:
            continue
        rows.append(
            {
                "grouping": grouping,
                "groups": len(groups.names),
                "nodes": int(groups.grouped.sum()),
                "ties": ties,
                "ei": overall,
                "assortativity": assortativity(graph, groups),
            }
        )
        by_group.append((grouping, each))
    title = words("Ties within and between groups")
    if not rows:
        text = words("No tie joins two organisations whose kind, legal form or region is told.")
        return Section("mixing", title, (Text(text),))
    summary = _mixing_summary(context, rows)
    tables = [_groups_table(context, grouping, each) for grouping, each in by_group]
    return Section("mixing", title, (*summary, *tables))


def _mixing_summary(context: Context, rows: list[dict[str, object]]) -> list[Block]:
    import pandas as pd

    columns = [
        context.plain_column(mark("Groups by")),
        context.plain_column(mark("Groups"), number=True),
        context.column(
            "mixing", mark("Nodes in a group"), "", mark("Nodes that belong to a group at least.")
        ),
        context.column("mixing", mark("Ties between them"), "ties"),
        context.column("mixing", mark("E–I index"), "ei"),
        context.column(
            "mixing",
            mark("Assortativity"),
            "",
            mark(
                "1 when all ties stay inside groups, 0 as by chance, negative when they avoid it."
            ),
        ),
    ]
    told = [
        (
            context.words(GROUPINGS[str(row["grouping"])][0]),
            context.whole(float(str(row["groups"]))),
            context.whole(float(str(row["nodes"]))),
            context.short(float(str(row["ties"]))),
            context.decimal(float(str(row["ei"])), 2),
            context.decimal(float(str(row["assortativity"])), 2),
        )
        for row in rows
    ]
    title = context.words("Do ties stay within groups?")
    intro = context.words(
        "Only ties whose two ends have a group that a document tells are counted; a network or "
        "pole gathers organisations of other kinds by its nature."
    )
    table = context.table("mixing", title, columns, told, pd.DataFrame(rows))
    return [Text(intro), table]


def _groups_table(context: Context, grouping: str, each: DataFrame) -> Table:
    each = each.assign(name=[_group(context, g) for g in each["group"]])
    each = each[["group", "name", "nodes", "internal", "external", "ei"]]
    each = each.assign(ties=each["internal"] + each["external"])
    each = each.sort_values(["ties", "group"], ascending=[False, True]).drop(columns="ties")
    columns = [
        context.plain_column(mark("Group")),
        context.column("mixing", mark("Nodes"), "", mark("Nodes that belong to the group.")),
        context.column(
            "mixing", mark("Ties inside"), "", mark("Ties with both ends in the group.")
        ),
        context.column(
            "mixing", mark("Ties to others"), "", mark("Ties with one end in the group.")
        ),
        context.column("mixing", mark("E–I index"), "ei"),
    ]
    rows = [
        (
            str(row.name),
            context.whole(row.nodes),
            context.short(row.internal),
            context.short(row.external),
            context.decimal(row.ei, 2),
        )
        for row in each.itertuples(index=False)
    ]
    what = context.words(GROUPINGS[grouping][0])
    title = context.words("Ties of each group: {groups}").format(groups=what)
    return context.table(f"mixing-{grouping}", title, columns, rows, each)


def communities(context: Context) -> Section:
    """The parts that ties make, beside the networks declared."""
    words, title = context.words, context.words("Communities found, and networks declared")
    result = context.result("communities")
    frame = result.frame
    if not len(frame):
        text = words("The documents kept tell no tie: there is nothing to measure here.")
        return Section("communities", title, (Text(text),))
    columns = [
        context.column("communities", mark("Community"), "community"),
        context.column("communities", mark("Size"), "size"),
        context.column(
            "communities",
            mark("Networks declared"),
            "",
            mark("The networks that its nodes belong to, with how many of its nodes do."),
            number=False,
        ),
        context.column(
            "communities",
            mark("The most tied of it"),
            "",
            mark("The three nodes with most ties in the whole network."),
            number=False,
        ),
    ]
    degree = dict(context.network.graph.degree()) if len(context.network.nodes) < 5000 else {}
    rows = []
    for number, part in frame.groupby("community", sort=True):
        names = dict(zip(part["id"], part["id_name"], strict=True))
        first = sorted(names, key=lambda node: (-degree.get(node, 0), node))[:3]
        declared = Counter(g for cell in part["declared"] for g in str(cell).split("|") if g)
        told = [
            f"{_group(context, g)} ({context.whole(n)})"
            for g, n in sorted(declared.items(), key=lambda item: (-item[1], item[0]))[:4]
        ]
        rows.append(
            (
                context.whole(int(str(number))),
                context.whole(len(part)),
                ", ".join(told) or "–",
                ", ".join(names[node] for node in first),
            )
        )
    blocks: list[Block] = [Text(context.told(one)) for one in result.notes]
    name = words("Communities of tied nodes")
    blocks.append(context.table("communities", name, columns, rows, frame, ordered=False))
    return Section("communities", title, tuple(blocks))


def _group(context: Context, name: str) -> str:
    """The name of a group in the language of the report, where the code lists have one."""
    tables = context.facts.tables
    for scheme in ("organisation-kinds", "legal-forms"):
        if name in set(tables.codes[scheme]["code"]):
            return tables.label(scheme, name, context.language)
    return context.type(name) if name == "pole" else group_name(context.network, name)


def _ungrouped(context: Context, grouping: str) -> None:
    """Keep among the limits how many nodes have no group."""
    network = context.network
    lost = len(network.nodes) - int(groups_of(network, grouping).grouped.sum())
    if lost:
        template = mark("Nodes without a group, left out, when grouped by {groups}: {n} of {all}.")
        what = context.words(GROUPINGS[grouping][0])
        context.limit(note(template, groups=what, n=lost, all=len(network.nodes)))
