"""The list of SIAE, as the agency that pays them (ASP) and those who take it up publish it.

One row per structure and measure: a SIRET with an ACI and an EI has two rows,
or one with a column per measure. Columns are known by their usual names,
those of the ASP's own exports among them; a measure may be a code
(``ACI_DC``) or its label. Departments are written ``01``, ``001``, ``02A`` or,
where the State's services share one, ``59L``.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _
from ptce_graph.importers.cells import clean_names, name_faults, name_slug, sirets
from ptce_graph.importers.described import document_of, source_id
from ptce_graph.importers.identifiers import siren_column
from ptce_graph.importers.imported import ColumnUse, Imported, Wish, refused_frame
from ptce_graph.importers.joined import one_per_id, websites
from ptce_graph.importers.labels import accreditation, legal_form
from ptce_graph.importers.places import Places
from ptce_graph.importers.sheets import read_sheet
from ptce_graph.tables.schema import SEPARATOR
from ptce_graph.vocabulary.iris import slug

if TYPE_CHECKING:
    from pandas import DataFrame, Series

_PREFIX = "siae"
_SECTION = "liste"
#: Names of columns, as slugs, from the surest to the least.
_COLUMNS = {
    "siret": "structure-siret-actualise siret numero-siret n-siret siret-structure siret-de-la-"
    "structure siret-actualise structure-siret-signature siret-signature",
    "siren": "siren numero-siren n-siren",
    "name": "structure-denomination denomination raison-sociale nom-de-la-structure "
    "nom-structure denomination-de-la-structure libelle-structure nom structure enseigne name",
    "legal_form": "forme-juridique structure-forme-juridique statut-juridique libelle-forme-"
    "juridique forme-juridique-libelle categorie-juridique nature-juridique statut "
    "code-forme-juridique",
    "measure": "mesure type-siae type-de-siae dispositif af-mesure-dispositif-code "
    "mesure-dispositif type-de-structure type-structure structure-type categorie-siae type "
    "kind libelle-mesure code-mesure categorie",
    "department": "departement code-departement structure-departement dept dep "
    "numero-departement num-dep-af code-dept-structure n-departement code-du-departement "
    "code-dep",
    "insee": "code-insee structure-adresse-admin-code-insee code-commune code-insee-commune "
    "insee code-commune-insee",
    "postal": "code-postal structure-adresse-admin-cp structure-adresse-gestion-cp cp "
    "post-code adresse-code-postal",
    "commune": "commune structure-adresse-admin-commune structure-adresse-gestion-commune "
    "ville city libelle-commune localite",
    "website": "site-web site-internet site website url",
}
_NAMES = {name: use for use, names in _COLUMNS.items() for name in names.split()}
_ORDER = {name: at for names in _COLUMNS.values() for at, name in enumerate(names.split())}
_USES = {
    "measure": "accreditations",
    "department": "place",
    "insee": "place",
    "postal": "place",
    "commune": "place",
}
_PERSONAL = re.compile(
    r"tel|telephone|.*telephone.*|portable|fax|.*mail.*|.*courriel.*|.*contact.*|.*responsable.*"
    r"|.*dirigeant.*|.*directeur.*|.*president.*|prenom.*|.*correspondant.*|adresse.*|.*-adresse-.*"
)
#: Of a SIAE of independent workers there is no code: it is told as a SIAE.
_MEASURES = {"aci": "aci", "ai": "ai", "ei": "ei", "etti": "etti", "eiti": "siae"}
_EITI = "entreprise-d-insertion-par-le-travail-independant"
_NO = ("", "0", "non", "n", "no", "faux", "false", "-")
_HEADER_WITHIN = 20


def read(path: Path, wish: Wish, places: Places) -> Imported:
    """The SIAE of a list, one organisation per SIREN, with all their measures.

    Raises ``CallError`` where no row of the file names the columns that are
    needed: a SIRET, a SIREN or a name.
    """
    path = Path(path)
    sheet = read_sheet(path, str(wish.options.get("sheet") or ""))
    header, uses = _header(path, sheet.rows)
    flags = {
        column: _MEASURES[slug(column)]
        for column, use in uses.items()
        if not use and slug(column) in _MEASURES
    }
    rows = _rows(sheet.rows, header, uses, flags)
    if not len(rows) and not sheet.faults:
        raise CallError(
            _("{file} has a header and no rows.").format(file=path.name),
            _("Save the list again from the spreadsheet, then import that file."),
        )
    refused = [(fault.row, "", "", fault.reason) for fault in sheet.faults]
    notes: list[str] = list(sheet.notes)
    frame = _organisations(rows, refused, places, notes)
    read_rows = len(rows) + len({fault.row for fault in sheet.faults} - set(rows.index))
    columns = tuple(_column_use(column, use, flags) for column, use in uses.items())
    return Imported(
        source=source_id(path, wish),
        document=document_of(
            path,
            wish,
            "siae",
            len(sheet.rows),
            title=f"Liste des SIAE, {path.name}",
        ),
        frames={"organisations": frame},
        places=places.added,
        rows_read=read_rows,
        rows_kept=read_rows - len({row for row, *_rest in refused}),
        rows_left_out=0,
        refused=refused_frame(sorted(refused)),
        columns=columns,
        notes=tuple(notes),
    )


def _header(path: Path, rows: list[list[str]]) -> tuple[int, dict[str, str]]:
    """Where the header stands (from 0), and what each of its columns is for, or ``""``."""
    for at, cells in enumerate(rows[:_HEADER_WITHIN]):
        known = {cell: _NAMES[slug(cell)] for cell in cells if slug(cell) in _NAMES}
        if len(known) >= 2 and {"siret", "siren", "name"} & set(known.values()):
            best: dict[str, str] = {}
            for column, use in known.items():
                if use not in best or _ORDER[slug(column)] < _ORDER[slug(best[use])]:
                    best[use] = column
            chosen = {column: use for use, column in best.items()}
            return at, {column: chosen.get(column, "") for column in cells if column}
    raise CallError(
        _("{file} has no header with the columns of a list of SIAE.").format(file=path.name),
        _("It needs a SIRET (or a name) and a second column, such as mesure or departement."),
    )


def _column_use(column: str, use: str, flags: dict[str, str]) -> ColumnUse:
    if use:
        return ColumnUse(column, _USES.get(use, use))
    if column in flags:
        return ColumnUse(column, "accreditations")
    personal = _PERSONAL.fullmatch(slug(column))
    return ColumnUse(column, "", _("personal") if personal else _("not recognised"))


def _rows(
    cells: list[list[str]], header: int, uses: dict[str, str], flags: dict[str, str]
) -> DataFrame:
    """The columns in use, as text, by the number of the row; rows without any cell are no rows."""
    import pandas as pd

    names = cells[header]
    at = {use: names.index(column) for column, use in uses.items() if use}
    flagged = {names.index(column): code for column, code in flags.items()}
    told = []
    numbers = []
    for number, row in enumerate(cells[header + 1 :], start=header + 2):
        if not any(row):
            continue
        numbers.append(number)
        values = [row[at[use]] if use in at and at[use] < len(row) else "" for use in _COLUMNS]
        codes = [
            code
            for n, code in flagged.items()
            if n < len(row) and row[n].strip().casefold() not in _NO
        ]
        told.append([*values, SEPARATOR.join(dict.fromkeys(codes))])
    index = pd.Index(numbers, dtype="int64")
    return pd.DataFrame(told, columns=[*_COLUMNS, "flags"], index=index, dtype=object)


def _organisations(
    rows: DataFrame, refused: list[tuple[int, str, str, str]], places: Places, notes: list[str]
) -> DataFrame:
    siret, of_siret, wrong_siret = sirets(rows["siret"])
    siren, wrong_siren = siren_column(rows["siren"])
    siren = of_siret.where(of_siret != "", siren)
    frame = rows.assign(siret=siret, siren=siren, name=clean_names(rows["name"]), section=_SECTION)
    for column, reasons in (("siret", wrong_siret), ("siren", wrong_siren)):
        wrong = (reasons != "") & (siren == "")
        refused += [
            (int(at), column, str(rows.at[at, column]), str(reasons[at]))
            for at in reasons.index[wrong]
        ]
    # A row that gives only a SIRET is known by the other rows about it.
    names = frame[(frame["name"] != "") & (siren != "")].drop_duplicates("siren")
    known = dict(zip(names["siren"], names["name"], strict=True))
    named = siren.map(lambda number: known.get(number, "")).astype(object)
    frame["name"] = frame["name"].where(frame["name"] != "", named)
    refused += [(int(at), "name", "", reason) for at, reason in name_faults(frame["name"]).items()]
    frame = frame[~frame.index.isin({row for row, *_rest in refused})].copy()
    frame["department"] = frame["department"].map(asp_department)
    frame["place"] = _places(frame, places)
    frame["id"] = _ids(frame)
    frame["legal_form"] = _legal_forms(frame["legal_form"], notes)
    frame["accreditations"] = _accreditations(frame, notes)
    frame["website"] = websites(frame["website"], notes)
    frame["lines"] = frame.index.astype(str)
    columns = ["id", "name", "legal_form", "accreditations", "place", "website"]
    columns += ["siren", "siret", "section", "lines"]
    return one_per_id(frame[columns], notes)


def asp_department(text: str) -> str:
    """The code of INSEE of a department as lists write it, or ``""``.

    ``1``, ``01``, ``001`` and ``01 - Ain`` give ``01``; ``02A`` gives ``2A``;
    ``59L`` and ``59V``, the two parts into which the State's services divide
    the Nord, give ``59``.
    """
    found = re.match(r"0?(2[AB]|97[1-8]|98[4-9]|[0-9]{1,2})([A-Z]?)(?![A-Z0-9])", text.upper())
    if not found:
        return ""
    return found[1].zfill(2)


def _places(frame: DataFrame, places: Places) -> Series:
    """The commune where the row tells it, else the department."""
    import pandas as pd

    found = places.communes(frame["insee"], frame["commune"])
    by_post = places.by_postal_codes(frame["postal"], frame["commune"])
    found = found.where(found != "", by_post)
    alone = (found == "") & (frame["commune"] != "") & (frame["postal"] == "")
    named = pd.Series(
        [
            places.named(name, ("commune",), department) if wanted and department else ""
            for name, department, wanted in zip(
                frame["commune"], frame["department"], alone, strict=True
            )
        ],
        index=frame.index,
        dtype=object,
    )
    found = found.where(found != "", named)
    without = found == ""
    codes = frame["department"].where(without, "")
    ids = {code: places.department(code) if code else "" for code in codes.unique()}
    return found.where(~without, codes.map(ids))


def _ids(frame: DataFrame) -> Series:
    """``siren-…``, else from the name and the place that the list gives."""
    own = [
        "-".join(filter(None, (_PREFIX, name_slug(name), slug(commune or department))))
        for name, commune, department in zip(
            frame["name"], frame["commune"], frame["department"], strict=True
        )
    ]
    return ("siren-" + frame["siren"]).where(frame["siren"] != "", own)


def _legal_forms(cells: Series, notes: list[str]) -> Series:
    codes = {text: legal_form(text) if text else "" for text in cells.unique()}
    unknown = Counter(text for text in cells if text and not codes[text])
    if unknown:
        notes.append(
            _("Legal forms that have no code here: {values}").format(values=_counted(unknown))
        )
    return cells.map(codes)


def _accreditations(frame: DataFrame, notes: list[str]) -> list[str]:
    """The measures of each row; a row that tells none is a SIAE all the same."""
    known = {text: measures(text) for text in frame["measure"].unique()}
    unknown = Counter(text for text in frame["measure"] if text and not known[text])
    if unknown:
        notes.append(
            _("Measures that are no kind of SIAE, kept without one: {values}").format(
                values=_counted(unknown)
            )
        )
    told = []
    for text, flags in zip(frame["measure"], frame["flags"], strict=True):
        codes = [*known[text], *(flags.split(SEPARATOR) if flags else [])]
        if not codes and not text:
            codes = ["siae"]
        told.append(SEPARATOR.join(dict.fromkeys(codes)))
    return told


def measures(text: str) -> list[str]:
    """The accreditations that a cell names: ``ACI_DC``, ``EI, ETTI``, ``Entreprise d'insertion``.

    ``EITI`` gives ``siae``, the only code that holds of it.
    """
    if _EITI in slug(text):
        return ["siae"]
    whole = accreditation(text)
    if whole:
        return [whole]
    words = re.findall(r"[a-z]+", slug(text.replace("_", "-")))
    codes = [_MEASURES[word] for word in words if word in _MEASURES]
    if codes:
        return list(dict.fromkeys(codes))
    parts = [accreditation(part) for part in re.split(r"[,;/|+]| - ", text)]
    return list(dict.fromkeys(filter(None, parts)))


def _counted(values: Counter[str]) -> str:
    shown = [f"{value[:60]} ({n})" for value, n in values.most_common(12)]
    return ", ".join(shown) + (" …" if len(values) > len(shown) else "")
