"""The pages that lead to files: maps, ontology, data; and the one that is not there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ptce_graph.publish.site.home import uses
from ptce_graph.publish.site.model import (
    Body,
    Entry,
    Link,
    Listing,
    Page,
    Pairs,
    Parts,
    Prose,
    Section,
    Table,
)
from ptce_graph.publish.site.parts import Making, present
from ptce_graph.publish.site.telling import filled

if TYPE_CHECKING:
    pass


def maps_page(making: Making, maps: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> Page:
    """The interactive maps, by what they show: ``maps`` holds names and files by section."""
    words = making.words
    sections = tuple(
        Section(
            f"maps-{number}",
            title,
            (Listing((("", tuple(Entry(Link(n, file)) for n, file in told)),), letters=False),),
        )
        for number, (title, told) in enumerate(maps)
        if told
    )
    lead = words(
        "Each map is one file that needs no network: open it, save it, show it in a meeting."
    )
    return Page(
        "maps.html",
        words("Maps"),
        sections,
        lead=(lead,),
        trail=(making.home(),),
        current="maps.html",
    )


def ontology_page(making: Making, body: str, style: str) -> Page:
    """The terms of the ontology: the documentation that the ontology's own page has, too."""
    words = making.words
    return Page(
        "ontology.html",
        words("Ontology"),
        (Section("", "", (Body(body),)),),
        trail=(making.home(),),
        current="ontology.html",
        style=style,
    )


def data_page(making: Making, files: Sequence[tuple[str, str]]) -> Page:
    """The downloads: ``files`` are names under ``data/`` with what they hold.

    Tables, profiles and questions, hundreds of files, are told by folder.
    """
    words, about = making.words, making.about
    rows: list[tuple[Parts, ...]] = [
        ((Link(name, f"data/{name}"),), (words(text),)) for name, text in files if text
    ]
    folders = Counter(name.rpartition("/")[0] for name, text in files if not text)
    told_by_folder = words("{n} files, one by one")
    rows += [
        ((f"{folder}/",), (told_by_folder.format(n=number),))
        for folder, number in sorted(folders.items())
    ]
    pairs: list[tuple[str, Parts]] = [
        (words("Version"), (about.version,)),
        (words("Issued"), (about.issued,)),
        (words("Modified"), (about.modified,)),
        (
            words("Licence"),
            (Link(about.licence, about.licence),)
            if about.licence.startswith("http")
            else (about.licence,),
        ),
        (words("Publisher"), (about.publisher,)),
    ]
    told = tuple((name, parts) for name, parts in pairs if parts != ("",))
    return Page(
        "data.html",
        words("Data and downloads"),
        present(
            Section("release", words("This release"), (Pairs(told),) if told else ()),
            Section("use", words("Use it"), uses(making)),
            Section(
                "files",
                words("Files"),
                (Table(words("Files"), (words("File"), words("What it holds")), tuple(rows)),)
                if rows
                else (),
            ),
        ),
        lead=(words("The dataset whole, in open formats; each file says what it is."),),
        trail=(making.home(),),
        current="data.html",
    )


def not_found_page(making: Making) -> Page:
    """What a server shows where nothing is."""
    words = making.words
    told = filled(
        words("There is no page at this address. Search above, or start from {home}."),
        {"home": Link(words("the home page"), "index.html")},
    )
    return Page(
        "404.html",
        words("Not found"),
        (Section("lost", words("What to do"), (Prose(told),)),),
    )
