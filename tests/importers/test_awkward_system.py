"""What is no file, what changes, what is full, read-only or shared: the state stays readable."""

from __future__ import annotations

import io
import multiprocessing
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import ptce_graph
from ptce_graph.errors import CallError
from ptce_graph.importers import run, sheets_text
from ptce_graph.importers.kinds import KINDS
from tests.importers.awkward_files import accounted, imported, json_text

ROOT = Path(ptce_graph.__file__).resolve().parent.parent
POSIX = hasattr(os, "mkfifo")
LIST = "Nom\nA\nB\n"


def pipe(folder):
    os.mkfifo(folder / "a.csv")
    return folder / "a.csv"


def endless(folder):
    (folder / "a.csv").symlink_to("/dev/zero")
    return folder / "a.csv"


def directory(folder):
    (folder / "a.csv").mkdir()
    return folder / "a.csv"


@pytest.mark.skipif(not POSIX, reason="pipes and devices are files of POSIX systems")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("make", [pipe, endless, directory])
def test_what_is_no_file_is_not_even_opened(kind, make, tmp_path):
    with pytest.raises(CallError, match=r"no regular file|is a folder"):
        ptce_graph.import_file(kind, make(tmp_path), tmp_path / "data")


@pytest.mark.skipif(not POSIX, reason="pipes are files of POSIX systems")
def test_a_mapping_and_a_list_of_units_are_files_too(tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text(LIST)
    for wish in ({"mapping": pipe(tmp_path)}, {"options": {"units": tmp_path / "a.csv"}}):
        with pytest.raises(CallError, match="no regular file"):
            ptce_graph.import_file("spreadsheet", path, tmp_path / "data", **wish)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_not_there_is_told(kind, tmp_path):
    with pytest.raises(CallError, match="no such file"):
        ptce_graph.import_file(kind, tmp_path / "none", tmp_path / "data")


GIGABYTE = {
    "spreadsheet": b"Nom;Ville;",
    "siae": b"siret;nom;",
    "sirene": b"siren,denominationUniteLegale\n552120222,",
    "data-inclusion": b'[{"nom": "',
    "gogocarto": b'{"data": [{"name": "',
    "rdf": b'<http://a.example/> <http://a.example/b> "',
    "rdf json": b'{"@id": "',
    "rdf xml": b'<?xml version="1.0"?><a>',
}
LIMITED = """
import resource, sys
import pyarrow, pyarrow.csv, pandas, pyoxigraph
import ptce_graph
with open("/proc/self/statm") as told:
    used = int(told.read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + (512 << 20),) * 2)
try:
    ptce_graph.import_file(sys.argv[1], sys.argv[2], sys.argv[3])
except ptce_graph.CallError as error:
    print(error)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the memory is limited on Linux")
@pytest.mark.parametrize("kind", GIGABYTE)
def test_a_gigabyte_on_one_line_is_refused_within_half_of_it(kind, tmp_path):
    path = tmp_path / "one.line"
    with path.open("wb") as stream:
        stream.write(GIGABYTE[kind])
        # Sparse: it takes no disk.
        stream.truncate(1 << 30)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, kind.split()[0], str(path), str(tmp_path / "data")],
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "LANGUAGE": "en", "OPENBLAS_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "one.line" in done.stdout
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("wish", "folder"),
    [
        ({"source": "../x"}, "x"),
        ({"source": "/etc/passwd"}, "etc-passwd"),
        ({"source": ".."}, "a"),
        ({"source": "places"}, "places-file"),
        ({"source": "shortcuts"}, "shortcuts-file"),
        # 80 letters, a hyphen and eight digits of a digest: a name of a folder has a longest one.
        ({"source": "x" * 400}, "x" * 80),
    ],
)
def test_a_source_is_a_folder_below_the_data_only(wish, folder, tmp_path):
    done = accounted(imported(tmp_path, "spreadsheet", LIST, "a.csv", network="R", **wish))
    (there,) = (tmp_path / "data/sources").iterdir()
    assert there.name.startswith(folder) and len(there.name) < 100
    assert done.written.source == there.name
    assert {path.name for path in tmp_path.iterdir()} == {"a.csv", "data"}


@pytest.mark.skipif(not POSIX, reason="these are names of files on POSIX systems")
@pytest.mark.parametrize("file", ["a\nb.csv", "=cmd|x.csv", "..csv", "<b>&.csv", "a\u202eb.csv"])
def test_any_name_of_a_file_is_told_on_one_line(file, tmp_path):
    done = accounted(imported(tmp_path, "spreadsheet", LIST, file, network="R"))
    told = (tmp_path / "data/sources" / done.written.source / "source.yml").read_text("utf-8")
    (line,) = (line for line in told.splitlines() if line.startswith("original_file"))
    assert "\u202e" not in line


def test_a_file_that_changes_while_it_is_read_is_not_taken(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    decoded = sheets_text.decoded

    def written_meanwhile(data, name):
        path.write_text(LIST + "C\n")
        return decoded(data, name)

    monkeypatch.setattr(sheets_text, "decoded", written_meanwhile)
    with pytest.raises(CallError, match="changed while it was being read"):
        imported(tmp_path, "spreadsheet", LIST, "a.csv", network="R")
    assert not (tmp_path / "data").exists()
    monkeypatch.undo()
    done = accounted(ptce_graph.import_file("spreadsheet", path, tmp_path / "data", network="R"))
    assert done.imported.rows_kept == 3


def _import(folder, name, network):
    ptce_graph.import_file("spreadsheet", folder / name, folder / "data", network=network)


def test_two_files_of_one_source_at_once_leave_one_of_them_whole(tmp_path):
    (tmp_path / "a.csv").write_text("Nom\n" + "".join(f"A{i}\n" for i in range(300)))
    (tmp_path / "b").mkdir()
    (tmp_path / "b/a.csv").write_text("Nom\n" + "".join(f"B{i}\n" for i in range(400)))
    context = multiprocessing.get_context("spawn")
    both = [
        context.Process(target=_import, args=(tmp_path, name, "R")) for name in ("a.csv", "b/a.csv")
    ]
    for one in both:
        one.start()
    for one in both:
        one.join(60)
    assert [path.name for path in (tmp_path / "data/sources").iterdir()] == ["a"]
    assert ptce_graph.check(tmp_path / "data") == []
    rows = (tmp_path / "data/sources/a/memberships.csv").read_text().count("\n") - 1
    assert rows in (300, 400)


LITTLE_DISK = """
import resource, signal, sys
import ptce_graph
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)
from ptce_graph.cli import main
main(["import", "spreadsheet", sys.argv[1], "--data", sys.argv[2], "--network", "R", "--yes"])
"""


@pytest.mark.skipif(not POSIX, reason="the size of files is limited on POSIX systems")
@pytest.mark.parametrize(("room", "ville"), [(0, ""), (2000, ""), (100, "Ajaccio")])
def test_a_full_disk_leaves_the_former_state(room, ville, tmp_path):
    imported(tmp_path, "spreadsheet", "Nom\nA\n", "a.csv", network="R")
    before = {p: p.read_bytes() for p in (tmp_path / "data").rglob("*") if p.is_file()}
    text = "Nom;Ville\n" + "".join(f"Organisation {i};{ville}\n" for i in range(2000))
    (tmp_path / "a.csv").write_text(text)
    done = subprocess.run(
        [sys.executable, "-c", LITTLE_DISK, tmp_path / "a.csv", tmp_path / "data", str(room)],
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "LANGUAGE": "en"},
    )
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr and "Unexpected" not in done.stderr
    after = {p: p.read_bytes() for p in (tmp_path / "data").rglob("*") if p.is_file()}
    kept = {path: data for path, data in after.items() if path.name != "places.csv"}
    assert {p: d for p, d in kept.items() if p.name != ".import.lock"} == {
        p: d for p, d in before.items() if p.name not in ("places.csv", ".import.lock")
    }
    assert ptce_graph.check(tmp_path / "data") == []


@pytest.mark.skipif(not POSIX, reason="permissions are those of POSIX systems")
def test_a_file_or_a_folder_without_permission_is_told(tmp_path):
    if os.geteuid() == 0:
        reason = "root may read and write everything"
        print(reason)
        pytest.skip(reason)
    done = imported(tmp_path, "spreadsheet", LIST, "a.csv", network="R")
    (tmp_path / "a.csv").chmod(0)
    command = [sys.executable, "-m", "ptce_graph", "import", "spreadsheet", str(tmp_path / "a.csv")]
    command += ["--data", str(tmp_path / "data"), "--network", "R", "--yes"]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "LANGUAGE": "en"}
    told = subprocess.run(command, check=False, capture_output=True, text=True, env=env)
    assert (told.returncode, "permission denied" in told.stderr) == (2, True)
    (tmp_path / "a.csv").chmod(0o600)
    (tmp_path / "a.csv").write_text(LIST + "C\n")
    folders = [tmp_path / "data/sources", tmp_path / "data"]
    for folder in folders:
        folder.chmod(0o500)
    try:
        told = subprocess.run(command, check=False, capture_output=True, text=True, env=env)
        assert (told.returncode, "permission denied" in told.stderr) == (2, True)
        assert ptce_graph.check(tmp_path / "data") == []
    finally:
        for folder in folders:
            folder.chmod(0o700)
    assert done.imported.rows_kept == 2


def test_a_read_only_folder_is_told_whoever_asks(tmp_path, monkeypatch):
    """As root too: the system refuses what it would refuse to others."""
    imported(tmp_path, "spreadsheet", LIST, "a.csv", network="R")
    (tmp_path / "a.csv").write_text(LIST + "C\n")

    def refused(*_told, **_more):
        raise PermissionError(13, "Permission denied", str(tmp_path / "data"))

    monkeypatch.setattr(run, "write_source", refused)
    with pytest.raises(PermissionError):
        ptce_graph.import_file("spreadsheet", tmp_path / "a.csv", tmp_path / "data", network="R")
    assert ptce_graph.check(tmp_path / "data") == []


def test_an_archive_that_unpacks_to_very_much_is_refused_small(tmp_path):
    """Forty members of a megabyte each, which state thirty: nothing is unpacked to find out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        for at in range(40):
            archive.writestr(f"xl/worksheets/sheet{at}.xml", bytes(1 << 20))
    data = bytearray(stream.getvalue())
    for found in re.finditer(rb"PK\x01\x02", bytes(data)):
        # Bytes 24 to 27 of an entry of the directory state the size.
        data[found.start() + 24 : found.start() + 28] = (30 << 20).to_bytes(4, "little")
    with pytest.raises(CallError, match="unpack to more than"):
        imported(tmp_path, "spreadsheet", bytes(data), "bomb.xlsx")


def test_json_of_one_network_keeps_its_account_whatever_the_option(tmp_path):
    data = json_text([{"name": "A"}, {"name": ""}, 1])
    told = accounted(imported(tmp_path, "gogocarto", data, "a.json", network="R")).imported
    assert (told.rows_read, told.rows_kept, told.rows_refused) == (3, 1, 2)
