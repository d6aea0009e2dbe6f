"""Spreadsheets as tables: the guess, the rows kept and refused, what is never kept."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ptce_graph
from ptce_graph.errors import CallError
from ptce_graph.importers import labels
from ptce_graph.importers.spreadsheet.values import date_of, guessed_separators, mark_of, parts_of

# SIREN and SIRET of these tests follow Luhn by hand: 552120222 is that of a bank that publishes
# it, 100000009 = 1 + 9 and zeros, doubled digits none.
SIREN, SIRET = "552120222", "55212022200013"


def imported(tmp_path, text, name="membres.csv", **wish):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return ptce_graph.import_file("spreadsheet", path, tmp_path / "data", **wish)


def rows(done, table, *columns):
    frame = done.imported.frames[table]
    return [tuple(r) for r in frame.reindex(columns=columns, fill_value="").to_numpy().tolist()]


def uses(done):
    return {c.column: c.use for c in done.imported.columns}


def sound(done):
    """The written folder is sound, and every row is accounted for."""
    told = done.imported
    assert told.rows_read == told.rows_kept + told.rows_left_out + told.rows_refused
    if done.written is not None:
        assert ptce_graph.check(done.written.folder) == []
    return done


LIST = (
    "Liste des adhérents;;;;;;;\r\n;;;;;;;\r\n"
    "Raison sociale;SIRET;Code postal;Ville;Forme juridique;Tél.;Contact;Site web\r\n"
    "Économie sociale, solidaire;552 120 222 00013;38000;GRENOBLE CEDEX 1;SCIC SAS;"
    "04 65 71 00 00;Une Personne;www.a.example\r\n"
    '"Les ""Amis""\r\nde l\'ESS";;1000;Bourg-en-Bresse;Association loi 1901;;;rien\r\n'
    "Faux numéro;12345678901234;;;;;;\r\n"
    "=HYPERLINK(1);;;;;;;\r\n"
    "Total : 4;;;;;;;\r\n"
)


def test_a_member_list_with_its_header_on_row_3(tmp_path):
    done = sound(imported(tmp_path, LIST.encode("cp1252"), network="Réseau A", title="Liste A"))
    told = done.imported
    assert (told.rows_read, told.rows_kept, told.rows_refused) == (5, 2, 3)
    assert rows(done, "organisations", "id", "name", "legal_form", "place", "siren", "lines") == [
        (f"siren-{SIREN}", "Économie sociale, solidaire", "scic", "grenoble", SIREN, "4"),
        (
            "membres-les-amis-de-l-ess",
            'Les "Amis" de l\'ESS',
            "association",
            "commune-01053",
            "",
            "5",
        ),
        ("reseau-a", "Réseau A", "", "", "", "3"),
    ]
    assert rows(done, "memberships", "member", "organisation", "role", "lines") == [
        (f"siren-{SIREN}", "reseau-a", "membre", "4"),
        ("membres-les-amis-de-l-ess", "reseau-a", "membre", "5"),
    ]
    refused = told.refused.set_index("row")
    assert list(refused.index) == [6, 7, 8]
    assert "are no SIREN" in refused.loc[6, "reason"]
    assert "formula" in refused.loc[7, "reason"]
    assert "total" in refused.loc[8, "reason"]
    assert any("cp1252" in note for note in told.notes)
    assert any("“Site web”" in note and "row 5 « rien »" in note for note in told.notes)


def test_nothing_of_persons_is_kept_anywhere(tmp_path):
    done = imported(tmp_path, LIST, network="Réseau A")
    assert {c.column for c in done.imported.columns if "personal" in c.why} == {"Tél.", "Contact"}
    assert all(c.examples == () for c in done.imported.columns if "personal" in c.why)
    for path in (tmp_path / "data").rglob("*.*"):
        text = path.read_text("utf-8")
        assert "Une Personne" not in text and "04 76" not in text, path


def test_a_column_of_e_mails_is_personal_whatever_its_header_says(tmp_path):
    done = imported(tmp_path, "Nom,Sigle\nAlpha,une@personne.example\nBêta,B\n", network="R")
    assert {c.column: c.why for c in done.imported.columns}["Sigle"] == "personal: never kept"


def test_refused_rows_are_safe_to_open_and_hold_no_persons(tmp_path):
    text = "Nom,Téléphone\n=cmd|'/c calc'!A0,0465710000\nAppelez 04 65 71 00 00,\nA,\n"
    done = imported(tmp_path, text, network="R")
    refused = (done.written.folder / "sources/membres/refused.csv").read_text("utf-8")
    assert "'=cmd|" in refused
    assert "04 76" not in refused and "Appelez …" in refused


def test_a_matrix_of_crosses_dates_and_roles(tmp_path):
    text = (
        "Organisation,COORACE,RTES,Réseau B,SIAE\n"
        "A,x,,Oui,non\nB,,1,Non,oui\nC,2014,administrateur,,\nCOORACE,,✓,,\nD,-,0,?,\n"
    )
    done = sound(imported(tmp_path, text))
    assert rows(done, "memberships", "member", "organisation", "role", "start") == [
        ("membres-a", "coorace", "membre", ""),
        ("membres-c", "coorace", "membre", "2014"),
        ("membres-b", "rtes", "membre", ""),
        ("membres-c", "rtes", "administrateur", ""),
        ("coorace", "rtes", "membre", ""),
        ("membres-a", "reseau-b", "membre", ""),
    ]
    assert ("membres-b", "siae") in rows(done, "organisations", "id", "accreditations")
    assert done.imported.refused.to_numpy().tolist() == [
        [6, "Réseau B", "?", "is neither yes nor no."]
    ]


def test_a_list_of_links(tmp_path):
    text = (
        "a;b;type;depuis\nA;B;mutualisation;2010\nB;A;Mutualisation;\nC;COORACE;adhérent;2012\n"
        f"D;D;pilotage;\nE;F;amitié;\n{SIREN};G;pilotage;\n"
    )
    done = sound(imported(tmp_path, text))
    assert rows(done, "cooperations", "id", "kind", "start", "lines") == [
        ("membres-mutualisation-membres-a-membres-b", "mutualisation", "2010", "2|3"),
        (f"membres-pilotage-membres-g-siren-{SIREN}", "pilotage", "", "7"),
    ]
    assert len(done.imported.frames["participations"]) == 4
    assert rows(done, "memberships", "member", "organisation", "role", "start") == [
        ("membres-c", "coorace", "adherent", "2012")
    ]
    assert list(done.imported.refused["row"]) == [5, 6]


@pytest.mark.parametrize("header", ["a;b;type de lien", "Structure 1;Structure 2;Nature"])
def test_the_ends_of_links_may_be_numbers(tmp_path, header):
    text = f"{header}\n{SIREN};542051180;mutualisation\n542051180;{SIREN};pilotage\n"
    done = sound(imported(tmp_path, text))
    partners = sorted(partner for (partner,) in rows(done, "participations", "partner"))
    assert partners == ["siren-542051180"] * 2 + [f"siren-{SIREN}"] * 2
    assert not len(done.imported.refused)


def test_ends_before_starts_and_lists_of_which_nothing_is_left(tmp_path):
    text = "a;b;type;début;fin\nA;B;portage;2012;2010\nC;COORACE;adhérent;2012-05;2012\n"
    done = sound(imported(tmp_path, text))
    assert rows(done, "cooperations", "start", "end") == [("2012", "")]
    assert rows(done, "memberships", "start", "end") == [("2012-05", "2012")]
    assert any("end before they start" in note for note in done.imported.notes)
    done = imported(tmp_path, "a;b;type\nA;B;nouveau\n", name="rien.csv")
    assert (done.imported.rows_kept, done.written) == (0, None)
    done = sound(imported(tmp_path, "Nom,COORACE,RTES\nA,non,non\n", name="non.csv"))
    assert "memberships" not in done.imported.frames


def test_links_of_no_told_kind_ask_for_one(tmp_path):
    with pytest.raises(CallError, match="--option kind=KIND"):
        imported(tmp_path, "Structure 1;Structure 2\nA;B\n")
    done = sound(imported(tmp_path, "Structure 1;Structure 2\nA;B\n", options={"kind": "portage"}))
    assert rows(done, "cooperations", "kind") == [("portage",)]


def test_wide_tables_and_cells_of_several_values(tmp_path):
    text = (
        "Nom;Réseau 1;Réseau 2\nA;COORACE / RTES;MES\n"
        "B;Economie sociale, solidaire;\nC;MES;\nA bis;RTES | COORACE;\n"
    )
    done = sound(imported(tmp_path, text))
    assert sorted(rows(done, "memberships", "member", "organisation")) == [
        ("membres-a", "coorace"),
        ("membres-a", "mes"),
        ("membres-a", "rtes"),
        ("membres-a-bis", "coorace"),
        ("membres-a-bis", "rtes"),
        ("membres-b", "economie-sociale-solidaire"),
        ("membres-c", "mes"),
    ]


def test_rows_about_one_organisation_become_one_and_homonyms_stay_apart(tmp_path):
    text = (
        "Nom,SIRET,Ville,Site web\n"
        f"Banque,{SIRET},Paris,\nBanque du Nord,{SIREN},Lille,b.example\n"
        "Régie,,Lyon,\nRégie,,Lille,\nSeule,,Lyon,\nSeule,,Lyon,\n"
    )
    done = sound(imported(tmp_path, text, network="R"))
    assert done.imported.rows_kept == 6
    assert rows(done, "organisations", "id", "alt_names", "website", "lines") == [
        (f"siren-{SIREN}", "Banque du Nord", "b.example", "2|3"),
        ("membres-regie-lyon", "", "", "4"),
        ("membres-regie-lille", "", "", "5"),
        ("membres-seule", "", "", "6|7"),
        ("r", "", "", "1"),
    ]


def test_numbers_as_spreadsheets_spoil_them(tmp_path):
    text = (
        "Nom;SIREN;SIRET;CP;Ville\n"
        f"A;{SIREN}.0;;84200.0;Carpentras\n"
        "B;;552.120.222 00013;1000;Bourg en Bresse\n"
        "C;5.52E+08;;;\nD;100000009;55212022200013;;\nE;;552120222;;\n"
    )
    done = sound(imported(tmp_path, text, network="R"))
    assert [r[:2] for r in rows(done, "organisations", "name", "siren")][:2] == [
        ("A", SIREN),
        ("R", ""),
    ]
    assert rows(done, "organisations", "alt_names", "siret", "lines")[0] == ("B|E", SIRET, "2|3|6")
    refused = dict(zip(done.imported.refused["row"], done.imported.refused["reason"], strict=True))
    assert set(refused) == {4, 5}
    assert "rounded" in refused[4] and "another organisation" in refused[5]


def test_numbers_that_cannot_be_read_may_be_left_out(tmp_path):
    text = "Nom,SIREN\nA,123456789\n,123456780\n"
    done = sound(imported(tmp_path, text, network="R", options={"unreadable": "leave-out"}))
    assert rows(done, "organisations", "name", "siren") == [("A", ""), ("R", "")]
    assert any("row 2 « 123456789 »" in note for note in done.imported.notes)
    assert list(done.imported.refused["row"]) == [3]


def test_nameless_repeated_and_empty_columns_have_names(tmp_path):
    text = ",,,Nom,Nom,Vide\na,b,c,Régie Alpha,p,\nd,e,f,Régie Bêta,q,\n"
    done = sound(imported(tmp_path, text, network="R"))
    assert list(uses(done)) == ["(A)", "(B)", "(C)", "Nom", "Nom (2)", "Vide"]
    assert uses(done)["Nom"] == "name"
    assert {c.why for c in done.imported.columns if not c.use} == {
        "nobody asked for it",
        "another column gives the name",
        "empty",
    }


def test_a_list_without_a_header_loses_no_row(tmp_path):
    done = sound(imported(tmp_path, f"Régie Alpha;{SIRET}\nRégie Bêta;\n", network="R"))
    assert done.imported.rows_kept == 2
    assert uses(done) == {"(A)": "name", "(B)": "siret"}


def test_a_cell_too_many_is_told_not_shifted(tmp_path):
    text = "Nom;Ville;CP\n" + "A;Lyon;69003\n" * 9 + "B; C;Lyon;69003\n"
    done = sound(imported(tmp_path, text, network="R"))
    assert done.imported.refused.to_numpy().tolist() == [
        [11, "", "", "has 4 cells where the header has 3."]
    ]


def test_no_row_kept_writes_nothing(tmp_path):
    done = imported(tmp_path, "Nom,SIREN\nA,123456789\n", network="R")
    assert done.written is None and not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Nom;Ville\n", "no rows"),
        ("Couleur;Taille\n1;2\n3;4\n", "No column names the organisations"),
    ],
)
def test_files_without_organisations_are_told(tmp_path, text, told):
    with pytest.raises(CallError, match=told) as caught:
        imported(tmp_path, text)
    assert caught.value.hint


def test_the_sample_of_a_network(tmp_path):
    folder = os.environ.get("PTCE_SHARED")
    if not folder:
        reason = "PTCE_SHARED names no folder with samples"
        print(reason)
        pytest.skip(reason)
    path = Path(folder) / "samples/hosmoz_import.csv"
    done = sound(ptce_graph.import_file("spreadsheet", path, tmp_path / "data"))
    assert (done.imported.rows_read, done.imported.rows_kept) == (3, 2)
    assert done.imported.refused.to_numpy().tolist() == [
        [4, "Adhérent Hosmoz", "M*", "is neither yes nor no."]
    ]
    assert rows(done, "memberships", "member", "organisation", "role") == [
        ("siren-411555139", "hosmoz", "adherent")
    ]
    path = Path(folder) / "samples/sirene/sirene_ess_2025.csv"
    done = sound(ptce_graph.import_file("spreadsheet", path, tmp_path / "data", network="R"))
    assert done.imported.rows_read == 3375


# Single cells


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("x", True),
        ("OUI", True),
        ("1.0", True),
        ("✓", True),
        ("VRAI", True),
        ("Non", False),
        ("-", False),
        ("0", False),
        ("M*", None),
        ("x?", None),
        ("peut-être", None),
    ],
)
def test_marks(text, mark):
    assert mark_of(text) is mark


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("15/03/2007", "2007-03-15"),
        ("1.3.2007", "2007-03-01"),
        ("03/2007", "2007-03"),
        ("2007", "2007"),
        ("2007.0", "2007"),
        ("2007-03-15 00:00:00", "2007-03-15"),
        ("31/02/2007", ""),
        ("15/03/07", ""),
        ("39156", ""),
        ("13/13/2007", ""),
        ("hier", ""),
    ],
)
def test_dates(text, date):
    assert date_of(text) == date


def test_separators_are_guessed_with_care():
    known = {"coorace", "rtes"}
    assert guessed_separators(["Economie sociale, solidaire", "Autre"], known) == ""
    assert guessed_separators(["COORACE, RTES", "MES"], known) == ","
    assert guessed_separators(["Réseau A / Réseau B", "Réseau B", "Réseau A"], set()) == "/"
    assert guessed_separators(["A ; B"], set()) == ";"
    assert parts_of("A (x, y), B,A (x, y)", ",") == ["A (x, y)", "B"]


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Association loi 1901", "association"),
        ("S.A.R.L.", "sarl"),
        ("SAS SCIC", "scic"),
        ("Société coopérative d'intérêt collectif (SCIC)", "scic"),
        ("9220.0", "association"),
        ("entreprise", ""),
        ("", ""),
    ],
)
def test_legal_forms_by_their_labels(label, code):
    assert labels.legal_form(label) == code


def test_labels_lead_to_codes_that_exist(bundled):
    codes = bundled.facts.tables.codes
    assert set(labels.LEGAL_FORMS.values()) <= set(codes["legal-forms"]["code"])
    assert set(labels.ACCREDITATIONS.values()) <= set(codes["accreditations"]["code"])


# Anything at all: 100 files, of which every tenth is written and checked

WORDS = ["", "x", "Oui", "A", "B", "COORACE", SIREN, SIRET, "123456789", "38000", "Grenoble"]
WORDS += [
    "04 65 71 00 00",
    "=1+1(",
    "2007",
    "a@b.example",
    "SCIC",
    "<b>",
    "\u202e",
    "A;B",
    '"',
    "é" * 400,
]
HEADS = ["Nom", "SIREN", "SIRET", "Ville", "CP", "Réseau", "COORACE", "", "Nom", "type", "a", "b"]


@given(
    st.lists(st.sampled_from(HEADS), min_size=1, max_size=5),
    st.lists(st.lists(st.sampled_from(WORDS), max_size=6), max_size=8),
    st.sampled_from(["", "Réseau R", "COORACE"]),
)
@settings(max_examples=100, deadline=None)
def test_any_file_is_kept_and_refused_to_the_last_row(tmp_path_factory, header, body, network):
    folder = tmp_path_factory.mktemp("any")
    lines = [",".join(f'"{cell}"' if cell != '"' else cell for cell in r) for r in [header, *body]]
    try:
        done = imported(folder, "\n".join(lines), network=network, dry_run=len(body) != 4)
    except CallError:
        return
    told = sound(done).imported
    assert told.rows_kept + told.rows_refused == told.rows_read
    if done.written is not None:
        kept = {
            line for f in told.frames.values() for cell in f["lines"] for line in cell.split("|")
        }
        assert not {str(row) for row in told.refused["row"]} & kept - {"1"}
