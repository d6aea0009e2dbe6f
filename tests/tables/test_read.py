"""Files as spreadsheets really write them are read right, and no row is lost."""

from __future__ import annotations

import pytest

import ptce_graph
from tests.tables.spoiling import added, replaced, told, written

MEMBERSHIPS = "sources/livret/memberships.csv"


def _rewritten(folder, change):
    path = folder / MEMBERSHIPS
    path.write_bytes(change(path.read_bytes()))
    return folder


def _quoted_break(data):
    return data.replace(b"Selon le livret.", b'"Selon\nle livret."')


@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.replace(b",", b";"),
        lambda data: data.replace(b",", b"\t"),
        lambda data: data.replace(b"org-un,", b"  org-un ,"),
        lambda data: data.replace(b"org-un,", b"\xc2\xa0org-un\t,"),
        lambda data: data + b"\n,,,,,,,\n\n",
        lambda data: data.replace(b"\n", b"\r"),
    ],
    ids=[
        "byte order mark",
        "CRLF",
        "semicolons",
        "tabs",
        "blanks",
        "other blanks",
        "blank rows",
        "CR only",
    ],
)
def test_habits_of_spreadsheets_change_nothing(tiny, tiny_copy, change):
    assert ptce_graph.load(_rewritten(tiny_copy, change)).nquads == tiny.nquads


def test_columns_may_stand_in_any_order(tiny, tiny_copy):
    path = tiny_copy / MEMBERSHIPS
    rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    path.write_text("\n".join(",".join(reversed(row)) for row in rows), encoding="utf-8")
    assert ptce_graph.load(tiny_copy).nquads == tiny.nquads


def test_a_column_that_is_not_required_may_be_absent(tiny, tiny_copy):
    path = tiny_copy / "sources/annuaire/memberships.csv"
    path.write_text(
        "member,organisation,role,section,lines\norg-deux,pole-du-nord,membre,Liste,3-4\n", "utf-8"
    )
    assert ptce_graph.load(tiny_copy).nquads == tiny.nquads


def test_one_document_and_nothing_else_is_a_data_folder(tiny_copy):
    """Code lists and places are lent; judgements of the bundled data are not."""
    import shutil

    for name in ("identities.csv", "labels.csv", "geography", "sources/annuaire"):
        path = tiny_copy / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in tiny_copy.glob("sources/livret/*.csv"):
        text = path.read_text(encoding="utf-8")
        text = text.replace(",valdor,", ",lille,").replace(",haut-val,", ",lille,")
        path.write_text(text, "utf-8")
    graph = ptce_graph.load(tiny_copy)
    assert len(graph.actors) == 9


def test_a_break_inside_quotes_stays_in_its_cell_and_counts_one_row(tiny_copy):
    folder = _rewritten(tiny_copy, _quoted_break)
    path = folder / MEMBERSHIPS
    path.write_text(
        path.read_text(encoding="utf-8") + "org-un,reseau-beta,menbre,,,Chapitre 4,31,\n",
        encoding="utf-8",
    )
    # The header is row 1 and six rows follow: the bad one is row 8 in a spreadsheet.
    (problem,) = ptce_graph.check(folder)
    assert (problem.row, problem.value, problem.nearest) == (8, "menbre", "membre")


def test_every_row_of_the_files_is_in_the_tables(bundled):
    import csv

    from ptce_graph.bundled import DATA_DIR

    for name, frame in bundled.facts.frames.items():
        count = 0
        for path in (DATA_DIR / "sources").glob(f"*/{name}.csv"):
            with path.open(encoding="utf-8", newline="") as file:
                count += sum(1 for _row in csv.DictReader(file))
        assert len(frame) == count > 0, name


def test_a_break_inside_quotes_is_the_same_whatever_ends_the_lines(tiny_copy):
    texts = []
    for change in (_quoted_break, lambda data: data.replace(b"\n", b"\r\n")):
        texts.append(ptce_graph.load(_rewritten(tiny_copy, change)).nquads)
    assert texts[0] == texts[1]


def test_shuffled_rows_change_nothing_anywhere(tiny, tiny_copy):
    """Not the graph, not the links, not a byte of the map."""
    for path in tiny_copy.rglob("*.csv"):
        header, *rows = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join([header, *reversed(rows)]) + "\n", encoding="utf-8")
    graph = ptce_graph.load(tiny_copy)
    assert graph.nquads == tiny.nquads
    assert graph.links.equals(tiny.links)
    tiny.map(tiny_copy / "a.html")
    graph.map(tiny_copy / "b.html")
    assert (tiny_copy / "a.html").read_bytes() == (tiny_copy / "b.html").read_bytes()


def test_who_is_a_network_in_one_document_is_a_network(tiny_copy):
    """The directory comes first in the alphabet and calls it something else."""
    row = "reseau-alpha,Réseau Alpha,,structure-ess,,,,,,Liste,4,\n"
    added("sources/annuaire/organisations.csv", row)(tiny_copy)
    assert ptce_graph.load(tiny_copy).actors.at["reseau-alpha", "kind"] == "reseau"


def test_nobody_is_a_frame_with_its_columns(tiny):
    from dataclasses import replace

    from ptce_graph.tables.facts import facts

    tables = tiny.facts.tables
    frames = {name: frame.iloc[:0] for name, frame in tables.frames.items()}
    nobody = facts(replace(tables, frames=frames)).actors
    assert len(nobody) == 0
    assert list(nobody.columns) == list(tiny.actors.columns)


def _link(relative):
    def spoil(folder):
        path = folder / relative
        path.unlink(missing_ok=True)
        path.symlink_to(folder / "nowhere")

    return spoil


def _renamed(relative, name):
    def spoil(folder):
        path = folder / relative
        path.rename(path.with_name(name))

    return spoil


def _row(cells):
    return added(MEMBERSHIPS, cells + "\n")


def _bytes(old, new):
    """Like ``replaced``, for bytes that are no text."""
    return lambda folder: _rewritten(folder, lambda data: data.replace(old, new))


LIVRET = "sources/livret"
LONG = "x" * 200_000

# (what is spoilt, how, kind of the problem, where it is told)
BROKEN = [
    (
        "a stray quote at the start",
        _row('"org-un"x,reseau-beta,membre,,,Chapitre 4,31,'),
        "quotes",
        (MEMBERSHIPS, 8, "", '"org-un"x,reseau-beta,membre,,,Chapitre 4,31,', ""),
    ),
    (
        "a quote that is never closed",
        _row('org-un,reseau-beta,membre,,,Chapitre 4,31,"Selon'),
        "quotes",
        (MEMBERSHIPS, 8, "", 'org-un,reseau-beta,membre,,,Chapitre 4,31,"Selon', ""),
    ),
    (
        "two stray quotes around a row",
        _row('org-un,reseau-beta,"membre,,,C,31,\na,b,c,,,C,31,\nd,e,membre",,,Chapitre 4,31,'),
        "quotes",
        (MEMBERSHIPS, 8, "role", "membre,,,C,31,\na,b,c,,,C,31,\nd,e,membre", ""),
    ),
    (
        "two stray quotes in two rows",
        _row('org-un,reseau-beta,"membre,,,C,31,\nd,e,membre",,,Chapitre 4,31,'),
        "quotes",
        (MEMBERSHIPS, 8, "role", "membre,,,C,31,\nd,e,membre", ""),
    ),
    (
        "a cell beyond what the reader takes",
        replaced(MEMBERSHIPS, "Selon le livret.", LONG),
        "long cell",
        (MEMBERSHIPS, 7, "", f"org-trois,pole-sud-est,membre,,,Chapitre 4,33,{LONG}", ""),
    ),
    (
        "a column that stands twice",
        replaced(MEMBERSHIPS, "lines,note", "lines,lines"),
        "repeated column",
        (MEMBERSHIPS, 1, "lines", "", ""),
    ),
    (
        "a bad byte at the start of a row",
        _bytes(b"org-trois,pole", b"\xe9org-trois,pole"),
        "encoding",
        (MEMBERSHIPS, 7, "member", "éorg-trois", ""),
    ),
    (
        "a bad byte in the second line of a cell",
        _bytes(b"Selon le livret.", b'"Selon\nle livr\xe9, dit-il."'),
        "encoding",
        (MEMBERSHIPS, 7, "note", "Selon\nle livré, dit-il.", ""),
    ),
    (
        "a bad byte in the header",
        _bytes(b"lines,note", b"lines,not\xe9"),
        "encoding",
        (MEMBERSHIPS, 1, "", "noté", ""),
    ),
    ("a dangling link", _link(MEMBERSHIPS), "unreadable file", (MEMBERSHIPS, 0, "", "", "")),
    (
        "a dangling link in place of a shared table",
        _link("geography/places.csv"),
        "unreadable file",
        ("geography/places.csv", 0, "", "", ""),
    ),
    (
        "a folder named as a table",
        lambda folder: (
            (folder / LIVRET / "definitions.csv").unlink()
            or (folder / LIVRET / "definitions.csv").mkdir()
        ),
        "unreadable file",
        (f"{LIVRET}/definitions.csv", 0, "", "", ""),
    ),
    *(
        (
            f"an unknown file: {name}",
            written(name, "x\n"),
            "unknown file",
            (name, 0, "", value, near),
        )
        for name, value, near in (
            (f"{LIVRET}/memberships.xlsx", "memberships.xlsx", "memberships.csv"),
            (f"{LIVRET}/memberships.CSV", "memberships.CSV", "memberships.csv"),
            (f"{LIVRET}/membership.csv", "membership.csv", "memberships.csv"),
            ("sources/memberships.csv", "memberships.csv", ""),
            ("label.csv", "label.csv", "labels.csv"),
            ("geography/place.csv", "place.csv", "places.csv"),
            ("codelists/membership-role.csv", "membership-role.csv", "membership-roles.csv"),
        )
    ),
    (
        "a folder in a source",
        written(f"{LIVRET}/sub/memberships.csv", "x\n"),
        "unknown file",
        (f"{LIVRET}/sub", 0, "", "sub", ""),
    ),
    (
        "a folder beside the sources",
        written("source/livret/memberships.csv", "x\n"),
        "unknown file",
        ("source", 0, "", "source", "sources"),
    ),
    (
        "a source that is no identifier",
        _renamed("sources/annuaire", "Annuaire 2010"),
        "source name",
        ("sources/Annuaire 2010", 0, "", "Annuaire 2010", "annuaire-2010"),
    ),
    (
        "a source named as a graph",
        _renamed("sources/annuaire", "places"),
        "source name",
        ("sources/places", 0, "", "places", ""),
    ),
]


@pytest.mark.parametrize(
    ("spoil", "kind", "expected"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN]
)
def test_each_broken_file_is_told(tiny_copy, spoil, kind, expected):
    spoil(tiny_copy)
    found = [(problem.kind, told(problem)) for problem in ptce_graph.check(tiny_copy)]
    assert (kind, expected) in found
    assert len([one for one, _told in found if one == kind]) == 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
def test_wide_text_is_told_as_such(tiny_copy, encoding):
    path = tiny_copy / MEMBERSHIPS
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
    (problem,) = ptce_graph.check(tiny_copy)
    assert problem.kind == "encoding"
    assert encoding[:6].upper() in problem.message and "1252" not in problem.message


def test_a_file_that_may_not_be_read_is_told(tiny_copy, monkeypatch):
    from pathlib import Path

    read = Path.read_bytes

    def refuse(path):
        if path.name == "memberships.csv":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    problems = ptce_graph.check(tiny_copy)
    assert {problem.kind for problem in problems} == {"unreadable file"}


def test_notes_and_hidden_files_are_welcome(tiny_copy):
    for name in (
        "README.md",
        "sources/README.md",
        f"{LIVRET}/README.md",
        f"{LIVRET}/.memberships.csv",
        "sources/.git/organisations.csv",
        ".hidden",
    ):
        written(name, "x\n")(tiny_copy)
    assert ptce_graph.check(tiny_copy) == []


def test_what_is_wrong_in_the_description_of_the_data_set_is_told(tiny_copy):
    written("dataset.yml", "titel_fr: Essai\ntitle_fr: Essai\npublisher: X\ndescription_fr: Y\n")(
        tiny_copy
    )
    (problem,) = ptce_graph.check(tiny_copy)
    assert (problem.file, problem.row, problem.column) == ("dataset.yml", 1, "titel_fr")
    assert problem.nearest == "title_fr"


def test_sources_without_anybody_are_one_problem(tmp_path):
    (tmp_path / "sources").mkdir()
    (problem,) = ptce_graph.check(tmp_path)
    assert (problem.file, problem.row, problem.kind) == ("sources", 0, "no data")
