"""``ptce-graph coverage``: what each document gave, where they disagree, what is open."""

from __future__ import annotations

from pathlib import Path

import click

from ptce_graph.cli.common import data_option, give, say
from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _
from ptce_graph.tabular import csv_text, table_text

_REPORTS = ("counts", "disagreements", "illegible", "undocumented")


@click.command(
    "coverage",
    short_help=_("Count the facts by kind and document; list what is open."),
    help=_(
        "Count the facts of each kind that each document gave; or list where documents "
        "disagree, what could not be read, what no document says."
    ),
    epilog=_("Example: ptce-graph coverage --report disagreements"),
)
@data_option
@click.option(
    "--report",
    metavar=_("NAME"),
    default="counts",
    show_default=True,
    help=_("counts, disagreements, illegible or undocumented."),
)
@click.option(
    "--format",
    "format_name",
    metavar=_("NAME"),
    default="table",
    show_default=True,
    help=_("table or csv."),
)
def command(data: Path | None, report: str, format_name: str) -> None:
    """Print the report on stdout."""
    for value, valid in ((report, _REPORTS), (format_name, ("table", "csv"))):
        if value not in valid:
            raise CallError(
                _("There is no report or format named {name}.").format(name=value),
                _("Choose one of: {all}.").format(all=", ".join(valid)),
            )
    import ptce_graph

    frame = ptce_graph.load(data).coverage(report)
    if report == "counts":
        # Documents across, kinds down: there are more kinds than fit a line.
        frame = frame.T
        frame.insert(0, _("facts"), frame.index)
    else:
        say(_("{n} rows.").format(n=len(frame)))
    writer = csv_text if format_name == "csv" else table_text
    give(writer([str(c) for c in frame.columns], frame.values.tolist()), end="")
