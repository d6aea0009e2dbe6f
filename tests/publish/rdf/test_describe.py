"""What is said of one thing: all of it, nothing else, and the same in every format."""

from __future__ import annotations

import json
import mmap

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import Graph

import ptce_graph
from ptce_graph.publish.rdf.describe import (
    Descriptions,
    describe_as,
    describe_jsonld,
    describe_nt,
    describe_quads,
    describe_rdfxml,
    describe_ttl,
    find_thing,
)
from ptce_graph.vocabulary import terms
from ptce_graph.vocabulary.iris import CODE_BASE, DEFAULT_BASE


def _thing(told):
    return DEFAULT_BASE + told


def _short(value):
    return value.rpartition("/id/")[2] if "/id/" in value else value


def _told(graph, iri, **options):
    """The triples of a description, things by their kind and identifier."""
    return {
        (_short(q.subject.value), q.predicate.value, _short(q.object.value))
        for q in graph.descriptions.describe(iri, **options).quads
    }


def test_a_thing_is_told_with_its_facts_their_passages_and_all_partners(tiny):
    """Worked out in the tables: Organisation Trois belongs to one pole and wrote one charter."""
    told = _told(tiny, _thing("organisation/org-trois"))
    membership = "membership/livret.org-trois.pole-sud-est.membre"
    mine = "participation/livret.charte.org-trois.partenaire"
    theirs = "participation/livret.charte.reseau-alpha.pilote"
    for expected in (
        ("organisation/org-trois", terms.SKOS_PREF_LABEL, "Organisation Trois"),
        (membership, terms.ORG_MEMBER, "organisation/org-trois"),
        (membership, terms.ORG_ORGANIZATION_PROPERTY, "pole/pole-sud-est"),
        (membership, terms.SKOS_NOTE, "Selon le livret."),
        (membership, terms.PROV_WAS_DERIVED_FROM, "passage/livret.chapitre-4.l33"),
        ("passage/livret.chapitre-4.l33", terms.PTCE_LINES, "33"),
        ("passage/livret.chapitre-4.l33", terms.DCTERMS_IS_PART_OF, "source/livret"),
        ("pole/pole-sud-est", terms.SKOS_PREF_LABEL, "Pôle Sud-Est"),
        (mine, terms.PTCE_PARTNER, "organisation/org-trois"),
        ("cooperation/charte", terms.PTCE_PARTICIPATION_PROPERTY, mine),
        ("cooperation/charte", terms.SKOS_PREF_LABEL, "Charte commune"),
        (theirs, terms.PTCE_PARTNER, "organisation/reseau-alpha"),
        ("organisation/reseau-beta", terms.SKOS_PREF_LABEL, "Réseau Bêta"),
        ("instant/2010", terms.TIME_IN_XSD_G_YEAR, "2010"),
        (f"{CODE_BASE}membership-roles/membre", terms.SKOS_PREF_LABEL, "member"),
    ):
        assert expected in told, expected
    titles = [o for s, p, o in told if s == "source/livret" and p == terms.DCTERMS_TITLE]
    assert len(titles) == 1
    # Others are named, not told: their memberships and statuts are on pages of their own.
    assert not any(s == "membership/livret.org-un.reseau-alpha.adherent" for s, _p, _o in told)
    assert not any(s == "organisation/reseau-beta" and p == terms.RDF_TYPE for s, p, _o in told)


def test_a_network_is_told_with_its_members(tiny):
    told = _told(tiny, _thing("organisation/reseau-alpha"))
    members = {s for s, p, o in told if p == terms.ORG_ORGANIZATION_PROPERTY}
    assert members == {
        "membership/livret.org-un.reseau-alpha.adherent",
        "membership/livret.org-deux.reseau-alpha.adherent.2009",
    }
    assert ("organisation/org-un", terms.SKOS_PREF_LABEL, "Organisation Un") in told
    assert ("interval/from-2009-to-2012", terms.TIME_HAS_END, "instant/2012") in told


def test_poles_places_codes_sources_and_merged_things_are_told(tiny):
    pole = _told(tiny, _thing("pole/pole-nord"))
    assert ("pole/pole-nord", terms.PTCE_CARRIED_BY, "organisation/org-un") in pole
    carrier = _told(tiny, _thing("organisation/org-un"))
    assert ("pole/pole-nord", terms.PTCE_CARRIED_BY, "organisation/org-un") in carrier
    merged = _told(tiny, _thing("pole/pole-du-nord"))
    assert ("pole/pole-du-nord", terms.OWL_SAME_AS, "pole/pole-nord") in merged
    assert ("identity/pole-nord.pole-du-nord", terms.PTCE_REASON, "Même lieu.") in merged
    place = _told(tiny, _thing("place/valdor"))
    assert ("organisation/ville-valdor", terms.PTCE_PLACE, "place/valdor") in place
    assert ("organisation/ville-valdor", terms.SKOS_PREF_LABEL, "Ville de Valdor") in place
    code = _told(tiny, f"{CODE_BASE}legal-forms/scop")
    assert ("organisation/org-deux", terms.PTCE_LEGAL_FORM, f"{CODE_BASE}legal-forms/scop") in code
    source = _told(tiny, _thing("source/annuaire"))
    assert ("passage/annuaire.liste.l4", terms.DCTERMS_IS_PART_OF, "source/annuaire") in source
    assert ("graph/annuaire", terms.PROV_WAS_DERIVED_FROM, "source/annuaire") in source


def test_every_statement_is_one_of_the_dataset_and_of_its_graph(bundled):
    known = set(parse(bundled.nquads, format=RdfFormat.N_QUADS))
    for iri in (_thing("organisation/coorace"), _thing("source/cahier-rtes")):
        quads = describe_quads(bundled.descriptions, iri)
        assert len(quads) > 100
        assert set(quads) <= known


def test_no_own_statement_is_left_out(bundled):
    """Of every thing there is, all own statements, whatever its kind."""
    own = {}
    for quad in parse(bundled.nquads, format=RdfFormat.N_QUADS):
        own.setdefault(quad.subject.value, set()).add(quad)
    assert len(own) > 2000
    for iri, quads in list(own.items())[::20]:
        assert bundled.descriptions.is_known(iri)
        assert quads <= set(bundled.descriptions.describe(iri).quads), iri


def test_every_format_tells_the_same(bundled):
    index = bundled.descriptions
    subjects = sorted({line.split(" ")[0][1:-1] for line in bundled.nquads.split("\n") if line})
    for iri in subjects[::15]:
        expected = {q.triple for q in index.describe(iri).quads}
        for text, format_ in (
            (describe_nt(index, iri), RdfFormat.N_TRIPLES),
            (describe_ttl(index, iri), RdfFormat.TURTLE),
            (describe_rdfxml(index, iri), RdfFormat.RDF_XML),
            (describe_jsonld(index, iri), RdfFormat.JSON_LD),
        ):
            assert {q.triple for q in parse(text, format=format_)} == expected, (iri, format_)


def test_rdflib_reads_the_tree_as_the_same_triples(tiny):
    index, iri = tiny.descriptions, _thing("organisation/org-deux")
    expected = set(Graph().parse(data=describe_nt(index, iri), format="nt"))
    assert set(Graph().parse(data=describe_jsonld(index, iri), format="json-ld")) == expected


def test_jsonld_is_a_tree_with_the_thing_as_its_root(tiny):
    tree = json.loads(describe_jsonld(tiny.descriptions, _thing("organisation/org-trois")))
    assert tree["id"] == _thing("organisation/org-trois")
    assert tree["prefLabel"] == {"fr": "Organisation Trois"}
    (membership,) = tree["@reverse"]["member"]
    assert membership["organization"]["prefLabel"] == {"fr": "Pôle Sud-Est"}
    assert membership["wasDerivedFrom"]["lines"] == "33"
    assert membership["role"]["prefLabel"] == {"fr": "membre", "en": "member"}
    (part,) = tree["@reverse"]["partner"]
    (cooperation,) = part["@reverse"]["participation"]
    partners = {p["partner"]["prefLabel"]["fr"] for p in cooperation["participation"]}
    assert cooperation["prefLabel"] == {"fr": "Charte commune"}
    assert partners == {"Réseau Alpha", "Réseau Bêta"}
    # Only what is used is defined, and nothing has to be fetched.
    assert isinstance(tree["@context"], dict)
    assert "candidacy" not in tree["@context"] and "member" in tree["@context"]


def test_links_are_bounded_and_the_rest_is_counted(tiny):
    whole = tiny.descriptions.describe(_thing("organisation/org-deux"))
    few = tiny.descriptions.describe(_thing("organisation/org-deux"), most=1)
    assert whole.more == 0
    # Whatever leads to it, but for the shortcuts.
    links = {
        line
        for line in tiny.nquads.split("\n")
        if f" <{_thing('organisation/org-deux')}> <" in line
        and "memberOf" not in line
        and "cooperatesWith" not in line
    }
    assert few.more == len(links) - 1 > 2
    assert len(few.lines) < len(whole.lines)
    assert set(few.lines) <= set(whole.lines)


@pytest.mark.parametrize("told", ["", "x", "a> <b", 'é"', "\n", "\ud800", DEFAULT_BASE])
def test_what_is_no_thing_is_not_known(tiny, told):
    assert not tiny.descriptions.is_known(told)
    assert tiny.descriptions.describe(told).lines == ()


def test_the_beginning_of_an_address_is_no_address(tiny):
    assert tiny.descriptions.is_known(_thing("organisation/org-un"))
    assert not tiny.descriptions.is_known(_thing("organisation/org-u"))
    assert not tiny.descriptions.is_known(_thing("organisation/org-un") + "> <")


def test_an_empty_dataset_has_no_thing():
    assert not Descriptions("").is_known("https://a.example/")
    assert Descriptions("").describe("https://a.example/").lines == ()


def test_a_file_mapped_into_memory_gives_the_same_as_the_text(tiny, tmp_path):
    path = tmp_path / "dataset.nq"
    path.write_bytes(tiny.nquads.encode("utf-8"))
    iri = _thing("pole/pole-nord")
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as text:
        assert Descriptions(text).describe(iri) == tiny.descriptions.describe(iri)


def test_two_descriptions_are_the_same_bytes(tiny):
    for format_name in ("ttl", "jsonld", "nt", "rdfxml"):
        one, other = (
            describe_as(Descriptions(tiny.nquads), _thing("organisation/org-deux"), format_name)
            for _time in range(2)
        )
        assert one == other


@pytest.mark.parametrize(
    ("told", "iri"),
    [
        ("Organisation Deux", "organisation/org-deux"),
        ("organisation deux", "organisation/org-deux"),
        ("org-deux", "organisation/org-deux"),
        ("pole/pole-nord", "pole/pole-nord"),
        ("Pôle du Nord", "pole/pole-nord"),
        (_thing("source/livret"), "source/livret"),
        ("source/livret", "source/livret"),
    ],
)
def test_a_thing_is_found_by_its_name_its_identifier_or_its_address(tiny, told, iri):
    assert find_thing(tiny.descriptions, tiny.facts, tiny.base_iri, told) == _thing(iri)


def test_a_code_is_found_by_its_list_and_its_code(tiny):
    found = find_thing(tiny.descriptions, tiny.facts, tiny.base_iri, "legal-forms/scop")
    assert found == f"{CODE_BASE}legal-forms/scop"


def test_the_nearest_name_and_format_are_told(tiny):
    with pytest.raises(ptce_graph.CallError, match="Organisation Deux"):
        tiny.describe("Organisation Deuks")
    with pytest.raises(ptce_graph.CallError, match="says nothing of"):
        tiny.describe("https://nowhere.example/x")
    with pytest.raises(ptce_graph.CallError, match="jsonld"):
        tiny.describe("org-deux", "json")
