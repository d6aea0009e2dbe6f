"""Jaccard and Gower by hand on an invented pair, then on the documents."""

import math

import pytest

from ptce_graph.errors import CallError
from ptce_graph.poles.alike import FEATURES, Alike, alike, compare, explanation


def test_jaccard_and_gower_by_hand():
    one = {
        "origin": frozenset("a"),
        "aims": frozenset("abc"),
        "stage": frozenset("x"),
        "members": frozenset("pq"),
    }
    two = {"aims": frozenset("bcd"), "stage": frozenset("y"), "members": frozenset("pq")}
    found = compare("one", "two", one, two)
    # aims: 2 of 4 codes in common, 0.5; stage: none, 1; members: all, 0. Mean over three.
    assert [(c.feature, c.distance) for c in found.compared] == [
        ("aims", 0.5),
        ("stage", 1.0),
        ("members", 0.0),
    ]
    assert found.distance == pytest.approx(0.5)
    assert len(found.compared) + len(found.unknown) == len(FEATURES) == 8
    aims = found.compared[0]
    assert (aims.shared, aims.own, aims.other) == (("b", "c"), ("a",), ("d",))
    assert compare("two", "one", two, one).distance == found.distance
    assert compare("one", "one", one, one).distance == 0


def test_two_poles_of_which_nothing_is_known_have_no_distance():
    assert math.isnan(compare("one", "two", {}, {}).distance)


def test_pole_sud_and_sud_essonne(bundled):
    found = {one.other: one for one in alike(bundled.facts, "Pôle Sud Archer", 50)}
    near = found["pole-economie-solidaire-sud-essonne"]
    # functions the same (0), aims apart (1), sectors 1 of 2 (1/2), kinds of members 1 of 3 (2/3).
    assert [c.feature for c in near.compared] == ["functions", "aims", "sector", "members"]
    assert near.distance == pytest.approx((0 + 1 + 1 / 2 + 2 / 3) / 4)


def test_le_phares_is_nearest_to_the_house_of_ramonville(bundled):
    first = alike(bundled.facts, "le-phares", 1)[0]
    assert isinstance(first, Alike)
    # structure, functions and stage the same; of the aims one of two: (0 + 0 + 1/2 + 0) / 4.
    assert (first.other, first.distance) == ("mes-ramonville", pytest.approx(0.125))
    assert "origin" in first.unknown  # derived on one side only: not compared


def test_what_is_not_known_makes_no_neighbour(bundled):
    assert alike(bundled.facts, "ardaines") == ()
    assert all(one.other != "eclis" for one in alike(bundled.facts, "pole-sud", 100, at_least=1))


def test_the_explanation_says_on_how_much_it_rests(bundled):
    first = alike(bundled.facts, "le-phares", 1)[0]
    told = explanation(bundled.facts, first, "en")
    assert told.startswith("Distance 0.12, on 4 features of 8 known of both.")
    assert "only the other visibility" in told
    assert "Not known of both: origin, role of local authorities, sectors" in told


def test_wrong_calls_are_told(bundled):
    with pytest.raises(CallError, match="1 or more, not 0"):
        alike(bundled.facts, "pole-sud", 0)
    with pytest.raises(CallError, match="Nothing here is called"):
        alike(bundled.facts, "pole-nulle-part")
