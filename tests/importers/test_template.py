"""A workbook that was filled in comes back as the tables it is made of."""

from __future__ import annotations

import copy

import openpyxl
import pytest

import ptce_graph
from ptce_graph.importers.start.example import DOCUMENT, ROWS
from ptce_graph.importers.start.workbook import workbook_bytes
from ptce_graph.importers.template import tables_of_workbook


@pytest.fixture
def rows():
    return {table: [dict(row) for row in told] for table, told in copy.deepcopy(ROWS).items()}


def _filled(tmp_path, rows, document=DOCUMENT):
    path = tmp_path / "filled.xlsx"
    path.write_bytes(workbook_bytes(rows, document))
    return path


def _imported(path, tmp_path):
    done = ptce_graph.import_file("tables", path, tmp_path / "data")
    told = done.imported
    assert told.rows_read == told.rows_kept + told.rows_left_out + told.rows_refused
    return told


def test_the_invented_rows_come_back_as_they_are(tmp_path, rows):
    told = _imported(_filled(tmp_path, rows), tmp_path)
    assert (told.rows_read, told.rows_kept) == (17, 17)
    assert ptce_graph.check(tmp_path / "data") == []
    direct = ptce_graph.load(ptce_graph.init(tmp_path / "direct").folder)
    back = ptce_graph.load(tmp_path / "data")
    columns = [name for name in direct.actors.columns if name != "sources"]
    assert back.actors[columns].equals(direct.actors[columns])
    document = back.facts.tables.documents["filled"]
    assert (document.original_file, document.lines) == ("exemple.txt", 20)
    assert back.facts.frames["poles"].at[0, "lines"] == "8"


def test_without_a_described_document_the_rows_are_the_passages(tmp_path, rows):
    told = _imported(_filled(tmp_path, rows, {"title": "Ma liste"}), tmp_path)
    assert told.document["title"] == "Ma liste"
    assert told.document["original_file"] == "filled.xlsx"
    # Header and five organisations, then header and six memberships: the longest sheet.
    assert told.document["lines"] == "7"
    assert told.frames["organisations"]["lines"].tolist() == ["2", "3", "4", "5", "6"]
    assert ptce_graph.check(tmp_path / "data") == []


def test_a_wrong_row_is_refused_with_its_reason_and_those_that_lean_on_it(tmp_path, rows):
    rows["organisations"][3]["kind"] = "entreprises"
    told = _imported(_filled(tmp_path, rows), tmp_path)
    found = {
        (column, row): (value, reason)
        for row, column, value, reason in told.refused[["row", "column", "value", "reason"]].values
    }
    assert found.keys() == {
        ("organisations.kind", 5),
        ("memberships.member", 6),
        ("participations.partner", 3),
    }
    assert found["organisations.kind", 5][0] == "entreprises"
    assert "entreprise." in found["organisations.kind", 5][1]
    assert "was refused" in found["memberships.member", 6][1]
    assert (told.rows_read, told.rows_kept, told.rows_refused) == (17, 14, 3)
    assert ptce_graph.check(tmp_path / "data") == []


def test_rows_of_two_sheets_with_one_number_are_two_rows(tmp_path, rows):
    rows["organisations"][0]["website"] = "x"
    rows["figures"][0]["unit"] = "x"
    told = _imported(_filled(tmp_path, rows), tmp_path)
    first = told.refused[told.refused["row"] == 2]
    assert set(first["sheet"]) == {"organisations", "memberships", "figures"}
    assert ptce_graph.check(tmp_path / "data") == []


def test_numbers_that_a_spreadsheet_spoilt_are_put_right(tmp_path, rows):
    organisation = rows["organisations"][1]
    organisation["siren"], organisation["siret"] = "000 000 018", "000 000 018 00002"
    told = _imported(_filled(tmp_path, rows), tmp_path)
    kept = told.frames["organisations"].set_index("id").loc["organisation-a"]
    assert (kept["siren"], kept["siret"]) == ("000000018", "00000001800002")


def test_personal_data_are_refused_and_shown_nowhere(tmp_path, rows):
    rows["organisations"][2]["note"] = "Contact : personne@a.example"
    told = _imported(_filled(tmp_path, rows), tmp_path)
    (refused,) = told.refused[told.refused["column"] == "organisations.note"].to_dict("records")
    assert refused["value"] == ""
    texts = [p.read_text("utf-8") for p in (tmp_path / "data").rglob("*.*") if p.is_file()]
    assert texts and not any("personne@" in text for text in texts)


def _changed(tmp_path, rows, change):
    path = _filled(tmp_path, rows)
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def test_a_sheet_and_a_column_of_ones_own_are_told(tmp_path, rows):
    def change(book):
        book.create_sheet("brouillon")["A1"] = "à faire"
        book["organisations"].cell(1, 18, "web-site")

    told = _imported(_changed(tmp_path, rows, change), tmp_path)
    assert any("brouillon" in note for note in told.notes)
    (left,) = told.columns
    assert (left.column, left.use) == ("organisations.web-site", "")
    assert "website" in left.why


def test_a_column_that_is_missing_is_told_with_what_stands_for_it(tmp_path, rows):
    path = _changed(tmp_path, rows, lambda book: book["poles"].cell(1, 2, "nom name"))
    with pytest.raises(ptce_graph.CallError, match=r"sheet poles .* no column name"):
        tables_of_workbook(path)


def test_two_columns_of_one_name_are_refused(tmp_path, rows):
    path = _changed(tmp_path, rows, lambda book: book["poles"].cell(1, 3, "name"))
    with pytest.raises(ptce_graph.CallError, match="two columns name"):
        tables_of_workbook(path)


def test_a_formula_is_what_was_saved_of_it_and_never_run(tmp_path, rows):
    path = _changed(tmp_path, rows, lambda book: book["poles"].cell(2, 2, "=1+1"))
    told = _imported(path, tmp_path)
    assert "poles.name" in set(told.refused["column"])


def test_other_files_are_refused_in_words(tmp_path):
    table = tmp_path / "t.csv"
    table.write_text("id,name\na,A\n", encoding="utf-8")
    with pytest.raises(ptce_graph.CallError, match="is no workbook"):
        tables_of_workbook(table)
    book = openpyxl.Workbook()
    book.active["A1"] = "nom"
    book.save(tmp_path / "b.xlsx")
    with pytest.raises(ptce_graph.CallError, match="no sheet that is named as a table"):
        tables_of_workbook(tmp_path / "b.xlsx")
