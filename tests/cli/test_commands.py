"""The command line: exit codes, words on stderr, results on stdout, no trace."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.conftest import TINY

ENGLISH = {**os.environ, "LANGUAGE": "en", "LC_ALL": "C.UTF-8"}


def run(*words, env=ENGLISH, stdin=None, cwd=None):
    return subprocess.run(
        [sys.executable, "-m", "ptce_graph", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=env,
        input=stdin,
        cwd=cwd,
        check=False,
    )


def test_check_says_sound():
    done = run("check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "The tables are sound.\n", "")


def test_wrong_tables_exit_with_1_and_no_trace(tiny_copy):
    table = tiny_copy / "sources/livret/memberships.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("2010,", "12/2010,"), "utf-8")
    for words in (
        ["check"],
        ["build", "-o", tiny_copy / "b"],
        ["query", "pole-members"],
        ["analyse"],
    ):
        done = run(*words, "--data", tiny_copy)
        assert done.returncode == 1
        assert 'sources/livret/memberships.csv:6, column "start": « 12/2010 »' in done.stderr
        assert "Traceback" not in done.stderr
        assert done.stdout == ""
    assert not (tiny_copy / "b").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["frob"], "frob"),
        (["query", "pilot-pole"], "pilot-poles"),
        (["query", "--file", "no-such-file.rq"], "no-such-file.rq"),
        (["query", "--file", "-"], "SPARQL"),
        (["export", "trigg"], "trig"),
        (["analyse", "--measure", "betweeness"], "betweenness"),
        (["viz", "--projection", "afiliation"], "affiliation"),
        (["viz", "--lang", "de"], "fr, en"),
        (["check", "--data", "no-such-folder"], "no-such-folder"),
    ],
)
def test_wrong_calls_exit_with_2_and_no_trace(words, told, tmp_path):
    done = run(*words, stdin="SELECT nonsense", cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_debug_shows_the_trace():
    assert "Traceback" in run("query", "pilot-pole", "--debug").stderr


def test_query_lists_the_catalogue_in_the_language_of_the_environment():
    assert "Which are the pilot poles" in run("query").stdout
    french = run("query", env={**os.environ, "LANGUAGE": "fr", "LC_ALL": "C.UTF-8"})
    assert "Quels sont les pôles témoins" in french.stdout


def test_query_in_every_format():
    name = "poles-linking-coorace-rtes"
    assert len(run("query", name).stdout.splitlines()) == 4
    assert run("query", name, "--format", "csv").stdout.startswith(
        "pole,throughCoorace,throughRtes"
    )
    assert run("query", name, "--format", "tsv").stdout.startswith("?pole\t")
    answer = json.loads(run("query", name, "--format", "json").stdout)
    assert len(answer["results"]["bindings"]) == 2
    assert "<sparql" in run("query", name, "--format", "xml").stdout


def test_query_from_a_file_and_from_stdin(tmp_path):
    text = "SELECT (COUNT(?p) AS ?n) { ?p a ptce:Pole }"
    path = tmp_path / "q.rq"
    path.write_text(text, encoding="utf-8")
    from_file = run("query", "--data", TINY, "--file", path, "--format", "csv")
    from_stdin = run("query", "--data", TINY, "--file", "-", "--format", "csv", stdin=text)
    assert from_file.stdout == from_stdin.stdout == "n\n3\n"
    construct = run("query", "--file", "-", stdin="CONSTRUCT WHERE { ?p a ptce:Pole }")
    assert "<https://w3id.org/ptce/ontology#Pole>" in construct.stdout


def test_a_cell_never_opens_as_a_formula(tiny_copy):
    table = tiny_copy / "sources/livret/organisations.csv"
    text = table.read_text(encoding="utf-8").replace("Organisation Trois", '"=HYPERLINK(""x"")"')
    table.write_text(text, encoding="utf-8")
    done = run("analyse", "--data", tiny_copy, "--format", "csv")
    assert "'=HYPERLINK" in done.stdout and ",=HYPERLINK" not in done.stdout


def test_export_to_stdout_says_what_is_lost():
    done = run("export", "ttl", "--data", TINY)
    assert done.stdout.startswith("@prefix")
    assert "named graphs" in done.stderr


def test_build_and_viz_write_and_print_their_path(tmp_path):
    done = run("build", "--data", TINY, "-o", "out", cwd=tmp_path)
    assert done.stdout.strip().replace("\\", "/") == "out/dataset.nq"
    done = run("viz", "--data", TINY, "-o", "maps/m.html", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "maps" / "m.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_every_command_has_help_with_an_example_or_a_warning():
    from ptce_graph.cli import cli

    for name, command in cli.commands.items():
        assert command.help and command.epilog, name
        assert run(name, "--help").returncode == 0
