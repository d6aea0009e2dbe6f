"""What the client asks for: formats by ``Accept``, language by ``Accept-Language``.

As RFC 9110, sections 12.4 and 12.5: the format of greatest quality wins, and
of equal ones the first of ours; a range without a quality has 1, a closer
range goes before a wider one, and quality 0 refuses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ptce_graph.i18n import DEFAULT_LANGUAGE, LANGUAGES


@dataclass(frozen=True)
class Format:
    """A format of answers: its name in ``format=``, its media types, what the writer calls it."""

    name: str
    media_types: tuple[str, ...]
    """The first is what an answer is called; the others are understood."""
    writer: str
    suffix: str
    label: str

    @property
    def media_type(self) -> str:
        """What the answer is called."""
        return self.media_types[0]


#: Results of SELECT and ASK, the one that is given to who asks nothing first.
SOLUTION_FORMATS = (
    Format(
        "json",
        ("application/sparql-results+json", "application/json"),
        "json",
        "srj",
        "SPARQL Results JSON",
    ),
    Format(
        "xml",
        ("application/sparql-results+xml", "application/xml", "text/xml"),
        "xml",
        "srx",
        "SPARQL Results XML",
    ),
    Format("csv", ("text/csv",), "csv", "csv", "CSV"),
    Format("tsv", ("text/tab-separated-values",), "tsv", "tsv", "TSV"),
)
#: Triples.
GRAPH_FORMATS = (
    Format("ttl", ("text/turtle", "application/x-turtle"), "TURTLE", "ttl", "Turtle"),
    Format("nt", ("application/n-triples",), "N_TRIPLES", "nt", "N-Triples"),
    Format(
        "rdfxml",
        ("application/rdf+xml", "application/xml", "text/xml"),
        "RDF_XML",
        "rdf",
        "RDF/XML",
    ),
    Format("jsonld", ("application/ld+json", "application/json"), "JSON_LD", "jsonld", "JSON-LD"),
    Format("trig", ("application/trig",), "TRIG", "trig", "TriG"),
    Format("nq", ("application/n-quads",), "N_QUADS", "nq", "N-Quads"),
)
HTML = Format("html", ("text/html", "application/xhtml+xml"), "", "html", "HTML")
#: What the files of the site are called, by their suffix.
SITE_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
    "png": "image/png",
    "xml": "application/xml",
    "txt": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "gz": "application/gzip",
    "zip": "application/zip",
    "parquet": "application/vnd.apache.parquet",
    "gexf": "application/gexf+xml",
    "graphml": "application/graphml+xml",
    **{format_.suffix: format_.media_type for format_ in GRAPH_FORMATS},
}

#: Other names that ``format=`` takes, as other servers have them.
_ALIASES = {"turtle": "ttl", "rdf": "rdfxml", "json-ld": "jsonld", "ntriples": "nt"}

_RANGE = re.compile(r"\s*([\w!#$&^.+*-]+)/([\w!#$&^.+*-]+)\s*((?:;[^,]*)?)\s*")
_LANGUAGE = re.compile(r"\s*([A-Za-z*]+)(?:-[\w-]+)?\s*((?:;[^,]*)?)\s*")
_QUALITY = re.compile(r";\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*(?:;|$)", re.IGNORECASE)


def acceptable(accept: str, formats: Sequence[Format]) -> Format | None:
    """The best of ``formats`` for an ``Accept`` header, or None; the first where it is empty."""
    if not accept.strip():
        return formats[0]
    ranges = list(_ranges(accept))
    best, best_quality = None, 0.0
    for format_ in formats:
        quality = max(_quality(media_type, ranges) for media_type in format_.media_types)
        if quality > best_quality:
            best, best_quality = format_, quality
    return best


def named(name: str, formats: Sequence[Format]) -> Format | None:
    """The format that ``format=`` names, by its name or a media type."""
    wanted = name.strip().lower()
    wanted = _ALIASES.get(wanted, wanted)
    if formats is GRAPH_FORMATS:
        wanted = {"json": "jsonld", "xml": "rdfxml"}.get(wanted, wanted)
    return next((f for f in formats if wanted == f.name or wanted in f.media_types), None)


def wants_html(accept: str) -> bool:
    """Whether HTML is what the client likes best, as a browser does, named as such."""
    ranges = [found for found in _ranges(accept) if found[0] != "*"]
    html = max(_quality(media_type, ranges) for media_type in HTML.media_types)
    others = (quality for kind, sub, quality in ranges if f"{kind}/{sub}" not in HTML.media_types)
    return html > 0 and html >= max(others, default=0)


def language_of(asked: str, accept_language: str) -> str:
    """``fr`` or ``en``: what ``lang=`` asks, else the best of the header, else French."""
    if asked in LANGUAGES:
        return asked
    best, best_quality = DEFAULT_LANGUAGE, 0.0
    for part in accept_language.split(","):
        found = _LANGUAGE.fullmatch(part)
        if found and found[1].lower() in LANGUAGES and _q(found[2]) > best_quality:
            best, best_quality = found[1].lower(), _q(found[2])
    return best


def _ranges(accept: str) -> Iterator[tuple[str, str, float]]:
    for part in accept.split(","):
        if found := _RANGE.fullmatch(part):
            yield found[1].lower(), found[2].lower(), _q(found[3])


def _q(parameters: str) -> float:
    found = _QUALITY.search(parameters)
    return min(float(found[1]), 1.0) if found else 1.0


def _quality(media_type: str, ranges: Sequence[tuple[str, str, float]]) -> float:
    """The quality of ``media_type`` by the closest range that holds it; 0 where none does."""
    kind, sub = media_type.split("/")
    for wanted in ((kind, sub), (kind, "*"), ("*", "*")):
        qualities = [quality for *range_, quality in ranges if tuple(range_) == wanted]
        if qualities:
            return max(qualities)
    return 0.0
