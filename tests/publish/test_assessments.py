"""Answers on the criteria as RDF: read back by another library, against values worked by hand."""

from __future__ import annotations

import re
from functools import cache

import pandas as pd
import pytest
from pyshacl import validate
from rdflib import DCTERMS, PROV, RDF, RDFS, SH, SKOS, BNode, Dataset, Graph, Literal, URIRef
from rdflib.compare import isomorphic

import ptce_graph
from ptce_graph.bundled import ONTOLOGY_DIR
from ptce_graph.cli import main
from ptce_graph.dataset.store import memory_store
from ptce_graph.errors import CallError
from ptce_graph.knowledge_graph import KnowledgeGraph
from ptce_graph.poles.judge import findings
from ptce_graph.publish.assessments import RDF_FORMATS, assessment_quads, assessments_as
from ptce_graph.tables.read import RESERVED_NAMES
from ptce_graph.vocabulary.iris import slug
from tests.conftest import TINY
from tests.poles.judged import MARKS, bundled, bundled_findings, bundled_store
from tests.poles.test_three_poles import NOTHING, POLE_SUD, SUD_ESSONNE
from tests.publish.releasing import bundled_folder

BASE = "https://w3id.org/ptce/id/"
PTCE = "https://w3id.org/ptce/ontology#"
VALUE = "https://w3id.org/ptce/code/assessment-values/"
GRAPH = URIRef(f"{BASE}graph/assessments")
#: What rdflib calls the formats.
RDFLIB = {"ttl": "turtle", "nt": "nt", "trig": "trig", "jsonld": "json-ld"}
#: An organisation that nobody has met, as the help has it.
AUTHOR = "Organisation A"


def _p(name):
    return URIRef(PTCE + name)


def _node(name):
    return URIRef(f"{BASE}assessment/{name}")


@cache
def _text(format_name="ttl"):
    return assessments_as(assessment_quads(bundled_findings()), format_name)


@cache
def _graph():
    return Graph().parse(data=_text(), format="turtle")


@cache
def _dataset():
    """The merge of the dataset as rdflib reads it."""
    return Graph().parse(data=bundled().export_text("nt"), format="nt")


def _triples(**where):
    """The triples of all graphs of a file."""
    read, found = Dataset(), Graph()
    read.parse(**where)
    for *triple, _graph_name in read.quads():
        found.add(tuple(triple))
    return found


def _assessed(*rows):
    """The bundled findings with assessments, as RDF."""
    columns = ("thing", "criterion", "value", "author", "date", "reason")
    frame = pd.DataFrame(rows, columns=list(columns))
    found = findings(bundled_store(), bundled().facts, assessments=frame)
    text = assessments_as(assessment_quads(found), "ttl")
    return Graph().parse(data=text, format="turtle")


# What the answers say


@pytest.mark.parametrize(
    ("pole", "expected"),
    [
        ("pole-sud-archer", POLE_SUD),
        ("pole-economie-solidaire-sud-essonne", SUD_ESSONNE),
        ("ardaines", NOTHING),
    ],
)
def test_the_values_are_those_worked_by_hand(pole, expected):
    graph = _graph()
    told = {}
    for node in graph.subjects(_p("assessedThing"), URIRef(f"{BASE}pole/{pole}")):
        (criterion,) = graph.objects(node, _p("assessedCriterion"))
        (value,) = graph.objects(node, _p("assessmentValue"))
        name = criterion.removeprefix(f"{BASE}criterion/")
        assert node == _node(f"{pole}-{name}")
        told[name] = MARKS[value.removeprefix(VALUE)]
    assert told == expected


def test_every_pole_has_an_answer_on_every_criterion():
    found, graph = bundled_findings(), _graph()
    expected = {
        (thing, one.criterion) for thing in (*found.poles, *found.organisations)
        for one in found.of(thing)
    }  # fmt: skip
    nodes = set(graph.subjects(RDF.type, _p("Assessment")))
    assert len(nodes) == len(expected) >= 37 * 20
    assert nodes == {_node(f"{thing}-{criterion}") for thing, criterion in expected}


def test_facts_passages_and_thresholds_of_an_answer_worked_by_hand():
    graph, dataset = _graph(), _dataset()
    # One place that its members share, says the note (120) and the article of 2012 (6).
    node = _node("pole-sud-archer-note-tes-1")
    passages = set(graph.objects(node, PROV.wasDerivedFrom))
    assert {
        (str(dataset.value(one, DCTERMS.isPartOf)), str(dataset.value(one, _p("lines"))))
        for one in passages
    } == {(f"{BASE}source/note-labo-ess", "120"), (f"{BASE}source/article-eco-sol-brest", "6")}
    facts = set(graph.objects(node, _p("decidingFact")))
    assert {dataset.value(fact, RDF.type) for fact in facts} == {_p("Characterisation")}
    assert {dataset.value(fact, PROV.wasDerivedFrom) for fact in facts} == passages
    # The region backs the pole: the n-ary fact and its part are among what decides.
    facts = set(graph.objects(_node("pole-sud-archer-note-inc-8"), _p("decidingFact")))
    kinds = {dataset.value(fact, RDF.type) for fact in facts}
    assert {_p("Cooperation"), _p("Participation")} <= kinds
    # Five organisations of two kinds: the note, as the rule says.
    two = _node("pole-sud-archer-note-inc-2")
    assert set(graph.objects(two, _p("threshold"))) == {Literal("min=5"), Literal("kinds=2")}


def test_what_is_not_documented_says_what_is_lacking_and_shows_no_deciding_fact():
    graph = _graph()
    node = _node("ardaines-note-inc-1")
    assert {text.language for text in graph.objects(node, _p("lacking"))} == {"fr", "en"}
    nothing = URIRef(f"{VALUE}not-documented")
    for answer in graph.subjects(_p("assessmentValue"), nothing):
        assert (answer, _p("decidingFact"), None) not in graph
        assert (answer, PROV.wasDerivedFrom, None) not in graph
    # Three ESS members of Sud-Essonne are known, and decide nothing alone.
    half = _node("pole-economie-solidaire-sud-essonne-note-inc-1")
    assert len(set(graph.objects(half, _p("consideredFact")))) >= 3


def test_whatever_an_answer_names_stands_in_the_dataset():
    graph, dataset = _graph(), _dataset()
    known = set(dataset.subjects())
    for name in ("assessedThing", "assessedCriterion", "decidingFact", "consideredFact"):
        named = set(graph.objects(None, _p(name)))
        assert named and named <= known, name
    passages = set(graph.objects(None, PROV.wasDerivedFrom))
    assert len(passages) > 40
    assert passages <= set(dataset.subjects(RDF.type, _p("Passage")))
    # Names are told as the dataset tells them: nothing is said twice in two ways.
    for subject, name in graph.subject_objects(SKOS.prefLabel):
        assert (subject, SKOS.prefLabel, name) in dataset


def test_an_answer_leads_to_all_facts_that_decide():
    graph = _graph()
    for thing in ("pole-sud-archer", "pole-economie-solidaire-sud-essonne"):
        for one in bundled_findings().of(thing):
            node = _node(f"{thing}-{one.criterion}")
            deciding = {URIRef(e.fact) for e in one.evidence if e.weight == "decides"}
            assert set(graph.objects(node, _p("decidingFact"))) == deciding
            shown = {URIRef(e.fact) for e in one.evidence} - deciding
            assert set(graph.objects(node, _p("consideredFact"))) == shown


# Who answers


def test_a_rule_answers_by_the_program_without_a_date():
    graph = _graph()
    (agent,) = set(graph.objects(None, PROV.wasAttributedTo))
    assert (agent, RDF.type, PROV.SoftwareAgent) in graph
    version = graph.value(agent, URIRef("https://schema.org/softwareVersion"))
    assert str(version) == ptce_graph.__version__
    assert (None, DCTERMS.date, None) not in graph


def test_an_organisation_stands_beside_the_rule_and_the_latest_counts():
    graph = _assessed(
        ("pole-sud", "note-inc-8", "not-met", AUTHOR, "2024-05", "Terminé depuis."),
        ("pole-sud-archer", "note-inc-8", "met", "Ôrganisation & Cie", "2023", "Vu sur place."),
    )
    name = "pole-sud-archer-note-inc-8"
    rule, latest = _node(name), _node(f"{name}.organisation-a.2024-05")
    older = _node(f"{name}.organisation-cie.2023")
    pole = URIRef(f"{BASE}pole/pole-sud-archer")
    criterion = URIRef(f"{BASE}criterion/note-inc-8")
    nodes = set(graph.subjects(_p("assessedThing"), pole)) & set(
        graph.subjects(_p("assessedCriterion"), criterion)
    )
    assert nodes == {rule, latest, older}
    values = {node: graph.value(node, _p("assessmentValue")) for node in nodes}
    assert {node: str(value).removeprefix(VALUE) for node, value in values.items()} == {
        rule: "met", latest: "not-met", older: "met",
    }  # fmt: skip
    # The rule keeps its facts; both lead to the one that counts, which leads to none.
    assert set(graph.objects(rule, _p("decidingFact")))
    assert {node for node in nodes if (node, DCTERMS.isReplacedBy, latest) in graph} == {
        rule,
        older,
    }
    assert (latest, DCTERMS.isReplacedBy, None) not in graph
    agent = graph.value(latest, PROV.wasAttributedTo)
    assert (agent, RDF.type, PROV.Organization) in graph
    assert graph.value(agent, RDFS.label) == Literal(AUTHOR)
    assert graph.value(latest, _p("reason")) == Literal("Terminé depuis.")
    date = graph.value(latest, DCTERMS.date)
    assert (str(date), date.datatype.fragment) == ("2024-05", "gYearMonth")


def test_authors_written_alike_keep_an_answer_each():
    graph = _assessed(
        ("ardaines", "note-inc-3", "met", "Organisation A", "2024", "…"),
        ("ardaines", "note-inc-3", "not-met", "ORGANISATION A", "2024", "…"),
    )
    start = _node("ardaines-note-inc-3.organisation-a.2024")
    nodes = {node for node in graph.subjects(RDF.type, _p("Assessment")) if node.startswith(start)}
    assert len(nodes) == 2
    assert len({graph.value(node, _p("assessmentValue")) for node in nodes}) == 2


def test_texts_of_a_folder_never_become_syntax_nor_addresses():
    hostile = 'x" . <x:s> <x:p> <x:o> . """ \\ \n<script>'
    graph = _assessed(
        ("ardaines", "note-inc-3", "met", hostile, "2024", hostile),
        ("ardaines", "note-inc-4", "met", "協同組合", "2024", "…"),
    )
    assert Literal(hostile) in set(graph.objects(None, _p("reason")))
    assert Literal(hostile) in set(graph.objects(None, RDFS.label))
    assert (URIRef("x:s"), None, None) not in graph
    # A name without Latin letters has an address too.
    assert slug("協同組合") == ""
    agent = graph.value(predicate=RDFS.label, object=Literal("協同組合"))
    assert re.fullmatch(rf"{BASE}agent/[0-9a-f]{{10}}", agent)


# Formats


@pytest.mark.parametrize("name", sorted(RDF_FORMATS))
def test_every_format_says_the_same(name):
    assert isomorphic(_triples(data=_text(name), format=RDFLIB[name]), _graph())


@pytest.mark.parametrize("name", ["trig", "jsonld"])
def test_formats_with_graphs_name_the_graph_of_the_answers(name):
    read = Dataset()
    read.parse(data=_text(name), format=RDFLIB[name])
    assert {graph for *_triple, graph in read.quads()} == {GRAPH}


def test_same_answers_same_bytes():
    loaded = ptce_graph.load()
    again = findings(memory_store(loaded.quads), loaded.facts)
    quads = assessment_quads(again, things=reversed((*again.poles, *again.organisations)))
    for name in RDF_FORMATS:
        assert assessments_as(quads, name) == _text(name)


def test_no_blank_node_and_no_unknown_term():
    graph = _graph()
    nodes = {node for triple in graph for node in triple}
    assert not [node for node in nodes if isinstance(node, BNode)]
    terms = {node for node in nodes if node.startswith(PTCE)}
    assert terms <= set(Graph().parse(ONTOLOGY_DIR / "ptce.ttl").subjects(RDFS.label))
    assert {node for node in nodes if node.startswith(str(PROV))} == {
        PROV.SoftwareAgent, PROV.wasAttributedTo, PROV.wasDerivedFrom,
    }  # fmt: skip


def test_an_unknown_format_is_told_with_the_nearest():
    with pytest.raises(CallError, match="There is no format named trg"):
        assessments_as(assessment_quads(bundled_findings(), things=["ardaines"]), "trg")


# Shapes


def _faults(graph):
    """The English messages of what the shapes refuse in the answers of ``graph``.

    The other shapes are asked of the dataset elsewhere, and take a minute.
    """
    shapes = Graph().parse(ONTOLOGY_DIR / "shapes.ttl")
    for target in (SH.targetClass, SH.targetSubjectsOf):
        for shape, of in shapes.subject_objects(target):
            if not str(of).startswith((f"{PTCE}Assessment", f"{PTCE}assessment")):
                shapes.remove((shape, target, of))
    assert len(list(shapes.subjects(SH.targetSubjectsOf))) == 2
    _conforms, report, _text = validate(graph, shacl_graph=shapes)
    return {str(m) for m in report.objects(None, SH.resultMessage) if m.language == "en"}


def _around(*things):
    """The answers on some poles, within the dataset."""
    text = assessments_as(assessment_quads(bundled_findings(), things=things), "ttl")
    return Graph().parse(data=text, format="turtle") + _dataset()


def test_the_answers_conform_to_the_shapes():
    assert _faults(_around()) == set()


@pytest.mark.parametrize(
    ("name", "take", "give", "told"),
    [
        ("assessmentValue", True, None, "has one value"),
        ("assessmentValue", True, f"{BASE}pole/ardaines", "has one value"),
        ("assessedThing", True, f"{BASE}criterion/note-inc-8", "is about one pole"),
        ("assessedCriterion", True, f"{BASE}pole/ardaines", "is about one criterion"),
        ("decidingFact", True, None, "A rule that answers anything"),
        ("threshold", False, "five", "A threshold is written"),
    ],
)
def test_wrong_answers_do_not(name, take, give, told):
    graph = _around("pole-sud-archer")
    node = _node("pole-sud-archer-note-inc-8")
    if take:
        graph.remove((node, _p(name), None))
    if give:
        value = URIRef(give) if give.startswith("http") else Literal(give)
        graph.add((node, _p(name), value))
    assert any(told in fault for fault in _faults(graph))


# Other folders, the command, the release


def test_a_folder_with_another_base_is_named_under_it():
    base = "https://example.org/id/"
    graph = KnowledgeGraph.load(TINY, base)
    found = graph.findings()
    read = Graph().parse(data=assessments_as(assessment_quads(found, base), "ttl"))
    answers = set(read.subjects(RDF.type, _p("Assessment")))
    assert answers and all(answer.startswith(f"{base}assessment/") for answer in answers)
    for name in ("assessedThing", "decidingFact", "consideredFact"):
        assert all(str(o).startswith(base) for o in read.objects(None, _p(name)))


def test_criteria_that_a_folder_lacks_are_those_of_the_bundled_documents(tmp_path):
    pole = tmp_path / "sources" / "livret"
    pole.mkdir(parents=True)
    (pole / "source.yml").write_text(
        "title: Livret\noriginal_file: livret.txt\nlines: 9\nlanguage: fr\n", encoding="utf-8"
    )
    (pole / "poles.csv").write_text(
        "id,name,section,lines\npole-un,Pôle Un,1,2\n", encoding="utf-8"
    )
    (tmp_path / "assessments.csv").write_text(
        "thing,criterion,value,author,date,reason\n"
        "pole-un,note-inc-3,met,RTES,2024,Lu dans ses statuts.\n",
        encoding="utf-8",
    )
    base = "https://example.org/id/"
    graph = KnowledgeGraph.load(tmp_path, base)
    read = Graph().parse(data=assessments_as(assessment_quads(graph.findings(), base), "ttl"))
    assert (URIRef(f"{base}assessment/pole-un-note-inc-3"), None, None) in read
    # Their own address, whatever that of the folder.
    concept = URIRef(f"{BASE}criterion/note-inc-3")
    assert (concept, RDF.type, _p("Criterion")) in read
    # As the bundled dataset tells it, with its passage and document: nothing is left undescribed.
    for triple in _dataset().triples((concept, None, None)):
        assert triple in read
    read += Graph().parse(data=graph.export_text("nt"), format="nt")
    assert _faults(read) == set()


def test_the_command_writes_what_the_file_name_says(capsys, tmp_path):
    def run(*words):
        with pytest.raises(SystemExit) as stopped:
            main(["poles", *map(str, words)])
        assert not stopped.value.code
        return capsys.readouterr().out

    path = tmp_path / "sud.trig"
    assert run("Pôle Sud Archer", "-o", path) == f"{path}\n"
    read = _triples(source=path, format="trig")
    assert len(set(read.subjects(RDF.type, _p("Assessment")))) == 20
    told = Graph().parse(data=run("Pôle Sud Archer", "--format", "nt"), format="nt")
    assert isomorphic(read, told)
    answers = Graph().parse(
        data=run("--format", "ttl", "--threshold", "note-inc-2.min=40"), format="turtle"
    )
    node = _node("pole-sud-archer-note-inc-2")
    assert Literal("min=40") in set(answers.objects(node, _p("threshold")))
    assert answers.value(node, _p("assessmentValue")) == URIRef(f"{VALUE}not-documented")


def test_a_release_holds_them_and_its_catalogue_tells_it():
    folder = bundled_folder()
    assert (folder / "data" / "assessments.ttl").read_text(encoding="utf-8") == _text()
    catalogue = Graph().parse(folder / "catalog.ttl")
    dcat = "http://www.w3.org/ns/dcat#"
    (node,) = [
        s for s, o in catalogue.subject_objects(URIRef(f"{dcat}downloadURL"))
        if o.endswith("data/assessments.ttl")
    ]  # fmt: skip
    assert (None, URIRef(f"{dcat}distribution"), node) in catalogue
    assert "data/assessments.ttl\n" in (folder / "SHA256SUMS").read_text(encoding="utf-8")
    assert "`data/assessments.ttl`" in (folder / "README.md").read_text(encoding="utf-8")
    # They are no part of the dataset, nor dumps of it.
    assert f"{PTCE}Assessment" not in bundled().nquads
    assert "assessments" not in (folder / "void.ttl").read_text(encoding="utf-8")


def test_no_document_may_take_the_name_of_their_graph():
    assert "assessments" in RESERVED_NAMES
