"""The ontology's page: whole, in both languages, alone, and true; its files and its checks."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from rdflib import OWL, RDF, BNode, Graph, URIRef
from rdflib.compare import isomorphic

from ptce_graph.errors import CallError
from ptce_graph.publish.ontology.checks import ontology_checks
from ptce_graph.publish.ontology.examples import examples
from ptce_graph.publish.ontology.files import DOWNLOADS, ontology_files
from ptce_graph.publish.ontology.lists import LIST_NAMES
from ptce_graph.publish.ontology.page import Links, ontology_body, ontology_page
from ptce_graph.publish.ontology.picture import BORROWED, picture, relations, sentences
from ptce_graph.publish.ontology.terms import ONTOLOGY_FILE, PREFIXES, all_terms, expanded
from ptce_graph.publish.release import Release
from ptce_graph.tables.schema import CODE_LISTS

NS = "https://w3id.org/ptce/ontology#"
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
ontology = Graph().parse(ONTOLOGY_FILE)
OWN = {
    str(s).removeprefix(NS)
    for kind in KINDS
    for s in ontology.subjects(RDF.type, kind)
    if str(s).startswith(NS)
}


class Page(HTMLParser):
    """Identifiers, links, sources and languages of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.lang = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if told.get("id"):
            self.ids.append(str(told["id"]))
        if tag == "a" and told.get("href"):
            self.links.append(str(told["href"]))
        if tag == "html":
            self.lang = str(told.get("lang"))
        for name in ("src", "srcset", "poster", "data"):
            if told.get(name):
                self.loaded.append(str(told[name]))
        if tag == "link":
            self.loaded.append(str(told.get("href")))


@pytest.fixture(scope="module", params=["fr", "en"])
def language(request) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def text(language) -> str:
    return ontology_page(language)


@pytest.fixture(scope="module")
def page(text) -> Page:
    return Page(text)


def test_every_term_has_its_fragment(page, language) -> None:
    assert len(OWN) == 90
    assert set(page.ids) >= OWN
    assert len(page.ids) == len(set(page.ids))
    assert page.lang == language


def test_every_code_list_and_code_is_there(page, bundled) -> None:
    for name in CODE_LISTS:
        assert f"code-{name}" in page.ids
        for code in bundled.facts.tables.codes[name]["code"]:
            assert f"code-{name}-{code}" in page.ids
    assert set(LIST_NAMES) == set(CODE_LISTS)


def test_every_link_within_the_page_leads_somewhere(page) -> None:
    fragments = {link.removeprefix("#") for link in page.links if link.startswith("#")}
    assert len(fragments) > 90
    assert fragments <= set(page.ids)
    files = {link for link in page.links if "://" not in link and not link.startswith("#")}
    assert files == {name for name, *_rest in DOWNLOADS}


def test_nothing_is_loaded(page, text) -> None:
    assert page.loaded == ["data:,"], page.loaded
    assert "default-src &#39;none&#39;" in text
    assert not re.search(r"<script|@import|url\((?!#)", text)


def test_definitions_of_both_languages_are_shown(text) -> None:
    from html import unescape

    told = unescape(text).replace("\u2019", "’")
    for term in all_terms():
        for definition in term.definitions.values():
            assert definition in told


def test_metadata_is_that_of_the_ontology(text) -> None:
    for told in ("1.0.0", "https://w3id.org/ptce/ontology/1.0.0", "ptce-graph (2026)"):
        assert told in text


def test_alignments_of_terms_and_lists_are_told_with_their_reason(text, language) -> None:
    reason = {
        "en": "theirs holds between the official territories only.",
        "fr": "la leur ne vaut qu’entre territoires officiels.",
    }
    assert reason[language] in text
    assert "http://purl.org/essglobal/standard/legal-form/" in text


def test_a_language_that_is_not_there_is_told() -> None:
    with pytest.raises(CallError):
        ontology_page("de")


def test_same_ontology_same_bytes(text, language) -> None:
    assert ontology_page(language) == text


def test_in_a_site_questions_and_codes_are_links(bundled) -> None:
    release = Release(bundled.nquads, bundled.network())
    body = str(ontology_body("en", release, Links(root="../", pages="")))
    links = set(Page(body).links)
    assert "questions/pole-members.html" in links
    assert "code/legal-forms/scic.html" in links
    assert "../ontology.ttl" in links
    assert "<h1" not in body
    # pole-members.rq names ptce:Pole; figures are not its matter.
    articles = dict(re.findall(r'<article class="term" id="(\w+)"(.*?)</article>', body, re.S))
    assert "questions/pole-members.html" in articles["Pole"]
    assert "questions/pole-members.html" not in articles["Figure"]


def test_text_of_data_never_becomes_markup(tiny) -> None:
    nquads = (
        f"<urn:p> <{RDF.type}> <{NS}Pole> <urn:g> .\n"
        '<urn:p> <http://www.w3.org/2004/02/skos/core#prefLabel> "<img src=x onerror=alert(1)>"@fr'
        " <urn:g> .\n"
    )
    body = str(ontology_body("fr", Release(nquads, tiny.network())))
    assert "<img" not in body
    assert "&lt;img src=x" in body


# Examples


def test_every_example_is_turtle_and_true(bundled) -> None:
    """Read back by rdflib, each example is made of triples of the data and uses its term."""
    data = Graph()
    triples = (line.rsplit(" <", 1)[0] + " ." for line in bundled.nquads.splitlines())
    data.parse(data="\n".join(triples), format="nt")
    head = f"@base <{bundled.base_iri}> .\n"
    head += "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    told = examples(bundled.nquads, bundled.base_iri)
    assert len(told) >= 60
    for name, text in told.items():
        read = Graph().parse(data=head + text, format="turtle")
        assert len(read) >= 1
        assert not [triple for triple in read if triple not in data], name
        assert any(URIRef(NS + name) in triple for triple in read), name


# The picture


def test_every_class_and_relation_between_classes_is_drawn() -> None:
    drawn = picture("en")
    classes = {s for s in ontology.subjects(RDF.type, OWL.Class) if str(s).startswith(NS)}
    assert {NS + b.link[1:] for b in drawn.boxes if b.link} == set(map(str, classes))
    told = {(s, t): names for s, names, t in relations()}
    assert told["ptce:Cooperation", "ptce:Participation"] == "participation"
    assert told["ptce:Pole", "org:Organization"] == "carriedBy"
    assert told["ptce:Network", "org:Organization"] == "rdfs:subClassOf"
    assert len(sentences("fr")) == len(relations())


def test_no_two_boxes_overlap() -> None:
    boxes = picture("fr").boxes
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            assert abs(one.x - other.x) >= 236 or abs(one.y - other.y) >= 58


@pytest.mark.parametrize(("subject", "predicate", "target"), BORROWED)
def test_borrowed_relations_are_those_of_the_data(subject, predicate, target, bundled) -> None:
    found = bundled.query(
        f"SELECT ?s {{ ?s a <{expanded(subject)}> ; <{expanded(predicate)}> ?o }} LIMIT 1"
        if target == "org:Organization"
        else f"SELECT ?s {{ ?s a <{expanded(subject)}> ; <{expanded(predicate)}> ?o ."
        f" ?o a <{expanded(target)}> }} LIMIT 1"
    )
    # Bundled memberships have no dates; the tiny project's do.
    assert len(found) == (0 if predicate == "org:memberDuring" else 1)


# Files


@pytest.mark.parametrize(
    ("name", "format_"), [("ontology.rdf", "xml"), ("ontology.jsonld", "json-ld")]
)
def test_other_formats_hold_the_same_triples(name, format_) -> None:
    read = Graph().parse(data=ontology_files()[name], format=format_)
    assert isomorphic(read, ontology)
    assert any(isinstance(s, BNode) for s in read.subjects())


def test_files_are_the_same_bytes_and_all_that_is_offered() -> None:
    assert ontology_files() == ontology_files()
    assert list(ontology_files()) == [name for name, *_rest in DOWNLOADS]


# FOOPS! and OOPS!


def test_the_lists_are_whole() -> None:
    told = ontology_checks()
    foops = {c.id for c in told if c.id.startswith("FOOPS")}
    oops = [c.id.removeprefix("OOPS P") for c in told if c.id.startswith("OOPS")]
    assert len(foops) == 15
    # The catalogue has 41; 8 need a person.
    assert set(map(int, oops)) == set(range(1, 42)) - {1, 9, 14, 15, 16, 17, 18, 23}
    assert len(oops) == 33
    assert all(c.evidence and c.name for c in told)


def test_what_is_not_met_is_known() -> None:
    """No DOI and no logo is made up; inverses are left out on purpose."""
    told = {c.id: c.met for c in ontology_checks()}
    assert [id_ for id_, met in told.items() if met is False] == ["FOOPS OM3", "OOPS P13"]
    assert [id_ for id_, met in told.items() if met is None] == ["FOOPS OM4.2", "OOPS P37"]


BROKEN = """
@prefix : <https://w3id.org/ptce/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/ptce/ontology> owl:versionInfo "1" .
:A a owl:Class ; rdfs:subClassOf :B ; rdfs:label "one"@en .
:B a owl:Class ; rdfs:subClassOf :A ; rdfs:label "one"@en ; skos:definition "x"@en .
:OtherThings a owl:Class ; owl:equivalentClass :A .
:CatAndDog a owl:Class .
:snake_case a owl:ObjectProperty , owl:SymmetricProperty ; rdfs:domain :A , :B ; rdfs:range :C ;
    owl:inverseOf :snake_case .
:is a owl:ObjectProperty , owl:TransitiveProperty ; rdfs:domain :A ; rdfs:range org:Orgnization .
:q a owl:DatatypeProperty ; owl:equivalentProperty :r ; :unknown "x" .
"""


def test_a_broken_ontology_fails_the_lists(tmp_path, monkeypatch) -> None:
    from ptce_graph.publish.ontology import checks
    from ptce_graph.publish.ontology import pitfalls as pits
    from ptce_graph.publish.ontology import terms as source

    path = tmp_path / "broken.ttl"
    path.write_text(BROKEN, encoding="utf-8")
    broken = Graph().parse(path)
    source.all_terms.cache_clear()
    monkeypatch.setattr(source, "ontology", lambda: broken)
    monkeypatch.setattr(checks, "ontology", lambda: broken)
    monkeypatch.setattr(pits, "ontology", lambda: broken)
    try:
        told = {c.id: c.met for c in checks.ontology_checks()}
    finally:
        source.all_terms.cache_clear()
    failed = {id_.removeprefix("OOPS ") for id_, met in told.items() if met is False}
    assert failed >= {
        "P02", "P03", "P04", "P05", "P06", "P07", "P08", "P10", "P11", "P19", "P21", "P22",
        "P25", "P26", "P27", "P28", "P29", "P30", "P31", "P32", "P34", "P35", "P38", "P39", "P40",
        "P41",
    }  # fmt: skip
    assert failed >= {"FOOPS OM1", "FOOPS OM2", "FOOPS OM4.1", "FOOPS VOC3", "FOOPS VER1"}


# In a browser


def test_in_a_browser_no_request_and_no_fault_of_access(browser, tmp_path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for language in ("en", "fr"):
        path = tmp_path / f"{language}.html"
        path.write_text(ontology_page(language), encoding="utf-8")
        context = browser.new_context(viewport={"width": 380, "height": 900}, offline=True)
        tab = context.new_page()
        asked: list[str] = []
        tab.on("request", lambda request, asked=asked: asked.append(request.url))
        tab.goto(path.as_uri() + "#Pole")
        tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert [url.partition("#")[0] for url in asked] == [path.as_uri()]
        assert tab.evaluate("document.querySelector(':target').id") == "Pole"
        # On a phone, nothing but what scrolls by itself is wider than the screen.
        assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        if language == "fr":
            result = Axe().run(tab)
            assert result.violations_count == 0, result.generate_report()
        context.close()
