"""The measures of nodes: one registry, one entry per measure.

Commands, maps, reports, RDF and documentation read it. Adding a measure: write
its function (with networkx in ``reference.py``; on arrays in ``kernels/`` where
France needs it), add its line to ``MEASURES``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ptce_graph.analysis import belonging, reference
from ptce_graph.analysis.kernels.adjacency import Floats
from ptce_graph.analysis.study import Study
from ptce_graph.errors import unknown_choice
from ptce_graph.i18n import gettext as _
from ptce_graph.i18n import mark

if TYPE_CHECKING:
    from pandas import DataFrame

Function = Callable[[Study], Floats]


@dataclass(frozen=True)
class Measure:
    """A measure of nodes.

    ``label`` and ``definition`` are English message identifiers; ``source`` is
    the publication that defines it. ``networkx`` computes the reference,
    ``arrays`` the same values on large networks; a count on the tables has
    ``arrays`` only. ``whole``: the values are counts, not fractions.
    ``error``: the standard error of values that are estimated.
    ``lowest_first``: a low value is what is looked for.
    """

    name: str
    label: str
    definition: str
    source: str
    arrays: Function
    networkx: Function | None = None
    whole: bool = False
    error: Function | None = None
    lowest_first: bool = False


def _strength(study: Study) -> Floats:
    graph = study.adjacency
    found = np.bincount(graph.ends.ravel(), np.repeat(graph.weight, 2), minlength=graph.n)
    return found.astype(np.float64)


def _core(study: Study) -> Floats:
    from ptce_graph.analysis.kernels.structure import core_number

    return core_number(study.adjacency)


def _pieces(study: Study) -> Floats:
    from ptce_graph.analysis.kernels.structure import pieces

    return pieces(study.adjacency)


def _eigenvector(study: Study) -> Floats:
    from ptce_graph.analysis.kernels.spectral import eigenvector

    return eigenvector(study.adjacency)


def _pagerank(study: Study) -> Floats:
    from ptce_graph.analysis.kernels.spectral import pagerank

    return pagerank(study.adjacency)


def _clustering(study: Study) -> Floats:
    from ptce_graph.analysis.kernels.local import clustering

    return clustering(study.adjacency, study.triangles)


def _constraint(study: Study) -> Floats:
    from ptce_graph.analysis.kernels.local import constraint

    return constraint(study.adjacency, study.triangles)


def _effective_size(study: Study) -> Floats:
    from ptce_graph.analysis.kernels.local import effective_size

    return effective_size(study.adjacency, study.triangles)


def _participation(study: Study) -> Floats:
    from ptce_graph.analysis.mixing import participation

    return participation(study.adjacency, belonging.groups_of(study.network, "networks"))


def _brokering(study: Study) -> Floats:
    from ptce_graph.analysis.brokers import brokerage_of

    return brokerage_of(study.network, "networks").between


def _bridges(study: Study) -> Floats:
    from ptce_graph.analysis.bridges import pairs_bridged

    counts = pairs_bridged(study.network)
    return np.array([counts.get(node, 0) for node in study.network.ids.tolist()], dtype=np.float64)


MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (
        Measure(
            "degree",
            mark("Degree"),
            mark("Number of organisations, poles and cooperations tied to it."),
            "Freeman, L. C., Centrality in social networks: conceptual clarification, "
            "Social Networks 1, 1979",
            lambda study: study.adjacency.degree.astype(np.float64),
            reference.degree,
            whole=True,
        ),
        Measure(
            "strength",
            mark("Weighted degree"),
            mark(
                "Sum of the weights of its ties: 1 for each in the network of all links; 1/(k - 1) "
                "per pair for a cooperation or group of k; members shared in overlaps."
            ),
            "Newman, M. E. J., Scientific collaboration networks II, Physical Review E 64, 2001",
            _strength,
            reference.strength,
        ),
        Measure(
            "betweenness",
            mark("Betweenness"),
            mark(
                "Share of the shortest paths between the others that pass through it, from 0 to 1."
            ),
            "Freeman, L. C., A set of measures of centrality based on betweenness, Sociometry 40, "
            "1977; sampled: Brandes, U. and Pich, C., Centrality estimation in large networks, "
            "International Journal of Bifurcation and Chaos 17, 2007",
            lambda study: study.paths.betweenness,
            reference.betweenness,
            error=lambda study: study.paths.betweenness_error,
        ),
        Measure(
            "harmonic",
            mark("Harmonic closeness"),
            mark(
                "Mean of 1/distance to all others, 0 for those out of reach: from 0 (tied to "
                "nothing) to 1 (tied to all)."
            ),
            "Marchiori, M. and Latora, V., Harmony in the small-world, Physica A 285, 2000; "
            "Rochat, Y., Closeness centrality extended to unconnected graphs, ASNA 2009",
            lambda study: study.paths.harmonic,
            reference.harmonic,
            error=lambda study: study.paths.harmonic_error,
        ),
        Measure(
            "eigenvector",
            mark("Eigenvector centrality"),
            mark(
                "High when its ties, by their weight, lead to those that are high. Computed in "
                "each connected part, the mean square of which is the same; 0 when tied to nothing."
            ),
            "Bonacich, P., Power and centrality: a family of measures, American Journal of "
            "Sociology 92, 1987",
            _eigenvector,
            reference.eigenvector,
        ),
        Measure(
            "pagerank",
            mark("PageRank"),
            mark(
                "Share of the time that a walk spends on it, which follows ties by their weight "
                "and starts anew anywhere with chance 0.15; all shares add up to 1."
            ),
            "Page, L., Brin, S., Motwani, R. and Winograd, T., The PageRank citation ranking, "
            "Stanford InfoLab 1999",
            _pagerank,
            reference.pagerank,
        ),
        Measure(
            "core",
            mark("k-core"),
            mark(
                "The largest k such that it is in a part of the network in which all have at "
                "least k ties."
            ),
            "Seidman, S. B., Network structure and minimum degree, Social Networks 5, 1983",
            _core,
            reference.core,
            whole=True,
        ),
        Measure(
            "clustering",
            mark("Clustering"),
            mark(
                "Share of the pairs of its neighbours that are tied to each other, from 0 to 1; "
                "0 with fewer than two neighbours."
            ),
            "Watts, D. J. and Strogatz, S. H., Collective dynamics of small-world networks, "
            "Nature 393, 1998",
            _clustering,
            reference.clustering,
        ),
        Measure(
            "constraint",
            mark("Burt’s constraint"),
            mark(
                "How far its ties, by their weight, lead back to the same few contacts: low for "
                "those who broker between contacts that do not know each other. Not defined when "
                "tied to nothing."
            ),
            "Burt, R. S., Structural Holes, Harvard University Press, 1992",
            _constraint,
            reference.constraint,
            lowest_first=True,
        ),
        Measure(
            "effective_size",
            mark("Effective size"),
            mark(
                "Number of its contacts less their mean number of ties among themselves, each tie "
                "counted once: how many contacts that are not redundant. Not defined when tied to "
                "nothing."
            ),
            "Burt, R. S., Structural Holes, 1992; Borgatti, S. P., Structural holes: unpacking "
            "Burt’s redundancy measures, Connections 20, 1997",
            _effective_size,
            reference.effective_size,
        ),
        Measure(
            "pieces",
            mark("Pieces added by its loss"),
            mark(
                "Number of pieces more that the network falls into without it; above 0 it is an "
                "articulation point."
            ),
            "Hopcroft, J. and Tarjan, R., Algorithm 447: efficient algorithms for graph "
            "manipulation, Communications of the ACM 16, 1973",
            _pieces,
            reference.pieces,
            whole=True,
        ),
        Measure(
            "memberships",
            mark("Memberships"),
            mark("Number of different networks and poles it belongs to."),
            "Breiger, R. L., The duality of persons and groups, Social Forces 53, 1974",
            lambda study: belonging.memberships(study.network),
            whole=True,
        ),
        Measure(
            "members",
            mark("Members named"),
            mark("Number of different organisations and poles that a document says belong to it."),
            "Breiger, R. L., The duality of persons and groups, Social Forces 53, 1974",
            lambda study: belonging.members(study.network),
            whole=True,
        ),
        Measure(
            "participation",
            mark("Participation across networks"),
            mark(
                "How evenly its ties spread over members of different networks: 0 when all are "
                "in one network, near 1 when spread over many. Not defined when none of its "
                "neighbours belongs to a network."
            ),
            "Guimerà, R. and Amaral, L. A. N., Functional cartography of complex metabolic "
            "networks, Nature 433, 2005",
            _participation,
        ),
        Measure(
            "brokering",
            mark("Brokering between networks"),
            mark(
                "Number of pairs of its neighbours that are not tied to each other and belong to "
                "different networks; ties to the networks themselves are not counted."
            ),
            "Gould, R. V. and Fernandez, R. M., Structures of mediation, Sociological "
            "Methodology 19, 1989",
            _brokering,
        ),
        Measure(
            "bridges",
            mark("Pairs of networks bridged"),
            mark(
                "Number of pairs of networks that it ties together: an organisation by "
                "belonging to both, a pole by the organisations attached to it."
            ),
            "ptce-graph, analysis/bridges.py",
            _bridges,
            whole=True,
        ),
    )
}


def measure_named(name: str) -> Measure:
    """The measure called ``name``; ``CallError`` tells the nearest where there is none."""
    if name not in MEASURES:
        raise unknown_choice(
            _("There is no measure named {name}.").format(name=name), name, MEASURES
        )
    return MEASURES[name]


def measure_nodes(study: Study, names: Sequence[str] = ()) -> DataFrame:
    """A frame with one row per organisation or pole, sorted by the first measure, highest first.

    (Lowest first where that is what is looked for: Burt's constraint.)

    Columns: ``id``, ``name``, ``type`` (``organisation``, ``network`` or
    ``pole``), then one per measure of ``names`` (all without it), with
    ``<measure>_error``, its standard error, after those that are estimated.
    Undefined values are NaN. Raises ``CallError`` for an unknown measure.
    """
    import pandas as pd

    chosen = [measure_named(name) for name in dict.fromkeys(names)] or list(MEASURES.values())
    nodes = study.network.nodes
    columns: dict[str, object] = {
        "id": nodes.index,
        "name": nodes["name"].to_numpy(),
        "type": nodes["type"].to_numpy(),
    }
    for number, measure in enumerate(chosen):
        if study.progress:
            study.progress(measure.name, number, len(chosen))
        columns[measure.name] = _values(study, measure)
        if measure.error and study.sampled:
            columns[f"{measure.name}_error"] = measure.error(study)
    if study.progress:
        study.progress("", len(chosen), len(chosen))
    frame = pd.DataFrame(columns)
    frame = frame[frame["type"] != "cooperation"]
    order = [*[measure.name for measure in chosen], "id"]
    ascending = [*[measure.lowest_first for measure in chosen], True]
    return frame.sort_values(order, ascending=ascending).reset_index(drop=True)


def _values(study: Study, measure: Measure) -> object:
    values = (measure.networkx if study.by_networkx and measure.networkx else measure.arrays)(study)
    # Round-off is no difference between two nodes, nor between two machines.
    values = np.round(values, 12) + 0.0
    return values.astype(np.int64) if measure.whole else values
