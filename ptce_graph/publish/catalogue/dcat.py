"""The catalogue of a release, for portals that harvest: DCAT-AP 3.0.1 in Turtle.

https://semiceu.github.io/DCAT-AP/releases/3.0.1/. One dataset, one
distribution per file that can be fetched whole, and, where ``dataset.yml``
names one, the SPARQL endpoint. Codes of others (themes, formats, languages …)
are named and typed in the file itself: a harvester, and the shapes of
DCAT-AP, need nothing else. What is not told is left out; ``untold`` lists it.
"""

from __future__ import annotations

from ptce_graph.dataset.quads import iri, literal
from ptce_graph.i18n import LANGUAGES, mark, translator
from ptce_graph.publish.catalogue.facts import described_documents, measured, where_and_when
from ptce_graph.publish.catalogue.released_file import ReleasedFile
from ptce_graph.publish.catalogue.statements import (
    ADMS,
    DCAT,
    DCATAP,
    DCTERMS,
    FOAF,
    RDFS,
    SKOS,
    SPDX,
    VCARD,
    Statements,
    here,
    whole_number,
)
from ptce_graph.publish.release import About, Release
from ptce_graph.vocabulary import authorities, terms
from ptce_graph.vocabulary.authorities import Code

PROFILE = "https://semiceu.github.io/DCAT-AP/releases/3.0.1"
SPARQL_PROTOCOL = "https://www.w3.org/TR/sparql11-protocol/"
#: What the data conform to: the address of each, and what it is called.
STANDARDS = {
    "https://w3id.org/ptce/ontology": {"fr": "Ontologie PTCE", "en": "PTCE ontology"},
    "https://w3id.org/ptce/shapes": {
        "fr": "Formes SHACL de l’ontologie PTCE",
        "en": "SHACL shapes of the PTCE ontology",
    },
}
_CATALOGUE = mark("Catalogue: {title}")
_OF_THE_CATALOGUE = mark("The dataset of this release, its files and where its facts come from.")
_ENDPOINT = mark("SPARQL endpoint: {title}")


def catalogue(release: Release, files: list[ReleasedFile]) -> str:
    """``catalog.ttl``: the catalogue of a release that holds ``files``, as DCAT-AP 3.0.1.

    Addresses of files are relative to the catalogue's own.
    """
    return _Catalogue(release, files).turtle()


def untold(about: About) -> tuple[str, ...]:
    """The keys of ``dataset.yml`` that a complete catalogue needs and the folder leaves out."""
    wanted = (
        *("title", "description", "publisher", "contact_page", "landing_page", "licence"),
        *("version", "issued", "modified", "keywords", "themes", "territories", "start", "end"),
        *("frequency", "availability"),
    )
    return tuple(name for name in wanted if not getattr(about, name))


class _Catalogue:
    """What the parts of the catalogue share."""

    def __init__(self, release: Release, files: list[ReleasedFile]) -> None:
        self.release, self.about, self.files = release, release.about, files
        self.told = Statements()
        self.codes: dict[str, Code] = {}
        self.dataset = iri(release.dataset_iri)
        self.catalogue = iri(release.catalogue_iri)

    def turtle(self) -> str:
        self._catalogue()
        self._record()
        self._dataset()
        self._facts()
        for file in self.files:
            self._distribution(file)
        self._service()
        self._publisher_and_licence()
        where_and_when(self.told, self.release)
        self._codes()
        return self.told.turtle()

    def part(self, name: str) -> str:
        """The IRI of a part of the description, within that of the dataset."""
        return iri(f"{self.release.dataset_iri}#{name}")

    def words(self, template: str) -> dict[str, str]:
        """A marked text in each language; ``{title}`` is the title in that language."""
        told = {}
        for language in LANGUAGES:
            title = self.about.text("title", language)
            told[language] = translator(language)(template).format(title=title)
        return told

    def coded(self, subject: str, predicate: str, code: Code) -> None:
        self.codes[code.iri] = code
        self.told.add(subject, predicate, iri(code.iri))

    def shared(self, node: str) -> None:
        """What every part has in common."""
        about, told = self.about, self.told
        if about.licence:
            told.add(node, f"{DCTERMS}license", iri(about.licence))
        for name in ("issued", "modified"):
            told.date(node, f"{DCTERMS}{name}", getattr(about, name))

    def published(self, node: str) -> None:
        if self.about.publisher:
            self.told.add(node, f"{DCTERMS}publisher", self.part("publisher"))

    def languages(self, node: str) -> None:
        for language, code in authorities.LANGUAGES.items():
            if language in LANGUAGES:
                self.told.add(node, f"{DCTERMS}language", iri(code.iri))
                self.told.a(iri(code.iri), f"{DCTERMS}LinguisticSystem")
                self.told.texts(iri(code.iri), f"{RDFS}label", {"fr": code.fr, "en": code.en})

    def territories(self, node: str) -> None:
        for name in self.about.territories:
            place = iri(authorities.TERRITORIES[name].code.iri)
            self.told.add(node, f"{DCTERMS}spatial", place)

    def standard(self, node: str, address: str, names: dict[str, str]) -> None:
        self.told.add(node, f"{DCTERMS}conformsTo", iri(address))
        self.told.a(iri(address), f"{DCTERMS}Standard")
        self.told.texts(iri(address), f"{DCTERMS}title", names)

    def public(self, node: str) -> None:
        code = authorities.PUBLIC
        self.told.add(node, f"{DCTERMS}accessRights", iri(code.iri))
        self.told.a(iri(code.iri), f"{DCTERMS}RightsStatement")
        self.told.texts(iri(code.iri), f"{RDFS}label", {"fr": code.fr, "en": code.en})

    def statement(self, node: str, predicate: str, name: str, of_class: str) -> None:
        """A text of ``About`` as a thing of its own, which Dublin Core asks for."""
        if getattr(self.about, name):
            self.told.add(node, predicate, self.part(name))
            self.told.a(self.part(name), of_class)
            self.told.texts(self.part(name), f"{RDFS}label", getattr(self.about, name))

    # The parts

    def _catalogue(self) -> None:
        about, told, node = self.about, self.told, self.catalogue
        told.a(node, f"{DCAT}Catalog")
        told.texts(node, f"{DCTERMS}title", self.words(_CATALOGUE))
        told.texts(node, f"{DCTERMS}description", self.words(_OF_THE_CATALOGUE))
        self.published(node)
        self.shared(node)
        self.languages(node)
        self.territories(node)
        told.page(node, f"{FOAF}homepage", about.landing_page)
        if about.themes:
            scheme = iri(authorities.THEME_SCHEME)
            told.add(node, f"{DCAT}themeTaxonomy", scheme)
            told.a(scheme, f"{SKOS}ConceptScheme")
            titles = {"fr": "Thèmes de données", "en": "Data themes"}
            told.texts(scheme, f"{DCTERMS}title", titles)
        told.add(node, f"{DCAT}dataset", self.dataset)
        if about.modified:
            told.add(node, f"{DCAT}record", self.part("record"))
        if about.endpoint:
            told.add(node, f"{DCAT}service", self.part("sparql"))

    def _record(self) -> None:
        """The entry of the catalogue itself: when it was made, and after which profile."""
        about, told, node = self.about, self.told, self.part("record")
        if not about.modified:
            return
        told.a(node, f"{DCAT}CatalogRecord")
        told.add(node, f"{FOAF}primaryTopic", self.dataset)
        told.date(node, f"{DCTERMS}issued", about.issued or about.modified)
        told.date(node, f"{DCTERMS}modified", about.modified)
        new = about.issued in ("", about.modified)
        at, fr, en = (
            ("created", "créée", "created") if new else ("updated", "mise à jour", "updated")
        )
        scheme = f"{authorities.ADMS}changetype/1.0"
        change = Code(f"{authorities.ADMS}changetype/{at}", fr, en, scheme)
        self.coded(node, f"{ADMS}status", change)
        self.standard(node, PROFILE, {"en": "DCAT-AP 3.0.1"})

    def _dataset(self) -> None:
        about, told, node = self.about, self.told, self.dataset
        told.a(node, f"{DCAT}Dataset", f"{DCAT}Resource")
        told.add(node, f"{DCTERMS}identifier", literal(self.release.dataset_iri))
        for name in ("title", "description"):
            told.texts(node, f"{DCTERMS}{name}", getattr(about, name))
        self.published(node)
        self.shared(node)
        told.add(node, f"{DCAT}version", literal(about.version) if about.version else "")
        told.texts(node, f"{ADMS}versionNotes", about.version_notes)
        self._topics(node)
        self._contact(node)
        self.languages(node)
        self.territories(node)
        if about.start or about.end:
            told.add(node, f"{DCTERMS}temporal", self.part("period"))
        if about.frequency:
            code = authorities.FREQUENCIES[about.frequency]
            told.add(node, f"{DCTERMS}accrualPeriodicity", iri(code.iri))
            told.a(iri(code.iri), f"{DCTERMS}Frequency")
            told.texts(iri(code.iri), f"{RDFS}label", {"fr": code.fr, "en": code.en})
        self.public(node)
        self.statement(node, f"{DCTERMS}rights", "rights", f"{DCTERMS}RightsStatement")
        self.statement(node, f"{DCTERMS}provenance", "provenance", f"{DCTERMS}ProvenanceStatement")
        for address, names in STANDARDS.items():
            self.standard(node, address, names)
        told.page(node, f"{DCAT}landingPage", about.landing_page)
        told.add(node, f"{FOAF}page", here("README.md"))
        told.a(here("README.md"), f"{FOAF}Document")
        told.add(node, f"{RDFS}seeAlso", here("void.ttl"))
        told.add(node, f"{DCAT}distribution", *(self.part(file.key) for file in self.files))

    def _topics(self, node: str) -> None:
        for language, keywords in self.about.keywords.items():
            words = (literal(word, language) for word in keywords)
            self.told.add(node, f"{DCAT}keyword", *words)
        for name in self.about.themes:
            self.coded(node, f"{DCAT}theme", authorities.THEMES[name])

    def _contact(self, node: str) -> None:
        about, contact = self.about, self.part("contact")
        if about.contact_page:
            self.told.add(node, f"{DCAT}contactPoint", contact)
            self.told.a(contact, f"{VCARD}Kind", f"{VCARD}Organization")
            name = about.publisher or about.text("title", LANGUAGES[0])
            self.told.add(contact, f"{VCARD}fn", literal(name))
            self.told.add(contact, f"{VCARD}hasURL", iri(about.contact_page))

    def _facts(self) -> None:
        described_documents(self.told, self.release)
        measured(self.told, self.release)

    def _distribution(self, file: ReleasedFile) -> None:
        about, told, node = self.about, self.told, self.part(file.key)
        told.a(node, f"{DCAT}Distribution")
        titles = {
            language: f"{about.text('title', language)} – {file.short_title(language)}"
            for language in LANGUAGES
        }
        told.texts(node, f"{DCTERMS}title", titles)
        told.texts(node, f"{DCTERMS}description", file.described())
        told.add(node, f"{DCAT}accessURL", here(file.path))
        told.add(node, f"{DCAT}downloadURL", here(file.path))
        self.shared(node)
        for predicate, media_type in (
            ("mediaType", file.media_type),
            ("compressFormat", file.compressed),
            ("packageFormat", file.packed),
        ):
            if media_type:
                address = iri(authorities.IANA + media_type)
                told.add(node, f"{DCAT}{predicate}", address)
                told.a(address, f"{DCTERMS}MediaType")
        kind = authorities.file_type(file.media_type)
        told.add(node, f"{DCTERMS}format", iri(kind.iri))
        told.a(iri(kind.iri), f"{DCTERMS}MediaTypeOrExtent")
        told.add(iri(kind.iri), f"{RDFS}label", literal(kind.en, "en"))
        size = whole_number(file.size, f"{terms.PREFIXES['xsd']}nonNegativeInteger")
        told.add(node, f"{DCAT}byteSize", size)
        self._checksum(node, file)
        if about.availability:
            code = authorities.AVAILABILITIES[about.availability]
            self.coded(node, f"{DCATAP}availability", code)
        if about.rights:
            told.add(node, f"{DCTERMS}rights", self.part("rights"))
        if about.endpoint:
            told.add(node, f"{DCAT}accessService", self.part("sparql"))

    def _checksum(self, node: str, file: ReleasedFile) -> None:
        told, checksum, way = self.told, self.part(f"{file.key}-sha256"), iri(authorities.SHA256)
        told.add(node, f"{SPDX}checksum", checksum)
        told.a(checksum, f"{SPDX}Checksum")
        told.add(checksum, f"{SPDX}algorithm", way)
        told.a(way, f"{SPDX}ChecksumAlgorithm")
        value = literal(file.sha256, datatype=f"{terms.PREFIXES['xsd']}hexBinary")
        told.add(checksum, f"{SPDX}checksumValue", value)

    def _service(self) -> None:
        about, told, node = self.about, self.told, self.part("sparql")
        if not about.endpoint:
            return
        told.a(node, f"{DCAT}DataService")
        told.texts(node, f"{DCTERMS}title", self.words(_ENDPOINT))
        told.add(node, f"{DCAT}endpointURL", iri(about.endpoint))
        # A SPARQL endpoint describes itself where it stands (SPARQL 1.1 Service Description).
        told.add(node, f"{DCAT}endpointDescription", iri(about.endpoint))
        told.add(node, f"{DCAT}servesDataset", self.dataset)
        self.published(node)
        self.shared(node)
        self._topics(node)
        self._contact(node)
        self.public(node)
        self.standard(node, SPARQL_PROTOCOL, {"en": "SPARQL 1.1 Protocol"})

    def _publisher_and_licence(self) -> None:
        about, told = self.about, self.told
        if about.publisher:
            node = self.part("publisher")
            told.a(node, f"{FOAF}Agent")
            told.add(node, f"{FOAF}name", literal(about.publisher))
            told.page(node, f"{FOAF}homepage", about.publisher_page)
            if about.publisher_type:
                kind = authorities.PUBLISHER_TYPES[about.publisher_type]
                self.coded(node, f"{DCTERMS}type", kind)
        if about.licence:
            node = iri(about.licence)
            told.a(node, f"{DCTERMS}LicenseDocument")
            known = authorities.LICENCES.get(about.licence)
            if known is not None:
                told.texts(node, f"{DCTERMS}title", {"fr": known.fr, "en": known.en})
                told.add(node, f"{DCTERMS}identifier", literal(known.spdx))
                self.coded(node, f"{DCTERMS}type", known.kind)

    def _codes(self) -> None:
        """Every code of others that was used: a concept, with its labels and its list."""
        for address, code in sorted(self.codes.items()):
            self.told.a(iri(address), f"{SKOS}Concept")
            self.told.texts(iri(address), f"{SKOS}prefLabel", {"fr": code.fr, "en": code.en})
            if code.scheme:
                self.told.add(iri(address), f"{SKOS}inScheme", iri(code.scheme))
