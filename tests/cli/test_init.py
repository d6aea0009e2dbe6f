"""``ptce-graph init``: from nothing to a map in two commands."""

from __future__ import annotations

import os

from tests.cli.test_commands import run

FRENCH = {**os.environ, "LANGUAGE": "fr", "LC_ALL": "C.UTF-8"}


def test_a_folder_that_can_be_checked_and_mapped_at_once(tmp_path):
    folder = tmp_path / "mine"
    done = run("init", folder)
    assert (done.returncode, done.stdout.strip()) == (0, str(folder))
    assert f"viz --data {folder}" in done.stderr
    assert run("check", "--data", folder).stdout == "The tables are sound.\n"
    drawn = run("viz", "--data", folder, "-o", tmp_path / "map.html")
    assert drawn.returncode == 0, drawn.stderr
    assert "Organisation A" in (tmp_path / "map.html").read_text("utf-8")


def test_an_empty_folder_says_what_to_fill_in(tmp_path):
    folder = tmp_path / "mine"
    assert "ptce-graph check" in run("init", folder, "--empty").stderr
    done = run("check", "--data", folder)
    assert done.returncode == 1
    assert 'dataset.yml, column "publisher": is missing.' in done.stderr


def test_a_used_folder_is_refused_in_both_languages(tmp_path):
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    for env in (None, FRENCH):
        done = run("init", tmp_path, **({"env": env} if env else {}))
        assert done.returncode == 2
        assert str(tmp_path) in done.stderr and "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_templates(tmp_path):
    book = tmp_path / "t.xlsx"
    done = run("init", book, "--template", "xlsx")
    assert (done.returncode, done.stdout.strip()) == (0, str(book))
    assert f"import tables {book}" in done.stderr
    assert book.read_bytes().startswith(b"PK")
    assert run("init", tmp_path / "csv", "--template", "csv").returncode == 0
    assert (tmp_path / "csv" / "organisations.csv").exists()
    wrong = run("init", tmp_path / "x", "--template", "xls")
    assert wrong.returncode == 2 and "Did you mean xlsx?" in wrong.stderr
    both = run("init", tmp_path / "y.xlsx", "--template", "xlsx", "--empty")
    assert both.returncode == 2 and not (tmp_path / "y.xlsx").exists()
