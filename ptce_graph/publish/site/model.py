"""What a page holds, before any template: texts, links, facts with their passages, tables.

Every text is plain text in the page's language; templates escape it. A link's
``path`` is a path of the site without its language (``id/pole/pole-sud.html``),
maybe with a fragment, or an address that starts with ``http``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from ptce_graph.maps.preview import Preview
    from ptce_graph.publish.site.neighbourhood import Scene


@dataclass(frozen=True)
class Link:
    """A text that leads somewhere; ``language`` where the text is not in the page's own."""

    text: str
    path: str
    language: str = ""


#: Plain texts and links, one after the other.
Parts = tuple[str | Link, ...]


@dataclass(frozen=True)
class Passage:
    """Where a document says something; ``path`` leads to its section on the document's page."""

    source: str
    title: str
    section: str
    lines: str
    path: str
    note: str = ""


@dataclass(frozen=True)
class Fact:
    """Something said, who says it, and the anchors of the facts it tells.

    ``badges`` set it apart (planned), ``detail`` adds a period or a doubt.
    """

    parts: Parts
    passages: tuple[Passage, ...] = ()
    anchors: tuple[str, ...] = ()
    detail: str = ""
    badges: tuple[str, ...] = ()
    label: str = ""
    """What kind of fact it is, where several kinds stand together."""
    judged: str = ""
    """Who says so where no document does: this project itself."""


@dataclass(frozen=True)
class Property:
    """What is said of one aspect of a thing: its statut, its place …"""

    name: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Prose:
    """A paragraph; ``style`` is ``lead`` or ``note`` or empty."""

    kind: ClassVar[str] = "prose"
    parts: Parts
    style: str = ""


@dataclass(frozen=True)
class Facts:
    kind: ClassVar[str] = "facts"
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Properties:
    kind: ClassVar[str] = "properties"
    properties: tuple[Property, ...]


@dataclass(frozen=True)
class Pairs:
    """Names and short values, without passages of their own."""

    kind: ClassVar[str] = "pairs"
    pairs: tuple[tuple[str, Parts], ...]


@dataclass(frozen=True)
class Table:
    """``numbers`` are the positions of columns of numbers; the first column names the row."""

    kind: ClassVar[str] = "table"
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Parts, ...], ...]
    numbers: frozenset[int] = frozenset()
    quiet: bool = False
    """The heading above says what the caption says: it is for screen readers only."""


@dataclass(frozen=True)
class Answered:
    """One criterion on the page of a pole: ``value`` is one of ``poles.findings``."""

    criterion: Link
    value: str
    sign: str
    answer: str
    told: Parts
    thresholds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answers:
    """A table of criteria with their answers; each group has a title of its own."""

    kind: ClassVar[str] = "answers"
    caption: str
    columns: tuple[str, ...]
    groups: tuple[tuple[str, tuple[Answered, ...]], ...]


@dataclass(frozen=True)
class Matrix:
    """Things by criteria: in each cell a value, its sign and its name; then ``sums``.

    ``heads`` are short names that lead to the criterion, with its whole name.
    """

    kind: ClassVar[str] = "matrix"
    caption: str
    corner: str
    heads: tuple[tuple[Link, str], ...]
    sums: tuple[str, ...]
    rows: tuple[tuple[Link, tuple[tuple[str, str, str], ...], tuple[str, ...]], ...]


@dataclass(frozen=True)
class Article:
    """A thing that has no page of its own, told under a smaller heading."""

    id: str
    title: str
    pairs: tuple[tuple[str, Parts], ...]


@dataclass(frozen=True)
class Articles:
    kind: ClassVar[str] = "articles"
    articles: tuple[Article, ...]


@dataclass(frozen=True)
class Code:
    kind: ClassVar[str] = "code"
    label: str
    text: str


@dataclass(frozen=True)
class Counts:
    """Key figures: value, what it counts, where its definition stands."""

    kind: ClassVar[str] = "counts"
    counts: tuple[tuple[str, Link], ...]


@dataclass(frozen=True)
class Links:
    """A line of links, as buttons: formats, files, letters."""

    kind: ClassVar[str] = "links"
    label: str
    links: tuple[Link, ...]
    copy: str = ""
    """A text that a button copies: an address."""


@dataclass(frozen=True)
class Card:
    """A link with a few words, and a picture where there is one."""

    link: Link
    text: str = ""
    preview: Preview | None = None


@dataclass(frozen=True)
class Cards:
    kind: ClassVar[str] = "cards"
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Drawing:
    """A small map; ``said`` tells in words what it shows."""

    kind: ClassVar[str] = "drawing"
    scene: Scene
    said: str
    more: Link | None = None


@dataclass(frozen=True)
class Picture:
    """The whole network as a picture that leads to its map."""

    kind: ClassVar[str] = "picture"
    preview: Preview
    link: Link
    text: str


@dataclass(frozen=True)
class Entry:
    """A line of a list: what it leads to, a few words, and what filters know of it."""

    link: Link
    text: str = ""
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Filter:
    """A choice above a list: its name, its label, values and labels with their counts."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Listing:
    """Entries by letter (or by group), with filters that a script works."""

    kind: ClassVar[str] = "listing"
    groups: tuple[tuple[str, tuple[Entry, ...]], ...]
    filters: tuple[Filter, ...] = ()
    letters: bool = True


@dataclass(frozen=True)
class SearchResults:
    kind: ClassVar[str] = "search"


@dataclass(frozen=True)
class Body:
    """Markup that the project makes itself and that stands as it is."""

    kind: ClassVar[str] = "body"
    markup: str


Block = (
    Prose
    | Facts
    | Properties
    | Pairs
    | Table
    | Answers
    | Matrix
    | Articles
    | Code
    | Counts
    | Links
    | Cards
    | Drawing
    | Picture
    | Listing
    | SearchResults
    | Body
)


@dataclass(frozen=True)
class Section:
    """A part of a page under a heading; ``wide`` spans the page's whole width."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Page:
    """A page in one language.

    ``path`` is without the language; ``trail`` leads back up; ``kicker`` says
    what kind of thing the title names; ``data`` is JSON-LD to embed.
    """

    path: str
    title: str
    sections: tuple[Section, ...] = ()
    kicker: str = ""
    lead: Parts = ()
    aside: tuple[Section, ...] = ()
    trail: tuple[Link, ...] = ()
    iri: str = ""
    data: str = ""
    alternates: tuple[tuple[str, str], ...] = field(default=())
    """Media type and path of the same thing in other formats."""
    current: str = ""
    """The path of the entry of the menu that this page belongs to."""
    description: str = ""
    style: str = ""
    """Style of its own, which the project makes itself."""
