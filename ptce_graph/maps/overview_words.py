"""An overview in the words of one language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ptce_graph.analysis.measures import MEASURES
from ptce_graph.i18n import LANGUAGES, mark, number_words, translator
from ptce_graph.maps.build import check_start
from ptce_graph.maps.cards import Cards
from ptce_graph.maps.filters_told import filters_told
from ptce_graph.maps.groupings import group_label
from ptce_graph.maps.model import Attribute, Edge, Fact, MapModel, Node, Scale, Tray
from ptce_graph.maps.overview import Overview, Tie
from ptce_graph.maps.palette import EDGE_LOOKS, NODE_LOOKS, counted
from ptce_graph.maps.sentences import Sentences, rows
from ptce_graph.maps.titles import licence_words, sources, title_of
from ptce_graph.vocabulary.iris import thing_iri

if TYPE_CHECKING:
    from pandas import DataFrame

_SMALLEST, _LARGEST = 9, 38
_CATEGORY = {"networks": "network", "poles": "pole", "region": "region"}
_TITLE = {
    "networks": mark("overview of the networks"),
    "poles": mark("overview of the poles"),
    "region": mark("overview of the regions"),
}
_COUNTED = {
    "networks": mark("{groups} networks in the place of the {members} memberships they have"),
    "poles": mark("{groups} poles in the place of the {members} members and carriers they have"),
    "region": mark("{groups} regions in the place of the {members} organisations and poles there"),
}
_HOW = {
    "networks": mark("To see the members of one: ptce-graph viz --network NAME."),
    "poles": mark("To see the members of one: ptce-graph viz --pole NAME."),
    "region": mark("To see the organisations of one: ptce-graph viz --region NAME."),
}
_MEMBERS_HERE = mark("Number of different organisations and poles that the documents place in it.")


def overview_models(
    shown: Overview,
    language: str,
    title: str = "",
    start: tuple[tuple[str, str], ...] = (),
    pages: Mapping[str, str] | None = None,
) -> tuple[MapModel, ...]:
    """The models of an overview in ``language``, then in the other languages.

    ``start`` as in ``MapModel.start``; ``pages`` are the files, beside this
    map, of the maps of its groups.
    """
    others = [other for other in LANGUAGES if other != language]
    models = tuple(
        replace(_in_words(shown, chosen, title, pages or {}), start=start)
        for chosen in (language, *others)
    )
    check_start(models[0])
    return models


def _in_words(shown: Overview, language: str, title: str, pages: Mapping[str, str]) -> MapModel:
    words, network = translator(language), shown.seen.network
    said = Sentences(network.facts, network.links[:0], frozenset(shown.sizes), language)
    nodes = _nodes(shown, said, language, pages)
    ties = _edges(shown, said)
    tray = shown.placed.tray
    label = words("No common member documented so far")
    if shown.level == "region":
        label = words("No link documented so far")
    default = words("{title}: {shown}").format(
        title=title_of(shown.seen, language), shown=words(_TITLE[shown.level])
    )
    return MapModel(
        language=language,
        title=title or default,
        subtitle=_subtitle(shown, language),
        node_categories=counted(NODE_LOOKS, (n.category for n in nodes), words),
        edge_categories=counted(EDGE_LOOKS, (e.category for e in ties), words),
        nodes=nodes,
        edges=ties,
        trays=(Tray(label, tray.x, tray.y, tray.width, tray.height),) if tray else (),
        sources=sources(network, language),
        notes=_notes(shown, language, bool(pages)),
        scales=(_scale(shown, words),) if len(set(shown.sizes.values())) > 1 else (),
    )


def _scale(shown: Overview, words: Callable[[str], str]) -> Scale:
    if shown.level == "region":
        return Scale("members", words("Organisations and poles"), words(_MEMBERS_HERE), True)
    measure = MEASURES["members"]
    return Scale("members", words(measure.label), words(measure.definition), True)


def _nodes(
    shown: Overview, said: Sentences, language: str, pages: Mapping[str, str]
) -> tuple[Node, ...]:
    network, words = shown.seen.network, translator(language)
    cards = Cards(network.facts, _no_measures(), language)
    top = max(shown.sizes.values())
    rank = {name: number for number, name in enumerate(shown.sizes, start=1)}
    scale, found = _scale(shown, words), []
    for name in sorted(shown.sizes):
        x, y = shown.placed.positions[name]
        size = shown.sizes[name]
        known = name in network.facts.actors.index
        count = Attribute(scale.label, number_words(str(size), language), scale.definition)
        found.append(
            Node(
                id=name,
                label=group_label(network, name, language),
                category=_CATEGORY[shown.level],
                x=x,
                y=y,
                size=round(_SMALLEST + (_LARGEST - _SMALLEST) * (size / top) ** 0.5),
                rank=rank[name],
                attributes=(*(cards.attributes(name) if known else ()), count),
                facts=said.of(name),
                website=cards.website(name) if known else "",
                iri=cards.iri(name) if known else thing_iri("place", name),
                values=(("members", float(size)),),
                page=pages.get(name, ""),
            )
        )
    return tuple(found)


def _no_measures() -> DataFrame:
    import pandas as pd

    return pd.DataFrame()


def _edges(shown: Overview, said: Sentences) -> tuple[Edge, ...]:
    used = sorted({row for tie in shown.ties for _what, told in tie.examples for row in told})
    links = shown.seen.network.links.loc[used]
    by_number = dict(zip(used, rows(links), strict=True))
    category = "between" if shown.level == "region" else "overlap"
    return tuple(
        Edge(
            f"{category}:{tie.one}:{tie.other}",
            tie.one,
            tie.other,
            category,
            _label(shown, tie, said),
            _examples(tie, said, by_number),
            False,
        )
        for tie in sorted(shown.ties, key=lambda tie: (tie.one, tie.other))
    )


def _label(shown: Overview, tie: Tie, said: Sentences) -> str:
    template = said.words("{n} in common")
    if shown.level == "region":
        template = said.words("{n} ties between their organisations and poles")
    return template.format(n=number_words(str(tie.count), said.language))


def _examples(
    tie: Tie, said: Sentences, by_number: Mapping[int, Mapping[str, object]]
) -> tuple[Fact, ...]:
    """Some of what ties two groups, with their passages; how many more there are."""
    found = []
    for what, told in tie.examples:
        known = what in said.facts.actors.index
        text = said.name(what) if known else what
        found.append(Fact(text, said.passages(by_number[row] for row in told)))
    more = tie.count - len(found)
    if more > 0 and found:
        text = said.words("… and {n} more").format(n=number_words(str(more), said.language))
        found.append(Fact(text, ()))
    return tuple(found)


def _subtitle(shown: Overview, language: str) -> str:
    words, network = translator(language), shown.seen.network
    counts = words(_COUNTED[shown.level]).format(
        groups=len(shown.sizes), members=number_words(str(sum(shown.sizes.values())), language)
    )
    number = len(network.facts.tables.documents)
    by = words("{counts}, by one document") if number == 1 else words("{counts}, by {n} documents")
    told = [words("{sentence}.").format(sentence=by.format(counts=counts, n=number))]
    told += filters_told(network.facts, shown.seen.view.filters, language)
    if shown.groups_left_out:
        template = words("Not shown: the {n} smallest.")
        told.append(template.format(n=number_words(str(shown.groups_left_out), language)))
    if shown.ties_left_out:
        template = words("Not shown: the {n} weakest ties.")
        told.append(template.format(n=number_words(str(shown.ties_left_out), language)))
    return " ".join(told)


def _notes(shown: Overview, language: str, linked: bool) -> tuple[str, ...]:
    words = translator(language)
    how = words("Each opens a map of its own.") if linked else words(_HOW[shown.level])
    return (
        words("The map holds only what these documents say; a missing link is not a no."),
        words("The size of a node grows with the number of its members."),
        how,
        words("Line numbers are those of the transcription of each document."),
        *licence_words(shown.seen.network, words),
    )
