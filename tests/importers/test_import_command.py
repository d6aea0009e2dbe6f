"""``ptce-graph import``: what is told, what is written, exit codes; the previous state survives."""

from __future__ import annotations

import gzip
import shutil

import pytest

import ptce_graph
from ptce_graph.errors import CallError
from ptce_graph.importers import write
from ptce_graph.importers.exchange import exchange
from tests.cli.test_commands import run

LIST = "Nom;SIREN;Ville;Tél.\nAlpha;552120222;Lyon;0465710000\nBêta;;;\nGamma;123456789;;\n"


@pytest.fixture
def members(tmp_path):
    path = tmp_path / "membres.csv"
    path.write_text(LIST, "utf-8")
    return path


def test_a_list_becomes_a_source_of_a_folder_that_is_made(members, tmp_path):
    folder = tmp_path / "mes-donnees"
    done = run("import", "spreadsheet", members, "--network", "Réseau A", "--data", folder)
    assert done.returncode == 0, done.stderr
    assert "3 rows read: 2 kept, 0 left out, 1 refused." in done.stdout
    assert 'membres.csv:4, column "SIREN": « 123456789 »' in done.stderr
    assert f"ptce-graph viz --data {folder} --open" in done.stderr
    assert "personal: never kept" in done.stderr
    source = folder / "sources/membres"
    assert sorted(p.name for p in source.iterdir()) == [
        "mapping.yml",
        "memberships.csv",
        "organisations.csv",
        "refused.csv",
        "source.yml",
    ]
    assert ptce_graph.check(folder) == []
    assert "Réseau A" in ptce_graph.load(folder).actors["name"].tolist()


def test_a_trial_shows_the_guess_and_writes_nothing(members, tmp_path):
    done = run("import", "spreadsheet", members, "--dry-run", cwd=tmp_path)
    assert done.returncode == 0
    assert "Alpha · Bêta · Gamma" in done.stdout
    assert "0465710000" not in done.stdout + done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["membres.csv"]


def test_the_guess_is_written_to_be_corrected(members, tmp_path):
    done = run("import", "spreadsheet", members, "--write-mapping", tmp_path / "m.yml")
    assert done.returncode == 0
    text = (tmp_path / "m.yml").read_text("utf-8")
    (tmp_path / "m.yml").write_text(text.replace('"SIREN": siren', '"SIREN": left-out'), "utf-8")
    done = run(
        *("import", "spreadsheet", members, "--mapping", tmp_path / "m.yml"),
        *("--data", tmp_path / "d", "--network", "R"),
    )
    assert "3 kept" in done.stdout


def test_a_map_in_the_same_command(members, tmp_path):
    page = tmp_path / "carte.html"
    done = run(
        *("import", "spreadsheet", members, "--network", "Réseau A"),
        *("--data", tmp_path / "d", "--map", page),
    )
    assert done.returncode == 0, done.stderr
    assert "Alpha" in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["spreadsheet", "FILE"], 2, "--data DIR"),
        (["spreadshet", "FILE", "--data", "d"], 2, "Did you mean spreadsheet"),
        (["spreadsheet", "none.csv", "--data", "d"], 2, "no such file"),
        (["spreadsheet", ".", "--data", "d"], 2, "is a folder"),
        (["spreadsheet", "FILE", "--data", "FILE"], 2, "is a file"),
        (["spreadsheet", "FILE", "--data", "d", "--option", "x"], 2, "NAME=VALUE"),
        (["spreadsheet", "FILE", "--data", "d", "--option", "role=adherant"], 2, "adherent"),
        (["spreadsheet", "FILE", "--data", "d", "--date", "hier"], 2, "date"),
        (["spreadsheet", "BAD", "--data", "d"], 1, "0 kept"),
    ],
)
def test_wrong_calls_and_wrong_files(members, tmp_path, words, code, told):
    (tmp_path / "bad.csv").write_text("Nom;SIREN\nAlpha;123456789\n", "utf-8")
    names = {"FILE": "membres.csv", "BAD": "bad.csv"}
    done = run("import", *(names.get(word, word) for word in words), cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert told in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "d").exists()


# Writing


def imported(tmp_path, text, **wish):
    path = tmp_path / "membres.csv"
    path.write_text(text, "utf-8")
    return ptce_graph.import_file("spreadsheet", path, tmp_path / "d", **wish)


def state(folder):
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_importing_twice_changes_no_byte(tmp_path):
    imported(tmp_path, LIST, network="R")
    before = state(tmp_path / "d")
    imported(tmp_path, LIST, network="R")
    assert state(tmp_path / "d") == before


@pytest.mark.parametrize("broken", ["_write_files", "_put_in_place", "_add_places"])
def test_an_import_that_breaks_leaves_what_stood(tmp_path, monkeypatch, broken):
    imported(tmp_path, LIST, network="R")
    before = state(tmp_path / "d")

    def stop(*_told):
        raise KeyboardInterrupt

    monkeypatch.setattr(write, broken, stop)
    with pytest.raises(KeyboardInterrupt):
        imported(tmp_path, LIST + "Delta;;;\n", network="R", date="2030")
    assert state(tmp_path / "d") == before
    monkeypatch.undo()
    imported(tmp_path, LIST + "Delta;;;\n", network="R", date="2030")
    assert b"Delta" in state(tmp_path / "d")["sources/membres/organisations.csv"]


def test_a_run_killed_between_two_renames_is_made_good(tmp_path, monkeypatch):
    imported(tmp_path, LIST, network="R")
    source = tmp_path / "d/sources/membres"
    source.rename(source.with_name(".membres.old"))
    monkeypatch.setattr(write, "exchange", lambda *_told: False)
    imported(tmp_path, LIST + "Delta;;;\n", network="R", date="2030")
    assert sorted(path.name for path in source.parent.iterdir()) == ["membres"]
    assert ptce_graph.check(tmp_path / "d") == []


def test_two_folders_change_places(tmp_path):
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    if not exchange(tmp_path / "a", tmp_path / "b"):
        print("this system has no call that exchanges two names")
        return
    assert (tmp_path / "a/b").exists() and (tmp_path / "b/a").exists()


def test_a_source_that_people_wrote_is_not_replaced(tiny_copy, tmp_path):
    path = tmp_path / "livret.csv"
    path.write_text(LIST, "utf-8")
    before = state(tiny_copy)
    with pytest.raises(CallError, match="by hand"):
        ptce_graph.import_file("spreadsheet", path, tiny_copy, network="R", date="2030")
    after = state(tiny_copy)
    after.pop(".import.lock", None)
    assert after == before


def test_places_are_added_to_those_of_the_folder(tiny_copy, tmp_path):
    path = tmp_path / "membres.csv"
    path.write_text("Nom;Code postal;Ville\nAlpha;01000;Bourg-en-Bresse\n", "utf-8")
    before = (tiny_copy / "geography/places.csv").read_text("utf-8")
    done = ptce_graph.import_file("spreadsheet", path, tiny_copy, network="R")
    after = (tiny_copy / "geography/places.csv").read_text("utf-8")
    assert after.startswith(before.rstrip())
    assert done.written.places_added == len(after.splitlines()) - len(before.splitlines())
    assert "Bourg-en-Bresse" in after
    assert ptce_graph.check(tiny_copy) == []
    shutil.rmtree(tiny_copy)


def test_how_far_a_large_file_is_read_is_told_in_bytes_also_of_archives(tmp_path):
    head = (
        "siren,denominationUniteLegale,categorieJuridiqueUniteLegale,"
        "etatAdministratifUniteLegale,economieSocialeSolidaireUniteLegale,filler\n"
    )
    # 120 bytes a row: more than one block of the reader.
    rows = f"552120222,A,9220,A,N,{'x' * 100}\n" * 160_000
    plain, packed = tmp_path / "u.csv", tmp_path / "u.csv.gz"
    plain.write_text(head + rows, "utf-8")
    packed.write_bytes(gzip.compress(plain.read_bytes(), 1))
    for path in (plain, packed):
        told = []
        ptce_graph.import_file(
            "sirene", path, None, dry_run=True, progress=lambda *step, told=told: told.append(step)
        )
        size = path.stat().st_size
        done = [step[1] for step in told if step[2] == size]
        assert len(done) > 1 and done == sorted(done) and done[-1] == size
        # The end of the reading is told: whoever draws a line takes it away.
        assert told[-1][1] == told[-1][2]


def test_a_json_file_and_a_list_tell_how_far_they_are(tmp_path):
    structures = tmp_path / "s.json"
    structures.write_text('[{"id": "a", "nom": "A"}]', "utf-8")
    members = tmp_path / "m.csv"
    members.write_text(LIST, "utf-8")
    for kind, path in (("data-inclusion", structures), ("spreadsheet", members)):
        told = []
        ptce_graph.import_file(
            kind, path, None, dry_run=True, progress=lambda *step, told=told: told.append(step)
        )
        assert {path.name in what for what, _done, _total in told} == {True}
        assert len({total for _what, _done, total in told}) > 1


def test_a_map_is_titled_after_its_network_and_its_document(tmp_path):
    path = tmp_path / "membres.csv"
    path.write_text(LIST, "utf-8")
    data, page = tmp_path / "d", tmp_path / "carte.html"
    words = ["import", "spreadsheet", path, "--data", data, "--map", page, "--yes"]
    assert run(*words, "--network", "Réseau A").returncode == 0
    assert "<title>Réseau A (membres.csv)</title>" in page.read_text("utf-8")
    # Of several documents, none names the map: the folder does.
    assert run(*words, "--source", "autre").returncode == 0
    assert "<title>Données du dossier « d »</title>" in page.read_text("utf-8")


def test_what_to_type_next_can_be_typed(tmp_path):
    path = tmp_path / "mes membres.csv"
    path.write_text(LIST, "utf-8")
    done = run("import", "spreadsheet", path)
    assert done.returncode == 2 and f"import spreadsheet '{path}' --data" in done.stderr
    done = run("import", "spreadsheet", path, "--dry-run")
    assert "--data DIR, without --dry-run" in done.stderr and "--write-mapping" in done.stderr
