"""The files beside the pages: RDF of each thing, the release, schema.org, the ontology."""

from __future__ import annotations

import tempfile
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ptce_graph.i18n import DEFAULT_LANGUAGE, mark
from ptce_graph.publish.release import About, Release
from ptce_graph.publish.site.index import MANY

if TYPE_CHECKING:
    from ptce_graph.publish.rdf.describe import Descriptions

#: What the files of a release hold; those of a format say what the format is.
_HOLDS = {
    "catalog.ttl": mark("The catalogue of the dataset (DCAT)"),
    "void.ttl": mark("Statistics and links of the dataset (VoID)"),
    "README.md": mark("What is in the release, in French and English"),
    "CITATION.cff": mark("How to cite the dataset"),
    "data/assessments.ttl": mark("Answers on the criteria, with the facts behind them"),
    "LICENSE": mark("The licence of the dataset"),
    "LICENSE-places.md": mark("The licence of the coordinates of places"),
    "SHA256SUMS": mark("The checksum of each file"),
    "ontology/ptce.ttl": mark("The ontology"),
    "ontology/shapes.ttl": mark("What the data must look like (SHACL)"),
    "ontology/alignments.ttl": mark("The ontology beside other vocabularies"),
    "ontology/context.jsonld": mark("The context of the JSON-LD files"),
}
#: Names of files of the formats, without folder and compression.
_OF_FORMATS = {
    "dataset.trig": "trig",
    "dataset.nq": "nq",
    "dataset.jsonld": "jsonld",
    "dataset.ttl": "ttl",
    "dataset.nt": "nt",
    "dataset.rdf": "rdfxml",
    "csv.zip": "csv",
    "parquet.zip": "parquet",
    "network.gexf": "gexf",
    "network.graphml": "graphml",
    "essglobal.ttl": "essglobal",
    "schema.jsonld": "schema",
    "murmurations.zip": "murmurations",
}


class SiteFiles:
    """The dataset as files; each part is made when it is first asked for."""

    def __init__(self, source: Any, about: About) -> None:
        self.source, self.about = source, about

    @cached_property
    def release(self) -> Release:
        """What the export formats take."""
        from ptce_graph.network.projections import project

        network = project(self.source.facts, self.source.links, "all", None)
        return Release(self.source.nquads, network, self.source.base_iri, self.about)

    @cached_property
    def _descriptions(self) -> Descriptions:
        from ptce_graph.publish.rdf.describe import Descriptions

        return Descriptions(self.source.nquads)

    def described(self, iri: str, end: str) -> bytes:
        """What the dataset says of a thing, as Turtle, JSON-LD or N-Triples."""
        from ptce_graph.publish.rdf.describe import ENTITY_FORMATS

        return ENTITY_FORMATS[end](self._descriptions, iri).encode("utf-8")

    def schema_of(self, iri: str, language: str) -> str:
        """schema.org JSON-LD of a thing, ready to stand in a page."""
        from ptce_graph.publish.views.schema_org import embedded, schema_of

        release = self.release
        if len(self.source.facts.actors) > MANY:
            # The whole of a country as objects would fill the memory: the thing is enough.
            lines = self._descriptions.describe(iri).lines
            text = "".join(f"{line}\n" for line in lines)
            release = Release(text, release.network, release.base_iri, release.about)
        return embedded(schema_of(release, iri, language=language))

    def ontology(self, language: str) -> tuple[str, str]:
        """The documentation of the ontology as markup, and its style."""
        from ptce_graph.publish.ontology.page import Links, ontology_body, ontology_style

        root = "" if language == DEFAULT_LANGUAGE else "../"
        body = ontology_body(language, self.release, Links(root, ""))
        return str(body), ontology_style()

    @cached_property
    def ontology_files(self) -> dict[str, bytes]:
        """The ontology, its shapes, alignments and context, by their name at the site's root."""
        from ptce_graph.publish.ontology.files import ontology_files

        return ontology_files()

    # The release, under data/

    @cached_property
    def _folder(self) -> tuple[tempfile.TemporaryDirectory[str], Path]:
        """The release, written once for all readers; the folder goes with the site."""
        from ptce_graph.publish.catalogue.release_folder import write_release

        held = tempfile.TemporaryDirectory(prefix="ptce-release-")
        path = Path(held.name) / "release"
        write_release(self.release, path)
        return held, path

    @cached_property
    def data_files(self) -> tuple[tuple[str, str], ...]:
        """The files of the release, with what they hold as far as it is known."""
        path = self._folder[1]
        names = sorted(p.relative_to(path).as_posix() for p in path.rglob("*") if p.is_file())
        return tuple((name, _holds(name)) for name in names)

    def data(self, name: str) -> bytes | None:
        """A file of the release."""
        if name not in {known for known, _text in self.data_files}:
            return None
        return (self._folder[1] / name).read_bytes()


def _holds(name: str) -> str:
    from ptce_graph.publish.formats import FORMATS

    format_name = _OF_FORMATS.get(name.removeprefix("data/").removesuffix(".gz"), "")
    return FORMATS[format_name].title if format_name else _HOLDS.get(name, "")
