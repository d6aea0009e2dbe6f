"""From a drawing to the map model, in the words of one language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ptce_graph.errors import unknown_choice
from ptce_graph.i18n import LANGUAGES, translator
from ptce_graph.i18n import gettext as _
from ptce_graph.maps.cards import Cards
from ptce_graph.maps.criteria import answers_of, criteria_told
from ptce_graph.maps.drawing import Drawing, degrees, drawing
from ptce_graph.maps.groupings import groupings, groups_by_node, scales, values_of
from ptce_graph.maps.layout import Layout
from ptce_graph.maps.model import MapModel, Node, Tray
from ptce_graph.maps.palette import EDGE_LOOKS, NODE_LOOKS, counted
from ptce_graph.maps.sentences import Sentences
from ptce_graph.maps.ties import edges, years
from ptce_graph.maps.titles import (
    notes,
    side_looks,
    sources,
    subtitle,
    title_of,
    tray_label,
    tray_words,
)
from ptce_graph.maps.views import seen_network
from ptce_graph.network.links import CANDIDACY
from ptce_graph.network.network import Network
from ptce_graph.tables.columns import as_dict

if TYPE_CHECKING:
    from ptce_graph.maps.geography import Placed

SMALLEST, LARGEST = 9, 30


def map_model(network: Network, language: str, title: str = "") -> MapModel:
    """The map of ``network`` in ``language``, ``fr`` or ``en``.

    Node size grows with the square root of degree. Raises ``CallError`` for
    another language.
    """
    known_language(language)
    return in_words(drawing(seen_network(network)), language, title)


def map_models(drawn: Drawing, language: str, title: str = "") -> tuple[MapModel, ...]:
    """The models of one drawing in ``language``, then in the other languages.

    They have the same nodes, edges, order and positions; only words differ.
    Raises ``CallError`` for another language, and where ``drawn.start`` names
    nothing that this map shows.
    """
    known_language(language)
    others = [other for other in LANGUAGES if other != language]
    models = tuple(in_words(drawn, chosen, title) for chosen in (language, *others))
    check_start(models[0])
    return models


def check_start(model: MapModel) -> None:
    """Raises ``CallError``, with the nearest, where the start names nothing that there is."""
    scales = [scale.id for scale in model.scales]
    choices = {
        "color": [*scales, *(grouping.id for grouping in model.groupings)],
        "size": scales,
        "layout": ["network", *_layouts(model)],
    }
    for what, chosen in model.start:
        if chosen not in choices[what]:
            raise unknown_choice(
                _("This map shows nothing by {name}.").format(name=chosen), chosen, choices[what]
            )


def _layouts(model: MapModel) -> list[str]:
    told = [("geographic", model.geography), ("overview", model.overview_edges)]
    return [name for name, there in told if there]


def known_language(language: str) -> None:
    """Raises ``CallError`` for a language that maps do not speak."""
    if language not in LANGUAGES:
        raise unknown_choice(
            _("Maps do not speak {language}.").format(language=language), language, LANGUAGES
        )


def in_words(drawn: Drawing, language: str, title: str = "") -> MapModel:
    """The model of ``drawn`` in ``language``; its nodes are sorted by identifier."""
    network, words = drawn.network, translator(language)
    said = Sentences(network.facts, drawn.touching, frozenset(network.ids), language)
    on_places = drawn.on_places(language)
    nodes = _nodes(drawn, said, language, on_places)
    ties = edges(network, said, (drawn.seen.first, drawn.seen.second))
    looks = side_looks(drawn.seen, language) if drawn.seen.view.compare else EDGE_LOOKS
    return MapModel(
        language=language,
        title=title or title_of(drawn.seen, language),
        subtitle=subtitle(drawn, language),
        node_categories=counted(NODE_LOOKS, (n.category for n in nodes), words),
        edge_categories=counted(looks, (e.category for e in ties), words),
        nodes=nodes,
        edges=ties,
        trays=_trays(drawn.placed, tray_label(drawn.seen, words)),
        sources=sources(network, language),
        notes=notes(drawn, language),
        scales=scales(drawn.measured, language),
        groupings=groupings(network, drawn.members, language),
        geography=on_places.geography,
        overview_edges=edges(drawn.overview, said),
        years=years(ties),
        overview_trays=_trays(drawn.overview_placed, tray_words("overlap", words)),
        start=_start(drawn),
        criteria=criteria_told(drawn.findings, language),
    )


def _start(drawn: Drawing) -> tuple[tuple[str, str], ...]:
    """The start asked for; the candidates of a call are first coloured by region."""
    asked = dict(drawn.start)
    if drawn.seen.view.call and drawn.members["region"]:
        asked.setdefault("color", "region")
    return tuple(asked.items())


def _trays(placed: Layout, label: str) -> tuple[Tray, ...]:
    tray = placed.tray
    return (Tray(label, tray.x, tray.y, tray.width, tray.height),) if tray else ()


def _nodes(drawn: Drawing, said: Sentences, language: str, on_places: Placed) -> tuple[Node, ...]:
    network, measured = drawn.network, drawn.measured
    cards = Cards(network.facts, measured, language)
    degree = degrees(network)
    top = max(degree.values(), default=0) or 1
    rank = {node: number for number, node in enumerate(_by_weight(network, degree), start=1)}
    values, groups = values_of(measured), groups_by_node(drawn.members)
    overview = drawn.overview_placed.positions
    answers = answers_of(drawn.findings)
    names = as_dict(network.nodes["name"].astype(str))
    return tuple(
        Node(
            id=node,
            label=names[node],
            category=category_of(network, node),
            x=drawn.placed.positions[node][0],
            y=drawn.placed.positions[node][1],
            size=round(SMALLEST + (LARGEST - SMALLEST) * (degree[node] / top) ** 0.5),
            rank=rank[node],
            attributes=cards.attributes(node, on_places.precision.get(node, "")),
            facts=said.of(node),
            website=cards.website(node),
            iri=cards.iri(node),
            short=drawn.shorts[node],
            values=values.get(node, ()),
            groups=groups.get(node, ()),
            place=on_places.positions.get(node),
            overview=overview.get(node),
            criteria=answers.get(node, ()),
        )
        for node in sorted(names)
    )


def _by_weight(network: Network, degrees_of: dict[str, int]) -> list[str]:
    """Whose label comes first: the most tied, then poles and networks, then the others."""
    types = as_dict(network.nodes["type"])

    def weight(node: str) -> tuple[int, int, str]:
        kind, degree = types[node], degrees_of[node]
        if kind in ("cooperation", CANDIDACY):
            tier = 3
        elif degree >= 8:
            tier = 0
        else:
            tier = 1 if kind in ("pole", "network") else 2
        return (tier, -degree, node)

    return sorted(types, key=weight)


def category_of(network: Network, node: str) -> str:
    """The category of a node, one of ``palette.NODE_LOOKS``."""
    kind = str(network.nodes.at[node, "type"])
    if kind == "cooperation" and network.nodes.at[node, "state"] == "prevu":
        return "planned"
    if kind == "organisation" and network.facts.actors.at[node, "kind"] == "collectivite":
        return "local-authority"
    return kind
