"""``ptce-graph query``: a question of the catalogue, or any SPARQL query."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ptce_graph.cli.common import FilePath, data_option, give, say
from ptce_graph.cli.remote import endpoint_option, opened, timeout_option
from ptce_graph.errors import CallError
from ptce_graph.i18n import environment_language
from ptce_graph.i18n import gettext as _


@click.command(
    "query",
    short_help=_("Answer a question of the catalogue or a SPARQL query."),
    help=_(
        "Answer a question of the catalogue by its NAME, or the SPARQL query of a file. "
        "Without either, list the catalogue."
    ),
    epilog=_(
        "Examples: ptce-graph query multi-membership --format csv; ptce-graph query --file q.rq"
    ),
)
@click.argument("name", metavar=_("[NAME]"), required=False)
@data_option
@endpoint_option
@timeout_option
@click.option("--file", "file", metavar=_("FILE"), help=_("A SPARQL query; - reads it from stdin."))
@click.option(
    "--format",
    "format_name",
    metavar=_("NAME"),
    default="table",
    show_default=True,
    help=_("table, csv, tsv, json or xml; ttl or nt for CONSTRUCT and DESCRIBE."),
)
@click.option(
    "--param",
    "given",
    metavar=_("NAME=VALUE"),
    multiple=True,
    help=_("The value of a parameter of the question; may be repeated."),
)
@click.option("--show", is_flag=True, help=_("Print the SPARQL text instead of the answer."))
def command(
    name: str | None,
    data: Path | None,
    endpoint: str,
    timeout: float,
    file: str | None,
    format_name: str,
    given: tuple[str, ...],
    show: bool,
) -> None:
    """Print the answer on stdout, the question itself on stderr."""
    from ptce_graph.dataset.questions import question, questions

    if name and file:
        raise CallError(_("Give a question's name or --file, not both."))
    if not name and not file:
        for entry in questions().values():
            names = "".join(f" --param {p.name}={p.default}" for p in entry.parameters)
            give(f"{entry.name}{names}\n    {entry.words[environment_language()]}")
        return
    notes: list[str] = []
    parameters: dict[str, str] = {}
    if name:
        entry = question(name)
        parameters = _parameters(given)
        text = entry.sparql(parameters)
        notes = [told[environment_language()] for told in (entry.words, entry.notes)]
    else:
        if given:
            raise CallError(_("Only a question of the catalogue has parameters."))
        text = _read(str(file))
    if show:
        from ptce_graph.vocabulary.terms import PREFIXES

        for prefix, namespace in PREFIXES.items():
            give(f"PREFIX {prefix}: <{namespace}>")
        give(text, end="")
        return
    import ptce_graph
    from ptce_graph.dataset.answers import answer, cut_note, known_format, limit_of, sparql_of

    known_format(format_name)
    store = opened(endpoint, timeout, data) if endpoint else ptce_graph.load(data).store
    if name:
        text = sparql_of(store, name, parameters)
    told = answer(store, text, format_name)
    for note in filter(None, notes):
        say(note)
    give(told.text, end="")
    limit = limit_of(name, parameters) if name else None
    if limit is not None and told.rows is not None and told.rows >= limit:
        say(cut_note(limit))


def _parameters(given: tuple[str, ...]) -> dict[str, str]:
    parameters: dict[str, str] = {}
    for word in given:
        name, equals, value = word.partition("=")
        if not equals:
            raise CallError(_("A parameter is written name=value, not {word}.").format(word=word))
        if name in parameters:
            raise CallError(_("A parameter takes one value; one of them is given twice."))
        parameters[name] = value
    return parameters


def _read(file: str) -> str:
    """The text of a file, or of stdin for ``-``; with or without a byte order mark."""
    if file == "-":
        if sys.stdin is None:
            raise CallError(_("The standard input is closed: there is no query to read."))
        data = sys.stdin.buffer.read()
    else:
        data = FilePath().convert(file, None, None).read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        told = _("The standard input") if file == "-" else file
        raise CallError(_("{file} is not UTF-8.").format(file=told)) from error
