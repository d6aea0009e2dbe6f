"""The build on disk: there whole, or the previous one."""

from __future__ import annotations

import pytest

import ptce_graph
from ptce_graph.dataset.store import open_build, run_query


def test_a_build_can_be_opened_and_asked(tiny, tmp_path):
    path = tiny.build(tmp_path / "build")
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
    import ptce_graph.dataset.store as module

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
