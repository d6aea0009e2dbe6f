"""What awkward files become, worked out by hand: which rows are kept, which are refused and why."""

from __future__ import annotations

import pytest

from ptce_graph.errors import CallError
from tests.importers.awkward_files import (
    DDE,
    OTHER,
    SIREN,
    SIRENE,
    SIRET,
    Case,
    accounted,
    formula,
    imported,
    json_text,
    number,
    sheet_rows,
)
from tests.importers.spreadsheet_files import ods, ods_text, xlsx

ALPHA, BETA = ("Économie A", "", "", "2"), ("Bêta", "", "", "3")
TWO = "Nom;Note\nÉconomie A;x y\nBêta;z t\n"
SPANNED = ' table:number-rows-spanned="2" table:number-columns-spanned="1"'

CASES = (
    # How the text is written
    Case("cp1252", TWO.encode("cp1252"), (ALPHA, BETA), told="cp1252"),
    Case("byte order mark", TWO.encode("utf-8-sig"), (ALPHA, BETA)),
    Case("utf-16", TWO.encode("utf-16"), (ALPHA, BETA)),
    Case("semicolons", TWO, (ALPHA, BETA)),
    Case("tabs", TWO.replace(";", "\t"), (ALPHA, BETA)),
    Case("carriage returns only", TWO.replace("\n", "\r"), (ALPHA, BETA)),
    Case(
        "utf-8 with lines of cp1252 in it",
        TWO.encode() + "Gâteau;\n".encode("cp1252"),
        (ALPHA, BETA, ("Gâteau", "", "", "4")),
        told="Windows-1252: 1",
    ),
    Case("a NUL among text", "Nom\nA\n" + "B\n" * 4000 + "C\0D\n", rows_kept=4002),
    Case(
        "quoted line breaks",
        'Nom;CP\n"A\nde B";38000\nC;\n',
        rows_kept=2,
        kept=(("A de B", "", "grenoble", "2"), ("C", "", "", "3")),
    ),
    # Where things stand
    Case(
        "three nameless columns",
        ";;;Nom\na;b;c;Alpha\nd;e;f;Bêta\n",
        (("Alpha", "", "", "2"), ("Bêta", "", "", "3")),
    ),
    Case(
        "header on row 3",
        f"Liste 2024;;\n;;\nNom;SIREN;Ville\nA;{SIREN};Grenoble\nB;;\n",
        (("A", SIREN, "grenoble", "4"), ("B", "", "", "5")),
        told="row 3",
    ),
    Case(
        "merged cells of xlsx",
        xlsx(sheet_rows(("Nom", "Ville"), ("A", "Grenoble"), ("B",)), merged="B2:B3"),
        (("A", "", "grenoble", "2"), ("B", "", "grenoble", "3")),
        file="a.xlsx",
    ),
    Case(
        "merged cells of ods",
        ods(
            f"<table:table-row>{ods_text('Nom')}{ods_text('Ville')}</table:table-row>"
            f"<table:table-row>{ods_text('A')}{ods_text('Grenoble', SPANNED)}</table:table-row>"
            f"<table:table-row>{ods_text('B')}<table:covered-table-cell/></table:table-row>"
        ),
        (("A", "", "grenoble", "2"), ("B", "", "grenoble", "3")),
        file="a.ods",
    ),
    Case(
        "a header that is a formula",
        f"Nom;COORACE;=1+1;{DDE}\nA;x;x;x\nB;x;;x\nC;;x;x\n",
        (("A", "", "", "2"), ("B", "", "", "3"), ("C", "", "", "4")),
    ),
    Case(
        "duplicate rows",
        f"Nom;SIRET\nA;{SIRET}\nA;{SIRET}\nB;\nB;\n",
        (("A", SIREN, "", "2|3"), ("B", "", "", "4|5")),
        told="2, such as rows 2, 3",
    ),
    Case("3,000 rows of one name", "Nom;Ville\n" + "A;Lyon\n" * 3000, rows_kept=3000, told="3000"),
    # Numbers
    Case(
        "numbers as spreadsheets spoil them",
        "Nom;SIREN;CP;Ville\n"
        "A;5520135;84200.0;Carpentras\nB;552 120 222;1000;Bourg-en-Bresse\n"
        f"C;{OTHER}.0;2A004;Ajaccio\n",
        (
            ("A", "005520135", "commune-84031", "2"),
            ("B", SIREN, "commune-01053", "3"),
            ("C", OTHER, "commune-2a004", "4"),
        ),
    ),
    Case(
        "spaced SIRET, failed Luhn, a float of 15 digits, a rounded number",
        "Nom;SIRET\nA;552 120 222 00013\nB;55212022200014\nC;552120222000130\n"
        "D;552120222000130.0\nE;5.52120222E+13\nF;12345678900007\n",
        (("A", SIREN, "", "2"),),
        (
            (3, "SIRET", "would be 3 after the 13"),
            (4, "SIRET", "has 15 digits"),
            (5, "SIRET", "has 15 digits"),
            (6, "SIRET", "rounded"),
            (7, "SIRET", "its first 9 digits, 123456789, are no SIREN"),
        ),
    ),
    Case(
        "codes of INSEE of the Ain, of Corsica and of La Réunion",
        "Nom;Code INSEE\nA;1053\nB;2a004\nC;97411\nD;99999\n",
        (
            ("A", "", "commune-01053", "2"),
            ("B", "", "commune-2a004", "3"),
            ("C", "", "commune-97411", "4"),
            ("D", "", "", "5"),
        ),
        told="no place we know",
    ),
    Case(
        "dates that no calendar has",
        "Nom;Date de création\nA;31/02/2020\nB;29/02/2020\nC;29/02/2019\nD;01/03/2019\n",
        tuple((name, "", "", str(row)) for row, name in enumerate("ABCD", start=2)),
        told="row 2 « 31/02/2020 », row 4 « 29/02/2019 »",
    ),
    Case(
        "dates and numbers of Excel",
        xlsx(
            sheet_rows(
                ("Nom", "SIREN", "CP", "Ville", "Date de création"),
                # 39156 is 15 March 2007 (ECMA-376, 1900 base).
                ("A", number(5520135), number("84200.0"), "Carpentras", number(39156, ' s="1"')),
                ("B", number("1e400"), "", "", number(-5, ' s="1"')),
            )
        ),
        (("A", "005520135", "commune-84031", "2"),),
        ((3, "SIREN", "is no SIREN"),),
        file="a.xlsx",
    ),
    # Formulas
    Case(
        "formulas of xlsx with and without a saved value",
        xlsx(
            sheet_rows(
                ("Nom", "SIREN"),
                (formula("A1", "Alpha"), OTHER),
                (formula("HYPERLINK(1)"), "x"),
                (formula("A1", "=1+1"), ""),
                ('<c r="@" t="e"><f>1/0</f><v>#DIV/0!</v></c>', SIREN),
            )
        ),
        (("Alpha", OTHER, "", "2"), (f"SIREN {SIREN}", SIREN, "", "5")),
        ((3, "SIREN", "no SIREN"), (3, "Nom", "neither a name"), (4, "Nom", "formula")),
        file="a.xlsx",
        told="without a saved value, whose cells are empty: 1",
    ),
    Case(
        "formulas in CSV cells",
        f"Nom;Sigle;Réseau\n{DDE};;R\n+1+A1;;R\n@SUM(1);;R\n-2+3;;R\n#REF!;;R\n"
        "+ de Lien;=1+1;=HYPERLINK(1)\n",
        (("+ de Lien", "", "", "7"),),
        (
            (2, "Nom", "formula"),
            (3, "Nom", "formula"),
            (4, "Nom", "formula"),
            (5, "Nom", "formula"),
            (6, "Nom", "error of a formula"),
        ),
        told="no name of a network",
    ),
    Case(
        "formulas in JSON, and a commune named as one",
        json_text(
            [
                {"id": "1", "nom": DDE, "siret": SIRET},
                {"id": "2", "nom": "B", "code_insee": "38999", "commune": "=EVIL(1)"},
            ]
        ),
        (("B", "", "", "2"),),
        ((1, "nom", "formula"),),
        kind="data-inclusion",
        file="a.json",
        wish={},
    ),
    Case(
        "formulas in Sirene",
        f"{SIRENE}{SIREN},{DDE},O,A,9220\n{OTHER},B,O,A,9220\n100000017,C,O,A,9220\n",
        (("B", OTHER, "", "3"), ("C", "100000017", "", "4")),
        ((2, "name", "formula"),),
        kind="sirene",
        wish={},
    ),
    Case(
        "formulas in a graph and in a list of SIAE: here the graph",
        "@prefix org: <http://www.w3.org/ns/org#> . @prefix s: "
        "<http://www.w3.org/2004/02/skos/core#> . <http://a.example/1> a org:Organization ; "
        f's:prefLabel "{DDE}" . <http://a.example/2> a org:Organization ; s:prefLabel "B" ; '
        's:altLabel "=X(1)" .',
        (("B", "", "", "2"),),
        ((1, "name", "formula"),),
        kind="rdf",
        file="a.ttl",
        wish={},
    ),
    Case(
        "formulas in a list of SIAE",
        f"siret;nom\n{SIRET};B\n;{DDE}\n",
        (("B", SIREN, "", "2"),),
        ((3, "name", "formula"),),
        kind="siae",
        wish={},
    ),
    # Names
    Case(
        "marks of direction, zero width, emoji and nothing at all",
        "Nom;Note\n\u202eA\u2066B;x\n\u200b;x\nC\u200dD;x\n🎉 Fête;x\n🎉;x\n!!!;x\n\ufeff;x\n",
        (
            ("A B", "", "", "2"),
            ("C\u200dD", "", "", "4"),
            ("🎉 Fête", "", "", "5"),
        ),
        tuple((row, "Nom", "neither a name nor a number") for row in (3, 6, 7, 8)),
    ),
    Case(
        "names without a Latin letter stay two",
        json_text([{"name": "共同体"}, {"name": "協会"}]),
        (("共同体", "", "", "1"), ("協会", "", "", "2")),
        kind="gogocarto",
        file="a.json",
        wish={},
    ),
    Case(
        "names that differ after their 80th letter stay two",
        json_text([{"name": "x" * 90 + "a"}, {"name": "x" * 90 + "b"}, {"name": "y" * 301}]),
        (("x" * 90 + "a", "", "", "1"), ("x" * 90 + "b", "", "", "2")),
        ((3, "name", "too long"),),
        kind="gogocarto",
        file="a.json",
        wish={},
    ),
    Case(
        "HTML in names is a name",
        "Nom;Note\n<script>alert(1)</script>;\n<img src=x onerror=alert(1)>;\n",
        (("<script>alert(1)</script>", "", "", "2"), ("<img src=x onerror=alert(1)>", "", "", "3")),
    ),
    # Sirene as it comes
    Case(
        "Sirene in UTF-16 with lines that are too short and too long",
        f"{SIRENE}{SIREN},É,O,A,9220\n{OTHER},B\n{OTHER},B,O,A,9220,x\n".encode("utf-16"),
        (("É", SIREN, "", "2"),),
        ((3, "", "has 2 cells"), (4, "", "has 6 cells")),
        kind="sirene",
        wish={},
    ),
    Case(
        "Sirene with a line that is not UTF-8",
        (SIRENE + "".join(f"{n},Été é,O,A,9220\n" for n in (SIREN, OTHER))).encode()
        + b"005520135,\xff,O,A,9220\n",
        (("Été é", SIREN, "", "2"), ("Été é", OTHER, "", "3")),
        ((4, "", "not UTF-8"),),
        kind="sirene",
        wish={},
    ),
    Case(
        "Sirene whose header has semicolons in quotation marks",
        SIRENE.strip() + f',"a;b;c;d;e;f"\n{SIREN},A,O,A,9220,\n{OTHER},B,O,A,9220,\n',
        (("A", SIREN, "", "2"), ("B", OTHER, "", "3")),
        kind="sirene",
        wish={},
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_awkward_files_are_read_right_or_refused(case, tmp_path):
    done = accounted(imported(tmp_path, case.kind, case.content, case.file, **case.wish))
    told = done.imported
    frame = told.frames["organisations"].reindex(
        columns=["name", "siren", "place", "lines", "kind"], fill_value=""
    )
    own = frame[frame["kind"] != "reseau"].fillna("")
    rows = [tuple(row) for row in own.iloc[:, :4].to_numpy().tolist()]
    if case.kept:
        assert rows == list(case.kept)
    refused = told.refused.to_numpy().tolist()
    assert [(row[0], row[1]) for row in refused] == [r[:2] for r in sorted(case.refused)]
    for row, (_number, _column, reason) in zip(refused, sorted(case.refused), strict=True):
        assert reason in row[3]
    rows_kept = case.rows_kept if case.rows_kept >= 0 else sum(r[3].count("|") + 1 for r in rows)
    assert told.rows_kept == rows_kept
    assert told.rows_read == rows_kept + len({row for row, *_rest in case.refused})
    assert case.told in " ".join(told.notes)


WHOLE = (
    ("an empty file", "spreadsheet", b"", "is empty"),
    ("an empty file of JSON", "gogocarto", b"", "is empty"),
    ("blanks", "spreadsheet", b" \r\n\t\r\n", "is empty"),
    ("NUL bytes", "spreadsheet", b"A;B\n" + bytes(200), "no text and no spreadsheet"),
    (
        "3,000 columns",
        "spreadsheet",
        (";".join(f"c{i}" for i in range(3000)) + "\n").encode() * 2,
        "A table of 3000 columns is not read",
    ),
    ("a short row that is not UTF-8", "sirene", SIRENE.encode() + b"1,\xc3\xa9\xdc\n", "got 2\n"),
    ("Sirene under a title", "sirene", b"\nsiren,x\n", "no header in its first row"),
    ("Sirene in a broken archive", "sirene", b"PK\x03\x04nothing", "cannot be read"),
    ("JSON that breaks off", "data-inclusion", b'[{"nom": "A"}, {"nom', "no JSON"),
    ("JSON as deep as a well", "gogocarto", b"[" * 100_000, "no JSON"),
    ("a number of 5,000 digits", "gogocarto", b'[{"name": ' + b"9" * 5000 + b"}]", "no JSON"),
    ("a list of SIAE without rows", "siae", b"siret;nom\n", "a header and no rows"),
    ("a graph that is none", "rdf", b"<a> <b", "cannot be read as RDF"),
)


@pytest.mark.parametrize(("name", "kind", "data", "told"), WHOLE, ids=[case[0] for case in WHOLE])
def test_files_refused_as_a_whole_say_why(name, kind, data, told, tmp_path):
    with pytest.raises(CallError, match=told) as caught:
        imported(tmp_path, kind, data)
    assert caught.value.hint or kind == "sirene"
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("network", "told"),
    [
        ('=HYPERLINK("http://a.example")', "formula"),
        ("x" * 10_000, "too long"),
        ("!?…", "neither a letter nor a digit"),
        ("🎉", "neither a letter nor a digit"),
        ("Réseau a@b.example", "e-mail"),
    ],
)
@pytest.mark.parametrize("kind", ["spreadsheet", "gogocarto"])
def test_no_network_bears_such_a_name(kind, network, told, tmp_path):
    data = "Nom\nA\n" if kind == "spreadsheet" else json_text([{"name": "A"}])
    with pytest.raises(CallError, match=told) as caught:
        imported(tmp_path, kind, data, network=network)
    assert "a@b.example" not in str(caught.value) and len(str(caught.value)) < 300
    assert not (tmp_path / "data").exists()


def test_a_network_is_named_without_what_cannot_be_seen(tmp_path):
    done = accounted(imported(tmp_path, "spreadsheet", "Nom\nA\n", network=" R\u202e\n共 "))
    frame = done.imported.frames["organisations"]
    assert frame[["id", "name"]].to_numpy().tolist()[1] == ["r", "R 共"]
    done = imported(tmp_path, "spreadsheet", "Nom\nA\n", "b.csv", network="共同体")
    # The first eight digits of the SHA-256 of the name, by sha256sum.
    assert done.imported.frames["memberships"]["organisation"].tolist() == ["nom-015c9ffd"]


BOMB = "a0: &a0 [x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 8)}]\n" for i in range(1, 12)
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (BOMB + "columns: *a11\n", "is not a key of a mapping"),
        (BOMB.replace("a0:", "kinds:", 1) + "columns: {Nom: *a11}\n", "key of a mapping"),
        ("columns:\n  Nom: {use: *a11}\n", "cannot be read as YAML"),
        ("columns: " + "[" * 5000, "cannot be read as YAML"),
        ("columns: !!python/object/apply:os.system [id]\n", "form key: value"),
        ("columns: &a {Nom: *a}\n", "Nom"),
        ("columns:\n  <<: {Nom: name}\n", "Nom"),
        ("columns:\n  Nom: {use: member-of, network: '=1+1'}\n", "cannot be named"),
        ("network: '!'\ncolumns: {Nom: name}\n", "cannot be named"),
        ("", "is empty"),
        ("# " + "x" * (1 << 21), "too long for a mapping"),
    ],
)
def test_a_mapping_is_never_built_into_objects(text, told, tmp_path):
    path = tmp_path / "mapping.yml"
    path.write_text(text)
    with pytest.raises(CallError, match=told):
        imported(tmp_path, "spreadsheet", "Nom\nA\n", mapping=path)
