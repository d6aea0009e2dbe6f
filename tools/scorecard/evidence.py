"""What the lines of the scorecard are computed from: a release, its files, and the project.

Nothing here asks the Web. What would need it is known from the project itself
where it says so (the changelog, the redirections), and otherwise not known.
Texts that a translation or a compressor may change (sizes, titles) are left
out of the evidence, so that the scorecard changes when the facts do.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.namespace import DCTERMS

from ptce_graph.publish.catalogue.counted import Quad, quads
from ptce_graph.publish.release import Release
from ptce_graph.vocabulary import terms

if TYPE_CHECKING:
    from rdflib.term import Node

ROOT = Path(__file__).resolve().parents[2]
#: Where the release stands when its relative addresses are read (RFC 2606 keeps the name free).
HERE = "https://release.invalid/"
DCAT = Namespace("http://www.w3.org/ns/dcat#")
VOID = Namespace("http://rdfs.org/ns/void#")
DQV = Namespace("http://www.w3.org/ns/dqv#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
PTCE = terms.PREFIXES["ptce"]
DERIVED = f"<{terms.PREFIXES['prov']}wasDerivedFrom>"
TYPE = f"<{terms.RDF_TYPE}>"
_OWN_FACTS = (
    "Cooperation",
    "Participation",
    "Candidacy",
    "Figure",
    "Characterisation",
    "Definition",
)
#: The classes whose things are facts that a document states.
FACTS = tuple(
    f"<{iri}>"
    for iri in (
        terms.PREFIXES["org"] + "Membership",
        *(PTCE + name for name in _OWN_FACTS),
    )
)


class Evidence:
    """A release as it is published: what is said of it, its files by path, and the project."""

    def __init__(self, release: Release, files: Mapping[str, bytes], project: Path = ROOT) -> None:
        self.release, self.files, self.project = release, files, project
        self.about = release.about
        self.dataset = URIRef(release.dataset_iri)

    def text(self, path: str) -> str:
        """A file of the project; empty where there is none."""
        file = self.project / path
        return file.read_text(encoding="utf-8") if file.is_file() else ""

    # What the files say

    @cached_property
    def catalogue(self) -> Graph:
        """``catalog.ttl``, as a harvester reads it."""
        return self._graph("catalog.ttl")

    @cached_property
    def void(self) -> Graph:
        return self._graph("void.ttl")

    def _graph(self, path: str) -> Graph:
        graph = Graph()
        return graph.parse(data=self.files.get(path, b""), format="turtle", publicID=HERE)

    @cached_property
    def quads(self) -> list[Quad]:
        """The statements of the N-Quads file."""
        return list(quads(self.files.get("data/dataset.nq", b"").decode("utf-8")))

    @cached_property
    def own(self) -> tuple[str, ...]:
        """How the IRIs that the dataset mints begin, as texts of N-Triples."""
        return tuple(f"<{space}" for space in self.spaces)

    @property
    def spaces(self) -> list[str]:
        return sorted(str(space) for space in self.void.objects(self.dataset, VOID.uriSpace))

    @cached_property
    def things(self) -> set[str]:
        """Everything that is described under an IRI."""
        return {subject for subject, _p, _o, _g in self.quads if subject.startswith(self.own)}

    def named_graphs(self) -> set[str]:
        return {graph for _s, _p, _o, graph in self.quads if graph}

    def distributions(self) -> list[tuple[Node, str]]:
        """The distributions of the catalogue, each with the path of its file."""
        told = []
        for node in self.catalogue.objects(self.dataset, DCAT.distribution):
            address = self.catalogue.value(node, DCAT.downloadURL)
            told.append((node, str(address or "").removeprefix(HERE)))
        return sorted(told, key=lambda pair: pair[1])

    def formats(self) -> set[str]:
        """The media types of the distributions, as IANA names them."""
        found = set()
        for node, _path in self.distributions():
            address = str(self.catalogue.value(node, DCAT.mediaType) or "")
            found.add(address.partition("/media-types/")[2] or address)
        return found - {""}

    def count(self, kind: URIRef) -> int:
        """How many things of a class the catalogue describes."""
        return len(set(self.catalogue.subjects(RDF.type, kind)))

    # What several checklists ask

    def licence(self) -> tuple[bool, str]:
        """Whether the dataset and every distribution have a licence, and ``LICENSE`` stands."""
        node = self.catalogue.value(self.dataset, DCTERMS.license)
        files = self.distributions()
        without = [
            path for file, path in files if (file, DCTERMS.license, None) not in self.catalogue
        ]
        text = self.files.get("LICENSE", b"")
        if node is None:
            return False, "catalog.ttl: the dataset has no dcterms:license"
        met = not without and str(node).encode() in text
        told = f"catalog.ttl: dcterms:license {node} on the dataset"
        told += f" and {len(files) - len(without)} of {len(files)} distributions; LICENSE"
        return met, told + (" names it" if str(node).encode() in text else " does not name it")

    def provenance(self) -> tuple[bool, str]:
        """Whether each document has its named graph, and each fact its passage."""
        wanted = {
            f"<{self.release.base_iri}graph/{name}>" for name in self.release.facts.tables.documents
        }
        held = wanted & self.named_graphs()
        facts = {s for s, p, o, _g in self.quads if p == TYPE and o in FACTS}
        sourced = {s for s, p, _o, _g in self.quads if p == DERIVED}
        told = (
            f"data/dataset.nq: a named graph for {len(held)} of {len(wanted)} documents; "
            f"prov:wasDerivedFrom on {len(facts & sourced)} of {len(facts)} facts"
        )
        return bool(facts) and held == wanted and facts <= sourced, told

    def checksums(self) -> tuple[bool, str]:
        """Whether ``SHA256SUMS`` holds every file, with the checksum that it has."""
        if "SHA256SUMS" not in self.files:
            return False, "SHA256SUMS is missing"
        lines = self.files["SHA256SUMS"].decode("utf-8").splitlines()
        told = {path: digest for digest, path in (line.split("  ", 1) for line in lines)}
        others = {path: content for path, content in self.files.items() if path != "SHA256SUMS"}
        wrong = set(others.keys() ^ told.keys())
        wrong |= {
            path
            for path, content in others.items()
            if told.get(path) != hashlib.sha256(content).hexdigest()
        }
        return not wrong, f"SHA256SUMS: {len(others) - len(wrong)} of {len(others)} files agree"

    def harvested(self) -> tuple[bool, str]:
        """Whether each file that the catalogue names stands in the release, as it is told."""
        files = self.distributions()
        right = 0
        for node, path in files:
            checksum = self.catalogue.value(node, SPDX.checksum)
            told = self.catalogue.value(checksum, SPDX.checksumValue)
            value = told.toPython() if told is not None else ""  # type: ignore[attr-defined]
            text = value.hex() if isinstance(value, bytes) else str(value)
            content = self.files.get(path)
            right += content is not None and hashlib.sha256(content).hexdigest() == text
        told_files = f"{right} of {len(files)} files named in catalog.ttl stand in the release"
        return bool(files) and right == len(files), f"{told_files} with the checksum that it tells"

    # What the project says of its place on the Web

    def released(self) -> tuple[bool | None, str]:
        """Not met while the changelog says so; afterwards it has to be fetched."""
        version = re.escape(self.about.version)
        if re.search(rf"^## {version} \(not yet released\)", self.text("CHANGELOG.md"), re.M):
            return False, f"not online yet: CHANGELOG.md, {self.about.version} (not yet released)"
        if not self.about.landing_page:
            return False, "dataset.yml names no page"
        return None, f"to be fetched: {self.about.landing_page}"

    def registered(self) -> tuple[bool | None, str]:
        """Not met while the redirections lead to an example; afterwards they have to be tried."""
        host = re.search(r"E=HOST:([^\]]+)\]", self.text("docs/w3id/.htaccess"))
        if host is None:
            return False, "docs/w3id/.htaccess names no host"
        if host[1].startswith("example."):
            told = f"w3id.org/ptce is not registered: docs/w3id/.htaccess still leads to {host[1]}"
            return False, told
        return None, f"to be resolved: w3id.org/ptce, which is to lead to {host[1]}"

    def deposited(self) -> tuple[bool | None, str]:
        """Whether a DOI is told; it would have to be resolved."""
        if re.search(rb"^doi: *\S", self.files.get("CITATION.cff", b""), re.M):
            return None, "to be resolved: the DOI of CITATION.cff"
        return False, "no archive keeps a copy: CITATION.cff has no DOI"
