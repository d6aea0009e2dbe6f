"""Anything at all as a file: read, or refused in words, and no row lost.

Good files of every kind are mutated: 400 cases here (40 of each kind, 10 of
workbooks of tables, whose check is long, and 150 of any bytes), and more where
``PTCE_FUZZ`` names a number of cases for each kind.
"""

from __future__ import annotations

import json
import os
import random
import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ptce_graph
from ptce_graph.errors import CallError, DataError
from ptce_graph.importers.kinds import KINDS
from tests.importers.awkward_files import DDE, OTHER, SIREN, SIRENE, SIRET, accounted, sheet_rows
from tests.importers.spreadsheet_files import ods, ods_text, xlsx

CASES = int(os.environ.get("PTCE_FUZZ", "40"))
#: Every so many cases the folder is written and checked too.
WRITTEN = 8

LIST = (
    f"Nom;SIRET;SIREN;Ville;CP;Réseau;COORACE;Depuis;Site web;Forme juridique\r\n"
    f'"A ""a""";{SIRET};;Grenoble;38000;RTES | MES;x;2007;a.example;SCIC\r\n'
    f"Bêta;;{OTHER};Lyon;69003;;non;03/2010;;Association\r\nC;;;;;MES;;;;\r\n"
)
LINKS = "a;b;type;depuis\nA;B;mutualisation;2010\nC;COORACE;adhérent;2012\nD;E;pilotage;\n"
MATRIX = "Organisation,COORACE,RTES,Réseau B\nA,x,,Oui\nB,,1,Non\nC,2014,administrateur,\n"
STRUCTURES = [
    {"id": "s--1", "nom": "A", "siret": SIRET, "reseaux_porteurs": ["coorace", "x"]},
    {"id": "s--2", "nom": "B", "code_insee": "38185", "site_web": "b.example", "typologie": "ACI"},
]
MAP = {
    "licence": "x",
    "data": [
        {"id": 1, "name": "A", "siret": SIRET, "address": {"postalCode": "38000"}},
        {"id": 2, "name": "B", "categories": ["x"], "status": 1},
    ],
}
GRAPH = (
    "@prefix org: <http://www.w3.org/ns/org#> .\n@prefix s: <http://www.w3.org/2004/02/skos/core#>"
    ' .\n<http://a.example/1> a org:Organization ; s:prefLabel "A"@fr ; s:altLabel "AA" .\n'
    '<http://a.example/2> a org:FormalOrganization ; s:prefLabel "B" .\n'
    "<http://a.example/m> a org:Membership ; org:member <http://a.example/1> ;"
    " org:organization <http://a.example/2> .\n"
)
JSON_LD = {
    "@context": {"org": "http://www.w3.org/ns/org#", "s": "http://www.w3.org/2004/02/skos/core#"},
    "@id": "http://a.example/1",
    "@type": "org:Organization",
    "s:prefLabel": "A",
}
BOOK = xlsx(
    sheet_rows(("Nom", "SIRET", "Réseau"), ("A", SIRET, "MES"), ("B", "", "RTES")), merged="C2:C3"
)
SHEET = ods(
    f"<table:table-row>{ods_text('Nom')}{ods_text('Réseau')}</table:table-row>"
    f"<table:table-row>{ods_text('A')}{ods_text('MES')}</table:table-row>"
)
TABLES = xlsx(
    sheet_rows(("id", "name", "kind", "siren"), ("a", "A", "", SIREN), ("b", "B", "reseau", "x")),
    name="organisations",
)
GOOD = {
    "spreadsheet": (LIST, LINKS, MATRIX, LIST.encode("cp1252"), LIST.encode("utf-16"), BOOK, SHEET),
    "tables": (TABLES,),
    "sirene": (
        f"{SIRENE}{SIREN},A,O,A,9220\n{OTHER},B,O,A,5458\n005520135,C,N,A,1000\n",
        "siret;categorieJuridiqueUniteLegale;economieSocialeSolidaireUniteLegale;"
        "denominationUniteLegale;codeCommuneEtablissement;libelleCommuneEtablissement\n"
        f"{SIRET};9220;O;A;38185;Grenoble\n{SIRET};9220;O;A;38999;X\n",
    ),
    "data-inclusion": (
        json.dumps(STRUCTURES),
        json.dumps({"items": STRUCTURES, "total": 2}),
        "\n".join(map(json.dumps, STRUCTURES)),
    ),
    "siae": (f"siret;nom;mesure;departement\n{SIRET};A;ACI_DC;02A\n;B;EI;59L\n",),
    "rdf": (GRAPH, json.dumps(JSON_LD)),
    "gogocarto": (
        json.dumps(MAP),
        json.dumps({"mapping": ["id", ["name"]], "data": [["1", ["A"]], ["2", ["B"]]]}),
    ),
}
#: What is put into files: each has broken some reader of tables.
PIECES = [
    *(
        b'"',
        b";",
        b",",
        b"\n",
        b"\r",
        b"\t",
        b"\0",
        b"\xff",
        b"\xef\xbb\xbf",
        b"\xe2\x80\xae",
        b"=",
    ),
    *(b"{", b"}", b"[", b"]", b"null", b"\\ud800", b"1e999", b"-1", b"''", b"\\", b"<", b"&#0;"),
    *("é".encode(), "é".encode("cp1252"), DDE.encode(), b"9" * 40),
    *(b"a@b.example", b"04 65 71 00 00"),
    *(
        SIRET.encode(),
        b"5.5E+13",
        b"99999",
        b"x" * 400,
        "共".encode(),
        b"\x1a",
        b"../",
        b"|",
        b"--",
    ),
    *(b"&lt;b&gt;", b" ", b"\xc2\xa0", b"@prefix", b"<http://a.example/1>", b"a", b".", b"0"),
]


@st.composite
def mutated(draw, kind):
    """A good file of a kind, cut, doubled, swapped and sprinkled; of a workbook its members."""
    good = draw(st.sampled_from(GOOD[kind]))
    data = good if isinstance(good, bytes) else good.encode()
    seed = random.Random(draw(st.integers(0, 2**32)))
    if data.startswith(b"PK") and draw(st.integers(0, 3)):
        return _rezipped(data, seed)
    return _sprinkled(data, seed)


def _sprinkled(data, seed):
    told = bytearray(data)
    for _time in range(seed.randrange(5)):
        at = seed.randrange(len(told) + 1)
        end = min(len(told), at + seed.choice((0, 0, 1, 1, 5, 40)))
        what = seed.randrange(5)
        if what <= 2:
            told[at:end] = seed.choice(PIECES)
        elif what == 3:
            told[at:at] = told[end : end + seed.randrange(60)]
        elif told:
            told[at:end] = bytes(seed.randrange(256) for _byte in range(end - at))
    return bytes(told[: seed.randrange(len(told) + 1)] if not seed.randrange(9) else told)


def _rezipped(data, seed):
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            member = old.read(name)
            changed = ("sheet1" in name or "content" in name) or not seed.randrange(12)
            new.writestr(name, _sprinkled(member, seed) if changed else member)
    return stream.getvalue()


def judged(kind, data, folder, written):
    """Import ``data``: only our own errors may come out, and every row is accounted for."""
    path = folder / ("a.jsonld" if data[:1] == b"{" and kind == "rdf" else "a.data")
    path.write_bytes(data)
    try:
        done = ptce_graph.import_file(kind, path, folder / "data", dry_run=not written, network="R")
    except (CallError, DataError) as error:
        assert str(error).strip()
        return
    told = accounted(done).imported
    assert 0 <= told.rows_kept <= told.rows_read
    refused = set(told.refused["row"])
    kept = [
        {int(line.split("-")[0]) for cell in frame["lines"] for line in cell.split("|")}
        for name, frame in told.frames.items()
        if len(frame) and kind not in ("tables", "rdf")
    ]
    # A header may name a network in row 1, which no file refuses.
    assert not (set().union(*kept) & refused) - {1}


@pytest.mark.parametrize("kind", KINDS)
def test_a_mutated_file_is_read_or_refused(kind, tmp_path_factory):
    count = [0]

    @given(mutated(kind))
    @settings(
        max_examples=CASES // 4 if kind == "tables" else CASES,
        deadline=None,
        database=None,
        derandomize=CASES <= 40,
        suppress_health_check=list(HealthCheck),
    )
    def run(data):
        count[0] += 1
        written = count[0] % WRITTEN == 0
        folder = tmp_path_factory.mktemp("any") if written else tmp_path_factory.getbasetemp()
        judged(kind, data, folder, written)

    run()


@given(st.binary(max_size=200), st.sampled_from(sorted(KINDS)))
@settings(max_examples=150 * CASES // 40, deadline=None, database=None, derandomize=CASES <= 40)
def test_any_bytes_are_read_or_refused(tmp_path_factory, data, kind):
    judged(kind, data, tmp_path_factory.getbasetemp(), written=False)
