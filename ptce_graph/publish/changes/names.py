"""What the things of a release are called when their changes are told."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ptce_graph.i18n import mark, period_words, translator
from ptce_graph.publish.catalogue.counted import quads
from ptce_graph.vocabulary import terms
from ptce_graph.vocabulary.iris import CODE_BASE

#: The properties that name a fact, in the order they are told.
KEY: dict[str, tuple[str, ...]] = {
    "membership": (terms.ORG_MEMBER, terms.ORG_ORGANIZATION_PROPERTY, terms.ORG_ROLE_PROPERTY),
    "participation": (terms.PTCE_PARTNER, terms.PTCE_PARTNER_ROLE),
    "characterisation": (terms.PTCE_THING, terms.PTCE_CHARACTERISTIC),
    "figure": (
        terms.PTCE_ABOUT,
        terms.PTCE_SUBJECT,
        terms.PTCE_MEASURE,
    ),
    "candidacy": (terms.PTCE_INITIATIVE, terms.PTCE_CARRIER_AS_WRITTEN),
    "identity": (terms.PTCE_FIRST_THING, terms.PTCE_SECOND_THING),
}
_LONGEST = 160
_ESCAPE = re.compile(r'\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|["\\nrtbf])')
_PLAIN = {"n": " ", "r": " ", "t": " ", "b": " ", "f": " "}
_KIND = re.compile(r"/([a-z][a-z-]*)/[^/]+>\Z")
_LITERAL = re.compile(r'"(.*)"(?:@([A-Za-z0-9-]+)|\^\^<[^>]*>)?\Z', re.DOTALL)
_GRAPH = re.compile(r"\A<(.*/graph/)?([^<>]*)>\Z")
_PERIOD = re.compile(r"/interval/(?:from-([0-9-]+?))?(?:-?to-([0-9-]+))?>\Z")
_PASSAGE = mark("{section}, lines {lines}")
_ADDRESS = mark("address")

#: What the properties of facts are called when their changes are told.
_PROPERTIES = {
    terms.SKOS_PREF_LABEL: mark("name"),
    terms.SKOS_ALT_LABEL: mark("other name"),
    terms.SKOS_NOTE: mark("note"),
    terms.SKOS_DEFINITION: mark("definition"),
    terms.PROV_WAS_DERIVED_FROM: mark("passage"),
    terms.ORG_MEMBER: mark("member"),
    terms.ORG_ORGANIZATION_PROPERTY: mark("belongs to"),
    terms.ORG_ROLE_PROPERTY: mark("role"),
    terms.ORG_MEMBER_DURING: mark("period"),
    terms.PTCE_DURING: mark("period"),
    terms.PTCE_THING: mark("about"),
    terms.PTCE_PARTNER: mark("partner"),
    terms.PTCE_PARTNER_ROLE: mark("role"),
    terms.PTCE_PARTICIPATION_PROPERTY: mark("participation"),
    terms.PTCE_COOPERATION_KIND: mark("kind of cooperation"),
    terms.PTCE_ORGANISATION_KIND: mark("kind of organisation"),
    terms.PTCE_STATE: mark("state"),
    terms.PTCE_PLACE: mark("place"),
    terms.PTCE_SINCE: mark("since"),
    terms.PTCE_LEGAL_FORM: mark("legal form"),
    terms.PTCE_ACCREDITATION: mark("accreditation"),
    terms.PTCE_CARRIED_BY: mark("carried by"),
    terms.PTCE_VALUE: mark("value"),
    terms.PTCE_VALUE_MAX: mark("greatest value"),
    terms.PTCE_UNIT: mark("unit"),
    terms.PTCE_PRECISION: mark("precision"),
    terms.PTCE_SUBJECT: mark("subject"),
    terms.PTCE_OUTCOME: mark("outcome"),
    terms.PTCE_CALL_PROPERTY: mark("call"),
    terms.PTCE_JUDGEMENT: mark("judgement"),
    terms.PTCE_REASON: mark("reason"),
    terms.OWL_SAME_AS: mark("same as"),
    terms.FOAF_HOMEPAGE: mark("website"),
    terms.ADMS_IDENTIFIER_PROPERTY: mark("number in a register"),
    terms.DCTERMS_DATE: mark("date"),
}


def kind_of(subject: str) -> str:
    """The kind of a thing, from its IRI: ``organisation``, ``membership``, ``code`` …"""
    if subject.startswith(f"<{CODE_BASE}"):
        return "code"
    found = _KIND.search(subject)
    return found[1] if found else "thing"


class Names:
    """Names of things, codes, passages and properties, as two releases give them."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.address = translator(language)(_ADDRESS)
        self._words = translator(language)
        self._labels: dict[str, tuple[int, str]] = {}
        self._passages: dict[str, dict[str, str]] = {}
        self._wholes: dict[str, str] = {}
        self._graphs: dict[str, str] = {}

    def read(self, lines: Iterable[str]) -> None:
        """Take the names that ``lines`` of N-Quads give; the last reading wins."""
        label, section, told_lines, whole = (
            f"<{name}>"
            for name in (
                terms.SKOS_PREF_LABEL,
                terms.PTCE_SECTION,
                terms.PTCE_LINES,
                terms.PTCE_PARTICIPATION_PROPERTY,
            )
        )
        found: dict[str, tuple[int, str]] = {}
        for subject, predicate, value, graph in quads("\n".join(lines)):
            if predicate == label:
                ranked = (self._rank(value, graph), self.plain(value))
                found[subject] = min(ranked, found.get(subject, ranked))
            elif predicate in (section, told_lines):
                self._passages.setdefault(subject, {})[predicate] = self.plain(value)
            elif predicate == whole:
                self._wholes[value] = subject
        self._labels.update(found)

    def _rank(self, value: str, graph: str) -> int:
        """The name that is shown first, then one in the language wanted."""
        if graph.endswith("/labels>"):
            return 0
        return 1 if value.endswith(f'"@{self.language}') else 2

    @staticmethod
    def plain(literal: str) -> str:
        """The text of a literal, on one line, whole."""
        found = _LITERAL.match(literal)
        return _ESCAPE.sub(_unescaped, found[1]) if found else literal

    def graph(self, graph: str) -> str:
        """The short name of a named graph: that of its document."""
        found = _GRAPH.match(graph)
        name = found[2] if found else graph
        self._graphs[name] = graph
        return name

    def graph_iri(self, name: str) -> str:
        return self._graphs[name]

    def name(self, subject: str) -> str:
        """The name of a thing; the last part of its IRI where it has none."""
        if subject in self._labels:
            return self._labels[subject][1]
        passage = self._passages.get(subject, {})
        if len(passage) == 2:
            section, lines = (passage[f"<{n}>"] for n in (terms.PTCE_SECTION, terms.PTCE_LINES))
            lines = lines.replace("|", ", ")
            return self._words(_PASSAGE).format(section=section, lines=lines)
        period = _PERIOD.search(subject)
        if period and any(period.groups()):
            return period_words(period[1] or "", period[2] or "", self.language)
        return re.split(r"[/#]", subject[1:-1].rstrip("/"))[-1]

    def value(self, value: str) -> str:
        """An object as people read it, no longer than can be read."""
        if not value.startswith("<"):
            text = self.plain(value)
        elif kind_of(value) == "thing" and value not in self._labels:
            text = value[1:-1]
        else:
            text = self.name(value)
        return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"

    def term(self, predicate: str) -> str:
        """A property in words, or by its prefix: ``ptce:position``."""
        if predicate[1:-1] in _PROPERTIES:
            return self._words(_PROPERTIES[predicate[1:-1]])
        for prefix, space in terms.PREFIXES.items():
            if predicate.startswith(f"<{space}"):
                return f"{prefix}:{predicate[1 + len(space) : -1]}"
        return predicate[1:-1]

    def text(self, subject: str, kind: str, told: set[tuple[str, str]]) -> str:
        """What names a thing or a fact in one line."""
        if kind not in KEY:
            return self.name(subject)
        parts = []
        if subject in self._wholes:
            parts.append(self.name(self._wholes[subject]))
        for name in KEY[kind]:
            values = sorted(self.value(value) for at, value in told if at == f"<{name}>")
            parts += [" + ".join(values)] if values else []
        return " – ".join(dict.fromkeys(parts)) or self.name(subject)


def _unescaped(found: re.Match[str]) -> str:
    sign = found[1]
    if sign[0] in "uU":
        number = int(sign[1:], 16)
        return chr(number) if number <= 0x10FFFF else "\ufffd"
    return _PLAIN.get(sign, sign)
