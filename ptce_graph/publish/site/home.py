"""The home page: what it is, key figures, the map, questions with their answers, how to use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ptce_graph.maps.preview import Preview
from ptce_graph.publish.site.model import (
    Block,
    Card,
    Cards,
    Code,
    Counts,
    Link,
    Page,
    Picture,
    Prose,
    Section,
)
from ptce_graph.publish.site.parts import Making, present
from ptce_graph.publish.site.questions import Answers, catalogue
from ptce_graph.publish.site.sources import TABLE_WORDS
from ptce_graph.publish.site.telling import filled

if TYPE_CHECKING:
    pass

#: Questions shown with the first of their answers, where the data have them, and the column shown.
_FEATURED = (
    ("poles-linking-coorace-rtes", "pole"),
    ("multi-membership", "organisation"),
    ("poles-by-region", "region"),
    ("rtes-members", "member"),
    ("laureates", "laureate"),
    ("network-bridges", "bridge"),
)
#: So many answers are named on the home page.
_NAMED = 4


def title_of(making: Making) -> str:
    """The title of the dataset, as its description gives it, or what it is about."""
    told = making.about.title.get(making.language, "")
    return told or making.words("Cooperation networks around the PTCE")


def short_title(making: Making) -> str:
    """The title for the head of every page: what stands before its colon where it is long."""
    title = title_of(making)
    return title.partition(":")[0].rstrip() if len(title) > 60 else title


def home_page(making: Making, answers: Answers, preview: Preview | None) -> Page:
    """What it is, key figures, the map, some questions with their answers, how to use it."""
    words = making.words
    lead = making.about.description.get(making.language, "") or words(
        "Who belongs to which network and to which territorial pole of economic cooperation, who "
        "cooperates with whom, since when: each fact with the passage of the document that says it."
    )
    picture: tuple[Block, ...] = ()
    file = making.map_of("whole", "all")
    if preview is not None and file:
        told = words("Every point is an organisation, a network, a pole or an action.")
        picture = (Picture(preview, Link(words("Open the interactive map"), file), told),)
    return Page(
        "index.html",
        title_of(making),
        present(
            Section("figures", words("Key figures"), (_key_figures(making),)),
            Section("map", words("The network"), picture),
            Section(
                "questions",
                words("Questions that the documents answer"),
                _featured(making, answers),
            ),
            Section("use", words("Use it"), uses(making)),
        ),
        lead=(lead,),
        current="index.html",
        description=lead,
    )


def _key_figures(making: Making) -> Counts:
    """Counts of things and facts, each with the page that lists or defines what is counted."""
    index, words, number = making.index, making.words, making.tell.number
    kinds = list(index.types.values())
    networks = sum(1 for kind in index.kinds.values() if kind == "reseau")
    facts = sum(
        index.count(t, "source", d) for t in TABLE_WORDS for d in index.facts.tables.documents
    )
    told = (
        (len(index.facts.tables.documents), words("documents"), "sources.html"),
        (
            kinds.count("organisation"),
            words("organisations, networks among them"),
            "organisations.html",
        ),
        (networks, words("networks"), "networks.html"),
        (kinds.count("pole"), words("poles"), "poles.html"),
        (
            len(index.cooperation_names),
            words("actions of partners, planned ones too"),
            "actions.html",
        ),
        (facts, words("facts, each with its passage"), "coverage.html"),
    )
    return Counts(tuple((number(n), Link(label, path)) for n, label, path in told))


def _featured(making: Making, answers: Answers) -> tuple[Block, ...]:
    """Some questions, with the first of their answers."""
    words = making.words
    cards = []
    for name, column in _FEATURED:
        if name not in catalogue():
            continue
        columns, rows = answers.of(name)
        if not rows or column not in columns:
            continue
        at = columns.index(column)
        told = list(dict.fromkeys(row[at].value for row in rows if row[at] is not None))
        more = len(told) - _NAMED
        text = ", ".join(told[:_NAMED])
        if more > 0:
            template = words("{names} and {n} more")
            text = template.format(names=text, n=making.tell.number(more))
        link = Link(catalogue()[name].words[making.language], f"questions/{name}.html")
        cards.append(Card(link, text))
    every = Link(words("All questions"), "questions.html")
    return (Cards(tuple(cards)), Prose((every,))) if cards else (Prose((every,)),)


def uses(making: Making) -> tuple[Block, ...]:
    words = making.words
    python = (
        "import ptce_graph\n\n"
        "graph = ptce_graph.load()\n"
        'graph.query("network-members", network="rtes")\n'
        'graph.analyse("bridges")\n'
        'graph.map("carte.html")\n'
    )
    sparql = (
        "SELECT ?pole ?name WHERE {\n"
        "  ?pole a ptce:Pole ; skos:prefLabel ?name .\n"
        "}\nORDER BY ?name\n"
    )
    download = filled(
        words(
            "The whole dataset in open formats: {data}. Each page leads to the same thing as RDF."
        ),
        {"data": Link(words("Data and downloads"), "data.html")},
    )
    return (
        Prose(download),
        Code("Python", python),
        Code("SPARQL – ptce-graph query --file poles.rq", sparql),
    )
