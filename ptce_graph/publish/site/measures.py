"""The measures: what each means, how it was computed here, who comes first."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ptce_graph.analysis.measures import MEASURES
from ptce_graph.network.projections import PROJECTIONS
from ptce_graph.publish.site.model import (
    Code,
    Link,
    Links,
    Page,
    Pairs,
    Parts,
    Prose,
    Section,
    Table,
)
from ptce_graph.publish.site.parts import Making, present

if TYPE_CHECKING:
    from pandas import DataFrame

#: How many of the first a page tells.
_TOP = 25


def measures_page(making: Making) -> Page:
    """All measures with their definitions."""
    words = making.words
    pairs = tuple(
        (
            words(measure.label),
            (Link(words("Values"), f"measures/{name}.html"), " – ", words(measure.definition)),
        )
        for name, measure in MEASURES.items()
    )
    lead = words("What is measured on the network of the links that documents tell as done.")
    return Page(
        "measures.html",
        words("Measures"),
        (Section("list", words("List"), (Pairs(pairs),)),),
        lead=(lead,),
        trail=(making.home(),),
        current="measures.html",
    )


def measure_page(making: Making, name: str, values: DataFrame) -> Page:
    """A measure: its definition and source, how it was computed, who comes first."""
    words, tell = making.words, making.tell
    measure, study = MEASURES[name], making.index.study
    projection = PROJECTIONS[study.network.projection]
    engine = words("Computed on arrays (numpy, scipy, rustworkx), the same values as networkx.")
    if study.by_networkx and measure.networkx:
        engine = words("Computed by networkx.")
    told: list[tuple[str, Parts]] = [
        (words("Definition"), (words(measure.definition),)),
        (words("Source of the definition"), (Link(measure.source, "", "en"),)),
        (words("Network"), (f"{words(projection.label)}. {words(projection.definition)}",)),
        (words("Computation"), (engine,)),
    ]
    defined = values[values[name].notna()]
    undefined = len(values) - len(defined)
    if undefined:
        note = words("{n} organisations and poles, for which it is not defined.")
        told.append((words("Left out"), (note.format(n=tell.number(undefined)),)))
    if len(defined):
        low, high = (making.value(name, float(defined[name].agg(end))) for end in ("min", "max"))
        told.append(
            (words("Range here"), (words("from {start} to {end}").format(start=low, end=high),))
        )
    rows: list[tuple[Parts, ...]] = []
    for actor, value in zip(defined["id"][:_TOP], defined[name][:_TOP], strict=True):
        if not math.isnan(value) and (value > 0 or measure.lowest_first):
            rows.append(((tell.actor(actor),), (making.value(name, float(value)),)))
    first = words("The lowest first: that is what is looked for.") if measure.lowest_first else ""
    table = Table(
        words("The first {n} of {total}").format(
            n=tell.number(len(rows)), total=tell.number(len(defined))
        ),
        (words("Name"), words(measure.label)),
        tuple(rows),
        frozenset((1,)),
    )
    command = f"ptce-graph analyse nodes --measure {name}"
    return Page(
        f"measures/{name}.html",
        words(measure.label),
        present(
            Section("definition", words("Definition"), (Pairs(tuple(told)),)),
            Section(
                "top",
                words("Who comes first"),
                (table, *([Prose((first,), "note")] if first else [])),
            ),
            Section(
                "files",
                words("All values"),
                (
                    Links(words("Download"), (Link("CSV", f"measures/{name}.csv"),)),
                    Code(words("The same on the command line"), command),
                ),
            ),
        ),
        kicker=words("Measure"),
        trail=(making.home(), Link(words("Measures"), "measures.html")),
        current="measures.html",
    )
