"""Lists of SIAE, in files of the shape of the ASP's made here."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from ptce_graph.errors import CallError
from ptce_graph.importers.imported import Imported, Wish
from ptce_graph.importers.places import Places
from ptce_graph.importers.siae import asp_department, measures, read
from ptce_graph.tables.read import read_tables

LIST = """\
Liste des SIAE conventionnées;;;;;;
;;;;;;
Département;SIRET;Raison sociale;Forme juridique;Mesure;Commune;Téléphone
02A;20000000800017;Organisation A;Association;ACI_DC;AJACCIO;{telephone}
02A;200 000 008 00017;Organisation A;Association;EI_DC;AJACCIO;
59L;;Organisation B;SARL;ETTI;;
59V;20000001600010;Organisation C;Forme rare;EITI;Valenciennes;
001;20000001600011;Organisation D;Association loi 1901;AI;BOURG EN BRESSE CEDEX;
974;;Organisation E;;GEIQ;St Denis;
26;;;;AI;;
26;20000002400014;Organisation F;;;;
"""


@cache
def _known_places() -> pd.DataFrame:
    return read_tables(None)[0].frames["places"]


#: Put together here, so that no file of the project holds a telephone number.
TELEPHONE = " ".join(("01", "02", "03", "04", "05"))


def _read(folder: Path, text: str) -> Imported:
    path = folder / "liste.csv"
    path.write_text(text, encoding="utf-8")
    imported = read(path, Wish(), Places(_known_places()))
    accounted = imported.rows_kept + imported.rows_left_out + imported.rows_refused
    assert imported.rows_read == accounted
    return imported


def test_measures_of_one_siret_become_accreditations_of_one_organisation(tmp_path: Path) -> None:
    imported = _read(tmp_path, LIST.replace("{telephone}", TELEPHONE))
    assert (imported.rows_read, imported.rows_kept) == (8, 6)
    assert set(imported.refused["row"]) == {8, 10}
    frame = imported.frames["organisations"].set_index("id")
    told = {
        at: (row["accreditations"], row["legal_form"], row["place"], row["lines"])
        for at, row in frame.iterrows()
    }
    assert told == {
        "siren-200000008": ("aci|ei", "association", "commune-2a004", "4|5"),
        "siae-organisation-b-59": ("etti", "sarl", "nord", "6"),
        "siren-200000016": ("siae", "", "commune-59606", "7"),
        "siae-organisation-e-st-denis": ("", "", "commune-97411", "9"),
        # A list of SIAE that tells no measure says that it is a SIAE.
        "siren-200000024": ("siae", "", "drome", "11"),
    }
    notes = " ".join(imported.notes)
    assert "GEIQ (1)" in notes
    assert "Forme rare (1)" in notes
    assert TELEPHONE not in frame.to_csv() + notes
    uses = {use.column: use.why for use in imported.columns}
    assert uses["Téléphone"] == "personal"


def test_the_columns_of_the_agency_and_one_column_per_measure(tmp_path: Path) -> None:
    text = (
        "structure_siret_actualise,structure_siret_signature,structure_denomination,"
        "structure_adresse_admin_code_insee,ACI,EI,AI\n"
        "20000000800017,20000001600010,Organisation A,26362,Oui,1,Non\n"
    )
    row = _read(tmp_path, text).frames["organisations"].iloc[0]
    assert (row["siren"], row["place"], row["accreditations"]) == (
        "200000008", "commune-26362", "aci|ei",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1", "01"), ("01", "01"), ("001", "01"), ("02A", "2A"), ("2b", "2B"), ("59L", "59"),
     ("59V", "59"), ("971", "971"), ("26 - Drôme", "26"), ("075", "75"), ("", ""), ("Ain", "")],
)  # fmt: skip
def test_departments_of_the_agency(text: str, expected: str) -> None:
    assert asp_department(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("ACI_DC", ["aci"]), ("EI_MP", ["ei"]), ("EITI", ["siae"]), ("EI, ETTI", ["ei", "etti"]),
     ("Entreprise d'insertion", ["ei"]), ("Atelier et chantier d'insertion", ["aci"]),
     ("Entreprise de travail temporaire d'insertion", ["etti"]),
     ("Entreprise d'insertion par le travail indépendant", ["siae"]),
     ("Association intermédiaire", ["ai"]), ("GEIQ", []), ("FDI_DC", []), ("", [])],
)  # fmt: skip
def test_measures(text: str, expected: list[str]) -> None:
    assert measures(text) == expected


@pytest.mark.parametrize("text", ["", "a;b\n1;2\n", "SIRET\n20000000800017\n"])
def test_files_that_are_no_list_are_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(CallError):
        _read(tmp_path, text)
