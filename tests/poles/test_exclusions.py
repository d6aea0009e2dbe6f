"""The exclusions, on the networks and centres that the documents name."""

from __future__ import annotations

import pytest

from ptce_graph.errors import CallError
from tests.poles.judged import bundled_findings, values_of

EXCLUDED = {
    # The note names the CRES as such networks (N 100, 241); CRESS is their later name (P 124).
    "cress-rhone-alpes": 2,
    "cress-bretagne": 2,
    "cress-ile-de-france": 2,
    "cress-pays-de-la-loire": 2,
    "cres-auvergne": 2,
    "cres-languedoc-roussillon": 2,
    # The five that campaigned together for the call (A 14), called networks of the ESS (P 687).
    "cncres": 2,
    "rtes": 2,
    "mes": 2,
    "coorace": 2,
    "labo-ess": 2,
    # Awareness and promotion is all that they are told to do (N 159).
    "apeas": 2,
    "ardes": 2,
    "cresol": 2,
    "iresa": 2,
    # By their names (P 1108).
    "cci-essonne": 3,
    "agence-economie-essonne": 3,
    # Told as start-up support (P 693), by its name (P 1124).
    "fonds-territorial-france-active": 4,
    "couveuse-epiceas-projets-19": 4,
}
#: Networks of something else (of authorities, of a sector), carriers, support bodies whose nature
#: no document tells: what is known of them elsewhere is no evidence here.
UNTOLD = (
    *("arf", "adf", "adcf", "amgvf", "amf", "opale-cnar-culture", "cofac", "ufisc", "replic"),
    *("association-ecossolies", "coorace-rhone-alpes", "adepes", "avise", "adie", "la-nef"),
    "institut-godin",
)


def test_what_is_excluded():
    found = bundled_findings()
    assert set(found.organisations) == set(EXCLUDED)
    for thing, number in EXCLUDED.items():
        expected = {f"note-exc-{n}": "X" if n == number else "." for n in range(1, 6)}
        assert values_of(found, thing) == expected, thing


@pytest.mark.parametrize("thing", UNTOLD)
def test_what_no_document_tells_is_not_documented(thing):
    assert set(values_of(bundled_findings(), thing).values()) == {"."}


def test_an_exclusion_does_not_pass_from_members_to_a_pole():
    """Pôle Sud has a CRESS and a fund among its members (N 120, 246)."""
    told = values_of(bundled_findings(), "pole-sud-archer")
    assert {told[f"note-exc-{n}"] for n in range(1, 6)} == {"o"}


def test_a_function_alone_does_not_exclude_a_pole():
    """The pole of the SIAE is told as an observatory (C 307, 353), shown without deciding."""
    finding = bundled_findings().one("pole-filiere-siae", "note-exc-5")
    assert finding.value == "not-documented"
    assert [one.weight for one in finding.evidence] == ["supports"]


def test_an_unknown_thing_is_told_with_the_nearest():
    with pytest.raises(CallError) as told:
        bundled_findings().of("pole-sud-arche")
    assert "pole-sud-archer" in str(told.value)
    with pytest.raises(CallError):
        bundled_findings().one("ardaines", "note-inc-9")
