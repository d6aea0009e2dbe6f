"""One broken table per rule: each is told with file, row, column, value and nearest value."""

from __future__ import annotations

import pytest

import ptce_graph

LIVRET = "sources/livret"


def _replace(relative, old, new):
    def spoil(folder):
        path = folder / relative
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} must stand once in {relative}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return spoil


def _latin1(folder):
    path = folder / LIVRET / "organisations.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp1252"))


def _add(relative, text):
    def spoil(folder):
        path = folder / relative
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")

    return spoil


ORGANISATIONS = f"{LIVRET}/organisations.csv"
POLES = f"{LIVRET}/poles.csv"
MEMBERSHIPS = f"{LIVRET}/memberships.csv"
PARTICIPATIONS = f"{LIVRET}/participations.csv"

# (what is spoilt, how, the one problem: file, row, column, value, nearest)
BROKEN = [
    (
        "unknown code",
        _replace(MEMBERSHIPS, "org-deux,pole-nord,membre,2010", "org-deux,pole-nord,menbre,2010"),
        (MEMBERSHIPS, 6, "role", "menbre", "membre"),
    ),
    (
        "unknown code among several",
        _replace(ORGANISATIONS, "ei|esus", "ei|esuss"),
        (ORGANISATIONS, 5, "accreditations", "esuss", "esus"),
    ),
    (
        "unknown organisation",
        _replace(MEMBERSHIPS, "org-un,reseau-alpha", "org-um,reseau-alpha"),
        (MEMBERSHIPS, 2, "member", "org-um", "org-un"),
    ),
    (
        "a carrier that is a pole",
        _replace(POLES, "Pôle Sud-Est,,,", "Pôle Sud-Est,,pole-nord,"),
        (POLES, 3, "carrier", "pole-nord", ""),
    ),
    (
        "unknown cooperation",
        _replace(PARTICIPATIONS, "charte,reseau-alpha", "chartre,reseau-alpha"),
        (PARTICIPATIONS, 4, "cooperation", "chartre", "charte"),
    ),
    (
        "unknown place",
        _replace(POLES, "org-un,,valdor", "org-un,,valdore"),
        (POLES, 2, "place", "valdore", "valdor"),
    ),
    (
        "bad date",
        _replace(MEMBERSHIPS, "membre,2010,", "membre,12/2010,"),
        (MEMBERSHIPS, 6, "start", "12/2010", ""),
    ),
    (
        "a day that no calendar has",
        _replace(ORGANISATIONS, "2001-03-15", "2001-02-30"),
        (ORGANISATIONS, 4, "created", "2001-02-30", ""),
    ),
    (
        "an end before the start",
        _replace(MEMBERSHIPS, "2009,2012", "2012,2009"),
        (MEMBERSHIPS, 3, "end", "2009", ""),
    ),
    (
        "bad identifier",
        _replace(POLES, "pole-isole,Pôle", "Pôle_isolé,Pôle"),
        (POLES, 4, "id", "Pôle_isolé", ""),
    ),
    (
        "bad web address",
        _replace(ORGANISATIONS, "www.alpha.example", "javascript:alert(1)"),
        (ORGANISATIONS, 2, "website", "javascript:alert(1)", ""),
    ),
    (
        "a line beyond the document",
        _replace(POLES, "20-22", "20-42"),
        (POLES, 2, "lines", "20-42", ""),
    ),
    (
        "bad line",
        _replace(POLES, "20-22", "page 3"),
        (POLES, 2, "lines", "page 3", ""),
    ),
    (
        "empty required cell",
        _replace(POLES, "pole-isole,Pôle Isolé", "pole-isole,"),
        (POLES, 4, "name", "", ""),
    ),
    (
        "the same fact twice in one document",
        _add(MEMBERSHIPS, "org-un,reseau-alpha,adherent,,,Chapitre 4,30,\n"),
        (MEMBERSHIPS, 8, "member", "org-un / reseau-alpha / adherent / ", ""),
    ),
    (
        "missing column",
        _replace(MEMBERSHIPS, "member,organisation,role", "member,organisation,roles"),
        (MEMBERSHIPS, 1, "role", "", "roles"),
    ),
    (
        "a row with too many cells",
        _add(MEMBERSHIPS, "org-un,reseau-beta,membre,,,Chapitre 4,31,,\n"),
        (MEMBERSHIPS, 8, "", "", ""),
    ),
    (
        "Windows-1252",
        _latin1,
        (ORGANISATIONS, 2, "name", "Réseau Alpha", ""),
    ),
    (
        "an organisation that is a pole too",
        _add(POLES, "org-trois,Organisation Trois,,,,,,,,,Chapitre 3,24,\n"),
        (POLES, 5, "id", "org-trois", ""),
    ),
    (
        "a telephone number",
        _replace(MEMBERSHIPS, "Selon le livret.", "Voir au 01 02 03 04 05."),
        (MEMBERSHIPS, 7, "note", "Voir au 01 02 03 04 05.", ""),
    ),
    (
        "judged the same and different",
        _replace(
            "identities.csv", "pole-nord,pole-sud-est,different", "pole-nord,pole-du-nord,different"
        ),
        None,
    ),
    (
        "an organisation judged the same as a pole",
        _add("identities.csv", "pole-nord,org-trois,same,Erreur.\n"),
        ("identities.csv", 4, "right", "org-trois", ""),
    ),
    (
        "a name to show that no document gives",
        _replace("labels.csv", "Organisation Deux", "Organisation Deuxx"),
        ("labels.csv", 2, "name", "Organisation Deuxx", "Organisation Deux"),
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


def _told(problem):
    return (problem.file, problem.row, problem.column, problem.value, problem.nearest)


@pytest.mark.parametrize(
    ("spoil", "expected"), [case[1:] for case in BROKEN], ids=[c[0] for c in BROKEN]
)
def test_each_broken_table_is_told(tiny_copy, spoil, expected):
    spoil(tiny_copy)
    told = [_told(problem) for problem in ptce_graph.check(tiny_copy)]
    if expected is None:
        assert told
    else:
        assert expected in told
    with pytest.raises(ptce_graph.DataError) as raised:
        ptce_graph.load(tiny_copy)
    assert len(raised.value.problems) == len(told)


def test_a_missing_column_is_told_with_the_column_found_in_its_place(tiny_copy):
    _replace(MEMBERSHIPS, "member,organisation,role", "member,organisation,roles")(tiny_copy)
    told = {_told(problem) for problem in ptce_graph.check(tiny_copy)}
    assert (MEMBERSHIPS, 1, "roles", "", "role") in told


def test_the_tiny_and_the_bundled_tables_are_sound():
    from tests.conftest import TINY

    assert ptce_graph.check(TINY) == []
    assert ptce_graph.check() == []


def test_at_most_five_examples_of_a_kind_are_told(tiny_copy):
    rows = "".join(f"org-un,reseau-{n},membre,,,Chapitre 4,31,\n" for n in range(8))
    _add(MEMBERSHIPS, rows)(tiny_copy)
    with pytest.raises(ptce_graph.DataError) as raised:
        ptce_graph.load(tiny_copy)
    text = str(raised.value)
    assert text.count("has no row in") == 5
    assert "3 more" in text


def test_a_folder_without_sources_is_a_wrong_call(tmp_path):
    with pytest.raises(ptce_graph.CallError, match="sources"):
        ptce_graph.load(tmp_path)
