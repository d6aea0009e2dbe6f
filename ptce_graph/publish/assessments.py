"""The answers on the criteria as RDF: ``ptce:Assessment``, with the facts and passages behind it.

Each judgement is a node: that of the rule (``id/assessment/<thing>-<criterion>``) and
those of organisations (the same, then ``.<author>.<date>``). One that counts no more
leads to the one that counts (``dcterms:isReplacedBy``). They are conclusions, no facts of
a document: they have a graph of their own, which is no part of the dataset.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING

from ptce_graph.dataset.quads import Quads, date_literal, iri, literal
from ptce_graph.errors import unknown_choice
from ptce_graph.i18n import LANGUAGES, mark
from ptce_graph.i18n import gettext as _
from ptce_graph.poles.findings import DECIDES, Assessment, Finding
from ptce_graph.publish.formats import Format
from ptce_graph.publish.rdf.jsonld import jsonld_of
from ptce_graph.publish.rdf.serialised import lines_of, trig_of, triple_lines, turtle_of
from ptce_graph.tables.facts import passage_id
from ptce_graph.vocabulary import terms
from ptce_graph.vocabulary.iris import DEFAULT_BASE, code_iri, slug, thing_iri

if TYPE_CHECKING:
    from ptce_graph.poles.criteria import Criterion
    from ptce_graph.poles.judge import Findings
    from ptce_graph.publish.release import Release

#: The name of their graph, and of their file in a release.
GRAPH = "assessments"
_VALUES = "assessment-values"
_DIGITS_OF_A_NAME = 10


def assessment_quads(
    found: Findings, base_iri: str = DEFAULT_BASE, things: Iterable[str] = ()
) -> Quads:
    """The answers of ``found``, minted under ``base_iri``, in their own graph; no blank node.

    Of ``things``; without any, of all poles, and of the organisations of which
    an exclusion says something. ``base_iri`` is that of the dataset ``found``
    was made from.
    """
    wanted = list(things) or [*found.poles, *found.organisations]
    writer = _Writer(found, base_iri)
    for thing in wanted:
        for finding in found.of(thing):
            writer.finding(finding)
    writer.named()
    return writer.quads


def assessments_as(quads: Quads, format_name: str) -> str:
    """``assessment_quads`` as text in a format of ``RDF_FORMATS``; sorted: same answers, same text.

    Raises ``CallError`` for another format.
    """
    if format_name not in RDF_FORMATS:
        message = _("There is no format named {name}.").format(name=format_name)
        raise unknown_choice(message, format_name, RDF_FORMATS)
    return RDF_FORMATS[format_name](lines_of(quads.canonical())).decode("utf-8")


def _ntriples(lines: list[str]) -> bytes:
    return "".join(f"{line}\n" for line in triple_lines(lines)).encode("utf-8")


#: The formats that answers have: their names, which are the ends of file names too.
RDF_FORMATS: dict[str, Callable[[list[str]], bytes]] = {
    "ttl": lambda lines: turtle_of(triple_lines(lines)),
    "nt": _ntriples,
    "trig": trig_of,
    "jsonld": jsonld_of,
}


def _released(release: Release) -> dict[str, bytes]:
    """The answers on all poles of a release as Turtle; no file where it has no pole."""
    if not (release.facts.actors["type"] == "pole").any():
        return {}
    from ptce_graph.dataset.store import memory_store
    from ptce_graph.poles.judge import findings

    found = findings(memory_store(release.nquads), release.facts, base=release.base_iri)
    text = assessments_as(assessment_quads(found, release.base_iri), "ttl")
    return {f"{GRAPH}.ttl": text.encode("utf-8")}


#: Their file in a release, beside the formats of the dataset: no format of it holds them.
RELEASED = Format(
    GRAPH,
    mark("Turtle (answers on the criteria): what follows from the dataset"),
    mark(
        "For each pole and criterion the answer of the rule, and of the organisations that judged "
        "it (ptce:Assessment), with thresholds, facts and passages. It follows from the dataset: "
        "no document says it, and no other file holds it."
    ),
    _released,
    "text/turtle",
    ".ttl",
)


class _Writer:
    """The quads of the answers, and the names that let them be read alone."""

    def __init__(self, found: Findings, base: str) -> None:
        self.found, self.base = found, base
        self.quads = Quads()
        self.graph = iri(thing_iri("graph", GRAPH, base))
        self.criteria = {one.id: one for one in found.criteria}
        self.kinds = found.facts.actors["type"].to_dict()
        self.own = set(found.facts.frames["criteria"]["id"])
        self.named_things: set[str] = set()
        self.named_values: set[str] = set()
        self.named_criteria: set[str] = set()

    def add(self, subject: str, predicate: str, obj: str) -> None:
        self.quads.add(subject, predicate, obj, self.graph)

    def thing(self, kind: str, identifier: str) -> str:
        return iri(thing_iri(kind, identifier, self.base))

    def criterion(self, identifier: str) -> str:
        """The concept of a criterion; one lent by the bundled documents is theirs."""
        base = self.base if identifier in self.own else DEFAULT_BASE
        return iri(thing_iri("criterion", identifier, base))

    # Answers

    def finding(self, finding: Finding) -> None:
        """What the rule answers, and what organisations do."""
        name = f"{finding.thing}-{finding.criterion}"
        rule = self.thing("assessment", name)
        judged = self._judged(name, finding.assessments)
        self._answer(rule, finding, finding.rule_value or finding.value)
        self._rule(rule, finding)
        for node, one in judged:
            self._answer(node, finding, one.value)
            self._organisation(node, one)
        # The first is the one that counts.
        nodes = [node for node, _one in judged]
        for node in [rule, *nodes[1:]] if nodes else ():
            self.add(node, terms.DCTERMS_IS_REPLACED_BY, nodes[0])

    def _judged(
        self, name: str, assessments: tuple[Assessment, ...]
    ) -> list[tuple[str, Assessment]]:
        """The node of each assessment of an organisation; authors written alike are numbered."""
        found: dict[str, Assessment] = {}
        for one in assessments:
            whole = f"{name}.{_author(one.author)}.{one.date}"
            node, number = self.thing("assessment", whole), 1
            while node in found:
                number += 1
                node = self.thing("assessment", f"{whole}.{number}")
            found[node] = one
        return list(found.items())

    def _answer(self, node: str, finding: Finding, value: str) -> None:
        self.add(node, terms.RDF_TYPE, iri(terms.PTCE_ASSESSMENT))
        actor = self.thing(self.kinds[finding.thing], finding.thing)
        self.add(node, terms.PTCE_ASSESSED_THING, actor)
        self.add(node, terms.PTCE_ASSESSED_CRITERION, self.criterion(finding.criterion))
        self.add(node, terms.PTCE_ASSESSMENT_VALUE, iri(code_iri(_VALUES, value)))
        self.named_things.add(finding.thing)
        self.named_criteria.add(finding.criterion)
        self.named_values.add(value)

    def _rule(self, node: str, finding: Finding) -> None:
        self.add(node, terms.PROV_WAS_ATTRIBUTED_TO, self.software())
        for name, value in finding.parameters:
            if value:
                self.add(node, terms.PTCE_THRESHOLD, literal(f"{name}={value}"))
        for language, text in (("fr", finding.lacking_fr), ("en", finding.lacking_en)):
            if text:
                self.add(node, terms.PTCE_LACKING, literal(text, language))
        deciding = {one.fact for one in finding.evidence if one.weight == DECIDES}
        for one in finding.evidence:
            if one.weight != DECIDES:
                # Of a thing one document may say what decides, another what does not.
                if one.fact not in deciding:
                    self.add(node, terms.PTCE_CONSIDERED_FACT, iri(one.fact))
                continue
            self.add(node, terms.PTCE_DECIDING_FACT, iri(one.fact))
            passage = passage_id(one.document, slug(one.section), one.lines)
            self.add(node, terms.PROV_WAS_DERIVED_FROM, self.thing("passage", passage))

    def _organisation(self, node: str, one: Assessment) -> None:
        agent = self.thing("agent", _author(one.author))
        self.add(node, terms.PROV_WAS_ATTRIBUTED_TO, agent)
        self.add(agent, terms.RDF_TYPE, iri(terms.PROV_ORGANIZATION))
        self.add(agent, terms.RDFS_LABEL, literal(one.author))
        self.add(node, terms.DCTERMS_DATE, date_literal(one.date))
        self.add(node, terms.PTCE_REASON, literal(one.reason))

    def software(self) -> str:
        """This program, at its version: it says which rules answered."""
        from ptce_graph import __version__

        agent = self.thing("software", f"ptce-graph-{__version__}")
        self.add(agent, terms.RDF_TYPE, iri(terms.PROV_SOFTWARE_AGENT))
        self.add(agent, terms.RDFS_LABEL, literal("ptce-graph"))
        self.add(agent, terms.SCHEMA_SOFTWARE_VERSION, literal(__version__))
        return agent

    # What the answers name

    def named(self) -> None:
        """The names of things, criteria and values, as the dataset has them."""
        names = self.found.facts.actors["name"]
        for identifier in self.named_things:
            node = self.thing(self.kinds[identifier], identifier)
            self.add(node, terms.SKOS_PREF_LABEL, literal(names[identifier], "fr"))
        lent = self.named_criteria - self.own
        for identifier in self.named_criteria - lent:
            self._criterion(self.criteria[identifier])
        if lent:
            for line in lent_criteria(tuple(sorted(lent))):
                self.quads.add_triple(line.removesuffix(" ."), self.graph)
        self._values()

    def _criterion(self, criterion: Criterion) -> None:
        for language in LANGUAGES:
            label = literal(criterion.label[language], language)
            self.add(self.criterion(criterion.id), terms.SKOS_PREF_LABEL, label)

    def _values(self) -> None:
        scheme = iri(code_iri(_VALUES))
        codes = self.found.facts.tables.codes[_VALUES]
        for row in codes.to_dict("records"):
            if row["code"] in self.named_values:
                node = iri(code_iri(_VALUES, row["code"]))
                self.add(node, terms.RDF_TYPE, iri(terms.SKOS_CONCEPT))
                self.add(node, terms.SKOS_IN_SCHEME, scheme)
                self.add(node, terms.SKOS_NOTATION, literal(row["code"]))
                for language in LANGUAGES:
                    label = literal(row[f"label_{language}"], language)
                    self.add(node, terms.SKOS_PREF_LABEL, label)


def _author(name: str) -> str:
    """The identifier of an organisation that signs; one without Latin letters has a digest."""
    return slug(name) or hashlib.sha256(name.encode("utf-8")).hexdigest()[:_DIGITS_OF_A_NAME]


@cache
def lent_criteria(identifiers: tuple[str, ...]) -> tuple[str, ...]:
    """What the bundled dataset says of its criteria, their passages and documents (N-Triples).

    A folder without criteria is judged by these: its answers must not lead to
    concepts that nobody describes.
    """
    from ptce_graph.dataset.triples import quads_of
    from ptce_graph.tables.check import read_and_check
    from ptce_graph.tables.facts import facts

    told: dict[str, list[str]] = {}
    for line in triple_lines(lines_of(quads_of(facts(read_and_check(None)[0])).canonical())):
        told.setdefault(line.split(" ", 1)[0], []).append(line)
    criteria = [iri(thing_iri("criterion", one)) for one in identifiers]
    passages = _led(told, criteria, terms.PROV_WAS_DERIVED_FROM)
    sources = _led(told, passages, terms.DCTERMS_IS_PART_OF)
    return tuple(line for node in (*criteria, *passages, *sources) for line in told[node])


def _led(told: dict[str, list[str]], nodes: Iterable[str], predicate: str) -> list[str]:
    """What ``nodes`` lead to by a property, each once, in order."""
    sign = f"<{predicate}>"
    words = (line.split(" ", 2) for node in nodes for line in told[node])
    return sorted({value.removesuffix(" .") for _node, name, value in words if name == sign})
