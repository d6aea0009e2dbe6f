"""The profile of a pole: what a reader of the documents found, in a page that asks for nothing."""

from __future__ import annotations

import re
from html import unescape

import pytest

from ptce_graph.errors import CallError
from ptce_graph.poles.dossier import Dossiers
from ptce_graph.reports.pole_page import PoleView, pole_page

#: Worked by hand from the documents, before any rule was written.
SUD_MET = {"note-inc-1", "note-inc-2", "note-inc-4", "note-inc-6", "note-inc-7", "note-inc-8"}
SUD_MET |= {"note-tes-1", "note-tes-4"}
ESSONNE = "pole-economie-solidaire-sud-essonne"


@pytest.fixture(scope="module")
def dossiers(bundled):
    return Dossiers(bundled.facts, bundled.network("all"), bundled.findings())


def lines_of(dossiers, pole):
    return {line.id: line for line in PoleView(dossiers.of(pole), "en").all_lines}


def test_pole_sud_is_told_as_a_reader_found_it(dossiers):
    lines = lines_of(dossiers, "Pôle Sud Archer")
    assert {name for name, line in lines.items() if line.value == "met"} == SUD_MET
    assert {line.value for name, line in lines.items() if "-exc-" in name} == {"not-excluded"}
    assert all(lines[name].passages for name in SUD_MET)
    assert [line.id for line in PoleView(dossiers.of("pole-sud-archer"), "en").to_judge] == [
        "note-inc-3",
        "esb-inc-4",
        "note-tes-3",
        "note-tes-5",
    ]


def test_sud_essonne_lacks_members_and_the_rest_is_unknown(dossiers):
    view = PoleView(dossiers.of(ESSONNE), "en")
    assert [line.id for line in view.fails] == ["note-inc-2"]
    lines = lines_of(dossiers, ESSONNE)
    assert lines["note-inc-5"].value == "met" and lines["note-inc-8"].value == "not-documented"
    # Note of the Labo, line 175: "three" members, each of them named there.
    assert "175" in lines["note-inc-2"].passages
    assert dict(view.header)["Stage"] == "not documented"
    assert view.made_of.parties[0].title == "Members named (3)"
    # Of URSCOP and its delegation in the Drôme it is unsure whether they are one.
    sud = PoleView(dossiers.of("pole-sud-archer"), "en")
    title = "Members named (8 names, of 7 organisations at least)"
    assert sud.made_of.parties[0].title == title


def test_a_bare_name_fails_nothing(dossiers):
    view = PoleView(dossiers.of("Ardaines"), "en")
    assert view.fails == [] and len(view.to_know) + len(view.to_judge) == 15
    text = unescape(pole_page(dossiers.of("ardaines"), "en"))
    assert "No document says that a criterion is not met." in text
    assert "Révin" in text


def test_every_passage_names_a_source_of_the_page(dossiers):
    view = PoleView(dossiers.of("pole-sud-archer"), "fr")
    told = " ".join(line.passages for line in view.all_lines)
    numbers = {int(number) for number in re.findall(r"\[(\d+)\]", told)}
    assert numbers and max(numbers) <= len(view.cited.sources) == 5


def test_same_facts_same_bytes_and_no_other_language(dossiers):
    dossier = dossiers.of(ESSONNE)
    assert pole_page(dossier) == pole_page(dossier, "fr")
    assert '<html lang="fr">' in pole_page(dossier)
    with pytest.raises(CallError):
        pole_page(dossier, "de")


def test_names_never_become_markup(tiny_hostile):
    dossier, attack = tiny_hostile
    text = pole_page(dossier, "en")
    assert "<img" not in text and "<script" not in text
    assert attack in unescape(text)


@pytest.fixture(scope="module")
def tiny_hostile(tmp_path_factory):
    import shutil

    import ptce_graph
    from tests.conftest import TINY

    attack = "<img src=x onerror=alert(1)>"
    folder = tmp_path_factory.mktemp("hostile") / "tiny"
    shutil.copytree(TINY, folder)
    table = folder / "sources/livret/poles.csv"
    text = table.read_text(encoding="utf-8")
    assert ",Pôle Nord," in text
    table.write_text(text.replace(",Pôle Nord,", f",{attack},"), encoding="utf-8")
    return ptce_graph.load(folder).pole("pole-nord"), attack


def test_the_composition_is_told_with_what_ties_it(dossiers):
    made = PoleView(dossiers.of("pole-sud-archer"), "en").made_of
    # Note of the Labo, line 120: Groupe Archer, COORACE Rhône-Alpes … found a SAS.
    assert made.carrier == ["SAS Pôle Sud"]
    assert "ESS organisation (3)" in made.parties[0].lines[1]
    # Guide of the RTES, line 307: COORACE Rhône-Alpes and the region are in another pole too.
    assert made.shared[0] == (
        "Pôle filière SIAE",
        "both have COORACE Rhône-Alpes, Conseil régional de Rhône-Alpes",
    )
    assert made.brokers[0][0] == "COORACE Rhône-Alpes" and "307" in made.brokers[0][1]
    # The call of 2013 was won by the pole; one of 2011 was tried by those who take part.
    assert made.candidacies[0][0].partition(" – ")[0] == "Pôle Sud"
    assert made.candidacies[0][1].startswith("award winner")
    assert "through COORACE Rhône-Alpes, CRESS Rhône-Alpes" in made.candidacies[1][1]
    assert made.command == "ptce-graph viz --pole pole-sud-archer -o map.html"


def test_the_map_is_the_same_drawing_and_has_a_table(dossiers):
    figure = PoleView(dossiers.of("pole-sud-archer"), "en").made_of.map
    again = PoleView(dossiers.of("pole-sud-archer"), "en").made_of.map
    assert figure.svg == again.svg
    assert "<style" not in figure.svg and "style=" not in figure.svg
    assert 'role="img"' in figure.svg and "table below" in figure.description
    # Each tie has its lines: Adie is told in the note of the Labo, line 120.
    assert any(t.startswith("Adie → Pôle Sud") and "120" in where for t, where in figure.rows)
    # Planned actions are on the interactive map, not here.
    assert "CNCRES" not in figure.svg
    # Of a bare name there is nothing to draw.
    assert PoleView(dossiers.of("ardaines"), "en").made_of.map is None


def test_the_framework_says_what_cannot_be_read(dossiers):
    text = unescape(pole_page(dossiers.of("ardaines"), "en"))
    assert "Of the 27 indicators that the document announces, 18 can be read." in text
    assert "No document holds the answer of any pole" in text
    assert "ptce-graph poles ardaines --questionnaire q.xlsx" in text


ANSWERS = (
    "pole,date,respondent,item,importance\n"
    "ardaines,2024-05,ardaines,ref-ind-lieu,5\n"
    "pole-sud,2023,groupe-archer,ref-ind-lieu,2\n"
)


@pytest.fixture
def profiles(bundled, tmp_path):
    path = tmp_path / "q.csv"
    path.write_text(ANSWERS, encoding="utf-8")
    return bundled.profile([path], language="en")


def test_answers_are_drawn_the_pole_first_with_a_table(dossiers, profiles):
    view = PoleView(dossiers.of("pole-sud-archer"), "en", profiles).on_framework
    assert [figure.columns for figure in view.figures] == [
        ("Indicator", "Pôle Sud Archer, 2023", "Ardaines, May 2024")
    ] * 2
    # Two figures of the same numbers have one table.
    assert [figure.rows[0] for figure in view.tables] == [
        ("An identified, accessible place", "2", "5")
    ]
    text = unescape(pole_page(dossiers.of("pole-sud-archer"), "en", profiles))
    assert text.count("<svg") == 3 and "No document holds the answer" not in text
    with pytest.raises(CallError, match="No answer is about cise-lille"):
        pole_page(dossiers.of("CISE"), "en", profiles)


def test_more_profiles_than_can_be_drawn_are_told(bundled, dossiers, tmp_path):
    path = tmp_path / "q.csv"
    rows = "".join(
        f"{pole},{year},ardaines,ref-ind-lieu,3\n"
        for pole in ("ardaines", "cise-lille", "la-ruche-paris", "cite-phares")
        for year in (2022, 2023, 2024)
    )
    path.write_text(ANSWERS.partition("\n")[0] + "\n" + rows, encoding="utf-8")
    told = bundled.profile([path], language="en")
    view = PoleView(dossiers.of("CISE"), "en", told).on_framework
    # Its two latest moments, then the latest of two others.
    drawn = ["CISE, 2024", "CISE, 2023", "Ardaines, 2024", "La Cité Phares, 2024"]
    assert list(view.figures[0].columns[1:]) == drawn
    (left,) = [line for line in view.told if line.startswith("Not drawn for want of room: ")]
    assert "La Ruche, 2024" in left and "CISE, 2022" in left


def test_in_a_browser_it_asks_for_nothing_fits_and_prints_on_a_sheet(
    dossiers, profiles, browser, tmp_path
):
    from axe_playwright_python.sync_playwright import Axe

    # Recto and verso; a page more where a questionnaire was answered.
    for pole, answers, pages in (
        ("pole-sud-archer", None, 2),
        (ESSONNE, None, 2),
        ("pole-centre-isere", None, 2),
        ("pole-sud-archer", profiles, 3),
    ):
        path = tmp_path / f"{pole}.html"
        path.write_text(pole_page(dossiers.of(pole), "fr", answers), encoding="utf-8")
        context = browser.new_context(
            viewport={"width": 390, "height": 844}, offline=True, bypass_csp=True
        )
        page = context.new_page()
        asked = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(path.as_uri())
        assert asked == [path.as_uri()]
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        printed = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == pages
        context.close()
