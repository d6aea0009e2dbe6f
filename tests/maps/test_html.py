"""What the page holds, read without a browser."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from ptce_graph.maps.html import render_html

from .sample import CORPUS, full_map, hostile_map, small_map


class Elements(HTMLParser):
    """Every element with its attributes and, for scripts and styles, its text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self.texts.append("")

    def handle_data(self, data: str) -> None:
        if self.texts:
            self.texts[-1] += data

    def all(self, tag: str) -> list[tuple[dict[str, str | None], str]]:
        pairs = zip(self.found, self.texts, strict=True)
        return [(attributes, text) for (name, attributes), text in pairs if name == tag]


def payload(page: str) -> dict[str, Any]:
    (text,) = (t for a, t in Elements(page).all("script") if a.get("type") == "application/json")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def policy(page: str) -> dict[str, list[str]]:
    (content,) = (
        a["content"] or ""
        for a, _ in Elements(page).all("meta")
        if a.get("http-equiv") == "Content-Security-Policy"
    )
    return {name: values for name, *values in map(str.split, content.split(";"))}


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


PAGE = render_html(small_map())


def test_the_page_says_what_it_is() -> None:
    assert PAGE.lower().startswith("<!doctype html>")
    assert '<html lang="fr">' in PAGE
    assert "<title>Carte d&#39;essai</title>" in PAGE
    assert '<meta charset="utf-8">' in PAGE
    assert 'name="viewport"' in PAGE


def test_nothing_comes_from_elsewhere() -> None:
    for tag, attributes in Elements(PAGE).found:
        for name in ("src", "href", "srcset", "data", "action"):
            value = attributes.get(name) or ""
            assert not re.match(r"(https?:)?//", value), (tag, value)
    assert "sourceMappingURL" not in PAGE


def test_the_policy_allows_these_scripts_and_styles_and_no_other() -> None:
    elements = Elements(PAGE)
    rules = policy(PAGE)
    scripts = re.findall(r"<script>(.*?)</script>", PAGE, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", PAGE, re.DOTALL)
    assert (len(scripts), len(styles)) == (2, 1)
    assert rules["default-src"] == ["'none'"]
    assert rules["script-src"] == [digest(text) for text in scripts]
    assert rules["style-src"] == [digest(text) for text in styles]
    assert rules["base-uri"] == rules["form-action"] == ["'none'"]
    assert "unsafe" not in str(rules)
    assert not [a for _, a in elements.found if "style" in a or any(n.startswith("on") for n in a)]


def test_scripts_cannot_close_their_element() -> None:
    for _, text in Elements(PAGE).all("script"):
        assert "</script" not in text.lower()
        assert "<!--" not in text


def test_the_same_model_gives_the_same_bytes() -> None:
    assert render_html(small_map()).encode() == PAGE.encode()


def test_the_drawing_is_the_model() -> None:
    data = payload(PAGE)
    model = small_map()
    assert [(n["x"], n["y"], n["size"]) for n in data["nodes"]] == [
        (n.x, n.y, n.size) for n in model.nodes
    ]
    assert [(e["from"], e["to"]) for e in data["edges"]] == [(2, 0), (3, 0), (3, 1), (2, 1), (1, 2)]
    assert [n["links"] for n in data["map"]["nodes"]] == [2, 2, 2, 2, 0]
    assert json.loads(data["options"])["physics"] == {"enabled": False}
    assert not any("title" in item or "label" in item for item in data["nodes"] + data["edges"])


def test_parallel_links_bend_apart_and_others_are_straight() -> None:
    edges = payload(PAGE)["edges"]
    assert not any("smooth" in edge for edge in edges[:3])
    # Opposite directions and the same turn: the two bends lie on either side.
    assert edges[3]["smooth"]["type"] == edges[4]["smooth"]["type"]


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://beta.example/a?b=c", True),
        ("http://beta.example", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,x", False),
        ("//beta.example", False),
        ("https://", False),
        ("https://[beta", False),
        ("https://beta.example/\njavascript:alert(1)", False),
        (" https://beta.example", False),
    ],
)
def test_links_lead_to_the_web_only(address: str, kept: bool) -> None:
    model = small_map()
    page = render_html(replace(model, nodes=(replace(model.nodes[0], website=address),), edges=()))
    assert payload(page)["map"]["nodes"][0].get("website", "") == (address if kept else "")


@pytest.mark.parametrize("attack", CORPUS)
def test_no_text_becomes_markup(attack: str) -> None:
    page = render_html(hostile_map(attack))
    page.encode()
    assert policy(page)["script-src"] == policy(PAGE)["script-src"]
    assert len(payload(page)["texts"]["fr"]["nodes"]) == 5
    counted = [tag for tag, _ in Elements(page).found]
    assert counted == [tag for tag, _ in Elements(render_html(full_map())).found]
    assert "\u2028" not in page.split('<script id="data"')[1].split("</script>")[0]
    assert not re.search("[\ud800-\udfff\u202a-\u202e\u2066-\u2069]", page)


def test_the_words_of_both_languages_are_there_once() -> None:
    page = render_html(full_map(), full_map("en"))
    data = payload(page)
    assert list(data["texts"]) == ["fr", "en"]
    strings = data["strings"]
    assert len(strings) == len(set(strings))
    labels = {lang: strings[data["texts"][lang]["nodeCategories"][0]] for lang in ("fr", "en")}
    assert labels == {"fr": "Réseau", "en": "Network"}
    facts = [data["facts"][data["texts"][lang]["nodes"][2][3][0]] for lang in ("fr", "en")]
    assert [strings[text] for text, *_ in facts] == [
        "Atelier Béta est membre du Réseau Alpha",
        "Atelier Béta is a member of Réseau Alpha",
    ]
    # The passage is the same in both, and leads to the same node.
    assert facts[0][1:] == facts[1][1:] == [0, 0]


def test_another_map_is_no_translation() -> None:
    with pytest.raises(ValueError, match="other nodes"):
        render_html(full_map(), small_map())


def test_a_second_language_costs_little() -> None:
    one = len(render_html(full_map()).encode())
    assert len(render_html(full_map(), full_map("en")).encode()) < one + 8_000


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        ("reseau-alpha.html", True),
        ("javascript:alert(1)//.html", False),
        ("../x.html", False),
        ("a/b.html", False),
        ("//evil.example/x.html", False),
        ("x.html?y", False),
    ],
)
def test_own_maps_are_files_of_this_folder(page: str, kept: bool) -> None:
    model = small_map()
    html = render_html(replace(model, nodes=(replace(model.nodes[0], page=page),), edges=()))
    assert ("page" in payload(html)["map"]["nodes"][0]) is kept


def test_importing_the_writer_loads_nothing_heavy() -> None:
    code = (
        "import sys, ptce_graph.maps.html, ptce_graph.maps.layout;"
        "print([m for m in ('pyvis', 'jinja2', 'networkx', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_three_hundred_nodes_stay_under_the_budget() -> None:
    model = small_map()
    nodes = tuple(
        replace(
            model.nodes[2], id=f"n{i}", label=f"Organisation {i}", facts=model.nodes[2].facts * 4
        )
        for i in range(300)
    )
    edges = tuple(
        replace(model.edges[0], id=f"e{i}", source=f"n{i}", target="n0") for i in range(300)
    )
    assert len(render_html(replace(model, nodes=nodes, edges=edges)).encode()) < 1_500_000
