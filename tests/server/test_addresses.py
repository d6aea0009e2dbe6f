"""Other names of addresses lead where something stands; what is not there is a page."""

from urllib.parse import quote, urljoin

import pytest

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
ENGLISH = HTML | {"Accept-Language": "en"}
TURTLE = {"Accept": "text/turtle"}


@pytest.mark.parametrize(
    ("path", "headers", "target"),
    [
        ("/catalog.ttl", {}, "/data/catalog.ttl"),
        ("/void.ttl", {}, "/data/void.ttl"),
        ("/.well-known/void", TURTLE, "/data/void.ttl"),
        ("/shapes", TURTLE, "/shapes.ttl"),
        ("/id/dataset/ptce", HTML, "/data.html"),
        ("/id/dataset/ptce", ENGLISH, "/en/data.html"),
        ("/id/dataset/ptce", TURTLE, "/data/catalog.ttl"),
        ("/ontology/", HTML, "/ontology"),
        ("/id/pole/", HTML, "/poles.html"),
        ("/id/organisation/", ENGLISH, "/en/organisations.html"),
        ("/en/id/source/", HTML, "/en/sources.html"),
        ("/id/place/", HTML, "/places.html"),
        ("/id/call/", HTML, "/calls.html"),
    ],
)
def test_other_names_lead_to_what_stands_there(served, path, headers, target):
    reply = served.ask(path, headers)
    assert reply.status == 303
    assert urljoin(path, reply.headers["Location"]) == target
    assert "//" not in reply.headers["Location"]
    if not target.startswith("/data/"):
        assert served.ask(target).status in (200, 303)


def test_the_shapes_in_no_format_of_ours(served):
    assert served.ask("/shapes", {"Accept": "image/png"}).status == 406


def test_the_endpoint_with_a_slash_keeps_its_query(served):
    query = quote("ASK {}")
    for method in ("GET", "POST"):
        reply = served.ask(f"/sparql/?query={query}", method=method)
        assert (reply.status, reply.headers["Location"]) == (308, f"../sparql?query={query}")


def test_a_browser_gets_a_page_where_nothing_is(served):
    for path in ("/nothing", "/id/pole/none", "/id/membership/"):
        page = served.ask(path, HTML)
        assert (page.status, page.type) == (404, "text/html; charset=utf-8"), path
        assert page.text.startswith("<!doctype html>")
        assert served.ask(path, {"Accept": "*/*"}).type.startswith("text/plain")
    assert served.ask("/nothing", HTML, method="HEAD").body == b""


def test_the_ontology_is_what_its_documents_describe(served):
    for path in ("/ontology", "/ontology.ttl", "/ontology.html", "/en/ontology.html"):
        link = served.ask(path, TURTLE).headers["Link"]
        assert '<https://w3id.org/ptce/ontology>; rel="describes"' in link, path
