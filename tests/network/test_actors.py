"""Names that people write lead to the thing they mean, or to words on what to do."""

from __future__ import annotations

import pytest

import ptce_graph
from ptce_graph.network.actors import find_actor


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("reseau-alpha", "reseau-alpha"),
        ("Réseau Alpha", "reseau-alpha"),
        ("reseau ALPHA", "reseau-alpha"),
        # Its other name, and the identifier that was merged.
        ("ra", "reseau-alpha"),
        ("pole-du-nord", "pole-nord"),
    ],
)
def test_identifier_name_case_accents(tiny, told, found):
    assert find_actor(tiny.facts, told) == found


def test_ligatures(bundled):
    assert find_actor(bundled.facts, "coorace") == "coorace"
    assert find_actor(bundled.facts, "RTES", ("network",)) == "rtes"


def test_two_organisations_of_one_name(tiny_copy):
    table = tiny_copy / "sources/livret/organisations.csv"
    table.write_text(
        table.read_text("utf-8").replace("Organisation Trois", "Organisation Un"), "utf-8"
    )
    facts = ptce_graph.load(tiny_copy).facts
    with pytest.raises(ptce_graph.CallError, match=r"2 things(.|\n)*org-trois, org-un"):
        find_actor(facts, "Organisation Un")


def test_an_unknown_name_is_told_with_the_nearest(tiny):
    with pytest.raises(ptce_graph.CallError, match="Réseau Bêta"):
        find_actor(tiny.facts, "Réseau Béat", ("network",))


def test_a_part_of_a_name_is_answered_with_the_whole_names_that_hold_it(bundled):
    # One pole is called so; two texts near in letters (dombes-saone …) are not meant.
    with pytest.raises(ptce_graph.CallError) as error:
        find_actor(bundled.facts, "sud essonne", ("pole",))
    assert "Pôle Economie Solidaire Sud-Essonne" in str(error.value)
    assert "dombes" not in str(error.value)
