"""``ptce-graph serve``: the dataset over HTTP."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ptce_graph.cli.common import FolderPath, data_option, give, say
from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _
from ptce_graph.vocabulary.iris import DEFAULT_BASE


@click.command(
    "serve",
    short_help=_("Serve the graph: SPARQL, an address for each thing."),
    help=_(
        "Serve the graph over HTTP: a SPARQL 1.1 endpoint with a page to write queries, every "
        "thing at its address in HTML, Turtle or JSON-LD, and the site. Read-only; each query "
        "runs in a process of its own that is ended when it goes beyond its limits."
    ),
    epilog=_("Example: ptce-graph serve --port 8080"),
)
@data_option
@click.option(
    "--build",
    "build",
    metavar=_("DIR"),
    type=FolderPath(),
    default=None,
    help=_("A folder that ptce-graph build wrote, instead of tables; a new build there is taken."),
)
@click.option(
    "--host",
    metavar=_("HOST"),
    default="127.0.0.1",
    show_default=True,
    help=_("The address to listen at; 0.0.0.0 for other computers too."),
)
@click.option(
    "--port",
    metavar=_("PORT"),
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help=_("The port to listen at; 0 for any that is free."),
)
@click.option(
    "--base-iri",
    metavar="IRI",
    default=DEFAULT_BASE,
    show_default=True,
    help=_("What the IRIs of things begin with."),
)
@click.option(
    "--timeout",
    "seconds",
    metavar=_("SECONDS"),
    type=click.FloatRange(0.1, 3600),
    default=10,
    show_default=True,
    help=_("The running time of one query."),
)
@click.option(
    "--max-rows",
    "rows",
    metavar="N",
    type=click.IntRange(1),
    default=100_000,
    show_default=True,
    help=_("The rows or triples of one answer; beyond, it is refused."),
)
@click.option(
    "--max-concurrency",
    "workers",
    metavar="N",
    type=click.IntRange(1, 64),
    default=None,
    help=_("The queries that run at once; as many as the computer has cores without it."),
)
@click.option(
    "--memory",
    "megabytes",
    metavar="MB",
    type=click.IntRange(64),
    default=1024,
    show_default=True,
    help=_("The memory of one query."),
)
def command(
    data: Path | None,
    build: Path | None,
    host: str,
    port: int,
    base_iri: str,
    **bounds: Any,
) -> None:
    """Serve until Ctrl-C or SIGTERM."""
    from ptce_graph.server.limits import Limits
    from ptce_graph.server.run import address_of, bound_socket, serve

    if data and build:
        raise CallError(_("--data and --build do not go together."))
    _refuse_base(base_iri)
    limits = Limits(**{name: value for name, value in bounds.items() if value is not None})
    with bound_socket(host, port) as listening, tempfile.TemporaryDirectory() as own:
        make_site = None
        folder = build or Path(own)
        if build is None:
            make_site = _built(data, base_iri, folder)

        def started() -> None:
            address = address_of(listening)
            give(address)
            say(
                _("The graph is at {address}, its endpoint at {address}sparql").format(
                    address=address
                )
            )
            say(_("To stop: Ctrl-C."))

        def stopping(queries: int, seconds: float) -> None:
            say(
                _("Stopping: queries that still run ({n}) are ended in {seconds} seconds.").format(
                    n=queries, seconds=f"{seconds:g}"
                )
            )

        serve(folder, listening, limits, base_iri, make_site, started, stopping)
    say(_("Stopped."))


def _refuse_base(base_iri: str) -> None:
    if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`?#]+/", base_iri):
        raise CallError(
            _("An IRI to begin with starts with https:// and ends with a slash."),
            _("Example: {iri}").format(iri=DEFAULT_BASE),
        )


def _built(data: Path | None, base_iri: str, folder: Path) -> Callable[[], Any]:
    """Build ``data`` into ``folder``; return what makes the site of it."""
    from ptce_graph.knowledge_graph import KnowledgeGraph
    from ptce_graph.server.mounted import site_maker

    graph = KnowledgeGraph.load(data, base_iri)
    graph.build(folder)
    return site_maker(graph)
