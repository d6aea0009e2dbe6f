"""What a published table is: its columns, what they say in RDF, its keys and its rows.

CSV, Parquet and the CSVW metadata are three views of these declarations.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ptce_graph.i18n import mark

if TYPE_CHECKING:
    from pandas import DataFrame

#: Kinds of cells. ``date`` is as precise as the source, so no datatype fits: it is a text, and
#: ``dates`` tells it typed. ``code`` is a code of the list that ``Field.target`` names.
TEXT, IRI, CODE, DATE, YEAR, MONTH, DAY, DECIMAL, INTEGER, BOOLEAN = (
    "text",
    "iri",
    "code",
    "date",
    "gYear",
    "gYearMonth",
    "day",
    "decimal",
    "integer",
    "boolean",
)


@dataclass(frozen=True)
class Field:
    """One column.

    ``predicate`` is the property it tells of the row's thing, as an IRI or an
    URI template, or empty where the cell only helps to read; ``about`` names
    the column of another thing that the property is told of. ``target`` is the
    table (its ``iri``) or, for a code, the list (its ``code``) the cell leads to.
    ``required``: no row leaves the cell empty.
    """

    name: str
    kind: str = TEXT
    predicate: str = ""
    language: str = ""
    about: str = ""
    target: str = ""
    several: bool = False
    required: bool = False


@dataclass(frozen=True)
class Told:
    """A statement about each row that no cell holds: URI templates over its cells."""

    predicate: str
    value: str
    about: str = "{+iri}"


@dataclass(frozen=True)
class Table:
    """A table: ``name`` is its file without suffix; rows hold texts, lists, ``bool`` or ``None``.

    The column ``iri`` is the thing each row is about; ``detail`` ends the title.
    """

    name: str
    title: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    rows: DataFrame
    told: tuple[Told, ...] = ()
    detail: str = ""


#: The title of each column, wherever it stands.
TITLES = {
    "about": mark("What the figure is about"),
    "accreditations": mark("Accreditations"),
    "agency": mark("Who keeps the register"),
    "broader": mark("Broader code (IRI)"),
    "call": mark("Call (IRI)"),
    "call_name": mark("Name of the call"),
    "carrier": mark("Organisation that carries the pole (IRI)"),
    "carrier_as_written": mark("Carrier, as the document writes it"),
    "carrier_name": mark("Organisation that carries the pole"),
    "carriers": mark("Known carriers"),
    "characteristic": mark("Characteristic"),
    "class": mark("Class (IRI)"),
    "close_match": mark("Close matches in other vocabularies"),
    "code": mark("Code"),
    "cooperation": mark("Cooperation (IRI)"),
    "cooperation_name": mark("Name of the cooperation"),
    "created": mark("Founding date"),
    "date": mark("Date"),
    "date_note": mark("Note on the date"),
    "day": mark("Day"),
    "decided": mark("Date of the decision"),
    "definition_en": mark("Definition in English"),
    "definition_fr": mark("Definition in French"),
    "dimension": mark("Word that is defined"),
    "document": mark("Document that says so (IRI)"),
    "documents": mark("Documents that speak of it"),
    "end": mark("End"),
    "exact_match": mark("Exact matches in other vocabularies"),
    "first": mark("First thing (IRI)"),
    "graph": mark("Named graph of its facts (IRI)"),
    "id": mark("Identifier"),
    "initiative": mark("Initiative, as the document writes it"),
    "insee_code": mark("INSEE code"),
    "interval": mark("Period (IRI)"),
    "iri": mark("IRI"),
    "judgement": mark("Judgement"),
    "kept": mark("The same as (IRI)"),
    "kind": mark("Kind"),
    "label_en": mark("Label in English"),
    "label_fr": mark("Label in French"),
    "language": mark("Language"),
    "latitude": mark("Latitude (degrees, WGS 84)"),
    "legal_form": mark("Legal form"),
    "legal_forms": mark("Legal forms"),
    "legibility": mark("Legibility"),
    "level": mark("Level"),
    "licence": mark("Licence"),
    "lines": mark("Lines of the passage"),
    "list": mark("List"),
    "listed_in": mark("Lists of poles that name it"),
    "longitude": mark("Longitude (degrees, WGS 84)"),
    "matches": mark("Criteria of other lists that match"),
    "measure": mark("What is measured"),
    "member": mark("Member (IRI)"),
    "member_name": mark("Name of the member"),
    "month": mark("Month"),
    "name": mark("Name"),
    "notation": mark("Number in the document"),
    "note": mark("Note"),
    "number": mark("Number"),
    "number_iri": mark("Number in a register (IRI)"),
    "opened": mark("Opening date"),
    "organisation": mark("Network or pole (IRI)"),
    "organisation_name": mark("Name of the network or pole"),
    "original_file": mark("File of the document"),
    "other_names": mark("Other names"),
    "outcome": mark("Outcome"),
    "parent": mark("More general item (IRI)"),
    "partner": mark("Partner (IRI)"),
    "partner_name": mark("Name of the partner"),
    "passage": mark("Passage (IRI)"),
    "place": mark("Place (IRI)"),
    "place_name": mark("Name of the place"),
    "places": mark("Places"),
    "pole": mark("Pole (IRI)"),
    "pole_name": mark("Name of the pole"),
    "position": mark("Rank in the list"),
    "precision": mark("Precision that the document gives"),
    "property": mark("Property"),
    "publisher": mark("Publisher"),
    "reason": mark("Reason"),
    "region": mark("Region (IRI)"),
    "region_as_written": mark("Region, as the document writes it"),
    "region_name": mark("Name of the region"),
    "register": mark("Register"),
    "rna": mark("Number in the register of associations (RNA)"),
    "role": mark("Role"),
    "same_as": mark("The same in another dataset (IRI)"),
    "second": mark("Second thing (IRI)"),
    "section": mark("Section of the passage"),
    "since": mark("Members together since"),
    "siren": mark("SIREN"),
    "siret": mark("SIRET"),
    "start": mark("Beginning"),
    "state": mark("State (observed or planned)"),
    "subjects": mark("Things the figure is about"),
    "successor": mark("Place of today (IRI)"),
    "thing": mark("Thing (IRI)"),
    "thing_name": mark("Name of the thing"),
    "title": mark("Title"),
    "type": mark("Type"),
    "unit": mark("Unit"),
    "valid_to": mark("Valid until"),
    "value": mark("Value"),
    "value_max": mark("Highest value"),
    "website": mark("Website"),
    "websites": mark("Websites"),
    "wikidata": mark("Item of Wikidata"),
    "within": mark("Wider place (IRI)"),
    "year": mark("Year"),
}
