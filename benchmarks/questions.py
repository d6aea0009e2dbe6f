"""What each question of the catalogue takes: ``python -m benchmarks.questions``.

Asks every question of a store on the disk and writes a Markdown table on the output, the
slowest first: seconds to the whole answer, those of the processor alone (what it takes where
nothing else runs), seconds to its first 1,000 rows, rows. Progress goes to the error stream.
Parameters name what has most to answer: the largest network, the largest pole, the most
connected organisation.

``--organisations N`` asks it of so many invented organisations (``generate``) beside the
bundled data, so that no question is fast for want of anything to find; ``--build DIR`` of a
folder that ``ptce-graph build`` wrote. Without either, of the bundled data. ``--defaults``
asks with the values that stand in the questions.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import platform
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ptce_graph.dataset.build import NQUADS_FILE, open_build, write_build
from ptce_graph.dataset.questions import Question, questions
from ptce_graph.dataset.store import run_query
from ptce_graph.vocabulary.iris import DEFAULT_BASE

if TYPE_CHECKING:
    from pyoxigraph import Store

    from ptce_graph.tables.facts import Facts

#: A question is asked again while it is short, and its shortest time told.
TIMES, SHORT = 3, 2.0
FIRST_ROWS = 1000

#: Seconds to the whole answer, of the processor, to the first rows; the rows.
Told = tuple[float, float, float, int]

_MEMBERS = "{ ?fact org:organization ?thing . ?thing a %s }"
_TIES = "{ { ?fact org:member ?thing } UNION { ?fact ptce:partner ?thing } %s }"
_AUTHORITY = "<https://w3id.org/ptce/code/organisation-kinds/collectivite>"
#: By the name of a parameter or else by its kind: what has the most facts comes first.
_LARGEST = {
    "network": _MEMBERS % "ptce:Network",
    "pole": _MEMBERS % "ptce:Pole",
    "organisation": _TIES % "MINUS { ?thing a ptce:Pole }",
    "authority": _TIES % f"?thing ptce:organisationKind {_AUTHORITY}",
    "cooperation": "{ ?thing ptce:participation ?fact }",
    "region": "{ ?fact a ptce:Candidacy ; ptce:place ?thing }",
    "place": "{ ?fact a ptce:Pole ; ptce:place ?thing }",
    "call": "{ ?fact ptce:call ?thing }",
    "source": "{ GRAPH ?graph { ?fact a org:Membership } BIND("
    'IRI(REPLACE(STR(?graph), "/graph/", "/source/")) AS ?thing) }',
}
#: The second of two things that a question compares is the second largest.
_ALIKE = {"networkFirst": ("network", 0), "networkSecond": ("network", 1), "second": ("", 1)}


@dataclass
class Asked:
    """A question as asked, and what came: ``seconds`` is None beyond the limit."""

    name: str
    given: Mapping[str, str]
    seconds: float | None
    processor: float = 0.0
    first: float = 0.0
    rows: int = 0


class Answerer:
    """A process that answers one query after the other, and can be ended."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process = context.Process(
            target=_answer_all, args=(str(self.folder), other), daemon=True
        )
        self._process.start()
        other.close()
        self._pipe.recv()

    def ask(self, text: str, limit: float) -> Told | None:
        """What a query took; None beyond the limit.

        What it asks of the machine again (a cold cache) is in the first time of several only.
        """
        shortest: Told | None = None
        for _time in range(TIMES):
            self._pipe.send(text)
            if not self._pipe.poll(limit):
                self._process.kill()
                self._process.join()
                self._start()
                return shortest
            told = self._pipe.recv()
            shortest = min(shortest, told) if shortest else told
            if told[0] > SHORT:
                break
        return shortest

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()


def _answer_all(folder: str, pipe: Connection) -> None:
    store = open_build(Path(folder))
    pipe.send("ready")
    while True:
        text, rows, first = pipe.recv(), 0, 0.0
        begun, worked = time.perf_counter(), time.process_time()
        for _row in run_query(store, text):
            rows += 1
            if rows == FIRST_ROWS:
                first = time.perf_counter() - begun
        whole = time.perf_counter() - begun
        pipe.send((whole, time.process_time() - worked, first or whole, rows))


def largest(store: Store) -> dict[str, list[str]]:
    """The two things of each of ``_LARGEST`` with the most facts, the largest first."""
    found = {}
    for name, pattern in _LARGEST.items():
        rows: Any = run_query(
            store,
            f"SELECT ?thing (COUNT(?fact) AS ?facts) {pattern} "
            "GROUP BY ?thing ORDER BY DESC(?facts) STR(?thing) LIMIT 2",
        )
        found[name] = [row["thing"].value.rsplit("/", 1)[1] for row in rows if row["thing"]]
    return found


def given_of(question: Question, things: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The values with which to ask ``question``: the largest of the store, where it has any."""
    given = {}
    for parameter in question.parameters:
        like, place = _ALIKE.get(parameter.name, ("", 0))
        names = [name for name in (like, parameter.name, parameter.kind) if name in things]
        known = things[names[0]] if names else ()
        if len(known) > place:
            given[parameter.name] = known[place]
    return given


def measured(folder: Path, limit: float, defaults: bool, names: Sequence[str]) -> list[Asked]:
    """Every question of the catalogue, or those of ``names``, asked of the build of ``folder``."""
    things = {} if defaults else largest(open_build(folder))
    found, answerer = [], Answerer(folder)
    for name, question in questions().items():
        if names and name not in names:
            continue
        given = given_of(question, things)
        told = answerer.ask(question.sparql(given, DEFAULT_BASE), limit)
        found.append(Asked(name, given, *(told or (None,))))
        _say(f"{name}: {'more than ' + str(limit) if told is None else round(told[0], 3)} s")
    answerer.close()
    return found


def table(asked: Sequence[Asked], limit: float) -> str:
    """One row per question, the slowest first."""
    lines = [
        f"| question | about | seconds | processor | to {FIRST_ROWS:,} rows | rows |",
        "|---|---|--:|--:|--:|--:|",
    ]
    for one in sorted(asked, key=lambda one: -(limit if one.seconds is None else one.seconds)):
        about = ", ".join(one.given.values())
        if one.seconds is None:
            lines.append(f"| {one.name} | {about} | > {limit:g} | | | |")
            continue
        first = f"{one.first:.3f}" if one.rows > FIRST_ROWS else ""
        times = f"{one.seconds:.3f} | {one.processor:.3f} | {first}"
        lines.append(f"| {one.name} | {about} | {times} | {one.rows:,} |")
    return "\n".join(lines)


def facts_beside_bundled(organisations: int) -> Facts:
    """So many invented organisations, and all facts of the bundled documents."""
    import pandas as pd

    from benchmarks.generate import tables_of
    from ptce_graph.tables.facts import facts
    from ptce_graph.tables.read import Tables, read_tables

    bundled, _problems = read_tables()
    invented = tables_of(organisations)
    frames = dict(bundled.frames)
    for name, frame in invented.frames.items():
        if name != "places" and len(frame):
            frames[name] = pd.concat([frames[name], frame], ignore_index=True).fillna("")
    documents = {**bundled.documents, **invented.documents}
    return facts(Tables(Path("invented"), documents, frames, bundled.codes))


def build(organisations: int, folder: Path) -> None:
    """Build the graph of the bundled data, with so many invented organisations beside them."""
    from ptce_graph.dataset.triples import quads_of
    from ptce_graph.tables.facts import facts
    from ptce_graph.tables.read import read_tables

    begun = time.perf_counter()
    told = facts_beside_bundled(organisations) if organisations else facts(read_tables()[0])
    write_build(quads_of(told, DEFAULT_BASE), folder)
    _say(f"built in {time.perf_counter() - begun:.0f} s")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table of what was asked for."""
    told = argparse.ArgumentParser(prog="benchmarks.questions", description=__doc__)
    told.add_argument("--organisations", type=int, default=0)
    told.add_argument("--build", type=Path, help="a folder of ptce-graph build")
    told.add_argument("--limit", type=float, default=60.0, help="seconds for one question")
    told.add_argument("--defaults", action="store_true")
    told.add_argument("names", nargs="*", help="questions; all without any")
    given = told.parse_args(arguments)
    with tempfile.TemporaryDirectory() as own:
        folder = given.build or Path(own)
        if not given.build:
            build(given.organisations, folder)
        asked = measured(folder, given.limit, given.defaults, given.names)
        size = (folder / NQUADS_FILE).stat().st_size / 1e6
    slow = sum(one.seconds is None or one.seconds >= 1 for one in asked)
    print(  # noqa: T201
        f"Python {platform.python_version()}, pyoxigraph {version('pyoxigraph')}, "
        f"{os.cpu_count()} cores; N-Quads of {size:,.0f} MB; "
        f"{len(asked)} questions, {slow} of a second or more.\n\n{table(asked, given.limit)}"
    )


if __name__ == "__main__":
    main()
