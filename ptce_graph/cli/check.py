"""``ptce-graph check``: every problem in the tables."""

from __future__ import annotations

from pathlib import Path

import click

from ptce_graph.cli.common import data_option, give
from ptce_graph.errors import DataError
from ptce_graph.i18n import gettext as _


@click.command(
    "check",
    short_help=_("Check the tables: list every problem in them."),
    help=_("Check the tables: file, row, column, value, nearest valid value of each problem."),
    epilog=_("Example: ptce-graph check --data my-folder"),
)
@data_option
@click.option("--all", "show_all", is_flag=True, help=_("All problems, not five of each kind."))
def command(data: Path | None, show_all: bool) -> None:
    """Tell the problems and leave with 1, or say that all is sound and leave with 0."""
    import ptce_graph

    problems = ptce_graph.check(data)
    if show_all:
        for problem in problems:
            give(problem)
    if problems:
        raise DataError(problems)
    give(_("The tables are sound."))
