"""Starting the server, and stopping it: sockets, signals, connections that are too slow."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _
from ptce_graph.server.app import make_app
from ptce_graph.server.limits import Limits
from ptce_graph.server.metrics import Metrics

if TYPE_CHECKING:
    from uvicorn import Config, Server

    from ptce_graph.server.workers import Pool

_KEEP_ALIVE, _BACKLOG = 15, 256
#: What runs when the server is told to stop gets so long to end.
LAST_SECONDS = 3.0
#: The head of a request: the address may hold a whole query.
_HEAD_BYTES = 160_000


def bound_socket(host: str, port: int) -> socket.socket:
    """A socket that listens at ``host`` and ``port`` (0: any that is free).

    Raises ``CallError`` where another program has it, or there is no such host.
    """
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        # With its protocol: without, asyncio lets small answers wait for 40 ms (Nagle).
        listening = socket.socket(family, kind, protocol or socket.IPPROTO_TCP)
    except (OSError, UnicodeError) as error:
        raise _no_address(host) from error
    # On Windows the other option would let two servers share one port.
    if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(address)
    except OSError as error:
        listening.close()
        raise _unbound(error, host, port) from error
    return listening


def _no_address(host: str) -> CallError:
    return CallError(
        _("There is no address {host} on this computer.").format(host=host),
        _("For this computer alone: 127.0.0.1. For all that reach it: 0.0.0.0."),
    )


def _unbound(error: OSError, host: str, port: int) -> CallError:
    if error.errno == errno.EACCES:
        return CallError(
            _("Port {port} is for the administrator of this computer.").format(port=port),
            _("Take one above 1023: --port 8000."),
        )
    if error.errno == errno.EADDRNOTAVAIL:
        return _no_address(host)
    return CallError(
        _("Another program listens on port {port}.").format(port=port),
        _("Take another: --port {port}, or --port 0 for any that is free.").format(port=port + 1),
    )


def address_of(listening: socket.socket) -> str:
    """The address of the server for a browser: ``http://127.0.0.1:8000/``."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def serve(
    folder: Path,
    listening: socket.socket,
    limits: Limits,
    base_iri: str,
    make_site: Callable[[], Any] | None = None,
    started: Callable[[], None] = lambda: None,
    stopping: Callable[[int, float], None] = lambda _queries, _seconds: None,
) -> None:
    """Serve the last build of ``folder`` until SIGINT or SIGTERM.

    Queries that run then are ended after ``LAST_SECONDS``, of which
    ``stopping`` is told, with their number.

    ``started`` is called once queries can be asked. Raises ``CallError`` where
    ``folder`` holds no build.
    """
    from uvicorn import Config

    _refuse_unusable(folder)
    metrics = Metrics()
    app = make_app(folder, limits, base_iri, make_site, metrics)
    config = Config(
        app,
        http=_protocol(limits, metrics),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=True,
        proxy_headers=False,
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=int(LAST_SECONDS) + 5,
        h11_max_incomplete_event_size=_HEAD_BYTES,
        backlog=_BACKLOG,
    )
    # Clients that send no HTTP are not news.
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    _server(config, app.state.service.pool, started, stopping).run(sockets=[listening])


def _refuse_unusable(folder: Path) -> None:
    """Raise ``CallError`` where ``folder`` has no store that can be read."""
    from ptce_graph.dataset.build import open_build

    try:
        open_build(folder)
    except RuntimeError as error:
        raise CallError(
            _("The store in {folder} is damaged.").format(folder=folder),
            _("Make it again: ptce-graph build -o {folder}").format(folder=folder),
        ) from error


def _server(
    config: Config,
    pool: Pool,
    started: Callable[[], None],
    stopping: Callable[[int, float], None],
) -> Server:
    from uvicorn import Server

    class _Quiet(Server):
        """Ends as a command does: after its own cleaning up, not by the signal itself."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await pool.start()
            await super().startup(sockets)
            if self.started:
                started()

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            if queries := pool.metrics.running + pool.metrics.queued:
                stopping(queries, LAST_SECONDS)
            ending = asyncio.ensure_future(self._end_queries())
            await super().shutdown(sockets)
            ending.cancel()
            await pool.close()

        async def _end_queries(self) -> None:
            await asyncio.sleep(LAST_SECONDS)
            await pool.close()

        @contextlib.contextmanager
        def capture_signals(self) -> Iterator[None]:
            if threading.current_thread() is not threading.main_thread():
                yield
                return
            wanted = [signal.SIGINT, signal.SIGTERM]
            if hasattr(signal, "SIGBREAK"):
                wanted.append(signal.SIGBREAK)
            before = {number: signal.signal(number, self.handle_exit) for number in wanted}
            try:
                yield
            finally:
                for number, handler in before.items():
                    signal.signal(number, handler)

    return _Quiet(config)


def _protocol(limits: Limits, metrics: Metrics) -> Any:
    """The protocol of uvicorn, with an end to whoever sends or reads too slowly."""
    from uvicorn.protocols.http.h11_impl import H11Protocol

    class _Bounded(H11Protocol):
        _head: Any = None
        _reader: Any = None

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            if len(self.connections) > limits.connections:
                metrics.refused_connections += 1
                transport.abort()
                return
            self._await_head()

        def connection_lost(self, exc: Exception | None) -> None:
            self._stop("_head")
            self._stop("_reader")
            super().connection_lost(exc)

        def data_received(self, data: bytes) -> None:
            before = self.cycle
            super().data_received(data)
            if self.cycle is not before or (before and not before.response_complete):
                self._stop("_head")
            elif self._head is None:
                self._await_head()

        def on_response_complete(self) -> None:
            super().on_response_complete()
            if not self.transport.is_closing() and self.cycle.response_complete:
                # From now on the time to keep the connection alive runs.
                self._stop("_head")

        def pause_writing(self) -> None:
            super().pause_writing()
            self._stop("_reader")
            self._reader = self.loop.call_later(limits.reading_seconds, self.transport.abort)

        def resume_writing(self) -> None:
            self._stop("_reader")
            super().resume_writing()

        def _await_head(self) -> None:
            self._head = self.loop.call_later(limits.header_seconds, self.transport.abort)

        def _stop(self, name: str) -> None:
            if (timer := getattr(self, name)) is not None:
                timer.cancel()
                setattr(self, name, None)

    return _Bounded
