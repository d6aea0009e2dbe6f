"""What the report says, and the files it writes."""

from __future__ import annotations

import csv
import io
import re
import shutil

import pandas as pd
import pytest

import ptce_graph
from ptce_graph.analysis.result import Request
from ptce_graph.errors import CallError
from ptce_graph.network.filters import Filters
from ptce_graph.network.projections import PROJECTIONS
from ptce_graph.reports.build import report, write_report
from ptce_graph.reports.methods_part import distinct
from ptce_graph.reports.model import Counts

from .conftest import TINY

PARTS = [
    "key-figures",
    "central",
    "memberships",
    "overlap",
    "bridges",
    "brokerage",
    "cuts",
    "mixing",
    "communities",
    "sensitivity",
    "limits",
    "methods",
    "references",
    "documents",
]


def files(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.*")}


def table(made, name):
    return next(t for t in made.tables if t.id == name)


def test_from_question_to_answer_in_order(made, french):
    assert [section.id for section in made.sections] == PARTS
    assert [section.id for section in french.sections] == PARTS


def test_numbers_of_tables_and_figures_follow_the_text(made):
    assert [t.number for t in made.tables] == list(range(1, len(made.tables) + 1))
    assert [f.number for f in made.figures] == list(range(1, len(made.figures) + 1))
    assert len(made.figures) == 5
    assert len({t.id for t in made.tables}) == len(made.tables) > 15


def test_the_first_by_degree_is_counted_by_hand(made, bundled):
    # The neighbours of RTES, from the links table and nothing else: its members, the networks
    # and poles it belongs to or carries, partners of two, actions of more, each once.
    links = bundled.links[bundled.links["state"] == "constate"]
    found = set()
    for row in links[links["kind"] != "cooperation"].itertuples():
        if "rtes" in (row.subject, row.object):
            found.add(row.object if row.subject == "rtes" else row.subject)
    for name, part in links[links["kind"] == "cooperation"].groupby("cooperation"):
        partners = set(part["subject"])
        if "rtes" in partners:
            found |= partners - {"rtes"} if len(partners) == 2 else {f"action {name}"}
    first = table(made, "central-degree").rows[0]
    assert first[:4] == ("1", "RTES", "network", str(len(found)))


def test_key_figures_are_those_of_the_tables(made, bundled):
    counts = next(b for b in made.sections[0].blocks if isinstance(b, Counts))
    told = dict(counts.pairs)
    actors = bundled.actors
    assert told["Poles"] == str((actors["type"] == "pole").sum())
    assert told["Networks"] == str((actors["kind"] == "reseau").sum())
    assert told["Documents"] == str(bundled.links["source"].nunique())


def test_tables_tell_their_rest_and_their_files_are_whole(made):
    for one in made.tables:
        rows = list(csv.reader(io.StringIO(one.csv)))
        assert len(rows) > len(one.rows) or one.id in ("mixing", "without-documents", "cut-points")
        assert len(one.rows) <= 15
        assert all(len(row) == len(one.columns) for row in one.rows)
        assert re.search(r"Nodes: \d+; ties: \d+; links: \d+\. Documents: ", one.basis)
    degree = table(made, "central-degree")
    rows = list(csv.reader(io.StringIO(degree.csv)))
    assert degree.more == len(rows) - 1 - len(degree.rows)


def test_every_number_leads_to_a_definition(made):
    from ptce_graph.reports.html import html_text

    page = html_text(made)
    targets = set(re.findall(r'id="([^"]+)"', page))
    links = set(re.findall(r'href="#([^"]+)"', page))
    assert links <= targets
    for one in made.tables:
        for column in one.columns:
            if column.number and column.label not in ("Before", "After", "Groups"):
                assert column.anchor in targets, (one.id, column.label)


def test_the_facts_behind_a_pair_are_told_with_their_lines(bundled):
    made = report(bundled.facts, bundled.links, Request(between=("COORACE", "rtes")), language="en")
    facts = table(made, "bridges-facts")
    assert facts.title == "The facts behind these bridges: COORACE and RTES"
    links = bundled.links
    known = set(zip(links["source"], links["section"], links["lines"], strict=True))
    assert facts.rows
    for row in facts.rows:
        assert (row[4], row[5], row[6].replace(", ", "|")) in known


def test_two_runs_write_the_same_bytes(tiny, tmp_path):
    for name in ("a", "b"):
        write_report(report(tiny.facts, tiny.links), tmp_path / name)
    first = files(tmp_path / "a")
    assert first == files(tmp_path / "b")
    assert {"report.html", "report.md", "methods.md"} <= set(first)
    assert any(name.endswith(".pdf") for name in first)


def test_settings_of_matplotlib_change_nothing(tiny, french):
    import matplotlib as mpl

    with mpl.rc_context({"font.size": 20, "axes.grid": True, "svg.fonttype": "path"}):
        again = report(tiny.facts, tiny.links)
    assert again == french


def test_no_date_but_those_of_documents(made):
    from datetime import date

    for figure in made.figures:
        assert str(date.today().year) not in figure.svg.split("</desc>")[0]
        assert b"CreationDate" not in figure.pdf


def test_existing_files_are_replaced_and_others_stay(french, tmp_path):
    (tmp_path / "report.md").write_text("old")
    (tmp_path / "mine.txt").write_text("mine")
    page = write_report(french, tmp_path)
    assert page == tmp_path / "report.html"
    assert (tmp_path / "report.md").read_text(encoding="utf-8") != "old"
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_a_file_is_no_folder(french, tmp_path):
    (tmp_path / "taken").write_text("x")
    with pytest.raises(CallError, match="is a file"):
        write_report(french, tmp_path / "taken")


def test_wrong_calls_are_told(tiny):
    with pytest.raises(CallError, match="Reports do not speak de"):
        report(tiny.facts, tiny.links, language="de")
    with pytest.raises(CallError, match="two different"):
        report(tiny.facts, tiny.links, Request(between=("Réseau Alpha", "reseau-alpha")))
    with pytest.raises(CallError):
        report(tiny.facts, tiny.links, Request(projection="nothing"))


@pytest.mark.parametrize("projection", sorted(PROJECTIONS))
def test_every_projection_has_its_report(tiny, projection):
    made = report(tiny.facts, tiny.links, Request(projection=projection), language="en")
    assert [section.id for section in made.sections] == PARTS
    assert all(section.blocks for section in made.sections)


@pytest.mark.parametrize(
    "filters",
    [
        Filters(as_of="1900", kinds=("carrying",), states=("prevu",)),
        Filters(kinds=("membership",)),
        Filters(kinds=("carrying",)),
        Filters(networks=("reseau-alpha",)),
        Filters(),
    ],
    ids=["nothing", "memberships", "carrying", "one network", "planned too"],
)
def test_small_and_empty_networks_say_so(tiny, filters):
    made = report(tiny.facts, tiny.links, Request(filters=filters), language="en")
    assert all(section.blocks for section in made.sections)
    assert all(t.rows for t in made.tables), "an empty table is no answer"


def test_no_link_at_all(tmp_path):
    folder = tmp_path / "tiny"
    shutil.copytree(TINY, folder)
    for name in ("memberships", "participations", "cooperations"):
        for file in folder.glob(f"sources/*/{name}.csv"):
            file.write_text(file.read_text(encoding="utf-8").splitlines()[0] + "\n")
    for file in folder.glob("sources/*/poles.csv"):
        frame = pd.read_csv(file, dtype=str, keep_default_na=False)
        frame.assign(carrier="").to_csv(file, index=False)
    graph = ptce_graph.load(folder)
    assert not len(graph.links)
    made = report(graph.facts, graph.links, language="en")
    assert made.tables == made.figures == ()
    assert "nothing to measure" in str(made.sections[1])


def test_publications_are_named_once():
    found = distinct(
        [
            "Burt, R. S., Structural Holes, 1992; Borgatti, S. P., Structural holes: more, 1997",
            "Burt, R. S., Structural Holes, Harvard University Press, 1992",
            "Freeman, L. C., One, 1977; sampled: Brandes, U. and Pich, C., Two, 2007",
        ]
    )
    assert found == [
        "Borgatti, S. P., Structural holes: more, 1997",
        "Brandes, U. and Pich, C., Two, 2007",
        "Burt, R. S., Structural Holes, Harvard University Press, 1992",
        "Freeman, L. C., One, 1977",
    ]
