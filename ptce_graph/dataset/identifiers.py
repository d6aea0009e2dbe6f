"""The numbers of public registers as nodes of their own, and what is the same in Wikidata.

A number is an ``adms:Identifier``: its ``skos:notation`` is the number as plain
text (a datatype per register would have to be known to whoever asks for one), its
label the register's name, its ``adms:schemaAgency`` who keeps it. The node's
address is made of both, so that documents that tell one number speak of one node.

An item of Wikidata is the same individual: ``owl:sameAs``, as addresses of ours
that were merged. ``skos:exactMatch`` would make concepts of organisations (its
domain is ``skos:Concept``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ptce_graph.dataset.quads import iri, literal
from ptce_graph.tables.facts import values
from ptce_graph.tables.schema import IDENTIFIERS, SEPARATOR
from ptce_graph.vocabulary import terms

if TYPE_CHECKING:
    from pandas import DataFrame, Series

    from ptce_graph.dataset.triples import Builder

WIKIDATA = "http://www.wikidata.org/entity/"


@dataclass(frozen=True)
class Register:
    """A public register: the column of its numbers, its name and who keeps it, in French."""

    column: str
    name: str
    agency: str


REGISTERS = (
    Register("siren", "SIREN", "INSEE"),
    Register("siret", "SIRET", "INSEE"),
    Register("rna", "RNA", "ministère de l’Intérieur"),
)


def add_identifiers(builder: Builder, frame: DataFrame, nodes: Series, graphs: Series) -> None:
    """The quads of the identifiers of ``frame``, organisations or poles, one row per node."""
    add, same = builder.quads.add_column, builder.same_for_all
    for register in REGISTERS:
        numbers = _told(frame, register.column)
        if numbers.empty:
            continue
        at = builder.things("identifier", f"{register.column}-" + numbers.str.lower())
        things, of = nodes.loc[numbers.index], graphs.loc[numbers.index]
        add(things, terms.ADMS_IDENTIFIER_PROPERTY, at, of)
        same(at, terms.RDF_TYPE, iri(terms.ADMS_IDENTIFIER_CLASS), of)
        same(at, terms.RDFS_LABEL, literal(register.name), of)
        same(at, terms.ADMS_SCHEMA_AGENCY, literal(register.agency), of)
        add(at, terms.SKOS_NOTATION, _quoted(numbers), of)
    items = _told(frame, "wikidata")
    if not items.empty:
        same_things = builder.column(items, lambda item: iri(f"{WIKIDATA}{item}"))
        things, of = nodes.loc[items.index], graphs.loc[items.index]
        add(things, terms.OWL_SAME_AS, same_things, of)
    addresses = _told(frame, "same_as")
    if not addresses.empty:
        things, of = nodes.loc[addresses.index], graphs.loc[addresses.index]
        add(things, terms.OWL_SAME_AS, builder.column(addresses, iri), of)


def read_identifiers(graph: Any, told: Mapping[str, list[Any]]) -> dict[str, str]:
    """The cells of the identifiers of a thing, back from the quads of a document's graph.

    ``told`` are the objects by predicate of the thing, ``graph`` those of every
    subject. Numbers of registers that are not in ``REGISTERS`` are left.
    """
    columns = {register.name: register.column for register in REGISTERS}
    found: dict[str, list[str]] = {}
    for node in told.get(terms.ADMS_IDENTIFIER_PROPERTY, ()):
        described = graph.get(node.value, {})
        for label in described.get(terms.RDFS_LABEL, ()):
            if label.value in columns:
                numbers = [n.value for n in described.get(terms.SKOS_NOTATION, ())]
                found.setdefault(columns[label.value], []).extend(numbers)
    for same in told.get(terms.OWL_SAME_AS, ()):
        item = same.value.removeprefix(WIKIDATA)
        column = "wikidata" if item != same.value else "same_as"
        found.setdefault(column, []).append(item)
    return {column.name: SEPARATOR.join(found.get(column.name, ())) for column in IDENTIFIERS}


def _told(frame: DataFrame, column: str) -> Series:
    """The filled cells of a column, a row per value where it may hold several."""
    cells = frame[column]
    cells = cells[cells != ""]
    several = any(known.name == column and known.several for known in IDENTIFIERS)
    if not several or not cells.str.contains(SEPARATOR, regex=False).any():
        return cells
    return cells.map(values).explode().dropna()


def _quoted(numbers: Series) -> Series:
    """A column of numbers as literals: at once where nothing in them needs an escape."""
    if numbers.str.fullmatch("[0-9A-Za-z]+").all():
        return '"' + numbers + '"'
    return numbers.map(literal)
