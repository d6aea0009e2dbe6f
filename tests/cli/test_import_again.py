"""A newer edition on the command line: shown, asked, taken; the same file twice."""

from __future__ import annotations

import json

import pytest

from tests.cli.test_commands import run


def _map(path, *names):
    items = [{"id": name, "name": f"Organisation {name}"} for name in names]
    path.write_text(json.dumps({"data": items}), "utf-8")
    return path


@pytest.fixture
def standing(tmp_path):
    """A folder into which a map was imported, and what imports another into the same source."""
    data = tmp_path / "data"

    def again(*names, options=()):
        file = _map(tmp_path / "newer.json", *names)
        words = ["import", "gogocarto", file, "--data", data, "--source", "carte", *options]
        return run(*words)

    assert again("A", "B", options=["--date", "2023"]).returncode == 0
    return data, again


def test_without_anybody_to_ask_it_shows_and_takes_nothing(standing):
    data, again = standing
    before = {p: p.read_bytes() for p in data.rglob("*.*")}
    done = again("A", "C", options=["--date", "2024"])
    assert done.returncode == 2
    assert "organisations.csv: 1 new, 0 changed, 1 gone, 1 as before." in done.stderr
    assert "+ Organisation C (carte-organisation-c)" in done.stderr
    assert "--yes" in done.stderr
    assert {p: p.read_bytes() for p in data.rglob("*.*")} == before


def test_yes_takes_it_and_the_changes_go_to_a_file(standing, tmp_path):
    data, again = standing
    changes = tmp_path / "changes.csv"
    done = again("A", "C", options=["--date", "2024", "--yes", "--changes", changes])
    assert done.returncode == 0, done.stderr
    assert changes.read_text("utf-8").splitlines()[1:] == [
        "organisations,new,Organisation C (carte-organisation-c),,,",
        "organisations,gone,Organisation B (carte-organisation-b),,,",
    ]
    former = (data / "sources/carte/history/organisations.csv").read_text("utf-8")
    assert former.splitlines()[1].endswith(",1,2024")


def test_the_changes_are_shown_before_a_date_is_asked_for(standing):
    _data, again = standing
    done = again("A", options=["--yes"])
    assert done.returncode == 2
    assert done.stderr.index("1 gone") < done.stderr.index("--date 2024")


def test_a_trial_shows_and_takes_nothing(standing):
    data, again = standing
    done = again("A", "C", options=["--dry-run"])
    assert done.returncode == 0 and "1 gone" in done.stderr
    assert not (data / "sources/carte/history").exists()


def test_the_same_file_again_says_so(standing):
    data, again = standing
    before = {p: p.read_bytes() for p in data.rglob("*.*")}
    done = again("A", "B", options=["--date", "2023"])
    assert done.returncode == 0
    assert "was imported before: nothing to add." in done.stdout
    assert {p: p.read_bytes() for p in data.rglob("*.*")} == before
