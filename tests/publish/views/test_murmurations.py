"""Murmurations profiles: valid where written, counted with the reason where not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft7Validator

from ptce_graph.publish.release import Release
from ptce_graph.publish.views.murmurations import INDEX, murmurations

TEXT, URL = {"type": "string"}, {"type": "string", "maxLength": 2000, "pattern": "^https?://.*"}
#: The fields of organizations_schema-v1.0.0 that profiles use, with the constraints of the
#: published fields (MurmurationsNetwork/MurmurationsLibrary, schemas/ and fields/), and
#: no others allowed.
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["linked_schemas", "name", "primary_url"],
    "additionalProperties": False,
    "properties": {
        "linked_schemas": {
            "type": "array",
            "items": {
                "type": "string",
                "pattern": r"^[a-z][a-z0-9_]{7,97}-v[0-9]+\.[0-9]+\.[0-9]+$",
            },
            "minItems": 1,
            "uniqueItems": True,
        },
        "name": {"type": "string", "maxLength": 200},
        "primary_url": URL,
        "unique_id": TEXT,
        "urls": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"name": TEXT, "url": URL},
                "required": ["name", "url"],
            },
        },
        "tags": {
            "type": "array",
            "items": {"type": "string", "maxLength": 100},
            "uniqueItems": True,
            "minItems": 1,
            "maxItems": 100,
        },
        "country_iso_3166": {"enum": ["FR"]},
        "geolocation": {
            "type": "object",
            "required": ["lat", "lon"],
            "properties": {
                "lat": {"type": "number", "minimum": -90, "maximum": 90},
                "lon": {"type": "number", "minimum": -180, "maximum": 180},
            },
        },
        "relationships": {
            "type": "array",
            "uniqueItems": True,
            "items": {
                "type": "object",
                "required": ["predicate_url", "object_url"],
                "properties": {"predicate_url": URL, "object_url": URL},
            },
        },
    },
}


@pytest.fixture(scope="module")
def files(bundled) -> dict[str, Any]:
    told = murmurations(Release(bundled.nquads, bundled.network()))
    return {name: json.loads(content) for name, content in told.items()}


def test_every_profile_is_valid(files) -> None:
    validator = Draft7Validator(SCHEMA)
    profiles = {name: told for name, told in files.items() if name != INDEX}
    # 22 organisations and poles have a website in the tables.
    assert len(profiles) == 22
    for name, told in profiles.items():
        assert not list(validator.iter_errors(told)), name


def test_the_index_counts_everybody(files, bundled) -> None:
    index = files[INDEX]
    without = {told["reason"]: told["count"] for told in index["not_written"]}
    websites = bundled.actors["websites"].map(len)
    assert index["profiles"] == int((websites > 0).sum()) == len(index["written"])
    assert without["no-website"] == int((websites == 0).sum())
    assert index["profiles"] + sum(without.values()) == len(bundled.actors)
    assert {told["file"] for told in index["written"]} == set(files) - {INDEX}


def test_a_profile_says_what_the_documents_say(files) -> None:
    """plan-action-2013, annex 1, lines 982-988: the pole, its town, its address on the Web."""
    told = files["pole/pole-sud-aquitaine-tarnos.json"]
    assert told["primary_url"] == "http://www.cbe-seignanx.com"
    assert told["country_iso_3166"] == "FR"
    # Tarnos: about 43.54 N, 1.46 W.
    assert told["geolocation"] == pytest.approx({"lat": 43.54, "lon": -1.46}, abs=0.02)
    # No description, contact, address or date of the hour is made up.
    assert not {"description", "starts_at", "contact_details", "full_address"} & set(told)


def _with_website(website: str, name: str, tiny) -> dict[str, Any]:
    thing = "<https://w3id.org/ptce/id/pole/p>"
    statements = (
        (
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
            "<https://w3id.org/ptce/ontology#Pole>",
        ),
        ("http://www.w3.org/2004/02/skos/core#prefLabel", f'"{name}"@fr'),
        ("http://xmlns.com/foaf/0.1/homepage", f"<{website}>"),
    )
    nquads = "".join(f"{thing} <{p}> {o} <urn:g> .\n" for p, o in statements)
    told = murmurations(Release(nquads, tiny.network()))
    return {name: json.loads(content) for name, content in told.items()}


@pytest.mark.parametrize(
    ("website", "name", "reason"),
    [
        ("ftp://example.org/", "P", "website-not-http"),
        ("https://example.org/", "P" * 201, "name-too-long"),
    ],
)
def test_what_the_schema_refuses_is_not_written(website, name, reason, tiny) -> None:
    files = _with_website(website, name, tiny)
    assert set(files) == {INDEX}
    (told,) = [t for t in files[INDEX]["not_written"] if t["count"]]
    assert told["reason"] == reason
    assert told["why"]


def test_no_path_leaves_the_folder(files) -> None:
    for name in files:
        assert not name.startswith("/")
        assert ".." not in name.split("/")
