"""``ptce-graph query``: a question of the catalogue, or any SPARQL query."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ptce_graph.cli.common import data_option, say
from ptce_graph.errors import CallError
from ptce_graph.i18n import environment_language
from ptce_graph.i18n import gettext as _


@click.command(
    "query",
    help=_(
        "Answer a question of the catalogue by its NAME, or the SPARQL query of a file. "
        "Without either, list the catalogue."
    ),
    epilog=_(
        "Examples: ptce-graph query multi-membership --format csv; ptce-graph query --file q.rq"
    ),
)
@click.argument("name", required=False)
@data_option
@click.option("--file", "file", metavar="FILE", help=_("A SPARQL query; - reads it from stdin."))
@click.option(
    "--format",
    "format_name",
    default="table",
    show_default=True,
    help=_("table, csv, tsv, json or xml; ttl or nt for CONSTRUCT and DESCRIBE."),
)
@click.option("--show", is_flag=True, help=_("Print the SPARQL text instead of the answer."))
def command(
    name: str | None, data: Path | None, file: str | None, format_name: str, show: bool
) -> None:
    """Print the answer on stdout, the question itself on stderr."""
    from ptce_graph.dataset.questions import question, questions

    if name and file:
        raise CallError(_("Give a question's name or --file, not both."))
    if not name and not file:
        for entry in questions().values():
            click.echo(f"{entry.name}\n    {entry.words[environment_language()]}")
        return
    if name:
        entry = question(name)
        text = entry.text
        say(entry.words[environment_language()])
        if entry.notes[environment_language()]:
            say(entry.notes[environment_language()])
    else:
        text = _read(str(file))
    if show:
        from ptce_graph.vocabulary.terms import PREFIXES

        for prefix, namespace in PREFIXES.items():
            click.echo(f"PREFIX {prefix}: <{namespace}>")
        click.echo(text, nl=False)
        return
    import ptce_graph
    from ptce_graph.dataset.answers import answer_text

    click.echo(answer_text(ptce_graph.load(data).store, text, format_name), nl=False)


def _read(file: str) -> str:
    if file == "-":
        return sys.stdin.read()
    try:
        return Path(file).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CallError(_("{file} is not UTF-8.").format(file=file)) from error
