"""``ptce-graph poles``: tables, files, one pole, two poles, the page, the questionnaire."""

from __future__ import annotations

import csv
import io
import json

import pytest

from ptce_graph.cli import main

MET = ["inc-1", "inc-2", "inc-4", "inc-6", "inc-7", "inc-8", "tes-1", "tes-4"]


@pytest.fixture
def run(capsys):
    def _run(*words):
        with pytest.raises(SystemExit) as stopped:
            main(["poles", *map(str, words)])
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return stopped.value.code or 0, told.out, told.err

    return _run


def test_the_table_has_all_poles_and_counts_what_is_unknown(run):
    code, out, err = run()
    assert code == 0
    lines = out.splitlines()
    # Thirty-seven poles, each once whatever its names; worked by hand: 8 of 15 are met.
    assert len(lines) == 2 + 37
    sud = next(line for line in lines if line.startswith("Pôle Sud Archer"))
    cells = sud.removeprefix("Pôle Sud Archer").split()
    assert cells[-3:] == ["8", "0", "7"] and cells[:3] == ["yes", "yes", "?"]
    assert next(line for line in lines if line.startswith("Ardaines")).split()[-3:] == [
        "0",
        "0",
        "15",
    ]
    assert "which is not a failing" in err


def test_csv_and_json_tell_the_same(run, tmp_path):
    rows = list(csv.DictReader(io.StringIO(run("--format", "csv")[1])))
    assert len(rows) == 37 * 20
    own = [row for row in rows if row["thing"] == "pole-sud-archer" and row["value"] == "met"]
    assert [row["criterion"].removeprefix("note-") for row in own] == MET
    assert all(int(row["evidence"]) and row["passages"] for row in own)
    code, out, _err = run("Pôle Sud Archer", "-o", tmp_path / "sud.json")
    assert (code, out.strip()) == (0, str(tmp_path / "sud.json"))
    (pole,) = json.loads((tmp_path / "sud.json").read_text(encoding="utf-8"))
    told = [one["criterion"] for one in pole["criteria"] if one["value"] == "met"]
    assert [name.removeprefix("note-") for name in told] == MET


def test_one_pole_tells_thresholds_passages_and_what_it_lacks(run):
    code, out, _err = run("pole-economie-solidaire-sud-essonne")
    assert code == 0
    block = out[out.index("[note-inc-2]") :].partition("[note-inc-3]")[0]
    assert "threshold: min=5; kinds=2" in block and "note-labo-ess: " in block
    # Shown not to be met: why is told; what is only unknown is no lack of the pole.
    assert "not met: an exact number of organisations, too small" in block
    assert "to be known" not in block
    block = out[out.index("[note-inc-8]") :].partition("[note-tes-1]")[0]
    assert "to be known: " in block and "lacking" not in block
    assert "Criteria: met 1, not met 1, not documented 13." in out
    assert "threshold: jobs=not set" in out


def test_another_threshold_decides_anew(run):
    # 25 organisations are told of Pôle Sud: enough for 10, not for 100.
    for least, value in ((10, "met"), (100, "not-documented")):
        _code, out, _err = run(
            "pole-sud-archer", "--threshold", f"note-inc-2.min={least}", "--format", "csv"
        )
        rows = {row["criterion"]: row for row in csv.DictReader(io.StringIO(out))}
        assert rows["note-inc-2"]["value"] == value
        assert rows["note-inc-2"]["thresholds"] == f"min={least}; kinds=2"


def test_two_poles_side_by_side(run):
    code, out, _err = run("--compare", "Pôle Sud Archer", "Ardaines")
    assert code == 0
    assert out.splitlines()[0].split("  ")[-1].strip() == "Ardaines"
    assert len(out.splitlines()) == 2 + 20


def test_the_page_and_the_questionnaire_are_written(run, tmp_path):
    page = tmp_path / "pole.html"
    assert run("Ardaines", "-o", page, "--lang", "en")[:2] == (0, f"{page}\n")
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    asked = tmp_path / "q.csv"
    assert run("--questionnaire", asked)[:2] == (0, f"{asked}\n")
    # The plan announces 27 indicators, of which 18 can be read.
    assert len(asked.read_text(encoding="utf-8-sig").splitlines()) == 1 + 18


HEADER = "pole,date,respondent,item,importance\n"


@pytest.fixture
def filled(tmp_path):
    """Two questionnaires and who links the indicators: invented answers."""
    folder = tmp_path / "filled"
    folder.mkdir()
    one, two, links = (folder / name for name in ("one.csv", "two.csv", "links.csv"))
    one.write_text(
        HEADER
        + "Ardaines,2024-05-02,ardaines,ref-ind-lieu,2\n"
        + "Ardaines,2024-05-03,adie,ref-ind-lieu,5\n"
        + "Ardaines,2024-05-03,adie,ref-ind-milieu-local,6\n",
        encoding="utf-8",
    )
    two.write_text(HEADER + "CISE,2024-06,CISE,ref-ind-lieu,4\n", encoding="utf-8")
    links.write_text(
        "indicator,objective,author,date\n"
        "ref-ind-lieu,a,adie,2024-06\nref-ind-milieu-local,a,adie,2024-06\n",
        encoding="utf-8",
    )
    return one, two, links


def test_answers_are_told_by_objective_beside_the_others(run, filled, tmp_path):
    one, two, links = filled
    words = ("--answers", one, "--answers", two, "--objectives", links, "--moment", "month")
    code, out, err = run("CISE", *words)
    assert code == 0
    lines = out.splitlines()
    assert lines[0].index("CISE, June 2024") < lines[0].index("Ardaines, May 2024")
    # a, of Ardaines: the mean of 3.5, itself the mean of 2 and 5, and of 6.
    assert lines[2].startswith("a – ") and lines[2].split()[-4:] == ["4", "(1/2)", "4.75", "(2/2)"]
    assert lines[3].split()[-2:] == ["–", "–"]
    assert "decided by Adie (2024-06)" in err and "18 can be read" in err
    rows = list(csv.DictReader(io.StringIO(run(*words, "--format", "csv")[1])))
    assert len(rows) == 2 * (9 + 18)
    (row,) = [r for r in rows if r["pole"] == "ardaines" and r["item"] == "ref-ind-lieu"]
    assert (row["level"], row["mean"], row["lowest"], row["highest"]) == (
        "indicator",
        "3.5",
        "2",
        "5",
    )
    told = json.loads(run("CISE", *words, "--format", "json", "--lang", "en")[1])
    assert told["respondents"][0] == {"pole": "cise-lille", "date": "2024-06", "respondents": 1}
    assert any("5.6 and more" in note for note in told["notes"])
    page = tmp_path / "page.html"
    assert run("CISE", *words, "-o", page)[0] == 0
    assert page.read_text(encoding="utf-8").count("<svg") == 3


def test_two_poles_alone_of_several(run, filled):
    one, two, _links = filled
    code, out, err = run("--compare", "CISE", "Ardaines", "--answers", one, "--answers", two)
    assert code == 0 and out.splitlines()[0].split("  ")[0] == "indicator"
    # Two days are two moments, the latest first.
    assert "CISE, June 2024" in out and "3 May 2024" in out
    assert "--objectives" in err


def test_all_that_is_wrong_in_the_files_is_told_at_once(run, filled):
    one, two, links = filled
    one.write_text(HEADER + "Ardainnes,2024,CISE,ref-ind-lieu,9\n", encoding="utf-8")
    two.write_text(HEADER + "CISE,2024,CISE,ref-ind-lieux,4\n", encoding="utf-8")
    links.write_text("indicator,objective,author,date\nref-ind-lieu,z,adie,2024\n", "utf-8")
    code, out, err = run("--answers", one, "--answers", two, "--objectives", links)
    assert (code, out) == (1, "")
    for told in ("one.csv:2", "Ardaines", "two.csv:2", "ref-ind-lieu", "links.csv:2", "a to i"):
        assert told in err


def test_data_without_poles_get_a_sentence(run, tmp_path):
    folder = tmp_path / "data"
    source = folder / "sources/livret"
    source.mkdir(parents=True)
    source.joinpath("source.yml").write_text(
        "title: Livret\npublisher: Organisation A\noriginal_file: livret.txt\nlines: 3\n",
        encoding="utf-8",
    )
    source.joinpath("organisations.csv").write_text(
        "id,name,section,lines\norganisation-a,Organisation A,s,1\n", encoding="utf-8"
    )
    code, out, err = run("--data", folder)
    assert (code, out) == (0, "") and "These data hold no pole." in err
    code, out, err = run("Organisation A", "--data", folder)
    assert code == 2 and "These data hold no pole." in err
    # Its poles may still be asked: the framework is lent.
    assert run("--questionnaire", tmp_path / "q.xlsx", "--data", folder)[0] == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--objectives", "links.csv"], "--answers"),
        (["--moment", "year"], "--answers"),
        (["--answers", "none.csv"], "none.csv"),
        (["--questionnaire", "q.csv", "--answers", "p.csv"], "--answers"),
        (["Ardane"], "Ardaines"),
        (["-o", "pole.html"], "name it"),
        (["-o", "poles.txt"], "csv"),
        (["--format", "cvs"], "csv"),
        (["--lang", "de"], "fr"),
        (["--threshold", "note-inc-2.mn=3"], "note-inc-2.min"),
        (["--threshold", "note-inc-2.min"], "note-inc-2.min=10"),
        (["--threshold", "note-inc-2.min=many"], "note-inc-2.min must be a number"),
        (["Ardaines", "--compare", "Ardaines", "CISE"], "Name either"),
        (["--questionnaire", "q.csv", "-o", "p.csv"], "-o"),
    ],
)
def test_wrong_calls_teach(run, words, told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert told in err
    assert list(tmp_path.iterdir()) == []
