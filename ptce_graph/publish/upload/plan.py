"""A release loaded into a SPARQL 1.1 server: what is to do, then done by one of two protocols.

The server keeps our named graphs, their merge as one more graph, and a
*record*: which graphs are ours, the digest and the size of each. What has not
changed is not sent again; a graph that left the release is dropped, if the
record says that it was ours. ``upload.update`` loads by SPARQL Update,
``upload.graph_store`` by the Graph Store HTTP Protocol.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ptce_graph.dataset.quads import iri
from ptce_graph.dataset.remote import (
    DCTERMS_IDENTIFIER,
    SD,
    VOID_TRIPLES,
    Kept,
    Record,
    merged_iri,
    record_iri,
)
from ptce_graph.dataset.store import in_merge
from ptce_graph.i18n import gettext as _
from ptce_graph.vocabulary import terms
from ptce_graph.vocabulary.iris import DEFAULT_BASE


@dataclass(frozen=True)
class Part:
    """One graph of the release: its name and its triples, sorted lines of N-Triples."""

    name: str
    lines: tuple[str, ...]
    digest: str

    @classmethod
    def of(cls, name: str, lines: list[str]) -> Part:
        """The part with its digest, that of the sorted lines."""
        ordered = tuple(sorted(lines))
        told = hashlib.sha256("".join(ordered).encode("utf-8")).hexdigest()
        return cls(name, ordered, f"sha256:{told}")

    @property
    def kept(self) -> Kept:
        """What the record says of it once it is loaded."""
        return Kept(self.digest, len(self.lines))


@dataclass(frozen=True)
class Plan:
    """What a publication has to do: parts to load, graphs to drop, and what stays."""

    base: str
    load: tuple[Part, ...]
    drop: tuple[str, ...]
    stay: tuple[Part, ...]
    found: dict[str, str] = field(default_factory=dict)
    """Of the parts to load: ``new``, ``changed``, ``damaged`` or ``replaced`` (not by us)."""

    @property
    def nothing(self) -> bool:
        """Whether the server holds the release already."""
        return not self.load and not self.drop

    @property
    def triples(self) -> int:
        """How many triples are to be sent."""
        return sum(len(part.lines) for part in self.load)

    @property
    def record(self) -> Record:
        """The record once all is done."""
        parts = sorted((*self.load, *self.stay), key=lambda part: part.name)
        return Record(merged_iri(self.base), {part.name: part.kept for part in parts})

    def record_under_way(self, loaded: tuple[str, ...] = ()) -> Record:
        """The record while graphs are being replaced: those have no digest yet."""
        left = {part.name for part in self.load if part.name not in loaded}
        graphs = {
            name: Kept("" if name in left else kept.digest, kept.triples)
            for name, kept in self.record.graphs.items()
        }
        # What is still to be dropped stays ours until it is gone.
        graphs.update({name: Kept("", 0) for name in self.drop})
        return Record(merged_iri(self.base), graphs)


def parts_of(nquads: str, base: str = DEFAULT_BASE) -> list[Part]:
    """The named graphs of sorted N-Quads, in their order, then their merge."""
    by_graph: dict[str, list[str]] = {}
    for line in nquads.split("\n"):
        if line:
            # Graph names are IRIs, and an IRI holds no space: the last one ends the triple.
            triple, name, _dot = line.rsplit(" ", 2)
            by_graph.setdefault(name[1:-1], []).append(f"{triple} .\n")
    parts = [Part.of(name, lines) for name, lines in sorted(by_graph.items())]
    merged = {line for part in parts if in_merge(part.name) for line in part.lines}
    return [*parts, Part.of(merged_iri(base), list(merged))]


def plan(
    parts: list[Part],
    record: Record | None,
    count: Callable[[str], int | None],
    base: str = DEFAULT_BASE,
) -> Plan:
    """What is to do on a server that holds ``record``; ``count`` tells the size of a graph there.

    ``count`` gives ``None`` where the server cannot be asked; then the record
    is believed.
    """
    kept = record.graphs if record else {}
    load, stay, found = [], [], {}
    for part in parts:
        known = kept.get(part.name)
        there = count(part.name)
        if known == part.kept and there in (None, len(part.lines)):
            stay.append(part)
            continue
        load.append(part)
        if known is None:
            found[part.name] = "replaced" if there else "new"
        else:
            found[part.name] = "damaged" if known == part.kept else "changed"
    names = {part.name for part in parts}
    drop = tuple(name for name in sorted(kept) if name not in names and _ours(name, base))
    return Plan(base, tuple(load), drop, tuple(stay), found)


def _ours(name: str, base: str) -> bool:
    """Whether a graph is one we may drop: a record is what a server tells, no licence to more."""
    return name.startswith((f"{base}graph/", f"{base}publication/"))


def record_lines(record: Record, base: str) -> list[str]:
    """The triples of the record's graph, as lines of N-Triples."""
    node = iri(record_iri(base))
    lines = [
        f"{node} <{terms.RDF_TYPE}> <{SD}Dataset> .\n",
        f"{node} <{SD}defaultGraph> {iri(record.merged)} .\n",
    ]
    for name, kept in record.graphs.items():
        graph = iri(name)
        if name != record.merged:
            lines.append(f"{node} <{SD}namedGraph> {graph} .\n")
        if kept.digest:
            lines.append(f'{graph} <{DCTERMS_IDENTIFIER}> "{kept.digest}" .\n')
            lines.append(f'{graph} <{VOID_TRIPLES}> "{kept.triples}"^^<{terms.XSD_INTEGER}> .\n')
    return sorted(lines)


def batches(
    lines: tuple[str, ...], start: int, most_lines: int, most_bytes: int
) -> Iterator[tuple[int, list[str]]]:
    """Runs of ``lines`` from ``start`` on, each with the number of lines behind its end.

    A run has at least one line, and no more lines or bytes than are allowed.
    """
    batch: list[str] = []
    size = 0
    for at in range(start, len(lines)):
        length = len(lines[at].encode("utf-8"))
        if batch and (len(batch) >= most_lines or size + length > most_bytes):
            yield at, batch
            batch, size = [], 0
        batch.append(lines[at])
        size += length
    if batch:
        yield len(lines), batch


def told_plan(plan: Plan) -> list[str]:
    """The plan in words, one line per graph that changes."""
    words = {
        "new": _("new"),
        "changed": _("changed"),
        "damaged": _("not as we left it"),
        "replaced": _("there, but not by us: it is replaced"),
    }
    lines = [
        _("load {graph}: {n} triples ({found})").format(
            graph=part.name, n=len(part.lines), found=words[plan.found[part.name]]
        )
        for part in plan.load
    ]
    lines += [_("drop {graph}: no longer in the release").format(graph=name) for name in plan.drop]
    return lines
