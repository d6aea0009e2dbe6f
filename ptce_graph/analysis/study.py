"""One network being measured: which engine, and what several measures share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ptce_graph.analysis.kernels.adjacency import Adjacency
from ptce_graph.errors import CallError, unknown_choice
from ptce_graph.i18n import gettext as _
from ptce_graph.network.network import Network
from ptce_graph.progress import Progress

if TYPE_CHECKING:
    from ptce_graph.analysis.kernels.local import Triangles
    from ptce_graph.analysis.kernels.paths import PathMeasures

AUTO, NETWORKX, ARRAYS = "auto", "networkx", "arrays"
ENGINES = (AUTO, NETWORKX, ARRAYS)
#: Beyond this many nodes ``auto`` leaves networkx for the arrays: the same values, sooner.
LARGE = 2_000
#: Beyond this many nodes shortest paths are searched from a sample of nodes, with the error told.
EXACT = 10_000
PIVOTS = 100
#: Fewer than this leave no error to be told.
FEWEST_PIVOTS = 3
#: The year of the first call for candidacies; any number would do, told with the results.
SEED = 2011


@dataclass(frozen=True)
class Study:
    """A network, the engine that measures it, and what its measures have in common.

    ``engine`` is ``auto`` (networkx up to ``LARGE`` nodes), ``networkx`` or
    ``arrays``. ``pivots`` is the number of nodes from which shortest paths
    are searched: ``None`` for all of them up to ``EXACT`` nodes and for
    ``PIVOTS`` beyond, 0 for all of them at any size. ``progress`` is told
    what is being done, how far, of how much. Raises ``CallError`` for an
    unknown engine and for 1 or 2 pivots.
    """

    network: Network
    engine: str = AUTO
    pivots: int | None = None
    seed: int = SEED
    progress: Progress | None = None

    def __post_init__(self) -> None:
        if self.engine not in ENGINES:
            raise unknown_choice(
                _("There is no engine named {name}.").format(name=self.engine),
                self.engine,
                ENGINES,
            )
        if self.pivots is not None and 0 < self.pivots < FEWEST_PIVOTS:
            raise CallError(
                _("{n} nodes are too few to search shortest paths from.").format(n=self.pivots),
                _("Give 3 or more, or 0 for all of them."),
            )

    @property
    def size(self) -> int:
        """The number of nodes, cooperations that are nodes included."""
        return len(self.network.nodes)

    @property
    def sources_searched(self) -> int:
        """The number of nodes from which shortest paths are searched."""
        if self.pivots is None:
            return self.size if self.size <= EXACT else PIVOTS
        return min(self.pivots, self.size) or self.size

    @property
    def sampled(self) -> bool:
        """Whether measures of paths are estimates."""
        return self.sources_searched < self.size

    @property
    def by_networkx(self) -> bool:
        """Whether networkx measures; samples are always drawn on the arrays."""
        if self.engine == AUTO:
            return self.size <= LARGE and not self.sampled
        return self.engine == NETWORKX and not self.sampled

    @cached_property
    def adjacency(self) -> Adjacency:
        """The network as arrays."""
        return Adjacency(self.size, self.network.edges.ends, self.network.edges.weight)

    @cached_property
    def triangles(self) -> Triangles:
        """All triangles, which clustering and Burt's measures share."""
        from ptce_graph.analysis.kernels.local import triangles

        return triangles(self.adjacency)

    @cached_property
    def paths(self) -> PathMeasures:
        """One search of shortest paths, which betweenness and closeness share."""
        from ptce_graph.analysis.kernels.paths import path_measures

        pivots = self.sources_searched if self.sampled else None
        return path_measures(self.adjacency, pivots, self.seed, self.tells("shortest paths"))

    def tells(self, what: str) -> Callable[[int, int], None] | None:
        """``progress`` for one thing that is done: how far, of how much."""
        tell = self.progress
        return None if tell is None else (lambda done, total: tell(what, done, total))
