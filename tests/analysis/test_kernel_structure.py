"""Components, cores, articulation points and bridges: equal to networkx, and by hand."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from ptce_graph.analysis.kernels import structure
from ptce_graph.analysis.kernels.adjacency import adjacency

SHAPES = {
    "single": nx.empty_graph(1),
    "isolates": nx.empty_graph(5),
    "one edge": nx.path_graph(2),
    "star": nx.star_graph(6),
    "path": nx.path_graph(7),
    "cycle": nx.cycle_graph(6),
    "tree": nx.random_labeled_tree(40, seed=5),
    "complete": nx.complete_graph(8),
    "sparse": nx.gnm_random_graph(60, 55, seed=1),
    "in pieces": nx.gnm_random_graph(60, 35, seed=6),
    "dense": nx.gnm_random_graph(30, 200, seed=2),
    "disconnected": nx.disjoint_union(nx.barbell_graph(5, 3), nx.karate_club_graph()),
    "bipartite": nx.bipartite.random_graph(12, 15, 0.15, seed=3),
    "triangles on a hub": nx.windmill_graph(9, 3),
    "caveman": nx.connected_caveman_graph(5, 4),
    "florentine": nx.convert_node_labels_to_integers(nx.florentine_families_graph()),
}


def as_arrays(graph):
    return adjacency(len(graph), list(graph.edges))


@pytest.fixture(params=SHAPES)
def graph(request):
    return SHAPES[request.param]


def test_core_numbers_are_those_of_networkx(graph):
    expected = nx.core_number(graph)
    told = structure.core_number(as_arrays(graph))
    assert told.tolist() == [expected[node] for node in range(len(graph))]


def test_pieces_are_the_components_that_a_removal_adds(graph):
    before = nx.number_connected_components(graph)
    expected = []
    for node in range(len(graph)):
        rest = graph.copy()
        rest.remove_node(node)
        after = nx.number_connected_components(rest)
        # An isolate's own component goes with it: none is added.
        expected.append(max(after - before, 0))
    assert structure.pieces(as_arrays(graph)).tolist() == expected


def test_bridges_are_those_of_networkx(graph):
    arrays = as_arrays(graph)
    rows = structure.bridge_edges(arrays)
    told = [tuple(ends) for ends in arrays.ends[rows].tolist()]
    assert told == sorted(tuple(sorted(edge)) for edge in nx.bridges(graph))
    assert rows.tolist() == sorted(rows.tolist())


def test_components_are_those_of_networkx_largest_first(graph):
    groups = sorted(nx.connected_components(graph), key=lambda group: (-len(group), min(group)))
    expected = {node: number for number, group in enumerate(groups) for node in group}
    told = structure.components(as_arrays(graph))
    assert told.tolist() == [expected[node] for node in range(len(graph))]


def test_two_triangles_and_a_tail_by_hand():
    # Triangles 0, 1, 2 and 2, 3, 4 share 2; a tail 4 - 5 - 6; an isolate 7; a pair 8 - 9.
    ends = [(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (2, 4), (4, 5), (5, 6), (8, 9)]
    graph = adjacency(10, ends)
    assert structure.core_number(graph).tolist() == [2, 2, 2, 2, 2, 1, 1, 0, 1, 1]
    assert structure.pieces(graph).tolist() == [0, 0, 1, 0, 1, 1, 0, 0, 0, 0]
    bridges = graph.ends[structure.bridge_edges(graph)]
    assert bridges.tolist() == [[4, 5], [5, 6], [8, 9]]
    assert structure.components(graph).tolist() == [0, 0, 0, 0, 0, 0, 0, 2, 1, 1]


def test_the_centre_of_a_star_makes_as_many_pieces_as_leaves_but_one():
    assert structure.pieces(as_arrays(nx.star_graph(6))).tolist() == [5, 0, 0, 0, 0, 0, 0]


def test_an_empty_graph_has_nothing():
    graph = adjacency(0, [])
    for measure in (structure.core_number, structure.pieces):
        assert measure(graph).shape == (0,)
        assert measure(graph).dtype == np.float64
    for measure in (structure.bridge_edges, structure.components):
        assert measure(graph).shape == (0,)
        assert measure(graph).dtype == np.int64


def test_a_long_path_is_no_deep_recursion():
    n = 50_000
    graph = adjacency(n, np.stack([np.arange(n - 1), np.arange(1, n)], axis=1))
    assert structure.pieces(graph).sum() == n - 2
    assert len(structure.bridge_edges(graph)) == n - 1


def test_groups_are_numbered_by_size_then_smallest_node():
    # 7: three; 3 and 9: two each, 9 first met; 1: one.
    labels = np.array([9, 3, 7, 7, 3, 1, 9, 7])
    assert structure.numbered_by_size(labels).tolist() == [1, 2, 0, 0, 2, 3, 1, 0]
