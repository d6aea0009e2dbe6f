"""Names that are markup or formulas, from the file to all that is shown or written of them."""

from __future__ import annotations

import csv
from html.parser import HTMLParser

import pytest

import ptce_graph
from tests.cli.test_commands import run
from tests.importers.awkward_files import accounted, imported, live_cells

#: Each would run if it ever became markup; ``ATTACK`` is in all of them.
ATTACK = "attaque(7)"
NAMES = (
    f"<img src=x onerror={ATTACK}>",
    f"</script><script>{ATTACK}</script>",
    f'"><svg onload={ATTACK}>',
    f"<!-- {ATTACK} --><b>",
    f"' onmouseover={ATTACK} x='",
    f"</title></textarea><iframe src=javascript:{ATTACK}>",
    "{{7*7}} ${7*7} <%= 7*7 %>",
    "+ de Lien",
    "@ Coop",
)
SHADY = ("site.example/?a=javascript:x", "a.example/é&<b>", f"javascript:{ATTACK}")


class Markup(HTMLParser):
    """The elements and attributes that a browser would make of a page."""

    def __init__(self):
        super().__init__()
        self.wrong = []
        self.scripts = []

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            text = (value or "").strip().casefold()
            if (name.startswith("on") and ATTACK in text) or text.startswith("javascript:"):
                self.wrong.append((tag, name, value))
        if tag in ("iframe", "embed", "object") or (tag, ("src", "x")) in ((tag, a) for a in attrs):
            self.wrong.append((tag, attrs))
        self.scripts.append([dict(attrs).get("type", ""), ""] if tag == "script" else None)

    def handle_data(self, data):
        if self.scripts and self.scripts[-1]:
            self.scripts[-1][1] += data

    def handle_endtag(self, tag):
        if tag == "script" and self.scripts:
            self.scripts.append(None)


def markup_of(path):
    page = Markup()
    page.feed(path.read_text("utf-8"))
    page.close()
    alone = [told for told in page.scripts if told and told[1].strip() == ATTACK]
    return page.wrong + alone


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """Two sources that name the same attacks, tied to a network that is one, too."""
    folder = tmp_path_factory.mktemp("shown")
    for file, town in (("un.csv", "Grenoble"), ("deux.csv", "Grenoble")):
        with (folder / file).open("w", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream, delimiter=";")
            writer.writerow(("Nom", "Ville", "Site web", "Réseau"))
            for at, name in enumerate(NAMES):
                writer.writerow((name, town, SHADY[at % len(SHADY)], f"<u>{ATTACK}</u> R"))
        done = ptce_graph.import_file("spreadsheet", folder / file, folder / "data")
        accounted(done)
        assert done.imported.rows_kept == len(NAMES)
    return folder / "data"


def test_the_map_shows_names_and_runs_none(data, tmp_path):
    ptce_graph.load(data).map(tmp_path / "map.html")
    assert markup_of(tmp_path / "map.html") == []


def test_the_site_shows_names_and_runs_none(data, tmp_path):
    done = run("site", "--data", data, "-o", tmp_path / "site", "--no-maps")
    assert done.returncode == 0, done.stderr
    pages = sorted((tmp_path / "site").rglob("*.html"))
    assert len(pages) > len(NAMES)
    assert [(path.name, markup_of(path)) for path in pages if markup_of(path)] == []


def test_no_table_that_is_written_has_a_cell_to_run(data, tmp_path):
    graph = ptce_graph.load(data)
    graph.export("csv", tmp_path / "csv")
    assert live_cells(tmp_path / "csv") == []
    done = run("reconcile", "--data", data, "-o", tmp_path / "review.csv")
    assert done.returncode == 0, done.stderr
    with (tmp_path / "review.csv").open(newline="", encoding="utf-8-sig") as stream:
        text = stream.read()
    assert "onerror" in text
    assert live_cells(tmp_path) == []


def test_refused_rows_and_changes_have_no_cell_to_run(tmp_path):
    text = "Nom;SIREN\nA;\n=1+1;\n@SUM(1);\n-1;\n+1;\nB;=cmd|'/c calc'!A0\nC;-5\nD;@x\n"
    done = accounted(imported(tmp_path, "spreadsheet", text, network="R"))
    assert done.imported.rows_refused == 7
    refused = (tmp_path / "data/sources/membres/refused.csv").read_text("utf-8")
    for cell in ("'=1+1", "'@SUM(1)", "'-1", "'+1", "'=cmd|", "'-5", "'@x"):
        assert f",{cell}" in refused
    (tmp_path / "membres.csv").write_text("Nom\n+ de Lien\n@ Coop\n")
    command = ("import", "spreadsheet", tmp_path / "membres.csv", "--data", tmp_path / "data")
    more = ("--network", "R", "--yes", "--changes", tmp_path / "changes.csv", "--date", "2024")
    done = run(*command, *more)
    assert done.returncode == 0, done.stderr
    assert "'+ de Lien" in (tmp_path / "changes.csv").read_text("utf-8")
    assert ptce_graph.check(tmp_path / "data") == []
