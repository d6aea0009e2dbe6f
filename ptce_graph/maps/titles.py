"""What a map says of itself: title, subtitle, notes, sources."""

from __future__ import annotations

from collections.abc import Callable

from ptce_graph.bundled import DATA_DIR
from ptce_graph.i18n import date_words, mark, translator
from ptce_graph.maps.calls import CALL, call_name
from ptce_graph.maps.drawing import Drawing
from ptce_graph.maps.filters_told import filters_told, names_of
from ptce_graph.maps.model import Source
from ptce_graph.maps.palette import Looks
from ptce_graph.maps.views import Seen, links_left_out, planned_left_out
from ptce_graph.network.network import Network
from ptce_graph.tables.cells import is_date
from ptce_graph.tables.read import Document

Words = Callable[[str], str]

#: What the title adds, and what the tray of nodes without a link says, by projection.
_PROJECTION_WORDS = {
    "all": ("", mark("No link documented so far")),
    "affiliation": (mark("memberships"), mark("No membership documented so far")),
    "cooperation": (mark("cooperations"), mark("No cooperation documented so far")),
    "comembership": (mark("co-memberships"), mark("No membership in common documented so far")),
    "overlap": (
        mark("networks and poles with common members"),
        mark("No common member documented so far"),
    ),
    CALL: ("", mark("No carrier that the documents name")),
}


def title_of(seen: Seen, language: str) -> str:
    """The title of a map that was given none."""
    words = translator(language)
    title = words("Cooperation networks around the PTCE")
    if seen.view.call:
        title = words("Candidates of a call")
    shown = _PROJECTION_WORDS[seen.network.projection][0]
    parts = [words(shown) if shown else "", _part_words(seen, language)]
    told = ", ".join(part for part in parts if part)
    return words("{title}: {shown}").format(title=title, shown=told) if told else title


def _part_words(seen: Seen, language: str) -> str:
    """The part of the data that a view shows, in a few words."""
    words, view, facts = translator(language), seen.view, seen.network.facts
    if view.call:
        return call_name(facts, view.call)
    if view.compare:
        one, other = side_names(seen, language)
        return words("{one} and {other} compared").format(one=one, other=other)
    if view.around:
        names = ", ".join(names_of(facts, view.around))
        return words("around {names}").format(names=names)
    if view.between:
        one, other = names_of(facts, view.between)
        return words("what ties {one} and {other}").format(one=one, other=other)
    if view.bridges:
        return words("what ties networks together")
    filters = view.filters
    told = names_of(facts, (*filters.networks, *filters.poles, *filters.regions))
    return ", ".join([*told, *([date_words(filters.as_of, language)] if filters.as_of else [])])


def subtitle(drawn: Drawing, language: str) -> str:
    """What is shown and what is not, and according to what."""
    seen, words = drawn.seen, translator(language)
    sentences = [_counts(drawn, language), *_mode_sentences(seen, language)]
    sentences += filters_told(seen.network.facts, seen.view.filters, language)
    sentences += coverage_sentences(seen, language)
    if len(sentences) == 1:
        return sentences[0]
    return " ".join([words("{sentence}.").format(sentence=sentences[0]), *sentences[1:]])


def _counts(drawn: Drawing, language: str) -> str:
    """How many of what, by how many documents."""
    words, kinds = translator(language), drawn.network.nodes["type"].value_counts()
    organisations = int(kinds.get("organisation", 0) + kinds.get("network", 0))
    candidacies = drawn.seen.network.links["fact"].nunique() if drawn.seen.view.call else 0
    counted = (
        (candidacies, words("{n} candidacy"), words("{n} candidacies")),
        (organisations, words("{n} organisation"), words("{n} organisations")),
        (kinds.get("pole", 0), words("{n} pole"), words("{n} poles")),
        (
            kinds.get("cooperation", 0),
            words("{n} action of several partners"),
            words("{n} actions of several partners"),
        ),
    )
    told = [(one if n == 1 else many).format(n=n) for n, one, many in counted if n]
    counts = told[0]
    if len(told) > 1:
        counts = words("{one} and {other}").format(one=", ".join(told[:-1]), other=told[-1])
    documents = _documents(drawn)
    by = words("{counts}, by {n} documents")
    if documents == 1:
        by = words("{counts}, by one document")
    return by.format(counts=counts, n=documents)


def _documents(drawn: Drawing) -> int:
    """How many documents say what is shown: those of the links drawn, where it is a part."""
    if drawn.seen.view.call:
        return int(drawn.seen.network.links["source"].nunique())
    if drawn.seen.in_part:
        return len(drawn.network.sources)
    return len(drawn.network.facts.tables.documents)


def _mode_sentences(seen: Seen, language: str) -> list[str]:
    words, view = translator(language), seen.view
    if view.around:
        template = words("At most {n} steps away; an action of several partners is no step.")
        if view.steps == 1:
            template = words("One step away; an action of several partners is no step.")
        return [template.format(n=view.steps)]
    if view.bridges:
        return [
            words(
                "Only the links by which an organisation or a pole ties two networks: an "
                "organisation by belonging to both, a pole by the organisations attached to it."
            )
        ]
    if view.compare:
        told = words("Planned links are left out.")
        if is_date(view.compare[0]):
            return [words("Links without a date stand on both sides."), told]
        return [told]
    return []


def coverage_sentences(seen: Seen, language: str) -> list[str]:
    """How many of the links that documents tell are not drawn."""
    words = translator(language)
    if seen.view.call:
        return []
    told = []
    if seen.touched:
        told.append(words("Cooperations are drawn with all their partners."))
    shown, total = links_left_out(seen)
    if shown < total:
        template = words("Drawn: {shown} of the {total} links that the documents tell.")
        told.append(template.format(shown=shown, total=total))
    planned = 0 if seen.view.compare else planned_left_out(seen)
    if planned:
        template = words("Left out: {n} links that a document only plans.")
        told.append(template.format(n=planned))
    return told


def side_names(seen: Seen, language: str) -> tuple[str, ...]:
    """The names of the two sides of a comparison: dates, or networks."""
    names = seen.view.compare
    if is_date(names[0]):
        return tuple(date_words(name, language) for name in names)
    return tuple(names_of(seen.network.facts, names))


def side_looks(seen: Seen, language: str) -> Looks:
    """What links look like in a comparison: those of one side, of both, of the other."""
    words = translator(language)
    one, other = side_names(seen, language)
    only = words("{name} only")
    return {
        "first": (only.format(name=one), "#D55E00", "dashed"),
        "both": (words("{one} and {other}").format(one=one, other=other), "#4A6A8A", "solid"),
        "second": (only.format(name=other), "#0072B2", "dotted"),
    }


def tray_label(seen: Seen, words: Words) -> str:
    """What the tray of nodes without a link says: of a part, only that nothing of it is tied."""
    if seen.in_part and not seen.view.call:
        return words("Without a link among those shown")
    return tray_words(seen.network.projection, words)


def tray_words(projection: str, words: Words) -> str:
    """What a tray says in the whole of a projection."""
    return words(_PROJECTION_WORDS[projection][1])


def sources(network: Network, language: str) -> tuple[Source, ...]:
    """The documents, with publisher and date."""
    documents = network.facts.tables.documents.values()
    return tuple(Source(d.id, d.title, _source_detail(d, language)) for d in documents)


def _source_detail(document: Document, language: str) -> str:
    words = translator(language)
    date = date_words(document.date, language) if document.date else words("undated")
    return ", ".join(part for part in (document.publisher, date) if part)


def notes(drawn: Drawing, language: str) -> tuple[str, ...]:
    """What a reader must know."""
    words, seen = translator(language), drawn.seen
    measured = words(
        "Measures are taken on the links that documents tell as done, planned ones left aside."
    )
    if seen.network is not seen.whole:
        measured = words(
            "Measures are those of the whole network by the same filters, not only of the part "
            "that is drawn; planned links are left aside."
        )
    return (
        words("The map holds only what these documents say; a missing link is not a no."),
        words(
            "A planned action is one that a document proposes; it does not say that it took place."
        ),
        measured,
        words("Line numbers are those of the transcription of each document."),
        *_left_out_words(drawn, words),
        *(note.told(words) for note in seen.network.left_out),
        *licence_words(seen.network, words),
    )


def _left_out_words(drawn: Drawing, words: Words) -> list[str]:
    if not drawn.left_out:
        return []
    template = words(
        "Not drawn: {n} organisations without such a link, such as carriers of candidacies."
    )
    return [template.format(n=drawn.left_out)]


def licence_words(network: Network, words: Words) -> list[str]:
    """The licence of the bundled data; what people map of their own is theirs to license."""
    bundled = network.facts.tables.folder == DATA_DIR
    return [words("Data: Licence Ouverte 2.0 (Etalab).")] if bundled else []
