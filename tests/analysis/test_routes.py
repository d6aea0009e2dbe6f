"""Ways, cuts and losses: the tiny project by hand, other graphs beside networkx.

All links of the tiny project (a hub, c, stands for the charter of three)::

    un — alpha   un — nord   deux — alpha   deux — beta   deux — nord   ville — beta
    ville — nord   trois — est   alpha — c   beta — c   trois — c   and isole alone

The rows of its links table are told in ``test_bridges``.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from types import SimpleNamespace

import networkx as nx
import numpy as np
import pandas as pd
import pytest

import ptce_graph
from ptce_graph.analysis import cuts, routes
from ptce_graph.network.filters import Filters
from ptce_graph.network.network import Network, edges_of
from tests.analysis.test_bridges import cooperation, member, network_of, random_network

CHARTER = "cooperation:charte"
ALPHA, BETA = "reseau-alpha", "reseau-beta"


def tied(graph, networks=3, order=None):
    """A networkx graph as a network without links, the first nodes of which are networks."""
    ids = [f"n{number:03d}" for number in range(len(graph))]
    place = {node: at for at, node in enumerate(graph)}
    ends = np.array([(place[a], place[b]) for a, b in graph.edges], dtype=np.int64).reshape(-1, 2)
    if order is not None:
        ends = ends[np.random.default_rng(order).permutation(len(ends))][:, ::-1]
    nodes = pd.DataFrame({"type": "organisation", "name": ids, "state": ""}, index=ids)
    nodes.iloc[:networks, 0] = "network"
    count = len(ends)
    kind = np.zeros(count, dtype=np.int64)
    edges = edges_of(ends[:, 0], ends[:, 1], kind, np.ones(count), np.arange(count))
    kinds = ["reseau" if at < networks else "" for at in range(len(ids))]
    facts = SimpleNamespace(
        actors=pd.DataFrame({"type": "organisation", "kind": kinds, "name": ids}, index=ids)
    )
    columns = ["kind", "subject", "object", "role", "cooperation", "state", "source"]
    links = pd.DataFrame(columns=columns, dtype=object)
    return Network(facts, links, "all", Filters(), nodes, edges)


GRAPHS = {
    "sparse": nx.gnm_random_graph(24, 26, seed=1),
    "dense": nx.gnp_random_graph(14, 0.4, seed=2),
    "star": nx.star_graph(8),
    "path": nx.path_graph(9),
    "cycle": nx.cycle_graph(7),
    "disconnected": nx.disjoint_union(nx.path_graph(5), nx.cycle_graph(4)),
    "isolates": nx.disjoint_union(nx.empty_graph(2), nx.gnm_random_graph(12, 14, seed=3)),
    "bipartite": nx.bipartite.random_graph(8, 10, 0.2, seed=4),
    "barbell": nx.barbell_graph(4, 3),
    "tree": nx.random_labeled_tree(20, seed=5),
    "complete": nx.complete_graph(5),
}


@pytest.fixture(params=GRAPHS)
def network(request):
    return tied(GRAPHS[request.param], networks=6)


def parted(network, *removed):
    """The networkx graph without some nodes."""
    graph = network.graph.copy()
    graph.remove_nodes_from(removed)
    return graph


def pairs_of(network):
    return list(combinations(network.ids.tolist()[:8], 2))


# Paths


def test_a_shortest_path_in_tiny(tiny):
    # By the charter or by deux: c comes before o.
    assert routes.path(tiny.network(), ALPHA, BETA).values.tolist() == [
        [1, ALPHA, CHARTER, "cooperation", (3,)],
        [2, CHARTER, BETA, "cooperation", (4,)],
    ]
    assert routes.paths_count(tiny.network(), ALPHA, BETA) == (2, 2)


def test_the_first_in_alphabetical_order_among_equals(tiny):
    # From est: trois, c, then alpha or bêta; alpha by deux or un, bêta by deux or the town.
    found = routes.path(tiny.network(), "pole-sud-est", "pole-nord")
    assert found["to"].tolist() == ["org-trois", CHARTER, ALPHA, "org-deux", "pole-nord"]
    assert routes.paths_count(tiny.network(), "pole-sud-est", "pole-nord") == (5, 4)
    # Two documents and two rows say the last step.
    assert found["facts"].iloc[-1] == (6, 7)
    assert list(found.columns) == ["step", "from", "to", "kinds", "facts"]


def test_the_kinds_of_a_step_are_told(tiny):
    assert routes.path(tiny.network(), "org-un", "pole-nord")["kinds"].tolist() == ["carrying"]


def test_paths_beside_networkx(network):
    for start, end in pairs_of(network):
        found = routes.path(network, start, end)
        told = (
            list(nx.all_shortest_paths(network.graph, start, end))
            if nx.has_path(network.graph, start, end)
            else []
        )
        count = (len(told[0]) - 1, len(told)) if told else (-1, 0)
        assert routes.paths_count(network, start, end) == count
        assert [start, *found["to"]] == (min(told) if told else [start])
        assert found["step"].tolist() == list(range(1, len(found) + 1))
        for row in found.to_dict("records"):
            assert network.graph.edges[row["from"], row["to"]]["facts"] == row["facts"]


def test_from_one_to_itself_there_is_no_step(tiny):
    assert routes.path(tiny.network(), ALPHA, ALPHA).empty
    assert routes.paths_count(tiny.network(), ALPHA, ALPHA) == (0, 1)


def test_no_path(tiny):
    found = routes.path(tiny.network(), ALPHA, "pole-isole")
    assert found.empty
    assert list(found.columns) == ["step", "from", "to", "kinds", "facts"]
    assert routes.paths_count(tiny.network(), ALPHA, "pole-isole") == (-1, 0)


def test_more_paths_than_a_machine_word_counts():
    # 70 diamonds in a row: 2 ** 70 shortest paths of 140 ties.
    graph = nx.Graph()
    for at in range(70):
        for side in "ab":
            nx.add_path(graph, [at, f"{at}{side}", at + 1])
    network = tied(graph)
    place = {node: f"n{number:03d}" for number, node in enumerate(graph)}
    assert routes.paths_count(network, place[0], place[70]) == (140, 2**70)


# Cuts


def test_the_smallest_cut_in_tiny_is_the_one_nearest_to_the_start(tiny):
    # Three ways have no node in common: by c, by deux, and by un, nord and the town.
    found, direct = routes.cut(tiny.network(), ALPHA, BETA)
    assert found.values.tolist() == [
        [CHARTER, "cooperation"],
        ["org-deux", "organisation"],
        ["org-un", "organisation"],
    ]
    assert not direct
    found, direct = routes.cut(tiny.network(), BETA, ALPHA)
    assert found["node"].tolist() == [CHARTER, "org-deux", "ville-valdor"]


def test_a_direct_tie_is_set_aside(tiny):
    # Deux and nord are tied; else by alpha and un, or by bêta and the town.
    found, direct = routes.cut(tiny.network(), "org-deux", "pole-nord")
    assert direct
    assert found["node"].tolist() == [ALPHA, BETA]
    # Nothing but their tie connects trois and est.
    found, direct = routes.cut(tiny.network(), "org-trois", "pole-sud-est")
    assert direct
    assert found.empty
    assert list(found.columns) == ["node", "type"]


def test_nothing_to_cut(tiny):
    found, direct = routes.cut(tiny.network(), ALPHA, "pole-isole")
    assert found.empty
    assert not direct


def test_nothing_is_cut_from_itself(tiny):
    with pytest.raises(ptce_graph.CallError, match="two different"):
        routes.cut(tiny.network(), ALPHA, ALPHA)


def test_cuts_beside_networkx(network):
    for start, end in pairs_of(network):
        graph = network.graph.copy()
        tie = graph.has_edge(start, end)
        if tie:
            graph.remove_edge(start, end)
        found, direct = routes.cut(network, start, end)
        assert direct == tie
        assert len(found) == len(nx.minimum_node_cut(graph, start, end))
        assert not {start, end} & set(found["node"])
        graph.remove_nodes_from(found["node"])
        assert not nx.has_path(graph, start, end)


# Losses


def after(network, *removed):
    return routes.removal(network, removed).set_index("item")["after"].to_dict()


def test_removal_of_nothing_changes_nothing(tiny):
    frame = routes.removal(tiny.network(), [])
    assert frame["item"].tolist() == list(routes.REMOVAL_ITEMS)
    # Nine are in one component, isole is alone; alpha and bêta are two ties apart.
    assert frame["before"].tolist() == [10, 11, 1, 9, 1, 1, 1, 2]
    assert frame["after"].tolist() == frame["before"].tolist()


def test_removal_in_tiny(tiny):
    # Without deux pôle Nord still bridges, by un and the town.
    assert list(after(tiny.network(), "org-deux").values()) == [9, 8, 1, 8, 1, 1, 1, 2]
    # Without the charter too: un, nord, the town, alpha, bêta (alpha to bêta in 4); trois and est.
    assert list(after(tiny.network(), "org-deux", CHARTER).values()) == [8, 5, 2, 5, 1, 1, 1, 4]
    # The other way round the distance before is told of the same pairs.
    frame = routes.removal(tiny.network(), ["org-deux", CHARTER])
    assert frame["before"].tolist() == [10, 11, 1, 9, 1, 1, 1, 2]


def test_what_a_removal_separates(tiny):
    removed = ["org-deux", CHARTER, "pole-nord"]
    found = after(tiny.network(), *removed)
    # Un and alpha, the town and bêta, trois and est; isole.
    assert list(found.values())[:7] == [7, 3, 3, 2, 1, 0, 0]
    frame = routes.removal(tiny.network(), removed).set_index("item")
    assert frame.loc["networks_distance", ["before", "after"]].isna().all()
    assert routes.separated(tiny.network(), removed).values.tolist() == [[ALPHA, BETA]]
    assert routes.separated(tiny.network(), removed[:2]).empty


def test_a_removed_network_is_not_separated(tiny):
    found = after(tiny.network(), BETA)
    assert found["networks_connected"] == found["networks_bridged"] == 0
    assert routes.separated(tiny.network(), [BETA]).empty


def test_the_removed_are_not_isolated_but_those_they_leave_are():
    found = after(network_of(member("a", "net-1"), member("b", "net-1")), "net-1")
    assert found["nodes"] == found["isolated"] == 2
    assert found["components"] == 0
    assert found["largest_component"] == 1


def test_a_broad_cooperation_that_loses_a_partner_bridges_nothing():
    told = [member("a", "net-1"), member("a", "pole-p"), member("b", "net-2")]
    network = network_of(*told, cooperation("x", "pole-p", "b", "c"))
    frame = routes.removal(network, ["c"]).set_index("item")
    assert frame.loc["networks_bridged"].tolist() == [0, 0]
    two = network_of(*told, cooperation("x", "pole-p", "b"), more=["c"])
    assert routes.removal(two, ["c"]).set_index("item").loc["networks_bridged"].tolist() == [1, 1]
    assert after(two, "b")["networks_bridged"] == 0


def test_removal_beside_networkx(network):
    removed = network.ids.tolist()[4:7]
    before, left = network.graph, parted(network, *removed)
    frame = routes.removal(network, removed).set_index("item")
    for column, graph in (("before", before), ("after", left)):
        sizes = [len(part) for part in nx.connected_components(graph)]
        nets = [node for node in graph if graph.nodes[node]["type"] == "network"]
        pairs = [pair for pair in combinations(sorted(nets), 2) if nx.has_path(graph, *pair)]
        assert frame[column].tolist()[:6] == [
            len(graph),
            graph.number_of_edges(),
            sum(size > 1 for size in sizes),
            max(sizes, default=0),
            nx.number_of_isolates(graph),
            len(pairs),
        ]
        still = [p for p in pairs if set(p) <= set(left) and nx.has_path(left, *p)]
        far = [nx.shortest_path_length(graph, *pair) for pair in still]
        expected = np.mean(far) if far else np.nan
        assert frame.loc["networks_distance", column] == pytest.approx(expected, nan_ok=True)


def test_cut_points_by_hand():
    # net-1 — a — net-2 — b — net-3, and c beside a.
    told = [member("a", "net-1"), member("a", "net-2"), member("b", "net-2"), member("b", "net-3")]
    network = network_of(*told, more=["net-9"])
    assert cuts.cut_points(network).values.tolist() == [
        ["net-1", "net-2", "a", "organisation"],
        ["net-1", "net-3", "a", "organisation"],
        ["net-1", "net-3", "b", "organisation"],
        ["net-1", "net-3", "net-2", "network"],
        ["net-2", "net-3", "b", "organisation"],
    ]
    beside = network_of(*told, member("c", "net-1"), member("c", "net-2"))
    assert cuts.cut_points(beside)[["network_a", "node"]].values.tolist() == [
        ["net-1", "b"],
        ["net-1", "net-2"],
        ["net-2", "b"],
    ]


def test_cut_points_one_by_one(network):
    nets = routes.networks_of(network)
    expected = [
        [one, other, node, network.nodes.at[node, "type"]]
        for one, other in combinations(nets, 2)
        if nx.has_path(network.graph, one, other)
        for node in network.ids
        if node not in (one, other) and not nx.has_path(parted(network, node), one, other)
    ]
    assert cuts.cut_points(network).values.tolist() == expected


def test_bridge_links_in_tiny(tiny):
    # Trois and est hang on the charter, est on trois.
    assert cuts.bridge_links(tiny.network()).values.tolist() == [
        [CHARTER, "org-trois", "cooperation", 2, (1,)],
        ["org-trois", "pole-sud-est", "membership", 1, (10,)],
    ]


def test_bridge_links_beside_networkx(network):
    found = cuts.bridge_links(network)
    graph = network.graph
    expected = {frozenset(tie) for tie in nx.bridges(graph)}
    assert {frozenset(tie) for tie in found[["from", "to"]].values.tolist()} == expected
    assert len(found) == len(expected)
    for row in found.to_dict("records"):
        less = graph.copy()
        less.remove_edge(row["from"], row["to"])
        here, there = (len(nx.node_connected_component(less, row[end])) for end in ("from", "to"))
        assert (here, there) >= (there, here)
        assert row["smaller_side"] == there
        assert here != there or row["from"] < row["to"]
        assert graph.edges[row["from"], row["to"]]["facts"] == row["facts"]
    order = found[["smaller_side", "from", "to"]].values.tolist()
    assert order == sorted(order, key=lambda row: (-row[0], row[1], row[2]))


# The rest


@pytest.mark.parametrize("count", [0, 1])
def test_nobody_or_somebody_alone(count):
    network = tied(nx.empty_graph(count), networks=count)
    assert cuts.cut_points(network).empty
    assert cuts.bridge_links(network).empty
    assert routes.separated(network, []).empty
    assert routes.removal(network, [])["after"].tolist()[:7] == [count, 0, 0, count, count, 0, 0]


def test_one_network_only_has_no_pair():
    network = network_of(member("a", "net-1"), member("b", "net-1"))
    assert cuts.cut_points(network).empty
    assert after(network, "a")["networks_connected"] == 0


def test_all_can_be_removed(tiny):
    network = tiny.network()
    assert list(after(network, *network.ids).values())[:7] == [0] * 7


@pytest.mark.parametrize(
    "call",
    [
        lambda network: routes.path(network, "org-de", BETA),
        lambda network: routes.paths_count(network, BETA, "org-de"),
        lambda network: routes.cut(network, "org-de", BETA),
        lambda network: routes.removal(network, [BETA, "org-de"]),
        lambda network: routes.separated(network, ["org-de"]),
    ],
)
def test_what_is_no_node_is_told_with_the_nearest(tiny, call):
    with pytest.raises(ptce_graph.CallError, match="org-deux"):
        call(tiny.network())


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_links_makes_no_difference(seed):
    one, other = random_network(seed), random_network(seed, order=seed + 1)
    nets = routes.networks_of(one)
    for analyse in (
        cuts.cut_points,
        cuts.bridge_links,
        lambda network: routes.path(network, nets[0], nets[-1]),
        lambda network: routes.cut(network, nets[0], nets[-1])[0],
        lambda network: routes.removal(network, ["org-00"]),
    ):
        pd.testing.assert_frame_equal(analyse(one), analyse(other))


def test_the_order_of_edges_does_not_choose_the_cut():
    graph = GRAPHS["barbell"]
    cuts = [routes.cut(tied(graph, order=order), "n000", "n010")[0] for order in (None, 1, 2, 3)]
    assert len({tuple(cut["node"]) for cut in cuts}) == 1


def test_the_network_itself_stays_as_it_is(tiny):
    network = tiny.network()
    before = replace(network)
    routes.removal(network, ["org-deux"])
    assert len(network.links) == len(before.links) == 13
    assert len(network.nodes) == 10
