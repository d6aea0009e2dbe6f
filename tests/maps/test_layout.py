"""The same network gives the same picture, and nothing stands on anything else."""

from __future__ import annotations

import itertools
import math
import random
from typing import Any

import networkx as nx
import pytest

from ptce_graph.maps.layout import MINIMUM_DISTANCE, Layout, layout, positions


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
