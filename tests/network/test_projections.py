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
    graph = tiny.network("affiliation")
    assert _edges(graph) == _pairs(*AFFILIATION)
    assert len(graph) == 9
    assert len(graph.edges["org-deux", "pole-nord"]["facts"]) == 2


def test_cooperation_weighs_by_newman(tiny):
    graph = tiny.network("cooperation")
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
    graph = tiny.network("all")
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
    graph = bundled.network(projection)
    for one, other, data in graph.edges(data=True):
        assert data["facts"]
        for at in data["facts"]:
            link = bundled.links.loc[at]
            ends = {one, other} | {end.removeprefix("cooperation:") for end in (one, other)}
            assert link["subject"] in ends
            assert link["kind"] in data["kinds"]


def test_every_link_of_the_bundled_data_is_an_edge(bundled):
    told = {at for *_ends, data in bundled.network("all").edges(data=True) for at in data["facts"]}
    assert told == set(bundled.links.index)


def test_an_unknown_projection_is_told_with_the_nearest(tiny):
    with pytest.raises(ptce_graph.CallError, match="affiliation"):
        tiny.network("afiliation")
