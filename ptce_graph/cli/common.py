"""What the commands share: paths, results, errors as words and exit codes."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ptce_graph.errors import CallError, PtceGraphError
from ptce_graph.i18n import gettext as _
from ptce_graph.i18n import mark
from ptce_graph.tabular import printable

if TYPE_CHECKING:
    _PathType = click.ParamType[Path]
else:
    # Older versions of click have no types of types.
    _PathType = click.ParamType


class FolderPath(_PathType):
    """A folder that a person names, there or not yet; no empty name, no file."""

    name = "folder"

    def convert(self, value: Any, param: Any, ctx: Any) -> Path:
        path = _named(value)
        if path.is_file():
            raise CallError(_("{path} is a file, not a folder.").format(path=path))
        return path


class FilePath(_PathType):
    """A file that a person names, there or not yet; no empty name, no folder."""

    name = "file"

    def convert(self, value: Any, param: Any, ctx: Any) -> Path:
        path = _named(value)
        if path.is_dir():
            raise CallError(_("{path} is a folder, not a file.").format(path=path))
        return path


def _named(value: Any) -> Path:
    if not str(value).strip():
        # An empty variable in a script, most often; Path("") would be the current folder.
        raise CallError(_("The path is empty."))
    return Path(value)


data_option: Callable[[Any], Any] = click.option(
    "--data",
    "data",
    metavar=_("DIR"),
    type=FolderPath(),
    default=None,
    help=_("Your own data folder; the bundled data without it."),
)


def forward_errors(group: click.Group, words: list[str]) -> int:
    """Run ``group``; tell errors in words on stderr and return the exit code."""
    debug = "--debug" in words
    # Accepted after the command's name too, where people add it.
    words = [word for word in words if word != "--debug"]
    stdout, code = sys.stdout, 0
    try:
        code = _run(group, words)
    except click.exceptions.Exit as stop:
        code = int(stop.exit_code)
    except click.ClickException as error:
        told = io.StringIO()
        error.show(file=told)
        say(told.getvalue().rstrip("\n"))
        code = 2
    except click.Abort:
        code = 130
    except BrokenPipeError:
        _stop_writing()
    except SystemExit:
        # Click meets a broken pipe by putting another stream in the place of stdout.
        if sys.stdout is stdout:
            raise
        _stop_writing()
    except Exception as error:
        if debug:
            raise
        message, code = _told(error)
        say(message)
    return code


def _run(group: click.Group, words: list[str]) -> int:
    if any("\0" in word for word in words):
        raise CallError(_("An argument holds a null character."))
    stopped = group.main(args=words, prog_name="ptce-graph", standalone_mode=False)
    if sys.stdout is not None:
        sys.stdout.flush()
    # Without its standalone mode, click returns the exit code of --help and others.
    return stopped if isinstance(stopped, int) else 0


def _stop_writing() -> None:
    """The reader (head, less) left: nothing is wrong, and nothing more can be said."""
    sink = os.open(os.devnull, os.O_WRONLY)
    for number in (1, 2):
        os.dup2(sink, number)
    sys.stdout = sys.__stdout__
    sys.stderr = sys.__stderr__


_OS_ERRORS = {
    errno.ENOENT: mark("{path}: there is no such file or folder."),
    errno.EACCES: mark("{path}: permission denied."),
    errno.EPERM: mark("{path}: permission denied."),
    errno.EROFS: mark("{path}: permission denied."),
    errno.EISDIR: mark("{path} is a folder, not a file."),
    errno.EEXIST: mark("{path} is a file, not a folder."),
    errno.ENOTDIR: mark("{path}: a part of this path is a file, not a folder."),
    errno.ENOSPC: mark("{path}: there is no space left on the disk."),
    errno.EDQUOT: mark("{path}: there is no space left on the disk."),
    errno.ENAMETOOLONG: mark("{path}: this name is too long."),
    errno.ELOOP: mark("{path}: links that lead to each other."),
}


def _told(error: Exception) -> tuple[str, int]:
    """The words and the exit code of an error; a fault of ours is named as such."""
    if isinstance(error, PtceGraphError):
        return _("Error: {error}").format(error=error), error.exit_code
    if isinstance(error, OSError):
        path = error.filename or "—"
        if error.errno in _OS_ERRORS:
            told = _(_OS_ERRORS[error.errno]).format(path=path)
        else:
            told = f"{error.filename}: " if error.filename else ""
            told += error.strerror or str(error)
        return _("Error: {error}").format(error=told), CallError.exit_code
    return (
        _(
            "Unexpected error: {error}\nThis is a fault of ptce-graph; "
            "run again with --debug and report it."
        ).format(error=f"{type(error).__name__}: {error}"),
        1,
    )


def prepare_streams() -> None:
    """Results are UTF-8 with ``\\n`` for programs; terminals take what they can show."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        if sys.stdout.isatty():
            sys.stdout.reconfigure(errors="replace")
        else:
            # Names of files that are no text go out as the bytes they came in.
            sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape", newline="\n")
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr.reconfigure(errors="replace")


def give(result: object, end: str = "\n") -> None:
    """A result, on stdout; what would command a terminal never reaches one."""
    text = str(result) + end
    if sys.stdout is not None and sys.stdout.isatty():
        text = printable(text)
    click.echo(text, nl=False)


def say(message: object) -> None:
    """Progress, notes and errors go to stderr; stdout is for results."""
    click.echo(printable(str(message)), err=True)
