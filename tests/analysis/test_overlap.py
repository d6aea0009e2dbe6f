"""Overlap of groups: counts by hand, and the null model against all networks enumerated."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product

import networkx as nx
import numpy as np
import pytest
from scipy.stats import chisquare

from ptce_graph.analysis.overlap import null_memberships, overlaps, shared_members

COLUMNS = (
    "a b size_a size_b shared union jaccard overlap expected lift p_more p_fewer".split()  # noqa: SIM905
)


def rows_of(sets):
    """Memberships from the set of members of each group."""
    pairs = sorted((member, group) for group, held in enumerate(sets) for member in held)
    return np.array(pairs, dtype=np.int64).reshape(-1, 2).T


def same_margins(members, sets):
    """All tuples of sets of members with the sizes of ``sets`` and the same memberships each."""
    wanted = Counter(member for held in sets for member in held)
    choices = [list(map(frozenset, combinations(range(members), len(held)))) for held in sets]
    return [
        drawn
        for drawn in product(*choices)
        if Counter(member for held in drawn for member in held) == wanted
    ]


def sets_of(groups, member, group):
    return tuple(frozenset(member[group == at].tolist()) for at in range(groups))


# Sizes 3, 2, 2, 1 over members with 3, 2, 1, 1, 1 memberships.
SMALL = [{0, 1, 2}, {0, 1}, {0, 3}, {4}]
# Four groups, uneven, with members in three of them.
UNEVEN = [{0, 1, 2, 3}, {0, 1, 4}, {0, 2}, {1, 5}]
# In all six networks with these margins any two groups share exactly one member.
CYCLE = [{0, 1}, {1, 2}, {2, 0}]


@pytest.mark.parametrize("sets", [SMALL, UNEVEN, CYCLE], ids=["small", "uneven", "cycle"])
def test_null_networks_are_uniform_over_all_with_these_margins(sets):
    members = 1 + max(max(held) for held in sets)
    possible = same_margins(members, sets)
    member, group = rows_of(sets)
    found = Counter(
        sets_of(len(sets), *drawn)
        for seed in range(600)
        for drawn in null_memberships(members, len(sets), member, group, 10, seed)
    )
    assert set(found) == set(possible)
    counts = [found[network] for network in possible]
    # 6000 draws; a fixed seed, so that this passes always or never.
    assert chisquare(counts).pvalue > 0.01


@pytest.mark.parametrize("sets", [SMALL, UNEVEN, CYCLE], ids=["small", "uneven", "cycle"])
def test_expected_and_p_values_as_enumerated(sets):
    members = 1 + max(max(held) for held in sets)
    possible = same_margins(members, sets)
    frame = overlaps(members, len(sets), *rows_of(sets), samples=4000, seed=3)
    assert len(frame) == len(sets) * (len(sets) - 1) / 2
    for row in frame.itertuples():
        exact = np.array([len(network[row.a] & network[row.b]) for network in possible])
        # Four standard errors of a share of 4000 draws: 4 * 0.5 / sqrt(4000) = 0.032.
        assert row.expected == pytest.approx(exact.mean(), abs=0.04)
        assert row.p_more == pytest.approx((exact >= row.shared).mean(), abs=0.032)
        assert row.p_fewer == pytest.approx((exact <= row.shared).mean(), abs=0.032)


def shape(name):
    generator = np.random.default_rng(8)
    if name == "sparse":
        cells = generator.random((80, 25)) < 0.05
    elif name == "dense":
        cells = generator.random((30, 20)) < 0.8
    elif name == "star":
        cells = np.zeros((40, 5), dtype=bool)
        cells[:, 2] = True
    elif name == "full":
        cells = np.ones((6, 4), dtype=bool)
    elif name == "heavy tail":
        cells = generator.random((300, 41)) < 1 / np.arange(1, 42)
        cells[0] = True
    else:  # two blocks apart, with isolates at the end of both
        cells = np.zeros((50, 12), dtype=bool)
        cells[:20, :5] = generator.random((20, 5)) < 0.4
        cells[20:45, 5:11] = generator.random((25, 6)) < 0.4
    member, group = np.nonzero(cells)
    return *cells.shape, member, group


@pytest.mark.parametrize("name", ["sparse", "dense", "star", "full", "heavy tail", "blocks"])
def test_null_networks_keep_sizes_and_memberships(name):
    members, groups, member, group = shape(name)
    for null_member, null_group in null_memberships(members, groups, member, group, 5, seed=4):
        assert len(np.unique(null_member * groups + null_group)) == len(member)
        assert np.bincount(null_member).tolist() == np.bincount(member).tolist()
        assert np.bincount(null_group).tolist() == np.bincount(group).tolist()


def test_shared_members_as_the_projection_of_networkx():
    graph = nx.davis_southern_women_graph()
    events = [f"E{number}" for number in range(1, 15)]
    women = sorted(set(graph) - set(events))
    member, group = np.array(
        [(w, e) for w in range(18) for e in range(14) if graph.has_edge(women[w], events[e])]
    ).T
    projected = nx.bipartite.weighted_projected_graph(graph, events)
    expected = nx.to_numpy_array(projected, nodelist=events)
    np.fill_diagonal(expected, [graph.degree(event) for event in events])
    matrix = shared_members(18, 14, member, group)
    assert matrix.toarray().tolist() == expected.tolist()
    # The events everybody came to, E8 and E9, had 14 and 12 women, who shared 9.
    row = overlaps(18, 14, member, group, samples=20).query("a == 7 and b == 8").iloc[0]
    assert (row["size_a"], row["size_b"], row["shared"]) == (14, 12, 9)
    assert row["jaccard"] == pytest.approx(9 / 17)  # 14 + 12 - 9 = 17 in either


def test_counts_and_coefficients_by_hand():
    # g0 = {0, 1, 2, 3}, g1 = {2, 3, 4}, g2 = {4}, g3 empty; one membership told twice.
    member, group = [0, 1, 2, 3, 2, 3, 4, 4, 2], [0, 0, 0, 0, 1, 1, 1, 2, 1]
    frame = overlaps(6, 4, member, group, samples=50)
    assert list(frame.columns) == COLUMNS
    told = frame[["a", "b", "size_a", "size_b", "shared", "union"]].to_numpy().tolist()
    assert told == [
        [0, 1, 4, 3, 2, 5],
        [0, 2, 4, 1, 0, 5],
        [0, 3, 4, 0, 0, 4],
        [1, 2, 3, 1, 1, 3],
        [1, 3, 3, 0, 0, 3],
        [2, 3, 1, 0, 0, 1],
    ]
    assert frame["jaccard"].tolist() == pytest.approx([2 / 5, 0, 0, 1 / 3, 0, 0])
    expected = [2 / 3, 0, np.nan, 1, np.nan, np.nan]
    assert frame["overlap"].tolist() == pytest.approx(expected, nan_ok=True)
    empty = frame[frame["b"] == 3]
    assert empty["expected"].tolist() == [0, 0, 0]
    assert empty["lift"].isna().all()
    assert empty["p_more"].tolist() == empty["p_fewer"].tolist() == [1, 1, 1]


def test_two_identical_groups_among_others():
    # g0 = g1 = members 0 to 9 of 60; forty groups of 6 besides, which never repeat each other.
    sets = [set(range(10))] * 2 + [
        {(7 * at + 9 * step) % 60 for step in range(6)} for at in range(40)
    ]
    frame = overlaps(60, 42, *rows_of(sets), samples=199, seed=1)
    row = frame.iloc[0]
    assert (row["a"], row["b"], row["jaccard"], row["overlap"]) == (0, 1, 1, 1)
    assert row["lift"] > 3
    # No null network has the two the same: the least p of 199 samples, 1 / 200.
    assert row["p_more"] == pytest.approx(1 / 200)
    assert row["p_fewer"] == 1


def test_two_groups_with_the_same_members_and_no_one_else_could_not_differ():
    frame = overlaps(3, 2, [0, 1, 2, 0, 1, 2], [0, 0, 0, 1, 1, 1], samples=9)
    assert frame.iloc[0][["shared", "expected", "lift", "p_more", "p_fewer"]].tolist() == [
        *(3, 3, 1, 1, 1)
    ]


@pytest.mark.parametrize(("members", "groups"), [(0, 0), (3, 0), (3, 1)])
def test_without_a_pair_the_frame_is_empty_with_its_columns(members, groups):
    member = [0, 1] if groups else []
    frame = overlaps(members, groups, member, [0] * len(member), samples=5)
    assert list(frame.columns) == COLUMNS
    assert frame.empty


def test_without_memberships_nothing_is_defined_but_the_counts():
    frame = overlaps(3, 2, [], [], samples=5)
    assert frame[["shared", "union", "expected"]].to_numpy().tolist() == [[0, 0, 0]]
    assert frame[["jaccard", "overlap", "lift"]].isna().all(axis=None)


def test_many_groups_are_told_only_where_they_share():
    # 61 groups in a ring: group g has members g and g + 1, so it shares one with each neighbour.
    sets = [{at, (at + 1) % 61} for at in range(61)]
    frame = overlaps(61, 61, *rows_of(sets), samples=3)
    ring = sorted(tuple(sorted((at, (at + 1) % 61))) for at in range(61))
    assert list(zip(frame["a"], frame["b"], strict=True)) == ring
    assert len(overlaps(60, 60, *rows_of([{at} for at in range(60)]), samples=1)) == 60 * 59 / 2


def test_only_forgets_the_other_groups_in_the_null_model_too():
    members, groups, member, group = shape("sparse")
    chosen = [17, 3, 9, 3]
    frame = overlaps(members, groups, member, group, samples=30, only=chosen)
    assert list(zip(frame["a"], frame["b"], strict=True)) == [(3, 9), (3, 17), (9, 17)]
    here = np.isin(group, chosen)
    place = {3: 0, 9: 1, 17: 2}
    apart = [place[at] for at in group[here].tolist()]
    alone = overlaps(members, 3, member[here], apart, samples=30)
    assert frame.drop(columns=["a", "b"]).equals(alone.drop(columns=["a", "b"]))
    assert overlaps(members, groups, member, group, samples=1, only=[]).empty


def test_the_same_data_and_seed_give_the_same_frame_in_any_order():
    members, groups, member, group = shape("blocks")
    frame = overlaps(members, groups, member, group, samples=40, seed=5)
    backwards = overlaps(members, groups, member[::-1], group[::-1], samples=40, seed=5)
    assert frame.equals(backwards)
    other = overlaps(members, groups, member, group, samples=40, seed=6)
    assert not frame["expected"].equals(other["expected"])


def test_progress_tells_each_sample():
    told = []
    overlaps(*shape("sparse"), samples=3, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_wrong_calls_are_refused():
    with pytest.raises(ValueError, match="at least one sample"):
        overlaps(2, 2, [0], [0], samples=0)
    with pytest.raises(ValueError, match="out of range"):
        overlaps(2, 2, [0], [0], only=[2])
    with pytest.raises(ValueError, match="out of range"):
        overlaps(2, 2, [2], [0])
    with pytest.raises(ValueError, match="too many"):
        list(null_memberships(1 << 16, 1 << 24, np.array([0]), np.array([0]), 1))
