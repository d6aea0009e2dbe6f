"""Two engines, one answer: every measure that both have gives the same values.

networkx is the other library here; the arrays are ours. Shapes: the bundled
data and random networks made into tables, with isolates, several parts, loops
and parallel edges in what they are made of.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import ptce_graph
from ptce_graph.analysis.measures import MEASURES, measure_nodes
from ptce_graph.analysis.study import ARRAYS, NETWORKX, Study
from ptce_graph.network.network import edges_of
from ptce_graph.network.projections import PROJECTIONS

BOTH = [name for name, measure in MEASURES.items() if measure.networkx]


def test_the_registry_is_whole():
    assert len(MEASURES) >= 16
    assert len(BOTH) >= 11
    for measure in MEASURES.values():
        assert measure.label and measure.definition.endswith(".") and measure.source
        # Only what a formula of its own defines cites no publication.
        assert measure.name == "bridges" or any(c.isdigit() for c in measure.source)


def _agree(network):
    values = {
        engine: measure_nodes(Study(network, engine), BOTH).sort_values("id")[BOTH]
        for engine in (NETWORKX, ARRAYS)
    }
    one, other = values[NETWORKX].to_numpy(float), values[ARRAYS].to_numpy(float)
    assert np.array_equal(np.isnan(one), np.isnan(other))
    np.testing.assert_allclose(one, other, rtol=1e-8, atol=1e-9)


@pytest.mark.parametrize("projection", PROJECTIONS)
def test_on_the_bundled_data(bundled, projection):
    _agree(bundled.network(projection))


def _random(bundled, seed, ties, weighted):
    """The bundled actors tied anew: loops and parallel edges are among what is drawn."""
    draw = np.random.default_rng(seed)
    network = bundled.network("affiliation")
    size = len(network.nodes)
    ends = draw.integers(0, size // 2 if seed % 2 else size, (ties, 2))
    weight = draw.random(ties) + 0.1 if weighted else np.ones(ties)
    facts = draw.integers(0, len(bundled.links), ties)
    edges = edges_of(ends[:, 0], ends[:, 1], np.zeros(ties, dtype=np.int64), weight, facts)
    return replace(network, edges=edges)


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize(("seed", "ties"), [(1, 0), (2, 1), (3, 60), (4, 150), (5, 400), (6, 3000)])
def test_on_random_networks(bundled, seed, ties, weighted):
    _agree(_random(bundled, seed, ties, weighted))


def test_a_star_by_hand(bundled):
    network = bundled.network("affiliation")
    leaves = np.arange(1, 5)
    edges = edges_of(
        np.zeros(4, dtype=np.int64), leaves, np.zeros(4, dtype=np.int64), np.ones(4), leaves
    )
    star = replace(network, nodes=network.nodes.head(6), edges=edges)
    frame = measure_nodes(Study(star)).set_index("id")
    hub, leaf, lone = (frame.loc[star.ids[at]] for at in (0, 1, 5))
    # Six nodes: five pairs of others pass nowhere for the lone one; the hub is on all six pairs
    # of leaves out of 5 * 4 / 2 = 10 pairs.
    assert hub["betweenness"] == pytest.approx(6 / 10)
    # 1/distance: four at 1, one out of reach; a leaf has one at 1 and three at 2.
    assert hub["harmonic"] == pytest.approx(4 / 5)
    assert leaf["harmonic"] == pytest.approx((1 + 3 / 2) / 5)
    # Each leaf spends all on the hub: constraint 1. The hub: 4 * (1/4)^2.
    assert (hub["constraint"], leaf["constraint"]) == (pytest.approx(1 / 4), 1)
    assert (hub["effective_size"], hub["pieces"], hub["core"]) == (4, 3, 1)
    assert np.isnan(lone["constraint"]) and lone["harmonic"] == 0 and lone["eigenvector"] == 0
    # Eigenvector of a star: the hub is sqrt(4) = 2 leaves; squares sum to 5/6 over five nodes.
    assert leaf["eigenvector"] == pytest.approx((5 / 6 / 8) ** 0.5)
    assert hub["eigenvector"] == pytest.approx(2 * leaf["eigenvector"])


def test_auto_takes_networkx_while_it_is_small_and_samples_when_it_is_told(bundled, monkeypatch):
    network = bundled.network()
    assert Study(network).by_networkx
    monkeypatch.setattr("ptce_graph.analysis.study.LARGE", 100)
    assert not Study(network).by_networkx
    assert Study(network, NETWORKX).by_networkx
    sampled = Study(network, pivots=20)
    assert sampled.sampled and not sampled.by_networkx
    assert not Study(network, pivots=0).sampled
    monkeypatch.setattr("ptce_graph.analysis.study.EXACT", 100)
    assert Study(network).sources_searched == 100
    assert Study(network, pivots=0).sources_searched == len(network.nodes)
    frame = measure_nodes(sampled, ["betweenness", "degree"])
    assert list(frame.columns[3:]) == ["betweenness", "betweenness_error", "degree"]
    assert (frame["betweenness_error"] >= 0).all() and frame["betweenness_error"].max() > 0


def test_a_sample_is_near_the_whole_as_its_error_says(bundled):
    network = bundled.network()
    exact = measure_nodes(Study(network), ["betweenness"]).set_index("id")["betweenness"]
    told = measure_nodes(Study(network, pivots=120), ["betweenness"]).set_index("id")
    off = (told["betweenness"] - exact[told.index]).abs()
    met = told["betweenness_error"] > 0
    assert met.sum() > 20
    assert (off[met] <= 4 * told.loc[met, "betweenness_error"]).mean() > 0.9


def test_networkx_is_not_let_loose_on_what_it_cannot_hold(bundled, monkeypatch):
    monkeypatch.setattr("ptce_graph.analysis.ask.NETWORKX_LIMIT", 100)
    with pytest.raises(ptce_graph.CallError, match="arrays give the same values"):
        bundled.analyse(measures=["degree"], engine="networkx")
    assert len(bundled.analyse(measures=["degree"])) > 100


def test_an_unknown_engine_is_told(bundled):
    with pytest.raises(ptce_graph.CallError, match="arrays"):
        bundled.analyse(engine="array")
