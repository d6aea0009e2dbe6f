"""The graphs that no document fills: documents, codes, places, identities, shortcuts, coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ptce_graph.dataset.quads import date_literal, iri, literal
from ptce_graph.dataset.shortcuts_ties import add_ties
from ptce_graph.tables.coverage import counts
from ptce_graph.tables.facts import values
from ptce_graph.vocabulary import terms
from ptce_graph.vocabulary.iris import code_iri

if TYPE_CHECKING:
    from ptce_graph.dataset.triples import Builder

_PLACE_CLASSES = {
    "commune": terms.IGEO_COMMUNE,
    "departement": terms.IGEO_DEPARTEMENT,
    "region": terms.IGEO_REGION,
    "region-ancienne": terms.IGEO_REGION,
}


def add_shared_graphs(builder: Builder) -> None:
    """The quads of every graph of this module."""
    documents(builder)
    codes(builder)
    places(builder)
    identities(builder)
    shortcuts(builder)
    add_ties(builder)
    coverage(builder)


def documents(builder: Builder) -> None:
    add = builder.quads.add
    graph = builder.graph("documents")
    for document in builder.facts.tables.documents.values():
        node = builder.thing("source", document.id)
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
        add(builder.graph(document.id), terms.PROV_WAS_DERIVED_FROM, node, graph)


def codes(builder: Builder) -> None:
    add = builder.quads.add
    graph = builder.graph("codes")
    for scheme, frame in builder.facts.tables.codes.items():
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


def places(builder: Builder) -> None:
    add = builder.quads.add
    graph = builder.graph("places")
    for row in builder.facts.tables.frames["places"].to_dict("records"):
        node = builder.thing("place", row["id"])
        add(node, terms.SKOS_PREF_LABEL, literal(row["name"], "fr"), graph)
        add(node, terms.PTCE_PLACE_TYPE, iri(code_iri("place-types", row["type"])), graph)
        if row["type"] in _PLACE_CLASSES:
            add(node, terms.RDF_TYPE, iri(_PLACE_CLASSES[row["type"]]), graph)
        if row["within"]:
            add(node, terms.PTCE_WITHIN, builder.thing("place", row["within"]), graph)
        if row["valid_to"]:
            add(node, terms.PTCE_VALID_TO, date_literal(row["valid_to"]), graph)
        if row["successor"]:
            add(node, terms.PTCE_SUCCESSOR, builder.thing("place", row["successor"]), graph)
        for column, predicate in (("latitude", terms.GEO_LAT), ("longitude", terms.GEO_LONG)):
            if row[column]:
                value = literal(row[column], datatype=terms.XSD_DECIMAL)
                add(node, predicate, value, graph)
        if row["insee_code"]:
            add(node, terms.IGEO_CODE_INSEE, literal(row["insee_code"]), graph)


def identities(builder: Builder) -> None:
    add = builder.quads.add
    graph = builder.graph("identities")
    for row in builder.facts.tables.frames["identities"].to_dict("records"):
        node = builder.thing("identity", f"{row['left']}.{row['right']}")
        pair = row["left"], row["right"]
        left, right = _as_minted(builder, *pair), _as_minted(builder, *reversed(pair))
        add(node, terms.RDF_TYPE, iri(terms.PTCE_IDENTITY_JUDGEMENT), graph)
        add(node, terms.PTCE_FIRST_THING, left, graph)
        add(node, terms.PTCE_SECOND_THING, right, graph)
        judgement = iri(code_iri("identity-judgements", row["judgement"]))
        add(node, terms.PTCE_JUDGEMENT, judgement, graph)
        add(node, terms.PTCE_REASON, literal(row["reason"], "fr"), graph)
        if row["judgement"] == "same":
            add(right, terms.OWL_SAME_AS, left, graph)


def _as_minted(builder: Builder, raw: str, other: str) -> str:
    """The IRI of an identifier before identities were resolved.

    One of the bundled graph, of which these tables tell nothing, is of the kind of ``other``.
    """
    kept, known = builder.facts.same.get(raw, raw), builder.types
    return builder.thing(known.get(kept) or known[builder.facts.same.get(other, other)], raw)


def shortcuts(builder: Builder) -> None:
    """``org:memberOf`` and ``ptce:cooperatesWith``, made again from the n-ary nodes.

    What a document only plans makes no one cooperate yet.
    """
    add = builder.quads.add_column
    graph = builder.graph("shortcuts")
    memberships = builder.facts.frames["memberships"]
    members = builder.actors_of(memberships["member"])
    add(members, terms.ORG_MEMBER_OF, builder.actors_of(memberships["organisation"]), graph)
    participations = builder.facts.frames["participations"]
    cooperations = builder.facts.frames["cooperations"]
    planned = set(cooperations.loc[cooperations["state"] == "prevu", "id"])
    done = participations.loc[~participations["cooperation"].isin(planned)]
    partners = done[["cooperation", "partner"]].drop_duplicates()
    # Everybody with everybody of the same cooperation, and then not with oneself.
    pairs = partners.merge(partners, on="cooperation", suffixes=("", "_too"))
    pairs = pairs.loc[pairs["partner"] != pairs["partner_too"], ["partner", "partner_too"]]
    pairs = pairs.drop_duplicates()
    one, other = (builder.actors_of(pairs[name]) for name in ("partner", "partner_too"))
    add(one, terms.PTCE_COOPERATES_WITH, other, graph)


def coverage(builder: Builder) -> None:
    """How many facts of each kind each document gave (Data Quality Vocabulary)."""
    add = builder.quads.add
    graph = builder.graph("coverage")
    told = counts(builder.facts).drop(index="total", columns="total")
    for document, row in told.iterrows():
        for kind, number in row.items():
            node = builder.thing("coverage", f"{document}.{kind}")
            metric = builder.thing("metric", f"facts-{kind}")
            add(node, terms.RDF_TYPE, iri(terms.DQV_QUALITY_MEASUREMENT), graph)
            add(node, terms.DQV_COMPUTED_ON, builder.graph(str(document)), graph)
            add(node, terms.DQV_IS_MEASUREMENT_OF, metric, graph)
            value = literal(str(number), datatype=terms.XSD_INTEGER)
            add(node, terms.DQV_VALUE, value, graph)
            add(metric, terms.SKOS_PREF_LABEL, literal(f"facts: {kind}", "en"), graph)
