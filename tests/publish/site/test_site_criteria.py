"""The criteria on the site, beside what ``tests/poles/test_three_poles.py`` works out by hand."""

from __future__ import annotations

from typing import Any

import pytest

import ptce_graph
from ptce_graph.publish.site import Site, judged
from tests.poles.test_three_poles import NOTHING, POLE_SUD, SUD_ESSONNE

from .conftest import Element, tree

ANSWERS = {
    "+": "✓ met",
    "-": "✗ not met",
    ".": "? not documented",
    "o": "– not excluded",
}
#: The eight indispensable criteria and that of the other document alone, those to test.
LISTS = ("inc", "tes")


@pytest.fixture(scope="module")
def site(bundled: Any) -> Site:
    return Site(bundled, maps=False)


def section(page: Element, name: str) -> Element:
    (found,) = (s for s in page.find("section") if s.attributes.get("aria-labelledby") == name)
    return found


def rows_of(table: Element) -> list[Element]:
    return [row for row in table.find("tr") if row.find("td")]


def criterion_of(row: Element) -> str:
    return row.find("th")[0].find("a")[0].attributes["href"].partition("#")[2]


@pytest.mark.parametrize(
    ("pole", "expected"),
    [
        ("pole-sud-archer", POLE_SUD),
        ("pole-economie-solidaire-sud-essonne", SUD_ESSONNE),
        ("ardaines", NOTHING),
    ],
)
def test_the_page_of_a_pole_answers_every_criterion(site: Site, pole: str, expected: Any) -> None:
    page = tree(site.read(f"en/id/pole/{pole}.html"))
    rows = rows_of(section(page, "criteria").find("table", "answers")[0])
    told = {criterion_of(row): row.find("td")[0].text for row in rows}
    assert told == {name: ANSWERS[mark] for name, mark in expected.items()}
    groups = [row.text for row in section(page, "criteria").find("tr", "group")]
    for number, name in enumerate(LISTS):
        values = [mark for one, mark in expected.items() if f"-{name}-" in one]
        met, not_met, open_ = (values.count(mark) for mark in "+-.")
        counted = f"met: {met} · not met: {not_met} · not documented: {open_}"
        assert groups[number].endswith(counted)
    assert groups[2] == "Exclusions"


def test_an_answer_leads_to_its_passages_and_says_its_threshold(site: Site) -> None:
    page = tree(site.read("en/id/pole/pole-sud-archer.html"))
    rows = {criterion_of(row): row for row in rows_of(section(page, "criteria"))}
    # The region backs the pole: C 29, 95, 293-299; the same place: N 120, E 6.
    backed = {a.text: a.attributes["href"] for a in rows["note-inc-8"].find("td")[1].find("a")}
    where = "../source/cahier-rtes.html#section-conditions-du-developpement"
    assert backed["29, 95, 293-299"] == where
    place = rows["note-tes-1"].find("td")[1]
    assert place.text == "article-eco-sol-brest 6 ; note-labo-ess 120"
    assert "5 – organisations, at least" in rows["note-inc-2"].find("th")[0].text
    assert "(note-labo-ess, lines 220)" in rows["note-inc-2"].find("th")[0].text
    assert "(our convention)" in rows["note-inc-6"].find("th")[0].text
    # What is not documented says what is lacking, and names no passage.
    lacking = rows["note-tes-5"].find("td")[1]
    assert lacking.text.startswith("lacking:")
    assert lacking.find("a") == []


def test_the_typology_says_what_is_stated_and_what_is_derived(site: Site) -> None:
    page = tree(site.read("en/id/pole/pole-sud-archer.html"))
    told = {
        dd.find("a")[0].text: dd.find(class_="label")[0].text
        for dd in section(page, "typology").find("dd")
    }
    assert told["business origin"] == "stated"
    assert told["backer"] == "derived by a rule"
    # Each stands once: here, and no more among what documents say.
    assert "business origin" not in section(page, "description").text
    anchors = [dd.attributes.get("id", "") for dd in section(page, "typology").find("dd")]
    assert any(anchor.startswith("characterisation-") for anchor in anchors)


def test_the_matrix_holds_all_poles_and_no_exclusion(site: Site, bundled: Any) -> None:
    page = tree(site.read("en/criteria.html"))
    table = page.find("table", "matrix")[0]
    heads = [a.attributes["href"].lstrip("#") for a in table.find("thead")[0].find("a")]
    shown = [name for name in POLE_SUD if "-exc-" not in name]
    assert heads == shown
    rows = {row.find("a")[0].attributes["href"]: row for row in rows_of(table)}
    assert len(rows) == (bundled.actors["type"] == "pole").sum()
    for pole, expected in (
        ("pole-sud-archer", POLE_SUD),
        ("pole-economie-solidaire-sud-essonne", SUD_ESSONNE),
    ):
        cells = [td.text for td in rows[f"id/pole/{pole}.html"].find("td", "short")]
        assert cells == [ANSWERS[expected[name]] for name in shown]
    sums = [td.text for td in rows["id/pole/pole-sud-archer.html"].find("td", "number")]
    assert sums == ["8", "0", "7"]


def test_each_rule_stands_with_its_thresholds_and_their_source(site: Site) -> None:
    page = tree(site.read("en/criteria.html"))
    (one,) = (a for a in page.find("article") if a.attributes["aria-labelledby"] == "note-inc-2")
    names = [dt.text for dt in one.find("dt")]
    assert names.count("Threshold") == 2
    assert {"Wording", "The other document’s wording", "Rule", "Left to judgement"} <= {
        name.replace("'", "’") for name in names
    }
    links = {a.attributes["href"] for a in one.find("a")}
    assert any(link.startswith("id/source/note-labo-ess.html#section-") for link in links)
    assert len(page.find("article")) == len(POLE_SUD)


def test_the_criteria_are_found_from_the_menu_and_the_list_of_poles(site: Site) -> None:
    for path in ("index.html", "en/poles.html"):
        hrefs = [a.attributes["href"] for a in tree(site.read(path)).find("a")]
        assert hrefs.count("criteria.html") == (1 if path == "index.html" else 2)


def test_the_profile_is_that_of_the_command(site: Site, bundled: Any, tmp_path: Any) -> None:
    pole = tree(site.read("en/id/pole/ardaines.html"))
    assert "../../profiles/ardaines.html" in [a.attributes["href"] for a in pole.find("a")]
    for path, language in (("profiles/ardaines.html", "fr"), ("en/profiles/ardaines.html", "en")):
        bundled.pole_page("ardaines", tmp_path / "page.html", language)
        assert site.read(path) == (tmp_path / "page.html").read_bytes()


def test_a_folder_without_poles_asks_nothing(tiny_copy: Any, monkeypatch: Any) -> None:
    for source in (tiny_copy / "sources").iterdir():
        for name in (
            "poles",
            "memberships",
            "participations",
            "cooperations",
            "candidacies",
            "figures",
            "characteristics",
        ):
            file = source / f"{name}.csv"
            if file.exists():
                file.write_text(file.read_text(encoding="utf-8").split("\n")[0] + "\n")
    (tiny_copy / "identities.csv").unlink()
    monkeypatch.setattr(judged.Judged, "findings", property(lambda _self: pytest.fail("asked")))
    bare = Site(ptce_graph.load(tiny_copy), maps=False)
    page = tree(bare.read("criteria.html"))
    assert page.find("table", "matrix") == []
    assert len(page.find("article")) == len(POLE_SUD)
    assert not [path for path in bare.paths() if "profiles/" in path]


def test_a_dataset_of_a_country_asks_nothing(tiny: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(judged, "MANY", 2)
    monkeypatch.setattr(judged.Judged, "findings", property(lambda _self: pytest.fail("asked")))
    large = Site(tiny, maps=False)
    assert "criteria" not in [
        s.attributes.get("aria-labelledby")
        for s in tree(large.read("id/pole/pole-nord.html")).find("section")
    ]
    assert large.read("profiles/pole-nord.html") is None


def test_an_assessment_names_its_author(tiny_copy: Any) -> None:
    (tiny_copy / "assessments.csv").write_text(
        "thing,criterion,value,author,date,reason\n"
        "pole-nord,note-inc-3,met,reseau-alpha,2012-05,Une stratégie <b>écrite</b>.\n",
        encoding="utf-8",
    )
    site = Site(ptce_graph.load(tiny_copy), maps=False)
    page = tree(site.read("en/id/pole/pole-nord.html"))
    rows = {criterion_of(row): row for row in rows_of(section(page, "criteria"))}
    told = rows["note-inc-3"].find("td")
    assert told[0].text == "✓ met"
    assert told[1].text == "assessed by Réseau Alpha , May 2012 (met): Une stratégie <b>écrite</b>."
    assert told[1].find("a")[0].attributes["href"] == "../organisation/reseau-alpha.html"
