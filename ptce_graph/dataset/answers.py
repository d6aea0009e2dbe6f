"""Answers to queries: as frames, as tables on a terminal, as files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ptce_graph.dataset.questions import Parameter, question
from ptce_graph.dataset.store import query_errors, run_query
from ptce_graph.errors import CallError, unknown_choice
from ptce_graph.i18n import gettext as _
from ptce_graph.tabular import csv_text, table_text

if TYPE_CHECKING:
    from pandas import DataFrame
    from pyoxigraph import Store

    from ptce_graph.dataset.remote import Endpoint

#: Results of SELECT and ASK, then of CONSTRUCT and DESCRIBE, by what ``--format`` takes.
SOLUTION_FORMATS = ("table", "csv", "tsv", "json", "xml")
GRAPH_FORMATS = ("ttl", "nt")
FORMATS = SOLUTION_FORMATS + GRAPH_FORMATS


def answer_frame(store: Store | Endpoint, asked: str, given: Mapping[str, str]) -> DataFrame:
    """The answer to a catalogue question or a SELECT query, as a frame of texts."""
    import pandas as pd

    solutions = run_query(store, sparql_of(store, asked, given))
    if not hasattr(solutions, "variables"):
        raise CallError(_("Only SELECT queries give a table."), _("Use .store for the others."))
    names = [variable.value for variable in solutions.variables]
    return pd.DataFrame(_rows(solutions), columns=names, dtype=object)


def answer_text(store: Store | Endpoint, sparql: str, format_name: str) -> str:
    """The answer to a SPARQL query in ``format_name``; ``table`` is for reading on a terminal.

    Raises ``CallError`` where the format does not suit the query.
    """
    known_format(format_name)
    results = run_query(store, sparql)
    with query_errors():
        return _written(results, format_name)


def known_format(name: str) -> None:
    """Raise ``CallError``, with the nearest, where no query gives the format ``name``."""
    _one_of(name, FORMATS)


def _written(results: Any, format_name: str) -> str:
    import pyoxigraph as ox

    if isinstance(results, ox.QueryTriples):
        wanted = "ttl" if format_name == "table" else format_name
        _one_of(wanted, GRAPH_FORMATS)
        formats = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES}
        statements = sorted(set(results), key=str)
        return _decoded(ox.serialize(statements, format=formats[wanted]))
    _one_of(format_name, SOLUTION_FORMATS)
    if isinstance(results, ox.QueryBoolean):
        if format_name in ("json", "xml"):
            return _decoded(results.serialize(format=_results_format(format_name)))
        return f"{str(bool(results)).lower()}\n"
    if format_name in ("tsv", "json", "xml"):
        return _decoded(results.serialize(format=_results_format(format_name)))
    names = [variable.value for variable in results.variables]
    rows = [["" if cell is None else cell for cell in row] for row in _rows(results)]
    return csv_text(names, rows) if format_name == "csv" else table_text(names, rows)


def sparql_of(store: Store | Endpoint, asked: str, given: Mapping[str, str]) -> str:
    """The SPARQL text of a catalogue name; a text that is not a name is SPARQL already.

    A value that names nothing in the store would give an empty answer, which
    reads as "no document says so": it is refused, with the nearest.
    """
    if any(c in asked for c in " {\n"):
        if given:
            raise CallError(_("Only a question of the catalogue has parameters."))
        return asked
    entry = question(asked)
    text = entry.sparql(given)
    for parameter in entry.parameters:
        value = given.get(parameter.name)
        if value is not None and parameter.kind not in ("text", "number", "limit"):
            _named(store, parameter, value)
    return text


def _named(store: Store | Endpoint, parameter: Parameter, value: str) -> None:
    named = run_query(store, f"SELECT ?p {{ {parameter.term(value)} ?p ?o }} LIMIT 1")
    if any(True for _row in named):
        return
    start = parameter.term("x").removeprefix("<").removesuffix("x>")
    found = run_query(
        store, f'SELECT DISTINCT ?x {{ ?x ?p ?o FILTER(STRSTARTS(STR(?x), "{start}")) }}'
    )
    known = sorted(row[0].value.removeprefix(start) for row in found)
    if value not in known:
        message = _("{name}: nothing is called {value}.").format(name=parameter.name, value=value)
        raise unknown_choice(message, value, known or [parameter.default])


def _rows(solutions: Any) -> list[list[str | None]]:
    with query_errors():
        return [[None if term is None else _cell(term) for term in row] for row in solutions]


def _cell(term: Any) -> str:
    """What a term says; one without a value of its own (blank, triple) as N-Triples writes it."""
    import pyoxigraph as ox

    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def _results_format(name: str) -> Any:
    import pyoxigraph as ox

    return getattr(ox.QueryResultsFormat, name.upper())


def _decoded(data: bytes | None) -> str:
    text = (data or b"").decode("utf-8")
    return text if text.endswith("\n") else text + "\n"


def _one_of(name: str, formats: tuple[str, ...]) -> None:
    if name not in formats:
        raise unknown_choice(
            _("This query does not give {format}.").format(format=name), name, formats
        )
