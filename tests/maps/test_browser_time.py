"""Years, paths side by side, pictures of a part, and the link to a view, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

from ptce_graph.maps.model import Category, Edge, MapModel, Node, Source

from .conftest import Opened
from .sample import full_map
from .test_browser_files import SVG, saved
from .test_browser_views import inked, links, picture, places

Opener = Callable[..., Opened]
WITHOUT_DATE = "Hide links without a date"


def english() -> MapModel:
    """The full map in English: what it says is what the code holds."""
    return full_map("en")


def many_ways(between: int) -> MapModel:
    """Two poles and ``between`` organisations, each tied to both; the first only plans one."""
    model = english()
    middle = [f"org/m{i:02}" for i in range(between)]
    nodes = [
        Node("pole/a", "Left", "pole", 0, 0, 20, 1),
        Node("pole/b", "Right", "pole", 900, 0, 20, 2),
    ]
    edges = []
    for i, name in enumerate(middle):
        nodes.append(Node(name, f"Middle {i:02}", "organisation", 450, 60 * i, 10, 3 + i))
        kind = "cooperation" if i else "planned"
        edges.append(Edge(f"a{i}", "pole/a", name, kind, "", directed=False))
        edges.append(Edge(f"b{i}", name, "pole/b", "cooperation", "", directed=False))
    planned = Category("planned", "Planned cooperation", "#8c8420", "dotted", 1)
    return MapModel(
        language="en",
        title="Many ways",
        subtitle="",
        node_categories=model.node_categories,
        edge_categories=(*model.edge_categories, planned),
        nodes=tuple(nodes),
        edges=tuple(edges),
    )


def texts(drawing: bytes) -> list[str]:
    """What a drawing says, line by line."""
    root = ElementTree.fromstring(drawing)
    return ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]


def test_opening_the_panel_changes_nothing(open_map: Opener) -> None:
    opened = open_map(english())
    page = opened.page
    before = inked(opened, "#7a3e9d")
    page.locator("#time").click()
    assert page.locator("#time-now").inner_text() == "all years"
    assert page.locator("#time-year").get_attribute("aria-valuetext") == "all years"
    assert page.locator("#time-said").inner_text() == "2 dated links, 3 without a date."
    assert page.locator("#time-undated").is_hidden()
    assert page.evaluate("location.hash") == ""
    assert inked(opened, "#7a3e9d") == before
    assert links(opened) == 5
    page.locator("#time-year").press("ArrowRight")
    assert "year=2009" in page.evaluate("location.hash")
    page.locator("#time-year").press("Home")
    assert page.evaluate("location.hash") == ""
    assert page.locator("#time-bar").is_visible()
    opened.assert_quiet()


def test_a_year_is_said_on_whose_word(open_map: Opener) -> None:
    opened = open_map(english(), "#year=2009")
    page = opened.page
    # Béta–Alpha holds from 2009 to 2011; Gamma–Alpha begins in 2012; three bear no date.
    said = (
        "Valid in 2009, according to the documents (of 2013): 1 dated link; "
        "3 without a date, drawn thinner."
    )
    assert page.locator("#time-said").inner_text() == said
    assert links(opened) == 4
    assert said in page.locator("#link-table caption").inner_text()
    counts = page.locator("#edge-filters .count").all_inner_texts()
    assert counts == ["2", "2"]
    assert "without a date" in page.locator("#meanings").inner_text()
    opened.assert_quiet()


def test_documents_without_a_date_are_said(open_map: Opener) -> None:
    sources = (Source("a", "A", "Press, January 2012"), Source("b", "B", "Press 1, 2014"))
    model = replace(english(), sources=(*sources, Source("c", "C", "undated")))
    said = open_map(model, "#year=2009").page.locator("#time-said").inner_text()
    assert "(of 2012–2014, or undated)" in said


def test_undated_links_may_be_hidden_and_who_has_no_other(open_map: Opener) -> None:
    opened = open_map(english(), "#year=2009")
    page = opened.page
    assert len(places(opened)) == 5
    page.get_by_label(WITHOUT_DATE).check()
    # One link is left; the pole stays, Gamma and the café go.
    assert links(opened) == 1
    assert places(opened) == ["Atelier Béta", "Pôle Oméga", "Réseau Alpha"]
    said = page.locator("#time-said").inner_text()
    assert "1 dated link; 3 without a date, not shown." in said
    assert "not shown: 2." in said
    assert "undated=hide" in page.evaluate("location.hash")
    assert page.locator("#node-filters .count").all_inner_texts() == ["1", "1", "1"]
    again = open_map(english(), "#year=2009&undated=hide")
    assert links(again) == 1
    assert again.page.get_by_label(WITHOUT_DATE).is_checked()
    # One asked for by name is shown, whatever the year.
    again.page.locator("#search").fill("gamma")
    again.page.locator("#search").press("Enter")
    assert again.page.locator("#card h2").inner_text() == "Régie Gamma"
    assert "Régie Gamma" in places(again)
    assert "not shown: 1." in again.page.locator("#time-said").inner_text()
    opened.assert_quiet()


def test_what_is_planned_for_later_is_not_shown_as_of_before(open_map: Opener) -> None:
    model = english()
    hub = Node("cooperation:fair", "Fair", "planned", 600, 500, 10, 6)
    late = Edge("late", "org/seul", hub.id, "planned", "", start="2013", end="2014")
    looks = Category("planned", "Planned action", "#f0e442", "hexagon", 1)
    model = replace(
        model,
        nodes=(*model.nodes, hub),
        node_categories=(*model.node_categories, looks),
        edges=(*model.edges, late),
        years=(*model.years, 2013, 2014),
    )
    names = places(open_map(model, "#year=2010"))
    # The café has no other link.
    assert "Fair" not in names
    assert "Café tout seul" not in names
    assert "Fair" in places(open_map(model, "#year=2013"))


def test_links_without_a_date_are_drawn_thinner(open_map: Opener) -> None:
    opened = open_map(english())
    plain = picture(opened)
    _, all_years = saved(opened, "#save-vector")
    opened.page.locator("#time").click()
    opened.page.locator("#time-year").fill("2009")
    assert picture(opened) != plain
    name, drawing = saved(opened, "#save-vector")
    assert "2009" in name

    def widths(content: bytes) -> list[float]:
        paths = ElementTree.fromstring(content).iter(f"{SVG}path")
        links = [p for p in paths if p.get("fill") == "none" and p.get("stroke-opacity")]
        return sorted(float(p.get("stroke-width", "0")) for p in links if p.get("stroke-width"))

    assert len(set(widths(all_years))) == 1
    thin, wide = min(widths(drawing)), max(widths(drawing))
    assert widths(drawing).count(thin) == 3
    assert widths(drawing).count(wide) == 1
    assert any(text.startswith("Valid in 2009, according to") for text in texts(drawing))


def test_what_two_have_in_common(open_map: Opener) -> None:
    opened = open_map(english(), "#n=org%2Fbeta&to=org%2Fgamma")
    page = opened.page
    assert "What the two have in common: 2" in page.locator("#card").inner_text()
    lines = page.locator("#card .ways > li > button")
    shown = [" ".join(text.split()) for text in lines.all_inner_texts()]
    assert shown == [
        "Atelier Béta → Réseau Alpha → Régie Gamma Observed",
        "Atelier Béta → Pôle Oméga → Régie Gamma Observed",
    ]
    assert [line.get_attribute("aria-expanded") for line in lines.all()] == ["true", "false"]
    assert "Étude inventée — 2.1 Les membres" in page.locator("#card .path").inner_text()
    lines.nth(1).click()
    assert [line.get_attribute("aria-expanded") for line in lines.all()] == ["false", "true"]
    steps = page.locator("#card .path > li > button.node").all_inner_texts()
    assert [s.strip() for s in steps] == ["Atelier Béta", "Pôle Oméga", "Régie Gamma"]
    assert lines.nth(1).evaluate("(e) => e === document.activeElement")
    kept = page.evaluate("location.hash")
    assert "way=2" in kept
    # Hidden again and shown again, the same path stays the one drawn.
    page.locator("#node-filters input").first.uncheck()
    assert page.locator("#card .path > li > button.node").nth(1).inner_text() == "Pôle Oméga"
    assert page.locator("#card .ways").count() == 0
    page.locator("#show-all").click()
    assert [line.get_attribute("aria-expanded") for line in lines.all()] == ["false", "true"]
    again = open_map(english(), kept)
    assert again.page.locator("#card .path > li > button.node").nth(1).inner_text() == "Pôle Oméga"
    opened.assert_quiet()


def test_twenty_paths_and_how_many_others(open_map: Opener) -> None:
    opened = open_map(many_ways(23), "#n=pole%2Fa&to=pole%2Fb")
    card = opened.page.locator("#card")
    assert card.locator(".ways > li").count() == 20
    assert "… and 3 others." in card.inner_text()
    # The one that is planned in part comes after those that are not, so not among twenty.
    assert "Middle 00" not in card.inner_text()
    few = open_map(many_ways(3), "#n=pole%2Fa&to=pole%2Fb").page.locator("#card")
    last = few.locator(".ways > li > button").nth(2)
    assert " ".join(last.inner_text().split()) == "Left → Middle 00 → Right Partly planned"
    assert "others" not in few.inner_text()
    last.click()
    assert few.locator(".ties .tag").all_inner_texts() == ["Planned", "Observed"]
    opened.assert_quiet()


def test_pictures_of_the_whole_or_of_the_view(open_map: Opener) -> None:
    opened = open_map(english(), "#hideNodes=pole")
    page = opened.page
    for _ in range(4):
        page.locator("#zoom-in").click()
    name, whole = saved(opened, "#save-vector")
    assert name == "trial-map.svg"
    assert "Whole map." in texts(whole)
    assert any(text.startswith("Not shown: Pôle") for text in texts(whole))
    page.locator("#picture-part").select_option("view")
    name, part = saved(opened, "#save-vector")
    assert name == "trial-map-view.svg"
    assert "Part of the map: the view as it was on the screen." in texts(part)

    def largest(content: bytes) -> float:
        circles = ElementTree.fromstring(content).iter(f"{SVG}circle")
        return max(float(c.get("r", "0")) for c in circles)

    assert largest(part) > 1.5 * largest(whole)
    assert saved(opened, "#save-image")[0] == "trial-map-view.png"
    # All of it in view is the whole map.
    page.locator("#view-all").click()
    assert saved(opened, "#save-vector")[0] == "trial-map.svg"
    opened.assert_quiet()


def test_the_link_of_the_view_is_copied(open_map: Opener) -> None:
    opened = open_map(english(), "#n=org%2Fbeta")
    page = opened.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#copy-link").click()
    page.locator("#share").wait_for()
    address = page.evaluate("location.href")
    assert address.endswith("#n=org%2Fbeta")
    assert page.locator("#share-address").input_value() == address
    said = page.locator("#share-said").inner_text()
    assert said.startswith("The link is copied.")
    # Opened from the disk: an address alone opens nothing on another computer.
    assert "send the file too" in said
    assert page.evaluate("navigator.clipboard.readText()") == address
    # Another view has another address.
    page.keyboard.press("Escape")
    assert page.locator("#share").is_hidden()
    opened.assert_quiet()


def test_the_link_may_be_copied_by_hand(open_map: Opener) -> None:
    opened = open_map(english(), "#year=2009", 390, 844)
    page = opened.page
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.locator("#copy-link").click()
    page.locator("#share").wait_for()
    assert "copy the address below" in page.locator("#share-said").inner_text()
    field = "document.activeElement"
    chosen = page.evaluate(f"{field}.value.slice({field}.selectionStart, {field}.selectionEnd)")
    assert chosen == page.evaluate("location.href")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    opened.assert_quiet()
