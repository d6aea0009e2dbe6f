"""Results as RDF Data Cube: sound by W3C's own constraints, and the same numbers as the frame."""

from __future__ import annotations

import math
import re

import pytest
from pyoxigraph import BlankNode, RdfFormat, Store
from rdflib import OWL, PROV, QB, RDFS, SKOS, Graph, Literal, Namespace, URIRef

import ptce_graph
from ptce_graph.analysis.measures import MEASURES
from ptce_graph.bundled import ONTOLOGY_DIR
from ptce_graph.i18n import translator
from ptce_graph.network.filters import OBSERVED, Filters
from ptce_graph.publish.observations import CUBES, observations
from ptce_graph.vocabulary.terms import PREFIXES

PTCE = Namespace(PREFIXES["ptce"])
SOFTWARE_VERSION = URIRef(PREFIXES["schema"] + "softwareVersion")
MEASURE = "https://w3id.org/ptce/code/measures/"
HEAD = "".join(f"PREFIX {name}: <{namespace}>\n" for name, namespace in PREFIXES.items())

#: What W3C's recommendation demands of a cube without slices (section 11.1, IC-1 to IC-14 and
#: IC-19), each as a query that finds what breaks it.
CONSTRAINTS = {
    "IC-1 one data set": """?o a qb:Observation .
        OPTIONAL { ?o qb:dataSet ?one } OPTIONAL { ?o qb:dataSet ?two . FILTER(?two != ?one) }
        FILTER(!BOUND(?one) || BOUND(?two))""",
    "IC-2 one structure": """?d a qb:DataSet .
        OPTIONAL { ?d qb:structure ?one } OPTIONAL { ?d qb:structure ?two . FILTER(?two != ?one) }
        FILTER(!BOUND(?one) || BOUND(?two))""",
    "IC-3 a structure has a measure": """?s a qb:DataStructureDefinition .
        FILTER NOT EXISTS { ?s qb:component/qb:measure ?m . ?m a qb:MeasureProperty }""",
    "IC-4 dimensions have a range": """?d a qb:DimensionProperty .
        FILTER NOT EXISTS { ?d rdfs:range ?range }""",
    "IC-5 dimensions of concepts have a code list": """
        ?d a qb:DimensionProperty ; rdfs:range skos:Concept .
        FILTER NOT EXISTS { ?d qb:codeList ?list }""",
    "IC-6 only attributes are optional": """?part qb:componentRequired false .
        FILTER NOT EXISTS { ?part qb:attribute ?a . ?a a qb:AttributeProperty }""",
    "IC-11 all dimensions have a value": """
        ?o qb:dataSet/qb:structure/qb:component/qb:dimension ?d .
        FILTER NOT EXISTS { ?o ?d ?value }""",
    "IC-14 all measures have a value": """
        ?o qb:dataSet/qb:structure/qb:component/qb:measure ?m .
        FILTER NOT EXISTS { ?o ?m ?value }""",
    "IC-19 codes are of the list": """
        ?d a qb:DimensionProperty ; qb:codeList ?list .
        ?o a qb:Observation ; ?d ?code .
        FILTER NOT EXISTS {
          ?list a skos:ConceptScheme . ?code a skos:Concept ; skos:inScheme ?list }
        """,
    "a dimension has one value": """?o qb:dataSet/qb:structure/qb:component/qb:dimension ?d ;
        ?d ?one , ?two . FILTER(?one != ?two)""",
    "every part is a dimension, a measure or an attribute": """?s qb:component ?part .
        FILTER NOT EXISTS { ?part qb:dimension|qb:measure|qb:attribute ?p }""",
}
ASKED = {
    "nodes": {},
    "stability": {"samples": 3, "measures": ["degree", "constraint"]},
    "memberships": {},
    "brokerage": {},
    "overlap": {"samples": 20},
    "bridges": {"samples": 20, "between": ["coorace", "rtes"]},
}


def _store(text):
    store = Store()
    store.load(text.encode("utf-8"), format=RdfFormat.TURTLE)
    return store


def _broken(store):
    """The constraints that the store does not meet."""
    found = {name for name, body in CONSTRAINTS.items() if store.query(f"{HEAD}ASK {{ {body} }}")}
    # IC-12: no two observations of one data set have the same values of all dimensions.
    dimensions = [
        row[0].value
        for row in store.query(
            f"{HEAD}SELECT DISTINCT ?d {{ ?s qb:component/qb:dimension ?d }} ORDER BY ?d"
        )
    ]
    names = " ".join(f"?d{i}" for i in range(len(dimensions)))
    told = " ".join(f"OPTIONAL {{ ?o <{d}> ?d{i} }}" for i, d in enumerate(dimensions))
    twice = f"""{HEAD}SELECT ?set {names} {{ ?o qb:dataSet ?set . {told} }}
        GROUP BY ?set {names} HAVING(COUNT(DISTINCT ?o) > 1)"""
    return found | ({"IC-12 no duplicates"} if list(store.query(twice)) else set())


def _rows(store, query):
    return [tuple(cell and cell.value for cell in row) for row in store.query(HEAD + query)]


def test_the_analyses_that_are_tried_are_those_that_fit():
    assert set(ASKED) == set(CUBES)


@pytest.mark.parametrize("name", sorted(ASKED))
def test_a_cube_meets_the_constraints_of_the_recommendation(name, bundled):
    store = _store(observations(bundled.result(name, **ASKED[name])))
    assert _broken(store) == set()
    assert store.query(f"{HEAD}ASK {{ ?o a qb:Observation }}")


@pytest.mark.parametrize(
    ("edit", "broken"),
    [
        ("DELETE { ?o qb:dataSet ?d } WHERE { ?o qb:dataSet ?d }", "IC-1 one data set"),
        ("INSERT { ?d qb:structure <x:y> } WHERE { ?d a qb:DataSet }", "IC-2 one structure"),
        ("DELETE WHERE { ?m a qb:MeasureProperty }", "IC-3 a structure has a measure"),
        ("DELETE WHERE { ?m rdfs:range ?range }", "IC-4 dimensions have a range"),
        ("DELETE WHERE { ?m qb:codeList ?l }", "IC-5 dimensions of concepts have a code list"),
        (
            "INSERT { ?p qb:componentRequired false } WHERE { ?p qb:dimension ?d }",
            "IC-6 only attributes are optional",
        ),
        ("DELETE WHERE { ?o ptce:measuredThing ?t }", "IC-11 all dimensions have a value"),
        ("DELETE WHERE { ?o ptce:computedValue ?v }", "IC-14 all measures have a value"),
        ("DELETE WHERE { ?c skos:inScheme ?s }", "IC-19 codes are of the list"),
        (
            "INSERT { <x:o> ?p ?v } WHERE { ?o a qb:Observation ; ?p ?v }",
            "a dimension has one value",
        ),
        (
            "INSERT { <x:o> ?p ?v }"
            " WHERE { { SELECT ?o { ?o a qb:Observation } LIMIT 1 } ?o ?p ?v }",
            "IC-12 no duplicates",
        ),
    ],
)
def test_the_constraints_find_what_is_broken(edit, broken, tiny):
    store = _store(observations(tiny.result("nodes", measures=["degree"])))
    store.update(HEAD + edit)
    assert broken in _broken(store)


# The numbers


@pytest.mark.parametrize("data", ["tiny", "bundled"])
def test_every_defined_value_is_one_observation_and_no_other(data, request):
    result = request.getfixturevalue(data).result("nodes")
    store = _store(observations(result))
    told = {
        (thing.rsplit("/", 1)[1], measure.removeprefix(MEASURE)): float(value)
        for thing, measure, value in _rows(
            store,
            """SELECT ?thing ?m ?v {
                ?o ptce:measuredThing ?thing ; ptce:computedMeasure ?m ; ptce:computedValue ?v }""",
        )
    }
    frame = result.frame.set_index("id")
    expected = {
        (node, name): frame.at[node, name]
        for node in frame.index
        for name in MEASURES
        if not math.isnan(frame.at[node, name])
    }
    assert told == pytest.approx(expected, abs=1e-9)
    assert len(told) < frame.shape[0] * len(MEASURES), "some constraint is not defined"


def test_the_ten_highest_betweenness_are_asked_in_sparql(bundled):
    result = bundled.result("nodes", measures=["betweenness"])
    rows = _rows(
        _store(observations(result)),
        """SELECT ?name ?value {
          ?o a qb:Observation ; ptce:computedMeasure <%sbetweenness> ;
            ptce:computedValue ?value ; ptce:measuredThing ?thing .
          ?thing skos:prefLabel ?name
        } ORDER BY DESC(?value) ?thing LIMIT 10"""  # noqa: UP031
        % MEASURE,
    )
    first = result.frame.head(10)
    assert [name for name, _value in rows] == list(first["name"])
    assert [float(value) for _name, value in rows] == pytest.approx(list(first["betweenness"]))
    assert float(rows[0][1]) > 0


@pytest.mark.parametrize("name", ["nodes", "stability"])
def test_counts_are_integers_and_fractions_are_doubles(name, bundled):
    asked = {**ASKED[name], "measures": ["degree", "harmonic"]}
    store = _store(observations(bundled.result(name, **asked)))
    types = store.query(
        HEAD
        + """SELECT DISTINCT ?m (DATATYPE(?v) AS ?t) {
            ?o ptce:computedMeasure ?m ; ptce:computedValue ?v }"""
    )
    assert {(m.value.removeprefix(MEASURE), t.value.split("#")[1]) for m, t in types} == {
        ("degree", "integer"),
        ("harmonic", "double"),
    }


def test_estimates_bear_their_standard_error(bundled):
    result = bundled.result("nodes", measures=["degree", "betweenness"], pivots=20)
    store = _store(observations(result))
    rows = _rows(
        store, "SELECT ?t ?m ?e { ?o ptce:standardError ?e ; ptce:measuredThing ?t ; ?d ?m . "
        "?m skos:inScheme ?s }"
    )  # fmt: skip
    told = {thing.rsplit("/", 1)[1]: float(error) for thing, _measure, error in rows}
    assert {measure for _thing, measure, _error in rows} == {f"{MEASURE}betweenness"}
    frame = result.frame.set_index("id")["betweenness_error"]
    assert told == pytest.approx(frame.dropna().to_dict(), abs=1e-9)
    assert ("pivots=20",) in _rows(store, "SELECT ?p { ?d ptce:parameter ?p }")


def test_stability_tells_the_rank_and_its_interval(bundled):
    result = bundled.result("stability", **ASKED["stability"])
    rows = _rows(
        _store(observations(result)),
        """SELECT ?t ?v ?rank ?low ?high ?top {
          ?o ptce:computedMeasure <%sdegree> ; ptce:measuredThing ?t ; ptce:computedValue ?v ;
            ptce:rank ?rank ; ptce:rankLow ?low ; ptce:rankHigh ?high ; ptce:topTenShare ?top }"""  # noqa: UP031
        % MEASURE,
    )
    frame = result.frame[result.frame["measure"] == "degree"].set_index("id")
    columns = ["value", "rank", "rank_low", "rank_high", "top10"]
    assert len(rows) == len(frame) > 100
    for thing, *told in rows:
        expected = frame.loc[thing.rsplit("/", 1)[1], columns].tolist()
        assert [float(cell) for cell in told] == pytest.approx(expected, abs=1e-9)


def test_pairs_of_networks_have_both_and_the_facts_they_rest_on(bundled):
    result = bundled.result("overlap", **ASKED["overlap"])
    store = _store(observations(result))
    store.load(bundled.nquads.encode("utf-8"), format=RdfFormat.N_QUADS)
    rows = _rows(
        store,
        """SELECT ?a ?b ?v (COUNT(DISTINCT ?fact) AS ?n) {
          ?o ptce:computedMeasure <%soverlap-shared> ; ptce:computedValue ?v ;
            ptce:firstGroup ?a ; ptce:secondGroup ?b .
          OPTIONAL { ?o prov:wasDerivedFrom ?fact . GRAPH ?g { ?fact a org:Membership } }
        } GROUP BY ?a ?b ?v"""  # noqa: UP031
        % MEASURE,
    )
    told = {tuple(i.rsplit("/", 1)[1] for i in row[:2]): tuple(map(int, row[2:])) for row in rows}
    pairs = zip(result.frame["group_a"], result.frame["group_b"], strict=True)
    facts = [len(rows) for rows in result.rows]
    expected = dict(zip(pairs, zip(result.frame["shared"], facts, strict=True), strict=True))
    assert told == expected
    assert any(number for _shared, number in told.values())


@pytest.mark.parametrize("name", ["bridges", "memberships", "overlap"])
def test_every_fact_behind_a_value_is_a_thing_of_the_dataset(name, bundled):
    result = bundled.result(name, **ASKED[name])
    rows = _rows(
        _store(observations(result)),
        "SELECT DISTINCT ?fact { ?o a qb:Observation ; prov:wasDerivedFrom ?fact }",
    )
    known = set(re.findall(r"^<([^>]+)>", bundled.nquads, re.MULTILINE))
    assert len(rows) >= 3
    assert {fact for (fact,) in rows} <= known
    told = set(result.evidence.loc[result.evidence["kind"] == "carrying", "object"])
    base = "https://w3id.org/ptce/id/pole/"
    assert {f"{base}{pole}" for pole in told} == {f for (f,) in rows if f.startswith(base)}
    assert told or name != "memberships", "carriers are among the facts"


def test_the_data_set_tells_how_it_was_made_in_both_languages(bundled):
    result = bundled.result("nodes", measures=["degree"])
    graph = Graph().parse(data=observations(result), format="turtle")
    (data_set,) = graph.subjects(None, QB.DataSet)
    descriptions = {
        t.language: str(t)
        for t in graph.objects(data_set, URIRef(PREFIXES["dcterms"] + "description"))
    }
    assert descriptions == {
        language: "\n".join(result.about(translator(language))) for language in ("fr", "en")
    }
    titles = list(graph.objects(data_set, URIRef(PREFIXES["dcterms"] + "title")))
    assert sorted(t.language for t in titles) == ["en", "fr"]
    assert int(graph.value(data_set, PTCE.nodeCount)) == len(result.network.nodes)
    assert int(graph.value(data_set, PTCE.tieCount)) == len(result.network.edges)
    told = {str(o).rsplit("/", 1)[1] for o in graph.objects(data_set, PROV.wasDerivedFrom)}
    assert told == set(result.network.sources)
    assert set(map(str, graph.objects(data_set, PTCE["filter"]))) == {"states=constate"}
    assert set(map(str, graph.objects(data_set, PTCE.parameter))) == {
        "seed=2011",
        "engine=networkx",
    }
    agent = graph.value(data_set, PROV.wasAttributedTo)
    assert str(graph.value(agent, SOFTWARE_VERSION)) == ptce_graph.__version__


def test_measures_are_told_in_the_words_of_their_registry(bundled):
    graph = Graph().parse(data=observations(bundled.result("nodes")), format="turtle")
    scheme = URIRef(MEASURE.rstrip("/"))
    assert set(graph.subjects(SKOS.inScheme, scheme)) == {URIRef(MEASURE + n) for n in MEASURES}
    citation = URIRef(PREFIXES["dcterms"] + "bibliographicCitation")
    for name, measure in MEASURES.items():
        node = URIRef(MEASURE + name)
        for language in ("fr", "en"):
            words = translator(language)
            for predicate, text in (
                (SKOS.prefLabel, measure.label),
                (SKOS.definition, measure.definition),
            ):
                assert Literal(words(text), language) in set(graph.objects(node, predicate))
        assert str(graph.value(node, citation)) == measure.source
        assert str(graph.value(node, SKOS.notation)) == name


@pytest.mark.parametrize("name", sorted(ASKED))
def test_every_term_is_one_of_its_vocabulary(name, bundled):
    graph = Graph().parse(data=observations(bundled.result(name, **ASKED[name])), format="turtle")
    named = {n for triple in graph for n in triple if isinstance(n, URIRef)}
    for vocabulary in (QB, SKOS, PROV, RDFS, OWL):
        mine = {n for n in named if n.startswith(str(vocabulary._NS))}
        assert {n.removeprefix(str(vocabulary._NS)) for n in mine} <= set(
            vocabulary.__annotations__
        )
    ontology = Graph().parse(ONTOLOGY_DIR / "ptce.ttl")
    ours = {n for n in named if n.startswith(str(PTCE))}
    assert ours <= set(ontology.subjects(RDFS.label))
    # The range that the file repeats is that of the ontology.
    for term in ours & set(graph.subjects(RDFS.range)):
        assert graph.value(term, RDFS.range) == ontology.value(term, RDFS.range)


@pytest.mark.parametrize("name", sorted(ASKED))
def test_there_is_no_blank_node_and_two_writings_are_the_same_bytes(name, bundled):
    text = observations(bundled.result(name, **ASKED[name]))
    assert text == observations(ptce_graph.load().result(name, **ASKED[name]))
    for quad in _store(text):
        assert not isinstance(quad.subject, BlankNode) and not isinstance(quad.object, BlankNode)


def _data_set(graph, **request):
    text = observations(graph.result("nodes", **{"measures": ["degree"], **request}))
    ((data_set,),) = _rows(_store(text), "SELECT ?d { ?d a qb:DataSet }")
    return data_set


def test_another_question_has_another_address(bundled):
    questions = [
        {},
        {"projection": "affiliation"},
        {"filters": Filters()},
        {"filters": Filters(states=("constate",), as_of="2012")},
        {"filters": Filters(states=("constate",), kinds=("membership", "carrying"))},
        {"seed": 5},
        {"pivots": 20},
        {"pivots": 20, "seed": 5},
        {"engine": "arrays"},
        {"measures": ["degree", "core"]},
    ]
    found = [_data_set(bundled, **asked) for asked in questions]
    assert len(set(found)) == len(found)
    start = "https://w3id.org/ptce/id/dataset/nodes-"
    assert all(re.fullmatch(rf"{start}[a-z]+-[0-9a-f]{{10}}", address) for address in found)


def test_the_same_question_in_another_order_has_the_same_address(bundled):
    def asked(*kinds, measures):
        filters = Filters(states=OBSERVED.states, kinds=kinds)
        return _data_set(bundled, filters=filters, measures=measures)

    assert asked("membership", "carrying", measures=["degree", "core"]) == asked(
        "carrying", "membership", measures=("core", "degree")
    )
    assert _data_set(bundled, engine="auto") == _data_set(bundled, engine="networkx", pivots=0)


def test_the_first_rows_belong_to_the_same_data_set(bundled):
    result = bundled.result("nodes", measures=["degree"])
    whole, part = (_store(observations(r)) for r in (result, result.first(3)))
    asked = "SELECT ?o ?d { ?o qb:dataSet ?d }"
    assert len(_rows(part, asked)) == 3
    assert set(_rows(part, asked)) < set(_rows(whole, asked))


def test_things_are_named_under_the_base_and_measures_are_not(tiny):
    text = observations(tiny.result("nodes", measures=["degree"]), "https://example.org/id/")
    assert "<https://example.org/id/organisation/org-un>" in text
    assert "https://w3id.org/ptce/id/" not in text
    assert "measure:degree" in text


def test_text_of_the_data_never_becomes_syntax(tiny_copy):
    hostile = 'Un" . <x:s> <x:p> <x:o> . """ \\u0022 \\ <script>'
    table = tiny_copy / "sources/livret/organisations.csv"
    cell = '"' + hostile.replace('"', '""') + '"'
    table.write_text(table.read_text("utf-8").replace("Organisation Un,", f"{cell},"), "utf-8")
    result = ptce_graph.load(tiny_copy).result("nodes", measures=["degree"])
    assert hostile in set(result.frame["name"])
    graph = Graph().parse(data=observations(result), format="turtle")
    assert Literal(hostile, "fr") in set(graph.objects(None, SKOS.prefLabel))
    assert (URIRef("x:s"), None, None) not in graph
