"""What is timed on our side, in a process of its own: ``python -m benchmarks.sides SIDE FOLDER N``.

``make`` writes the facts and links on so many organisations; ``ours`` times
each measure, projection and analysis; ``suite`` times all measures of nodes in
one study; ``networkx`` (see ``networkx_side.py``) times the same by networkx.
Each writes ``SIDE.json`` (rows and peak memory) and ``SIDE.npz`` (values that
the other side has too).
"""

from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks import generate
from benchmarks.clock import Seconds, peak_memory, timed
from ptce_graph.analysis.analyses import ANALYSES
from ptce_graph.analysis.measures import MEASURES, measure_nodes
from ptce_graph.analysis.result import Outcome, Request
from ptce_graph.analysis.study import ARRAYS, Study
from ptce_graph.network.filters import OBSERVED
from ptce_graph.network.links import links
from ptce_graph.network.network import Network
from ptce_graph.network.projections import project
from ptce_graph.tables.facts import Facts, facts

if TYPE_CHECKING:
    from pandas import DataFrame

PROJECTED = ("all", "affiliation", "cooperation", "comembership", "overlap")
ANALYSED = ("bridges", "overlap", "brokerage", "mixing", "communities")
#: Enough to time the null model; the analysis itself draws 999.
SAMPLES = 99
FACTS, LINKS, GRAPH = "facts", "links", "networkx graph"
SUITE = "all measures"


class Side:
    """The rows of one side, told on the error stream as they come."""

    def __init__(self, name: str, folder: Path, size: int) -> None:
        self.name, self.folder, self.size = name, folder, size
        self.rows: dict[str, dict[str, Any]] = {}
        self.values: dict[str, np.ndarray] = {}

    def row(self, name: str, seconds: Seconds) -> None:
        self.rows[name] = seconds.as_dict()
        sys.stderr.write(f"  {self.name}: {name} {seconds.sign}{seconds.seconds:.3f} s\n")
        sys.stderr.flush()

    def time(self, name: str, call: Callable[[], Any]) -> Any:
        seconds, found = timed(call)
        self.row(name, seconds)
        return found

    def remark(self, name: str, note: str) -> None:
        self.rows[name]["note"] = note

    def data(self) -> tuple[Facts, DataFrame]:
        # Written a moment ago by ``make``, in a folder of our own.
        made, table = pickle.loads((self.folder / "data.pickle").read_bytes())  # noqa: S301
        return made, table

    def network(self) -> Network:
        return project(*self.data(), "all", OBSERVED)

    def write(self) -> None:
        told = {"rows": self.rows, "memory": peak_memory()}
        (self.folder / f"{self.name}.json").write_text(json.dumps(told), encoding="utf-8")
        values: dict[str, Any] = self.values
        np.savez(self.folder / f"{self.name}.npz", **values)


def make(side: Side) -> None:
    """From tables to facts to links: what both sides start from."""
    tables = generate.tables_of(side.size)

    def named() -> Facts:
        found = facts(tables)
        assert len(found.actors)
        return found

    made = side.time(FACTS, named)
    table = side.time(LINKS, lambda: links(made))
    (side.folder / "data.pickle").write_bytes(pickle.dumps((made, table)))


def ours(side: Side) -> None:
    """Projections; each measure from the arrays, nothing shared between them; analyses."""
    made, table = side.data()
    projected: dict[str, Network] = {}
    for name in PROJECTED:
        found = side.time(f"projection {name}", _projecting(made, table, name))
        side.remark(f"projection {name}", f"{len(found.edges):,} edges")
        if name in ("all", "affiliation"):
            projected[name] = found
        del found
    network = projected["all"]
    for name, measure in MEASURES.items():
        side.values[name] = side.time(name, _measuring(network, measure.arrays))
    for name in ANALYSED:
        of = projected[ANALYSES[name].projection]
        outcome = side.time(f"analysis {name}", _analysing(of, name))
        side.remark(f"analysis {name}", f"{len(outcome.frame):,} rows")
    _tell_modularity(side, network)


def suite(side: Side) -> None:
    """All measures in one study, which share the search of paths and the triangles."""
    network = side.network()
    nodes, edges = len(network.nodes), len(network.edges)
    side.time(SUITE, lambda: measure_nodes(Study(network, ARRAYS)))
    side.remark(SUITE, f"{nodes:,} nodes and {edges:,} edges")


def _projecting(made: Facts, table: DataFrame, name: str) -> Callable[[], Network]:
    return lambda: project(made, table, name, OBSERVED)


def _measuring(network: Network, arrays: Callable[[Study], Any]) -> Callable[[], Any]:
    return lambda: arrays(Study(network, ARRAYS))


def _analysing(network: Network, name: str) -> Callable[[], Outcome]:
    request = Request(engine=ARRAYS, samples=SAMPLES)
    return lambda: ANALYSES[name].compute(Study(network, ARRAYS), request)


def _tell_modularity(side: Side, network: Network) -> None:
    from ptce_graph.analysis.kernels.louvain import communities, modularity

    graph = Study(network, ARRAYS).adjacency
    found = modularity(graph, communities(graph, Request().seed))
    side.remark("analysis communities", f"modularity {found:.3f}")


def main() -> None:
    from benchmarks.networkx_side import by_networkx

    name, folder, size = sys.argv[1:]
    side = Side(name, Path(folder), int(size))
    {"make": make, "ours": ours, "suite": suite, "networkx": by_networkx}[name](side)
    side.write()


if __name__ == "__main__":
    main()
