"""The tutorials cannot rot: what they say to save, run and see is saved, run and seen."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from ptce_graph.cli import cli

DOCS = Path(__file__).parent.parent / "docs"
#: The twins, in French and English.
TWINS = (
    ("tutoriel-animatrice.md", "tutorial-network.md"),
    ("tutoriel-recherche.md", "tutorial-researcher.md"),
    ("tutoriel-observatoire.md", "tutorial-observatory.md"),
    ("tutoriel-pole.md", "tutorial-pole.md"),
)
LANGUAGE = {
    name: language for twins in TWINS for name, language in zip(twins, ("fr", "en"), strict=True)
}
_FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def _blocks(text: str) -> list[tuple[str, str, str]]:
    """Each block: its language, the name of its file or nothing, and what it holds."""
    return _FENCE.findall(text)


def _lines(text: str) -> list[str]:
    """The commands of a tutorial."""
    blocks = [body for kind, _name, body in _blocks(text) if kind == "sh"]
    return [line for body in blocks for line in body.splitlines() if line]


def _asked(line: str) -> list[str]:
    """What a command does: its name and options, without the names of files and words."""
    words = shlex.split(line)
    return [word for word in words if word.startswith("-") or word in cli.commands]


def _plain(text: str) -> str:
    """Words parted by one space, whatever space of French typography stands there."""
    return " ".join(text.split())


def _run(line: str, folder: Path, language: str) -> str:
    """What a command of a tutorial shows; its output may go to a file (``> FILE``)."""
    words = shlex.split(line)
    assert words.pop(0) == "ptce-graph"
    target = None
    if ">" in words:
        target = words[-1]
        words = words[: words.index(">")]
    done = subprocess.run(
        [sys.executable, "-m", "ptce_graph", *words],
        cwd=folder,
        env={**os.environ, "LANGUAGE": language, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{line}\n{done.stderr}"
    if target:
        (folder / target).write_text(done.stdout, encoding="utf-8")
    return done.stdout + done.stderr


def test_every_tutorial_has_its_twin():
    found = {path.name for path in DOCS.glob("tuto*.md")}
    assert found == set(LANGUAGE)
    for twins in TWINS:
        for name, other in (twins, twins[::-1]):
            assert f"]({other})" in _text(name)


@pytest.mark.parametrize(("french", "english"), TWINS)
def test_twins_do_the_same(french, english):
    one, other = _text(french), _text(english)
    assert [_asked(line) for line in _lines(one)] == [
        [word for word in _asked(line) if word != "--lang"] for line in _lines(other)
    ]
    assert [kind for kind, *_rest in _blocks(one)] == [kind for kind, *_rest in _blocks(other)]
    headings = [re.findall(r"^#+", text, flags=re.MULTILINE) for text in (one, other)]
    assert headings[0] == headings[1]
    bullets = [re.findall(r"^- (?:`|\*\*)", text, flags=re.MULTILINE) for text in (one, other)]
    assert bullets[0] == bullets[1]


@pytest.mark.parametrize("name", LANGUAGE)
def test_a_tutorial_does_what_it_says(name, tmp_path):
    text = _text(name)
    seen = ""
    ran = shown = 0
    for match in _FENCE.finditer(text):
        kind, file, body = match.groups()
        if kind == "sh":
            seen = ""
            for line in body.splitlines():
                seen += _plain(_run(line, tmp_path, LANGUAGE[name])) + "\n"
                ran += 1
        elif kind == "text":
            for line in body.splitlines():
                assert _plain(line) in seen, line
                shown += 1
        else:
            # The reader is told its name before the block.
            assert f"`{file}`" in text[: match.start()], file
            (tmp_path / file).parent.mkdir(exist_ok=True)
            (tmp_path / file).write_text(body, encoding="utf-8")
    assert ran >= 5
    assert shown >= 3
    results = re.findall(r"^- `([^`]+)`(?:\u00a0| ?):", text, flags=re.MULTILINE)
    assert len(results) >= 3
    for result in results:
        path = tmp_path / result
        assert path.exists(), result
        assert path.is_dir() or path.stat().st_size > 0, result


@pytest.mark.parametrize("name", LANGUAGE)
def test_links_lead_somewhere(name):
    for target in re.findall(r"\]\(([^)#]+)\)", _text(name)):
        assert "://" in target or (DOCS / target).exists(), target


@pytest.mark.parametrize("name", LANGUAGE)
def test_commands_in_the_text_are_there(name):
    for words in re.findall(r"`ptce-graph ([^`]+)`", _text(name)):
        command, *more = words.split()
        known = {option for p in cli.commands[command].params for option in p.opts}
        assert {word for word in more if word.startswith("-")} <= known, words
