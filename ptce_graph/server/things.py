"""The address of a thing leads to what is said of it, in the format the client takes.

``/id/pole/x`` and ``/code/list/x`` are things, no documents: they answer 303
See Other (W3C, "Cool URIs for the Semantic Web", 4.2) with the address of a
document about them, ``x.html``, ``x.ttl``, ``x.jsonld``, ``x.nt`` or ``x.rdf``
beside it, which answers straight. The leads are relative, so that they hold
behind a proxy under any path.
"""

from __future__ import annotations

import mmap
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from ptce_graph.bundled import ONTOLOGY_DIR
from ptce_graph.server.negotiation import GRAPH_FORMATS, HTML, Format, acceptable
from ptce_graph.vocabulary.iris import CODE_BASE

if TYPE_CHECKING:
    from ptce_graph.publish.rdf.describe import Descriptions

#: What a thing is told in: HTML to who asks nothing.
FORMATS = (HTML, *GRAPH_FORMATS[:4])
_BY_SUFFIX = {format_.suffix: format_ for format_ in FORMATS}
ONTOLOGY = "ontology"
ONTOLOGY_IRI = "https://w3id.org/ptce/ontology"


@dataclass(frozen=True)
class Place:
    """A path of the server, read: the thing, and the document about it if it names one."""

    path: str
    """``id/pole/x``, without suffix, without ``en/``."""
    format: Format | None = None
    """None: the address of the thing itself."""
    language: str = ""
    """``en`` under ``/en/``."""


def read_place(path: str, base_iri: str) -> Place | None:
    """What ``path`` (``/id/pole/x.ttl``) stands for; None where it is no thing's."""
    language, rest = "", path.lstrip("/")
    if rest.startswith("en/"):
        language, rest = "en", rest.removeprefix("en/")
    own = urlsplit(base_iri).path.lstrip("/")
    if own and rest.startswith(own):
        rest = "id/" + rest.removeprefix(own)
    stem, dot, suffix = rest.rpartition(".")
    format_ = _BY_SUFFIX.get(suffix) if dot else None
    thing = stem if format_ else rest
    if not (thing == ONTOLOGY or thing.startswith(("id/", "code/"))):
        return None
    return Place(thing, format_, language)


def iri_of(place: Place, base_iri: str) -> str:
    """The IRI of the thing at ``place``."""
    if place.path == ONTOLOGY:
        return ONTOLOGY_IRI
    kind, _slash, rest = place.path.partition("/")
    return (base_iri if kind == "id" else CODE_BASE) + rest


def lead(place: Place, accept: str, language: str) -> tuple[str, Format] | None:
    """Where a thing's own address leads, from there, and in what; None if nothing suits."""
    format_ = acceptable(accept, FORMATS)
    if format_ is None:
        return None
    name = quote(place.path.rsplit("/", 1)[-1])
    english = language == "en" and format_ is HTML and not place.language
    if english:
        up = "../" * place.path.count("/")
        return f"{up}en/{quote(place.path)}.html", format_
    if place.language and format_ is not HTML:
        up = "../" * (place.path.count("/") + 1)
        return f"{up}{quote(place.path)}.{format_.suffix}", format_
    return f"{name}.{format_.suffix}", format_


def links(place: Place, iri: str) -> str:
    """The Link header of a document: its thing, and the other formats beside it."""
    name = quote(place.path.rsplit("/", 1)[-1])
    up = "../" * (place.path.count("/") + 1) if place.language else ""
    folder = quote(place.path.rpartition("/")[0])
    start = f"{up}{folder}/" if up and folder else up
    told = [f'<{quote(iri, safe=":/#%")}>; rel="describes"']
    for format_ in FORMATS:
        if format_ is not place.format:
            told.append(
                f'<{start}{name}.{format_.suffix}>; rel="alternate"; type="{format_.media_type}"'
            )
    return ", ".join(told)


class Things:
    """What the last build says of each thing; read from its N-Quads when first asked."""

    def __init__(self, nquads: Path) -> None:
        from ptce_graph.publish.rdf.describe import Descriptions

        with nquads.open("rb") as stream:
            text = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        self.index: Descriptions = Descriptions(text)

    def is_known(self, iri: str) -> bool:
        """Whether the dataset says anything of ``iri``."""
        return self.index.is_known(iri)

    def told(self, iri: str, format_: Format) -> bytes:
        """What is said of ``iri``, in Turtle, N-Triples, RDF/XML or JSON-LD."""
        from ptce_graph.publish.rdf.describe import ENTITY_FORMATS

        return ENTITY_FORMATS[format_.name](self.index, iri).encode("utf-8")

    def statements(self, iri: str) -> list[tuple[Any, Any, Any]]:
        """What is said of ``iri``, as terms of pyoxigraph, the thing itself first."""
        import pyoxigraph as ox

        lines = "\n".join(self.index.describe(iri).triples())
        quads = ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)
        return [(quad.subject, quad.predicate, quad.object) for quad in quads]


@lru_cache(maxsize=8)
def ontology_in(format_: Format) -> bytes:
    """The ontology, in a format of triples."""
    import pyoxigraph as ox

    turtle = (ONTOLOGY_DIR / "ptce.ttl").read_bytes()
    if format_.name == "ttl":
        return turtle
    quads = ox.parse(turtle, format=ox.RdfFormat.TURTLE)
    triples = sorted((quad.triple for quad in quads), key=str)
    written = ox.serialize(triples, format=getattr(ox.RdfFormat, format_.writer))
    assert written is not None
    return written
