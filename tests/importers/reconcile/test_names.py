"""Names made comparable, and what two of them weigh, by cases worked out by hand."""

import pytest

from ptce_graph.importers.reconcile.names import nearly
from ptce_graph.importers.reconcile.normal import abbreviates, folded, name_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Association « L'Usine »", "L’USINE"),
        ("ASSOC. L'USINE", "Usine (association)"),
        ("Œuvre Saint-Vincent", "OEUVRE ST VINCENT"),
        ("S.C.O.P. La Péniche", "la peniche scop"),
        ("Société coopérative d'intérêt collectif Élan", "SCIC SARL Elan"),
        ("Pain & Partage", "pain et partage"),
        ("Les Jardins de Cocagne", "JARDIN DE COCAGNE"),
        ("CRES Bretagne", "CRESS Bretagne"),
        ("Région PACA", "Conseil régional de Provence-Alpes-Côte d'Azur"),
        ("Communauté d'agglomération de Roanne", "Roanne Agglo"),
        ("CA Roanne", "Grand Roanne Agglo"),
        ("Mairie de Lille", "Ville de Lille"),
        ("Commune de Ramonville St Agne", "RAMONVILLE-SAINT-AGNE"),
    ],
)
def test_written_otherwise_but_the_same(one, other):
    assert name_of(one).joined == name_of(other).joined


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("COORACE", "COORACE Rhône-Alpes"),
        ("MES", "MES Ramonville"),
        ("Ligue 95", "Ligue 93"),
        ("SCOP", "SCIC"),
        ("Union régionale des SCOP", "Union régionale"),
        ("Association des régions de France", "Régions de France"),
    ],
)
def test_what_tells_two_apart_stays(one, other):
    assert name_of(one).joined != name_of(other).joined


@pytest.mark.parametrize(
    ("text", "form", "level"),
    [
        ("Association Alveole", "association", ""),
        ("SARL Evolution", "sarl", ""),
        ("Ville de Lille", "", "commune"),
        ("Lille Métropole Communauté Urbaine", "", "epci"),
        ("Conseil Général de Charente Maritime", "", "departement"),
        ("CG93", "", "departement"),
        ("Ca roule", "", ""),
        ("La ville", "", ""),
        ("", "", ""),
        ("???", "", ""),
    ],
)
def test_forms_and_levels(text, form, level):
    assert (name_of(text).form, name_of(text).level) == (form, level)


def test_folded_text_is_ascii_and_bounded():
    assert folded("Môm'Artre – « L'Œil » (n° 2)") == "mom artre l oeil n 2"
    assert folded("東京") == ""
    assert len(folded("a" * 100_000)) <= 300


@pytest.mark.parametrize(
    ("acronym", "text", "covered"),
    [
        ("urscop", "Union régionale des SCOP", 3),
        ("rtes", "Réseau des Territoires pour l'Economie Solidaire", 4),
        ("cress", "Chambre régionale de l'économie sociale et solidaire de Bretagne", 5),
        ("mes", "Mouvement pour l'économie solidaire", 3),
        ("rtes", "Mouvement pour l'économie solidaire", 0),
        ("m", "Mouvement", 0),
    ],
)
def test_initials(acronym, text, covered):
    assert abbreviates(acronym, name_of(text).words) == covered


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("ecossolie", "ecosolie", True),
        ("solidarite", "soldiarite", True),
        ("niort", "niortais", True),
        ("cooperatif", "cooperative", True),
        ("mes", "mer", False),
        ("urscop", "uriopss", False),
        ("20111", "20112", True),
        ("ab123", "12345", False),
    ],
)
def test_words_that_are_nearly_one(one, other, expected):
    assert nearly(one, other) is expected
    assert nearly(other, one) is expected
