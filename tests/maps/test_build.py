"""The map model of the tiny project and of the bundled data: what a person is told."""

from __future__ import annotations

from typing import Any

import pytest

import ptce_graph
from ptce_graph.maps.model import Fact, Node


def node(model: Any, identifier: str) -> Node:
    (found,) = [n for n in model.nodes if n.id == identifier]
    return found


def texts(facts: tuple[Fact, ...]) -> list[str]:
    return [fact.text for fact in facts]


def test_the_card_of_an_organisation_in_french(tiny: Any) -> None:
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
        "Intermédiarité": deux_betweenness(tiny).replace(".", ","),
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
    for thing in tiny.map_model(lang="en").nodes:
        for attribute in thing.attributes:
            measured = attribute.name in ("Degree", "Betweenness", "Memberships", "Members named")
            assert bool(attribute.explanation) == measured or attribute.name.startswith("Pairs")


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
    assert model.subtitle == "6 organisations et 3 pôles, selon 2 documents"


def said(thing: Node) -> dict[str, str]:
    return {attribute.name: attribute.value for attribute in thing.attributes}


def deux_betweenness(tiny: Any) -> str:
    measured = tiny.analyse(measures=["betweenness"]).set_index("id")
    return f"{measured.at['org-deux', 'betweenness']:.3f}"


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
