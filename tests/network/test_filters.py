"""Filters on the tiny project, worked out from its tables by hand."""

from __future__ import annotations

import pytest

import ptce_graph
from ptce_graph.network.filters import Filters, filtered, territories_of_places


def _told(kg, **given):
    """The links kept, as (subject, object or cooperation, source)."""
    kept = filtered(kg.facts, kg.links, Filters(**given))
    return sorted(zip(kept["subject"], kept["object"], strict=True))


def test_without_filters_all_links_stay(tiny):
    assert len(_told(tiny)) == len(tiny.links) == 13


def test_kinds_roles_and_sources(tiny):
    assert _told(tiny, kinds=("carrying",)) == [("org-un", "pole-nord")]
    assert _told(tiny, roles=("adherent",)) == [
        ("org-deux", "reseau-alpha"),
        ("org-un", "reseau-alpha"),
    ]
    # Two filters must both be met: no carrying has a role.
    assert _told(tiny, kinds=("carrying",), roles=("adherent",)) == []
    assert _told(tiny, sources=("annuaire",)) == [("org-deux", "pole-nord")]
    assert len(_told(tiny, without_sources=("annuaire",))) == 12


@pytest.mark.parametrize(
    ("date", "gone"),
    [
        # Deux joined alpha in 2009, nord in 2010 (another document gives no date); the charter
        # is of 2010 (three parts).
        ("2008", {("org-deux", "reseau-alpha"), ("charte", 3), ("org-deux", "pole-nord")}),
        ("2009", {("charte", 3), ("org-deux", "pole-nord")}),
        ("2010", set()),
        # A day of 2012 is not known to be after "2012"; one of 2013 is.
        ("2012-06-30", set()),
        ("2013", {("org-deux", "reseau-alpha")}),
    ],
)
def test_links_that_hold_on_a_date(tiny, date, gone):
    kept = _told(tiny, as_of=date)
    lost = 0
    for _subject, tied in gone:
        lost += tied if isinstance(tied, int) else 1
    assert len(kept) == 13 - lost
    assert (("org-deux", "reseau-alpha") in kept) == (("org-deux", "reseau-alpha") not in gone)
    # The undated line of the other document stays on every date.
    assert ("org-deux", "pole-nord") in kept


def test_a_network_comes_with_its_members_and_their_other_ties(tiny):
    # Alpha's members are un and deux: all links that touch one of the three.
    assert _told(tiny, networks=("Réseau Alpha",)) == [
        ("org-deux", "pole-nord"),
        ("org-deux", "pole-nord"),
        ("org-deux", "reseau-alpha"),
        ("org-deux", "reseau-beta"),
        ("org-un", "pole-nord"),
        ("org-un", "reseau-alpha"),
        ("reseau-alpha", "charte"),
    ]
    network = tiny.network("affiliation", Filters(networks=("reseau-alpha",)))
    assert list(network.ids) == ["org-deux", "org-un", "pole-nord", "reseau-alpha", "reseau-beta"]


def test_a_pole_a_statut_and_a_region(tiny):
    # Nord, its member deux and its carrier un.
    assert set(_told(tiny, poles=("pole-nord",))) == {
        ("org-deux", "pole-nord"),
        ("org-deux", "reseau-alpha"),
        ("org-deux", "reseau-beta"),
        ("org-un", "pole-nord"),
        ("org-un", "reseau-alpha"),
        ("pole-nord", "ville-et-pole"),
    }
    # Un is an association, and so is alpha; deux a SCOP.
    assert set(_told(tiny, statuts=("scop",))) == {
        ("org-deux", "pole-nord"),
        ("org-deux", "reseau-alpha"),
        ("org-deux", "reseau-beta"),
    }
    # Un, the town and nord are at Valdor, in Haut Val.
    assert {subject for subject, _o in _told(tiny, regions=("Haut Val",))} == {
        "org-un",
        "org-deux",
        "ville-valdor",
        "pole-nord",
    }
    assert territories_of_places(tiny.facts)["valdor"] == {
        "valdor": "commune",
        "haut-val": "departement",
    }


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"kinds": ("membershp",)}, "membership"),
        ({"roles": ("adherant",)}, "adherent"),
        ({"sources": ("livre",)}, "livret"),
        ({"without_sources": ("livre",)}, "livret"),
        ({"networks": ("Réseau Alfa",)}, "Réseau Alpha"),
        # A pole is no network.
        ({"networks": ("pole-nord",)}, "reseau-alpha"),
        ({"poles": ("pole-nor",)}, "pole-nord"),
        ({"regions": ("haut-vale",)}, "haut-val"),
        ({"statuts": ("scopp",)}, "scop"),
        ({"as_of": "31/12/2012"}, "2013-01-31"),
    ],
)
def test_a_value_that_names_nothing_is_told_with_the_nearest(tiny, given, told):
    with pytest.raises(ptce_graph.CallError, match=told):
        filtered(tiny.facts, tiny.links, Filters(**given))


def test_filters_tell_themselves_in_words():
    notes = Filters(kinds=("membership",), as_of="2013").notes()
    assert [n.told(str) for n in notes] == [
        "Kinds of links: membership.",
        "Links that hold on 2013, and links without a date.",
    ]
    assert Filters().notes() == ()


def test_places_lead_to_the_regions_of_then_and_now(bundled):
    told = territories_of_places(bundled.facts)["annonay"]
    assert list(told) == ["annonay", "ardeche", "rhone-alpes", "auvergne-rhone-alpes"]
    assert list(told.values())[-2:] == ["region-ancienne", "region"]
