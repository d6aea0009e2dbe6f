"""How good the pairs are, on labelled ones; the floors fail when quality falls.

The floors stand a little below what ``benchmarks/reconcile.py`` measured; its
figures are told in ``docs/reconciliation.md``.
"""

import csv
import os
from pathlib import Path

import pytest

from benchmarks.noise import lists
from benchmarks.reconcile import bundled_quality, quality
from ptce_graph.importers.reconcile.actors import Gazetteer, actors_of
from ptce_graph.importers.reconcile.candidates import Search, pairs_of, unjudged, weights_of
from ptce_graph.importers.reconcile.score import compared
from ptce_graph.tables.read import read_tables

#: Things of like names that are not one, by the documents (data/identities.csv tells why).
DIFFERENT = [
    ("mes", "mes-ramonville"),
    ("mes", "maison-economie-solidaire-vierzon"),
    ("mes-ramonville", "maison-economie-solidaire-vierzon"),
    ("coorace", "coorace-rhone-alpes"),
    ("urscop-pole-sud", "urscop-nord-pas-de-calais"),
    ("groupe-archer", "sas-pole-sud"),
    ("pole-sud-archer", "pole-sud-aquitaine-tarnos"),
    ("apes", "apeas"),
    ("collectif-pes", "collectif-economie-solidaire"),
    ("ville-lille", "lille-metropole"),
    ("ligue-enseignement-ardennes", "ligue-95"),
    ("cress-rhone-alpes", "coorace-rhone-alpes"),
]
#: One thing under two names that its documents show to be one.
SAME = [
    ("pole-sud-archer", "pole-sud-rhone-alpes"),
    ("cite-phares", "le-phares"),
    ("ca-roanne", "grand-roanne-agglo"),
    ("ca-grenoble", "grenoble-alpes-metropole"),
    ("nantes-metropole", "communaute-urbaine-nantes"),
    ("cress-bretagne", "cres-bretagne"),
]


@pytest.fixture(scope="module")
def scored():
    facts = unjudged(read_tables()[0])
    gazetteer = Gazetteer(facts.tables.frames["places"])
    actors = actors_of(facts, gazetteer)
    weights = weights_of([actors], gazetteer.runs)
    by_id = {actor.id: actor for actor in actors}
    return lambda one, other: compared(by_id[one], by_id[other], weights)


@pytest.mark.parametrize("pair", DIFFERENT, ids="-".join)
def test_like_names_of_different_things_are_not_suggested(scored, pair):
    assert scored(*pair).score < 0.85


@pytest.mark.parametrize("pair", SAME, ids="-".join)
def test_one_thing_under_two_names_is_suggested(scored, pair):
    found = scored(*pair)
    assert found.score >= 0.85
    assert not found.certain, "a name never makes it certain"


def test_the_documents_have_no_wrong_suggestion_and_half_of_the_right_ones():
    right, wrong, missing = bundled_quality(0.85)
    assert wrong == 0
    assert right / (right + missing) >= 0.5


def test_precision_and_recall_on_invented_lists():
    register, members, truth = lists(6_000, 800)
    pairs = pairs_of(members, register, Search(minimum=0.5))
    for threshold, precision, recall in ((0.5, 0.85, 0.80), (0.85, 0.94, 0.68), (0.95, 0.96, 0.60)):
        right, wrong, missing = quality(pairs, truth, threshold)
        assert right / (right + wrong) >= precision, threshold
        assert right / (right + missing) >= recall, threshold


def test_precision_and_recall_on_names_of_sirene():
    path = Path(os.environ.get("PTCE_SHARED", "")) / "samples" / "sirene" / "sirene_ess_2025.csv"
    if not os.environ.get("PTCE_SHARED") or not path.is_file():
        reason = "PTCE_SHARED names no folder that holds samples/sirene/sirene_ess_2025.csv"
        print(reason)
        pytest.skip(reason)
    with path.open(encoding="utf-8", newline="") as stream:
        told = [row["denominationUniteLegale"] for row in csv.DictReader(stream)]
    names = list(dict.fromkeys(name for name in told if name))
    register, members, truth = lists(len(names), len(names) // 4, names=names)
    pairs = pairs_of(members, register, Search(minimum=0.5))
    right, wrong, missing = quality(pairs, truth, 0.85)
    assert right / (right + wrong) >= 0.98
    assert right / (right + missing) >= 0.75
