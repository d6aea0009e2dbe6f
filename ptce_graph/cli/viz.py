"""``ptce-graph viz``: an interactive map in one HTML file."""

from __future__ import annotations

from pathlib import Path

import click

from ptce_graph.cli.common import FilePath, data_option, give
from ptce_graph.i18n import DEFAULT_LANGUAGE
from ptce_graph.i18n import gettext as _


@click.command(
    "viz",
    short_help=_("Draw an interactive map, one HTML file."),
    help=_("Draw an interactive map: one HTML file that needs no network."),
    epilog=_("Example: ptce-graph viz --projection affiliation --lang en -o members.html"),
)
@data_option
@click.option(
    "-o",
    "--output",
    metavar=_("FILE"),
    type=FilePath(),
    default="ptce-map.html",
    show_default=True,
    help=_("The file to write."),
)
@click.option(
    "--projection",
    metavar=_("NAME"),
    default="all",
    show_default=True,
    help=_("Which links: all, affiliation or cooperation."),
)
@click.option(
    "--lang",
    metavar=_("NAME"),
    default=DEFAULT_LANGUAGE,
    show_default=True,
    help=_("fr or en."),
)
@click.option("--title", metavar=_("TEXT"), default="", help=_("Another title for the map."))
@click.option("--open", "open_it", is_flag=True, help=_("Open the map in the browser."))
def command(
    data: Path | None, output: Path, projection: str, lang: str, title: str, open_it: bool
) -> None:
    """Write the map and print its path."""
    import ptce_graph

    path = ptce_graph.load(data).map(output, projection=projection, lang=lang, title=title)
    give(path)
    if open_it:
        click.launch(path.resolve().as_uri())
