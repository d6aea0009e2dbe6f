"""From a question in a person's words to a result: names found, network made, analysis run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ptce_graph.analysis.analyses import analysis_named
from ptce_graph.analysis.result import Request, Result, finished
from ptce_graph.analysis.study import NETWORKX, Study
from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _
from ptce_graph.i18n import mark, note
from ptce_graph.network.actors import find_actor
from ptce_graph.network.filters import OBSERVED, filtered
from ptce_graph.network.projections import project
from ptce_graph.progress import Progress
from ptce_graph.tables.facts import Facts

if TYPE_CHECKING:
    from pandas import DataFrame

_TWO_NAMES = mark("It needs two names: --between A B.")
_NEEDED = {
    "between": _TWO_NAMES,
    "removed": mark("It needs one name or more: --remove NAME."),
}
#: Beyond this many nodes some measures of networkx fill the memory (a dense n by n matrix).
NETWORKX_LIMIT = 20_000
_PLANNED = mark("Left out: {n} links that a document only plans.")


def ask(
    facts: Facts,
    links: DataFrame,
    name: str = "nodes",
    request: Request | None = None,
    progress: Progress | None = None,
) -> Result:
    """The result of the analysis called ``name``.

    Raises ``CallError`` for anything that names nothing, and where the
    analysis lacks what it needs.
    """
    analysis = analysis_named(name)
    request = _resolved(facts, request or Request())
    for field in analysis.needs:
        if not getattr(request, field):
            hint = _NEEDED[field]
            raise CallError(
                _("The analysis {name} lacks what it works on.").format(name=name), _(hint)
            )
    if analysis.only_projection and request.projection not in ("", analysis.projection):
        raise CallError(
            _("The analysis {name} looks at memberships only.").format(name=name),
            _("Leave the projection out."),
        )
    network = project(facts, links, request.projection or analysis.projection, request.filters)
    if request.filters.states == OBSERVED.states:
        planned = len(filtered(facts, links, replace(request.filters, states=("prevu",))))
        told = (note(_PLANNED, n=planned),) if planned else ()
        network = replace(network, left_out=(*network.left_out, *told))
    if request.engine == NETWORKX and len(network.nodes) > NETWORKX_LIMIT:
        raise CallError(
            _("networkx would take hours and all the memory for {n} nodes.").format(
                n=len(network.nodes)
            ),
            _("Leave the engine out: arrays give the same values."),
        )
    study = Study(network, request.engine, request.pivots, request.seed, progress)
    return finished(analysis, study, request)


def _resolved(facts: Facts, request: Request) -> Request:
    """Names as identifiers, checked."""
    if request.between and len(set(request.between)) != 2:
        raise CallError(_("It takes two different names."), _(_TWO_NAMES))
    return replace(
        request,
        between=_found(facts, request.between),
        removed=_found(facts, request.removed),
    )


def _found(facts: Facts, told: Sequence[str]) -> tuple[str, ...]:
    return tuple(find_actor(facts, name) for name in told)
