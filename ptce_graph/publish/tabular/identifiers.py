"""The published tables of numbers in registers and of what is the same elsewhere.

Neither stands in a release whose documents give none.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from ptce_graph.dataset.identifiers import REGISTERS, WIKIDATA
from ptce_graph.dataset.quads import iri as bracketed
from ptce_graph.i18n import mark
from ptce_graph.publish.tabular.model import IRI, Field, Table, Told
from ptce_graph.publish.tabular.rows import Maker, frame_of
from ptce_graph.tables.facts import values
from ptce_graph.tables.schema import ACTORS
from ptce_graph.vocabulary import terms

if TYPE_CHECKING:
    from pandas import DataFrame

_OF_NUMBER = "number_iri"
_DOCUMENT = Field("document", IRI, target="sources", required=True)


def identifier_tables(maker: Maker) -> Iterator[Table]:
    """``identifiers``, a row per thing, number and document; ``same-as``, one per item."""
    numbers = [_numbers(maker, register.column) for register in REGISTERS]
    numbers = [told for told in numbers if len(told["iri"])]
    if numbers:
        yield _identifiers(
            {name: [cell for told in numbers for cell in told[name]] for name in numbers[0]}
        )
    items, addresses = _told(maker, "wikidata"), _told(maker, "same_as")
    if len(items) or len(addresses):
        same = [f"{WIKIDATA}{item}" for item in items["wikidata"]]
        columns = {
            "iri": [maker.any_thing(t) for told in (items, addresses) for t in told["id"]],
            "same_as": same + [bracketed(address)[1:-1] for address in addresses["same_as"]],
            "document": [
                maker.thing("source", s) for told in (items, addresses) for s in told["source"]
            ],
        }
        rows = frame_of(columns).drop_duplicates(ignore_index=True)
        fields = (
            Field("iri", IRI, target="actors", required=True),
            Field("same_as", IRI, terms.OWL_SAME_AS, required=True),
            _DOCUMENT,
        )
        title = mark("Organisations and poles that other datasets know")
        yield Table("same-as", title, fields, ("iri", "same_as", "document"), _sorted(rows))


def _identifiers(columns: dict[str, list[str]]) -> Table:
    fields = (
        Field("iri", IRI, target="actors", required=True),
        Field(_OF_NUMBER, IRI, terms.ADMS_IDENTIFIER_PROPERTY, required=True),
        Field("register", predicate=terms.RDFS_LABEL, about=_OF_NUMBER, required=True),
        Field("number", predicate=terms.SKOS_NOTATION, about=_OF_NUMBER, required=True),
        Field("agency", predicate=terms.ADMS_SCHEMA_AGENCY, about=_OF_NUMBER, required=True),
        _DOCUMENT,
    )
    told = (Told(terms.RDF_TYPE, terms.ADMS_IDENTIFIER_CLASS, f"{{+{_OF_NUMBER}}}"),)
    title = mark("Numbers of organisations and poles in public registers")
    key = ("iri", _OF_NUMBER, "document")
    return Table("identifiers", title, fields, key, _sorted(frame_of(columns)), told)


def _numbers(maker: Maker, column: str) -> dict[str, list[str]]:
    register = next(register for register in REGISTERS if register.column == column)
    told = _told(maker, column)
    return {
        "iri": [maker.any_thing(thing) for thing in told["id"]],
        _OF_NUMBER: [maker.thing("identifier", f"{column}-{n.lower()}") for n in told[column]],
        "register": [register.name] * len(told),
        "number": list(told[column]),
        "agency": [register.agency] * len(told),
        "document": list(map(partial(maker.thing, "source"), told["source"])),
    }


def _told(maker: Maker, column: str) -> DataFrame:
    """Who has which number or item according to which document, each once."""
    import pandas as pd

    frames = [maker.facts.frames[table][["id", column, "source"]] for table in ACTORS]
    told = pd.concat(frames, ignore_index=True)
    told = told[told[column] != ""]
    told = told.assign(**{column: told[column].map(values)}).explode(column)
    return told.dropna().drop_duplicates()


def _sorted(frame: DataFrame) -> DataFrame:
    return frame.sort_values(list(frame.columns), ignore_index=True)
