"""Sirene, on small files of its shape made here; SIRENs and SIRETs with keys worked by hand."""

from __future__ import annotations

import csv
import gzip
import io
import os
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ptce_graph.errors import CallError
from ptce_graph.importers.imported import Imported, Wish
from ptce_graph.importers.legal_categories import LEGAL_FORMS
from ptce_graph.importers.places import Places
from ptce_graph.importers.sirene import read
from ptce_graph.tables.read import read_tables

UNIT = {
    "siren": "",
    "prenom1UniteLegale": "",
    "nomUniteLegale": "",
    "denominationUniteLegale": "",
    "sigleUniteLegale": "",
    "denominationUsuelle1UniteLegale": "",
    "categorieJuridiqueUniteLegale": "9220",
    "dateCreationUniteLegale": "2007-05-12",
    "etatAdministratifUniteLegale": "A",
    "economieSocialeSolidaireUniteLegale": "O",
    "nicSiegeUniteLegale": "",
    "identifiantAssociationUniteLegale": "",
    "trancheEffectifsUniteLegale": "11",
}
# 200000008: 2+0+…+8 with every second digit doubled makes 4+0+0+0+0+0+0+0+... = 10.
A, B, C, PERSON = "200000008", "200000016", "200000024", "200000032"
UNITS = [
    {"siren": A, "denominationUniteLegale": "ORGANISATION A", "sigleUniteLegale": "OA",
     "nicSiegeUniteLegale": "00017", "identifiantAssociationUniteLegale": "W691234567"},
    {"siren": B, "denominationUniteLegale": "ORGANISATION B",
     "categorieJuridiqueUniteLegale": "5710", "dateCreationUniteLegale": "1900-01-01"},
    {"siren": C, "denominationUniteLegale": "ENTREPRISE C",
     "economieSocialeSolidaireUniteLegale": "N", "categorieJuridiqueUniteLegale": "5499"},
    {"siren": PERSON, "nomUniteLegale": "NOMDEFAMILLE", "prenom1UniteLegale": "PRENOMFICTIF",
     "denominationUsuelle1UniteLegale": "CHEZ PRENOMFICTIF",
     "categorieJuridiqueUniteLegale": "1000"},
    {"siren": "200000040", "denominationUniteLegale": "ORGANISATION CESSEE",
     "etatAdministratifUniteLegale": "C"},
    {"siren": "200000009", "denominationUniteLegale": "ORGANISATION AU FAUX NUMERO"},
    {"siren": "200000057", "denominationUniteLegale": "[ND]"},
]  # fmt: skip
ESTABLISHMENTS = [
    {"siren": A, "siret": A + "00025", "etablissementSiege": "false", "codeCommune": "26362"},
    {"siren": A, "siret": A + "00017", "etablissementSiege": "true", "codeCommune": "75110"},
    {"siren": B, "siret": B + "00010", "etablissementSiege": "true", "codeCommune": "26281",
     "enseigne1Etablissement": "BOUTIQUE B"},
    {"siren": C, "siret": C + "00014", "etablissementSiege": "true", "codeCommune": "26362"},
    {"siren": B, "siret": B + "00028", "etablissementSiege": "false", "codeCommune": "26362",
     "etatAdministratifEtablissement": "F"},
]  # fmt: skip


def _units() -> list[dict[str, str]]:
    return [UNIT | row for row in UNITS]


def _establishments() -> list[dict[str, str]]:
    base = {
        "siren": "",
        "siret": "",
        "etablissementSiege": "",
        "etatAdministratifEtablissement": "A",
        "enseigne1Etablissement": "",
        "codeCommuneEtablissement": "",
        "libelleCommuneEtablissement": "VILLE",
    }
    rows = [base | row for row in ESTABLISHMENTS]
    return [{**row, "codeCommuneEtablissement": row.pop("codeCommune")} for row in rows]


def _csv(rows: list[dict[str, str]], delimiter: str = ",") -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def _file(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


@cache
def _known_places() -> pd.DataFrame:
    return read_tables(None)[0].frames["places"]


def _read(path: Path, **options: Any) -> Imported:
    places = Places(_known_places())
    imported = read(path, Wish(options=options), places)
    accounted = imported.rows_kept + imported.rows_left_out + imported.rows_refused
    assert imported.rows_read == accounted
    return imported


def _rows(imported: Imported) -> dict[str, dict[str, str]]:
    return imported.frames["organisations"].set_index("id").to_dict("index")


def test_active_units_of_the_ess_become_organisations(tmp_path: Path) -> None:
    imported = _read(_file(tmp_path, "StockUniteLegale.csv", _csv(_units())))
    assert (imported.rows_read, imported.rows_kept, imported.rows_left_out) == (7, 2, 3)
    assert set(imported.refused["row"]) == {7, 8}
    rows = _rows(imported)
    assert list(rows) == [f"siren-{A}", f"siren-{B}"]
    first = rows[f"siren-{A}"]
    assert first["name"] == "ORGANISATION A"
    assert first["alt_names"] == "OA"
    assert (first["legal_form"], first["kind"]) == ("association", "structure-ess")
    assert (first["created"], first["siret"]) == ("2007-05-12", A + "00017")
    assert (first["rna"], first["section"], first["lines"]) == (
        "W691234567", "StockUniteLegale", "2",
    )  # fmt: skip
    # 1900-01-01 stands for a date that is not known.
    assert (rows[f"siren-{B}"]["created"], rows[f"siren-{B}"]["legal_form"]) == ("", "sas")
    assert imported.document["lines"] == "8"
    assert imported.document["publisher"] == "INSEE"


def test_persons_are_never_kept(tmp_path: Path) -> None:
    path = _file(tmp_path, "u.csv", _csv(_units()))
    imported = _read(path, all=True, closed="oui")
    told = imported.frames["organisations"].to_csv() + imported.refused.to_csv()
    told += "".join(imported.notes) + str(imported.document)
    assert "FICTIF" not in told
    assert "NOMDEFAMILLE" not in told
    personal = {use.column for use in imported.columns if use.why == "personal"}
    assert personal == {"nomUniteLegale", "prenom1UniteLegale"}


def test_what_is_asked_for(tmp_path: Path) -> None:
    path = _file(tmp_path, "u.csv", _csv(_units()))
    assert f"siren-{C}" in _rows(_read(path, all=True))
    assert "siren-200000040" in _rows(_read(path, closed="1"))
    assert list(_rows(_read(path, legal_form="sas"))) == [f"siren-{B}"]
    assert list(_rows(_read(path, legal_form="57"))) == [f"siren-{B}"]
    for options, word in (
        ({"legal_form": "scopp"}, "scop"),
        ({"department": "26"}, "StockEtablissement"),
    ):
        with pytest.raises(CallError, match=word):
            _read(path, **options)


@pytest.mark.parametrize("form", ["semicolon", "zip", "gz", "parquet", "shuffled", "bom", "crlf"])
def test_every_form_of_the_file_gives_the_same(tmp_path: Path, form: str) -> None:
    rows = _units()
    plain = _read(_file(tmp_path, "plain.csv", _csv(rows)))
    if form == "semicolon":
        path = _file(tmp_path, "u.csv", _csv(rows, ";"))
    elif form == "zip":
        path = tmp_path / "u.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("StockUniteLegale_utf8.csv", _csv(rows))
    elif form == "gz":
        path = _file(tmp_path, "u.csv.gz", gzip.compress(_csv(rows).encode()))
    elif form == "parquet":
        path = tmp_path / "u.parquet"
        frame = pd.DataFrame(rows)
        frame["categorieJuridiqueUniteLegale"] = frame["categorieJuridiqueUniteLegale"].astype(int)
        frame["dateCreationUniteLegale"] = pd.to_datetime(frame["dateCreationUniteLegale"]).dt.date
        table = pa.Table.from_pandas(frame, preserve_index=False)
        pq.write_table(table.append_column("nouveau", pa.nulls(len(rows))), path, row_group_size=2)
    elif form == "shuffled":
        names = ["nouvelleColonne", *reversed(rows[0])]
        path = _file(tmp_path, "u.csv", _csv([{"nouvelleColonne": "x", **r} for r in rows]))
        text = _csv([{n: {"nouvelleColonne": "x", **r}[n] for n in names} for r in rows])
        path = _file(tmp_path, "u.csv", text)
    else:
        text = "\ufeff" + _csv(rows) if form == "bom" else _csv(rows).replace("\n", "\r\n")
        path = _file(tmp_path, "u.csv", text)
    other = _read(path)
    pd.testing.assert_frame_equal(plain.frames["organisations"], other.frames["organisations"])
    pd.testing.assert_frame_equal(plain.refused, other.refused)


def test_rows_keep_their_numbers_around_those_that_cannot_be_read(tmp_path: Path) -> None:
    lines = _csv(_units()).splitlines()
    broken = [lines[0], lines[1], "200000099,trop,court", "", lines[2].replace("ORG", '"O\nRG"')]
    broken[-1] = lines[2].replace("ORGANISATION B", '"ORGANISATION\nB"')
    imported = _read(_file(tmp_path, "u.csv", "\n".join([*broken, lines[1]]) + "\n"))
    rows = _rows(imported)
    assert rows[f"siren-{A}"]["lines"] == "2|6"  # told twice: one organisation
    assert (rows[f"siren-{B}"]["lines"], rows[f"siren-{B}"]["name"]) == ("5", "ORGANISATION B")
    assert list(imported.refused["row"]) == [3]
    assert (imported.rows_read, imported.rows_kept) == (4, 3)


def test_other_encodings(tmp_path: Path) -> None:
    rows = [UNIT | UNITS[0] | {"denominationUniteLegale": "ASSOCIATION DU CAFÉ"}]
    imported = _read(_file(tmp_path, "u.csv", _csv(rows).encode("cp1252")))
    assert _rows(imported)[f"siren-{A}"]["name"] == "ASSOCIATION DU CAFÉ"
    imported = _read(_file(tmp_path, "u.csv", _csv(rows).encode("utf-16")))
    assert _rows(imported)[f"siren-{A}"]["name"] == "ASSOCIATION DU CAFÉ"


def test_names_that_no_table_may_hold_are_refused_and_not_shown(tmp_path: Path) -> None:
    rows = [
        UNIT | UNITS[0] | {"denominationUniteLegale": "ASSO contact@example.org"},
        UNIT | UNITS[1]
        | {"denominationUniteLegale": "ORGANISATION\u202e  B ", "sigleUniteLegale": "X|Y"},
    ]  # fmt: skip
    imported = _read(_file(tmp_path, "u.csv", _csv(rows)))
    assert list(imported.refused["row"]) == [2]
    assert "example.org" not in imported.refused.to_csv()
    only = _rows(imported)[f"siren-{B}"]
    assert (only["name"], only["alt_names"]) == ("ORGANISATION B", "X/Y")


def test_establishments_are_joined_to_their_units(tmp_path: Path) -> None:
    units = _file(tmp_path, "StockUniteLegale.csv", _csv(_units()))
    path = _file(tmp_path, "StockEtablissement.csv", _csv(_establishments()))
    imported = _read(path, units=str(units))
    assert (imported.rows_read, imported.rows_kept, imported.rows_left_out) == (5, 3, 2)
    rows = _rows(imported)
    assert list(rows) == [f"siren-{A}", f"siren-{B}"]
    first = rows[f"siren-{A}"]
    # The seat goes first, and its place is that of the organisation.
    assert (first["siret"], first["place"]) == (f"{A}00017|{A}00025", "paris")
    assert (first["lines"], first["section"]) == ("3|2", "StockEtablissement")
    assert (first["legal_form"], first["created"]) == ("association", "2007-05-12")
    assert rows[f"siren-{B}"]["place"] == "romans-sur-isere"


def test_one_organisation_per_establishment(tmp_path: Path) -> None:
    units = _file(tmp_path, "u.csv", _csv(_units()))
    path = _file(tmp_path, "e.csv", _csv(_establishments()))
    rows = _rows(_read(path, units=str(units), establishments="oui"))
    assert list(rows) == [f"siret-{A}00025", f"siret-{A}00017", f"siret-{B}00010"]
    shop = rows[f"siret-{B}00010"]
    assert (shop["name"], shop["alt_names"], shop["siren"]) == ("BOUTIQUE B", "ORGANISATION B", "")


def test_departments(tmp_path: Path) -> None:
    units = _file(tmp_path, "u.csv", _csv(_units()))
    path = _file(tmp_path, "e.csv", _csv(_establishments()))
    rows = _rows(_read(path, units=str(units), department="26"))
    # Its seat is elsewhere: the place is that of the establishment there.
    assert (rows[f"siren-{A}"]["siret"], rows[f"siren-{A}"]["place"]) == (
        f"{A}00025", "commune-26362",
    )  # fmt: skip
    assert list(_rows(_read(path, units=str(units), department="2A, 75"))) == [f"siren-{A}"]
    with pytest.raises(CallError, match="26"):
        _read(path, units=str(units), department="206")
    with pytest.raises(CallError, match="StockUniteLegale"):
        _read(path)


def test_files_that_are_no_sirene_are_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a.csv", "siren\n")
        archive.writestr("b.csv", "siren\n")
    cases = {
        "empty.csv": b"",
        "other.csv": b"nom;ville\nA;B\n",
        "false.parquet": b"PAR1 not at all",
        "false.gz": b"\x1f\x8b\x08\x00 nothing",
        "false.zip": b"PK\x03\x04 nothing",
        "binary.csv": bytes(range(256)),
        "no_ess.csv": b"siren,denominationUniteLegale\n200000008,A\n",
    }
    for name, data in cases.items():
        with pytest.raises(CallError):
            _read(_file(tmp_path, name, data))
    with pytest.raises(CallError):
        _read(tmp_path / "two.zip")
    with pytest.raises(CallError):
        _read(tmp_path / "absent.csv")
    header = _csv(_units()).partition("\n")[0]
    for text in (header, header + "\n"):
        assert _read(_file(tmp_path, "header.csv", text)).rows_read == 0


def test_a_line_longer_than_a_block_is_told_in_words(tmp_path: Path) -> None:
    text = _csv(_units()) + f'"{"x" * 20_000_000}'
    with pytest.raises(CallError, match="cannot be read after row"):
        _read(_file(tmp_path, "u.csv", text))


def test_categories_of_insee_agree_with_the_matches_of_the_code_list() -> None:
    frame = read_tables(None)[0].codes["legal-forms"]
    assert set(LEGAL_FORMS.values()) <= set(frame["code"])
    start = "http://id.insee.fr/codes/cj/n3/"
    for code, *cells in zip(frame["code"], frame["exact_match"], frame["close_match"], strict=True):
        for match in "|".join(cells).split("|"):
            if match.startswith(start):
                assert LEGAL_FORMS[match.removeprefix(start)] == code
    # A SCIC has no category, and that of an entrepreneur is nobody's form.
    assert "scic" not in LEGAL_FORMS.values()
    assert "1000" not in LEGAL_FORMS


_CELL = st.text(st.characters(codec="utf-8"), max_size=6) | st.sampled_from(
    [A, B, "O", "9220", "1000", "A", '"', "\n", ",", "[ND]", "2007"]
)


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(st.lists(_CELL, min_size=1, max_size=5), max_size=5), raw=st.booleans())
def test_no_row_is_lost_whatever_stands_in_it(
    tmp_path: Path, rows: list[list[str]], raw: bool
) -> None:
    header = ["siren", "denominationUniteLegale", "categorieJuridiqueUniteLegale",
              "economieSocialeSolidaireUniteLegale"]  # fmt: skip
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
    if raw:
        file.write("\n".join(",".join(row) for row in [header, *rows]))
    else:
        writer.writerows([header, *rows])
    path = _file(tmp_path, "u.csv", file.getvalue())
    try:
        imported = _read(path)
    except CallError:
        assert raw
        return
    if not raw:
        assert imported.rows_read == sum(any(row) or len(row) != 4 for row in rows)


def test_the_sample_of_the_issue(capsys: pytest.CaptureFixture[str]) -> None:
    folder = os.environ.get("PTCE_SHARED", "")
    path = Path(folder) / "samples" / "sirene" / "sirene_ess_2025.csv"
    if not folder or not path.exists():
        pytest.skip("PTCE_SHARED names no folder with samples/sirene")
    imported = _read(path)
    assert imported.rows_read == 3375
    assert imported.rows_kept == 3374
