"""The schema.org view: terms that exist, dates and roles as told, text that stays text."""

from __future__ import annotations

import json
import re

import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef, namespace

from ptce_graph.publish.release import About, Release
from ptce_graph.publish.views.schema_org import embedded, schema_of, schema_org

ID = "https://w3id.org/ptce/id/"
SDO = Namespace("https://schema.org/")


@pytest.fixture(scope="module")
def release(bundled) -> Release:
    return Release(bundled.nquads, bundled.network())


@pytest.fixture(scope="module")
def text(release) -> str:
    return schema_org(release)


@pytest.fixture(scope="module")
def view(text) -> Graph:
    """Read by another library, which asks nothing of the network."""
    return Graph().parse(data=text, format="json-ld")


def test_every_class_and_property_is_one_of_schema_org(view) -> None:
    """rdflib holds a copy of the vocabulary that we did not write."""
    used = {*view.predicates(), *view.objects(None, RDF.type)} - {RDF.type}
    assert len(used) >= 25
    assert not [term for term in used if term not in namespace.SDO]


def test_every_organisation_is_there_with_its_name(view, bundled) -> None:
    for identifier, row in bundled.actors.iterrows():
        node = URIRef(f"{ID}{row['type']}/{identifier}")
        assert (node, SDO.name, Literal(row["name"])) in view


def test_a_part_of_is_never_guessed(view) -> None:
    for term in (SDO.subOrganization, SDO.parentOrganization, SDO.department):
        assert (None, term, None) not in view


@pytest.mark.parametrize("data", ["tiny", "bundled"])
def test_a_role_and_a_date_stand_on_the_membership(data, request) -> None:
    """Memberships with a date in the tables are those with one here, and as precise."""
    graph = request.getfixturevalue(data)
    text = schema_org(Release(graph.nquads, graph.network()))
    view = Graph().parse(data=text, format="json-ld")
    told = graph.facts.frames["memberships"]
    for column, term in (("start", SDO.startDate), ("end", SDO.endDate)):
        assert {str(o) for o in view.objects(None, term)} == set(told[column]) - {""}
    for role in view.subjects(RDF.type, SDO.OrganizationRole):
        assert len(list(view.objects(role, SDO.memberOf))) == 1
        assert (None, SDO.memberOf, role) in view
        assert (role, SDO.subjectOf, None) in view


def test_the_tiny_project_has_dates_of_membership(tiny) -> None:
    """So that the test above has something to see."""
    assert (tiny.facts.frames["memberships"]["start"] != "").any()


def test_a_plain_member_has_no_role(view) -> None:
    """COORACE Rhône-Alpes is a member of Pôle Sud, and the regional branch of COORACE."""
    node = URIRef(f"{ID}organisation/coorace-rhone-alpes")
    wholes = set(view.objects(node, SDO.memberOf))
    assert URIRef(f"{ID}pole/pole-sud-archer") in wholes
    (role,) = [w for w in wholes if (w, RDF.type, SDO.OrganizationRole) in view]
    assert (role, SDO.roleName, Literal("branche régionale")) in view
    assert (role, SDO.memberOf, URIRef(f"{ID}organisation/coorace")) in view


def test_a_place_of_before_2016_leads_to_the_region_of_today(release) -> None:
    told = schema_of(release, f"{ID}organisation/coorace-rhone-alpes")
    assert told["address"] == {
        "@type": "PostalAddress",
        "addressRegion": "Auvergne-Rhône-Alpes",
        "addressCountry": "FR",
    }
    assert told["location"][0]["name"] == "Rhône-Alpes"


def test_merged_addresses_and_sources_are_told(release) -> None:
    told = schema_of(release, f"{ID}pole/pole-sud-archer")
    assert told["sameAs"] == [f"{ID}pole/pole-sud", f"{ID}pole/pole-sud-rhone-alpes"]
    assert len(told["subjectOf"]) == 5
    assert {m["@type"] for m in told["member"]} >= {"Consortium"}
    assert told["@context"] == "https://schema.org"


def test_an_identifier_is_a_property_value(tiny) -> None:
    """As the Core Business Vocabulary writes one: notation, and a label for its kind."""
    statements = (
        ("urn:o", str(RDF.type), "<http://www.w3.org/ns/org#Organization>"),
        ("urn:o", "http://www.w3.org/ns/adms#identifier", "<urn:i>"),
        ("urn:i", "http://www.w3.org/2004/02/skos/core#notation", '"732829320"'),
        ("urn:i", "http://www.w3.org/2000/01/rdf-schema#label", '"SIREN"'),
    )
    nquads = "".join(f"<{s}> <{p}> {o} <urn:g> .\n" for s, p, o in statements)
    told = schema_of(Release(nquads, tiny.network()), "urn:o")
    value = {"@type": "PropertyValue", "propertyID": "SIREN", "value": "732829320"}
    assert told["identifier"] == [value]


def test_other_kinds_of_things(release) -> None:
    source, place, code, fact = schema_of(
        release,
        f"{ID}source/cahier-rtes",
        f"{ID}place/tarnos",
        "https://w3id.org/ptce/code/legal-forms/scic",
        f"{ID}call/none",
        language="en",
    )["@graph"]
    assert source["@type"] == "CreativeWork"
    assert place["@type"] == "City"
    assert place["identifier"] == {
        "@type": "PropertyValue",
        "propertyID": "INSEE",
        "value": "40312",
    }
    assert code["name"].startswith("multi-stakeholder cooperative")
    assert code["inDefinedTermSet"] == "https://w3id.org/ptce/code/legal-forms"
    assert fact["@type"] == "Thing"


def test_the_dataset_says_only_what_its_file_says(bundled) -> None:
    bare = json.loads(schema_org(Release(bundled.nquads, bundled.network())))["@graph"][0]
    assert not {"publisher", "license", "version", "datePublished"} & set(bare)
    about = About(title={"fr": "Graphe"}, publisher="P", licence="https://example.org/l")
    told = json.loads(schema_org(Release(bundled.nquads, bundled.network(), about=about)))
    dataset = told["@graph"][0]
    assert dataset["publisher"] == {"@type": "Organization", "name": "P"}
    assert len(dataset["citation"]) == 5


def test_no_text_closes_the_script_it_stands_in() -> None:
    data = {"name": "</script><script>alert(1)</script><!-- & \u2028"}
    told = embedded(data)
    assert not re.search("[<>&\u2028]", told)
    assert json.loads(told) == data


def test_same_data_same_text(release, text) -> None:
    assert schema_org(release) == text
    assert text.endswith("}\n")
