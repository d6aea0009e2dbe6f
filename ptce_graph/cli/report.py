"""``ptce-graph report``: the analysis as text, tables and figures, ready for a paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ptce_graph.cli.common import FolderPath, data_option, give
from ptce_graph.cli.filters import filter_options, read_filters
from ptce_graph.cli.progress import progress_line
from ptce_graph.i18n import DEFAULT_LANGUAGE
from ptce_graph.i18n import gettext as _


@click.command(
    "report",
    short_help=_("Write a report of the analysis: text, tables, figures."),
    help=_(
        "Write a report of the analysis into a folder: one HTML page, Markdown, figures as SVG "
        "and PDF, tables as CSV, methods."
    ),
    epilog=_("Example: ptce-graph report -o report --between COORACE RTES"),
)
@data_option
@click.option(
    "-o",
    "--output",
    metavar=_("DIR"),
    type=FolderPath(),
    default="ptce-report",
    show_default=True,
    help=_("The folder to write into."),
)
@click.option(
    "--lang",
    "language",
    metavar=_("NAME"),
    default=DEFAULT_LANGUAGE,
    show_default=True,
    help=_("fr or en."),
)
@click.option("--title", metavar=_("TEXT"), default="", help=_("Another title for the report."))
@click.option(
    "--between",
    metavar=_("A B"),
    nargs=2,
    default=None,
    help=_("The two networks whose bridges are looked into; those with most without it."),
)
@click.option(
    "--projection",
    metavar=_("NAME"),
    default="",
    help=_("Which network: all, affiliation, cooperation, comembership or overlap."),
)
@filter_options
@click.option(
    "--engine",
    metavar=_("NAME"),
    default="auto",
    show_default=True,
    help=_("What computes: auto, networkx or arrays; the values are the same."),
)
@click.option("--seed", type=click.IntRange(min=0), default=2011, show_default=True)
def command(data: Path | None, output: Path, **given: Any) -> None:
    """Write the report and print the path of its page."""
    import ptce_graph
    from ptce_graph.analysis.result import Request
    from ptce_graph.reports.build import report, write_report

    filters = read_filters(given)
    told = {name: given.pop(name) for name in ("language", "title")}
    given["between"] = given["between"] or ()
    graph = ptce_graph.load(data)
    with progress_line() as progress:
        request = Request(filters=filters, **given)
        made = report(graph.facts, graph.links, request, progress=progress, **told)
    give(write_report(made, output))
