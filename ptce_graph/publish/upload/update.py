"""Loading by SPARQL 1.1 Update: beside what readers see, then exchanged in one request.

Triples go, batch by batch, into staging graphs named by their content; with
each batch goes a mark of how far we are, in the same request, so that a load
that is stopped goes on where it stopped. When every staging graph has the
triples it should, one request copies them over the graphs that readers see,
drops those that left the release and writes the record. Each request can be
sent twice without harm: ``COPY``, unlike ``MOVE``, leaves its source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ptce_graph.dataset.http_client import HttpClient
from ptce_graph.dataset.http_errors import ServerError, shown_url
from ptce_graph.dataset.quads import iri
from ptce_graph.dataset.remote import VOID_TRIPLES, Endpoint, Record, record_iri
from ptce_graph.i18n import gettext as _
from ptce_graph.progress import Progress
from ptce_graph.publish.upload.plan import Part, Plan, batches, plan, record_lines
from ptce_graph.vocabulary import terms
from ptce_graph.vocabulary.iris import DEFAULT_BASE, thing_iri

#: Virtuoso compiles an INSERT DATA to SQL, which may have 10,000 lines.
MOST_LINES = 1000
MOST_BYTES = 1 << 18
#: A server that refuses a batch is given smaller ones, down to this.
_FEWEST_LINES = 20
_TOO_MUCH = (400, 413, 500)

_ESCAPED_U = re.compile(r"(?<!\\)((?:\\\\)+)([uU])")


@dataclass
class UpdateServer:
    """A server that takes updates at ``url``; ``endpoint`` is where it is asked."""

    url: str
    endpoint: Endpoint
    client: HttpClient
    base: str = DEFAULT_BASE
    most_lines: int = field(default=MOST_LINES)

    def __post_init__(self) -> None:
        # Asked of all graphs, not of those of an earlier record only.
        self.endpoint = replace(self.endpoint, record=None)

    def plan(self, parts: list[Part]) -> Plan:
        """What is to do; raises ``CallError`` where the server cannot be asked."""
        return plan(parts, self.endpoint.read_record(self.base), self.count, self.base)

    def publish(self, plan: Plan, progress: Progress | None = None) -> int:
        """Do it; returns how many triples were sent (fewer where a load goes on)."""
        marks = self._marks()
        done = sum(min(marks.get(self._staging(p), 0), len(p.lines)) for p in plan.load)
        begun, total = done, plan.triples
        for part in plan.load:
            start = min(marks.get(self._staging(part), 0), len(part.lines))
            for sent in self._stage(part, start):
                done += sent
                if progress:
                    progress(part.name.rpartition("/")[2], done, total)
            self._verify(part, self._staging(part))
        if not plan.nothing:
            self._write_record(plan.record_under_way())
            self._exchange(plan)
            for part in plan.load:
                self._verify(part, part.name)
            self._write_record(plan.record)
        self._clean({self._staging(part) for part in plan.load} | set(marks))
        return done - begun

    def count(self, name: str) -> int:
        """How many triples the graph ``name`` of the server has."""
        rows = self.endpoint.rows(f"SELECT (COUNT(*) AS ?n) {{ GRAPH {iri(name)} {{ ?s ?p ?o }} }}")
        told = rows[0]["n"].value if len(rows) == 1 and "n" in rows[0] else ""
        return int(told) if told.isdecimal() else 0

    # Staging

    def _staging(self, part: Part) -> str:
        digest = part.digest.removeprefix("sha256:")[:32]
        return thing_iri("publication", f"staging-{digest}", self.base)

    @property
    def _marks_graph(self) -> str:
        return thing_iri("publication", "progress", self.base)

    def _marks(self) -> dict[str, int]:
        """How many triples of each staging graph an earlier, stopped load has sent."""
        rows = self.endpoint.rows(
            f"SELECT ?s ?n {{ GRAPH {iri(self._marks_graph)} {{ ?s <{VOID_TRIPLES}> ?n }} }}"
        )
        marks: dict[str, int] = {}
        ours = thing_iri("publication", "staging-", self.base)
        for row in rows:
            name, told = row["s"].value, row["n"].value
            if name.startswith(ours) and told.isdecimal() and iri(name) == f"<{name}>":
                marks[name] = max(marks.get(name, 0), int(told))
        return marks

    def _stage(self, part: Part, start: int) -> Iterator[int]:
        """Send the triples of ``part`` from ``start`` on; yields how many each request took."""
        while start < len(part.lines):
            end, batch = next(batches(part.lines, start, self.most_lines, MOST_BYTES))
            try:
                self._insert(self._staging(part), batch, end)
            except ServerError as error:
                if error.status not in _TOO_MUCH or len(batch) <= _FEWEST_LINES:
                    raise
                self.most_lines = max(_FEWEST_LINES, len(batch) // 2)
                continue
            yield end - start
            start = end

    def _insert(self, staging: str, lines: list[str], end: int) -> None:
        mark = f'{iri(staging)} <{VOID_TRIPLES}> "{end}"^^<{terms.XSD_INTEGER}> .'
        self.update(
            f"INSERT DATA {{ GRAPH {iri(staging)} {{\n{sparql_lines(lines)}}}\n"
            f"GRAPH {iri(self._marks_graph)} {{ {mark} }} }}"
        )

    def _verify(self, part: Part, name: str) -> None:
        there = self.count(name)
        if there != len(part.lines):
            # The marks would make the next run believe in what is not there.
            self._clean({self._staging(part)})
            raise ServerError(
                _("{url} keeps {there} of the {n} triples of {graph}.").format(
                    url=shown_url(self.url), there=there, n=len(part.lines), graph=part.name
                ),
                _("Run the command again; it begins this graph anew."),
            )

    # What readers see

    def _exchange(self, plan: Plan) -> None:
        steps = [f"COPY GRAPH {iri(self._staging(p))} TO GRAPH {iri(p.name)}" for p in plan.load]
        steps += [f"DROP SILENT GRAPH {iri(name)}" for name in plan.drop]
        self.update(" ;\n".join(steps))

    def _write_record(self, record: Record) -> None:
        graph = iri(record_iri(self.base))
        told = sparql_lines(record_lines(record, self.base))
        self.update(f"DROP SILENT GRAPH {graph} ;\nINSERT DATA {{ GRAPH {graph} {{\n{told}}} }}")

    def _clean(self, stagings: set[str]) -> None:
        names = [*sorted(stagings), self._marks_graph]
        if stagings:
            self.update(" ;\n".join(f"DROP SILENT GRAPH {iri(name)}" for name in names))

    def update(self, text: str) -> None:
        """Send one update request; raises ``ServerError`` where it is refused."""
        headers = {"Content-Type": "application/sparql-update; charset=utf-8", "Accept": "*/*"}
        self.client.send("POST", self.url, text.encode("utf-8"), headers)


def sparql_lines(lines: list[str]) -> str:
    r"""Lines of N-Triples as they may stand in a query.

    SPARQL reads ``\u0022`` before it looks for the ends of strings, and some
    readers find it in ``\\u0022`` too, where N-Triples has a backslash and a
    ``u``: there the ``u`` itself is written as an escape.
    """
    return "".join(_ESCAPED_U.sub(lambda m: f"{m[1]}\\u{ord(m[2]):04X}", line) for line in lines)
