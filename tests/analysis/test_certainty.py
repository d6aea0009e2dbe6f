"""How sure the results are: the tiny project by hand, small networks by brute force.

Rows of the tiny project's links table are told in ``test_bridges``. Degrees of
its nine organisations, networks and poles: alpha, bêta, deux and nord 3; un,
trois and the town 2; est 1; isole 0.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from math import comb, sqrt

import numpy as np
import pandas as pd
import pytest

import ptce_graph
from ptce_graph.analysis.bridges import bridges
from ptce_graph.analysis.certainty import bridge_certainty, stability, without_each_source
from ptce_graph.analysis.study import Study
from ptce_graph.network.filters import OBSERVED
from tests.analysis.test_bridges import carrier, cooperation, member, network_of, random_network

TINY_RANKS = {
    # Four of degree 3 share ranks 1 to 4, three of degree 2 ranks 5 to 7.
    **dict.fromkeys(["org-deux", "pole-nord", "reseau-alpha", "reseau-beta"], 2.5),
    **dict.fromkeys(["org-trois", "org-un", "ville-valdor"], 6),
    **{"pole-sud-est": 8, "pole-isole": 9},
}
#: Without the livret only deux and nord are tied. Of the 36 pairs of nodes 10 (deux and nord
#: above five that had less) keep their order and none turns; 9 pairs were equal in the whole
#: (6 of degree 3, 3 of degree 2), 22 are without it (21 of degree 0, 1 of degree 1).
WITHOUT_LIVRET = 10 / sqrt((36 - 9) * (36 - 22))


def star(members):
    return network_of(*(member(f"org-{n:02d}", "net-1") for n in range(members)))


# Ranks


def test_ranks_of_tiny_when_nothing_is_dropped(tiny):
    ranks, order = stability(Study, tiny.network(), ["degree"], drop=0, samples=3)
    told = ranks.set_index("id")
    assert told["rank"].to_dict() == TINY_RANKS
    assert told["rank_low"].to_dict() == told["rank_high"].to_dict() == TINY_RANKS
    assert list(ranks["id"]) == sorted(TINY_RANKS, key=lambda node: (TINY_RANKS[node], node))
    # Nine nodes: all are among the first ten.
    assert set(ranks["top10"]) == {1}
    assert order.values.tolist() == [["degree", 1, 1, 1, 1]]
    assert told.loc["reseau-alpha", ["measure", "name", "type", "value"]].tolist() == [
        *("degree", "Réseau Alpha", "network", 3)
    ]


def test_columns(tiny):
    ranks, order = stability(Study, tiny.network(), ["degree", "members"], samples=2)
    assert list(ranks.columns) == [
        *("measure", "id", "name", "type", "value", "rank", "rank_low", "rank_high", "top10")
    ]
    assert list(order.columns) == [
        *("measure", "kendall_mean", "kendall_low", "kendall_high", "top10_kept")
    ]
    assert ranks["measure"].value_counts().to_dict() == {"degree": 9, "members": 9}
    assert order["measure"].tolist() == ["degree", "members"]


def test_when_all_is_lost_all_are_equal(tiny):
    ranks, order = stability(Study, tiny.network(), ["degree"], drop=1, samples=2)
    # Nine equals share the ranks 1 to 9; between equals there is no order to hold.
    assert set(ranks["rank_low"]) == set(ranks["rank_high"]) == {5}
    assert order.loc[0, ["kendall_mean", "kendall_low", "kendall_high"]].isna().all()
    assert order.at[0, "top10_kept"] == 1


def test_undefined_values_rank_last(tiny):
    ranks, _order = stability(Study, tiny.network(), ["constraint"], drop=0, samples=1)
    # Isole is tied to nothing: its constraint is not defined.
    assert ranks.iloc[-1][["id", "rank"]].tolist() == ["pole-isole", 9]
    assert np.isnan(ranks.iloc[-1]["value"])
    # With all links lost nobody's is.
    ranks, _order = stability(Study, tiny.network(), ["constraint"], drop=1, samples=1)
    assert set(ranks["rank_low"]) == {5}


def test_the_centre_of_a_star_stays_first_and_its_points_change_places():
    # 40 points, of which 10 (a quarter) lose their only tie: ranks 2 to 31 and 32 to 41.
    ranks, order = stability(Study, star(40), ["degree"], drop=0.25, samples=60)
    told = ranks.set_index("id")
    assert told.loc["net-1", ["rank", "rank_low", "rank_high", "top10"]].tolist() == [1, 1, 1, 1]
    points = told.drop("net-1")
    assert set(points["rank"]) == {21.5}
    assert set(points["rank_low"]) == {(2 + 31) / 2}
    assert set(points["rank_high"]) == {(32 + 41) / 2}
    assert set(points["top10"]) == {0}
    # The centre is above 40 in both; 780 pairs of points are equal in the whole, of
    # which 30 * 10 are not in a sample.
    tau = 40 / sqrt((820 - 780) * (820 - 480))
    assert order.loc[0, ["kendall_mean", "kendall_low", "kendall_high"]].tolist() == (
        pytest.approx([tau] * 3)
    )
    assert order.at[0, "top10_kept"] == 1


def test_first_ten_that_do_not_stay():
    # Twelve networks with 12, 11 ... 1 members; the document of the largest two is one.
    told = [
        member(f"org-{net}-{n}", f"net-{net:02d}", "one" if net > 10 else "other")
        for net in range(1, 13)
        for n in range(net)
    ]
    found = without_each_source(Study, network_of(*told), ["members"]).set_index("source")
    # Without it the second ten is net-01 and net-02, for net-11 and net-12: 8 of 10 stay.
    assert found.at["one", "top10_kept"] == pytest.approx(0.8)
    assert found.at["one", "links_lost"] == 23
    assert found.at["one", "first"] == "net-10"


def test_the_tenth_is_among_the_first_ten():
    told = [member(f"org-{net}-{n}", f"net-{net:02d}") for net in range(1, 13) for n in range(net)]
    ranks, _order = stability(Study, network_of(*told), ["members"], drop=0, samples=1)
    # Net-12 has 12 members, net-03 is the tenth; the organisations have none.
    assert ranks.loc[ranks["top10"] == 1, "id"].tolist() == [
        f"net-{n:02d}" for n in range(12, 2, -1)
    ]


def test_nobody_is_among_the_first_ten_where_many_are_equal():
    # 30 pairs, 60 nodes of degree 1: all of rank 30.5.
    network = network_of(*(cooperation(f"c{n:02d}", f"a{n:02d}", f"b{n:02d}") for n in range(30)))
    ranks, order = stability(Study, network, ["degree"], samples=3)
    assert set(ranks["rank"]) == {30.5}
    assert np.isnan(order.at[0, "top10_kept"])


@pytest.mark.parametrize("by", ["links", "sources"])
def test_same_seed_same_result_in_any_order(by):
    told = [
        stability(Study, random_network(5, order=order), ["degree"], by=by, samples=15, drop=0.3)
        for order in (None, None, 8)
    ]
    for ranks, order in told[1:]:
        pd.testing.assert_frame_equal(ranks, told[0][0])
        pd.testing.assert_frame_equal(order, told[0][1])
    other = stability(Study, random_network(5), ["degree"], by=by, samples=15, drop=0.3, seed=1)
    assert not other[1].equals(told[0][1])


def test_the_links_dropped_are_as_many_as_asked(tiny):
    seen = []

    def study_of(network):
        seen.append(network)
        return Study(network)

    stability(study_of, tiny.network(), ["degree"], drop=0.3, samples=5)
    # The whole, then 13 links less 3.9, so 4.
    assert [len(network.links) for network in seen] == [13, 9, 9, 9, 9, 9]
    assert len({tuple(network.links.index) for network in seen[1:]}) > 1
    assert {network.projection for network in seen} == {"all"}
    assert all(set(n.ids) >= set(TINY_RANKS) for n in seen)


def test_one_document_at_least_stays(tiny):
    seen = []

    def study_of(network):
        seen.append(set(network.links["source"]))
        return Study(network)

    stability(study_of, tiny.network(), ["degree"], drop=1, by="sources", samples=20)
    assert seen[0] == {"annuaire", "livret"}
    assert {tuple(told) for told in seen[1:]} == {("annuaire",), ("livret",)}


def test_the_share_of_documents_dropped():
    told = [member(f"o{n:02d}", "net-1", f"doc-{n:02d}") for n in range(50)]
    seen = []

    def study_of(network):
        seen.append(len(network.links))
        return Study(network)

    stability(study_of, network_of(*told), ["degree"], drop=0.2, by="sources", samples=40)
    # 2,000 documents kept with chance 0.8: 1,600, give or take 5 * sqrt(2000 * .8 * .2) = 89.
    assert abs(sum(seen[1:]) - 1600) < 90


def test_progress_is_told(tiny):
    told = []

    def progress(done, total):
        told.append((done, total))

    stability(Study, tiny.network(), ["degree"], samples=3, progress=progress)
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_other_projections_too(tiny):
    ranks, _order = stability(Study, tiny.network("overlap"), ["degree"], samples=3)
    # Networks and poles only.
    assert set(ranks["id"]) == {
        *("pole-isole", "pole-nord", "pole-sud-est", "reseau-alpha", "reseau-beta")
    }


def test_nobody_to_rank():
    ranks, order = stability(Study, network_of(), ["degree"], samples=2)
    assert ranks.empty
    assert order["kendall_mean"].isna().all()
    assert without_each_source(Study, network_of(), ["degree"]).empty


@pytest.mark.parametrize("call", [{"drop": 1.5}, {"drop": -0.1}, {"samples": 0}, {"by": "link"}])
def test_a_call_that_makes_no_sense(tiny, call):
    with pytest.raises(ptce_graph.CallError):
        stability(Study, tiny.network(), ["degree"], **call)


# Documents


def test_without_each_source_in_tiny(tiny):
    found = without_each_source(Study, tiny.network(), ["degree"])
    assert list(found.columns) == [
        *("source", "measure", "links_lost", "kendall", "top10_kept", "first")
    ]
    # What the annuaire says (deux is in nord) the livret says too.
    assert found.iloc[0].tolist() == ["annuaire", "degree", 1, pytest.approx(1), 1, "org-deux"]
    assert found.iloc[1].tolist() == [
        *("livret", "degree", 12, pytest.approx(WITHOUT_LIVRET), 1, "org-deux")
    ]


def test_the_only_document(tiny):
    network = network_of(member("a", "net-1"))
    found = without_each_source(Study, network, ["degree", "constraint"])
    # Without it all are equal, or nothing is defined.
    assert found["kendall"].isna().all()
    assert found["first"].tolist() == ["", ""]


# Bridges


def test_bridges_of_tiny(tiny):
    found = bridge_certainty(tiny.network(), ("reseau-beta", "reseau-alpha"), samples=50)
    whole = bridges(tiny.network())
    assert list(found.columns) == [
        *(*whole.columns, "documents", "rests_on", "held", "lost_without")
    ]
    assert found[whole.columns].values.tolist() == whole.values.tolist()
    told = found[["bridge", "documents", "rests_on", "lost_without"]].values.tolist()
    # Pôle Nord. To part it from alpha: deux's membership of alpha and un's (or that un carries
    # it), 2. From bêta: deux's and the town's, 2. To leave deux alone: un and the town, 2.
    assert told == [["org-deux", 1, 1, "livret"], ["pole-nord", 2, 2, "livret"]]


def test_held_is_the_chance_that_no_link_is_lost():
    # Six links, of which two (a third) are lost: both of a's stay in C(4, 2) of C(6, 2) draws.
    told = [member("a", "net-1"), member("a", "net-2")]
    told += [member(f"b{n}", "net-1") for n in range(4)]
    found = bridge_certainty(network_of(*told), ("net-1", "net-2"), drop=1 / 3, samples=2000)
    expected = comb(4, 2) / comb(6, 2)
    # Four standard errors: 4 * sqrt(.4 * .6 / 2000).
    assert found.at[0, "held"] == pytest.approx(expected, abs=0.044)


def test_two_organisations_hold_a_pole_longer_than_one():
    # a and c reach net-1, b reaches net-2 by two documents: 7 links and 13 others; 4 are lost.
    told = [member("a", "net-1"), member("a", "pole-p"), member("c", "net-1")]
    told += [carrier("c", "pole-p"), member("b", "pole-p")]
    told += [member("b", "net-2", "one"), member("b", "net-2", "two")]
    others = [member(f"x{n}", "net-3") for n in range(13)]
    network = network_of(*told, *others)
    found = bridge_certainty(network, ("net-1", "net-2"), drop=0.2, samples=2000)
    kept = 0
    for lost in combinations(range(20), 4):
        a, c = not {0, 1} & set(lost), not {2, 3} & set(lost)
        kept += (a or c) and 4 not in lost and not {5, 6} <= set(lost)
    assert found.at[0, "held"] == pytest.approx(kept / comb(20, 4), abs=0.045)
    assert found["rests_on"].tolist() == [1]
    assert found["lost_without"].tolist() == ["doc"]


def test_held_when_nothing_and_when_all_is_lost(bundled):
    network = bundled.network("all", OBSERVED)
    pair = ("coorace", "rtes")
    assert set(bridge_certainty(network, pair, drop=0, samples=5)["held"]) == {1}
    assert set(bridge_certainty(network, pair, drop=1, samples=5)["held"]) == {0}


def test_held_is_what_bridges_tells_of_samples(bundled):
    network = bundled.network("all", OBSERVED)
    found = bridge_certainty(network, ("coorace", "rtes"), samples=2000)
    draw, held = np.random.default_rng(4), dict.fromkeys(found["bridge"], 0)
    rows = network.links.index.to_numpy()
    for _sample in range(200):
        lost = draw.choice(rows, round(0.2 * len(rows)), replace=False)
        less = replace(network, links=network.links.drop(index=lost))
        for bridge in bridges(less, ("coorace", "rtes"))["bridge"]:
            held[bridge] = held.get(bridge, 0) + 1
    for row in found.itertuples():
        # Four standard errors of the smaller sample: 4 * sqrt(.5 * .5 / 200).
        assert row.held == pytest.approx(held[row.bridge] / 200, abs=0.14)


@pytest.mark.parametrize("seed", range(10))
def test_rests_on_and_lost_without_by_trying_all(seed):
    network = random_network(seed, links=16)
    pairs = bridges(network)[["network_a", "network_b"]].drop_duplicates().values.tolist()
    for pair in pairs[:3]:
        found = bridge_certainty(network, tuple(pair), samples=1)
        for row in found.itertuples():
            assert row.rests_on == _fewest(network, tuple(pair), row.bridge, 3)
            told = network.links["source"]
            lost = [
                s for s in sorted(set(told)) if not _holds(network, told == s, pair, row.bridge)
            ]
            assert row.lost_without == "|".join(lost)
            assert row.documents == len(set(told.loc[list(row.facts)]))


def _holds(network, lost, pair, bridge):
    less = replace(network, links=network.links[~lost])
    return bridge in set(bridges(less, tuple(pair))["bridge"])


def _fewest(network, pair, bridge, most):
    """The smallest number of rows, up to ``most``, without which it is no bridge."""
    rows = network.links.index
    for count in range(1, most + 1):
        for lost in combinations(rows, count):
            if not _holds(network, rows.isin(lost), pair, bridge):
                return count
    raise AssertionError("it rests on more")


def test_a_pole_that_is_left_with_one_organisation():
    # a reaches both by two documents each, b reaches net-2 by one: losing b leaves a alone.
    told = [member("a", net, doc) for net in ("net-1", "net-2") for doc in ("one", "two")]
    told += [member("a", "pole-p", doc) for doc in ("one", "two")]
    network = network_of(*told, member("b", "net-2", "three"), member("b", "pole-p", "three"))
    found = bridge_certainty(network, ("net-1", "net-2"), samples=5).set_index("bridge")
    assert found["rests_on"].to_dict() == {"a": 2, "pole-p": 1}
    assert found["lost_without"].to_dict() == {"a": "", "pole-p": "three"}
    assert found["documents"].to_dict() == {"a": 2, "pole-p": 3}


def test_to_leave_one_organisation_the_others_can_be_detached():
    # a and b belong to both; b is detached from the pole by one row, a by two.
    told = [member("a", net, doc) for net in ("net-1", "net-2") for doc in ("one", "two")]
    told += [member("a", "pole-p", "one"), member("a", "pole-p", "two")]
    told += [member("b", net) for net in ("net-1", "net-2", "pole-p")]
    found = bridge_certainty(network_of(*told), ("net-1", "net-2"), samples=5)
    assert found.set_index("bridge")["rests_on"].to_dict() == {"a": 2, "b": 1, "pole-p": 1}


def test_a_network_attached_is_only_parted_from_the_pole():
    told = [member("net-1", "pole-p", doc) for doc in ("one", "two", "three")]
    told += [member("a", "net-2"), cooperation("c", "a", "pole-p"), cooperation("d", "a", "pole-p")]
    network = network_of(*told, member("a", "net-2", "again"), member("a", "net-2", "more"))
    found = bridge_certainty(network, ("net-1", "net-2"), samples=5)
    # Net-1: 3 rows. a: 3 rows of membership, or one of each of its two cooperations.
    assert found["rests_on"].tolist() == [2]


def test_bridges_between_two_that_nothing_ties(tiny):
    network = network_of(member("a", "net-1"), member("b", "net-2"))
    found = bridge_certainty(network, ("net-1", "net-2"))
    assert found.empty
    assert list(found.columns[-4:]) == ["documents", "rests_on", "held", "lost_without"]
    with pytest.raises(ptce_graph.CallError, match="reseau-alpha"):
        bridge_certainty(tiny.network(), ("reseau-alpa", "reseau-beta"))


def test_same_seed_same_certainty_in_any_order(bundled):
    frames = [
        bridge_certainty(random_network(3, order=order), ("net-0", "net-1"), samples=50)
        for order in (None, None, 2)
    ]
    assert not frames[0].empty
    for frame in frames[1:]:
        pd.testing.assert_frame_equal(frame, frames[0])
