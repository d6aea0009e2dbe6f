"""A SPARQL 1.1 server as a store: asked over HTTP, answered as the local store answers.

Our default graph is the merge of the named graphs; that of a server may be
empty, or a union that counts a triple once per document. ``publish`` therefore
loads the merge as a graph of its own, and a small *record* that names it and
the others; where a server holds the record, each query is asked over that
dataset (``default-graph-uri`` and ``named-graph-uri`` of the SPARQL 1.1
Protocol). Without a record the server's own dataset answers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from ptce_graph.dataset.http_client import HttpClient, checked_url
from ptce_graph.dataset.http_errors import Answer, Limits, ServerError, shown_url
from ptce_graph.dataset.quads import iri
from ptce_graph.i18n import gettext as _
from ptce_graph.vocabulary.iris import DEFAULT_BASE, thing_iri

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode

#: What the record is written with (SPARQL 1.1 Service Description, VoID, Dublin Core).
SD = "http://www.w3.org/ns/sparql-service-description#"
VOID_TRIPLES = "http://rdfs.org/ns/void#triples"
DCTERMS_IDENTIFIER = "http://purl.org/dc/terms/identifier"

SOLUTIONS = "application/sparql-results+json, application/sparql-results+xml;q=0.8"
TRIPLES = "application/n-triples, text/turtle;q=0.8"
#: A longer query is sent as the body of a POST: servers bound the length of an address.
_LONGEST_ADDRESS = 2000
_DECLARED = re.compile(r"\bPREFIX\s+([\w.-]*):", re.IGNORECASE)


def record_iri(base: str = DEFAULT_BASE) -> str:
    """The graph of the record: which graphs a publication of ours keeps on a server."""
    return thing_iri("publication", "record", base)


def merged_iri(base: str = DEFAULT_BASE) -> str:
    """The graph that holds the merge of all others."""
    return thing_iri("publication", "merged", base)


@dataclass(frozen=True)
class Kept:
    """A graph as the record tells it: the digest of what was loaded, how many triples."""

    digest: str
    triples: int


@dataclass(frozen=True)
class Record:
    """What a server holds of ours: the merged graph, and all named ones."""

    merged: str
    graphs: dict[str, Kept] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether no graph is being replaced: one that is has no digest."""
        return all(kept.digest for kept in self.graphs.values())

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The dataset of a query, as the SPARQL 1.1 Protocol names it."""
        named = sorted(name for name in self.graphs if name != self.merged)
        return [
            ("default-graph-uri", self.merged),
            *(("named-graph-uri", name) for name in named),
        ]


@dataclass(frozen=True)
class Endpoint:
    """A SPARQL 1.1 endpoint; ``query`` answers as that of a pyoxigraph store does."""

    url: str
    client: HttpClient = field(default_factory=HttpClient.from_environment)
    record: Record | None = None

    @classmethod
    def open(cls, url: str, base: str = DEFAULT_BASE, limits: Limits | None = None) -> Endpoint:
        """The endpoint at ``url``, with the record it holds of what we published there.

        Raises ``CallError`` where the address is none or nothing there speaks SPARQL.
        """
        endpoint = cls(checked_url(url), HttpClient.from_environment(limits))
        return replace(endpoint, record=endpoint.read_record(base))

    def read_record(self, base: str = DEFAULT_BASE) -> Record | None:
        """The record that the server holds, or ``None``."""
        graph = record_iri(base)
        bare = replace(self, record=None)
        rows = bare.rows(f"SELECT ?s ?p ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
        return record_of(rows, graph)

    def query(self, text: str, prefixes: Mapping[str, str] | None = None) -> Any:
        """The answer to a query: solutions, triples or a boolean of pyoxigraph.

        ``text`` is read here first: what is no SPARQL 1.1 query, an update
        above all, raises ``SyntaxError`` and is never sent. ``prefixes`` are
        written into the text where it uses and does not declare them.
        """
        import pyoxigraph as ox

        empty = ox.Store()
        form = empty.query(text, prefixes=dict(prefixes or {}))
        whole = with_prefixes(text, prefixes or {})
        if isinstance(form, ox.QueryTriples):
            empty.extend(ox.Quad(*triple) for triple in self._triples(whole))
            return empty.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        results = self._solutions(whole)
        if isinstance(form, ox.QueryBoolean) and not isinstance(results, ox.QueryBoolean):
            return _boolean(results, self.url)
        if isinstance(form, ox.QuerySolutions) and isinstance(results, ox.QueryBoolean):
            raise not_sparql(self.url)
        return results

    def rows(self, text: str) -> list[dict[str, NamedNode | Literal]]:
        """The solutions of a whole SELECT query of ours, by variable; unbound ones are absent."""
        results = self._solutions(text)
        names = [variable.value for variable in results.variables]
        return [
            {name: term for name, term in zip(names, row, strict=True) if term is not None}
            for row in results
        ]

    def _triples(self, text: str) -> list[Any]:
        import pyoxigraph as ox

        answer = self._asked(text, TRIPLES)
        formats = {
            "text/turtle": ox.RdfFormat.TURTLE,
            "application/rdf+xml": ox.RdfFormat.RDF_XML,
        }
        # Some servers name N-Triples plain text.
        found = formats.get(answer.media_type, ox.RdfFormat.N_TRIPLES)
        if answer.media_type in ("text/html", "application/xhtml+xml"):
            raise not_sparql(self.url)
        try:
            return [quad.triple for quad in ox.parse(answer.body, format=found)]
        except (SyntaxError, ValueError) as error:
            raise not_sparql(self.url) from error

    def _solutions(self, text: str) -> Any:
        import pyoxigraph as ox

        answer = self._asked(text, SOLUTIONS)
        formats = {
            "application/sparql-results+json": ox.QueryResultsFormat.JSON,
            "application/json": ox.QueryResultsFormat.JSON,
            "application/sparql-results+xml": ox.QueryResultsFormat.XML,
            "application/xml": ox.QueryResultsFormat.XML,
            "text/xml": ox.QueryResultsFormat.XML,
        }
        if answer.media_type not in formats:
            raise not_sparql(self.url)
        try:
            return ox.parse_query_results(answer.body, format=formats[answer.media_type])
        except (SyntaxError, ValueError) as error:
            raise not_sparql(self.url) from error

    def _asked(self, text: str, accept: str) -> Answer:
        parameters = [("query", text), *(self.record.parameters if self.record else [])]
        told = urlencode(parameters)
        headers = {"Accept": accept}
        joined = self.url + ("&" if "?" in self.url else "?") + told
        if len(joined) <= _LONGEST_ADDRESS:
            answer = self.client.send("GET", joined, None, headers, reading=True)
        else:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            answer = self.client.send("POST", self.url, told.encode(), headers, reading=True)
        if "X-SQL-State" in answer.headers:
            # Virtuoso, out of time, gives what it has found so far.
            raise ServerError(
                _("{url} stopped before its answer was whole.").format(url=shown_url(self.url)),
                _("Ask for less, or have the server's limit raised."),
            )
        return answer


def record_of(rows: list[dict[str, Any]], record: str) -> Record | None:
    """The record that the triples of its graph tell, or ``None`` where they tell none."""
    told: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        subject, predicate = row["s"].value, row["p"].value
        told.setdefault((subject, predicate), []).append(row["o"].value)
    merged = told.get((record, f"{SD}defaultGraph"), [])
    if len(merged) != 1 or not _is_iri(merged[0]):
        return None
    graphs = {}
    # Told twice, in case a server loses one: by the record, and by the size of the graph.
    sized = (subject for subject, predicate in told if predicate == VOID_TRIPLES)
    for name in sorted({*told.get((record, f"{SD}namedGraph"), []), *sized, *merged}):
        digests = told.get((name, DCTERMS_IDENTIFIER), [])
        counts = told.get((name, VOID_TRIPLES), [])
        count = counts[0] if len(counts) == 1 and counts[0].isdecimal() else "0"
        if _is_iri(name):
            graphs[name] = Kept(digests[0] if len(digests) == 1 else "", int(count))
    return Record(merged[0], graphs)


def _is_iri(text: str) -> bool:
    """Whether what a server tells is an address as we mint them, and nothing else."""
    return bool(re.fullmatch(r"https?://\S+", text)) and iri(text) == f"<{text}>"


def with_prefixes(text: str, prefixes: Mapping[str, str]) -> str:
    """``text`` with those of ``prefixes`` it uses and does not declare, on its first line."""
    declared = set(_DECLARED.findall(text))
    used = [
        f"PREFIX {name}: <{namespace}>"
        for name, namespace in prefixes.items()
        if name not in declared and re.search(rf"(?<![\w.-]){re.escape(name)}:", text)
    ]
    return " ".join([*used, text]) if used else text


def not_sparql(url: str) -> ServerError:
    """The error of an address that answers, but not as a SPARQL endpoint does."""
    return ServerError(
        _("{url} does not answer as a SPARQL endpoint.").format(url=shown_url(url)),
        _("Name the address that takes SPARQL; it often ends in /sparql or /query."),
    )


def _boolean(results: Any, url: str) -> Any:
    """The answer to ASK of a server (Virtuoso) that tells it as a table of one cell."""
    import pyoxigraph as ox

    cells = [term.value for row in results for term in row if term is not None]
    if len(cells) > 1:
        raise not_sparql(url)
    told = "true" if cells in (["1"], ["true"]) else "false"
    text = f'{{"head": {{}}, "boolean": {told}}}'
    return ox.parse_query_results(text.encode(), format=ox.QueryResultsFormat.JSON)


def endpoint_note(endpoint: Endpoint) -> str:
    """What is to be said of what answers, before its answer; empty where all is as published."""
    if endpoint.record is None:
        return _(
            "This server holds no record of a publication of ours: its own default graph answers, "
            "which may be empty, or count a fact once per document."
        )
    if not endpoint.record.whole:
        return _(
            "A publication to this server is under way, or was stopped: the answer may mix two "
            "releases."
        )
    return ""
