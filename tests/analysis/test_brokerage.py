"""Brokerage roles against a list of all two-paths, and published counts."""

from __future__ import annotations

import warnings
from fractions import Fraction
from itertools import permutations, product

import networkx as nx
import numpy as np
import pytest

from ptce_graph.analysis import brokerage as module
from ptce_graph.analysis.brokerage import brokerage, undirected
from ptce_graph.analysis.groups import groups

ROLES = ("coordinator", "gatekeeper", "representative", "itinerant", "liaison")


def _role(a, b, c):
    """The role of b for three groups drawn, in the words of Gould and Fernandez."""
    if a == b == c:
        return "coordinator"
    if a == c:
        return "itinerant"
    if b == c:
        return "gatekeeper"
    if a == b:
        return "representative"
    return "liaison"


def _by_hand(n, arcs, members):
    """Every triple, every draw of a group for each of the three, in exact fractions."""
    present = {(int(a), int(b)) for a, b in arcs}
    spoken = [sorted({group for node, group in members if node == at}) for at in range(n)]
    counts = {role: [Fraction(0)] * n for role in ROLES}
    for a, b, c in permutations(range(n), 3):
        if (a, b) in present and (b, c) in present and (a, c) not in present:
            own = spoken[b] or ["a group of its own"]
            draws = list(product(spoken[a], own, spoken[c]))
            for draw in draws:
                counts[_role(*draw)][b] += Fraction(1, len(draws))
    return counts


def _check(n, arcs, members):
    found = brokerage(n, np.asarray(arcs), groups(n, members))
    expected = _by_hand(n, arcs, members)
    for role in ROLES:
        wanted = [float(value) for value in expected[role]]
        assert getattr(found, role).tolist() == pytest.approx(wanted, rel=1e-12, abs=0), role
    total = [float(sum(expected[role][at] for role in ROLES)) for at in range(n)]
    assert found.total.tolist() == pytest.approx(total, rel=1e-12, abs=0)
    between = ("gatekeeper", "representative", "liaison")
    wanted = [float(sum(expected[role][at] for role in between)) for at in range(n)]
    assert found.between.tolist() == pytest.approx(wanted, rel=1e-12, abs=0)


def _members(n, seed, most):
    """Groups of random nodes: up to ``most`` of five each, some without."""
    random = np.random.default_rng(seed)
    return [
        (node, "vwxyz"[group])
        for node in range(n)
        for group in random.choice(5, size=random.integers(0, most + 1), replace=False)
    ]


DIRECTED = {
    "sparse": nx.gnp_random_graph(14, 0.12, seed=1, directed=True),
    "middling": nx.gnp_random_graph(12, 0.3, seed=2, directed=True),
    "dense": nx.gnp_random_graph(10, 0.7, seed=3, directed=True),
    "tournament": nx.tournament.random_tournament(10, seed=4),
    "complete": nx.complete_graph(6, create_using=nx.DiGraph),
    "out-star": nx.DiGraph([(0, leaf) for leaf in range(1, 8)]),
    "in and out of a hub": nx.DiGraph(
        [(leaf, 0) for leaf in range(1, 5)] + [(0, leaf) for leaf in range(4, 9)]
    ),
    "scale-free": nx.DiGraph(nx.scale_free_graph(16, seed=5)),
}

UNDIRECTED = {
    "sparse": nx.gnp_random_graph(14, 0.15, seed=6),
    "dense": nx.gnp_random_graph(10, 0.6, seed=7),
    "star": nx.star_graph(8),
    "path": nx.path_graph(7),
    "cycle": nx.cycle_graph(6),
    "complete": nx.complete_graph(7),
    "disconnected, isolates": nx.disjoint_union(
        nx.empty_graph(3), nx.disjoint_union(nx.cycle_graph(4), nx.lollipop_graph(4, 3))
    ),
    "bipartite": nx.bipartite.random_graph(5, 7, 0.4, seed=8),
    "hub in a clustered graph": nx.powerlaw_cluster_graph(16, 3, 0.7, seed=9),
}


@pytest.mark.parametrize("most", [1, 3, 5])
@pytest.mark.parametrize("name", DIRECTED)
def test_a_directed_network_counts_every_open_two_path(name, most):
    graph = DIRECTED[name]
    for seed in range(3):
        _check(len(graph), list(graph.edges), _members(len(graph), seed, most))


@pytest.mark.parametrize("most", [1, 3])
@pytest.mark.parametrize("name", UNDIRECTED)
def test_an_undirected_network_counts_both_directions(name, most):
    graph = UNDIRECTED[name]
    n, arcs = len(graph), undirected(np.array(graph.edges))
    for seed in range(3):
        members = _members(n, seed, most)
        _check(n, arcs, members)
        found = brokerage(n, arcs, groups(n, members))
        assert found.gatekeeper.tolist() == found.representative.tolist()


def test_triangles_listed_in_small_parts_are_all_taken_away(monkeypatch):
    monkeypatch.setattr(module, "WEDGES_AT_ONCE", 3)
    for graph in (DIRECTED["dense"], DIRECTED["complete"], DIRECTED["scale-free"]):
        _check(len(graph), list(graph.edges), _members(len(graph), 1, 3))


def test_each_role_once():
    # Five brokers, 1 4 7 10 13, each between the two nodes next to it.
    told = "XXX XYY XXY XYX XYZ"
    members = list(enumerate(told.replace(" ", "")))
    arcs = [(at, at + 1) for at in range(14) if at % 3 != 2]
    # Around 16 there is a direct tie, and 18 only leads back to 19: neither mediates.
    arcs += [(15, 16), (16, 17), (15, 17), (18, 19), (19, 18)]
    members += [(15, "X"), (16, "Y"), (17, "Z"), (18, "Y"), (19, "X")]
    found = brokerage(20, np.array(arcs), groups(20, members))
    brokers = {role: np.flatnonzero(getattr(found, role)).tolist() for role in ROLES}
    assert brokers == {
        "coordinator": [1],
        "gatekeeper": [4],
        "representative": [7],
        "itinerant": [10],
        "liaison": [13],
    }
    assert found.total[[1, 4, 7, 10, 13]].tolist() == [1, 1, 1, 1, 1]
    assert np.flatnonzero(found.between).tolist() == [4, 7, 13]


# A network with the output of R's sna::brokerage (raw.nli): Stack Overflow, question 77039288,
# "Find individual brokerage triads from brokerage role analysis in R". Columns: w_I w_O b_IO
# b_OI b_O t. Manuals of sna have named b_IO and b_OI both ways; the two open two-paths of A,
# F -> A -> B and F -> A -> D (one one two, one one three), tell that b_IO is representative.
SNA_ARCS = "AB AD BD BF CB DA DB DF DE ED FA FE FG GF"
SNA_TYPES = {"A": "one", "B": "two", "D": "three", "F": "one", "C": "two", "E": "three", "G": "one"}
SNA_OUTPUT = {
    "A": (0, 0, 2, 0, 0, 2),
    "B": (0, 1, 2, 0, 0, 3),
    "D": (0, 1, 3, 2, 1, 7),
    "F": (1, 0, 1, 3, 1, 6),
    "C": (0, 0, 0, 0, 0, 0),
    "E": (0, 0, 0, 1, 0, 1),
    "G": (0, 0, 0, 0, 0, 0),
}


def test_as_the_package_sna_of_r():
    at = {name: place for place, name in enumerate(SNA_TYPES)}
    arcs = np.array([(at[arc[0]], at[arc[1]]) for arc in SNA_ARCS.split()])
    found = brokerage(7, arcs, groups(7, [(at[name], told) for name, told in SNA_TYPES.items()]))
    columns = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison", "total")
    rows = {name: tuple(getattr(found, role)[at[name]] for role in columns) for name in at}
    assert rows == SNA_OUTPUT


def test_shares_without_a_handy_denominator_are_counted_too(monkeypatch):
    monkeypatch.setattr(module, "LARGEST_DENOMINATOR", 1)
    n, arcs = 16, undirected(np.array(UNDIRECTED["hub in a clustered graph"].edges))
    members = _members(n, 2, 5)
    found, expected = brokerage(n, arcs, groups(n, members)), _by_hand(n, arcs, members)
    for role in ROLES:
        wanted = [float(value) for value in expected[role]]
        assert getattr(found, role).tolist() == pytest.approx(wanted, abs=1e-12)
        assert (getattr(found, role) >= 0).all()


def test_loops_and_repeated_arcs_change_nothing():
    graph, members = DIRECTED["middling"], _members(12, 5, 2)
    once = np.array(graph.edges)
    told = np.concatenate([once[::-1], once[:9], [[3, 3], [0, 0]]])
    one, other = (brokerage(12, arcs, groups(12, members)) for arcs in (once, told))
    for role in (*ROLES, "total", "between"):
        assert getattr(one, role).tolist() == getattr(other, role).tolist()


def test_two_groups_are_drawn_with_equal_chances():
    # 0 (X or Y) -> 1 (Y) -> 2 (Y or Z), four draws: X Y Y gatekeeper, X Y Z liaison,
    # Y Y Y coordinator, Y Y Z representative.
    told = groups(3, [(0, "X"), (0, "Y"), (1, "Y"), (2, "Y"), (2, "Z")])
    found = brokerage(3, np.array([(0, 1), (1, 2)]), told)
    assert [getattr(found, role)[1] for role in ROLES] == [0.25, 0.25, 0.25, 0, 0.25]
    assert (found.total[1], found.between[1]) == (1, 0.75)


def test_a_broker_without_a_group_is_one_of_its_own_and_ends_need_one():
    # 0 (X) -> 2 -> 3 (X), 1 (Y) -> 2 -> 3 (X); 4 has no group, so 2 -> 4 counts nothing.
    told = groups(5, [(0, "X"), (1, "Y"), (3, "X")])
    found = brokerage(5, np.array([(0, 2), (1, 2), (2, 3), (2, 4)]), told)
    assert [getattr(found, role)[2] for role in ROLES] == [0, 0, 0, 1, 1]
    assert found.total.tolist() == [0, 0, 2, 0, 0]


@pytest.mark.parametrize("most", [3, 5])
def test_a_node_that_brokers_nothing_has_exactly_nothing(most):
    # All two-paths of a complete network are closed, whatever the shares: no rounding left.
    for seed in range(5):
        n = 40
        arcs = undirected(np.array(nx.complete_graph(n).edges))
        found = brokerage(n, arcs, groups(n, _members(n, seed, most)))
        for role in (*ROLES, "total", "between"):
            assert not getattr(found, role).any()


@pytest.mark.parametrize("n", [0, 1, 4])
def test_without_arcs_or_groups_nobody_brokers(n):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        nothing = brokerage(n, np.empty((0, 2), dtype=np.int64), groups(n, []))
        arcs = undirected([(at, at + 1) for at in range(n - 1)])
        ungrouped = brokerage(n, arcs, groups(n, []))
        tied = brokerage(n, np.empty((0, 2)), groups(n, [(at, "a") for at in range(n)]))
    for role in (*ROLES, "total", "between"):
        for found in (nothing, ungrouped, tied):
            assert getattr(found, role).tolist() == [0] * n


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="between 0 and 2"):
        brokerage(3, np.array([(0, 3)]), groups(3, []))
    with pytest.raises(ValueError, match="groups of 2 nodes"):
        brokerage(3, np.array([(0, 1)]), groups(2, []))
