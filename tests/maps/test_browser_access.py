"""The page for everyone: keyboard, screen reader, phone, small frame in another page."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import util
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from ptce_graph.maps.html import render_html

from .conftest import Opened
from .sample import full_map

Opener = Callable[..., Opened]


def axe_script() -> str:
    """axe-core, from ``PTCE_AXE`` or the package axe-playwright-python; none is in this project."""
    named = os.environ.get("PTCE_AXE")
    if named:
        return Path(named).read_text(encoding="utf-8")
    package = util.find_spec("axe_playwright_python")
    folder = Path(package.origin).parent if package and package.origin else None
    found = sorted(folder.rglob("axe.min.js")) if folder else []
    if not found:
        if os.environ.get("PTCE_REQUIRE_AXE") == "1":
            pytest.fail("axe-core is required: pip install axe-playwright-python")
        pytest.skip("axe-core is not installed: pip install axe-playwright-python")
    return found[0].read_text(encoding="utf-8")


STATES = {
    "first": ("", ()),
    "card": ("#n=org%2Fbeta&color=networks", ()),
    "link": ("#e=e0", ()),
    "geographic": ("#layout=geo&color=degree&size=degree", ()),
    "overview": ("#layout=overview", ()),
    "tables": ("#areas=networks", ("#table summary", "#link-table summary")),
    "path": ("#n=org%2Fbeta&to=org%2Fgamma", ()),
    "aiming": ("#n=org%2Fbeta", ("#path-from",)),
    "time": ("#year=2011", ()),
    "undated": ("#year=2011&undated=hide", ("#link-table summary",)),
    "ways": ("#n=org%2Fbeta&to=org%2Fgamma&way=2", ()),
    "share": ("", ("#copy-link",)),
    "hidden": ("#n=org%2Fbeta&hideNodes=organisation", ("#card .actions",)),
    "near": ("#n=org%2Fbeta&near=only", ()),
}


@pytest.mark.parametrize(
    ("language", "size"),
    # A frame differs from a desktop in width only: one language is enough.
    [*product(("fr", "en"), ((1440, 900), (390, 844))), ("fr", (600, 400))],
    ids=str,
)
def test_axe_finds_nothing(open_map: Opener, language: str, size: tuple[int, int]) -> None:
    script = axe_script()
    other = full_map("en" if language == "fr" else "fr")
    found = {}
    for name, (fragment, clicks) in STATES.items():
        opened = open_map(full_map(language), fragment, *size, others=(other,), unbound=True)
        for selector in clicks:
            opened.page.locator(selector).click()
        opened.page.wait_for_timeout(250)
        opened.page.evaluate(script)
        result = opened.page.evaluate("axe.run()")
        found[name] = [(v["id"], v["nodes"][0]["html"][:120]) for v in result["violations"]]
        assert len(result["passes"]) > 15
    assert found == {name: [] for name in STATES}


def test_the_keyboard_alone_goes_all_the_way(open_map: Opener) -> None:
    """Search, card, a link, a filter, a sorted table, a file: no pointer."""
    opened = open_map(full_map())
    page = opened.page
    keys = page.keyboard

    def reach(selector: str) -> None:
        for _ in range(80):
            if page.evaluate("(s) => document.activeElement.matches(s)", selector):
                return
            keys.press("Tab")
        pytest.fail(f"the keyboard does not reach {selector}")

    reach("#search")
    keys.type("beta")
    keys.press("Enter")
    assert page.locator("#card h2").inner_text() == "Atelier Béta"
    reach("#card .edge")
    keys.press("Enter")
    assert "→" in page.locator("#card h2").inner_text()
    assert page.evaluate("document.activeElement.id") == "card-title"
    keys.press("Escape")
    assert page.locator("#card").is_hidden()
    keys.press("Home")
    page.evaluate("document.getElementById('search').focus()")
    reach("#edge-filters input")
    keys.press("Space")
    assert "hideLinks=member" in page.evaluate("location.hash")
    reach("#layouts input")
    keys.press("ArrowRight")
    assert "layout=geo" in page.evaluate("location.hash")
    keys.press("ArrowLeft")
    reach("#table summary")
    keys.press("Enter")
    page.wait_for_selector("#table tbody tr")
    reach("#table th:nth-child(2) button")
    keys.press("Enter")
    assert page.locator("#table th[aria-sort]").get_attribute("aria-sort") == "ascending"
    assert page.evaluate("document.activeElement.textContent") == "Catégorie"
    keys.press("Enter")
    assert page.locator("#table th[aria-sort]").get_attribute("aria-sort") == "descending"
    reach("#save-table")
    with page.expect_download() as download:
        keys.press("Enter")
    assert download.value.suggested_filename == "carte-d-essai.csv"
    opened.assert_quiet()


def test_tables_sort_and_filter(open_map: Opener) -> None:
    opened = open_map(full_map(), "#size=degree")
    page = opened.page
    page.locator("#table summary").click()
    page.locator("#table th button", has_text="Degré").click()
    names = page.locator("#table tbody th")
    # Greatest first, who has no value last.
    assert [n.strip() for n in names.all_inner_texts()] == [
        "Réseau Alpha",
        "Pôle Oméga",
        "Atelier Béta",
        "Régie Gamma",
        "Café tout seul",
    ]
    page.locator("#table-filter").fill("BETA")
    assert [n.strip() for n in names.all_inner_texts()] == ["Réseau Alpha", "Atelier Béta"][1:]
    assert "1" in page.locator("#table caption").inner_text()
    assert page.locator("#live").inner_text() == page.locator("#table caption").inner_text()
    opened.assert_quiet()


@pytest.mark.parametrize("fragment", ["", "#n=org%2Fbeta", "#layout=geo&year=2011"])
def test_a_phone_has_targets_for_fingers(open_map: Opener, fragment: str) -> None:
    opened = open_map(full_map(), fragment, 390, 844, others=(full_map("en"),))
    small = opened.page.evaluate(
        """() => [...document.querySelectorAll('button, select, summary, input[type=search]')]
          .filter((e) => e.checkVisibility() && e.getBoundingClientRect().width)
          .map((e) => [e.id || e.textContent, e.getBoundingClientRect().height])
          .filter(([, height]) => height < 43.5)"""
    )
    assert small == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390
    # The map is what a phone shows first.
    box = opened.page.locator("#canvas").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 844
    assert box["height"] > 350
    opened.assert_quiet()


def test_settings_open_over_the_map_of_a_phone(open_map: Opener) -> None:
    opened = open_map(full_map(), "", 390, 844)
    before = opened.page.locator("#canvas").bounding_box()
    opened.page.locator("#legend summary").click()
    assert opened.page.locator("#node-filters").is_visible()
    assert opened.page.locator("#canvas").bounding_box() == before
    opened.page.locator("#display summary").click()
    opened.page.locator("#color-by").select_option("degree")
    assert opened.page.locator("#node-filters").is_hidden()


def test_in_a_frame_of_another_page(browser: Any, tmp_path: Path) -> None:
    (tmp_path / "map.html").write_text(render_html(full_map()), encoding="utf-8")
    host = '<!doctype html><iframe src="map.html#n=org%2Fbeta" width="600" height="400"></iframe>'
    (tmp_path / "host.html").write_text(host, encoding="utf-8")
    page = browser.new_page(viewport={"width": 900, "height": 700})
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((tmp_path / "host.html").as_uri())
    frame = page.frame_locator("iframe")
    assert frame.locator("#card h2").inner_text() == "Atelier Béta"
    frame.locator("#card .close").click()
    canvas = frame.locator("#canvas").bounding_box()
    assert canvas is not None
    assert canvas["height"] > 220
    assert complaints == []
    page.close()
