"""GEXF and GraphML: read back whole, with the measures that ``analyse`` tells and positions."""

from __future__ import annotations

import io
import math
from dataclasses import replace
from xml.etree import ElementTree

import networkx as nx
import pytest

import ptce_graph
from ptce_graph.analysis.measures import MEASURES
from ptce_graph.maps.build import map_model
from ptce_graph.network.filters import OBSERVED
from ptce_graph.publish import graph_files
from ptce_graph.publish.formats import FORMATS
from ptce_graph.publish.graph_files import gexf, graphml

WRITERS = {"gexf": gexf, "graphml": graphml}
READERS = {"gexf": nx.read_gexf, "graphml": nx.read_graphml}
NAMES = sorted(WRITERS)
HOSTILE = "</node><script>alert(1)</script> &amp; \"'`]]>\x00\x0b\x1b\ufffe\ud800 é\U0001f600"
KEPT = "</node><script>alert(1)</script> &amp; \"'`]]> é\U0001f600"


def _read(name, network):
    return READERS[name](io.BytesIO(WRITERS[name](network).encode("utf-8")))


def _look(name, data):
    """x, y, size and colour as red, green and blue, in the way of each format."""
    if name == "gexf":
        viz = data["viz"]
        color = tuple(viz["color"][band] for band in "rgb")
        return viz["position"]["x"], viz["position"]["y"], viz["size"], color
    color = data["color"]
    bands = tuple(int(color[at : at + 2], 16) for at in (1, 3, 5))
    return data["x"], data["y"], data["size"], bands


@pytest.fixture(scope="module", params=NAMES)
def written(request, bundled):
    """The name of a format, and the bundled network read back from it."""
    return request.param, _read(request.param, bundled.network())


def test_all_nodes_and_links_come_back(written, bundled):
    _name, read = written
    graph = bundled.network().graph
    assert not read.is_directed() and not read.is_multigraph()
    assert set(read.nodes) == set(graph.nodes)
    assert {frozenset(edge) for edge in read.edges} == {frozenset(edge) for edge in graph.edges}
    assert read.number_of_edges() == graph.number_of_edges() > 200


def test_nodes_and_links_tell_what_the_facts_tell_in_french(written, bundled):
    _name, read = written
    node = read.nodes["rtes"]
    assert (node["label"], node["type"], node["kind"]) == ("RTES", "network", "réseau")
    assert "association intermédiaire (AI)" in read.nodes["action-emploi"]["accreditations"]
    assert {"legal_forms", "accreditations", "place"} <= set(node)
    edge = read.edges["coorace", "groupe-archer"]
    assert edge["kinds"] == "membership" and edge["roles"] and edge["weight"] >= 1
    assert "article-coorace" in edge["sources"].split("|")
    graph, seen = bundled.network().graph, bundled.network(filters=OBSERVED).graph
    for one, other, data in graph.edges(data=True):
        told = bundled.links.loc[list(data["facts"]), "state"]
        observed = int((told == "constate").sum())
        assert read.edges[one, other]["facts"] == (observed or len(told))
        kept = seen.edges[one, other] if observed else data
        assert read.edges[one, other]["weight"] == pytest.approx(kept["weight"])


def test_the_links_observed_are_those_of_the_network_that_is_measured(written, bundled):
    _name, read = written
    observed = bundled.network(filters=OBSERVED).graph
    told = {frozenset(e[:2]) for e in read.edges(data="state") if e[2] == "constaté"}
    assert told == {frozenset(edge) for edge in observed.edges}
    planned = {state for *_ends, state in read.edges(data="state")} - {"constaté"}
    assert planned == {"prévu"}
    actions = {d["action_state"] for _n, d in read.nodes(data=True) if d["type"] == "cooperation"}
    assert actions == {"constaté", "prévu"}


def test_measures_are_those_that_analyse_tells(written, bundled):
    _name, read = written
    frame = bundled.analyse("nodes").set_index("id")
    for node, data in read.nodes(data=True):
        told = {name: data[name] for name in MEASURES if name in data}
        if node not in frame.index:
            assert told == {}, "a cooperation is no actor"
            continue
        expected = {
            name: frame.at[node, name] for name in MEASURES if not math.isnan(frame.at[node, name])
        }
        assert told == pytest.approx(expected, abs=1e-9)


def test_measures_are_typed(written):
    _name, read = written
    for _node, data in read.nodes(data=True):
        for name, measure in MEASURES.items():
            if name in data:
                assert type(data[name]) is (int if measure.whole else float)
    for _one, _other, data in read.edges(data=True):
        assert type(data["facts"]) is int and type(data["weight"]) is float


def test_an_undefined_measure_is_absent(written, bundled):
    _name, read = written
    frame = bundled.analyse("nodes", measures=["constraint"]).set_index("id")["constraint"]
    undefined = set(frame.index[frame.isna()])
    assert undefined
    assert undefined == {n for n in frame.index if "constraint" not in read.nodes[n]}


def test_every_node_has_a_place_of_its_own_lone_ones_too(written):
    name, read = written
    places = [_look(name, data)[:2] for _node, data in read.nodes(data=True)]
    assert len(set(places)) == len(places) > 200
    assert any(read.degree(node) == 0 for node in read)


def test_positions_colours_and_sizes_are_those_of_the_map(written, bundled):
    """The largest component stands as on the map, but for y, which Gephi counts upwards."""
    name, read = written
    model = map_model(bundled.network(), "fr")
    colors = {c.id: tuple(bytes.fromhex(c.color[1:])) for c in model.node_categories}
    whole = max(nx.connected_components(read), key=len)
    for node in model.nodes:
        x, y, size, color = _look(name, read.nodes[node.id])
        assert color == colors[node.category]
        assert size == node.size
        if node.id in whole:
            assert (x, y) == (node.x, -node.y)
    assert len(colors) >= 5


def test_beyond_a_size_there_are_no_positions_and_the_rest_is_there(tiny, monkeypatch):
    monkeypatch.setattr(graph_files, "MOST_PLACED", 3)
    network = tiny.network()
    assert all("x" not in data for _n, data in _read("graphml", network).nodes(data=True))
    read = _read("gexf", network)
    assert all("position" not in data["viz"] for _n, data in read.nodes(data=True))
    assert set(read) == set(network.ids)
    assert "2,000" in FORMATS["gexf"].loss
    monkeypatch.undo()
    assert graph_files.MOST_PLACED == 2_000


@pytest.mark.parametrize("name", NAMES)
def test_markup_stays_text_and_what_xml_cannot_hold_is_left_out(name, tiny):
    network = tiny.network()
    nodes = network.nodes.copy()
    nodes["name"] = nodes["name"].astype(object)
    nodes.loc["org-un", "name"] = HOSTILE
    read = _read(name, replace(network, nodes=nodes))
    assert read.nodes["org-un"]["label"] == KEPT
    assert len(read) == len(nodes)


@pytest.mark.parametrize("name", NAMES)
def test_no_clock_and_no_order_of_rows_changes_a_byte(name, tiny_copy, tiny):
    text = WRITERS[name](tiny.network())
    assert "lastmodified" not in text
    for table in sorted(tiny_copy.glob("sources/*/*.csv")):
        head, *rows = table.read_text("utf-8").splitlines()
        table.write_text("\n".join([head, *reversed(rows)]) + "\n", "utf-8")
    assert WRITERS[name](ptce_graph.load(tiny_copy).network()) == text


@pytest.mark.parametrize("name", NAMES)
def test_the_file_itself_says_which_links_are_measured(name, tiny):
    root = ElementTree.fromstring(WRITERS[name](tiny.network()).encode("utf-8"))
    path = ".//{*}meta/{*}description" if name == "gexf" else ".//{*}graph/{*}data"
    (element,) = root.findall(path)
    from ptce_graph.i18n import translator

    assert element.text == translator("fr")(graph_files.ABOUT)


def test_keys_of_graphml_are_unique(tiny):
    root = ElementTree.fromstring(graphml(tiny.network()).encode("utf-8"))
    keys = [key.get("id") for key in root.findall("{*}key")]
    assert len(set(keys)) == len(keys) > 20
    # Gephi takes these for the labels of another program.
    assert not {"d3", "d7"} & set(keys)


@pytest.mark.parametrize("name", NAMES)
def test_a_network_without_links_is_written_too(name, tiny):
    lone = tiny.network().without_nodes([n for n in tiny.network().ids if n != "org-un"])
    read = _read(name, lone)
    assert list(read) == ["org-un"] and read.number_of_edges() == 0


def test_measures_can_be_made_again_from_the_observed_part_of_the_file(bundled, tmp_path):
    file = bundled.export("graphml", tmp_path / "all.graphml")
    graph = nx.read_graphml(file)
    planned = [ends for ends in graph.edges if graph.edges[ends]["state"] != "constaté"]
    graph.remove_edges_from(planned)
    for measure, again in (
        ("strength", dict(graph.degree(weight="weight"))),
        ("betweenness", nx.betweenness_centrality(graph)),
        ("constraint", nx.constraint(graph, ["rtes", "mes-ramonville"], weight="weight")),
    ):
        for node in ("rtes", "mes-ramonville"):
            # Planned actions are nodes of the file, and pairs that paths cannot join.
            scale = 1.0
            if measure == "betweenness":
                now, then = (
                    len(graph),
                    len(bundled.analyse(measures=["degree"]))
                    + sum(
                        data["type"] == "cooperation" and data["action_state"] == "constaté"
                        for _node, data in graph.nodes(data=True)
                    ),
                )
                scale = (now - 1) * (now - 2) / ((then - 1) * (then - 2))
            assert graph.nodes[node][measure] == pytest.approx(again[node] * scale, abs=1e-6)
