"""From facts and a network to the map model, in the words of one language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from ptce_graph.bundled import DATA_DIR
from ptce_graph.errors import CallError
from ptce_graph.i18n import LANGUAGES, date_words, mark, translator
from ptce_graph.i18n import gettext as _
from ptce_graph.maps.cards import Cards
from ptce_graph.maps.layout import layout
from ptce_graph.maps.model import Category, Edge, Fact, MapModel, Node, Source, Tray
from ptce_graph.maps.names import short_names
from ptce_graph.network.links import CARRYING, COOPERATION, MEMBERSHIP
from ptce_graph.network.network import Network
from ptce_graph.tables.read import Document

if TYPE_CHECKING:
    from networkx import Graph
    from pandas import DataFrame

# Okabe and Ito's colours, told apart by colour-blind people; shape repeats what colour says.
NODE_CATEGORIES = {
    "network": (mark("Network"), "#0072B2", "diamond"),
    "pole": (mark("Pole (PTCE or presented as one)"), "#D55E00", "dot"),
    "local-authority": (mark("Local authority"), "#009E73", "square"),
    "organisation": (mark("Other organisation"), "#8A6FA8", "triangle"),
    "cooperation": (mark("Action of several partners"), "#E69F00", "hexagon"),
    "planned": (mark("Planned action"), "#F0E442", "hexagon"),
}
EDGE_CATEGORIES = {
    MEMBERSHIP: (mark("Membership"), "#4A6A8A", "solid"),
    CARRYING: (mark("Carries the pole"), "#D55E00", "solid"),
    COOPERATION: (mark("Cooperation"), "#B07A00", "dashed"),
    "planned": (mark("Planned cooperation"), "#8C8420", "dotted"),
}
#: What the title adds, and what the tray of nodes without a link says, by projection.
_PROJECTION_WORDS = {
    "all": ("", mark("No link documented so far")),
    "affiliation": (mark("memberships"), mark("No membership documented so far")),
    "cooperation": (mark("cooperations"), mark("No cooperation documented so far")),
}
SMALLEST, LARGEST = 9, 30


def map_model(network: Network, language: str, title: str = "") -> MapModel:
    """The map of ``network`` in ``language``, ``fr`` or ``en``.

    Node size grows with the square root of degree. Raises ``CallError`` for
    another language.
    """
    if language not in LANGUAGES:
        raise CallError(
            _("Maps do not speak {language}.").format(language=language),
            _("Choose one of: {all}.").format(all=", ".join(LANGUAGES)),
        )
    words = translator(language)
    # Measured on the whole network, whatever is drawn of it: as ``analyse`` tells it.
    cards = Cards(network, language)
    network, left_out = _without_lone_organisations(network)
    shorts = short_names(network)
    graph = network.graph.copy()
    for node, short in shorts.items():
        graph.nodes[node]["label"] = short
    placed = layout(graph)
    nodes = _nodes(network, cards, placed.positions, shorts)
    edges = _edges(network, cards)
    tray = placed.tray
    trays: tuple[Tray, ...] = ()
    if tray is not None:
        label = words(_PROJECTION_WORDS[network.projection][1])
        trays = (Tray(label, tray.x, tray.y, tray.width, tray.height),)
    return MapModel(
        language=language,
        title=title or _title(network, words),
        subtitle=_subtitle(network, words),
        node_categories=_counted(NODE_CATEGORIES, (n.category for n in nodes), words),
        edge_categories=_counted(EDGE_CATEGORIES, (e.category for e in edges), words),
        nodes=nodes,
        edges=edges,
        trays=trays,
        sources=tuple(
            Source(d.id, d.title, _source_detail(d, language))
            for d in network.facts.tables.documents.values()
        ),
        notes=(
            words("The map holds only what these documents say; a missing link is not a no."),
            words(
                "A planned action is one that a document proposes; it does not say that it "
                "took place."
            ),
            words("The size of a node grows with the number of others tied to it (degree)."),
            words("Line numbers are those of the transcription of each document."),
            *_left_out_words(left_out, words),
            *_licence_words(network, words),
        ),
    )


def _without_lone_organisations(network: Network) -> tuple[Network, int]:
    """The network without the organisations that nothing is tied to, and how many they are.

    Poles stay, tied or not: they are what the map is about. Lone organisations
    (most of them known as carriers of a candidacy only) would fill the sheet.
    """
    lone = [
        node
        for node, degree in network.graph.degree()
        if degree == 0 and network.graph.nodes[node]["type"] != "pole"
    ]
    return network.without_nodes(lone), len(lone)


def _left_out_words(left_out: int, words: Callable[[str], str]) -> list[str]:
    if not left_out:
        return []
    template = words(
        "Not drawn: {n} organisations without such a link, such as carriers of candidacies."
    )
    return [template.format(n=left_out)]


def _licence_words(network: Network, words: Callable[[str], str]) -> list[str]:
    """The licence of the bundled data; what people map of their own is theirs to license."""
    bundled = network.facts.tables.folder == DATA_DIR
    return [words("Data: Licence Ouverte 2.0 (Etalab).")] if bundled else []


def _title(network: Network, words: Callable[[str], str]) -> str:
    title = words("Cooperation networks around the PTCE")
    shown = _PROJECTION_WORDS[network.projection][0]
    return words("{title}: {shown}").format(title=title, shown=words(shown)) if shown else title


def _source_detail(document: Document, language: str) -> str:
    words = translator(language)
    date = date_words(document.date, language) if document.date else words("undated")
    return ", ".join(part for part in (document.publisher, date) if part)


def _subtitle(network: Network, words: Callable[[str], str]) -> str:
    """What is shown, and according to what."""
    kinds = Counter(data["type"] for _node, data in network.graph.nodes(data=True))
    template = words("{organisations} organisations and {poles} poles, by {documents} documents")
    if kinds["cooperation"]:
        template = words(
            "{organisations} organisations, {poles} poles and {cooperations} actions of several "
            "partners, by {documents} documents"
        )
    return template.format(
        organisations=kinds["organisation"] + kinds["network"],
        poles=kinds["pole"],
        cooperations=kinds["cooperation"],
        documents=len(network.facts.tables.documents),
    )


def _nodes(
    network: Network,
    cards: Cards,
    positions: dict[str, tuple[int, int]],
    shorts: dict[str, str],
) -> tuple[Node, ...]:
    graph = network.graph
    degrees = dict(graph.degree())
    top = max(degrees.values(), default=0) or 1
    rank = {node: number for number, node in enumerate(_by_weight(graph), start=1)}
    return tuple(
        Node(
            id=node,
            label=graph.nodes[node]["name"],
            category=category_of(network, node),
            x=positions[node][0],
            y=positions[node][1],
            size=round(SMALLEST + (LARGEST - SMALLEST) * (degrees[node] / top) ** 0.5),
            rank=rank[node],
            attributes=cards.attributes(node),
            facts=cards.sentences(node),
            website=cards.website(node),
            iri=cards.iri(node),
            short=shorts[node],
        )
        for node in sorted(graph)
    )


def _by_weight(graph: Graph) -> list[str]:
    """Whose label comes first: the most tied, then poles and networks, then the others."""

    def weight(node: str) -> tuple[int, int, str]:
        kind, degree = graph.nodes[node]["type"], graph.degree(node)
        if kind == "cooperation":
            tier = 3
        elif degree >= 8:
            tier = 0
        else:
            tier = 1 if kind in ("pole", "network") else 2
        return (tier, -degree, node)

    return sorted(graph, key=weight)


def category_of(network: Network, node: str) -> str:
    """The category of ``NODE_CATEGORIES`` that a node is drawn in."""
    kind = str(network.graph.nodes[node]["type"])
    if kind == "cooperation" and network.graph.nodes[node]["state"] == "prevu":
        return "planned"
    if kind == "organisation" and network.facts.actors.at[node, "kind"] == "collectivite":
        return "local-authority"
    return kind


def _edges(network: Network, cards: Cards) -> tuple[Edge, ...]:
    """One edge per pair and kind of link, with its facts; planned links apart.

    It points from the member, carrier or partner to what it ties itself to;
    between two partners of a cooperation there is no direction.
    """
    edges = []
    pairs = sorted(network.graph.edges(data=True), key=lambda edge: sorted(edge[:2]))
    for one, other, data in pairs:
        told = network.links.loc[list(data["facts"])]
        for (kind, state), rows in told.groupby(["kind", "state"], sort=False):
            category = "planned" if state == "prevu" else str(kind)
            start = rows["subject"].iloc[0]
            end = one if start == other else other
            # Two partners of a cooperation: the names are in the order of the identifiers.
            directed = kind != COOPERATION or end.startswith("cooperation:")
            if not directed:
                start, end = sorted((one, other))
            facts = _link_facts(cards, str(kind), rows)
            label = " / ".join(dict.fromkeys(fact.text for fact in facts if directed))
            edges.append(
                Edge(
                    f"{category}:{start}:{end}",
                    start,
                    end,
                    category,
                    label or _cooperation_names(network, rows),
                    facts,
                    directed,
                )
            )
    return tuple(edges)


def _link_facts(cards: Cards, kind: str, rows: DataFrame) -> tuple[Fact, ...]:
    """What each document says of one link, told once per role (and partner)."""
    tables = cards.facts.tables
    facts = []
    for (subject, role), told in rows.groupby(["subject", "role"], sort=False):
        if kind == CARRYING:
            text = cards.words("Carries the pole")
        elif kind == MEMBERSHIP:
            text = tables.label("membership-roles", str(role), cards.language)
        else:
            text = tables.label("cooperation-roles", str(role), cards.language)
            if rows["subject"].nunique() > 1:
                name = cards.facts.actors.at[subject, "name"]
                text = cards.words("{name}: {role}").format(name=name, role=text)
        facts.append(Fact(text, cards.passages(told)))
    return tuple(facts)


def _cooperation_names(network: Network, rows: DataFrame) -> str:
    described = network.facts.frames["cooperations"].drop_duplicates("id").set_index("id")["name"]
    return " / ".join(dict.fromkeys(str(described[name]) for name in rows["cooperation"]))


def _counted(
    described: dict[str, tuple[str, str, str]],
    found: Iterable[str],
    words: Callable[[str], str],
) -> tuple[Category, ...]:
    """The categories that occur, in the order of the legend."""
    counts = Counter(found)
    return tuple(
        Category(name, words(label), color, shape, counts[name])
        for name, (label, color, shape) in described.items()
        if counts[name]
    )
