"""The criteria on the cards of poles, beside ``tests/poles/test_three_poles.py``."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

import ptce_graph
from ptce_graph.maps import drawing
from ptce_graph.maps.html import render_html
from tests.poles.test_three_poles import NOTHING, POLE_SUD, SUD_ESSONNE

from .conftest import Opened
from .sample import small_map

Opener = Callable[..., Opened]
MARKS = {"met": "+", "not-met": "-", "not-documented": "."}


def told(expected: dict[str, str]) -> dict[str, str]:
    return {name: mark for name, mark in expected.items() if "-exc-" not in name}


@pytest.fixture(scope="module")
def models(bundled: Any) -> Any:
    return bundled.maps(lang="en")


def test_cards_of_poles_hold_their_answers_and_no_others_do(models: Any) -> None:
    model = models[0]
    assert [one.id for one in model.criteria] == list(told(POLE_SUD))
    by_id = {node.id: node for node in model.nodes}
    for pole, expected in (
        ("pole-sud-archer", POLE_SUD),
        ("pole-economie-solidaire-sud-essonne", SUD_ESSONNE),
        ("ardaines", NOTHING),
    ):
        assert [MARKS[value] for value in by_id[pole].criteria] == list(told(expected).values())
    for node in model.nodes:
        assert bool(node.criteria) == (node.category == "pole"), node.id


def test_answers_cost_a_character_each_and_labels_stand_once(models: Any) -> None:
    page = render_html(*models)
    told_of = re.search(
        r'"id":"pole-economie-solidaire-sud-essonne"[^}]*?"criteria":"([^"]*)"', page
    )
    assert told_of is not None
    assert told_of[1] == "".join(told(SUD_ESSONNE).values()).replace(".", "?")
    label = next(one.label for one in models[0].criteria if one.id == "note-inc-8")
    assert page.count(json.dumps(label, ensure_ascii=False)) == 1
    bare = render_html(*(_without(model) for model in models))
    assert len(page.encode()) - len(bare.encode()) < 8_000


def test_what_an_organisation_judges_is_marked(tiny_copy: Any) -> None:
    (tiny_copy / "assessments.csv").write_text(
        "thing,criterion,value,author,date,reason\n"
        "pole-nord,note-inc-3,met,Réseau Alpha,2024,A written strategy.\n"
        "pole-nord,note-tes-5,not-met,Réseau Alpha,2024,Nothing was evaluated.\n",
        encoding="utf-8",
    )
    page = render_html(*ptce_graph.load(tiny_copy).maps(lang="en"))
    answers = re.search(r'"id":"pole-nord"[^}]*?"criteria":"([^"]*)"', page)
    assert answers is not None
    # Fourteen criteria and one of the other document, in their order: i3 is the third, t5 the last
    # but one.
    assert len(answers[1]) == 15
    assert (answers[1][2], answers[1][-2]) == ("p", "m")
    assert answers[1].count("p") == answers[1].count("m") == 1


def _without(model: Any) -> Any:
    nodes = tuple(replace(node, criteria=()) for node in model.nodes)
    return replace(model, criteria=(), nodes=nodes)


def _fail() -> Any:
    raise AssertionError("asked")


def test_nothing_is_asked_where_no_pole_is_drawn(tiny: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(type(tiny), "findings", lambda *_given: _fail())
    alone = tiny.map_model(around="reseau-beta")
    assert alone.criteria == ()
    assert tiny.map_model(overview="networks").criteria == ()
    with pytest.raises(AssertionError, match="asked"):
        tiny.map_model()
    monkeypatch.setattr(drawing, "MOST_ASKED", 2)
    assert tiny.map_model().criteria == ()


def test_a_wish_asks_once_for_all_its_maps(tiny_copy: Any, monkeypatch: Any, tmp_path: Any) -> None:
    graph = ptce_graph.load(tiny_copy)
    asked = []
    found = graph.findings()
    monkeypatch.setattr(type(graph), "findings", lambda *_given: asked.append(1) or found)
    graph.gallery(tmp_path / "maps")
    assert asked == [1]


def test_a_map_without_criteria_has_no_block(open_map: Opener) -> None:
    model = small_map()
    opened = open_map(model, f"#n={model.nodes[0].id}")
    assert opened.page.locator("#card h2").inner_text() == model.nodes[0].label
    assert opened.page.locator("#card .criteria").count() == 0
    opened.assert_quiet()


@pytest.mark.parametrize(
    ("language", "counted", "meaning", "answer"),
    [
        ("en", "met: 1 · not met: 1 · not documented: 7", "is not a failing", "not met"),
        ("fr", "rempli : 1 · non rempli : 1 · non documenté : 7", "", "non rempli"),
    ],
)
def test_the_card_of_a_pole(
    models: Any, open_map: Opener, language: str, counted: str, meaning: str, answer: str
) -> None:
    pole = "pole-economie-solidaire-sud-essonne"
    opened = open_map(models[0], f"#n={pole}&lang={language}", others=models[1:])
    card = opened.page.locator("#card")
    lines = [" ".join(line.split()) for line in card.locator("dl.answers dd").all_inner_texts()]
    assert lines[0] == counted
    assert meaning in card.inner_text()
    assert not card.locator(".criteria li").first.is_visible()
    card.locator(".criteria summary").click()
    rows = card.locator(".criteria li").all_inner_texts()
    assert len(rows) == len(told(SUD_ESSONNE))
    assert [row.split()[0] for row in rows] == [
        {"+": "✓", "-": "✗", ".": "?"}[mark] for mark in told(SUD_ESSONNE).values()
    ]
    assert rows[1].endswith(answer)
    # The fold stays as it was for the next pole.
    opened.page.locator("#search").fill("archer")
    opened.page.locator("#search").press("Enter")
    assert card.locator(".criteria li").first.is_visible()
    opened.assert_quiet()


def test_the_block_is_accessible(models: Any, open_map: Opener) -> None:
    from .test_browser_access import axe_script

    opened = open_map(models[0], "#n=pole-sud-archer", unbound=True)
    opened.page.locator("#card .criteria summary").click()
    opened.page.evaluate(axe_script())
    found = opened.page.evaluate("axe.run('#card').then((r) => r.violations.map((v) => v.id))")
    assert found == []


def test_a_name_never_becomes_markup(tiny_copy: Any, open_map: Opener) -> None:
    file = tiny_copy / "sources/livret/poles.csv"
    text = file.read_text(encoding="utf-8")
    hostile = "<img src=x onerror=alert(1)></script>"
    file.write_text(text.replace("Pôle Isolé", hostile), encoding="utf-8")
    models = ptce_graph.load(tiny_copy).maps()
    opened = open_map(models[0], "#n=pole-isole", others=models[1:])
    assert opened.page.locator("#card h2").inner_text() == hostile
    assert opened.page.locator("#card dl.answers").count() == 1
    assert opened.page.locator("img").count() == 0
    opened.assert_quiet()
