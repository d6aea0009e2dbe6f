"""The tables on groups: who belongs where, overlaps, brokers, mixing, communities."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ptce_graph.analysis.belonging import group_name, groups_of, joined
from ptce_graph.analysis.brokers import brokerage_of, ties_between_members
from ptce_graph.analysis.result import Outcome, Request
from ptce_graph.analysis.study import Study
from ptce_graph.errors import unknown_choice
from ptce_graph.i18n import Note, mark, note
from ptce_graph.i18n import gettext as _

if TYPE_CHECKING:
    from pandas import DataFrame

#: A group with fewer members than this says little about chance.
SMALL = 5
_SAMPLES = 999
#: What has members that can be shared.
_OVERLAPPING = ("networks", "poles", "both")
_SMALL_GROUPS = mark(
    "{n} of {all} groups have fewer than {small} members named: read their numbers as examples, "
    "not as rates."
)
_CLOSENESS = mark(
    "The network is in several parts: closeness is scaled by the size of the part, as networkx "
    "does, and may pass 1 in a small one."
)
_NO_GROUP = mark(
    "{n} of {all} organisations and poles belong to no group that a document names; they are left "
    "out, and so are actions."
)
_NO_END = mark(
    "{n} of {all} organisations and poles belong to no group that a document names: they can "
    "broker, as actions can, but no pair ends at them."
)


def memberships_table(study: Study, request: Request) -> Outcome:
    """One row per organisation that belongs to at least one network or pole: how many, which."""
    import pandas as pd

    told = joined(study.network)
    actors = study.network.facts.actors
    networks = set(actors.index[actors["kind"] == "reseau"])
    rows = []
    for member, part in told.groupby("subject", sort=True):
        found = sorted(set(part["object"]))
        among = [name for name in found if name in networks]
        rows.append(
            {
                "id": member,
                "networks": len(among),
                "poles": len(found) - len(among),
                "in_networks": "|".join(among),
                "in_poles": "|".join(name for name in found if name not in networks),
                "facts": tuple(part.index),
            }
        )
    columns = ["id", "networks", "poles", "in_networks", "in_poles", "facts"]
    frame = pd.DataFrame(rows, columns=columns)
    frame["total"] = frame["networks"] + frame["poles"]
    frame = frame.sort_values(["total", "id"], ascending=[False, True]).drop(columns="total")
    several = int((frame["networks"] + frame["poles"] > 1).sum())
    return Outcome(
        frame,
        (note(mark("{n} of {all} belong to more than one."), n=several, all=len(frame)),),
    )


def overlap_table(study: Study, request: Request) -> Outcome:
    """One row per pair of networks or poles, beside what chance would give."""
    from ptce_graph.analysis.overlap import overlaps

    told = _chosen_groups(study, joined(study.network), request)
    members, groups, member, group = _incidence(told)
    samples = request.samples if request.samples is not None else _SAMPLES
    tells = study.tells("draws")
    frame = overlaps(
        len(members), len(groups), member, group, samples, request.seed, progress=tells
    )
    for column in ("a", "b"):
        frame[column] = [groups[at] for at in frame[column]]
    frame = frame.rename(columns={"a": "group_a", "b": "group_b"})
    if request.between:
        kept = frame["group_a"].isin(request.between) & frame["group_b"].isin(request.between)
        frame = frame[kept]
    rows = {group: set(part.index) for group, part in told.groupby("object")}
    subject = told["subject"].to_dict()
    facts = []
    for one, other in zip(frame["group_a"], frame["group_b"], strict=True):
        sides = [{subject[at] for at in rows[g]} for g in (one, other)]
        both = sides[0] & sides[1]
        facts.append(tuple(sorted(at for at in rows[one] | rows[other] if subject[at] in both)))
    frame = frame.assign(facts=facts)
    order = ["shared", "lift", "group_a", "group_b"]
    frame = frame.sort_values(order, ascending=[False, False, True, True], ignore_index=True)
    sizes = told.groupby("object")["subject"].nunique()
    drawn = note(
        mark(
            "Chance: {samples} draws (seed {seed}) over the {groups} groups compared, which keep "
            "the number of memberships of each member and of members of each group; p-values are "
            "known to within {error}."
        ),
        groups=int(told["object"].nunique()),
        error=1.96 * 0.5 / samples**0.5,
        samples=samples,
        seed=request.seed,
    )
    return Outcome(frame, (drawn, *_small_groups(sizes.to_dict())))


def two_mode_table(study: Study, request: Request) -> Outcome:
    """One row per node and mode: as a member, as a network or pole."""
    import pandas as pd

    from ptce_graph.analysis.kernels.adjacency import adjacency
    from ptce_graph.analysis.kernels.structure import components
    from ptce_graph.analysis.two_mode import two_mode

    told = joined(study.network)
    members, groups, member, group = _incidence(told)
    pivots = study.sources_searched if study.sampled else None
    found = two_mode(len(members), len(groups), member, group, pivots, study.seed)
    frames = []
    for mode, names, values in (
        ("member", members, found.members),
        ("group", groups, found.groups),
    ):
        frames.append(
            pd.DataFrame(
                {
                    "id": names,
                    "mode": mode,
                    "degree": values.degree,
                    "closeness": values.closeness,
                    "betweenness": values.betweenness,
                }
            )
        )
    frame = pd.concat(frames, ignore_index=True)
    ends = np.stack([member, group + len(members)], axis=1)
    parts = components(adjacency(len(members) + len(groups), ends))
    frame["part"] = parts
    order = ["mode", "degree", "betweenness", "id"]
    frame = frame.sort_values(order, ascending=[True, False, False, True], ignore_index=True)
    notes = (note(_CLOSENESS),) if (frame["closeness"] > 1).any() else ()
    return Outcome(frame, notes)


def brokerage_table(study: Study, request: Request) -> Outcome:
    """One row per node that brokers, with Gould and Fernandez's five roles."""
    import pandas as pd

    network = study.network
    found = brokerage_of(network, request.grouping)
    frame = pd.DataFrame(
        {
            "id": network.ids,
            "coordinator": found.coordinator,
            "itinerant": found.itinerant,
            "gatekeeper": found.gatekeeper,
            "representative": found.representative,
            "liaison": found.liaison,
            "total": found.total,
            "between": found.between,
        }
    )
    frame = frame[frame["total"] > 0].round(6)
    frame = frame.sort_values(["between", "total", "id"], ascending=[False, False, True])
    notes = _ungrouped(study, request.grouping, _NO_END)
    return Outcome(frame.reset_index(drop=True), notes)


def mixing_table(study: Study, request: Request) -> Outcome:
    """Densities within and between groups, with the E–I index of each and of all."""
    from ptce_graph.analysis.mixing import assortativity, densities, ei_index

    network = study.network
    graph = ties_between_members(network, request.grouping)
    groups = groups_of(network, request.grouping)
    overall, each = ei_index(graph, groups)
    frame = densities(graph, groups)
    by_group = each.set_index("group")
    within = frame["group_a"] == frame["group_b"]
    frame["ei"] = [
        by_group["ei"].get(name, np.nan) if same else np.nan
        for name, same in zip(frame["group_a"], within, strict=True)
    ]
    frame = frame[(frame["pairs"] > 0) & (within | (frame["ties"] > 0))]
    order = ["ties", "group_a", "group_b"]
    frame = frame.sort_values(order, ascending=[False, True, True])
    for column in ("group_a", "group_b"):
        names = [group_name(network, name) for name in frame[column]]
        frame.insert(list(frame.columns).index(column) + 1, f"{column}_name", names)
    summary = note(
        mark("E–I index of all: {ei}. Assortativity: {r}."),
        ei=overall,
        r=assortativity(graph, groups),
    )
    sizes = dict(zip(each["group"], each["nodes"], strict=True))
    return Outcome(
        frame.reset_index(drop=True),
        (summary, *_ungrouped(study, request.grouping), *_small_groups(sizes)),
    )


def communities_table(study: Study, request: Request) -> Outcome:
    """One row per node: the community found, and the group it declares."""
    import pandas as pd

    from ptce_graph.analysis.agreement import ari, nmi
    from ptce_graph.analysis.kernels.louvain import communities, modularity

    network, graph = study.network, study.adjacency
    found = communities(graph, request.seed)
    groups = groups_of(network, request.grouping)
    declared = [groups.shares.indices[a:b].tolist() for a, b in _rows(groups.shares.indptr)]
    tied = graph.degree > 0
    frame = pd.DataFrame(
        {
            "community": found,
            "id": network.ids,
            "declared": ["|".join(groups.names[at] for at in own) for own in declared],
        }
    )[tied]
    one_only = tied & np.array([len(own) == 1 for own in declared], dtype=bool)
    labels = np.array([own[0] if len(own) == 1 else -1 for own in declared])[one_only]
    notes = (
        note(
            mark("{n} communities of tied nodes; modularity {q}."),
            n=len(set(found[tied].tolist())),
            q=modularity(graph, found),
        ),
        note(
            mark(
                "Agreement with the groups declared, over the {n} nodes tied and in one group "
                "only: normalised mutual information {nmi}, adjusted Rand index {ari}."
            ),
            n=int(one_only.sum()),
            nmi=nmi(found[one_only], labels),
            ari=ari(found[one_only], labels),
        ),
    )
    frame["size"] = frame.groupby("community")["id"].transform("size")
    frame = frame.sort_values(["community", "id"])
    return Outcome(frame[["community", "size", "id", "declared"]].reset_index(drop=True), notes)


def _rows(indptr: np.ndarray) -> list[tuple[int, int]]:
    return list(zip(indptr[:-1].tolist(), indptr[1:].tolist(), strict=True))


def _chosen_groups(study: Study, told: DataFrame, request: Request) -> DataFrame:
    """The memberships in networks, or in poles, or in both (also where two are named)."""
    if request.grouping not in _OVERLAPPING:
        raise unknown_choice(
            _("No overlap by {name}.").format(name=request.grouping), request.grouping, _OVERLAPPING
        )
    actors = study.network.facts.actors
    networks = actors.index[actors["kind"] == "reseau"]
    wanted = request.grouping
    if request.between:
        kinds = {"networks" if one in networks else "poles" for one in request.between}
        # A network and a pole are compared among both.
        wanted = kinds.pop() if len(kinds) == 1 and wanted != "both" else "both"
    if wanted == "both":
        return told
    return told[told["object"].isin(networks) == (wanted == "networks")]


def _incidence(told: DataFrame) -> tuple[list[str], list[str], np.ndarray, np.ndarray]:
    """Members, groups, and each membership as a pair of their positions."""
    members, groups = sorted(set(told["subject"])), sorted(set(told["object"]))
    of_member = {name: at for at, name in enumerate(members)}
    of_group = {name: at for at, name in enumerate(groups)}
    return (
        members,
        groups,
        np.array([of_member[name] for name in told["subject"]], dtype=np.int64),
        np.array([of_group[name] for name in told["object"]], dtype=np.int64),
    )


def _small_groups(sizes: dict[str, int]) -> tuple[Note, ...]:
    small = sum(size < SMALL for size in sizes.values())
    return (note(_SMALL_GROUPS, n=small, all=len(sizes), small=SMALL),) if small else ()


def _ungrouped(study: Study, grouping: str, words: str = _NO_GROUP) -> tuple[Note, ...]:
    """How many organisations and poles have no group; an action can have none."""
    actors = (study.network.nodes["type"] != "cooperation").to_numpy(dtype=bool)
    lost = int(np.sum(actors & ~groups_of(study.network, grouping).grouped))
    return (note(words, n=lost, all=int(actors.sum())),) if lost else ()
