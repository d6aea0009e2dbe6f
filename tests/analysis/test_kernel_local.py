"""Measures of neighbourhoods: equal to networkx, to published values, to values by hand."""

from __future__ import annotations

import itertools

import networkx as nx
import numpy as np
import pytest

from ptce_graph.analysis.kernels import local
from ptce_graph.analysis.kernels.adjacency import adjacency

SHAPES = {
    "empty": nx.empty_graph(0),
    "single": nx.empty_graph(1),
    "isolates": nx.empty_graph(5),
    "star": nx.star_graph(6),
    "path": nx.path_graph(7),
    "complete": nx.complete_graph(8),
    "sparse": nx.gnm_random_graph(60, 70, seed=1),
    "dense": nx.gnm_random_graph(30, 300, seed=2),
    "disconnected": nx.disjoint_union(nx.karate_club_graph(), nx.cycle_graph(4)),
    "bipartite": nx.bipartite.random_graph(12, 15, 0.3, seed=3),
    "triangles on a hub": nx.windmill_graph(9, 3),
    "heavy tail": nx.barabasi_albert_graph(80, 3, seed=4),
    "southern women": nx.convert_node_labels_to_integers(nx.davis_southern_women_graph()),
}


def weighted(graph, seed=0):
    """The graph with a random weight on each edge, and its arrays."""
    result = nx.Graph()
    result.add_nodes_from(range(len(graph)))
    rng = np.random.default_rng(seed)
    for one, other in graph.edges:
        result.add_edge(one, other, weight=float(rng.integers(1, 10)))
    ends = list(result.edges)
    weights = [result.edges[pair]["weight"] for pair in ends]
    return result, adjacency(len(result), ends, weights)


def in_order(values, count):
    return np.array([values[node] for node in range(count)], dtype=float)


@pytest.fixture(params=SHAPES)
def both(request):
    return weighted(SHAPES[request.param])


@pytest.mark.parametrize("at_once", [1, 7, 1_000_000])
def test_each_triangle_comes_once_with_the_edge_opposite_each_node(both, at_once, monkeypatch):
    graph, arrays = both
    monkeypatch.setattr(local, "_PAIRS_AT_ONCE", at_once)
    found = local.triangles(arrays)
    cliques = nx.enumerate_all_cliques(graph)
    expected = {frozenset(clique) for clique in cliques if len(clique) == 3}
    assert found.nodes.shape == found.edges.shape == (len(expected), 3)
    assert {frozenset(nodes) for nodes in found.nodes.tolist()} == expected
    for nodes, edges in zip(found.nodes.tolist(), found.edges.tolist(), strict=True):
        for node, edge in zip(nodes, edges, strict=True):
            assert set(arrays.ends[edge].tolist()) == set(nodes) - {node}


def test_clustering_is_that_of_networkx(both):
    graph, arrays = both
    expected = in_order(nx.clustering(graph), len(graph))
    assert local.clustering(arrays) == pytest.approx(expected)
    assert local.clustering(arrays, local.triangles(arrays)) == pytest.approx(expected)


def test_constraint_is_that_of_networkx(both):
    graph, arrays = both
    # The general formula, node by node: networkx has no fast one for a graph without edges.
    expected = in_order(nx.constraint(graph, nodes=list(graph), weight="weight"), len(graph))
    assert local.constraint(arrays) == pytest.approx(expected, nan_ok=True)
    given = local.constraint(arrays, local.triangles(arrays))
    assert given == pytest.approx(expected, nan_ok=True)


def test_effective_size_is_that_of_networkx(both):
    graph, arrays = both
    expected = in_order(nx.effective_size(graph, nodes=list(graph)), len(graph))
    assert local.effective_size(arrays) == pytest.approx(expected, nan_ok=True)
    given = local.effective_size(arrays, local.triangles(arrays))
    assert given == pytest.approx(expected, nan_ok=True)


#: The network of Borgatti, S. P., Structural holes: unpacking Burt's redundancy measures,
#: Connections 20 (1), 1997, figure 1 (after Burt 1992), with the weights that the tests of
#: networkx give its edges.
BORGATTI = {
    "AB": 2, "AF": 3, "AG": 5, "AE": 2, "EG": 8, "FG": 3, "BG": 4, "BD": 1, "DG": 3, "CG": 10,
}  # fmt: skip


def borgatti(weights):
    ends = [("ABCDEFG".index(one), "ABCDEFG".index(other)) for one, other in BORGATTI]
    return adjacency(7, ends, list(BORGATTI.values()) if weights else None)


def test_the_worked_example_of_borgatti():
    # G has six contacts, four ties among them (AB, AF, AE, BD): 6 - 2 * 4 / 6 = 4.67, the
    # value of the article. A: B, F, G, E with BG, FG, EG: 4 - 2 * 3 / 4. C: G alone.
    size = local.effective_size(borgatti(weights=False))
    assert size[[6, 0, 2]] == pytest.approx([4.67, 2.5, 1], abs=0.005)


def test_constraint_of_that_network_as_other_programs_have_it():
    # Computed with UCINET and igraph, and checked by hand: networkx, test_structuralholes.py.
    plain = local.constraint(borgatti(weights=False))
    assert plain[[6, 0, 2]] == pytest.approx([0.400, 0.595, 1], abs=0.0005)
    valued = local.constraint(borgatti(weights=True))
    assert valued[[6, 0, 2]] == pytest.approx([0.299, 0.795, 1], abs=0.0005)


def test_a_tie_with_a_tail_by_hand():
    # Triangle 0, 1, 2 and a tail 2 - 3; an isolate 4.
    graph = adjacency(5, [(0, 1), (1, 2), (0, 2), (2, 3)])
    # 2 has three pairs of neighbours, one of them tied.
    assert local.clustering(graph) == pytest.approx([1, 1, 1 / 3, 0, 0])
    # 2: 3 - 2 * 1 / 3.
    size = local.effective_size(graph)
    assert size == pytest.approx([1, 1, 7 / 3, 1, np.nan], nan_ok=True)
    # 0: to 1: 1/2 + 1/2 * 1/3 (by 2) = 2/3; to 2: 1/2 + 1/2 * 1/2 (by 1) = 3/4;
    # 4/9 + 9/16 = 145/144. 2: to 0 and 1: 1/3 + 1/3 * 1/2 = 1/2 each; to 3: 1/3;
    # 1/4 + 1/4 + 1/9 = 11/18. 3: 1.
    told = local.constraint(graph)
    expected = [145 / 144, 145 / 144, 11 / 18, 1, np.nan]
    assert told == pytest.approx(expected, nan_ok=True)


def test_weights_matter_to_constraint_alone_and_their_unit_to_nothing():
    # A path 1 - 0 - 2 with weights 3 and 1: (3/4) ** 2 + (1/4) ** 2 = 5/8.
    told = local.constraint(adjacency(3, [(0, 1), (0, 2)], [3, 1]))
    assert told == pytest.approx([5 / 8, 1, 1])
    again = local.constraint(adjacency(3, [(0, 1), (0, 2)], [0.3, 0.1]))
    assert again == pytest.approx(told)


def test_a_hub_of_many_does_not_make_many_pairs():
    # 3000 leaves make 4.5 million pairs around the hub; oriented by degree, none is looked at.
    leaves = np.arange(1, 3001)
    ends = np.stack([np.zeros_like(leaves), leaves], axis=1)
    graph = adjacency(3001, np.concatenate([ends, [[1, 2]]]))
    assert sum(len(first) for first, _ in itertools.islice(pairs_of(graph), 100)) <= 3
    assert local.clustering(graph)[:4] == pytest.approx([1 / (3000 * 2999 / 2), 1, 1, 0])


def pairs_of(graph):
    """The pairs of edges that the enumeration looks at."""
    ranks = np.sort(local._degree_ranks(graph)[graph.ends], axis=1)
    tail = np.sort(ranks[:, 0])
    after = np.searchsorted(tail, tail, side="right") - 1 - np.arange(len(tail))
    return local._pairs(after)
