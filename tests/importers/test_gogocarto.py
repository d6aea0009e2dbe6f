"""Maps of GoGoCarto and GeoJSON: whole elements, short arrays, features."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ptce_graph
from ptce_graph.importers.gogocarto import read
from ptce_graph.importers.imported import Wish
from ptce_graph.importers.places import Places
from ptce_graph.importers.run import known_places

FULL = {
    "licence": "https://opendatacommons.org/licenses/odbl/summary/",
    "ontology": "gogofull",
    "data": [
        {
            "id": "a1",
            "name": "Organisation A",
            "geo": {"latitude": 45.1, "longitude": 5.7},
            "address": {
                "streetAddress": "5 rue X",
                "addressLocality": "Grenoble",
                "postalCode": "38000",
            },
            "categories": ["Insertion", "Marché"],
            "categoriesFull": [{"id": 1, "name": "Insertion", "index": 0}],
            "website": "https://a.example.org/",
            "telephone": "01 02 03 04 05",
        },
        {"id": "a2", "name": "Organisation B", "siret": "552 120 222 00013", "categories": []},
        {"id": "a3", "name": "Organisation A", "geo": {"latitude": 46.3, "longitude": 0}},
        {"id": "a4", "name": "Organisation A"},
        {"id": "a5", "name": "Effacée", "status": -4},
        {"id": "a6"},
        12,
    ],
}


def _import(tmp_path, content, name="carte.json", **wish):
    path = tmp_path / name
    path.write_text(json.dumps(content), encoding="utf-8")
    return ptce_graph.import_file("gogocarto", path, tmp_path / "data", **wish).imported


def test_whole_elements(tmp_path):
    imported = _import(tmp_path, FULL)
    counts = (imported.rows_read, imported.rows_kept, imported.rows_left_out, imported.rows_refused)
    assert counts == (7, 4, 1, 2)
    rows = imported.frames["organisations"]
    # Told by the place where that tells apart, by the map's own identifier else.
    assert list(rows["id"]) == [
        "carte-organisation-a-grenoble",
        "siren-552120222",
        "carte-organisation-a-a3",
        "carte-organisation-a-a4",
    ]
    assert list(rows["lines"]) == ["1", "2", "3", "4"]
    assert rows.loc[0, "website"] == "https://a.example.org/"
    assert imported.document["licence"] == FULL["licence"]
    assert ptce_graph.check(tmp_path / "data") == []


def test_personal_keys_are_told_and_never_kept(tmp_path):
    imported = _import(tmp_path, FULL)
    why = {use.column: use.why for use in imported.columns}
    assert why["telephone"] == why["streetAddress"] == "personal"
    for path in (tmp_path / "data").rglob("*.*"):
        assert "rue X" not in path.read_text("utf-8", "ignore")


def test_categories_mean_what_an_option_says(tmp_path):
    assert any("Marché (1)" in note for note in _import(tmp_path, FULL).notes)
    options = {"category.insertion": "accreditation:siae", "category.Marché": "network:Réseau X"}
    imported = _import(tmp_path, FULL, options=options)
    assert imported.frames["organisations"].loc[0, "accreditations"] == "siae"
    ties = imported.frames["memberships"]
    assert list(zip(ties["member"], ties["organisation"], ties["role"], strict=True)) == [
        ("carte-organisation-a-grenoble", "reseau-x", "membre")
    ]
    with pytest.raises(ptce_graph.CallError, match="siae"):
        _import(tmp_path, FULL, options={"category.insertion": "accreditation:siaee"})
    with pytest.raises(ptce_graph.CallError, match="legal_form"):
        _import(tmp_path, FULL, options={"category.insertion": "legal_from:scop"})


def test_a_map_of_members(tmp_path):
    imported = _import(tmp_path, FULL, network="COORACE")
    ties = imported.frames["memberships"]
    assert len(ties) == 4 and set(ties["organisation"]) == {"coorace"}
    assert ptce_graph.check(tmp_path / "data") == []


def test_short_arrays(tmp_path):
    content = {
        "ontology": "gogocompact",
        "mapping": ["id", ["name", "siret"], "latitude", "longitude", "status", "moderationState"],
        "data": [["x", ["Organisation A", "55212022200013"], 45.1, 5.7, 1, 0], ["y", ["B"], 1, 2]],
    }
    rows = _import(tmp_path, content).frames["organisations"]
    assert list(rows["id"]) == ["siren-552120222", "carte-b"]
    # Without a mapping, the one that GoGoCarto has by default.
    del content["mapping"]
    content["data"] = [["x", ["Organisation A"], 45.1, 5.7, 1, 0]]
    found = _import(tmp_path, content, date="2024")
    assert list(found.frames["organisations"]["name"]) == ["Organisation A"]


def test_features(tmp_path):
    content = {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "EPSG:4326"}},
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [5.7, 45.1]},
                "properties": {"nom": "Organisation A", "code_insee": "38185"},
            },
            {"type": "Feature", "geometry": None, "properties": None},
        ],
    }
    imported = _import(tmp_path, content, "carte.geojson")
    assert list(imported.frames["organisations"]["place"]) == ["grenoble"]
    assert (imported.rows_kept, imported.rows_refused) == (1, 1)


@pytest.mark.parametrize("content", [[], {}, {"data": []}, {"data": {}}, 3, "x", [1, 2]])
def test_what_is_no_map(tmp_path, content):
    try:
        assert _import(tmp_path, content).rows_kept == 0
    except ptce_graph.CallError as error:
        assert "carte.json" in str(error)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["name", "address", "categories", "status", "id", "data", "type", "siret"]
            )
            | st.text(max_size=4),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@settings(max_examples=80, deadline=None)
@given(items=st.lists(_JSON, max_size=4))
def test_every_element_is_kept_left_out_or_refused(items, tmp_path_factory):
    path = tmp_path_factory.mktemp("carte") / "carte.json"
    path.write_text(json.dumps({"data": items}), encoding="utf-8")
    try:
        imported = read(path, Wish(), Places(known_places(None)))
    except ptce_graph.CallError:
        return
    accounted = imported.rows_kept + imported.rows_left_out + imported.rows_refused
    assert imported.rows_read == accounted == len(items)
