"""PageRank and eigenvector centrality on arrays: hand-worked and networkx's values."""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
import pytest

from ptce_graph.analysis.kernels import spectral
from ptce_graph.analysis.kernels.adjacency import adjacency
from ptce_graph.analysis.kernels.spectral import eigenvector, pagerank


def _weighted(graph, seed=0):
    chance = np.random.default_rng(seed)
    graph = nx.convert_node_labels_to_integers(graph)
    for one, other in graph.edges():
        graph[one][other]["weight"] = float(chance.integers(1, 6)) + chance.random()
    return graph


def _apart():
    """Two large components, four small ones (two of one size) and two isolates, labels mixed."""
    parts = [
        nx.barabasi_albert_graph(150, 2, seed=1),
        nx.connected_watts_strogatz_graph(120, 4, 0.3, seed=1),
        nx.path_graph(2),
        nx.cycle_graph(5),
        nx.star_graph(4),
        nx.complete_graph(7),
        nx.empty_graph(2),
    ]
    graph = nx.disjoint_union_all(parts)
    mixed = np.random.default_rng(4).permutation(len(graph)).tolist()
    return nx.relabel_nodes(graph, dict(enumerate(mixed)))


GRAPHS = {
    "sparse": nx.gnm_random_graph(200, 210, seed=1),
    "dense": nx.gnp_random_graph(150, 0.4, seed=1),
    "star": nx.star_graph(30),
    "large star": nx.star_graph(300),
    "path": nx.path_graph(17),
    "apart": _apart(),
    "weighted apart": _weighted(_apart()),
    "weighted": _weighted(nx.gnm_random_graph(300, 900, seed=6)),
    "bipartite": nx.bipartite.random_graph(20, 50, 0.08, seed=3),
    "complete bipartite": nx.complete_bipartite_graph(3, 150),
    "hubs": nx.barabasi_albert_graph(400, 2, seed=1),
    "club": nx.karate_club_graph(),
    "isolates": nx.empty_graph(4),
    "one": nx.empty_graph(1),
}


def _arrays(graph):
    rows = list(graph.edges(data="weight", default=1))
    return adjacency(len(graph), [row[:2] for row in rows], [row[2] for row in rows])


def _in_order(values, graph):
    return np.array([values[node] for node in range(len(graph))])


@pytest.mark.parametrize("damping", [0.85, 0.5, 0.99])
@pytest.mark.parametrize("name", GRAPHS)
def test_pagerank_is_that_of_networkx(name, damping):
    graph = GRAPHS[name]
    found = pagerank(_arrays(graph), damping)
    expected = nx.pagerank(graph, alpha=damping, tol=1e-14, max_iter=10_000)
    np.testing.assert_allclose(found, _in_order(expected, graph), rtol=0, atol=1e-9)
    np.testing.assert_allclose(found, _in_order(expected, graph), rtol=1e-7)
    assert found.sum() == pytest.approx(1, abs=1e-12)


def test_pagerank_by_hand():
    # A star of centre c and ends e, damping d: c = (1 - d) / 4 + 3 d e, e = (1 - d) / 4 + d c / 3.
    # With d = 1/2: c = 1/8 + 3 e / 2, e = 1/8 + c / 6, so c = 5/12 and e = 7/36.
    found = pagerank(adjacency(4, [(0, 1), (0, 2), (0, 3)]), 0.5)
    assert found.tolist() == pytest.approx([5 / 12, 7 / 36, 7 / 36, 7 / 36])
    # Without damping, and without edges, every node is as likely.
    assert pagerank(adjacency(4, [(0, 1)]), 0).tolist() == pytest.approx([1 / 4] * 4)
    assert pagerank(adjacency(0, [])).tolist() == []


@pytest.mark.parametrize("damping", [1, -0.1, math.nan])
def test_pagerank_needs_a_damping_below_one(damping):
    with pytest.raises(ValueError, match="damping"):
        pagerank(adjacency(2, [(0, 1)]), damping)


def _eigenvectors_of_networkx(graph):
    """Of each component, times the root of its share of the nodes; 0 alone."""
    expected = np.zeros(len(graph))
    for nodes in nx.connected_components(graph):
        if len(nodes) == 2:
            # Too small for networkx's solver: two nodes have 1 / sqrt(2) each.
            expected[list(nodes)] = math.sqrt(1 / len(graph))
        elif len(nodes) > 2:
            part = nx.eigenvector_centrality_numpy(graph.subgraph(nodes), weight="weight")
            for node, value in part.items():
                expected[node] = value * math.sqrt(len(nodes) / len(graph))
    return expected


@pytest.mark.parametrize("name", GRAPHS)
def test_eigenvector_is_that_of_networkx_per_component(name):
    graph = GRAPHS[name]
    found = eigenvector(_arrays(graph))
    np.testing.assert_allclose(found, _eigenvectors_of_networkx(graph), rtol=1e-8, atol=1e-10)
    alone = list(nx.isolates(graph))
    assert (found[alone] == 0).all()
    assert np.square(found).sum() == pytest.approx(1 - len(alone) / len(graph))


def test_eigenvector_by_hand():
    # A star of centre c and 4 ends e: A x = 2 x, c = 2 e, c² + 4 e² = 1: c = 1/sqrt(2),
    # e = 1/sqrt(8). Beside a triangle of 1/sqrt(3) each and one alone: 5/9, 3/9 of the nodes.
    graph = adjacency(9, [(0, 1), (0, 2), (0, 3), (0, 4), (5, 6), (6, 7), (5, 7)])
    star, triangle = math.sqrt(5 / 9), math.sqrt(3 / 9)
    assert eigenvector(graph).tolist() == pytest.approx(
        [star / math.sqrt(2), *[star / math.sqrt(8)] * 4, *[triangle / math.sqrt(3)] * 3, 0]
    )
    # 0 -(3)- 1 -(4)- 2: the eigenvalue is 5, the vector (3, 5, 4) / sqrt(50).
    weighted = adjacency(3, [(0, 1), (1, 2)], [3, 4])
    assert eigenvector(weighted).tolist() == pytest.approx(np.array([3, 5, 4]) / math.sqrt(50))


@pytest.mark.parametrize("n", [60, 500, 3000])
def test_a_path_converges_slowly(n):
    # The eigenvector of a path is known: sin(pi i / (n + 1)), i from 1 to n.
    at = np.arange(n - 1)
    wave = np.sin(np.pi * np.arange(1, n + 1) / (n + 1))
    found = eigenvector(adjacency(n, np.stack([at, at + 1], axis=1)))
    np.testing.assert_allclose(found, wave / np.linalg.norm(wave), rtol=0, atol=1e-10)


def test_a_search_started_again_and_again(monkeypatch):
    monkeypatch.setattr(spectral, "INVERTED", 0)
    monkeypatch.setattr(spectral, "CHAINLIKE", 0)
    at = np.arange(149)
    wave = np.sin(np.pi * np.arange(1, 151) / 151)
    found = eigenvector(adjacency(150, np.stack([at, at + 1], axis=1)))
    np.testing.assert_allclose(found, wave / np.linalg.norm(wave), rtol=0, atol=1e-10)


def test_the_last_resort_leaves_the_second_eigenvector():
    # Cliques of 21 and 20 and 3 nodes between: the start is almost all on the smaller one,
    # the principal eigenvector on the larger one.
    graph = nx.disjoint_union(nx.complete_graph(21), nx.complete_graph(20))
    nx.add_path(graph, [0, 41, 42, 43, 21])
    start = np.full(44, 1e-4)
    start[21:41] = 1
    dense = np.abs(np.linalg.eigh(nx.to_numpy_array(graph))[1][:, -1])
    found = spectral._by_inversion(_arrays(graph).weighted, start / np.linalg.norm(start))
    np.testing.assert_allclose(found, dense, rtol=0, atol=1e-10)


def test_the_last_resort_on_a_path():
    at = np.arange(899)
    matrix = adjacency(900, np.stack([at, at + 1], axis=1)).weighted
    wave = np.sin(np.pi * np.arange(1, 901) / 901)
    found = spectral._by_inversion(matrix, np.full(900, 1 / 30))
    np.testing.assert_allclose(found, wave / np.linalg.norm(wave), rtol=0, atol=1e-10)


@pytest.mark.parametrize(("clique", "bridge"), [(20, 0), (100, 0), (40, 2), (60, 6)])
def test_two_equal_cliques_are_equal(clique, bridge):
    # Their first two eigenvalues are close, with 6 nodes between them closer than rounding
    # (about 59 ** -7): by symmetry the two sides have the same values all the same.
    graph = nx.barbell_graph(clique, bridge)
    found = eigenvector(_arrays(graph))
    np.testing.assert_allclose(found[:clique], found[-clique:][::-1], rtol=1e-7)
    image = _arrays(graph).weighted @ found
    np.testing.assert_allclose(image, (found @ image) * found, atol=1e-11)


def test_two_stars_of_almost_one_size():
    # Centres with 200 and 201 ends, joined by a path of 5 edges: close eigenvalues, which
    # numpy's dense solver, on another way, tells apart.
    graph = nx.disjoint_union(nx.star_graph(200), nx.star_graph(201))
    nx.add_path(graph, [0, 1000, 1001, 1002, 1003, 201])
    graph = nx.convert_node_labels_to_integers(graph)
    dense = np.abs(np.linalg.eigh(nx.to_numpy_array(graph))[1][:, -1])
    np.testing.assert_allclose(eigenvector(_arrays(graph)), dense, rtol=0, atol=1e-9)


def test_thousands_of_small_components():
    # 20,000 pairs, whatever their weight, have the same values: each 1 / sqrt(n).
    pairs = np.arange(40_000).reshape(-1, 2)
    found = eigenvector(adjacency(40_000, pairs, np.linspace(1e-3, 1e3, 20_000)))
    np.testing.assert_allclose(found, 1 / math.sqrt(40_000), rtol=1e-12)


def test_what_does_not_converge_is_not_told(monkeypatch):
    monkeypatch.setattr(spectral, "STEPS", 2)
    monkeypatch.setattr(spectral, "INVERTED", 10)
    graph = nx.disjoint_union(GRAPHS["dense"], nx.path_graph(3))
    found = eigenvector(_arrays(graph))
    assert np.isnan(found[:150]).all()
    assert np.isfinite(found[150:]).all()


def test_same_bits_twice():
    graph = _arrays(GRAPHS["weighted apart"])
    assert np.array_equal(eigenvector(graph), eigenvector(graph))
    assert np.array_equal(pagerank(graph), pagerank(graph))
