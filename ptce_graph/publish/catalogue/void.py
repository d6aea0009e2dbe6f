"""What the dataset is made of, for those who query and link: VoID in Turtle.

https://www.w3.org/TR/void/. Numbers are those of the merge of all graphs, each
triple once; each named graph is a subset with numbers of its own and the
document it comes from.
"""

from __future__ import annotations

from collections.abc import Iterable

from ptce_graph.dataset.quads import iri, literal
from ptce_graph.i18n import LANGUAGES, mark, translator
from ptce_graph.publish.catalogue.counted import Counts, quads
from ptce_graph.publish.catalogue.facts import in_languages
from ptce_graph.publish.catalogue.released_file import ReleasedFile
from ptce_graph.publish.catalogue.statements import (
    DCTERMS,
    FOAF,
    VOID,
    Statements,
    here,
    whole_number,
)
from ptce_graph.publish.release import Release
from ptce_graph.vocabulary import authorities, terms
from ptce_graph.vocabulary.iris import CODE_BASE, thing_iri

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
#: The formats that hold the whole dataset as RDF, as W3C names them
#: (https://www.w3.org/ns/formats/). A view in other terms is no dump of it.
DUMPS = {
    "trig": "TriG",
    "nq": "N-Quads",
    "nt": "N-Triples",
    "ttl": "Turtle",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF_XML",
}

#: Datasets of others that facts or codes may link to: the beginning of their IRIs, their name.
LINKED = {
    "http://id.insee.fr/": "INSEE, nomenclatures et géographie",
    "http://rdf.insee.fr/def/": "INSEE, ontologies",
    "http://purl.org/essglobal/": "ESSglobal",
    "http://www.wikidata.org/entity/": "Wikidata",
    "http://data.europa.eu/": "data.europa.eu",
    "http://dbpedia.org/resource/": "DBpedia",
    "http://sws.geonames.org/": "GeoNames",
    "https://www.data.gouv.fr/": "data.gouv.fr",
}

#: What the graphs hold that come from no document alone.
SHARED = {
    "codes": mark("Code lists"),
    "documents": mark("Descriptions of the documents"),
    "labels": mark("The name shown of each thing"),
    "places": mark("Places"),
    "identities": mark("Judgements on what is the same thing"),
    "shortcuts": mark("Direct links, made from the facts"),
    "coverage": mark("How many facts each document gave"),
}
_LINKS_TO = mark("Links to {name}")


def void(release: Release, files: Iterable[ReleasedFile] = ()) -> str:
    """``void.ttl``: the VoID description of a release that holds ``files``."""
    told = Statements()
    dataset = iri(release.dataset_iri)
    told.a(here("void.ttl"), f"{VOID}DatasetDescription")
    told.add(here("void.ttl"), f"{FOAF}primaryTopic", dataset)
    _whole(told, release, dataset, files)
    found, graphs = _counted(release)
    _numbers(told, dataset, found)
    _partitions(told, dataset, found)
    _linksets(told, release, dataset, found)
    _graphs(told, release, dataset, graphs)
    used = {prefix: space for prefix, space in terms.PREFIXES.items() if prefix in ("ptce", "org")}
    return told.turtle(used)


def spaces(release: Release) -> tuple[str, ...]:
    """The beginnings of the IRIs that the dataset mints: things, and codes."""
    return (release.base_iri, CODE_BASE)


def _counted(release: Release) -> tuple[Counts, dict[str, Counts]]:
    """The numbers of the merge of all graphs, and those of each graph."""
    own = spaces(release)
    whole = Counts(own, tuple(other for other in LINKED if not other.startswith(own)))
    graphs: dict[str, Counts] = {}
    for subject, predicate, value, graph in quads(release.nquads):
        whole.add(subject, predicate, value)
        if graph not in graphs:
            graphs[graph] = Counts(own, whole=False)
        graphs[graph].add(subject, predicate, value)
    return whole, graphs


def _whole(told: Statements, release: Release, dataset: str, files: Iterable[ReleasedFile]) -> None:
    """What the dataset is, where its files are, how its IRIs begin."""
    about = release.about
    told.a(dataset, f"{VOID}Dataset")
    for name in ("title", "description"):
        told.texts(dataset, f"{DCTERMS}{name}", getattr(about, name))
    if about.publisher:
        publisher = iri(f"{release.dataset_iri}#publisher")
        told.add(dataset, f"{DCTERMS}publisher", publisher)
        told.a(publisher, f"{FOAF}Agent")
        told.add(publisher, f"{FOAF}name", literal(about.publisher))
    told.add(dataset, f"{DCTERMS}license", iri(about.licence) if about.licence else "")
    for name in ("issued", "modified"):
        told.date(dataset, f"{DCTERMS}{name}", getattr(about, name))
    told.page(dataset, f"{FOAF}homepage", about.landing_page)
    themes = (iri(authorities.THEMES[name].iri) for name in about.themes)
    told.add(dataset, f"{DCTERMS}subject", *themes)
    for identifier in sorted(release.facts.tables.documents):
        source = iri(thing_iri("source", identifier, release.base_iri))
        told.add(dataset, f"{DCTERMS}source", source)
    told.add(dataset, f"{VOID}uriSpace", *(literal(space) for space in spaces(release)))
    told.add(dataset, f"{VOID}exampleResource", *_examples(release))
    told.add(dataset, f"{VOID}sparqlEndpoint", iri(about.endpoint) if about.endpoint else "")
    for file in files:
        if file.name in DUMPS:
            told.add(dataset, f"{VOID}dataDump", here(file.path))
            told.add(dataset, f"{VOID}feature", iri(_FORMATS + DUMPS[file.name]))


def _examples(release: Release) -> list[str]:
    """The organisation and the pole that most documents speak of; the first of equals."""
    found = []
    actors = release.facts.actors
    for kind in ("organisation", "pole"):
        told = actors.loc[actors["type"] == kind, "sources"].map(len)
        if len(told):
            found.append(iri(thing_iri(kind, str(told.idxmax()), release.base_iri)))
    return found


def _numbers(told: Statements, node: str, found: Counts) -> None:
    """The statistics of a set of triples, whole and by class."""
    for name, number in (
        ("triples", found.triples),
        ("entities", found.entities),
        ("classes", len(found.classes)),
        ("properties", len(found.properties)),
        ("distinctSubjects", found.subjects),
        ("distinctObjects", len(found.objects)),
    ):
        told.add(node, f"{VOID}{name}", whole_number(number))
    names = [*found.classes, *found.properties]
    used = {name[1:-1] for name in names}
    vocabularies = {
        space for space in terms.PREFIXES.values() if any(name.startswith(space) for name in used)
    }
    told.add(node, f"{VOID}vocabulary", *(iri(space) for space in sorted(vocabularies)))
    for name, number in sorted(found.classes.items()):
        part = _part(node, "class", name)
        told.add(node, f"{VOID}classPartition", part)
        told.add(part, f"{VOID}class", name)
        told.add(part, f"{VOID}entities", whole_number(number))


def _partitions(told: Statements, node: str, found: Counts) -> None:
    """The statistics by property."""
    for name, number in sorted(found.properties.items()):
        part = _part(node, "property", name)
        told.add(node, f"{VOID}propertyPartition", part)
        told.add(part, f"{VOID}property", name)
        told.add(part, f"{VOID}triples", whole_number(number))
        subjects, objects = found.property_subjects[name], len(found.property_objects[name])
        told.add(part, f"{VOID}distinctSubjects", whole_number(subjects))
        told.add(part, f"{VOID}distinctObjects", whole_number(objects))


def _part(node: str, kind: str, name: str) -> str:
    """The IRI of a part of the description: ``…#class-org-Organization``."""
    return iri(f"{node[1:-1].split('#', maxsplit=1)[0]}#{_under(node)}{kind}-{_short(name[1:-1])}")


def _under(node: str) -> str:
    return f"{node[1:-1].split('#')[1]}-" if "#" in node else ""


def _short(address: str) -> str:
    """A term by its prefix, as ``org-Organization``; one of no known vocabulary, whole."""
    for prefix, space in terms.PREFIXES.items():
        if address.startswith(space):
            return f"{prefix}-{address.removeprefix(space)}"
    return address


def _linksets(told: Statements, release: Release, dataset: str, found: Counts) -> None:
    """The links to datasets of others: one set per dataset and property."""
    for (space, predicate), number in sorted(found.links.items()):
        node = iri(f"{release.dataset_iri}#links-{_host(space)}-{_short(predicate[1:-1])}")
        target = iri(space)
        told.add(dataset, f"{VOID}subset", node)
        told.a(node, f"{VOID}Linkset")
        titles = {
            language: translator(language)(_LINKS_TO).format(name=LINKED[space])
            for language in LANGUAGES
        }
        told.texts(node, f"{DCTERMS}title", titles)
        told.add(node, f"{VOID}linkPredicate", predicate)
        told.add(node, f"{VOID}subjectsTarget", dataset)
        told.add(node, f"{VOID}objectsTarget", target)
        told.add(node, f"{VOID}triples", whole_number(number))
        told.a(target, f"{VOID}Dataset")
        told.add(target, f"{DCTERMS}title", literal(LINKED[space]))
        told.add(target, f"{VOID}uriSpace", literal(space))


def _host(space: str) -> str:
    return space.split("://", 1)[1].strip("/").replace("/", "-").replace(".", "-")


def _graphs(told: Statements, release: Release, dataset: str, graphs: dict[str, Counts]) -> None:
    """Each named graph as a subset, with its numbers and where it comes from."""
    for graph, found in sorted(graphs.items()):
        if not graph:
            continue
        name = graph[1:-1].removeprefix(thing_iri("graph", "", release.base_iri))
        # A graph is not its description: the subset names the graph it holds.
        node = iri(f"{release.dataset_iri}#graph-{name}")
        told.add(dataset, f"{VOID}subset", node)
        told.a(node, f"{VOID}Dataset")
        told.add(node, f"{_SD}name", graph)
        document = release.facts.tables.documents.get(name)
        if document is not None:
            told.add(node, f"{DCTERMS}title", literal(document.title, document.language))
            told.add(node, f"{DCTERMS}source", iri(thing_iri("source", name, release.base_iri)))
        elif name in SHARED:
            told.texts(node, f"{DCTERMS}title", in_languages(SHARED[name]))
        _numbers(told, node, found)
