"""Another observatory's graph: organisations, networks, poles and who belongs to what.

ESSglobal (``SSEInitiative``, ``Network``), the W3C organisation ontology,
schema.org, and our own exports are read, in Turtle, TriG, N-Triples, N-Quads,
RDF/XML or JSON-LD. A graph has no lines: the things of the file that we know
are numbered in the order of their addresses (those without one after them, in
the order of the file), ``lines`` is that number and ``section`` the address.
Their address is kept in ``same_as``. Persons are never kept, nor who of them
belongs to what.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _
from ptce_graph.importers.described import document_of, source_id
from ptce_graph.importers.imported import ColumnUse, Imported, Wish, refused_frame
from ptce_graph.importers.joined import one_per_id
from ptce_graph.importers.networks import network_id
from ptce_graph.importers.places import Places
from ptce_graph.importers.rdf_graph import Graph, read_graph
from ptce_graph.importers.rdf_terms import (
    COOPERATION,
    FIELD_OF_PROPERTY,
    KIND_OF_CLASS,
    MEMBERSHIP,
    NETWORK,
    ORGANISATION,
    PARTICIPATION,
    PERSON,
    POLE,
    is_personal,
    normal,
)
from ptce_graph.importers.rdf_things import (
    NAMES,
    described_things,
    own_code,
    own_id,
    section_of,
)
from ptce_graph.importers.rdf_ties import Ties, ties_of
from ptce_graph.importers.things import Refused, organisations, things_frame
from ptce_graph.tables.cells import SHAPES
from ptce_graph.tables.schema import POLES, SEPARATOR

if TYPE_CHECKING:
    from pandas import DataFrame

_ACTORS = {ORGANISATION, NETWORK, POLE}
_MOST_PROPERTIES = 60


def read(path: Path, wish: Wish, places: Places) -> Imported:
    """The organisations and poles of a graph, and their memberships and cooperations.

    Rows are things of a class that we know, and persons, which are left out.
    Raises ``CallError`` where the file is no RDF, holds none of them, or asks
    for what stands elsewhere.
    """
    path = Path(path)
    graph = read_graph(path)
    source = source_id(path, wish)
    order = _numbered(graph)
    persons = [node for node in order if PERSON in graph.kinds[node]]
    actors = [node for node in order if graph.kinds[node] & _ACTORS]
    if not actors:
        raise CallError(
            _("{file} holds no organisation of a class that we know.").format(file=path.name),
            _("Known are those of ESSglobal, of the W3C (org), of schema.org and our own."),
        )
    notes: list[str] = []
    refused: Refused = []
    rows, ids, poles = _actors(graph, actors, order, source, wish, places, refused, notes)
    ties = ties_of(graph, ids, order)
    left_out = len(persons) + len(ties.left_out)
    frames = {"organisations": rows, **({"poles": poles} if len(poles) else {}), **ties.frames}
    notes += _notes(graph, persons, ties)
    return Imported(
        source=source,
        document=document_of(path, wish, "rdf", len(order)),
        frames=frames,
        places=places.added,
        rows_read=len(order),
        rows_kept=len(order) - left_out - len(refused),
        rows_left_out=left_out,
        refused=refused_frame(sorted(refused)),
        columns=tuple(_uses(graph)),
        notes=tuple(notes),
    )


def _numbered(graph: Graph) -> dict[str, int]:
    """The things of the file by their number: by address, then those that have none."""
    for node, kinds in graph.kinds.items():
        graph.kinds[node] = _one_kind(kinds)
    known = list(graph.kinds)
    told = sorted(known, key=lambda node: (node.startswith("_:"), node))
    return {node: number for number, node in enumerate(told, start=1)}


def _one_kind(kinds: set[str]) -> set[str]:
    """What a thing of several kinds is here: a person, else an actor, else one tie."""
    if PERSON in kinds:
        return {PERSON}
    tie = next((kind for kind in (MEMBERSHIP, COOPERATION, PARTICIPATION) if kind in kinds), "")
    return kinds & _ACTORS or {tie}


def _actors(
    graph: Graph,
    actors: list[str],
    order: dict[str, int],
    source: str,
    wish: Wish,
    places: Places,
    refused: Refused,
    notes: list[str],
) -> tuple[DataFrame, dict[str, str], DataFrame]:
    """Organisations, the identifier of each thing by its node, and poles."""
    told = described_things(graph, actors, places)
    things = things_frame(told, [order[node] for node in actors])
    things["section"] = [section_of(node) for node in actors]
    rows, by_number = organisations(things, source, places, refused, notes)
    number_of = {order[node]: node for node in actors}
    own = {node: own_id(node) or _of_network(graph, node, wish) for node in actors}
    renamed = {
        str(identifier): own[number_of[int(number)]]
        for number, identifier in by_number.items()
        if own[number_of[int(number)]] and not str(identifier).startswith("siren-")
    }
    # Two networks of one name become one, as two organisations of one SIREN do.
    rows = one_per_id(rows.assign(id=rows["id"].replace(renamed)), notes).reset_index(drop=True)
    ids = {
        number_of[int(number)]: renamed.get(str(identifier), str(identifier))
        for number, identifier in by_number.items()
    }
    are_poles = {ids[node] for node in actors if node in ids and POLE in graph.kinds[node]}
    poles = _poles(rows[rows["id"].isin(are_poles)], graph, ids)
    return rows[~rows["id"].isin(are_poles)].reset_index(drop=True), ids, poles


def _of_network(graph: Graph, node: str, wish: Wish) -> str:
    """The identifier of a network, which other documents may name too."""
    if NETWORK not in graph.kinds[node] or POLE in graph.kinds[node]:
        return ""
    names = (graph.best(node, name) for name in NAMES)
    return network_id(next(filter(None, names), ""), wish)


def _poles(rows: DataFrame, graph: Graph, ids: dict[str, str]) -> DataFrame:
    """Poles: the columns of organisations that they share, and who carries them."""
    found = rows.reindex(columns=POLES.column_names, fill_value="").reset_index(drop=True)
    node_of = {identifier: node for node, identifier in ids.items()}
    carriers, since, lists = [], [], []
    for identifier in found["id"]:
        node = node_of[identifier]
        carriers.append(next((ids[n] for n in graph.nodes(node, "carrier") if n in ids), ""))
        since.append(next((t for t in graph.texts(node, "since") if SHAPES["date"].fits(t)), ""))
        codes = (own_code(value, "pole-lists") for value in graph.texts(node, "listed_in"))
        lists.append(SEPARATOR.join(filter(None, codes)))
    found["carrier"], found["since"], found["listed_in"] = carriers, since, lists
    return found


def _uses(graph: Graph) -> list[ColumnUse]:
    """Each property with how often it stands, and what becomes of it; the most used first."""
    stands = _("triples: {n}")
    uses = [
        ColumnUse(iri, FIELD_OF_PROPERTY[normal(iri)].replace("_", " "), stands.format(n=n))
        for iri, n in sorted(graph.used.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    unused = sorted(graph.unused.items(), key=lambda pair: (-pair[1], pair[0]))
    for iri, n in unused[:_MOST_PROPERTIES]:
        why = _("personal") if is_personal(iri) else _("no table holds it")
        uses.append(ColumnUse(iri, "", f"{why} ({n})"))
    return uses


def _notes(graph: Graph, persons: list[str], ties: Ties) -> list[str]:
    notes = []
    if persons:
        notes.append(_("Left out, persons (never kept): {n}").format(n=len(persons)))
    if ties.left_out:
        notes.append(
            _("Left out, ties of what is no organisation of this file: {n}").format(
                n=len(ties.left_out)
            )
        )
    if ties.shortcuts_left_out:
        notes.append(
            _("Memberships of what this file does not describe, left out: {n}").format(
                n=ties.shortcuts_left_out
            )
        )
    if graph.unmatched:
        told = ", ".join(f"{value} ({n})" for value, n in graph.unmatched.most_common(8))
        notes.append(
            _("Legal forms that none of our codes means, left out: {values}").format(values=told)
        )
    if graph.former:
        notes.append(
            _("Left out, statements that no longer hold (a history): {n}").format(n=graph.former)
        )
    unknown = [iri for iri in graph.classes if iri and not _is_known(iri)]
    if unknown:
        told = ", ".join(f"{iri} ({graph.classes[iri]})" for iri in sorted(unknown)[:8])
        notes.append(_("Classes that no table holds: {classes}").format(classes=told))
    return notes


def _is_known(iri: str) -> bool:
    return normal(iri) in KIND_OF_CLASS
