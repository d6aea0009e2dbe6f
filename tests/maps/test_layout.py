"""The same network gives the same picture, and nothing stands on anything else."""

from __future__ import annotations

import hashlib
import itertools
import math
import os
import random
import subprocess
import sys
from typing import Any

import networkx as nx
import pytest

from ptce_graph.maps.layout import MINIMUM_DISTANCE, Layout, layout, positions
from ptce_graph.maps.layout_stress import distances


def network(hubs: int = 6, leaves: int = 70, pairs: int = 3, isolates: int = 16) -> nx.DiGraph:
    """Stars with cross-links, a few pairs, and nodes without a link."""
    chance = random.Random(1)
    graph = nx.DiGraph()
    centres = [f"hub{i}" for i in range(hubs)]
    for i in range(leaves):
        label = "Groupement d'employeurs " + "x" * chance.randrange(20)
        graph.add_node(f"leaf{i}", name=label)
        for centre in chance.sample(centres, min(hubs, chance.choice([1, 1, 2]))):
            graph.add_edge(f"leaf{i}", centre, weight=chance.choice([1, 2]))
    graph.add_edges_from((f"a{i}", f"b{i}") for i in range(pairs))
    graph.add_nodes_from(f"alone{i}" for i in range(isolates))
    return graph


def shuffled(graph: Any, seed: int) -> Any:
    chance = random.Random(seed)
    nodes, edges = list(graph.nodes(data=True)), list(graph.edges(data=True))
    chance.shuffle(nodes)
    chance.shuffle(edges)
    other = graph.__class__()
    other.add_nodes_from(nodes)
    other.add_edges_from(edges)
    return other


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_insertion_changes_nothing(seed: int) -> None:
    graph = network()
    assert layout(shuffled(graph, seed)) == layout(graph)


def test_every_node_has_a_place_in_whole_pixels() -> None:
    graph = network()
    placed = positions(graph)
    assert set(placed) == set(graph)
    assert all(type(x) is int and type(y) is int for x, y in placed.values())


@pytest.mark.parametrize("graph", [network(), network(1, 30, 0, 3), nx.complete_graph("abcdefgh")])
def test_nodes_keep_their_distance(graph: Any) -> None:
    places = layout(graph).positions.values()
    nearest = min(math.dist(a, b) for a, b in itertools.combinations(places, 2))
    assert nearest >= MINIMUM_DISTANCE - 2


def test_components_do_not_overlap() -> None:
    graph = network(pairs=9)
    placed = positions(graph)
    frames = []
    for component in nx.weakly_connected_components(graph):
        if len(component) > 1:
            xs, ys = zip(*(placed[n] for n in component), strict=True)
            frames.append((min(xs), max(xs), min(ys), max(ys)))
    assert len(frames) == 10
    for (l1, r1, t1, b1), (l2, r2, t2, b2) in itertools.combinations(frames, 2):
        assert r1 < l2 or r2 < l1 or b1 < t2 or b2 < t1


def test_the_tray_holds_the_isolates_and_nothing_else() -> None:
    drawn = layout(network())
    tray = drawn.tray
    assert tray is not None
    for node, (x, y) in drawn.positions.items():
        inside = tray.x < x < tray.x + tray.width and tray.y < y < tray.y + tray.height
        assert inside == node.startswith("alone"), node


def test_no_isolate_no_tray_and_nothing_at_all() -> None:
    assert layout(network(isolates=0)).tray is None
    assert layout(nx.Graph()) == Layout({}, None)


def test_a_node_linked_to_itself_only_is_in_the_tray() -> None:
    graph = nx.Graph([("self", "self")])
    assert layout(graph).tray is not None


def test_the_picture_is_landscape() -> None:
    drawn = layout(network())
    xs, ys = zip(*drawn.positions.values(), strict=True)
    assert 1.2 < (max(xs) - min(xs)) / (max(ys) - min(ys)) < 2.4


def test_parallel_links_and_directions_are_one_link_for_the_layout() -> None:
    one = nx.Graph([("a", "b"), ("b", "c")])
    many = nx.MultiDiGraph()
    many.add_edge("b", "a", weight=0.5)
    many.add_edge("a", "b", weight=0.5)
    many.add_edge("c", "b")
    assert layout(many) == layout(one)


def large(nodes: int, seed: int = 1) -> nx.DiGraph:
    """A few large networks and many small ones; most members belong to one only."""
    chance = random.Random(seed)
    centres = [f"hub{i}" for i in range(nodes // 25)]
    weights = [1 / (i + 1) ** 0.8 for i in range(len(centres))]
    graph = nx.DiGraph()
    graph.add_nodes_from(centres)
    for i in range(nodes - len(centres)):
        count = chance.choices([0, 1, 2, 3], [6, 55, 28, 11])[0]
        graph.add_node(f"org{i}")
        for centre in set(chance.choices(centres, weights, k=count)):
            graph.add_edge(f"org{i}", centre)
    return graph


@pytest.fixture(scope="module")
def thousand() -> tuple[nx.DiGraph, Layout]:
    graph = large(1_000)
    return graph, layout(graph)


def test_a_thousand_nodes_keep_their_distance(thousand: tuple[nx.DiGraph, Layout]) -> None:
    places = sorted(thousand[1].positions.values())
    nearest = min(math.dist(a, b) for a, b in itertools.combinations(places, 2))
    assert nearest >= MINIMUM_DISTANCE - 2


def test_members_of_one_network_only_stand_around_it(
    thousand: tuple[nx.DiGraph, Layout],
) -> None:
    graph, drawn = thousand
    links = graph.to_undirected()
    for node in graph:
        if links.degree(node) == 1:
            (hub,) = links[node]
            if links.degree(hub) > 1 and len(nx.node_connected_component(links, hub)) > 300:
                members = sum(links.degree(other) == 1 for other in links[hub])
                # A disc with room for all of them, and no farther.
                reach = MINIMUM_DISTANCE * math.sqrt(members + 3)
                assert math.dist(drawn.positions[node], drawn.positions[hub]) < reach


def test_a_thousand_nodes_fill_their_sheet(thousand: tuple[nx.DiGraph, Layout]) -> None:
    xs, ys = zip(*thousand[1].positions.values(), strict=True)
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    assert 1.2 < width / height < 2.4
    # Spread thin, nodes would be dots that nobody sees: at most eight times their own room.
    assert width * height < 8 * 1_000 * MINIMUM_DISTANCE**2


@pytest.mark.parametrize("nodes", [150, 350, 600])
def test_threads_and_order_change_nothing(nodes: int) -> None:
    graph = large(nodes, 3)
    code = (
        "import sys, hashlib; from tests.maps.test_layout import large, layout, shuffled;"
        f"print(hashlib.sha256(repr(layout(shuffled(large({nodes}, 3), 5))).encode()).hexdigest())"
    )
    here = hashlib.sha256(repr(layout(graph)).encode()).hexdigest()
    for threads in ("1", "2"):
        told = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "OPENBLAS_NUM_THREADS": threads, "OMP_NUM_THREADS": threads},
            capture_output=True,
            text=True,
            check=True,
        )
        assert told.stdout.strip() == here


@pytest.mark.parametrize(
    "graph",
    [nx.star_graph(600), nx.path_graph(450), nx.complete_graph(330), nx.cycle_graph(500)],
)
def test_awkward_large_components_are_drawn(graph: Any) -> None:
    graph = nx.relabel_nodes(graph, {n: f"n{n}" for n in graph})
    places = list(layout(graph).positions.values())
    nearest = min(math.dist(a, b) for a, b in itertools.combinations(places, 2))
    assert nearest >= MINIMUM_DISTANCE - 2


def test_distances_are_those_of_networkx() -> None:
    links = nx.Graph()
    links.add_weighted_edges_from(
        [("a", "b", 1), ("b", "c", 16), ("c", "d", 1), ("a", "d", 1), ("d", "e", 1)]
    )
    found = distances(links, sorted(links))
    # By hand: the ends of a-b know {b, d} and {a, c}, four in all, so it is 2 long; c-d
    # know {b, d} and {a, c, e}, five; b-c weighs 4 at most, the fourth root of which divides.
    links["a"]["b"]["length"] = 2.0
    links["b"]["c"]["length"] = 2.0 / math.sqrt(2)
    links["c"]["d"]["length"] = math.sqrt(5)
    links["a"]["d"]["length"] = math.sqrt(5)
    links["d"]["e"]["length"] = 2.0
    told = dict(nx.all_pairs_dijkstra_path_length(links, weight="length"))
    for i, one in enumerate("abcde"):
        assert found[i].tolist() == pytest.approx([told[one][other] for other in "abcde"])
