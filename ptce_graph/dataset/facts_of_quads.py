"""From quads back to the facts that networks and measures are made of.

What a network needs is read: documents, code lists, places, organisations,
poles, memberships, cooperations, participations, identities and names. The
other tables (calls, candidacies, figures, characteristics, criteria, framework,
definitions) stay empty here: they are asked by SPARQL.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ptce_graph.dataset.identifiers import read_identifiers
from ptce_graph.tables.document import Document
from ptce_graph.tables.facts import Facts
from ptce_graph.tables.identities import canonical_ids
from ptce_graph.tables.read import ORIGIN, Tables
from ptce_graph.tables.schema import (
    ACTORS,
    CODE_COLUMNS,
    CODE_LISTS,
    SEPARATOR,
    SHARED_TABLES,
    SOURCE_TABLES,
    TABLES,
)
from ptce_graph.vocabulary import terms
from ptce_graph.vocabulary.iris import CODE_BASE, DEFAULT_BASE

if TYPE_CHECKING:
    from pandas import DataFrame

Row = dict[str, str]
#: By graph, subject and predicate, the objects as they stand in sorted quads.
Index = dict[str, dict[str, dict[str, list[Any]]]]

_DATES = (terms.TIME_IN_XSD_DATE, terms.TIME_IN_XSD_G_YEAR_MONTH, terms.TIME_IN_XSD_G_YEAR)
_SHARED = (
    *("codes", "documents", "labels", "places", "identities", "shortcuts", "coverage"),
    "assessments",
)


def facts_of_quads(nquads: str, base: str = DEFAULT_BASE) -> Facts:
    """The facts of a network, from the N-Quads of a dataset whose things are under ``base``."""
    return _Reader(nquads, base).facts()


class _Reader:
    """The quads by graph and subject, and how each table is read from them."""

    def __init__(self, nquads: str, base: str) -> None:
        import pyoxigraph as ox

        self.base = base
        self.graphs: Index = {}
        for quad in ox.parse(nquads, format=ox.RdfFormat.N_QUADS):
            graph = self.graphs.setdefault(self.local(str(quad.graph_name.value)), {})
            subject = graph.setdefault(quad.subject.value, {})
            subject.setdefault(quad.predicate.value, []).append(quad.object)

    def facts(self) -> Facts:
        """All that was read, as the tables of a data folder would give it."""
        rows: dict[str, list[Row]] = {table.name: [] for table in (*SOURCE_TABLES, *SHARED_TABLES)}
        rows["places"] = list(self._places())
        rows["identities"] = list(self._identities())
        rows["labels"] = [
            {"id": self.local(node), "name": self._text(told, terms.SKOS_PREF_LABEL)}
            for node, told in self._graph("labels").items()
        ]
        for source in sorted(set(self.graphs) - set(_SHARED)):
            for name, row in self._told(source):
                rows[name].append({**row, "source": source})
        frames = {name: _frame(name, told) for name, told in rows.items()}
        tables = Tables(Path(), self._documents(), frames, self._codes())
        return Facts(tables, {t.name: frames[t.name] for t in SOURCE_TABLES}, canonical_ids(tables))

    # Terms

    def local(self, iri: str) -> str:
        """The identifier at the end of the address of a thing or a code."""
        start = self.base if iri.startswith(self.base) else CODE_BASE
        return iri.removeprefix(start).partition("/")[2] if iri.startswith(start) else iri

    def _kind(self, iri: str) -> str:
        return iri.removeprefix(self.base).partition("/")[0] if iri.startswith(self.base) else ""

    def _graph(self, name: str) -> dict[str, dict[str, list[Any]]]:
        return self.graphs.get(name, {})

    def _texts(self, told: dict[str, list[Any]], predicate: str, language: str = "") -> list[str]:
        return [
            term.value
            for term in told.get(predicate, [])
            if not language or getattr(term, "language", None) == language
        ]

    def _text(self, told: dict[str, list[Any]], predicate: str, language: str = "") -> str:
        return next(iter(self._texts(told, predicate, language)), "")

    def _refs(self, told: dict[str, list[Any]], predicate: str) -> str:
        return SEPARATOR.join(self.local(text) for text in self._texts(told, predicate))

    # The shared graphs

    def _documents(self) -> dict[str, Document]:
        found = {}
        for node, told in self._graph("documents").items():
            if self._kind(node) == "source":
                name = self.local(node)
                found[name] = Document(
                    name,
                    self._text(told, terms.DCTERMS_TITLE),
                    self._text(told, terms.PTCE_ORIGINAL_FILE),
                    0,
                    publisher=self._text(told, terms.DCTERMS_PUBLISHER),
                    date=self._text(told, terms.DCTERMS_DATE),
                    date_note=self._text(told, terms.PTCE_DATE_NOTE),
                    language=self._text(told, terms.DCTERMS_LANGUAGE) or "fr",
                    licence=self._text(told, terms.DCTERMS_RIGHTS),
                    note=self._text(told, terms.DCTERMS_DESCRIPTION),
                )
        return dict(sorted(found.items()))

    def _codes(self) -> dict[str, DataFrame]:
        import pandas as pd

        lists: dict[str, list[Row]] = {name: [] for name in CODE_LISTS}
        for node, told in sorted(self._graph("codes").items()):
            scheme, _slash, code = node.removeprefix(CODE_BASE).partition("/")
            if not code or scheme not in lists:
                continue
            row = {
                "code": code,
                "broader": self._refs(told, terms.SKOS_BROADER),
                "exact_match": SEPARATOR.join(self._texts(told, terms.SKOS_EXACT_MATCH)),
                "close_match": SEPARATOR.join(self._texts(told, terms.SKOS_CLOSE_MATCH)),
            }
            for language in ("fr", "en"):
                row[f"label_{language}"] = self._text(told, terms.SKOS_PREF_LABEL, language)
                row[f"definition_{language}"] = self._text(told, terms.SKOS_DEFINITION, language)
            lists[scheme].append(row)
        columns = [*(column.name for column in CODE_COLUMNS), *ORIGIN]
        return {
            name: pd.DataFrame(rows, columns=columns, dtype=object).fillna("")
            for name, rows in lists.items()
        }

    def _places(self) -> Iterator[Row]:
        for node, told in self._graph("places").items():
            yield {
                "id": self.local(node),
                "name": self._text(told, terms.SKOS_PREF_LABEL),
                "type": self._refs(told, terms.PTCE_PLACE_TYPE),
                "within": self._refs(told, terms.PTCE_WITHIN),
                "insee_code": self._text(told, terms.IGEO_CODE_INSEE),
                "valid_to": self._text(told, terms.PTCE_VALID_TO),
                "successor": self._refs(told, terms.PTCE_SUCCESSOR),
                "latitude": self._text(told, terms.GEO_LAT),
                "longitude": self._text(told, terms.GEO_LONG),
            }

    def _identities(self) -> Iterator[Row]:
        for told in self._graph("identities").values():
            if terms.PTCE_FIRST_THING in told:
                yield {
                    "left": self._refs(told, terms.PTCE_FIRST_THING),
                    "right": self._refs(told, terms.PTCE_SECOND_THING),
                    "judgement": self._refs(told, terms.PTCE_JUDGEMENT),
                    "reason": self._text(told, terms.PTCE_REASON),
                }

    # The documents

    def _told(self, source: str) -> Iterator[tuple[str, Row]]:
        """The rows of all tables that a document's graph tells, each with its table's name."""
        graph = self._graph(source)
        readers = {
            "organisation": ("organisations", self._actor),
            "pole": ("poles", self._actor),
            "membership": ("memberships", self._membership),
            "cooperation": ("cooperations", self._cooperation),
            "participation": ("participations", self._participation),
        }
        of = {
            part: self.local(node)
            for node, told in graph.items()
            for part in self._texts(told, terms.PTCE_PARTICIPATION_PROPERTY)
        }
        for node, told in sorted(graph.items()):
            if self._kind(node) not in readers or terms.PROV_WAS_DERIVED_FROM not in told:
                continue
            table, reader = readers[self._kind(node)]
            for at, passage in enumerate(self._texts(told, terms.PROV_WAS_DERIVED_FROM)):
                row = reader(graph, told)
                if at:
                    # A second passage of one document: the tie itself is told once.
                    row["carrier"] = ""
                if table == "participations":
                    row["cooperation"] = of.get(node, "")
                described = graph.get(passage, {})
                yield (
                    table,
                    {
                        **row,
                        "id": self.local(node),
                        "raw_id": self.local(node),
                        "fact": self.local(node),
                        "passage": self.local(passage),
                        "section": self._text(described, terms.PTCE_SECTION),
                        "lines": self._text(described, terms.PTCE_LINES),
                        "note": self._text(told, terms.SKOS_NOTE),
                    },
                )
                if table in ("memberships", "participations"):
                    break

    def _actor(self, graph: Any, told: dict[str, list[Any]]) -> Row:
        names = self._texts(told, terms.SKOS_PREF_LABEL) + self._texts(told, terms.SKOS_ALT_LABEL)
        return {
            "name": names[0] if names else "",
            "alt_names": SEPARATOR.join(names[1:]),
            "kind": self._refs(told, terms.PTCE_ORGANISATION_KIND),
            "legal_form": self._refs(told, terms.PTCE_LEGAL_FORM),
            "accreditations": self._refs(told, terms.PTCE_ACCREDITATION),
            "place": self._refs(told, terms.PTCE_PLACE),
            "created": SEPARATOR.join(self._texts(told, terms.SCHEMA_FOUNDING_DATE)),
            "since": SEPARATOR.join(self._texts(told, terms.PTCE_SINCE)),
            "website": SEPARATOR.join(self._texts(told, terms.FOAF_HOMEPAGE)),
            **read_identifiers(graph, told),
            "listed_in": self._refs(told, terms.PTCE_LISTED_IN),
            "carrier": self._refs(told, terms.PTCE_CARRIED_BY),
        }

    def _membership(self, graph: Any, told: dict[str, list[Any]]) -> Row:
        return {
            "member": self._refs(told, terms.ORG_MEMBER),
            "organisation": self._refs(told, terms.ORG_ORGANIZATION_PROPERTY),
            "role": self._refs(told, terms.ORG_ROLE_PROPERTY),
            **self._period(graph, told, terms.ORG_MEMBER_DURING),
        }

    def _cooperation(self, graph: Any, told: dict[str, list[Any]]) -> Row:
        names = self._texts(told, terms.SKOS_PREF_LABEL) + self._texts(told, terms.SKOS_ALT_LABEL)
        return {
            "name": names[0] if names else "",
            "kind": self._refs(told, terms.PTCE_COOPERATION_KIND),
            "state": self._refs(told, terms.PTCE_STATE),
            **self._period(graph, told, terms.PTCE_DURING),
        }

    def _participation(self, _graph: Any, told: dict[str, list[Any]]) -> Row:
        return {
            "partner": self._refs(told, terms.PTCE_PARTNER),
            "role": self._refs(told, terms.PTCE_PARTNER_ROLE),
        }

    def _period(self, graph: Any, told: dict[str, list[Any]], predicate: str) -> Row:
        interval = graph.get(self._text(told, predicate), {})
        dates = {}
        for column, bound in (("start", terms.TIME_HAS_BEGINNING), ("end", terms.TIME_HAS_END)):
            instant = graph.get(self._text(interval, bound), {})
            dates[column] = next((t for p in _DATES for t in self._texts(instant, p)), "")
        return dates


def _frame(table: str, rows: list[Row]) -> DataFrame:
    """The rows of a table with all its columns, in the order that facts have."""
    import pandas as pd

    extra = ["fact", "passage"] if TABLES[table].of_a_source else []
    extra += ["raw_id"] if table in ACTORS else []
    columns = [*TABLES[table].column_names, *ORIGIN, *extra]
    frame = pd.DataFrame(rows, columns=columns, dtype=object).fillna("")
    return frame.sort_values(["source", *TABLES[table].key], ignore_index=True)
