"""The ``ptce-graph`` command: one file per command, no logic.

The modules of commands import click and nothing heavy, so that ``--help`` is
immediate; what a command needs is imported when it runs.
"""

from __future__ import annotations

import gettext
import sys
from collections.abc import Sequence

import click

from ptce_graph import __version__
from ptce_graph.cli import (
    analyse,
    build,
    check,
    coverage,
    diff,
    export,
    import_,
    init,
    poles,
    publish,
    query,
    reconcile,
    report,
    serve,
    site,
    viz,
)
from ptce_graph.cli.common import forward_errors, prepare_streams
from ptce_graph.i18n import LOCALE_DIR, environment_language
from ptce_graph.i18n import gettext as _

COMMANDS = (
    viz,
    query,
    analyse,
    poles,
    report,
    coverage,
    init,
    import_,
    reconcile,
    export,
    diff,
    publish,
    serve,
    site,
    build,
    check,
)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=_(
        "Cooperation networks of the French social and solidarity economy: who belongs to which "
        "network and pole, who cooperates with whom, according to which document."
    ),
    subcommand_metavar=_("COMMAND [ARGS]..."),
    epilog=_("First map: ptce-graph viz -o map.html"),
)
@click.version_option(
    __version__,
    prog_name="ptce-graph",
    message="%(prog)s, version %(version)s",
    help=_("Show the version and exit."),
)
@click.option("--debug", is_flag=True, help=_("Show the stack trace of an error."))
def cli(debug: bool) -> None:
    """The group itself does nothing; ``debug`` is read before it runs."""


for _module in COMMANDS:
    cli.add_command(_module.command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code: 0 fine, 1 data wrong, 2 call wrong."""
    if environment_language() != "en":
        # The words of click itself: it asks the catalogue of no name, "messages".
        gettext.bindtextdomain("messages", str(LOCALE_DIR))
        gettext.textdomain("messages")
    prepare_streams()
    words = list(sys.argv[1:] if arguments is None else arguments)
    sys.exit(forward_errors(cli, words))
