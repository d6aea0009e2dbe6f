"""The catalogue: what DCAT-AP asks for is there, and what it tells of the files is true."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, PROV, SH, SKOS

from ptce_graph.publish.catalogue.dcat import catalogue, untold
from ptce_graph.publish.catalogue.released_file import ReleasedFile
from ptce_graph.publish.release import About
from tests.conftest import TINY
from tests.publish.releasing import bundled_folder, conformance, release_of

DCAT = Namespace("http://www.w3.org/ns/dcat#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
DQV = Namespace("http://www.w3.org/ns/dqv#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
DATASET = URIRef("https://w3id.org/ptce/id/dataset/ptce")
FILE = ReleasedFile("trig", "TriG: x", "data/dataset.trig", "application/trig", "", 12, "ab" * 32)


@pytest.fixture(scope="module")
def graph():
    """As a harvester reads it: rdflib, the file where it stands, and nothing else."""
    return Graph().parse(bundled_folder() / "catalog.ttl")


@pytest.fixture(scope="module")
def with_endpoint():
    """The catalogue of a dataset that also has a SPARQL endpoint."""
    release = release_of()
    about = replace(release.about, endpoint="https://example.org/sparql")
    text = catalogue(replace(release, about=about), [FILE])
    return Graph().parse(data=text, format="turtle", publicID="https://example.org/catalog.ttl")


#: DCAT-AP 3.0.1: what each class must have, and should have.
WANTED = {
    DCAT.Catalog: (
        [DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.dataset],
        [
            DCTERMS.issued,
            DCTERMS.modified,
            DCTERMS.language,
            DCTERMS.license,
            DCTERMS.spatial,
            DCAT.themeTaxonomy,
            DCAT.record,
            FOAF.homepage,
        ],
    ),
    DCAT.Dataset: (
        [DCTERMS.title, DCTERMS.description],
        [
            DCTERMS.publisher,
            DCTERMS.spatial,
            DCTERMS.temporal,
            DCAT.contactPoint,
            DCAT.keyword,
            DCAT.theme,
            DCAT.distribution,
            DCTERMS.accrualPeriodicity,
            DCTERMS.provenance,
            DCTERMS.conformsTo,
            DCTERMS.identifier,
            DCTERMS.language,
            DCAT.landingPage,
            DCAT.version,
            ADMS.versionNotes,
            DCTERMS.accessRights,
            DQV.hasQualityMeasurement,
        ],
    ),
    DCAT.Distribution: (
        [DCAT.accessURL],
        [
            DCATAP.availability,
            DCTERMS.description,
            DCTERMS["format"],
            DCTERMS.license,
            DCAT.downloadURL,
            DCAT.mediaType,
            DCAT.byteSize,
            SPDX.checksum,
            DCTERMS.title,
        ],
    ),
    DCAT.CatalogRecord: (
        [FOAF.primaryTopic, DCTERMS.modified],
        [DCTERMS.conformsTo, DCTERMS.issued, ADMS.status],
    ),
    FOAF.Agent: ([FOAF.name], [DCTERMS.type]),
    DCTERMS.LicenseDocument: ([], [DCTERMS.type]),
    DCTERMS.Location: ([], [DCAT.bbox, DCAT.centroid]),
    DCTERMS.PeriodOfTime: ([], [DCAT.startDate, DCAT.endDate]),
    SPDX.Checksum: ([SPDX.algorithm, SPDX.checksumValue], []),
    SKOS.Concept: ([SKOS.prefLabel], []),
    VCARD.Kind: ([VCARD.fn, VCARD.hasURL], []),
}


@pytest.mark.parametrize("kind", WANTED, ids=lambda kind: kind.rsplit("/")[-1].split("#")[-1])
def test_every_class_has_what_it_must_and_what_it_should(graph, kind):
    things = set(graph.subjects(RDF.type, kind))
    assert things
    missing = [
        (thing, wanted)
        for thing in things
        for wanted in WANTED[kind][0] + WANTED[kind][1]
        if (thing, wanted, None) not in graph
    ]
    assert missing == []


def test_there_is_one_catalogue_of_one_dataset(graph):
    assert list(graph.subjects(RDF.type, DCAT.Dataset)) == [DATASET]
    (one,) = graph.subjects(RDF.type, DCAT.Catalog)
    assert list(graph.objects(one, DCAT.dataset)) == [DATASET]
    assert not list(graph.subjects(RDF.type, DCAT.DataService))


def test_it_says_what_a_person_wrote_in_dataset_yml(graph):
    assert set(graph.objects(DATASET, DCAT.theme)) == {
        URIRef(f"http://publications.europa.eu/resource/authority/data-theme/{code}")
        for code in ("ECON", "SOCI", "REGI")
    }
    frequency = "http://publications.europa.eu/resource/authority/frequency/IRREG"
    assert graph.value(DATASET, DCTERMS.accrualPeriodicity) == URIRef(frequency)
    assert graph.value(DATASET, DCTERMS.modified) == Literal("2026-11-22", datatype=XSD.date)
    assert graph.value(DATASET, DCAT.version) == Literal("0.1.0")
    assert {title.language for title in graph.objects(DATASET, DCTERMS.title)} == {"fr", "en"}
    assert str(graph.value(DATASET, DCTERMS.license)).endswith("ETALAB-Licence-Ouverte-v2.0.pdf")
    agent = graph.value(DATASET, DCTERMS.publisher)
    assert graph.value(agent, FOAF.name) == Literal("ptce-graph")


def test_each_document_is_told_with_its_rights(graph):
    documents = set(graph.objects(DATASET, PROV.wasDerivedFrom))
    assert {str(d).rsplit("/", 1)[-1] for d in documents} == {
        *("article-coorace", "article-eco-sol-brest", "cahier-rtes", "note-labo-ess"),
        "plan-action-2013",
    }
    related = {
        graph.value(relation, DCTERMS.relation)
        for relation in graph.objects(DATASET, DCAT.qualifiedRelation)
    }
    assert related == documents
    labels = URIRef("http://www.w3.org/2000/01/rdf-schema#label")
    for document in documents:
        assert list(graph.objects(graph.value(document, DCTERMS.rights), labels))
    # The one that states a licence (source.yml of the article of 2012).
    of_2012 = URIRef("https://w3id.org/ptce/id/source/article-eco-sol-brest")
    assert str(graph.value(graph.value(of_2012, DCTERMS.rights), labels)) == "CC BY-NC-SA"


def test_the_numbers_are_those_of_the_tables(graph):
    """Rows of the files, counted as lines; what is missing as ``coverage`` of the docs tells it."""
    measured = {
        str(node).split("#quality-")[1]: int(graph.value(node, DQV.value))
        for node in graph.objects(DATASET, DQV.hasQualityMeasurement)
    }
    import csv

    folder = release_of().facts.tables.folder
    for table in ("memberships", "figures", "candidacies"):
        rows = 0
        for path in folder.glob(f"sources/*/{table}.csv"):
            with path.open(encoding="utf-8", newline="") as stream:
                rows += sum(1 for _row in csv.DictReader(stream))
        assert measured[f"facts-{table}"] == rows
    assert measured["facts-total"] == sum(
        n for name, n in measured.items() if name.startswith("facts-") and name != "facts-total"
    )
    assert measured["pole-without-a-place"] == 0


def test_a_harvester_that_follows_the_addresses_finds_the_files_as_told(graph):
    """``downloadURL`` -> the file beside the catalogue: its size and its checksum agree."""
    files = set()
    for distribution in graph.objects(DATASET, DCAT.distribution):
        (address,) = graph.objects(distribution, DCAT.downloadURL)
        assert str(address).startswith("file:")
        path = url2pathname(urlsplit(str(address)).path)
        with open(path, "rb") as stream:  # noqa: PTH123
            content = stream.read()
        assert int(graph.value(distribution, DCAT.byteSize)) == len(content)
        checksum = graph.value(distribution, SPDX.checksum)
        told = graph.value(checksum, SPDX.checksumValue)
        assert told.datatype == XSD.hexBinary
        # As the file writes it: rdflib makes bytes of it.
        text = told.toPython()
        text = text.hex() if isinstance(text, bytes) else str(text)
        assert text == hashlib.sha256(content).hexdigest()
        files.add(path)
    told = {path.as_posix() for path in (bundled_folder() / "data").iterdir() if path.is_file()}
    assert {path.replace("\\", "/") for path in files} == told
    assert len(files) > 15


def test_compressed_and_packed_files_say_so(graph):
    iana = "https://www.iana.org/assignments/media-types/"
    for distribution in graph.objects(DATASET, DCAT.distribution):
        path = str(graph.value(distribution, DCAT.downloadURL))
        gzip = (distribution, DCAT.compressFormat, URIRef(f"{iana}application/gzip"))
        packed = (distribution, DCAT.packageFormat, URIRef(f"{iana}application/zip"))
        assert (gzip in graph) == path.endswith(".gz")
        assert (packed in graph) == path.endswith(".zip")


def test_an_endpoint_is_told_where_there_is_one(with_endpoint):
    (service,) = with_endpoint.subjects(RDF.type, DCAT.DataService)
    endpoint = URIRef("https://example.org/sparql")
    assert with_endpoint.value(service, DCAT.endpointURL) == endpoint
    assert with_endpoint.value(service, DCAT.servesDataset) == DATASET
    for wanted in (DCTERMS.title, DCAT.endpointDescription, DCAT.contactPoint, DCAT.keyword):
        assert (service, wanted, None) in with_endpoint
    for wanted in (DCAT.theme, DCTERMS.conformsTo, DCTERMS.publisher, DCTERMS.license):
        assert (service, wanted, None) in with_endpoint


def test_addresses_follow_the_catalogue_to_where_it_is_published(with_endpoint):
    (distribution,) = with_endpoint.objects(DATASET, DCAT.distribution)
    address = with_endpoint.value(distribution, DCAT.downloadURL)
    assert address == URIRef("https://example.org/data/dataset.trig")


def _conforms(graph, name):
    """Every result of the shapes, warnings too, as a list of texts."""
    from pyshacl import validate

    shapes = Graph().parse(conformance("dcat-ap-3.0.1") / f"{name}.ttl")
    # The published file names one property shape that it does not hold; pySHACL stops there.
    for shape, _property, part in list(shapes.triples((None, SH.property, None))):
        if (part, SH.path, None) not in shapes:
            shapes.remove((shape, SH.property, part))
    conforms, report, _text = validate(graph, shacl_graph=shapes)
    results = [
        " ".join(str(report.value(result, path)) for path in (SH.focusNode, SH.resultPath))
        for result in report.subjects(RDF.type, SH.ValidationResult)
    ]
    assert conforms == (not results)
    return results


@pytest.mark.parametrize("shapes", ["mandatory", "recommended"])
def test_the_shapes_of_dcat_ap_find_nothing(graph, with_endpoint, shapes):
    assert _conforms(graph, shapes) == []
    assert _conforms(with_endpoint, shapes) == []


def test_the_shapes_would_find_something(graph):
    """A proof that the shapes are read: without a title, and without a theme."""
    for shapes, lost in (("mandatory", DCTERMS.title), ("recommended", DCAT.theme)):
        spoilt = Graph()
        for triple in graph:
            if triple[:2] != (DATASET, lost):
                spoilt.add(triple)
        assert any(str(lost) in result for result in _conforms(spoilt, shapes))


def test_what_a_folder_does_not_say_is_left_out_and_listed():
    release = release_of(TINY)
    graph = Graph().parse(data=catalogue(release, [FILE]), format="turtle", publicID="file:///x/")
    assert not list(graph.objects(None, DCTERMS.publisher))
    assert not list(graph.objects(None, DCTERMS.license))
    assert not list(graph.objects(None, DCTERMS.modified))
    missing = untold(release.about)
    assert {"publisher", "licence", "modified", "description"} <= set(missing)
    assert "title" not in missing


def test_text_of_the_data_stays_text():
    nasty = 'a" . <x> <y> <z> . "\n\\ é <script>'
    about = About(title={"fr": nasty}, publisher=nasty, keywords={"fr": (nasty,)})
    release = replace(release_of(TINY), about=about)
    graph = Graph().parse(data=catalogue(release, [FILE]), format="turtle", publicID="file:///x/")
    assert Literal(nasty, lang="fr") in set(graph.objects(DATASET, DCTERMS.title))
    assert Literal(nasty, lang="fr") in set(graph.objects(DATASET, DCAT.keyword))
    assert Literal(nasty) in set(graph.objects(None, FOAF.name))


def test_it_holds_no_blank_node_and_is_the_same_twice(graph):
    from rdflib import BNode

    assert not [term for triple in graph for term in triple if isinstance(term, BNode)]
    release = release_of()
    assert catalogue(release, [FILE]) == catalogue(release, [FILE])


def test_territories_lie_where_the_outlines_of_the_project_lie():
    """Each box holds the outlines of its departments, and is no wider by more than 0.1 degree."""
    import json

    from ptce_graph.bundled import DATA_DIR
    from ptce_graph.vocabulary.authorities import TERRITORIES

    outlines = json.loads((DATA_DIR / "geography" / "outlines.json").read_text("utf-8"))
    overseas = {"971": "GLP", "972": "MTQ", "973": "GUF", "974": "REU", "976": "MYT"}
    points = {name: [] for name in TERRITORIES}
    for feature in outlines["features"]:
        name = overseas.get(feature["properties"]["code"], "FRA")
        points[name] += _points(feature["geometry"]["coordinates"])
    for name, territory in TERRITORIES.items():
        west, south, east, north = territory.box
        xs, ys = zip(*points[name], strict=True)
        for bound, outline in ((west, min(xs)), (south, min(ys))):
            assert outline - 0.1 < bound <= outline
        for bound, outline in ((east, max(xs)), (north, max(ys))):
            assert outline <= bound < outline + 0.1


def _points(shape):
    if isinstance(shape[0], (int, float)):
        return [shape]
    return [point for part in shape for point in _points(part)]
