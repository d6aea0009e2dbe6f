"""Loading by the SPARQL 1.1 Graph Store HTTP Protocol: graph by graph, in bounded requests.

The protocol has no way to exchange several graphs at once, nor to copy one:
a graph that fits in one request is replaced in one step, a larger one grows
before the readers' eyes. Until all are loaded the record says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from ptce_graph.dataset.http_client import HttpClient
from ptce_graph.dataset.remote import Record, not_sparql, record_iri, record_of
from ptce_graph.progress import Progress
from ptce_graph.publish.upload.plan import Part, Plan, batches, plan, record_lines
from ptce_graph.vocabulary.iris import DEFAULT_BASE

MOST_LINES = 50_000
MOST_BYTES = 1 << 23


@dataclass
class GraphStore:
    """A graph store at ``url``."""

    url: str
    client: HttpClient
    base: str = DEFAULT_BASE
    most_lines: int = MOST_LINES

    def plan(self, parts: list[Part]) -> Plan:
        """What is to do; raises ``CallError`` where the server cannot be asked."""
        return plan(parts, self.read_record(), lambda _name: None, self.base)

    def publish(self, plan: Plan, progress: Progress | None = None) -> int:
        """Do it; returns how many triples were sent."""
        done, loaded = 0, []
        if plan.nothing:
            return 0
        self._write_record(plan.record_under_way())
        for part in plan.load:
            method = "PUT"
            for _end, batch in batches(part.lines, 0, self.most_lines, MOST_BYTES):
                self._send(method, part.name, batch)
                method = "POST"
                done += len(batch)
                if progress:
                    progress(part.name.rpartition("/")[2], done, plan.triples)
            loaded.append(part.name)
            self._write_record(plan.record_under_way(tuple(loaded)))
        for name in plan.drop:
            self.client.send("DELETE", self._address(name), missing=True)
        self._write_record(plan.record)
        return done

    def read_record(self) -> Record | None:
        """The record that the server holds, or ``None``."""
        import pyoxigraph as ox

        graph = record_iri(self.base)
        headers = {"Accept": "application/n-triples, text/turtle;q=0.9"}
        answer = self.client.send("GET", self._address(graph), None, headers, missing=True)
        if answer.status == 404:
            return None
        turtle = answer.media_type in ("text/turtle", "text/rdf+n3", "application/x-turtle")
        found = ox.RdfFormat.TURTLE if turtle else ox.RdfFormat.N_TRIPLES
        try:
            triples = [quad.triple for quad in ox.parse(answer.body, format=found)]
        except (SyntaxError, ValueError) as error:
            raise not_sparql(self.url) from error
        rows: list[dict[str, Any]] = [
            {"s": t.subject, "p": t.predicate, "o": t.object} for t in triples
        ]
        return record_of(rows, graph)

    def _write_record(self, record: Record) -> None:
        self._send("PUT", record_iri(self.base), record_lines(record, self.base))

    def _send(self, method: str, name: str, lines: list[str]) -> None:
        # Every line of N-Triples is one of Turtle, which all graph stores read.
        headers = {"Content-Type": "text/turtle; charset=utf-8", "Accept": "*/*"}
        body = "".join(lines).encode("utf-8")
        self.client.send(method, self._address(name), body, headers)

    def _address(self, name: str) -> str:
        return self.url + ("&" if "?" in self.url else "?") + urlencode({"graph": name})
