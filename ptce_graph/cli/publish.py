"""``ptce-graph publish``: the dataset into a SPARQL 1.1 server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ptce_graph.cli.common import data_option, give, say
from ptce_graph.cli.progress import progress_line
from ptce_graph.cli.remote import timeout_option
from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _

if TYPE_CHECKING:
    from ptce_graph.publish.upload.graph_store import GraphStore
    from ptce_graph.publish.upload.update import UpdateServer


@click.command(
    "publish",
    short_help=_("Load the dataset into a SPARQL 1.1 server."),
    help=_(
        "Load the dataset into a SPARQL 1.1 server: its named graphs, and their merge as one more. "
        "What the server has already is not sent again; a load that was stopped goes on. User and "
        "password are read from PTCE_ENDPOINT_USER and PTCE_ENDPOINT_PASSWORD."
    ),
    epilog=_("Example: ptce-graph publish --to http://localhost:8890/sparql-auth"),
)
@data_option
@click.option(
    "--to",
    "url",
    metavar="URL",
    required=True,
    help=_("The address that takes updates, or that of the graph store."),
)
@click.option(
    "--update",
    "protocol",
    flag_value="update",
    default="update",
    help=_("Load by SPARQL Update; readers never see half of it. The default."),
)
@click.option(
    "--graph-store",
    "protocol",
    flag_value="graph-store",
    help=_("Load by the Graph Store HTTP Protocol, graph by graph."),
)
@click.option(
    "--endpoint",
    metavar="URL",
    default="",
    help=_("Where the server takes queries; the address of --to without it."),
)
@click.option("--dry-run", is_flag=True, help=_("Say what would be done, and do nothing."))
@timeout_option
def command(
    data: Path | None, url: str, protocol: str, endpoint: str, dry_run: bool, timeout: float
) -> None:
    """Say the plan on stderr, do it, and print the address of the record's graph."""
    import ptce_graph
    from ptce_graph.dataset.remote import record_iri
    from ptce_graph.publish.upload.plan import parts_of, told_plan

    if endpoint and protocol == "graph-store":
        raise CallError(_("A graph store is asked at its own address: --endpoint says nothing."))
    server = _server(url, protocol, endpoint, timeout)
    graph = ptce_graph.load(data)
    server.base = graph.base_iri
    plan = server.plan(parts_of(graph.nquads, graph.base_iri))
    for line in told_plan(plan):
        say(line)
    if plan.nothing:
        say(_("The server holds this release already."))
    elif dry_run:
        say(_("Nothing was done: {n} triples would be sent.").format(n=plan.triples))
    if dry_run:
        return
    with progress_line() as progress:
        sent = server.publish(plan, progress)
    if not plan.nothing:
        say(_("{n} triples sent.").format(n=sent))
    give(record_iri(graph.base_iri))


def _server(url: str, protocol: str, endpoint: str, timeout: float) -> UpdateServer | GraphStore:
    from ptce_graph.dataset.http_client import HttpClient, checked_url
    from ptce_graph.dataset.http_errors import Limits
    from ptce_graph.dataset.remote import Endpoint
    from ptce_graph.publish.upload.graph_store import GraphStore
    from ptce_graph.publish.upload.update import UpdateServer

    limits = Limits(seconds=timeout)
    client = HttpClient.from_environment(limits)
    if protocol == "graph-store":
        return GraphStore(checked_url(url), client)
    asked = Endpoint(checked_url(endpoint or url), HttpClient.from_environment(limits))
    return UpdateServer(checked_url(url), asked, client)
