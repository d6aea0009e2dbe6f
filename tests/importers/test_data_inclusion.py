"""Structures of data·inclusion, in files of its shape made here."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ptce_graph.errors import CallError
from ptce_graph.importers.data_inclusion import read
from ptce_graph.importers.imported import Imported, Wish
from ptce_graph.importers.places import Places
from ptce_graph.importers.reseaux_porteurs import carriers
from ptce_graph.tables.read import read_tables

#: Put together here, so that no file of the project holds a telephone number.
TELEPHONE = "".join(("01", "02", "03", "04", "05"))
NULL = {
    "source": "dora", "id": "dora--1", "nom": "Organisation A", "date_maj": "2025-02-14",
    "siret": None, "commune": None, "code_postal": None, "code_insee": None, "longitude": None,
    "latitude": None, "telephone": None, "courriel": None, "site_web": None,
    "reseaux_porteurs": None,
}  # fmt: skip
ITEMS: list[Any] = [
    NULL,
    NULL | {"id": "dora--2", "nom": "", "siret": "", "reseaux_porteurs": []},
    NULL | {"id": "dora--3", "nom": "Organisation B", "siret": "20000000800017",
            "code_insee": "26362", "longitude": 0.0, "latitude": 0.0, "telephone": TELEPHONE,
            "courriel": "contact@example.org", "site_web": "https://example.org/",
            "reseaux_porteurs": ["coorace", "aci", "communes", "inconnu"]},
    NULL | {"id": "dora--4", "nom": "Organisation B, antenne", "siret": "20000000800025",
            "code_postal": "75010", "commune": "Paris", "reseaux_porteurs": ["coorace", "ei"]},
    NULL | {"id": "dora--5", "nom": "Organisation C", "siret": "12345678901234",
            "site_web": "pas une adresse", "reseaux_porteurs": ["mission-locale"]},
    "nothing",
]  # fmt: skip


@cache
def _known_places() -> pd.DataFrame:
    return read_tables(None)[0].frames["places"]


def _read(path: Path) -> Imported:
    places = Places(_known_places())
    imported = read(path, Wish(), places)
    accounted = imported.rows_kept + imported.rows_left_out + imported.rows_refused
    assert imported.rows_read == accounted
    return imported


def _json(folder: Path, content: Any, name: str = "s.json") -> Path:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_structures_become_organisations(tmp_path: Path) -> None:
    imported = _read(_json(tmp_path, {"items": ITEMS, "total": 6}))
    assert (imported.rows_read, imported.rows_kept) == (6, 4)
    assert dict(zip(imported.refused["row"], imported.refused["column"], strict=True)) == {
        2: "nom", 6: "",
    }  # fmt: skip
    rows = imported.frames["organisations"].set_index("id").to_dict("index")
    assert list(rows) == [
        "data-inclusion-dora-1", "siren-200000008", "data-inclusion-dora-5", "coorace",
        "mission-locale",
    ]  # fmt: skip
    both = rows["siren-200000008"]
    assert (both["name"], both["lines"]) == ("Organisation B", "3|4")
    assert both["siret"] == "20000000800017|20000000800025"
    assert both["accreditations"] == "aci|ei"
    # Valence and Paris: which is the place of the organisation is not said.
    assert (both["place"], both["website"]) == ("", "https://example.org/")
    # A wrong SIRET is not that of the structure, which is one all the same.
    assert (rows["data-inclusion-dora-5"]["siret"], rows["data-inclusion-dora-5"]["website"]) == (
        "", "",
    )  # fmt: skip
    assert (rows["coorace"]["kind"], rows["coorace"]["name"]) == ("reseau", "Fédération COORACE")


def test_networks_have_members_and_kinds_of_establishment_have_none(tmp_path: Path) -> None:
    imported = _read(_json(tmp_path, ITEMS))
    told = imported.frames["memberships"][["member", "organisation", "role", "lines"]]
    assert told.values.tolist() == [
        ["siren-200000008", "coorace", "membre", "3|4"],
        ["data-inclusion-dora-5", "mission-locale", "membre", "5"],
    ]
    notes = " ".join(imported.notes)
    assert "communes (1)" in notes
    assert "inconnu (1)" in notes


def test_telephones_and_addresses_are_never_kept(tmp_path: Path) -> None:
    imported = _read(_json(tmp_path, ITEMS))
    told = "".join(frame.to_csv() for frame in imported.frames.values())
    told += imported.refused.to_csv() + str(imported.notes)
    assert TELEPHONE not in told
    assert "contact@" not in told
    assert {use.column for use in imported.columns if use.why == "personal"} == {
        "telephone", "courriel",
    }  # fmt: skip


@pytest.mark.parametrize("form", ["lines", "structures", "pages", "spaced", "bom"])
def test_every_form_of_the_file_gives_the_same(tmp_path: Path, form: str) -> None:
    plain = _read(_json(tmp_path, ITEMS))
    texts = {
        "lines": "\n".join(map(json.dumps, ITEMS)) + "\n",
        "structures": json.dumps({"total": 6, "structures": ITEMS}),
        "pages": "\n".join(
            json.dumps({"page": 1, "items": part, "pages": {"n": 2}})
            for part in (ITEMS[:2], [], ITEMS[2:])
        ),
        "spaced": json.dumps(ITEMS, indent=3),
        "bom": "\ufeff" + json.dumps(ITEMS),
    }
    path = _json(tmp_path, texts[form], "t.json")
    other = _read(path)
    assert other.rows_read == plain.rows_read
    for name, frame in plain.frames.items():
        pd.testing.assert_frame_equal(frame, other.frames[name])


def test_version_0(tmp_path: Path) -> None:
    item = {"id": "a--1", "nom": "Organisation A", "rna": "W691234567", "typologie": "ASSO",
            "labels_nationaux": ["etti", "emmaus"], "labels_autres": ["x"]}  # fmt: skip
    imported = _read(_json(tmp_path, [item]))
    row = imported.frames["organisations"].iloc[0]
    assert (row["rna"], row["legal_form"], row["accreditations"]) == (
        "W691234567", "association", "etti",
    )  # fmt: skip
    assert list(imported.frames["memberships"]["organisation"]) == ["emmaus"]


def test_a_line_that_is_no_json_does_not_hide_the_next(tmp_path: Path) -> None:
    lines = [json.dumps(NULL), '{"nom": "coupé', json.dumps(NULL | {"id": "dora--9"})]
    imported = _read(_json(tmp_path, "\n".join(lines), "s.jsonl"))
    assert (imported.rows_read, imported.rows_kept, list(imported.refused["row"])) == (3, 2, [2])


@pytest.mark.parametrize(
    "text",
    ["", "nom;siret", "[", '[{"nom": "A"}', '[{"nom": "A"} {"nom": "B"}]', "[1, 2]", "{}",
     '[{"nom": "A"}] x', '{"items": [{"nom": "A"}], "n" 1}', '{"items": [] ',
     "[" * 100_000, '[{"n": ' + "9" * 5000 + "}]", '"text"'],
)  # fmt: skip
def test_files_that_are_no_structures_are_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(CallError):
        _read(_json(tmp_path, text))


def test_half_a_character_is_no_cell(tmp_path: Path) -> None:
    imported = _read(
        _json(tmp_path, '[{"id": "a", "nom": "A\\ud800B", "site_web": "a.fr/\\udc00"}]')
    )
    imported.frames["organisations"].to_csv().encode("utf-8")


def test_an_item_across_the_blocks_of_reading(tmp_path: Path) -> None:
    items = [NULL | {"id": f"d--{n}", "description": "é" * 400_001} for n in range(5)]
    assert _read(_json(tmp_path, items)).rows_kept == 5


def test_the_committed_values(tmp_path: Path) -> None:
    known = carriers()
    accreditations = set(read_tables(None)[0].codes["accreditations"]["code"])
    assert len(known) == 108
    assert {carrier.use for carrier in known.values()} <= {"network", "kind"} | accreditations
    folder = os.environ.get("PTCE_SHARED", "")
    path = Path(folder) / "samples" / "data-inclusion" / "data-inclusion_reseaux-porteurs.json"
    if not folder or not path.exists():
        pytest.skip("PTCE_SHARED names no folder with samples/data-inclusion")
    told = {row["value"]: row["label"] for row in json.loads(path.read_text("utf-8"))}
    assert {value: carrier.label for value, carrier in known.items()} == told


_VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)
_ITEM = st.dictionaries(st.sampled_from([*NULL, "typologie", "x"]), _VALUES, max_size=6) | _VALUES


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(items=st.lists(_ITEM, max_size=5))
def test_no_item_is_lost_whatever_it_holds(tmp_path: Path, items: list[Any]) -> None:
    try:
        imported = _read(_json(tmp_path, items))
    except CallError:
        assert not any(isinstance(item, dict) for item in items if item) or not any(
            isinstance(item, dict) and item.keys() & {"id", "nom", "siret"} for item in items
        )
        return
    assert imported.rows_read == len(items)
