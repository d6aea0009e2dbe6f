"""The benchmark of maps: its networks, its table and its goals; the browser in one quick run."""

from __future__ import annotations

from typing import Any

from benchmarks.maps import Side, goals, heavy_tailed, measured, model_of, table

FAST, SLOW = Side(700_000, 0.5, 1.0, True), Side(750_000, 0.1, 9.0, True)
NEVER = Side(750_000, 0.1, None, True)


def test_networks_are_the_same_each_time_and_heavy_tailed() -> None:
    graph = heavy_tailed(300)
    assert sorted(graph.edges) == sorted(heavy_tailed(300).edges)
    assert len(graph) == 300
    degrees = sorted((degree for _node, degree in graph.degree()), reverse=True)
    assert degrees[0] > 8 * degrees[len(degrees) // 2]


def test_our_model_holds_all_of_it() -> None:
    graph = heavy_tailed(60)
    model = model_of(graph)
    assert {node.id for node in model.nodes} == set(graph)
    assert len(model.edges) == graph.number_of_edges()
    assert len({(node.x, node.y) for node in model.nodes}) == 60


def test_the_table_tells_ratios_and_bounds() -> None:
    told = table({300: (FAST, SLOW), 1_000: (FAST, NEVER)}, 60).splitlines()
    assert told[2] == "| 300 | ptce-graph | 700 | 0.50 | 1.00 | 9.0 × | yes |"
    assert told[4] == "| 1,000 | ptce-graph | 700 | 0.50 | 1.00 | > 60 × | yes |"
    assert told[5] == "| 1,000 | raw pyvis | 750 | 0.10 | > 60 |  | yes |"


def test_goals_that_are_missed_are_told() -> None:
    assert len(goals({300: (FAST, SLOW)}, 60)) == 1
    assert goals({300: (FAST, NEVER)}, 60) == []
    assert len(goals({300: (Side(1_600_000, 1, None, False), NEVER)}, 60)) == 3


def test_a_quick_run_measures_both_sides(browser: Any) -> None:
    ours, raw = measured(browser, [60], 1, 30)[60]
    assert ours.usable is not None
    assert ours.same
    # The page of pyvis with its libraries, and ours with its search, card and table.
    assert raw.size > 100_000
    assert 100_000 < ours.size < 1_500_000
