"""One broken ``source.yml`` per rule, each told with its row and key."""

from __future__ import annotations

import pytest

import ptce_graph
from tests.tables.spoiling import added, replaced, told, written

FILE = "sources/livret/source.yml"

BROKEN = [
    (
        "a date that no calendar has",
        replaced(FILE, '"2010-05"', "2010-02-30"),
        [(FILE, 3, "date", "2010-02-30", "")],
    ),
    ("no date", replaced(FILE, '"2010-05"', "mai 2010"), [(FILE, 3, "date", "mai 2010", "")]),
    ("a language", added(FILE, "language: français\n"), [(FILE, 6, "language", "français", "")]),
    ("no lines", replaced(FILE, "lines: 40\n", ""), [(FILE, 0, "lines", "", "")]),
    ("lines of 0", replaced(FILE, "lines: 40", "lines: 0"), [(FILE, 5, "lines", "0", "")]),
    (
        "lines in other digits",
        replaced(FILE, "lines: 40", "lines: ٤٠"),
        [(FILE, 5, "lines", "٤٠", "")],
    ),
    (
        "lines that are too many",
        replaced(FILE, "lines: 40", f"lines: {'9' * 5000}"),
        [(FILE, 5, "lines", "9" * 5000, "")],
    ),
    ("lines in hexadecimal", replaced(FILE, "40", "0x28"), [(FILE, 5, "lines", "0x28", "")]),
    ("an empty title", replaced(FILE, "Livret inventé", ""), [(FILE, 1, "title", "", "")]),
    ("a null title", replaced(FILE, "Livret inventé", "~"), [(FILE, 1, "title", "", "")]),
    ("an unknown key", added(FILE, "licens: x\n"), [(FILE, 6, "licens", "x", "licence")]),
    ("a key twice", added(FILE, "title: Autre\n"), [(FILE, 6, "title", "Autre", "")]),
    ("a list", added(FILE, "note: [a, b]\n"), [(FILE, 6, "note", "", "")]),
    ("a mapping", added(FILE, "note: {a: b}\n"), [(FILE, 6, "note", "", "")]),
    (
        "an alias",
        written(FILE, "title: &t T\noriginal_file: *t\nlines: 40\n"),
        [(FILE, 2, "original_file", "", "")],
    ),
    ("a type", added(FILE, "note: !!python/name:os.system x\n"), [(FILE, 6, "note", "", "")]),
    ("two descriptions", added(FILE, "---\ntitle: b\n"), [(FILE, 6, "", "", "")]),
    ("a text alone", written(FILE, "Livret\n"), [(FILE, 1, "", "", "")]),
    ("nothing", written(FILE, ""), [(FILE, 1, "", "", "")]),
    ("no YAML", added(FILE, "note: 'open\n"), [(FILE, 7, "", "", "")]),
    ("a bad escape", added(FILE, 'note: "\\UFFFFFFFF"\n'), [(FILE, 0, "", "", "")]),
    ("no UTF-8", written(FILE, "title: é\n".encode("cp1252")), [(FILE, 0, "", "", "")]),
    ("a depth", written(FILE, "note: " + "[" * 20_000), [(FILE, 1, "note", "", "")]),
    (
        "a telephone number",
        added(FILE, "note: Voir au 01 02 03 04 05.\n"),
        [(FILE, 6, "note", "Voir au 01 02 03 04 05.", "")],
    ),
    (
        "a character that turns the text around",
        added(FILE, 'note: "a\\u202eb"\n'),
        [(FILE, 6, "note", "a\u202eb", "")],
    ),
]


@pytest.mark.parametrize(
    ("spoil", "expected"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN]
)
def test_each_broken_description_is_told_and_nothing_else(tiny_copy, spoil, expected):
    """Without its number of lines, no passage of the document is judged."""
    spoil(tiny_copy)
    assert [told(problem) for problem in ptce_graph.check(tiny_copy)] == expected


def test_values_stay_as_they_are_written(tiny_copy):
    """YAML would make a date, a number, a truth value and nothing of these."""
    written(
        FILE,
        "title: 2010\npublisher: yes\ndate: 2010-05-02\noriginal_file: 1e3\nlines: 40\nnote:\n",
    )(tiny_copy)
    document = ptce_graph.load(tiny_copy).facts.tables.documents["livret"]
    assert (document.title, document.publisher, document.date) == ("2010", "yes", "2010-05-02")
    assert (document.original_file, document.lines, document.note) == ("1e3", 40, "")
