"""The samples of others through the command, where PTCE_SHARED names a folder that holds them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import ptce_graph
from tests.cli.test_commands import run

SAMPLES = (
    # Row 4 says « M* » of its membership; the others are two rows about one SIREN.
    ("spreadsheet", "hosmoz_import.csv", (3, 2, 0, 1), ":4,"),
    # The name of row 641 has the shape of an e-mail address.
    ("sirene", "sirene/sirene_ess_2025.csv", (3375, 3374, 0, 1), ":641,"),
    # The second of the six has no name.
    ("data-inclusion", "data-inclusion/data-inclusion_api_structures.json", (6, 5, 0, 1), ":2,"),
)


@pytest.mark.parametrize(("kind", "file", "rows", "refused"), SAMPLES, ids=[s[0] for s in SAMPLES])
def test_the_samples_are_read_right_and_each_row_is_told(kind, file, rows, refused, tmp_path):
    path = Path(os.environ.get("PTCE_SHARED", "")) / "samples" / file
    if not os.environ.get("PTCE_SHARED") or not path.is_file():
        reason = f"PTCE_SHARED names no folder with samples/{file}"
        print(reason)
        pytest.skip(reason)
    done = run("import", kind, path, "--data", tmp_path / "data")
    assert done.returncode == 0, done.stderr
    read, kept, left_out, wrong = rows
    told = f"{read} rows read: {kept} kept, {left_out} left out, {wrong} refused."
    assert told in done.stdout
    assert f"{path.name}{refused}" in done.stderr
    assert ptce_graph.check(tmp_path / "data") == []


@pytest.mark.parametrize("file", ["structure", "reseaux-porteurs"])
def test_samples_that_list_no_structure_are_refused(file, tmp_path):
    path = Path(os.environ.get("PTCE_SHARED", "")) / f"samples/data-inclusion/data-inclusion_{file}"
    path = path.with_suffix(".json")
    if not os.environ.get("PTCE_SHARED") or not path.is_file():
        reason = f"PTCE_SHARED names no folder with samples/data-inclusion/{path.name}"
        print(reason)
        pytest.skip(reason)
    done = run("import", "data-inclusion", path, "--data", tmp_path / "data")
    assert (done.returncode, "holds no structure" in done.stderr) == (2, True)
