"""Views: which part of the links a map draws, and how much of them it leaves out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ptce_graph.analysis.bridges import bridged, told_links
from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _
from ptce_graph.maps.calls import CALL, call_network, find_call
from ptce_graph.network.actors import find_actor
from ptce_graph.network.filters import OBSERVED, Filters, filtered, touched_actors
from ptce_graph.network.network import Network
from ptce_graph.network.projections import again, project
from ptce_graph.tables.cells import is_date
from ptce_graph.tables.facts import Facts

if TYPE_CHECKING:
    from pandas import DataFrame

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class MapView:
    """What to draw: a projection of the links that ``filters`` keep, or a part of it.

    ``around`` names organisations, networks or poles: what is at most
    ``steps`` ties from one of them, an action of several partners being no
    step of its own. ``bridges``: only the links that make something a bridge
    between networks (``between`` these two, where given). ``call``: who stood
    for a call for candidacies. ``compare``: two dates or two networks.
    ``overview``: networks, poles or regions in the place of organisations
    (``networks``, ``poles`` or ``region``). Planned links are drawn unless
    ``filters.states`` leaves them out.
    """

    projection: str = "all"
    filters: Filters = field(default_factory=Filters)
    around: tuple[str, ...] = ()
    steps: int = 1
    bridges: bool = False
    between: tuple[str, ...] = ()
    call: str = ""
    compare: tuple[str, ...] = ()
    overview: str = ""


@dataclass(frozen=True)
class Seen:
    """A view of the data.

    ``network`` is what is drawn of ``whole``, which is all that the filters
    keep; ``links`` are all links there are. ``kept`` are drawn even if nothing
    is tied to them. In a comparison ``first`` and ``second`` hold the rows of
    the links of each side. Names in ``view`` are identifiers.
    """

    network: Network
    whole: Network
    links: DataFrame
    view: MapView
    kept: frozenset[str] = frozenset()
    first: frozenset[int] = frozenset()
    second: frozenset[int] = frozenset()

    @cached_property
    def observed(self) -> Network:
        """``whole`` without what documents only plan: what measures are taken on."""
        view, whole = self.view, self.whole
        if view.call or view.compare or whole.filters.states == OBSERVED.states:
            return whole
        filters = replace(view.filters, states=OBSERVED.states)
        if self.links is whole.links:
            return again(replace(whole, filters=filters), self.links[_observed(self.links)])
        return project(whole.facts, self.links, whole.projection, filters)

    @property
    def drawn_links(self) -> DataFrame:
        """The rows of links behind the edges drawn."""
        return self.network.links.loc[np.unique(self.network.edges.facts)]

    @property
    def touched(self) -> bool:
        """Whether links are drawn because they touch something that the view names."""
        view = self.view.filters
        return bool(view.networks or view.poles or view.regions or view.statuts)

    @property
    def in_part(self) -> bool:
        """Whether filters or the view leave aside a part of the data."""
        return self.view != MapView(projection=self.view.projection)


def seen(facts: Facts, links: DataFrame, view: MapView) -> Seen:
    """What ``view`` shows of ``links``.

    Raises ``CallError`` for a name that names nothing (with the nearest), for
    parts that exclude each other, and where nothing is left to draw.
    """
    _one_part(view)
    if view.call:
        found = _of_call(facts, links, view)
    elif view.compare:
        found = _compared(facts, links, view)
    else:
        whole = _with_whole_cooperations(facts, links, view)
        found = Seen(whole, whole, links, view)
        if view.around:
            found = _around(found)
        if view.bridges or view.between:
            found = _bridges(found)
    return found


def _with_whole_cooperations(facts: Facts, links: DataFrame, view: MapView) -> Network:
    """What the filters keep, each cooperation with all its partners.

    A filter that links must touch keeps one side of a cooperation; drawn
    alone, it would look like a cooperation of one.
    """
    kept = project(facts, links, view.projection, view.filters)
    if touched_actors(facts, links, view.filters) is None:
        return kept
    filters = replace(view.filters, networks=(), poles=(), regions=(), statuts=())
    more = filtered(facts, links, filters)
    parts = more["cooperation"].isin(set(kept.links["cooperation"]) - {""})
    rows = kept.links.index.union(more.index[parts])
    every = project(facts, links, view.projection, filters)
    named = {*kept.ids, *links.loc[rows, "subject"], *links.loc[rows, "object"]}
    whole = again(replace(every, filters=view.filters), links.loc[rows])
    actors = whole.ids[whole.nodes["type"] != "cooperation"]
    return whole.without_nodes(set(actors) - named)


def seen_network(network: Network) -> Seen:
    """A network that was made elsewhere, as a view of its own links."""
    view = MapView(projection=network.projection, filters=network.filters)
    return Seen(network, network, network.links, view)


def view_network(facts: Facts, links: DataFrame, view: MapView) -> Network:
    """The network that ``view`` draws; errors as in ``seen``."""
    return seen(facts, links, view).network


def _one_part(view: MapView) -> None:
    """Parts that a map cannot show at once."""
    asked = [
        flag
        for flag, given in (
            ("--around", view.around),
            ("--bridges", view.bridges or view.between),
            ("--call", view.call),
            ("--compare", view.compare),
        )
        if given
    ]
    if len(asked) > 1:
        raise CallError(
            _("One map does not show {all} at once.").format(all=", ".join(asked)),
            _("Draw one map for each."),
        )
    if view.call and (view.filters != Filters() or view.projection != "all"):
        raise CallError(_("The map of a call takes no projection and no filter."))
    if view.bridges and view.projection != "all":
        raise CallError(_("Bridges are read from all links: the map takes no projection."))


def _observed(links: DataFrame) -> DataFrame:
    return links["state"] == "constate"


def _around(found: Seen) -> Seen:
    whole, view = found.whole, found.view
    names = tuple(find_actor(whole.facts, told) for told in view.around)
    for name in names:
        if name not in whole.ids:
            raise CallError(
                _("{name} is not in what the filters keep.").format(
                    name=whole.facts.actors.at[name, "name"]
                )
            )
    near = _near(whole, names, view.steps)
    network = whole.without_nodes(set(whole.ids[~near]))
    return replace(found, network=network, view=replace(view, around=names), kept=frozenset(names))


def _near(network: Network, names: Iterable[str], steps: int) -> Bools:
    """Which nodes are at most ``steps`` ties away from one of ``names``."""
    hub = (network.nodes["type"] == "cooperation").to_numpy(dtype=bool)
    reached: Bools = network.ids.isin(list(names))
    for _step in range(steps):
        grown = reached | _neighbours(network, reached)
        grown |= _neighbours(network, grown & hub & ~reached)
        if (grown == reached).all():
            break
        reached = grown
    return reached


def _neighbours(network: Network, some: Bools) -> Bools:
    one, other = network.edges.ends.T
    found = np.zeros(len(some), dtype=bool)
    found[other[some[one]]] = True
    found[one[some[other]]] = True
    return found


def _bridges(found: Seen) -> Seen:
    whole, view = found.whole, found.view
    names = tuple(find_actor(whole.facts, told, ("network",)) for told in view.between)
    if names and len(set(names)) != 2:
        raise CallError(_("It takes two different names."), _("It needs two names: --between A B."))
    told = bridged(told_links(whole, (names[0], names[1]) if names else None))
    groups = np.unique(np.concatenate([told.first, told.second]))
    sizes = np.diff(told.starts)[groups]
    at = np.repeat(told.starts[groups] - (np.cumsum(sizes) - sizes), sizes)
    facts = np.unique(told.entries[at + np.arange(len(at)), 1])
    network = again(whole, whole.links.loc[facts])
    network = network.without_nodes(_untied(network) - set(names))
    view = replace(view, bridges=True, between=names)
    return replace(found, network=network, view=view, kept=frozenset(names))


def _untied(network: Network) -> set[str]:
    tied = np.zeros(len(network.nodes), dtype=bool)
    tied[network.edges.ends.ravel()] = True
    return set(network.ids[~tied])


def _compared(facts: Facts, links: DataFrame, view: MapView) -> Seen:
    """The links of either side, drawn together: observed ones, since a plan is not a change."""
    names = view.compare
    base = replace(view.filters, states=OBSERVED.states)
    if len(set(names)) != 2:
        raise CallError(
            _("It takes two different names."), _("It compares two dates or two networks: A B.")
        )
    dates = all(is_date(name) for name in names)
    if dates:
        sides = [replace(base, as_of=name) for name in names]
    else:
        names = tuple(find_actor(facts, name, ("network",)) for name in names)
        sides = [replace(base, networks=(name,)) for name in names]
    parts = [_with_whole_cooperations(facts, links, replace(view, filters=side)) for side in sides]
    rows = [frozenset(part.links.index.tolist()) for part in parts]
    whole = again(
        project(facts, links, view.projection, base), links.loc[sorted(rows[0] | rows[1])]
    )
    if not dates:
        named = set(parts[0].ids) | set(parts[1].ids)
        actors = whole.ids[whole.nodes["type"] != "cooperation"]
        whole = whole.without_nodes(set(actors) - named)
    view = replace(view, compare=names, filters=base)
    kept = frozenset() if dates else frozenset(names)
    return Seen(whole, whole, links, view, kept, rows[0], rows[1])


def _of_call(facts: Facts, links: DataFrame, view: MapView) -> Seen:
    call = find_call(facts, view.call)
    network = call_network(facts, call)
    return Seen(network, network, links, replace(view, call=call, projection=CALL))


def links_left_out(found: Seen) -> tuple[int, int]:
    """How many rows of links are drawn, and how many there are."""
    return len(found.drawn_links), len(found.links)


def planned_left_out(found: Seen) -> int:
    """How many planned links the same filters would keep."""
    if found.view.filters.states != OBSERVED.states:
        return 0
    planned = replace(found.view.filters, states=("prevu",))
    return len(filtered(found.whole.facts, found.links, planned))
