"""The questions of the catalogue, each with its answer, its SPARQL text and its documents."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ptce_graph.dataset.questions import Question, questions
from ptce_graph.dataset.store import query_errors, run_query
from ptce_graph.publish.site.addresses import page_of_iri
from ptce_graph.publish.site.index import Index
from ptce_graph.publish.site.model import (
    Block,
    Code,
    Entry,
    Link,
    Links,
    Listing,
    Page,
    Pairs,
    Parts,
    Prose,
    Section,
    Table,
)
from ptce_graph.publish.site.parts import Making, present
from ptce_graph.publish.site.paths import thing_page
from ptce_graph.tabular import csv_text
from ptce_graph.vocabulary.iris import code_iri, thing_iri

if TYPE_CHECKING:
    from pyoxigraph import Store

#: A page shows so many rows of an answer; the CSV file holds all that the query gives.
MOST_ROWS = 500
_NUMBERS = ("integer", "decimal", "double", "float")


class Answers:
    """The answers of the catalogue over a store, with the pages that their cells lead to."""

    def __init__(self, store: Store, index: Index, base_iri: str) -> None:
        self.store, self.index, self.base_iri = store, index, base_iri
        self.of = lru_cache(maxsize=8)(self._of)

    def _of(self, name: str) -> tuple[tuple[str, ...], tuple[tuple[Any, ...], ...]]:
        """The columns and the terms of an answer, with the default parameters."""
        question = catalogue()[name]
        solutions = run_query(self.store, question.sparql({}, self.base_iri))
        columns = tuple(variable.value for variable in solutions.variables)
        with query_errors():
            return columns, tuple(tuple(row) for row in solutions)

    def csv(self, name: str) -> str:
        """An answer as CSV that a spreadsheet opens safely."""
        columns, rows = self.of(name)
        return csv_text(columns, [["" if c is None else c.value for c in row] for row in rows])


@lru_cache(maxsize=1)
def catalogue() -> dict[str, Question]:
    """The questions by name."""
    return questions()


def question_page(making: Making, answers: Answers, name: str) -> Page:
    """A question, its answer as a table, and what it rests on."""
    words, tell = making.words, making.tell
    question = catalogue()[name]
    columns, rows = answers.of(name)
    note = question.notes[making.language]
    cells = tuple(
        tuple(
            _cell(making, answers, column, term) for column, term in zip(columns, row, strict=True)
        )
        for row in rows[:MOST_ROWS]
    )
    numbers = frozenset(
        at for at in range(len(columns)) if rows and all(_is_number(row[at]) for row in rows)
    )
    caption = words("{n} answer") if len(rows) == 1 else words("{n} answers")
    answer: list[Block] = [
        Table(caption.format(n=tell.number(len(rows))), columns, cells, numbers)
        if rows
        else Prose((words("The documents give no answer."),))
    ]
    if len(rows) > MOST_ROWS:
        more = words("The first {shown} rows; the CSV file holds all that the query gives.")
        answer.append(Prose((more.format(shown=tell.number(MOST_ROWS)),), "note"))
    answer.append(
        Links(
            words("Download"),
            (Link("CSV", f"questions/{name}.csv"), Link("SPARQL", f"questions/{name}.rq")),
        )
    )
    command = f"ptce-graph query {name}"
    return Page(
        f"questions/{name}.html",
        question.words[making.language],
        present(
            Section("answer", words("Answer"), tuple(answer)),
            Section("reading", words("How to read it"), (Prose((note,)),) if note else ()),
            _parameters(making, answers, question),
            Section(
                "sparql",
                "SPARQL",
                (
                    Code(
                        words("The query, as it was asked"), question.sparql({}, answers.base_iri)
                    ),
                    Code(words("The same on the command line"), command),
                ),
            ),
            _documents(making, question),
        ),
        kicker=words("Question"),
        lead=(),
        trail=(making.home(), Link(words("Questions"), "questions.html")),
        current="questions.html",
    )


def _is_number(term: Any) -> bool:
    datatype = getattr(getattr(term, "datatype", None), "value", "")
    return datatype.startswith("http://www.w3.org/2001/XMLSchema#") and datatype.endswith(_NUMBERS)


#: Columns whose texts are no names, whatever they look like.
_NO_NAMES = ("section", "lines", "note", "kind", "role", "label", "measure", "unit")


def _cell(making: Making, answers: Answers, column: str, term: Any) -> Parts:
    """A term as people read it: what has a page of ours leads to it."""
    if term is None:
        return ("",)
    text = str(term.value)
    if type(term).__name__ == "NamedNode":
        page = page_of_iri(making.index, text, answers.base_iri)
        return (Link(_told(making, page) or text, page),) if page else (text,)
    if _is_number(term):
        whole = text.removesuffix(".0")
        plain = whole.replace(".", "", 1).isdigit()
        return (making.tell.number(whole) if plain and column != "year" else text,)
    if column in _NO_NAMES:
        return (text,)
    return making.tell.joined((_named(making, part) for part in text.split(" | ")), " | ")


def _named(making: Making, text: str) -> Parts:
    """A document by its identifier, or a thing by a name that is nobody else's."""
    index = making.index
    if text in index.facts.tables.documents:
        return (Link(text, thing_page("source", text)),)
    found = index.named.get(text)
    return (Link(text, thing_page(*found)),) if found else (text,)


def _told(making: Making, page: str) -> str:
    """What a thing with a page is called."""
    kind, _slash, rest = page.removeprefix("id/").partition("/")
    identifier = rest.removesuffix(".html")
    names = {
        "organisation": making.index.names,
        "pole": making.index.names,
        "cooperation": making.index.cooperation_names,
        "call": making.index.call_names,
    }
    return names.get(kind, {}).get(identifier, "")


def _parameters(making: Making, answers: Answers, question: Question) -> Section:
    """The parameters, and with which value this answer was asked."""
    words = making.words
    pairs: list[tuple[str, Parts]] = []
    for parameter in question.parameters:
        kind, _colon, scheme = parameter.kind.partition(":")
        address = ""
        if scheme:
            address = code_iri(scheme, parameter.default)
        elif kind not in ("text", "number", "limit"):
            address = thing_iri(kind, parameter.default, answers.base_iri)
        page = page_of_iri(making.index, address, answers.base_iri) if address else ""
        value: Parts = (Link(parameter.default, page),) if page else (parameter.default,)
        pairs.append((parameter.name, value))
    title = words("Parameters of this answer")
    return Section("parameters", title, (Pairs(tuple(pairs)),) if pairs else ())


def _documents(making: Making, question: Question) -> Section:
    known = making.index.facts.tables.documents
    told = tuple(Entry(making.tell.source(d)) for d in question.documents if d in known)
    blocks = (Listing((("", told),), letters=False),) if told else ()
    return Section("documents", making.words("Documents it rests on"), blocks)


def questions_page(making: Making) -> Page:
    """All questions, with a filter."""
    words = making.words
    entries = [
        Entry(Link(question.words[making.language], f"questions/{name}.html"), name)
        for name, question in catalogue().items()
    ]
    entries.sort(key=lambda entry: entry.link.text.casefold())
    lead = words("{n} questions that the documents answer, each with its SPARQL text.")
    return Page(
        "questions.html",
        words("Questions"),
        (Section("list", words("List"), (Listing((("", tuple(entries)),), letters=False),)),),
        lead=(lead.format(n=making.tell.number(len(entries))),),
        trail=(making.home(),),
        current="questions.html",
    )
