"""What the parts of a report share: the question asked, its words and its numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ptce_graph.analysis.analyses import ANALYSES
from ptce_graph.analysis.ask import ask
from ptce_graph.analysis.measures import MEASURES
from ptce_graph.analysis.result import Request, Result
from ptce_graph.i18n import Note, mark, note, period_words, translator
from ptce_graph.network.filters import OBSERVED
from ptce_graph.network.network import Network
from ptce_graph.network.projections import PROJECTIONS, project
from ptce_graph.reports import numbers
from ptce_graph.reports.drawing import draw
from ptce_graph.reports.model import Column, Definition, Figure, Table
from ptce_graph.tabular import csv_text

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing
    from pandas import DataFrame

    from ptce_graph.progress import Progress
    from ptce_graph.tables.facts import Facts

#: What a page has room for; the files have all rows.
ROWS = 10
#: Values in files are told to this many decimals: beyond, machines differ.
_DECIMALS = 9
#: More documents than this are counted in captions, not named.
_FEW_DOCUMENTS = 8
#: More networks or organisations than this are counted, not named, in a sentence.
FEW_NAMES = 6

TYPES = {
    "organisation": mark("organisation"),
    "network": mark("network"),
    "pole": mark("pole"),
    "cooperation": mark("action of several partners"),
}
_STATES = {"constate": mark("observed"), "prevu": mark("planned")}

#: Values of sentences that are no quantities: dates, codes, a seed.
_AS_TOLD = ("seed", "values")


@dataclass
class Context:
    """One report being made: its question, and what the parts leave for the methods.

    ``definitions`` and ``limits`` fill as the parts are made, in the order in
    which a reader meets them.
    """

    facts: Facts
    links: DataFrame
    request: Request
    language: str
    progress: Progress | None = None
    definitions: dict[str, Definition] = field(default_factory=dict)
    limits: dict[str, None] = field(default_factory=dict)
    _results: dict[tuple[Any, ...], Result] = field(default_factory=dict)
    _tables: int = 0
    _figures: int = 0

    def __post_init__(self) -> None:
        self.words = translator(self.language)
        self.network: Network = project(
            self.facts, self.links, self.request.projection or "all", self.request.filters
        )

    # Results

    def result(self, name: str, **asked: Any) -> Result:
        """The result of an analysis on the network of the report; its limits are kept.

        The projection asked for goes to the analyses that look at the whole
        network; those of memberships are made for the network of memberships.
        """
        key = (name, *sorted(asked.items()))
        if key not in self._results:
            analysis = ANALYSES[name]
            request = replace(self.request, **{"between": (), **asked})
            if analysis.projection != "all":
                request = replace(request, projection="")
            self._results[key] = ask(self.facts, self.links, name, request, self.progress)
            self.define_analysis(name)
        return self._results[key]

    def limit(self, *notes: Note) -> None:
        """Sentences for the limits, each told once."""
        self.limits.update(dict.fromkeys(self.told(one) for one in notes))

    def about(self, result: Result) -> None:
        """Keep what was left out of the network of ``result`` among the limits."""
        self.limit(*result.network.left_out)

    # Words

    def told(self, said: Note) -> str:
        """A note with its numbers as the language writes them and its codes as words."""
        values = {
            key: self._code(key, value if key in _AS_TOLD else self._localised(value))
            for key, value in said.values
        }
        return self.words(said.template).format(**values)

    def _localised(self, value: object) -> object:
        return numbers.localised(value, self.language)

    def say(self, template: str, **values: object) -> str:
        """A marked sentence, translated; whole numbers as the language writes them."""
        return self.told(note(template, **values))

    def _code(self, key: str, value: object) -> object:
        if key == "measure" and value in MEASURES:
            return self.words(MEASURES[str(value)].label)
        if key == "values":
            codes = str(value).split(", ")
            return ", ".join(self.words(_STATES.get(code, code)) for code in codes)
        return value

    def type(self, code: str) -> str:
        """Organisation, network, pole or action, in words."""
        return self.words(TYPES.get(code, code))

    def documents(self, ids: Sequence[str]) -> str:
        """Documents by their identifiers, or how many they are."""
        if len(ids) > _FEW_DOCUMENTS:
            return self.say(mark("{n} documents"), n=len(ids))
        return ", ".join(ids) or numbers.NOTHING

    def dates(self) -> str:
        """The dates of the documents in use: never today's."""
        used = [self.facts.tables.documents[name] for name in self.network.sources]
        dates = sorted(document.date for document in used if document.date)
        undated = len(used) - len(dates)
        told = period_words(dates[0], dates[-1], self.language) if dates else ""
        if not undated:
            return told
        rest = self.say(mark("undated documents: {n}"), n=undated)
        return f"{told} ({rest})" if told else rest

    def basis(self, network: Network | None = None) -> str:
        """What numbers rest on: projection, filters, how many nodes, ties, links, documents."""
        import numpy as np

        network = network or self.network
        network_words = self.words("Network: {label}.").format(
            label=self.words(PROJECTIONS[network.projection].label)
        )
        counts = self.say(
            mark("Nodes: {nodes}; ties: {ties}; links: {links}. Documents: {sources}."),
            nodes=len(network.nodes),
            ties=len(network.edges),
            links=len(np.unique(network.edges.facts)),
            sources=self.documents(network.sources),
        )
        filters = [self.told(one) for one in network.filters.notes()]
        if network.filters.states == OBSERVED.states:
            filters.insert(0, self.words("Observed links only."))
        return " ".join([network_words, *filters, counts])

    # Numbers

    def whole(self, value: float) -> str:
        """A whole number."""
        return numbers.whole(value, self.language)

    def decimal(self, value: float, digits: int = 3) -> str:
        """A number with decimals."""
        return numbers.decimal(value, digits, self.language)

    def short(self, value: float) -> str:
        """A number with as few decimals as it takes."""
        return numbers.short(value, self.language)

    def percent(self, value: float) -> str:
        """A share."""
        return numbers.percent(value, self.language)

    def interval(self, low: float, high: float) -> str:
        """An interval of ranks."""
        return numbers.interval(low, high, self.language)

    # Columns, tables and figures

    def define_analysis(self, name: str) -> None:
        """Set an analysis and its columns among the methods."""
        analysis = ANALYSES[name]
        anchor = f"analysis-{name}"
        if anchor not in self.definitions:
            self.definitions[anchor] = Definition(
                anchor, self.words(analysis.label), self.words(analysis.definition), analysis.source
            )

    def measure(self, name: str) -> Column:
        """The column of a measure, defined by its entry in the registry."""
        measure = MEASURES[name]
        anchor = f"measure-{name}"
        label, definition = self.words(measure.label), self.words(measure.definition)
        self.definitions.setdefault(anchor, Definition(anchor, label, definition, measure.source))
        return Column(label, definition, anchor, number=True)

    def column(
        self, analysis: str, label: str, name: str = "", definition: str = "", number: bool = True
    ) -> Column:
        """The column of an analysis called ``name`` there, or one of ours with its definition."""
        said = self.words(definition or ANALYSES[analysis].columns[name])
        parent = f"analysis-{analysis}"
        self.define_analysis(analysis)
        entry = self.definitions[parent]
        column = Column(self.words(label), said, f"{parent}-{name or len(entry.parts)}", number)
        known = {part.label: part for part in entry.parts}
        if column.label in known:
            return replace(known[column.label], number=number)
        self.definitions[parent] = replace(entry, parts=(*entry.parts, column))
        return column

    def plain_column(self, label: str, number: bool = False) -> Column:
        """A column that needs no definition: a name, a type."""
        return Column(self.words(label), number=number)

    def table(  # noqa: PLR0913 - a table has that many parts
        self,
        name: str,
        title: str,
        columns: Sequence[Column],
        rows: Sequence[Sequence[str]],
        whole: DataFrame,
        *,
        network: Network | None = None,
        header: int = 0,
        rows_shown: int = ROWS,
        ordered: bool = True,
    ) -> Table:
        """A table of the report, its number, and the whole of it as CSV.

        ``ordered``: the rows are the first of ``whole``; otherwise they sum it up.
        """
        self._tables += 1
        shown = tuple(tuple(row) for row in rows[:rows_shown])
        more = (len(whole) if ordered else len(rows)) - len(shown)
        basis = self.basis(network)
        return Table(
            name, self._tables, title, basis, tuple(columns), shown, _csv(whole), header, more
        )

    def figure(
        self,
        name: str,
        title: str,
        paint: Callable[[Drawing], None],
        *,
        seen: str,
        height: float,
        network: Network | None = None,
    ) -> Figure:
        """A figure of the report; ``seen`` says what there is to see, for those who do not."""
        self._figures += 1
        dates = self.dates()
        caption = self.basis(network)
        if dates:
            caption += " " + self.words("Dates of the documents: {dates}.").format(dates=dates)
        svg, pdf = draw(name, height, paint, title, f"{seen} {caption}")
        return Figure(name, self._figures, title, caption, seen, svg, pdf)


def observed_only(request: Request) -> bool:
    """Whether links that a document only plans are left out."""
    return request.filters.states == OBSERVED.states


def _csv(frame: DataFrame) -> str:
    rows = [
        [None if isinstance(cell, float) and math.isnan(cell) else cell for cell in row]
        for row in frame.round(_DECIMALS).values.tolist()
    ]
    return csv_text(list(frame.columns), rows)
