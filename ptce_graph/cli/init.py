"""``ptce-graph init``: a data folder to start from, or empty templates of the tables."""

from __future__ import annotations

from pathlib import Path

import click

from ptce_graph.cli.common import FilePath, FolderPath, give, say
from ptce_graph.errors import CallError, unknown_choice
from ptce_graph.i18n import gettext as _

_TEMPLATES = ("xlsx", "csv")


@click.command(
    "init",
    short_help=_("Make a data folder to start from, or empty tables to fill in."),
    help=_(
        "Make a data folder at PATH with a handful of invented rows: it is explained in French "
        "and English, and can be checked and mapped at once. With --template, make empty tables "
        "instead: a workbook with codes to choose from (xlsx), or a folder of CSV files."
    ),
    epilog=_("Example: ptce-graph init my-folder && ptce-graph viz --data my-folder --open"),
)
@click.argument("path", metavar=_("PATH"), type=click.Path(path_type=Path))
@click.option("--empty", is_flag=True, help=_("Headers only, no invented rows."))
@click.option(
    "--bundled",
    is_flag=True,
    help=_("The bundled documents, to put your own beside them."),
)
@click.option(
    "--template",
    metavar=_("NAME"),
    default="",
    help=_("xlsx or csv: empty tables to fill in, and no data folder."),
)
def command(path: Path, empty: bool, bundled: bool, template: str) -> None:
    """Make it, and tell what to do next."""
    import ptce_graph

    path = (FilePath() if template == "xlsx" else FolderPath()).convert(path, None, None)
    if bundled and (empty or template):
        raise CallError(_("--bundled brings rows: leave out --empty and --template."))
    if template:
        if template not in _TEMPLATES:
            message = _("There is no template named {name}.").format(name=template)
            raise unknown_choice(message, template, _TEMPLATES)
        if empty:
            raise CallError(_("A template is empty already: leave out --empty."))
        give(ptce_graph.template(path, template))
        _next_of_template(path, template)
        return
    made = ptce_graph.init(path, empty=empty, bundled=bundled)
    give(made.folder)
    say(_("{n} files, explained in README.md.").format(n=len(made.files)))
    if empty:
        say(_("Fill in the tables, then: {command}").format(command=_after("check", path)))
    else:
        say(_("Now: {command}").format(command=f"{_after('viz', path)} --open"))


def _next_of_template(path: Path, template: str) -> None:
    if template == "xlsx":
        folder = _("my-folder")
        told = f"ptce-graph import tables {path} --data {folder}"
        say(_("Fill it in, then: {command}").format(command=told))
    else:
        say(_("Fill them in, then put them into sources/<name> of a data folder."))


def _after(command: str, path: Path) -> str:
    return f"ptce-graph {command} --data {path}"
