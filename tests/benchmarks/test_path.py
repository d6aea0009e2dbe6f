"""The benchmark of the whole path: its files, its table, and that both sides do the same."""

from __future__ import annotations

import csv
import re
from typing import Any

import pytest

from benchmarks import path
from benchmarks.path_files import MEMBERS, UNITS, Sizes, siren, write_files
from benchmarks.path_plain import luhn
from benchmarks.path_sides import ANALYSE, BUILD, GRAPHS, Spent

SMALL = 150


@pytest.fixture(scope="module")
def small(tmp_path_factory: Any) -> tuple[Any, Sizes, path.Told]:
    """Both sides on few organisations, run as the command does."""
    folder = tmp_path_factory.mktemp("path")
    return folder, *path.measured(folder, SMALL)


def _lines(name: Any) -> set[str]:
    """The quads of the graphs that both sides write."""
    graphs = tuple(f"/graph/{graph}> ." for graph in GRAPHS)
    lines = name.read_text(encoding="utf-8").split("\n")
    return {line for line in map(str.rstrip, lines) if line.endswith(graphs)}


def test_numbers_pass_their_check() -> None:
    # Written out by hand: 1+0+0+0+0+0+0+0 doubled from the right, then what is lacking to ten.
    assert siren(0) == "100000009"
    # 732829320: the example of INSEE's own description of the SIREN.
    assert luhn("732829320")
    assert not luhn("732829321")
    assert all(luhn(siren(number)) for number in range(300))


def test_the_files_are_the_same_each_time(tmp_path: Any) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir(), other.mkdir()
    assert write_files(one, 60) == write_files(other, 60)
    for file in one.iterdir():
        assert file.read_bytes() == (other / file.name).read_bytes()
    with (one / UNITS).open(encoding="utf-8", newline="") as rows:
        assert len({row["siren"] for row in csv.DictReader(rows)}) == 60
    with (one / MEMBERS).open(encoding="utf-8", newline="") as rows:
        told = [row["Réseaux"].split(" | ") for row in csv.DictReader(rows, delimiter=";")]
    assert sum(map(len, told)) == write_files(one, 60).memberships


def test_both_sides_write_the_same_quads(small: Any) -> None:
    folder, _sizes, told = small
    ours, plain = _lines(folder / "build" / "dataset.nq"), _lines(folder / "plain.nq")
    assert ours == plain
    assert len(ours) == sum(told["ours"]["counts"][f"quads {graph}"] for graph in GRAPHS)


def test_both_sides_have_the_same_network(small: Any) -> None:
    _folder, sizes, told = small
    assert path.different(told) == []
    ours = told["ours"]["counts"]
    assert ours["edges"] == sizes.memberships + sizes.links
    assert SMALL < ours["nodes"] <= SMALL + 30


def test_the_table_tells_every_stage(small: Any) -> None:
    _folder, sizes, told = small
    text = path.report(sizes, told)
    for stage in (*path.STAGES, path.IMPORT, "**the whole path**", path.AGAIN):
        assert f"\n| {stage} | " in text
    assert "~" not in text
    assert len(re.findall(r"^\| [a-z-]+ \| [0-9,]+ \| [0-9.]+ \|$", text, re.MULTILINE)) == 10


def test_a_difference_is_told(small: Any) -> None:
    _folder, _sizes, told = small
    counts = {**told["plain"]["counts"], "edges": 1, "quads links": 0}
    plain = {**told["plain"], "counts": counts}
    wrong = path.different({**told, "plain": plain})
    assert [text.split(":")[0] for text in wrong] == ["edges", "quads links"]
    # Of a part of the quads nothing is said.
    rows = {**plain["rows"], BUILD: {**plain["rows"][BUILD], "sign": "~"}}
    wrong = path.different({**told, "plain": {**plain, "rows": rows}})
    assert [text.split(":")[0] for text in wrong] == ["edges"]


def test_sums_and_ratios() -> None:
    measured, guessed = Spent(2.0, 1.0), Spent(3.0, 3.0).times(10)
    assert guessed == Spent(30.0, 30.0, "~")
    assert path.total([measured, guessed]) == Spent(32.0, 31.0, "~")
    assert path._line(ANALYSE, measured, guessed) == (
        f"| {ANALYSE} | 2.00 | 1.00 | ~30.0 | ~30.0 | ~15 |"
    )


def test_the_command_ends_with_1_where_the_sides_differ(
    small: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _folder, sizes, told = small
    asked = []

    def run(_folder: Any, organisations: int) -> tuple[Sizes, path.Told]:
        asked.append(organisations)
        return sizes, told

    monkeypatch.setattr(path, "measured", run)
    assert path.main(["--quick"]) == 0
    assert "### 150 organisations" in capsys.readouterr().out
    monkeypatch.setattr(path, "different", lambda _told: ["edges: 1, 2"])
    assert path.main(["--organisations", "7"]) == 1
    assert "edges" in capsys.readouterr().err
    assert asked == [2_000, 7]
