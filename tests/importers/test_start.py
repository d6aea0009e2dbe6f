"""The folder to start from, and the empty templates: openpyxl reads what XlsxWriter wrote."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import openpyxl
import pytest

import ptce_graph
from ptce_graph.importers.start.example import ROWS
from ptce_graph.importers.start.explained import column_explained, table_explained
from ptce_graph.importers.start.workbook import workbook_bytes
from ptce_graph.tables.schema import CODE_LISTS, SOURCE_TABLES


@pytest.fixture
def book(tmp_path):
    path = ptce_graph.template(tmp_path / "t.xlsx")
    return openpyxl.load_workbook(path)


def test_the_folder_is_sound_and_holds_what_it_shows(tmp_path):
    made = ptce_graph.init(tmp_path / "mine")
    assert ptce_graph.check(made.folder) == []
    graph = ptce_graph.load(made.folder)
    assert len(graph.actors) == 6
    assert graph.actors.loc["organisation-a", "sirens"] == ("000000018",)
    assert len(graph.links) > 0
    # Every file is named, and none is there that is not.
    found = {p.relative_to(made.folder).as_posix() for p in made.folder.rglob("*") if p.is_file()}
    assert found == set(made.files)


def test_its_rows_are_plainly_invented():
    names = [row["name"] for table in ("organisations", "poles") for row in ROWS[table]]
    assert all("exemple" in name or name[-2] == " " for name in names)
    # INSEE gives no SIREN that starts with six zeros.
    numbers = [row["siren"] for row in ROWS["organisations"] if row.get("siren")]
    assert numbers and all(number.startswith("000000") for number in numbers)


def test_the_empty_folder_has_headers_only_and_the_check_says_what_is_missing(tmp_path):
    folder = ptce_graph.init(tmp_path / "mine", empty=True).folder
    for table in SOURCE_TABLES:
        with (folder / "sources/exemple" / f"{table.name}.csv").open(encoding="utf-8") as file:
            assert list(csv.reader(file)) == [table.column_names]
    missing = {(p.file, p.column) for p in ptce_graph.check(folder)}
    assert {("dataset.yml", "title_fr"), ("dataset.yml", "publisher")} <= missing
    assert {("sources/exemple/source.yml", key) for key in ("title", "original_file")} <= missing


def test_two_folders_are_the_same_bytes(tmp_path):
    one, other = (ptce_graph.init(tmp_path / name) for name in ("one", "other"))
    assert one.files == other.files
    for name in one.files:
        assert (one.folder / name).read_bytes() == (other.folder / name).read_bytes()


def test_a_folder_that_holds_anything_is_left_as_it_is(tmp_path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ptce_graph.CallError, match="is not empty"):
        ptce_graph.init(tmp_path)
    with pytest.raises(ptce_graph.CallError, match="is a file"):
        ptce_graph.init(tmp_path / "mine.txt")
    with pytest.raises(ptce_graph.CallError, match="is not empty"):
        ptce_graph.template(tmp_path, "csv")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    (tmp_path / "new").mkdir()
    assert ptce_graph.init(tmp_path / "new").files


def test_templates_are_not_written_over(tmp_path):
    path = tmp_path / "t.xlsx"
    path.write_bytes(b"mine")
    with pytest.raises(ptce_graph.CallError, match="there already"):
        ptce_graph.template(path)
    assert path.read_bytes() == b"mine"
    with pytest.raises(ptce_graph.CallError, match=r"t\.ods does not end in"):
        ptce_graph.template(tmp_path / "t.ods")
    with pytest.raises(ptce_graph.CallError, match="no template named ods"):
        ptce_graph.template(tmp_path / "t.ods", "ods")


def test_the_csv_template_is_a_source_to_fill_in(tmp_path):
    folder = ptce_graph.template(tmp_path / "sources" / "mine", "csv")
    names = {path.name for path in folder.iterdir()}
    assert names == {"README.md", "source.yml", *(f"{t.name}.csv" for t in SOURCE_TABLES)}
    problems = ptce_graph.check(tmp_path)
    assert {p.file for p in problems} == {"sources/mine/source.yml"}


def test_a_sheet_per_table_with_the_columns_of_the_schema(book):
    for table in SOURCE_TABLES:
        sheet = book[table.name]
        assert [cell.value for cell in sheet[1]] == table.column_names
        assert sheet.freeze_panes == "C2"
        for cell, column in zip(sheet[1], table.columns, strict=True):
            assert cell.comment.text.strip()
            needed = column.required and column.name not in ("section", "lines")
            assert (cell.fill.fgColor.rgb == "FFF4B183") is needed


def test_columns_are_typed_as_text_so_that_no_zero_is_lost():
    with zipfile.ZipFile(io.BytesIO(workbook_bytes())) as archive:
        styles = archive.read("xl/styles.xml").decode()
        sheet = archive.read("xl/worksheets/sheet3.xml").decode()
    # Format 49 is "@", text (ECMA-376, part 1, 18.8.30).
    formats = re.findall(r'<xf numFmtId="([0-9]+)"', styles.partition("<cellXfs")[2])
    columns = re.findall(r'<col min="([0-9]+)" max="([0-9]+)"[^>]* style="([0-9]+)"', sheet)
    text = {
        at
        for first, last, style in columns
        if formats[int(style)] == "49"
        for at in range(int(first), int(last) + 1)
    }
    assert text == set(range(1, len(SOURCE_TABLES[0].columns) + 1))


def test_codes_are_chosen_from_the_codes_of_their_list(book):
    codes = book["codes"]
    told = {}
    for row in codes.iter_rows(min_row=2, values_only=True):
        told.setdefault(row[0], []).append(row[1])
    assert set(told) == set(CODE_LISTS)
    sheet = book["memberships"]
    (choice,) = [v for v in sheet.data_validations.dataValidation if "codes" in v.formula1]
    where = choice.formula1.removeprefix("codes!").replace("$", "")
    assert [cell.value for (cell,) in codes[where]] == told["membership-roles"]
    assert str(choice.sqref).startswith("C2:C")


def test_two_workbooks_are_the_same_bytes_whenever_they_are_made():
    one = workbook_bytes()
    assert workbook_bytes() == one
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        properties = archive.read("docProps/core.xml").decode()
    dates = re.findall(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]+Z", properties)
    assert set(dates) == {"2026-01-01T00:00:00Z"}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_table_and_column_is_explained(language):
    for table in SOURCE_TABLES:
        assert table_explained(table, language)
        for column in table.columns:
            assert len(column_explained(table, column, language)) > 5


def test_the_bundled_documents_can_be_taken_as_a_start(tmp_path):
    made = ptce_graph.init(tmp_path / "own", bundled=True)
    assert ptce_graph.check(made.folder) == []
    # Without dataset.yml: whoever publishes one's own data is somebody else.
    assert "dataset.yml" not in made.files
    assert ptce_graph.load(made.folder).nquads == ptce_graph.load().nquads
