"""A newer edition: what it changes is shown, what it ends is kept, and nothing is lost."""

from __future__ import annotations

import csv
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import ptce_graph
from ptce_graph.importers.compare import compare
from ptce_graph.importers.imported import Wish
from ptce_graph.importers.update import read_standing, update_of
from tests.importers.editions import bytes_of, digest, edition, take

A = {"org-a": "Organisation A", "org-b": "Organisation B", "org-c": "Organisation C"}


def _rows(folder, name):
    path = folder / "sources/liste/history" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_first_import_has_no_history(tmp_path):
    update = take(edition(A, "2023"), tmp_path)
    assert update.standing is None and not (tmp_path / "sources/liste/history").exists()
    assert ptce_graph.check(tmp_path) == []


def test_the_same_file_again_changes_no_byte(tmp_path):
    take(edition(A, "2023"), tmp_path)
    before = bytes_of(tmp_path)
    update = take(edition(A, "2023"), tmp_path)
    assert update.identical and bytes_of(tmp_path) == before


def test_what_is_new_changed_and_gone_is_counted_and_named(tmp_path):
    take(edition(A, "2023"), tmp_path)
    newer = {"org-a": "Organisation A", "org-b": "Organisation Bé", "org-d": "Organisation D"}
    update = update_of(edition(newer, "2024"), tmp_path, "0" * 64, Wish())
    assert update.changes.told() == [
        "organisations.csv: 1 new, 1 changed, 1 gone, 2 as before.",
        "  + Organisation D (org-d)",
        "  − Organisation C (org-c)",
        "  ~ Organisation B (org-b) (name « Organisation B » → « Organisation Bé »)",
        "memberships.csv: 1 new, 0 changed, 1 gone, 2 as before.",
        "  + Organisation D – Réseau X – adherent",
        "  − Organisation C – Réseau X – adherent",
    ]
    told = list(csv.reader(update.changes.csv().splitlines()))
    assert told[0] == ["table", "change", "fact", "column", "before", "after"]
    assert told[3][:4] == ["organisations", "changed", "Organisation B (org-b)", "name"]
    assert len(told) == 6


def test_a_row_that_only_moved_has_not_changed(tmp_path):
    take(edition(A, "2023"), tmp_path)
    turned = dict(reversed(A.items()))
    update = take(edition(turned, "2024"), tmp_path)
    assert not update.changes.any
    # The newer edition is what stands; the former one is remembered, without rows.
    assert [p.name for p in (tmp_path / "sources/liste/history").iterdir()] == ["editions.csv"]


def test_the_order_of_several_values_says_nothing(tmp_path):
    one = {"org-a": {"name": "A", "alt_names": "Un|Deux"}}
    other = {"org-a": {"name": "A", "alt_names": "Deux|Un"}}
    changes = compare(edition(one).frames, edition(other).frames)
    assert not changes.any


def test_what_ends_goes_to_the_history_with_its_passage(tmp_path):
    take(edition(A, "2023-05"), tmp_path)
    take(edition({"org-a": "Organisation A"}, "2024-06-01"), tmp_path)
    assert [
        (r["id"], r["lines"], r["edition"], r["invalidated"])
        for r in _rows(tmp_path, "organisations")
    ] == [("org-b", "3", "1", "2024-06-01"), ("org-c", "4", "1", "2024-06-01")]
    former = _rows(tmp_path, "editions")
    assert [(e["edition"], e["date"], e["lines"]) for e in former] == [("1", "2023-05", "4")]
    assert former[0]["digest"] == digest(edition(A, "2023-05"))
    assert ptce_graph.check(tmp_path) == []


def test_a_former_value_is_kept_as_it_was_told(tmp_path):
    take(edition(A, "2023"), tmp_path)
    take(edition({**A, "org-b": {"name": "Autre", "legal_form": "scop"}}, "2024"), tmp_path)
    assert [(r["name"], r["legal_form"]) for r in _rows(tmp_path, "organisations")] == [
        ("Organisation B", "")
    ]


def test_a_member_who_comes_back_and_leaves_again(tmp_path):
    few = {"org-a": "Organisation A"}
    for members, date in ((A, "2020"), (few, "2021"), (A, "2022"), (few, "2023")):
        take(edition(members, date), tmp_path)
    ended = [(r["member"], r["edition"], r["invalidated"]) for r in _rows(tmp_path, "memberships")]
    assert ended == [
        ("org-b", "1", "2021"),
        ("org-c", "1", "2021"),
        ("org-b", "3", "2023"),
        ("org-c", "3", "2023"),
    ]
    assert [e["date"] for e in _rows(tmp_path, "editions")] == ["2020", "2021", "2022"]
    assert ptce_graph.check(tmp_path) == []


def test_a_start_told_more_precisely_changes_a_membership_and_ends_none():
    def told(*starts):
        rows = [
            {
                "member": "a",
                "organisation": "x",
                "role": "membre",
                "start": start,
                "end": "",
                "section": "s",
                "lines": "1",
            }
            for start in starts
        ]
        return {"memberships": pd.DataFrame(rows, dtype=object)}

    one = compare(told("2020"), told("2020-03-01")).tables[0]
    assert (len(one.new), len(one.gone), len(one.before)) == (0, 0, 1)
    # Of two, none says which became which.
    two = compare(told("2010", "2020"), told("2010-01", "2020-03")).tables[0]
    assert (len(two.new), len(two.gone), len(two.before)) == (2, 2, 0)


def test_an_older_edition_is_refused(tmp_path):
    take(edition(A, "2023-05"), tmp_path)
    before = bytes_of(tmp_path)
    with pytest.raises(ptce_graph.CallError, match=r"of 2022; the source holds one of 2023-05"):
        take(edition({"org-a": "Organisation A"}, "2022"), tmp_path)
    assert bytes_of(tmp_path) == before
    # 2023 may be later than May: it is not older for certain.
    take(edition({"org-a": "Organisation A"}, "2023"), tmp_path)
    with pytest.raises(ptce_graph.CallError, match="2023-05"):
        take(edition(A, "2023-04"), tmp_path)


def test_an_edition_that_ends_facts_needs_a_date(tmp_path):
    take(edition(A, "2023"), tmp_path)
    with pytest.raises(ptce_graph.CallError, match="no date"):
        take(edition({"org-a": "Organisation A"}), tmp_path)
    # One that only adds needs none.
    take(edition({**A, "org-d": "Organisation D"}), tmp_path)
    assert ptce_graph.check(tmp_path) == []


def test_the_same_file_read_otherwise_ends_nothing(tmp_path):
    take(edition(A, "2023"), tmp_path, of="a" * 64)
    update = take(edition({"org-a": "Organisation A"}, "2023"), tmp_path, of="a" * 64)
    assert update.same_file and not update.identical
    assert not (tmp_path / "sources/liste/history").exists()
    assert len(ptce_graph.load(tmp_path).actors) == 2


def test_what_a_person_said_of_the_source_stays(tmp_path):
    take(edition(A, "2023"), tmp_path)
    path = tmp_path / "sources/liste/source.yml"
    text = path.read_text("utf-8").replace('title: "list.csv"', 'title: "La liste"')
    path.write_text(text + 'licence: "Licence Ouverte 2.0"\n', "utf-8")
    take(edition({**A, "org-d": "Organisation D"}, "2024"), tmp_path)
    document = read_standing(tmp_path, "liste").document
    assert (document.title, document.licence) == ("La liste", "Licence Ouverte 2.0")
    assert (document.date, document.lines) == ("2024", 5)


def test_rows_of_other_sources_that_would_lead_nowhere_are_told(tmp_path):
    take(edition(A, "2023"), tmp_path)
    other = tmp_path / "sources/autre"
    other.mkdir()
    (other / "source.yml").write_text("title: t\noriginal_file: f\nlines: 9\n", "utf-8")
    (other / "memberships.csv").write_text(
        "member,organisation,role,section,lines\norg-c,reseau-x,membre,s,4\n", "utf-8"
    )
    before = bytes_of(tmp_path)
    with pytest.raises(ptce_graph.DataError, match=r"sources/autre/memberships.csv:2.*org-c"):
        take(edition({"org-a": "Organisation A"}, "2024"), tmp_path)
    assert bytes_of(tmp_path) == before


def test_judgements_on_what_is_gone_wait_for_its_return(tmp_path):
    take(edition(A, "2023"), tmp_path)
    (tmp_path / "identities.csv").write_text(
        "left,right,judgement,reason\norg-a,org-b,same,même adresse\n", "utf-8"
    )
    (tmp_path / "labels.csv").write_text("id,name,note\norg-c,Organisation C,\n", "utf-8")
    assert len(ptce_graph.load(tmp_path).actors) == 3
    take(edition({"org-a": "Organisation A"}, "2024"), tmp_path)
    assert ptce_graph.check(tmp_path) == []
    assert "id/identity" not in ptce_graph.load(tmp_path).nquads
    take(edition(A, "2025"), tmp_path)
    assert len(ptce_graph.load(tmp_path).actors) == 3


def test_a_folder_that_cannot_be_read_whole_is_not_replaced(tmp_path):
    take(edition(A, "2023"), tmp_path)
    path = tmp_path / "sources/liste/memberships.csv"
    path.write_text(path.read_text("utf-8") + "one,cell,too,few\n", "utf-8")
    with pytest.raises(ptce_graph.DataError, match=r"memberships\.csv:5"):
        take(edition(A, "2024"), tmp_path)


_MEMBERS = st.dictionaries(
    st.sampled_from([f"org-{letter}" for letter in "abcde"]),
    st.sampled_from(["Un", "Deux", "Trois"]),
    min_size=1,
)


@settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(editions=st.lists(_MEMBERS, min_size=2, max_size=4), again=st.booleans())
def test_nothing_is_ever_lost(editions, again, tmp_path_factory):
    """Whatever the editions, each fact of each of them is told now or remembered, once."""
    folder = tmp_path_factory.mktemp("folder")
    told, taken, before = set(), 0, None
    for year, members in enumerate(editions, start=2001):
        imported = edition(members, str(year))
        if digest(imported) != before:
            taken += 1
            told |= {(taken, i, name) for i, name in members.items()}
        elif again:
            told_before = bytes_of(folder)
        update = take(imported, folder)
        if digest(imported) == before and again and update.identical:
            assert bytes_of(folder) == told_before
        before = digest(imported)
    history = folder / "sources/liste/history/organisations.csv"
    former = []
    if history.exists():
        with history.open(encoding="utf-8", newline="") as stream:
            former = [(r["id"], r["name"], r["edition"]) for r in csv.DictReader(stream)]
    # No former row twice, and each pair (thing, name) ever told stands somewhere.
    assert len(set(former)) == len(former)
    standing = {(i, name) for i, name in editions[-1].items()}
    assert {(i, name) for _number, i, name in told} == standing | {(i, n) for i, n, _e in former}
    assert ptce_graph.check(folder) == []


_LOOP = """
import sys
sys.path.insert(0, {root!r})
from pathlib import Path
from tests.importers.editions import edition, take
folder, year = Path({folder!r}), int({year!r})
print("ready", flush=True)
for date in range(year, year + 400):
    many = {{f"org-{{n}}": f"Organisation {{n}}" for n in range(date % 7, 60)}}
    take(edition(many, str(date)), folder)
"""


def test_killed_at_any_moment_the_former_state_stands_and_the_next_run_completes(tmp_path):
    folder = tmp_path / "data"
    take(edition(A, "1000"), folder)
    seeded = random.Random(7)
    for round_ in range(4):
        year = 1001 + 400 * round_
        code = _LOOP.format(root=str(Path.cwd()), folder=str(folder), year=year)
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
            assert process.stdout.readline()
            time.sleep(0.05 + seeded.random() * 0.25)
            process.send_signal(signal.SIGKILL)
        assert ptce_graph.check(folder) == []
        # Every edition that is remembered ended at the date of one that came later.
        editions = read_standing(folder, "liste").history.get("editions")
        if editions is not None:
            assert list(editions["edition"]) == [str(n + 1) for n in range(len(editions))]
    take(edition(A, "9000"), folder)
    assert set(ptce_graph.load(folder).actors.index) == {*A, "reseau-x"}
    assert not [p for p in (folder / "sources").iterdir() if p.name.startswith(".")]


def test_ten_digits_of_a_digest_are_no_telephone_number(tmp_path):
    looks = "f0639980000" + "a" * 53
    take(edition(A, "2023"), tmp_path, of=looks)
    take(edition({"org-a": "Organisation A"}, "2024"), tmp_path, of="e0639980000" + "b" * 53)
    assert _rows(tmp_path, "editions")[0]["digest"] == looks
    assert ptce_graph.check(tmp_path) == []
