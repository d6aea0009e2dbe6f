"""The tiny project as a site, written once, and a reader of its pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from ptce_graph.publish.site import Site

_VOID = {"meta", "link", "input", "br", "img", "hr"}


@dataclass
class Element:
    """A start tag with what it holds."""

    tag: str
    attributes: dict[str, str]
    children: list[Any] = field(default_factory=list)

    def walk(self) -> Any:
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    @property
    def text(self) -> str:
        told = (c if isinstance(c, str) else c.text for c in self.children)
        return " ".join(" ".join(told).split())

    def find(self, tag: str = "", class_: str = "") -> list[Element]:
        return [
            e
            for e in self.walk()
            if (not tag or e.tag == tag)
            and (not class_ or class_ in e.attributes.get("class", "").split())
        ]


class Reader(HTMLParser):
    """A page as a tree; fails where a tag is closed that is not open."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.root = Element("root", {})
        self.open = [self.root]
        self.feed(page.decode("utf-8"))
        self.close()
        assert [e.tag for e in self.open] == ["root"]

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        self.open[-1].children.append(Element(tag, {n: v or "" for n, v in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def tree(page: bytes | None) -> Element:
    """A page as a tree."""
    assert page is not None
    return Reader(page).root


@pytest.fixture(scope="session")
def tiny_site(tiny: Any) -> Site:
    """The site of the tiny project (read only)."""
    return Site(tiny, base_url="https://tiny.example/ess")


@pytest.fixture(scope="session")
def written(tiny_site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same site as files."""
    return tiny_site.write(tmp_path_factory.mktemp("site")).parent
