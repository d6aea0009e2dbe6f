"""One HTTP request, one answer: the whole of it bounded in time and size."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import urllib.error
import urllib.request
from functools import cache, partial
from typing import Any

from ptce_graph.dataset.http_errors import Answer, Limits, ServerError, shown_url
from ptce_graph.i18n import gettext as _

_AGENT = "ptce-graph"
_CHUNK = 1 << 16


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Redirects are answers here: the client decides which it follows."""

    def http_error_302(self, *_given: Any, **_named: Any) -> None:
        return None

    def http_error_301(self, *_given: Any, **_named: Any) -> None:
        return None

    def http_error_303(self, *_given: Any, **_named: Any) -> None:
        return None

    def http_error_307(self, *_given: Any, **_named: Any) -> None:
        return None

    def http_error_308(self, *_given: Any, **_named: Any) -> None:
        return None


def exchange(
    method: str, url: str, body: bytes | None, headers: dict[str, str], limits: Limits
) -> Answer:
    """One request; the deadline closes the connection, wherever it stands."""
    with _Deadline(limits.seconds) as deadline:
        handler = _TlsHandler if url.startswith("https:") else _PlainHandler
        opener = urllib.request.build_opener(_NoRedirect, handler(deadline))
        request = urllib.request.Request(  # noqa: S310 - checked_url lets http(s) only pass
            url, data=body, headers={"User-Agent": _AGENT, **headers}, method=method
        )
        try:
            try:
                response = opener.open(request, timeout=limits.seconds)
            except urllib.error.HTTPError as error:
                response = error
            with response:
                read = _read(response, limits.bytes, url)
        except (OSError, http.client.HTTPException, ValueError):
            if deadline.passed:
                raise TimeoutError from None
            raise
        if deadline.passed:
            raise TimeoutError
        return Answer(response.status, response.headers, read)


def _read(response: Any, most: int, url: str) -> bytes:
    parts, size = [], 0
    while chunk := response.read(_CHUNK):
        size += len(chunk)
        if size > most:
            raise ServerError(
                _("The answer of {url} is larger than {n} MB.").format(
                    url=shown_url(url), n=most >> 20
                ),
                _("Ask for less: with LIMIT, or a narrower question."),
            )
        parts.append(chunk)
    wanted = response.headers.get("Content-Length", "")
    if wanted.isdecimal() and size < int(wanted):
        raise http.client.IncompleteRead(b"", int(wanted) - size)
    return b"".join(parts)


class _Deadline:
    """Closes the connection when the time is over: a timeout of sockets is per byte."""

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> _Deadline:
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._timer.cancel()

    def watch(self, opened: socket.socket) -> None:
        self._socket = opened
        if self.passed:
            self._end()

    def _end(self) -> None:
        self.passed = True
        if self._socket is not None:
            try:
                self._socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                self._socket.close()


def _connection(
    kind: type[http.client.HTTPConnection], deadline: _Deadline, *a: Any, **k: Any
) -> Any:
    made = kind(*a, **k)
    connect = made.connect

    def watched() -> None:
        connect()
        deadline.watch(made.sock)

    made.connect = watched  # type: ignore[method-assign]
    return made


class _PlainHandler(urllib.request.HTTPHandler):
    def __init__(self, deadline: _Deadline) -> None:
        super().__init__()
        self._make = partial(_connection, http.client.HTTPConnection, deadline)

    def http_open(self, req: urllib.request.Request) -> Any:
        return self.do_open(self._make, req)


@cache
def _tls() -> ssl.SSLContext:
    """The certificates of the system: to read them takes longer than most requests."""
    return ssl.create_default_context()


class _TlsHandler(urllib.request.HTTPSHandler):
    def __init__(self, deadline: _Deadline) -> None:
        context = _tls()
        super().__init__(context=context)
        made = partial(_connection, http.client.HTTPSConnection, deadline, context=context)
        self._make = made

    def https_open(self, req: urllib.request.Request) -> Any:
        return self.do_open(self._make, req)
