"""Structures of data·inclusion: JSON of its schema, version 1 (``reseaux_porteurs``) or 0.

An array, pages with ``items``, or JSON lines. Telephones, e-mails, addresses
and descriptions are never kept. A structure that gives no SIRET is named after
its identifier at data·inclusion, which the next edition keeps.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _
from ptce_graph.importers.cells import clean_names, name_faults, name_slug, sirets
from ptce_graph.importers.described import document_of, source_id
from ptce_graph.importers.identifiers import rna_column
from ptce_graph.importers.imported import ColumnUse, Imported, Wish, refused_frame
from ptce_graph.importers.joined import MOST_ROWS, joined_cells, one_per_id, websites
from ptce_graph.importers.json_items import NotReadError, json_items
from ptce_graph.importers.networks import network_id
from ptce_graph.importers.places import Places
from ptce_graph.importers.reseaux_porteurs import NETWORK, carriers
from ptce_graph.tables.schema import SEPARATOR

if TYPE_CHECKING:
    from pandas import DataFrame, Series

    from ptce_graph.progress import Progress

_LISTS = ("items", "structures", "results", "data")
_TEXTS = ("id", "nom", "siret", "rna", "commune", "code_insee", "code_postal", "site_web")
#: Version 1, then version 0.
_CARRIERS = ("reseaux_porteurs", "labels_nationaux")
_TYPE = "typologie"
_USES = {
    "id": "id",
    "nom": "name",
    "siret": "siret",
    "rna": "rna",
    "code_insee": "place",
    "commune": "place",
    "code_postal": "place",
    "site_web": "website",
    "reseaux_porteurs": "memberships",
    "labels_nationaux": "memberships",
    "typologie": "accreditations",
}
_PERSONAL = ("telephone", "courriel", "adresse", "complement_adresse", "contact_public")
#: Values of ``typologie`` (version 0) that are an accreditation or a legal form here.
_TYPES = {"ACI": "aci", "AI": "ai", "EI": "ei", "ETTI": "etti", "EITI": "siae"}
_FORMS = {"ASSO": "association"}
_SECTION = "structures"
#: Keys beyond these are not told one by one: the schema has thirty.
_MOST_COLUMNS = 200
_PREFIX = "data-inclusion"


def read(path: Path, wish: Wish, places: Places) -> Imported:
    """The structures of a file as organisations, and the networks that carry them.

    Rows are items of the file, counted from 1. Raises ``CallError`` where the
    file is no JSON of structures.
    """
    path = Path(path)
    rows, refused, count, columns = _rows(path, wish.progress)
    notes: list[str] = []
    organisations, carried = _organisations(rows, refused, places, notes)
    networks, memberships = _memberships(carried, wish, notes)
    frames = {
        "organisations": _with_networks(organisations, networks),
        "memberships": memberships,
    }
    kept = count - len({row for row, *_rest in refused})
    return Imported(
        source=source_id(path, wish),
        document=document_of(
            path,
            wish,
            "data-inclusion",
            count,
            title=f"data·inclusion, {path.name}",
            publisher="GIP Plateforme de l'inclusion",
            licence="Licence Ouverte 2.0",
        ),
        frames=frames,
        places=places.added,
        rows_read=count,
        rows_kept=kept,
        rows_left_out=0,
        refused=refused_frame(sorted(refused)),
        columns=columns,
        notes=tuple(notes),
    )


_Refused = list[tuple[int, str, str, str]]


def _rows(
    path: Path, progress: Progress | None
) -> tuple[DataFrame, _Refused, int, tuple[ColumnUse, ...]]:
    """The wanted fields of every item, by its number; what is no structure is refused."""
    import pandas as pd

    cells: dict[str, list[Any]] = {name: [] for name in (*_TEXTS, "carriers", _TYPE)}
    numbers: list[int] = []
    refused: _Refused = []
    seen: dict[str, None] = {}
    number = 0
    for number, item in enumerate(json_items(path, _LISTS, progress), start=1):
        if not isinstance(item, dict) or not (item.keys() & _USES.keys()):
            reason = str(item) if isinstance(item, NotReadError) else _("is no structure.")
            refused.append((number, "", "", reason))
            continue
        if len(seen) < _MOST_COLUMNS:
            seen.update(dict.fromkeys(item))
        numbers.append(number)
        for name in _TEXTS:
            cells[name].append(_text(item.get(name)))
        cells[_TYPE].append(_text(item.get(_TYPE)))
        cells["carriers"].append(_codes(item))
    if number and not numbers:
        raise CallError(
            _("{file} holds no structure of data·inclusion.").format(file=path.name),
            _("A structure is an object with at least a key nom, siret or id."),
        )
    frame = pd.DataFrame(cells, index=pd.Index(numbers, dtype="int64"), dtype=object)
    return frame, refused, number, tuple(_use(_text(name)) for name in seen)


def _use(name: str) -> ColumnUse:
    if name in _PERSONAL:
        return ColumnUse(name, "", _("personal"))
    return ColumnUse(name, _USES.get(name, ""), "" if name in _USES else _("no table holds it"))


def _text(value: Any) -> str:
    """A cell of JSON as text; a number without its decimals, nothing for null or a list."""
    if isinstance(value, str):
        # JSON may write half a character, which no file can hold.
        return value.encode("utf-8", "replace").decode("utf-8").strip()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _codes(item: dict[str, Any]) -> tuple[str, ...]:
    told = [item.get(name) for name in _CARRIERS]
    lists = [value if isinstance(value, list) else [value] for value in told if value]
    codes = [_text(code) for values in lists for code in values]
    return tuple(dict.fromkeys(filter(None, codes)))


def _organisations(
    rows: DataFrame, refused: _Refused, places: Places, notes: list[str]
) -> tuple[DataFrame, DataFrame]:
    """The organisations, one per SIREN, and the codes of what carries each of the rows."""
    siret, siren, reasons = sirets(rows["siret"])
    frame = rows.assign(siret=siret, siren=siren, section=_SECTION)
    frame["name"] = clean_names(frame["nom"])
    faults = name_faults(frame["name"])
    refused += [(int(at), "nom", "", reason) for at, reason in faults.items()]
    frame = frame[~frame.index.isin(faults)].copy()
    frame["id"] = _ids(frame)
    frame["rna"] = rna_column(frame["rna"])[0]
    frame["website"] = websites(frame["site_web"], notes)
    frame["place"] = _places(frame, places)
    frame["lines"] = frame.index.astype(str)
    frame["legal_form"] = frame[_TYPE].map(_FORMS).fillna("")
    frame["accreditations"] = [
        SEPARATOR.join(dict.fromkeys(_accreditations(codes, type_)))
        for codes, type_ in zip(frame["carriers"], frame[_TYPE], strict=True)
    ]
    wrong = int((reasons.loc[frame.index] != "").sum())
    if wrong:
        notes.append(_("SIRETs that are none, left out of rows that are kept: {n}").format(n=wrong))
    carried = frame[["id", "carriers", "lines"]]
    columns = ["id", "name", "legal_form", "accreditations", "place", "website"]
    columns += ["siren", "siret", "rna", "section", "lines"]
    return one_per_id(frame[columns], notes), carried


def _accreditations(codes: tuple[str, ...], type_: str) -> list[str]:
    known = carriers()
    uses = [known[code].use for code in codes if code in known]
    found = [use for use in uses if use not in (NETWORK, "kind")]
    return [*found, *([_TYPES[type_]] if type_ in _TYPES else [])]


def _ids(frame: DataFrame) -> Series:
    """``siren-…`` where the SIREN is known, else from the identifier at data·inclusion."""
    named = {
        (code, name): name_slug(code or name)
        for code, name in zip(frame["id"], frame["name"], strict=True)
    }
    own = [f"{_PREFIX}-{named[pair]}" for pair in zip(frame["id"], frame["name"], strict=True)]
    siren = frame["siren"]
    return ("siren-" + siren).where(siren != "", own)


def _places(frame: DataFrame, places: Places) -> Series:
    by_code = places.communes(frame["code_insee"], frame["commune"])
    without = by_code == ""
    by_post = places.by_postal_codes(
        frame.loc[without, "code_postal"], frame.loc[without, "commune"]
    )
    return by_code.where(~without, by_post.reindex(by_code.index).fillna(""))


def _memberships(carried: DataFrame, wish: Wish, notes: list[str]) -> tuple[DataFrame, DataFrame]:
    """The networks named, and who belongs to which; what is no network is told."""
    import pandas as pd

    known = carriers()
    told = carried.explode("carriers").dropna(subset="carriers")
    uses = told["carriers"].map({code: carrier.use for code, carrier in known.items()})
    kinds = Counter(told["carriers"][uses == "kind"])
    if kinds:
        notes.append(
            _("Values that name a kind of establishment, no network: {values}").format(
                values=_counted(kinds)
            )
        )
    unknown = Counter(told["carriers"][uses.isna()])
    if unknown:
        notes.append(_("Values that are not known: {values}").format(values=_counted(unknown)))
    told = told[uses == NETWORK]
    ids = {code: network_id(code, wish) for code in told["carriers"].unique()}
    first = told.drop_duplicates("carriers")
    networks = pd.DataFrame(
        {
            "id": [ids[code] for code in first["carriers"]],
            "name": [known[code].label for code in first["carriers"]],
            "kind": "reseau",
            "section": _CARRIERS[0],
            "lines": first["lines"].to_numpy(),
        },
        dtype=object,
    ).drop_duplicates("id")
    memberships = pd.DataFrame(
        {
            "member": told["id"].to_numpy(),
            "organisation": told["carriers"].map(ids).to_numpy(),
            "role": "membre",
            "section": _CARRIERS[0],
            "lines": told["lines"].to_numpy(),
        },
        dtype=object,
    )
    memberships = memberships[memberships["member"] != memberships["organisation"]]
    keys = ["member", "organisation"]
    if memberships.duplicated(keys).any():
        lines = memberships.groupby(keys, sort=False)["lines"].agg(
            lambda cells: joined_cells(list(cells)[:MOST_ROWS])
        )
        memberships = memberships.drop_duplicates(keys).assign(lines=lines.to_numpy())
    return networks, memberships


def _counted(codes: Counter[str]) -> str:
    shown = [f"{code} ({n})" for code, n in codes.most_common(12)]
    return ", ".join(shown) + (" …" if len(codes) > len(shown) else "")


def _with_networks(organisations: DataFrame, networks: DataFrame) -> DataFrame:
    import pandas as pd

    new = networks[~networks["id"].isin(organisations["id"])]
    return pd.concat([organisations, new], ignore_index=True).fillna("")
