"""What changed between two releases, by thing and by fact, not by line.

A fact keeps its address as long as what names it stays (who, to whom, in which
role, according to which document), so two releases can be compared fact by
fact. Every statement that changed is told once: as part of a fact, as support
of one (passages, dates) or as made again from facts (shortcuts, coverage).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from ptce_graph.dataset.store import in_merge
from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _
from ptce_graph.publish.catalogue.counted import quads
from ptce_graph.publish.changes.names import KEY, Names, kind_of
from ptce_graph.vocabulary import terms

#: Graphs that are made again from the others: what changes there follows from the rest.
DERIVED = ("shortcuts", "coverage")
#: What only facts give a meaning to: told with the fact that points to it.
SUPPORT = ("passage", "interval", "instant", "identifier")
#: What has a life of its own, whatever document speaks of it.
THINGS = ("organisation", "pole", "call", "source", "place")

ADDED, GONE, CHANGED = "added", "gone", "changed"
RENAMED, MERGED, SPLIT = "renamed", "merged", "split"
_SAME_AS = f"<{terms.OWL_SAME_AS}>"
_LABEL = f"<{terms.SKOS_PREF_LABEL}>"
_TYPE = f"<{terms.RDF_TYPE}>"

Pair = tuple[str, str]


@dataclass(frozen=True)
class Detail:
    """One property of a thing: the values that are gone and those that are new."""

    name: str
    gone: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """What happened (``added``, ``gone``, ``changed``, ``renamed``, ``merged``, ``split``) to what.

    ``kind`` is that of its IRI (``organisation``, ``membership`` …), ``text``
    names it, ``graph`` is the name of the named graph it changed in (empty
    for the dataset as a whole), ``statements`` how many quads of the
    difference it stands for.
    """

    what: str
    kind: str
    iri: str
    text: str
    graph: str = ""
    details: tuple[Detail, ...] = ()
    statements: int = 0


@dataclass(frozen=True)
class Changes:
    """The difference of two releases.

    ``things`` are those of the dataset as a whole; ``facts`` are by named
    graph, sorted. ``statements`` counts the quads before, after, added, gone;
    ``derived`` and ``support`` those of the difference that follow from facts.
    """

    statements: dict[str, int]
    things: tuple[Change, ...] = ()
    facts: dict[str, tuple[Change, ...]] = field(default_factory=dict)
    derived: int = 0
    support: int = 0

    @property
    def none(self) -> bool:
        """Whether both releases say the same."""
        return not (self.statements["added"] or self.statements["gone"])


def changes(old_nquads: str, new_nquads: str, language: str = "fr") -> Changes:
    """What changed from one release to the next, both as canonical N-Quads.

    Names and labels are those of ``language`` where there are some.
    """
    old, new = set(_lines(old_nquads)), set(_lines(new_nquads))
    gone, added = old - new, new - old
    counts = {"before": len(old), "after": len(new), "added": len(added), "gone": len(gone)}
    names = Names(language)
    names.read(old)
    names.read(new)
    touched = {(graph, subject) for subject, _p, _o, graph in quads("\n".join(gone | added))}
    before, after = _described(old, touched), _described(new, touched)
    found, derived, support = [], 0, 0
    for graph, subject in sorted(touched):
        change = _compared(graph, subject, before, after, names)
        if names.graph(graph) in DERIVED:
            derived += change.statements
        elif change.kind in SUPPORT and change.what != CHANGED:
            support += change.statements
        else:
            found.append(change)
    facts: dict[str, list[Change]] = defaultdict(list)
    for change in _paired(found, before, after, names):
        facts[change.graph].append(change)
    in_order = {graph: tuple(sorted(told, key=_order)) for graph, told in sorted(facts.items())}
    return Changes(counts, _things(old, new, names), in_order, derived, support)


def _lines(nquads: str) -> Iterable[str]:
    # What is no longer said is told as taken out; that it is remembered is no news.
    return (line for line in nquads.split("\n") if line and in_merge(line.rsplit(" ", 2)[1]))


def _order(change: Change) -> tuple[str, ...]:
    return (change.kind, change.what, change.text, change.iri)


def _described(lines: set[str], touched: set[Pair]) -> dict[Pair, set[Pair]]:
    """The properties and values of each thing in each graph that is touched."""
    found: dict[Pair, set[Pair]] = defaultdict(set)
    for subject, predicate, value, graph in quads("\n".join(lines)):
        if (graph, subject) in touched:
            found[graph, subject].add((predicate, value))
    return found


def _compared(
    graph: str,
    subject: str,
    before: dict[Pair, set[Pair]],
    after: dict[Pair, set[Pair]],
    names: Names,
) -> Change:
    """What happened to one thing in one graph."""
    told, now = before.get((graph, subject), set()), after.get((graph, subject), set())
    what = CHANGED if told and now else ADDED if now else GONE
    kind = kind_of(subject)
    return Change(
        what,
        kind,
        subject[1:-1],
        names.text(subject, kind, now or told),
        names.graph(graph),
        _details(told, now, kind, what, names),
        len(told ^ now),
    )


def _details(
    told: set[Pair], now: set[Pair], kind: str, what: str, names: Names
) -> tuple[Detail, ...]:
    """The properties that differ; of a new or lost thing, those its text does not tell yet."""
    skipped: set[str] = set()
    if what != CHANGED:
        # Every figure is of the one set of figures.
        skipped = {_TYPE, f"<{terms.QB_DATA_SET_PROPERTY}>"}
        skipped |= {f"<{name}>" for name in KEY.get(kind, (terms.SKOS_PREF_LABEL,))}
    by_property: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for values, at in ((told - now, 0), (now - told, 1)):
        for predicate, value in sorted(values):
            if predicate not in skipped:
                by_property[predicate][at].append(names.value(value))
    return tuple(
        Detail(names.term(predicate), tuple(gone), tuple(added))
        for predicate, (gone, added) in sorted(by_property.items())
    )


def _paired(
    found: list[Change],
    before: dict[Pair, set[Pair]],
    after: dict[Pair, set[Pair]],
    names: Names,
) -> list[Change]:
    """A fact that is gone and one that is new and says the same of the same are one, changed.

    Its address holds its date; a date that was corrected makes another address.
    """
    sides: dict[tuple[str, str, str], dict[str, list[Change]]] = defaultdict(
        lambda: {ADDED: [], GONE: []}
    )
    for change in found:
        if change.kind in KEY and change.what in (ADDED, GONE):
            sides[change.graph, change.kind, change.text][change.what].append(change)
    replaced: dict[Pair, Change] = {}
    left_out: set[Pair] = set()
    for both in sides.values():
        if len(both[ADDED]) == len(both[GONE]) == 1:
            new, lost = both[ADDED][0], both[GONE][0]
            graph = names.graph_iri(new.graph)
            told, now = before[graph, f"<{lost.iri}>"], after[graph, f"<{new.iri}>"]
            details = _details(told, now, new.kind, CHANGED, names)
            details += (Detail(names.address, (lost.iri,), (new.iri,)),)
            statements = new.statements + lost.statements
            replaced[new.graph, new.iri] = replace(
                new, what=CHANGED, details=details, statements=statements
            )
            left_out.add((lost.graph, lost.iri))
    return [replaced.get((c.graph, c.iri), c) for c in found if (c.graph, c.iri) not in left_out]


def _things(old: set[str], new: set[str], names: Names) -> tuple[Change, ...]:
    """Things that came, went, took another name, or were found to be one with another."""
    told, now = _state(old), _state(new)
    found = []
    for subject in sorted(told.things ^ now.things):
        if subject in (now if subject in told.things else told).same:
            # It did not go: it is known to be another thing now, or no longer.
            continue
        what = ADDED if subject in now.things else GONE
        shown = (now if what == ADDED else told).labels.get(subject, "")
        found.append(_thing(what, subject, shown or names.name(subject)))
    for subject in sorted(told.things & now.things):
        one, other = told.labels.get(subject, ""), now.labels.get(subject, "")
        if one != other:
            detail = Detail(names.term(_LABEL), (one,), (other,))
            found.append(_thing(RENAMED, subject, other or names.name(subject), detail))
    for what, has, has_not in ((MERGED, now, told), (SPLIT, told, now)):
        for subject in sorted(has.same.keys() - has_not.same.keys()):
            kept = (names.name(has.same[subject]),)
            sides = ((), kept) if what == MERGED else (kept, ())
            detail = Detail(names.term(_SAME_AS), *sides)
            found.append(_thing(what, subject, names.name(subject), detail))
    return tuple(sorted(found, key=_order))


def _thing(what: str, subject: str, text: str, *details: Detail) -> Change:
    return Change(what, kind_of(subject), subject[1:-1], text, details=details)


@dataclass
class _State:
    """The things of a release, the name shown of each, and what each was merged into."""

    things: set[str] = field(default_factory=set)
    labels: dict[str, str] = field(default_factory=dict)
    same: dict[str, str] = field(default_factory=dict)


def _state(lines: set[str]) -> _State:
    state = _State()
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    for subject, predicate, value, graph in quads("\n".join(lines)):
        if predicate == _SAME_AS:
            state.same[subject] = value
        elif kind_of(subject) in THINGS:
            if predicate == _LABEL and '"@en' not in value:
                # The graph of shown names decides; elsewhere the most frequent name does.
                weight = 1_000_000 if graph.endswith("/labels>") else 1
                labels[subject][Names.plain(value)] += weight
            if not graph.endswith(("/shortcuts>", "/identities>")):
                state.things.add(subject)
    for subject, told in labels.items():
        state.labels[subject] = min(told, key=lambda name: (-told[name], name))
    return state


def read_release(path: str | Path) -> str:
    """The N-Quads of a release: its folder, or a file of N-Quads or TriG, also with ``.gz``.

    Raises ``CallError`` where there is none, or where it cannot be read as RDF.
    """
    import gzip

    from pyoxigraph import RdfFormat, parse, serialize

    path = Path(path)
    if path.is_dir():
        path = _dump_of(path)
    what_to_do = _("Name the folder of a release, or its file of N-Quads.")
    try:
        content = path.read_bytes()
        if path.suffix == ".gz":
            content = gzip.decompress(content)
        trig = re.search(r"\.trig(\.gz)?$", path.name) is not None
        format_ = RdfFormat.TRIG if trig else RdfFormat.N_QUADS
        written = serialize(parse(content, format=format_), format=RdfFormat.N_QUADS) or b""
    except FileNotFoundError as error:
        message = _("{path}: there is no such file or folder.").format(path=path)
        raise CallError(message, what_to_do) from error
    except (SyntaxError, ValueError, EOFError, gzip.BadGzipFile) as error:
        message = _("{path} cannot be read as N-Quads or TriG: {error}").format(
            path=path, error=error
        )
        raise CallError(message, what_to_do) from error
    # By line feeds only: texts may hold other line separators.
    return "".join(sorted(f"{line}\n" for line in _lines(written.decode("utf-8"))))


def _dump_of(folder: Path) -> Path:
    """The file of a release's folder that keeps every graph."""
    for pattern in ("data/*.nq", "*.nq", "data/*.nq.gz", "data/*.trig", "*.trig"):
        found = sorted(folder.glob(pattern))
        if found:
            return found[0]
    raise CallError(
        _("{path} holds no N-Quads: it is not the folder of a release.").format(path=folder),
        _("Make one with ptce-graph export --all FOLDER."),
    )
