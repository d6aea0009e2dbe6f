"""``ptce-graph export``: the dataset as files that others can take."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ptce_graph.cli.common import FilePath, FolderPath, data_option, give, say
from ptce_graph.cli.remote import brought, endpoint_option, timeout_option
from ptce_graph.errors import CallError
from ptce_graph.files import write_whole
from ptce_graph.i18n import gettext as _

if TYPE_CHECKING:
    from ptce_graph.knowledge_graph import KnowledgeGraph

#: Formats made of tables that quads do not give back whole.
_OF_TABLES = ("csv", "parquet")


@click.command(
    "export",
    short_help=_("Write the dataset in a format, or all of them."),
    help=_(
        "Write the dataset in a FORMAT: trig, nq, jsonld, ttl, nt, rdfxml, csv, parquet, gexf, "
        "graphml, essglobal, schema or murmurations. --list tells what each of them loses."
    ),
    epilog=_(
        "Examples: ptce-graph export trig -o ptce.trig; ptce-graph export csv -o tables; "
        "ptce-graph export ttl --entity COORACE; ptce-graph export --all release"
    ),
)
@click.argument("format_name", metavar=_("[FORMAT]"), required=False)
@data_option
@endpoint_option
@timeout_option
@click.option(
    "-o",
    "--output",
    metavar=_("PATH"),
    default=None,
    help=_("The file to write, or the folder for a format of several files; stdout without it."),
)
@click.option(
    "--entity",
    metavar=_("NAME"),
    default=None,
    help=_("Only what is said of one thing, by its name, identifier or IRI (ttl, jsonld, nt …)."),
)
@click.option(
    "--all",
    "release",
    metavar=_("DIR"),
    type=FolderPath(),
    default=None,
    help=_("A release: every format, the catalogue, checksums, licence and ontology."),
)
@click.option("--list", "listed", is_flag=True, help=_("Tell the formats, and what each loses."))
def command(
    format_name: str | None,
    data: Path | None,
    endpoint: str,
    timeout: float,
    output: str | None,
    entity: str | None,
    release: Path | None,
    listed: bool,
) -> None:
    """Write what is asked for and print its path, or print the text itself."""

    if listed:
        give(_formats_told(), end="")
        return
    if release is not None:
        if format_name or output or entity:
            raise CallError(_("--all writes every format: it takes no other option."))
        if endpoint:
            raise _not_from_a_server("--all")
        _write_release(_loaded(data), release)
        return
    if entity is not None and not entity.strip():
        raise CallError(_("--entity has no name."), _("Give a name, an identifier or an IRI."))
    if not format_name:
        raise CallError(_("Name a format."), _("See them all: ptce-graph export --list"))
    if endpoint and format_name in _OF_TABLES:
        raise _not_from_a_server(format_name)

    def load() -> KnowledgeGraph:
        return brought(endpoint, timeout, data) if endpoint else _loaded(data)

    if entity:
        _give_entity(load, format_name, entity, output)
    else:
        _give_dataset(load, format_name, output)


def _loaded(data: Path | None) -> KnowledgeGraph:
    import ptce_graph

    return ptce_graph.load(data)


def _not_from_a_server(asked: str) -> CallError:
    return CallError(
        _("{name} needs the tables of a data folder, which no server holds.").format(name=asked),
        _("Take the quads from it: ptce-graph export trig --endpoint URL"),
    )


def _give_dataset(load: Callable[[], KnowledgeGraph], format_name: str, output: str | None) -> None:
    from ptce_graph.publish.formats import format_named

    format_ = format_named(format_name)
    if format_.folder and output is None:
        # Asked before anything is read: files cannot be told on a terminal or in a pipe.
        raise CallError(
            _("{name} makes several files.").format(name=format_name),
            _("Name a folder for them: ptce-graph export {name} -o {name}").format(
                name=format_name
            ),
        )
    path = _path(output, FolderPath() if format_.folder else FilePath())
    graph = load()
    if format_.loss:
        say(_(format_.loss))
    if path is None:
        give(graph.export_text(format_name), end="")
    else:
        give(graph.export(format_name, path))


def _path(output: str | None, kind: FolderPath | FilePath) -> Path | None:
    return None if output is None else kind.convert(output, None, None)


def _give_entity(
    load: Callable[[], KnowledgeGraph], format_name: str, entity: str, output: str | None
) -> None:
    path = _path(output, FilePath())
    text = load().describe(entity, format_name)
    if path is None:
        give(text, end="")
        return
    write_whole(path, text)
    give(path)


def _write_release(graph: KnowledgeGraph, folder: Path) -> None:
    from ptce_graph.cli.progress import progress_line
    from ptce_graph.publish.catalogue.release_folder import write_release

    with progress_line() as progress:
        written = write_release(graph.release, folder, progress)
    give(written)


def _formats_told() -> str:
    """Every format on a line, and what it cannot say below it."""
    from ptce_graph.publish.formats import FORMATS

    width = max(map(len, FORMATS))
    lines = []
    for format_ in FORMATS.values():
        lines.append(f"{format_.name.ljust(width)}  {_(format_.title)}")
        lost = _(format_.loss) if format_.loss else _("Loses nothing.")
        lines.append(f"{' ' * width}  {lost}")
    return "\n".join(lines) + "\n"
