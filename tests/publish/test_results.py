"""Results as CSV, JSON, Parquet and Turtle: the same rows, and how they were made."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import ptce_graph
from ptce_graph.network.filters import Filters
from ptce_graph.publish.results import (
    FORMATS,
    filters_told,
    result_format,
    result_name,
    settings_told,
    write_result,
)

ENGLISH = {**os.environ, "LANGUAGE": "en", "LC_ALL": "C.UTF-8"}
FORMULA = "=1+cmd|' /C calc'!A0"


def run(*words):
    return subprocess.run(
        [sys.executable, "-m", "ptce_graph", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=ENGLISH,
        check=False,
    )


def _csv(result, facts=False):
    text = write_result(result, "csv", facts).decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _json(result, facts=False):
    return json.loads(write_result(result, "json", facts))


def _parquet(result, facts=False):
    return pq.read_table(io.BytesIO(write_result(result, "parquet", facts)))


ASKED = {
    "nodes": {"measures": ["degree", "betweenness", "constraint"]},
    "memberships": {},
    "overlap": {"samples": 20},
    "bridges": {},
    "mixing": {},
    "removal": {"removed": ["rtes"]},
}


@pytest.mark.parametrize("name", sorted(ASKED))
@pytest.mark.parametrize("facts", [False, True])
def test_csv_json_and_parquet_hold_the_same_rows(name, facts, bundled):
    result = bundled.result(name, **ASKED[name])
    frame = result.evidence if facts else result.frame
    rows = _json(result, facts)["rows"]
    assert len(rows) == len(frame)
    assert _parquet(result, facts).to_pylist() == [pytest.approx(r, abs=1e-9) for r in rows]
    told = _csv(result, facts)
    assert len(told) == len(rows)
    for cells, row in zip(told, rows, strict=True):
        assert list(cells) == list(row)
        for column, value in row.items():
            if value is None:
                assert cells[column] == ""
            elif isinstance(value, str):
                assert cells[column].removeprefix("'") == value
            else:
                assert float(cells[column]) == pytest.approx(value, abs=1e-9)


def test_the_rows_are_those_of_the_frame(bundled):
    result = bundled.result("nodes", measures=["betweenness", "degree"])
    rows = _json(result)["rows"]
    assert [row["id"] for row in rows] == list(result.frame["id"])
    assert [row["degree"] for row in rows] == list(result.frame["degree"])
    assert all(type(row["degree"]) is int for row in rows)
    expected = result.frame["betweenness"].round(9).tolist()
    assert [row["betweenness"] for row in rows] == pytest.approx(expected, abs=1e-12)


def test_an_undefined_value_is_empty(bundled):
    column = "constraint"
    result = bundled.result("nodes", **ASKED["nodes"])
    undefined = [math.isnan(value) for value in result.frame[column]]
    assert any(undefined) and not all(undefined)
    assert [row[column] == "" for row in _csv(result)] == undefined
    assert [row[column] is None for row in _json(result)["rows"]] == undefined
    assert [value is None for value in _parquet(result)[column].to_pylist()] == undefined
    cells = {cell.casefold() for row in _csv(result) for cell in row.values()}
    assert not cells & {"nan", "none", "<na>"}


def test_no_cell_of_the_csv_is_a_formula(tiny_copy):
    table = tiny_copy / "sources/livret/organisations.csv"
    table.write_text(table.read_text("utf-8").replace("Organisation Un,", f"{FORMULA},"), "utf-8")
    graph = ptce_graph.load(tiny_copy)
    for name, facts in (("nodes", False), ("memberships", False), ("memberships", True)):
        result = graph.result(name)
        frame = result.evidence if facts else result.frame
        assert any(FORMULA in str(cell) for cell in frame.to_numpy().ravel())
        for row in _csv(result, facts):
            for cell in row.values():
                if cell.startswith(("=", "+", "-", "@", "\t", "\r")):
                    float(cell)
        assert f"'{FORMULA}" in write_result(result, "csv", facts).decode("utf-8")
        # For programs the name stays as it is.
        assert FORMULA in {c for row in _json(result, facts)["rows"] for c in row.values()}


def test_a_name_with_line_breaks_and_quotes_is_one_cell(tiny_copy):
    table = tiny_copy / "sources/livret/organisations.csv"
    cell = '"Un; ""deux"", trois"'
    table.write_text(table.read_text("utf-8").replace("Organisation Un,", f"{cell},"), "utf-8")
    rows = _csv(ptce_graph.load(tiny_copy).result("nodes", measures=["degree"]))
    assert 'Un; "deux", trois' in {row["name"] for row in rows}


def test_json_and_parquet_tell_how_the_numbers_were_made(bundled):
    result = bundled.result("nodes", measures=["degree"])
    told = _json(result)
    assert told["analysis"] == "nodes"
    assert told["about"] == list(result.about(str))
    assert "Left out: 93 links that a document only plans." in told["about"]
    assert told["source"] == result.analysis.source
    held = json.loads(_parquet(result).schema.metadata[b"ptce_graph"])
    assert held == {key: told[key] for key in ("analysis", "about", "source")}


def test_turtle_is_the_observations(bundled):
    result = bundled.result("memberships")
    from ptce_graph.publish.observations import observations

    assert write_result(result, "ttl").decode("utf-8") == observations(result)
    with pytest.raises(ptce_graph.CallError, match="export trig"):
        write_result(result, "ttl", facts=True)


def test_an_analysis_without_values_of_things_has_no_turtle_and_names_those_that_have(bundled):
    with pytest.raises(ptce_graph.CallError, match=r"nodes, stability.*bridges"):
        write_result(bundled.result("communities"), "ttl")
    with pytest.raises(ptce_graph.CallError, match="--between"):
        write_result(bundled.result("bridges"), "ttl")


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_two_writings_are_the_same_bytes(name, tiny):
    again = ptce_graph.load(tiny.facts.tables.folder)
    assert write_result(tiny.result("nodes"), name) == write_result(again.result("nodes"), name)


# Which format is meant


@pytest.mark.parametrize(
    ("name", "output", "meant"),
    [
        ("", None, "table"),
        ("csv", None, "csv"),
        ("", Path("a.csv"), "csv"),
        ("", Path("a.PARQUET"), "parquet"),
        ("json", Path("a.csv"), "json"),
        ("parquet", Path("a"), "parquet"),
    ],
)
def test_the_format_is_the_one_named_or_that_of_the_file(name, output, meant):
    assert result_format(name, output) == meant


@pytest.mark.parametrize(
    ("name", "output", "told"),
    [
        ("parket", None, "parquet"),
        ("", Path("a.jsn"), "json"),
        ("", Path("a"), "csv, json, parquet, ttl"),
        ("table", Path("a.csv"), "csv"),
        ("parquet", None, "-o table.parquet"),
    ],
)
def test_a_format_that_cannot_be_is_told_with_what_can(name, output, told):
    with pytest.raises(ptce_graph.CallError, match=told):
        result_format(name, output)


def test_the_command_writes_parquet_to_a_file_and_refuses_to_print_it(tmp_path):
    path = tmp_path / "x.parquet"
    done = run("analyse", "nodes", "--measure", "degree", "-o", path)
    assert (done.returncode, done.stdout) == (0, f"{path}\n")
    rows = pq.read_table(path).to_pylist()
    assert rows[0]["id"] == "rtes" and rows[0]["degree"] == 25
    done = run("analyse", "nodes", "--format", "parquet")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Parquet is no text" in done.stderr and "-o table.parquet" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_command_prints_what_it_would_write(tmp_path):
    words = ("analyse", "memberships", "--top", "3")
    for name in ("csv", "json", "ttl"):
        path = tmp_path / f"x.{name}"
        assert run(*words, "-o", path).returncode == 0
        assert run(*words, "--format", name).stdout == path.read_text("utf-8")


# What a result is called


def test_a_result_has_a_name_fit_for_a_file(bundled):
    asked = {"samples": 20, "between": ["rtes", "coorace"]}
    name = result_name(bundled.result("bridges", **asked))
    assert name.startswith("bridges-all-") and name.isascii() and len(name) == 22
    assert name == result_name(
        bundled.result("bridges", **{**asked, "between": ["coorace", "rtes"]})
    )
    assert name != result_name(bundled.result("bridges", **{**asked, "samples": 21}))
    assert name != result_name(bundled.result("bridges", **{**asked, "drop": 0.5}))
    assert name != result_name(bundled.result("bridges", samples=20))


def test_filters_and_settings_are_told_one_by_one(bundled):
    filters = Filters(states=("constate", "prevu"), as_of="2012")
    result = bundled.result("overlap", filters=filters, grouping="poles", samples=5, seed=7)
    assert set(filters_told(result)) == {"states=constate", "states=prevu", "as_of=2012"}
    assert set(settings_told(result)) == {"seed=7", "grouping=poles", "samples=5"}
