"""Maps of GoGoCarto (``/api/elements.json``) and GeoJSON: each element an organisation.

GoGoCarto tells its elements whole (``gogofull``) or as short arrays whose
``mapping`` names their parts (``gogocompact``). An element's categories are
words of that map: they are told, and left out unless an option gives one a
meaning: ``category.Insertion=accreditation:siae``, ``…=legal_form:scop``,
``…=kind:reseau`` or ``…=network:COORACE``. Coordinates do not say a commune:
its code, or its postal code with its name, does.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ptce_graph.bundled import DATA_DIR
from ptce_graph.errors import CallError, unknown_choice
from ptce_graph.i18n import gettext as _
from ptce_graph.importers.described import document_of, source_id
from ptce_graph.importers.imported import ColumnUse, Imported, Wish, refused_frame
from ptce_graph.importers.joined import MOST_ROWS, joined_cells
from ptce_graph.importers.json_items import NotReadError, json_items
from ptce_graph.importers.networks import network_id, network_named
from ptce_graph.importers.places import Places
from ptce_graph.importers.things import Refused, organisations, things_frame
from ptce_graph.tables.csv_file import read_rows
from ptce_graph.tables.schema import CODE_COLUMNS, SEPARATOR
from ptce_graph.vocabulary.iris import slug

if TYPE_CHECKING:
    from pandas import DataFrame, Series

    from ptce_graph.progress import Progress

_LISTS = ("data", "features", "elements")
_SECTION = "elements"
_OPTION = "category."
#: The code list of each column that a category may fill.
_MEANINGS = {
    "legal_form": "legal-forms",
    "accreditation": "accreditations",
    "kind": "organisation-kinds",
}
_NETWORK = "network"
#: Keys under which maps tell what a column holds, the first that is filled counts.
_KEYS = {
    "name": ("name", "title", "nom", "label"),
    "own_id": ("id", "_id", "@id"),
    "website": ("website", "url", "site_web", "siteWeb", "site", "web"),
    "siret": ("siret", "SIRET", "code_siret"),
    "siren": ("siren", "SIREN"),
    "rna": ("rna", "RNA"),
    "commune_code": ("code_insee", "codeInsee", "insee", "com_insee", "INSEE"),
    "postal_code": ("postalCode", "code_postal", "codePostal", "postcode", "addr:postcode"),
    "locality": ("addressLocality", "commune", "ville", "city", "addr:city"),
}
_CATEGORIES = ("categories", "categoriesFull", "taxonomy", "optionValues", "category", "categorie")
_PERSONAL = frozenset(
    (
        *("email", "mail", "telephone", "phone", "tel", "mobile", "contact", "owner"),
        *("subscriberEmails", "responsible", "userOwnerEmail"),
        *("adresse", "streetAddress", "streetNumber", "customFormatedAddress"),
    )
)
#: What GoGoCarto says of elements that were deleted, refused or are duplicates.
_NOT_SHOWN = -2
_COMPACT = ("id", ["name"], "latitude", "longitude", "status", "moderationState")
_HEAD = 65_536


@dataclass
class _Read:
    """The elements as rows, and what became of each."""

    rows: list[dict[str, str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    categories: list[tuple[str, ...]] = field(default_factory=list)
    refused: Refused = field(default_factory=list)
    keys: Counter[str] = field(default_factory=Counter)
    count: int = 0
    hidden: int = 0


def read(path: Path, wish: Wish, places: Places) -> Imported:
    """The elements of a map as organisations; ``wish.network`` makes them its members.

    Rows are elements of the file, counted from 1. Raises ``CallError`` where the
    file is no JSON of elements, or an option gives a category no meaning we know.
    """
    path = Path(path)
    meanings = _meanings(wish)
    head = _head(path)
    found = _elements(path, _mapping(head), wish.progress)
    notes = _notes(found)
    source = source_id(path, wish)
    things = things_frame(found.rows, found.numbers)
    _apply(things, found, meanings, notes)
    rows, ids = organisations(things, source, places, found.refused, notes)
    _tell_places(rows, notes)
    networks, memberships = _memberships(ids, found, meanings, wish)
    import pandas as pd

    new = networks[~networks["id"].isin(rows["id"])]
    frames = {"organisations": pd.concat([rows, new], ignore_index=True).fillna("")}
    if len(memberships):
        frames["memberships"] = memberships
    return Imported(
        source=source,
        document=document_of(path, wish, "gogocarto", found.count, licence=_licence(head)),
        frames=frames,
        places=places.added,
        rows_read=found.count,
        rows_kept=len(ids),
        rows_left_out=found.hidden,
        refused=refused_frame(sorted(found.refused)),
        columns=tuple(_use(key) for key in found.keys),
        notes=tuple(notes),
    )


def _head(path: Path) -> str:
    """The start of the file, where GoGoCarto says its licence and the parts of its arrays."""
    try:
        with path.open("rb") as stream:
            return stream.read(_HEAD).decode("utf-8-sig", "replace")
    except OSError as error:
        raise CallError(
            _("{file} cannot be read: {reason}.").format(file=path.name, reason=error.strerror)
        ) from error


def _mapping(head: str) -> list[Any]:
    start = re.search(r'"mapping"\s*:\s*(?=\[)', head)
    if start:
        try:
            found: list[Any] = json.JSONDecoder().raw_decode(head, start.end())[0]
            return found
        except ValueError:
            return list(_COMPACT)
    return list(_COMPACT)


def _licence(head: str) -> str:
    found = re.match(r'\s*\{\s*"licen[cs]e"\s*:\s*("(?:[^"\\]|\\.){1,300}")', head)
    try:
        return str(json.loads(found[1])) if found else ""
    except ValueError:
        return ""


def _elements(path: Path, mapping: list[Any], progress: Progress | None) -> _Read:
    found = _Read()
    for number, item in enumerate(json_items(path, _LISTS, progress), start=1):
        found.count = number
        element = _element(item, mapping)
        if element is None:
            reason = str(item) if isinstance(item, NotReadError) else _("is no element of a map.")
            found.refused.append((number, "", "", reason))
            continue
        status = element.get("status")
        if isinstance(status, int) and status <= _NOT_SHOWN:
            found.hidden += 1
            continue
        found.keys.update(str(key)[:80] for key in element)
        found.numbers.append(number)
        found.rows.append({**_cells(element), "section": _SECTION})
        found.categories.append(tuple(dict.fromkeys(_categories(element))))
    if found.count and not found.numbers and not found.hidden:
        raise CallError(
            _("{file} holds no element of a map.").format(file=path.name),
            _("An element is an object with a name: of GoGoCarto, or a Feature of GeoJSON."),
        )
    return found


def _element(item: Any, mapping: list[Any]) -> dict[str, Any] | None:
    """An element as one flat object, whichever way the file tells it."""
    if isinstance(item, list):
        return dict(_named(mapping, item)) or None
    if not isinstance(item, dict):
        return None
    inner = item.get("data")
    if isinstance(inner, dict) and "name" not in item:
        item = inner
    if item.get("type") == "Feature":
        properties = item.get("properties")
        own = {"id": item["id"]} if "id" in item else {}
        if not isinstance(properties, dict):
            return None
        geometry = {"geometry": item["geometry"]} if item.get("geometry") else {}
        item = {**own, **geometry, **properties}
    address = item.get("address")
    flat = {**item, **address} if isinstance(address, dict) else item
    return flat if any(flat.get(key) for key in _KEYS["name"]) or "geo" in flat else None


def _named(mapping: list[Any], values: list[Any]) -> Iterator[tuple[str, Any]]:
    for name, value in zip(mapping, values, strict=False):
        if isinstance(name, list) and isinstance(value, list):
            yield from _named(name, value)
        elif isinstance(name, str):
            yield name, value


def _cells(element: dict[str, Any]) -> dict[str, str]:
    return {
        column: next(filter(None, (_text(element.get(key)) for key in keys)), "")
        for column, keys in _KEYS.items()
    }


def _text(value: Any) -> str:
    """A value of JSON as text; nothing for null, truth values, lists and objects."""
    if isinstance(value, str):
        # JSON may write half a character, which no file can hold.
        return value.encode("utf-8", "replace").decode("utf-8").strip()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _categories(element: dict[str, Any]) -> Iterator[str]:
    for key in _CATEGORIES:
        told = element.get(key)
        for value in told if isinstance(told, list) else [told]:
            name = value.get("name") if isinstance(value, dict) else value
            # Numbers name a category by its place in that map only.
            if isinstance(name, str) and name.strip() and not name.strip().isdigit():
                yield _text(name)


def _use(key: str) -> ColumnUse:
    for column, keys in _KEYS.items():
        if key in keys:
            place = ("commune_code", "postal_code", "locality")
            return ColumnUse(key, "place" if column in place else column.replace("own_", ""))
    if key in _CATEGORIES:
        return ColumnUse(key, "", _("words of that map; give them a meaning with --option"))
    if key == "address":
        return ColumnUse(key, "place")
    if key in ("geo", "geometry", "latitude", "longitude", "lat", "lng", "long"):
        return ColumnUse(key, "", _("coordinates do not say a commune"))
    if key in _PERSONAL:
        return ColumnUse(key, "", _("personal"))
    return ColumnUse(key, "", _("no table holds it"))


# What categories mean


def _meanings(wish: Wish) -> dict[str, tuple[str, str]]:
    """By folded category, the column and the code (or the network) that an option gives it."""
    found = {}
    for option, value in wish.options.items():
        if not option.startswith(_OPTION):
            continue
        column, _colon, told = str(value).partition(":")
        column, told = column.strip(), told.strip()
        choices = (*_MEANINGS, _NETWORK)
        if column not in choices or not told:
            message = _("{value} is no meaning of a category: write one such as legal_form:scop.")
            raise unknown_choice(message.format(value=value), column, choices)
        if column != _NETWORK:
            codes = _codes(_MEANINGS[column])
            if told not in codes:
                message = _("{code} is not a code of the list {scheme}.")
                message = message.format(code=told, scheme=_MEANINGS[column])
                raise unknown_choice(message, told, codes)
        else:
            told = network_named(told)
        found[slug(option.removeprefix(_OPTION))] = (column, told)
    return found


def _codes(scheme: str) -> list[str]:
    path = DATA_DIR / "codelists" / f"{scheme}.csv"
    return [str(row[0]) for row in read_rows(path, path.name, CODE_COLUMNS, "", [])]


def _notes(found: _Read) -> list[str]:
    notes = []
    if found.hidden:
        notes.append(_("Left out, deleted or refused on that map: {n}").format(n=found.hidden))
    return notes


def _apply(
    things: DataFrame, found: _Read, meanings: dict[str, tuple[str, str]], notes: list[str]
) -> None:
    """Fill the columns that categories have a meaning for; tell the others, most used first."""
    columns = {"legal_form": "legal_form", "accreditation": "accreditations", "kind": "kind"}
    told: dict[str, list[str]] = {column: [] for column in columns.values()}
    unused: Counter[str] = Counter()
    for categories in found.categories:
        of: dict[str, list[str]] = {column: [] for column in told}
        for category in categories:
            meaning = meanings.get(slug(category))
            if meaning is None:
                unused[category] += 1
            elif meaning[0] in columns:
                of[columns[meaning[0]]].append(meaning[1])
        for column, codes in of.items():
            one = list(dict.fromkeys(codes))
            # Of two legal forms, none says which.
            told[column].append(
                SEPARATOR.join(one) if column == "accreditations" or len(one) == 1 else ""
            )
    for column, cells in told.items():
        things[column] = cells
    if unused:
        shown = [f"{name} ({n})" for name, n in unused.most_common(12)]
        more = " …" if len(unused) > len(shown) else ""
        notes.append(_("Categories left out: {names}").format(names=", ".join(shown) + more))


def _tell_places(rows: DataFrame, notes: list[str]) -> None:
    without = int((rows["place"] == "").sum())
    if without:
        notes.append(_("Organisations whose commune is not told: {n}").format(n=without))


def _memberships(
    ids: Series, found: _Read, meanings: dict[str, tuple[str, str]], wish: Wish
) -> tuple[DataFrame, DataFrame]:
    """The networks that ``wish`` or categories name, and their members."""
    import pandas as pd

    named = {category: told for category, (column, told) in meanings.items() if column == _NETWORK}
    categories = dict(zip(found.numbers, found.categories, strict=True))
    rows: list[tuple[str, ...]] = []
    first: dict[str, object] = {}
    for number, member in ids.items():
        slugs = (slug(category) for category in categories[number])
        networks = [wish.network, *(named[one] for one in slugs if one in named)]
        for name in dict.fromkeys(filter(None, networks)):
            first.setdefault(name, number)
            rows.append((member, network_id(name, wish), "membre", _SECTION, str(number)))
    columns = ["member", "organisation", "role", "section", "lines"]
    memberships = pd.DataFrame(rows, columns=columns, dtype=object)
    memberships = memberships[memberships["member"] != memberships["organisation"]]
    lines = _joined(memberships, columns[:4])
    described = [
        {
            "id": network_id(name, wish),
            "name": name,
            "kind": "reseau",
            "section": _SECTION,
            "lines": str(number),
        }
        for name, number in first.items()
    ]
    networks = pd.DataFrame(described, columns=["id", "name", "kind", *columns[3:]], dtype=object)
    return networks.drop_duplicates("id"), lines


def _joined(frame: DataFrame, key: Iterable[str]) -> DataFrame:
    """One row per key, the lines of all."""
    keys = list(key)
    if not frame.duplicated(keys).any():
        return frame
    found: DataFrame = frame.groupby(keys, sort=False, as_index=False)["lines"].agg(
        lambda cells: joined_cells(list(cells)[:MOST_ROWS])
    )
    return found
