"""Which network a cell and a date of a list of members speak of."""

from __future__ import annotations

import pytest

import ptce_graph
from ptce_graph.importers.spreadsheet.values import parted_where_known, parts_of

BUNDLED = "COORACE"  # a network of the bundled data


def imported(tmp_path, text, **wish):
    path = tmp_path / "membres.csv"
    path.write_text(text, encoding="utf-8")
    return ptce_graph.import_file("spreadsheet", path, tmp_path / "data", **wish).imported


def belongs(done, *columns):
    frame = done.frames["memberships"].reindex(columns=("member", "organisation", *columns))
    return sorted(tuple(row) for row in frame.fillna("").to_numpy().tolist())


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("COORACE, Réseau A", ["COORACE", "Réseau A"]),
        ("Réseau A, COORACE / RTES", ["Réseau A", "COORACE", "RTES"]),
        # It stands alone in another cell.
        ("Réseau B, Seul", ["Réseau B", "Seul"]),
        # Known as a whole, although pieces of it are networks too.
        ("COORACE, RTES", ["COORACE, RTES"]),
        ("COORACE et RTES", ["COORACE", "RTES"]),
        ("COORACE & Seul", ["COORACE", "Seul"]),
        ("COORACE et villes", ["COORACE et villes"]),
        # No piece of it is known.
        ("Économie sociale, solidaire", ["Économie sociale, solidaire"]),
        ("Réseau C (COORACE, Seul)", ["Réseau C (COORACE, Seul)"]),
    ],
)
def test_a_name_is_parted_where_a_piece_of_it_is_a_network(name, parts):
    known = {"coorace", "rtes", "coorace-rtes"} if name == "COORACE, RTES" else {"coorace", "rtes"}
    assert parted_where_known(name, known, {"seul"}) == parts


COMMAS = (
    "Structure;Réseau\nA;COORACE, Réseau Fictif\nB;Économie sociale, solidaire\n"
    "C;Fédération inventée\nD;Union fictive\nE;Mouvement inventé\n"
)


def test_a_comma_between_networks_makes_no_false_network(tmp_path):
    done = imported(tmp_path, COMMAS)
    assert [told[1] for told in belongs(done)] == [
        "coorace",
        "reseau-fictif",
        "economie-sociale-solidaire",
        "federation-inventee",
        "union-fictive",
        "mouvement-invente",
    ]
    (note,) = [note for note in done.notes if "COORACE + Réseau Fictif" in note]
    assert "separator: whole" in note
    # What was imported once stays as it was read.
    assert belongs(imported(tmp_path, COMMAS)) == belongs(done)


def test_a_name_with_a_comma_that_the_folder_knows_stays_whole(tmp_path):
    first = "Structure;Réseau\nA;x\n"
    imported(tmp_path, first, network="COORACE, Réseau Fictif", source="autre")
    assert ("membres-a", "coorace-reseau-fictif") in belongs(imported(tmp_path, COMMAS))


def test_a_mapping_keeps_names_whole(tmp_path):
    mapping = tmp_path / "m.yml"
    mapping.write_text(
        "columns:\n  Structure: name\n  Réseau: {use: network, separator: whole}\n",
        encoding="utf-8",
    )
    done = imported(tmp_path, COMMAS, mapping=mapping)
    assert ("membres-a", "coorace-reseau-fictif") in belongs(done)
    assert parts_of("a ; b", "whole") == ["a ; b"]


LISTED = "Structure;{networks};Adhérent depuis\nA;COORACE;2012\nB;;03/2015\nC;RTES;\n"


def dated(done):
    return {(member, of): start for member, of, start in belongs(done, "start") if start}


def test_since_when_is_said_of_the_network_whose_list_it_is(tmp_path):
    done = imported(tmp_path, LISTED.format(networks="Autres réseaux"), network="Réseau A")
    assert dated(done) == {
        ("membres-a", "reseau-a"): "2012",
        ("membres-b", "reseau-a"): "2015-03",
    }
    assert any("Adhérent depuis" in note and "Réseau A" in note for note in done.notes)


def test_since_when_is_left_out_where_it_may_be_of_one_or_the_other(tmp_path):
    done = imported(tmp_path, LISTED.format(networks="Réseau"), network="Réseau A")
    assert not dated(done)
    assert any("of which it speaks is not said" in note for note in done.notes)


def test_since_when_is_said_of_the_one_column_beside_other_networks(tmp_path):
    text = (
        "Structure;Réseau;Autres réseaux;Adhérent depuis\nA;COORACE;RTES;2012\n"
        "B;COORACE / MES;;2013\nC;RTES;COORACE;\nD;MES;;2014\n"
    )
    done = imported(tmp_path, text)
    assert dated(done) == {("membres-a", "coorace"): "2012", ("membres-d", "mes"): "2014"}
    # Of a cell with two networks it is not said which of them the date is about.
    assert any("2013" in note and "several networks" in note for note in done.notes)


def test_dates_beside_columns_of_crosses_are_of_the_network_of_the_list(tmp_path):
    text = "Structure;COORACE;RTES;Adhérent depuis\nA;x;;2012\nB;;x;2013\nC;x;x;2014\n"
    done = imported(tmp_path, text, network="Réseau A")
    assert {of for _member, of in dated(done)} == {"reseau-a"}
    assert len(dated(done)) == 3


def test_other_networks_without_the_one_of_the_list_ask_for_it(tmp_path):
    done = imported(tmp_path, LISTED.format(networks="Autres réseaux"))
    assert any("--network" in note and "Autres réseaux" in note for note in done.notes)
