"""Communities: modularity as networkx has it, and partitions at least as good as its own."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from ptce_graph.analysis.agreement import ari
from ptce_graph.analysis.kernels import louvain
from ptce_graph.analysis.kernels.adjacency import adjacency
from ptce_graph.analysis.kernels.louvain import communities, modularity

SHAPES = {
    "isolates": nx.empty_graph(5),
    "star": nx.star_graph(6),
    "path": nx.path_graph(20),
    "complete": nx.complete_graph(8),
    "sparse": nx.gnm_random_graph(120, 150, seed=1),
    "dense": nx.gnm_random_graph(30, 300, seed=2),
    "disconnected": nx.disjoint_union(nx.barbell_graph(5, 3), nx.cycle_graph(30)),
    "bipartite": nx.bipartite.random_graph(30, 50, 0.1, seed=3),
    "caveman": nx.connected_caveman_graph(12, 6),
    "heavy tail": nx.barabasi_albert_graph(200, 2, seed=4),
    "planted": nx.planted_partition_graph(8, 30, 0.4, 0.02, seed=5),
    "southern women": nx.convert_node_labels_to_integers(nx.davis_southern_women_graph()),
}


def weighted(graph, seed=0):
    result = nx.Graph()
    result.add_nodes_from(range(len(graph)))
    rng = np.random.default_rng(seed)
    for one, other in graph.edges:
        result.add_edge(one, other, weight=float(rng.integers(1, 5)))
    return result


def as_arrays(graph):
    ends = list(graph.edges)
    return adjacency(len(graph), ends, [graph.edges[pair].get("weight", 1) for pair in ends])


def sets_of(partition):
    """The communities, as networkx wants them."""
    return [set(np.flatnonzero(partition == label).tolist()) for label in np.unique(partition)]


@pytest.fixture(params=["one by one", "together"])
def way(request, monkeypatch):
    """Both ways to move the nodes, whatever the size: the second is for large networks."""
    if request.param == "together":
        monkeypatch.setattr(louvain, "_ONE_BY_ONE", 0)
    return request.param


@pytest.fixture(params=SHAPES)
def graph(request):
    return weighted(SHAPES[request.param])


@pytest.mark.parametrize("resolution", [0.5, 1, 2])
def test_modularity_is_that_of_networkx(graph, resolution):
    labels = np.random.default_rng(0).integers(0, 4, len(graph))
    told = modularity(as_arrays(graph), labels, resolution)
    if not graph.number_of_edges():
        assert np.isnan(told)
        return
    groups = sets_of(labels)
    assert told == pytest.approx(nx.community.modularity(graph, groups, resolution=resolution))


def test_modularity_by_hand():
    # Two triangles joined by an edge: 6 of 7 edges inside, each half of the degrees (7 / 14).
    graph = adjacency(6, [(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (4, 5), (3, 5)])
    assert modularity(graph, list("aaabbb")) == pytest.approx(6 / 7 - 1 / 2)
    assert modularity(graph, [0] * 6) == pytest.approx(0)
    # At resolution 2, chance counts twice.
    assert modularity(graph, list("aaabbb"), 2) == pytest.approx(6 / 7 - 1)


def test_modularity_wants_a_label_for_each_node():
    with pytest.raises(ValueError, match="3 labels"):
        modularity(adjacency(3, [(0, 1)]), [0, 1])


def test_communities_are_nearly_as_good_as_those_of_networkx(graph, way):
    # Moves together are meant for large networks; in 30 nodes without any structure (the
    # dense random graph, modularity below 0.1) they lose a little more.
    share = 0.97 if way == "one by one" else 0.93
    arrays = as_arrays(graph)
    if not graph.number_of_edges():
        assert communities(arrays).tolist() == list(range(len(graph)))
        return
    best = max(
        nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=seed))
        for seed in range(3)
    )
    told = max(modularity(arrays, communities(arrays, seed)) for seed in range(3))
    assert told >= share * best


def test_communities_are_connected_numbered_by_size_and_the_same_again(graph, way):
    arrays = as_arrays(graph)
    told = communities(arrays, seed=3)
    assert all(nx.is_connected(graph.subgraph(group)) for group in sets_of(told))
    groups = sorted(sets_of(told), key=lambda group: (-len(group), min(group)))
    assert [set(np.flatnonzero(told == number)) for number in range(len(groups))] == groups
    assert communities(arrays, seed=3).tolist() == told.tolist()


def level_of(arrays, resolution=1):
    """The network as the level that nodes move on."""
    strength = arrays.weighted.sum(axis=1)
    return louvain._Level(arrays.weighted, strength, resolution / max(strength.sum(), 1))


def test_no_move_of_many_at_once_lowers_modularity(graph, monkeypatch):
    # Whatever they move to: here, to where chance sends them.
    chance = np.random.default_rng(0)
    monkeypatch.setattr(
        louvain, "_wanted", lambda level, group, part: chance.choice(group, len(part))
    )
    arrays = as_arrays(graph)
    level = level_of(arrays)
    for start in (np.arange(len(graph)), chance.integers(0, 3, len(graph)), communities(arrays)):
        moved = louvain._moved_together(level, start, np.random.default_rng(1))
        assert level.quality(moved) >= level.quality(start)


@pytest.mark.parametrize("resolution", [0.5, 1, 4])
def test_each_node_wants_the_group_that_adds_most_to_modularity(graph, resolution):
    arrays = as_arrays(graph)
    labels = np.random.default_rng(0).integers(0, 5, len(graph))
    part = np.arange(0, len(graph), 2)
    wanted = louvain._wanted(level_of(arrays, resolution), labels, part)

    def worth(node, label):
        moved = labels.copy()
        moved[node] = label
        return modularity(arrays, moved, resolution)

    for node, told in zip(part.tolist(), wanted.tolist(), strict=True):
        near = {int(labels[other]) for other in graph[node]}
        if not near:
            assert told == labels[node]
            continue
        best = max(worth(node, label) for label in near | {int(labels[node])})
        assert worth(node, told) == pytest.approx(best, abs=1e-12)


def test_the_quality_that_guides_moves_is_modularity(graph):
    # Up to the factor 2 m, nodes having no ties to themselves.
    arrays = as_arrays(graph)
    if not graph.number_of_edges():
        return
    labels = np.random.default_rng(0).integers(0, 4, len(graph))
    told = level_of(arrays).quality(labels) / (2 * arrays.weight.sum())
    assert told == pytest.approx(modularity(arrays, labels))


def test_a_level_keeps_what_its_groups_are_worth():
    # Groups of groups add up to the same quality but for the ties that became inner ones.
    level = level_of(as_arrays(weighted(SHAPES["sparse"])))
    rng = np.random.default_rng(0)
    small = np.unique(rng.integers(0, 30, len(level.strength)), return_inverse=True)[1]
    above = level.merged(small)
    one, other = (rng.integers(0, 5, len(above.strength)) for _ in range(2))
    differ = above.quality(one) - above.quality(other)
    assert differ == pytest.approx(level.quality(one[small]) - level.quality(other[small]))


def test_zachary_s_club(way):
    # The best partition has modularity 0.4198: Brandes, U. et al., On modularity clustering,
    # IEEE Transactions on Knowledge and Data Engineering 20, 2008 (unweighted).
    graph = nx.karate_club_graph()
    arrays = adjacency(34, list(graph.edges))
    told = [modularity(arrays, communities(arrays, seed)) for seed in range(10)]
    assert max(told) <= 0.4198 + 0.00005
    if way == "one by one":
        assert min(told) >= 0.41
    assert max(told) >= 0.41


def test_two_cliques_joined_by_an_edge(way):
    arrays = as_arrays(nx.barbell_graph(6, 0))
    assert communities(arrays).tolist() == [0] * 6 + [1] * 6


def test_weights_count(way):
    # A cycle of four; the heavy ties 1 - 2 and 3 - 0 hold together.
    graph = adjacency(4, [(0, 1), (1, 2), (2, 3), (3, 0)], [1, 9, 1, 9])
    assert communities(graph).tolist() == [0, 1, 1, 0]


def test_planted_groups_are_found(way):
    arrays = as_arrays(SHAPES["planted"])
    assert ari(communities(arrays), np.arange(240) // 30) > 0.95


def test_a_higher_resolution_gives_more_communities(way):
    arrays = as_arrays(SHAPES["sparse"])
    few, more = (communities(arrays, resolution=value).max() for value in (0.5, 5))
    assert more > few


def test_at_resolution_zero_components_are_communities(way):
    arrays = as_arrays(SHAPES["disconnected"])
    assert communities(arrays, resolution=0).tolist() == [1] * 13 + [0] * 30


def test_a_negative_resolution_is_refused():
    with pytest.raises(ValueError, match="resolution"):
        communities(adjacency(2, [(0, 1)]), resolution=-1)


def test_a_community_in_pieces_is_cut(monkeypatch):
    # 0 - 1 and 2 - 3 put together, though their only path leads through 4.
    monkeypatch.setattr(louvain, "_louvain", lambda level, rng: np.array([0, 0, 0, 0, 1]))
    graph = adjacency(5, [(0, 1), (2, 3), (1, 4), (4, 2)])
    assert communities(graph).tolist() == [0, 0, 1, 1, 2]


def test_isolates_and_no_nodes(way):
    # Two tied nodes are one community; every isolate its own, after it.
    assert communities(adjacency(4, [(1, 3)])).tolist() == [1, 0, 2, 0]
    assert communities(adjacency(1, [])).tolist() == [0]
    empty = adjacency(0, [])
    assert communities(empty).shape == (0,)
    assert np.isnan(modularity(empty, []))


def test_above_the_limit_nodes_move_together():
    # Cliques of five in a ring, more nodes than move one by one. Of modularity about 10/11
    # less next to nothing: 10 of the 11 edges per clique lie inside.
    graph = nx.ring_of_cliques(1_200, 5)
    arrays = as_arrays(graph)
    assert arrays.n > louvain._ONE_BY_ONE
    told = communities(arrays)
    assert modularity(arrays, told) >= 10 / 11 - 1 / 1_200
    assert all(nx.is_connected(graph.subgraph(group)) for group in sets_of(told))
