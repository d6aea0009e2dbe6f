"""``ptce-graph viz`` as a person calls it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ptce_graph.cli import main

TINY = str(Path(__file__).parent.parent / "tiny")


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stopped:
        main(["viz", "--data", TINY, *words])
    told = capsys.readouterr()
    return int(stopped.value.code or 0), told.out, told.err


def test_a_view_becomes_one_page_in_two_languages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "deux.html"
    code, out, err = run(capsys, "--around", "Organisation Deux", "--steps", "2", "-o", str(file))
    assert (code, out, err) == (0, f"{file}\n", "")
    page = file.read_text(encoding="utf-8")
    assert '<html lang="fr">' in page
    data = re.search(r'<script id="data" type="application/json">(.*?)</script>', page, re.S)
    assert data
    strings = json.dumps(json.loads(data[1]), ensure_ascii=False)
    assert "Other names" in strings
    assert "Autres noms" in strings


@pytest.mark.parametrize(
    "words",
    [
        ("--network", "reseau-alpha"),
        ("--pole", "Pôle Nord", "--observed"),
        ("--as-of", "2009", "--lang", "en"),
        ("--bridges",),
        ("--between", "reseau-alpha", "reseau-beta"),
        ("--overlap", "--size-by", "members", "--color-by", "kind"),
        ("--call", "appel-2010"),
        ("--compare", "2009", "2013"),
        ("--overview", "networks"),
        ("--projection", "comembership", "--layout", "network"),
        ("--source", "livret", "--title", "Un titre"),
    ],
)
def test_each_view_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    file = tmp_path / "map.html"
    code, _out, err = run(capsys, *words, "-o", str(file))
    assert (code, err) == (0, "")
    assert file.stat().st_size > 100_000


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--around", "Organisation Deus"), "Organisation Deux"),
        (("--network", "reseau-alfa"), "reseau-alpha"),
        (("--call", "appel-2011"), "appel-2010"),
        (("--color-by", "degre"), "degree"),
        (("--steps", "2"), "--around NAME"),
        (("--overlap", "--projection", "cooperation"), "--overlap, --projection"),
        (("--call", "appel-2010", "--bridges"), "--bridges, --call"),
        (("--all", "x", "--around", "org-un"), "takes no --around"),
        (("--kind", "carrying", "--role", "membre"), "nothing to draw"),
        (("--as-of", "hier"), "not a date"),
    ],
)
def test_a_wrong_call_is_told_in_words(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    told: str,
) -> None:
    file = tmp_path / "map.html"
    code, out, err = run(capsys, *words, "-o", str(file))
    assert (code, out) == (2, "")
    assert told in err
    assert not file.exists()


def test_a_gallery_prints_its_index(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _err = run(capsys, "--all", str(tmp_path / "maps"), "--observed")
    assert (code, out) == (0, f"{tmp_path / 'maps' / 'index.html'}\n")
    assert (tmp_path / "maps" / "network-reseau-beta.html").is_file()


def test_the_browser_opens_only_when_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    file = tmp_path / "map.html"
    run(capsys, "-o", str(file))
    assert opened == []
    run(capsys, "-o", str(file), "--open")
    assert opened == [file.resolve().as_uri()]


def test_the_next_map_keeps_the_places_of_the_last(
    tmp_path: Path, tiny_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept, page = tmp_path / "places.json", tmp_path / "map.html"
    words = ("--data", str(tiny_copy), "--positions", str(kept), "-o", str(page))
    assert run(capsys, *words)[0] == 0
    first = json.loads(kept.read_text(encoding="utf-8"))
    moved = {**first, "reseau-alpha": [first["reseau-alpha"][0] + 400, 37]}
    kept.write_text(json.dumps(moved), encoding="utf-8")
    # A part of the map is drawn where the whole was, and the rest is not forgotten.
    assert run(capsys, *words, "--around", "reseau-alpha")[0] == 0
    again = json.loads(kept.read_text(encoding="utf-8"))
    assert again["reseau-alpha"] == moved["reseau-alpha"]
    assert set(again) == set(first)


def test_a_file_that_holds_no_positions_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept, page = tmp_path / "places.json", tmp_path / "map.html"
    kept.write_text("[1, 2]", encoding="utf-8")
    code, _out, err = run(capsys, "--positions", str(kept), "-o", str(page))
    assert code != 0
    assert "places.json is no file of positions" in err
    assert not page.exists()
    assert kept.read_text(encoding="utf-8") == "[1, 2]"
