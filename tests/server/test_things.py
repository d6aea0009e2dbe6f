"""Every address leads to what is said of it, as a browser and a harvester ask."""

import re
from urllib.parse import urljoin

import pytest
import rdflib

BASE = "https://w3id.org/ptce/id/"
COORACE = "/id/organisation/coorace"
FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
SUFFIXES = {
    "text/html": "html",
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf",
    "application/ld+json": "jsonld",
}
READERS = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld"}


@pytest.mark.parametrize(("accept", "suffix"), SUFFIXES.items())
def test_a_thing_leads_to_the_document_that_suits(served, accept, suffix):
    reply = served.ask(COORACE, {"Accept": accept})
    assert reply.status == 303
    assert "Accept" in reply.headers["Vary"]
    address = urljoin(COORACE, reply.headers["Location"])
    assert address == f"{COORACE}.{suffix}"
    document = served.ask(address)
    assert document.status == 200
    assert document.type.startswith(accept)
    assert f'<{BASE}organisation/coorace>; rel="describes"' in document.headers["Link"]


@pytest.mark.parametrize(
    ("accept", "languages", "expected"),
    [
        (FIREFOX, "fr", f"{COORACE}.html"),
        (FIREFOX, "en-GB,en", f"/en{COORACE}.html"),
        ("*/*", "", f"{COORACE}.html"),
        ("text/turtle;q=0.5, application/ld+json", "en", f"{COORACE}.jsonld"),
    ],
)
def test_browsers_get_a_page_in_their_language(served, accept, languages, expected):
    reply = served.ask(COORACE, {"Accept": accept, "Accept-Language": languages})
    assert urljoin(COORACE, reply.headers["Location"]) == expected
    assert served.ask(expected).status == 200


@pytest.mark.parametrize(("suffix", "reader"), READERS.items())
def test_all_formats_say_the_same(served, bundled, suffix, reader):
    graph = rdflib.Graph().parse(data=served.ask(f"{COORACE}.{suffix}").text, format=reader)
    thing = rdflib.URIRef(f"{BASE}organisation/coorace")
    own = {(str(p), str(o)) for p, o in graph.predicate_objects(thing)}
    start = f"<{thing}> "
    lines = [line for line in bundled.nquads.split("\n") if line.startswith(start)]
    expected = rdflib.Dataset()
    expected.parse(data="\n".join(lines), format="nquads")
    assert own == {(str(p), str(o)) for _s, p, o, _g in expected.quads()}


def test_every_thing_and_code_has_an_address(served, bundled):
    found = re.findall(r"^<https://w3id\.org/ptce/((?:id|code)/[^>]+)>", bundled.nquads, re.M)
    kinds = {path.rsplit("/", 1)[0]: path for path in found}
    assert len(kinds) > 30
    for path in kinds.values():
        reply = served.ask(f"/{path}", {"Accept": "text/turtle"})
        assert reply.status == 303, path
        document = served.ask(urljoin(f"/{path}", reply.headers["Location"]))
        assert f"https://w3id.org/ptce/{path}" in rdf_subjects(document.text), path
        assert served.ask(f"/{path}.html").status == 200, path


def rdf_subjects(turtle):
    return {
        str(subject) for subject in rdflib.Graph().parse(data=turtle, format="turtle").subjects()
    }


@pytest.mark.parametrize(
    "path",
    [
        "/id/organisation/no-such-thing",
        "/id/organisation/no-such-thing.ttl",
        "/id/organisation/no-such-thing.html",
        "/id/membership/",
        "/id/x%3E%20%3Chttp:",
        "/code/none/none",
        "/nothing.html",
        "/../../../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/id/%00",
        "/id/../../../etc/passwd.ttl",
    ],
)
def test_what_is_not_there_is_told(served, path):
    reply = served.ask(path, {"Accept-Language": "en"})
    assert reply.status == 404
    assert reply.text.splitlines()[0] == "There is nothing here"


def test_a_thing_in_no_format_of_ours(served):
    assert served.ask(COORACE, {"Accept": "image/png"}).status == 406


def test_the_ontology(served):
    for accept, suffix in SUFFIXES.items():
        reply = served.ask("/ontology", {"Accept": accept})
        assert (reply.status, reply.headers["Location"]) == (303, f"ontology.{suffix}")
        assert served.ask(f"/ontology.{suffix}").status == 200
    counts = {
        len(rdflib.Graph().parse(data=served.ask(f"/ontology.{suffix}").text, format=reader))
        for suffix, reader in READERS.items()
    }
    assert len(counts) == 1
    assert counts.pop() > 500


def test_documents_are_not_sent_twice(served):
    first = served.ask(f"{COORACE}.ttl")
    again = served.ask(f"{COORACE}.ttl", {"If-None-Match": first.headers["ETag"]})
    assert (again.status, again.body) == (304, b"")
    zipped = served.ask(f"{COORACE}.ttl", {"Accept-Encoding": "gzip"})
    assert zipped.headers["ETag"] != first.headers["ETag"]
    assert len(zipped.body) < len(first.body) / 3


def test_headers_that_guard_who_looks(served):
    for path in ("/", COORACE + ".html", COORACE + ".ttl", "/health", "/nothing"):
        headers = served.ask(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src" in headers["Content-Security-Policy"]
        assert headers["Server"] is None
