"""Measures of the tiny project, worked out by hand.

All links (a hub, c, stands for the charter of three)::

    un — alpha   un — nord   deux — alpha   deux — beta   deux — nord   ville — beta
    ville — nord   trois — est   alpha — c   beta — c   trois — c   and isole alone

Ten nodes, so 9 * 8 / 2 = 36 pairs of others.
"""

from __future__ import annotations

import pytest

import ptce_graph


@pytest.fixture(scope="module")
def measured(tiny):
    return tiny.analyse().set_index("id")


def test_degree(measured):
    assert measured["degree"].to_dict() == {
        "reseau-alpha": 3,
        "reseau-beta": 3,
        "org-deux": 3,
        "pole-nord": 3,
        "org-un": 2,
        "org-trois": 2,
        "ville-valdor": 2,
        "pole-sud-est": 1,
        "pole-isole": 0,
    }


def test_betweenness(measured):
    # Trois stands between est and the seven others of the component.
    assert measured.at["org-trois", "betweenness"] == pytest.approx(7 / 36)
    # Ends of the network are between nothing.
    assert measured.at["pole-sud-est", "betweenness"] == 0
    assert measured.at["pole-isole", "betweenness"] == 0
    # Un: pairs (alpha, nord): 2 shortest paths, by un or deux: 1/2. (alpha, ville): 4 paths
    # of length 3, one by un-nord: 1/4. Trois and est to nord (length 4, 5): c-alpha-un-nord,
    # c-alpha-deux-nord, c-beta-deux-nord, c-beta-ville-nord: 1/4 each, 1/2; so too c to nord
    # (length 3, the same four paths): 1/4. Total 1.5.
    assert measured.at["org-un", "betweenness"] == pytest.approx(1.5 / 36)


def test_memberships_count_networks_and_poles_once(measured):
    assert measured["memberships"].to_dict() == {
        "org-deux": 3,
        "org-un": 1,
        "org-trois": 1,
        "ville-valdor": 1,
        "reseau-alpha": 0,
        "reseau-beta": 0,
        "pole-nord": 0,
        "pole-sud-est": 0,
        "pole-isole": 0,
    }


def test_bridges_between_networks(tiny, measured):
    frame = tiny.bridges()
    told = frame[["network_a", "network_b", "bridge", "through_a", "through_b"]].values.tolist()
    # Deux belongs to both. Pôle Nord: un (carrier) and deux (member) belong to alpha,
    # deux and the town (partner in a cooperation of two) to bêta.
    assert told == [
        ["reseau-alpha", "reseau-beta", "org-deux", "org-deux", "org-deux"],
        ["reseau-alpha", "reseau-beta", "pole-nord", "org-deux|org-un", "org-deux|ville-valdor"],
    ]
    assert frame.loc[1, "sources"] == "annuaire|livret"
    assert measured["bridges"].sum() == 2


def test_what_is_only_planned_bridges_nothing(tiny_copy):
    table = tiny_copy / "sources/livret/cooperations.csv"
    table.write_text(
        table.read_text("utf-8").replace("collectivite,constate", "collectivite,prevu"), "utf-8"
    )
    told = ptce_graph.load(tiny_copy).bridges()[["bridge", "through_b"]].values.tolist()
    # Without the town, Pôle Nord reaches bêta through deux alone (and alpha through un too).
    assert told == [["org-deux", "org-deux"], ["pole-nord", "org-deux"]]


def test_rows_come_highest_first_and_hubs_are_not_measured(tiny):
    frame = tiny.analyse(measures=["betweenness"])
    assert frame["betweenness"].is_monotonic_decreasing
    assert not frame["id"].str.startswith("cooperation:").any()
    assert list(frame.columns) == ["id", "name", "type", "betweenness"]


def test_an_unknown_measure_is_told_with_the_nearest(tiny):
    with pytest.raises(ptce_graph.CallError, match="betweenness"):
        tiny.analyse(measures=["betweeness"])
