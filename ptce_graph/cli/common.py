"""What the commands share: the data option, errors as words and exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ptce_graph.errors import CallError, PtceGraphError
from ptce_graph.i18n import gettext as _

data_option: Callable[[Any], Any] = click.option(
    "--data",
    "data",
    metavar="DIR",
    type=click.Path(path_type=Path),
    default=None,
    help=_("Your own data folder; the bundled data without it."),
)


def forward_errors(group: click.Group, words: list[str]) -> int:
    """Run ``group``; tell errors in words on stderr and return the exit code."""
    debug = "--debug" in words
    # Accepted after the command's name too, where people add it.
    words = [word for word in words if word != "--debug"]
    try:
        group.main(args=words, prog_name="ptce-graph", standalone_mode=False)
    except click.exceptions.Exit as stop:
        return int(stop.exit_code)
    except click.ClickException as error:
        error.show(file=sys.stderr)
        return 2
    except click.Abort:
        return 130
    except BrokenPipeError:
        # The reader (head, less) left: nothing is wrong, and nothing more can be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:
        if debug:
            raise
        told, code = _told(error)
        click.echo(told, err=True)
        return code
    return 0


def _told(error: Exception) -> tuple[str, int]:
    """The words and the exit code of an error; a fault of ours is named as such."""
    if isinstance(error, PtceGraphError):
        return _("Error: {error}").format(error=error), error.exit_code
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        told = _("Error: {error}").format(error=f"{where}{error.strerror or error}")
        return told, CallError.exit_code
    return (
        _(
            "Unexpected error: {error}\nThis is a fault of ptce-graph; "
            "run again with --debug and report it."
        ).format(error=f"{type(error).__name__}: {error}"),
        1,
    )


def say(message: str) -> None:
    """Progress and notes go to stderr; stdout is for results."""
    click.echo(message, err=True)
