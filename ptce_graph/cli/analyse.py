"""``ptce-graph analyse``: measures, memberships, bridges, paths, and how sure they are."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from ptce_graph.cli.common import FilePath, data_option, give, say
from ptce_graph.cli.filters import filter_options, read_filters
from ptce_graph.cli.progress import progress_line
from ptce_graph.cli.remote import brought, endpoint_option, timeout_option
from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _
from ptce_graph.tabular import table_text

if TYPE_CHECKING:
    from ptce_graph.analysis.result import Result

#: What a terminal has room for; the files have all measures.
_ON_A_TERMINAL = ("degree", "betweenness", "harmonic", "constraint", "memberships", "bridges")
#: More facts than this are asked for with --facts.
_FEW = 60


@click.command(
    "analyse",
    short_help=_("Measure the network; find bridges, overlaps, brokers, paths."),
    help=_(
        "Measure the network. ANALYSIS is one of those that --list tells; without it, measures "
        "of organisations and poles."
    ),
    epilog=_("Example: ptce-graph analyse bridges --between COORACE RTES"),
)
@click.argument("name", metavar=_("[ANALYSIS]"), default="nodes")
@data_option
@endpoint_option
@timeout_option
@click.option("--list", "listing", is_flag=True, help=_("Tell the analyses and the measures."))
@click.option(
    "--measure",
    "measures",
    metavar=_("NAME"),
    multiple=True,
    help=_("A measure; may be repeated."),
)
@click.option(
    "--between",
    metavar=_("A B"),
    nargs=2,
    default=None,
    help=_("Two organisations, networks or poles, by name or identifier."),
)
@click.option(
    "--remove",
    "removed",
    metavar=_("NAME"),
    multiple=True,
    help=_("What would be gone; may be repeated."),
)
@click.option(
    "--by",
    "grouping",
    metavar=_("GROUPING"),
    default="networks",
    show_default=True,
    help=_("Groups: networks, poles, both, kind, statut or region."),
)
@click.option(
    "--projection",
    metavar=_("NAME"),
    default="",
    help=_(
        "Which network: all, affiliation, cooperation, comembership or overlap; that of the "
        "analysis without it."
    ),
)
@filter_options
@click.option(
    "--drop",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=None,
    help=_("Share of the links that each draw loses."),
)
@click.option("--samples", type=click.IntRange(min=2), default=None, help=_("Number of draws."))
@click.option("--seed", type=click.IntRange(min=0), default=2011, show_default=True)
@click.option(
    "--engine",
    metavar=_("NAME"),
    default="auto",
    show_default=True,
    help=_("What computes: auto, networkx or arrays; the values are the same."),
)
@click.option(
    "--pivots",
    type=click.IntRange(min=0),
    default=None,
    help=_("Nodes from which shortest paths are searched; 0 for all, however many."),
)
@click.option(
    "--top", metavar="N", type=click.IntRange(min=1), default=None, help=_("The first rows only.")
)
@click.option("--facts", is_flag=True, help=_("Print the facts behind each row, not the rows."))
@click.option(
    "--format",
    "format_name",
    metavar=_("NAME"),
    default="",
    help=_("table, csv, json, parquet or ttl; that of the file's name without it."),
)
@click.option(
    "-o", "--output", metavar=_("FILE"), type=FilePath(), default=None, help=_("The file to write.")
)
def command(
    name: str,
    data: Path | None,
    listing: bool,
    top: int | None,
    facts: bool,
    format_name: str,
    output: Path | None,
    **given: Any,
) -> None:
    """Print the table on stdout, how it was made on stderr."""
    if listing:
        _list()
        return
    import ptce_graph
    from ptce_graph.publish.results import result_format, write_result

    endpoint, timeout = given.pop("endpoint"), given.pop("timeout")
    format_name = result_format(format_name, output)
    filters = read_filters(given)
    given["between"] = given["between"] or ()
    _check_options(name, facts, format_name)
    if format_name == "table" and name == "nodes" and not given["measures"]:
        given["measures"] = _ON_A_TERMINAL
    graph = brought(endpoint, timeout, data) if endpoint else ptce_graph.load(data)
    with progress_line() as progress:
        result = graph.result(name, progress, filters=filters, **given)
    result = result.first(top) if top else result
    _tell(result)
    if format_name == "table":
        _print(result, facts)
    elif output is None:
        give(write_result(result, format_name, facts).decode("utf-8"), end="")
    else:
        from ptce_graph.files import write_bytes_whole

        write_bytes_whole(output, write_result(result, format_name, facts))
        give(output)


def _list() -> None:
    from ptce_graph.analysis.analyses import ANALYSES
    from ptce_graph.analysis.measures import MEASURES

    for analysis in ANALYSES.values():
        give(f"{analysis.name}\n    {_(analysis.label)}. {_(analysis.definition)}")
    give("\n" + _("Measures:"))
    for measure in MEASURES.values():
        give(f"{measure.name}\n    {_(measure.label)}. {_(measure.definition)}")


def _check_options(name: str, facts: bool, format_name: str) -> None:
    """An option that the analysis does not read is a wrong call: nothing is ignored silently."""
    from ptce_graph.analysis.analyses import analysis_named

    if facts and "facts" not in analysis_named(name).columns:
        raise CallError(_("The rows of the analysis {name} name no facts.").format(name=name))
    if format_name == "ttl":
        from ptce_graph.publish.observations import check_cube

        check_cube(name)
    taken = analysis_named(name).takes
    context = click.get_current_context()
    for field, flag in _FLAGS.items():
        if field not in taken and _given(context, field):
            raise CallError(_("The analysis {name} takes no {flag}.").format(name=name, flag=flag))


#: The options that only some analyses read, by the field of ``Request`` that they fill.
_FLAGS = {
    "measures": "--measure",
    "between": "--between",
    "removed": "--remove",
    "grouping": "--by",
    "samples": "--samples",
    "drop": "--drop",
    "seed": "--seed",
    "engine": "--engine",
    "pivots": "--pivots",
}


def _given(context: click.Context, name: str) -> bool:
    """Whether the option stands on the command line, be it with its default value."""
    return context.get_parameter_source(name) is ParameterSource.COMMANDLINE


def _tell(result: Result) -> None:
    from ptce_graph.analysis.measures import MEASURES

    for line in result.about(_):
        say(line)
    for column in result.frame.columns:
        if column in MEASURES and result.analysis.name == "nodes":
            say(f"{column}: {_(MEASURES[column].definition)}")


def _print(result: Result, facts: bool) -> None:
    """For people: names in the place of identifiers; the facts too where they are few."""
    if facts:
        _print_facts(result)
        return
    frame = result.frame.drop(columns=["facts"], errors="ignore")
    for column, worded in result.analysis.worded.items():
        frame[column] = [_(worded[code]) for code in frame[column]]
    named = [name for name in frame.columns if f"{name}_name" in frame.columns]
    frame = frame.drop(columns=named).rename(columns={f"{name}_name": name for name in named})
    give(table_text(list(frame.columns), [_shown(row) for row in frame.values.tolist()]), end="")
    if result.request.between and 0 < len(result.evidence) <= _FEW:
        give("")
        _print_facts(result)


def _print_facts(result: Result) -> None:
    """The facts behind the rows, one line each."""
    told = result.evidence.drop(columns=["subject", "object", "fact"])
    told["row"] += 1
    give(table_text(list(told.columns), told.values.tolist()), end="")


def _shown(row: list[Any]) -> list[Any]:
    """Numbers as a terminal shows them: four digits, nothing where nothing is defined."""
    return [_number(cell) if isinstance(cell, float) else cell for cell in row]


def _number(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.4g}"
