"""``ptce-graph viz``: interactive maps, each one HTML file, and figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ptce_graph.cli.common import FilePath, FolderPath, data_option, give
from ptce_graph.cli.filters import link_options, read_filters
from ptce_graph.errors import CallError
from ptce_graph.i18n import DEFAULT_LANGUAGE
from ptce_graph.i18n import gettext as _

#: The options that say what one map shows: a gallery shows all of it.
_OF_ONE_MAP = (
    "projection",
    "around",
    "bridges",
    "between",
    "overlap",
    "call",
    "compare",
    "overview",
    "color_by",
    "size_by",
    "layout",
    "positions",
    "title",
)


@click.command(
    "viz",
    short_help=_("Draw an interactive map, one HTML file."),
    help=_(
        "Draw an interactive map: one HTML file that needs no network; or a figure, where FILE "
        "ends in .svg, .pdf or .png. Links that documents only plan are drawn apart."
    ),
    epilog=_("Example: ptce-graph viz --around COORACE --steps 2 -o coorace.html"),
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
    "--all",
    "gallery",
    metavar=_("DIR"),
    type=FolderPath(),
    default=None,
    help=_("Write a map of each network, pole, region and call into this folder, with an index."),
)
@click.option(
    "--projection",
    metavar=_("NAME"),
    default="all",
    show_default=True,
    help=_("Which links: all, affiliation, cooperation, comembership or overlap."),
)
@click.option(
    "--overlap", is_flag=True, help=_("Networks and poles with common members: that projection.")
)
@click.option(
    "--around",
    metavar=_("NAME"),
    multiple=True,
    help=_("What is tied to this organisation, network or pole; may be repeated."),
)
@click.option(
    "--steps",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help=_("With --around: at most so many ties away."),
)
@click.option(
    "--bridges", is_flag=True, help=_("Only the links by which something ties two networks.")
)
@click.option(
    "--between",
    metavar=_("A B"),
    nargs=2,
    default=None,
    help=_("Only what ties these two networks."),
)
@click.option("--call", metavar=_("CALL"), default="", help=_("The candidates of this call."))
@click.option(
    "--compare",
    metavar=_("A B"),
    nargs=2,
    default=None,
    help=_("Two dates or two networks: what only one has, what both have."),
)
@click.option(
    "--overview",
    metavar=_("GROUPING"),
    default="",
    help=_("In the place of organisations their networks, poles or region."),
)
@link_options
@click.option("--observed", is_flag=True, help=_("Without the links that a document only plans."))
@click.option(
    "--color-by",
    metavar=_("NAME"),
    default="",
    help=_("Colours at first: a measure, or networks, poles, kind, statut, region."),
)
@click.option("--size-by", metavar=_("MEASURE"), default="", help=_("Sizes at first: a measure."))
@click.option(
    "--layout",
    metavar=_("NAME"),
    default="",
    help=_("Places at first: network, geographic or overview."),
)
@click.option(
    "--outlines",
    metavar=_("FILE"),
    type=FilePath(),
    default=None,
    help=_("A GeoJSON file to draw the geographic layout on."),
)
@click.option(
    "--positions",
    metavar=_("FILE"),
    type=FilePath(),
    default=None,
    help=_("Keep the places of an earlier map, held in this file, which is written anew."),
)
@click.option(
    "--lang",
    metavar=_("NAME"),
    default=DEFAULT_LANGUAGE,
    show_default=True,
    help=_("The language at first: fr or en."),
)
@click.option("--title", metavar=_("TEXT"), default="", help=_("Another title for the map."))
@click.option("--open", "open_it", is_flag=True, help=_("Open the map in the browser."))
def command(
    data: Path | None, output: Path, gallery: Path | None, open_it: bool, **given: Any
) -> None:
    """Write the map, or the gallery, and print its path."""
    import ptce_graph

    given["filters"] = read_filters({**given, "planned": not given["observed"]})
    options = _view_options(given)
    graph = ptce_graph.load(data)
    if gallery is None:
        path = graph.map(output, **options)
    else:
        _refuse(given)
        options = {name: options[name] for name in ("filters", "lang", "outlines")}
        path = graph.gallery(gallery, **options)
    give(path)
    if open_it:
        import webbrowser

        webbrowser.open(path.resolve().as_uri())


def _view_options(given: dict[str, Any]) -> dict[str, Any]:
    """The options of one map, as ``KnowledgeGraph.map`` takes them."""
    if given["overlap"] and given["projection"] not in ("all", "overlap"):
        raise CallError(
            _("One map does not show {all} at once.").format(all="--overlap, --projection"),
            _("Draw one map for each."),
        )
    if given["steps"] != 1 and not given["around"]:
        raise CallError(_("--steps goes with --around NAME."))
    options = {
        name: given[name]
        for name in (
            "filters",
            "around",
            "steps",
            "bridges",
            "call",
            "overview",
            "color_by",
            "size_by",
            "layout",
            "outlines",
            "positions",
            "lang",
            "title",
        )
    }
    options["projection"] = "overlap" if given["overlap"] else given["projection"]
    options["between"] = given["between"] or ()
    options["compare"] = given["compare"] or ()
    return options


def _refuse(given: dict[str, Any]) -> None:
    """A gallery has all maps: what is asked of one of them is a wrong call."""
    blank = {"projection": "all"}
    asked = [
        "--" + name.replace("_", "-")
        for name in _OF_ONE_MAP
        if given[name] and given[name] != blank.get(name)
    ]
    if asked:
        raise CallError(
            _("A gallery takes no {flag}.").format(flag=", ".join(asked)),
            _("Draw that map on its own, with -o FILE."),
        )
