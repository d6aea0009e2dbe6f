"""The framework, its questionnaire there and back, and the profiles, on invented answers."""

import csv
import math

import pytest

from ptce_graph.errors import CallError, DataError
from ptce_graph.i18n import translator
from ptce_graph.poles.answers import read_answers
from ptce_graph.poles.framework import framework, limits
from ptce_graph.poles.objectives import read_objectives
from ptce_graph.poles.profile import profile
from ptce_graph.poles.questionnaire import COLUMNS, write_questionnaire
from ptce_graph.reports.pole_charts import profile_bars, profile_radar

HEADER = "pole,date,respondent,item,importance,note\n"


@pytest.fixture(scope="module")
def found(bundled):
    return framework(bundled.facts)


def _written(folder, text, name="answers.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _problems(read):
    with pytest.raises(DataError) as caught:
        read()
    return [(p.file, p.row, p.column) for p in caught.value.problems], str(caught.value)


def test_what_can_be_read_of_the_framework(found):
    # The reading of annexe 3: 3 general objectives, 9 objectives a to i, 18 of 27 indicators.
    assert len(found.of_level("objectif-general")) == 3
    assert "".join(item.notation for item in found.objectives) == "abcdefghi"
    assert len(found.indicators) == 18
    assert found.indicators[0].lines == "1187" and found.indicators[-1].lines == "1205"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_questionnaire_there_and_back(bundled, found, tmp_path, ending):
    path = tmp_path / f"q.{ending}"
    write_questionnaire(path, found, "en", "Ardaines", "2024-05", "Groupe Archer")
    filled = _filled(path, {"ref-ind-lieu": 6, "ref-ind-patrimoine": 1})
    answers = read_answers(filled, bundled.facts, found)
    assert answers.frame[["pole", "date", "respondent", "item", "importance"]].values.tolist() == [
        ["ardaines", "2024-05", "groupe-archer", "ref-ind-lieu", 6],
        ["ardaines", "2024-05", "groupe-archer", "ref-ind-patrimoine", 1],
    ]
    assert answers.frame["row"].tolist() == [2, 19]
    assert answers.unanswered == 16


def _filled(path, values):
    """What a person does: numbers into the column of importance."""
    at = COLUMNS.index("importance")
    if path.suffix == ".csv":
        rows = list(csv.reader(path.open(encoding="utf-8-sig")))
        for row in rows:
            row[at] = str(values.get(row[3], row[at]))
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, delimiter=";").writerows(rows)
        return path
    from openpyxl import load_workbook

    book = load_workbook(path)
    sheet = book["questionnaire"]
    for row in sheet.iter_rows(min_row=2):
        if row[3].value in values:
            row[at].value = values[row[3].value]
    book.save(path)
    return path


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_file_says_what_is_deduced(found, tmp_path, language):
    path = write_questionnaire(tmp_path / "q.csv", found, language)
    text = path.read_text(encoding="utf-8-sig")
    words = translator(language)
    for told in limits(found):
        assert told.told(words).replace('"', '""') in text
    assert "27" in text and "5.6" in limits(found)[3].told(translator("en"))
    assert len(limits(found)) == 6


def test_nobodys_answers_are_written_over(found, tmp_path):
    path = write_questionnaire(tmp_path / "q.csv", found)
    with pytest.raises(CallError, match="there already"):
        write_questionnaire(path, found)
    with pytest.raises(CallError, match="neither"):
        write_questionnaire(tmp_path / "q.txt", found)
    with pytest.raises(CallError, match="does not fit"):
        write_questionnaire(tmp_path / "q2.csv", found, scale_max=3)


def test_every_fault_is_told_with_its_place(bundled, found, tmp_path):
    path = _written(
        tmp_path,
        HEADER
        + "Ardainnes,2024,ardaines,ref-ind-lieu,4,\n"
        + "ardaines,demain,ardaines,ref-ind-lieu,4,\n"
        + "ardaines,2024,,ref-ind-lieu,4,\n"
        + "ardaines,2024,ardaines,ref-obj-a,4,\n"
        + "ardaines,2024,ardaines,ref-ind-lieux,4,\n"
        + "ardaines,2024,ardaines,ref-ind-veille,7,\n"
        + "ardaines,2024,ardaines,ref-ind-veille,0,\n"
        + "ardaines,2024,ardaines,ref-ind-veille,4.5,\n"
        + "ardaines,2024,ardaines,ref-ind-synergies,4,a@b.example\n"
        + "ardaines,2024,ardaines,ref-ind-lieu,3,\n"
        + "ardaines,2024,ardaines,ref-ind-lieu,3,\n"
        + "ardaines,2024,Dupont,ref-ind-lieu,3,\n",
    )
    places, text = _problems(lambda: read_answers(path, bundled.facts, found))
    assert places == [
        ("answers.csv", 2, "pole"),
        ("answers.csv", 3, "date"),
        ("answers.csv", 4, "respondent"),
        ("answers.csv", 5, "item"),
        ("answers.csv", 6, "item"),
        ("answers.csv", 7, "importance"),
        ("answers.csv", 8, "importance"),
        ("answers.csv", 9, "importance"),
        ("answers.csv", 10, "note"),
        ("answers.csv", 12, "item"),
        ("answers.csv", 13, "respondent"),
    ]
    assert "Nearest valid value: ref-ind-lieu" in text
    assert "in answers.csv:11" in text
    assert "a@b.example" not in text


def test_a_wrong_header_is_told(bundled, found, tmp_path):
    path = _written(tmp_path, "pole,date,respondent,item,importnace\nardaines,2024,adie,x,4\n")
    places, text = _problems(lambda: read_answers(path, bundled.facts, found))
    assert places == [("answers.csv", 1, "importance"), ("answers.csv", 1, "importnace")]
    assert "Nearest valid value: importnace" in text
    with pytest.raises(CallError, match="no file"):
        read_answers(tmp_path / "none.csv", bundled.facts, found)


ANSWERS = (
    HEADER
    + "ardaines,2024-05-02,ardaines,ref-ind-lieu,2,\n"
    + "ardaines,2024-05-03,adie,ref-ind-lieu,5,\n"
    + "ardaines,2024-05-03,adie,ref-ind-milieu-local,6,\n"
    + "ardaines,2024-05-03,adie,ref-ind-veille,,\n"
    + "pole-sud,2023,groupe-archer,ref-ind-lieu,4,\n"
)
LINKS = (
    "indicator,objective,author,date\n"
    "ref-ind-lieu,a,adie,2024-06\n"
    "ref-ind-milieu-local,ref-obj-a,adie,2024-06\n"
    "ref-ind-veille,h,adie,2024-06\n"
)


@pytest.fixture
def profiles(bundled, found, tmp_path):
    answers = read_answers(_written(tmp_path, ANSWERS), bundled.facts, found)
    links = read_objectives(_written(tmp_path, LINKS, "links.csv"), bundled.facts, found)
    return profile(answers, bundled.facts, found, links, "month", "en")


def test_means_by_hand(profiles):
    assert profiles.respondents == {("ardaines", "2024-05"): 2, ("pole-sud-archer", "2023"): 1}
    rows = profiles.by_indicator.set_index(["pole", "item"])
    place = rows.loc[("ardaines", "ref-ind-lieu")]
    assert (place["mean"], place["answers"], place["lowest"], place["highest"]) == (3.5, 2, 2, 5)
    assert math.isnan(rows.loc[("ardaines", "ref-ind-veille"), "mean"])
    assert len(rows) == 2 * 18
    by_objective = profiles.by_objective.set_index(["pole", "notation"])
    # a: the mean of 3.5 and 6, not of the three answers (2 + 5 + 6) / 3.
    assert by_objective.loc[("ardaines", "a"), "mean"] == pytest.approx(4.75)
    assert by_objective.loc[("pole-sud-archer", "a"), ["mean", "answered", "linked"]].tolist() == [
        4,
        1,
        2,
    ]
    assert math.isnan(by_objective.loc[("ardaines", "h"), "mean"])
    assert by_objective.loc[("ardaines", "h"), "linked"] == 1
    assert by_objective.loc[("ardaines", "b"), "linked"] == 0


def test_whose_the_links_are_is_told(profiles):
    told = " ".join(note.told(translator("en")) for note in profiles.notes)
    assert "decided by Adie (2024-06). 3 of 18 indicators are linked" in told
    assert "Rows without an answer: 1." in told


def test_several_poles_side_by_side(profiles):
    wide = profiles.compared()
    assert wide.columns.tolist() == ["item", "label", "Ardaines, May 2024", "Pôle Sud Archer, 2023"]
    assert wide.iloc[0, 2:].tolist() == [3.5, 4]


def test_without_links_there_are_no_objectives(bundled, found, tmp_path):
    answers = read_answers(_written(tmp_path, ANSWERS), bundled.facts, found)
    profiles = profile(answers, bundled.facts, found)
    assert profiles.by_objective is None
    assert len(profiles.profiles) == 3  # two days are two moments
    with pytest.raises(CallError, match="lost which indicator"):
        profile_bars(profiles, "objectives")
    with pytest.raises(CallError, match="taken together by week"):
        profile(answers, bundled.facts, found, moment="week")


def test_no_answer_at_all_is_told(bundled, found, tmp_path):
    path = write_questionnaire(tmp_path / "q.csv", found, pole="ardaines")
    answers = read_answers(path, bundled.facts, found)
    assert answers.unanswered == 18
    with pytest.raises(CallError, match="18 rows without one"):
        profile(answers, bundled.facts, found)


def test_faults_of_the_links_are_told(bundled, found, tmp_path):
    text = LINKS + "ref-ind-lieu,b,adie,2024\nref-ind-x,j,,never\n"
    path = _written(tmp_path, text, "links.csv")
    places, _text = _problems(lambda: read_objectives(path, bundled.facts, found))
    assert places == [
        ("links.csv", 5, "indicator"),
        ("links.csv", 6, "author"),
        ("links.csv", 6, "date"),
        ("links.csv", 6, "indicator"),
        ("links.csv", 6, "objective"),
    ]


def test_figures_have_a_twin_in_text_and_the_same_bytes(profiles, bundled):
    bars, radar = profile_bars(profiles), profile_radar(profiles)
    assert bars.columns == ("Indicator", "Ardaines, May 2024", "Pôle Sud Archer, 2023")
    assert bars.rows[0] == ("An identified, accessible place", "3.5", "4")
    assert bars.rows[1][2] == "no answer"
    assert len(bars.rows) == 18 and len(radar.rows) == 9
    assert 'role="img"' in bars.svg and "style=" not in bars.svg and "<script" not in bars.svg
    assert "very little important" in bars.svg
    assert profile_radar(profiles).svg == radar.svg
    assert bars.png.startswith(b"\x89PNG") and bars.pdf.startswith(b"%PDF")
