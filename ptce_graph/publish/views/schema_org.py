"""The dataset in the words of schema.org: one graph to harvest, one node to embed in a page.

What schema.org has no word for stays out: who carries a pole, cooperations
with their roles, calls, figures. A part-of is never guessed from a name
(``subOrganization`` is never used), nor a date made more precise.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ptce_graph.publish.views.reading import ADMS_IDENTIFIER, Membership, Reading, read
from ptce_graph.vocabulary import terms

if TYPE_CHECKING:
    from ptce_graph.publish.release import Release

Node = dict[str, Any]

#: Written into the file, so that reading it asks nothing of the network.
CONTEXT: Node = {
    "@vocab": "https://schema.org/",
    **{
        key: {"@type": "@id"}
        for key in ("additionalType", "inDefinedTermSet", "license", "sameAs", "url")
    },
}
#: What a page embeds is read by search engines, which know this name of the context.
EMBEDDED_CONTEXT = "https://schema.org"
#: The class for a kind of organisation, where schema.org has one of the same meaning.
_KINDS = {
    "reseau": "Consortium",
    "collectivite": "GovernmentOrganization",
    "etat": "GovernmentOrganization",
    "recherche": "ResearchOrganization",
    "formation": "EducationalOrganization",
}
_PLACE_TYPES = {
    "commune": "City",
    "departement": "AdministrativeArea",
    "region": "AdministrativeArea",
}
#: What of a thing becomes a keyword with its list.
_KEYWORDS = (
    terms.PTCE_ORGANISATION_KIND,
    terms.PTCE_LEGAL_FORM,
    terms.PTCE_ACCREDITATION,
    terms.PTCE_HAS_CHARACTERISTIC,
    terms.PTCE_LISTED_IN,
)
#: The role that says no more than the membership itself.
_PLAIN_ROLE = "membre"
GEO_LAT, GEO_LONG = terms.GEO_LAT, terms.GEO_LONG


def schema_org(release: Release) -> str:
    """JSON-LD: the data set, its documents, its organisations, networks and poles.

    ``@id`` is the IRI of the dataset. Keys stand in an order of their own and
    nodes in that of their IRIs: same data, same text. Only documents, places
    and codes that the organisations name are in it.
    """
    reading = read(release.nquads, release.base_iri)
    actors = reading.actors()
    graph = [data_set(release)]
    graph += [_work(reading, source) for source in reading.of(terms.PTCE_SOURCE)]
    graph += [_actor(reading, actor) for actor in actors]
    places = {p for actor in actors for p in reading.nodes(actor, terms.PTCE_PLACE)}
    graph += [_place(reading, place) for place in sorted(places)]
    document = {"@context": CONTEXT, "@graph": graph}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def schema_of(release: Release, *things: str, language: str = "fr") -> Node:
    """JSON-LD of one thing, or of several in a graph, to embed in its page.

    ``things`` are IRIs of the dataset. An organisation or pole also names its
    members, a place the place it is in. A thing of another kind gives its
    name only. Put it into a page through ``embedded``.
    """
    reading = read(release.nquads, release.base_iri)
    nodes = [_described(reading, thing, language) for thing in things]
    if len(nodes) == 1:
        return {"@context": EMBEDDED_CONTEXT, **nodes[0]}
    return {"@context": EMBEDDED_CONTEXT, "@graph": nodes}


def embedded(data: Node) -> str:
    """``data`` as the text of a ``script`` element: no text of the data can close it."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def data_set(release: Release, language: str = "fr") -> Node:
    """What is said of the dataset itself; only what ``dataset.yml`` says."""
    about = release.about
    reading = read(release.nquads, release.base_iri)
    node: Node = {
        "@id": release.dataset_iri,
        "@type": "Dataset",
        "name": about.text("title", language) or about.identifier,
        "description": about.text("description", language),
        "url": about.landing_page,
        "license": about.licence,
        "version": about.version,
        "datePublished": about.issued,
        "dateModified": about.modified,
        "keywords": list(about.keywords.get(language, ())),
        "citation": [{"@id": source} for source in reading.of(terms.PTCE_SOURCE)],
    }
    if about.publisher:
        publisher = {"@type": "Organization", "name": about.publisher, "url": about.publisher_page}
        node["publisher"] = _filled(publisher)
    return _filled(node)


def _described(reading: Reading, thing: str, language: str) -> Node:
    if reading.is_a(
        thing,
        terms.ORG_ORGANIZATION_CLASS,
        terms.ORG_FORMAL_ORGANIZATION,
        terms.PTCE_NETWORK,
        terms.PTCE_POLE,
    ):
        node = _actor(reading, thing, language)
        members = [_belonging(reading, "member", m, language) for m in reading.members(thing)]
        return _filled({**node, "member": members})
    if reading.is_a(thing, terms.PTCE_SOURCE):
        return _work(reading, thing)
    if reading.nodes(thing, terms.PTCE_PLACE_TYPE):
        return _place(reading, thing)
    if reading.code(thing)[1]:
        return _defined(reading, thing, language)
    return {"@id": thing, "@type": "Thing", "name": reading.name(thing, language)}


def _actor(reading: Reading, actor: str, language: str = "fr") -> Node:
    """An organisation, network or pole."""
    places = reading.nodes(actor, terms.PTCE_PLACE)
    codes = [code for predicate in _KEYWORDS for code in reading.nodes(actor, predicate)]
    return _filled(
        {
            "@id": actor,
            "@type": _class_of(reading, actor),
            "additionalType": [terms.PTCE_POLE] if reading.is_a(actor, terms.PTCE_POLE) else [],
            "name": reading.name(actor),
            "alternateName": sorted(set(reading.nodes(actor, terms.SKOS_ALT_LABEL))),
            "url": _one_or_all(reading.nodes(actor, terms.FOAF_HOMEPAGE)),
            "foundingDate": _one_or_all(reading.nodes(actor, terms.SCHEMA_FOUNDING_DATE)),
            "identifier": _identifiers(reading, actor),
            "address": _one_or_all(_addresses(reading, places)),
            "location": [_named(reading, place, _place_type(reading, place)) for place in places],
            "keywords": [_defined(reading, code, language) for code in codes],
            "memberOf": [
                _belonging(reading, "memberOf", told, language)
                for told in reading.memberships(actor)
            ],
            "sameAs": reading.merged(actor),
            "subjectOf": [_named(reading, s, "CreativeWork") for s in reading.sources(actor)],
        }
    )


def _class_of(reading: Reading, actor: str) -> str:
    kinds = reading.codes(actor, terms.PTCE_ORGANISATION_KIND)
    if reading.is_a(actor, terms.PTCE_NETWORK):
        return "Consortium"
    found = {_KINDS[kind] for kind in kinds if kind in _KINDS}
    return found.pop() if len(found) == 1 else "Organization"


def _belonging(reading: Reading, key: str, told: Membership, language: str) -> Node:
    """The whole (``memberOf``) or the member, through a role where the role or a date is told."""
    other = told.whole if key == "memberOf" else told.member
    named = _named(reading, other, _class_of(reading, other))
    plain = reading.code(told.role)[1] == _PLAIN_ROLE
    if plain and not told.start and not told.end:
        return named
    return _filled(
        {
            "@id": told.iri,
            "@type": "OrganizationRole",
            "roleName": reading.name(told.role, language),
            "startDate": told.start,
            "endDate": told.end,
            key: named,
            "subjectOf": [_named(reading, s, "CreativeWork") for s in reading.sources(told.iri)],
        }
    )


def _identifiers(reading: Reading, actor: str) -> list[Node]:
    """SIREN, SIRET … where the dataset has them: ``adms:Identifier`` with notation and label."""
    found = []
    for node in reading.nodes(actor, ADMS_IDENTIFIER):
        name = reading.node(node, terms.RDFS_LABEL) or reading.node(node, terms.SKOS_PREF_LABEL)
        value = reading.node(node, terms.SKOS_NOTATION)
        found.append(_filled({"@type": "PropertyValue", "propertyID": name, "value": value}))
    return found


def _addresses(reading: Reading, places: list[str]) -> list[Node]:
    """Locality and region as far as the places tell; the region is that of today."""
    found: list[Node] = []
    for place in places:
        region = reading.region(place)
        commune = reading.place_type(place) == "commune"
        address = _filled(
            {
                "@type": "PostalAddress",
                "addressLocality": reading.name(place) if commune else "",
                "addressRegion": reading.name(region) if region else "",
                "addressCountry": "FR" if region else "",
            }
        )
        if len(address) > 1 and address not in found:
            found.append(address)
    return found


def _place_type(reading: Reading, place: str) -> str:
    return _PLACE_TYPES.get(reading.place_type(place), "Place")


def _place(reading: Reading, place: str) -> Node:
    latitude, longitude = reading.node(place, GEO_LAT), reading.node(place, GEO_LONG)
    within = reading.nodes(place, terms.PTCE_WITHIN)
    code = reading.node(place, terms.IGEO_CODE_INSEE)
    identifier = {"@type": "PropertyValue", "propertyID": "INSEE", "value": code}
    geo = {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}
    return _filled(
        {
            "@id": place,
            "@type": _place_type(reading, place),
            "name": reading.name(place),
            "identifier": identifier if code else {},
            "geo": geo if latitude and longitude else {},
            "containedInPlace": [_named(reading, w, _place_type(reading, w)) for w in within],
        }
    )


def _work(reading: Reading, source: str) -> Node:
    """A document that facts are drawn from."""
    return _filled(
        {
            "@id": source,
            "@type": "CreativeWork",
            "name": reading.name(source),
            "inLanguage": reading.node(source, terms.DCTERMS_LANGUAGE),
            "datePublished": reading.node(source, terms.DCTERMS_DATE),
            "publisher": _publisher(reading.node(source, terms.DCTERMS_PUBLISHER)),
        }
    )


def _publisher(name: str) -> Node:
    return {"@type": "Organization", "name": name} if name else {}


def _defined(reading: Reading, concept: str, language: str) -> Node:
    """A code with its list."""
    return {
        "@id": concept,
        "@type": "DefinedTerm",
        "name": reading.name(concept, language),
        "termCode": reading.code(concept)[1],
        "inDefinedTermSet": concept.rsplit("/", 1)[0],
    }


def _named(reading: Reading, thing: str, class_: str) -> Node:
    return {"@id": thing, "@type": class_, "name": reading.name(thing)}


def _one_or_all(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _filled(node: Node) -> Node:
    """``node`` without what the dataset does not say."""
    return {key: value for key, value in node.items() if value not in ("", [], {}, None)}
