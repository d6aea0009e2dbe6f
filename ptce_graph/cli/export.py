"""``ptce-graph export``: the dataset as a file that others can take."""

from __future__ import annotations

from pathlib import Path

import click

from ptce_graph.cli.common import FilePath, data_option, give, say
from ptce_graph.i18n import gettext as _


@click.command(
    "export",
    short_help=_("Write the dataset as RDF, GEXF or GraphML."),
    help=_("Write the dataset in a FORMAT: trig, nq, ttl, jsonld, gexf or graphml."),
    epilog=_("Example: ptce-graph export trig -o ptce.trig"),
)
@click.argument("format_name", metavar="FORMAT")
@data_option
@click.option(
    "-o",
    "--output",
    metavar=_("FILE"),
    type=FilePath(),
    default=None,
    help=_("The file to write; stdout without it."),
)
def command(format_name: str, data: Path | None, output: Path | None) -> None:
    """Write the file and print its path, or print the text itself."""
    import ptce_graph
    from ptce_graph.publish.formats import format_named

    loss = format_named(format_name).loss
    graph = ptce_graph.load(data)
    if loss:
        say(_(loss))
    if output is None:
        give(graph.export_text(format_name), end="")
    else:
        give(graph.export(format_name, output))
