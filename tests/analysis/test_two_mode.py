"""Two-mode measures, against publications, networkx and counts made by hand."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from ptce_graph.analysis import two_mode as module
from ptce_graph.analysis.two_mode import two_mode

MEASURES = ("degree", "closeness", "betweenness")

# Degree, closeness and betweenness of Davis's southern women and of the events they came to,
# to two decimals: Borgatti, S. P. & Everett, M. G., Network analysis of 2-mode data, Social
# Networks 19, 1997 (their normalised two-mode centralities of the Davis data; the same numbers
# are in the tests of networkx.algorithms.bipartite.centrality).
DAVIS = {
    "Evelyn Jefferson": (0.57, 0.80, 0.10),
    "Laura Mandeville": (0.50, 0.73, 0.05),
    "Theresa Anderson": (0.57, 0.80, 0.09),
    "Brenda Rogers": (0.50, 0.73, 0.05),
    "Charlotte McDowd": (0.29, 0.60, 0.01),
    "Frances Anderson": (0.29, 0.67, 0.01),
    "Eleanor Nye": (0.29, 0.67, 0.01),
    "Pearl Oglethorpe": (0.21, 0.67, 0.01),
    "Ruth DeSand": (0.29, 0.71, 0.02),
    "Verne Sanderson": (0.29, 0.71, 0.02),
    "Myra Liddel": (0.29, 0.69, 0.02),
    "Katherina Rogers": (0.43, 0.73, 0.05),
    "Sylvia Avondale": (0.50, 0.77, 0.07),
    "Nora Fayette": (0.57, 0.80, 0.11),
    "Helen Lloyd": (0.36, 0.73, 0.04),
    "Dorothy Murchison": (0.14, 0.65, 0.00),
    "Olivia Carleton": (0.14, 0.59, 0.01),
    "Flora Price": (0.14, 0.59, 0.01),
    "E1": (0.17, 0.52, 0.00),
    "E2": (0.17, 0.52, 0.00),
    "E3": (0.33, 0.56, 0.02),
    "E4": (0.22, 0.54, 0.01),
    "E5": (0.44, 0.59, 0.04),
    "E6": (0.44, 0.69, 0.07),
    "E7": (0.56, 0.73, 0.13),
    "E8": (0.78, 0.85, 0.24),
    "E9": (0.67, 0.79, 0.23),
    "E10": (0.28, 0.55, 0.01),
    "E11": (0.22, 0.54, 0.02),
    "E12": (0.33, 0.56, 0.02),
    "E13": (0.17, 0.52, 0.00),
    "E14": (0.17, 0.52, 0.00),
}


def random_memberships(members, groups, count, seed):
    generator = np.random.default_rng(seed)
    return (
        members,
        groups,
        generator.integers(0, members, count),
        generator.integers(0, groups, count),
    )


SHAPES = {
    "sparse": random_memberships(60, 30, 50, 1),
    "dense": random_memberships(20, 15, 200, 2),
    "many kinds": random_memberships(150, 40, 500, 3),
    "many groups": random_memberships(8, 90, 200, 4),
    "isolates": random_memberships(40, 40, 15, 5),
    "no ties": (3, 4, np.array([], dtype=int), np.array([], dtype=int)),
    "star": (70, 2, np.arange(70), np.zeros(70, dtype=int)),
    "pair": (2, 2, np.array([0]), np.array([1])),
    # m0 - g0 - m1 - g1 - ... - m99
    "path": (100, 99, np.repeat(np.arange(100), 2)[1:-1], np.repeat(np.arange(99), 2)),
    "complete": (5, 7, np.repeat(np.arange(5), 7), np.tile(np.arange(7), 5)),
}


def all_values(measured, name):
    return np.concatenate([getattr(measured.members, name), getattr(measured.groups, name)])


def by_networkx(members, groups, member, group, name):
    graph = nx.Graph()
    graph.add_nodes_from(range(members + groups))
    graph.add_edges_from(zip(member.tolist(), (group + members).tolist(), strict=True))
    values = getattr(nx.bipartite, f"{name}_centrality")(graph, range(members))
    return [values[node] for node in range(members + groups)]


def test_davis_as_published():
    graph = nx.davis_southern_women_graph()
    women, events = list(DAVIS)[:18], list(DAVIS)[18:]
    ties = [(w, e) for w in range(18) for e in range(14) if graph.has_edge(women[w], events[e])]
    assert len(ties) == graph.number_of_edges()
    measured = two_mode(18, 14, [w for w, _ in ties], [e for _, e in ties])
    for column, name in enumerate(MEASURES):
        published = [values[column] for values in DAVIS.values()]
        # Half a unit of the last decimal printed, and a little.
        assert all_values(measured, name) == pytest.approx(published, abs=0.006), name


@pytest.mark.parametrize("networkx_up_to", [0, 1000], ids=["kernel", "networkx"])
@pytest.mark.parametrize("shape", SHAPES)
def test_as_networkx(shape, networkx_up_to, monkeypatch):
    monkeypatch.setattr(module, "NETWORKX_UP_TO", networkx_up_to)
    measured = two_mode(*SHAPES[shape])
    for name in MEASURES:
        expected = by_networkx(*SHAPES[shape], name)
        assert all_values(measured, name) == pytest.approx(expected, abs=1e-12), name


def test_two_components_by_hand():
    # m0 - g0 - m1 - g1 and m2 - g2, m3 alone: 4 members, 3 groups.
    measured = two_mode(4, 3, [0, 1, 1, 2], [0, 0, 1, 2])
    assert measured.members.degree.tolist() == pytest.approx([1 / 3, 2 / 3, 1 / 3, 0])
    assert measured.groups.degree.tolist() == pytest.approx([2 / 4, 1 / 4, 1 / 4])
    # Least sums: a member 3 + 2 * 3 = 9, a group 4 + 2 * 2 = 8; 6 others to reach.
    # m0: distances 1, 2, 3; m1: 1, 1, 2; each reaches 3 of 6. m2 reaches 1, at distance 1.
    assert measured.members.closeness.tolist() == pytest.approx([9 / 6 / 2, 9 / 4 / 2, 9 / 6, 0])
    # g0: 1, 1, 2; g1: 1, 2, 3; g2: 1.
    assert measured.groups.closeness.tolist() == pytest.approx([8 / 4 / 2, 8 / 6 / 2, 8 / 6])
    # g0 is between m0 and (m1, g1), m1 between g1 and (m0, g0): 2 pairs each. At most, a
    # member tied to the 3 groups that each have one of the 3 others: 3 branches of 2,
    # 3 * (2 * 2) = 12 pairs; a group tied to 4 members, of which 2 have one more group each:
    # branches 2, 2, 1, 1: 4 + 2 + 2 + 2 + 2 + 1 = 13 pairs.
    assert measured.members.betweenness.tolist() == pytest.approx([0, 2 / 12, 0, 0])
    assert measured.groups.betweenness.tolist() == pytest.approx([2 / 13, 0, 0])


def test_a_repeated_membership_counts_once_and_order_does_not_matter():
    once = two_mode(4, 3, [0, 1, 1, 2], [0, 0, 1, 2])
    again = two_mode(4, 3, [2, 1, 0, 1, 1, 0], [2, 1, 0, 0, 1, 0])
    for name in MEASURES:
        assert all_values(once, name).tolist() == all_values(again, name).tolist()


def test_one_group_only():
    measured = two_mode(3, 1, [0, 1], [0, 0])
    assert measured.members.degree.tolist() == [1, 1, 0]
    assert measured.groups.degree.tolist() == pytest.approx([2 / 3])
    # No member can stand between two others with a single group: undefined, not 0.
    assert np.isnan(measured.members.betweenness).all()
    # One pair of the three that the group could join.
    assert measured.groups.betweenness.tolist() == pytest.approx([1 / 3])


def test_an_empty_mode_leaves_the_shares_of_it_undefined():
    measured = two_mode(2, 0, [], [])
    assert np.isnan(measured.members.degree).all()
    assert np.isnan(measured.members.betweenness).all()
    assert measured.members.closeness.tolist() == [0, 0]
    assert len(measured.groups.degree) == len(measured.groups.closeness) == 0
    assert all(len(all_values(two_mode(0, 0, [], []), name)) == 0 for name in MEASURES)


def test_pivots_estimate_betweenness_of_a_large_network():
    # 30 groups of 40 random members of 1100: past the size where networkx is used.
    generator = np.random.default_rng(6)
    member, group = generator.integers(0, 1100, 1200), np.repeat(np.arange(30), 40)
    exact = two_mode(1100, 30, member, group)
    estimated = two_mode(1100, 30, member, group, pivots=300, seed=1)
    assert estimated.groups.closeness.tolist() == exact.groups.closeness.tolist()
    assert estimated.groups.betweenness.tolist() != exact.groups.betweenness.tolist()
    assert estimated.groups.betweenness.mean() == pytest.approx(
        exact.groups.betweenness.mean(), rel=0.1
    )
    again = two_mode(1100, 30, member, group, pivots=300, seed=1)
    assert estimated.groups.betweenness.tolist() == again.groups.betweenness.tolist()


@pytest.mark.parametrize(
    ("member", "group"), [([0, 1], [0]), ([3], [0]), ([0], [2]), ([-1], [0]), ([0], [-1])]
)
def test_memberships_out_of_range_are_refused(member, group):
    with pytest.raises(ValueError, match="member"):
        two_mode(3, 2, member, group)
