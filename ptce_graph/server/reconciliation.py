"""The Reconciliation Service API 0.2 (W3C Entity Reconciliation Community Group), for OpenRefine.

https://reconciliation-api.github.io/specs/0.2/ at ``/reconcile``: the manifest,
batches of queries, suggestions of entities, types and properties, previews.
JSONP, which the specification leaves open, is not offered: every answer may be
read across origins (CORS), and a script of the client's choice is a hole.

A batch holds a bounded number of queries, each of bounded length, and has the
time of one SPARQL query; so many batches run at once as there are places.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ptce_graph.i18n import mark, translator
from ptce_graph.importers.reconcile.match import Matcher, types_of
from ptce_graph.server.negotiation import language_of
from ptce_graph.server.problems import ProblemError
from ptce_graph.server.protocol import busy, read_body
from ptce_graph.server.reconciled import matcher_of
from ptce_graph.server.reconciliation_json import (
    LONGEST,
    MOST_SKIPPED,
    PROPERTY_NAMES,
    SUGGESTIONS,
    TYPES,
    answers,
    described,
    entity,
    manifest,
    read_queries,
    wrong,
)

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp

    from ptce_graph.importers.reconcile.actors import Actor
    from ptce_graph.server.app import Service

#: Batches that are answered at once.
PLACES = 2
_HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](:[0-9]{1,5})?")
_METHODS = ["GET", "HEAD", "POST", "OPTIONS"]


@dataclass
class _State:
    """The matcher of the build that is served, made when it is first asked."""

    made: tuple[str, Matcher] | None = None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(PLACES))


def routes() -> list[Route]:
    """The addresses of the service."""
    get = ["GET", "HEAD", "OPTIONS"]
    return [
        Route("/reconcile", _reconcile, methods=_METHODS),
        Route("/reconcile/", _reconcile, methods=_METHODS),
        Route("/reconcile/suggest/entity", _suggest_entity, methods=get),
        Route("/reconcile/suggest/type", _suggest_type, methods=get),
        Route("/reconcile/suggest/property", _suggest_property, methods=get),
        Route("/reconcile/preview", _preview, methods=get),
        Route("/reconcile/view", _view, methods=get),
    ]


async def _reconcile(request: Request) -> ASGIApp:
    if request.method == "OPTIONS":
        return _options(request, _METHODS)
    service = _service(request)
    told = dict(_parameters(request.scope["query_string"]))
    if request.method == "POST":
        media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
        if media_type != "application/x-www-form-urlencoded":
            raise ProblemError(
                415,
                "request",
                mark("Queries are sent as {form}, in a field named queries."),
                unread=True,
                form="application/x-www-form-urlencoded",
            )
        told.update(_parameters(await read_body(request, service.limits)))
    if "queries" not in told:
        if request.method == "POST":
            raise ProblemError(400, "request", mark("The request holds no field named queries."))
        return _json(manifest(_root(request), service.base_iri, _language(request)))
    queries = read_queries(told["queries"])
    matcher = await _matcher(request, service)
    state = _state(request)
    try:
        async with asyncio.timeout(service.limits.patience):
            await state.places.acquire()
    except TimeoutError:
        raise busy() from None
    try:
        end = time.monotonic() + service.limits.seconds
        return _json(await run_in_threadpool(answers, matcher, queries, end, _language(request)))
    finally:
        state.places.release()


# Suggestions and previews


async def _suggest_entity(request: Request) -> ASGIApp:
    if request.method == "OPTIONS":
        return _options(request, _METHODS[:1])
    matcher = await _matcher(request, _service(request))
    prefix = request.query_params.get("prefix", "")[:LONGEST]
    cursor = request.query_params.get("cursor", "0")
    if not cursor.isascii() or not cursor.isdecimal() or int(cursor[:9]) > MOST_SKIPPED:
        raise wrong(mark("The cursor is a number up to {n}."), n=MOST_SKIPPED)
    language = _language(request)
    found = await run_in_threadpool(matcher.suggest, prefix.strip(), int(cursor), SUGGESTIONS)
    return _json(
        {
            "result": [
                {**entity(actor, language), "notable": sorted(types_of(actor))} for actor in found
            ]
        }
    )


async def _suggest_type(request: Request) -> ASGIApp:
    return _suggested(request, TYPES)


async def _suggest_property(request: Request) -> ASGIApp:
    return _suggested(request, PROPERTY_NAMES)


def _suggested(request: Request, names: dict[str, str]) -> Response:
    if request.method == "OPTIONS":
        return _options(request, _METHODS[:1])
    _service(request)
    words = translator(_language(request))
    prefix = request.query_params.get("prefix", "")[:LONGEST].strip().casefold()
    told = {key: words(name) for key, name in names.items()}
    return _json(
        {
            "result": [
                {"id": key, "name": name}
                for key, name in told.items()
                if key.startswith(prefix) or name.casefold().startswith(prefix)
            ]
        }
    )


async def _preview(request: Request) -> ASGIApp:
    """A small page on one thing. Nothing of the data in it is markup, and nothing runs."""
    if request.method == "OPTIONS":
        return _options(request, _METHODS[:1])
    actor = await _asked(request)
    language = _language(request)
    lines = [actor.name, described(actor, language), *(name.text for name in actor.names[1:])]
    told = "".join(f"<p>{escape(line)}</p>" for line in lines[1:] if line)
    page = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{escape(lines[0])}</title></head>"
        f"<body><h1>{escape(lines[0])}</h1>{told}</body></html>"
    )
    headers = {
        "Content-Security-Policy": "default-src 'none'; frame-ancestors *",
        "Content-Language": language,
        "Vary": "Accept-Language",
    }
    return Response(page, headers=headers, media_type="text/html")


async def _view(request: Request) -> ASGIApp:
    """To the address of the thing."""
    if request.method == "OPTIONS":
        return _options(request, _METHODS[:1])
    actor = await _asked(request)
    return RedirectResponse(f"../id/{actor.type}/{quote(actor.id)}", 303)


async def _asked(request: Request) -> Actor:
    matcher = await _matcher(request, _service(request))
    actor = matcher.by_id.get(request.query_params.get("id", ""))
    if actor is None:
        raise ProblemError(404, "not-found", mark("No organisation or pole has this identifier."))
    return actor


# What they share


async def _matcher(request: Request, service: Service) -> Matcher:
    """The matcher of the current build; a new build gets a new one."""
    state, build = _state(request), service.pool.build
    async with state.lock:
        if state.made is None or state.made[0] != build:
            made = await run_in_threadpool(matcher_of, service.pool.folder, service.base_iri)
            state.made = (build, made)
        return state.made[1]


def _state(request: Request) -> _State:
    held = request.app.state
    if not hasattr(held, "reconciliation"):
        held.reconciliation = _State()
    state: _State = held.reconciliation
    return state


def _service(request: Request) -> Service:
    request.scope["ptce.kind"] = "reconcile"
    service: Service = request.app.state.service
    return service


def _language(request: Request) -> str:
    return language_of(
        request.query_params.get("lang", ""), request.headers.get("accept-language", "")
    )


def _root(request: Request) -> str:
    """The address of this server as the client knows it."""
    if not _HOST.fullmatch(request.headers.get("host", "")):
        raise wrong(mark("The request names no host."))
    url = str(request.base_url)
    return url if url.endswith("/") else f"{url}/"


def _json(told: dict[str, Any]) -> Response:
    body = json.dumps(told, ensure_ascii=False)
    headers = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
    return Response(body, headers=headers, media_type="application/json")


def _options(request: Request, methods: Sequence[str]) -> Response:
    request.scope["ptce.kind"] = "options"
    told = ", ".join(dict.fromkeys([*methods, "GET", "HEAD", "OPTIONS"]))
    return Response(
        status_code=204,
        headers={
            "Allow": told,
            "Access-Control-Allow-Methods": told,
            "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type",
            "Access-Control-Max-Age": "86400",
        },
    )


def _parameters(data: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(data.decode("utf-8"), keep_blank_values=True, max_num_fields=20)
    except (UnicodeDecodeError, ValueError):
        raise wrong(mark("The request is not UTF-8.")) from None
