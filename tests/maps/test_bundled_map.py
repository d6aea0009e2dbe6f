"""The first map a person sees, in a browser, offline."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .conftest import Opened

Opener = Callable[..., Opened]


def test_a_notebook_shows_a_map_in_a_frame_of_its_own(bundled: Any, browser: Any) -> None:
    shown = bundled.map(around="pole-sud-archer")
    frame = shown._repr_html_()
    assert 'sandbox="allow-scripts allow-downloads"' in frame
    assert "<script" not in frame
    context = browser.new_context()
    context.set_offline(True)
    page = context.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_content(f"<!doctype html><p>notebook</p>{frame}")
    inside = page.frame_locator("iframe")
    inside.locator("#canvas canvas").wait_for()
    assert "Pôle Sud Archer" in inside.locator("h1").inner_text()
    assert said == []
    context.close()


def test_the_first_map(bundled: Any, open_map: Opener) -> None:
    opened = open_map(bundled.map_model())
    page = opened.page
    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.locator("h1").inner_text() == "Réseaux de coopération autour des PTCE"
    page.locator("#search").fill("archer")
    found = page.locator("#suggestions [role=option]").all_inner_texts()
    assert {"Pôle Sud Archer", "Groupe Archer"} <= {text.split("\n")[0].strip() for text in found}
    page.locator("#search").press("Enter")
    card = page.locator("#card").inner_text()
    assert "Ce que disent les documents" in card
    opened.assert_quiet()


def test_the_table_names_every_pole_network_and_member(bundled: Any, open_map: Opener) -> None:
    opened = open_map(bundled.map_model())
    opened.page.locator("#table summary").click()
    opened.page.wait_for_selector("#table tbody tr")
    shown = opened.page.locator("#table tbody").inner_text()
    tied = {end for edge in bundled.network().graph.edges for end in edge}
    for identifier, name in bundled.actors["name"].items():
        if identifier in tied or bundled.actors.at[identifier, "type"] == "pole":
            assert name in shown
    opened.assert_quiet()


def test_the_english_map_has_no_french_control(bundled: Any, open_map: Opener) -> None:
    opened = open_map(bundled.map_model(lang="en"))
    assert opened.page.locator("html").get_attribute("lang") == "en"
    assert opened.page.locator("#legend summary").inner_text() == "Legend and filters"
    opened.assert_quiet()
