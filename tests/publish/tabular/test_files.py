"""The published tables: read back by others they are the same, and their triples the dataset's."""

from __future__ import annotations

import csv
import io
import json
import warnings

import pandas as pd
import pyarrow.parquet as pq
import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from ptce_graph.knowledge_graph import KnowledgeGraph
from ptce_graph.publish.folders import write_folder
from ptce_graph.publish.tabular.csvw import METADATA_FILE, metadata
from ptce_graph.publish.tabular.files import (
    csv_bytes,
    csv_folder,
    parquet_bytes,
    parquet_folder,
    tables_of,
)
from ptce_graph.publish.tabular.model import TEXT, TITLES, Field, Table
from ptce_graph.publish.tabular.rows import frame_of
from ptce_graph.vocabulary import terms
from ptce_graph.vocabulary.iris import DEFAULT_BASE

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
#: Computed from the facts, and made again by whoever needs them.
SHORTCUTS = {
    terms.ORG_MEMBER_OF,
    terms.PTCE_COOPERATES_WITH,
    terms.PTCE_HAS_CHARACTERISTIC,
    terms.PTCE_ATTACHES_TO,
    terms.PTCE_MEETS_AGAIN_IN,
    terms.PROV_ALTERNATE_OF,
}


def _rows(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"))))


def _merged(graph):
    return {quad.triple for quad in parse(graph.nquads, format=RdfFormat.N_QUADS)}


@pytest.fixture(scope="module")
def tiny_files(tiny):
    return csv_folder(tiny.release)


def test_memberships_are_rows_that_a_person_can_read(tiny_files):
    """The tiny project's tables hold seven of them; this one is of Organisation Deux."""
    rows = _rows(tiny_files["memberships.csv"])
    assert len(rows) == 7
    (row,) = [row for row in rows if row["start"] == "2009"]
    assert row == {
        "iri": f"{DEFAULT_BASE}membership/livret.org-deux.reseau-alpha.adherent.2009",
        "member": f"{DEFAULT_BASE}organisation/org-deux",
        "member_name": "Organisation Deux",
        "organisation": f"{DEFAULT_BASE}organisation/reseau-alpha",
        "organisation_name": "Réseau Alpha",
        "role": "adherent",
        "start": "2009",
        "end": "2012",
        "note": "",
        "document": f"{DEFAULT_BASE}source/livret",
        "passage": f"{DEFAULT_BASE}passage/livret.chapitre-4.l30",
        "section": "Chapitre 4",
        "lines": "30",
    }


def test_things_have_one_row_each_and_one_more_per_document(tiny_files):
    actors = {row["id"]: row for row in _rows(tiny_files["actors.csv"])}
    # Four organisations, two networks and three poles, one of which has two names.
    assert len(actors) == 9
    assert actors["reseau-alpha"]["type"] == "network"
    assert actors["pole-nord"]["other_names"] == "Pôle du Nord"
    assert actors["pole-nord"]["documents"] == "annuaire|livret"
    assert actors["org-deux"]["accreditations"] == "ei|esus"
    assert len(_rows(tiny_files["poles-by-document.csv"])) == 4
    told = {(row["id"], row["document"]) for row in _rows(tiny_files["poles-by-document.csv"])}
    assert ("pole-du-nord", f"{DEFAULT_BASE}source/annuaire") in told


def test_there_is_a_table_for_each_kind_of_fact(bundled):
    names = {table.name for table in tables_of(bundled.release)}
    assert {
        "actors",
        "memberships",
        "cooperations",
        "participations",
        "calls",
        "candidacies",
        "figures",
        "characteristics",
        "criteria",
        "framework",
        "definitions",
        "places",
        "sources",
        "passages",
        "identities",
        "names",
        "dates",
        "code-lists",
        "codes/legal-forms",
    } <= names
    assert len([name for name in names if name.startswith("codes/")]) == 20
    sizes = {table.name: len(table.rows) for table in tables_of(bundled.release)}
    for name in ("memberships", "participations", "candidacies", "figures", "places"):
        frames = {**bundled.facts.tables.frames, **bundled.facts.frames}
        assert sizes[name] == len(frames[name]) > 50


def test_pandas_reads_the_csv_as_the_tables(bundled):
    files = csv_folder(bundled.release)
    for table in tables_of(bundled.release):
        content = io.BytesIO(files[f"{table.name}.csv"])
        told = pd.read_csv(content, dtype=str, keep_default_na=False)
        expected = table.rows.copy()
        for field in table.fields:
            if field.several:
                expected[field.name] = expected[field.name].map("|".join)
        assert list(told.columns) == [field.name for field in table.fields]
        assert told.to_dict("list") == expected.fillna("").astype(str).to_dict("list"), table.name


def test_parquet_holds_the_same_tables_with_types(bundled):
    files = parquet_folder(bundled.release)
    for table in tables_of(bundled.release):
        told = pq.read_table(io.BytesIO(files[f"{table.name}.parquet"]))
        assert told.num_rows == len(table.rows)
        assert told.column_names == [field.name for field in table.fields]
    figures = pd.read_parquet(io.BytesIO(files["figures.parquet"]))
    texts = bundled.facts.frames["figures"]["value"]
    assert figures["value"].sum() == pytest.approx(sum(map(float, texts)))
    assert pq.read_schema(io.BytesIO(files["criteria.parquet"])).field("position").type == "int64"
    actors = pq.read_table(io.BytesIO(files["actors.parquet"])).to_pylist()
    (sud,) = [row for row in actors if row["id"] == "pole-sud-archer"]
    assert "Pôle Sud Rhône-Alpes" in sud["other_names"]


FORMULAS = ["=1+1", "+33", "-2", "@SUM(A1)", "\tx", "'=1", "''=1", "'quoted'", "a=b", "", None]


def _table_of(texts):
    columns = {"iri": [f"https://a.example/{n}" for n in range(len(texts))], "name": texts}
    fields = (Field("iri", "iri"), Field("name", TEXT))
    return Table("names", "Names", fields, ("iri",), frame_of(columns))


def test_no_text_is_a_formula_and_every_text_can_be_had_back():
    rows = _rows(csv_bytes(_table_of(FORMULAS)))
    cells = [row["name"] for row in rows]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in cells)
    assert cells[0] == "'=1+1" and cells[7] == "'quoted'" and cells[8] == "a=b"
    assert len(set(cells[:9])) == 9
    back = [
        cell[1:] if cell.lstrip("'")[:1] in ("=", "+", "-", "@", "\t") and cell[:1] == "'" else cell
        for cell in cells
    ]
    assert back == [text or "" for text in FORMULAS]
    # Parquet is for programs: a text is as it was.
    told = pq.read_table(io.BytesIO(parquet_bytes(_table_of(FORMULAS)))).column("name").to_pylist()
    assert told == [text or None for text in FORMULAS]


def test_a_negative_number_stays_a_number(bundled):
    rows = _rows(csv_folder(bundled.release)["places.csv"])
    west = [row["longitude"] for row in rows if row["longitude"].startswith("-")]
    assert west and all(float(longitude) < 0 for longitude in west)


def test_metadata_name_every_file_column_and_language(tiny, tiny_files):
    told = json.loads(tiny_files[METADATA_FILE])
    assert told["@context"][0] == "http://www.w3.org/ns/csvw"
    assert {table["url"] for table in told["tables"]} == set(tiny_files) - {METADATA_FILE}
    for table in told["tables"]:
        header = next(csv.reader(io.StringIO(tiny_files[table["url"]].decode("utf-8"))))
        columns = [c for c in table["tableSchema"]["columns"] if not c.get("virtual")]
        assert [column["name"] for column in columns] == header
        for column in columns:
            assert column["titles"]["und"] == column["name"]
            assert column["titles"]["fr"] and column["titles"]["en"]


def test_every_title_is_of_a_column(bundled, tiny, numbered):
    used = {
        field.name
        for graph in (bundled, tiny, numbered)
        for table in tables_of(graph.release)
        for field in table.fields
    }
    assert used == set(TITLES)


def test_keys_are_keys(bundled):
    tables = {f"{table.name}.csv": table for table in tables_of(bundled.release)}
    references = 0
    for told in metadata(bundled.release, list(tables.values()))["tables"]:
        rows, schema = tables[told["url"]].rows, told["tableSchema"]
        assert not rows.duplicated(schema["primaryKey"]).any(), told["url"]
        for key in schema.get("foreignKeys", ()):
            target = tables[key["reference"]["resource"]].rows
            there = target[key["reference"]["columnReference"]]
            assert there.is_unique
            assert set(rows[key["columnReference"]]) <= set(there), (told["url"], key)
            references += 1
    assert references > 40


def _csvw():
    return pytest.importorskip("csvw", reason="csvw is not installed: CSVW is not read by another")


@pytest.mark.parametrize("data", ["tiny", "numbered", "bundled"])
def test_a_csvw_validator_finds_nothing_wrong(data, request, tmp_path):
    csvw = _csvw()
    write_folder(tmp_path / "t", csv_folder(request.getfixturevalue(data).release))
    told = csvw.CSVW(str(tmp_path / "t" / METADATA_FILE), validate=True)
    assert told.is_valid, [str(warning.message) for warning in told.warnings]


def _triples(folder):
    """Triples by "Generating RDF from Tabular Data on the Web", minimal mode (section 6).

    The csvw package reads metadata and cells, inherits properties and expands
    the URI templates; here is only what its JSON does not do: RDF terms.
    """
    csvw = _csvw()
    for table in csvw.TableGroup.from_file(folder / METADATA_FILE).tables:
        for number, row in enumerate(table.iterdicts(), start=1):
            cells = {k: v.unsplit() if hasattr(v, "unsplit") else v for k, v in row.items()}
            for column in table.tableSchema.columns:
                cell = cells.get(column.name)
                if column.inherit("suppressOutput") or (not column.virtual and cell is None):
                    continue
                yield _triple(table, column, cells, number, cell)


def _triple(table, column, cells, number, cell):
    def expanded(name):
        return str(table.expand(column.inherit(name), cells, _row=number)).replace("rdf:", RDF)

    if column.inherit("valueUrl"):
        value = NamedNode(expanded("valueUrl"))
    else:
        base, language = column.inherit("datatype").base, column.inherit("lang")
        text = str(cell)[:10] if base == "date" else str(cell)
        if language and language != "und":
            value = Literal(text, language=language)
        else:
            value = Literal(text, datatype=NamedNode(f"{XSD}{base}"))
    return Triple(NamedNode(expanded("aboutUrl")), NamedNode(expanded("propertyUrl")), value)


@pytest.mark.parametrize("data", ["tiny", "numbered", "bundled"])
def test_a_csvw_reader_gets_the_triples_of_the_dataset(data, request, tmp_path):
    graph = request.getfixturevalue(data)
    write_folder(tmp_path / "t", csv_folder(graph.release))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        told = set(_triples(tmp_path / "t"))
    merged = _merged(graph)
    assert told <= merged, sorted(map(str, told - merged))[:5]
    # What is missing is what the format says: computed links, and counts of facts.
    counted = tuple(f"{DEFAULT_BASE}{kind}/" for kind in ("coverage", "metric", "dataset"))
    missing = {
        triple
        for triple in merged - told
        if triple.predicate.value not in SHORTCUTS and not triple.subject.value.startswith(counted)
    }
    assert missing == set(), sorted(map(str, missing))[:5]


def test_another_base_changes_the_addresses_of_things_only(tiny, tmp_path):
    other = KnowledgeGraph(tiny.facts, "https://data.example/id/")
    files = csv_folder(other.release)
    assert set(files) == set(csv_folder(tiny.release))
    (row, *_rest) = _rows(files["memberships.csv"])
    assert row["iri"].startswith("https://data.example/id/membership/")
    assert b"https://w3id.org/ptce/id/" not in files["memberships.csv"]
