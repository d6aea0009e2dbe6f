"""Links and projections of the tiny project, drawn by hand."""

from __future__ import annotations

import pytest

import ptce_graph


def _edges(graph):
    return {frozenset(edge) for edge in graph.edges}


def _pairs(*pairs):
    return {frozenset(pair.split(" — ")) for pair in pairs}


AFFILIATION = (
    "org-un — reseau-alpha",
    "org-un — pole-nord",
    "org-deux — reseau-alpha",
    "org-deux — reseau-beta",
    "org-deux — pole-nord",
    "ville-valdor — reseau-beta",
    "org-trois — pole-sud-est",
)


def test_links_are_the_facts_one_row_each(tiny):
    counts = tiny.links["kind"].value_counts().to_dict()
    # Seven memberships (one told by two documents), one carrier, five partners.
    assert counts == {"membership": 7, "carrying": 1, "cooperation": 5}
    told = tiny.links[(tiny.links["subject"] == "org-deux") & (tiny.links["object"] == "pole-nord")]
    assert set(told["source"]) == {"livret", "annuaire"}


def test_affiliation(tiny):
    graph = tiny.network("affiliation").graph
    assert _edges(graph) == _pairs(*AFFILIATION)
    assert len(graph) == 9
    assert len(graph.edges["org-deux", "pole-nord"]["facts"]) == 2


def test_cooperation_weighs_by_newman(tiny):
    graph = tiny.network("cooperation").graph
    assert _edges(graph) == _pairs(
        "ville-valdor — pole-nord",
        "reseau-alpha — reseau-beta",
        "reseau-alpha — org-trois",
        "reseau-beta — org-trois",
    )
    # 1/(k - 1): the cooperation of two weighs 1, that of three 1/2 per pair.
    assert graph.edges["ville-valdor", "pole-nord"]["weight"] == 1
    assert graph.edges["reseau-alpha", "org-trois"]["weight"] == 0.5


def test_everything_gives_a_node_to_a_cooperation_of_three(tiny):
    graph = tiny.network("all").graph
    assert _edges(graph) == _pairs(
        *AFFILIATION,
        "ville-valdor — pole-nord",
        "reseau-alpha — cooperation:charte",
        "reseau-beta — cooperation:charte",
        "org-trois — cooperation:charte",
    )
    assert graph.nodes["cooperation:charte"]["type"] == "cooperation"
    assert graph.nodes["pole-isole"]["type"] == "pole"


@pytest.mark.parametrize("projection", ["all", "affiliation", "cooperation"])
def test_every_edge_names_facts_of_the_links_table(bundled, projection):
    graph = bundled.network(projection).graph
    for one, other, data in graph.edges(data=True):
        assert data["facts"]
        for at in data["facts"]:
            link = bundled.links.loc[at]
            ends = {one, other} | {end.removeprefix("cooperation:") for end in (one, other)}
            assert link["subject"] in ends
            assert link["kind"] in data["kinds"]


def test_every_link_of_the_bundled_data_is_an_edge(bundled):
    told = {
        at for *_ends, data in bundled.network("all").graph.edges(data=True) for at in data["facts"]
    }
    assert told == set(bundled.links.index)


def test_an_unknown_projection_is_told_with_the_nearest(tiny):
    with pytest.raises(ptce_graph.CallError, match="affiliation"):
        tiny.network("afiliation")


def test_comembership_weighs_by_newman_and_keeps_both_memberships(tiny):
    network = tiny.network("comembership")
    # Alpha: un, deux. Bêta: deux, ville. Nord: un (carrier), deux. All groups of two: 1 each.
    assert _edges(network.graph) == _pairs("org-un — org-deux", "org-deux — ville-valdor")
    edge = network.graph.edges["org-un", "org-deux"]
    assert edge["weight"] == 2
    assert edge["kinds"] == ("carrying", "membership")
    told = network.links.loc[list(edge["facts"])]
    assert sorted(zip(told["subject"], told["object"], told["source"], strict=True)) == [
        ("org-deux", "pole-nord", "annuaire"),
        ("org-deux", "pole-nord", "livret"),
        ("org-deux", "reseau-alpha", "livret"),
        ("org-un", "pole-nord", "livret"),
        ("org-un", "reseau-alpha", "livret"),
    ]


def test_a_group_too_large_to_pair_is_left_out_and_said(tiny, monkeypatch):
    monkeypatch.setattr("ptce_graph.network.projections.MOST_PAIRED", 1)
    network = tiny.network("comembership")
    assert len(network.edges) == 0
    (told,) = [n.told(str) for n in network.left_out]
    assert "Pôle Nord, Réseau Alpha, Réseau Bêta (6 members" in told


def test_overlap_counts_common_members(tiny):
    graph = tiny.network("overlap").graph
    weights = {tuple(sorted(ends)): graph.edges[ends]["weight"] for ends in graph.edges}
    # Deux is in alpha, bêta and nord; un in alpha and nord.
    assert weights == {
        ("reseau-alpha", "reseau-beta"): 1,
        ("pole-nord", "reseau-alpha"): 2,
        ("pole-nord", "reseau-beta"): 1,
    }
    assert set(graph) == {"reseau-alpha", "reseau-beta", "pole-nord", "pole-sud-est", "pole-isole"}


def test_one_partner_with_two_roles_is_tied_once(tiny_copy):
    table = tiny_copy / "sources/livret/participations.csv"
    with table.open("a", encoding="utf-8") as stream:
        stream.write("charte,org-trois,soutien,Chapitre 5,37,\n")
    edge = ptce_graph.load(tiny_copy).network().graph.edges["org-trois", "cooperation:charte"]
    assert (edge["weight"], len(edge["facts"])) == (1, 2)


def test_newman_weights_add_up_to_the_partners(bundled):
    # Each cooperation of k > 1 partners gives every partner 1: weights sum to half of all parts.
    network = bundled.network("cooperation")
    parts = bundled.links[bundled.links["kind"] == "cooperation"]
    sizes = parts.groupby("cooperation")["subject"].nunique()
    assert network.edges.weight.sum() == pytest.approx(sizes[sizes > 1].sum() / 2)


def test_a_network_without_some_nodes(tiny):
    network = tiny.network("all").without_nodes(["org-deux", "pole-isole"])
    graph = tiny.network("all").graph.copy()
    graph.remove_nodes_from(["org-deux", "pole-isole"])
    assert list(network.graph) == list(graph)
    assert dict(network.graph.nodes(data=True)) == dict(graph.nodes(data=True))
    assert {frozenset(e): network.graph.edges[e] for e in network.graph.edges} == {
        frozenset(e): graph.edges[e] for e in graph.edges
    }


def test_rows_in_another_order_give_the_same_network(tiny):
    from ptce_graph.network.projections import PROJECTIONS, project

    shuffled = tiny.links.sample(frac=1, random_state=3)
    for name in PROJECTIONS:
        one, other = project(tiny.facts, tiny.links, name), project(tiny.facts, shuffled, name)
        assert one.nodes.equals(other.nodes)
        for part in ("ends", "weight", "kinds", "starts", "facts"):
            assert (getattr(one.edges, part) == getattr(other.edges, part)).all(), (name, part)


def test_members_of_what_is_called_no_network_do_not_overlap(tiny_copy):
    table = tiny_copy / "sources/livret/memberships.csv"
    with table.open("a", encoding="utf-8") as stream:
        stream.write("org-deux,org-trois,membre,,,Chapitre 4,33,\n")
    graph = ptce_graph.load(tiny_copy).network("overlap").graph
    assert "org-trois" not in graph
    assert graph.number_of_edges() == 3
