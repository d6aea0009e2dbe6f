"""Finding an actor and reading its card: search, counts, filters, neighbours, tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from ptce_graph.i18n import translator
from ptce_graph.maps.model import Attribute, Category, Grouping, MapModel

from .conftest import Opened
from .sample import full_map, small_map

Opener = Callable[..., Opened]
FRENCH = translator("fr")


def told(english: str, **values: object) -> str:
    """What a French page says for ``english``."""
    return FRENCH(english).format(**values)


def renamed(model: MapModel, names: dict[str, tuple[str, str]]) -> MapModel:
    """The model with other names, and names that are also given, by identifier."""

    def changed(node: Any) -> Any:
        if node.id not in names:
            return node
        label, also = names[node.id]
        attributes = (Attribute(FRENCH("Other names"), also),) if also else ()
        return replace(node, label=label, short="", attributes=attributes)

    return replace(model, nodes=tuple(map(changed, model.nodes)))


NAMES = {
    "pole/omega": ("PTCE Niortais", "Pôle d'Économie Solidaire de Niort"),
    "org/beta": ("Communauté d'agglomération de Niort", ""),
    "org/gamma": ("Région Nord-Pas-de-Calais", ""),
}


def offered(opened: Opened, text: str) -> list[str]:
    """The names offered for ``text``, best first."""
    opened.page.locator("#search").fill(text)
    options = opened.page.locator("#suggestions [role=option]").all_inner_texts()
    return [option.split("\n")[0] for option in options]


def open_table(opened: Opened) -> None:
    opened.page.locator("#table summary").click()
    opened.page.wait_for_selector("#table tbody tr")


def counts(opened: Opened) -> str:
    return str(opened.page.locator("#card .counts").last.inner_text())


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("PTCE de Niort", "PTCE Niortais"),
        ("ville de niort", "Communauté d'agglomération de Niort"),
        ("niort agglomeration", "Communauté d'agglomération de Niort"),
        ("solidaire niort ECONOMIE", "PTCE Niortais"),
        ("Conseil régional Nord", "Région Nord-Pas-de-Calais"),
    ],
)
def test_words_are_found_in_any_order(open_map: Opener, text: str, first: str) -> None:
    opened = open_map(renamed(small_map(), NAMES))
    assert offered(opened, text)[0] == first
    assert opened.page.locator("#no-result").is_hidden()


def test_another_name_explains_why_it_is_offered(open_map: Opener) -> None:
    opened = open_map(renamed(small_map(), NAMES))
    opened.page.locator("#search").fill("économie solidaire")
    option = opened.page.locator("#suggestions [role=option]").inner_text()
    assert told("also named {name}", name="Pôle d'Économie Solidaire de Niort") in option


def test_no_result_is_seen_and_the_nearest_names_are_offered(open_map: Opener) -> None:
    opened = open_map(renamed(small_map(), NAMES))
    assert "PTCE Niortais" in offered(opened, "niorrt")
    shown = opened.page.locator("#no-result")
    assert shown.is_visible()
    assert told("No result for “{text}”.", text="niorrt") in shown.inner_text()
    # Enter chooses nothing that was not asked for; an arrow does.
    opened.page.keyboard.press("Enter")
    assert opened.page.locator("#card").is_hidden()
    opened.page.keyboard.press("ArrowDown")
    opened.page.keyboard.press("Enter")
    assert opened.page.locator("#card").is_visible()
    assert shown.is_hidden()
    assert offered(opened, "<b>xyzzy") == []
    assert "<b>xyzzy" in shown.inner_text()
    opened.assert_quiet()


def test_enter_goes_to_the_card_and_escape_back(open_map: Opener) -> None:
    opened = open_map(small_map())
    opened.page.locator("#search").fill("gamma")
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("document.activeElement.id") == "card-title"
    opened.page.keyboard.press("Escape")
    assert opened.page.locator("#card").is_hidden()
    assert opened.page.evaluate("document.activeElement.id") == "search"


def measured() -> MapModel:
    """The small map whose Béta has measures, a place and an identifier."""
    model = full_map()
    attributes = (
        Attribute("Degré", "2", "Combien d'autres lui sont liés."),
        Attribute(FRENCH("Other names"), "L'Œuvre"),
        Attribute(FRENCH("Place"), "Niort"),
        Attribute(FRENCH("Kind"), "association"),
        Attribute("Stade", "naissant"),
    )
    nodes = tuple(
        replace(node, attributes=attributes) if node.id == "org/beta" else node
        for node in model.nodes
    )
    return replace(model, nodes=nodes)


def test_the_card_says_first_what_one_asks_first(open_map: Opener) -> None:
    opened = open_map(measured(), "#n=org%2Fbeta")
    text = opened.page.locator("#card").evaluate("card => card.textContent")
    parts = [
        "Atelier Béta",
        "association",
        "Niort",
        "L'Œuvre",
        "Atelier Béta est membre du Réseau Alpha",
        FRENCH("Linked to"),
        "naissant",
        "Combien d'autres lui sont liés.",
        "https://w3id.org/ptce/id/organisation/beta",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    folded = opened.page.locator("#card details")
    assert folded.get_by_text("Combien d'autres").is_hidden()
    folded.locator("summary").click()
    assert folded.get_by_text("Combien d'autres").is_visible()
    opened.assert_quiet()


def test_an_undated_link_says_so(open_map: Opener) -> None:
    said = FRENCH("date not said")
    undated = open_map(small_map(), "#n=org%2Fbeta")
    assert undated.page.locator("#card .facts .undated").inner_text() == said
    dated = open_map(full_map(), "#n=org%2Fbeta")
    assert dated.page.locator("#card .facts .undated").count() == 0


def test_one_line_is_singular(open_map: Opener) -> None:
    model = small_map()
    fact = model.nodes[2].facts[0]
    one = replace(fact, passages=(replace(fact.passages[0], lines="4"),))
    nodes = tuple(replace(n, facts=(one,)) if n.id == "org/beta" else n for n in model.nodes)
    opened = open_map(replace(model, nodes=nodes), "#n=org%2Fbeta")
    passage = opened.page.locator("#card .passages li").first.inner_text()
    assert passage.endswith(told("line {lines}", lines="4"))
    assert not passage.endswith(told("lines {lines}", lines="4"))


def test_the_card_counts_what_filters_hide(open_map: Opener) -> None:
    """Béta has one membership (Alpha) and two cooperations with the same pole."""
    opened = open_map(small_map(), "#n=org%2Fbeta&hideLinks=member")
    links = told("{n} links", n=2)
    actors = told("{n} actor or action", n=1)
    shown = told("On the map: {links} to {actors}", links=links, actors=actors)
    hidden = FRENCH("one hidden by your filters or the year")
    assert counts(opened) == f"{shown}, {hidden}."
    opened.page.locator("#card .all").click()
    assert "hideLinks" not in opened.page.evaluate("location.hash")
    assert opened.page.locator("#card .all").count() == 0
    assert told("{n} links", n=3) in counts(opened)
    assert opened.page.evaluate("document.activeElement.id") == "card-title"


def test_a_planned_link_is_told_apart(open_map: Opener) -> None:
    model = small_map()
    edges = tuple(
        replace(edge, category="planned") if edge.id == "e3" else edge for edge in model.edges
    )
    category = Category("planned", "Prévue", "#8C8420", "dotted", 1)
    planned = replace(model, edges=edges, edge_categories=(*model.edge_categories, category))
    assert FRENCH("one of them planned") in counts(open_map(planned, "#n=org%2Fbeta"))


def test_a_hidden_actor_comes_alone(open_map: Opener) -> None:
    opened = open_map(small_map(), "#hideNodes=organisation")
    page = opened.page
    open_table(opened)
    rows = page.locator("#table tbody tr")
    assert rows.count() == 2
    page.locator("#search").fill("gamma")
    page.keyboard.press("Enter")
    assert not page.get_by_role("checkbox", name="Organisation").is_checked()
    assert rows.count() == 3
    asked = FRENCH("Shown because you chose it: your filters or the year hide it.")
    assert asked in page.locator("#card").inner_text()
    # It goes again with its card.
    page.keyboard.press("Escape")
    assert rows.count() == 2
    opened.assert_quiet()


def test_only_the_neighbours(open_map: Opener) -> None:
    opened = open_map(small_map(), "#n=org%2Fgamma")
    page = opened.page
    open_table(opened)
    rows = page.locator("#table tbody th")
    page.locator("#near-only").click()
    assert page.locator("#near-only").get_attribute("aria-pressed") == "true"
    assert page.evaluate("document.activeElement.id") == "near-only"
    assert sorted(rows.all_inner_texts()) == ["Pôle Oméga", "Régie Gamma", "Réseau Alpha"]
    assert "near=only" in page.evaluate("location.hash")
    again = open_map(small_map(), "#n=org%2Fgamma&near=only")
    assert again.page.locator("#near-only").get_attribute("aria-pressed") == "true"
    again.page.keyboard.press("Escape")
    assert again.page.evaluate("location.hash") == ""


def test_aiming_at_a_path_brings_the_others_back(open_map: Opener) -> None:
    opened = open_map(small_map(), "#n=org%2Fgamma&near=only")
    opened.page.locator("#path-from").click()
    opened.page.locator("#search").fill("béta")
    opened.page.keyboard.press("Enter")
    assert opened.page.locator("#card .path > li").count() == 3


def test_the_table_says_what_no_document_says(open_map: Opener) -> None:
    opened = open_map(measured())
    page = opened.page
    open_table(opened)
    place = page.locator(f"#table td[data-title='{FRENCH('Place')}']")
    said = sorted(place.all_inner_texts())
    assert said == sorted(["Niort", *[FRENCH("not said")] * 4])


def test_the_table_is_filtered_by_a_column(open_map: Opener) -> None:
    model = full_map()
    kinds = {"org/beta": ("association",), "org/gamma": ("scic",)}
    nodes = tuple(
        replace(n, groups=(*n.groups, ("statut", kinds.get(n.id, ())))) for n in model.nodes
    )
    groups = (
        Category("association", "association", "#0072b2", "dot", 1),
        Category("scic", "SCIC", "#d55e00", "dot", 1),
    )
    grouping = Grouping("statut", "Formes juridiques", groups)
    opened = open_map(replace(model, nodes=nodes, groupings=(*model.groupings, grouping)))
    page = opened.page
    open_table(opened)
    rows = page.locator("#table tbody th")
    page.locator("#choice-statut").select_option("scic")
    assert rows.all_inner_texts() == ["Régie Gamma"]
    page.locator("#choice-statut").select_option(label=FRENCH("not said"))
    assert rows.count() == 3
    page.locator("#choice-statut").select_option("")
    assert rows.count() == 5
    opened.assert_quiet()


def test_a_phone_opens_on_the_whole_map(open_map: Opener) -> None:
    """Ink on the left and on the right of the picture, none cut by its edges."""
    opened = open_map(full_map(), "", 390, 844)
    opened.page.wait_for_timeout(200)
    columns = opened.page.evaluate(
        """() => {
          const c = document.querySelector('#canvas canvas');
          const p = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
          const inked = (x) => {
            for (let y = 0; y < c.height; y += 1) if (p[4 * (y * c.width + x) + 3]) return true;
            return false;
          };
          return [inked(0), inked(c.width - 1)];
        }"""
    )
    assert columns == [False, False]
