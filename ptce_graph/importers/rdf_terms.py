"""The vocabularies in which others tell organisations, and the field that each property fills."""

from __future__ import annotations

import re

from ptce_graph.i18n import mark
from ptce_graph.vocabulary import terms

RDF_TYPE = terms.RDF_TYPE
ORG = "http://www.w3.org/ns/org#"
VCARD = "http://www.w3.org/2006/vcard/ns#"
FOAF = "http://xmlns.com/foaf/0.1/"
DCTERMS = "http://purl.org/dc/terms/"
LOCN = "http://www.w3.org/ns/locn#"
REGORG = "http://www.w3.org/ns/regorg#"
GOODRELATIONS = "http://purl.org/goodrelations/v1#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
ADMS = "http://www.w3.org/ns/adms#"
TIME = "http://www.w3.org/2006/time#"
PAIR = "http://virtual-assembly.org/ontologies/pair#"
SCHEMA = "https://schema.org/"
PTCE = terms.PTCE_NETWORK.rpartition("#")[0] + "#"

#: ESSglobal has had several addresses; the name after ``vocab/`` is the same in all.
_ESSGLOBAL = re.compile(r"https?://[^#]*/essglobal/(?:[^/]+/)*vocab/(?:[^/]+/)?(\w+)")
_OLD_SCHEMA = "http://schema.org/"

ORGANISATION, NETWORK, POLE, PERSON = "organisation", "network", "pole", "person"
MEMBERSHIP, COOPERATION, PARTICIPATION = "membership", "cooperation", "participation"

_CLASSES = {
    ORGANISATION: (
        f"{ORG}Organization {ORG}FormalOrganization {ORG}OrganizationalUnit "
        f"{ORG}OrganizationalCollaboration {REGORG}RegisteredOrganization {FOAF}Organization "
        f"{VCARD}Organization {GOODRELATIONS}BusinessEntity {PAIR}Organization "
        f"essglobal:SSEInitiative {SCHEMA}Organization {SCHEMA}NGO {SCHEMA}Corporation "
        f"{SCHEMA}Cooperative {SCHEMA}LocalBusiness {SCHEMA}Store {SCHEMA}EducationalOrganization "
        f"{SCHEMA}GovernmentOrganization {SCHEMA}Consortium {SCHEMA}FundingAgency "
        f"{SCHEMA}ResearchOrganization {SCHEMA}WorkersUnion {SCHEMA}SportsOrganization"
    ),
    NETWORK: f"{PTCE}Network essglobal:Network",
    POLE: f"{PTCE}Pole",
    PERSON: (
        f"{FOAF}Person {SCHEMA}Person {VCARD}Individual {PAIR}Person "
        "http://www.w3.org/ns/person#Person http://www.w3.org/ns/prov#Person"
    ),
    MEMBERSHIP: f"{ORG}Membership",
    COOPERATION: f"{PTCE}Cooperation",
    PARTICIPATION: f"{PTCE}Participation",
}
KIND_OF_CLASS = {iri: kind for kind, iris in _CLASSES.items() for iri in iris.split()}

#: Fields of ``_FIELDS`` as a person reads them, where no other room has the words already.
FIELDS_IN_WORDS = (
    mark("alt label"),
    mark("begins"),
    mark("commune code"),
    mark("cooperation kind"),
    mark("created"),
    mark("date"),
    mark("during"),
    mark("ends"),
    mark("has member"),
    mark("homepage"),
    mark("identifier"),
    mark("kind"),
    mark("legal name"),
    mark("listed in"),
    mark("locality"),
    mark("member of"),
    mark("notation"),
    mark("note"),
    mark("organisation"),
    mark("participation"),
    mark("partner role"),
    mark("place type"),
    mark("pref label"),
    mark("property id"),
    mark("schema same as"),
    mark("structure"),
    mark("tax id"),
)

_FIELDS = {
    # Names, the first that is told is the name.
    "pref_label": f"{SKOS}prefLabel",
    "name": f"{GOODRELATIONS}name {SCHEMA}name {FOAF}name {PAIR}label {VCARD}organization-name",
    "other_name": f"{VCARD}fn {RDFS}label {DCTERMS}title",
    "legal_name": f"{SCHEMA}legalName {REGORG}legalName {GOODRELATIONS}legalName",
    "alt_label": f"{SKOS}altLabel {SCHEMA}alternateName {REGORG}tradingName",
    "homepage": f"{FOAF}homepage {SCHEMA}url {VCARD}hasURL {VCARD}url {PAIR}homePage",
    "created": f"{SCHEMA}foundingDate",
    "since": f"{PTCE}since",
    # Where it is.
    "address": (
        f"essglobal:hasAddress {VCARD}hasAddress {VCARD}adr {SCHEMA}address {SCHEMA}location "
        f"{ORG}hasSite {ORG}hasPrimarySite {ORG}hasRegisteredSite {ORG}siteAddress {LOCN}address "
        f"{REGORG}registeredAddress {PAIR}hasLocation {PAIR}hasPostalAddress"
    ),
    "postal_code": (
        f"{VCARD}postal-code {SCHEMA}postalCode {LOCN}postCode {PAIR}addressZipCode "
        f"essglobal:postcodeText"
    ),
    "locality": (f"{VCARD}locality {SCHEMA}addressLocality {LOCN}postName {PAIR}addressLocality"),
    "commune_code": "http://rdf.insee.fr/def/geo#codeINSEE http://rdf.insee.fr/def/geo#codeCommune",
    "place": f"{PTCE}place",
    "place_type": f"{PTCE}placeType",
    # What it is.
    "kind": f"{PTCE}organisationKind",
    "legal_form": f"{PTCE}legalForm essglobal:legalForm {REGORG}orgType {ORG}classification",
    "structure": "essglobal:organisationalStructure",
    "accreditation": f"{PTCE}accreditation",
    "carrier": f"{PTCE}carriedBy",
    "listed_in": f"{PTCE}listedIn",
    "note": f"{SKOS}note",
    # Numbers.
    "identifier": f"{ADMS}identifier {ORG}identifier {REGORG}registration {SCHEMA}identifier",
    "notation": f"{SKOS}notation {SCHEMA}value",
    "property_id": f"{SCHEMA}propertyID {ADMS}schemeAgency",
    "tax_id": f"{SCHEMA}taxID {SCHEMA}vatID",
    "same_as": f"{OWL}sameAs",
    "schema_same_as": f"{SCHEMA}sameAs",
    # Ties.
    "member_of": f"{ORG}memberOf {SCHEMA}memberOf {PAIR}affiliatedBy",
    "has_member": f"{ORG}hasMember {SCHEMA}member {PAIR}affiliates",
    "member": f"{ORG}member",
    "organisation": f"{ORG}organization",
    "role": f"{ORG}role",
    "during": f"{ORG}memberDuring {PTCE}during",
    "begins": f"{TIME}hasBeginning",
    "ends": f"{TIME}hasEnd",
    "date": f"{TIME}inXSDDate {TIME}inXSDgYearMonth {TIME}inXSDgYear",
    "cooperation_kind": f"{PTCE}cooperationKind",
    "state": f"{PTCE}state",
    "participation": f"{PTCE}participation",
    "partner": f"{PTCE}partner",
    "partner_role": f"{PTCE}partnerRole",
}
FIELD_OF_PROPERTY = {iri: name for name, iris in _FIELDS.items() for iri in iris.split()}

#: Words in the names of properties that tell how to reach a person, or who one is.
_PERSONAL = re.compile(
    r"mail|mbox|phone|telephone|hasTel|\btel\b|fax|givenName|given-name|familyName|family-name"
    r"|firstName|lastName|contactPoint|employee|founder|street|birth|gender|Women|Men\b",
    re.IGNORECASE,
)


def normal(iri: str) -> str:
    """The address that a term has here: ESSglobal and schema.org have had several."""
    found = _ESSGLOBAL.fullmatch(iri)
    if found:
        return f"essglobal:{found[1]}"
    if iri.startswith(_OLD_SCHEMA):
        return SCHEMA + iri.removeprefix(_OLD_SCHEMA)
    return iri


def is_personal(iri: str) -> bool:
    """Whether a property tells of persons, or how to reach them: none is kept."""
    return bool(_PERSONAL.search(re.split(r"[#/]", iri)[-1]))
