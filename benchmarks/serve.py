"""What the endpoint takes: ``python -m benchmarks.serve``.

Starts ``ptce-graph serve`` in a process of its own and asks it ten questions of the
catalogue from this one, over loopback, with 1, 8 and 32 clients that each keep a connection
and send the next query when the answer is there. Every answer is computed: none is taken
from a cache. Writes a Markdown table of p50 and p95 in milliseconds on the output, progress
on the error stream.

``--organisations N`` asks the same of an invented graph (``generate``), where the names in
the questions are unknown but the shape of the data is not; ``--build DIR`` of a folder that
``ptce-graph build`` wrote.
"""

from __future__ import annotations

import argparse
import http.client
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

from ptce_graph.dataset.questions import Question, questions
from ptce_graph.vocabulary.iris import DEFAULT_BASE

#: Of different kinds: lists, counts, joins of many, two-step paths, aggregates.
QUESTIONS = (
    "poles",
    "network-members",
    "members-of-pole",
    "multi-membership",
    "network-bridges",
    "poles-by-region",
    "most-frequent-partners",
    "legal-forms-count",
    "document-fact-counts",
    "thing-passages",
)
CLIENTS = (1, 8, 32)
#: In an invented graph other things have the questions' places.
_THINGS = {"organisation": ("network-1", "network-2"), "pole": ("pole-1",)}


@dataclass
class Load:
    """What so many clients saw: milliseconds by question, answers that were none."""

    times: dict[str, list[float]] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Answers per second."""
        return sum(map(len, self.times.values())) / self.seconds


def _invented(question: Question) -> dict[str, str]:
    """Things of the invented graph for the parameters of a question, each another one."""
    left = {kind: list(names) for kind, names in _THINGS.items()}
    return {p.name: left[p.kind].pop(0) for p in question.parameters if p.kind in left}


def texts(invented: bool) -> dict[str, str]:
    """The ten questions; about things of the invented graph where it is asked."""
    found = {}
    for name in QUESTIONS:
        question = questions()[name]
        given = {}
        if invented:
            given = _invented(question)
        found[name] = question.sparql(given)
    return found


@contextmanager
def served(arguments: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The host and the port of a server in a process of its own."""
    command = [sys.executable, "-m", "ptce_graph", "serve", "--port", "0", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603
    assert process.stdout is not None
    try:
        address = urlsplit(process.stdout.readline().strip())
        assert address.hostname and address.port, "the server did not start"
        yield address.hostname, address.port
    finally:
        process.terminate()
        process.wait(timeout=60)


def ask(connection: http.client.HTTPConnection, query: str) -> tuple[int, float]:
    """The status of an answer read to its end, and the milliseconds it took."""
    begun = time.perf_counter()
    connection.request(
        "POST", "/sparql", query.encode(), {"Content-Type": "application/sparql-query"}
    )
    response = connection.getresponse()
    response.read()
    return response.status, (time.perf_counter() - begun) * 1000


def loaded(host: str, port: int, asked: dict[str, str], clients: int, rounds: int) -> Load:
    """``clients`` at once ask each question ``rounds`` times, each in another order."""
    load = Load({name: [] for name in asked}, dict.fromkeys(asked, 0))
    names, lock = list(asked), threading.Lock()

    def client(number: int) -> None:
        connection = http.client.HTTPConnection(host, port, timeout=120)
        for turn in range(rounds * len(names)):
            name = names[(turn + number * 3) % len(names)]
            status, milliseconds = ask(connection, asked[name])
            with lock:
                if status == 200:
                    load.times[name].append(milliseconds)
                else:
                    load.refused[name] += 1
        connection.close()

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    load.seconds = time.perf_counter() - begun
    return load


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` of ``values`` are, by the nearest rank."""
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


def table(loads: dict[int, Load]) -> str:
    """One row per question, p50 and p95 by number of clients."""
    heads = [f"{n} client{'s' if n > 1 else ''}: p50 | p95" for n in loads]
    lines = ["| milliseconds | " + " | ".join(heads) + " |", "|---" + "|--:|--:" * len(loads) + "|"]
    for name in QUESTIONS:
        cells = []
        for load in loads.values():
            times = load.times[name]
            refused = f" ({load.refused[name]} refused)" if load.refused[name] else ""
            if not times:
                cells.append(f"— | —{refused}")
                continue
            middle, high = statistics.median(times), percentile(times, 0.95)
            cells.append(f"{middle:.0f} | {high:.0f}{refused}")
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    rates = " | ".join(f"{load.rate:.0f} | " for load in loads.values())
    return "\n".join([*lines, f"| *answers per second* | {rates} |"])


def build(organisations: int, folder: Path) -> None:
    """Build an invented graph of so many organisations."""
    from benchmarks.generate import facts_of
    from ptce_graph.dataset.build import write_build
    from ptce_graph.dataset.triples import quads_of

    begun = time.perf_counter()
    nquads = quads_of(facts_of(organisations), DEFAULT_BASE).canonical()
    _say(f"{nquads.count(chr(10)):,} quads in {time.perf_counter() - begun:.0f} s")
    write_build(nquads, folder)
    _say(f"built in {time.perf_counter() - begun:.0f} s")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def measured(arguments: Sequence[str], invented: bool, clients: Sequence[int], rounds: int) -> str:
    """The table of one server."""
    asked, loads = texts(invented), {}
    with served(arguments) as (host, port):
        loaded(host, port, asked, 1, 1)
        for number in clients:
            # About the same number of queries, however many ask them.
            loads[number] = loaded(host, port, asked, number, max(1, rounds // number))
            _say(f"{number} clients: {loads[number].seconds:.1f} s")
    return table(loads)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table of what was asked for."""
    told = argparse.ArgumentParser(prog="benchmarks.serve", description=__doc__)
    told.add_argument("--organisations", type=int, default=0)
    told.add_argument("--build", type=Path, help="a folder of ptce-graph build")
    told.add_argument("--clients", type=int, nargs="+", default=CLIENTS)
    told.add_argument("--rounds", type=int, default=64, help="of one client; shared among several")
    told.add_argument("--workers", type=int, default=os.cpu_count() or 2)
    given = told.parse_args(arguments)
    more = ["--max-concurrency", str(given.workers), "--timeout", "30"]
    with tempfile.TemporaryDirectory() as own:
        folder = given.build or Path(own)
        if given.organisations and not given.build:
            build(given.organisations, folder)
        if given.organisations or given.build:
            more += ["--build", str(folder)]
        result = measured(more, bool(given.organisations), given.clients, given.rounds)
    print(  # noqa: T201
        f"Python {platform.python_version()}, pyoxigraph {version('pyoxigraph')}, "
        f"{os.cpu_count()} cores, {given.workers} query processes.\n\n{result}"
    )


if __name__ == "__main__":
    main()
