"""One broken table per rule: each is told with file, row, column, value and nearest value."""

from __future__ import annotations

import pytest

import ptce_graph
import ptce_graph.errors
from tests.tables.spoiling import added, replaced, told, written

LIVRET = "sources/livret"


def _latin1(folder):
    path = folder / LIVRET / "organisations.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp1252"))


ORGANISATIONS = f"{LIVRET}/organisations.csv"
POLES = f"{LIVRET}/poles.csv"
MEMBERSHIPS = f"{LIVRET}/memberships.csv"
PARTICIPATIONS = f"{LIVRET}/participations.csv"
COOPERATIONS = f"{LIVRET}/cooperations.csv"
FIGURES = f"{LIVRET}/figures.csv"
FRAMEWORK = f"{LIVRET}/framework.csv"
PLACES = "geography/places.csv"
STATES = "codelists/states.csv"
CODES_HEADER = (
    "code,label_fr,label_en,definition_fr,definition_en,broader,exact_match,close_match\n"
)
CONSTATE, PREVU = "constate,constaté,observed,D.,D.", "prevu,prévu,planned,D.,D."


def _states(first, second):
    """A list of states of one's own, with the last three cells of its two codes."""
    return written(STATES, f"{CODES_HEADER}{CONSTATE},{first}\n{PREVU},{second}\n")


def _annuaire(name, columns, row):
    """A table of the other document, with one row."""
    return written(f"sources/annuaire/{name}.csv", f"{columns}\n{row}\n")


COOPERATION = "id,kind,state,name,start,end,section,lines"
OTHER = "sources/annuaire/cooperations.csv"

# (what is spoilt, how, the one problem: file, row, column, value, nearest)
BROKEN = [
    (
        "unknown code",
        replaced(MEMBERSHIPS, "org-deux,pole-nord,membre,2010", "org-deux,pole-nord,menbre,2010"),
        (MEMBERSHIPS, 6, "role", "menbre", "membre"),
    ),
    (
        "unknown code among several",
        replaced(ORGANISATIONS, "ei|esus", "ei|esuss"),
        (ORGANISATIONS, 5, "accreditations", "esuss", "esus"),
    ),
    (
        "unknown organisation",
        replaced(MEMBERSHIPS, "org-un,reseau-alpha", "org-um,reseau-alpha"),
        (MEMBERSHIPS, 2, "member", "org-um", "org-un"),
    ),
    (
        "a carrier that is a pole",
        replaced(POLES, "Pôle Sud-Est,,,", "Pôle Sud-Est,,pole-nord,"),
        (POLES, 3, "carrier", "pole-nord", ""),
    ),
    (
        "unknown cooperation",
        replaced(PARTICIPATIONS, "charte,reseau-alpha", "chartre,reseau-alpha"),
        (PARTICIPATIONS, 4, "cooperation", "chartre", "charte"),
    ),
    (
        "unknown place",
        replaced(POLES, "org-un,,valdor", "org-un,,valdore"),
        (POLES, 2, "place", "valdore", "valdor"),
    ),
    (
        "bad date",
        replaced(MEMBERSHIPS, "membre,2010,", "membre,12/2010,"),
        (MEMBERSHIPS, 6, "start", "12/2010", ""),
    ),
    (
        "a day that no calendar has",
        replaced(ORGANISATIONS, "2001-03-15", "2001-02-30"),
        (ORGANISATIONS, 4, "created", "2001-02-30", ""),
    ),
    (
        "an end before the start",
        replaced(MEMBERSHIPS, "2009,2012", "2012,2009"),
        (MEMBERSHIPS, 3, "end", "2009", ""),
    ),
    (
        "bad identifier",
        replaced(POLES, "pole-isole,Pôle", "Pôle_isolé,Pôle"),
        (POLES, 4, "id", "Pôle_isolé", ""),
    ),
    (
        "bad web address",
        replaced(ORGANISATIONS, "www.alpha.example", "javascript:alert(1)"),
        (ORGANISATIONS, 2, "website", "javascript:alert(1)", ""),
    ),
    (
        "a line beyond the document",
        replaced(POLES, "20-22", "20-42"),
        (POLES, 2, "lines", "20-42", ""),
    ),
    (
        "bad line",
        replaced(POLES, "20-22", "page 3"),
        (POLES, 2, "lines", "page 3", ""),
    ),
    (
        "empty required cell",
        replaced(POLES, "pole-isole,Pôle Isolé", "pole-isole,"),
        (POLES, 4, "name", "", ""),
    ),
    (
        "the same fact twice in one document",
        added(MEMBERSHIPS, "org-un,reseau-alpha,adherent,,,Chapitre 4,30,\n"),
        (MEMBERSHIPS, 8, "member", "org-un / reseau-alpha / adherent / ", ""),
    ),
    (
        "missing column",
        replaced(MEMBERSHIPS, "member,organisation,role", "member,organisation,roles"),
        (MEMBERSHIPS, 1, "role", "", "roles"),
    ),
    (
        "a row with too many cells",
        added(MEMBERSHIPS, "org-un,reseau-beta,membre,,,Chapitre 4,31,,\n"),
        (MEMBERSHIPS, 8, "", "", ""),
    ),
    (
        "Windows-1252",
        _latin1,
        (ORGANISATIONS, 2, "name", "Réseau Alpha", ""),
    ),
    (
        "an organisation that is a pole too",
        added(POLES, "org-trois,Organisation Trois,,,,,,,,,Chapitre 3,24,\n"),
        (POLES, 5, "id", "org-trois", ""),
    ),
    (
        "a telephone number",
        replaced(MEMBERSHIPS, "Selon le livret.", "Voir au 01 02 03 04 05."),
        (MEMBERSHIPS, 7, "note", "Voir au 01 02 03 04 05.", ""),
    ),
    (
        "judged the same and different",
        replaced(
            "identities.csv", "pole-nord,pole-sud-est,different", "pole-nord,pole-du-nord,different"
        ),
        None,
    ),
    (
        "an organisation judged the same as a pole",
        added("identities.csv", "pole-nord,org-trois,same,Erreur.\n"),
        ("identities.csv", 4, "right", "org-trois", ""),
    ),
    (
        "a name to show that no document gives",
        replaced("labels.csv", "Organisation Deux", "Organisation Deuxx"),
        ("labels.csv", 2, "name", "Organisation Deuxx", "Organisation Deux"),
    ),
    (
        "a member of itself",
        added(MEMBERSHIPS, "org-un,org-un,membre,,,Chapitre 4,31,\n"),
        (MEMBERSHIPS, 8, "organisation", "org-un", ""),
    ),
    (
        "a member of itself once merged",
        added(MEMBERSHIPS, "pole-nord,pole-du-nord,membre,,,Chapitre 4,31,\n"),
        (MEMBERSHIPS, 8, "organisation", "pole-du-nord", ""),
    ),
    (
        "a thing compared with itself",
        added("identities.csv", "org-un,org-un,unsure,Erreur.\n"),
        ("identities.csv", 4, "right", "org-un", ""),
    ),
    (
        "a cooperation of nobody",
        added(COOPERATIONS, "vide,mutualisation,constate,Vide,,,Chapitre 5,36,\n"),
        (COOPERATIONS, 4, "id", "vide", ""),
    ),
    (
        "a cooperation of another kind in another document",
        _annuaire("cooperations", COOPERATION, "charte,mutualisation,constate,C,,,Liste,1"),
        (COOPERATIONS, 3, "kind", "elaboration-commune", ""),
    ),
    (
        "a cooperation in another state in another document",
        _annuaire("cooperations", COOPERATION, "charte,elaboration-commune,prevu,C,,,Liste,1"),
        (COOPERATIONS, 3, "state", "constate", ""),
    ),
    (
        "a cooperation that starts at another date in another document",
        _annuaire(
            "cooperations", COOPERATION, "charte,elaboration-commune,constate,C,2009-01,,Liste,1"
        ),
        (COOPERATIONS, 3, "start", "2010", ""),
    ),
    (
        "two spellings of a section",
        added(MEMBERSHIPS, "org-un,reseau-beta,membre,,,CHAPITRE 4,30,\n"),
        (MEMBERSHIPS, 8, "section", "CHAPITRE 4", "Chapitre 4"),
    ),
    (
        "a section that no identifier can keep",
        added(MEMBERSHIPS, "org-un,reseau-beta,membre,,,…,30,\n"),
        (MEMBERSHIPS, 8, "section", "…", ""),
    ),
    (
        "a place within itself",
        replaced(PLACES, "departement,,,", "departement,haut-val,,"),
        (PLACES, 3, "within", "haut-val", ""),
    ),
    (
        "places within each other",
        replaced(PLACES, "departement,,,", "departement,valdor,,"),
        (PLACES, 2, "within", "haut-val", ""),
    ),
    (
        "places that succeed each other",
        written(PLACES, "id,name,type,successor\nvaldor,V,commune,b\nb,B,commune,valdor\n"),
        (PLACES, 3, "successor", "valdor", ""),
    ),
    (
        "an objective above itself",
        replaced(FRAMEWORK, "objectif,a,,", "objectif,a,cad-a-1,"),
        (FRAMEWORK, 2, "parent", "cad-a-1", ""),
    ),
    ("unknown broader code", _states("prevus,,", ",,"), (STATES, 2, "broader", "prevus", "prevu")),
    ("a code above itself", _states("constate,,", ",,"), (STATES, 2, "broader", "constate", "")),
    (
        "codes above each other",
        _states("prevu,,", "constate,,"),
        (STATES, 3, "broader", "constate", ""),
    ),
    ("a match that is no address", _states(",x:y,", ",,"), (STATES, 2, "exact_match", "x:y", "")),
    (
        "a close match that is no address",
        _states(",,http://a.fr|www.a.fr", ",,"),
        (STATES, 2, "close_match", "www.a.fr", ""),
    ),
    (
        "a list without a code that the program relies on",
        written(STATES, f"{CODES_HEADER}{CONSTATE},,,\n"),
        (STATES, 0, "code", "prevu", ""),
    ),
    (
        "two names to show for one merged thing",
        added("labels.csv", "pole-nord,Pôle Nord,\npole-du-nord,Pôle du Nord,\n"),
        ("labels.csv", 4, "id", "pole-du-nord", ""),
    ),
    (
        "a range that runs backwards",
        replaced(FIGURES, "23,26,unite", "26,23,unite"),
        (FIGURES, 4, "value_max", "23", ""),
    ),
    (
        "a figure that two documents give under one identifier",
        replaced("sources/annuaire/figures.csv", "fig-nord-emplois-annuaire", "fig-nord-emplois"),
        (FIGURES, 2, "id", "fig-nord-emplois", ""),
    ),
    (
        "digits of another script in a date",
        replaced(ORGANISATIONS, ",2008,", ",٢٠٠٨,"),
        (ORGANISATIONS, 5, "created", "٢٠٠٨", ""),
    ),
    (
        "digits of another script in lines",
        replaced(POLES, "20-22", "٢٠"),
        (POLES, 2, "lines", "٢٠", ""),
    ),
    (
        "a line number that no document reaches",
        replaced(POLES, "20-22", "9" * 5000),
        (POLES, 2, "lines", "9" * 5000, ""),
    ),
    (
        "a cell that is too long",
        replaced(MEMBERSHIPS, "Selon le livret.", "x" * 10_001),
        (MEMBERSHIPS, 7, "note", "x" * 10_001, ""),
    ),
    (
        "a file that is no table",
        lambda folder: (folder / LIVRET / "membership.csv").write_text("x\n", encoding="utf-8"),
        (f"{LIVRET}/membership.csv", 0, "", "membership.csv", "memberships.csv"),
    ),
    (
        "no description of a source",
        lambda folder: (folder / "sources/annuaire/source.yml").unlink(),
        ("sources/annuaire/source.yml", 0, "", "", ""),
    ),
]


@pytest.mark.parametrize(
    ("spoil", "expected"), [case[1:] for case in BROKEN], ids=[c[0] for c in BROKEN]
)
def test_each_broken_table_istold(tiny_copy, spoil, expected):
    spoil(tiny_copy)
    found = [told(problem) for problem in ptce_graph.check(tiny_copy)]
    if expected is None:
        assert found
    else:
        assert expected in found
    with pytest.raises(ptce_graph.DataError) as raised:
        ptce_graph.load(tiny_copy)
    assert len(raised.value.problems) == len(found)


def test_a_missing_column_is_told_with_the_column_found_in_its_place(tiny_copy):
    replaced(MEMBERSHIPS, "member,organisation,role", "member,organisation,roles")(tiny_copy)
    found = {told(problem) for problem in ptce_graph.check(tiny_copy)}
    assert (MEMBERSHIPS, 1, "roles", "", "role") in found


@pytest.mark.parametrize(
    "character", ["\0", "\x1b", "\t", "\x85", "\u2028", "\u2029", "\u202e", "\u2066", "\ufffd"]
)
def test_a_character_that_nobody_sees_is_told_wherever_it_stands(tiny_copy, character):
    for value in (f"Selon{character}le livret.", f"Selon le livret.{character}."):
        replaced(MEMBERSHIPS, "Selon le livret.", value)(tiny_copy)
        (problem,) = ptce_graph.check(tiny_copy)
        assert told(problem) == (MEMBERSHIPS, 7, "note", value, "")
        assert problem.kind == "character"
        assert character.isprintable() or character not in str(problem)
        replaced(MEMBERSHIPS, value, "Selon le livret.")(tiny_copy)


def test_a_separator_of_lines_is_not_taken_for_a_blank(tiny_copy):
    replaced(MEMBERSHIPS, "Selon le livret.", "Selon le livret.\u2028")(tiny_copy)
    assert [problem.kind for problem in ptce_graph.check(tiny_copy)] == ["character"]


def test_a_problem_is_one_short_line_whatever_the_cell_holds():
    problem = ptce_graph.errors.Problem(
        "a\nb.csv", 2, "na\nme", "x", "a\nforged.csv:1: " + "y" * 200, "say\r\n", "near\x1b"
    )
    text = str(problem)
    assert text.isprintable()
    assert "y" * 80 not in text and "a\\nforged" in text and "…" in text


def test_a_name_that_differs_between_documents_contradicts_nobody(tiny_copy):
    row = "charte,elaboration-commune,constate,Autre nom,2010-03,,Liste,1"
    _annuaire("cooperations", COOPERATION, row)(tiny_copy)
    assert ptce_graph.check(tiny_copy) == []


def test_nearest_is_looked_for_once_per_value_and_not_after_fifty(tiny_copy, monkeypatch):
    """2,000 rows of 1,000 unknown members: the slow search runs 50 times."""
    from ptce_graph.tables import cells

    asked = []
    monkeypatch.setattr(cells, "nearest", lambda value, valid: asked.append(value) or "")
    rows = "".join(
        f"inconnu-{n},{network},membre,,,Chapitre 4,31,\n"
        for n in range(1000)
        for network in ("reseau-alpha", "reseau-beta")
    )
    added(MEMBERSHIPS, rows)(tiny_copy)
    assert len(ptce_graph.check(tiny_copy)) == 2000
    assert len(asked) == len(set(asked)) == 50


def test_nearest_among_many_is_the_one_that_looks_most_alike():
    from ptce_graph.tables.cells import Nearest

    near = Nearest([f"organisation-{n:04}" for n in range(2000)] + ["pole-sud-archer"])
    assert near("pole-sud-archr") == "pole-sud-archer"
    assert near("organisation-1234x") == "organisation-1234"
    assert near("zzzz") == ""


def test_the_tiny_and_the_bundled_tables_are_sound():
    from tests.conftest import TINY

    assert ptce_graph.check(TINY) == []
    assert ptce_graph.check() == []


def test_at_most_five_examples_of_a_kind_aretold(tiny_copy):
    rows = "".join(f"org-un,reseau-{n},membre,,,Chapitre 4,31,\n" for n in range(8))
    added(MEMBERSHIPS, rows)(tiny_copy)
    with pytest.raises(ptce_graph.DataError) as raised:
        ptce_graph.load(tiny_copy)
    text = str(raised.value)
    assert text.count("has no row in") == 5
    assert "3 more" in text


def test_a_folder_without_sources_is_a_wrong_call(tmp_path):
    with pytest.raises(ptce_graph.CallError, match="sources"):
        ptce_graph.load(tmp_path)


def test_a_file_that_cannot_be_read_is_told_without_what_follows_from_it(tiny_copy):
    path = tiny_copy / LIVRET / "organisations.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp1252"))
    kinds = {problem.kind for problem in ptce_graph.check(tiny_copy)}
    assert kinds == {"encoding"}
