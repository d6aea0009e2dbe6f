"""Graphs of other observatories: read in every format, without persons, without a network."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ptce_graph
from ptce_graph.importers.rdf_terms import FIELD_OF_PROPERTY, KIND_OF_CLASS, is_personal, normal

ESSGLOBAL = """
@prefix e: <https://w3id.solidarityeconomy.coop/essglobal/V2a/vocab/> .
@prefix gr: <http://purl.org/goodrelations/v1#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix dc: <http://purl.org/dc/terms/> .
@prefix : <https://obs.example.org/> .
:R1 a e:SSEInitiative ; gr:name "Organisation A"@en, "L'organisation A"@fr ;
  foaf:homepage <http://a.example.org/> ; dc:description "…" ; e:hasAddress :R1-address ;
  owl:sameAs <http://other.example.org/a>, <http://www.wikidata.org/entity/Q42> ;
  e:legalForm <http://id.insee.fr/codes/cj/n3/9220> ;
  org:memberOf :N1 .
:R1-address a e:Address ; vcard:street-address "5 rue X" ; vcard:postal-code "38000" ;
  vcard:locality "Grenoble" .
:N1 a e:Network ; gr:name "Réseau X" ; org:hasMember :P1 , :R2 .
:R2 a org:FormalOrganization ; foaf:name "Organisation B" .
:P1 a foaf:Person ; foaf:name "Prénom Nom" ; org:memberOf :N1 .
[] a org:Membership ; org:member :P1 ; org:organization :N1 .
[] a org:Membership ; org:member :R2 ; org:organization :N1 .
"""


def _read(tmp_path, text, name="graph.ttl", **wish):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return ptce_graph.import_file("rdf", path, tmp_path / "data", **wish)


def _told(done, table="organisations"):
    return done.imported.frames[table].set_index("id" if table == "organisations" else "member")


def test_essglobal_as_observatories_publish_it(tmp_path):
    done = _read(tmp_path, ESSGLOBAL)
    rows = _told(done)
    assert set(rows.index) == {"graph-l-organisation-a", "graph-organisation-b", "reseau-x"}
    a = rows.loc["graph-l-organisation-a"]
    assert (a["name"], a["alt_names"]) == ("L'organisation A", "Organisation A")
    assert (a["place"], a["website"], a["wikidata"]) == ("grenoble", "http://a.example.org/", "Q42")
    # Its own address, and the one that it says is the same.
    assert a["same_as"] == "https://obs.example.org/R1|http://other.example.org/a"
    # 9220 is « Association déclarée » in the nomenclature of INSEE.
    assert a["legal_form"] == "association"
    assert rows.loc["reseau-x", "kind"] == "reseau"
    members = _told(done, "memberships")
    assert sorted(members.index) == ["graph-l-organisation-a", "graph-organisation-b"]
    assert ptce_graph.check(tmp_path / "data") == []


def test_the_account_of_its_things(tmp_path):
    imported = _read(tmp_path, ESSGLOBAL).imported
    # R1, N1, R2, P1 and two memberships; the person and the person's are left out.
    assert (imported.rows_read, imported.rows_kept, imported.rows_left_out) == (6, 4, 2)
    # Sorted by address: N1, P1, R1, R2, then what has none.
    assert _told_lines(imported) == {"N1": "1", "R1": "3", "R2": "4"}
    uses = {use.column.rpartition("#")[2].rpartition("/")[2]: use for use in imported.columns}
    assert uses["street-address"].use == "" and "personal" in uses["street-address"].why
    assert uses["description"].why == "no table holds it (1)"


def _told_lines(imported):
    frame = imported.frames["organisations"]
    return {
        section.rpartition("/")[2]: lines
        for section, lines in zip(frame["section"], frame["lines"], strict=True)
    }


def test_no_person_is_kept(tmp_path):
    _read(tmp_path, ESSGLOBAL)
    for path in (tmp_path / "data").rglob("*.*"):
        assert "Prénom" not in path.read_text("utf-8", "ignore")


def test_one_thing_told_in_each_format(tmp_path):
    import pyoxigraph as ox

    quads = list(ox.parse(ESSGLOBAL, format=ox.RdfFormat.TURTLE))
    expected = _told(_read(tmp_path, ESSGLOBAL))
    for suffix, name in (
        ("nt", "N_TRIPLES"),
        ("nq", "N_QUADS"),
        ("trig", "TRIG"),
        ("rdf", "RDF_XML"),
        ("jsonld", "JSON_LD"),
    ):
        format_ = getattr(ox.RdfFormat, name)
        path = tmp_path / f"graph.{suffix}"
        triples = [quad.triple for quad in quads] if suffix in ("nt", "rdf") else quads
        ox.serialize(triples, str(path), format=format_)
        found = ptce_graph.import_file("rdf", path, None, dry_run=True)
        assert _told(found).equals(expected), suffix


def test_schema_org_and_its_context(tmp_path):
    text = """{"@context": "https://schema.org", "@graph": [
      {"@type": "NGO", "@id": "https://a.example.org/#it", "name": "Organisation A",
       "url": "https://a.example.org/", "vatID": "FR60 552120222", "foundingDate": "2009-05",
       "address": {"@type": "PostalAddress", "postalCode": "38000", "addressLocality": "Grenoble"},
       "telephone": "x", "sameAs": ["https://www.wikidata.org/wiki/Q7", "https://s.example.org/a"]},
      {"@type": "Person", "name": "Prénom Nom"}]}"""
    done = _read(tmp_path, text, "graph.jsonld")
    row = _told(done).loc["siren-552120222"]
    assert (row["created"], row["place"], row["wikidata"]) == ("2009-05", "grenoble", "Q7")
    assert row["same_as"] == "https://a.example.org/#it"
    assert ptce_graph.check(tmp_path / "data") == []


def test_a_context_that_stands_elsewhere_is_not_fetched(tmp_path):
    text = '{"@context": "https://elsewhere.example.org/context.jsonld", "name": "A"}'
    with pytest.raises(ptce_graph.CallError, match="nothing is fetched"):
        _read(tmp_path, text, "graph.jsonld")


@pytest.mark.parametrize(
    "entity", ['x SYSTEM "file:///etc/passwd"', 'x "&y;&y;&y;"', "% x PUBLIC 'a' 'b'"]
)
def test_entities_that_lie_elsewhere_or_grow_are_refused(tmp_path, entity):
    text = f"""<?xml version="1.0"?>
<!DOCTYPE r [<!ENTITY y "A"><!ENTITY {entity}>]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>"""
    with pytest.raises(ptce_graph.CallError, match="entity"):
        _read(tmp_path, text, "graph.rdf")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.ttl", "<a> <b", "cannot be read as RDF"),
        ("a.ttl", " ", "holds no organisation"),
        ("a.jsonld", "{", "cannot be read as RDF"),
        ("a.rdf", "<html>", "cannot be read as RDF|holds no organisation"),
        ("a.nt", "\x00\x01", "cannot be read as RDF"),
    ],
)
def test_what_is_no_graph_is_told(tmp_path, name, text, message):
    with pytest.raises(ptce_graph.CallError, match=message):
        _read(tmp_path, text, name)
    with pytest.raises(ptce_graph.CallError, match="no such file"):
        ptce_graph.import_file("rdf", tmp_path / "absent.ttl", tmp_path)


def test_our_own_export_comes_back_as_it_went(tiny, tmp_path):
    tiny.export("trig", tmp_path / "tiny.trig")
    ptce_graph.import_file("rdf", tmp_path / "tiny.trig", tmp_path / "data")
    back = ptce_graph.load(tmp_path / "data")
    assert set(back.actors.index) == set(tiny.actors.index)
    for column in ("type", "name", "kind", "legal_forms", "accreditations", "created"):
        assert back.actors[column].to_dict() == tiny.actors[column].to_dict(), column

    def ties(graph):
        columns = ["kind", "subject", "object", "role", "cooperation", "start", "end"]
        return set(graph.links[columns].itertuples(index=False, name=None))

    assert {tie for tie in ties(back) if tie[0] != "carrier"} <= ties(tiny)
    memberships = {tie for tie in ties(tiny) if tie[0] == "membership"}
    assert memberships and memberships <= ties(back)


def test_the_addresses_of_others_are_ours_too(tmp_path):
    _read(tmp_path, ESSGLOBAL)
    found = ptce_graph.load(tmp_path / "data").query(
        "SELECT ?o { ?o owl:sameAs <https://obs.example.org/R1> }"
    )
    assert list(found["o"]) == ["https://w3id.org/ptce/id/organisation/graph-l-organisation-a"]


def test_the_names_that_vocabularies_have_had():
    assert normal("http://purl.org/essglobal/vocab/v1.1/hasAddress") == "essglobal:hasAddress"
    assert normal("http://purl.org/essglobal/vocab/Network") == "essglobal:Network"
    assert normal("http://schema.org/name") == "https://schema.org/name"
    assert is_personal("http://xmlns.com/foaf/0.1/mbox")
    assert not is_personal("http://xmlns.com/foaf/0.1/homepage")


def test_two_networks_of_one_name_are_one(tmp_path):
    text = """@prefix e: <http://purl.org/essglobal/vocab/> .
@prefix gr: <http://purl.org/goodrelations/v1#> . @prefix : <https://obs.example.org/> .
:a a e:Network ; gr:name "Réseau X" . :b a e:Network ; gr:name "Réseau X" ."""
    rows = _told(_read(tmp_path, text))
    assert list(rows.index) == ["reseau-x"]
    assert rows.loc["reseau-x", "lines"] == "1|2"
    assert rows.loc["reseau-x", "same_as"].count("|") == 1
    assert ptce_graph.check(tmp_path / "data") == []


_NODES = [f"<https://obs.example.org/{n}>" for n in range(3)] + ["_:x", "_:y"]
_NODES += ["<https://w3id.org/ptce/id/organisation/coorace>", "<urn:x:1>"]
_IRIS = st.sampled_from(
    [f"<{iri.replace('essglobal:', 'http://purl.org/essglobal/vocab/')}>" for iri in KIND_OF_CLASS]
)
_PROPERTIES = st.sampled_from(
    [
        f"<{iri.replace('essglobal:', 'http://purl.org/essglobal/vocab/')}>"
        for iri in FIELD_OF_PROPERTY
    ]
)
_TEXTS = st.sampled_from(
    [
        "A",
        "B|C",
        "2009-13",
        "2009-05-01",
        "38000",
        "Grenoble",
        "<b>",
        "=1+1",
        "x@y.example",
        "|",
        "\u202e",
    ]
).map(lambda text: f'"{text}"@fr')
_TRIPLES = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(_NODES),
            st.just("<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"),
            _IRIS,
        ),
        st.tuples(st.sampled_from(_NODES), _PROPERTIES, st.sampled_from(_NODES) | _TEXTS),
    ),
    max_size=30,
)


@settings(max_examples=40, deadline=None)
@given(triples=_TRIPLES)
def test_whatever_a_graph_says_the_tables_are_sound_and_all_is_accounted_for(
    triples, tmp_path_factory
):
    folder = tmp_path_factory.mktemp("graph")
    always = '<https://obs.example.org/0> <http://xmlns.com/foaf/0.1/name> "Organisation" .'
    kind = "<http://www.w3.org/ns/org#Organization>"
    typed = f"<https://obs.example.org/0> a {kind} ."
    text = "\n".join([always, typed, *(f"{s} {p} {o} ." for s, p, o in triples)])
    try:
        imported = _read(folder, text).imported
    except ptce_graph.CallError as error:
        assert "holds no organisation" in str(error)
        return
    accounted = imported.rows_kept + imported.rows_left_out + imported.rows_refused
    assert imported.rows_read == accounted
    if imported.rows_kept:
        assert ptce_graph.check(folder / "data") == []
