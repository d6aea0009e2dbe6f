"""Answers to queries: as frames, as tables on a terminal, as files."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ptce_graph.dataset.questions import Parameter, is_text, question
from ptce_graph.dataset.store import query_errors, run_query
from ptce_graph.errors import CallError, CutAnswer, unknown_choice
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
    """The answer to a catalogue question or a SELECT query, as a frame of texts.

    Where it has as many rows as the question's ``limit`` lets it have, that number is
    ``frame.attrs["limit"]``, and a ``CutAnswer`` warns.
    """
    import pandas as pd

    solutions = run_query(store, sparql_of(store, asked, given))
    if not hasattr(solutions, "variables"):
        raise CallError(_("Only SELECT queries give a table."), _("Use .store for the others."))
    names = [variable.value for variable in solutions.variables]
    frame = pd.DataFrame(_rows(solutions), columns=names, dtype=object)
    limit = limit_of(asked, given)
    if limit is not None and len(frame) >= limit:
        frame.attrs["limit"] = limit
        # The line that is shown is the one of whoever asked the graph.
        warnings.warn(cut_note(limit), CutAnswer, stacklevel=3)
    return frame


def limit_of(asked: str, given: Mapping[str, str]) -> int | None:
    """The rows at which a catalogue question stops; ``None`` of a query in SPARQL, or none."""
    return None if is_text(asked) else question(asked).limit(given)


def cut_note(limit: int) -> str:
    """What to say of an answer that reaches its limit."""
    return _(
        "The answer reaches the parameter limit ({limit} rows): there may be more. "
        "For more of it, give a larger limit, 1000000 at most."
    ).format(limit=limit)


@dataclass(frozen=True)
class Answer:
    """An answer written in a format, and its ``rows``: ``None`` where it has none to count."""

    text: str
    rows: int | None = None


def answer_text(store: Store | Endpoint, sparql: str, format_name: str) -> str:
    """The text of ``answer``."""
    return answer(store, sparql, format_name).text


def answer(store: Store | Endpoint, sparql: str, format_name: str) -> Answer:
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


def _written(results: Any, format_name: str) -> Answer:
    import pyoxigraph as ox

    if isinstance(results, ox.QueryTriples):
        wanted = "ttl" if format_name == "table" else format_name
        _one_of(wanted, GRAPH_FORMATS)
        formats = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES}
        statements = sorted(set(results), key=str)
        return Answer(_decoded(ox.serialize(statements, format=formats[wanted])))
    _one_of(format_name, SOLUTION_FORMATS)
    if isinstance(results, ox.QueryBoolean):
        if format_name in ("json", "xml"):
            return Answer(_decoded(results.serialize(format=_results_format(format_name))))
        return Answer(f"{str(bool(results)).lower()}\n")
    if format_name in ("tsv", "json", "xml"):
        text = _decoded(results.serialize(format=_results_format(format_name)))
        return Answer(text, _counted(text, format_name))
    names = [variable.value for variable in results.variables]
    rows = [["" if cell is None else cell for cell in row] for row in _rows(results)]
    text = csv_text(names, rows) if format_name == "csv" else table_text(names, rows)
    return Answer(text, len(rows))


def _counted(text: str, format_name: str) -> int:
    """The number of solutions in a text that the engine wrote."""
    if format_name == "json":
        return len(json.loads(text)["results"]["bindings"])
    # Line breaks in cells of TSV, and the brackets of XML in texts, are written as escapes.
    return text.count("<result>") if format_name == "xml" else text.count("\n") - 1


def sparql_of(store: Store | Endpoint, asked: str, given: Mapping[str, str]) -> str:
    """The SPARQL text of a catalogue name; a text that is not a name is SPARQL already.

    A value that names nothing in the store would give an empty answer, which
    reads as "no document says so": it is refused, with the nearest.
    """
    if is_text(asked):
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
