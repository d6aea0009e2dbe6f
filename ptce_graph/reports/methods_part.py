"""The last parts of the report: limits, methods, references, documents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.metadata import version

import numpy as np

from ptce_graph import __version__
from ptce_graph.analysis.study import Study
from ptce_graph.i18n import date_words, mark
from ptce_graph.network.projections import PROJECTIONS
from ptce_graph.reports.context import Context, observed_only
from ptce_graph.reports.model import Block, Definitions, Heading, Items, Section, Text

_BY_NETWORKX = mark("Computed by networkx.")
_BY_ARRAYS = mark("Computed on arrays (numpy, scipy, rustworkx), the same values as networkx.")
#: What computes and draws; their versions are told, since values may differ beyond rounding.
_SOFTWARE = ("networkx", "numpy", "scipy", "rustworkx", "pandas", "matplotlib")
#: What stands before a publication where an entry names several: "sampled: Brandes, U. …".
_PREFIX = re.compile(r"^[a-z ]+: ")
_AUTHORS = re.compile(r"^(?:[^,]+, (?:\w\. ?-?)+(?:, | and | et al\., )?)+")


def limits(context: Context) -> Section:
    """What the numbers do not say, and what was left out of them."""
    network, words = context.network, context.words
    said = [
        words(
            "A missing link is not a no: the documents do not speak of it, or were not read. Few "
            "documents mean few links."
        ),
        words(
            "What is central here is central in these documents: an organisation that writes, or "
            "is written about, has more links than one that is not."
        ),
    ]
    if observed_only(context.request):
        said.append(words("Planned links are left out; they are no links yet."))
    else:
        said.append(words("Planned links are counted, though nothing says that they came true."))
    rows = np.unique(network.edges.facts)
    undated = int((network.links.loc[rows, "start"] == "").sum()) if len(rows) else 0
    if undated:
        template = mark("Links without a date: {n} of {all}; the network may mix several years.")
        said.append(context.say(template, n=undated, all=len(rows)))
    said += [text for text in context.limits if text not in said]
    return Section("limits", words("Limits"), (Items(tuple(said)),))


def methods(context: Context) -> Section:
    """How numbers were made, and each definition with its source."""
    words, network = context.words, context.network
    projection = PROJECTIONS[network.projection]
    study = Study(network, context.request.engine, context.request.pivots, context.request.seed)
    said = [
        words("Network: {label}. {definition}").format(
            label=words(projection.label), definition=words(projection.definition)
        ),
        *(context.told(one) for one in network.filters.notes()),
        words(_BY_NETWORKX if study.by_networkx else _BY_ARRAYS),
        words("Whatever is drawn again and again is computed on arrays."),
        words("All that is drawn at random is drawn from one seed: {seed}.").format(
            seed=context.request.seed
        ),
        words("Software: {versions}.").format(versions=", ".join(_versions())),
    ]
    entries = tuple(context.definitions.values())
    blocks: tuple[Block, ...] = (
        Items(tuple(said)),
        Heading(words("Definitions")),
        Definitions(entries),
    )
    return Section("methods", words("Methods"), blocks)


def _versions() -> list[str]:
    return [f"ptce-graph {__version__}", *(f"{name} {version(name)}" for name in _SOFTWARE)]


def references(context: Context) -> Section:
    """The publications that define what was used, once each."""
    found = distinct(entry.source for entry in context.definitions.values())
    return Section("references", context.words("References"), (Items(tuple(found)),))


def distinct(sources: Iterable[str]) -> list[str]:
    """Publications from the registries' entries, in alphabetical order.

    An entry may name several, apart by semicolons. Of two that name the same
    publication (first author and title up to a colon) the longer stays.
    """
    kept: dict[tuple[str, str], str] = {}
    for source in sources:
        for part in source.split("; "):
            text = _PREFIX.sub("", part.strip())
            author = text.partition(",")[0].casefold()
            title = _AUTHORS.sub("", text)
            key = (author, re.split("[,:]", title)[0].strip().casefold())
            if len(text) > len(kept.get(key, "")):
                kept[key] = text
    return sorted(kept.values(), key=str.casefold)


def documents(context: Context) -> Section:
    """The documents in use: who says so, and when."""
    words = context.words
    items, anchors = [], []
    for name in context.network.sources:
        document = context.facts.tables.documents[name]
        date = date_words(document.date, context.language) if document.date else words("undated")
        parts = [part for part in (document.title, document.publisher, date) if part]
        items.append(f"{name} — {', '.join(parts)}")
        anchors.append(f"document-{name}")
    if not items:
        text = Text(words("No document tells a link that the filters keep."))
        return Section("documents", words("Documents"), (text,))
    intro = Text(words("Section and lines are those of the transcription of each document."))
    return Section("documents", words("Documents"), (intro, Items(tuple(items), tuple(anchors))))
