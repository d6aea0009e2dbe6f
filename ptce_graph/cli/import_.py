"""``ptce-graph import``: a file of one's own becomes a source of a data folder."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ptce_graph.cli.common import FilePath, data_option, give, say
from ptce_graph.cli.edition import Edition, edition_options
from ptce_graph.cli.progress import progress_line
from ptce_graph.errors import CallError
from ptce_graph.i18n import DEFAULT_LANGUAGE
from ptce_graph.i18n import gettext as _

if TYPE_CHECKING:
    from ptce_graph.importers.run import Import
    from ptce_graph.knowledge_graph import KnowledgeGraph

_TEXTS = ("source", "title", "publisher", "date", "licence", "network")


@click.command(
    "import",
    short_help=_("Put a file of your own (members, Sirene …) into a folder."),
    help=_(
        "Put a file of your own into a data folder, which is made where there is none. KIND says "
        "what the file is: spreadsheet (a list of members, a matrix, a list of links), tables (the "
        "project's own template), sirene, data-inclusion, siae, rdf or gogocarto. Each row read "
        "is kept, left out or refused, and told. Telephones, e-mails and names of persons are "
        "never kept."
    ),
    epilog=_(
        'Example: ptce-graph import spreadsheet members.csv --network "My network" --data my-folder'
    ),
)
@click.argument("kind", metavar=_("KIND"))
@click.argument("file", metavar=_("FILE"), type=FilePath())
@data_option
@click.option(
    "--network", metavar=_("NAME"), default="", help=_("The network whose members the file lists.")
)
@click.option(
    "--source",
    metavar=_("NAME"),
    default="",
    help=_("The name of the source's folder; made from the file's name without it."),
)
@click.option("--title", metavar=_("TEXT"), default="", help=_("The title of the document."))
@click.option("--publisher", metavar=_("TEXT"), default="", help=_("Who publishes it."))
@click.option(
    "--date", metavar=_("DATE"), default="", help=_("Its date: 2024, 2024-03 or 2024-03-15.")
)
@click.option("--licence", metavar=_("TEXT"), default="", help=_("Its licence."))
@click.option(
    "--sheet", metavar=_("NAME"), default="", help=_("The sheet to read; the first without it.")
)
@click.option(
    "--mapping",
    metavar=_("FILE"),
    type=FilePath(),
    default=None,
    help=_("A file that says what each column is, where the guess is wrong."),
)
@click.option(
    "--write-mapping",
    metavar=_("FILE"),
    type=FilePath(),
    default=None,
    help=_("Write the guess to this file, to be corrected, and import nothing."),
)
@click.option(
    "--option",
    "more",
    metavar=_("NAME=VALUE"),
    multiple=True,
    help=_("An option of one kind of file; may be repeated."),
)
@click.option("--all", "everything", is_flag=True, help=_("Also what is not part of the ESS."))
@edition_options
@click.option("--dry-run", is_flag=True, help=_("Show what would be kept, and write nothing."))
@click.option(
    "--map", "map_file", metavar=_("FILE"), type=FilePath(), default=None, help=_("Draw a map too.")
)
@click.option(
    "--lang",
    metavar=_("NAME"),
    default=DEFAULT_LANGUAGE,
    show_default=True,
    help=_("The language of the map at first: fr or en."),
)
def command(
    kind: str,
    file: Path,
    data: Path | None,
    write_mapping: Path | None,
    dry_run: bool,
    map_file: Path | None,
    yes: bool,
    changes_file: Path | None,
    **given: Any,
) -> None:
    """Import the file, tell what became of its rows, and leave with 1 where none was kept."""
    import ptce_graph

    trial = dry_run or write_mapping is not None
    if data is None and not trial:
        folder = _("my-folder")
        raise CallError(
            _("The bundled data take no import: say which folder, with --data DIR."),
            _("Example: {example}").format(
                example=f"ptce-graph import {kind} {_typed(file)} --data {folder}"
            ),
        )
    edition = Edition(yes, changes_file)
    wish = _wish(given)
    with progress_line() as progress:
        done = ptce_graph.import_file(
            kind, file, data, dry_run=trial, accept=edition.accept, progress=progress, **wish
        )
    _tell_columns(done, show=give if dry_run else say)
    if write_mapping is not None:
        _keep_mapping(done, write_mapping)
    _tell_rows(done)
    if not done.imported.rows_kept:
        raise click.exceptions.Exit(1)
    edition.tell(done)
    if done.written is None and not edition.over(done) and write_mapping is None:
        _tell_trial(done, data)
    if trial:
        return
    if map_file is not None:
        graph = ptce_graph.load(data)
        title = _map_title(graph, given["network"].strip(), given["lang"])
        give(graph.map(map_file, lang=given["lang"], title=title))
    elif done.written is not None:
        say(_("Now: {command}").format(command=f"ptce-graph viz --data {_typed(data)} --open"))


def _typed(path: Path | None) -> str:
    """A path as it is typed on a command line."""
    return shlex.quote(str(path))


def _tell_trial(done: Import, data: Path | None) -> None:
    """What to do after a trial: correct the guess, or take it."""
    if done.imported.mapping:
        say(_("A column is taken wrongly? Write the guess to a file: --write-mapping FILE."))
    if data is None:
        say(_("Nothing was written: run it again with --data DIR, without --dry-run."))
    else:
        say(_("Nothing was written: run it again without --dry-run."))


def _map_title(graph: KnowledgeGraph, network: str, language: str) -> str:
    """The title of the folder's map: its own in ``dataset.yml``, else its one document.

    A folder of several documents without a title is called by its name.
    """
    from ptce_graph.tables.dataset_file import dataset_about, default_about

    tables = graph.facts.tables
    about, default = dataset_about(tables.folder), default_about(tables.folder)
    if about.title != default.title or len(tables.documents) != 1:
        return about.text("title", language)
    (document,) = tables.documents.values()
    return f"{network} ({document.title})" if network else document.title


def _wish(given: dict[str, Any]) -> dict[str, Any]:
    """The options as the fields of ``Wish``, those of one kind in ``options``."""
    options: dict[str, object] = {"sheet": given["sheet"], "all": given["everything"]}
    for text in given["more"]:
        name, equals, value = text.partition("=")
        if not (name.strip() and equals):
            raise CallError(_("--option takes a name and a value: --option NAME=VALUE."))
        options[name.strip()] = value.strip()
    wish = {name: given[name].strip() for name in _TEXTS}
    kept = {name: value for name, value in options.items() if value}
    return {**wish, "mapping": given["mapping"], "options": kept}


def _keep_mapping(done: Import, path: Path) -> None:
    from ptce_graph.files import write_whole

    if not done.imported.mapping:
        raise CallError(_("A file of the kind {name} takes no mapping.").format(name=done.kind))
    write_whole(path, done.imported.mapping)
    give(path)
    say(_("Correct it, then import with --mapping {path}.").format(path=path))


def _tell_columns(done: Import, show: Any) -> None:
    """The guess: what each column is taken for, why, and what stands in it."""
    from ptce_graph.tabular import table_text

    columns = done.imported.columns
    if columns:
        names = (_("column"), _("becomes"), _("because"), _("examples"))
        rows = [(c.column, _use(c.use), c.why, " · ".join(c.examples)) for c in columns]
        show(table_text(names, rows, width=44).rstrip("\n"))
        show("")


def _use(use: str) -> str:
    """What a column becomes, in words: ``member-of: COORACE`` -> ``member of this network: …``."""
    from ptce_graph.importers.mapping import LEFT_OUT, USES

    code, colon, more = use.partition(": ")
    told = _(USES.get(code or LEFT_OUT, code))
    return _("{use}: {name}").format(use=told, name=more) if colon else told


def _tell_rows(done: Import) -> None:
    """The account of the rows, and of each reason at most five examples."""
    imported = done.imported
    for note in imported.notes:
        say(note)
    for _reason, count, examples in done.refusals():
        say(_("Refused, {n} rows:").format(n=count) if count > 1 else _("Refused, 1 row:"))
        for problem in examples:
            say(f"  {problem}")
        if count > len(examples):
            say(_("  … and {n} more like these.").format(n=count - len(examples)))
    told = _("{read} rows read: {kept} kept, {left_out} left out, {refused} refused.")
    give(
        told.format(
            read=imported.rows_read,
            kept=imported.rows_kept,
            left_out=imported.rows_left_out,
            refused=imported.rows_refused,
        )
    )
    if done.written is not None:
        give(_("Source: {path}").format(path=done.written.folder / "sources" / imported.source))
        if imported.rows_refused:
            path = done.written.folder / "sources" / imported.source / "refused.csv"
            say(_("The refused rows, with their reasons: {path}").format(path=path))
