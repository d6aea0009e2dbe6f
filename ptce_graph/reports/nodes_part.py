"""The parts of the report on nodes: key figures, who is central, what one document changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ptce_graph.analysis.kernels.adjacency import adjacency
from ptce_graph.analysis.kernels.structure import components
from ptce_graph.analysis.measures import MEASURES
from ptce_graph.i18n import mark, note
from ptce_graph.maps.names import short_names
from ptce_graph.reports.charts import Ranked, degrees, rank_intervals
from ptce_graph.reports.context import Context
from ptce_graph.reports.drawing import WIDTH
from ptce_graph.reports.model import Block, Counts, Items, Section, Table, Text
from ptce_graph.reports.network_drawing import MOST_DRAWN, network_drawing

if TYPE_CHECKING:
    from pandas import DataFrame

#: The measures whose ranks are drawn again and again; those of structural holes come together.
CENTRAL = ("degree", "betweenness", "harmonic", "effective_size")
_DRAWN = 15
#: Decimals of measures that are not from 0 to 1.
_DIGITS = {"degree": 0, "effective_size": 1}
_INTERVAL = mark("From the 2.5th to the 97.5th percentile of its ranks, rounded outwards.")
_MISSING = mark("The documents kept tell no tie: there is nothing to measure here.")


def key_figures(context: Context) -> Section:
    """How large the network is, what it looks like, how degrees are spread."""
    network, words = context.network, context.words
    types = network.nodes["type"].value_counts()
    pieces = components(adjacency(len(network.nodes), network.edges.ends, network.edges.weight))
    sizes = np.bincount(pieces) if len(pieces) else np.zeros(0, dtype=int)
    tied = sizes[sizes > 1]
    links = len(np.unique(network.edges.facts))
    pairs = [
        (words("Organisations"), types.get("organisation", 0)),
        (words("Networks"), types.get("network", 0)),
        (words("Poles"), types.get("pole", 0)),
        (words("Actions of several partners"), types.get("cooperation", 0)),
        (words("Nodes tied to another"), int(tied.sum())),
        (words("Ties"), len(network.edges)),
        (words("Links told by documents"), links),
        (words("Documents"), len(network.sources)),
        (words("Connected parts"), len(tied)),
        (words("Nodes in the largest part"), int(tied.max()) if len(tied) else 0),
    ]
    blocks: list[Block] = [
        Counts(tuple((label, context.whole(int(value))) for label, value in pairs if value))
    ]
    if len(network.edges):
        blocks.append(
            Text(
                words(
                    "A tie joins two nodes, however many links and documents tell it; a link is "
                    "what one passage of one document says. An action of more than two partners "
                    "is a node of its own."
                )
            )
        )
        blocks += _drawn(context)
        blocks += _degrees(context)
    else:
        blocks.append(Text(words(_MISSING)))
    return Section("key-figures", words("The network in figures"), tuple(blocks))


def _drawn(context: Context) -> list[Block]:
    values = _values(context, "betweenness")
    drawing = network_drawing(context.network, values, context.words, WIDTH)
    if drawing is None:
        text = mark("The network is not drawn: more than {most} nodes are tied.")
        return [Text(context.say(text, most=MOST_DRAWN))]
    seen = context.say(
        mark(
            "Nodes drawn: {drawn}; nodes tied to nothing, not drawn: {lone}. Shape and colour say "
            "the type, the size grows with betweenness; the {n} nodes of highest betweenness are "
            "named."
        ),
        drawn=drawing.drawn,
        lone=drawing.lone,
        n=min(15, drawing.drawn),
    )
    title = context.words("The network: who is tied to whom")
    return [context.figure("network", title, drawing.paint, seen=seen, height=drawing.height)]


def _degrees(context: Context) -> list[Block]:
    network = context.network
    graph = adjacency(len(network.nodes), network.edges.ends, network.edges.weight)
    found = graph.degree[graph.degree > 0]
    if len(set(found.tolist())) < 4:
        # A line through two or three points shows less than the sentence above.
        return []
    counts = [(k, float((found >= k).mean())) for k in sorted(set(found.tolist()))]
    seen = context.say(
        mark(
            "Share of the {n} tied nodes that have at least as many ties as the axis says; "
            "median: {median}, highest: {highest}. Both axes are logarithmic."
        ),
        n=len(found),
        median=context.short(float(np.median(found))),
        highest=int(found.max()),
    )
    paint = degrees(
        counts,
        context.words("Number of ties (degree)"),
        context.words("Share of tied nodes"),
        context.whole,
        lambda share: context.percent(share) if share >= 0.01 else context.decimal(share, 4),
    )
    title = context.words("How degrees are spread")
    return [context.figure("degrees", title, paint, seen=seen, height=2.7)]


def central(context: Context) -> Section:
    """The first of each measure, with what the loss of links does to their ranks."""
    words = context.words
    title = words("Who is central")
    if not len(context.network.edges):
        return Section("central", title, (Text(words(_MISSING)),))
    values = context.result("nodes", measures=(*CENTRAL, "constraint"))
    context.limit(*values.notes)
    context.about(values)
    result = context.result("stability", measures=CENTRAL, engine="arrays")
    constraint = dict(zip(values.frame["id"], values.frame["constraint"], strict=True))
    firsts = _firsts(context, result.frame)
    blocks: list[Block] = [Items(tuple(firsts))] if firsts else []
    blocks.append(
        Text(
            words(
                "The interval of a rank holds 95% of the draws, each of which loses a tenth of the "
                "links; a wide one says that the rank hangs on a few links. Equal values share "
                "their mean rank."
            )
        )
    )
    for name in CENTRAL:
        frame = result.frame[result.frame["measure"] == name].reset_index(drop=True)
        blocks.append(_central_table(context, name, frame, constraint))
        if name == "betweenness":
            blocks += _rank_figure(context, frame)
    blocks.append(Text(words("How far the whole order holds when links are lost:")))
    blocks.append(Items(tuple(context.told(one) for one in result.notes)))
    return Section("central", title, tuple(blocks))


def _firsts(context: Context, frame: DataFrame) -> list[str]:
    """Who comes first by each measure, with the interval of the rank."""
    told = []
    for name in CENTRAL:
        part = frame[frame["measure"] == name]
        # A second first would not be "the" first.
        if not len(part) or part["rank"].iloc[0] != 1 or not part["value"].iloc[0]:
            continue
        row = part.iloc[0]
        template = mark("{measure}: {name} comes first ({value}; rank in 95% of draws: {ranks}).")
        sentence = context.words(template).format(
            measure=context.words(MEASURES[name].label),
            name=row["name"],
            value=context.short(row["value"]),
            ranks=context.interval(row["rank_low"], row["rank_high"]),
        )
        told.append(sentence)
    return told


def _central_table(
    context: Context, name: str, frame: DataFrame, constraint: dict[str, float]
) -> Table:
    label = context.words(MEASURES[name].label)
    both = name == "effective_size"
    columns = [
        context.column("stability", mark("Rank"), "rank"),
        context.plain_column(mark("Name")),
        context.plain_column(mark("Type")),
        context.measure(name),
        *([context.measure("constraint")] if both else []),
        context.column("stability", mark("95% interval of the rank"), "", _INTERVAL),
        context.column("stability", mark("Among the first ten"), "top10"),
    ]
    rows = []
    for row in frame.head(10).itertuples():
        also = [context.decimal(constraint.get(str(row.id), float("nan")))] if both else []
        value = context.decimal(row.value, _DIGITS.get(name, 3))
        rows.append(
            (
                context.short(row.rank),
                str(row.name),
                context.type(str(row.type)),
                value,
                *also,
                context.interval(row.rank_low, row.rank_high),
                context.percent(row.top10),
            )
        )
    title = context.words("The first by: {measure}").format(measure=label)
    if both:
        frame = frame.assign(constraint=[constraint.get(i, float("nan")) for i in frame["id"]])
        title = context.words("Structural holes: effective size and Burt’s constraint")
    return context.table(f"central-{name.replace('_', '-')}", title, columns, rows, frame, header=1)


def _rank_figure(context: Context, frame: DataFrame) -> list[Block]:
    frame = frame[frame["value"] > 0].head(_DRAWN)
    if len(frame) < 3:
        return []
    shorts = short_names(context.network)
    rows = [
        Ranked(shorts.get(row.id, row.name), row.rank, row.rank_low, row.rank_high)
        for row in frame.itertuples()
    ]
    seen = context.say(
        mark(
            "For each of the first {n} nodes by betweenness, the rank on all links (dot) and the "
            "interval that holds 95% of its ranks when a tenth of the links is lost (bar). "
            "The axis is logarithmic; 1 is the highest rank."
        ),
        n=len(rows),
    )
    paint = rank_intervals(
        rows,
        context.words("Rank by betweenness"),
        context.words("Rank on all links"),
        context.words("95% of the draws"),
        context.whole,
    )
    title = context.words("How firm the ranks by betweenness are")
    height = 0.75 + 0.235 * len(rows)
    return [context.figure("betweenness-ranks", title, paint, seen=seen, height=height)]


def _values(context: Context, name: str) -> dict[str, float]:
    frame = context.result("nodes", measures=(*CENTRAL, "constraint")).frame
    return dict(zip(frame["id"], frame[name], strict=True))


def sensitivity(context: Context) -> Section:
    """What becomes of the ranks without each document: one row per document."""
    words = context.words
    title = words("What a single document changes")
    if not len(context.network.edges):
        return Section("sensitivity", title, (Text(words(_MISSING)),))
    if len(context.network.sources) < 2:
        text = mark("One document only tells these links: none can be left out.")
        return Section("sensitivity", title, (Text(words(text)),))
    measures = CENTRAL[:3]
    result = context.result("without-documents", measures=measures, engine="arrays")
    columns = [
        context.plain_column(mark("Document left out")),
        context.column("without-documents", mark("Links lost"), "links_lost"),
    ]
    for name in measures:
        definition = mark("Kendall’s tau-b between the ranks with and without the document.")
        label = f"{words(mark('Tau'))}, {words(MEASURES[name].label).lower()}"
        columns.append(context.column("without-documents", label, "", definition))
    first = mark("First by betweenness")
    columns.append(context.plain_column(first))
    rows, lowest = [], (2.0, "")
    for source, part in result.frame.groupby("source", sort=True):
        by = part.set_index("measure")
        taus = [float(by.at[name, "kendall"]) for name in measures]
        lowest = min(lowest, (taus[1], str(source))) if taus[1] == taus[1] else lowest
        rows.append(
            (
                str(source),
                context.whole(int(by["links_lost"].iloc[0])),
                *(context.decimal(tau, 2) for tau in taus),
                str(by.at["betweenness", "first_name"]) or "–",
            )
        )
    blocks: list[Block] = []
    if lowest[1]:
        blocks.append(
            Text(
                context.told(
                    note(
                        mark(
                            "Betweenness depends most on {source}: without it, Kendall’s tau with "
                            "the ranks on all links is {tau} (1: the same order)."
                        ),
                        source=lowest[1],
                        tau=f"{lowest[0]:.2f}",
                    )
                )
            )
        )
    whole = result.frame
    caption = words("Ranks without each document")
    blocks.append(
        context.table(
            "without-documents", caption, columns, rows, whole, rows_shown=15, ordered=False
        )
    )
    return Section("sensitivity", title, tuple(blocks))
