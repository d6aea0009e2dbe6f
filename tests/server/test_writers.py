"""Answers hold what pyoxigraph's own writers would have written, and stop at their bounds."""

import csv
import io
import json

import pyoxigraph as ox
import pytest

from ptce_graph.dataset.questions import questions
from ptce_graph.dataset.store import run_query
from ptce_graph.server.writers import (
    BeyondLimitError,
    Bounded,
    NotInThisFormatError,
    write_solutions,
    write_triples,
)

OURS = ("json", "xml", "csv", "tsv")
AWKWARD = """SELECT * { VALUES (?a ?b ?c) {
  ('quote " tab \\t line \\n return \\r & < > back \\\\' UNDEF <http://x/é>)
  ('x'@fr 1 true) (1.5e3 'a'^^<http://x/type> '')
  (',;' "'" <urn:x>) } }"""


def written(solutions, format_name, rows=10_000, most=1_000_000):
    out = Bounded(most)
    write_solutions(solutions, format_name, rows, out)
    return out.getvalue()


def read(data, format_name):
    """The rows as pyoxigraph reads them back, terms as N-Triples."""
    found = ox.parse_query_results(data, format=getattr(ox.QueryResultsFormat, format_name.upper()))
    names = [variable.value for variable in found.variables]
    return names, [[None if term is None else str(term) for term in row] for row in found]


@pytest.mark.parametrize("format_name", ["json", "xml", "tsv"])
def test_catalogue_questions_read_back_the_same(bundled, format_name):
    catalogue = list(questions().values())[::4]
    assert len(catalogue) > 20
    for question in catalogue:
        theirs = run_query(bundled.store, question.text).serialize(
            format=getattr(ox.QueryResultsFormat, format_name.upper())
        )
        ours = written(run_query(bundled.store, question.text), format_name)
        assert read(ours, format_name) == read(theirs, format_name), question.name


@pytest.mark.parametrize("format_name", ["json", "xml", "tsv"])
def test_awkward_terms_read_back(format_name):
    expected = [
        [
            '"quote \\" tab \\t line \\n return \\r & < > back \\\\"',
            None,
            "<http://x/é>",
        ],
        [
            '"x"@fr',
            '"1"^^<http://www.w3.org/2001/XMLSchema#integer>',
            '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>',
        ],
        [
            '"1500"^^<http://www.w3.org/2001/XMLSchema#double>',
            '"a"^^<http://x/type>',
            '""',
        ],
        ['",;"', '"\'"', "<urn:x>"],
    ]
    data = written(ox.Store().query(AWKWARD), format_name)
    assert read(data, format_name) == (["a", "b", "c"], expected)


def test_csv_is_that_of_the_specification(bundled):
    """SPARQL 1.1 Query Results CSV: values without signs, RFC 4180 quotes, CRLF."""
    data = written(ox.Store().query(AWKWARD), "csv").decode()
    rows = list(csv.reader(io.StringIO(data, newline="")))
    assert rows[0] == ["a", "b", "c"]
    assert rows[1] == ['quote " tab \t line \n return \r & < > back \\', "", "http://x/é"]
    assert rows[2] == ["x", "1", "true"]
    assert data.endswith("\r\n")
    for question in list(questions().values())[::10]:
        theirs = run_query(bundled.store, question.text).serialize(format=ox.QueryResultsFormat.CSV)
        assert written(run_query(bundled.store, question.text), "csv") == theirs


@pytest.mark.parametrize("format_name", OURS)
def test_no_row_and_one_row(format_name):
    none = written(ox.Store().query("SELECT ?a { ?a ?b ?c }"), format_name)
    one = written(ox.Store().query("SELECT ?a { BIND(1 AS ?a) }"), format_name)
    if format_name in ("csv", "tsv"):
        assert len(none.splitlines()) == 1
        assert len(one.splitlines()) == 2
    else:
        assert read(none, format_name) == (["a"], [])
        assert len(read(one, format_name)[1]) == 1
    if format_name == "json":
        assert json.loads(none) == {"head": {"vars": ["a"]}, "results": {"bindings": []}}


def test_triple_terms_as_sparql_1_2_drafts():
    text = "SELECT * { BIND(<<( <a:s> <a:p> 'o'@en )>> AS ?t) }"
    found = json.loads(written(ox.Store().query(text), "json"))["results"]["bindings"][0]["t"]
    assert found == {
        "type": "triple",
        "value": {
            "subject": {"type": "uri", "value": "a:s"},
            "predicate": {"type": "uri", "value": "a:p"},
            "object": {"type": "literal", "value": "o", "xml:lang": "en"},
        },
    }


def test_xml_refuses_what_it_cannot_hold():
    with pytest.raises(NotInThisFormatError):
        written(ox.Store().query("SELECT * { BIND('\\u0001' AS ?a) }"), "xml")


MANY = "SELECT ?a ?b { VALUES ?a {1 2 3 4 5 6 7 8 9 10} VALUES ?b {1 2 3 4 5 6 7 8 9 10} }"


@pytest.mark.parametrize("format_name", OURS)
def test_the_bound_of_rows_is_exact(format_name):
    written(ox.Store().query(MANY), format_name, rows=100)
    with pytest.raises(BeyondLimitError) as stopped:
        written(ox.Store().query(MANY), format_name, rows=99)
    assert stopped.value.limit == "rows"


@pytest.mark.parametrize("format_name", OURS)
def test_the_bound_of_bytes_is_exact(format_name):
    size = len(written(ox.Store().query(MANY), format_name))
    written(ox.Store().query(MANY), format_name, most=size)
    with pytest.raises(BeyondLimitError) as stopped:
        written(ox.Store().query(MANY), format_name, most=size - 1)
    assert stopped.value.limit == "bytes"


@pytest.mark.parametrize("format_name", ["TURTLE", "N_TRIPLES", "RDF_XML", "JSON_LD", "TRIG"])
def test_triples_read_back_and_have_one_order(bundled, format_name):
    def made():
        out = Bounded(10_000_000)
        found = run_query(bundled.store, "CONSTRUCT WHERE { ?s a ptce:Pole ; skos:prefLabel ?n }")
        write_triples(found, format_name, 1000, out)
        return out.getvalue()

    again = {made() for _time in range(5)}
    assert len(again) == 1
    quads = set(ox.parse(again.pop(), format=getattr(ox.RdfFormat, format_name)))
    found = run_query(bundled.store, "CONSTRUCT WHERE { ?s a ptce:Pole ; skos:prefLabel ?n }")
    assert {quad.triple for quad in quads} == set(found)


def test_the_bounds_of_triples(bundled):
    text = "CONSTRUCT WHERE { ?s a ptce:Pole }"
    poles = len(set(run_query(bundled.store, text)))
    write_triples(run_query(bundled.store, text), "TURTLE", poles, Bounded(1_000_000))
    with pytest.raises(BeyondLimitError, match="rows"):
        write_triples(run_query(bundled.store, text), "TURTLE", poles - 1, Bounded(1_000_000))
    with pytest.raises(BeyondLimitError, match="bytes"):
        write_triples(run_query(bundled.store, text), "TURTLE", poles, Bounded(100))
