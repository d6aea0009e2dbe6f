"""The documentation cannot rot: its commands run, its twin has the same ones."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from ptce_graph.cli import cli
from ptce_graph.tables.schema import SHARED_FILES, TABLES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
LISEZMOI = (ROOT / "LISEZMOI.md").read_text(encoding="utf-8")


def _blocks(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)


def _commands(text):
    lines = "".join(_blocks(text, "sh")).splitlines()
    return [line.split("#")[0].strip() for line in lines if line.split("#")[0].strip()]


def _mentioned(text):
    return re.findall(r"`(ptce-graph [^`]+|make [a-z]+|--[a-z]+[^`]*)`", text)


def _code(text):
    return [line.split("#")[0].rstrip() for line in "".join(_blocks(text, "python")).splitlines()]


def test_readme_starts_with_the_two_commands():
    assert _commands(README)[:2] == ["make map", "make test"]
    assert README.index("make map") < 100


def test_the_french_twin_has_the_same_commands():
    assert _commands(README) == _commands(LISEZMOI)
    assert _mentioned(README) == _mentioned(LISEZMOI)
    assert _code(README) == _code(LISEZMOI)
    for language in ("sparql", "csv members.csv"):
        assert _blocks(README, language) == _blocks(LISEZMOI, language) != []
    headings = [re.findall(r"^#+", text, flags=re.MULTILINE) for text in (README, LISEZMOI)]
    assert headings[0] == headings[1]


RUN = [line for line in dict.fromkeys(_commands(README)) if line.startswith("ptce-graph")]
#: Those that follow one another in a folder of one's own.
OWN = [line for line in RUN if "my-folder" in line]


def _run(line, folder):
    words = shlex.split(line)[1:]
    done = subprocess.run(
        [sys.executable, "-m", "ptce_graph", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("line", [line for line in RUN if line not in OWN])
def test_every_command_of_the_readme_runs(line, tmp_path):
    assert _run(line, tmp_path)


def test_the_commands_on_own_data_run_one_after_the_other(tmp_path):
    ((name, body),) = re.findall(r"^```csv (\S+)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    (tmp_path / name).write_text(body, encoding="utf-8")
    assert len(OWN) == 3
    told = [_run(line, tmp_path) for line in OWN]
    assert "3 rows read: 3 kept" in told[0]
    assert (tmp_path / "members.html").stat().st_size > 100_000


def test_the_commands_of_the_readme_are_all_there():
    assert len(RUN) >= 10
    table = set(re.findall(r"^\| `ptce-graph ([a-z]+)` \|", README, flags=re.MULTILINE))
    assert table == set(cli.commands)


def test_the_sparql_of_the_readme_answers(bundled):
    (text,) = _blocks(README, "sparql")
    frame = bundled.query(text)
    assert len(frame) >= 10
    assert frame.notna().all().all()


def test_the_python_of_the_readme_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (code,) = _blocks(README, "python")
    exec(compile(code, "README.md", "exec"), {})
    assert {path.name for path in tmp_path.iterdir()} == {"map.html", "ptce.trig"}


@pytest.mark.parametrize("name", ["data-folder.md", "dossier-de-donnees.md"])
def test_the_data_folder_is_told_whole(name):
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    for table in TABLES.values():
        heading = SHARED_FILES.get(table.name, f"{table.name}.csv")
        section = text.split(f"### {heading}\n")[1].split("\n#")[0]
        assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == table.column_names


@pytest.mark.parametrize("name", ["README.md", "LISEZMOI.md", "ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_links_and_named_files_exist(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        if "://" not in target:
            assert (ROOT / target).exists(), target
    for path in re.findall(r"`((?:ptce_graph|ontology|data|tests|tools|docs)/[\w./-]+)`", text):
        assert (ROOT / path).exists(), path
