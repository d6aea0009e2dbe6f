"""The composition of three poles, worked out by hand from the CSV files."""

import pytest

from ptce_graph.errors import CallError
from ptce_graph.poles.composition import BELONGS, IS_PARTY, THROUGH, composition, counts


@pytest.fixture(scope="module")
def whole(bundled):
    return bundled.network()


@pytest.fixture(scope="module")
def pole_sud(bundled, whole):
    return composition(bundled.facts, whole, "Pôle Sud Archer")


def test_pole_sud_names_eight_members_who_are_at_least_seven(pole_sud):
    members = {party.id for party in pole_sud.having("member")}
    assert members == {
        "groupe-archer",
        "coorace-rhone-alpes",
        "cress-rhone-alpes",
        "adie",
        "fonds-territorial-france-active",
        "la-nef",
        "urscop-pole-sud",
        "urscop-delegation-departementale-drome",
    }
    # The URSCOP and its delegation in the Drôme are judged unsure.
    assert pole_sud.at_least == 7
    assert [party.id for party in pole_sud.having("carrier")] == ["sas-pole-sud"]
    # The Sicoval shares a working group with the pole: no cooperation about the pole.
    assert {p.id for p in pole_sud.having("partner")} == {"groupe-archer", "region-rhone-alpes"}


def test_pole_sud_by_kind(pole_sud):
    told = {
        row.code: (row.member, row.carrier)
        for row in counts(pole_sud.parties, "kinds").itertuples()
    }
    assert told == {
        "structure-ess": (3, 0),
        "reseau": (2, 0),
        "financeur": (1, 0),
        "entreprise": (0, 1),
        "collectivite": (0, 0),
        "": (2, 0),
    }
    forms = counts(pole_sud.parties, "statuts")
    assert set(forms["code"]) == {"sas", "region", ""}


def test_networks_that_pole_sud_touches(pole_sud):
    assert [(t.network, t.how, t.through) for t in pole_sud.networks] == [
        ("coorace", THROUGH, ("coorace-rhone-alpes", "groupe-archer")),
        ("coorace-rhone-alpes", IS_PARTY, ()),
        ("cress-rhone-alpes", IS_PARTY, ()),
    ]
    assert BELONGS not in {t.how for t in pole_sud.networks}
    through = pole_sud.networks[0].evidence
    assert {(e.document, e.lines) for e in through} == {
        ("cahier-rtes", "307"),
        ("article-coorace", "2|4"),
    }


def test_brokers_of_pole_sud_by_hand(pole_sud):
    # Without the pole: Archer – COORACE – COORACE Rhône-Alpes (C), and from C to the region (R)
    # by the pole of work integration (F) and by the contract (K): 13 nodes, 12 × 11 / 2 = 66
    # pairs around each. Through C: {Archer, COORACE} × {F, K, R} and half of (F, K) = 6.5;
    # COORACE: Archer with C, F, K, R = 4; F: half of (C, R), (COORACE, R), (Archer, R) = 1.5;
    # R: half of (F, K) = 0.5.
    found = {b.id: b.betweenness for b in pole_sud.brokers}
    assert found == {
        "coorace-rhone-alpes": pytest.approx(6.5 / 66),
        "coorace": pytest.approx(4 / 66),
        "pole-filiere-siae": pytest.approx(1.5 / 66),
        "region-rhone-alpes": pytest.approx(0.5 / 66),
    }
    first = pole_sud.brokers[0]
    assert first.party and first.id == "coorace-rhone-alpes"
    # Three neighbours of equal weight, not tied to each other: 3 × (1/3)².
    assert first.constraint == pytest.approx(1 / 3)
    assert first.evidence
    assert not next(b for b in pole_sud.brokers if b.id == "coorace").party


def test_what_pole_sud_shares_and_asked_for(pole_sud):
    assert [(s.pole, s.parties, s.networks) for s in pole_sud.shared] == [
        ("pole-filiere-siae", ("coorace-rhone-alpes", "region-rhone-alpes"), ()),
        ("pole-filiere-sanitaire-sociale", ("region-rhone-alpes",), ()),
        ("pole-dechets-alpilles", (), ("coorace",)),
    ]
    own, through = pole_sud.candidacies
    assert (own.id, own.outcome, own.through) == ("c2013-002", "laureat", ())
    assert (through.id, through.through) == (
        "c2011-110",
        ("coorace-rhone-alpes", "cress-rhone-alpes"),
    )


def test_sud_essonne_is_three_integration_enterprises_and_its_carrier(bundled, whole):
    found = composition(bundled.facts, whole, "pole-economie-solidaire-sud-essonne")
    assert {p.id: p.accreditations for p in found.having("member")} == {
        "action-emploi": ("ai",),
        "potagers-du-telegraphe": ("aci",),
        "val-emploi": ("ei",),
    }
    assert found.at_least == 3
    # A star: the three meet in the association alone. The support that the pole itself gives
    # to the three is left out with the pole.
    assert [(b.id, b.betweenness) for b in found.brokers] == [("collectif-pes", 1.0)]
    assert (found.networks, found.shared, found.candidacies) == ((), (), ())


def test_le_phares_has_a_member_an_initiator_and_an_authority_concerned(bundled, whole):
    found = composition(bundled.facts, whole, "Le Phares")
    assert [(p.id, p.parts, p.roles) for p in found.parties] == [
        ("andines", ("member",), ("membre",)),
        ("ca-plaine-commune", ("partner",), ("collectivite-concernee",)),
        ("halage", ("partner",), ("initiateur",)),
    ]
    # Plaine Commune belongs to the RTES, but is no member of the pole.
    assert found.networks == ()
    assert found.brokers == ()


def test_a_bare_pilot_is_made_of_nothing_that_is_known(bundled, whole):
    found = composition(bundled.facts, whole, "ardaines")
    assert (found.parties, found.at_least, found.brokers) == ((), 0, ())
    assert counts(found.parties, "kinds").empty


def test_an_unknown_pole_is_told(bundled, whole):
    with pytest.raises(CallError, match="Nothing here is called"):
        composition(bundled.facts, whole, "COORACE")
