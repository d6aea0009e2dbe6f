"""``ptce-graph build``: the validated dataset in a folder."""

from __future__ import annotations

from pathlib import Path

import click

from ptce_graph.cli.common import FolderPath, data_option, give, say
from ptce_graph.cli.progress import progress_line
from ptce_graph.i18n import gettext as _


@click.command(
    "build",
    short_help=_("Check the tables, then write the dataset and its store."),
    help=_("Check the tables, then write the dataset: dataset.nq and a store for SPARQL."),
    epilog=_("Wrong tables leave the previous build as it is."),
)
@data_option
@click.option(
    "-o",
    "--output",
    metavar=_("DIR"),
    type=FolderPath(),
    default="ptce-build",
    show_default=True,
    help=_("The folder to write."),
)
def command(data: Path | None, output: Path) -> None:
    """Write the build and print the path of its N-Quads."""
    from ptce_graph.knowledge_graph import build_folder

    with progress_line() as progress:
        build = build_folder(data, output, progress)
    told = (
        _("{n} quads from {documents} documents.")
        if build.is_new
        else _("{n} quads from {documents} documents; nothing has changed since the last build.")
    )
    say(told.format(n=build.quads, documents=build.documents))
    give(build.nquads)
