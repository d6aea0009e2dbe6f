"""What the Reconciliation Service API says in JSON: the manifest, queries read, answers told."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from ptce_graph import __version__
from ptce_graph.i18n import mark, translator
from ptce_graph.importers.reconcile.match import PROPERTIES, Found, Matcher, Query, types_of
from ptce_graph.server.problems import ProblemError

if TYPE_CHECKING:
    from ptce_graph.importers.reconcile.actors import Actor

#: Queries of one batch, answers of one query, properties of one, characters of one text.
MOST_QUERIES, MOST_ANSWERS, ANSWERS, MOST_PROPERTIES, LONGEST = 100, 25, 5, 20, 300
SUGGESTIONS = 10
MOST_SKIPPED = 1000
PREVIEW_WIDTH, PREVIEW_HEIGHT = 420, 160

TYPES = {
    "organisation": mark("organisation"),
    "network": mark("network"),
    "pole": mark("pole"),
}
PROPERTY_NAMES = {
    "place": mark("place: a commune, a department or a region, by its name"),
    "website": mark("website"),
    "siren": mark("SIREN, 9 digits"),
    "siret": mark("SIRET, 14 digits"),
    "rna": mark("number in the register of associations"),
    "wikidata": mark("item of Wikidata"),
    "legal_form": mark("legal form"),
    "created": mark("year of creation"),
}


def manifest(root: str, base_iri: str, language: str) -> dict[str, Any]:
    """The service manifest; ``root`` is the address of the server, with its slash."""
    words = translator(language)
    suggest = {
        kind: {"service_url": f"{root}reconcile", "service_path": f"/suggest/{kind}"}
        for kind in ("entity", "type", "property")
    }
    return {
        "versions": ["0.2"],
        "name": words(mark("PTCE graph: organisations, networks and poles")),
        "identifierSpace": base_iri,
        "schemaSpace": "https://w3id.org/ptce/ontology#",
        "documentation": "https://reconciliation-api.github.io/specs/0.2/",
        "serviceVersion": __version__,
        "defaultTypes": [{"id": key, "name": words(name)} for key, name in TYPES.items()],
        "view": {"url": f"{root}reconcile/view?id={{{{id}}}}"},
        "preview": {
            "url": f"{root}reconcile/preview?id={{{{id}}}}&lang={language}",
            "width": PREVIEW_WIDTH,
            "height": PREVIEW_HEIGHT,
        },
        "suggest": suggest,
        "batchSize": MOST_QUERIES,
    }


#: The fields of a query; ``type_strict`` changes nothing, as in OpenRefine.
_FIELDS = frozenset(("query", "type", "limit", "properties", "type_strict"))


def read_queries(text: str) -> dict[str, tuple[Query, int]]:
    """A query batch, each query with its limit; ``ProblemError`` where it is none."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        raise wrong(mark("The queries are not JSON.")) from None
    if not isinstance(told, dict) or not all(isinstance(one, dict) for one in told.values()):
        raise wrong(mark("The queries are an object that holds one object per query."))
    if len(told) > MOST_QUERIES:
        raise ProblemError(
            413, "too-large", mark("A batch has {n} queries at most."), n=MOST_QUERIES
        )
    return {str(key): _query(one) for key, one in told.items()}


def _query(told: dict[str, Any]) -> tuple[Query, int]:
    text, types = told.get("query", ""), told.get("type", [])
    types = [types] if isinstance(types, str) else types
    properties, limit = told.get("properties", []), told.get("limit", ANSWERS)
    if unknown := sorted(set(told) - _FIELDS):
        raise wrong(mark("A query has no field named {name}."), name=unknown[0][:LONGEST])
    if not isinstance(text, str) or not (text.strip() or properties):
        raise wrong(mark("A query holds a text named query, or properties."))
    if not isinstance(types, list) or not all(isinstance(one, str) for one in types):
        raise wrong(mark("The type of a query is a text, or a list of texts."))
    if isinstance(limit, bool) or not isinstance(limit, (int, float)) or not limit >= 1:
        raise wrong(mark("The limit of a query is a positive number."))
    if len(text) > LONGEST:
        raise wrong(mark("A text has {n} characters at most."), n=LONGEST)
    known = frozenset(types) & TYPES.keys()
    return Query(text.strip(), known, _told(properties)), int(min(limit, MOST_ANSWERS))


def _told(properties: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(properties, list) or len(properties) > MOST_PROPERTIES:
        raise wrong(mark("Properties are a list of {n} at most."), n=MOST_PROPERTIES)
    found: dict[str, tuple[str, ...]] = {}
    for one in properties:
        if not isinstance(one, dict) or not isinstance(one.get("pid"), str) or "v" not in one:
            raise wrong(mark("A property has a name, pid, and a value, v."))
        values = one["v"] if isinstance(one["v"], list) else [one["v"]]
        texts = tuple(_value(value)[:LONGEST] for value in values[:MOST_PROPERTIES])
        # A service may leave out what it does not know: other columns do no harm.
        if one["pid"] in PROPERTIES:
            found[one["pid"]] = found.get(one["pid"], ()) + tuple(filter(None, texts))
    return found


def _value(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("name") or value.get("id") or ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip() if isinstance(value, (str, int, float)) else ""


def answers(
    matcher: Matcher, queries: dict[str, tuple[Query, int]], end: float, language: str
) -> dict[str, Any]:
    """The result batch. ``end``: when, by the monotonic clock, the time of the batch is over."""
    told: dict[str, Any] = {}
    for key, (query, limit) in queries.items():
        if time.monotonic() > end:
            raise ProblemError(
                422, "time", mark("The batch took too long: send fewer queries at once.")
            )
        told[key] = {"result": [_candidate(one, language) for one in matcher.match(query, limit)]}
    return told


def _candidate(found: Found, language: str) -> dict[str, Any]:
    words = translator(language)
    features: dict[str, float] = {}
    for part in found.compared.parts:
        features[part.name] = features.get(part.name, 0.0) + round(part.weight, 2)
    return {
        **entity(found.actor, language),
        "type": [
            {"id": key, "name": words(name)}
            for key, name in TYPES.items()
            if key in types_of(found.actor)
        ],
        "score": round(100 * found.compared.score, 1),
        "match": found.match,
        "features": [
            *({"id": f"{name}_bits", "value": value} for name, value in features.items()),
            {"id": "certain", "value": found.compared.certain},
        ],
        "description": "; ".join(
            filter(None, [described(found.actor, language), found.compared.why(words)])
        ),
    }


def entity(actor: Actor, language: str) -> dict[str, Any]:
    """What every answer says of a thing: its identifier, its name, a short description."""
    return {"id": actor.id, "name": actor.name, "description": described(actor, language)}


def described(actor: Actor, language: str) -> str:
    """What tells it from others of its name: kind, place, identifiers."""
    words = translator(language)
    kinds = [words(name) for key, name in TYPES.items() if key in types_of(actor)]
    return ", ".join(filter(None, [kinds[-1], actor.where.label, actor.identifiers]))


def wrong(template: str, **values: Any) -> ProblemError:
    """The problem of a request that is no request of this API."""
    return ProblemError(400, "request", template, **values)
