"""The tables on nodes and ties: measures, bridges, paths, cuts, and how sure they are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ptce_graph.analysis.measures import MEASURES, measure_named, measure_nodes
from ptce_graph.analysis.result import Outcome, Request
from ptce_graph.analysis.study import Study
from ptce_graph.i18n import Note, mark, note

if TYPE_CHECKING:
    from pandas import DataFrame

    from ptce_graph.network.network import Network

_NOT_DEFINED = mark("{measure}: not defined for {n} of {all}; their cell is empty.")
_PARTS = mark(
    "The tied nodes are in {n} separate parts; the largest has {largest} of {all}. Between parts "
    "there is no path, and {lone} nodes are tied to nothing."
)
_ONE_PART = mark("All tied nodes are in one part; {lone} nodes are tied to nothing.")
#: What is measured where nothing is asked: a choice that is quick to draw again and again.
_USUAL = ("degree", "betweenness", "harmonic", "eigenvector", "constraint")
#: Pairs, and names, told in a sentence.
_SHOWN_NAMES = 12
_SHOWN = 6
_DROP, _DRAWS, _BRIDGE_DROP, _BRIDGE_DRAWS = 0.1, 100, 0.2, 1000


def nodes_table(study: Study, request: Request) -> Outcome:
    """One row per organisation or pole, one column per measure."""
    frame = measure_nodes(study, request.measures)
    notes = [_parts(study)] if study.size else []
    for name in frame.columns[3:]:
        lost = int(frame[name].isna().sum())
        if lost:
            notes.append(note(_NOT_DEFINED, measure=name, n=lost, all=len(frame)))
    return Outcome(frame, tuple(notes))


def _parts(study: Study) -> Note:
    """How far the network hangs together: paths end where a part ends."""
    from ptce_graph.analysis.kernels.structure import components

    sizes = np.bincount(components(study.adjacency)) if study.size else np.zeros(0, dtype=int)
    tied, lone = sizes[sizes > 1], int((sizes == 1).sum())
    if not len(tied):
        return note(mark("Nothing is tied to anything in this network."))
    if len(tied) == 1:
        return note(_ONE_PART, lone=lone)
    return note(
        _PARTS,
        n=len(tied),
        largest=int(tied.max()) if len(tied) else 0,
        all=int(tied.sum()),
        lone=lone,
    )


def bridges_table(study: Study, request: Request) -> Outcome:
    """One row per pair of networks and bridge; with a pair asked for, how sure each is."""
    from ptce_graph.analysis.bridges import bridges
    from ptce_graph.analysis.certainty import bridge_certainty

    between = _pair(request)
    if between is None:
        return Outcome(bridges(study.network))
    drop = _BRIDGE_DROP if request.drop is None else request.drop
    samples = _BRIDGE_DRAWS if request.samples is None else request.samples
    frame = bridge_certainty(study.network, between, drop, samples, request.seed)
    told = note(
        mark(
            "held: share of {samples} draws, each losing {drop} of all facts at random (seed "
            "{seed}), in which it still is a bridge."
        ),
        samples=samples,
        drop=_share(drop),
        seed=request.seed,
    )
    return Outcome(frame, (told, *_way(study.network, between)))


def _way(network: Network, between: tuple[str, str]) -> tuple[Note, ...]:
    """How near two nodes are, in a sentence."""
    from ptce_graph.analysis.routes import paths_count

    if not set(between) <= set(network.ids):
        return ()
    length, number = paths_count(network, *between)
    if not number:
        return (note(mark("No path leads from one to the other in this network.")),)
    if length == 1:
        return (note(mark("The two are tied directly.")),)
    told = note(
        mark("The shortest way has {length} ties; there are {n} such."), length=length, n=number
    )
    if length != 2:
        return (told,)
    one, other = (set(network.graph[node]) for node in between)
    names = network.nodes["name"]
    shared = sorted(str(names[node]) for node in one & other)
    more = " …" if len(shared) > _SHOWN_NAMES else ""
    tied = mark("Both are tied to: {names}.")
    return (told, note(tied, names=", ".join(shared[:_SHOWN_NAMES]) + more))


def path_table(study: Study, request: Request) -> Outcome:
    """One row per step of one shortest path."""
    from ptce_graph.analysis.routes import path

    one, other = request.between
    return Outcome(path(study.network, one, other), _way(study.network, (one, other)))


def cut_table(study: Study, request: Request) -> Outcome:
    """The nodes of one smallest cut."""
    from ptce_graph.analysis.routes import cut, paths_count

    one, other = request.between
    frame, direct = cut(study.network, one, other)
    notes = []
    if direct:
        notes.append(note(mark("The two are tied directly; that tie is set aside.")))
    if direct and frame.empty:
        notes.append(note(mark("Without it no path leads from one to the other.")))
    if not paths_count(study.network, one, other)[1]:
        notes.append(note(mark("No path leads from one to the other: there is nothing to cut.")))
    return Outcome(frame, tuple(notes))


def cut_points_table(study: Study, request: Request) -> Outcome:
    """One row per pair of networks and node that all ways between them pass by."""
    from ptce_graph.analysis.cuts import cut_points

    frame, between = cut_points(study.network), _pair(request)
    if between is not None:
        one, other = sorted(between)
        frame = frame[(frame["network_a"] == one) & (frame["network_b"] == other)]
    return Outcome(frame.reset_index(drop=True))


def bridge_links_table(study: Study, request: Request) -> Outcome:
    """One row per tie that nothing replaces."""
    from ptce_graph.analysis.cuts import bridge_links

    return Outcome(bridge_links(study.network))


def removal_table(study: Study, request: Request) -> Outcome:
    """Counts before and after, and the pairs of networks that the loss separates."""
    from ptce_graph.analysis.routes import removal, separated

    apart = separated(study.network, request.removed)
    names = study.network.nodes["name"]
    pairs = [f"{names[a]} / {names[b]}" for a, b in apart.values.tolist()]
    told = note(
        mark("Pairs of networks cut apart: {n} ({pairs})."),
        n=len(pairs),
        pairs=", ".join(pairs[:_SHOWN]) + (" …" if len(pairs) > _SHOWN else ""),
    )
    return Outcome(removal(study.network, request.removed), (told,) if pairs else ())


def stability_table(study: Study, request: Request) -> Outcome:
    """Ranks and their intervals; how far the order holds, in a sentence per measure."""
    from ptce_graph.analysis.certainty import stability

    drop = _DROP if request.drop is None else request.drop
    samples = _DRAWS if request.samples is None else request.samples
    ranks, kept = stability(
        lambda network: replace(study, network=network, progress=None),
        study.network,
        _chosen(request),
        drop=drop,
        samples=samples,
        seed=request.seed,
        progress=study.tells("draws"),
    )
    template = mark(
        "{measure}: Kendall’s tau with the whole {mean} ({low} to {high}); {top} of the first ten "
        "stay among them, over {samples} draws that each lose {drop} of the links (seed {seed})."
    )
    notes = tuple(
        note(
            template,
            measure=row.measure,
            mean=float(row.kendall_mean),
            low=float(row.kendall_low),
            high=float(row.kendall_high),
            top=_share(row.top10_kept),
            samples=samples,
            drop=_share(drop),
            seed=request.seed,
        )
        for row in kept.itertuples()
    )
    return Outcome(ranks, notes)


def without_documents_table(study: Study, request: Request) -> Outcome:
    """One row per document left out and measure."""
    from ptce_graph.analysis.certainty import without_each_source

    frame: DataFrame = without_each_source(
        lambda network: replace(study, network=network, progress=None),
        study.network,
        _chosen(request),
    )
    return Outcome(frame)


def _chosen(request: Request) -> tuple[str, ...]:
    for name in request.measures:
        measure_named(name)
    return tuple(request.measures) or tuple(name for name in _USUAL if name in MEASURES)


def _pair(request: Request) -> tuple[str, str] | None:
    return (request.between[0], request.between[1]) if request.between else None


def _share(value: float) -> str:
    return f"{100 * value:.3g} %"
