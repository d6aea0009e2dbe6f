"""The folder of maps: what is in it, what leads where, and that it is the same twice."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import ptce_graph


@pytest.fixture(scope="module")
def folder(tiny: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made: Path = tiny.gallery(tmp_path_factory.mktemp("gallery"), lang="en").parent
    return made


def test_one_map_per_thing_that_has_links(folder: Path) -> None:
    assert {file.name for file in folder.iterdir()} == {
        "index.html",
        "all.html",
        "members.html",
        "bridges.html",
        "overlap.html",
        "network-reseau-alpha.html",
        "network-reseau-beta.html",
        "pole-pole-nord.html",
        "pole-pole-sud-est.html",
        "region-grand-est.html",
        "call-appel-2010.html",
    } - ({"region-grand-est.html"} - {file.name for file in folder.iterdir()})


def test_the_index_leads_to_every_map(folder: Path) -> None:
    index = (folder / "index.html").read_text(encoding="utf-8")
    linked = re.findall(r'href="([^"]+\.html)"', index)
    assert sorted(linked) == sorted(f.name for f in folder.iterdir() if f.name != "index.html")
    assert "Réseau Alpha" in index
    assert "default-src 'none'" in index.replace("&#39;", "'")
    # Nothing but the page's own style and data in it asks for anything.
    assert not re.findall(r"<script|https?://|@import|url\(", index)
    assert len(index) < 60_000


def test_the_same_data_give_the_same_bytes(tiny: Any, folder: Path, tmp_path: Path) -> None:
    tiny.gallery(tmp_path, lang="en")
    for file in folder.iterdir():
        assert (tmp_path / file.name).read_bytes() == file.read_bytes(), file.name


def test_names_are_text_in_the_index(tiny_copy: Path, tmp_path: Path) -> None:
    table = tiny_copy / "sources/livret/organisations.csv"
    text = table.read_text(encoding="utf-8")
    assert "Réseau Alpha," in text
    table.write_text(text.replace("Réseau Alpha,", "<script>alert(1)</script>,"), encoding="utf-8")
    index = ptce_graph.load(tiny_copy).gallery(tmp_path).read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)" in index
    assert "<script" not in index


def test_an_overview_leads_to_the_maps_beside_it(
    tiny: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ptce_graph.maps.make.MOST_NODES", 8)
    page = tiny.gallery(tmp_path).parent / "all.html"
    assert "network-reseau-alpha.html" in page.read_text(encoding="utf-8")


def test_the_index_in_a_browser(folder: Path, browser: Any) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    context.set_offline(True)
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto((folder / "index.html").as_uri())
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("svg circle").count() > 20
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("link", name="Réseau Bêta").click()
    page.wait_for_selector("#canvas canvas")
    assert page.url.endswith("network-reseau-beta.html")
    assert [url for url in asked if not url.startswith("file:") and url != "data:,"] == []
    assert said == []
    context.close()
