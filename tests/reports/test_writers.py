"""HTML, Markdown and SVG: well-formed, accessible, and text stays text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from ptce_graph.reports.html import html_text
from ptce_graph.reports.markdown import escaped, markdown_text, methods_text

from .conftest import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"
_VOID = {"meta", "link", "br", "img"}


class Outline(HTMLParser):
    """The elements of a page: their order, their attributes, whether each is closed."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.open, self.text = [], [], []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs), tuple(self.open)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs), tuple(self.open)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)

    def all(self, *tags):
        return [(tag, attrs) for tag, attrs, _ in self.elements if tag in tags]


@pytest.fixture(scope="module")
def outline(made):
    return Outline(html_text(made))


def test_the_page_asks_for_nothing_and_runs_nothing(made, outline):
    tags = {tag for tag, _attrs, _open in outline.elements}
    assert not tags & {"script", "img", "iframe", "object", "image", "foreignobject", "base"}
    assert all("style" not in attrs for _tag, attrs, _open in outline.elements)
    assert not any(name.startswith("on") for _t, attrs, _o in outline.elements for name in attrs)
    policy = next(a["content"] for t, a in outline.all("meta") if "http-equiv" in a)
    assert "default-src 'none'" in policy and "unsafe" not in policy
    leads = {a["href"] for _t, a in outline.all("a", "link")}
    assert all(
        re.match(r"#|tables/[a-z-]+\.csv|figures/[a-z-]+\.(svg|pdf)|data:,$", h) for h in leads
    )


def test_one_title_and_headings_in_order(made, outline):
    levels = [int(tag[1]) for tag, _ in outline.all("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert outline.elements[0] == ("html", {"lang": "en"}, ())


def test_tables_and_figures_can_be_heard(made, outline):
    assert len(outline.all("caption")) == len(outline.all("table")) == len(made.tables)
    heads = outline.all("th")
    assert all(attrs.get("scope") in ("col", "row") for _tag, attrs in heads)
    drawings = [attrs for _tag, attrs in outline.all("svg")]
    assert len(drawings) == len(made.figures)
    known = {attrs["id"] for _t, attrs, _o in outline.elements if "id" in attrs}
    for attrs in drawings:
        assert attrs["role"] == "img"
        assert set(attrs["aria-labelledby"].split()) <= known


def test_no_identifier_stands_twice(outline):
    ids = [attrs["id"] for _tag, attrs, _open in outline.elements if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_figures_are_vectors_with_words(made):
    for figure in made.figures:
        root = ElementTree.fromstring(figure.svg)
        assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]
        assert root[0].text == figure.title
        assert figure.caption in root[1].text
        assert not list(root.iter(f"{SVG}image")) and not list(root.iter(f"{SVG}style"))
        sizes = [float(t.get("font-size").removesuffix("px")) for t in root.iter(f"{SVG}text")]
        # At 72 points per inch, 16 cm wide: what is 8 here is 8 points on paper.
        assert min(sizes) >= 8
        assert float(root.get("width").removesuffix("pt")) == pytest.approx(16 / 2.54 * 72, abs=1)
        assert figure.pdf.startswith(b"%PDF-") and b"/Subtype /Image" not in figure.pdf


def test_hostile_names_stay_text_in_html(hostile):
    page = Outline(html_text(hostile))
    text = "".join(page.text)
    for name in HOSTILE[:2]:
        assert name in text
    assert not page.all("img")
    assert not any("javascript" in a.get("href", "") for _t, a in page.all("a"))


def test_hostile_names_stay_text_in_svg(hostile):
    told = ""
    for figure in hostile.figures:
        root = ElementTree.fromstring(figure.svg)
        assert not any("onerror" in key for element in root.iter() for key in element.attrib)
        assert {element.tag for element in root.iter()} & {f"{SVG}img", f"{SVG}script"} == set()
        told += "".join(root.itertext())
    assert "a | b ` c" in told
    assert "<img src=x onerror" in told


def test_hostile_names_stay_text_in_markdown(hostile):
    text = markdown_text(hostile)
    assert "<img" not in re.sub(r"\\<", "", text)
    assert "](javascript" not in text.replace("\\]", "")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    tables, cells = 0, None
    for line, after in zip(rows, [*rows[1:], ""], strict=True):
        count = len(re.findall(r"(?<!\\)\|", line))
        if re.fullmatch(r"\|(-+:?\|)+", after):
            tables, cells = tables + 1, count
        assert count == cells, line
    assert tables == len(hostile.tables)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# title", "\\# title"),
        ("- item", "\\- item"),
        ("1. item", "&#49;. item"),
        ("0.71", "0.71"),
        ("a|b", "a\\|b"),
        ("`x`", "\\`x\\`"),
        ("<b>", "\\<b\\>"),
        ("[x](y)", "\\[x\\](y)"),
        ("two\nlines\u2028three", "two lines three"),
        ("$x$ & @who", "\\$x\\$ \\& \\@who"),
    ],
)
def test_markdown_is_escaped(text, expected):
    assert escaped(text) == expected


def test_markdown_holds_the_same_as_the_page(made):
    text = markdown_text(made)
    for figure in made.figures:
        assert f"](figures/{figure.id}.svg)" in text
    for table in made.tables:
        assert f"(tables/{table.id}.csv)" in text
    marks = set(re.findall(r"\[\^([^\]]+)\](?!:)", text))
    assert marks == set(re.findall(r"^\[\^([^\]]+)\]:", text, re.MULTILINE))
    headings = re.findall(r"^(#+) ", text, re.MULTILINE)
    assert headings.count("#") == 1


def test_methods_tell_versions_seed_and_publications(made):
    text = methods_text(made)
    for word in ("ptce-graph 0", "networkx ", "numpy ", "scipy ", "seed: 2011", "Freeman", "Burt"):
        assert word in text
    assert "## Who is central" not in text
