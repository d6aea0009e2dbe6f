"""The facts behind an answer, in words and with their passages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ptce_graph.i18n import LANGUAGES, date_words, mark, number_words, translator
from ptce_graph.poles.findings import Evidence
from ptce_graph.tables.facts import Facts, values
from ptce_graph.vocabulary import terms
from ptce_graph.vocabulary.iris import DEFAULT_BASE

if TYPE_CHECKING:
    from pandas import DataFrame

Row = dict[str, Any]

#: The kinds of facts in IRIs, and the tables whose rows they are.
_TABLES = {
    "membership": "memberships",
    "cooperation": "cooperations",
    "participation": "participations",
    "figure": "figures",
    "characterisation": "characteristics",
    "candidacy": "candidacies",
    "organisation": "organisations",
    "pole": "poles",
}
#: What is said of a thing: the property, its column, the code list of its values, the words.
_SAID = {
    terms.PTCE_ORGANISATION_KIND: ("kind", "organisation-kinds", mark("{thing}: {value} (kind)")),
    terms.PTCE_LEGAL_FORM: ("legal_form", "legal-forms", mark("{thing}: {value} (legal form)")),
    terms.PTCE_ACCREDITATION: ("accreditations", "accreditations", mark("{thing}: {value}")),
    terms.PTCE_PLACE: ("place", "", mark("{thing}: placed in {value}")),
    terms.PTCE_SINCE: ("since", "", mark("{thing}: since {value}")),
    terms.SCHEMA_FOUNDING_DATE: ("created", "", mark("{thing}: founded in {value}")),
    terms.PTCE_CARRIED_BY: ("carrier", "", mark("{thing}: carried by {value}")),
    terms.DCTERMS_DATE: ("", "", mark("{thing}: spoken of in a document of {value}")),
}
_DATES = {terms.PTCE_SINCE, terms.SCHEMA_FOUNDING_DATE, terms.DCTERMS_DATE}
_MEMBERSHIP = mark("{member}: {role} of {organisation}")
_PARTICIPATION = mark("{partner}: {role} in “{cooperation}” ({kind}, {state})")
_COOPERATION = mark("cooperation “{cooperation}” ({kind}, {state})")
_FIGURE = mark("{things}: {about}, {value} ({precision}, {state})")
_CHARACTERISTIC = mark("{thing}: {value} ({family})")
_CANDIDACY = mark("{thing}: {outcome} of {call}")


@dataclass(frozen=True)
class Statement:
    """What a row of a rule points to: a fact node, or ``property`` and ``value`` of a thing.

    ``document`` narrows a statement to what one document says.
    """

    fact: str = ""
    property: str = ""
    value: str = ""
    document: str = ""


@dataclass(frozen=True)
class Teller:
    """Puts facts into words, in both languages."""

    facts: Facts
    base: str = DEFAULT_BASE

    def evidence(self, statement: Statement, weight: str) -> list[Evidence]:
        """One piece of evidence per document (row) that says so, in the order of the documents."""
        if statement not in self._told_before:
            self._told_before[statement] = self._all(statement)
        return [replace(one, weight=weight) for one in self._told_before[statement]]

    @cached_property
    def _told_before(self) -> dict[Statement, list[Evidence]]:
        """A fact may be evidence of several criteria."""
        return {}

    def _all(self, statement: Statement) -> list[Evidence]:
        kind, _slash, identifier = statement.fact.removeprefix(self.base).partition("/")
        found = []
        for row in self._rows[_TABLES[kind]].get(identifier):
            if statement.document and statement.document != row["source"]:
                continue
            if statement.property and not self._says(row, statement):
                continue
            told = [self._told(kind, row, statement, language) for language in LANGUAGES]
            passage = str(row["source"]), str(row["section"]), str(row["lines"])
            found.append(Evidence(statement.fact, told[0], told[1], *passage))
        return found

    def _says(self, row: Row, statement: Statement) -> bool:
        """Whether the row says it: one document may say something else of the thing."""
        column = _SAID[statement.property][0]
        said = values(str(row[column])) if column else [self._date(row)]
        return _last(statement.value) in said

    def _told(self, kind: str, row: Row, statement: Statement, language: str) -> str:
        if statement.property:
            return self._statement(row, statement, language)
        return getattr(self, f"_{kind}")(row, language)  # type: ignore[no-any-return]

    def _statement(self, row: Row, statement: Statement, language: str) -> str:
        column, scheme, template = _SAID[statement.property]
        value = _last(statement.value)
        if scheme:
            shown = self._label(scheme, value, language)
        elif statement.property in _DATES:
            shown = date_words(value, language)
        else:
            shown = self._place(value) if column == "place" else self._name(value)
        return translator(language)(template).format(thing=self._name(row["id"]), value=shown)

    def _membership(self, row: Row, language: str) -> str:
        role = self._label("membership-roles", row["role"], language)
        return translator(language)(_MEMBERSHIP).format(
            member=self._name(row["member"]),
            role=role,
            organisation=self._name(row["organisation"]),
        )

    def _participation(self, row: Row, language: str) -> str:
        role = self._label("cooperation-roles", row["role"], language)
        said = next(iter(self._rows["cooperations"].get(row["cooperation"])), {})
        return translator(language)(_PARTICIPATION).format(
            partner=self._name(row["partner"]), role=role, **self._cooperation_words(said, language)
        )

    def _cooperation(self, row: Row, language: str) -> str:
        return translator(language)(_COOPERATION).format(**self._cooperation_words(row, language))

    def _cooperation_words(self, row: Row, language: str) -> dict[str, str]:
        label = self._label
        return {
            "cooperation": str(row.get("name", "")),
            "kind": label("cooperation-kinds", str(row.get("kind", "")), language),
            "state": label("states", str(row.get("state", "")), language),
        }

    def _figure(self, row: Row, language: str) -> str:
        label = self._label
        numbers = [
            number_words(row[name], language) for name in ("value", "value_max") if row[name]
        ]
        return translator(language)(_FIGURE).format(
            things=", ".join(self._name(one) for one in values(row["subjects"])),
            about=row["about"] or label("figure-measures", row["measure"], language),
            value="–".join(numbers),
            precision=label("figure-precisions", row["precision"], language),
            state=label("states", row["state"], language),
        )

    def _characterisation(self, row: Row, language: str) -> str:
        code = row["characteristic"]
        label = self._label
        return translator(language)(_CHARACTERISTIC).format(
            thing=self._name(row["thing"]),
            value=label("characteristics", code, language),
            family=label("characteristics", code.partition("-")[0], language),
        )

    def _candidacy(self, row: Row, language: str) -> str:
        outcome = self._label("candidacy-outcomes", row["outcome"], language)
        calls = self.facts.frames["calls"]
        names = calls.loc[calls["id"] == row["call"], "name"]
        return translator(language)(_CANDIDACY).format(
            thing=row["initiative"] or self._name(row["pole"]),
            outcome=outcome,
            call=names.iloc[0] if len(names) else row["call"],
        )

    def _organisation(self, row: Row, language: str) -> str:
        return self._name(row["id"])

    _pole = _organisation

    def _label(self, scheme: str, code: str, language: str) -> str:
        return self._labels[scheme, language].get(code, code)

    @cached_property
    def _labels(self) -> dict[tuple[str, str], dict[str, str]]:
        """The labels of every code, by list and language."""
        return {
            (scheme, language): dict(zip(frame["code"], frame[f"label_{language}"], strict=True))
            for scheme, frame in self.facts.tables.codes.items()
            for language in LANGUAGES
        }

    def _name(self, identifier: str) -> str:
        kept = self.facts.same.get(identifier, identifier)
        return self._names.get(kept, kept)

    def _place(self, identifier: str) -> str:
        return self._places.get(identifier, identifier)

    def _date(self, row: Row) -> str:
        """The date of the document that the row comes from."""
        document = self.facts.tables.documents.get(row["source"])
        return (document.date or "") if document else ""

    @cached_property
    def _names(self) -> dict[str, str]:
        return dict(self.facts.actors["name"])

    @cached_property
    def _places(self) -> dict[str, str]:
        places = self.facts.tables.frames["places"]
        return dict(zip(places["id"], places["name"], strict=True))

    @cached_property
    def _rows(self) -> dict[str, _RowsOf]:
        return {name: _RowsOf(self.facts.frames[name]) for name in _TABLES.values()}


class _RowsOf:
    """The rows of a table by their fact; made into dictionaries when asked for, since few are."""

    def __init__(self, frame: DataFrame) -> None:
        self._columns = {name: frame[name].tolist() for name in frame.columns}
        # Organisations and poles: the kept identifier, whatever each document calls the thing.
        self._at: dict[str, list[int]] = {}
        for at, fact in enumerate(self._columns["id" if "raw_id" in frame else "fact"]):
            self._at.setdefault(fact, []).append(at)

    def get(self, identifier: str) -> list[Row]:
        found = self._at.get(identifier, ())
        return [{name: cells[at] for name, cells in self._columns.items()} for at in found]


def _last(value: str) -> str:
    """The end of an IRI, which is a code or an identifier; a literal as it is."""
    return value.rpartition("/")[2] if value.startswith("http") else value
