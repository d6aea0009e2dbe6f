"""Sirene, the register of INSEE: StockUniteLegale and StockEtablissement.

Both are read by the names of their columns, in batches, so that the 29 and 42
million rows of the real files never stand in memory: only those asked for do.
Asked for are the units of the ESS that are active, unless ``Wish.options`` says
otherwise:

- ``all``: those that INSEE does not count as ESS too;
- ``closed``: those that have ceased too;
- ``department``, ``legal_form``: only those (several with commas);
- ``units``: StockUniteLegale, which tells of the units whose establishments
  the file lists;
- ``establishments``: one organisation per establishment, not per unit.

Units that are persons are always left out, and no column of a person is kept.
The meaning of the columns: INSEE, « Dessin du fichier StockUniteLegale » and
« StockEtablissement ».
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ptce_graph.errors import CallError, unknown_choice
from ptce_graph.i18n import gettext as _
from ptce_graph.importers.described import document_of, source_id
from ptce_graph.importers.imported import Imported, Wish, refused_frame
from ptce_graph.importers.places import Places
from ptce_graph.importers.sirene_columns import ESTABLISHMENT, KEPT_OF, UNIT, column_uses
from ptce_graph.importers.sirene_rows import (
    Choice,
    establishments_of,
    organisations_of_establishments,
    organisations_of_units,
    units_of,
)
from ptce_graph.importers.stream import Stream, open_stream

if TYPE_CHECKING:
    from pandas import DataFrame

_PUBLISHER = "INSEE"
_LICENCE = "Licence Ouverte 2.0"


def read(path: Path, wish: Wish, places: Places) -> Imported:
    """The organisations of a file of Sirene, one per SIREN (or per SIRET, where asked for).

    Raises ``CallError`` where the file is no table of Sirene, or does not tell
    what is asked for.
    """
    path = Path(path)
    stream = open_stream(path, wish.progress)
    choice = choice_of(wish)
    if stream.has("siret"):
        told = _establishments(stream, choice, places)
    elif stream.has("siren"):
        told = _units(stream, choice)
    else:
        message = _("{file} has neither a column siren nor a column siret.").format(file=path.name)
        raise unknown_choice(message, "siren", [c for c in stream.columns if c] or ["siren"])
    frame, left_out, refused, notes, name = told
    kept = stream.rows_read - sum(left_out.values()) - len({row[0] for row in refused})
    notes = [*_left_out_words(left_out), *notes, *_unheld(stream)]
    return Imported(
        source=source_id(path, wish),
        document=document_of(
            path,
            wish,
            "sirene",
            stream.last_row,
            title=f"Sirene, {name}",
            publisher=_PUBLISHER,
            licence=_LICENCE,
        ),
        frames={"organisations": frame},
        places=places.added,
        rows_read=stream.rows_read,
        rows_kept=kept,
        rows_left_out=sum(left_out.values()),
        refused=refused_frame(sorted(refused)),
        columns=column_uses(stream.columns),
        notes=tuple(notes),
    )


def choice_of(wish: Wish) -> Choice:
    """What ``wish.options`` asks for; ``CallError`` for a department or a form there is not."""
    options = wish.options
    return Choice(
        everything=_yes(options.get("all")),
        closed=_yes(options.get("closed")),
        per_establishment=_yes(options.get("establishments")),
        departments=_departments(_several(options.get("department"))),
        legal_forms=_legal_forms(_several(options.get("legal_form"))),
        units=Path(str(options["units"])) if options.get("units") else None,
    )


_Told = tuple["DataFrame", Counter[str], list[tuple[int, str, str, str]], list[str], str]


def _units(stream: Stream, choice: Choice) -> _Told:
    if choice.departments or choice.per_establishment:
        raise CallError(
            _("{file} lists legal units, without their addresses.").format(file=stream.path.name),
            _("Import StockEtablissement, with --option units=FILE naming this one."),
        )
    left_out: Counter[str] = Counter()
    notes = _missing(stream, choice)
    found = units_of(stream, choice, left_out)
    frame, refused, more = organisations_of_units(found)
    return frame, left_out, [*stream.refused, *refused], [*notes, *more], UNIT


def _establishments(stream: Stream, choice: Choice, places: Places) -> _Told:
    units, notes = None, []
    if choice.units is not None:
        other = open_stream(choice.units, stream.progress)
        if other.has("siret") or not other.has("siren"):
            raise CallError(
                _("{file} is no list of legal units.").format(file=choice.units.name),
                _("Name the file StockUniteLegale."),
            )
        notes = _missing(other, choice)
        units = units_of(other, choice, Counter())
    elif stream.has("categorieJuridiqueUniteLegale"):
        notes = _missing(stream, choice)
    else:
        raise CallError(
            _("{file} lists establishments, without their legal form or what they are.").format(
                file=stream.path.name
            ),
            _("Name StockUniteLegale as well: --option units=FILE."),
        )
    left_out: Counter[str] = Counter()
    found = establishments_of(stream, choice, units, left_out)
    frame, refused, more = organisations_of_establishments(found, units, choice, places)
    return frame, left_out, [*stream.refused, *refused], [*notes, *more], ESTABLISHMENT


def _missing(stream: Stream, choice: Choice) -> list[str]:
    """What the file does not tell, though the choice needs it."""
    if not (choice.everything or stream.has("economieSocialeSolidaireUniteLegale")):
        raise CallError(
            _("{file} does not tell which units are part of the ESS.").format(
                file=stream.path.name
            ),
            _("Take all of them with --all."),
        )
    if not (choice.closed or stream.has("etatAdministratifUniteLegale")):
        return [
            _("{file} does not tell which units have ceased: all are taken.").format(
                file=stream.path.name
            )
        ]
    return []


def _left_out_words(left_out: Counter[str]) -> list[str]:
    told = {
        "person": _("Left out, persons (never kept): {n}"),
        "not ess": _("Left out, not part of the ESS according to INSEE: {n}"),
        "closed": _("Left out, ceased: {n}"),
        "legal form": _("Left out, of another legal form: {n}"),
        "department": _("Left out, in another department: {n}"),
        "unit": _("Left out, establishments of units that were not asked for: {n}"),
    }
    return [words.format(n=left_out[key]) for key, words in told.items() if left_out[key]]


def _unheld(stream: Stream) -> list[str]:
    there = [name for name in KEPT_OF["unheld"] if stream.has(name)]
    if not there:
        return []
    return [_("No table holds these columns yet: {columns}").format(columns=", ".join(there))]


def _yes(value: Any) -> bool:
    return str(value or "").strip().casefold() in ("true", "1", "oui", "yes", "o", "y")


def _several(value: Any) -> list[str]:
    if not value:
        return []
    cells = value if isinstance(value, list | tuple) else str(value).split(",")
    return [str(cell).strip() for cell in cells if str(cell).strip()]


def _departments(told: list[str]) -> tuple[str, ...]:
    from ptce_graph.importers.gazetteer import DEPARTMENT, TERRITORY, gazetteer

    known = [code for type_, code in gazetteer().areas if type_ in (DEPARTMENT, TERRITORY)]
    codes = []
    for text in told:
        code = text.upper()
        code = code[1:] if code in ("02A", "02B") else code.zfill(2)
        if code not in known:
            raise unknown_choice(
                _("{code} is no code of a department.").format(code=text), code, known
            )
        codes.append(code)
    return tuple(codes)


def _legal_forms(told: list[str]) -> tuple[str, ...]:
    from ptce_graph.importers.legal_categories import LEGAL_FORMS

    forms = sorted(set(LEGAL_FORMS.values()))
    for text in told:
        if text not in forms and not (text.isdigit() and len(text) <= 4):
            message = _("{form} is neither a legal form nor a category of INSEE.")
            raise unknown_choice(message.format(form=text), text, forms)
    return tuple(told)
