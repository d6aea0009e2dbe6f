"""The Reconciliation Service API 0.2, as OpenRefine asks it and as a stranger misuses it."""

import json
from urllib.parse import quote, urlencode

import pytest

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def ask(served, queries, method="POST", language="en"):
    told = urlencode({"queries": queries if isinstance(queries, str) else json.dumps(queries)})
    headers = {"Accept-Language": language}
    if method == "GET":
        return served.ask(f"/reconcile?{told}", headers)
    return served.ask("/reconcile", {**FORM, **headers}, "POST", told)


def best(served, query):
    return ask(served, {"q": query}).json["q"]["result"][0]


def test_the_manifest_says_what_is_offered(served):
    reply = served.ask("/reconcile", {"Origin": "https://example.org"})
    assert reply.status == 200
    assert reply.type.startswith("application/json")
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    told = reply.json
    assert "0.2" in told["versions"]
    assert told["identifierSpace"] == "https://w3id.org/ptce/id/"
    assert told["schemaSpace"]
    assert told["name"]
    assert {one["id"] for one in told["defaultTypes"]} == {"organisation", "network", "pole"}
    for template in (told["view"]["url"], told["preview"]["url"]):
        assert "{{id}}" in template
        assert template.startswith(served.address)
    assert isinstance(told["preview"]["width"], int)
    assert told["suggest"]["entity"] == {
        "service_url": f"{served.address}reconcile",
        "service_path": "/suggest/entity",
    }


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_batch_is_answered_query_by_query(served, method):
    queries = {
        "q0": {"query": "labo ESS"},
        "q1": {"query": "Mairie de Lille", "limit": 1},
        "q2": {"query": "zzz qqq"},
    }
    reply = ask(served, queries, method)
    assert reply.status == 200
    assert set(reply.json) == set(queries)
    first = reply.json["q0"]["result"][0]
    assert (first["id"], first["name"], first["match"]) == ("labo-ess", "Labo de l'ESS", True)
    assert {"id": "network", "name": "network"} in first["type"]
    assert 0 <= first["score"] <= 100
    assert len({one["id"] for one in first["features"]}) == len(first["features"])
    (second,) = reply.json["q1"]["result"]
    assert second["id"] == "ville-lille"
    assert reply.json["q2"]["result"] == []
    for result in reply.json.values():
        scores = [one["score"] for one in result["result"]]
        assert scores == sorted(scores, reverse=True)


def test_the_identifier_of_a_thing_finds_it(served):
    found = best(served, {"query": "caisse-des-depots"})
    assert (found["id"], found["score"], found["match"]) == ("caisse-des-depots", 100.0, True)


def test_types_and_properties_narrow_the_search(served):
    poles = ask(served, {"q": {"query": "Pôle Sud", "type": "pole"}}).json["q"]["result"]
    assert poles[0]["id"] == "pole-sud-archer"
    assert all({"id": "pole", "name": "pole"} in one["type"] for one in poles)
    plain = best(served, {"query": "Ecossolies"})
    there = best(served, {"query": "Ecossolies", "properties": [{"pid": "place", "v": "Nantes"}]})
    assert there["id"] == "association-ecossolies"
    assert there["score"] >= plain["score"]
    site = {"properties": [{"pid": "website", "v": ["http://www.rhonealpes.fr/"]}]}
    assert best(served, site)["id"] == "region-rhone-alpes"


def test_suggestions_begin_as_it_is_typed(served):
    told = served.ask("/reconcile/suggest/entity?prefix=coora", {"Accept-Language": "en"}).json
    assert [one["id"] for one in told["result"]] == ["coorace", "coorace-rhone-alpes"]
    skipped = served.ask("/reconcile/suggest/entity?prefix=coora&cursor=1").json
    assert [one["id"] for one in skipped["result"]] == ["coorace-rhone-alpes"]
    types = served.ask("/reconcile/suggest/type?prefix=po&lang=en").json["result"]
    assert [one["id"] for one in types] == ["pole"]
    properties = served.ask("/reconcile/suggest/property?prefix=si&lang=en").json["result"]
    assert [one["id"] for one in properties][:2] == ["siren", "siret"]


def test_preview_and_view(served):
    page = served.ask("/reconcile/preview?id=coorace&lang=en")
    assert page.status == 200
    assert page.type.startswith("text/html")
    assert "<h1>COORACE</h1>" in page.text
    assert "frame-ancestors *" in page.headers["Content-Security-Policy"]
    view = served.ask("/reconcile/view?id=coorace")
    assert (view.status, view.headers["Location"]) == (303, "../id/organisation/coorace")
    for path in ("preview", "view"):
        missing = served.ask(f"/reconcile/{path}?id={quote('<script>')}")
        assert missing.status == 404
        assert "<script>" not in missing.text


WRONG = [
    "",
    "{",
    "[]",
    "3",
    '{"q": 3}',
    '{"q": {}}',
    '{"q": {"query": ""}}',
    '{"q": {"query": 3}}',
    '{"q": {"query": "a", "limit": 0}}',
    '{"q": {"query": "a", "limit": "x"}}',
    '{"q": {"query": "a", "limit": NaN}}',
    '{"q": {"query": "a", "type": 3}}',
    '{"q": {"query": "a", "props": []}}',
    '{"q": {"query": "a", "properties": {}}}',
    '{"q": {"query": "a", "properties": [{"v": 1}]}}',
    '{"q": {"query": "a", "properties": [{"pid": "place"}]}}',
    json.dumps({"q": {"query": "a" * 301}}),
    "[" * 100_000,
]


@pytest.mark.parametrize("queries", WRONG, ids=range(len(WRONG)))
def test_what_is_no_batch_is_told(served, queries):
    reply = ask(served, queries)
    assert reply.status == 400
    assert len(reply.text.splitlines()) == 2


def test_the_service_is_bounded(served):
    many = {f"q{number}": {"query": "a"} for number in range(101)}
    assert ask(served, many).status == 413
    assert ask(served, "x" * 1_100_000).status == 413
    found = ask(served, {"q": {"query": "pôle de coopération", "limit": 1e300}}).json["q"]["result"]
    assert 0 < len(found) <= 25
    assert served.ask("/reconcile/suggest/entity?prefix=a&cursor=99999").status == 400
    assert served.ask("/reconcile", {"Content-Type": "text/plain"}, "POST", "x").status == 415
    assert served.ask("/reconcile", FORM, "POST", "x=1").status == 400
    assert served.ask("/reconcile", method="PUT").status == 405


def test_nothing_that_is_asked_comes_back_as_script(served):
    hostile = '</script><script>alert(1)</script>"'
    reply = ask(served, {"q": {"query": hostile, "type": hostile}})
    assert reply.type.startswith("application/json")
    assert "script>alert" not in reply.text
    called = served.ask("/reconcile?callback=alert")
    assert called.type.startswith("application/json")
    assert not called.text.startswith("alert")


def test_other_origins_may_ask(served):
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    reply = served.ask("/reconcile", asked, "OPTIONS")
    assert reply.status == 204
    assert "POST" in reply.headers["Access-Control-Allow-Methods"]
