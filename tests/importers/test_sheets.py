"""Files as grids: each read right, or refused with a reason that teaches."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptce_graph.errors import CallError
from ptce_graph.importers import sheets_archive, sheets_text
from ptce_graph.importers.sheets import read_sheet
from tests.importers.spreadsheet_files import ods, ods_text, text_cell, xlsx, zipped

TEXT = "Nom;Ville\r\nSœurs & frères d’été;Besançon\r\nCafé “L’Âne”;Évry\r\n"
ROWS = [["Nom", "Ville"], ["Sœurs & frères d’été", "Besançon"], ["Café “L’Âne”", "Évry"]]


def saved(tmp_path, data, name="liste.csv"):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def refused(tmp_path, data, name="liste.csv"):
    with pytest.raises(CallError) as caught:
        read_sheet(saved(tmp_path, data, name))
    assert caught.value.hint, "an error says what to do"
    return str(caught.value)


@pytest.mark.parametrize(
    ("codec", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
        ("mac_roman", "mac_roman"),
    ],
)
def test_every_encoding_gives_the_same_text(tmp_path, codec, told):
    sheet = read_sheet(saved(tmp_path, TEXT.encode(codec)))
    assert (sheet.rows, sheet.encoding, sheet.delimiter) == (ROWS, told, ";")


def test_latin_1_and_dos_are_told_by_the_letters_of_french(tmp_path):
    text = "Nom\tVille\nAssociation née à l'été\tBesançon\n"
    rows = [["Nom", "Ville"], ["Association née à l'été", "Besançon"]]
    for codec in ("latin-1", "cp850"):
        sheet = read_sheet(saved(tmp_path, text.encode(codec)))
        assert sheet.rows == rows
        assert "not in UTF-8" in sheet.notes[0]


def test_one_damaged_letter_does_not_spoil_a_file_in_utf_8(tmp_path):
    data = ("Nom;Ville\n" + "Été;Évry\n" * 40).encode() + b"Caf\xe9;Evry\n"
    sheet = read_sheet(saved(tmp_path, data))
    assert sheet.rows[1] == ["Été", "Évry"]
    assert sheet.rows[-1] == ["Café", "Evry"]
    assert "Windows-1252: 1" in sheet.notes[0]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_delimiter_and_line_end(tmp_path, delimiter, end):
    text = end.join(
        [
            "",
            delimiter.join(["Nom", "Ville", ""]),
            f'"A{delimiter}B"{delimiter}"x{end}y"{delimiter}',
        ]
    )
    sheet = read_sheet(saved(tmp_path, text + end))
    assert sheet.rows == [[], ["Nom", "Ville"], [f"A{delimiter}B", "x\ny"]]
    assert sheet.delimiter == delimiter


def test_a_single_column_is_not_parted_at_its_commas(tmp_path):
    text = "Nom\nA, B et C\nD\nE\nF, G\nH\n"
    assert read_sheet(saved(tmp_path, text)).rows[1:3] == [["A, B et C"], ["D"]]


def test_excel_may_say_the_delimiter(tmp_path):
    sheet = read_sheet(saved(tmp_path, "sep=,\nNom,Ville\nA;B,Lyon\n"))
    assert sheet.rows == [[], ["Nom", "Ville"], ["A;B", "Lyon"]]


def test_a_stray_quotation_mark_costs_its_own_row_only(tmp_path):
    text = 'Nom;Ville\n"A;Lyon\nB;Paris\n"C" de X;Lille\nD;Nantes\n'
    sheet = read_sheet(saved(tmp_path, text))
    assert [fault.row for fault in sheet.faults] == [2, 4]
    assert sheet.rows == [["Nom", "Ville"], [], ["B", "Paris"], [], ["D", "Nantes"]]
    assert "quotation mark" in sheet.faults[0].reason


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        # Opened in row 2, closed by the mark of row 3: one cell to a reader of CSV.
        ('Nom;Ville\n"A;Lyon\nB;Paris"\nC;Lille\n', [2]),
        ('Nom;Ville;CP\nA;"Lyon;1\nB;Paris";2\nC;Lille;3\n', [2]),
    ],
)
def test_a_cell_that_swallowed_rows_is_told(tmp_path, text, faults):
    sheet = read_sheet(saved(tmp_path, text))
    assert [fault.row for fault in sheet.faults] == faults
    assert [row[:1] for row in sheet.rows] == [["Nom"], [], ["B"], ["C"]]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is empty"),
        (b" \r\n\r\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"<!DOCTYPE html><table><tr><td>a</td></tr></table>", "web page"),
        (b"\xef\xbb\xbf\n <HTML><body>", "web page"),
        (b'<?xml version="1.0"?><Workbook/>', "XML"),
        (b"%PDF-1.7 ...", "text document"),
        (b'[{"a": 1}]', "JSON"),
        (b"PAR1....", "Parquet"),
        (b"\x1f\x8b\x08....", "compressed"),
        (bytes(range(256)) * 20, "no text"),
        (b"PK\x03\x04 nothing of a zip", "damaged"),
        (zipped({"liste.csv": "a;b"}), "archive, not a workbook"),
        (zipped({"word/document.xml": "<a/>"}), "text document"),
        (zipped({"Index/Document.iwa": "x"}), "Numbers"),
        (zipped({"xl/workbook.bin": "x"}), "xlsb"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old format of Office (xls)"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
        ),
    ],
)
def test_what_is_no_table_is_refused_in_words(tmp_path, data, told):
    assert told in refused(tmp_path, data, "liste.xls")


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(CallError, match="is a folder"):
        read_sheet(tmp_path)


def test_a_gigabyte_on_one_line_is_refused_at_its_start(tmp_path):
    path = tmp_path / "long.csv"
    with path.open("wb") as stream:
        stream.write(b"Nom;Ville;")
        stream.seek(1 << 30)
        stream.write(b"x")
    # A sparse file: its NUL bytes are a line without an end.
    with pytest.raises(CallError, match="line of more than"):
        read_sheet(path)


def test_a_long_line_in_the_middle_is_refused(tmp_path):
    assert "line of more than" in refused(tmp_path, "Nom;Ville\n" + "x" * (3 << 20) + "\na;b\n")


# Workbooks


def test_an_xlsx_gives_values_as_text(tmp_path):
    head = "".join(text_cell(f"{c}3", t) for c, t in zip("BCDEF", "NSDFV", strict=True))
    cells = (
        f'<row r="3">{head}</row><row r="4">{text_cell("B4", "Été &lt;b&gt;")}'
        '<c r="C4"><v>84200.0</v></c><c r="D4" s="1"><v>39156</v></c>'
        '<c r="E4"><f>1+1</f><v>2</v></c><c r="F4" t="b"><v>1</v></c></row>'
        f'<row r="6">{text_cell("B6", "B")}<c r="C6"><v>55212022200013</v></c>'
        '<c r="E6"><f>1+1</f></c></row>'
    )
    sheet = read_sheet(saved(tmp_path, xlsx(cells), "a.xlsx"))
    assert sheet.rows == [
        [],
        [],
        ["", "N", "S", "D", "F", "V"],
        # 39156 is 15 March 2007: 39083 is 1 January (ECMA-376, 1900 base), and 73 days later.
        ["", "Été <b>", "84200", "2007-03-15", "2", "VRAI"],
        [],
        ["", "B", "55212022200013"],
    ]
    assert (sheet.kind, sheet.name) == ("xlsx", "Feuil1")
    assert "Formulas without a saved value, whose cells are empty: 1" in sheet.notes[0]


def test_a_value_merged_over_rows_is_that_of_each(tmp_path):
    cells = "".join(
        f'<row r="{r}">{text_cell(f"A{r}", t)}{text_cell(f"B{r}", n) if n else ""}</row>'
        for r, t, n in ((1, "Nom", "Réseau"), (2, "A", "R"), (3, "B", ""), (4, "C", ""))
    )
    sheet = read_sheet(saved(tmp_path, xlsx(cells, merged="B2:B3"), "a.xlsx"))
    assert sheet.rows == [["Nom", "Réseau"], ["A", "R"], ["B", "R"], ["C"]]
    spanned = ' table:number-rows-spanned="2" table:number-columns-spanned="1"'
    rows = (
        f"<table:table-row>{ods_text('Nom')}{ods_text('Réseau')}</table:table-row>"
        f"<table:table-row>{ods_text('A')}{ods_text('R', spanned)}</table:table-row>"
        f"<table:table-row>{ods_text('B')}<table:covered-table-cell/></table:table-row>"
        '<table:table-row table:number-rows-repeated="1048573">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    sheet = read_sheet(saved(tmp_path, ods(rows), "a.ods"))
    assert (sheet.kind, sheet.name) == ("ods", "Membres")
    assert sheet.rows == [["Nom", "Réseau"], ["A", "R"], ["B", "R"]]


def test_a_sheet_that_is_not_there_is_told_with_the_nearest(tmp_path):
    path = saved(tmp_path, xlsx(f'<row r="1">{text_cell("A1", "x")}</row>'), "a.xlsx")
    assert read_sheet(path, "Feuil1").rows == [["x"]]
    with pytest.raises(CallError, match="Did you mean Feuil1"):
        read_sheet(path, "Feuille1")


def test_a_zip_bomb_is_refused_by_the_sizes_it_states(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets_archive, "MAX_UNPACKED", 1 << 20)
    data = xlsx(f'<row r="1">{text_cell("A1", "x" * (2 << 20))}</row>')
    assert len(data) < 10_000
    assert "unpack to more than" in refused(tmp_path, data, "bomb.xlsx")


def test_a_zip_bomb_that_states_a_small_size_is_refused(tmp_path):
    data = bytearray(xlsx(f'<row r="1">{text_cell("A1", "x" * (1 << 20))}</row>'))
    # The last entry of the central directory is the sheet: bytes 24 to 27 are its size.
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    with pytest.raises(CallError, match="damaged"):
        sheets_archive.look(saved(tmp_path, bytes(data), "bomb.xlsx"))


@pytest.mark.parametrize("place", ["XFD1048576", "ZZ999999"])
def test_a_cell_far_away_is_refused(tmp_path, place):
    cells = f'<row r="1">{text_cell("A1", "x")}{text_cell(place, "y")}</row>'
    assert place in refused(tmp_path, xlsx(cells), "far.xlsx")


def test_a_row_far_away_whose_cells_have_no_place_is_refused(tmp_path):
    cells = f'<row r="1">{text_cell("XFD1", "x")}</row><row r="1048576"><c><v>1</v></c></row>'
    assert "XFD1048576" in refused(tmp_path, xlsx(cells), "far.xlsx")


def test_a_dimension_that_lies_costs_nothing(tmp_path):
    data = xlsx(f'<row r="1">{text_cell("A1", "x")}</row>', dimension="A1:XFD1048576")
    assert read_sheet(saved(tmp_path, data, "a.xlsx")).rows == [["x"]]


@pytest.mark.parametrize("count", ["99999999999999", "&#57;9999999999999"])
def test_a_number_of_texts_that_lies_is_refused(tmp_path, count):
    shared = f'<sst uniqueCount="{count}"><si><t>x</t></si></sst>'
    data = xlsx(f'<row r="1">{text_cell("A1", "x")}</row>', shared=shared)
    assert "damaged" in refused(tmp_path, data, "a.xlsx")


def test_cells_repeated_a_million_times_are_refused(tmp_path):
    cell = ods_text("x", ' table:number-columns-repeated="16384"')
    rows = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    assert "XFD1048576" in refused(tmp_path, ods(rows), "far.ods")
    rows = rows.replace("16384", "99999999999").replace("1048576", "1")
    assert "damaged" in refused(tmp_path, ods(rows), "far.ods")


@pytest.mark.parametrize("make", [xlsx, ods])
def test_entities_are_refused(tmp_path, make):
    doctype = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    assert "damaged" in refused(tmp_path, make("", head=doctype), "x.xlsx")


def test_an_encrypted_ods_is_told(tmp_path):
    data = ods("", manifest="<m:encryption-data/>")
    assert "protected by a password" in refused(tmp_path, data, "a.ods")


# Anything at all: 300 + 300 + 200 cases

CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), max_size=12)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=5), min_size=1, max_size=12))
@settings(max_examples=300, deadline=None)
def test_what_the_library_writes_is_read_back(tmp_path_factory, rows):
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL).writerows(rows)
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(stream.getvalue().encode())
    try:
        sheet = read_sheet(path)
    except CallError:
        return
    whole = sum(len(sheet.rows[i]) > 0 for i in range(len(sheet.rows))) + len(sheet.faults)
    filled = sum(1 for row in rows if any(sheets_text.trimmed(list(row))))
    assert whole >= filled


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "bytes.csv"
    path.write_bytes(data)
    try:
        sheet = read_sheet(path)
    except CallError as error:
        assert str(error)
    else:
        lines = [x for x in data.replace(b"\r", b"\n").split(b"\n") if x.strip()]
        assert bool(sheet.rows) == bool(lines) or sheet.encoding.startswith("utf-")


@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=8), st.booleans())
@settings(max_examples=200, deadline=None)
def test_any_damage_to_a_workbook_is_read_or_refused(tmp_path_factory, at, damage, is_ods):
    row = f"<table:table-row>{ods_text('Nom')}</table:table-row>"
    whole = ods(row) if is_ods else xlsx(f'<row r="1">{text_cell("A1", "Nom")}</row>')
    at %= len(whole)
    path = tmp_path_factory.getbasetemp() / "damaged.xlsx"
    path.write_bytes(whole[:at] + damage + whole[at + len(damage) :])
    try:
        read_sheet(path)
    except CallError as error:
        assert str(error)
