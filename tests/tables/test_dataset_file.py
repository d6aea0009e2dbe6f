"""``dataset.yml``: what it says is read, what is wrong in it is told with its row and key."""

from __future__ import annotations

import pytest

from ptce_graph.bundled import DATA_DIR
from ptce_graph.errors import DataError
from ptce_graph.tables.dataset_file import KEYS, About, dataset_about, read_dataset_file

GOOD = """\
identifier: essai
title_fr: Un titre
title_en: A title
description_fr: Une description
publisher: Observatoire
licence: https://creativecommons.org/licenses/by/4.0/
issued: 2024-01-31
modified: 2024-02-29
keywords_fr: a | b
themes: ECON | SOCI
start: 2010
end: 2011-06
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "dataset.yml").write_text(GOOD, encoding="utf-8")
    return tmp_path


def _with(folder, text):
    (folder / "dataset.yml").write_text(text, encoding="utf-8")
    return read_dataset_file(folder)


def test_what_is_written_is_read(folder):
    assert dataset_about(folder) == About(
        identifier="essai",
        title={"fr": "Un titre", "en": "A title"},
        description={"fr": "Une description"},
        publisher="Observatoire",
        licence="https://creativecommons.org/licenses/by/4.0/",
        issued="2024-01-31",
        modified="2024-02-29",
        keywords={"fr": ("a", "b")},
        themes=("ECON", "SOCI"),
        start="2010",
        end="2011-06",
    )


def test_a_text_is_told_in_the_other_language_where_it_has_one_only(folder):
    about = dataset_about(folder)
    assert about.text("title", "en") == "A title"
    assert about.text("description", "en") == "Une description"
    assert about.text("rights", "fr") == ""


BROKEN = [
    ("licens: x", (13, "licens", "x", "licence")),
    ("title: x", (13, "title", "x", "title_fr")),
    ("themes: ECON | SOCO", (10, "themes", "SOCO", "SOCI")),
    ("frequency: irregula", (13, "frequency", "irregula", "irregular")),
    ("territories: FR", (13, "territories", "FR", "FRA")),
    ("issued: 2024-01", (7, "issued", "2024-01", "")),
    ("modified: 2024-02-30", (8, "modified", "2024-02-30", "")),
    ("modified: 2023-12-31", (8, "modified", "2023-12-31", "")),
    ("end: 2009", (12, "end", "2009", "")),
    ("licence: Licence Ouverte", (6, "licence", "Licence Ouverte", "")),
    ("landing_page: javascript:alert(1)", (13, "landing_page", "javascript:alert(1)", "")),
    ("version: 1 0", (13, "version", "1 0", "")),
    ("identifier: Un Essai", (1, "identifier", "Un Essai", "")),
    ("publisher: Voir au 01 02 03 04 05", (5, "publisher", "Voir au 01 02 03 04 05", "")),
    ("publisher: ''", (0, "publisher", "", "")),
    ("keywords_en: [a, b]", (13, "keywords_en", "", "")),
]


@pytest.mark.parametrize(("line", "expected"), BROKEN, ids=[line for line, _e in BROKEN])
def test_each_fault_is_told_once_with_its_row_and_the_nearest_right_value(folder, line, expected):
    key = line.split(":")[0]
    lines = GOOD.splitlines()
    old = next((at for at, text in enumerate(lines) if text.startswith(f"{key}:")), None)
    if old is None:
        lines.append(line)
    else:
        lines[old] = line
    _about, problems = _with(folder, "\n".join(lines) + "\n")
    assert [(p.row, p.column, p.value, p.nearest) for p in problems] == [expected]
    assert problems[0].file == "dataset.yml"
    with pytest.raises(DataError, match=r"dataset\.yml"):
        dataset_about(folder)


def test_the_first_months_of_a_year_and_the_year_are_in_no_wrong_order(folder):
    _about, problems = _with(folder, GOOD.replace("start: 2010", "start: 2011-07"))
    assert [p.column for p in problems] == ["end"]
    assert _with(folder, GOOD.replace("start: 2010", "start: 2011-06"))[1] == []
    assert _with(folder, GOOD.replace("end: 2011-06", "end: 2010"))[1] == []
    in_one_year = GOOD.replace("start: 2010", "start: 2011-06").replace("end: 2011-06", "end: 2011")
    assert _with(folder, in_one_year)[1] == []


def test_a_key_that_stands_twice_is_told(folder):
    _about, problems = _with(folder, GOOD + "publisher: Autre\n")
    assert [(p.row, p.column) for p in problems] == [(13, "publisher")]


@pytest.mark.parametrize("text", ["", "- a\n", "title_fr: {a: b}\n", "title_fr: 'open\n"])
def test_a_file_that_is_no_list_of_keys_is_told_and_never_breaks(folder, text):
    _about, problems = _with(folder, text)
    assert problems
    assert all(p.kind == "dataset description" for p in problems)


def test_what_is_wrong_is_left_out_and_the_rest_is_kept(folder):
    about, _problems = _with(folder, GOOD.replace("2024-01-31", "hier"))
    assert about.issued == ""
    assert about.modified == "2024-02-29"


def test_a_folder_without_the_file_claims_nothing_but_its_name(tmp_path):
    folder = tmp_path / "Mes données 2024"
    folder.mkdir()
    about = dataset_about(folder)
    assert about == About(
        identifier="mes-donnees-2024",
        title={
            "fr": "Données du dossier « Mes données 2024 »",
            "en": "Data of the folder “Mes données 2024”",
        },
    )
    assert about.publisher == about.licence == about.modified == ""


def test_the_bundled_data_say_all_that_there_is_to_say_but_what_does_not_exist():
    about = dataset_about(DATA_DIR)
    empty = {name for name in About.__dataclass_fields__ if not getattr(about, name)}
    # There is no public SPARQL endpoint, and no page about the publisher alone.
    assert empty == {"endpoint", "publisher_page"}
    assert about.modified == "2026-11-22"


def test_the_bundled_period_is_that_of_the_dated_facts(bundled):
    """From the first to the last year that a document gives to a fact, in its table."""
    about = dataset_about(DATA_DIR)
    years = {
        date[:4]
        for table, columns in {
            "organisations": ("created",),
            "poles": ("created", "since"),
            "memberships": ("start", "end"),
            "cooperations": ("start", "end"),
            "figures": ("date",),
            "calls": ("opened", "decided"),
            "characteristics": ("date",),
        }.items()
        for column in columns
        for date in bundled.facts.frames[table][column]
        if date
    }
    assert (about.start, about.end) == (min(years), max(years))


def test_keys_are_flat_and_in_two_languages_where_people_read_them():
    assert {"title_fr", "title_en", "keywords_fr", "publisher", "licence"} <= set(KEYS)
    assert "title" not in KEYS
