"""The difference of two releases: worked out by hand from what was changed in the tables."""

from __future__ import annotations

import gzip
import json
import re
import shutil

import pytest

import ptce_graph
from ptce_graph.cli import cli
from ptce_graph.cli.common import forward_errors
from ptce_graph.errors import CallError
from ptce_graph.publish.changes.changes import changes, read_release
from ptce_graph.publish.changes.told import as_json, told
from tests.conftest import TINY
from tests.publish.releasing import tiny_folder

PTCE = "https://w3id.org/ptce/id/"


def _edit(folder, relative, change):
    path = folder / relative
    text = path.read_text(encoding="utf-8")
    new = change(text)
    assert new != text
    path.write_text(new, encoding="utf-8")


def _without_row(start):
    def change(text):
        lines = text.splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(start)]
        assert len(kept) == len(lines) - 1
        return "".join(kept)

    return change


@pytest.fixture
def compare(tiny, tmp_path):
    """Change a copy of the tiny project, and compare it with what it was."""

    def run(*edits):
        folder = tmp_path / "new"
        shutil.copytree(TINY, folder)
        for relative, change in edits:
            _edit(folder, relative, change)
        new = ptce_graph.load(folder).nquads
        found = changes(tiny.nquads, new, "fr")
        _every_statement_is_told_once(tiny.nquads, new, found)
        return found

    return run


def _every_statement_is_told_once(old, new, found):
    different = set(old.splitlines()) ^ set(new.splitlines())
    shown = sum(change.statements for part in found.facts.values() for change in part)
    assert shown + found.derived + found.support == len(different)


def _facts(found, graph):
    return [(change.what, change.kind, change.text) for change in found.facts.get(graph, ())]


def test_a_release_does_not_differ_from_itself(tiny):
    found = changes(tiny.nquads, tiny.nquads)
    assert found.none
    assert found.things == ()
    assert found.facts == {}
    assert "No change" in told(found, "en")


def test_a_membership_that_is_gone(compare, tiny):
    rows = tiny.facts.frames["memberships"]
    row = rows.iloc[0]
    path = f"sources/{row['source']}/memberships.csv"
    raw = tiny.facts.tables.frames["memberships"]
    raw = raw[raw["source"] == row["source"]].iloc[0]
    found = compare((path, _without_row(f"{raw['member']},{raw['organisation']},{raw['role']}")))
    gone = [c for c in found.facts[row["source"]] if c.kind == "membership"]
    assert [c.what for c in gone] == ["gone"]
    names = tiny.facts.actors["name"]
    assert names[row["member"]] in gone[0].text
    assert names[row["organisation"]] in gone[0].text
    assert gone[0].iri.startswith(f"{PTCE}membership/{row['source']}.")
    assert any(detail.name == "passage" and detail.gone for detail in gone[0].details)
    # Nothing else of a document changed: org:memberOf and the counts follow.
    assert list(found.facts) == [row["source"]]
    assert found.derived > 0


def test_a_date_that_was_corrected_is_one_change_and_no_other_membership(compare, tiny):
    raw = tiny.facts.tables.frames["memberships"]
    row = raw[raw["start"] != ""].iloc[0]
    head = f"{row['member']},{row['organisation']},{row['role']},"
    found = compare(
        (
            f"sources/{row['source']}/memberships.csv",
            lambda text: text.replace(f"{head}{row['start']},", f"{head}1999,"),
        )
    )
    (change,) = [c for c in found.facts[row["source"]] if c.kind == "membership"]
    assert change.what == "changed"
    (period,) = [detail for detail in change.details if detail.name in ("period", "période")]
    assert row["start"][:4] in period.gone[0]
    assert "1999" in period.added[0]


def test_a_thing_that_comes(compare, tiny):
    raw = tiny.facts.tables.frames["organisations"]
    row = raw.iloc[0]
    header = (TINY / "sources" / row["source"] / "organisations.csv").read_text("utf-8")
    columns = header.splitlines()[0].split(",")
    cells = {"id": "tout-neuf", "name": "Tout Neuf", "section": row["section"], "lines": "1"}
    line = ",".join(cells.get(column, "") for column in columns)
    path = f"sources/{row['source']}/organisations.csv"
    found = compare((path, lambda text: f"{text}{line}\n"))
    assert [(c.what, c.kind, c.text) for c in found.things] == [
        ("added", "organisation", "Tout Neuf")
    ]
    assert ("added", "organisation", "Tout Neuf") in _facts(found, row["source"])


def test_a_judgement_undone_splits_and_one_made_merges(compare, tiny):
    same = tiny.facts.tables.frames["identities"]
    row = same[same["judgement"] == "same"].iloc[0]
    found = compare(
        ("identities.csv", _without_row(f"{row['left']},{row['right']},")),
    )
    split = [c for c in found.things if c.what == "split"]
    assert [c.iri.rsplit("/", 1)[-1] for c in split] == [row["right"]]
    assert not [c for c in found.things if c.what in ("added", "gone")]
    # The other way round, from the same two releases.
    other = changes(_patched(tiny, row), tiny.nquads)
    assert [c.iri.rsplit("/", 1)[-1] for c in other.things if c.what == "merged"] == [row["right"]]


def _patched(tiny, row):
    """The release without the judgement, as if it came before."""
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "old"
        shutil.copytree(TINY, folder)
        _edit(folder, "identities.csv", _without_row(f"{row['left']},{row['right']},"))
        return ptce_graph.load(folder).nquads


def _quad(subject, predicate, value, graph):
    return f"<{PTCE}{subject}> <{predicate}> {value} <{PTCE}graph/{graph}> .\n"


LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
KIND = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
POLE = "<https://w3id.org/ptce/ontology#Pole>"


def test_a_thing_that_takes_another_name():
    common = _quad("pole/a", KIND, POLE, "doc")
    old = common + _quad("pole/a", LABEL, '"Ancien"@fr', "labels")
    new = common + _quad("pole/a", LABEL, '"Nouveau"@fr', "labels")
    (thing,) = changes(old, new).things
    assert (thing.what, thing.text) == ("renamed", "Nouveau")
    assert thing.details[0].gone == ("Ancien",)
    assert "Ancien" in told(changes(old, new), "fr")


def test_a_thing_that_another_document_still_tells_is_not_gone():
    old = _quad("pole/a", KIND, POLE, "one") + _quad("pole/a", KIND, POLE, "two")
    new = _quad("pole/a", KIND, POLE, "two")
    found = changes(old, new)
    assert found.things == ()
    assert _facts(found, "one") == [("gone", "pole", "a")]
    assert _facts(found, "two") == []


def test_escapes_are_undone_and_texts_stay_on_one_line():
    text = r'"a\n\"b\" \u00e9 \u001B[31m"@fr'
    new = _quad("pole/a", KIND, POLE, "doc") + _quad("pole/a", LABEL, text, "labels")
    (thing,) = changes("", new).things
    assert thing.text == 'a "b" é \x1b[31m'
    assert json.loads(json.dumps(as_json(changes("", new))))["things"][0]["text"] == thing.text


def test_the_same_two_releases_are_told_in_the_same_words(compare, tiny):
    row = tiny.facts.tables.frames["memberships"].iloc[0]
    start = f"{row['member']},{row['organisation']},{row['role']}"
    found = compare((f"sources/{row['source']}/memberships.csv", _without_row(start)))
    text = told(found, "en")
    assert re.match(r"[0-9,]+ statements before, [0-9,]+ after: [0-9]+ added, [0-9]+ gone\.", text)
    assert f"According to {row['source']}" in text
    assert "  - membership: " in text
    assert as_json(found)["facts"][row["source"]][0]["what"] == "gone"


# Files and the command


def test_a_release_is_read_from_its_folder_and_its_files(tiny, tmp_path):
    folder = tiny_folder()
    expected = set(tiny.nquads.splitlines())
    for path in (folder, folder / "data" / "dataset.nq", folder / "data" / "dataset.trig"):
        assert len(set(read_release(path).splitlines())) == len(expected)
    packed = tmp_path / "x.nq.gz"
    packed.write_bytes(gzip.compress(tiny.nquads.encode("utf-8")))
    assert read_release(packed) == read_release(folder)


def test_a_text_with_another_line_separator_stays_one_statement(tmp_path):
    line = _quad("pole/a", LABEL, '"a\u2028b\u0085c"@fr', "labels")
    (tmp_path / "x.nq").write_bytes(line.encode("utf-8"))
    assert read_release(tmp_path / "x.nq") == line


def test_what_is_no_release_is_told(tmp_path):
    with pytest.raises(CallError, match="no such file"):
        read_release(tmp_path / "nothing")
    with pytest.raises(CallError, match="holds no N-Quads"):
        read_release(tmp_path)
    for name, content in (("a.nq", b"<a> b"), ("b.nq", b"\xff\xfe"), ("c.nq.gz", b"no gzip")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(CallError, match="cannot be read"):
            read_release(tmp_path / name)


def test_the_command_tells_it(capsys, tmp_path):
    other = tmp_path / "other.nq"
    lines = (tiny_folder() / "data" / "dataset.nq").read_text("utf-8").splitlines(keepends=True)
    other.write_text("".join(line for line in lines if "/coverage/" not in line), "utf-8")
    assert forward_errors(cli, ["diff", str(tiny_folder()), str(other)]) == 0
    assert "are made from these facts again" in capsys.readouterr().out
    words = ["diff", str(tiny_folder()), str(tiny_folder()), "--format", "json"]
    assert forward_errors(cli, words) == 0
    assert json.loads(capsys.readouterr().out)["statements"]["added"] == 0
    assert forward_errors(cli, ["diff", str(tiny_folder()), str(tmp_path / "no")]) == 2
    assert forward_errors(cli, [*words[:-1], "jsn"]) == 2
    assert "Did you mean json" in capsys.readouterr().err
