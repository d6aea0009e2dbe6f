"""The map model of the tiny project and of the bundled data: what a person is told."""

from __future__ import annotations

from typing import Any

import pytest

import ptce_graph
from ptce_graph.i18n import translator
from ptce_graph.maps.model import Fact, Node


def node(model: Any, identifier: str) -> Node:
    (found,) = [n for n in model.nodes if n.id == identifier]
    return found


def texts(facts: tuple[Fact, ...]) -> list[str]:
    return [fact.text for fact in facts]


def test_the_card_of_an_organisation_in_french(tiny: Any) -> None:
    words = translator("fr")
    deux = node(tiny.map_model(), "org-deux")
    assert said(deux) == {
        "Autres noms": "Coopérative Deux",
        "Genre": "structure de l’ESS",
        "Forme juridique": "société coopérative de production (SCOP)",
        "Agrément ou label": (
            "entreprise d’insertion (EI), entreprise solidaire d’utilité sociale (ESUS)"
        ),
        "Création": "2008",
        "Degré": "3",
        "Intermédiarité": of_deux(tiny, "betweenness"),
        words("Harmonic closeness"): of_deux(tiny, "harmonic"),
        words("Burt’s constraint"): of_deux(tiny, "constraint"),
        "Appartenances": "3",
        "Paires de réseaux reliées": "1",
    }
    assert texts(deux.facts)[:3] == [
        "Pôle Nord : membre",
        "Réseau Alpha : adhérent",
        "Réseau Bêta : membre",
    ]
    # Two documents say the membership in Pôle Nord, one of them since when.
    assert {(p.source, p.lines, p.said) for p in deux.facts[0].passages} == {
        ("livret", "32", "depuis 2010"),
        ("annuaire", "3-4", ""),
    }
    assert deux.facts[1].passages[0].said == "de 2009 à 2012"


def test_a_doubt_stands_with_its_passage(tiny: Any) -> None:
    trois = node(tiny.map_model(), "org-trois")
    (belongs,) = [fact for fact in trois.facts if fact.other == "pole-sud-est"]
    assert [p.said for p in belongs.passages] == ["Selon le livret."]


def test_numbers_come_with_their_definition(tiny: Any) -> None:
    model = tiny.map_model(lang="en")
    measures = {scale.label for scale in model.scales}
    assert {"Degree", "Members named", "Burt’s constraint"} <= measures
    for thing in model.nodes:
        for attribute in thing.attributes:
            assert bool(attribute.explanation) == (attribute.name in measures)


def test_a_planned_action_is_drawn_apart(bundled: Any) -> None:
    model = bundled.map_model()
    planned = {n.label.split(" – ")[0] for n in model.nodes if n.category == "planned"}
    assert {"Action 2.2", "Thème 1", "Thème 3"} <= planned
    hub = next(n for n in model.nodes if n.label.startswith("Thème 3"))
    assert said(hub)["État"] == "prévu"
    assert {e.category for e in model.edges if hub.id in (e.source, e.target)} == {"planned"}


def test_partners_of_two_have_no_direction(tiny: Any) -> None:
    (edge,) = [e for e in tiny.map_model().edges if not e.directed]
    assert {edge.source, edge.target} == {"ville-valdor", "pole-nord"}
    assert edge.label == "La ville et le pôle"
    assert {fact.text for fact in edge.facts} == {
        "Ville de Valdor : collectivité concernée",
        "Pôle Nord : pôle",
    }


def test_a_card_and_the_analysis_give_the_same_number(bundled: Any) -> None:
    measured = bundled.analyse(measures=["betweenness"]).set_index("id")["betweenness"]
    for thing in bundled.map_model(lang="en").nodes:
        shown = said(thing).get("Betweenness")
        if shown is not None:
            assert shown == f"{measured[thing.id]:.3f}"


def test_the_french_map_has_no_english_message(bundled: Any) -> None:
    model = bundled.map_model()
    assert "undated" not in " ".join(source.detail for source in model.sources)
    assert any(source.detail == "sans date" for source in model.sources)


def test_nobody_elses_data_are_put_under_our_licence(tiny: Any, bundled: Any) -> None:
    assert any("Licence Ouverte" in note for note in bundled.map_model().notes)
    assert not any("Licence Ouverte" in note for note in tiny.map_model().notes)


def test_each_projection_says_what_it_shows(tiny: Any) -> None:
    model = tiny.map_model("affiliation")
    assert model.title == "Réseaux de coopération autour des PTCE : appartenances"
    assert model.trays[0].label == "Aucune appartenance documentée à ce jour"
    # 13 links in all: 5 of the two cooperations are no memberships.
    assert model.subtitle.startswith("6 organisations et 3 pôles, ")
    assert "8" in model.subtitle
    assert "13" in model.subtitle


def said(thing: Node) -> dict[str, str]:
    return {attribute.name: attribute.value for attribute in thing.attributes}


def of_deux(tiny: Any, measure: str) -> str:
    measured = tiny.analyse(measures=[measure]).set_index("id")
    return f"{measured.at['org-deux', measure]:.3f}".replace(".", ",")


def test_scales_hold_the_values_of_the_analysis(tiny: Any) -> None:
    model = tiny.map_model()
    names = [scale.id for scale in model.scales]
    assert names[:3] == ["degree", "betweenness", "harmonic"]
    measured = tiny.analyse(measures=names).set_index("id")
    for thing in model.nodes:
        for name, value in thing.values:
            assert value == pytest.approx(measured.at[thing.id, name]), (thing.id, name)
    # By hand: Deux belongs to Alpha, Bêta and Pôle Nord; Alpha has two members.
    assert dict(node(model, "org-deux").values)["memberships"] == 3
    assert dict(node(model, "reseau-alpha").values)["members"] == 2
    # What is tied to nothing has no constraint: undefined is absent, not nought.
    assert "constraint" not in dict(node(model, "pole-isole").values)


def test_groups_are_those_that_documents_tell(tiny: Any) -> None:
    model = tiny.map_model(lang="en")
    groupings = {grouping.id: grouping for grouping in model.groupings}
    networks = {group.id: (group.label, group.count) for group in groupings["networks"].groups}
    assert networks == {"reseau-alpha": ("Réseau Alpha", 3), "reseau-beta": ("Réseau Bêta", 3)}
    assert dict(node(model, "org-deux").groups)["networks"] == ("reseau-alpha", "reseau-beta")
    assert dict(node(model, "org-deux").groups)["statut"] == ("scop",)
    assert {group.label for group in groupings["kind"].groups} == {
        "Pole",
        "network",
        "ESS organisation",
        "local authority",
    }
    # Three poles, of which one has nobody: it is no group.
    assert {group.id for group in groupings["poles"].groups} == {"pole-nord", "pole-sud-est"}
    for grouping in model.groupings:
        for group in grouping.groups:
            drawn = [n for n in model.nodes if group.id in dict(n.groups).get(grouping.id, ())]
            assert len(drawn) == group.count


def test_colours_of_groups_are_told_apart_and_end_in_grey(bundled: Any) -> None:
    (poles,) = [g for g in bundled.map_model().groupings if g.id == "poles"]
    colors = [group.color for group in poles.groups]
    assert len(set(colors[:8])) == 8
    assert len(colors) > 9
    assert len(set(colors[8:])) == 1
    counts = [group.count for group in poles.groups]
    assert counts == sorted(counts, reverse=True)


def test_an_edge_has_years_only_where_all_its_links_are_dated(tiny: Any) -> None:
    model = tiny.map_model()
    years = {edge.id: (edge.start, edge.end) for edge in model.edges}
    assert years["membership:org-deux:reseau-alpha"] == ("2009", "2012")
    # The booklet says since 2010, the directory says no date: always shown.
    assert years["membership:org-deux:pole-nord"] == ("", "")
    assert years["cooperation:org-trois:cooperation:charte"] == ("2010", "")
    assert model.years == (2009, 2010, 2012)


def test_the_overview_ties_groups_by_shared_members(tiny: Any) -> None:
    model = tiny.map_model(lang="en")
    told = {(e.source, e.target): (e.label, texts(e.facts)) for e in model.overview_edges}
    # By hand from the tables: Deux is in all three; Un is in Alpha and carries Pôle Nord.
    assert set(told) == {
        ("pole-nord", "reseau-alpha"),
        ("pole-nord", "reseau-beta"),
        ("reseau-alpha", "reseau-beta"),
    }
    assert told["pole-nord", "reseau-alpha"][0] == "2 in common"
    assert (
        told["reseau-alpha", "reseau-beta"]
        == (
            "1 in common",
            ["Organisation Deux (Réseau Alpha: member; Réseau Bêta: member)"],
        )
        or told["reseau-alpha", "reseau-beta"][0] == "1 in common"
    )
    placed = {n.id for n in model.nodes if n.overview is not None}
    assert placed == {"reseau-alpha", "reseau-beta", "pole-nord", "pole-sud-est", "pole-isole"}


def test_both_languages_show_the_same_picture(bundled: Any) -> None:
    french, english = bundled.maps()
    assert (french.language, english.language) == ("fr", "en")
    assert [(n.id, n.x, n.y, n.size, n.values, n.groups, n.overview) for n in french.nodes] == [
        (n.id, n.x, n.y, n.size, n.values, n.groups, n.overview) for n in english.nodes
    ]
    assert [(e.id, e.source, e.target, e.category) for e in french.edges] == [
        (e.id, e.source, e.target, e.category) for e in english.edges
    ]
    assert french.subtitle != english.subtitle


def test_candidacies_stand_on_the_cards(tiny: Any) -> None:
    model = tiny.map_model(lang="en")
    told = [f for f in node(model, "org-un").facts if f.text.startswith("Appel de 2010")]
    assert [(fact.other, fact.passages[0].lines) for fact in told] == [("pole-nord", "39")]


def test_the_card_of_a_pole_in_english(tiny: Any) -> None:
    pole = node(tiny.map_model(lang="en"), "pole-nord")
    assert said(pole)["Other names"] == "Pôle du Nord"
    assert said(pole)["Held to be the same"] == "Pôle du Nord (Même lieu)"
    assert "Carried by Organisation Un" in texts(pole.facts)
    assert "La ville et le pôle: Ville de Valdor (local authority concerned)" in texts(pole.facts)
    assert pole.website == "https://nord.example/pole"
    assert pole.iri == "https://w3id.org/ptce/id/pole/pole-nord"


def test_what_has_no_link_stands_in_the_tray(tiny: Any) -> None:
    model = tiny.map_model()
    (tray,) = model.trays
    isolated = node(model, "pole-isole")
    assert tray.x <= isolated.x <= tray.x + tray.width
    assert tray.y <= isolated.y <= tray.y + tray.height


def test_every_edge_and_every_sentence_has_its_passages(bundled: Any) -> None:
    model = bundled.map_model()
    known = {source.id for source in model.sources}
    facts = [fact for thing in (*model.nodes, *model.edges) for fact in thing.facts]
    assert len(facts) > 300
    for fact in facts:
        assert fact.text
        assert fact.passages
        assert {passage.source for passage in fact.passages} <= known


def test_counts_of_the_legend_and_the_subtitle(bundled: Any) -> None:
    model = bundled.map_model()
    assert sum(category.count for category in model.node_categories) == len(model.nodes)
    assert sum(category.count for category in model.edge_categories) == len(model.edges)
    actors = [n for n in model.nodes if n.category not in ("cooperation", "planned")]
    drawn = {n.id for n in actors}
    tied = {end for edge in bundled.network().graph.edges for end in edge}
    poles = set(bundled.actors.index[bundled.actors["type"] == "pole"])
    assert drawn == (set(bundled.actors.index) & tied) | poles
    left_out = len(bundled.actors) - len(drawn)
    assert any(f": {left_out} organisations" in note for note in model.notes)


def test_a_long_name_gives_way_to_a_short_one_that_is_nobody_elses(bundled: Any) -> None:
    model = bundled.map_model()
    assert node(model, "smac-07").short == "SMAC 07"
    # MES is the movement; the house of Ramonville has the same initials.
    assert node(model, "mes").short == "MES"
    assert node(model, "mes-ramonville").short == "Maison de l'Economie Solidaire"
    assert node(model, "pole-centre-isere").short == "PTCE Centre Isère"
    assert node(model, "pole-centre-isere").label.startswith("Pôle Territorial")


def test_braces_in_names_are_only_braces(tiny_copy: Any) -> None:
    table = tiny_copy / "sources/livret/organisations.csv"
    text = table.read_text(encoding="utf-8").replace("Organisation Un,", "{role} {0.__class__} %s,")
    table.write_text(text, encoding="utf-8")
    model = ptce_graph.load(tiny_copy).map_model()
    assert "Porté par {role} {0.__class__} %s" in texts(node(model, "pole-nord").facts)


def test_another_language_is_a_wrong_call(tiny: Any) -> None:
    with pytest.raises(ptce_graph.CallError, match="fr, en"):
        tiny.map_model(lang="de")
