"""Awkward data: every analysis gives a sensible table or says what is wrong, in words."""

from __future__ import annotations

import math
import warnings

import pytest

import ptce_graph
from ptce_graph.analysis.analyses import ANALYSES
from ptce_graph.analysis.group_tables import SMALL
from ptce_graph.network.filters import Filters

SOURCE = "title: Livret\noriginal_file: livret.txt\nlines: 99\nlanguage: fr\n"
ORGANISATIONS = "id,name,kind,section,lines\n"
MEMBERSHIPS = "member,organisation,role,start,end,section,lines\n"


def _project(tmp_path, organisations, memberships=()):
    folder = tmp_path / "sources" / "livret"
    folder.mkdir(parents=True)
    (folder / "source.yml").write_text(SOURCE, "utf-8")
    rows = "".join(f"{row},Page,{at}\n" for at, row in enumerate(organisations, 1))
    (folder / "organisations.csv").write_text(ORGANISATIONS + rows, "utf-8")
    rows = "".join(f"{row},Page,{at}\n" for at, row in enumerate(memberships, 20))
    (folder / "memberships.csv").write_text(MEMBERSHIPS + rows, "utf-8")
    return ptce_graph.load(tmp_path)


def _ask(kg, name, ends=("a", "b"), **more):
    needs = {"between": {"between": ends}, "removed": {"removed": (ends[0],)}}
    asked = dict(more)
    for field in ANALYSES[name].needs:
        asked.update(needs[field])
    if "samples" in ANALYSES[name].takes:
        asked.setdefault("samples", 9)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return kg.result(name, **asked)


LONE = ["a,Une,", "b,Autre,"]
ONE = ["a,Une,", "b,Autre,", "r,Réseau,reseau"]
TWO_OF_A_NAME = ["a,Une,", "b,Une,", "r,Réseau,reseau", "s,Second,reseau"]


@pytest.mark.parametrize("name", ANALYSES)
@pytest.mark.parametrize(
    ("organisations", "memberships"),
    [
        (LONE, []),
        (ONE, ["a,r,membre,,", "b,r,membre,,"]),
        (TWO_OF_A_NAME, ["a,r,membre,,", "b,r,membre,,", "b,s,membre,2010,2011"]),
        # A circle: each belongs to the other, one after the other.
        (["a,Une,reseau", "b,Autre,reseau"], ["a,b,membre,2010,2011", "b,a,membre,2012,"]),
    ],
    ids=["no link", "one network", "one name twice", "a circle"],
)
def test_every_analysis_answers(tmp_path, organisations, memberships, name):
    result = _ask(_project(tmp_path, organisations, memberships), name)
    assert list(result.frame.columns)
    told = result.about(str)
    assert told[0] == ANALYSES[name].definition
    assert all("{" not in line for line in told)
    # What is said of the columns is said of columns that are there, and of all but measures.
    if name != "nodes":
        names = {f"{column}_name" for column in ANALYSES[name].actors}
        described = set(ANALYSES[name].columns)
        assert set(result.frame.columns) - names - described == set()


@pytest.mark.parametrize("name", ANALYSES)
def test_every_analysis_of_nothing_answers(tiny, name):
    # No link is of a role in another document: not one node is tied.
    nothing = Filters(kinds=("carrying",), sources=("annuaire",))
    result = _ask(tiny, name, ("org-un", "org-deux"), filters=nothing)
    assert len(result.network.edges) == 0
    if name not in ("nodes", "removal", "stability", "without-documents", "communities"):
        assert result.frame.empty


def test_lone_nodes_have_zeros_and_what_is_undefined_is_empty(tmp_path):
    frame = _ask(_project(tmp_path, LONE), "nodes").frame.set_index("id")
    row = frame.loc["a"]
    for measure in ("degree", "strength", "betweenness", "harmonic", "eigenvector", "core"):
        assert row[measure] == 0
    # Walks that go nowhere start anew: half of the time on each of two.
    assert row["pagerank"] == pytest.approx(0.5)
    for measure in ("constraint", "effective_size", "participation"):
        assert math.isnan(row[measure])
    told = _ask(_project(tmp_path / "again", LONE), "nodes").about(str)
    assert any("constraint: not defined for 2 of 2" in line for line in told)


def test_two_of_one_name_are_told_apart(tmp_path):
    kg = _project(tmp_path, TWO_OF_A_NAME, ["a,r,membre,,"])
    with pytest.raises(ptce_graph.CallError, match="2 things are called Une"):
        kg.result("path", between=("Une", "Second"))
    assert list(kg.analyse("path", between=("a", "r"))["to"]) == ["r"]


def test_a_circle_of_networks_is_no_bridge(tmp_path):
    kg = _project(
        tmp_path,
        ["a,Une,reseau", "b,Autre,reseau", "o,Org,"],
        ["a,b,membre,2010,2011", "b,a,membre,2012,", "o,a,membre,,", "o,b,membre,,"],
    )
    # One belongs to the other: nothing needs to bridge them.
    assert kg.analyse("bridges").empty
    as_of = Filters(states=("constate",), as_of="2009")
    # Before either belonged to the other, the organisation alone ties them.
    assert list(kg.analyse("bridges", filters=as_of)["bridge"]) == ["o"]


def test_dates_that_end_before_they_start_are_refused(tmp_path):
    with pytest.raises(ptce_graph.DataError, match="comes before the start, 2012"):
        _project(tmp_path, ONE, ["a,r,membre,2012,2010"])


def test_small_groups_are_told(tmp_path):
    kg = _project(tmp_path, TWO_OF_A_NAME, ["a,r,membre,,", "b,r,membre,,", "b,s,membre,,"])
    told = _ask(kg, "overlap").about(str)
    assert any(f"2 of 2 groups have fewer than {SMALL} members" in line for line in told)


@pytest.mark.parametrize(
    ("name", "request_", "told"),
    [
        ("nods", {}, "nodes"),
        ("path", {}, "--between A B"),
        ("removal", {}, "--remove NAME"),
        ("path", {"between": ("a", "a")}, "two different names"),
        ("path", {"between": ("a", "zzz")}, "zzz"),
        ("brokerage", {"grouping": "network"}, "networks"),
        ("nodes", {"measures": ["constrain"]}, "constraint"),
        ("stability", {"measures": ["constrain"]}, "constraint"),
        ("nodes", {"projection": "overlaps"}, "overlap"),
    ],
)
def test_what_names_nothing_is_told(tmp_path, name, request_, told):
    with pytest.raises(ptce_graph.CallError, match=told):
        _project(tmp_path, LONE).result(name, **request_)
