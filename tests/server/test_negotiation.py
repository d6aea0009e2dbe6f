"""Formats and languages as RFC 9110, 12.4 and 12.5, has them."""

import pytest

from ptce_graph.server.negotiation import (
    GRAPH_FORMATS,
    SOLUTION_FORMATS,
    acceptable,
    language_of,
    named,
    wants_html,
)

FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("text/csv", "csv"),
        ("text/*", "xml"),  # text/xml is the first of ours that text/* holds
        ("text/csv;q=0.5, text/tab-separated-values", "tsv"),
        ("application/sparql-results+xml, application/json;q=0.9", "xml"),
        # The closest range tells: */* does not bring back what q=0 refuses.
        ("*/*, application/sparql-results+json;q=0, application/json;q=0", "xml"),
        ("text/csv;q=0", None),
        ("image/png", None),
        ("TEXT/CSV", "csv"),
        ("text/csv; charset=utf-8; q=0.4, application/json;q=0.3", "csv"),
        ("nonsense, text/csv", "csv"),
        # rdflib's SPARQLStore, and what curl and browsers send.
        ("application/sparql-results+xml, application/sparql-results+json;q=0.9", "xml"),
    ],
)
def test_solutions(accept, expected):
    found = acceptable(accept, SOLUTION_FORMATS)
    assert (found.name if found else None) == expected


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "ttl"),
        ("application/rdf+xml, text/turtle;q=0.9", "rdfxml"),
        ("application/ld+json", "jsonld"),
        ("application/n-triples;q=1.0, */*;q=0.1", "nt"),
        ("application/trig", "trig"),
        ("application/sparql-results+json", None),
    ],
)
def test_triples(accept, expected):
    found = acceptable(accept, GRAPH_FORMATS)
    assert (found.name if found else None) == expected


def test_formats_by_name():
    assert named("application/sparql-results+xml", SOLUTION_FORMATS).name == "xml"
    assert named("turtle", GRAPH_FORMATS).name == "ttl"
    assert named("json", GRAPH_FORMATS).name == "jsonld"
    assert named("turtle", SOLUTION_FORMATS) is None


def test_a_browser_wants_html_and_a_program_does_not():
    assert wants_html(FIREFOX)
    assert not wants_html("*/*")
    assert not wants_html("")
    assert not wants_html("application/sparql-results+json, text/html;q=0.5")
    assert not wants_html("text/html;q=0, */*")


@pytest.mark.parametrize(
    ("asked", "header", "expected"),
    [
        ("", "", "fr"),
        ("", "en-GB,en;q=0.9,fr;q=0.8", "en"),
        ("", "de,fr;q=0.3,en;q=0.2", "fr"),
        ("", "de", "fr"),
        ("en", "fr", "en"),
        ("<x>", "en", "en"),
    ],
)
def test_languages(asked, header, expected):
    assert language_of(asked, header) == expected
