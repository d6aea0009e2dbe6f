"""The invented data: the same for the same seed, sound, and of the shape of real networks."""

from __future__ import annotations

from itertools import combinations

import pandas as pd
import pytest

from benchmarks.generate import MOST_PARTNERS, NETWORKS, facts_of, tables_of
from ptce_graph.network.links import COOPERATION, MEMBERSHIP, links
from ptce_graph.tables.check import check_tables

SIZE = 500


@pytest.fixture(scope="module")
def made():
    return facts_of(SIZE)


@pytest.fixture(scope="module")
def table(made):
    return links(made)


@pytest.fixture(scope="module")
def large():
    return links(facts_of(5_000))


def test_the_same_seed_gives_the_same_facts(made, table):
    again = facts_of(SIZE)
    for name, frame in made.frames.items():
        pd.testing.assert_frame_equal(frame, again.frames[name])
    pd.testing.assert_frame_equal(made.actors, again.actors)
    pd.testing.assert_frame_equal(table, links(again))


def test_another_seed_gives_other_facts(table):
    assert not table.equals(links(facts_of(SIZE, seed=1)))


@pytest.mark.parametrize("size", [1, 2, 60, SIZE, 5_000])
def test_the_tables_are_sound(size):
    # The checks of the project itself: codes, references, dates, facts told twice.
    assert check_tables(tables_of(size)) == []


def test_there_are_as_many_as_asked(made):
    counts = made.actors.groupby(["type", "kind"]).size()
    assert counts["organisation", "reseau"] == NETWORKS
    assert counts["organisation"].sum() == SIZE + NETWORKS
    assert counts["pole"].sum() == 10


def test_about_three_links_per_organisation(table, large):
    assert 2.5 < len(table) / SIZE < 3.5
    assert 2.5 < len(large) / 5_000 < 3.5


def test_every_end_of_a_link_exists(made, table):
    actors = set(made.actors.index)
    cooperations = set(made.frames["cooperations"]["id"])
    assert set(table["subject"]) <= actors
    assert set(table.loc[table["kind"] != COOPERATION, "object"]) <= actors
    assert set(table.loc[table["kind"] == COOPERATION, "object"]) <= cooperations


def test_names_are_invented(made):
    assert made.actors["name"].str.fullmatch(r"(Organisation|Network|Pole) \d+").all()


def test_few_networks_hold_most_members_and_few_organisations_most_memberships(large):
    told = large[large["kind"] == MEMBERSHIP]
    sizes = told.groupby("object")["subject"].nunique()
    sizes = sizes[sizes.index.str.startswith("network-")].sort_values(ascending=False)
    # By Zipf's law the first of 30 has 1/3.99 = a quarter, the median 1/62 of them.
    assert sizes.iloc[0] > 8 * sizes.median()
    several = told.groupby("subject")["object"].nunique()
    assert several.median() <= 2
    assert several.max() >= 10


def test_cooperations_are_mostly_of_two_and_never_of_many(large):
    partners = large[large["kind"] == COOPERATION].groupby("object")["subject"].nunique()
    assert (partners <= 2).mean() > 0.5
    assert (partners >= 5).any()
    assert partners.max() <= MOST_PARTNERS


def test_partners_are_mostly_near(large):
    made = facts_of(5_000)
    place = made.actors["places"]
    parts = large[large["kind"] == COOPERATION]
    same = [
        place[one] == place[other]
        for _name, who in parts.groupby("object")["subject"]
        for one, other in combinations(who, 2)
        if place[one] and place[other]
    ]
    # Independent draws would share a region in about one pair of eight.
    assert sum(same) / len(same) > 0.5


def test_some_links_are_planned_some_dated_some_told_twice(large):
    assert 0 < (large["state"] == "prevu").mean() < 0.1
    assert 0.1 < (large["start"] != "").mean() < 0.5
    assert (large["end"] != "").any()
    twice = large.duplicated(["subject", "object"])
    assert 0 < twice.mean() < 0.1
    assert large["source"].nunique() >= 5
