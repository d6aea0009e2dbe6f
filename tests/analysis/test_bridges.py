"""Who ties networks together: the tiny project and small networks, worked out by hand.

Rows of the tiny project's links table, in its order::

    0 un carries nord            1 trois in the charter       2 nord in town and pole
    3 alpha in the charter       4 beta in the charter        5 the town in town and pole
    6, 7 deux in nord (annuaire, livret)     8 deux in alpha  9 deux in beta
    10 trois in est              11 un in alpha               12 the town in beta
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

import ptce_graph
from ptce_graph.analysis.bridges import bridged, bridges, pairs_bridged, told_links
from ptce_graph.network.projections import project

COLUMNS = [
    *("network_a", "network_b", "bridge", "type"),
    *("through_a", "through_b", "sources", "facts"),
]


def member(of, joined, source="doc"):
    return [("membership", of, joined, "", "constate", source)]


def carrier(of, pole, source="doc"):
    return [("carrying", of, pole, "", "constate", source)]


def cooperation(name, *partners, state="constate", source="doc"):
    return [("cooperation", partner, name, name, state, source) for partner in partners]


def network_of(*told, more=(), projection="all", order=None):
    """A network of the links told; ``net-`` and ``pole-`` say what a thing is.

    ``order`` shuffles the rows of the links table, which keep their numbers.
    """
    rows = [row for part in told for row in part]
    columns = ["kind", "subject", "object", "cooperation", "state", "source"]
    links = pd.DataFrame(rows, columns=columns, dtype=object)
    links = links.assign(role="", start="", end="")
    if order is not None:
        links = links.iloc[np.random.default_rng(order).permutation(len(links))]
    names = {row[1] for row in rows} | {row[2] for row in rows if not row[3]} | set(more)
    ids = sorted(names)
    actors = pd.DataFrame(
        {
            "type": ["pole" if name.startswith("pole-") else "organisation" for name in ids],
            "kind": ["reseau" if name.startswith("net-") else "" for name in ids],
            "name": ids,
        },
        index=pd.Index(ids, dtype=object),
    )
    cooperations = sorted({(row[3], row[3], row[4]) for row in rows if row[3]})
    facts = SimpleNamespace(
        actors=actors,
        frames={"cooperations": pd.DataFrame(cooperations, columns=["id", "name", "state"])},
        tables=SimpleNamespace(codes=defaultdict(lambda: {"code": []}), documents={}),
    )
    return project(facts, links, projection)


def random_network(seed, links=40, order=None):
    """Networks, poles and organisations tied at random by every kind of link."""
    draw = np.random.default_rng(seed)
    nets, poles = [f"net-{n}" for n in range(4)], [f"pole-{n}" for n in range(3)]
    people = [f"org-{n:02d}" for n in range(10)]
    told = []
    for number in range(links):
        source = f"doc-{draw.integers(4)}"
        kind = draw.integers(4)
        if kind == 0:
            told.append(member(draw.choice(people + poles + nets[:1]), draw.choice(nets), source))
        elif kind == 1:
            told.append(member(draw.choice(people + nets), draw.choice(poles), source))
        elif kind == 2:
            told.append(carrier(draw.choice(people), draw.choice(poles), source))
        else:
            partners = draw.choice(people + poles + nets, draw.integers(2, 4), replace=False)
            state = draw.choice(["constate", "constate", "prevu"])
            told.append(cooperation(f"c-{number}", *partners, state=state, source=source))
    return network_of(*told, order=order)


def triples(frame):
    return frame[["network_a", "network_b", "bridge"]].values.tolist()


def slowly(network):
    """The definition, read word by word: pairs of networks and bridges."""
    actors, links = network.facts.actors, network.links
    nets = [str(n) for n in actors.index[actors["kind"] == "reseau"]]
    poles = [str(p) for p in actors.index[actors["type"] == "pole"]]
    belongs = {(r.subject, r.object) for r in links.itertuples() if r.kind == "membership"}
    near = {(r.subject, r.object) for r in links.itertuples() if r.kind != "cooperation"}
    observed = links[(links["kind"] == "cooperation") & (links["state"] == "constate")]
    for _name, part in observed.groupby("cooperation"):
        partners = set(part["subject"])
        if len(partners) == 2:
            one, other = partners
            near |= {(one, other), (other, one)}
    found = []
    for i, one in enumerate(nets):
        for other in nets[i + 1 :]:
            if (one, other) in belongs or (other, one) in belongs:
                continue
            for thing in actors.index:
                if thing in poles:
                    reach = [
                        {
                            o
                            for o in actors.index
                            if (o, thing) in near and (o == n or (o, n) in belongs)
                        }
                        for n in (one, other)
                    ]
                    ties = all(reach) and len(reach[0] | reach[1]) > 1
                else:
                    ties = thing not in nets and {(thing, one), (thing, other)} <= belongs
                if ties:
                    found.append([one, other, str(thing)])
    return found


def test_tiny(tiny):
    frame = bridges(tiny.network())
    assert list(frame.columns) == COLUMNS
    # Deux belongs to both. Pôle Nord: un (carrier) and deux (member) belong to alpha,
    # deux and the town (partner in a cooperation of two) to bêta.
    pair = ["reseau-alpha", "reseau-beta"]
    assert frame.values.tolist() == [
        [*pair, "org-deux", "organisation", "org-deux", "org-deux", "livret", (8, 9)],
        [
            *(*pair, "pole-nord", "pole", "org-deux|org-un", "org-deux|ville-valdor"),
            *("annuaire|livret", (0, 2, 5, 6, 7, 8, 9, 11, 12)),
        ],
    ]
    assert pairs_bridged(tiny.network()) == {"org-deux": 1, "pole-nord": 1}


def test_a_pair_is_named_in_any_order(bundled):
    network = bundled.network()
    whole = bridges(network)
    assert len(set(whole["network_a"] + whole["network_b"])) > 3
    for one, other in whole[["network_a", "network_b"]].drop_duplicates().values.tolist():
        here = (whole["network_a"] == one) & (whole["network_b"] == other)
        expected = whole[here].values.tolist()
        assert bridges(network, (one, other)).values.tolist() == expected
        assert bridges(network, (other, one)).values.tolist() == expected


def test_facts_and_sources_are_those_of_the_links_table(bundled):
    network = bundled.network()
    frame = bridges(network)
    assert len(frame) > 5
    for row in frame.itertuples():
        links = network.links.loc[list(row.facts)]
        assert list(row.facts) == sorted(set(row.facts))
        assert row.sources == "|".join(sorted(set(links["source"])))
        named = {*row.through_a.split("|"), *row.through_b.split("|"), row.bridge}
        assert set(links["subject"]) <= named


def test_one_organisation_does_not_make_a_pole_a_bridge():
    both = [member("a", "net-1"), member("a", "net-2"), member("a", "pole-p")]
    assert triples(bridges(network_of(*both))) == [["net-1", "net-2", "a"]]
    # With another one on either side it does.
    more = [*both, member("b", "net-2"), carrier("b", "pole-p")]
    assert triples(bridges(network_of(*more))) == [
        ["net-1", "net-2", "a"],
        ["net-1", "net-2", "pole-p"],
    ]


def test_networks_attached_to_a_pole_reach_themselves():
    frame = bridges(network_of(member("net-1", "pole-p"), cooperation("c", "pole-p", "net-2")))
    assert frame.values.tolist() == [
        ["net-1", "net-2", "pole-p", "pole", "net-1", "net-2", "doc", (0, 1, 2)]
    ]


def test_a_network_within_the_other_needs_no_bridge():
    told = [member("a", "net-1"), member("a", "net-2")]
    assert len(bridges(network_of(*told))) == 1
    assert len(bridges(network_of(*told, member("net-2", "net-1")))) == 0


def test_networks_are_no_bridges():
    assert len(bridges(network_of(member("net-0", "net-1"), member("net-0", "net-2")))) == 0


@pytest.mark.parametrize(
    ("partners", "state", "count"),
    [
        (("pole-p", "b"), "constate", 1),
        (("pole-p", "b"), "prevu", 0),
        (("pole-p", "b", "c"), "constate", 0),
    ],
)
def test_only_an_observed_cooperation_of_two_attaches(partners, state, count):
    told = [member("a", "net-1"), member("a", "pole-p"), member("b", "net-2")]
    network = network_of(*told, cooperation("x", *partners, state=state))
    assert len(bridges(network)) == count


def test_what_is_only_planned_bridges_nothing(tiny_copy):
    table = tiny_copy / "sources/livret/cooperations.csv"
    table.write_text(
        table.read_text("utf-8").replace("collectivite,constate", "collectivite,prevu"), "utf-8"
    )
    told = bridges(ptce_graph.load(tiny_copy).network())[["bridge", "through_b"]].values.tolist()
    # Without the town, Pôle Nord reaches bêta through deux alone (and alpha through un too).
    assert told == [["org-deux", "org-deux"], ["pole-nord", "org-deux"]]


@pytest.mark.parametrize("seed", range(12))
def test_the_definition_word_by_word(seed):
    network = random_network(seed, links=25 + 5 * (seed % 4))
    expected = slowly(network)
    assert triples(bridges(network)) == expected
    for pair in (("net-0", "net-1"), ("net-3", "net-2")):
        if set(pair) <= set(network.ids):
            assert triples(bridges(network, pair)) == [
                row for row in expected if row[:2] == sorted(pair)
            ]


def test_the_random_networks_hold_bridges_of_both_types():
    types = [set(bridges(random_network(seed))["type"]) for seed in range(12)]
    assert {"organisation", "pole"} in types


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_links_makes_no_difference(seed):
    told, again = bridges(random_network(seed)), bridges(random_network(seed, order=seed + 1))
    assert told.values.tolist() == again.values.tolist()


@pytest.mark.parametrize("seed", range(6))
def test_a_bridge_without_some_rows_is_that_of_the_links_without_them(seed):
    network, draw = random_network(seed), np.random.default_rng(seed)
    for _turn in range(5):
        lost = np.sort(draw.choice(len(network.links), 8, replace=False))
        less = replace(network, links=network.links.drop(index=lost))
        for pair in (None, ("net-0", "net-1"), ("net-2", "net-3")):
            told = told_links(network, pair)
            things = told.ids[bridged(told.without(lost)).thing].tolist()
            assert things == bridges(less, pair)["bridge"].tolist()


def test_more_documents_than_a_byte_has_bits():
    told = [member(f"o{n:02d}", "net-1", f"doc-{n:02d}") for n in range(20)]
    told += [member(f"o{n:02d}", "pole-p", f"doc-{n:02d}") for n in range(20)]
    network = network_of(*told, member("net-2", "pole-p", "last"))
    assert bridges(network)["sources"].tolist() == [
        "|".join([*(f"doc-{n:02d}" for n in range(20)), "last"])
    ]


@pytest.mark.parametrize(
    "told", [[], [member("a", "net-1")], [member("a", "net-1"), member("b", "net-2")]]
)
def test_nothing_to_bridge(told):
    network = network_of(*told, more=["net-9"])
    assert bridges(network).empty
    assert list(bridges(network).columns) == COLUMNS
    assert bridges(network, ("net-9", "net-9")).empty
    assert pairs_bridged(network) == {}


def test_nobody_at_all():
    assert bridges(network_of()).empty


def test_what_is_no_network_is_told_with_the_nearest(tiny):
    with pytest.raises(ptce_graph.CallError, match="reseau-alpha"):
        bridges(tiny.network(), ("reseau-alfa", "reseau-beta"))
    with pytest.raises(ptce_graph.CallError, match="org-deux"):
        bridges(tiny.network(), ("reseau-alpha", "org-deux"))
