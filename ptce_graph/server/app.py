"""What answers which address, and the headers all answers carry."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ptce_graph.dataset.build import NQUADS_FILE
from ptce_graph.server.limits import Limits
from ptce_graph.server.metrics import Metrics
from ptce_graph.server.things import Things
from ptce_graph.server.workers import Pool

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: How long one answer may take to be read, whatever the client does.
_LONGEST_READING = 600.0
_CHUNK = 64 * 1024
#: Answers below this are never refused for those that are still being read.
_SMALL = 256 * 1024

_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Link, Location, Retry-After"),
    (b"cross-origin-resource-policy", b"cross-origin"),
)
#: Of data: should a browser show it, nothing in it runs.
_DATA_POLICY = b"default-src 'none'; frame-ancestors 'none'"


@dataclass
class Service:
    """What the handlers share."""

    pool: Pool
    base_iri: str
    limits: Limits
    metrics: Metrics
    make_site: Callable[[], Any] | None = None
    """Makes the site when it is first asked: an object with ``read(path) -> bytes | None``."""
    _site: Any = None
    _things: tuple[str, Things] | None = None
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def things(self) -> Things:
        """What the current build says of each thing."""
        from starlette.concurrency import run_in_threadpool

        build = self.pool.build
        async with self._lock:
            if self._things is None or self._things[0] != build:
                nquads = self.pool.folder / build / NQUADS_FILE
                self._things = (build, await run_in_threadpool(Things, nquads))
            return self._things[1]

    async def site_page(self, path: str) -> bytes | None:
        """The file of the site at ``path``, or None."""
        from starlette.concurrency import run_in_threadpool

        if self.make_site is None:
            return None
        # One page is made at a time: the endpoint comes first.
        async with self._lock:
            if self._site is None:
                self._site = await run_in_threadpool(self.make_site)
            page: bytes | None = await run_in_threadpool(self._site.read, path)
            return page


def make_app(
    folder: Path,
    limits: Limits,
    base_iri: str,
    make_site: Callable[[], Any] | None = None,
    metrics: Metrics | None = None,
) -> Starlette:
    """The web application over the last build of ``folder``.

    Its processes (``app.state.service.pool``) are started and closed by who runs it.
    Serves ``/sparql``, ``/id/…``, ``/code/…``, ``/ontology``, ``/health``,
    ``/metrics``, and the site where ``make_site`` gives one.
    """
    from starlette.applications import Starlette
    from starlette.middleware import Middleware

    from ptce_graph.server.handlers import problems, routes

    metrics = metrics or Metrics()
    pool = Pool(folder, limits, metrics)
    service = Service(pool, base_iri, limits, metrics, make_site)

    app = Starlette(
        routes=routes(),
        middleware=[Middleware(_Around, service=service)],
        exception_handlers=problems(),
    )
    app.state.service = service
    return app


class _Around:
    """Counts each request, and gives each answer its headers."""

    def __init__(self, app: ASGIApp, service: Service) -> None:
        self.app = app
        self.metrics = service.metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = time.monotonic()

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                kind = scope.get("ptce.kind", "other")
                self.metrics.requests[kind, message["status"]] += 1
                self.metrics.request_seconds.observe(time.monotonic() - begun)
                message["headers"] = _with_defaults(message.get("headers", []))
            await send(message)

        await self.app(scope, receive, sending)


def _with_defaults(headers: Any) -> list[tuple[bytes, bytes]]:
    told = list(headers)
    names = {name for name, _value in told}
    if b"content-security-policy" not in names:
        told.append((b"content-security-policy", _DATA_POLICY))
    return told + [header for header in _HEADERS if header[0] not in names]


class Sending:
    """A response whose body is sent in parts, and counted until the client has read it."""

    def __init__(
        self, service: Service, body: bytes, headers: dict[str, str], status: int = 200
    ) -> None:
        from ptce_graph.server.protocol import busy

        self.metrics = service.metrics
        self.body, self.headers, self.status = body, headers, status
        most = service.limits.in_flight_bytes
        if len(body) > _SMALL and self.metrics.in_flight + len(body) > most:
            raise busy()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {**self.headers, "Content-Length": str(len(self.body))}
        raw = [(n.lower().encode("latin-1"), v.encode("latin-1")) for n, v in headers.items()]
        self.metrics.in_flight += len(self.body)
        try:
            async with asyncio.timeout(_LONGEST_READING):
                await send({"type": "http.response.start", "status": self.status, "headers": raw})
                body = b"" if scope["method"] == "HEAD" else self.body
                for start in range(0, len(body), _CHUNK):
                    part = body[start : start + _CHUNK]
                    await send({"type": "http.response.body", "body": part, "more_body": True})
                await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            self.metrics.in_flight -= len(self.body)
