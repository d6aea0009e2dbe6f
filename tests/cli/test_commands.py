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
        (["export"], "export --list"),
        (["export", "csv"], "export csv -o csv"),
        (["export", "jsonl", "--entity", "COORACE"], "jsonld"),
        (["export", "ttl", "--entity", "COORACES"], "COORACE"),
        (["export", "ttl", "--entity", "https://nowhere.example/"], "says nothing of"),
        (["export", "ttl", "--all", "release"], "no other option"),
        (["export", "ttl", "-o", ""], "The path is empty"),
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


def test_export_lists_the_formats_and_what_each_loses():
    lines = run("export", "--list").stdout.splitlines()
    names = [line.split()[0] for line in lines[::2]]
    assert names[:3] == ["trig", "nq", "jsonld"] and "rdfxml" in names and len(names) == 13
    assert lines[1].strip() == "Loses nothing."
    assert "named graphs" in lines[2 * names.index("ttl") + 1]


def test_export_writes_a_folder_whole_or_not_at_all(tmp_path):
    done = run("export", "csv", "--data", TINY, "-o", "tables", cwd=tmp_path)
    assert (done.returncode, done.stdout.strip()) == (0, "tables")
    assert (tmp_path / "tables" / "csv-metadata.json").is_file()
    assert (tmp_path / "tables" / "codes" / "legal-forms.csv").is_file()
    (tmp_path / "tables" / "mine.txt").write_text("mine", encoding="utf-8")
    done = run("export", "csv", "--data", TINY, "-o", "tables", cwd=tmp_path)
    assert done.returncode == 2 and "mine.txt" in done.stderr
    assert (tmp_path / "tables" / "mine.txt").read_text(encoding="utf-8") == "mine"
    done = run("export", "csv", "--data", TINY, "-o", "tables/mine.txt", cwd=tmp_path)
    assert done.returncode == 2 and "is a file, not a folder" in done.stderr
    done = run("export", "trig", "--data", TINY, "-o", "tables", cwd=tmp_path)
    assert done.returncode == 2 and "is a folder, not a file" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]


def test_export_tells_one_thing(tmp_path):
    done = run("export", "ttl", "--data", TINY, "--entity", "Organisation Deux")
    assert done.returncode == 0, done.stderr
    assert "id/organisation/org-deux> a org:FormalOrganization" in done.stdout
    done = run("export", "jsonld", "--data", TINY, "--entity", "org-deux", "-o", "o", cwd=tmp_path)
    assert done.stdout.strip() == "o"
    tree = json.loads((tmp_path / "o").read_text(encoding="utf-8"))
    assert tree["id"].endswith("/organisation/org-deux")


def test_export_writes_a_release(tmp_path):
    done = run("export", "--all", "release", "--data", TINY, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for name in ("data/dataset.trig", "data/csv/actors.csv", "catalog.ttl", "SHA256SUMS"):
        assert (tmp_path / "release" / name).is_file(), name


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
