"""The documentation of the ontology as a page, in French and in English.

One page that asks nothing of the network: what the ontology says of itself, a
picture, every class and property with an anchor that is its fragment, the
code lists, prefixes and downloads. ``ontology_body`` gives the same without
head and style, to be set into a site.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from ptce_graph.errors import known_language, unknown_choice
from ptce_graph.i18n import date_words, mark, translator
from ptce_graph.i18n import gettext as _
from ptce_graph.publish.ontology.examples import examples
from ptce_graph.publish.ontology.files import DOWNLOADS
from ptce_graph.publish.ontology.lists import LIST_NAMES, bundled_quads, code_lists
from ptce_graph.publish.ontology.picture import drawing, sentences
from ptce_graph.publish.ontology.terms import (
    CLASS,
    DATATYPE,
    NAMESPACE,
    OBJECT,
    ONTOLOGY_IRI,
    PREFIXES,
    Term,
    all_terms,
    header,
    shortened,
)
from ptce_graph.vocabulary import terms
from ptce_graph.vocabulary.iris import DEFAULT_BASE, slug

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

    from ptce_graph.publish.release import Release

_SECTIONS = (
    (CLASS, "classes", mark("Classes")),
    (OBJECT, "object-properties", mark("Properties that lead to things")),
    (DATATYPE, "datatype-properties", mark("Properties that lead to values")),
)
_TRAITS = {
    "symmetric": mark("symmetric: what holds one way holds the other way"),
    "transitive": mark("transitive: what holds step by step holds of the whole way"),
    "functional": mark("functional: one value at most"),
    "dimension": mark("dimension of the RDF Data Cube"),
    "measure": mark("measure of the RDF Data Cube"),
    "attribute": mark("attribute of the RDF Data Cube"),
}
_STATUS = {
    "http://purl.org/ontology/bibo/status/draft": mark("draft"),
    "http://purl.org/ontology/bibo/status/published": mark("published version"),
}
_DCTERMS = terms.PREFIXES["dcterms"]
_OWL = terms.PREFIXES["owl"]
_STATUS_IRI = "http://purl.org/ontology/bibo/status"


@dataclass(frozen=True)
class Links:
    """How the page reaches others: none where it stands alone.

    ``root`` leads to the files, ``pages`` to the pages in the same language;
    both end in a slash or are empty.
    """

    root: str = ""
    pages: str | None = None

    def question(self, name: str) -> str:
        """The page of a catalogue question."""
        return f"{self.pages}questions/{name}.html" if self.pages is not None else ""

    def code(self, scheme: str, code: str = "") -> str:
        """The page of a code, or of its list."""
        if self.pages is None:
            return ""
        return f"{self.pages}code/{scheme}/{code}.html" if code else ""


def ontology_page(language: str, release: Release | None = None) -> str:
    """The page in ``language`` (``fr`` or ``en``), alone: write it as UTF-8.

    Examples come from ``release``, or from the bundled data. Raises
    ``CallError`` for another language.
    """
    from markupsafe import Markup

    body = ontology_body(language, release)
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    page = _environment(language).get_template("page.html.j2")
    return page.render(
        language=language,
        title=_header_text(_DCTERMS + "title", language),
        abstract=_header_text(_DCTERMS + "abstract", language),
        style=Markup(style),  # noqa: S704
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:",
        body=body,
    )


def ontology_body(
    language: str, release: Release | None = None, links: Links | None = None
) -> Markup:
    """The content of the page, for the layout of a site: sections under ``h2``, no ``h1``.

    Its classes are styled by ``ontology_style``. ``links`` says where the
    pages of codes and questions stand; without, they are named only.
    """
    from markupsafe import Markup

    known_language(language)
    words = translator(language)
    shown = examples(*_data(release))
    text = (
        _environment(language)
        .get_template("body.html.j2")
        .render(
            language=language,
            links=links or Links(),
            header=_told_header(language, words),
            picture=drawing(language),
            sentences=sentences(language),
            sections=[
                (anchor, words(label), _in_order(kind, language))
                for kind, anchor, label in _SECTIONS
            ],
            examples=shown,
            questions=_questions_by_term(),
            code_lists=code_lists(),
            prefixes=dict(sorted(PREFIXES.items())),
            base=release.base_iri if release else DEFAULT_BASE,
            downloads=[(name, words(label), type_) for name, label, type_ in DOWNLOADS],
            ontology_iri=ONTOLOGY_IRI,
        )
    )
    return Markup(text)  # noqa: S704 (the template is autoescaped)


def ontology_style() -> str:
    """The style of what ``ontology_body`` gives, to be put into a page's own."""
    folder = resources.files("ptce_graph.publish.ontology")
    return (folder / "body.css").read_text(encoding="utf-8")


def _style() -> str:
    folder = resources.files("ptce_graph.publish.ontology")
    return (folder / "page.css").read_text(encoding="utf-8") + ontology_style()


# What the page tells


def _data(release: Release | None) -> tuple[str, str]:
    """The quads the examples come from, and the address of their things."""
    return (release.nquads, release.base_iri) if release else (bundled_quads(), DEFAULT_BASE)


def _header_text(predicate: str, language: str) -> str:
    """What the ontology says in ``language``, or without a language."""
    told = {lang: text for text, lang in header().get(predicate, ())}
    return told.get(language) or told.get("", "")


def _told_header(language: str, words: Callable[[str], str]) -> dict[str, Any]:
    """The metadata the page shows."""
    status = _header_text(_STATUS_IRI, language)
    return {
        "abstract": _header_text(_DCTERMS + "abstract", language),
        "description": _header_text(_DCTERMS + "description", language),
        "version": _header_text(_OWL + "versionInfo", language),
        "version_iri": _header_text(_OWL + "versionIRI", language),
        "prior": _header_text(_OWL + "priorVersion", language),
        "issued": _date(_header_text(_DCTERMS + "issued", language), language),
        "modified": _date(_header_text(_DCTERMS + "modified", language), language),
        "creator": _header_text(_DCTERMS + "creator", language),
        "publisher": _header_text(_DCTERMS + "publisher", language),
        "licence": _header_text(_DCTERMS + "license", language),
        "citation": _header_text(_DCTERMS + "bibliographicCitation", language),
        "status": words(_STATUS[status]) if status in _STATUS else "",
        "sources": [text for text, _lang in header().get(_DCTERMS + "source", ())],
    }


def _in_order(kind: str, language: str) -> list[Term]:
    """The terms of a kind in the order of their names."""
    found = [term for term in all_terms() if term.kind == kind]
    return sorted(found, key=lambda term: slug(term.labels[language]))


def _date(date: str, language: str) -> str:
    return date_words(date, language) if date else ""


@cache
def _questions_by_term() -> dict[str, tuple[tuple[str, Mapping[str, str]], ...]]:
    """The catalogue questions whose SPARQL names each term, with their texts."""
    from ptce_graph.dataset.questions import questions

    catalogue = questions().values()
    named = {q.name: set(re.findall(r"\bptce:(\w+)", _without_comments(q.text))) for q in catalogue}
    return {
        term.name: tuple((q.name, q.words) for q in catalogue if term.name in named[q.name])
        for term in all_terms()
    }


def _without_comments(sparql: str) -> str:
    return "\n".join(line for line in sparql.splitlines() if not line.startswith("#"))


# Templates


def _environment(language: str) -> Environment:
    """The templates, autoescaped, with what they call."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    words = translator(language)
    environment = Environment(
        loader=PackageLoader("ptce_graph.publish.ontology", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        _=words,
        named=lambda iri: _named(iri, language),
        short=shortened,
        anchor=_anchor,
        trait=lambda name: words(_TRAITS[name]) if name in _TRAITS else name,
        list_name=lambda name: words(LIST_NAMES[name]) if name in LIST_NAMES else name,
        is_web=lambda iri: iri.startswith(("http://", "https://")),
        values=_values,
    )
    return environment


def _values(cell: str) -> list[str]:
    from ptce_graph.tables.facts import values

    return values(cell)


def _anchor(iri: str) -> str:
    """The fragment of one of our terms; nothing for a term of others."""
    return iri.removeprefix(NAMESPACE) if iri.startswith(NAMESPACE) else ""


@cache
def _labels(language: str) -> dict[str, str]:
    return {term.iri: term.labels[language] for term in all_terms()}


def _named(iri: str, language: str) -> str:
    return _labels(language).get(iri, "")


def term_named(name: str) -> Term:
    """The term of this name; ``CallError`` tells the nearest where there is none."""
    found = {term.name: term for term in all_terms()}
    if name not in found:
        raise unknown_choice(_("There is no term named {name}.").format(name=name), name, found)
    return found[name]
