"""The query editor, in a browser."""

import csv
import io
import re

import pytest

from tests.server.serving import ROWS

FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture
def page(browser, served):
    context = browser.new_context(locale="en-GB", viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.problems = []
    page.asked = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(served.address + "sparql")
    yield page
    assert page.problems == []
    assert all(url.startswith((served.address, "blob:", "data:")) for url in page.asked)
    context.close()


def run(page, text):
    page.fill("#query", text)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#run:not([disabled])")


def violations(page):
    from axe_playwright_python.sync_playwright import Axe

    return [(v["id"], v["nodes"][0]["html"]) for v in Axe().run(page).response["violations"]]


def test_a_question_is_chosen_and_answered(page):
    page.select_option("#question", "poles-by-region")
    page.wait_for_selector("#result table tbody tr")
    rows = page.locator("#result tbody tr").count()
    assert f"{rows} rows." in page.inner_text("#status")
    assert "#query=" in page.url
    assert violations(page) == []
    # It fits a telephone; the table scrolls in its own frame.
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_all_questions_are_there_in_both_languages(served):
    for language, first in (("fr", "Quels"), ("en", "Which")):
        headers = {"Accept": FIREFOX, "Accept-Language": language}
        text = served.ask("/sparql", headers).text
        options = re.findall(r'<option value="([a-z-]+)">([^<]+)</option>', text)
        names = [name for name, told in options if "-" in name or name in ("poles", "networks")]
        assert len(names) > 90
        assert any(told.startswith(first) for _name, told in options)


def test_errors_show_their_place(page):
    run(page, "SELECT ?x\nWHERE { ?x a ptce:Pole . ?x skos:prefLabel }\n")
    assert page.is_visible("#error")
    told = page.inner_text("#error")
    assert "The SPARQL query cannot be read" in told
    assert "Line 2, column 44" in told
    assert page.locator("#error mark").inner_text() == "}"
    assert page.get_attribute("#query", "aria-invalid") == "true"
    assert violations(page) == []
    run(page, "ASK {}")
    assert not page.is_visible("#error")


def test_things_are_linked_and_texts_stay_texts(page, served):
    run(
        page,
        "SELECT * { VALUES (?a ?b) { (<https://w3id.org/ptce/id/organisation/coorace> "
        "'<img src=x onerror=alert(1)>') (<javascript:alert(1)> '=1+1') } }",
    )
    cells = page.locator("#result td")
    assert cells.nth(1).inner_text() == "<img src=x onerror=alert(1)>"
    assert page.locator("#result img").count() == 0
    links = page.locator("#result a")
    assert links.count() == 1
    assert links.first.get_attribute("href") == "id/organisation/coorace?lang=en"
    links.first.click()
    page.wait_for_load_state()
    assert page.url.startswith(served.address + "en/id/organisation/coorace.html")


def test_files_are_saved_safe_for_a_spreadsheet(page):
    run(page, "SELECT ?a ?b { VALUES (?a ?b) { ('=1+1' 'x,y') ('-2' UNDEF) ('é' 'fin') } }")
    with page.expect_download() as got:
        page.click("#save-csv")
    text = got.value.path().read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows == [["a", "b"], ["'=1+1", "x,y"], ["'-2", ""], ["é", "fin"]]
    with page.expect_download() as got:
        page.click("#save-raw")
    assert got.value.suggested_filename == "ptce.json"


def test_limits_triples_booleans_and_stopping(page):
    run(page, f"SELECT * {{ ?s ?p ?o }} LIMIT {ROWS + 1}")
    assert "too many rows" in page.inner_text("#error")
    run(page, "CONSTRUCT WHERE { ?p a ptce:Pole }")
    assert "ptce:Pole" in page.inner_text("#result")
    assert "Turtle" in page.inner_text("#save-raw")
    run(page, "ASK {}")
    assert "Yes." in page.inner_text("#status")
    page.fill("#query", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    page.click("#run")
    page.click("#stop")
    page.wait_for_selector("#run:not([disabled])")
    assert page.inner_text("#status") == "Stopped."


def test_an_address_holds_a_query(page, served):
    page.goto(served.address + "sparql?query=ASK%20%7B%20%3Fs%20a%20ptce%3APole%20%7D")
    page.wait_for_selector("#result:not([hidden])")
    assert page.input_value("#query") == "ASK { ?s a ptce:Pole }"
    assert "Yes." in page.inner_text("#status")
    page.goto(served.address + "sparql#query=ASK%20%7B%20%7D")
    page.wait_for_function("document.querySelector('#query').value === 'ASK { }'")


def test_nothing_of_an_address_becomes_markup(served):
    path = "/sparql?query=%3C/textarea%3E%3Cscript%3Ealert(1)%3C/script%3E"
    text = served.ask(path, {"Accept": FIREFOX}).text
    assert "<script>alert" not in text
    assert "&lt;/textarea&gt;&lt;script&gt;alert(1)" in text


def test_it_works_without_scripts(browser, served):
    context = browser.new_context(java_script_enabled=False, locale="fr-FR")
    page = context.new_page()
    page.goto(served.address + "sparql")
    assert page.get_attribute("html", "lang") == "fr"
    page.fill("#query", "ASK {}")
    page.select_option("#format", "json")
    page.click("#run")
    assert '"boolean":true' in page.content()
    context.close()
