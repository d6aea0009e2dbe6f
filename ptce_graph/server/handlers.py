"""The handlers: from a request to what the rest of this room answers."""

from __future__ import annotations

import gzip
import hashlib
import json
import posixpath
import re
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ptce_graph.i18n import DEFAULT_LANGUAGE, mark
from ptce_graph.server import reconciliation
from ptce_graph.server.addresses import elsewhere, relative, wants_page
from ptce_graph.server.app import Sending, Service
from ptce_graph.server.description import service_description
from ptce_graph.server.negotiation import (
    GRAPH_FORMATS,
    HTML,
    SITE_TYPES,
    SOLUTION_FORMATS,
    acceptable,
    language_of,
    named,
    wants_html,
)
from ptce_graph.server.pages import editor_page, page_policy, plain_page, thing_page
from ptce_graph.server.problems import ProblemError, problem_response
from ptce_graph.server.protocol import (
    answered,
    drain,
    not_acceptable,
    read_asked,
    takes_gzip,
)
from ptce_graph.server.things import (
    FORMATS,
    ONTOLOGY,
    Place,
    iri_of,
    lead,
    links,
    ontology_in,
    read_place,
)

if TYPE_CHECKING:
    from starlette.types import ASGIApp

_METHODS = ["GET", "HEAD", "OPTIONS"]
_GZIP_FROM = 1400
_REVALIDATED = "public, no-cache"
_HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](:[0-9]{1,5})?")
#: Pages of the site hold their own, stricter, policy; this one forbids other hosts to all.
_SITE_POLICY = (
    "default-src 'self' 'unsafe-inline' data: blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'"
)


def routes() -> list[Route]:
    """Which handler answers which address."""
    return [
        Route("/sparql", _sparql, methods=["GET", "HEAD", "POST", "OPTIONS"]),
        Route("/sparql/", _sparql_slash, methods=["GET", "HEAD", "POST", "OPTIONS"]),
        *reconciliation.routes(),
        Route("/health", _health, methods=_METHODS),
        Route("/metrics", _metrics, methods=_METHODS),
        Route("/{path:path}", _any, methods=_METHODS),
    ]


def problems() -> dict[Any, Callable[[Request, Any], Awaitable[Any]]]:
    """What is answered when a handler raises."""
    return {
        ProblemError: _problem,
        ClientDisconnect: _nobody,
        HTTPException: _http,
        Exception: _fault,
    }


async def _problem(request: Request, problem: ProblemError) -> ASGIApp:
    service: Service = request.app.state.service
    if wants_page(request.headers.get("accept", ""), problem):
        page = await service.site_page("404.html")
        if page is not None:
            headers = {
                "Content-Type": "text/html; charset=utf-8",
                "Content-Security-Policy": _SITE_POLICY,
                "Vary": "Accept, Accept-Language",
                "Cache-Control": "no-store",
            }
            return Sending(service, page, headers, 404)
    response = problem_response(request, problem)
    if problem.unread:
        return _Refusal(request, response)
    return response


class _Refusal:
    """A refusal told before all of the request is read: told, then the rest is let go by."""

    def __init__(self, request: Request, response: Response) -> None:
        self.request, self.response = request, response

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def sending(message: Any) -> None:
            if message["type"] == "http.response.body":
                await send({**message, "more_body": True})
                await drain(self.request)
                message = {"type": "http.response.body", "body": b"", "more_body": False}
            await send(message)

        await self.response(scope, receive, sending)


async def _nobody(_request: Request, _error: ClientDisconnect) -> Response:
    return Response(status_code=499)


async def _http(request: Request, error: HTTPException) -> ASGIApp:
    if error.status_code == 405:
        allowed = (error.headers or {}).get("Allow", "")
        template = mark("This address takes: {methods}.")
        headers = {"Allow": allowed}
        problem = ProblemError(405, "method", template, headers=headers, methods=allowed)
    else:
        problem = ProblemError(error.status_code, "not-found", mark("There is nothing here."))
    return await _problem(request, problem)


async def _fault(request: Request, _error: Exception) -> Response:
    template = mark("The fault is told where the server runs.")
    return problem_response(request, ProblemError(500, "fault", template))


def _service(request: Request, kind: str) -> Service:
    request.scope["ptce.kind"] = kind
    service: Service = request.app.state.service
    return service


def _language(request: Request) -> str:
    return language_of(
        request.query_params.get("lang", ""), request.headers.get("accept-language", "")
    )


def _options(request: Request, methods: str) -> Response:
    request.scope["ptce.kind"] = "options"
    return Response(
        status_code=204,
        headers={
            "Allow": methods,
            "Access-Control-Allow-Methods": methods,
            "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match",
            "Access-Control-Max-Age": "86400",
        },
    )


# The endpoint


async def _sparql(request: Request) -> ASGIApp:
    if request.method == "OPTIONS":
        return _options(request, "GET, HEAD, POST, OPTIONS")
    service = _service(request, "query")
    accept = request.headers.get("accept", "")
    asked = await read_asked(request, service.limits)
    if request.method != "POST" and wants_html(accept) and not (asked and asked.format_name):
        if asked is None and "format" in request.query_params:
            return _description(request, service)
        return await _editor(request, service, asked.query if asked else "")
    if asked is None:
        return _description(request, service)
    headers = {"Vary": "Accept, Accept-Encoding", "Cache-Control": _REVALIDATED}
    tag = asked.tag(service.pool.current, asked.formats(accept))
    if tag and tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={**headers, "ETag": tag})
    answer, format_ = await answered(request, asked, service.pool)
    if tag := asked.tag(answer.build, asked.formats(accept)):
        headers["ETag"] = tag
    if answer.header["gzip"]:
        headers["Content-Encoding"] = "gzip"
    headers["Content-Type"] = _with_charset(format_.media_type)
    return Sending(service, answer.body, headers)


async def _sparql_slash(request: Request) -> ASGIApp:
    if request.method == "OPTIONS":
        return _options(request, "GET, HEAD, POST, OPTIONS")
    query = request.scope["query_string"].decode("latin-1")
    # 308: who sends a query sends it again, by the same method.
    return RedirectResponse("../sparql" + (f"?{query}" if query else ""), 308)


def _with_charset(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


async def _editor(request: Request, service: Service, query: str) -> ASGIApp:
    request.scope["ptce.kind"] = "page"
    language = _language(request)
    page = editor_page(language, service.base_iri, service.limits, query)
    return await _own_page(request, service, page, language)


async def _own_page(
    request: Request, service: Service, page: str, language: str, link: str = ""
) -> ASGIApp:
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": page_policy(),
        "Content-Language": language,
        "Vary": "Accept, Accept-Language, Accept-Encoding",
    }
    if link:
        headers["Link"] = link
    return await _tagged(request, service, page.encode("utf-8"), headers)


def _description(request: Request, service: Service) -> Response:
    request.scope["ptce.kind"] = "description"
    name = request.query_params.get("format", "")
    accept = request.headers.get("accept", "")
    format_ = named(name, GRAPH_FORMATS) if name else acceptable(accept, GRAPH_FORMATS)
    if format_ is None:
        if acceptable(accept, SOLUTION_FORMATS) and not name:
            # A client of SPARQL that forgot its query.
            raise ProblemError(400, "request", mark("The request holds no query."))
        raise not_acceptable(GRAPH_FORMATS)
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        raise ProblemError(400, "request", mark("The Host header names no host."))
    endpoint = f"{request.url.scheme}://{host}/sparql"
    body = service_description(endpoint, service.pool.quads, format_)
    headers = {"Vary": "Accept", "Cache-Control": _REVALIDATED}
    return Response(body, 200, headers, media_type=_with_charset(format_.media_type))


# Health


async def _health(request: Request) -> Response:
    if request.method == "OPTIONS":
        return _options(request, ", ".join(_METHODS))
    ready = _service(request, "health").pool.ready
    body = json.dumps({"live": True, "ready": ready})
    headers = {"Cache-Control": "no-store"}
    return Response(body, 200 if ready else 503, headers, media_type="application/json")


async def _metrics(request: Request) -> Response:
    if request.method == "OPTIONS":
        return _options(request, ", ".join(_METHODS))
    service = _service(request, "metrics")
    body = service.metrics.text(service.pool.memory(), service.pool.size)
    media_type = "text/plain; version=0.0.4; charset=utf-8"
    return Response(body, headers={"Cache-Control": "no-store"}, media_type=media_type)


# Things and the site


async def _any(request: Request) -> ASGIApp:
    if request.method == "OPTIONS":
        return _options(request, ", ".join(_METHODS))
    path = request.scope["path"]
    service = _service(request, "page")
    bare = path.lstrip("/")
    if (lead_ := await _elsewhere(request, service, bare)) is not None:
        return lead_
    place = read_place(path, service.base_iri)
    if place is not None:
        request.scope["ptce.kind"] = "thing"
        return await _thing(request, service, place)
    return await _site(request, service, bare)


async def _elsewhere(request: Request, service: Service, path: str) -> Response | None:
    """A lead from another name of an address, where something stands there."""
    target = elsewhere(path, request.headers.get("accept", ""), _language(request))
    if target is None:
        return None
    if target != ONTOLOGY and service.make_site is None:
        return None
    headers = {"Vary": "Accept, Accept-Language"}
    return RedirectResponse(relative(path, target), 303, headers)


async def _thing(request: Request, service: Service, place: Place) -> ASGIApp:
    things = await service.things()
    iri = iri_of(place, service.base_iri)
    is_ontology = place.path == ONTOLOGY
    if not is_ontology and not things.is_known(iri):
        if place.format is HTML:
            # A page of the site that is no thing's, such as a list of things.
            return await _site(request, service, request.scope["path"].lstrip("/"))
        raise _nothing()
    if place.format is None:
        found = lead(place, request.headers.get("accept", ""), _language(request))
        if found is None:
            raise not_acceptable(FORMATS)
        headers = {"Vary": "Accept, Accept-Language", "Link": links(place, iri)}
        return RedirectResponse(found[0], 303, headers)
    if place.format is HTML:
        return await _thing_page(request, service, place, iri)
    if is_ontology:
        body = await run_in_threadpool(ontology_in, place.format)
    else:
        body = await run_in_threadpool(things.told, iri, place.format)
    headers = {"Content-Type": _with_charset(place.format.media_type), "Link": links(place, iri)}
    return await _tagged(request, service, body, headers)


async def _thing_page(request: Request, service: Service, place: Place, iri: str) -> ASGIApp:
    path = f"{place.language}/{place.path}.html".lstrip("/")
    if (page := await service.site_page(path)) is not None:
        return await _site_file(request, service, path, page, links(place, iri))
    language = place.language or DEFAULT_LANGUAGE
    name = place.path.rsplit("/", 1)[-1]
    up = "../" * (place.path.count("/") + (1 if place.language else 0))
    # Beside the page; those of an English one stand where the French one does.
    folder = up + place.path.rpartition("/")[0] + "/" if place.language else ""
    alternates = [(f"{folder}{name}.{f.suffix}", f.media_type) for f in FORMATS[1:]]
    if place.path == ONTOLOGY:
        statements: list[tuple[Any, Any, Any]] = []
    else:
        statements = await run_in_threadpool((await service.things()).statements, iri)
    other = f"{folder}{name}.html" if place.language else f"{up}en/{place.path}.html"
    told = thing_page(iri, statements, language, service.base_iri, alternates, up or "./", other)
    return await _own_page(request, service, told, language, links(place, iri))


async def _site(request: Request, service: Service, path: str) -> ASGIApp:
    if not path or path.endswith("/"):
        path += "index.html"
    if path == posixpath.normpath(path) and not path.startswith("."):
        page = await service.site_page(path)
        if page is not None:
            return await _site_file(request, service, path, page)
    if path == "index.html":
        title, text = mark("PTCE graph"), mark("Who cooperates with whom, by which document.")
        language = _language(request)
        page_ = plain_page(language, title, text, [])
        return await _own_page(request, service, page_, language)
    raise _nothing()


async def _site_file(
    request: Request, service: Service, path: str, page: bytes, link: str = ""
) -> ASGIApp:
    suffix = path.rpartition(".")[2].lower()
    headers = {"Content-Type": SITE_TYPES.get(suffix, "application/octet-stream")}
    if suffix == "html":
        headers["Content-Security-Policy"] = _SITE_POLICY
    if link:
        headers["Link"] = link
    return await _tagged(request, service, page, headers)


async def _tagged(
    request: Request, service: Service, body: bytes, headers: dict[str, str]
) -> ASGIApp:
    """``body`` with its ETag, or 304 to who has it."""
    zipped = takes_gzip(request) and len(body) >= _GZIP_FROM and _is_text(headers["Content-Type"])
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}{"-gzip" if zipped else ""}"'
    headers = {"Vary": "Accept-Encoding", **headers, "ETag": tag, "Cache-Control": _REVALIDATED}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if zipped:
        headers["Content-Encoding"] = "gzip"
        body = await run_in_threadpool(gzip.compress, body, 5, mtime=0)
    return Sending(service, body, headers)


def _is_text(media_type: str) -> bool:
    return media_type.startswith("text/") or media_type.endswith(("json", "xml", "triples"))


def _nothing() -> ProblemError:
    return ProblemError(
        404,
        "not-found",
        mark("The dataset says nothing of this address."),
        mark("Things are found by a query at /sparql."),
    )
