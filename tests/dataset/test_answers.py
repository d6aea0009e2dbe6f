"""Answers: every term and format, safe queries only, the same answer every time."""

from __future__ import annotations

import json
import subprocess
import sys
import warnings

import pytest

import ptce_graph
from ptce_graph.dataset.answers import answer, answer_text
from ptce_graph.dataset.store import memory_store, run_query
from ptce_graph.tabular import csv_text, printable
from tests.cli.test_commands import run

DATA = '_:b <x:p> "a" <x:g> .\n<x:s> <x:q> <<( <x:a> <x:b> "c" )>> <x:g> .\n'


@pytest.fixture(scope="module")
def store():
    return memory_store(DATA)


@pytest.mark.parametrize("name", ["table", "csv", "tsv", "json", "xml"])
def test_blank_nodes_and_triple_terms_in_each_format(store, name):
    text = answer_text(store, "SELECT ?s ?o { ?s <x:p>|<x:q> ?o }", name)
    assert "x:s" in text and "x:b" in text


@pytest.mark.parametrize("name", ["table", "csv", "tsv"])
def test_ask_as_a_word(store, name):
    assert answer_text(store, "ASK { ?s <x:p> ?o }", name) == "true\n"


def test_ask_as_json_and_xml(store):
    assert json.loads(answer_text(store, "ASK {}", "json"))["boolean"] is True
    assert "<boolean>true</boolean>" in answer_text(store, "ASK {}", "xml")


def test_construct_in_each_format(store):
    query = "CONSTRUCT { <x:s> <x:p> ?o } WHERE { ?s <x:p> ?o }"
    for name in ("table", "ttl", "nt"):
        assert '<x:p> "a"' in answer_text(store, query, name)
    with pytest.raises(ptce_graph.CallError, match="ttl"):
        answer_text(store, query, "csv")
    with pytest.raises(ptce_graph.CallError, match="table"):
        answer_text(store, "SELECT * {}", "nt")


def test_an_unknown_format_is_told_with_the_nearest_before_the_query_is_run(store):
    with pytest.raises(ptce_graph.CallError, match="mean json"):
        answer_text(store, "not a query", "jsn")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }",
        "SELECT * { service silent ?x { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o.SERVICE <http://localhost:1/> {} }",
        "SELECT * { ?s ?p 1SERVICE <http://localhost:1/> {} }",
        "PREFIX e: <http://localhost:1/> SELECT * { SERVICEe:x {} }",
        "SELECT * { SERV\\u0049CE <http://localhost:1/> {} }",
        "SELECT * { FILTER(?a<1)SERVICE#>\n<http://localhost:1/> {} }",
        "SELECT * { <x:#> ?p ?a FILTER(?a<'>')SERVICE ?v {} FILTER(?b='x') }",
        "SELECT * { ?s <x:\\u0061#> ?o SERVICE <http://localhost:1/> {} }",
        "SELECT * { ?s ?p '''it''s''' SERVICE <http://localhost:1/> {} }",
    ],
)
def test_a_query_asks_no_other_server(store, query):
    with pytest.raises(ptce_graph.CallError, match="SERVICE is refused"):
        run_query(store, query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p 'SERVICE <http://x/> {}' }",
        'SELECT * { ?s ?p """a "SERVICE" b""" }',
        "SELECT * { ?s ?p ?service } # SERVICE <http://x/> {}",
        "SELECT * { ?s <http://x.fr/SERVICE> ?o }",
        "PREFIX e: <http://x.fr/> SELECT * { ?s e:service ?o }",
        "SELECT * { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }",
    ],
)
def test_the_word_itself_may_stand_in_a_query(store, query):
    list(run_query(store, query))  # nothing is raised


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * " + "{" * 5000 + "}" * 5000,
        "SELECT * { FILTER(" + "(" * 20000 + "1" + ")" * 20000 + ") }",
        "SELECT * { FILTER(" + "!" * 20000 + "1) }",
        "SELECT * { FILTER(" + "1||" * 20000 + "1) }",
        "SELECT * { ?s " + "<x:p>/" * 12000 + "<x:p> ?o }",
        "SELECT * {} #" + "x" * 100_000,
    ],
)
def test_a_query_that_would_end_the_process_is_refused(store, query):
    with pytest.raises(ptce_graph.CallError, match=r"too (deep|long)"):
        run_query(store, query)


def test_an_error_of_syntax_is_told_in_200_characters(store):
    with pytest.raises(ptce_graph.CallError) as raised:
        run_query(store, "SELECT * { " + "?s ?p ?o . " * 100 + " nonsense nonsense")
    assert len(raised.value.message) < 260


@pytest.mark.parametrize("name", ["table", "csv", "tsv", "json"])
def test_an_error_while_results_are_drawn_is_told_in_words(store, name, monkeypatch):
    import ptce_graph.dataset.answers as module

    class Drawn:
        variables = ()

        def __iter__(self):
            raise OSError("late")

        def serialize(self, **_options):
            raise OSError("late")

    monkeypatch.setattr(module, "run_query", lambda *_words: Drawn())
    with pytest.raises(ptce_graph.CallError, match="late"):
        answer_text(store, "SELECT * {}", name)


@pytest.mark.parametrize("name", ["multi-membership", "poles-linking-coorace-rtes"])
def test_lists_are_the_same_and_in_order_from_run_to_run(name):
    code = f"import ptce_graph; print(ptce_graph.load().query({name!r}).to_csv())"
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            env={"PYTHONHASHSEED": str(seed), "PYTHONIOENCODING": "utf-8"},
            check=True,
        ).stdout
        for seed in range(8)
    }
    assert len(told) == 1
    for row in ptce_graph.load().query(name).itertuples(index=False):
        for cell in row:
            parts = cell.split(" | ")
            assert parts == sorted(set(parts))
            assert parts == [""] or all(parts)


def test_csv_quotes_what_spreadsheets_would_part():
    text = csv_text(["a", "b"], [["x;y", 'q"r'], ["n\nl", "plain"], [None, 1.5], ["", ""]])
    assert text == 'a,b\n"x;y","q""r"\n"n\nl",plain\n,1.5\n,\n'
    assert csv_text(["a"], [[""]]) == 'a\n""\n'


def test_what_commands_a_terminal_is_written_out():
    assert printable("a\x1b[31mb\x07\u202ec\udcff") == "a\\x1b[31mb\\x07\\u202ec\\udcff"
    assert printable("é\u00a0« œ »\n\t") == "é\u00a0« œ »\n\t"


@pytest.fixture(scope="module")
def graph():
    return ptce_graph.load()


def test_an_answer_that_reaches_its_limit_warns_and_says_so(graph):
    whole = graph.query("network-members", network="coorace")
    assert len(whole) > 3 and "limit" not in whole.attrs
    with pytest.warns(ptce_graph.CutAnswer, match=r"limit \(3 rows\)") as told:
        cut = graph.query("network-members", network="coorace", limit="3")
    assert cut.attrs["limit"] == len(cut) == 3
    # The line shown is that of the person who asked.
    assert told[0].filename == __file__
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        graph.query("network-members", network="coorace", limit=str(len(whole) + 1))
        # The person wrote this limit.
        graph.query("SELECT ?s { ?s ?p ?o } LIMIT 3")


@pytest.mark.parametrize("name", ["table", "csv", "tsv", "json", "xml"])
def test_the_rows_of_an_answer_are_counted_in_each_format(name):
    there = memory_store(
        '<x:s> <x:p> "a\\n<result>b" <x:g> .\n<x:s> <x:p> "c, \\"bindings\\"" <x:g> .\n'
    )
    assert answer(there, "SELECT ?o { ?s <x:p> ?o }", name).rows == 2
    assert answer(there, "SELECT ?o { ?s <x:q> ?o }", name).rows == 0
    assert answer(there, "ASK {}", name).rows is None


def test_the_command_tells_a_cut_answer_beside_it():
    words = ("query", "network-members", "--param", "network=coorace", "--format", "csv")
    cut = run(*words, "--param", "limit=3")
    assert "may be more" in cut.stderr and "may be more" not in cut.stdout
    assert "may be more" not in run(*words).stderr
