"""``ptce-graph analyse``: measures of organisations and poles, bridges between networks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ptce_graph.cli.common import data_option, give, say
from ptce_graph.errors import CallError, nearest
from ptce_graph.i18n import gettext as _
from ptce_graph.tabular import csv_text, table_text

if TYPE_CHECKING:
    from pandas import DataFrame, Series

_FORMATS = ("table", "csv", "json")


@click.command(
    "analyse",
    short_help=_("Measure the network; find bridges between networks."),
    help=_("Measure the network: degree, betweenness, memberships, bridges between networks."),
    epilog=_("Example: ptce-graph analyse --measure betweenness --top 10"),
)
@data_option
@click.option(
    "--measure",
    "measures",
    metavar=_("NAME"),
    multiple=True,
    help=_("A measure; may be repeated; all without it."),
)
@click.option(
    "--projection",
    metavar=_("NAME"),
    default="all",
    show_default=True,
    help=_("Which links: all, affiliation or cooperation."),
)
@click.option(
    "--bridges", "list_bridges", is_flag=True, help=_("List who ties which networks together.")
)
@click.option(
    "--top",
    metavar="N",
    type=click.IntRange(min=1),
    default=None,
    help=_("The first rows only."),
)
@click.option(
    "--format",
    "format_name",
    metavar=_("NAME"),
    default="table",
    show_default=True,
    help=_("table, csv or json."),
)
def command(
    data: Path | None,
    measures: tuple[str, ...],
    projection: str,
    list_bridges: bool,
    top: int | None,
    format_name: str,
) -> None:
    """Print the table on stdout, the definitions of its measures on stderr."""
    if format_name not in _FORMATS:
        raise CallError(
            _("There is no format named {name}.").format(name=format_name),
            _("Did you mean {nearest}? The formats: {all}.").format(
                nearest=nearest(format_name, _FORMATS) or _FORMATS[0], all=", ".join(_FORMATS)
            ),
        )
    import ptce_graph
    from ptce_graph.analysis.measures import MEASURES
    from ptce_graph.network.projections import PROJECTIONS

    graph = ptce_graph.load(data)
    if list_bridges:
        if projection not in PROJECTIONS or not set(measures) <= set(MEASURES):
            # Not used here, but a wrong name is a wrong call all the same.
            graph.analyse(measures, projection)
        frame = _with_names(graph.bridges(), graph.actors["name"])
        say(
            _(
                "An organisation bridges two networks by belonging to both, a pole by the "
                "organisations attached to it."
            )
        )
    else:
        frame = graph.analyse(measures, projection)
        for name in frame.columns[3:]:
            say(f"{name}: {_(MEASURES[name].definition)}")
        say(_("Projection: {name}.").format(name=projection))
    frame = frame.head(top) if top else frame
    if format_name == "json":
        give(frame.to_json(orient="records", force_ascii=False, indent=1))
        return
    rows = frame.round(4).values.tolist()
    writer = csv_text if format_name == "csv" else table_text
    give(writer(list(frame.columns), rows), end="")


def _with_names(frame: DataFrame, names: Series) -> DataFrame:
    """The bridges with the names of networks, bridge and organisations beside their identifiers."""
    for column in ("network_a", "network_b", "bridge", "through_a", "through_b"):
        told = [" | ".join(names[part] for part in cell.split("|")) for cell in frame[column]]
        frame.insert(list(frame.columns).index(column) + 1, f"{column}_name", told)
    return frame
