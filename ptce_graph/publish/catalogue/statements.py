"""Statements about a release, gathered in the order a person reads them, as Turtle.

Terms are texts of N-Triples, as in ``dataset.quads``. Files of the release
have addresses relative to the file that names them, so that a release says the
same wherever it is put.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ptce_graph.dataset.quads import date_literal, iri, literal
from ptce_graph.vocabulary import terms

DCAT = "http://www.w3.org/ns/dcat#"
VOID = "http://rdfs.org/ns/void#"
ADMS = "http://www.w3.org/ns/adms#"
SPDX = "http://spdx.org/rdf/terms#"
VCARD = "http://www.w3.org/2006/vcard/ns#"
DCATAP = "http://data.europa.eu/r5r/"
DC = "http://purl.org/dc/elements/1.1/"
DCTERMS = terms.PREFIXES["dcterms"]
FOAF = terms.PREFIXES["foaf"]
SKOS = terms.PREFIXES["skos"]
RDFS = terms.PREFIXES["rdfs"]
PROV = terms.PREFIXES["prov"]
DQV = terms.PREFIXES["dqv"]

_PREFIXES = {
    "adms": ADMS,
    "dc": DC,
    "dcat": DCAT,
    "dcatap": DCATAP,
    "dcterms": DCTERMS,
    "dqv": DQV,
    "foaf": FOAF,
    "prov": PROV,
    "rdfs": RDFS,
    "skos": SKOS,
    "spdx": SPDX,
    "vcard": VCARD,
    "void": VOID,
    "xsd": terms.PREFIXES["xsd"],
}
#: Stands for the folder while relative addresses have to be whole (RFC 2606 keeps the name free).
_HERE = "https://release.invalid/"


def here(path: str) -> str:
    """The address of a file of the release, relative to its folder."""
    return iri(_HERE + path)


def whole_number(value: int, datatype: str = terms.XSD_INTEGER) -> str:
    return literal(str(value), datatype=datatype)


class Statements:
    """Triples in the order they were told, each once."""

    def __init__(self) -> None:
        self._lines: dict[str, None] = {}

    def add(self, subject: str, predicate: str, *objects: str) -> None:
        """One triple per object; an empty text is none."""
        for value in objects:
            if value:
                self._lines[f"{subject} <{predicate}> {value} ."] = None

    def a(self, subject: str, *classes: str) -> None:
        self.add(subject, terms.RDF_TYPE, *(iri(name) for name in classes))

    def texts(self, subject: str, predicate: str, texts: Mapping[str, str]) -> None:
        """One text per language, the languages in their order."""
        self.add(subject, predicate, *(literal(text, lang) for lang, text in texts.items() if text))

    def page(self, subject: str, predicate: str, address: str) -> None:
        """A web page, told to be one (DCAT-AP asks for the type)."""
        if address:
            self.add(subject, predicate, iri(address))
            self.a(iri(address), f"{FOAF}Document")

    def date(self, subject: str, predicate: str, date: str) -> None:
        if date:
            self.add(subject, predicate, date_literal(date))

    def turtle(self, more_prefixes: Mapping[str, str] | None = None) -> str:
        """All statements as Turtle, those of a subject together, subjects as they came."""
        from pyoxigraph import RdfFormat, parse, serialize

        subjects: dict[str, list[str]] = {}
        for line in self._lines:
            subjects.setdefault(line.split(" ", 1)[0], []).append(line)
        lines: Iterable[str] = (line for told in subjects.values() for line in _by_property(told))
        triples = [quad.triple for quad in parse("\n".join(lines), format=RdfFormat.N_TRIPLES)]
        prefixes = dict(sorted({**_PREFIXES, **(more_prefixes or {})}.items()))
        written = serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes)
        text = written.decode("utf-8") if written else ""
        # No text holds a line break as it stands: only statements end with one.
        text = re.sub(r" \.\n(?!@)", " .\n\n", text)
        return text.replace(f"<{_HERE}", "<").rstrip("\n") + "\n"


def _by_property(lines: list[str]) -> Iterable[str]:
    """The lines of one subject, those of a property together, as they came."""
    properties: dict[str, list[str]] = {}
    for line in lines:
        properties.setdefault(line.split(" ", 2)[1], []).append(line)
    for told in properties.values():
        yield from told
