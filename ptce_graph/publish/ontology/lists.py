"""The code lists, with the properties whose values they are, for the pages that document them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ptce_graph.i18n import mark
from ptce_graph.publish.ontology.terms import Alignment, alignments_of
from ptce_graph.tables.schema import CODE_LISTS
from ptce_graph.vocabulary import terms
from ptce_graph.vocabulary.iris import code_iri

#: What people call the lists.
LIST_NAMES = {
    "legal-forms": mark("Legal forms"),
    "accreditations": mark("Accreditations"),
    "organisation-kinds": mark("Kinds of organisation"),
    "membership-roles": mark("Roles in a membership"),
    "cooperation-kinds": mark("Kinds of cooperation"),
    "cooperation-roles": mark("Roles in a cooperation"),
    "pole-lists": mark("Lists of poles"),
    "place-types": mark("Types of place"),
    "identity-judgements": mark("Judgements on identity"),
    "states": mark("States of a fact"),
    "candidacy-outcomes": mark("Outcomes of a candidacy"),
    "figure-measures": mark("Measures of figures"),
    "units": mark("Units"),
    "figure-precisions": mark("Precisions of figures"),
    "characteristics": mark("Characteristics"),
    "criteria-lists": mark("Lists of criteria"),
    "framework-levels": mark("Levels of the framework"),
    "legibilities": mark("Legibility of an item"),
    "definition-dimensions": mark("Dimensions of the definition"),
    "assessment-values": mark("Values of an assessment"),
}


@dataclass(frozen=True)
class CodeList:
    """A list of codes with its codes, in the order of its file."""

    name: str
    iri: str
    codes: tuple[Mapping[str, str], ...]
    used_by: tuple[str, ...]
    alignments: tuple[Alignment, ...]


@cache
def bundled_quads() -> str:
    """The bundled data as sorted N-Quads."""
    from ptce_graph.dataset.triples import quads_of
    from ptce_graph.tables.check import read_and_check
    from ptce_graph.tables.facts import facts

    return quads_of(facts(read_and_check(None)[0])).canonical()


@cache
def code_lists() -> tuple[CodeList, ...]:
    """The bundled code lists with the properties whose values they are."""
    from ptce_graph.tables.check import read_and_check

    codes = read_and_check(None)[0].codes
    used = _properties_by_list()
    return tuple(
        CodeList(
            name,
            code_iri(name),
            tuple(codes[name].to_dict("records")),
            used.get(name, ()),
            alignments_of(code_iri(name)),
        )
        for name in CODE_LISTS
    )


@cache
def _properties_by_list() -> dict[str, tuple[str, ...]]:
    """Of each list, the properties that have its codes as values in the bundled data."""
    found: dict[str, set[str]] = {}
    start = re.escape(code_iri("x")[:-1])
    pattern = re.compile(rf"^<[^>]*> <([^>]*)> <{start}([^/>]+)/[^>]*> ", re.MULTILINE)
    for predicate, scheme in pattern.findall(bundled_quads()):
        if predicate != terms.SKOS_BROADER:
            found.setdefault(scheme, set()).add(predicate)
    return {scheme: tuple(sorted(predicates)) for scheme, predicates in found.items()}
