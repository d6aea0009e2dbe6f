"""Maps of what is too large for one: networks, poles or regions in the place of organisations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ptce_graph.analysis.belonging import groups_of
from ptce_graph.analysis.kernels.adjacency import Ints
from ptce_graph.errors import CallError, unknown_choice
from ptce_graph.i18n import gettext as _
from ptce_graph.maps.groupings import group_label
from ptce_graph.maps.layout import Layout, layout
from ptce_graph.maps.positions import Point
from ptce_graph.maps.views import Seen
from ptce_graph.network.links import CARRYING, MEMBERSHIP
from ptce_graph.network.network import Network

if TYPE_CHECKING:
    from scipy.sparse import csr_array

#: What an overview can show, the first of which that has enough to show is the default.
LEVELS = ("networks", "poles", "region")
#: More groups or ties than this are no overview: the largest are shown, and it is said.
MOST_GROUPS, MOST_TIES = 300, 1_200
#: Of each tie so many facts are told as examples.
EXAMPLES = 5

#: What is shared (or tied), and the rows of links that say so.
Examples = tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True)
class Tie:
    """Two groups, how much ties them, and the rows of links of some examples.

    ``examples`` are what they share (or, between regions, pairs of tied
    nodes) with rows of the links table.
    """

    one: str
    other: str
    count: int
    examples: Examples


@dataclass(frozen=True)
class Overview:
    """Groups by their number of members, largest first, and their ties, on their sheet."""

    seen: Seen
    level: str
    sizes: dict[str, int]
    ties: tuple[Tie, ...]
    placed: Layout
    groups_left_out: int
    ties_left_out: int


def overview(seen: Seen, level: str = "", before: Mapping[str, Point] | None = None) -> Overview:
    """The groups of ``level`` (one of ``LEVELS``) in ``seen``; a fitting one without it.

    Raises ``CallError`` for another level, and where no organisation belongs to
    any such group.
    """
    if level and level not in LEVELS:
        raise unknown_choice(_("There is no overview by {name}.").format(name=level), level, LEVELS)
    for chosen in (level,) if level else LEVELS:
        names, matrix = _members(seen.network, chosen)
        if len(names) > (0 if level else 1):
            return _made(seen, chosen, names, matrix, before)
    raise CallError(
        _("There is no overview: no organisation shown belongs to a group."),
        _("The groups: {all}.").format(all=", ".join(LEVELS)),
    )


def _members(network: Network, level: str) -> tuple[list[str], csr_array]:
    """The groups, largest first, and who is in them: an (n, g) matrix of zeros and ones."""
    from scipy.sparse import csr_array

    groups = groups_of(network, level)
    told = groups.shares.tocoo()
    own = network.ids.get_indexer(list(groups.names)) if len(groups.names) else np.zeros(0, int)
    # A network is not its own member.
    others = told.row != own[told.col]
    row, column = told.row[others], told.col[others]
    sizes = np.bincount(column, minlength=len(groups.names))
    order = [int(at) for at in np.lexsort((np.arange(len(sizes)), -sizes)) if sizes[at]]
    place = np.zeros(len(sizes), dtype=np.int64)
    place[order] = np.arange(len(order))
    ones = np.ones(len(row), dtype=np.int64)
    matrix = csr_array((ones, (row, place[column])), shape=(len(network.nodes), len(order)))
    return [groups.names[at] for at in order], matrix


def _made(
    seen: Seen,
    level: str,
    names: list[str],
    matrix: csr_array,
    before: Mapping[str, Point] | None,
) -> Overview:
    left_out = max(len(names) - MOST_GROUPS, 0)
    names, matrix = names[:MOST_GROUPS], matrix[:, :MOST_GROUPS]
    sizes = np.asarray(matrix.sum(axis=0)).ravel().tolist()
    by_region = level == "region"
    tied = _ties_between(seen.network, matrix) if by_region else matrix.T @ matrix
    found = _pairs(tied, names)
    shown = found[:MOST_TIES]
    pairs = [pair for _count, *pair in shown]
    told = (_tied_examples if by_region else _shared_examples)(seen.network, names, matrix, pairs)
    ties = tuple(
        Tie(min(names[one], names[other]), max(names[one], names[other]), count, facts)
        for (count, one, other), facts in zip(shown, told, strict=True)
    )
    return Overview(
        seen,
        level,
        dict(zip(names, sizes, strict=True)),
        ties,
        _placed({name: group_label(seen.network, name, "fr") for name in names}, ties, before),
        left_out,
        len(found) - len(shown),
    )


def _pairs(tied: csr_array, names: list[str]) -> list[tuple[int, int, int]]:
    """Tied pairs of groups with how much ties them, the most tied first, equals by name."""
    told = tied.tocoo()
    upper = (told.row < told.col) & (told.data > 0)
    found = zip(
        told.data[upper].tolist(), told.row[upper].tolist(), told.col[upper].tolist(), strict=True
    )
    return sorted(found, key=lambda pair: (-pair[0], *sorted((names[pair[1]], names[pair[2]]))))


def _ties_between(network: Network, matrix: csr_array) -> csr_array:
    """For each pair of groups the number of ties between their nodes, (g, g)."""
    from scipy.sparse import csr_array

    one, other = network.edges.ends.T
    ones, count = np.ones(len(one), dtype=np.int64), len(network.nodes)
    ties = csr_array((ones, (one, other)), shape=(count, count))
    between = matrix.T @ ties @ matrix
    return between + between.T


def _shared_examples(
    network: Network, names: list[str], matrix: csr_array, pairs: list[list[int]]
) -> list[Examples]:
    """For each pair some members of both, with the rows by which they are."""
    links = network.links
    told = links[links["kind"].isin((MEMBERSHIP, CARRYING)) & links["object"].isin(names)]
    rows: dict[tuple[str, str], list[int]] = {}
    for row, subject, group in zip(
        told.index.tolist(), told["subject"], told["object"], strict=True
    ):
        rows.setdefault((subject, group), []).append(row)
    columns, ids = matrix.tocsc(), network.ids
    found = []
    for one, other in pairs:
        both = np.intersect1d(_column(columns, one), _column(columns, other))[:EXAMPLES]
        found.append(
            tuple(
                (name, tuple(rows[name, names[one]] + rows[name, names[other]]))
                for name in ids[both].tolist()
            )
        )
    return found


def _tied_examples(
    network: Network, names: list[str], matrix: csr_array, pairs: list[list[int]]
) -> list[Examples]:
    """For each pair some ties between a node of the one and a node of the other."""
    columns, titles = matrix.tocsc(), network.nodes["name"].astype(str).to_numpy()
    first, second = network.edges.ends.T
    inside = {}
    for group in sorted({group for pair in pairs for group in pair}):
        inside[group] = np.zeros(len(titles), dtype=bool)
        inside[group][_column(columns, group)] = True
    found = []
    for one, other in pairs:
        forth = inside[one][first] & inside[other][second]
        tied = np.flatnonzero(forth | (inside[other][first] & inside[one][second]))[:EXAMPLES]
        found.append(
            tuple(
                (f"{titles[first[at]]} – {titles[second[at]]}", network.edges.facts_of(int(at)))
                for at in tied
            )
        )
    return found


def _column(columns: csr_array, at: int) -> Ints:
    found: Ints = np.sort(columns.indices[columns.indptr[at] : columns.indptr[at + 1]])
    return found


def _placed(
    labels: dict[str, str], ties: tuple[Tie, ...], before: Mapping[str, Point] | None
) -> Layout:
    import networkx as nx

    graph = nx.Graph()
    for name, label in labels.items():
        graph.add_node(name, label=label)
    for tie in ties:
        graph.add_edge(tie.one, tie.other, weight=float(tie.count))
    return layout(graph, before)
