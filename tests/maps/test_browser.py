"""The page in a browser, offline: what a person does with it, and what attackers try."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from .conftest import Opened
from .sample import CORPUS, hostile_map, small_map

Opener = Callable[..., Opened]


def card(opened: Opened) -> Any:
    return opened.page.locator("#card")


def open_table(opened: Opened) -> None:
    opened.page.locator("#table summary").click()
    opened.page.wait_for_selector("#table tbody tr")


def test_opens_offline_without_a_word(open_map: Opener) -> None:
    opened = open_map(small_map())
    painted = opened.page.evaluate(
        """() => {
          const c = document.querySelector('#canvas canvas');
          const p = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
          let inked = 0;
          for (let i = 3; i < p.length; i += 4) if (p[i]) inked += 1;
          return inked;
        }"""
    )
    assert painted > 5000
    assert card(opened).is_hidden()
    opened.assert_quiet()


def test_search_ignores_accents_and_takes_the_keyboard(open_map: Opener) -> None:
    opened = open_map(small_map())
    search = opened.page.locator("#search")
    search.fill("REGIE gam")
    assert opened.page.locator("#suggestions [role=option]").all_inner_texts() == ["Régie Gamma"]
    search.fill("r")
    first = search.get_attribute("aria-activedescendant")
    search.press("ArrowDown")
    assert search.get_attribute("aria-activedescendant") != first
    search.fill("oeuvre")
    search.press("Enter")
    assert card(opened).locator("h2").inner_text() == "Atelier Béta"
    assert opened.page.evaluate("location.hash") == "#n=org%2Fbeta"
    assert "Atelier Béta" in opened.page.locator("#live").inner_text()
    opened.assert_quiet()


def test_the_card_says_who_says_so(open_map: Opener) -> None:
    opened = open_map(small_map(), "#org%2Fbeta")
    text = card(opened).inner_text()
    assert "Atelier Béta est membre du Réseau Alpha" in text
    assert "Étude inventée — 2.1 Les membres" in text
    assert "10-12" in text
    link = card(opened).locator("a").first
    assert link.get_attribute("href") == "https://beta.example/"
    assert link.get_attribute("rel") == "noopener noreferrer"
    card(opened).get_by_role("button", name="Réseau Alpha", exact=True).click()
    assert card(opened).locator("h2").inner_text() == "Réseau Alpha"
    card(opened).get_by_role("button", name="est membre de").first.click()
    assert "→" in card(opened).locator("h2").inner_text()
    opened.assert_quiet()


def test_escape_clears(open_map: Opener) -> None:
    opened = open_map(small_map(), "#org%2Fbeta")
    assert card(opened).is_visible()
    opened.page.keyboard.press("Escape")
    assert card(opened).is_hidden()
    assert opened.page.evaluate("location.hash") == ""


def test_the_legend_filters_map_and_table(open_map: Opener) -> None:
    opened = open_map(small_map())
    open_table(opened)
    rows = opened.page.locator("#table tbody tr")
    assert rows.count() == 5
    before = opened.page.locator("#canvas").screenshot()
    opened.page.get_by_role("checkbox", name="Organisation").uncheck()
    assert rows.count() == 2
    # The canvas is painted at the next frame.
    opened.page.wait_for_timeout(200)
    assert opened.page.locator("#canvas").screenshot() != before
    opened.page.locator("#show-all").click()
    assert rows.count() == 5
    opened.page.get_by_role("checkbox", name="Membre").uncheck()
    rows.get_by_role("button", name="Atelier Béta").click()
    assert card(opened).locator(".neighbours li").count() == 1
    opened.assert_quiet()


def test_a_filtered_node_comes_alone_when_asked_for(open_map: Opener) -> None:
    opened = open_map(small_map())
    box = opened.page.get_by_role("checkbox", name="Organisation")
    box.uncheck()
    opened.page.locator("#search").fill("gamma")
    opened.page.locator("#search").press("Enter")
    assert not box.is_checked()
    assert card(opened).locator("h2").inner_text() == "Régie Gamma"


def test_a_click_on_the_canvas_selects(open_map: Opener) -> None:
    opened = open_map(replace(small_map(), nodes=small_map().nodes[:1], edges=(), trays=()))
    area = opened.page.locator("#canvas").bounding_box()
    assert area is not None
    # The only node stands in the middle, but for the room kept for labels below it.
    opened.page.mouse.click(area["x"] + area["width"] / 2, area["y"] + area["height"] / 2 - 19)
    opened.page.wait_for_selector("#card h2")
    assert card(opened).locator("h2").inner_text() == "Réseau Alpha"
    opened.assert_quiet()


def test_everything_is_reached_with_the_tab_key(open_map: Opener) -> None:
    opened = open_map(small_map(), "#org%2Fbeta")
    open_table(opened)
    opened.page.evaluate("document.activeElement.blur()")
    reached = set()
    for _ in range(60):
        opened.page.keyboard.press("Tab")
        reached.add(
            opened.page.evaluate("(document.activeElement.closest('[id]') || document.body).id")
        )
    wanted = {"search", "node-filters", "edge-filters", "canvas", "view-all", "card", "table"}
    assert wanted <= reached


def test_a_phone_shows_the_card_below_and_never_scrolls_sideways(open_map: Opener) -> None:
    opened = open_map(small_map(), "#org%2Fbeta", 390, 844)
    box = card(opened).bounding_box()
    assert box is not None
    assert box["y"] > 300
    assert box["width"] == 390
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390
    opened.assert_quiet()


@pytest.mark.parametrize("fragment", ["#nobody", "#%E0%A4%A", "#<img src=x onerror=alert(1)>", "#"])
def test_a_wrong_permalink_selects_nothing(open_map: Opener, fragment: str) -> None:
    opened = open_map(small_map(), fragment)
    assert card(opened).is_hidden()
    opened.assert_quiet()


@pytest.mark.parametrize("attack", CORPUS)
def test_injections_never_run(open_map: Opener, attack: str) -> None:
    opened = open_map(hostile_map(attack))
    page = opened.page
    open_table(opened)
    page.locator("#search").fill("béta")
    assert page.locator("#suggestions [role=option]").count() == 1
    page.locator("#search").press("Enter")
    title = card(opened).locator("h2").inner_text()
    assert title.endswith("Atelier Béta")
    card(opened).locator("button.edge").first.click()
    assert "→" in card(opened).locator("h2").inner_text()
    page.locator("#node-filters input").first.uncheck()
    assert page.locator("#table tbody tr").count() == 4
    for button in page.locator("#table tbody th button").all():
        button.click()
        for link in page.locator("#card a").all():
            assert (link.get_attribute("href") or "").startswith("http")
    assert page.locator("body img, body iframe, body [onmouseover], body [onerror]").count() == 0
    assert page.locator("script").count() == 3
    opened.assert_quiet()


def test_an_empty_map_opens(open_map: Opener) -> None:
    empty = replace(
        small_map(), nodes=(), edges=(), trays=(), node_categories=(), edge_categories=()
    )
    open_map(empty).assert_quiet()
