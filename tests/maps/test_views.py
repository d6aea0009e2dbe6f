"""The views of a map: what each shows, counted by hand on the tiny project."""

from __future__ import annotations

from typing import Any

import pytest

import ptce_graph
from ptce_graph.maps.views import MapView, view_network
from ptce_graph.network.filters import Filters


def ids(model: Any) -> set[str]:
    return {node.id for node in model.nodes}


def edges(model: Any) -> set[str]:
    return {edge.id for edge in model.edges}


def test_around_one_organisation(tiny: Any) -> None:
    model = tiny.map_model(around="Organisation Trois", lang="en")
    # Trois belongs to Pôle Sud-Est; Alpha and Bêta wrote the charter with it: one step, not two.
    assert ids(model) == {
        "org-trois",
        "pole-sud-est",
        "reseau-alpha",
        "reseau-beta",
        "cooperation:charte",
    }
    assert "around Organisation Trois" in model.title
    assert "One step away" in model.subtitle
    # Four links: the membership and three parts of the charter.
    assert "Drawn: 4 of the 13 links" in model.subtitle


def test_no_step_is_the_thing_itself_and_many_steps_all_it_reaches(tiny: Any) -> None:
    assert ids(tiny.map_model(around=["org-trois"], steps=0)) == {"org-trois"}
    everything = ids(tiny.map_model()) - {"pole-isole"}
    assert ids(tiny.map_model(around=["org-trois"], steps=10**9)) == everything


def test_bridges_are_what_ties_two_networks(tiny: Any) -> None:
    model = tiny.map_model(bridges=True, lang="en")
    # Deux belongs to both networks; Pôle Nord has Un (Alpha), Deux and Valdor (Bêta).
    found = set(tiny.bridges()["bridge"])
    assert found == {"org-deux", "pole-nord"}
    assert found < ids(model)
    assert "membership:org-trois:pole-sud-est" not in edges(model)
    assert ids(tiny.map_model(between=("Réseau Alpha", "RESEAU BETA"))) == ids(model)


def test_a_network_comes_with_whole_cooperations(bundled: Any) -> None:
    whole = bundled.map_model()
    part = bundled.map_model(networks=["rtes"])
    assert ids(part) < ids(whole)
    actions = {i for i in ids(part) if i.startswith("cooperation:")}
    tied = {i: {e.source for e in whole.edges if e.target == i} for i in actions}
    for action in actions:
        assert {e.source for e in part.edges if e.target == action} == tied[action]


def test_a_region_holds_what_documents_place_there(bundled: Any) -> None:
    model = bundled.map_model(regions=["Bretagne"], lang="en")
    assert model.title.endswith(": Bretagne")
    assert {"fontaine-o-livres", "les-articulteurs"} <= ids(model)
    assert "artis-grenoble" not in ids(model)
    assert "Links that touch an organisation or pole in: Bretagne." in model.subtitle


def test_a_date_leaves_out_what_began_later(tiny: Any) -> None:
    # Deux was in Alpha from 2009 to 2012.
    assert "membership:org-deux:reseau-alpha" in edges(tiny.map_model(as_of="2009"))
    assert "membership:org-deux:reseau-alpha" not in edges(tiny.map_model(as_of="2013"))


def test_two_dates_side_by_side(tiny: Any) -> None:
    model = tiny.map_model(compare=("2009", "2013"), lang="en")
    sides = {edge.id: edge.category for edge in model.edges}
    assert sides["membership:org-deux:reseau-alpha"] == "first"
    # The charter is of 2010; a membership without a date stands on both sides.
    assert sides["cooperation:org-trois:cooperation:charte"] == "second"
    assert sides["membership:org-un:reseau-alpha"] == "both"
    labels = {category.id: category.label for category in model.edge_categories}
    assert labels == {"first": "2009 only", "both": "2009 and 2013", "second": "2013 only"}


def test_two_networks_side_by_side(tiny: Any) -> None:
    model = tiny.map_model(compare=("reseau-alpha", "reseau-beta"))
    sides = {edge.id: edge.category for edge in model.edges}
    assert sides["membership:org-un:reseau-alpha"] == "first"
    assert sides["membership:ville-valdor:reseau-beta"] == "second"
    # Deux is in both, so its links touch a member of both.
    assert sides["membership:org-deux:pole-nord"] == "both"


def test_the_candidates_of_a_call(tiny: Any) -> None:
    model = tiny.map_model(call="Premier appel", lang="en")
    assert ids(model) == {"org-un", "org-deux", "pole-nord", "candidacy:c-2"}
    assert {(e.source, e.target) for e in model.edges} == {
        ("org-un", "pole-nord"),
        ("org-deux", "pole-nord"),
    }
    assert all(e.label == "winner" or e.facts[0].text for e in model.edges)
    (lone,) = [node for node in model.nodes if node.id == "candidacy:c-2"]
    assert lone.label == "Projet sans porteur"
    assert lone.facts[0].passages[0].lines == "40"
    assert model.subtitle == "2 candidacies, 2 organisations and 1 pole, by one document"


def test_planned_links_are_drawn_unless_left_out(bundled: Any) -> None:
    assert "planned" in {edge.category for edge in bundled.map_model().edges}
    observed = bundled.map_model(states=["constate"], lang="en")
    assert "planned" not in {edge.category for edge in observed.edges}
    assert "Left out: 93 links that a document only plans." in observed.subtitle


def test_overview_of_networks_counts_members(tiny: Any) -> None:
    model = tiny.map_model(overview="networks", lang="en")
    assert {node.id: dict(node.values)["members"] for node in model.nodes} == {
        "reseau-alpha": 2,
        "reseau-beta": 2,
    }
    (tie,) = model.edges
    assert tie.label == "1 in common"
    assert [fact.text for fact in tie.facts] == ["Organisation Deux"]


def test_too_much_for_one_map_becomes_an_overview(bundled: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("ptce_graph.maps.make.MOST_NODES", 50)
    model = bundled.map_model(lang="en")
    assert {node.category for node in model.nodes} == {"network"}
    assert "overview of the networks" in model.title
    assert any("--network NAME" in note for note in model.notes)


def test_the_projections_of_what_is_shared(tiny: Any) -> None:
    overlap = tiny.map_model("overlap", lang="en")
    assert {(e.source, e.target): len(e.facts) for e in overlap.edges} == {
        ("pole-nord", "reseau-alpha"): 2,
        ("pole-nord", "reseau-beta"): 1,
        ("reseau-alpha", "reseau-beta"): 1,
    }
    together = tiny.map_model("comembership", lang="en")
    # Un and Deux share Alpha and Pôle Nord; Deux and Valdor share Bêta.
    assert {(e.source, e.target): len(e.facts) for e in together.edges} == {
        ("org-deux", "org-un"): 2,
        ("org-deux", "ville-valdor"): 1,
    }


@pytest.mark.parametrize(
    ("view", "told"),
    [
        ({"around": "Organisation Deus"}, "Organisation Deux"),
        ({"call": "appel-2011"}, "appel-2010"),
        ({"compare": ("2009", "2009")}, "two different"),
        ({"between": ("reseau-alpha", "Réseau Gamma")}, "Réseau Alpha"),
        ({"around": "org-un", "bridges": True}, "--around, --bridges"),
        ({"color_by": "degre"}, "degree"),
        ({"layout": "geo"}, "network"),
        ({"overview": "regions"}, "region"),
        ({"roles": ["membre"], "kinds": ["carrying"]}, "nothing to draw"),
    ],
)
def test_a_wrong_view_is_told_in_words(tiny: Any, view: dict[str, Any], told: str) -> None:
    with pytest.raises(ptce_graph.CallError, match=told):
        tiny.map_model(**view)


def test_an_unknown_keyword_is_a_fault_of_the_caller(tiny: Any) -> None:
    with pytest.raises(TypeError, match="colour_by"):
        tiny.map_model(colour_by="degree")


def test_view_network_is_the_network_drawn(tiny: Any) -> None:
    view = MapView(filters=Filters(networks=("reseau-beta",)))
    network = view_network(tiny.facts, tiny.links, view)
    assert "org-trois" in network.ids
    assert "pole-sud-est" not in network.ids


def test_the_start_is_told_to_the_page(tiny: Any) -> None:
    model = tiny.map_model(color_by="networks", size_by="degree")
    assert model.start == (("color", "networks"), ("size", "degree"))
