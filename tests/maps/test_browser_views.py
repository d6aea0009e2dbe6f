"""What the page can show of one map: languages, layouts, looks, areas, paths, years."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from .conftest import Opened
from .sample import full_map

Opener = Callable[..., Opened]
BOTH = (full_map("en"),)


def places(opened: Opened) -> list[str]:
    """The names in the table of the actors: those that the map shows."""
    opened.page.evaluate("document.getElementById('table').open = true")
    rows = opened.page.locator("#table tbody tr th")
    opened.page.wait_for_selector("#table thead")
    return [text.strip() for text in rows.all_inner_texts()]


def links(opened: Opened) -> int:
    """How many links the map shows, by the table of the links."""
    opened.page.evaluate("document.getElementById('link-table').open = true")
    opened.page.wait_for_selector("#link-table thead")
    return int(opened.page.locator("#link-table tbody tr").count())


def picture(opened: Opened) -> Any:
    """The canvas, once painted."""
    opened.page.wait_for_timeout(150)
    return opened.page.locator("#canvas").screenshot()


def inked(opened: Opened, color: str) -> int:
    """How many pixels of the canvas have exactly this colour."""
    opened.page.wait_for_timeout(150)
    return int(
        opened.page.evaluate(
            """(color) => {
              const shown = document.querySelector('#canvas canvas');
              const c = document.createElement('canvas');
              [c.width, c.height] = [shown.width, shown.height];
              const context = c.getContext('2d', { willReadFrequently: true });
              context.drawImage(shown, 0, 0);
              const p = context.getImageData(0, 0, c.width, c.height).data;
              const [r, g, b] = [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16));
              let found = 0;
              for (let i = 0; i < p.length; i += 4) {
                if (p[i] === r && p[i + 1] === g && p[i + 2] === b && p[i + 3] === 255) found += 1;
              }
              return found;
            }""",
            color,
        )
    )


def test_the_switch_turns_every_word(open_map: Opener) -> None:
    opened = open_map(full_map(), "#n=org%2Fbeta&color=degree", others=BOTH)
    page = opened.page
    places(opened)
    switch = page.locator("#language")
    assert (switch.inner_text(), switch.get_attribute("lang")) == ("English", "en")
    switch.click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.title() == page.locator("h1").inner_text() == "Trial map"
    assert page.locator("#subtitle").inner_text() == "Five invented names."
    assert "Network" in page.locator("#node-filters").inner_text()
    assert "How many others are tied to it." in page.locator("#meanings").inner_text()
    assert "Atelier Béta is a member of Réseau Alpha" in page.locator("#card").inner_text()
    assert "Number of actors linked" in page.locator("#table thead").inner_text()
    assert page.locator("footer").inner_text().count("Size grows with links.") == 1
    assert page.locator("#search").get_attribute("placeholder") == "Name of an organisation…"
    assert "lang=en" in page.evaluate("location.hash")
    switch.click()
    assert page.locator("h1").inner_text() == "Carte d'essai"
    assert "lang" not in page.evaluate("location.hash")
    opened.assert_quiet()


def test_one_language_has_no_switch(open_map: Opener) -> None:
    assert open_map(full_map()).page.locator("#language").is_hidden()


def test_the_address_chooses_the_language(open_map: Opener) -> None:
    opened = open_map(full_map(), "#lang=en", others=BOTH)
    assert opened.page.locator("h1").inner_text() == "Trial map"
    assert open_map(full_map(), "#lang=de", others=BOTH).page.title() == "Carte d'essai"


def test_colours_by_a_measure_and_its_legend(open_map: Opener) -> None:
    opened = open_map(full_map())
    before = picture(opened)
    opened.page.locator("#color-by").select_option("degree")
    assert picture(opened) != before
    # The ends of the ramp are drawn for 0 and 3, grey for the café without a value.
    assert inked(opened, "#d3e3f3") > 50
    assert inked(opened, "#08306b") > 50
    assert inked(opened, "#c2cad3") > 50
    legend = opened.page.locator("#meanings").inner_text()
    assert "Degré" in legend
    assert "Combien d'autres lui sont liés." in legend
    assert opened.page.locator(".ramp").inner_text().split() == ["0", "3"]
    assert "color=degree" in opened.page.evaluate("location.hash")
    opened.assert_quiet()


def test_sizes_by_a_measure(open_map: Opener) -> None:
    opened = open_map(full_map())
    purple = inked(opened, "#7a3e9d")
    opened.page.locator("#size-by").select_option("degree")
    # Alpha has the most, and grows from 24 to 30; the shape is a diamond.
    assert inked(opened, "#7a3e9d") > purple * 1.3
    assert "(0 – 3)" in opened.page.locator("#meanings").inner_text()


def test_groups_colour_and_filter(open_map: Opener) -> None:
    opened = open_map(full_map(), "#color=networks")
    page = opened.page
    lines = page.locator("#group-filters li").all_inner_texts()
    assert [" ".join(line.split()) for line in lines[:2]] == ["Groupe Alpha 3", "Groupe Oméga 1"]
    assert len(lines) == 3
    assert inked(opened, "#0072b2") > 100
    # Béta is in both: filled by the first, ringed by the second.
    assert inked(opened, "#d55e00") > 20
    page.locator("#group-filters input").nth(0).uncheck()
    assert places(opened) == ["Atelier Béta", "Café tout seul", "Pôle Oméga"]
    page.locator("#group-filters input").nth(2).uncheck()
    assert places(opened) == ["Atelier Béta"]
    assert "hideGroups=alpha" in page.evaluate("location.hash")
    page.locator("#show-all").click()
    assert len(places(opened)) == 5
    opened.assert_quiet()


def test_the_map_of_france_holds_what_has_a_place(open_map: Opener) -> None:
    opened = open_map(full_map())
    assert inked(opened, "#f1f3f5") == 0
    opened.page.locator("#layouts label").nth(1).click()
    assert inked(opened, "#f1f3f5") > 10_000
    assert places(opened) == ["Atelier Béta", "Café tout seul", "Réseau Alpha"]
    assert links(opened) == 1
    assert opened.page.locator("#credit").inner_text() == "Contours inventés"
    assert "layout=geo" in opened.page.evaluate("location.hash")
    opened.assert_quiet()


def test_networks_among_themselves(open_map: Opener) -> None:
    opened = open_map(full_map(), "#layout=overview&n=net%2Falpha")
    assert places(opened) == ["Pôle Oméga", "Réseau Alpha"]
    assert links(opened) == 1
    assert "Membres communs : 1" in opened.page.locator("#card").inner_text()
    # One asked for by name that is not there: the layout gives way.
    opened.page.locator("#search").fill("gamma")
    opened.page.locator("#search").press("Enter")
    assert opened.page.locator("#layouts input").first.is_checked()
    opened.assert_quiet()


def test_layouts_that_a_map_lacks_are_not_offered(open_map: Opener) -> None:
    from .sample import small_map

    opened = open_map(small_map(), "#layout=geo")
    assert opened.page.locator("#layouts").is_hidden()
    assert opened.page.locator("#display").is_hidden()
    assert opened.page.locator("#time").is_hidden()


def test_moving_between_layouts_ends_in_the_same_picture(open_map: Opener) -> None:
    still = open_map(full_map(), "#layout=geo")
    moved = open_map(full_map(), motion="no-preference")
    moved.page.locator("#layouts label").nth(1).click()
    moved.page.wait_for_timeout(1800)
    assert abs(inked(moved, "#f1f3f5") - inked(still, "#f1f3f5")) < 800
    moved.assert_quiet()


def test_areas_are_drawn_around_groups(open_map: Opener) -> None:
    opened = open_map(full_map())
    before = picture(opened)
    opened.page.locator("#areas-by").select_option("networks")
    assert picture(opened) != before
    # Only Alpha has two members or more.
    assert "1" in opened.page.locator("#meanings").inner_text()
    assert "areas=networks" in opened.page.evaluate("location.hash")
    opened.assert_quiet()


def test_a_path_step_by_step(open_map: Opener) -> None:
    opened = open_map(full_map(), "#n=org%2Fbeta&hideLinks=cooperation")
    page = opened.page
    page.locator("#path-from").click()
    assert page.locator("#aim").is_visible()
    page.locator("#search").fill("oméga")
    page.locator("#search").press("Enter")
    assert page.locator("#aim").is_hidden()
    # Béta – Alpha – Gamma – Oméga: cooperations, which tie the two directly, are hidden.
    steps = page.locator("#card .path > li > button.node").all_inner_texts()
    assert [s.strip() for s in steps] == [
        "Atelier Béta",
        "Réseau Alpha",
        "Régie Gamma",
        "Pôle Oméga",
    ]
    assert "Étude inventée — 2.1 Les membres" in page.locator("#card .path").inner_text()
    assert "to=pole%2Fomega" in page.evaluate("location.hash")
    page.locator("#show-all").click()
    assert page.locator("#card .path > li").count() == 2
    page.keyboard.press("Escape")
    assert page.locator("#card").is_hidden()
    opened.assert_quiet()


def test_no_path_is_said(open_map: Opener) -> None:
    opened = open_map(full_map(), "#n=org%2Fbeta&to=org%2Fseul")
    assert opened.page.locator("#card .path").count() == 0
    assert "Café tout seul" in opened.page.locator("#card h2").inner_text()
    opened.assert_quiet()


def test_a_click_may_end_the_path(open_map: Opener) -> None:
    opened = open_map(full_map(), "#n=org%2Fbeta")
    opened.page.locator("#path-from").click()
    places(opened)
    opened.page.locator("#table tbody th button", has_text="Alpha").click()
    assert opened.page.locator("#card .path > li").count() == 2


def test_years_hide_what_did_not_hold(open_map: Opener) -> None:
    opened = open_map(full_map())
    page = opened.page
    assert links(opened) == 5
    page.locator("#time").click()
    slider = page.locator("#time-year")
    # The place before the first year is that of all years.
    assert [slider.get_attribute(a) for a in ("min", "max")] == ["2008", "2012"]
    assert slider.input_value() == "2008"
    assert links(opened) == 5
    # 2012: Gamma–Alpha holds, Béta–Alpha does not; three have no date.
    slider.press("End")
    assert slider.input_value() == "2012"
    assert links(opened) == 4
    slider.press("ArrowLeft")
    assert slider.input_value() == "2011"
    assert links(opened) == 4
    ends = [row.split("\t")[:2] for row in page.locator("#link-table tbody tr").all_inner_texts()]
    assert ["Atelier Béta", "Réseau Alpha"] in ends
    assert ["Régie Gamma", "Réseau Alpha"] not in ends
    said = page.locator("#time-said").inner_text()
    assert "2011" in said
    assert "3" in said
    assert "year=2011" in page.evaluate("location.hash")
    page.locator("#time").click()
    assert links(opened) == 5
    opened.assert_quiet()


def test_years_play(open_map: Opener) -> None:
    opened = open_map(full_map(), "#year=2009")
    opened.page.locator("#time-play").click()
    now = opened.page.locator("#time-now")
    now.get_by_text("2010").wait_for()
    opened.page.locator("#time-play").click()
    assert opened.page.locator("#time-play").get_attribute("aria-pressed") == "false"


def test_the_address_says_it_all_again(open_map: Opener) -> None:
    asked = "#n=org%2Fbeta&layout=geo&size=degree&color=networks&areas=networks&year=2011&lang=en"
    opened = open_map(full_map(), asked + "&hideNodes=pole&hideLinks=cooperation", others=BOTH)
    page = opened.page
    kept = page.evaluate("Object.fromEntries(new URLSearchParams(location.hash.slice(1)))")
    assert kept == {
        "n": "org/beta",
        "layout": "geo",
        "size": "degree",
        "color": "networks",
        "areas": "networks",
        "year": "2011",
        "lang": "en",
        "hideNodes": "pole",
        "hideLinks": "cooperation",
    }
    assert page.locator("#card h2").inner_text() == "Atelier Béta"
    opened.assert_quiet()


@pytest.mark.parametrize(
    "asked",
    [
        "#layout=constructor&size=__proto__&color=toString&areas=%3Cimg%3E",
        "#n=__proto__&to=constructor&e=hasOwnProperty",
        "#year=99999&lang=__proto__",
        "#hideNodes=__proto__&hideLinks=%00&hideGroups=alpha",
        "#n=%E0%A4%A&layout",
        "#n=org%2Fbeta%27%5D%5B&lang=<script>",
    ],
)
def test_unknown_values_are_ignored(open_map: Opener, asked: str) -> None:
    opened = open_map(full_map(), asked, others=BOTH)
    assert opened.page.locator("#card").is_hidden()
    assert len(places(opened)) == 5
    assert opened.page.title() == "Carte d'essai"
    opened.assert_quiet()


def test_the_map_may_start_otherwise(open_map: Opener) -> None:
    from dataclasses import replace

    start = (("layout", "geographic"), ("color", "networks"), ("size", "nothing"))
    model = replace(full_map(), start=start)
    opened = open_map(model)
    assert len(places(opened)) == 3
    assert opened.page.locator("#color-by").input_value() == "networks"
    assert opened.page.evaluate("location.hash") == ""
    other = open_map(model, "#layout=network&color=degree")
    assert len(places(other)) == 5
    assert other.page.locator("#color-by").input_value() == "degree"
