"""Pairs found in a small folder, by expectations worked out by hand."""

import pytest

import ptce_graph
from ptce_graph.errors import CallError, DataError
from ptce_graph.importers.reconcile.candidates import Search, pairs_of
from ptce_graph.importers.reconcile.folder import Folder
from tests.importers.reconcile.data import MEMBERS, OTHER_SIREN, REGISTER, SIREN, folder_in


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return folder_in(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def scores(folder):
    pairs = pairs_of(Folder.opened(folder).own, search=Search(minimum=0.0))
    return {frozenset((pair.left.id, pair.right.id)): pair for pair in pairs}


def score(scores, one, other):
    pair = scores.get(frozenset((one, other)))
    return pair.found.score if pair else 0.0


def test_the_siren_of_a_siret_makes_it_certain(scores):
    pair = scores[frozenset((f"siren-{SIREN}", "liste-bovami"))]
    assert pair.found.certain
    assert pair.found.score >= 0.98
    assert pair.left.id == f"siren-{SIREN}", "the official identifier is kept"
    assert f"same SIREN {SIREN}" in pair.found.why(str)


def test_two_sirens_are_two_whatever_their_names(scores):
    assert score(scores, f"siren-{SIREN}", f"siren-{OTHER_SIREN}") < 0.01


def test_names_and_places_find_but_never_make_certain(scores):
    for one, other in (
        (f"siren-{SIREN}", "liste-bovami-insertion"),
        ("registre-tulozic", "liste-tulozique"),
        ("registre-ca-niort", "liste-niort-agglo"),
        ("registre-ville", "liste-mairie"),
    ):
        assert 0.85 <= score(scores, one, other) < 0.98, (one, other)


def test_another_commune_and_another_level_tell_apart(scores):
    here = score(scores, "registre-tulozic", "liste-tulozique")
    there = score(scores, "registre-tulozic", "liste-tulozic-lille")
    assert there < 0.5 < here
    assert score(scores, "registre-ville", "liste-niort-agglo") < 0.1
    assert score(scores, "registre-ca-niort", "registre-ville") < 0.1


def test_a_branch_is_not_its_network(scores):
    assert score(scores, "registre-radepi", "liste-radepi-bretagne") < 0.85


def test_reasons_are_told_in_words(scores):
    pair = scores[frozenset((f"siren-{SIREN}", "liste-bovami-insertion"))]
    assert pair.found.why(str) == "same name without “association”; same place (Niort)"


def test_two_establishments_of_one_unit_are_not_certain(tmp_path):
    register = [
        f"siren-{SIREN}-a,Bovami Niort,,,,niort,,{SIREN},{SIREN}00017,,List,1",
        f"siren-{SIREN}-b,Bovami Lille,,,,lille,,{SIREN},{SIREN}00025,,List,2",
    ]
    folder = folder_in(tmp_path, register, MEMBERS[1:2])
    pairs = pairs_of(Folder.opened(folder).own, search=Search(minimum=0.0))
    (pair,) = [pair for pair in pairs if pair.left.siret and pair.right.siret]
    assert not pair.found.certain
    assert pair.found.score < 0.98
    assert "two establishments" in pair.found.why(str)


def test_the_order_of_rows_changes_nothing(tmp_path):
    def told(name, register, members):
        folder = folder_in(tmp_path / name, register, members)
        return ptce_graph.load(folder).reconcile(lang="en", minimum=0.05)

    one = told("one", REGISTER, MEMBERS)
    other = told("other", REGISTER[::-1], MEMBERS[::-1])
    assert one.to_csv() == other.to_csv()
    assert len(one) > 4


def test_only_pairs_of_a_document(folder):
    data = Folder.opened(folder)
    pairs = data.pairs(Search(minimum=0.0, sources=("registre",)))
    assert all("registre" in (*p.left.sources, *p.right.sources) for p in pairs)
    with pytest.raises(CallError, match="registr"):
        data.pairs(Search(sources=("registr",)))


def test_against_the_bundled_graph(tmp_path):
    members = [
        "liste-coorace,Coorace,,,,,,,,,List,1",
        "liste-labo,Le Labo de l'ESS,,,,paris,,,,,List,2",
    ]
    path = folder_in(tmp_path, REGISTER[:1], members)
    data = Folder.opened(path, "bundled")
    pairs = data.pairs(Search())
    found = {(pair.left.id, pair.right.id) for pair in pairs}
    assert ("labo-ess", "liste-labo") in found
    assert ("coorace", "liste-coorace") in found
    for pair in pairs:
        if pair.right.id == "liste-labo" and pair.left.id == "labo-ess":
            assert data.judge(pair, "same") == 1
        elif pair.right.id == "liste-coorace":
            data.judge(pair, "unsure")
    # The folder stays sound, its organisation takes the published address, the old one leads on.
    graph = ptce_graph.load(path)
    assert "labo-ess" in graph.actors.index
    base = "https://w3id.org/ptce/id/organisation/"
    leads = graph.query(f"SELECT ?kept WHERE {{ <{base}liste-labo> owl:sameAs ?kept }}")
    assert leads["kept"].tolist() == [f"{base}labo-ess"]


def test_what_the_bundled_graph_tells_apart_is_not_asked(tmp_path):
    # identities.csv of the bundled data: COORACE is not COORACE Rhône-Alpes.
    path = folder_in(tmp_path, REGISTER[:1], ["coorace,COORACE,,reseau,,,,,,,List,1"])
    pairs = Folder.opened(path, "bundled").pairs(Search(minimum=0.0))
    assert not [pair for pair in pairs if pair.left.id == "coorace-rhone-alpes"]


def test_judgements_name_no_third_folder(tmp_path, folder):
    own = folder_in(tmp_path / "own", REGISTER[:1], MEMBERS[1:2])
    data = Folder.opened(own, folder)
    pairs = data.pairs(Search(minimum=0.0))
    assert pairs
    with pytest.raises(CallError, match="bundled"):
        data.judge(pairs[0], "same")


def test_an_unsound_folder_is_told(tmp_path):
    path = folder_in(tmp_path, ["x"], MEMBERS)
    with pytest.raises(DataError):
        Folder.opened(path)
