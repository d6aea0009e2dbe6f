"""The static site: what is on its pages, where they lead, what they never do."""

from __future__ import annotations

import csv
import json
import posixpath
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

import ptce_graph
from ptce_graph.errors import CallError
from ptce_graph.publish.site import Site, lists

from .conftest import Element, tree

BASE = "https://w3id.org/ptce/id/"


@pytest.fixture(scope="module")
def pages(written: Path) -> dict[str, Element]:
    """All pages of a written site but the maps, which have tests of their own."""
    found = {
        file.relative_to(written).as_posix(): tree(file.read_bytes())
        for file in sorted(written.rglob("*.html"))
        if file.parent.name != "maps"
    }
    assert len(found) > 600
    return found


def ids_of(page: Element) -> list[str]:
    return [e.attributes["id"] for e in page.walk() if "id" in e.attributes]


def links_of(page: Element) -> list[str]:
    return [e.attributes["href"] for e in page.walk() if "href" in e.attributes]


def broken(path: str, link: str, folder: Path, ids: dict[str, set[str]]) -> bool:
    """Whether a link of a page leads to no file, or to no anchor in it."""
    parts = urlsplit(link)
    if parts.scheme in ("http", "https", "data"):
        return False
    assert not parts.scheme, link
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
    target = target if parts.path else path
    if not (folder / target).is_file():
        return True
    return bool(parts.fragment) and unquote(parts.fragment) not in ids.get(target, set())


def test_every_link_and_anchor_of_the_tiny_site_resolves(
    written: Path, pages: dict[str, Element]
) -> None:
    found = pages
    ids = {path: set(ids_of(page)) for path, page in found.items()}
    links = [(path, link) for path, page in found.items() for link in links_of(page)]
    assert len(links) > 20_000
    # The page for what is not there knows the root of the site, not its own folder.
    links = [(path, link) for path, link in links if path != "404.html"]
    assert [pair for pair in links if broken(*pair, written, ids)] == []
    lost = [link for link in links_of(found["404.html"]) if link.startswith("/")]
    assert lost
    for link in lost:
        assert link.startswith("/ess/")
        assert (written / link.removeprefix("/ess/")).is_file()


def test_an_id_stands_once_on_a_page(pages: dict[str, Element]) -> None:
    for path, page in pages.items():
        told = ids_of(page)
        assert len(told) == len(set(told)), path


def test_links_of_the_bundled_site_lead_to_pages_that_there_are(bundled: Any) -> None:
    site = Site(bundled, maps=False)
    paths = set(site.paths())
    sample = [p for p in sorted(paths) if p.endswith(".html") and p != "404.html"][::23]
    anchors: dict[str, set[str]] = {}
    wrong = []
    for path in sample:
        for link in links_of(tree(site.read(path))):
            parts = urlsplit(link)
            if parts.scheme:
                continue
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), parts.path))
            target = target if parts.path else path
            if target not in paths:
                wrong.append((path, link))
            elif parts.fragment and target.endswith(".html"):
                if target not in anchors:
                    anchors[target] = set(ids_of(tree(site.read(target))))
                if unquote(parts.fragment) not in anchors[target]:
                    wrong.append((path, link))
    assert len(sample) > 60
    assert wrong == []


def test_every_fact_shows_who_says_it(pages: dict[str, Element]) -> None:
    told = 0
    for path, page in pages.items():
        facts = [li for ul in page.find("ul", "facts") for li in ul.children if li != "\n"]
        facts += [dd for dl in page.find("dl", "properties") for dd in dl.find("dd")]
        for fact in (f for f in facts if isinstance(f, Element)):
            passages = fact.find("ul", "passages")
            assert passages, (path, fact.text)
            assert passages[0].find("li"), (path, fact.text)
            judged = "Judgement of this project" in fact.text or "Jugement de ce" in fact.text
            assert judged or fact.find("cite"), (path, fact.text)
            told += 1
    assert told > 300


def section(page: Element, name: str) -> Element:
    found = [s for s in page.find("section") if s.attributes.get("aria-labelledby") == name]
    assert len(found) == 1, name
    return found[0]


def test_what_two_documents_say_of_an_organisation(tiny_site: Site) -> None:
    """Worked out by hand from the tables of ``tests/tiny``."""
    page = tree(tiny_site.read("en/id/organisation/org-deux.html"))
    assert page.find("h1")[0].text == "Organisation Deux"
    belongs = section(page, "belongs")
    facts = [li.text for li in belongs.find("ul", "facts")[0].find("li") if "id" in li.attributes]
    assert facts == [
        "Pôle Nord – member annuaire , Liste, lines 3-4",
        "Pôle Nord – member since 2010 livret , Chapitre 4, lines 32",
        "Réseau Alpha – subscribing member from 2009 to 2012 livret , Chapitre 4, lines 30",
        "Réseau Bêta – member livret , Chapitre 4, lines 31",
    ]
    anchors = [li.attributes["id"] for li in belongs.find("li") if "id" in li.attributes]
    assert "membership-livret.org-deux.reseau-alpha.adherent.2009" in anchors
    described = section(page, "description").text
    assert "Coopérative Deux annuaire , Liste, lines 4" in described
    assert "workers’ cooperative (SCOP)" in described
    figures = section(tree(tiny_site.read("en/id/pole/pole-nord.html")), "figures").text
    assert "jobs : 130 job (about)" in figures.replace("jobs: ", "jobs : ")
    assert "annuaire , Liste, lines 5" in figures


def test_the_measures_of_a_thing_lead_to_their_definitions(tiny_site: Site) -> None:
    rows = section(tree(tiny_site.read("en/id/organisation/org-deux.html")), "measures").find("tr")
    told = {row.find("th")[0].text: [td.text for td in row.find("td")] for row in rows[1:]}
    # Two networks and the pole: tied to three, and a member of three; both nobody surpasses.
    assert told["Degree"] == ["3", "1"]
    assert told["Memberships"] == ["3", "1"]
    link = next(a for a in rows[1].find("a"))
    assert link.attributes["href"] == "../../measures/degree.html"
    definition = tree(tiny_site.read("en/measures/degree.html"))
    assert "Freeman" in section(definition, "definition").text


def test_what_is_planned_is_told_apart(bundled: Any) -> None:
    site = Site(bundled, maps=False)
    page = tree(site.read("en/id/organisation/coorace.html"))
    badges = section(page, "cooperations").find(class_="badge")
    assert badges
    assert {badge.text for badge in badges} == {"planned"}
    frame = bundled.facts.frames["cooperations"]
    done = frame.loc[frame["state"] == "constate", "id"].iloc[0]
    planned = frame.loc[frame["state"] == "prevu", "id"].iloc[0]
    kickers = [
        tree(site.read(f"en/id/cooperation/{c}.html")).find(class_="kicker")[0].text
        for c in (done, planned)
    ]
    assert kickers == ["Action", "Planned action"]


def test_a_question_stands_beside_its_answer(tiny_site: Site) -> None:
    page = tree(tiny_site.read("en/questions/network-members.html"))
    assert tiny_site.read("questions/network-members.rq") is not None
    query = page.find("pre")[0].text
    assert "VALUES ?network" in query
    page = tree(tiny_site.read("en/questions/poles.html"))
    cells = {a.text: a.attributes["href"] for a in section(page, "answer").find("a")}
    assert cells["Pôle Nord"] == "../id/pole/pole-nord.html"
    told = tiny_site.read("questions/poles.csv")
    assert told is not None
    rows = list(csv.reader(told.decode("utf-8").splitlines()))
    table = section(page, "answer").find("tr")
    assert [th.text for th in table[0].find("th")] == rows[0]
    assert len(table) == len(rows)


@pytest.mark.parametrize(
    ("iri", "page"),
    [
        ("organisation/org-un", "id/organisation/org-un.html"),
        # Merged into another: the address stays.
        ("pole/pole-du-nord", "id/pole/pole-du-nord.html"),
        (
            "membership/livret.org-un.reseau-alpha.adherent",
            "id/organisation/org-un.html#membership-livret.org-un.reseau-alpha.adherent",
        ),
        (
            "participation/livret.charte.reseau-alpha.pilote",
            "id/cooperation/charte.html#participation-livret.charte.reseau-alpha.pilote",
        ),
        ("figure/fig-nord-emplois", "id/pole/pole-nord.html#figure-fig-nord-emplois"),
        ("figure/fig-appel-reponses", "id/call/appel-2010.html#figure-fig-appel-reponses"),
        ("criterion/liv-inc-1", "id/source/livret.html#criterion-liv-inc-1"),
        (
            "identity/pole-nord.pole-du-nord",
            "id/pole/pole-nord.html#identity-pole-nord.pole-du-nord",
        ),
        ("graph/livret", "id/source/livret.html"),
        ("passage/livret.chapitre-4.l30", "id/source/livret.html#section-chapitre-4"),
        ("organisation/nobody", ""),
        ("interval/from-2010", ""),
    ],
)
def test_where_an_iri_is_told(tiny_site: Site, iri: str, page: str) -> None:
    assert tiny_site.page_of(BASE + iri) == page
    if page:
        path, _hash, anchor = tiny_site.page_of(BASE + iri, "en").partition("#")
        assert path == f"en/{page.partition('#')[0]}"
        assert not anchor or anchor in ids_of(tree(tiny_site.read(path)))


@pytest.mark.parametrize(
    "path",
    [
        "",
        "nothing.html",
        "id/organisation/nobody.html",
        "id/organisation/../../x.html",
        "../index.html",
        "data/../../secret",
        "maps/../x.html",
        "maps/nothing.html",
        "en/data/index.html",
        "en/maps/all.html",
        "fr/index.html",
        "id/pole/org-un.html",
        "id/organisation/org-un.exe",
        "code/legal-forms/nothing.html",
        "code/nothing.ttl",
        "questions/nothing.csv",
        "questions/../../x.rq",
        "organisations/a.html",
        "profiles/nobody.html",
        "profiles/org-un.html",
        "profiles/pole-du-nord.html",
        "profiles/../id/pole/pole-nord.html",
        "profiles/pole-nord.ttl",
        "search/de.js",
        "/etc/passwd",
    ],
)
def test_there_is_nothing_at_other_paths(tiny_site: Site, path: str) -> None:
    assert tiny_site.read(path) is None


def test_all_paths_are_there_once(tiny_site: Site, written: Path) -> None:
    paths = list(tiny_site.paths())
    assert len(paths) == len(set(paths))
    files = {f.relative_to(written).as_posix() for f in written.rglob("*") if f.is_file()}
    assert files == set(paths)
    sitemap = (written / "sitemap.xml").read_text(encoding="utf-8")
    told = re.findall("<loc>https://tiny.example/ess/([^<]+)</loc>", sitemap)
    apart = {"404.html"}
    assert (
        set(told)
        == {p for p in paths if p.endswith(".html") and not p.startswith(("maps/", "data/"))}
        - apart
    )


def test_the_same_data_give_the_same_bytes(tiny: Any, written: Path) -> None:
    again = Site(tiny, base_url="https://tiny.example/ess/")
    paths = [p for p in sorted(again.paths()) if not p.startswith("maps/")]
    for path in [*paths[::7], "maps/all.html", "index.html", "search/fr.js"]:
        assert again.read(path) == (written / path).read_bytes(), path


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'>{{7*7}}</script>"


def test_text_of_the_data_never_becomes_markup(tiny_copy: Path) -> None:
    for table, old in (
        ("organisations.csv", "Organisation Un"),
        ("poles.csv", "Pôle Isolé"),
        ("cooperations.csv", "Charte commune"),
        ("calls.csv", "Appel de 2010"),
        ("candidacies.csv", "Projet du Nord"),
        ("memberships.csv", "Selon le livret."),
        ("definitions.csv", "Un lieu partagé."),
        ("figures.csv", "emplois du pôle"),
        ("memberships.csv", "Chapitre 4"),
    ):
        file = tiny_copy / "sources/livret" / table
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, '"' + HOSTILE.replace('"', '""') + '"'), encoding="utf-8")
    places = tiny_copy / "geography/places.csv"
    places.write_text(
        places.read_text(encoding="utf-8").replace("Valdor,", "=1+1<b>,"), encoding="utf-8"
    )
    site = Site(ptce_graph.load(tiny_copy), maps=False)
    paths = [p for p in site.paths() if p.endswith(".html") and not p.startswith("en/code")]
    seen = 0
    for path in paths:
        page = site.read(path)
        assert page is not None
        seen += page.count(b"&lt;script&gt;alert(1)")
        root = tree(page)
        assert root.find("img") == [], path
        if "profiles/" in path:
            # It stands alone: no script at all.
            assert root.find("script") == [], path
            continue
        assert root.find("b") == [], path
        scripts = [s for s in root.find("script") if s.attributes.get("type") is None]
        assert len(scripts) == 1, path
        assert not [e for e in root.walk() for name in e.attributes if name.startswith("on")], path
        for data in root.find("script"):
            if data.attributes.get("type"):
                json.loads(data.text)
    assert seen > 50
    index = site.read("search/fr.js")
    assert index is not None
    assert b"<" not in index
    answer = site.read("questions/organisations-by-legal-form.csv")
    assert answer is not None


def test_a_formula_is_neutralised_in_answers(tiny_copy: Path) -> None:
    file = tiny_copy / "sources/livret/poles.csv"
    text = file.read_text(encoding="utf-8").replace("Pôle Isolé", "=1+1")
    file.write_text(text, encoding="utf-8")
    told = Site(ptce_graph.load(tiny_copy), maps=False).read("questions/poles.csv")
    assert told is not None
    assert "'=1+1" in told.decode("utf-8")


def test_long_lists_are_parted_by_letter(tiny: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "LONG", 2)
    site = Site(tiny, maps=False)
    paths = set(site.paths())
    parts = {p for p in paths if p.startswith("organisations/")}
    assert parts == {"organisations/o.html", "organisations/r.html", "organisations/v.html"}
    page = tree(site.read("en/organisations/o.html"))
    names = [a.text for ul in page.find("ul", "entries") for a in ul.find("a")]
    assert names == ["Organisation Deux", "Organisation Trois", "Organisation Un"]


def test_more_things_than_the_limit_are_refused(tiny_site: Site, tmp_path: Path) -> None:
    with pytest.raises(CallError, match="things would make"):
        tiny_site.write(tmp_path, limit=3)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address", ["example.org", "javascript:alert(1)", "https://x.example/?q"])
def test_an_address_that_is_none_is_refused(tiny: Any, address: str) -> None:
    with pytest.raises(CallError, match="no address of a site"):
        Site(tiny, base_url=address)


def test_a_language_nobody_reads_is_refused(tiny: Any) -> None:
    with pytest.raises(CallError):
        Site(tiny, language="de")


def test_numbers_of_registers_are_told_with_the_register_and_who_says_so(numbered: Any) -> None:
    site = Site(numbered, base_url="https://tiny.example/ess")
    page = tree(site.read("en/id/organisation/org-un.html"))
    links = {e.text: e.attributes["href"] for e in page.find("a")}
    directory = "https://annuaire-entreprises.data.gouv.fr"
    assert links["552120222"] == f"{directory}/entreprise/552120222"
    assert links["55212022200021"] == f"{directory}/etablissement/55212022200021"
    assert links["Q42"] == "https://www.wikidata.org/wiki/Q42"
    for name in ("SIREN", "SIRET", "Register of associations (RNA)", "Wikidata", "W751234567"):
        assert name in page.text


@pytest.mark.parametrize(
    ("iri", "page"),
    [
        ("identifier/siren-552120222", "id/organisation/org-un.html"),
        ("identifier/siret-55212022200021", "id/organisation/org-un.html"),
        ("identifier/rna-w9r1234567", "id/organisation/reseau-alpha.html"),
        ("identifier/siren-542065479", ""),
        ("identifier/finess-1", ""),
    ],
)
def test_a_number_leads_to_who_has_it(numbered: Any, iri: str, page: str) -> None:
    assert Site(numbered, base_url="https://tiny.example/ess").page_of(BASE + iri) == page
