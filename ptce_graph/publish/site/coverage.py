"""What the documents gave, what stays open, where they disagree, what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ptce_graph.i18n import mark
from ptce_graph.publish.site.model import (
    Block,
    Link,
    Page,
    Parts,
    Prose,
    Section,
    Table,
)
from ptce_graph.publish.site.parts import Making, present
from ptce_graph.publish.site.sources import TABLE_WORDS
from ptce_graph.tables import coverage

if TYPE_CHECKING:
    from pandas import DataFrame

#: The aspects that ``coverage.undocumented`` counts, in words.
_MISSING = {
    "organisation without a legal form": mark("Organisations without a legal form"),
    "organisation without a kind": mark("Organisations without a kind"),
    "organisation without a place": mark("Organisations without a place"),
    "pole without a place": mark("Poles without a place"),
    "pole without a carrier": mark("Poles without a carrier"),
    "pole without a website": mark("Poles without a website"),
    "pole without a date of creation or start": mark("Poles without a date of creation or start"),
}


def coverage_page(making: Making) -> Page:
    """What the documents gave, what stays open, where they disagree, what could not be read."""
    words = making.words
    facts = making.index.facts
    return Page(
        "coverage.html",
        words("About and coverage"),
        present(
            Section("about", words("How to read this"), _about(making)),
            Section(
                "documents",
                words("What each document gave"),
                (_documents(making, coverage.counts(facts)),),
            ),
            Section(
                "missing",
                words("What no document says"),
                (_missing(making, coverage.undocumented(facts)),),
            ),
            Section(
                "disagreements",
                words("Where documents disagree"),
                _disagreements(making, coverage.disagreements(facts)),
            ),
            Section(
                "illegible",
                words("What could not be read"),
                _illegible(making, coverage.illegible(facts)),
            ),
        ),
        lead=(words("A missing link is not a no: this site holds only what its documents say."),),
        trail=(making.home(),),
        current="coverage.html",
    )


def _about(making: Making) -> tuple[Block, ...]:
    words = making.words
    return (
        Prose(
            (
                words(
                    "A planned action is one that a document proposes; it does not say that it "
                    "took place."
                ),
            )
        ),
        Prose((words("Line numbers are those of the transcription of each document."),)),
        Prose(
            (words("No person is named here."), " ", Link(words("The documents"), "sources.html"))
        ),
    )


def _documents(making: Making, told: DataFrame) -> Table:
    words, tell = making.words, making.tell
    used = [c for c in TABLE_WORDS if told.at["total", c]]
    rows: list[tuple[Parts, ...]] = []
    for document, row in told.iterrows():
        name: Parts = (words("Total"),)
        if document != "total":
            link = tell.source(str(document))
            name = (Link(str(document), link.path),)
        rows.append((name, *((tell.number(int(row[c])),) for c in [*used, "total"])))
    columns = (words("Document"), *(words(TABLE_WORDS[c]) for c in used), words("Total"))
    return Table(
        words("Facts by document and kind"), columns, tuple(rows), frozenset(range(1, len(columns)))
    )


def _missing(making: Making, told: DataFrame) -> Table:
    number = making.tell.number
    rows: tuple[tuple[Parts, ...], ...] = tuple(
        ((making.words(_MISSING.get(what, what)),), (number(int(missing)),), (number(int(of)),))
        for what, missing, of in told.itertuples(index=False)
    )
    columns = (making.words("What"), making.words("Number"), making.words("Of"))
    return Table(making.words("Not documented"), columns, rows, frozenset((1, 2)))


def _disagreements(making: Making, told: DataFrame) -> tuple[Block, ...]:
    tell, words = making.tell, making.words
    if not len(told):
        return (Prose((words("None found."),)),)
    rows: list[tuple[Parts, ...]] = []
    for row in told.to_dict("records"):
        thing = tell.joined(((tell.thing(t),) for t in row["thing"].split(" + ")), " + ")
        passage = tell.passages([{**row, "source": row["document"], "note": ""}])[0]
        where = (Link(passage.source, passage.path), f", {passage.section}, {passage.lines}")
        rows.append((thing, (_aspect(making, row["what"]),), _value(making, row), where))
    columns = (words("Thing"), words("What"), words("Value"), words("Passage"))
    return (Table(words("Statements that cannot all be taken together"), columns, tuple(rows)),)


def _aspect(making: Making, what: str) -> str:
    """A column of a table, or what a figure counts, in words."""
    kind, _colon, measure = what.partition(": ")
    if kind == "figure":
        return making.tell.label("figure-measures", measure)
    names: Mapping[str, str] = {
        "kind": making.words("Kind"),
        "legal_form": making.words("Legal form"),
        "place": making.words("Place"),
        "created": making.words("Created"),
        "since": making.words("At work since"),
        "website": making.words("Website"),
        "siren": "SIREN",
        "rna": "RNA",
        "wikidata": "Wikidata",
        "carrier": making.words("Carrier"),
        "state": making.words("State"),
        "start": making.words("Start"),
        "end": making.words("End"),
        "opened": making.words("Opened"),
        "decided": making.words("Decided"),
    }
    return names.get(what, what)


def _value(making: Making, row: Mapping[str, str]) -> Parts:
    what, value = row["what"], str(row["value"])
    tell = making.tell
    if what == "place":
        return (tell.place(value),)
    if what == "carrier":
        return (tell.actor(value),)
    if what == "legal_form":
        return (tell.code("legal-forms", value),)
    if what == "kind" and value in making.index.codes_of("organisation-kinds"):
        return (tell.code("organisation-kinds", value),)
    return (value,)


def _illegible(making: Making, told: DataFrame) -> tuple[Block, ...]:
    tell, words = making.tell, making.words
    if not len(told):
        return (Prose((words("All could be read."),)),)
    names = dict(
        zip(
            making.index.frame("framework")["id"],
            making.index.frame("framework")[f"label_{making.language}"],
            strict=True,
        )
    )
    rows: list[tuple[Parts, ...]] = []
    for row in told.to_dict("records"):
        passage = tell.passages([row])[0]
        where: Parts = (Link(passage.source, passage.path), f", {passage.section}, {passage.lines}")
        rows.append(
            ((str(names[row["id"]]),), (tell.label("legibilities", row["legibility"]),), where)
        )
    columns = (words("Item"), words("Legibility"), words("Passage"))
    return (Table(words("Items of the reference framework"), columns, tuple(rows)),)
