"""The site in a real browser, from the disk, without a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.maps.test_browser_access import axe_script

#: A page of each kind.
KINDS = (
    "index.html",
    "organisations.html",
    "poles.html",
    "criteria.html",
    "profiles/pole-nord.html",
    "networks.html",
    "actions.html",
    "places.html",
    "calls.html",
    "codes.html",
    "sources.html",
    "questions.html",
    "measures.html",
    "maps.html",
    "data.html",
    "coverage.html",
    "ontology.html",
    "search.html",
    "id/organisation/org-deux.html",
    "id/organisation/reseau-alpha.html",
    "id/pole/pole-nord.html",
    "id/pole/pole-du-nord.html",
    "id/cooperation/charte.html",
    "id/call/appel-2010.html",
    "id/candidacy/c-1.html",
    "id/place/valdor.html",
    "id/source/livret.html",
    "code/legal-forms.html",
    "code/legal-forms/scop.html",
    "questions/poles.html",
    "measures/degree.html",
)


class Visit:
    """A browser window that remembers what pages asked for and complained about."""

    def __init__(self, browser: Any, unbound: bool = False, **options: Any) -> None:
        self.context = browser.new_context(bypass_csp=unbound, reduced_motion="reduce", **options)
        self.context.set_offline(True)
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.said: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))


@pytest.fixture
def visit(browser: Any) -> Iterator[Any]:
    opened: list[Visit] = []

    def opener(**options: Any) -> Visit:
        opened.append(Visit(browser, **options))
        return opened[-1]

    yield opener
    for one in opened:
        one.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_kind_of_page(visit: Any, written: Path, scheme: str) -> None:
    script, found = axe_script(), {}
    # In the dark only colours differ: pages that have every one of them are enough.
    paths = ["index.html", "organisations.html", "ontology.html", "id/pole/pole-nord.html"]
    if scheme == "light":
        paths = [*KINDS, *(f"en/{path}" for path in KINDS), "404.html"]
    at = visit(unbound=True, color_scheme=scheme, viewport={"width": 1280, "height": 900})
    for path in paths:
        at.page.goto((written / path).as_uri())
        at.page.evaluate(script)
        result = at.page.evaluate("axe.run({resultTypes: ['violations']})")
        found[path] = [(v["id"], v["nodes"][0]["html"][:160]) for v in result["violations"]]
        assert result["passes"]
    assert {path: told for path, told in found.items() if told} == {}


def test_pages_ask_for_nothing_and_complain_of_nothing(visit: Any, written: Path) -> None:
    at = visit(viewport={"width": 390, "height": 844})
    root = written.as_uri()
    for path in [*KINDS, *(f"en/{path}" for path in KINDS), "404.html"]:
        at.page.goto((written / path).as_uri())
        wide = at.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390, path
    # The page itself each time, and no other: search has not begun.
    assert all(url.startswith(root) for url in at.asked)
    assert len(at.asked) == 2 * len(KINDS) + 1
    assert at.said == []


def test_search_by_keyboard(visit: Any, written: Path) -> None:
    at = visit()
    page = at.page
    page.goto((written / "en/id/place/valdor.html").as_uri())
    keys = page.keyboard
    keys.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(2):
        keys.press("Tab")
    assert page.evaluate("document.activeElement.id") == "search"
    # Without accents, and by another name: Réseau Alpha is also called RA.
    keys.type("reseau al")
    page.wait_for_selector("#suggestions li")
    assert page.locator("#suggestions li").first.inner_text().startswith("Réseau Alpha")
    keys.press("Escape")
    assert page.locator("#suggestions").is_hidden()
    page.fill("#search", "")
    keys.type("RA")
    page.wait_for_selector("#suggestions li")
    keys.press("ArrowDown")
    assert page.get_attribute("#search", "aria-activedescendant") == "suggestion-0"
    keys.press("Enter")
    page.wait_for_url("**/en/id/organisation/reseau-alpha.html")
    # Without a choice among the suggestions: the page of results.
    page.fill("#search", "organisation")
    keys.press("Enter")
    page.wait_for_url("**/en/search.html?q=organisation")
    page.wait_for_selector("#results li a")
    names = page.locator("#results li a").all_inner_texts()
    # The code called just so stands first, then what begins so.
    assert [name for name in names if name.startswith("Organisation ")] == [
        "Organisation Deux",
        "Organisation Trois",
        "Organisation Un",
    ]
    assert page.locator("#results [role=status]").inner_text() == f"{len(names)} results"
    page.locator("#results li a", has_text="Organisation Un").click()
    page.wait_for_url("**/en/id/organisation/org-un.html")
    page.goto((written / "en/search.html").as_uri() + "?q=<img src=x onerror=alert(1)>")
    page.wait_for_function("document.querySelector('#results [role=status]').textContent")
    assert page.locator("#results img").count() == 0
    assert at.said == []
    assert all(url.startswith(written.as_uri()) for url in at.asked)


def test_filters_and_languages(visit: Any, written: Path) -> None:
    at = visit()
    page = at.page
    page.goto((written / "organisations.html").as_uri())
    page.locator("#filter-kind").select_option("collectivite")
    shown = page.locator(".entries li:visible a")
    assert shown.all_inner_texts() == ["Ville de Valdor"]
    page.locator("a.language").click()
    page.wait_for_url("**/en/organisations.html")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("h1").inner_text() == "Organisations"
    assert at.said == []
