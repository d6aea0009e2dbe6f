"""The ESSglobal view: what it may say, what it must not, and that it is the dataset's."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from ptce_graph.publish.release import Release
from ptce_graph.publish.views.essglobal import ESSGLOBAL, essglobal

ESS = Namespace(ESSGLOBAL)
GR = Namespace("http://purl.org/goodrelations/v1#")
ORG = Namespace("http://www.w3.org/ns/org#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
ID = Namespace("https://w3id.org/ptce/id/")
STRUCTURE = "http://purl.org/essglobal/standard/organisational-structure/"
FORM = "http://purl.org/essglobal/standard/legal-form/"


@pytest.fixture(scope="module")
def release(bundled) -> Release:
    return Release(bundled.nquads, bundled.network())


@pytest.fixture(scope="module")
def view(release) -> Graph:
    return Graph().parse(data=essglobal(release), format="turtle")


def test_every_organisation_has_one_class_and_its_name(view, bundled) -> None:
    classes = (ESS.Network, ESS.SSEInitiative, ORG.Organization)
    told = [s for c in classes for s in view.subjects(RDF.type, c)]
    assert len(told) == len(set(told)) == len(bundled.actors) == 209
    assert {str(n) for n in view.objects(None, GR.name)} == set(bundled.actors["name"])


@pytest.mark.parametrize(
    ("thing", "class_"),
    [
        ("organisation/coorace", ESS.Network),
        ("pole/pole-sud-archer", ESS.Network),
        # A document calls it an organisation of the ESS.
        ("organisation/groupe-archer", ESS.SSEInitiative),
        # A local authority and a State service are of the ESS by no document.
        ("organisation/region-rhone-alpes", ORG.Organization),
        ("organisation/ministere-delegue-ess", ORG.Organization),
        # Only named: neither kind nor form is told.
        ("organisation/active-bourgogne", ORG.Organization),
    ],
)
def test_only_what_a_document_or_the_law_calls_ess_is_an_initiative(view, thing, class_) -> None:
    assert set(view.objects(ID[thing], RDF.type)) == {class_}


def test_what_is_not_of_the_ess_gets_nothing_of_essglobal(view) -> None:
    for thing in view.subjects(RDF.type, ORG.Organization):
        assert not [p for p in view.predicates(thing) if p.startswith(ESSGLOBAL)]


def test_legal_forms_are_codes_of_essglobal_the_wider_where_there_is_none(tiny) -> None:
    """A SCOP: OS60 (workers' cooperative) in one list; L2 (cooperative) by its wider form."""
    nquads = (
        "<urn:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
        " <http://www.w3.org/ns/org#FormalOrganization> <urn:g> .\n"
        "<urn:a> <https://w3id.org/ptce/ontology#legalForm>"
        " <https://w3id.org/ptce/code/legal-forms/scop> <urn:g> .\n"
    )
    codes = "".join(
        f"{line}\n" for line in tiny.nquads.splitlines() if "/code/legal-forms/" in line[:50]
    )
    release = Release(nquads + codes, tiny.network())
    view = Graph().parse(data=essglobal(release), format="turtle")
    thing = URIRef("urn:a")
    assert set(view.objects(thing, ESS.organisationalStructure)) == {URIRef(STRUCTURE + "OS60")}
    assert set(view.objects(thing, ESS.legalForm)) == {URIRef(FORM + "L2")}
    assert set(view.objects(thing, RDF.type)) == {ESS.SSEInitiative}


@pytest.mark.parametrize(
    ("kind", "form", "class_"),
    [
        ("financeur", "association", ESS.SSEInitiative),
        ("financeur", "sarl", ORG.Organization),
        # A document places it outside the ESS, whatever its form.
        ("entreprise", "association", ORG.Organization),
        ("structure-ess", "sarl", ESS.SSEInitiative),
    ],
)
def test_form_and_kind_decide_together(kind, form, class_, tiny) -> None:
    statements = (
        (RDF.type, ORG.Organization),
        ("https://w3id.org/ptce/ontology#organisationKind", f"organisation-kinds/{kind}"),
        ("https://w3id.org/ptce/ontology#legalForm", f"legal-forms/{form}"),
    )
    nquads = "".join(
        f"<urn:a> <{p}> <{o if '://' in o else 'https://w3id.org/ptce/code/' + o}> <urn:g> .\n"
        for p, o in statements
    )
    view = Graph().parse(data=essglobal(Release(nquads, tiny.network())), format="turtle")
    assert set(view.objects(URIRef("urn:a"), RDF.type)) == {class_}


def test_an_address_says_the_region_of_today(view) -> None:
    """Romans-sur-Isère lies in Auvergne-Rhône-Alpes, Rhône-Alpes when the documents speak."""
    address = ID["pole/pole-sud-archer#address-romans-sur-isere"]
    assert (ID["pole/pole-sud-archer"], ESS.hasAddress, address) in view
    assert set(view.objects(address, VCARD.locality)) == {Literal("Romans-sur-Isère", lang="fr")}
    assert set(view.objects(address, VCARD.region)) == {Literal("Auvergne-Rhône-Alpes", lang="fr")}


def test_memberships_and_cooperations_are_those_of_the_dataset(view, bundled) -> None:
    count = bundled.query(
        "SELECT (COUNT(*) AS ?n) { ?a org:memberOf ?b }",
    ).iat[0, 0]
    assert len(list(view.subject_objects(ORG.memberOf))) == int(count)


def test_the_head_says_what_cannot_be_said(release) -> None:
    text = essglobal(release)
    head = text[: text.index("@prefix")]
    assert all(line.startswith("#") or not line for line in head.splitlines())
    for word in ("OrganizationalUnit", "Roles and dates", "qualifier", "60 networks"):
        assert word in head
    assert text == essglobal(release)


def test_a_title_that_holds_lines_stays_a_comment(tiny) -> None:
    from ptce_graph.publish.release import About

    about = About(title={"en": "One\n<urn:x> a <urn:y> ."}, licence="https://example.org/l")
    text = essglobal(Release(tiny.nquads, tiny.network(), about=about))
    assert (URIRef("urn:x"), None, None) not in Graph().parse(data=text, format="turtle")


def shared() -> Iterator[Path]:
    """The folder of third-party vocabularies; skips where there is none."""
    told = os.environ.get("PTCE_SHARED")
    root = Path(told) if told else Path(__file__).resolve().parents[3] / "shared"
    folder = root / "vocab"
    if not (folder / "essglobal-vocab.ttl").is_file():
        reason = "ESSglobal’s files are not here; PTCE_SHARED names the folder that holds vocab/"
        print(f"skipped: {reason}")
        pytest.skip(reason)
    yield folder


vocabularies = pytest.fixture(shared)


def test_every_term_and_code_of_essglobal_exists(view, vocabularies) -> None:
    vocabulary = Graph().parse(vocabularies / "essglobal-vocab.ttl")
    known = set(map(str, vocabulary.subjects()))
    for name in ("legal-form", "organisational-structure"):
        known |= set(
            map(str, Graph().parse(vocabularies / f"{name}.skos", format="xml").subjects())
        )
    used = {str(n) for triple in view for n in triple if "/essglobal/" in str(n)}
    assert len(used) >= 8
    assert used <= known
