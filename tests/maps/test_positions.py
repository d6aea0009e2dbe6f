"""The same picture next month: positions are kept in a file, and what was there stays."""

from __future__ import annotations

import itertools
import json
import math
import random
import statistics
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

import ptce_graph
from ptce_graph.errors import CallError
from ptce_graph.maps.layout import Layout, layout
from ptce_graph.maps.names import short_names
from ptce_graph.maps.positions import read_positions, write_positions
from tests.maps.test_layout import network


@pytest.fixture(scope="module")
def bundled() -> Any:
    """The bundled network as the map draws it."""
    found = ptce_graph.load().network()
    graph = found.graph.copy()
    for node, short in short_names(found).items():
        graph.nodes[node]["label"] = short
    lone = [n for n, d in graph.degree() if d == 0 and graph.nodes[n]["type"] != "pole"]
    graph.remove_nodes_from(lone)
    return graph


@pytest.fixture(scope="module")
def first(bundled: Any) -> Layout:
    return layout(bundled)


def moved(before: Layout, now: Layout) -> dict[str, float]:
    return {
        node: math.dist(place, now.positions[node])
        for node, place in before.positions.items()
        if node in now.positions and now.positions[node] != place
    }


@pytest.mark.parametrize("graph", [network(), network(9, 700, 12, 30), network(isolates=1)])
def test_where_nothing_changed_nothing_moves(graph: Any) -> None:
    before = layout(graph)
    assert moved(before, layout(graph, before.positions)) == {}


@pytest.mark.parametrize("seed", range(4))
def test_five_links_more_or_less_move_nobody_but_who_lost_or_found_all(
    bundled: Any, first: Layout, seed: int
) -> None:
    graph, chance = bundled.copy(), random.Random(seed)
    gone = chance.sample(sorted(graph.edges), 5)
    graph.remove_edges_from(gone)
    new = [tuple(chance.sample(sorted(graph.nodes), 2)) for _ in range(5)]
    graph.add_edges_from(new)
    now = layout(graph, first.positions)
    changed = moved(first, now)
    assert set(changed) <= {end for pair in [*gone, *new] for end in pair}
    assert len(changed) <= 5
    distances = [changed.get(node, 0.0) for node in first.positions]
    assert statistics.median(distances) < 40
    assert now.tray is not None
    for node in nx.isolates(graph):
        x, y = now.positions[node]
        assert now.tray.x < x < now.tray.x + now.tray.width
        assert now.tray.y < y < now.tray.y + now.tray.height


def test_a_new_node_stands_beside_its_neighbour_and_on_nobody(bundled: Any, first: Layout) -> None:
    graph = bundled.copy()
    graph.add_edge("nouvelle", "rtes")
    graph.add_edge("une", "paire")
    now = layout(graph, first.positions)
    assert math.dist(now.positions["nouvelle"], first.positions["rtes"]) < 250
    assert moved(first, now) == {}
    places = now.positions.values()
    assert min(math.dist(a, b) for a, b in itertools.combinations(places, 2)) >= 62


def test_two_nodes_of_the_tray_that_find_each_other_leave_it(bundled: Any, first: Layout) -> None:
    lone = sorted(nx.isolates(bundled))
    graph = bundled.copy()
    graph.add_edge(lone[0], lone[3])
    now = layout(graph, first.positions)
    assert now.tray is not None
    for node in (lone[0], lone[3]):
        x, y = now.positions[node]
        assert not (
            now.tray.x <= x <= now.tray.x + now.tray.width
            and now.tray.y <= y <= now.tray.y + now.tray.height
        )
    assert set(moved(first, now)) == {lone[0], lone[3]}


def test_positions_of_another_map_are_left_aside() -> None:
    graph = network()
    elsewhere = {f"someone{i}": (i, i) for i in range(500)} | {"hub0": (5, 5)}
    assert layout(graph, elsewhere) == layout(graph)


def test_nodes_on_one_spot_are_parted() -> None:
    graph = network(isolates=0)
    now = layout(graph, dict.fromkeys(graph, (100, 100)))
    assert len(set(now.positions.values())) == len(graph)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    file = tmp_path / "positions.json"
    told = {"b": (3, -4), "réseau": (0, 0), 'a"\n\ud800': (12, 7)}
    write_positions(file, told)
    assert read_positions(file) == told
    assert file.read_text(encoding="utf-8").splitlines()[1] == r'"a\"\n\ud800": [12, 7],'
    write_positions(file, {})
    assert json.loads(file.read_text(encoding="utf-8")) == read_positions(file) == {}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"3",
        b"\xff\xfe{}",
        b'{"a": [1]}',
        b'{"a": [1, "2"]}',
        b'{"a": [1, true]}',
        b'{"a": [1, null]}',
        b'{"a": [NaN, 0]}',
        b'{"a": [1e999, 0]}',
        b'{"a": [1e15, 0]}',
        b'{"a": [0, 0], "a": [1, 1]}',
        b'{"a": {"x": 1, "y": 2}}',
        b'{"a": ' + b"[" * 100_000,
        b'{"a": [' + b"9" * 5_000 + b", 0]}",
    ],
)
def test_another_file_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "positions.json"
    file.write_bytes(content)
    with pytest.raises(CallError, match=r"positions\.json"):
        read_positions(file)


def test_no_file_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(CallError, match="nowhere"):
        read_positions(tmp_path / "nowhere.json")
    with pytest.raises(CallError):
        read_positions(tmp_path)
