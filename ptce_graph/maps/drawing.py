"""What is drawn and where, whatever the language: computed once for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ptce_graph.analysis.measures import measure_nodes
from ptce_graph.analysis.study import Study
from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _
from ptce_graph.maps.calls import regions_of
from ptce_graph.maps.criteria import MOST_ASKED
from ptce_graph.maps.groupings import SCALES, Members, members_of
from ptce_graph.maps.layout import Layout, layout
from ptce_graph.maps.names import short_names
from ptce_graph.maps.positions import Point
from ptce_graph.maps.views import Seen
from ptce_graph.network.filters import Filters
from ptce_graph.network.links import CANDIDACY
from ptce_graph.network.network import Network
from ptce_graph.network.projections import HUB, project
from ptce_graph.tables.columns import as_dict

if TYPE_CHECKING:
    from pandas import DataFrame

    from ptce_graph.maps.geography import Placed
    from ptce_graph.poles.judge import Findings


#: A sheet with more nodes or edges than this is read by nobody, and browsers grow slow.
MOST_NODES, MOST_EDGES = 3_000, 12_000


@dataclass(frozen=True)
class Drawing:
    """A view on its sheet.

    ``network`` is what is drawn of it: without the ``left_out`` organisations
    that nothing is tied to. ``start`` and ``outlines`` as in the command.
    ``judged`` tells what is found of poles; it is asked where there are any.
    """

    seen: Seen
    network: Network
    shorts: dict[str, str]
    placed: Layout
    left_out: int = 0
    outlines: Path | None = None
    start: tuple[tuple[str, str], ...] = ()
    judged: Callable[[], Findings | None] | None = None

    @cached_property
    def findings(self) -> Findings | None:
        """What is found of poles on the criteria; ``None`` where no pole is drawn."""
        many = len(self.network.facts.actors) > MOST_ASKED
        if self.judged is None or many or "pole" not in set(self.network.nodes["type"]):
            return None
        return self.judged()

    @cached_property
    def measured(self) -> DataFrame:
        """The measures of organisations and poles on the links observed, by identifier."""
        names = [*(("degree",) if self.seen.view.call else SCALES)]
        return measure_nodes(Study(self.seen.observed), names).set_index("id")[names]

    @cached_property
    def members(self) -> Members:
        """The groups of what is drawn."""
        call = self.seen.view.call
        return members_of(self.network, regions_of(self.network.facts, call) if call else None)

    @cached_property
    def overview(self) -> Network:
        """The networks and poles drawn, tied by the members they share."""
        whole = self.seen.whole
        ties = project(whole.facts, whole.links, "overlap", Filters())
        return ties.without_nodes(set(ties.ids) - set(self.network.ids))

    @cached_property
    def overview_placed(self) -> Layout:
        """Where networks and poles stand among themselves."""
        return placed(self.overview, self.shorts)

    @cached_property
    def touching(self) -> DataFrame:
        """The links that touch what is drawn, whole cooperations included."""
        links, drawn = self.seen.whole.links, set(self.network.ids)
        touched = links["subject"].isin(drawn) | links["object"].isin(drawn)
        named = set(links.loc[touched, "cooperation"]) - {""}
        named |= {node.removeprefix(HUB) for node in drawn if node.startswith(HUB)}
        return links[touched | links["cooperation"].isin(named)]

    def on_places(self, language: str) -> Placed:
        """What the geographic layout is drawn on, where nodes stand in it, how precisely."""
        from ptce_graph.maps.geography import placed

        ids = self.network.ids.tolist()
        return placed(self.network.facts, ids, language, self.outlines)


def drawing(
    seen: Seen,
    outlines: Path | None = None,
    start: tuple[tuple[str, str], ...] = (),
    before: Mapping[str, Point] | None = None,
    judged: Callable[[], Findings | None] | None = None,
) -> Drawing:
    """``seen`` on its sheet; ``before`` as in ``layout``, ``judged`` as in ``Drawing``.

    Raises ``CallError`` where there is nothing to draw, or too much.
    """
    drawn, left_out = drawable(seen)
    if len(drawn.nodes) > MOST_NODES:
        raise CallError(
            _("{n} organisations, poles and actions are too many for one map.").format(
                n=len(drawn.nodes)
            ),
            _("Draw a part (--network, --pole, --region), or an overview (--overview networks)."),
        )
    shorts = short_names(drawn)
    where = placed(drawn, shorts, before)
    return Drawing(seen, drawn, shorts, where, left_out, outlines, start, judged)


def drawable(seen: Seen) -> tuple[Network, int]:
    """The nodes worth a place, and how many organisations are left out as tied to nothing.

    Poles stay, tied or not: they are what the map is about. Lone organisations
    (most of them known as carriers of a candidacy only) would fill the sheet.
    Raises ``CallError`` where nothing is left.
    """
    network = seen.network
    degree = degrees(network)
    lone = [
        node
        for node, kind in as_dict(network.nodes["type"]).items()
        if degree[node] == 0 and kind not in ("pole", CANDIDACY) and node not in seen.kept
    ]
    drawn = network.without_nodes(lone)
    # Filters on links (a role, a document) that keep none leave poles that nothing is said of.
    about_links = seen.in_part and not (seen.touched or seen.kept or seen.view.call)
    if not len(drawn.nodes) or (about_links and not len(drawn.edges)):
        raise CallError(
            _("There is nothing to draw: no documented link is left."),
            _("Filter less, or see what there is with: ptce-graph coverage."),
        )
    return drawn, len(lone)


def placed(
    network: Network, shorts: dict[str, str], before: Mapping[str, Point] | None = None
) -> Layout:
    """Where the nodes of ``network`` stand, with room for their short names."""
    graph = network.graph.copy()
    for node in graph:
        graph.nodes[node]["label"] = shorts.get(node, graph.nodes[node]["name"])
    return layout(graph, before)


def degrees(network: Network) -> dict[str, int]:
    """For each node the number of others tied to it."""
    counts = np.bincount(network.edges.ends.ravel(), minlength=len(network.nodes))
    return dict(zip(network.ids.tolist(), counts.tolist(), strict=True))
