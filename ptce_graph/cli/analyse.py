"""``ptce-graph analyse``: measures of organisations and poles, bridges between networks."""

from __future__ import annotations

from pathlib import Path

import click

from ptce_graph.cli.common import data_option, say
from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _
from ptce_graph.tabular import csv_text, table_text

_FORMATS = ("table", "csv", "json")


@click.command(
    "analyse",
    help=_("Measure the network: degree, betweenness, memberships, bridges between networks."),
    epilog=_("Example: ptce-graph analyse --measure betweenness --top 10"),
)
@data_option
@click.option(
    "--measure", "measures", multiple=True, help=_("A measure; may be repeated; all without it.")
)
@click.option(
    "--projection",
    default="all",
    show_default=True,
    help=_("Which links: all, affiliation or cooperation."),
)
@click.option(
    "--bridges", "list_bridges", is_flag=True, help=_("List who ties which networks together.")
)
@click.option("--top", type=click.IntRange(min=1), default=None, help=_("The first rows only."))
@click.option(
    "--format", "format_name", default="table", show_default=True, help=_("table, csv or json.")
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
            _("Choose one of: {all}.").format(all=", ".join(_FORMATS)),
        )
    import ptce_graph
    from ptce_graph.analysis.measures import MEASURES

    graph = ptce_graph.load(data)
    if list_bridges:
        frame = graph.bridges()
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
        click.echo(frame.to_json(orient="records", force_ascii=False, indent=1))
        return
    rows = frame.round(4).values.tolist()
    writer = csv_text if format_name == "csv" else table_text
    click.echo(writer(list(frame.columns), rows), nl=False)
