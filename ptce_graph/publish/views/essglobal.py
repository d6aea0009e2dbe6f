"""The dataset in the words of ESSglobal, for the maps of the solidarity economy (RIPESS).

A view to harvest, never a source: ``essglobal:SSEInitiative`` is declared a
subclass of ``org:OrganizationalUnit``, which is no legal entity, and
``essglobal:Network`` one of ``org:OrganizationalCollaboration``; our networks
are associations. So the dataset itself never uses these classes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ptce_graph.publish.views.reading import Reading, read
from ptce_graph.vocabulary import terms

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from ptce_graph.publish.release import Release

ESSGLOBAL = "http://purl.org/essglobal/vocab/"
NETWORK, INITIATIVE = ESSGLOBAL + "Network", ESSGLOBAL + "SSEInitiative"
LEGAL_FORMS = "http://purl.org/essglobal/standard/legal-form/"
STRUCTURES = "http://purl.org/essglobal/standard/organisational-structure/"
GR_NAME = "http://purl.org/goodrelations/v1#name"
VCARD = "http://www.w3.org/2006/vcard/ns#"
DCTERMS_SOURCE = "http://purl.org/dc/terms/source"
PREFIXES = {
    "essglobal": ESSGLOBAL,
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": terms.PREFIXES["foaf"],
    "geo": terms.PREFIXES["geo"],
    "gr": "http://purl.org/goodrelations/v1#",
    "org": terms.PREFIXES["org"],
    "owl": terms.PREFIXES["owl"],
    "vcard": VCARD,
}
#: Forms whose holders are of the social and solidarity economy by law, whatever they do
#: (Act of 31 July 2014, article 1, II, 1°: cooperatives, mutual societies, associations).
STATUTORY = {"association", "cooperative", "scop", "scic", "mutuelle"}
#: Kinds that a document places outside it, whatever their legal form.
OUTSIDE = {"collectivite", "etat", "entreprise"}

HEADER = """\
# {title}
# Licence: {licence}
#
# A view of the dataset in ESSglobal terms, to be harvested by maps of the social and
# solidarity economy. The dataset itself says more, and says who says it.
#
# What stands here
# - essglobal:Network: {networks} networks and poles.
# - essglobal:SSEInitiative: {initiatives} organisations that a document calls an organisation
#   of the ESS, or that are of it by their legal form (association, cooperative, mutual
#   society; Act of 31 July 2014, article 1).
# - org:Organization: {others} organisations of which no document says that they are of the
#   ESS (authorities, funders, businesses, and those only named).
#
# What ESSglobal cannot say, and this file therefore does not
# - That an organisation is a legal person: SSEInitiative is declared a subclass of
#   org:OrganizationalUnit, Network one of org:OrganizationalCollaboration. Here both are
#   labels for harvesters; do not reason with those axioms.
# - Roles and dates of memberships, cooperations with their partners' roles, calls and
#   candidacies, figures, criteria: only org:memberOf and org:linkedTo are left of them.
# - Accreditations (SIAE, ESUS): essglobal:qualifier is for products only.
# - Which passage says a thing: dcterms:source leads to the documents, not to the lines.
# - Legal forms finer than the lists of ESSglobal. essglobal:legalForm is declared a datatype
#   property with a range of concepts; here, as in the data of others, it holds concepts.

"""


def essglobal(release: Release) -> str:
    """Turtle: organisations, networks and poles in ESSglobal terms; same data, same text.

    Every IRI of a thing is that of the dataset. The comments at the head count
    what stands in the file and say what the vocabulary cannot hold.
    """
    from pyoxigraph import RdfFormat, serialize

    reading = read(release.nquads, release.base_iri)
    triples: dict[Triple, None] = {}
    counts = dict.fromkeys((NETWORK, INITIATIVE, terms.ORG_ORGANIZATION_CLASS), 0)
    for thing in reading.actors():
        counts[class_of(reading, thing)] += 1
        triples.update(dict.fromkeys(_described(reading, thing)))
    body = serialize(list(triples), format=RdfFormat.TURTLE, prefixes=PREFIXES) or b""
    about = release.about
    header = HEADER.format(
        title=_line(about.text("title", "en") or about.identifier),
        licence=_line(about.licence),
        networks=counts[NETWORK],
        initiatives=counts[INITIATIVE],
        others=counts[terms.ORG_ORGANIZATION_CLASS],
    )
    return header + body.decode("utf-8")


def _line(text: str) -> str:
    """``text`` on one line, so that it stays a comment."""
    return " ".join(text.split())


def class_of(reading: Reading, thing: str) -> str:
    """The class of ESSglobal for ``thing``, or ``org:Organization`` where none may be said."""
    if reading.is_a(thing, terms.PTCE_NETWORK, terms.PTCE_POLE):
        return NETWORK
    kinds = reading.codes(thing, terms.PTCE_ORGANISATION_KIND)
    forms = reading.codes(thing, terms.PTCE_LEGAL_FORM)
    esus = "esus" in reading.codes(thing, terms.PTCE_ACCREDITATION)
    if "structure-ess" in kinds or ((forms & STATUTORY or esus) and not kinds & OUTSIDE):
        return INITIATIVE
    return terms.ORG_ORGANIZATION_CLASS


def _described(reading: Reading, thing: str) -> list[Triple]:
    """What the view says of ``thing``, its class first."""
    from pyoxigraph import Literal, NamedNode, Triple

    node = NamedNode(thing)
    of_ess = class_of(reading, thing) != terms.ORG_ORGANIZATION_CLASS
    found = [Triple(node, NamedNode(terms.RDF_TYPE), NamedNode(class_of(reading, thing)))]

    def add(predicate: str, *values: str) -> None:
        found.extend(Triple(node, NamedNode(predicate), NamedNode(value)) for value in values)

    name = Literal(reading.name(thing), language="fr")
    found.append(Triple(node, NamedNode(GR_NAME), name))
    add(terms.FOAF_HOMEPAGE, *reading.nodes(thing, terms.FOAF_HOMEPAGE))
    if of_ess:
        add(ESSGLOBAL + "legalForm", *_matches(reading, thing, LEGAL_FORMS))
        add(ESSGLOBAL + "organisationalStructure", *_matches(reading, thing, STRUCTURES))
        for place in reading.nodes(thing, terms.PTCE_PLACE):
            add(ESSGLOBAL + "hasAddress", _address_iri(thing, place))
    add(terms.ORG_MEMBER_OF, *reading.nodes(thing, terms.ORG_MEMBER_OF))
    add(terms.ORG_LINKED_TO, *reading.nodes(thing, terms.PTCE_COOPERATES_WITH))
    add(terms.OWL_SAME_AS, *reading.merged(thing))
    add(DCTERMS_SOURCE, *reading.sources(thing))
    if of_ess:
        for place in reading.nodes(thing, terms.PTCE_PLACE):
            found += _address(reading, thing, place)
    return found


def _matches(reading: Reading, thing: str, scheme: str) -> list[str]:
    """The codes of ``scheme`` for the legal forms of ``thing``.

    Where a form has none, that of the wider form: a SCOP is a cooperative.
    """
    found: dict[str, None] = {}
    for form in reading.nodes(thing, terms.PTCE_LEGAL_FORM):
        here: list[str] = []
        wider = form
        while wider and not here:
            matches = [
                *reading.nodes(wider, terms.SKOS_EXACT_MATCH),
                *reading.nodes(wider, terms.SKOS_CLOSE_MATCH),
            ]
            here = [match for match in matches if match.startswith(scheme)]
            wider = reading.node(wider, terms.SKOS_BROADER)
        found.update(dict.fromkeys(here))
    return list(found)


def _address_iri(thing: str, place: str) -> str:
    return f"{thing}#address-{place.rsplit('/', 1)[-1]}"


def _address(reading: Reading, thing: str, place: str) -> list[Triple]:
    """The address as far as the place tells: commune, region of today, country."""
    from pyoxigraph import Literal, NamedNode, Triple

    node = NamedNode(_address_iri(thing, place))
    found = [Triple(node, NamedNode(terms.RDF_TYPE), NamedNode(ESSGLOBAL + "Address"))]

    def add(predicate: str, text: str) -> None:
        found.append(Triple(node, NamedNode(predicate), Literal(text, language="fr")))

    region = reading.region(place)
    if reading.place_type(place) == "commune":
        add(VCARD + "locality", reading.name(place))
    if region:
        add(VCARD + "region", reading.name(region))
        add(VCARD + "country-name", "France")
    return found
