"""A release: all is in it, checked by other programs, whole or not at all, twice the same."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from rdflib import Dataset, Graph

from ptce_graph.bundled import DATA_DIR, ONTOLOGY_DIR
from ptce_graph.errors import CallError
from ptce_graph.publish import formats
from ptce_graph.publish.catalogue import release_folder
from ptce_graph.publish.catalogue.release_folder import write_release
from ptce_graph.publish.catalogue.release_texts import citation_file, licence_text, readme
from ptce_graph.publish.formats import FORMATS
from ptce_graph.publish.release import About
from tests.conftest import TINY
from tests.publish.releasing import bundled_folder, release_of, tiny_folder


def _files(folder):
    return {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}


def _contents(folder):
    return {name: path.read_bytes() for name, path in _files(folder).items()}


@pytest.fixture
def few(monkeypatch):
    """A release of one format: what it is made of costs nothing."""
    monkeypatch.setattr(formats, "FORMATS", {"nq": FORMATS["nq"]})


def test_every_format_and_all_that_tells_of_them_is_there():
    names = set(_files(bundled_folder()))
    assert {
        *("README.md", "CITATION.cff", "LICENSE", "SHA256SUMS", "catalog.ttl", "void.ttl"),
        *("LICENSE-places.md", "data/dataset.nq", "data/dataset.nq.gz", "data/dataset.trig"),
        *("ontology/ptce.ttl", "ontology/shapes.ttl", "ontology/alignments.ttl"),
        *("ontology/context.jsonld", "data/csv.zip"),
    } <= names
    for format_ in FORMATS.values():
        if format_.folder:
            assert any(name.startswith(f"data/{format_.name}/") for name in names)
            assert f"data/{format_.name}.zip" in names
        else:
            assert any(name.endswith(format_.suffix) for name in names)
    questions = {f"queries/{path.name}" for path in (ONTOLOGY_DIR / "queries").glob("*.rq")}
    assert len(questions) > 90
    assert questions <= names


def test_another_program_finds_every_checksum_right():
    folder = bundled_folder()
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    told = dict(reversed(line.split("  ", 1)) for line in lines)
    assert list(told) == sorted(told)
    assert set(told) == set(_files(folder)) - {"SHA256SUMS"}
    for name, digest in told.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    if shutil.which("sha256sum"):
        done = subprocess.run(
            ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout) == (0, "")


def test_what_is_compressed_is_what_stands_beside_it():
    folder = bundled_folder()
    compressed = [path for path in _files(folder).values() if path.suffix == ".gz"]
    assert len(compressed) > 5
    for path in compressed:
        assert gzip.decompress(path.read_bytes()) == path.with_suffix("").read_bytes()
        # No date and no name in the head of the file (RFC 1952, section 2.3).
        assert path.read_bytes()[3:8] == bytes(5)
    for path in folder.glob("data/*.zip"):
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            beside = _contents(path.with_suffix(""))
            assert {name: archive.read(name) for name in archive.namelist()} == beside


def test_the_dumps_hold_the_dataset():
    dataset = Dataset()
    dataset.parse(bundled_folder() / "data" / "dataset.trig", format="trig")
    assert len(list(dataset.quads())) == release_of().nquads.count("\n")


def test_two_releases_of_the_same_data_are_the_same_bytes(tmp_path):
    """The second by another process, with another seed of hashes, another zone and language."""
    code = (
        "import sys; from pathlib import Path; import ptce_graph\n"
        "from ptce_graph.publish.release import Release\n"
        "from ptce_graph.publish.catalogue.release_folder import write_release\n"
        "from ptce_graph.tables.dataset_file import dataset_about\n"
        "graph = ptce_graph.load(Path(sys.argv[1]))\n"
        "about = dataset_about(Path(sys.argv[1]))\n"
        "write_release(Release(graph.nquads, graph.network(), about=about), sys.argv[2])\n"
    )
    other = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LANGUAGE": "fr", "LC_ALL": "C.UTF-8"}
    subprocess.run(
        [sys.executable, "-c", code, str(TINY), str(tmp_path / "again")],
        check=True,
        env={**os.environ, **other},
        cwd=Path(release_folder.__file__).parents[2],
    )
    assert _contents(tmp_path / "again") == _contents(tiny_folder())


@pytest.mark.usefixtures("few")
def test_an_earlier_release_is_replaced_whole(tmp_path):
    folder = tmp_path / "release"
    assert write_release(release_of(TINY), folder) == folder
    before = _contents(folder)
    (folder / "data" / "dataset.nq").unlink()
    write_release(release_of(TINY), folder)
    assert _contents(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["release"]


@pytest.mark.usefixtures("few")
def test_what_is_no_release_is_never_lost(tmp_path, monkeypatch):
    folder = tmp_path / "release"
    folder.mkdir()
    write_release(release_of(TINY), folder)
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(CallError, match=r"notes\.txt"):
        write_release(release_of(TINY), folder)
    assert (folder / "notes.txt").read_text(encoding="utf-8") == "mine"
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(CallError, match="is a file"):
        write_release(release_of(TINY), tmp_path / "file")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    with pytest.raises(CallError, match="you are in"):
        write_release(release_of(TINY), ".")


@pytest.mark.usefixtures("few")
def test_a_release_that_fails_leaves_what_was_there(tmp_path, monkeypatch):
    folder = write_release(release_of(TINY), tmp_path / "release")
    before = _contents(folder)

    def fails(_folder):
        raise OSError(28, "No space left on device", "x")

    monkeypatch.setattr(release_folder, "_sums", fails)
    with pytest.raises(OSError, match="No space"):
        write_release(release_of(TINY), folder)
    assert _contents(folder) == before
    with pytest.raises(OSError, match="No space"):
        write_release(release_of(TINY), tmp_path / "new")
    assert [path.name for path in tmp_path.iterdir()] == ["release"]


@pytest.mark.parametrize("name", ["../out.nq", "/out.nq", "a/../../out.nq", "a\\b.nq"])
def test_no_format_writes_outside_the_release(tmp_path, monkeypatch, name):
    stray = replace(FORMATS["nq"], files=lambda _release: {name: b"x"})
    monkeypatch.setattr(formats, "FORMATS", {"nq": stray})
    with pytest.raises(ValueError, match="outside its folder"):
        write_release(release_of(TINY), tmp_path / "release")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("few")
def test_progress_is_told(tmp_path):
    told = []
    write_release(release_of(TINY), tmp_path / "r", lambda *step: told.append(step[1:]))
    # The format, and the answers on the criteria.
    assert told == [(0, 2), (1, 2), (2, 2)]


# What people read


def test_the_readme_says_all_of_it_in_both_languages():
    text = (bundled_folder() / "README.md").read_text(encoding="utf-8")
    french, english = text.split("\n---\n")
    about = release_of().about
    for part, language in ((french, "fr"), (english, "en")):
        assert part.lstrip().startswith(f"# {about.title[language]}")
        for name in ("data/dataset.trig", "catalog.ttl", "queries/", about.licence, "0.1.0"):
            assert name in part
        for document in release_of().facts.tables.documents:
            assert f"`{document}`" in part
    assert "22 novembre 2026" in french
    assert "22 November 2026" in english
    assert "poles without a carrier: 33 of 37" in english
    told = set(re.findall(r"`(data/[^`]+)`", text))
    assert told <= {f"{name}" for name in _files(bundled_folder())} | {
        f"data/{name}/" for name, format_ in FORMATS.items() if format_.folder
    }


def test_what_a_folder_does_not_say_is_said_to_be_missing():
    release = release_of(TINY)
    text = readme(release, [], [])
    assert "dataset.yml does not say" in text
    assert "`publisher`" in text
    assert "No licence is stated" in text
    assert "No licence is stated" in licence_text(release.about)
    # Its own places, without a word on where they come from.
    assert "LICENSE-places.md" not in _files(tiny_folder())


def test_the_licence_names_the_licence_the_source_and_the_coordinates():
    text = (bundled_folder() / "LICENSE").read_text(encoding="utf-8")
    assert "Licence Ouverte 2.0" in text
    assert release_of().about.licence in text
    assert "GeoNames" in text
    assert "22 novembre 2026" in text
    places = (bundled_folder() / "LICENSE-places.md").read_bytes()
    assert places == (DATA_DIR / "geography" / "LICENCE.md").read_bytes()


def test_the_citation_file_is_of_the_format_1_2_0():
    """Keys, kinds and values as the schema of CFF 1.2.0 has them."""
    told = yaml.safe_load((bundled_folder() / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= set(told)
    assert told["cff-version"] == "1.2.0"
    assert told["type"] == "dataset"
    assert told["authors"] == [{"name": "ptce-graph"}]
    assert told["date-released"] == "2026-11-22"
    assert told["version"] == "0.1.0"
    # An identifier of SPDX, in the list of the schema.
    assert told["license"] == "etalab-2.0"
    assert all(isinstance(word, str) for word in told["keywords"])
    assert len(told["keywords"]) == len(set(told["keywords"]))
    assert set(told) <= {
        *("cff-version", "message", "type", "title", "authors", "abstract", "version"),
        *("date-released", "license", "license-url", "url", "keywords"),
    }


def test_texts_of_the_data_are_neither_markup_nor_yaml():
    nasty = "<script>alert(1)</script> | `x` [a](b)\nauthors: [x]"
    about = About(title={"fr": nasty}, description={"fr": nasty}, publisher=nasty)
    text = readme(replace(release_of(TINY), about=about), [], [])
    assert "<script>" not in text.replace("\\<script\\>", "").replace("\\<script>", "")
    told = yaml.safe_load(citation_file(about))
    assert told["title"] == nasty
    assert told["authors"] == [{"name": nasty}]


def test_the_ontology_of_the_release_is_the_one_the_catalogue_names():
    graph = Graph().parse(bundled_folder() / "ontology" / "ptce.ttl")
    catalogue = (bundled_folder() / "catalog.ttl").read_text(encoding="utf-8")
    from rdflib import OWL, RDF

    (ontology,) = graph.subjects(RDF.type, OWL.Ontology)
    assert f"dcterms:conformsTo <{ontology}>" in catalogue
