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


@dataclass(frozen=True)
class Tray:
    """A labelled rectangle that holds the nodes without a link; ``x``, ``y`` its upper left."""

    label: str
    x: int
    y: int
    width: int
    height: int


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
