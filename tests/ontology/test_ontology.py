"""The ontology and what leans on it: documented whole, and naming only terms that exist."""

from __future__ import annotations

import csv
import json
import os
import re
from pathlib import Path

import pytest
from rdflib import (
    DCTERMS,
    OWL,
    QB,
    RDF,
    RDFS,
    SKOS,
    Graph,
    Literal,
    Namespace,
    URIRef,
    namespace,
)
from rdflib.collection import Collection

from ptce_graph.tables.schema import CODE_COLUMNS, CODE_LISTS, SEPARATOR
from ptce_graph.vocabulary.iris import SLUG_PATTERN

ROOT = Path(__file__).resolve().parents[2]
ONTOLOGY = ROOT / "ontology"
CODE_FILES = sorted((ROOT / "data" / "codelists").glob("*.csv"))
#: What stands in a list while its wording is still missing.
PLACEHOLDERS = ("à définir", "to be defined", "todo")
PTCE = Namespace("https://w3id.org/ptce/ontology#")
ITSELF = URIRef("https://w3id.org/ptce/ontology")
VANN = Namespace("http://purl.org/vocab/vann/")
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
#: The parts of an RDF Data Cube: not terms, but the ontology describes them.
CUBE_KINDS = (QB.DataStructureDefinition, QB.ComponentSpecification)

ontology = Graph().parse(ONTOLOGY / "ptce.ttl")
TERMS = sorted(
    term
    for term in set(ontology.subjects(RDFS.isDefinedBy, ITSELF))
    if any((term, RDF.type, kind) in ontology for kind in KINDS)
)


def in_language(subject: URIRef, predicate: URIRef, language: str) -> list[str]:
    texts = ontology.objects(subject, predicate)
    return [str(t) for t in texts if isinstance(t, Literal) and t.language == language]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# Terms


def test_every_ptce_iri_of_the_ontology_is_a_declared_term() -> None:
    named = {n for triple in ontology for n in triple if isinstance(n, URIRef)}
    cube = {s for kind in CUBE_KINDS for s in ontology.subjects(RDF.type, kind)}
    assert {n for n in named if n.startswith(str(PTCE))} == set(TERMS) | cube
    assert len(TERMS) >= 60


@pytest.mark.parametrize("term", TERMS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_term_has_one_label_and_one_definition(term: URIRef, language: str) -> None:
    assert len(in_language(term, RDFS.label, language)) == 1
    (definition,) = in_language(term, SKOS.definition, language)
    assert len(definition) > 20
    assert definition.endswith(".")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_ontology_presents_itself(language: str) -> None:
    for predicate in (DCTERMS.title, DCTERMS.description, DCTERMS.abstract):
        assert len(in_language(ITSELF, predicate, language)) == 1
    assert ontology.value(ITSELF, OWL.versionIRI) == URIRef(f"{ITSELF}/1.0.0")
    assert ontology.value(ITSELF, OWL.versionInfo) == Literal("1.0.0")
    assert "etalab" in str(ontology.value(ITSELF, DCTERMS.license)).lower()
    assert str(ontology.value(ITSELF, VANN.preferredNamespaceUri)) == str(PTCE)
    assert str(ontology.value(ITSELF, VANN.preferredNamespacePrefix)) == "ptce"


def test_every_property_has_a_domain_and_a_range() -> None:
    properties = [t for t in TERMS if (t, RDF.type, OWL.Class) not in ontology]
    for term in properties:
        assert (term, RDFS.domain, None) in ontology, term
        assert (term, RDFS.range, None) in ontology, term


def test_a_network_is_an_organisation_and_never_a_collaboration() -> None:
    org = Namespace("http://www.w3.org/ns/org#")
    above = set(ontology.transitive_objects(PTCE.Network, RDFS.subClassOf))
    assert org.Organization in above
    assert org.OrganizationalCollaboration not in above
    assert org.OrganizationalCollaboration in set(
        ontology.transitive_objects(PTCE.Pole, RDFS.subClassOf)
    )


def test_what_is_disjoint_has_no_common_subclass() -> None:
    (disjoint,) = ontology.subjects(RDF.type, OWL.AllDisjointClasses)
    (members,) = ontology.objects(disjoint, OWL.members)
    classes = list(Collection(ontology, members))
    below = [set(ontology.transitive_subjects(RDFS.subClassOf, c)) for c in classes]
    assert len(classes) == 13
    assert len(set.union(*below)) == sum(map(len, below))


# The structure of the figures


def test_the_structure_of_the_figures_names_its_components() -> None:
    structure = PTCE.figureStructure
    assert (structure, RDF.type, QB.DataStructureDefinition) in ontology
    parts = list(ontology.objects(structure, QB.component))
    assert all(isinstance(part, URIRef) for part in parts)
    assert set(parts) == set(ontology.subjects(RDF.type, QB.ComponentSpecification))
    for kind, names in (
        ("dimension", {PTCE.subject, PTCE.measure, PTCE.place, PTCE.state, DCTERMS.date}),
        ("attribute", {PTCE.unit, PTCE.precision, PTCE.about}),
        ("measure", {PTCE.value, PTCE.valueMax}),
    ):
        assert {o for part in parts for o in ontology.objects(part, QB[kind])} == names
        assert set(ontology.subjects(RDF.type, QB[f"{kind.title()}Property"])) == names
    ranks = sorted(int(o) for part in parts for o in ontology.objects(part, QB.order))
    assert ranks == list(range(1, len(parts) + 1))
    for language in ("fr", "en"):
        (note,) = in_language(structure, SKOS.note, language)
        assert "https://w3id.org/ptce/id/dataset/figures" in note


def test_a_component_with_codes_names_a_code_list_that_exists() -> None:
    lists = {str(o).rsplit("/", 1)[1] for o in ontology.objects(None, QB.codeList)}
    assert lists == {"figure-measures", "units", "figure-precisions", "states"}
    assert lists <= set(CODE_LISTS)


# Files that name the terms


@pytest.mark.parametrize("name", ["shapes.ttl", "alignments.ttl", "context.jsonld"])
def test_every_ptce_term_named_in_another_file_exists(name: str) -> None:
    text = (ONTOLOGY / name).read_text(encoding="utf-8")
    named = {PTCE[local] for local in re.findall(r"\bptce:(\w+)", text)}
    assert named <= set(TERMS)
    assert len(named) >= 8


def test_alignments_only_compare() -> None:
    alignments = Graph().parse(ONTOLOGY / "alignments.ttl")
    about_terms = {(p, o) for s, p, o in alignments if s in TERMS}
    assert {p for p, _ in about_terms} == {SKOS.closeMatch, RDFS.seeAlso}
    assert not [o for _, o in about_terms if o in TERMS]


def test_every_alignment_says_why_in_both_languages() -> None:
    lines = (ONTOLOGY / "alignments.ttl").read_text(encoding="utf-8").splitlines()
    statements = [
        i for i, line in enumerate(lines) if re.match(r"\S+ (skos:closeMatch|rdfs:seeAlso) ", line)
    ]
    assert len(statements) >= 60
    for i in statements:
        assert lines[i - 2].startswith("# en: "), lines[i]
        assert lines[i - 1].startswith("# fr: "), lines[i]
        assert lines[i].endswith(" .")


def alignment_targets() -> set[str]:
    alignments = Graph().parse(ONTOLOGY / "alignments.ttl")
    return {
        str(target)
        for predicate in (SKOS.closeMatch, RDFS.seeAlso)
        for target in alignments.objects(None, predicate)
        if target != ITSELF
    }


@pytest.fixture
def vocabularies() -> Path:
    """The folder of third-party vocabularies (``PTCE_SHARED``); skips where there is none."""
    told = os.environ.get("PTCE_SHARED")
    folder = (Path(told) if told else ROOT.parent / "shared") / "vocab"
    if not folder.is_dir():
        reason = "no third-party vocabularies here; PTCE_SHARED names the folder that holds vocab/"
        print(f"skipped: {reason}")
        pytest.skip(reason)
    return folder


def test_alignments_to_essglobal_and_insee_exist_there(vocabularies: Path) -> None:
    known: set[str] = set()
    for path in sorted(vocabularies.glob("*.ttl")):
        known |= set(map(str, Graph().parse(path).subjects()))
    for path in sorted(vocabularies.glob("*.skos")):
        known |= set(map(str, Graph().parse(path, format="xml").subjects()))
    held = ("http://purl.org/essglobal/", "http://rdf.insee.fr/")
    targets = {target for target in alignment_targets() if target.startswith(held)}
    assert len(targets) >= 15
    assert targets <= known


def test_alignments_to_org_and_schema_org_exist_there() -> None:
    """rdflib holds copies of both vocabularies that we did not write."""
    for copy in (namespace.ORG, namespace.SDO):
        targets = {target for target in alignment_targets() if target.startswith(str(copy))}
        assert len(targets) >= 6
        assert not [target for target in targets if URIRef(target) not in copy]


#: Looked up by hand in their published files: PAIR (pair.ttl), Core Business 2.3.0, LOCN, ROV,
#: EARL 1.0 (W3C note), DQV and the pages of Wikidata. Adding one here means having looked it up.
LOOKED_UP = {
    "http://virtual-assembly.org/ontologies/pair#": {
        "Activity", "ActivityInvolvementAssociation", "Document", "Ecosystem",
        "MembershipAssociation", "Organization", "affiliatedBy", "cooperatesWith",
        "hasLocation", "involvementActor", "involvementRole", "membershipActor",
        "membershipOrganization", "membershipRole", "partOf", "partnerOf",
    },
    "http://www.w3.org/ns/earl#": {"Assertion", "outcome", "subject", "test"},
    "http://www.w3.org/ns/dqv#": {"QualityMeasurement"},
    "http://www.w3.org/ns/legal#": {"LegalEntity", "companyType"},
    "http://www.w3.org/ns/regorg#": {"orgType"},
    "http://data.europa.eu/m8g/": {"level"},
    "http://www.w3.org/ns/locn#": {"location"},
    "http://www.wikidata.org/entity/": {"P131", "P1454", "P463", "P571", "Q484170", "Q6465"},
}  # fmt: skip


def test_other_alignments_are_among_those_looked_up() -> None:
    held = ("http://purl.org/essglobal/", "http://rdf.insee.fr/")
    held += (str(namespace.ORG), str(namespace.SDO))
    looked_up = {ns + name for ns, names in LOOKED_UP.items() for name in names}
    assert {t for t in alignment_targets() if not t.startswith(held)} == looked_up


def test_alignments_to_codes_are_to_codes_that_exist() -> None:
    alignments = Graph().parse(ONTOLOGY / "alignments.ttl")
    ours = {str(s) for s in alignments.subjects() if "/ptce/code/" in str(s)}
    base = "https://w3id.org/ptce/code/"
    known = {f"{base}{p.stem}" for p in CODE_FILES}
    codes = [(f"{base}{p.stem}", row) for p in CODE_FILES for row in rows_of(p)]
    known |= {f"{code_list}/{row['code']}" for code_list, row in codes}
    assert len(ours) >= 5
    assert ours <= known


# The context


def context() -> dict[str, object]:
    held = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    assert isinstance(held, dict)
    return held


def test_the_context_has_a_key_for_every_term() -> None:
    named = {d["@id"] if isinstance(d, dict) else d for d in context().values()}
    for term in TERMS:
        assert f"ptce:{term.removeprefix(str(PTCE))}" in named


def test_the_context_takes_links_as_links() -> None:
    held = context()
    for term in TERMS:
        key = term.removeprefix(str(PTCE))
        is_link = isinstance(held[key], dict) and held[key].get("@type") == "@id"  # type: ignore[attr-defined]
        assert is_link == ((term, RDF.type, OWL.ObjectProperty) in ontology), key


def test_short_keys_give_the_same_graph_as_turtle() -> None:
    short = {
        "@context": context(),
        "graph": [
            {"id": "ex:m", "type": "Membership", "member": "ex:a", "organization": "ex:n",
             "role": "ex:r", "wasDerivedFrom": ["ex:p", "ex:q"], "memberDuring": "ex:i"},
            {"id": "ex:i", "type": "ProperInterval", "hasBeginning": "ex:t"},
            {"id": "ex:t", "type": "Instant", "inXSDgYear": "2007"},
            {"id": "ex:a", "type": ["FormalOrganization", "Network"],
             "prefLabel": {"fr": "Réseau"}, "altLabel": {"fr": ["R", "Rés."]},
             "homepage": "https://example.org/",
             "foundingDate": {"@value": "2007-03", "@type": "xsd:gYearMonth"}},
            {"id": "ex:p", "type": "Passage", "isPartOf": "ex:s", "section": "1", "lines": "1-2"},
        ],
    }  # fmt: skip
    turtle = """
        @prefix ex: <ex:> . @prefix org: <http://www.w3.org/ns/org#> .
        @prefix time: <http://www.w3.org/2006/time#> .
        @prefix prov: <http://www.w3.org/ns/prov#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix foaf: <http://xmlns.com/foaf/0.1/> .
        @prefix dcterms: <http://purl.org/dc/terms/> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        @prefix ptce: <https://w3id.org/ptce/ontology#> .
        ex:m a org:Membership ; org:member ex:a ; org:organization ex:n ; org:role ex:r ;
            prov:wasDerivedFrom ex:p , ex:q ; org:memberDuring ex:i .
        ex:i a time:ProperInterval ; time:hasBeginning ex:t .
        ex:t a time:Instant ; time:inXSDgYear "2007"^^xsd:gYear .
        ex:a a org:FormalOrganization , ptce:Network ;
            skos:prefLabel "Réseau"@fr ; skos:altLabel "R"@fr , "Rés."@fr ;
            foaf:homepage <https://example.org/> ;
            <https://schema.org/foundingDate> "2007-03"^^xsd:gYearMonth .
        ex:p a ptce:Passage ; dcterms:isPartOf ex:s ; ptce:section "1" ; ptce:lines "1-2" .
    """
    read = Graph().parse(data=json.dumps(short), format="json-ld")
    assert set(read) == set(Graph().parse(data=turtle, format="turtle"))


# Code lists


def test_there_is_one_file_per_code_list() -> None:
    assert {p.stem for p in CODE_FILES} == set(CODE_LISTS)


@pytest.mark.parametrize("path", CODE_FILES, ids=lambda p: p.stem)
def test_code_list(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == [column.name for column in CODE_COLUMNS]
    rows = rows_of(path)
    codes = [row["code"] for row in rows]
    assert codes
    assert len(set(codes)) == len(codes)
    for row in rows:
        assert None not in row, row["code"]
        assert re.fullmatch(SLUG_PATTERN, row["code"])
        assert row["broader"] in {"", *codes} - {row["code"]}
        for column in CODE_COLUMNS:
            cell = row[column.name]
            assert cell == cell.strip()
            assert cell or not column.required, (row["code"], column.name)
        for language in ("fr", "en"):
            assert row[f"definition_{language}"].endswith((".", "etc."))
        written = " ".join(row.values()).casefold()
        assert not [p for p in PLACEHOLDERS if p in written], row["code"]
        matches = [row[f"{kind}_match"].split(SEPARATOR) for kind in ("exact", "close")]
        iris = [iri for cell in matches for iri in cell if iri]
        assert all(re.fullmatch(r"https?://\S+", iri) for iri in iris)
        assert len(set(iris)) == len(iris)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("path", CODE_FILES, ids=lambda p: p.stem)
def test_two_codes_of_a_list_never_share_a_label(path: Path, language: str) -> None:
    labels = [row[f"label_{language}"].casefold() for row in rows_of(path)]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("path", CODE_FILES, ids=lambda p: p.stem)
def test_no_english_label_is_a_french_code_left_as_it_is(path: Path) -> None:
    for row in rows_of(path):
        # Codes of assessments are English themselves.
        if "-" in row["code"] and path.stem != "assessment-values":
            assert row["label_en"].casefold() != row["code"].replace("-", " "), row["code"]


def test_every_characteristic_stands_under_its_aspect() -> None:
    rows = rows_of(ROOT / "data" / "codelists" / "characteristics.csv")
    aspects = {row["code"] for row in rows if not row["broader"]}
    assert aspects == {
        "stade", "origine", "structure", "fonction", "finalite", "secteur", "forme",
    }  # fmt: skip
    below = [row for row in rows if row["broader"]]
    assert len(below) >= 40
    for row in below:
        assert row["broader"] == row["code"].split("-", 1)[0]


def test_an_accreditation_is_never_a_legal_form() -> None:
    forms, accreditations = (
        {row["code"] for row in rows_of(ROOT / "data" / "codelists" / f"{name}.csv")}
        for name in ("legal-forms", "accreditations")
    )
    assert not forms & accreditations
    assert "siae" in accreditations


def test_scic_has_no_insee_category() -> None:
    rows = rows_of(ROOT / "data" / "codelists" / "legal-forms.csv")
    (scic,) = [row for row in rows if row["code"] == "scic"]
    assert "insee.fr" not in scic["exact_match"] + scic["close_match"]
