"""A folder of maps, one per network, pole, region and call, and the page that leads to them."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from ptce_graph.analysis.belonging import joined
from ptce_graph.errors import CallError
from ptce_graph.files import write_whole
from ptce_graph.i18n import gettext as _
from ptce_graph.i18n import mark, number_words, translator
from ptce_graph.maps.build import known_language
from ptce_graph.maps.calls import call_name
from ptce_graph.maps.make import Wish, models_of, write_maps
from ptce_graph.maps.model import MapModel
from ptce_graph.maps.preview import HEIGHT, WIDTH, Preview, preview
from ptce_graph.maps.titles import licence_words
from ptce_graph.maps.views import MapView, seen
from ptce_graph.network.filters import Filters, territories_of_places
from ptce_graph.network.network import Network
from ptce_graph.network.projections import project
from ptce_graph.tables.facts import Facts
from ptce_graph.vocabulary.iris import slug

if TYPE_CHECKING:
    from pandas import DataFrame

#: Of each kind so many maps are written, the largest first; the index says how many are not.
MOST_MAPS = 80
SECTIONS = {
    "whole": mark("The whole"),
    "network": mark("Networks"),
    "pole": mark("Poles"),
    "region": mark("Regions"),
    "call": mark("Calls for candidacies"),
}
#: What the maps of the first section are called in the index.
WHOLE = (
    ("all", mark("All links"), MapView()),
    ("members", mark("Memberships"), MapView(projection="affiliation")),
    ("bridges", mark("What ties networks together"), MapView(bridges=True)),
    ("overlap", mark("Networks and poles with common members"), MapView(projection="overlap")),
)
#: The grouping of an overview whose nodes lead to the maps of a section.
_LEVELS = {"network": "networks", "pole": "poles", "region": "region"}


@dataclass(frozen=True)
class Card:
    """A map of the folder, as the index shows it."""

    file: str
    title: str
    counts: str
    preview: Preview


@dataclass(frozen=True)
class Section:
    """The maps of one kind; ``note`` says how many are left out."""

    label: str
    cards: list[Card] = field(default_factory=list)
    note: str = ""


@dataclass(frozen=True)
class Planned:
    """A map to be written: of what, into which file."""

    section: str
    file: str
    title: str
    view: MapView
    group: str = ""


def write_gallery(
    facts: Facts, links: DataFrame, folder: Path, filters: Filters, wish: Wish
) -> Path:
    """Write the maps and ``index.html`` into ``folder``; the path of the index.

    ``filters`` hold for all maps. What would show nothing is left out. Raises
    ``CallError`` for values of filters that name nothing.
    """
    known_language(wish.language)
    words = translator(wish.language)
    whole = project(facts, links, "all", filters)
    planned, left_out = planned_maps(whole, filters, wish.language)
    pages: dict[str, dict[str, str]] = {level: {} for level in _LEVELS.values()}
    for item in planned:
        if item.section in _LEVELS:
            pages[_LEVELS[item.section]][item.group] = item.file
    sections = {name: Section(words(label), []) for name, label in SECTIONS.items()}
    for item in planned:
        try:
            models = models_of(seen(facts, links, item.view), wish, pages)
        except CallError:
            # Nothing to draw, or nothing to sum up: no map, and no line in the index.
            continue
        write_maps(models, folder / item.file)
        sections[item.section].cards.append(_card(item, models[0]))
    told = [
        replace(section, note=_left_out_words(left_out.get(name, 0), wish.language))
        for name, section in sections.items()
        if section.cards
    ]
    if not told:
        raise CallError(_("There is nothing to draw: no documented link is left."))
    index = folder / "index.html"
    write_whole(index, _index(told, whole, wish))
    return index


def planned_maps(
    whole: Network, filters: Filters, language: str
) -> tuple[list[Planned], dict[str, int]]:
    """The maps to write, and how many of each kind are left out."""
    words = translator(language)
    found = [
        Planned("whole", f"{name}.html", words(title), replace(view, filters=filters))
        for name, title, view in WHOLE
    ]
    left_out = {}
    for section, groups in _groups(whole):
        left_out[section] = max(len(groups) - MOST_MAPS, 0)
        for group, name in groups[:MOST_MAPS]:
            file = _file(section, group, found)
            view = MapView(filters=_narrowed(filters, section, group))
            found.append(Planned(section, file, name, view, group))
    if replace(filters, states=()) == Filters():
        for call in sorted(set(whole.facts.frames["calls"]["id"])):
            name, file = call_name(whole.facts, call), _file("call", call, found)
            found.append(Planned("call", file, name, MapView(call=call), call))
    return found, left_out


def _narrowed(filters: Filters, section: str, group: str) -> Filters:
    """``filters`` for one group; its links must still touch what the filters name."""
    if section == "network":
        return replace(filters, networks=(group,))
    if section == "pole":
        return replace(filters, poles=(group,))
    return replace(filters, regions=(group,))


def _file(section: str, group: str, found: list[Planned]) -> str:
    """A file name from an identifier, whatever it holds; none is used twice."""
    used = {item.file for item in found}
    stem = f"{section}-{slug(group)}"[:80]
    file, number = f"{stem}.html", 2
    while file in used:
        file, number = f"{stem}-{number}.html", number + 1
    return file


def _groups(whole: Network) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """For each section the identifiers and names of what has a map, the largest first."""
    actors, names = whole.facts.actors, whole.facts.actors["name"].astype(str)
    told = joined(whole)
    sizes = told.groupby("object")["subject"].nunique().to_dict()
    tied = Counter(sizes)
    for end in ("subject", "object"):
        tied.update(whole.links[end].value_counts().to_dict())
    for section, kind, counts in (
        ("network", actors["kind"] == "reseau", Counter(sizes)),
        ("pole", actors["type"] == "pole", tied),
    ):
        things = [str(thing) for thing in actors.index[kind] if counts[thing]]
        things.sort(key=lambda thing: (-counts[thing], thing))
        yield section, [(thing, names[thing]) for thing in things]
    yield "region", _regions(whole, tied)


def _regions(whole: Network, tied: Counter[str]) -> list[tuple[str, str]]:
    """The regions of today in which something has a link."""
    territories, places = territories_of_places(whole.facts), whole.facts.tables.frames["places"]
    names = dict(zip(places["id"], places["name"].astype(str), strict=True))
    counts: Counter[str] = Counter()
    for actor, told in whole.facts.actors["places"].items():
        if tied[str(actor)]:
            within = {name: kind for place in told for name, kind in territories[place].items()}
            counts.update(name for name, kind in within.items() if kind == "region")
    return [(name, names[name]) for name in sorted(counts, key=lambda n: (-counts[n], n))]


def _card(item: Planned, model: MapModel) -> Card:
    # The first sentence of a subtitle tells the counts.
    counts = model.subtitle.split(". ")[0].removesuffix(".")
    return Card(item.file, item.title, counts, preview(model))


def _left_out_words(left_out: int, language: str) -> str:
    if not left_out:
        return ""
    template = translator(language)("Without a map of their own: the {n} smallest.")
    return template.format(n=number_words(str(left_out), language))


def _index(sections: list[Section], whole: Network, wish: Wish) -> str:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    words = translator(wish.language)
    style = (resources.files("ptce_graph.maps") / "gallery.css").read_text(encoding="utf-8")
    environment = Environment(
        loader=PackageLoader("ptce_graph.maps", "."), autoescape=True, undefined=StrictUndefined
    )
    count = sum(len(section.cards) for section in sections)
    subtitle = words("{n} maps, by {documents} documents")
    return environment.get_template("gallery.html.j2").render(
        language=wish.language,
        title=wish.title or words("Maps of the cooperation networks around the PTCE"),
        subtitle=subtitle.format(n=count, documents=len(whole.facts.tables.documents)),
        sections=sections,
        notes=(
            words("The maps hold only what these documents say; a missing link is not a no."),
            *licence_words(whole, words),
        ),
        width=WIDTH,
        height=HEIGHT,
        style=Markup(style),  # noqa: S704
        policy=_policy(style),
    )


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )
