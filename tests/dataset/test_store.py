"""The build on disk: there whole, or the previous one."""

from __future__ import annotations

import contextlib
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

import ptce_graph
import ptce_graph.dataset.build as build_module
from ptce_graph.dataset.build import open_build
from ptce_graph.dataset.store import run_query
from tests.conftest import TINY


def test_a_build_can_be_opened_and_asked(tiny, tmp_path):
    path = tiny.build(tmp_path / "build").nquads
    assert path.read_bytes() == tiny.nquads.encode("utf-8")
    store = open_build(tmp_path / "build")
    assert bool(run_query(store, "ASK { ?m a org:Membership }"))


def test_wrong_tables_leave_the_previous_build(tiny_copy, tmp_path):
    build = tmp_path / "build"
    ptce_graph.load(tiny_copy).build(build)
    before = {path: path.read_bytes() for path in build.rglob("*") if path.is_file()}
    table = tiny_copy / "sources/livret/memberships.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("adherent", "inconnu"), "utf-8")
    with pytest.raises(ptce_graph.DataError):
        ptce_graph.load(tiny_copy).build(build)
    assert {path: path.read_bytes() for path in build.rglob("*") if path.is_file()} == before


def test_a_newer_build_replaces_the_older_one(tiny_copy, tmp_path):
    build = tmp_path / "build"
    ptce_graph.load(tiny_copy).build(build)
    table = tiny_copy / "sources/livret/organisations.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("Un,,", "Premier,,"), "utf-8")
    ptce_graph.load(tiny_copy).build(build)
    store = open_build(build)
    assert bool(run_query(store, 'ASK { ?o skos:prefLabel "Organisation Premier"@fr }'))
    assert len(list(build.glob("store-*"))) == 1


def test_a_build_stopped_while_writing_leaves_the_previous_one(
    tiny, tiny_copy, tmp_path, monkeypatch
):
    import ptce_graph.dataset.build as module

    build = tmp_path / "build"
    tiny.build(build)
    table = tiny_copy / "sources/livret/organisations.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("Un,,", "Premier,,"), "utf-8")

    def stop(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "write_whole", stop)
    with pytest.raises(KeyboardInterrupt):
        ptce_graph.load(tiny_copy).build(build)
    assert bool(run_query(open_build(build), 'ASK { ?o skos:prefLabel "Organisation Un"@fr }'))


def test_a_folder_without_a_build_is_a_wrong_call(tmp_path):
    with pytest.raises(ptce_graph.CallError, match="no build"):
        open_build(tmp_path)


def test_outside_graph_a_triple_counts_once_however_many_documents_say_it(tiny):
    # Both documents say that Organisation Deux is an organisation and give it a name.
    frame = tiny.query("SELECT ?o { ?o skos:prefLabel 'Organisation Deux'@fr }")
    assert len(frame) == 1
    frame = tiny.query(
        "SELECT ?g { GRAPH ?g { <https://w3id.org/ptce/id/organisation/org-deux> ?p ?o } }"
    )
    assert {"livret", "annuaire"} <= {g.split("/")[-1] for g in frame["g"]}


def test_a_query_cannot_change_the_data(tiny):
    with pytest.raises(ptce_graph.CallError):
        tiny.query("DELETE WHERE { ?s ?p ?o }")


def test_folders_of_other_people_stay(tiny, tmp_path):
    for name in ("store-photos", "store-0123", ".store-mine", "store-abcdef9876543210g"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "kept").write_text("", "utf-8")
    (tmp_path / "store-abcdef9876543210").mkdir()
    (tmp_path / ".store-abcdef9876543210-1").mkdir()
    tiny.build(tmp_path)
    left = {path.name for path in tmp_path.iterdir() if "store-" in path.name}
    assert {"store-photos", "store-0123", ".store-mine", "store-abcdef9876543210g"} < left
    assert "store-abcdef9876543210" not in left
    assert ".store-abcdef9876543210-1" not in left


def _build(folder):
    code = "import sys, ptce_graph; ptce_graph.load(sys.argv[1]).build(sys.argv[2])"
    return subprocess.Popen(
        [sys.executable, "-c", code, str(TINY), str(folder)], stderr=subprocess.PIPE
    )


def test_eight_builds_at_once_all_succeed(tmp_path):
    running = [_build(tmp_path / "b") for _number in range(8)]
    told = [(process.communicate()[1], process.returncode) for process in running]
    assert told == [(b"", 0)] * 8
    assert bool(run_query(open_build(tmp_path / "b"), "ASK { ?m a org:Membership }"))
    assert len([p for p in (tmp_path / "b").iterdir() if "store-" in p.name]) == 1


@pytest.mark.parametrize("call", range(8))
def test_a_build_stopped_at_any_step_leaves_one_that_can_be_asked(
    tiny, tiny_copy, tmp_path, monkeypatch, call
):
    """Each step of the file system in turn raises; the previous or the new build is there."""
    tiny.build(tmp_path / "b")
    table = tiny_copy / "sources/livret/organisations.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("Un,,", "Premier,,"), "utf-8")
    newer = ptce_graph.load(tiny_copy)
    count = iter(range(100))

    def stops(function):
        def step(*words, **named):
            if next(count) == call:
                raise KeyboardInterrupt
            return function(*words, **named)

        return step

    with monkeypatch.context() as patch, contextlib.suppress(KeyboardInterrupt):
        patch.setattr(Path, "rename", stops(Path.rename))
        patch.setattr(Path, "replace", stops(Path.replace))
        patch.setattr("ptce_graph.dataset.build.shutil.rmtree", stops(shutil.rmtree))
        patch.setattr("ptce_graph.dataset.build.load", stops(build_module.load))
        newer.build(tmp_path / "b")
    _is_consistent(tmp_path / "b")
    newer.build(tmp_path / "b")
    name = (tmp_path / "b/current").read_text("utf-8").strip()
    assert (tmp_path / "b/dataset.nq").read_bytes() == (
        tmp_path / "b" / name / "dataset.nq"
    ).read_bytes()
    assert len([p for p in (tmp_path / "b").iterdir() if "store-" in p.name]) == 1


def _is_consistent(folder):
    """``current`` names a whole store, which holds the N-Quads beside it."""
    store = open_build(folder)
    name = (folder / "current").read_text("utf-8").strip()
    text = (folder / name / "dataset.nq").read_text("utf-8")
    named = {line for line in text.split("\n") if line}
    assert len([quad for quad in store if quad.graph_name != ox.DefaultGraph()]) == len(named)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal")
def test_a_build_that_is_killed_leaves_the_previous_one(tiny, tmp_path):
    folder = tmp_path / "b"
    tiny.build(folder)
    code = (
        "import sys, os, signal, ptce_graph, ptce_graph.dataset.build as s\n"
        "load = s.load\n"
        "def die(*words):\n    load(*words)\n    os.kill(os.getpid(), signal.SIGKILL)\n"
        "s.load = die\n"
        "s.write_build(ptce_graph.load(sys.argv[1]).nquads.replace('Un', 'Premier'),"
        " __import__('pathlib').Path(sys.argv[2]))\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(TINY), str(folder)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert any(path.name.startswith(".store-") for path in folder.iterdir())
    _is_consistent(folder)
    tiny.build(folder)
    assert not any(path.name.startswith(".store-") for path in folder.iterdir())


def test_a_current_that_leads_elsewhere_is_no_build(tiny, tmp_path):
    tiny.build(tmp_path / "b")
    (tmp_path / "b/current").write_text("../b\n", "utf-8")
    with pytest.raises(ptce_graph.CallError, match="no build"):
        open_build(tmp_path / "b")
