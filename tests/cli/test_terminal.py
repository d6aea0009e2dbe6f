"""The command among others: streams, pipes, terminals, languages, wrong paths."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pyoxigraph as ox
import pytest

from ptce_graph.cli import cli, main
from tests.cli.test_commands import ENGLISH, run
from tests.conftest import TINY

FRENCH = {**ENGLISH, "LANGUAGE": "fr"}
COMMAND = [sys.executable, "-m", "ptce_graph"]
posix = pytest.mark.skipif(os.name == "nt", reason="a shell of Unix")


def shell(text, env=ENGLISH):
    words = text.replace("PTCE", f"'{sys.executable}' -m ptce_graph")
    return subprocess.run(["bash", "-c", words], capture_output=True, env=env, check=False)


@pytest.mark.parametrize(
    "words",
    [
        ["export", "nq"],
        ["analyse", "--format", "csv"],
        ["query", "pole-members", "--format", "csv"],
    ],
)
def test_results_are_utf8_whatever_the_environment_says(words):
    bare = {**ENGLISH, "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0", "LC_ALL": "C"}
    done = subprocess.run(
        [*COMMAND, *words, "--data", TINY], capture_output=True, env=bare, check=False
    )
    assert done.returncode == 0, done.stderr
    assert re.search("[éô]", done.stdout.decode("utf-8"))
    assert b"\r" not in done.stdout
    if words == ["export", "nq"]:
        assert len(list(ox.parse(done.stdout, format=ox.RdfFormat.N_QUADS))) > 50


@posix
@pytest.mark.parametrize("reader", ["true", "head -1"])
@pytest.mark.parametrize("words", ["export nq", "query", "analyse --format csv"])
def test_a_reader_that_leaves_is_no_error(reader, words):
    done = shell(f"PTCE {words} | {reader}; exit ${{PIPESTATUS[0]}}")
    assert (done.returncode, b"Error" in done.stderr, b"rror:" in done.stderr) == (0, False, False)


@posix
def test_closed_streams(tmp_path):
    done = shell("PTCE query --file - <&-")
    assert done.returncode == 2
    assert b"standard input is closed" in done.stderr
    assert shell("PTCE check >&-").returncode == 0
    assert shell(f"PTCE check --data '{tmp_path}' 2>&-").returncode == 2


def test_the_query_on_stdin_may_begin_with_a_mark_but_is_utf8():
    text = "ASK {}".encode("utf-8-sig")
    words = [*COMMAND, "query", "--data", TINY, "--file", "-"]
    done = subprocess.run(words, input=text, capture_output=True, env=ENGLISH, check=False)
    assert done.stdout == b"true\n"
    wrong = b"ASK {} # \xe9"
    done = subprocess.run(words, input=wrong, capture_output=True, env=ENGLISH, check=False)
    assert done.returncode == 2
    assert b"not UTF-8" in done.stderr


@pytest.mark.parametrize(
    "words", [["build", "-o", ""], ["viz", "-o", ""], ["export", "nq", "-o", " "]]
)
def test_an_empty_path_is_a_wrong_call(words, tmp_path):
    done = run(*words, "--data", TINY, cwd=tmp_path)
    assert (done.returncode, "The path is empty." in done.stderr) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_wrong_paths_are_told_in_words_of_both_languages(tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    tried = {
        ("viz", "-o", "."): "is a folder, not a file",
        ("viz", "-o", "file/x.html"): "not a folder",
        ("build", "-o", "file"): "is a file, not a folder",
        ("build", "-o", "file/b"): "a part of this path is a file",
        ("query", "--file", "none.rq"): "there is no such file or folder",
        ("export", "nq", "-o", "n" * 300): "this name is too long",
    }
    for words, told in tried.items():
        done = run(*words, cwd=tmp_path, env={**ENGLISH, "PTCE": "1"})
        assert done.returncode == 2, words
        assert told in done.stderr, (words, done.stderr)
        assert "Errno" not in done.stderr and "Traceback" not in done.stderr


def test_a_folder_without_permission_and_a_full_disk(tmp_path, monkeypatch, capsys):
    import errno

    import ptce_graph.publish.formats as module

    for number, told in ((errno.EACCES, "permission denied"), (errno.ENOSPC, "no space left")):

        def refuse(path, _text, number=number):
            raise OSError(number, os.strerror(number), str(path))

        monkeypatch.setattr(module, "write_bytes_whole", refuse)
        with pytest.raises(SystemExit) as stop:
            main(["export", "nq", "--data", str(TINY), "-o", str(tmp_path / "x.nq")])
        assert stop.value.code == 2
        assert told in capsys.readouterr().err


def test_what_commands_a_terminal_is_never_printed():
    for words in (["query", "\x1b[31mx"], ["\x1b]0;x\x07"], ["check", "--data", "\x1b[2J"]):
        done = run(*words)
        assert done.returncode == 2
        assert "\x1b" not in done.stderr and "\x07" not in done.stderr
        assert "\\x1b" in done.stderr


def test_a_null_character_is_a_wrong_call(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["viz", "-o", "a\0b"])
    assert stop.value.code == 2
    assert "null character" in capsys.readouterr().err


def test_bridges_with_an_unknown_projection_or_measure_are_a_wrong_call():
    done = run("analyse", "bridges", "--projection", "afiliation")
    assert (done.returncode, "affiliation" in done.stderr, done.stdout) == (2, True, "")
    done = run("analyse", "--measure", "degre")
    assert (done.returncode, "degree" in done.stderr) == (2, True)


def test_bridges_have_names_beside_their_identifiers():
    done = run("analyse", "bridges", "--format", "csv")
    head, *rows = done.stdout.splitlines()
    assert head.startswith("network_a,network_a_name,network_b,network_b_name,bridge,bridge_name,")
    assert any("pole-sud-archer,Pôle Sud Archer," in row for row in rows)


@pytest.mark.parametrize("env", [ENGLISH, FRENCH])
def test_summaries_of_commands_are_whole_at_80_columns(env):
    done = run("--help", env={**env, "COLUMNS": "80"})
    lines = [line for line in done.stdout.splitlines() if re.match(r"  [a-z]+  ", line)]
    assert len(lines) == len(cli.commands)
    for line in lines:
        assert line.endswith(".") and not line.endswith("...")
        assert len(line) <= 80


ENGLISH_WORD = re.compile(
    r"\b(Usage:|Commands|default|Missing|Error|Show|this|message|exit|COMMAND|ARGS|Try|for|help)\b"
)


def test_the_words_of_click_are_french():
    told = run("--help", env=FRENCH).stdout
    for line in ("Usage :", "Commandes:", "Affiche cette aide."):
        assert line in told
    for words, message in (
        (["diff"], "Il manque l’argument"),
        (["frob"], "Il n’y a pas de commande"),
        (["viz", "--frob"], "Il n’y a pas d’option"),
    ):
        done = run(*words, env=FRENCH)
        assert done.returncode == 2
        assert "Erreur :" in done.stderr and message in done.stderr
        assert not re.search(r"\b(Error|Try|Missing|No such|Usage:)", done.stderr)


def test_the_help_in_french_holds_no_english_word():
    told = run("--help", env=FRENCH).stdout
    told = told.replace("--help", "")
    assert ENGLISH_WORD.findall(told) == []
