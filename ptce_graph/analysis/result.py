"""What an analysis gives: a tidy table that carries how it was made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ptce_graph.analysis.study import ARRAYS, AUTO, NETWORKX, SEED, Study
from ptce_graph.i18n import Note, mark, note
from ptce_graph.network.filters import OBSERVED, Filters
from ptce_graph.network.projections import PROJECTIONS
from ptce_graph.tables.columns import as_dict

if TYPE_CHECKING:
    from pandas import DataFrame

    from ptce_graph.network.network import Network


@dataclass(frozen=True)
class Request:
    """What is asked; each analysis says which of the last six it reads.

    ``projection`` (that of the analysis if empty) and ``filters`` make the
    network; ``engine`` and ``pivots`` are as in ``Study``. ``measures``
    (names), ``between`` (two names or identifiers), ``removed`` (names or
    identifiers), ``grouping`` (one of ``belonging.GROUPINGS``), ``samples``
    and ``drop`` (0 to 1) of what is drawn at random from ``seed``.
    """

    projection: str = ""
    filters: Filters = OBSERVED
    engine: str = AUTO
    pivots: int | None = None
    measures: Sequence[str] = ()
    between: Sequence[str] = ()
    removed: Sequence[str] = ()
    grouping: str = "networks"
    samples: int | None = None
    drop: float | None = None
    seed: int = SEED


@dataclass(frozen=True)
class Outcome:
    """What the function of an analysis returns: a frame, and sentences to be read with it."""

    frame: DataFrame
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Analysis:
    """One kind of table: its name, words, sources, columns and function.

    ``columns`` describes each column (English message identifiers); those of
    ``actors`` hold identifiers, and a column ``<name>_name`` is set beside
    them; ``takes`` are the fields of ``Request`` that it reads, ``needs`` those
    it cannot do without; ``projection`` is the one it looks at unless told
    otherwise.
    """

    name: str
    label: str
    definition: str
    source: str
    columns: dict[str, str]
    compute: Callable[[Study, Request], Outcome]
    takes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    projection: str = "all"
    only_projection: bool = False
    """It looks at memberships, whatever the projection: no other can be asked for."""
    worded: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """For a column of codes, the words of each (English message identifiers)."""


#: The columns of ``Result.evidence``.
EVIDENCE = (
    "row",
    "kind",
    "subject",
    "subject_name",
    "object",
    "object_name",
    "role",
    "start",
    "end",
    "source",
    "section",
    "lines",
    "note",
    "fact",
)

_ENGINES = {
    NETWORKX: mark("Computed by networkx."),
    ARRAYS: mark("Computed on arrays (numpy, scipy, rustworkx), the same values as networkx."),
}


@dataclass(frozen=True)
class Result:
    """A table with all that its numbers rest on.

    ``frame`` is tidy: one row per thing, names beside identifiers; a column
    ``facts`` names the facts (identifiers of the links table, joined by ``|``)
    and ``sources`` the documents.
    """

    analysis: Analysis
    study: Study
    request: Request
    frame: DataFrame
    notes: tuple[Note, ...] = ()
    rows: tuple[tuple[int, ...], ...] = field(default=(), repr=False)
    """For each row of ``frame`` the rows of the links table that it comes from, if it says so."""

    @property
    def network(self) -> Network:
        """The network that was analysed."""
        return self.study.network

    def first(self, number: int) -> Result:
        """The same result with its first rows only."""
        return replace(self, frame=self.frame.head(number), rows=self.rows[:number])

    @cached_property
    def evidence(self) -> DataFrame:
        """The facts behind the rows: one line per row and fact.

        Columns: those of ``EVIDENCE``; ``row`` is the position in ``frame``.
        """
        import pandas as pd

        pairs = [(at, row) for at, rows in enumerate(self.rows) for row in rows]
        told = self.network.links.loc[[row for _at, row in pairs]].reset_index(drop=True)
        told.insert(0, "row", np.array([at for at, _row in pairs], dtype=np.int64))
        names = _names(self.network)
        for column in ("subject", "object"):
            place = list(told.columns).index(column) + 1
            told.insert(place, f"{column}_name", [names.get(i, i) for i in told[column]])
        return pd.DataFrame(told[list(EVIDENCE)])

    def about(self, words: Callable[[str], str]) -> tuple[str, ...]:
        """How the numbers were made, in sentences: definition, network, filters, engine, limits."""
        network, study = self.network, self.study
        projection = PROJECTIONS[network.projection]
        lines = [
            words(self.analysis.definition),
            note(
                mark("Network: {label}. {definition}"),
                label=words(projection.label),
                definition=words(projection.definition),
            ).told(words),
            *(n.told(words) for n in network.filters.notes()),
            note(
                mark("{nodes} nodes and {edges} ties, from {links} links told by: {sources}."),
                nodes=len(network.nodes),
                edges=len(network.edges),
                links=len(np.unique(network.edges.facts)),
                sources=", ".join(network.sources) or "—",
            ).told(words),
            *(n.told(words) for n in network.left_out),
        ]
        if "measures" in self.analysis.takes:
            lines.append(words(_ENGINES[NETWORKX if study.by_networkx else ARRAYS]))
            if study.sampled:
                lines.append(
                    note(
                        mark(
                            "Shortest paths were searched from {pivots} of {nodes} nodes, drawn "
                            "with seed {seed}: measures of paths are estimates, with their "
                            "standard error."
                        ),
                        pivots=study.sources_searched,
                        nodes=study.size,
                        seed=study.seed,
                    ).told(words)
                )
        return (*lines, *(n.told(words) for n in self.notes))


def finished(analysis: Analysis, study: Study, request: Request) -> Result:
    """Run ``analysis`` and set names beside identifiers, facts and documents beside rows."""
    outcome = analysis.compute(study, request)
    frame = outcome.frame
    rows: tuple[tuple[int, ...], ...] = ()
    if "facts" in frame:
        rows = tuple(tuple(told) for told in frame["facts"])
        links = study.network.links
        fact, source = links["fact"], links["source"]
        frame = frame.assign(facts=["|".join(dict.fromkeys(fact.loc[list(r)])) for r in rows])
        if "sources" not in frame:
            told = ["|".join(sorted(set(source.loc[list(r)]))) for r in rows]
            frame = frame.assign(sources=told)
    frame = _named(frame, analysis.actors, _names(study.network)).reset_index(drop=True)
    return Result(analysis, study, request, frame, outcome.notes, rows)


def _names(network: Network) -> dict[str, str]:
    """What each node, actor or cooperation is called."""
    described = network.facts.frames["cooperations"]
    names = dict(zip(described["id"], described["name"], strict=True))
    # A dict takes a column cell by cell, which costs seconds on a whole country.
    names.update(as_dict(network.facts.actors["name"]))
    names.update(as_dict(network.nodes["name"]))
    return names


def _named(frame: DataFrame, actors: tuple[str, ...], names: dict[str, str]) -> DataFrame:
    frame = frame.copy()
    for column in actors:
        told = [
            " | ".join(names.get(part, part) for part in str(cell).split("|")) if cell else ""
            for cell in frame[column]
        ]
        frame.insert(list(frame.columns).index(column) + 1, f"{column}_name", told)
    return frame
