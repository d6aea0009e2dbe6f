"""Lists from A to Z, with filters; long ones are parted by letter."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator

from ptce_graph.publish.site.index import Index
from ptce_graph.publish.site.model import (
    Block,
    Entry,
    Filter,
    Link,
    Links,
    Listing,
    Page,
    Prose,
    Section,
)
from ptce_graph.publish.site.parts import Making
from ptce_graph.publish.site.paths import code_page
from ptce_graph.publish.site.things import scheme_name

#: A list longer than this has a page per letter, and several for a letter with many.
LONG = 1_000
#: So many entries stand on a page of a letter.
_PER_PAGE = 500


def actors_of(index: Index, name: str) -> list[str]:
    """The actors of a list: ``networks``, ``poles`` or ``organisations`` (networks too)."""
    if name == "networks":
        return index.networks()
    wanted = "pole" if name == "poles" else "organisation"
    return [actor for actor in index.by_name if index.types[actor] == wanted]


def letter(name: str) -> str:
    """The letter under which a name is looked up: without accent, ``#`` for a digit."""
    plain = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "OE"))
    first = next((c for c in plain.upper() if c.isalnum()), "#")
    return first if "A" <= first <= "Z" else "#"


def parts_of(index: Index, name: str) -> dict[str, list[str]]:
    """The pages of a long list, by the end of their path; none for a short one."""
    actors = actors_of(index, name)
    if len(actors) <= LONG:
        return {}
    by_letter: dict[str, list[str]] = {}
    for actor in actors:
        by_letter.setdefault(letter(index.names[actor]), []).append(actor)
    found = {}
    for first, told in sorted(by_letter.items()):
        stem = "0" if first == "#" else first.lower()
        for number, start in enumerate(range(0, len(told), _PER_PAGE), start=1):
            found[stem if number == 1 else f"{stem}-{number}"] = told[start : start + _PER_PAGE]
    return found


def actor_list(making: Making, name: str, parts: dict[str, list[str]], part: str = "") -> Page:
    """The list ``networks``, ``poles`` or ``organisations``, or a part of it."""
    words, tell, index = making.words, making.tell, making.index
    title = {
        "networks": words("Networks"),
        "poles": words("Poles"),
        "organisations": words("Organisations"),
    }[name]
    blocks: list[Block] = []
    if name == "poles" and making.shared.judged.poles:
        link = Link(words("Which criteria of a PTCE each meets"), "criteria.html")
        blocks.append(Prose((link,)))
    if parts:
        links = tuple(Link(_part_name(p), f"{name}/{p}.html") for p in parts)
        blocks.append(Links(words("By letter"), links))
    if part or not parts:
        shown = parts[part] if part else actors_of(index, name)
        blocks.append(_listing(making, shown, name))
    total = sum(map(len, parts.values())) if parts else len(shown)
    documents = len(index.facts.tables.documents)
    lead = words("{n} in {documents} documents.").format(
        n=tell.number(total), documents=tell.number(documents)
    )
    path = f"{name}/{part}.html" if part else f"{name}.html"
    whole = (Link(title, f"{name}.html"),) if part else ()
    return Page(
        path,
        f"{title}{words(': ')}{_part_name(part)}" if part else title,
        (Section("list", words("From A to Z"), tuple(blocks)),),
        lead=(lead,),
        trail=(making.home(), *whole),
        current=f"{name}.html",
    )


def _part_name(part: str) -> str:
    first, _dash, number = part.partition("-")
    return {"0": "0–9"}.get(first, first.upper()) + (f" {number}" if number else "")


def _listing(making: Making, actors: Iterable[str], name: str) -> Listing:
    """Entries by letter; filters by kind, region and network, with how many each keeps."""
    index, words, tell = making.index, making.words, making.tell
    labels: dict[str, dict[str, str]] = {"kind": {}, "region": {}, "network": {}}
    counts: dict[tuple[str, str], int] = {}
    groups: dict[str, list[Entry]] = {}
    for actor in actors:
        kind = index.kinds[actor]
        told = {
            "kind": (kind,) if kind and name == "organisations" else (),
            "region": index.region_of(actor),
            "network": tuple(
                dict.fromkeys(
                    row["organisation"]
                    for row in index.rows("memberships", "member", actor, 20)
                    if index.category(row["organisation"]) == "network"
                )
            ),
        }
        for which, values in told.items():
            for value in values:
                counts[which, value] = counts.get((which, value), 0) + 1
                if value not in labels[which]:
                    labels[which][value] = _filter_label(making, which, value)
        places = [str(index.places[p]["name"]) for p in index.places_of[actor]]
        text = " · ".join(
            part
            for part in (
                tell.label("organisation-kinds", kind) if name == "organisations" else "",
                ", ".join(places),
            )
            if part
        )
        entry = Entry(tell.actor(actor), text, tuple(told.items()))
        groups.setdefault(letter(index.names[actor]), []).append(entry)
    titles = {"kind": words("Kind"), "region": words("Region"), "network": words("Network")}
    filters = tuple(
        Filter(which, titles[which], _choices(making, which, named, counts))
        for which, named in labels.items()
        if len(named) > 1
    )
    return Listing(tuple((first, tuple(e)) for first, e in sorted(groups.items())), filters)


def _choices(
    making: Making, which: str, named: dict[str, str], counts: dict[tuple[str, str], int]
) -> tuple[tuple[str, str], ...]:
    ordered = sorted(named.items(), key=lambda pair: pair[1].casefold())
    number = making.tell.number
    return tuple((value, f"{label} ({number(counts[which, value])})") for value, label in ordered)


def _filter_label(making: Making, which: str, value: str) -> str:
    if which == "kind":
        return making.tell.label("organisation-kinds", value)
    if which == "region":
        return str(making.index.places[value]["name"])
    return making.index.names[value]


def _simple(
    making: Making,
    path: str,
    title: str,
    groups: Iterable[tuple[str, tuple[Entry, ...]]],
    lead: str,
) -> Page:
    told = tuple((name, entries) for name, entries in groups if entries)
    letters = all(len(name) == 1 for name, _entries in told)
    return Page(
        path,
        title,
        (Section("list", making.words("List"), (Listing(told, letters=letters),)),),
        lead=(lead,) if lead else (),
        trail=(making.home(),),
        current=path,
    )


def places_list(making: Making) -> Page:
    """The places, by type, the largest territories first."""
    index, words, tell = making.index, making.words, making.tell
    order = ("region", "departement", "region-ancienne")
    by_type: dict[str, list[str]] = {}
    for place, row in index.places.items():
        by_type.setdefault(row["type"], []).append(place)
    types = sorted(by_type, key=lambda t: (order.index(t) if t in order else len(order), t))

    def entries(told: list[str]) -> Iterator[Entry]:
        for place in sorted(told, key=lambda p: str(index.places[p]["name"]).casefold()):
            around = index.around(place)[1:]
            yield Entry(tell.place(place), ", ".join(str(index.places[p]["name"]) for p in around))

    used = [(tell.label("place-types", t).capitalize(), tuple(entries(by_type[t]))) for t in types]
    lead = words("Places that the documents name, and the territories they lie in.")
    return _simple(making, "places.html", words("Places"), used, lead)


def actions_list(making: Making) -> Page:
    """The cooperations: those told as done, then those that are planned only."""
    index, words, tell = making.index, making.words, making.tell
    frame = index.frame("cooperations").drop_duplicates("id")
    found: dict[bool, list[Entry]] = {False: [], True: []}
    for row in frame.to_dict("records"):
        text = tell.label("cooperation-kinds", row["kind"])
        partners = index.count("participations", "cooperation", row["id"])
        told = words("{n} partner") if partners == 1 else words("{n} partners")
        text += f" · {told.format(n=tell.number(partners))}"
        found[row["state"] == "prevu"].append(Entry(tell.cooperation(row["id"]), text))
    groups = [
        (words("Told as done"), _in_order(found[False])),
        (words("Planned only"), _in_order(found[True])),
    ]
    lead = words("What several do together, or one for another, by the documents.")
    return _simple(making, "actions.html", words("Actions"), groups, lead)


def _in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: entry.link.text.casefold()))


def calls_list(making: Making) -> Page:
    """The calls for candidacies."""
    index, words, tell = making.index, making.words, making.tell
    entries = []
    for call in sorted(index.call_names):
        n = index.count("candidacies", "call", call)
        told = words("{n} candidacy") if n == 1 else words("{n} candidacies")
        entries.append(Entry(tell.call(call), told.format(n=tell.number(n))))
    return _simple(making, "calls.html", words("Calls"), [("", tuple(entries))], "")


def sources_list(making: Making) -> Page:
    """The documents that everything rests on."""
    from ptce_graph.publish.site.sources import document_detail, fact_count

    words, tell = making.words, making.tell
    entries = []
    for document in making.index.facts.tables.documents.values():
        told = words("{n} facts").format(n=tell.number(fact_count(making.index, document.id)))
        entries.append(
            Entry(tell.source(document.id), f"{document_detail(making, document)} · {told}")
        )
    lead = words("Everything on this site comes from these documents, and says from where in them.")
    return _simple(making, "sources.html", words("Sources"), [("", tuple(entries))], lead)


def codes_list(making: Making) -> Page:
    """The code lists."""
    codes, words = making.index.facts.tables.codes, making.words
    told: Callable[[int], str] = lambda n: words("{n} codes").format(n=making.tell.number(n))  # noqa: E731
    entries = [
        Entry(Link(scheme_name(making, scheme), code_page(scheme)), told(len(frame)))
        for scheme, frame in codes.items()
    ]
    lead = words("What statuts, roles, kinds and measures may be, each with its definition.")
    return _simple(making, "codes.html", words("Codes"), [("", _in_order(entries))], lead)


def search_page(making: Making) -> Page:
    """Where a search leads that was not answered by a suggestion."""
    from ptce_graph.publish.site.model import SearchResults

    words = making.words
    note = words(
        "Without JavaScript, look in the lists: networks, poles, organisations, questions."
    )
    return Page(
        "search.html",
        words("Search"),
        (Section("found", words("Results"), (SearchResults(), Prose((note,), "noscript"))),),
        trail=(making.home(),),
    )
