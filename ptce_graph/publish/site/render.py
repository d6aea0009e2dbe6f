"""A page as HTML that needs nothing but its neighbours: style and script inside, strict policy.

The template is autoescaped: no text of the data becomes markup. The policy
lists the style and the script by their hashes; the script adds the search
index, a file of the site, when somebody begins to search, which
``'strict-dynamic'`` allows to it alone. (``'self'`` would not do: opened from
disk, pages have no origin that all browsers agree on.)
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from ptce_graph.i18n import LANGUAGES, mark, translator
from ptce_graph.maps.preview import HEIGHT, WIDTH
from ptce_graph.publish.site import neighbourhood
from ptce_graph.publish.site.model import Page
from ptce_graph.publish.site.paths import in_language, is_web, relative
from ptce_graph.publish.site.words import words as page_words

#: The menu: paths and labels.
MENU = (
    ("poles.html", mark("Poles")),
    ("criteria.html", mark("Criteria")),
    ("networks.html", mark("Networks")),
    ("organisations.html", mark("Organisations")),
    ("actions.html", mark("Actions")),
    ("maps.html", mark("Maps")),
    ("questions.html", mark("Questions")),
    ("measures.html", mark("Measures")),
    ("ontology.html", mark("Ontology")),
    ("data.html", mark("Data")),
    ("coverage.html", mark("About and coverage")),
)
_LANGUAGE_NAMES = {"fr": "Français", "en": "English"}
#: Halves of characters, which UTF-8 cannot hold, and marks that turn other text around.
_UNSEEN = re.compile("[\ud800-\udfff\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True)
class Frame:
    """What all pages have around them: name of the site, licence, version, address."""

    titles: Mapping[str, str]
    licences: Mapping[str, str]
    licence_page: str = ""
    version: str = ""
    base_url: str = ""
    maps: bool = True


def page_html(page: Page, language: str, frame: Frame) -> bytes:
    """The page in ``language``, as UTF-8."""
    start = in_language(page.path, language)
    return rendered(page, language, frame, lambda target: _href(start, target, language))


def rendered(page: Page, language: str, frame: Frame, href: Callable[[str], str]) -> bytes:
    """The page with links that ``href`` makes: those of ``404.html`` know no folder."""
    environment = _environment()
    words = translator(language)
    other = next(name for name in LANGUAGES if name != language)
    text = environment.get_template("page.html.j2").render(
        page=page,
        licence=frame.licences[language],
        policy=_policy(_script(), _style(), page.style),
        language=language,
        words=words,
        say=page_words(words),
        frame=frame,
        site_title=frame.titles[language],
        href=href,
        root=href("x").removesuffix("x"),
        menu=[item for item in MENU if frame.maps or item[0] != "maps.html"],
        other=other,
        other_name=_LANGUAGE_NAMES[other],
        other_href=_other(page, language, other, href),
        address=f"{frame.base_url}{in_language(page.path, language)}" if frame.base_url else "",
        other_address=f"{frame.base_url}{in_language(page.path, other)}" if frame.base_url else "",
    )
    return _UNSEEN.sub("\ufffd", text).encode("utf-8")


def _href(start: str, target: str, language: str) -> str:
    if is_web(target):
        return target
    return relative(start, in_language(target, language))


def _other(page: Page, language: str, other: str, href: Callable[[str], str]) -> str:
    """The same page in the other language."""
    if page.path == "404.html":
        return href(in_language("index.html", other))
    return relative(in_language(page.path, language), in_language(page.path, other))


@lru_cache(maxsize=1)
def _environment() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    style, script = _style(), _script()
    environment = Environment(
        loader=PackageLoader("ptce_graph.publish.site", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
        is_web=is_web,
        markup=Markup,
        is_text=lambda part: isinstance(part, str),
        picture=(WIDTH, HEIGHT),
        drawing_width=neighbourhood.WIDTH,
    )
    return environment


@lru_cache(maxsize=8)
def _policy(script: str, *styles: str) -> str:
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {_hash(script)} 'strict-dynamic'",
            "style-src " + " ".join(_hash(style) for style in styles if style),
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@lru_cache(maxsize=1)
def _style() -> str:
    """The style without the space that people need to read it."""
    return re.sub(r"\s*([{};,])\s*", r"\1", _text("site.css")).strip()


@lru_cache(maxsize=1)
def _script() -> str:
    return '"use strict";\n(() => {\n' + _text("site.js") + "})();\n"


def _text(name: str) -> str:
    return (resources.files("ptce_graph.publish.site") / name).read_text(encoding="utf-8")
