"""The tables as RDF: the tiny project's graph, worked out by hand, and the rules of all data."""

from __future__ import annotations

import random
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Dataset, Literal, URIRef
from rdflib.namespace import ORG, OWL, PROV, RDF, SKOS, XSD

import ptce_graph
from ptce_graph.dataset.quads import iri, literal
from tests.conftest import TINY

ID = "https://w3id.org/ptce/id/"
PTCE = "https://w3id.org/ptce/ontology#"
CODE = "https://w3id.org/ptce/code/"


@pytest.fixture(scope="module")
def dataset(tiny):
    parsed = Dataset(default_union=True)
    parsed.parse(data=tiny.nquads, format="nquads")
    return parsed


def _id(path):
    return URIRef(ID + path)


def _ptce(name):
    return URIRef(PTCE + name)


def test_a_membership_is_a_node_with_its_passage(dataset):
    node = _id("membership/livret.org-deux.pole-nord.membre.2010")
    found = {(p, o) for p, o in dataset.predicate_objects(node) if p != ORG.memberDuring}
    passage = _id("passage/livret.chapitre-4.l32")
    assert found == {
        (RDF.type, ORG.Membership),
        (ORG.member, _id("organisation/org-deux")),
        (ORG.organization, _id("pole/pole-nord")),
        (ORG.role, URIRef(CODE + "membership-roles/membre")),
        (PROV.wasDerivedFrom, passage),
        # The other document, which tells the same membership.
        (PROV.alternateOf, _id("membership/annuaire.org-deux.pole-du-nord.membre")),
    }
    assert dataset.value(passage, _ptce("lines")) == Literal("32")
    (begins,) = dataset.query(
        "SELECT ?year { ?m org:memberDuring/time:hasBeginning/time:inXSDgYear ?year }",
        initBindings={"m": node},
        initNs={"org": ORG, "time": "http://www.w3.org/2006/time#"},
    )
    assert begins.year == Literal("2010", datatype=XSD.gYear)


def test_each_document_says_its_facts_in_its_own_graph(dataset):
    other = _id("membership/annuaire.org-deux.pole-du-nord.membre")
    graphs = {g.identifier for g in dataset.graphs() if (other, None, None) in g}
    # What another document tells alike is found by comparing, so it is a shortcut.
    assert graphs == {_id("graph/annuaire"), _id("graph/shortcuts")}


def test_things_judged_the_same_are_one_and_keep_their_old_address(dataset):
    assert (_id("pole/pole-du-nord"), OWL.sameAs, _id("pole/pole-nord")) in dataset
    other = _id("membership/annuaire.org-deux.pole-du-nord.membre")
    assert dataset.value(other, ORG.organization) == _id("pole/pole-nord")
    assert set(dataset.objects(_id("pole/pole-nord"), SKOS.altLabel)) == {
        Literal("Pôle du Nord", lang="fr")
    }


def test_one_name_is_shown_whatever_the_documents_write(dataset):
    deux = _id("organisation/org-deux")
    assert set(dataset.objects(deux, SKOS.prefLabel)) == {Literal("Organisation Deux", lang="fr")}
    assert set(dataset.objects(deux, SKOS.altLabel)) == {Literal("Coopérative Deux", lang="fr")}


def test_a_statut_is_a_legal_form_or_an_accreditation(dataset):
    deux = _id("organisation/org-deux")
    assert set(dataset.objects(deux, _ptce("legalForm"))) == {URIRef(CODE + "legal-forms/scop")}
    assert set(dataset.objects(deux, _ptce("accreditation"))) == {
        URIRef(CODE + "accreditations/ei"),
        URIRef(CODE + "accreditations/esus"),
    }
    assert (deux, RDF.type, ORG.FormalOrganization) in dataset
    # No document gives Organisation Trois a legal form.
    assert (_id("organisation/org-trois"), RDF.type, ORG.Organization) in dataset
    assert (_id("organisation/org-trois"), RDF.type, ORG.FormalOrganization) not in dataset


def test_shortcuts_follow_the_facts_and_stand_apart(dataset):
    shortcuts = dataset.graph(_id("graph/shortcuts"))
    members = {
        (str(s)[len(ID) :], str(o)[len(ID) :]) for s, o in shortcuts.subject_objects(ORG.memberOf)
    }
    assert members == {
        ("organisation/org-un", "organisation/reseau-alpha"),
        ("organisation/org-deux", "organisation/reseau-alpha"),
        ("organisation/org-deux", "organisation/reseau-beta"),
        ("organisation/ville-valdor", "organisation/reseau-beta"),
        ("organisation/org-deux", "pole/pole-nord"),
        ("organisation/org-trois", "pole/pole-sud-est"),
    }
    pairs = {
        frozenset((str(s).split("/")[-1], str(o).split("/")[-1]))
        for s, o in shortcuts.subject_objects(_ptce("cooperatesWith"))
    }
    assert pairs == {
        frozenset(pair)
        for pair in (
            ("ville-valdor", "pole-nord"),
            ("reseau-alpha", "reseau-beta"),
            ("reseau-alpha", "org-trois"),
            ("reseau-beta", "org-trois"),
        )
    }


def test_a_web_address_without_scheme_is_made_whole(dataset):
    from rdflib.namespace import FOAF

    assert dataset.value(_id("organisation/reseau-alpha"), FOAF.homepage) == URIRef(
        "http://www.alpha.example"
    )


@pytest.mark.parametrize("name", ["tiny", "bundled"])
def test_no_blank_node_and_sorted_lines(name, request):
    text = request.getfixturevalue(name).nquads
    lines = text.splitlines()
    assert not re.search(r"(^|\s)_:", text)
    assert all(one < other for one, other in pairwise(lines))
    assert all(line.endswith(" .") for line in lines)


def test_two_builds_are_the_same_bytes(bundled):
    assert ptce_graph.load().nquads == bundled.nquads


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_shuffling_rows_changes_no_byte(tiny, tmp_path_factory, seed):
    import shutil

    folder = tmp_path_factory.mktemp("shuffled") / "tiny"
    shutil.copytree(TINY, folder)
    shuffle = random.Random(seed).shuffle
    for path in folder.glob("**/*.csv"):
        header, *rows = path.read_text(encoding="utf-8").splitlines()
        shuffle(rows)
        path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    assert ptce_graph.load(folder).nquads == tiny.nquads


def test_the_things_can_be_published_under_another_domain(tiny):
    from pathlib import Path

    from ptce_graph.knowledge_graph import KnowledgeGraph

    other = KnowledgeGraph.load(Path(TINY), base_iri="https://data.example/ess/")
    assert other.nquads.replace("https://data.example/ess/", ID).count("\n") == tiny.nquads.count(
        "\n"
    )
    assert ID not in other.nquads
    assert "<https://w3id.org/ptce/code/legal-forms/scop>" in other.nquads


@given(st.text())
def test_any_text_comes_back_from_a_literal(text):
    from pyoxigraph import RdfFormat, parse

    if any(0xD800 <= ord(c) <= 0xDFFF for c in text):
        return
    line = f"<http://a> <http://b> {literal(text, 'fr')} <http://g> ."
    (quad,) = parse(line, format=RdfFormat.N_QUADS)
    assert quad.object.value == text


@pytest.mark.parametrize(
    "hostile", ["http://x> <http://y> <http://z", "http://é.fr/a b", 'http://x/"{}|\\^`', "a\nb"]
)
def test_no_text_closes_an_iri(hostile):
    from pyoxigraph import RdfFormat, parse

    line = f"<http://a> <http://b> {iri(hostile)} <http://g> ."
    if ":" in hostile:
        (quad,) = parse(line, format=RdfFormat.N_QUADS)
        assert quad.graph_name.value == "http://g"
    else:
        assert "\n" not in line
