"""Path measures on arrays: hand-worked, published and networkx's values."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from ptce_graph.analysis.kernels import paths
from ptce_graph.analysis.kernels.adjacency import adjacency
from ptce_graph.analysis.kernels.paths import path_measures


def _apart():
    """Two components, a pair and two isolates, labels mixed."""
    parts = [nx.gnm_random_graph(40, 70, seed=2), nx.cycle_graph(9), nx.path_graph(2)]
    graph = nx.disjoint_union_all([*parts, nx.empty_graph(2)])
    mixed = np.random.default_rng(4).permutation(len(graph)).tolist()
    return nx.relabel_nodes(graph, dict(enumerate(mixed)))


#: The last two are deeper than ``DEEP``: solved by another way.
GRAPHS = {
    "sparse": nx.gnm_random_graph(120, 150, seed=1),
    "dense": nx.gnp_random_graph(60, 0.4, seed=1),
    "star": nx.star_graph(30),
    "path": nx.path_graph(17),
    "apart": _apart(),
    "bipartite": nx.bipartite.random_graph(20, 50, 0.08, seed=3),
    "hubs": nx.barabasi_albert_graph(400, 2, seed=1),
    "grid": nx.convert_node_labels_to_integers(nx.grid_2d_graph(25, 4)),
    "complete": nx.complete_graph(9),
    "long path": nx.path_graph(240),
    "long ladder apart": nx.disjoint_union(nx.ladder_graph(130), nx.star_graph(4)),
}


def _arrays(graph):
    return adjacency(len(graph), list(graph.edges()))


def _betweenness(graph):
    values = nx.betweenness_centrality(graph)
    return [values[node] for node in range(len(graph))]


def _harmonic(graph):
    values = nx.harmonic_centrality(graph)
    return [values[node] / (len(graph) - 1) for node in range(len(graph))]


@pytest.mark.parametrize("name", GRAPHS)
def test_exact_values_are_those_of_networkx(name):
    graph = GRAPHS[name]
    found = path_measures(_arrays(graph))
    assert found.pivots == len(graph)
    np.testing.assert_allclose(found.betweenness, _betweenness(graph), rtol=1e-9, atol=1e-14)
    np.testing.assert_allclose(found.harmonic, _harmonic(graph), rtol=1e-12)
    assert not found.betweenness_error.any()
    assert not found.harmonic_error.any()


def test_families_of_florence():
    # Jackson, M. O., Social and Economic Networks, 2008, section 1.2.1, on the marriages
    # (figure 1.1): 0.522 for the Medici, 0.255 for the Guadagni, 0.103 for the Strozzi.
    graph = nx.florentine_families_graph()
    names = list(graph)
    numbered = nx.convert_node_labels_to_integers(graph)
    found = dict(zip(names, path_measures(_arrays(numbered)).betweenness, strict=True))
    told = {"Medici": 0.522, "Guadagni": 0.255, "Strozzi": 0.103}
    assert {name: round(found[name], 3) for name in told} == told


def test_worked_by_hand():
    # 0 - 1 - 2, 1 - 3 - 4, 2 - 3 and 5 alone. Pairs of five others: 5 * 4 / 2 = 10.
    # 1: (0, 2), (0, 3), (0, 4): 3. 3: (0, 4), (1, 4), (2, 4): 3. The others: 0.
    # 0: distances 1, 2, 2, 3 and none: (1 + 1/2 + 1/2 + 1/3) / 5 = 7/15.
    # 1: (1 + 1 + 1 + 1/2) / 5 = 7/10; 2: (1 + 1 + 1/2 + 1/2) / 5 = 3/5.
    found = path_measures(adjacency(6, [(0, 1), (1, 2), (1, 3), (3, 4), (2, 3)]))
    assert found.betweenness.tolist() == pytest.approx([0, 0.3, 0, 0.3, 0, 0])
    assert found.harmonic.tolist() == pytest.approx([7 / 15, 7 / 10, 3 / 5, 7 / 10, 7 / 15, 0])
    # An end lies between nothing: 0, not a rounding error.
    assert (found.betweenness[[0, 2, 4, 5]] == 0).all()


@pytest.mark.parametrize(
    ("n", "ends", "harmonic"),
    [(0, [], []), (1, [], [0]), (2, [], [0, 0]), (2, [(0, 1)], [1, 1]), (4, [], [0] * 4)],
)
def test_hardly_a_graph(n, ends, harmonic):
    found = path_measures(adjacency(n, ends))
    assert found.betweenness.tolist() == [0] * n
    assert found.harmonic.tolist() == harmonic
    assert found.harmonic_error.tolist() == [0] * n


@pytest.mark.parametrize("name", ["apart", "hubs", "long ladder apart"])
def test_sampled_betweenness_is_that_of_networkx_from_the_same_sources(name):
    graph = GRAPHS[name]
    n, pivots = len(graph), 12
    found = path_measures(_arrays(graph), pivots, seed=5)
    drawn = np.random.default_rng(5).choice(n, pivots, replace=False).tolist()
    halves = nx.betweenness_centrality_subset(graph, drawn, list(graph))
    for node in graph:
        # A source tells of all but itself; networkx counts each source's pairs by half.
        used = pivots - (node in drawn)
        expected = 2 * halves[node] / used / (n - 2)
        assert found.betweenness[node] == pytest.approx(expected, abs=1e-12)
        steps = nx.single_source_shortest_path_length(graph, node)
        near = sum(1 / steps[source] for source in drawn if steps.get(source))
        assert found.harmonic[node] == pytest.approx(near / used, abs=1e-12)


@pytest.mark.parametrize("name", ["sparse", "apart"])
def test_estimates_are_unbiased_and_their_errors_true(name):
    graph, seeds, pivots = GRAPHS[name], 400, 15
    arrays = _arrays(graph)
    runs = [path_measures(arrays, pivots, seed) for seed in range(seeds)]
    for values, errors, exact in (
        ([r.betweenness for r in runs], [r.betweenness_error for r in runs], _betweenness(graph)),
        ([r.harmonic for r in runs], [r.harmonic_error for r in runs], _harmonic(graph)),
    ):
        spread = np.std(values, axis=0, ddof=1)
        # 400 draws: the mean is within 4.5 of its own standard errors of the exact value.
        miss = np.abs(np.mean(values, axis=0) - exact)
        assert (miss <= 4.5 * spread / np.sqrt(seeds) + 1e-12).all()
        # The squared errors told are, on average, the variance seen: sum over nodes within 10 %.
        told = np.mean(np.square(errors), axis=0)
        assert told.sum() == pytest.approx(np.square(spread).sum(), rel=0.1)


def test_errors_vanish_as_the_sample_fills_up():
    arrays = _arrays(GRAPHS["sparse"])
    n = arrays.n
    sizes = (20, 80, n - 1)
    errors = [path_measures(arrays, size).betweenness_error.mean() for size in sizes]
    assert errors[0] > 1.5 * errors[1] > 0
    # n - 1 of n: a factor sqrt(1 / n / (1 - 20 / n)) and more below the sample of 20.
    assert 0 < errors[2] < errors[0] / 10
    assert np.array_equal(
        path_measures(arrays, n + 3).betweenness, path_measures(arrays).betweenness
    )


def test_same_bits_whatever_the_threads(monkeypatch):
    arrays = _arrays(GRAPHS["hubs"])
    monkeypatch.setattr(paths, "BLOCK", 1)
    told = []
    for threads in (1, 2, 5):
        monkeypatch.setattr(paths, "THREADS", threads)
        told.append(path_measures(arrays, 100, seed=3))
    for other in told[1:]:
        assert np.array_equal(told[0].betweenness, other.betweenness)
        assert np.array_equal(told[0].harmonic_error, other.harmonic_error)
    assert not np.array_equal(told[0].harmonic, path_measures(arrays, 100, seed=4).harmonic)


def test_picking_rows_changes_nothing(monkeypatch):
    arrays = _arrays(GRAPHS["hubs"])
    found = []
    for share in (0, 2):
        monkeypatch.setattr(paths, "WORTH_PICKING", share)
        monkeypatch.setattr(paths, "WORTH_FOLLOWING", share)
        found.append(path_measures(arrays).betweenness)
    np.testing.assert_allclose(found[0], found[1], rtol=1e-12)
    np.testing.assert_allclose(found[0], _betweenness(GRAPHS["hubs"]), rtol=1e-9, atol=1e-14)


@pytest.mark.parametrize(("pivots", "total"), [(None, 53), (20, 20)])
def test_progress_counts_every_source(monkeypatch, pivots, total):
    monkeypatch.setattr(paths, "BLOCK", 1)
    told = []
    path_measures(_arrays(GRAPHS["apart"]), pivots, progress=lambda *step: told.append(step))
    done = [step[0] for step in told]
    assert len(told) > 1
    assert done == sorted(set(done))
    assert told[-1] == (total, total)


def test_too_few_pivots_for_a_variance():
    with pytest.raises(ValueError, match="3 pivots"):
        path_measures(_arrays(GRAPHS["star"]), 2)


def test_more_paths_than_a_number_holds():
    # 1,100 squares in a row: 2 ** 1100 shortest paths from end to end, more than 1e308.
    ends = []
    for at in range(0, 3300, 3):
        ends += [(at, at + 1), (at, at + 2), (at + 1, at + 3), (at + 2, at + 3)]
    found = path_measures(adjacency(3304, ends), 20)
    assert np.isnan(found.betweenness[:3301]).all()
    assert np.isfinite(found.harmonic).all()
    assert (found.betweenness[3301:] == 0).all()
