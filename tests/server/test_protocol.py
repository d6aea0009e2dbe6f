"""The SPARQL 1.1 Protocol, spoken as a stranger's client does."""

import gzip
import json
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
import rdflib

POLES = "SELECT ?p { ?p a ptce:Pole } ORDER BY ?p"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
GRAPHS = "https://w3id.org/ptce/id/graph/"


def bindings(reply):
    assert reply.status == 200, reply.text
    return reply.json["results"]["bindings"]


def test_get_and_both_posts_give_the_same(served):
    expected = served.query(POLES)
    # 37 poles in the five documents.
    assert len(bindings(expected)) == 37
    form = served.ask("/sparql", FORM, "POST", urlencode({"query": POLES}))
    direct = served.ask(
        "/sparql", {"Content-Type": "application/sparql-query; charset=utf-8"}, "POST", POLES
    )
    assert form.body == direct.body == expected.body


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("image/*;q=0.9, text/csv;q=0.1", "text/csv; charset=utf-8"),
        ("*/*", "application/sparql-results+json"),
    ],
)
def test_formats_of_solutions(served, accept, expected):
    reply = served.query("SELECT (1 AS ?n) {}", accept)
    assert (reply.status, reply.type) == (200, expected)
    assert "accept" in reply.headers["Vary"].lower()


@pytest.mark.parametrize(
    ("accept", "rdflib_name"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
        ("application/trig", "trig"),
        ("application/n-quads", "nquads"),
    ],
)
@pytest.mark.parametrize("form", ["CONSTRUCT WHERE { ?s a ptce:Network }", "DESCRIBE ptce:Network"])
def test_formats_of_triples_read_by_another_library(served, accept, rdflib_name, form):
    reply = served.query(form, accept)
    assert reply.type.startswith(accept)
    graph = rdflib.Dataset()
    graph.parse(data=reply.text, format=rdflib_name)
    plain = served.query(form, "application/n-triples").text.strip().splitlines()
    assert len(list(graph.quads())) == len(plain)


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("csv", "text/csv"),
        ("xml", "application/sparql-results+xml"),
        ("json", "application/sparql"),
    ],
)
def test_format_by_name_goes_before_accept(served, name, media_type):
    reply = served.query("ASK { ?s ?p ?o }", "application/sparql-results+json", format=name)
    assert reply.type.startswith(media_type)
    assert "true" in reply.text


def test_what_is_not_acceptable_is_told(served):
    for text, accept in (
        ("ASK {}", "image/png"),
        ("ASK {}", "text/turtle"),
        ("DESCRIBE ptce:Pole", "text/csv"),
    ):
        reply = served.query(text, accept)
        assert reply.status == 406
        assert "is given as" in reply.text
    unknown = served.query("ASK {}", format="pdf")
    assert unknown.status == 400
    assert "json, xml, csv, tsv, ttl" in unknown.text


def test_ask_in_all_formats(served):
    assert served.query("ASK { ?s a ptce:Pole }").json == {"head": {}, "boolean": True}
    for accept in ("text/csv", "text/tab-separated-values"):
        assert served.query("ASK { ?s a <x:y> }", accept).text.strip() == "false"
    found = ox.parse_query_results(
        served.query("ASK {}", "application/sparql-results+xml").body,
        format=ox.QueryResultsFormat.XML,
    )
    assert bool(found)


def test_the_default_graph_is_the_merge_and_can_be_chosen(served, bundled):
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    lines = [line for line in bundled.nquads.split("\n") if line]
    merge = len({line.rsplit(" ", 2)[0] for line in lines})
    labels = sum(f"<{GRAPHS}labels> ." in line for line in lines)

    def counted(**more):
        return int(bindings(served.query(count, **more))[0]["n"]["value"])

    assert counted() == merge < len(lines)
    assert counted(**{"default-graph-uri": f"{GRAPHS}labels"}) == labels
    # As the protocol has it: named graphs alone leave the default graph empty.
    assert counted(**{"named-graph-uri": f"{GRAPHS}labels"}) == 0
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    reply = served.query(named, **{"named-graph-uri": f"{GRAPHS}labels"})
    assert int(bindings(reply)[0]["n"]["value"]) == labels


def test_graphs_that_would_give_wrong_counts_are_refused(served):
    two = f"default-graph-uri={quote(GRAPHS)}labels&default-graph-uri={quote(GRAPHS)}codes"
    for path in (
        f"/sparql?query={quote(POLES)}&{two}",
        f"/sparql?query={quote(f'ASK FROM <{GRAPHS}codes> FROM <{GRAPHS}labels> {{}}')}",
    ):
        reply = served.ask(path, {"Accept-Language": "en"})
        assert reply.status == 400
        assert "One default graph at most" in reply.text
    unknown = served.query("ASK {}", **{"default-graph-uri": f"{GRAPHS}label"})
    assert unknown.status == 400
    assert f"Did you mean {GRAPHS}labels?" in unknown.text
    one = f"ASK FROM <{GRAPHS}codes> FROM NAMED <{GRAPHS}labels> FROM NAMED <{GRAPHS}codes> {{}}"
    assert served.query(one).status == 200


@pytest.mark.parametrize(
    ("method", "headers", "body", "status"),
    [
        ("POST", {"Content-Type": "application/sparql-update"}, "CLEAR ALL", 403),
        ("POST", FORM, "update=CLEAR+ALL", 403),
        ("POST", FORM, "x=1", 400),
        ("POST", FORM, "query=ASK{}&query=ASK{}", 400),
        ("POST", FORM, "query=", 400),
        ("POST", {"Content-Type": "multipart/form-data; boundary=x"}, "--x", 415),
        ("POST", {}, "ASK {}", 415),
        ("PUT", {}, "x", 405),
        ("DELETE", {}, None, 405),
        ("PATCH", FORM, "query=ASK{}", 405),
    ],
)
def test_other_requests_are_refused_in_words(served, method, headers, body, status):
    reply = served.ask("/sparql", {**headers, "Accept-Language": "en"}, method, body)
    assert reply.status == status
    assert len(reply.text.splitlines()) == 2
    assert "Traceback" not in reply.text
    if status == 405:
        assert "POST" in reply.headers["Allow"]


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <x:a> <x:b> <x:c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "LOAD <http://localhost/x>",
        "CLEAR ALL",
        "DROP ALL",
        "SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }",
        "SELECT * { S\\u0045RVICE <http://localhost:1/> { ?s ?p ?o } }",
        "ASK { ?x unknown:p ?y }",
        "SELECT nothing",
    ],
)
def test_what_is_no_query_of_ours(served, text):
    before = served.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").body
    reply = served.query(text)
    assert reply.status == (403 if text[:4] in ("INSE", "DELE", "LOAD", "CLEA", "DROP") else 400)
    assert served.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").body == before


def test_problems_speak_the_language_and_tell_the_place(served):
    text = "SELECT ?x\nWHERE { ?x ?y ?z"
    french = served.query(text, language="fr-FR,fr;q=0.9,en;q=0.5")
    assert french.headers["Content-Language"] == "fr"
    assert "ne peut être lue\u00a0: ligne 2, colonne 17." in french.text
    accept = "application/sparql-results+json, application/problem+json"
    reply = served.query(text, accept)
    assert reply.type == "application/problem+json"
    assert (reply.json["line"], reply.json["column"]) == (2, 17)
    assert reply.json["status"] == 400
    assert reply.json["title"] == "The SPARQL query cannot be read"


def test_an_answer_has_an_etag_and_is_not_made_again(served):
    reply = served.query(POLES)
    tag = reply.headers["ETag"]
    path = f"/sparql?query={quote(POLES)}"
    again = served.ask(path, {"If-None-Match": tag})
    assert (again.status, again.body) == (304, b"")
    assert served.ask(path, {"If-None-Match": tag, "Accept": "text/csv"}).status == 200
    other = served.query(POLES + " LIMIT 1").headers["ETag"]
    assert other != tag
    assert served.query("SELECT (NOW() AS ?n) {}").headers["ETag"] is None


def test_head_and_gzip(served):
    path = f"/sparql?query={quote(POLES)}"
    plain = served.ask(path)
    head = served.ask(path, method="HEAD")
    assert head.body == b""
    assert head.headers["Content-Length"] == str(len(plain.body))
    zipped = served.ask(path, {"Accept-Encoding": "gzip"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.body) == plain.body
    assert served.ask(path, {"Accept-Encoding": "gzip;q=0"}).body == plain.body


def test_pages_of_others_may_ask(served):
    reply = served.ask(
        "/sparql",
        {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"},
        "OPTIONS",
    )
    assert reply.status == 204
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in reply.headers["Access-Control-Allow-Methods"]
    assert served.query("ASK {}").headers["Access-Control-Allow-Origin"] == "*"
    assert served.query("nonsense").headers["Access-Control-Allow-Origin"] == "*"


SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")


@pytest.mark.parametrize(
    ("accept", "name"),
    [("text/turtle", "turtle"), ("application/rdf+xml", "xml"), ("application/ld+json", "json-ld")],
)
def test_the_service_describes_itself(served, bundled, accept, name):
    reply = served.ask("/sparql", {"Accept": accept})
    graph = rdflib.Graph().parse(data=reply.text, format=name)
    (service,) = graph.subjects(rdflib.RDF.type, SD.Service)
    assert graph.value(service, SD.endpoint) == rdflib.URIRef(served.address + "sparql")
    assert graph.value(service, SD.supportedLanguage) == SD.SPARQL11Query
    assert SD.BasicFederatedQuery not in set(graph.objects(service, SD.feature))
    names = {str(name) for name in graph.objects(None, SD.name)}
    told = {line.rsplit(" ", 2)[1].strip("<>") for line in bundled.nquads.split("\n") if line}
    assert names == told


def test_the_description_forges_no_address(served):
    reply = served.ask("/sparql", {"Host": "x> <y", "Accept": "text/turtle"})
    assert reply.status == 400


def test_health_and_metrics(served):
    assert served.ask("/health").json == {"live": True, "ready": True}
    before = served.ask("/metrics").text
    assert 'ptce_requests_total{kind="health",status="200"}' in before
    served.query("ASK {}")
    after = served.ask("/metrics")
    assert after.type.startswith("text/plain; version=0.0.4")

    def count(text):
        return int(text.split("ptce_query_seconds_count ")[1].split("\n")[0])

    assert count(after.text) == count(before) + 1
    assert served.metric("ptce_workers_memory_bytes") > 1_000_000
    for line in after.text.splitlines():
        assert line.startswith("#") or len(line.rsplit(" ", 1)) == 2
        assert "127.0.0.1" not in line


def test_json_results_are_json(served):
    reply = served.query("SELECT * { ?s skos:prefLabel ?name } LIMIT 50")
    assert json.loads(reply.text)["head"]["vars"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT * { ?s ?p ?o } LIMIT 1", ["s", "p", "o"]),
        ("select distinct*{ $o a ?s . ?s ?p ?o } LIMIT 1", ["o", "s", "p"]),
        ("# ?o\nPREFIX select: <x:?p>\nSELECT * { ?s a ?o ; ?p '?p ?x' } LIMIT 1", ["s", "o", "p"]),
        ("SELECT ?o ?s { ?s ?p ?o { SELECT * { ?s ?p ?o } } } LIMIT 1", ["o", "s"]),
    ],
)
def test_columns_stand_as_the_query_names_them(served, text, expected):
    assert served.query(text).json["head"]["vars"] == expected
    assert served.query(text, format="csv").text.splitlines()[0] == ",".join(expected)
    assert served.query(text, format="tsv").text.splitlines()[0].split("\t") == [
        f"?{name}" for name in expected
    ]


def test_columns_keep_their_values(served):
    end = "{ ?s a ptce:Pole . ?s skos:prefLabel ?a } ORDER BY ?s ?a LIMIT 20"
    for name in ("csv", "tsv", "xml"):
        every = served.query(f"SELECT * {end}", format=name).body
        assert every == served.query(f"SELECT ?s ?a {end}", format=name).body


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <x:a> <x:b> 1 }",
        "# SELECT\nPREFIX x: <x:> BASE <y:>\ndelete where { ?s ?p ?o }",
        "CLEAR ALL",
        "WITH <x:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_an_update_as_query_is_refused_as_such(served, text):
    reply = served.query(text)
    assert reply.status == 403
    assert reply.text.startswith("This server is read-only\n")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("SELECT * { ?s foo:x ?o }", "The prefix foo: is not known. Declare it: PREFIX foo: <"),
        ("SELECT * { ?s :x ptce:y }", "The prefix : is not known."),
        ("SELECT * { ?s ?p 'foo: }", "a quotation mark is missing."),
        ("SELEC * {}", "A query begins with SELECT, ASK, CONSTRUCT or DESCRIBE"),
        ("SELECT * {} LIMIT x", "Expected there, one of: 0–9."),
        ("SELECT (COUNT(?x) AS ?n) ?y { ?x ?p ?y }", "or that GROUP BY leaves out."),
    ],
)
def test_what_cannot_be_read_is_told_in_words(served, text, told):
    reply = served.query(text)
    assert reply.status == 400
    assert told in reply.text
    assert "\\u{" not in reply.text
    assert ".ttl" not in reply.text
    assert reply.text.rstrip()[-1] in ".…"
