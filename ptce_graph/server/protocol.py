"""The SPARQL 1.1 Protocol: what is asked, by GET or POST, and how it is answered.

A query that goes beyond a limit of the server (time, memory, rows, bytes) gets
status 422 and the name of the limit: its answer is never cut. 503 means
that the server is busy and that the same query may be answered later. So a
client that repeats on 5xx does not repeat what can only fail again.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qsl

from ptce_graph import __version__
from ptce_graph.i18n import mark
from ptce_graph.server.limits import Limits
from ptce_graph.server.negotiation import (
    GRAPH_FORMATS,
    SOLUTION_FORMATS,
    Format,
    acceptable,
    language_of,
    named,
)
from ptce_graph.server.problems import ProblemError
from ptce_graph.server.workers import Answer, BusyError, Pool, StoppedError

if TYPE_CHECKING:
    from starlette.requests import Request

_T = TypeVar("_T")
_FORM, _QUERY, _UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
_MOST_PARAMETERS = 200
#: Functions whose value is another one each time: such an answer has no ETag.
_VOLATILE = re.compile(r"\b(NOW|RAND|UUID|STRUUID|BNODE)\s*\(", re.IGNORECASE)
#: An update where a query should be: its first word, after base and prefixes. Possessive
#: throughout: this is matched where all requests are read, and takes linear time.
_UPDATE_TEXT = re.compile(
    r"(?:\s++|#[^\n\r]*+|BASE\s*+<[^<>]*+>|PREFIX\s++[^\s:<]*+:\s*+<[^<>]*+>)*+"
    r"(?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)(?![\w:])",
    re.IGNORECASE,
)
#: Bytes of a refused request that are read, so that its sender sees the answer.
_DRAINED = 32_000_000


@dataclass(frozen=True)
class Asked:
    """A query, the graphs it is asked over (none: the whole dataset), the format it names."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format_name: str = ""

    def formats(self, accept: str) -> tuple[Format | None, Format | None]:
        """For solutions and for triples, the format the client takes."""
        if not self.format_name:
            return acceptable(accept, SOLUTION_FORMATS), acceptable(accept, GRAPH_FORMATS)
        chosen = named(self.format_name, SOLUTION_FORMATS), named(self.format_name, GRAPH_FORMATS)
        if chosen == (None, None):
            raise ProblemError(
                400,
                "not-acceptable",
                mark("There is no format named {name}."),
                mark("The formats: {all}."),
                name=self.format_name[:100],
                all=", ".join(f.name for f in (*SOLUTION_FORMATS, *GRAPH_FORMATS)),
            )
        return chosen

    def tag(self, build: str, formats: Sequence[Format | None]) -> str:
        """An ETag: same data, same query, same format; empty where the query is volatile."""
        if _VOLATILE.search(self.query):
            return ""
        parts = [__version__, build, self.query, *self.default_graphs, "", *self.named_graphs]
        parts += ["", *(format_.name if format_ else "" for format_ in formats)]
        return f'W/"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"'


async def read_asked(request: Request, limits: Limits) -> Asked | None:
    """What a request to the endpoint asks; None where it asks nothing (GET without a query)."""
    address = _parameters(request.scope["query_string"])
    if request.method != "POST":
        return _asked(address)
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if media_type == _UPDATE:
        raise _read_only(unread=True)
    if media_type not in (_FORM, _QUERY):
        raise ProblemError(
            415,
            "request",
            mark("A query is sent as {form} or {query}, not as {given}."),
            headers={"Accept-Post": f"{_QUERY}, {_FORM}"},
            unread=True,
            form=_FORM,
            query=_QUERY,
            given=media_type[:100] or "?",
        )
    body = await read_body(request, limits)
    if media_type == _FORM:
        asked = _asked(address + _parameters(body))
    else:
        asked = _asked([*address, ("query", _decoded(body))])
    if asked is None:
        raise ProblemError(400, "request", mark("The request holds no query."))
    return asked


async def read_body(request: Request, limits: Limits) -> bytes:
    """The body of a request, of bounded size and in bounded time."""
    told = request.headers.get("content-length", "0")
    if told.isdecimal() and int(told) > limits.request_bytes:
        raise _too_large(limits)
    body = bytearray()
    try:
        async with asyncio.timeout(limits.body_seconds):
            async for part in request.stream():
                body += part
                if len(body) > limits.request_bytes:
                    raise _too_large(limits)
    except TimeoutError:
        raise ProblemError(
            408,
            "slow",
            mark("The body of the request did not arrive in {seconds} seconds."),
            headers={"Connection": "close"},
            seconds=int(limits.body_seconds),
        ) from None
    return bytes(body)


async def drain(request: Request, seconds: float = 5.0) -> None:
    """Read on for a moment what a refused client still sends: then it can read the answer."""
    seen = 0
    try:
        async with asyncio.timeout(seconds):
            while seen < _DRAINED:
                message = await request.receive()
                seen += len(message.get("body", b""))
                if message["type"] == "http.disconnect" or not message.get("more_body"):
                    return
    except TimeoutError:
        return


async def answered(request: Request, asked: Asked, pool: Pool) -> tuple[Answer, Format]:
    """The answer of a worker and the format it is in; ``ProblemError`` in words where none is."""
    formats = asked.formats(request.headers.get("accept", ""))
    solutions, triples = formats
    if solutions is None and triples is None:
        raise not_acceptable((*SOLUTION_FORMATS, *GRAPH_FORMATS))
    work = pool.answer(
        {
            "query": asked.query,
            "language": language_of(
                request.query_params.get("lang", ""), request.headers.get("accept-language", "")
            ),
            "default_graphs": asked.default_graphs,
            "named_graphs": asked.named_graphs,
            "solutions": solutions.writer if solutions else None,
            "triples": triples.writer if triples else None,
            "gzip": takes_gzip(request),
        }
    )
    try:
        answer = await _while_there(request, work)
    except BusyError:
        raise busy() from None
    except StoppedError as stopped:
        raise _beyond(stopped.reason, pool.limits) from None
    status = answer.header["status"]
    if status == "ok":
        chosen = triples if answer.header["kind"] == "triples" else solutions
        assert chosen is not None
        return answer, chosen
    if status == "wrong":
        kind, hint = answer.header["problem"], answer.header["hint"]
        if kind == "syntax" and not hint:
            hint = mark("Names of classes and properties: /ontology.")
        raise ProblemError(400, kind, answer.header["message"], hint)
    if status == "unacceptable":
        raise not_acceptable(GRAPH_FORMATS if triples is None else SOLUTION_FORMATS)
    if status == "unwritable":
        raise ProblemError(
            406, "not-acceptable", mark("This format cannot hold what the answer holds.")
        )
    raise _beyond(status, pool.limits)


def takes_gzip(request: Request) -> bool:
    """Whether the client reads gzip."""
    accepted = request.headers.get("accept-encoding", "").lower()
    return bool(re.search(r"\bgzip\b(?!\s*;\s*q\s*=\s*0(\.0*)?\s*(,|$))", accepted))


async def _while_there(request: Request, work: Awaitable[_T]) -> _T:
    """The result of ``work``, which is given up when the client leaves."""
    from starlette.requests import ClientDisconnect

    task = asyncio.ensure_future(work)
    left = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait({task, left}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise ClientDisconnect
        return task.result()
    finally:
        task.cancel()
        left.cancel()


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _parameters(data: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            data.decode("ascii") if data.isascii() else data.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_PARAMETERS,
        )
    except UnicodeDecodeError:
        raise _not_utf8() from None
    except ValueError:
        raise ProblemError(400, "request", mark("The request has too many parameters.")) from None


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _not_utf8() from None


def _asked(parameters: Sequence[tuple[str, str]]) -> Asked | None:
    values: dict[str, list[str]] = {}
    for name, value in parameters:
        values.setdefault(name, []).append(value)
    if "update" in values:
        raise _read_only()
    queries = values.get("query", [])
    if len(queries) > 1:
        raise ProblemError(400, "request", mark("The request holds more than one query."))
    if not queries:
        return None
    if not queries[0].strip():
        raise ProblemError(400, "request", mark("The query is empty."))
    if _UPDATE_TEXT.match(queries[0]):
        raise _read_only()
    return Asked(
        queries[0],
        tuple(values.get("default-graph-uri", [])),
        tuple(values.get("named-graph-uri", [])),
        values.get("format", [""])[0],
    )


def not_acceptable(formats: Sequence[Format]) -> ProblemError:
    """The problem of a client that takes none of ``formats``."""
    offered = ", ".join(dict.fromkeys(format_.media_type for format_ in formats))
    return ProblemError(
        406, "not-acceptable", mark("This is given as: {formats}."), formats=offered
    )


def busy() -> ProblemError:
    """The problem of a query for which no process is free."""
    return ProblemError(
        503,
        "busy",
        mark("Many queries run at this moment: try again in a few seconds."),
        headers={"Retry-After": "5"},
    )


def _read_only(unread: bool = False) -> ProblemError:
    template = mark("Updates are refused: nothing is written here.")
    return ProblemError(403, "read-only", template, unread=unread)


def _not_utf8() -> ProblemError:
    return ProblemError(400, "request", mark("The request is not UTF-8."))


def _too_large(limits: Limits) -> ProblemError:
    return ProblemError(
        413,
        "too-large",
        mark("The body of a request has {n} bytes at most."),
        headers={"Connection": "close"},
        unread=True,
        n=limits.request_bytes,
    )


_BEYOND: dict[str, tuple[str, Any]] = {
    "time": (mark("A query has {n} seconds."), lambda limits: f"{limits.seconds:g}"),
    "memory": (mark("A query has {n} MB of memory."), lambda limits: limits.megabytes),
    "crash": (
        mark("It needs more memory than the {n} MB a query has, or is nested too deep."),
        lambda limits: limits.megabytes,
    ),
    "rows": (mark("An answer has {n} rows at most."), lambda limits: limits.rows),
    "bytes": (mark("An answer has {n} bytes at most."), lambda limits: limits.answer_bytes),
}


def _beyond(reason: str, limits: Limits) -> ProblemError:
    template, value = _BEYOND[reason]
    hint = mark("Ask for less (LIMIT, OFFSET, fewer patterns), or take the whole dataset as files.")
    return ProblemError(422, reason, template, hint, n=value(limits))
