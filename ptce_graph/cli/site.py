"""``ptce-graph site``: the dataset as a website, a page per thing."""

from __future__ import annotations

from pathlib import Path

import click

from ptce_graph.cli.common import FolderPath, data_option, give
from ptce_graph.cli.progress import progress_line
from ptce_graph.i18n import DEFAULT_LANGUAGE
from ptce_graph.i18n import gettext as _


@click.command(
    "site",
    short_help=_("Write a website of the data: a page per thing."),
    help=_(
        "Write a website of the data into a folder, in French and English: a page per "
        "organisation, pole, network, document, place, question and measure, with sources, maps, "
        "search and downloads. Any host can serve it; it also opens from the disk."
    ),
    epilog=_("Example: ptce-graph site -o site"),
)
@data_option
@click.option(
    "-o",
    "--output",
    metavar=_("DIR"),
    type=FolderPath(),
    default="ptce-site",
    show_default=True,
    help=_("The folder to write into."),
)
@click.option(
    "--base-url",
    metavar=_("URL"),
    default="",
    help=_("Where the site will stand: search engines get a sitemap."),
)
@click.option(
    "--lang",
    "language",
    metavar=_("NAME"),
    default=DEFAULT_LANGUAGE,
    show_default=True,
    help=_("The language in which maps open first: fr or en."),
)
@click.option("--no-maps", is_flag=True, help=_("Leave the interactive maps out: sooner done."))
@click.option(
    "--limit",
    metavar=_("N"),
    type=click.IntRange(min=1),
    default=20_000,
    show_default=True,
    help=_("Refuse to write pages of more things than this."),
)
def command(
    data: Path | None, output: Path, base_url: str, language: str, no_maps: bool, limit: int
) -> None:
    """Write the site and print the path of its home page."""
    import ptce_graph
    from ptce_graph.publish.site import Site

    graph = ptce_graph.load(data)
    site = Site(graph, base_url=base_url, language=language, maps=not no_maps)
    with progress_line() as progress:
        give(site.write(output, progress, limit))
