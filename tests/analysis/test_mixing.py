"""Ties inside and between groups: worked by hand, and against networkx."""

from __future__ import annotations

import warnings
from collections import Counter
from itertools import combinations

import networkx as nx
import numpy as np
import pytest

from ptce_graph.analysis.groups import groups
from ptce_graph.analysis.kernels.adjacency import adjacency
from ptce_graph.analysis.mixing import assortativity, densities, ei_index, participation

# 0 and 1 are of a, 2 of b, 3 of a and b, 4 of c, 5 of none; 6 is alone.
#   0—1  0—2  0—3  1—3  2—4  3—5  4—5
HAND = adjacency(7, [(0, 1), (0, 2), (0, 3), (1, 3), (2, 4), (3, 5), (4, 5)])
HAND_GROUPS = groups(7, [(0, "a"), (1, "a"), (2, "b"), (3, "a"), (3, "b"), (4, "c")])


@pytest.fixture(autouse=True)
def _no_warning():
    """None of these measures may warn, of a division by zero for instance."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def _arrays(graph):
    """A networkx graph as an adjacency, its nodes in their order."""
    at = {node: place for place, node in enumerate(graph)}
    return adjacency(len(graph), [(at[one], at[other]) for one, other in graph.edges])


def _exclusive(graph, attribute):
    """The groups told by an attribute of the nodes."""
    told = enumerate(graph.nodes(data=attribute))
    return groups(len(graph), [(place, value) for place, (_, value) in told if value is not None])


def _painted(graph, seed, ungrouped=0.0):
    """The graph with a group x, y or z per node, some without."""
    random = np.random.default_rng(seed)
    for node in graph:
        if random.random() >= ungrouped:
            graph.nodes[node]["group"] = "xyz"[random.integers(3)]
    return graph


SHAPES = {
    "zachary": nx.karate_club_graph,
    "florentine": nx.florentine_families_graph,
    "sparse": lambda: nx.gnm_random_graph(40, 45, seed=1),
    "dense": lambda: nx.gnp_random_graph(25, 0.6, seed=2),
    "path": lambda: nx.path_graph(9),
    "star": lambda: nx.star_graph(9),
    "disconnected, isolates": lambda: nx.disjoint_union(nx.empty_graph(4), nx.cycle_graph(11)),
    "bipartite": lambda: nx.bipartite.random_graph(8, 12, 0.3, seed=3),
}


def test_participation_by_hand():
    values = participation(HAND, HAND_GROUPS)
    # 0: neighbours 1 (a), 2 (b), 3 (half a, half b): a 1.5, b 1.5 of 3.
    assert values[0] == pytest.approx(1 - 2 * 0.5**2)
    # 1: 0 (a), 3 (half, half): a 1.5, b 0.5 of 2.
    assert values[1] == pytest.approx(1 - (0.75**2 + 0.25**2))
    # 2: 0 (a), 4 (c). 3: 0 and 1, both a; 5 has no group. 4: 2 (b), and 5.
    assert values[2] == pytest.approx(0.5)
    assert values[3] == 0
    assert values[4] == 0
    # 5, of no group, has neighbours 3 (half, half) and 4 (c): 1/4, 1/4, 1/2.
    assert values[5] == pytest.approx(1 - (1 / 16 + 1 / 16 + 1 / 4))
    assert np.isnan(values[6])


def test_participation_is_highest_when_ties_are_spread_evenly():
    # A hub tied to one node of each of g groups: 1 - 1/g.
    for g in (1, 2, 5, 20):
        star = _arrays(nx.star_graph(g))
        told = groups(g + 1, [(leaf, f"group {leaf}") for leaf in range(1, g + 1)])
        values = participation(star, told)
        assert values[0] == pytest.approx(1 - 1 / g)
        assert np.isnan(values[1:]).all()


@pytest.mark.parametrize("name", SHAPES)
def test_participation_counted_neighbour_by_neighbour(name):
    graph = _painted(SHAPES[name](), 5, ungrouped=0.3)
    values = participation(_arrays(graph), _exclusive(graph, "group"))
    for node, value in zip(graph, values, strict=True):
        seen = Counter(graph.nodes[other].get("group") for other in graph[node])
        del seen[None]
        if seen:
            total = seen.total()
            assert value == pytest.approx(1 - sum((k / total) ** 2 for k in seen.values()))
        else:
            assert np.isnan(value)


def test_ei_index_by_hand():
    value, frame = ei_index(HAND, HAND_GROUPS)
    # Ties with both ends in groups: 0—1 (internal), 0—2, 0—3 (half), 1—3 (half), 2—4.
    # Internal 1 + 1/2 + 1/2 = 2 of 5, external 3.
    assert value == pytest.approx((3 - 2) / 5)
    assert list(frame.columns) == ["group", "nodes", "internal", "external", "ei"]
    assert frame["group"].tolist() == ["a", "b", "c"]
    assert frame["nodes"].tolist() == [3, 2, 1]
    assert frame["internal"].tolist() == pytest.approx([2, 0, 0])
    # a: 0—2, and half of 0—3 and 1—3. b: 0—2, half of 0—3 and 1—3, 2—4. c: 2—4.
    assert frame["external"].tolist() == pytest.approx([2, 3, 1])
    assert frame["ei"].tolist() == pytest.approx([0, 1, 1])


@pytest.mark.parametrize("name", SHAPES)
def test_ei_index_from_the_mixing_counts_of_networkx(name):
    graph = _painted(SHAPES[name](), 6)
    counts = nx.attribute_mixing_dict(graph, "group")  # Ties inside and between, each twice.
    inside = sum(counts.get(group, {}).get(group, 0) for group in "xyz") / 2
    value, frame = ei_index(_arrays(graph), _exclusive(graph, "group"))
    total = graph.number_of_edges()
    assert value == pytest.approx((total - 2 * inside) / total)
    for row in frame.itertuples():
        told = counts.get(row.group, {})
        assert row.internal == pytest.approx(told.get(row.group, 0) / 2)
        assert row.external == pytest.approx(sum(told.values()) - told.get(row.group, 0))


def test_ei_index_of_zachary():
    graph = nx.karate_club_graph()
    club = nx.get_node_attributes(graph, "club")
    across = sum(club[one] != club[other] for one, other in graph.edges)
    value, frame = ei_index(_arrays(graph), _exclusive(graph, "club"))
    # 78 ties, 11 between the two halves of 17: (11 - 67) / 78.
    assert across == 11
    assert value == pytest.approx(-56 / 78)
    assert frame["nodes"].tolist() == [17, 17]
    assert frame["external"].tolist() == [across, across]


def test_ei_index_from_one_end_to_the_other():
    bipartite = _arrays(nx.complete_bipartite_graph(2, 3))
    sides = groups(5, [(0, "l"), (1, "l"), (2, "r"), (3, "r"), (4, "r")])
    assert ei_index(bipartite, sides)[0] == 1
    assert ei_index(bipartite, groups(5, [(node, "all") for node in range(5)]))[0] == -1


def test_densities_by_hand():
    frame = densities(HAND, HAND_GROUPS)
    assert list(frame.columns) == ["group_a", "group_b", "ties", "pairs", "density"]
    rows = {(row.group_a, row.group_b): (row.ties, row.pairs) for row in frame.itertuples()}
    assert list(rows) == [("a", "a"), ("a", "b"), ("a", "c"), ("b", "b"), ("b", "c"), ("c", "c")]
    # In a, 0 and 1 wholly and 3 by half: pairs 01 (1), 03 (1/2), 13 (1/2), all tied.
    assert rows["a", "a"] == pytest.approx((2, 2))
    # a with b: 0 and 1 with 2 (1 each) and with 3 (1/2 each), 3 with 2 (1/2);
    # tied are 02 (1), 03 (1/2), 13 (1/2).
    assert rows["a", "b"] == pytest.approx((2, 3.5))
    assert rows["a", "c"] == pytest.approx((0, 2.5))  # 0, 1, and half 3, with 4: none tied.
    assert rows["b", "b"] == pytest.approx((0, 0.5))  # 2 with half 3, not tied.
    assert rows["b", "c"] == pytest.approx((1, 1.5))  # 2—4; half 3 with 4 is not tied.
    assert rows["c", "c"] == (0, 0)
    density = frame["density"].tolist()
    assert density[:5] == pytest.approx([1, 2 / 3.5, 0, 0, 1 / 1.5])
    assert np.isnan(density[5])


@pytest.mark.parametrize("name", SHAPES)
def test_densities_counted_pair_by_pair(name):
    graph = _painted(SHAPES[name](), 7, ungrouped=0.2)
    possible, tied = Counter(), Counter()
    for one, other in combinations(graph, 2):
        ends = [graph.nodes[node].get("group") for node in (one, other)]
        if None not in ends:
            possible[tuple(sorted(ends))] += 1
            tied[tuple(sorted(ends))] += graph.has_edge(one, other)
    frame = densities(_arrays(graph), _exclusive(graph, "group"))
    for row in frame.itertuples():
        pair = (row.group_a, row.group_b)
        assert (row.ties, row.pairs) == pytest.approx((tied[pair], possible[pair]))
        if possible[pair]:
            assert row.density == pytest.approx(tied[pair] / possible[pair])
        else:
            assert np.isnan(row.density)


def test_fractional_ties_and_pairs_add_up_to_all():
    graph = nx.gnp_random_graph(30, 0.2, seed=8)
    random = np.random.default_rng(9)
    told = [
        (node, "uvwxyz"[group])
        for node in graph
        for group in random.choice(6, size=random.integers(1, 4), replace=False)
    ]
    shared = groups(30, told)
    frame = densities(_arrays(graph), shared)
    # Each node speaks for one group in all, so each pair and each tie is told once in all.
    assert frame["ties"].sum() == pytest.approx(graph.number_of_edges())
    assert frame["pairs"].sum() == pytest.approx(30 * 29 / 2)
    value, by_group = ei_index(_arrays(graph), shared)
    inside = frame.loc[frame["group_a"] == frame["group_b"], "ties"].to_numpy()
    assert by_group["internal"].to_numpy() == pytest.approx(inside)
    assert value == pytest.approx(1 - 2 * inside.sum() / graph.number_of_edges())


@pytest.mark.parametrize("name", SHAPES)
def test_assortativity_as_networkx(name):
    graph = _painted(SHAPES[name](), 10, ungrouped=0.15)
    grouped = graph.subgraph([node for node, group in graph.nodes(data="group") if group])
    expected = nx.attribute_assortativity_coefficient(nx.Graph(grouped), "group")
    found = assortativity(_arrays(graph), _exclusive(graph, "group"))
    assert found == pytest.approx(expected)


def test_assortativity_of_zachary():
    graph = nx.karate_club_graph()
    expected = nx.attribute_assortativity_coefficient(graph, "club")
    assert assortativity(_arrays(graph), _exclusive(graph, "club")) == pytest.approx(expected)


def test_assortativity_from_all_inside_to_all_outside():
    two = groups(4, [(0, "l"), (1, "l"), (2, "r"), (3, "r")])
    assert assortativity(adjacency(4, [(0, 1), (2, 3)]), two) == 1
    # Two groups, all ties between: e = [[0, 1/2], [1/2, 0]], (0 - 1/2) / (1 - 1/2).
    assert assortativity(adjacency(4, [(0, 2), (1, 3)]), two) == -1


def test_assortativity_with_shared_nodes_by_hand():
    # Ends speaking for a: 0 in 3 ties (of 1, 2, 3), 1 in 2, half of 3 in 2; that is
    # 3 + 2 + 1 = 6 of 10 ends; b: 2 in 2 ties, half of 3 in 2: 3; c: 4 in 1.
    chance = 0.6**2 + 0.3**2 + 0.1**2
    assert assortativity(HAND, HAND_GROUPS) == pytest.approx((2 / 5 - chance) / (1 - chance))


@pytest.mark.parametrize("n", [0, 1, 5])
def test_without_groups_nothing_is_defined(n):
    graph, none = adjacency(n, [(at, at + 1) for at in range(n - 1)]), groups(n, [])
    assert np.isnan(participation(graph, none)).tolist() == [True] * n
    value, frame = ei_index(graph, none)
    assert np.isnan(value)
    assert frame.empty
    assert list(frame.columns) == ["group", "nodes", "internal", "external", "ei"]
    assert densities(graph, none).empty
    assert np.isnan(assortativity(graph, none))


def test_without_ties_only_pairs_are_known():
    graph, told = adjacency(4, []), groups(4, [(0, "a"), (1, "a"), (2, "b")])
    assert np.isnan(participation(graph, told)).all()
    value, frame = ei_index(graph, told)
    assert np.isnan(value)
    assert frame["nodes"].tolist() == [2, 1]
    assert np.isnan(frame["ei"]).all()
    assert densities(graph, told)["pairs"].tolist() == [1, 2, 0]
    assert densities(graph, told)["density"].tolist() == pytest.approx([0, 0, np.nan], nan_ok=True)
    assert np.isnan(assortativity(graph, told))


def test_all_in_one_group_is_not_assortative_or_not():
    told = groups(5, [(node, "all") for node in range(5)])
    assert np.isnan(assortativity(_arrays(nx.complete_graph(5)), told))


def test_weights_do_not_matter():
    heavy = adjacency(7, HAND.ends, [5, 2, 9, 1, 4, 7, 3])
    assert participation(heavy, HAND_GROUPS).tolist() == pytest.approx(
        participation(HAND, HAND_GROUPS).tolist(), nan_ok=True
    )
    assert ei_index(heavy, HAND_GROUPS)[0] == ei_index(HAND, HAND_GROUPS)[0]
    assert assortativity(heavy, HAND_GROUPS) == assortativity(HAND, HAND_GROUPS)
