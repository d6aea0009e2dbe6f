"""What the page gives away: pictures and tables, and what hostile texts do in them."""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from ptce_graph.i18n import translator

from .conftest import Opened
from .sample import CORPUS, full_map, hostile_map

Opener = Callable[..., Opened]
SVG = "{http://www.w3.org/2000/svg}"


def saved(opened: Opened, button: str) -> tuple[str, bytes]:
    """The name and content of what a button downloads."""
    with opened.page.expect_download() as download:
        opened.page.locator(button).click()
    content = Path(download.value.path()).read_bytes()
    return download.value.suggested_filename, content


def rows(content: bytes, delimiter: str = ";") -> list[list[str]]:
    """The cells of a table as a spreadsheet reads them."""
    text = content.decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=delimiter, strict=True))


def test_the_table_of_the_actors(open_map: Opener) -> None:
    name, content = saved(open_map(full_map(), "#size=degree&color=networks"), "#save-table")
    head, *cells = rows(content)
    assert name == "carte-d-essai.csv"
    assert [row[0] for row in cells] == [
        "Atelier Béta",
        "Café tout seul",
        "Pôle Oméga",
        "Régie Gamma",
        "Réseau Alpha",
    ]
    beta = dict(zip(head, cells[0], strict=True))
    assert beta["Réseaux"] == "Groupe Alpha, Groupe Oméga"
    assert beta["Degré"] == "1"
    lines = translator("fr")("lines {lines}").format(lines="10-12")
    facts = f"Atelier Béta est membre du Réseau Alpha [Étude inventée, 2.1 Les membres, {lines}]"
    assert facts in cells[0]
    assert "https://w3id.org/ptce/id/organisation/beta" in cells[0]
    # Without a value the cell is empty: an undefined measure is not zero.
    assert dict(zip(head, cells[1], strict=True))["Degré"] == ""


def test_the_table_of_the_links_follows_the_filters(open_map: Opener) -> None:
    opened = open_map(full_map(), "#year=2012&hideLinks=cooperation")
    name, content = saved(opened, "#save-links")
    _, *cells = rows(content)
    assert name.endswith(".csv")
    assert [row[:2] for row in cells] == [
        ["Régie Gamma", "Pôle Oméga"],
        ["Régie Gamma", "Réseau Alpha"],
    ]
    assert "2012–" in cells[1]


def test_english_tables_have_commas(open_map: Opener) -> None:
    _, content = saved(open_map(full_map("en")), "#save-table")
    assert rows(content, ",")[0][0] == "Name"


def test_the_drawing_opened_again_shows_the_picture(open_map: Opener, browser: Any) -> None:
    opened = open_map(full_map(), "#layout=geo&color=networks&areas=networks")
    name, content = saved(opened, "#save-vector")
    assert name == "carte-d-essai.svg"
    root = ElementTree.fromstring(content)
    texts = {"".join(text.itertext()) for text in root.iter(f"{SVG}text")}
    assert {"Carte d'essai", "Atelier Béta", "Sans lieu connu", "Contours inventés"} <= texts
    assert any("Étude inventée" in text for text in texts)
    assert not list(root.iter(f"{SVG}script"))
    page = browser.new_page(viewport={"width": 1512, "height": 1000})
    encoded = base64.b64encode(content).decode()
    page.goto(f"data:image/svg+xml;base64,{encoded}")
    box = page.locator("text", has_text="Atelier Béta").first.bounding_box()
    assert box is not None
    assert box["width"] > 40
    # Groupe Alpha's colour fills its shapes: an image, not only a document.
    assert page.locator("[fill='#0072b2']").count() > 2
    page.close()
    opened.assert_quiet()


def test_the_image_is_as_large_as_a_slide(open_map: Opener) -> None:
    opened = open_map(full_map())
    name, content = saved(opened, "#save-image")
    assert name == "carte-d-essai.png"
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = (int.from_bytes(content[i : i + 4], "big") for i in (16, 20))
    assert width >= 2000
    assert height >= 1500
    assert len(content) > 30_000
    opened.assert_quiet()


@pytest.mark.parametrize("attack", CORPUS)
def test_hostile_texts_stay_texts_in_files(open_map: Opener, attack: str) -> None:
    opened = open_map(hostile_map(attack))
    page = opened.page
    page.locator("#color-by").select_option(index=1)
    page.locator("#areas-by").select_option(index=1)
    page.locator("#layouts label").nth(1).click()
    _, drawing = saved(opened, "#save-vector")
    root = ElementTree.fromstring(drawing)
    allowed = {"svg", "g", "title", "rect", "path", "circle", "text"}
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= allowed
    for element in root.iter():
        assert not [name for name in element.attrib if name.startswith("on") or "href" in name]
    for button in ("#save-table", "#save-links"):
        _, content = saved(opened, button)
        for cell in (cell for row in rows(content) for cell in row):
            assert not cell.lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r", "|"))
    for text in (drawing, content):
        assert not any(mark in text.decode() for mark in "\u202a\u202b\u202d\u202e\u2066\u2067")
    opened.assert_quiet()


@pytest.mark.parametrize("attack", CORPUS)
def test_hostile_texts_stay_texts_in_every_part(open_map: Opener, attack: str) -> None:
    opened = open_map(hostile_map(attack))
    page = opened.page
    page.locator("#size-by").select_option(index=1)
    page.locator("#color-by").select_option(index=2)
    page.locator("#time").click()
    page.locator("#layouts label").nth(2).click()
    page.locator("#layouts label").nth(0).click()
    page.locator("#search").fill("béta")
    page.locator("#search").press("Enter")
    page.locator("#path-from").click()
    page.locator("#search").fill("gamma")
    page.locator("#search").press("Enter")
    assert page.locator("#card .path > li").count() >= 2
    page.locator("#link-table summary").click()
    page.wait_for_selector("#link-table tbody tr")
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#paper svg").count() == 1
    assert page.locator("body img, body iframe, body object").count() == 0
    assert page.locator("script").count() == 3
    # The address holds the hostile ids: opened again, it shows the same path.
    page.emulate_media(media="screen")
    page.reload()
    page.wait_for_selector("#card .path")
    opened.assert_quiet()


def test_paper_shows_map_legend_and_sources(open_map: Opener) -> None:
    opened = open_map(full_map(), "#layout=geo")
    opened.page.emulate_media(media="print")
    opened.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    picture = opened.page.locator("#paper svg")
    assert picture.is_visible()
    assert "Atelier Béta" in (picture.text_content() or "")
    assert opened.page.locator("#canvas").is_hidden()
    assert opened.page.locator("#node-filters").is_visible()
    assert opened.page.locator("#sources").is_visible()
    for hidden in (".tools", ".search", ".downloads", "#layouts", "#table"):
        assert opened.page.locator(hidden).is_hidden()
    data = opened.page.pdf(prefer_css_page_size=True)
    assert 1 <= data.count(b"/Type /Page\n") + data.count(b"/Type /Page ") <= 2
    opened.assert_quiet()
