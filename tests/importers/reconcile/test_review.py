"""The review file: written for spreadsheets, read as they save it, every wrong row told."""

import csv

import pytest
from click.testing import CliRunner

from ptce_graph.cli import cli
from ptce_graph.errors import DataError
from ptce_graph.importers.reconcile.candidates import Search
from ptce_graph.importers.reconcile.folder import Folder
from tests.importers.reconcile.data import REGISTER, folder_in


@pytest.fixture
def folder(tmp_path):
    return folder_in(tmp_path / "data")


def written(folder, path, language="en"):
    data = Folder.opened(folder)
    return data.write_review(data.pairs(Search()), path, language)


def rows_of(path, delimiter=","):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=delimiter))


def save(path, rows, encoding="utf-8", delimiter=","):
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys(), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.mark.parametrize(("language", "delimiter"), [("fr", ";"), ("en", ",")])
def test_a_file_for_the_spreadsheets_of_each_language(folder, tmp_path, language, delimiter):
    path = written(folder, tmp_path / "review.csv", language)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = rows_of(path, delimiter)
    assert len(rows) >= 5
    assert all(row["judgement"] == row["reason"] == "" for row in rows)
    scores = [float(row["score"]) for row in rows]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8-sig", ";"), ("cp1252", ";"), ("utf-8", "\t"), ("utf-16", ",")],
)
def test_it_is_read_as_spreadsheets_save_it(folder, tmp_path, encoding, delimiter):
    rows = rows_of(written(folder, tmp_path / "review.csv"))
    rows[0] |= {"judgement": "Même chose", "reason": "'=écrit ainsi"}
    rows[1]["judgement"] = "doute"
    rows[2]["judgement"] = "Différent"
    path = save(tmp_path / "back.csv", rows, encoding, delimiter)
    new = Folder.opened(folder).take_review(path)
    assert [row.judgement for row in new] == ["same", "unsure", "different"]
    assert new[0].reason == "=écrit ainsi"
    assert new[1].reason, "where no reason is given, what was found stands there"
    kept = {(row["left"], row["right"]) for row in rows_of(folder / "identities.csv")}
    assert (rows[0]["left"], rows[0]["right"]) in kept
    left = Folder.opened(folder).pairs(Search())
    assert not kept & {(pair.left.id, pair.right.id) for pair in left}
    again = Folder.opened(folder).pairs(Search(again=True))
    assert len(again) == len(left) + 1
    assert Folder.opened(folder).take_review(path) == [], "read twice, it adds nothing"


def test_every_wrong_row_is_told_and_nothing_is_written(folder, tmp_path):
    one = f"{REGISTER[0].split(',')[0]}"
    rows = [
        {"left": one, "right": "registre-ville", "judgement": "mem", "reason": ""},
        {"left": "nobody", "right": "registre-ville", "judgement": "same", "reason": ""},
        {"left": one, "right": one, "judgement": "same", "reason": ""},
        {"left": one, "right": "liste-bovami", "judgement": "same", "reason": ""},
        {"left": "liste-bovami", "right": one, "judgement": "different", "reason": ""},
        {
            "left": one,
            "right": "registre-tulozic",
            "judgement": "same",
            "reason": " ".join(["06", "12", "34", "56", "78"]),
        },
    ]
    path = save(tmp_path / "wrong.csv", rows)
    with pytest.raises(DataError) as refused:
        Folder.opened(folder).take_review(path)
    told = [(p.row, p.column, p.kind) for p in refused.value.problems]
    assert told == [
        (2, "judgement", "judgement"),
        (3, "left", "unknown value"),
        (4, "right", "identity"),
        (6, "judgement", "contradiction"),
        (7, "reason", "personal data"),
    ]
    assert refused.value.problems[0].nearest == "same"
    assert not (folder / "identities.csv").exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"a,b\n1,2\n",
        b'left,right,judgement\n"x,y,same\n',
        b"left,right,judgement\na,b,same,c\n",
        b"left,right,judgement\na,b\n",
        b"\xff\xfe\x00",
        b"\x00" * 9,
    ],
)
def test_what_is_no_review_file_is_told(folder, tmp_path, content):
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    with pytest.raises(DataError) as refused:
        Folder.opened(folder).take_review(path)
    assert refused.value.problems[0].file == "odd.csv"


def run(*words, typed=""):
    return CliRunner().invoke(cli, ["reconcile", *map(str, words)], input=typed)


def test_a_review_in_the_terminal_keeps_each_answer_and_goes_on(folder):
    first = run("--data", folder, "--review", typed="s\nLe même.\nn\nq\n")
    assert first.exit_code == 0, first.output
    rows = rows_of(folder / "identities.csv")
    assert [(row["judgement"], row["reason"]) for row in rows] == [("same", "Le même.")]
    # The next run asks what is left; the end of the input is the end of the review.
    second = run("--data", folder, "--review", typed="u\n\n")
    assert second.exit_code == 0, second.output
    assert [row["judgement"] for row in rows_of(folder / "identities.csv")] == ["same", "unsure"]


def test_accept_takes_only_what_an_identifier_makes_certain(folder):
    done = run("--data", folder, "--accept", "0.98")
    assert done.exit_code == 0, done.output
    (row,) = rows_of(folder / "identities.csv")
    assert (row["left"], row["right"]) == (REGISTER[0].split(",")[0], "liste-bovami")
    assert "0.98" in row["reason"], "nobody looked at it, and the reason says so"
    undone = run("--data", folder, "--undo", row["right"], row["left"])
    assert undone.exit_code == 0, undone.output
    assert rows_of(folder / "identities.csv") == []


def test_nothing_is_judged_in_the_bundled_data():
    done = run("--accept", "0.98")
    assert done.exit_code == 0
    refused = run("--undo", "coorace", "rtes")
    assert "--data DIR" in str(refused.exception)


def test_one_thing_at_a_time(folder):
    refused = run("--data", folder, "--review", "--accept", "0.98")
    assert "one at a time" in str(refused.exception)
