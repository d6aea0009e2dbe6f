"""Groups of nodes as shares."""

from __future__ import annotations

import numpy as np
import pytest

from ptce_graph.analysis.groups import groups, row_products, row_sums


def test_a_node_of_several_groups_is_shared_between_them():
    told = groups(4, [(2, "b"), (0, "c"), (2, "a"), (0, "c"), (3, "b"), (2, "c"), (0, "a")])
    assert told.names == ("a", "b", "c")
    third = 1 / 3
    assert told.shares.toarray() == pytest.approx(
        np.array([[0.5, 0, 0.5], [0, 0, 0], [third, third, third], [0, 1, 0]])
    )
    assert told.grouped.tolist() == [True, False, True, True]
    assert told.counts.tolist() == [2, 0, 3, 1]


def test_the_order_of_the_pairs_does_not_matter():
    pairs = [(0, "x"), (1, "y"), (1, "x"), (3, "z"), (1, "z")]
    one, other = groups(5, pairs), groups(5, iter(pairs[::-1]))
    assert one.names == other.names
    assert one.shares.indices.tolist() == other.shares.indices.tolist()
    assert one.shares.data.tolist() == other.shares.data.tolist()


@pytest.mark.parametrize("n", [0, 1, 3])
def test_without_members_there_is_no_group(n):
    none = groups(n, [])
    assert none.names == ()
    assert none.shares.shape == (n, 0)
    assert none.grouped.tolist() == [False] * n
    assert row_sums(none.shares).tolist() == [0] * n


@pytest.mark.parametrize("position", [-1, 2])
def test_a_position_outside_is_refused(position):
    with pytest.raises(ValueError, match="between 0 and 1"):
        groups(2, [(0, "a"), (position, "a")])


def test_row_products_are_chances_to_speak_for_the_same():
    told = groups(4, [(0, "a"), (1, "a"), (1, "b"), (2, "b"), (2, "a"), (3, "c")])
    pair = row_products(told.shares, np.array([0, 1, 0]), np.array([1, 2, 3]))
    # 0 says a, 1 says a half of the time; 1 and 2 both say a or both b: 1/4 + 1/4.
    assert pair.tolist() == [0.5, 0.5, 0]
    # All three say a: 1 * 1/2 * 1/2.
    three = row_products(told.shares, np.array([0]), np.array([1]), np.array([2]))
    assert three.tolist() == [0.25]
