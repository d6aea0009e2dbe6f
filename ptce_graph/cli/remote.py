"""What the commands that ask a SPARQL server share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ptce_graph.cli.common import say
from ptce_graph.cli.progress import progress_line
from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _

if TYPE_CHECKING:
    from ptce_graph.dataset.remote import Endpoint
    from ptce_graph.knowledge_graph import KnowledgeGraph

endpoint_option: Callable[[Any], Any] = click.option(
    "--endpoint",
    metavar="URL",
    default="",
    help=_("A SPARQL 1.1 server that answers in the place of a data folder."),
)
timeout_option: Callable[[Any], Any] = click.option(
    "--timeout",
    metavar=_("SECONDS"),
    type=click.FloatRange(min=0, min_open=True, max=86_400),
    default=120.0,
    show_default=True,
    help=_("How long a request to a server may take."),
)


def opened(endpoint: str, timeout: float, data: Path | None) -> Endpoint:
    """The server at ``endpoint``; what is to be known of its answers is said on stderr."""
    from ptce_graph.dataset.http_errors import Limits
    from ptce_graph.dataset.remote import Endpoint, endpoint_note

    if data is not None:
        raise CallError(_("Give --data or --endpoint, not both."))
    server = Endpoint.open(endpoint, limits=Limits(seconds=timeout))
    note = endpoint_note(server)
    if note:
        say(note)
    return server


def brought(endpoint: str, timeout: float, data: Path | None) -> KnowledgeGraph:
    """What the server at ``endpoint`` holds, brought home: its quads, and the facts of its network.

    The facts hold what networks are made of, not calls, candidacies, figures,
    characteristics, criteria, framework or definitions: those are in the quads.
    """
    from ptce_graph.dataset.download import download
    from ptce_graph.dataset.facts_of_quads import facts_of_quads
    from ptce_graph.knowledge_graph import KnowledgeGraph

    server = opened(endpoint, timeout, data)
    with progress_line() as progress:
        came = download(server, progress=progress)
    if came.differing:
        told = ", ".join(name.rpartition("/")[2] for name in came.differing)
        say(_("Not as they were published there: {graphs}.").format(graphs=told))
    graph = KnowledgeGraph(facts_of_quads(came.nquads))
    # The very quads that came, in the place of those that would be made of the facts.
    graph.__dict__["nquads"] = came.nquads
    return graph
