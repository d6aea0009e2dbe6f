"""The benchmark runs, says one line per measure, and tells where the two sides differ."""

from __future__ import annotations

import json
import time

import numpy as np
import pytest

from benchmarks import measures
from benchmarks.clock import Seconds, at_most, from_nodes, from_part
from ptce_graph.analysis.measures import MEASURES

SMALL = "300"


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """Both sides on a small network, run as the command does."""
    folder = tmp_path_factory.mktemp("benchmark")
    told = {side: measures.run_side(side, folder, int(SMALL)) for side in measures.SIDES}
    return folder, told


def _rows(text):
    lines = [line.split("|") for line in text.splitlines() if line.startswith("| ")]
    return {cells[1].strip(): [cell.strip() for cell in cells[2:5]] for cells in lines}


def test_there_is_a_row_for_each_measure(small):
    _folder, told = small
    rows = _rows(measures.table(int(SMALL), told))
    assert set(MEASURES) <= set(rows)
    for name, measure in MEASURES.items():
        ours, theirs, ratio = rows[name]
        assert float(ours) >= 0
        assert (theirs == "—") == (measure.networkx is None) == (ratio == "")
    assert {"projection comembership", "analysis bridges", "**all measures**"} <= set(rows)


def test_both_sides_give_the_same_values(small):
    folder, _told = small
    with np.load(folder / "networkx.npz") as theirs, np.load(folder / "ours.npz") as ours:
        assert set(theirs.files) == {n for n, m in MEASURES.items() if m.networkx}
        assert set(ours.files) == set(MEASURES)
    assert measures.different(folder) == []


def test_a_difference_is_told(small, tmp_path):
    folder, _told = small
    for side in ("ours", "networkx"):
        with np.load(folder / f"{side}.npz") as values:
            changed = dict(values)
        if side == "ours":
            changed["degree"][3] += 1e-6
            changed["constraint"][0] = np.nan if np.isfinite(changed["constraint"][0]) else 0.0
        np.savez(tmp_path / f"{side}.npz", **changed)
    assert sorted(measures.different(tmp_path)) == ["constraint", "degree"]


def test_the_command_ends_with_1_where_the_sides_differ(small, monkeypatch, capsys):
    _folder, told = small
    monkeypatch.setattr(measures, "run_side", lambda side, _folder, _size: told[side])
    monkeypatch.setattr(measures, "different", lambda _folder: [])
    assert measures.main(["--sizes", f"{SMALL},{SMALL}"]) == 0
    assert capsys.readouterr().out.count(f"### {SMALL} organisations") == 2
    monkeypatch.setattr(measures, "different", lambda _folder: ["degree"])
    assert measures.main(["--quick"]) == 1
    assert "degree" in capsys.readouterr().err


def test_the_ratio_says_when_it_is_told_from_a_part():
    def row(seconds, sign=""):
        return {"seconds": seconds, "sign": sign, "note": ""}

    told = {
        "make": {"rows": {"facts": row(1.0), "links": row(1.0)}, "memory": 0},
        "ours": {"rows": {"degree": row(0.5), "core": row(2.0), "bridges": row(1.0)}, "memory": 0},
        "networkx": {
            "rows": {"degree": row(50.0, "~"), "core": row(10.0), "networkx graph": row(1.0)},
            "memory": 0,
        },
        "suite": {"rows": {"all measures": row(3.0)}, "memory": 2**31},
    }
    text = measures.table(1, json.loads(json.dumps(told)))
    rows = _rows(text)
    assert rows["degree"] == ["0.500", "~50.0", "~100"]
    assert rows["core"] == ["2.0", "10.0", "5.0"]
    assert rows["bridges"] == ["1.0", "—", ""]
    # 50 + 10 seconds over 3.
    assert rows["**all measures**"] == ["3.0", "~60.0", "~20"]
    assert "2.0 GB" in text


class _Clock:
    """A clock that goes on by as much as the work that is done."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = _Clock()
    monkeypatch.setattr(time, "perf_counter", clock)
    return clock


def test_time_of_all_nodes_from_a_sample(clock):
    # A node costs its work, so that the ratio estimate is exact: hubs are not forgotten.
    many = np.random.default_rng(2).uniform(1, 3.9, 100_000)
    work = np.append(many, [50.0, 3_000.0, 70_000.0]) / 1e3
    asked = []

    def call(nodes):
        asked.extend(nodes)
        clock.now += work[nodes].sum()

    told = from_nodes(call, list(range(len(work))), work, seed=1)
    assert told.sign == "~"
    assert told.seconds == pytest.approx(work.sum())
    assert len(asked) < 300
    assert {100_000, 100_001, 100_002} <= set(asked)


def test_time_of_all_from_a_part(clock):
    def call():
        clock.now += 3

    assert from_part(call, 2, 100) == Seconds(150, "~")


def test_what_takes_too_long_is_cut_short():
    assert at_most(0.05, lambda: time.sleep(30)) == Seconds(0.05, ">")
    assert at_most(30, lambda: None).sign == ""
