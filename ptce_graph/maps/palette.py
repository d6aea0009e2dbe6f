"""Colours that colour-blind people tell apart (Okabe and Ito), and what they stand for.

Shape repeats what colour says: a map printed in grey keeps its meaning.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from ptce_graph.i18n import mark
from ptce_graph.maps.model import Category
from ptce_graph.network.links import CARRYING, COOPERATION, MEMBERSHIP

#: For each category its label, colour and shape, in the order of the legend.
Looks = dict[str, tuple[str, str, str]]

NODE_LOOKS: Looks = {
    "network": (mark("Network"), "#0072B2", "diamond"),
    "pole": (mark("Pole (PTCE or presented as one)"), "#D55E00", "dot"),
    "local-authority": (mark("Local authority"), "#009E73", "square"),
    "organisation": (mark("Other organisation"), "#8A6FA8", "triangle"),
    "cooperation": (mark("Action of several partners"), "#E69F00", "hexagon"),
    "planned": (mark("Planned action"), "#F0E442", "hexagon"),
    "candidacy": (mark("Candidacy"), "#56B4E9", "star"),
    "region": (mark("Region"), "#009E73", "square"),
}
EDGE_LOOKS: Looks = {
    MEMBERSHIP: (mark("Membership"), "#4A6A8A", "solid"),
    CARRYING: (mark("Carries the pole"), "#D55E00", "solid"),
    COOPERATION: (mark("Cooperation"), "#B07A00", "dashed"),
    "planned": (mark("Planned cooperation"), "#8C8420", "dotted"),
    "overlap": (mark("Members in common"), "#4A6A8A", "solid"),
    "between": (mark("Ties between their organisations"), "#4A6A8A", "solid"),
    "comembership": (mark("Members of a same network or pole"), "#4A6A8A", "solid"),
    "candidacy": (mark("Candidate to the call"), "#B07A00", "solid"),
}
#: Colours of the largest groups of a grouping; all further groups share one grey.
GROUP_COLORS = (
    "#0072B2",
    "#D55E00",
    "#009E73",
    "#CC79A7",
    "#E69F00",
    "#56B4E9",
    "#2F2F2F",
    "#F0E442",
)
OTHERS = "#A3ABB5"


def counted(
    looks: Looks, found: Iterable[str], words: Callable[[str], str]
) -> tuple[Category, ...]:
    """The categories that occur, in the order of the legend, with how often they do."""
    counts = Counter(found)
    return tuple(
        Category(name, words(label), color, shape, counts[name])
        for name, (label, color, shape) in looks.items()
        if counts[name]
    )
