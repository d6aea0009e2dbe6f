"""The map model: everything a map shows, in the words of its language.

Writers (HTML, figures) draw this model and add nothing to it but their own
controls. Every text is plain text in ``language``; a writer escapes it.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Category:
    """A kind of node or of link: one line of the legend, one filter."""

    id: str
    label: str
    color: str
    shape: str
    """For nodes a shape of vis-network; for links ``solid``, ``dashed`` or ``dotted``."""
    count: int


@dataclass(frozen=True)
class Passage:
    """Where a document says something."""

    source: str
    """The identifier of the document, one of ``MapModel.sources``."""
    section: str
    lines: str
    said: str = ""
    """What this document adds or leaves in doubt: a date, our reading of it."""


@dataclass(frozen=True)
class Fact:
    """One sentence about a node or a link, and the passages that say so."""

    text: str
    passages: tuple[Passage, ...]
    other: str = ""
    """The node at the other end of the link, or empty."""


@dataclass(frozen=True)
class Attribute:
    """One line of a card. ``explanation`` says what a number means."""

    name: str
    value: str
    explanation: str = ""


@dataclass(frozen=True)
class Scale:
    """A measure that sizes and colours can show."""

    id: str
    label: str
    definition: str
    whole: bool = False
    """The values are counts."""


@dataclass(frozen=True)
class Grouping:
    """A way to group nodes: networks, poles, kinds, statuts, regions.

    It colours nodes, and its groups can be drawn as areas behind them.
    """

    id: str
    label: str
    groups: tuple[Category, ...]


@dataclass(frozen=True)
class Criterion:
    """A criterion of a PTCE: one of the list ``incontournables`` or ``a-tester``."""

    id: str
    list: str
    label: str


@dataclass(frozen=True)
class Tray:
    """A labelled rectangle that holds the nodes without a link; ``x``, ``y`` its upper left."""

    label: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Outline:
    """The outline of a territory: rings of whole pixels, y downwards."""

    id: str
    label: str
    rings: tuple[tuple[tuple[int, int], ...], ...]


@dataclass(frozen=True)
class Geography:
    """What the geographic layout is drawn on."""

    outlines: tuple[Outline, ...]
    insets: tuple[Tray, ...] = ()
    """Frames of territories overseas, and of nodes whose place no document tells."""
    credit: str = ""


@dataclass(frozen=True)
class Node:
    """A thing on the map. ``x`` and ``y`` are whole pixels at scale 1, y downwards."""

    id: str
    label: str
    category: str
    x: int
    y: int
    size: int
    """Radius in pixels at scale 1, 6 to 40."""
    rank: int
    """1 for the node whose label matters most; labels fade in this order."""
    attributes: tuple[Attribute, ...] = ()
    """For the card: other names, statut, place, measures."""
    facts: tuple[Fact, ...] = ()
    website: str = ""
    """An http or https address, or empty."""
    iri: str = ""
    short: str = ""
    """What is written beside the node where ``label`` is long, or empty."""
    values: tuple[tuple[str, float], ...] = ()
    """Its measures, by the id of their ``Scale``; an undefined one is absent."""
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """For each grouping the groups it belongs to, by their ids."""
    place: tuple[int, int] | None = None
    """Where it stands in the geographic layout, or nowhere."""
    overview: tuple[int, int] | None = None
    """Where it stands among networks and poles only, or nowhere."""
    page: str = ""
    """A file in the folder of this page that holds its own map, or empty."""
    criteria: tuple[str, ...] = ()
    """Of a pole, the answers of ``poles.findings`` on ``MapModel.criteria``, in their order."""


@dataclass(frozen=True)
class Edge:
    """A link between two nodes; parallel links have different ids."""

    id: str
    source: str
    target: str
    category: str
    label: str
    facts: tuple[Fact, ...] = ()
    directed: bool = True
    """From the member or carrier to what it belongs to or carries; not between two partners."""
    start: str = ""
    end: str = ""
    """The first and last year that documents give all its links, or empty: always shown."""


@dataclass(frozen=True)
class Source:
    """A document, as the map names it."""

    id: str
    title: str
    detail: str
    """Publisher and date, as far as stated."""


@dataclass(frozen=True)
class MapModel:
    """One map. ``subtitle`` says what is shown and what is not."""

    language: str
    title: str
    subtitle: str
    node_categories: tuple[Category, ...]
    edge_categories: tuple[Category, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    trays: tuple[Tray, ...] = ()
    sources: tuple[Source, ...] = ()
    notes: tuple[str, ...] = field(default=())
    """What a reader must know: coverage, licence, how sizes are made."""
    scales: tuple[Scale, ...] = ()
    groupings: tuple[Grouping, ...] = ()
    geography: Geography | None = None
    overview_edges: tuple[Edge, ...] = ()
    """Ties between networks and poles with common members, for their own layout."""
    years: tuple[int, ...] = ()
    """Years in which a dated link begins or ends, sorted; none where nothing is dated."""
    overview_trays: tuple[Tray, ...] = ()
    """In the layout of networks and poles only, those that share no member with another."""
    start: tuple[tuple[str, str], ...] = ()
    """What a page shows first: ``color`` (a scale or grouping), ``size`` (a scale), ``layout``
    (``network``, ``geographic`` or ``overview``), each by its id."""
    criteria: tuple[Criterion, ...] = ()
    """The criteria that the cards of poles answer; none where they were not asked for."""
