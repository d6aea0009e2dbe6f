"""From facts to quads: one function per table, and the graphs they go to.

Each document has its own named graph, which holds what that document says;
code lists, places, descriptions of documents, judgements on identity and
generated shortcuts have theirs. There is no blank node.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from ptce_graph.dataset.quads import Quads, date_literal, iri, literal, web_iri
from ptce_graph.dataset.records import add_records
from ptce_graph.tables.facts import Facts, values
from ptce_graph.vocabulary import terms
from ptce_graph.vocabulary.iris import DEFAULT_BASE, code_iri, thing_iri

if TYPE_CHECKING:
    from pandas import DataFrame, Series

_PLACE_CLASSES = {
    "commune": terms.IGEO_COMMUNE,
    "departement": terms.IGEO_DEPARTEMENT,
    "region": terms.IGEO_REGION,
    "region-ancienne": terms.IGEO_REGION,
}
#: Legal forms of bodies that are not legal persons of their own.
_WITHOUT_PERSONALITY = {"service-etat"}
_INSTANT_PROPERTIES = {
    4: terms.TIME_IN_XSD_G_YEAR,
    7: terms.TIME_IN_XSD_G_YEAR_MONTH,
    10: terms.TIME_IN_XSD_DATE,
}


def quads_of(facts: Facts, base: str = DEFAULT_BASE) -> Quads:
    """All quads of ``facts``, things minted under ``base``."""
    quads = Quads()
    builder = Builder(facts, base, quads)
    builder.documents()
    builder.codes()
    builder.places()
    builder.actors("organisations")
    builder.actors("poles")
    builder.memberships()
    builder.cooperations()
    builder.participations()
    builder.passages()
    builder.identities()
    builder.shortcuts()
    add_records(builder)
    return quads


class Builder:
    """What turns facts into quads, and the terms that all tables share."""

    def __init__(self, facts: Facts, base: str, quads: Quads) -> None:
        self.facts = facts
        self.base = base
        self.quads = quads
        self.types = facts.actors["type"].to_dict() if len(facts.actors) else {}

    # Terms

    def thing(self, kind: str, identifier: str) -> str:
        return iri(thing_iri(kind, identifier, self.base))

    def graph(self, name: str) -> str:
        return self.thing("graph", name)

    def actor(self, identifier: str) -> str:
        """The IRI of an organisation or pole, its kind found out."""
        return self.thing(self.types[identifier], identifier)

    def any_thing(self, raw: str) -> str:
        """The IRI of an organisation, pole, call or cooperation, by its identifier."""
        kept = self.facts.same.get(raw, raw)
        if kept in self.types:
            return self.actor(kept)
        calls = set(self.facts.frames["calls"]["id"])
        return self.thing("call" if kept in calls else "cooperation", kept)

    def column(self, cells: Series, make: Callable[[str], str]) -> Series:
        """``make`` on every filled cell, once per different value; the rest is missing."""
        made = {cell: make(cell) for cell in cells.unique() if cell}
        return cells.map(made)

    def period(self, start: str, end: str, graph: str) -> str:
        """The interval node of a period, described in ``graph``."""
        told = "-".join(
            part for word, date in (("from", start), ("to", end)) if date for part in (word, date)
        )
        interval = self.thing("interval", told)
        add = self.quads.add
        add(interval, terms.RDF_TYPE, iri(terms.TIME_PROPER_INTERVAL), graph)
        for date, bound in ((start, terms.TIME_HAS_BEGINNING), (end, terms.TIME_HAS_END)):
            if date:
                instant = self.thing("instant", date)
                add(interval, bound, instant, graph)
                add(instant, terms.RDF_TYPE, iri(terms.TIME_INSTANT), graph)
                add(instant, _INSTANT_PROPERTIES[len(date)], date_literal(date), graph)
        return interval

    # Graphs that no document fills

    def documents(self) -> None:
        add = self.quads.add
        graph = self.graph("documents")
        for document in self.facts.tables.documents.values():
            node = self.thing("source", document.id)
            add(node, terms.RDF_TYPE, iri(terms.PTCE_SOURCE), graph)
            add(node, terms.DCTERMS_TITLE, literal(document.title, document.language), graph)
            add(node, terms.DCTERMS_LANGUAGE, literal(document.language), graph)
            add(node, terms.PTCE_ORIGINAL_FILE, literal(document.original_file), graph)
            if document.publisher:
                add(node, terms.DCTERMS_PUBLISHER, literal(document.publisher), graph)
            if document.date:
                add(node, terms.DCTERMS_DATE, date_literal(document.date), graph)
            if document.date_note:
                add(node, terms.PTCE_DATE_NOTE, literal(document.date_note, "en"), graph)
            if document.note:
                add(node, terms.DCTERMS_DESCRIPTION, literal(document.note, "en"), graph)
            if document.licence:
                add(node, terms.DCTERMS_RIGHTS, literal(document.licence), graph)
            add(self.graph(document.id), terms.PROV_WAS_DERIVED_FROM, node, graph)

    def codes(self) -> None:
        add = self.quads.add
        graph = self.graph("codes")
        for scheme, frame in self.facts.tables.codes.items():
            scheme_node = iri(code_iri(scheme))
            add(scheme_node, terms.RDF_TYPE, iri(terms.SKOS_CONCEPT_SCHEME), graph)
            add(scheme_node, terms.SKOS_PREF_LABEL, literal(scheme.replace("-", " "), "en"), graph)
            for row in frame.to_dict("records"):
                node = iri(code_iri(scheme, row["code"]))
                add(node, terms.RDF_TYPE, iri(terms.SKOS_CONCEPT), graph)
                if scheme == "membership-roles":
                    add(node, terms.RDF_TYPE, iri(terms.ORG_ROLE_CLASS), graph)
                add(node, terms.SKOS_IN_SCHEME, scheme_node, graph)
                add(node, terms.SKOS_NOTATION, literal(row["code"]), graph)
                for language in ("fr", "en"):
                    label = literal(row[f"label_{language}"], language)
                    add(node, terms.SKOS_PREF_LABEL, label, graph)
                    definition = literal(row[f"definition_{language}"], language)
                    add(node, terms.SKOS_DEFINITION, definition, graph)
                if row["broader"]:
                    add(node, terms.SKOS_BROADER, iri(code_iri(scheme, row["broader"])), graph)
                for match in values(row["exact_match"]):
                    add(node, terms.SKOS_EXACT_MATCH, iri(match), graph)
                for match in values(row["close_match"]):
                    add(node, terms.SKOS_CLOSE_MATCH, iri(match), graph)

    def places(self) -> None:
        add = self.quads.add
        graph = self.graph("places")
        for row in self.facts.tables.frames["places"].to_dict("records"):
            node = self.thing("place", row["id"])
            add(node, terms.SKOS_PREF_LABEL, literal(row["name"], "fr"), graph)
            add(node, terms.PTCE_PLACE_TYPE, iri(code_iri("place-types", row["type"])), graph)
            if row["type"] in _PLACE_CLASSES:
                add(node, terms.RDF_TYPE, iri(_PLACE_CLASSES[row["type"]]), graph)
            if row["within"]:
                add(node, terms.PTCE_WITHIN, self.thing("place", row["within"]), graph)
            if row["valid_to"]:
                add(node, terms.PTCE_VALID_TO, date_literal(row["valid_to"]), graph)
            if row["successor"]:
                add(node, terms.PTCE_SUCCESSOR, self.thing("place", row["successor"]), graph)
            for column, predicate in (("latitude", terms.GEO_LAT), ("longitude", terms.GEO_LONG)):
                if row[column]:
                    value = literal(row[column], datatype=terms.XSD_DECIMAL)
                    add(node, predicate, value, graph)
            if row["insee_code"]:
                add(node, terms.IGEO_CODE_INSEE, literal(row["insee_code"]), graph)

    def identities(self) -> None:
        add = self.quads.add
        graph = self.graph("identities")
        for row in self.facts.tables.frames["identities"].to_dict("records"):
            node = self.thing("identity", f"{row['left']}.{row['right']}")
            left, right = (self._as_minted(row[side]) for side in ("left", "right"))
            add(node, terms.RDF_TYPE, iri(terms.PTCE_IDENTITY_JUDGEMENT), graph)
            add(node, terms.PTCE_FIRST_THING, left, graph)
            add(node, terms.PTCE_SECOND_THING, right, graph)
            judgement = iri(code_iri("identity-judgements", row["judgement"]))
            add(node, terms.PTCE_JUDGEMENT, judgement, graph)
            add(node, terms.PTCE_REASON, literal(row["reason"], "fr"), graph)
            if row["judgement"] == "same":
                add(right, terms.OWL_SAME_AS, left, graph)

    def _as_minted(self, raw: str) -> str:
        """The IRI of an identifier before identities were resolved."""
        kept = self.facts.same.get(raw, raw)
        return self.thing(self.types[kept], raw)

    def shortcuts(self) -> None:
        """``org:memberOf`` and ``ptce:cooperatesWith``, made again from the n-ary nodes.

        What a document only plans makes no one cooperate yet.
        """
        add = self.quads.add
        graph = self.graph("shortcuts")
        memberships = self.facts.frames["memberships"]
        for member, whole in zip(memberships["member"], memberships["organisation"], strict=True):
            add(self.actor(member), terms.ORG_MEMBER_OF, self.actor(whole), graph)
        participations = self.facts.frames["participations"]
        cooperations = self.facts.frames["cooperations"]
        planned = set(cooperations.loc[cooperations["state"] == "prevu", "id"])
        participations = participations[~participations["cooperation"].isin(planned)]
        for _cooperation, told in participations.groupby("cooperation", sort=True):
            partners = sorted(set(told["partner"]))
            for one in partners:
                for other in partners:
                    if one != other:
                        cooperates = terms.PTCE_COOPERATES_WITH
                        add(self.actor(one), cooperates, self.actor(other), graph)

    # What the documents say

    def told(self, frame: DataFrame, kind: str) -> tuple[Series, Series]:
        """The fact node and the graph of every row; the node's passage is written."""
        nodes = frame["fact"].map(partial(self.thing, kind))
        graphs = frame["source"].map(self.graph)
        passages = frame["passage"].map(partial(self.thing, "passage"))
        self.quads.add_column(nodes, terms.PROV_WAS_DERIVED_FROM, passages, graphs)
        notes = self.column(frame["note"], lambda text: literal(text, "fr"))
        self.quads.add_column(nodes, terms.SKOS_NOTE, notes, graphs)
        return nodes, graphs

    def same_for_all(self, nodes: Series, predicate: str, obj: str, graphs: Series) -> None:
        self.quads.add_column(nodes, predicate, nodes.map(lambda _node: obj), graphs)

    def _code(self, scheme: str, code: str) -> str:
        return iri(code_iri(scheme, code))

    def actors(self, table: str) -> None:
        frame = self.facts.frames[table].copy()
        if frame.empty:
            return
        frame["fact"] = frame["id"]
        nodes, graphs = self.told(frame, "organisation" if table == "organisations" else "pole")
        add = self.quads.add_column
        for classes in _classes(frame):
            add(nodes, terms.RDF_TYPE, classes.map(iri), graphs)
        self._names(frame, nodes, graphs)
        place = self.column(frame["place"], partial(self.thing, "place"))
        add(nodes, terms.PTCE_PLACE, place, graphs)
        add(nodes, terms.FOAF_HOMEPAGE, self.column(frame["website"], web_iri), graphs)
        created = self.column(frame["created"], date_literal)
        add(nodes, terms.SCHEMA_FOUNDING_DATE, created, graphs)
        if "since" in frame:
            add(nodes, terms.PTCE_SINCE, self.column(frame["since"], date_literal), graphs)
        for column, predicate, scheme in (
            ("kind", terms.PTCE_ORGANISATION_KIND, "organisation-kinds"),
            ("legal_form", terms.PTCE_LEGAL_FORM, "legal-forms"),
            ("accreditations", terms.PTCE_ACCREDITATION, "accreditations"),
            ("listed_in", terms.PTCE_LISTED_IN, "pole-lists"),
        ):
            if column in frame:
                exploded = frame[column].map(values).explode().dropna()
                objects = self.column(exploded, partial(self._code, scheme))
                add(nodes.loc[exploded.index], predicate, objects, graphs.loc[exploded.index])
        if "carrier" in frame:
            carrier = self.column(frame["carrier"], self.actor)
            add(nodes, terms.PTCE_CARRIED_BY, carrier, graphs)

    def _names(self, frame: DataFrame, nodes: Series, graphs: Series) -> None:
        """In a document's graph the names that document gives; in ``labels`` the one to show.

        A name is a ``prefLabel`` where it is the one to show and an
        ``altLabel`` elsewhere, so that each thing has one ``prefLabel``.
        """
        add = self.quads.add
        shown = frame["id"].map(self.facts.actors["name"])
        for at, row in zip(frame.index, frame.to_dict("records"), strict=True):
            add(nodes[at], terms.SKOS_PREF_LABEL, literal(shown[at], "fr"), self.graph("labels"))
            for name in (row["name"], *values(row["alt_names"])):
                label = terms.SKOS_PREF_LABEL if name == shown[at] else terms.SKOS_ALT_LABEL
                add(nodes[at], label, literal(name, "fr"), graphs[at])

    def names(self, frame: DataFrame, nodes: Series, graphs: Series) -> None:
        """For a call or a cooperation, the chosen name or the first is the ``prefLabel``."""
        first = frame.drop_duplicates("id").set_index("id")["name"].to_dict()
        labels = self.facts.tables.frames["labels"]
        first.update(zip(labels["id"], labels["name"], strict=True))
        for at, identifier, name in zip(frame.index, frame["id"], frame["name"], strict=True):
            label = terms.SKOS_PREF_LABEL if name == first[identifier] else terms.SKOS_ALT_LABEL
            self.quads.add(nodes[at], label, literal(name, "fr"), graphs[at])

    def memberships(self) -> None:
        frame = self.facts.frames["memberships"]
        nodes, graphs = self.told(frame, "membership")
        add = self.quads.add_column
        self.same_for_all(nodes, terms.RDF_TYPE, iri(terms.ORG_MEMBERSHIP), graphs)
        add(nodes, terms.ORG_MEMBER, self.column(frame["member"], self.actor), graphs)
        whole = self.column(frame["organisation"], self.actor)
        add(nodes, terms.ORG_ORGANIZATION_PROPERTY, whole, graphs)
        role = self.column(frame["role"], partial(self._code, "membership-roles"))
        add(nodes, terms.ORG_ROLE_PROPERTY, role, graphs)
        self._periods(frame, nodes, terms.ORG_MEMBER_DURING, graphs)

    def _periods(self, frame: DataFrame, nodes: Series, predicate: str, graphs: Series) -> None:
        dated = frame[(frame["start"] != "") | (frame["end"] != "")]
        for at in dated.index:
            interval = self.period(dated.at[at, "start"], dated.at[at, "end"], graphs[at])
            self.quads.add(nodes[at], predicate, interval, graphs[at])

    def cooperations(self) -> None:
        frame = self.facts.frames["cooperations"]
        nodes, graphs = self.told(frame, "cooperation")
        add = self.quads.add_column
        self.same_for_all(nodes, terms.RDF_TYPE, iri(terms.PTCE_COOPERATION), graphs)
        self.names(frame, nodes, graphs)
        kind = self.column(frame["kind"], partial(self._code, "cooperation-kinds"))
        add(nodes, terms.PTCE_COOPERATION_KIND, kind, graphs)
        state = self.column(frame["state"], partial(self._code, "states"))
        add(nodes, terms.PTCE_STATE, state, graphs)
        self._periods(frame, nodes, terms.PTCE_DURING, graphs)

    def participations(self) -> None:
        frame = self.facts.frames["participations"]
        nodes, graphs = self.told(frame, "participation")
        add = self.quads.add_column
        self.same_for_all(nodes, terms.RDF_TYPE, iri(terms.PTCE_PARTICIPATION_CLASS), graphs)
        cooperations = frame["cooperation"].map(partial(self.thing, "cooperation"))
        add(cooperations, terms.PTCE_PARTICIPATION_PROPERTY, nodes, graphs)
        add(nodes, terms.PTCE_PARTNER, self.column(frame["partner"], self.actor), graphs)
        role = self.column(frame["role"], partial(self._code, "cooperation-roles"))
        add(nodes, terms.PTCE_PARTNER_ROLE, role, graphs)

    def passages(self) -> None:
        add = self.quads.add
        for frame in self.facts.frames.values():
            told = frame[["source", "passage", "section", "lines"]].drop_duplicates()
            for row in told.to_dict("records"):
                node = self.thing("passage", row["passage"])
                graph = self.graph(row["source"])
                add(node, terms.RDF_TYPE, iri(terms.PTCE_PASSAGE), graph)
                add(node, terms.DCTERMS_IS_PART_OF, self.thing("source", row["source"]), graph)
                add(node, terms.PTCE_SECTION, literal(row["section"], "fr"), graph)
                add(node, terms.PTCE_LINES, literal(row["lines"]), graph)


def _classes(frame: DataFrame) -> list[Series]:
    """The classes of the things of a table: a legal form stated means legal personality."""
    if "carrier" in frame:
        return [frame["id"].map(lambda _id: terms.PTCE_POLE)]
    formal = frame["legal_form"].map(
        lambda form: (
            terms.ORG_FORMAL_ORGANIZATION
            if form and form not in _WITHOUT_PERSONALITY
            else terms.ORG_ORGANIZATION_CLASS
        )
    )
    network = frame["kind"].map({"reseau": terms.PTCE_NETWORK})
    return [formal, network[network.notna()]]
