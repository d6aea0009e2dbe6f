"""Which page tells of an IRI of the dataset, and where in it."""

from __future__ import annotations

from collections.abc import Container

from ptce_graph.dataset.identifiers import REGISTERS
from ptce_graph.publish.site.index import Index
from ptce_graph.publish.site.paths import code_page, thing_page
from ptce_graph.publish.site.telling import IRI_KINDS, anchor, section_anchor
from ptce_graph.tables.facts import values
from ptce_graph.tables.schema import ACTORS
from ptce_graph.vocabulary.iris import CODE_BASE

#: Facts that stand on the page of a thing: the kind in their IRI, their table.
_FACTS = {
    IRI_KINDS[table]: table
    for table in (
        "memberships",
        "participations",
        "figures",
        "characteristics",
        "criteria",
        "framework",
        "definitions",
    )
}


def has_page(index: Index, kind: str, identifier: str) -> bool:
    """Whether a thing has a page of its own."""
    if kind in ("organisation", "pole"):
        kept = index.facts.same.get(identifier, identifier)
        return index.types.get(kept) == kind
    known: dict[str, Container[str]] = {
        "cooperation": index.cooperation_names,
        "call": index.call_names,
        "place": index.places,
        "source": index.facts.tables.documents,
    }
    if kind in known:
        return identifier in known[kind]
    return kind == "candidacy" and index.count("candidacies", "id", identifier) > 0


def has_code(index: Index, scheme: str, code: str) -> bool:
    """Whether there is such a code, or such a list without one."""
    codes = index.facts.tables.codes
    return scheme in codes and (not code or code in index.codes_of(scheme))


def page_of_iri(index: Index, iri: str, base_iri: str) -> str:
    """The page, with the anchor where the fact stands; empty where no page tells of it."""
    if iri.startswith(CODE_BASE):
        scheme, _slash, code = iri.removeprefix(CODE_BASE).partition("/")
        return code_page(scheme, code) if has_code(index, scheme, code) else ""
    if not iri.startswith(base_iri):
        return ""
    kind, _slash, identifier = iri.removeprefix(base_iri).partition("/")
    if has_page(index, kind, identifier):
        return thing_page(kind, identifier)
    makers = {
        "graph": _page_of_graph,
        "passage": _page_of_passage,
        "identity": _page_of_judgement,
        "identifier": _page_of_number,
    }
    if kind in makers:
        return makers[kind](index, identifier)
    if kind in _FACTS:
        return _page_of_fact(index, _FACTS[kind], identifier)
    return {"coverage": "coverage.html", "metric": "coverage.html", "dataset": "data.html"}.get(
        kind, ""
    )


def _page_of_graph(index: Index, graph: str) -> str:
    return thing_page("source", graph) if has_page(index, "source", graph) else ""


def _page_of_fact(index: Index, table: str, fact: str) -> str:
    rows = index.rows(table, "fact", fact, 1)
    if not rows:
        return ""
    row = rows[0]
    where = anchor(table, row)
    actors = {"memberships": "member", "characteristics": "thing"}
    if table in actors:
        return _actor_page(index, row[actors[table]], where)
    if table == "participations":
        return thing_page("cooperation", row["cooperation"], where)
    subjects = values(row["subjects"]) if table == "figures" else []
    if not subjects:
        return thing_page("source", row["source"], where)
    kept = index.facts.same.get(subjects[0], subjects[0])
    if kept in index.names:
        return _actor_page(index, kept, where)
    return thing_page("call" if kept in index.call_names else "cooperation", kept, where)


def _actor_page(index: Index, actor: str, where: str) -> str:
    return thing_page(index.types[actor], actor, where)


def _page_of_passage(index: Index, passage: str) -> str:
    for table in index.facts.frames:
        rows = index.rows(table, "passage", passage, 1)
        if rows:
            section = section_anchor(rows[0]["section"])
            return thing_page("source", rows[0]["source"], section)
    return ""


def _page_of_number(index: Index, identifier: str) -> str:
    """The page of whoever has a number of a register: ``siren-552120222``."""
    register, _dash, number = identifier.partition("-")
    if register not in {known.column for known in REGISTERS}:
        return ""
    for table in ACTORS:
        frame = index.facts.frames[table]
        for actor, cell in zip(frame["id"], frame[register], strict=True):
            if cell and number in values(cell.lower()):
                return _actor_page(index, actor, "")
    return ""


def _page_of_judgement(index: Index, judgement: str) -> str:
    left = judgement.partition(".")[0]
    kept = index.facts.same.get(left, left)
    if kept not in index.names or not index.count("identities", "left", left):
        return ""
    return _actor_page(index, kept, f"identity-{judgement}")
