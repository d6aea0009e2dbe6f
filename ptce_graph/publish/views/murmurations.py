"""One Murmurations profile per organisation, and an index that says what has none, and why.

The schema is ``organizations_schema-v1.0.0`` of the Murmurations library.
Its released versions require ``linked_schemas``, ``name`` and ``primary_url``
(a later draft drops the last); a profile is written only where all three are
told, so that it is valid under each of them.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from ptce_graph.publish.views.reading import Reading, read
from ptce_graph.vocabulary import terms

if TYPE_CHECKING:
    from ptce_graph.publish.release import Release

SCHEMA = "organizations_schema-v1.0.0"
INDEX = "index.json"
#: Limits of the fields ``name``, ``primary_url`` and ``tags`` of the library.
LONGEST_NAME, LONGEST_URL, LONGEST_TAG, MOST_TAGS = 200, 2000, 100, 100
_URL = re.compile(r"^https?://.+")
MEMBER_OF = "https://schema.org/memberOf"
#: Why an organisation has no profile, as the index says it.
NO_WEBSITE = "no-website"
LONG_NAME = "name-too-long"
BAD_WEBSITE = "website-not-http"
REASONS = {
    NO_WEBSITE: "No document gives a website, and the schema requires one (primary_url).",
    LONG_NAME: f"The name is longer than the {LONGEST_NAME} characters the schema allows.",
    BAD_WEBSITE: "The website is not an address that starts with http:// or https://.",
}
_TAGGED = (
    terms.PTCE_ORGANISATION_KIND,
    terms.PTCE_LEGAL_FORM,
    terms.PTCE_ACCREDITATION,
    terms.PTCE_HAS_CHARACTERISTIC,
)


def murmurations(release: Release) -> dict[str, bytes]:
    """The profiles by file name (``organisation/rtes.json``), and ``index.json``.

    The index names the schema, counts the profiles and tells for each reason
    which things have none. A profile says nothing that no document says: no
    description, no contact, no address beyond the commune.
    """
    reading = read(release.nquads, release.base_iri)
    files: dict[str, bytes] = {}
    written: list[dict[str, str]] = []
    without: dict[str, list[str]] = {reason: [] for reason in REASONS}
    for actor in reading.actors():
        reason = _reason(reading, actor)
        if reason:
            without[reason].append(actor)
            continue
        path = actor.removeprefix(reading.base) + ".json"
        files[path] = _json(_profile(reading, actor))
        written.append({"id": actor, "name": reading.name(actor), "file": path})
    index = {
        "schema": SCHEMA,
        "license": release.about.licence,
        "profiles": len(written),
        "written": written,
        "not_written": [
            {"reason": reason, "why": REASONS[reason], "count": len(told), "ids": told}
            for reason, told in without.items()
        ],
    }
    return {INDEX: _json(index), **files}


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _reason(reading: Reading, actor: str) -> str:
    """Why ``actor`` has no profile; nothing where it has one."""
    addresses = reading.nodes(actor, terms.FOAF_HOMEPAGE)
    if not addresses:
        return NO_WEBSITE
    if not _URL.match(addresses[0]) or len(addresses[0]) > LONGEST_URL:
        return BAD_WEBSITE
    return LONG_NAME if len(reading.name(actor)) > LONGEST_NAME else ""


def _profile(reading: Reading, actor: str) -> dict[str, Any]:
    first, *others = reading.nodes(actor, terms.FOAF_HOMEPAGE)
    codes = [code for predicate in _TAGGED for code in reading.nodes(actor, predicate)]
    tags = [reading.name(code) for code in codes]
    profile: dict[str, Any] = {
        "linked_schemas": [SCHEMA],
        "name": reading.name(actor),
        "primary_url": first,
        "unique_id": actor,
        "urls": [{"name": "URL", "url": url} for url in others if _URL.match(url)],
        "tags": list(dict.fromkeys(t for t in tags if len(t) <= LONGEST_TAG))[:MOST_TAGS],
        "country_iso_3166": _country(reading, actor),
        "geolocation": _position(reading, actor),
        "relationships": [
            {"predicate_url": MEMBER_OF, "object_url": _address(reading, whole)}
            for whole in reading.nodes(actor, terms.ORG_MEMBER_OF)
        ],
    }
    return {key: value for key, value in profile.items() if value}


def _address(reading: Reading, thing: str) -> str:
    """The website the schema asks for to name another, else the address in this dataset."""
    return next((u for u in reading.nodes(thing, terms.FOAF_HOMEPAGE) if _URL.match(u)), thing)


def _country(reading: Reading, actor: str) -> str:
    """``FR`` where a place of the organisation lies in a French region."""
    places = reading.nodes(actor, terms.PTCE_PLACE)
    return "FR" if any(reading.region(place) for place in places) else ""


def _position(reading: Reading, actor: str) -> dict[str, float]:
    """The position of the commune, where one and only one is told."""
    communes = [
        place
        for place in reading.nodes(actor, terms.PTCE_PLACE)
        if reading.place_type(place) == "commune"
    ]
    if len(communes) != 1:
        return {}
    latitude = reading.node(communes[0], terms.GEO_LAT)
    longitude = reading.node(communes[0], terms.GEO_LONG)
    return {"lat": float(latitude), "lon": float(longitude)} if latitude and longitude else {}
