"""The sides of ``path.py``, each in a process of its own: ``python -m benchmarks.path_sides …``.

``ours`` goes the whole path; ``plain`` goes it as ``path_plain`` does, as far as the
export; ``networkx`` times the measures of nodes (``networkx_side``); ``ask`` asks one
question. Each writes ``SIDE.json``: rows by stage, counts and peak memory.
"""

from __future__ import annotations

import json
import pickle
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.clock import peak_memory
from benchmarks.path_files import LINKS, MAPPING, MEMBERS, UNITS

UNITS_IN, MEMBERS_IN, LINKS_IN = "import units", "import members", "import links"
CHECK, BUILD, ANALYSE = "check", "build", "analyse nodes"
EXPORT, OVERVIEW = "export nodes", "overview map"
#: What the files say, without code lists, places and descriptions of documents.
GRAPHS = ("units", "members", "links", "labels", "shortcuts")
#: The plain side writes the quads of so many units in full, and of more a part.
IN_FULL = 20_000
#: What the questions ask about: the largest networks, the first parameter the largest.
THINGS = {"organisation": ("reseau-1", "reseau-2")}


@dataclass(frozen=True)
class Spent:
    """Seconds on the wall and of processors. ``sign``: ``~`` where told from a part."""

    wall: float
    processor: float
    sign: str = ""
    note: str = ""

    def times(self, factor: float) -> Spent:
        return Spent(self.wall * factor, self.processor * factor, "~", self.note)


class Course:
    """The stages of one side, told on the error stream as they end."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder = name, folder
        self.rows: dict[str, Spent] = {}
        self.counts: dict[str, int] = {}

    def row(self, name: str, spent: Spent) -> None:
        self.rows[name] = spent
        told = f"{spent.sign}{spent.wall:.2f} s, {spent.processor:.2f} s of processors"
        gigabytes = peak_memory() / 2**30
        sys.stderr.write(f"  {self.name}: {name} {told} ({gigabytes:.2f} GB)\n")
        sys.stderr.flush()

    def time(self, name: str, call: Callable[[], Any], factor: float = 1.0) -> Any:
        wall, processor = time.perf_counter(), time.process_time()
        found = call()
        spent = Spent(time.perf_counter() - wall, time.process_time() - processor)
        self.row(name, spent if factor == 1.0 else spent.times(factor))
        return found

    def write(self, memory: float) -> None:
        told = {
            "rows": {name: asdict(spent) for name, spent in self.rows.items()},
            "counts": self.counts,
            "memory": memory,
        }
        (self.folder / f"{self.name}.json").write_text(json.dumps(told), encoding="utf-8")


def ours(path: Course) -> None:
    """From the files to the map, as the commands do."""
    import ptce_graph
    from ptce_graph.network.filters import OBSERVED
    from ptce_graph.publish.results import write_result
    from ptce_graph.tables.inputs import inputs_digest
    from ptce_graph.vocabulary.iris import DEFAULT_BASE

    folder = path.folder
    data, built = folder / "data", folder / "build"
    for stage, kind, name, wish in (
        (UNITS_IN, "sirene", UNITS, {}),
        (MEMBERS_IN, "spreadsheet", MEMBERS, {}),
        (LINKS_IN, "spreadsheet", LINKS, {"mapping": folder / MAPPING}),
    ):
        done = path.time(stage, _importing(kind, folder / name, data, wish))
        imported = done.imported
        assert imported.rows_kept == imported.rows_read, imported.notes
    graph = path.time(CHECK, lambda: ptce_graph.load(data))
    digest = inputs_digest(data, DEFAULT_BASE)
    build = path.time(BUILD, lambda: graph.build(built, inputs=digest))
    result = path.time(ANALYSE, lambda: graph.result("nodes"))

    def export() -> None:
        for name in ("csv", "parquet"):
            (folder / f"nodes.{name}").write_bytes(write_result(result, name))

    path.time(EXPORT, export)
    path.time(OVERVIEW, lambda: graph.map(folder / "map.html"))
    memory = peak_memory()
    network = graph.network(filters=OBSERVED)
    path.counts |= {"quads": build.quads, "nodes": len(network.nodes), "edges": len(network.edges)}
    path.counts |= count_quads(build.nquads)
    (folder / "data.pickle").write_bytes(pickle.dumps((graph.facts, graph.links)))
    path.write(memory)


def _importing(kind: str, file: Path, data: Path, wish: dict[str, Any]) -> Callable[[], Any]:
    import ptce_graph

    return lambda: ptce_graph.import_file(kind, file, data, **wish)


def count_quads(nquads: Path) -> dict[str, int]:
    """The quads of each graph of ``GRAPHS``, and the different triples of all graphs."""
    found: Counter[str] = Counter()
    triples, before = 0, ""
    with nquads.open(encoding="utf-8") as lines:
        for line in lines:
            triple, graph, _dot = line.rsplit(" ", 2)
            found[graph.rpartition("/")[2][:-1]] += 1
            # Sorted: those that are equal follow each other.
            triples += triple != before
            before = triple
    return {**{f"quads {name}": found[name] for name in GRAPHS}, "triples": triples}


def ask(path: Course, name: str) -> None:
    """One of the questions of ``serve``, its answer drawn to its end."""
    from ptce_graph.dataset.build import open_build
    from ptce_graph.dataset.questions import questions
    from ptce_graph.dataset.store import run_query

    store = open_build(path.folder / "build")
    question = questions()[name]
    asked = [p for p in question.parameters if p.kind in THINGS]
    given = {p.name: THINGS[p.kind][at] for at, p in enumerate(asked)}
    text = question.sparql(given)
    path.counts["rows"] = path.time(name, lambda: sum(1 for _row in run_query(store, text)))
    path.write(peak_memory())


def plain(path: Course) -> None:
    """The same by pandas, rdflib and networkx; the quads of a part where there are many."""
    import pandas as pd
    from rdflib import URIRef

    from benchmarks import path_plain

    folder = path.folder
    # Its import is one stage: the three files are read side by side.
    tables = path.time(UNITS_IN, lambda: path_plain.read(folder))
    path.time(CHECK, lambda: path_plain.check(tables))
    share = min(1.0, IN_FULL / len(tables.units))
    part = tables if share == 1.0 else tables.part(share)

    def build() -> Any:
        dataset = path_plain.dataset_of(part)
        dataset.serialize(str(folder / "plain.nq"), format="nquads", encoding="utf-8")
        return dataset

    dataset = path.time(BUILD, build, 1 / share)
    path.counts["quads"] = len(dataset)
    path.counts |= {
        f"quads {name}": len(dataset.graph(URIRef(f"{path_plain.ID}graph/{name}")))
        for name in GRAPHS
    }
    graph = path.time(ANALYSE, lambda: path_plain.graph_of(tables))
    path.counts |= {"nodes": len(graph), "edges": graph.number_of_edges()}
    # The same table as ours, whoever computed it.
    nodes = pd.read_parquet(folder / "nodes.parquet")

    def export() -> None:
        nodes.to_csv(folder / "plain.csv", index=False)
        nodes.to_parquet(folder / "plain.parquet", compression="zstd")

    path.time(EXPORT, export)
    path.time(OVERVIEW, lambda: path_plain.overview(tables, folder / "plain.html"))
    path.write(peak_memory())


def networkx(path: Course) -> None:
    """The measures of nodes on the network of both, by networkx."""
    from benchmarks.networkx_side import time_measures
    from benchmarks.sides import Side

    side = Side(path.name, path.folder, 0)
    network = side.network()
    assert network.graph.number_of_nodes()
    wall, processor = time.perf_counter(), time.process_time()
    time_measures(side, network)
    # The share of the time in which it had a processor: less than all on a busy machine.
    share = (time.process_time() - processor) / (time.perf_counter() - wall)
    for name, told in side.rows.items():
        seconds, sign, note = told["seconds"], told["sign"], told["note"]
        path.rows[name] = Spent(seconds, seconds * share, sign, note)
    path.write(peak_memory())


def children() -> float:
    """Processor seconds of the processes that this one waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    name, folder, *question = sys.argv[1:]
    path = Course(question[0] if question else name, Path(folder))
    if question:
        ask(path, question[0])
    else:
        {"ours": ours, "plain": plain, "networkx": networkx}[name](path)


if __name__ == "__main__":
    main()
