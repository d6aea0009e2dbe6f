"""What each table and column is for, in words for the person who fills them."""

from __future__ import annotations

from ptce_graph.i18n import mark, translator
from ptce_graph.tables.schema import SEPARATOR, Column, Table

TABLES_EXPLAINED = {
    "organisations": mark(
        "Associations, cooperatives, companies, local authorities and networks, one per row."
    ),
    "poles": mark("Territorial poles of economic cooperation (PTCE), one per row."),
    "memberships": mark("Who belongs to which network or pole, one tie per row."),
    "cooperations": mark("What partners do together, one action per row."),
    "participations": mark("Who takes part in which cooperation, and in which role."),
    "calls": mark("Calls for projects or expressions of interest."),
    "candidacies": mark("Who answered a call, and with what outcome."),
    "figures": mark("Numbers that the document states: jobs, turnover, members …"),
    "characteristics": mark("Stage, origin, sector … of an organisation or a pole."),
    "criteria": mark("The criteria by which the document recognises a pole."),
    "framework": mark("The aims and indicators of a framework for assessing poles."),
    "definitions": mark("How the document defines a word."),
}

#: By column, or by ``table.column`` where the column means another thing there.
_COLUMNS = {
    "id": mark("An identifier that you choose: lower case letters, digits and hyphens."),
    "name": mark("The name, as the document writes it."),
    "alt_names": mark("Other names and acronyms."),
    "kind": mark("What kind of organisation it is; “reseau” makes it a network."),
    "cooperations.kind": mark("What kind of cooperation it is."),
    "legal_form": mark("The legal form, where it is stated."),
    "accreditations": mark("Approvals and labels: SIAE, ESUS …"),
    "place": mark("Where it is: the identifier of a place."),
    "figures.place": mark("The territory that the figure is about: the identifier of a place."),
    "created": mark("The date of creation."),
    "since": mark("Since when the members of the pole have worked together."),
    "website": mark("The address of the website."),
    "siren": mark("The SIREN of the legal unit: 9 digits, without spaces."),
    "siret": mark("The SIRET of its establishments: 14 digits each, without spaces."),
    "rna": mark("The number in the register of associations: W and 9 digits."),
    "wikidata": mark("The item of Wikidata: Q and digits."),
    "same_as": mark("Addresses of the same thing in other datasets."),
    "carrier": mark("The organisation that carries the pole: its identifier."),
    "listed_in": mark("The lists of poles that name it."),
    "member": mark("Who belongs: the identifier of an organisation or a pole."),
    "organisation": mark("To what it belongs: the identifier of a network or a pole."),
    "role": mark("In which role."),
    "start": mark("Since when."),
    "end": mark("Until when."),
    "state": mark("“constate” for what is done, “prevu” for what is planned."),
    "cooperation": mark("The identifier of the cooperation."),
    "partner": mark("Who takes part: the identifier of an organisation or a pole."),
    "opened": mark("When the call was opened."),
    "decided": mark("When its outcome was decided."),
    "call": mark("The identifier of the call."),
    "region_as_written": mark("The region, as the document writes it."),
    "region": mark("The region: the identifier of a place."),
    "initiative": mark("The name of the initiative, as the document writes it."),
    "carrier_as_written": mark("The carrier, as the document writes it."),
    "carriers": mark("The carriers that have a row among the organisations: their identifiers."),
    "pole": mark("The pole that answered: its identifier."),
    "outcome": mark("What became of it."),
    "subjects": mark("Whom or what the figure is about: identifiers."),
    "about": mark("What is counted, in the words of the document."),
    "measure": mark("What is counted."),
    "value": mark("The number, without unit or spaces."),
    "value_max": mark("The greatest number, where the document gives a range."),
    "unit": mark("The unit."),
    "precision": mark("How exact the document says it is."),
    "date": mark("The date that it is true of."),
    "thing": mark("Which organisation or pole: its identifier."),
    "characteristic": mark("Which characteristic."),
    "list": mark("Which list of criteria."),
    "position": mark("Its rank in the list."),
    "label_fr": mark("The wording in French."),
    "label_en": mark("The wording in English."),
    "matches": mark("Criteria of other lists that say the same: their identifiers."),
    "level": mark("The level in the framework."),
    "notation": mark("The number that the document gives it."),
    "parent": mark("The wider item: its identifier."),
    "legibility": mark("Whether the document can be read there."),
    "dimension": mark("Which word is defined."),
    "definition_fr": mark("The definition in French."),
    "definition_en": mark("The definition in English."),
    "section": mark("Where the document says so: the title of the section."),
    "lines": mark("The lines of the document that say so: 12, 12-15 or 12|81-83."),
    "note": mark("What one should know of this row. No name of a person, telephone or e-mail."),
}

_DATES = mark("Write 2024, 2024-03 or 2024-03-15, as precise as the document.")
_SEVERAL = mark("Several values are separated by “{separator}”.")
_CODES = mark("A code of the list {list}.")
_REQUIRED = mark("Required.")


def table_explained(table: Table, language: str) -> str:
    """What a table is for, in ``fr`` or ``en``."""
    return translator(language)(TABLES_EXPLAINED[table.name])


def column_explained(table: Table, column: Column, language: str) -> str:
    """What a column is for, whether it is required, and how its cells are written."""
    words = translator(language)
    msgid = _COLUMNS.get(f"{table.name}.{column.name}") or _COLUMNS[column.name]
    told = [words(_REQUIRED)] if column.required else []
    told.append(words(msgid))
    if column.kind == "date":
        told.append(words(_DATES))
    if column.kind == "code":
        told.append(words(_CODES).format(list=column.target[0]))
    if column.several:
        told.append(words(_SEVERAL).format(separator=SEPARATOR))
    return " ".join(told)
