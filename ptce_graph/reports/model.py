"""What a report holds, before any writer gives it a form.

All texts are plain: each writer escapes them for its own format.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, what it says, the entry of the methods that defines it."""

    label: str
    definition: str = ""
    anchor: str = ""
    number: bool = False


@dataclass(frozen=True)
class Table:
    """The first rows of a table, as people read them; ``csv`` is the whole of it, tidy.

    ``header`` is the position of the column that names the row; ``more`` the
    number of rows that are in the file only.
    """

    id: str
    number: int
    title: str
    basis: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    csv: str
    header: int = 0
    more: int = 0

    @property
    def file(self) -> str:
        """The path of the whole table, from the report's folder."""
        return f"tables/{self.id}.csv"


@dataclass(frozen=True)
class Figure:
    """A figure: ``title`` says what, ``caption`` on what, ``description`` what is to be seen."""

    id: str
    number: int
    title: str
    caption: str
    description: str
    svg: str
    pdf: bytes

    @property
    def file(self) -> str:
        """The path of the SVG, from the report's folder."""
        return f"figures/{self.id}.svg"


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Items:
    """A list of sentences; those of ``anchors`` can be linked to."""

    items: tuple[str, ...]
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Counts:
    """Key figures: what is counted, how many."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Definition:
    """An entry of the methods: a measure or an analysis, with the columns it defines."""

    anchor: str
    label: str
    text: str
    source: str
    parts: tuple[Column, ...] = ()


@dataclass(frozen=True)
class Definitions:
    """The entries of the methods."""

    entries: tuple[Definition, ...]


@dataclass(frozen=True)
class Heading:
    """A heading inside a section."""

    text: str


Block = Text | Items | Counts | Table | Figure | Definitions | Heading


@dataclass(frozen=True)
class Section:
    """A part of the report, under a heading."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Labels:
    """The words that writers themselves set around the content."""

    contents: str
    table: str
    figure: str
    more: str
    whole: str
    source: str
    pair: str
    skip: str


@dataclass(frozen=True)
class Report:
    """A report in one language; ``methods`` are the sections that ``methods.md`` repeats."""

    language: str
    title: str
    subtitle: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
    methods: tuple[str, ...]
    labels: Labels

    def _blocks(self) -> Iterator[Block]:
        for section in self.sections:
            yield from section.blocks

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables, in order."""
        return tuple(block for block in self._blocks() if isinstance(block, Table))

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures, in order."""
        return tuple(block for block in self._blocks() if isinstance(block, Figure))
