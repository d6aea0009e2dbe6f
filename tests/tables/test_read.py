"""Files as spreadsheets really write them are read right, and no row is lost."""

from __future__ import annotations

import pytest

import ptce_graph

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
        lambda data: data + b"\n,,,,,,,\n\n",
    ],
    ids=["byte order mark", "CRLF", "semicolons", "tabs", "blanks", "blank rows"],
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
        path.write_text(path.read_text(encoding="utf-8").replace(",valdor,", ",lille,"), "utf-8")
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
