"""Processes that answer queries: started, watched, ended and started again.

A query cannot be stopped from within its process, so that each runs in one
that can be ended from outside, at once and whatever it does. A process that
answered goes on to the next query.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
import time
from collections.abc import Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _
from ptce_graph.server.limits import MEGABYTE, Limits, memory_of
from ptce_graph.server.metrics import Metrics
from ptce_graph.server.worker import current_build

_MODULE = "ptce_graph.server.worker"
#: How often the memory of a working process is looked at, in seconds.
_GLANCE = 0.05 if sys.platform in ("linux", "win32") else 0.5
#: A process gets so long to open the store, and ends itself so long after its time.
_START_SECONDS, _GRACE = 60.0, 5.0


class StoppedError(Exception):
    """A query was ended. ``reason``: ``time``, ``memory`` or ``crash``."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class BusyError(Exception):
    """All processes are at work, and as many queries as may be wait already."""


@dataclass(frozen=True)
class Answer:
    """What a process answered: ``header`` as in ``worker.answer``, ``build`` it answered from."""

    header: dict[str, Any]
    body: bytes
    build: str


class _Worker:
    """One process and the pipes to it."""

    def __init__(self, process: asyncio.subprocess.Process, hello: dict[str, Any]) -> None:
        self.process = process
        self.build: str = hello["ready"]
        self.quads: dict[str, int] = hello["quads"]
        self.at_rest = memory_of(process.pid)

    @classmethod
    async def start(cls, folder: Path, limits: Limits) -> _Worker:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            _MODULE,
            str(folder),
            str(limits.megabytes),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=_environment(),
            limit=MEGABYTE,
            # Ctrl-C in a terminal is for the server, which ends its processes itself.
            **_own_group(),
        )
        try:
            hello, _body = await asyncio.wait_for(_frame(process), _START_SECONDS)
        except BaseException as error:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            if isinstance(error, asyncio.IncompleteReadError | TimeoutError):
                raise CallError(
                    _("A process that answers queries does not start."),
                    _("Is {folder} whole? Make it again: ptce-graph build.").format(folder=folder),
                ) from error
            raise
        return cls(process, hello)

    async def ask(self, request: dict[str, Any]) -> Answer:
        assert self.process.stdin is not None
        data = json.dumps(request).encode("ascii")
        self.process.stdin.write(len(data).to_bytes(4, "big") + data)
        await self.process.stdin.drain()
        header, body = await _frame(self.process)
        return Answer(header, body, self.build)

    def memory(self) -> int:
        """What the last query added, in bytes."""
        return max(0, memory_of(self.process.pid) - self.at_rest)

    async def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        await self.process.wait()


class Pool:
    """As many processes as queries may run at once."""

    def __init__(self, folder: Path, limits: Limits, metrics: Metrics) -> None:
        self.folder = folder
        self.limits = limits
        self.metrics = metrics
        self.build = ""
        self.quads: dict[str, int] = {}
        self._free: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()
        self._all: set[_Worker] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = self._sound = False

    async def start(self) -> None:
        """Start all processes; ``CallError`` where they cannot open the store."""
        starts = (_Worker.start(self.folder, self.limits) for _n in range(self.limits.workers))
        failed = None
        for started in await asyncio.gather(*starts, return_exceptions=True):
            if isinstance(started, _Worker):
                self._enlist(started)
            else:
                failed = started
        if failed:
            await self.close()
            raise failed

    async def close(self) -> None:
        """End all processes."""
        self._closing = True
        # Who waits for a process is told that none comes.
        for worker in list(self._all):
            self._free.put_nowait(worker)
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*(worker.kill() for worker in self._all), return_exceptions=True)

    @property
    def ready(self) -> bool:
        """Whether queries are answered: processes are there, or come as others are ended."""
        return self._sound and not self._closing

    @property
    def size(self) -> int:
        """How many processes there are."""
        return len(self._all)

    @property
    def current(self) -> str:
        """The build that the next query is asked of."""
        return current_build(self.folder) or self.build

    def memory(self) -> int:
        """What all processes hold, in bytes."""
        return sum(memory_of(worker.process.pid) for worker in self._all)

    async def answer(self, request: dict[str, Any]) -> Answer:
        """Have a process answer ``request`` (as in ``worker.answer``, without its limits).

        Raises ``BusyError`` where none is free in time, and ``StoppedError``
        where the query went beyond its time or its memory, or ended its
        process. When the caller is cancelled, the process is ended too.
        """
        worker = await self._taken()
        limits = self.limits
        request = {**request, "seconds": limits.seconds + _GRACE}
        request = {**request, "rows": limits.rows, "bytes": limits.answer_bytes}
        self.metrics.running += 1
        begun = time.monotonic()
        try:
            answer = await self._watched(worker, request)
        except BaseException as error:
            reason = error.reason if isinstance(error, StoppedError) else "left"
            self.metrics.killed[reason] += 1
            self._in_background(self._replace(worker))
            raise
        finally:
            self.metrics.running -= 1
            self.metrics.query_seconds.observe(time.monotonic() - begun)
        if self._is_spent(worker):
            self._in_background(self._replace(worker))
        else:
            self._free.put_nowait(worker)
        return answer

    async def _taken(self) -> _Worker:
        if self.metrics.queued >= self.limits.waiting:
            raise BusyError
        self.metrics.queued += 1
        try:
            async with asyncio.timeout(self.limits.patience):
                while True:
                    worker = await self._free.get()
                    if self._closing:
                        self._free.put_nowait(worker)
                        raise BusyError
                    if worker.process.returncode is None and worker.build == self.current:
                        return worker
                    # It died while idle, or a new build is there.
                    self._in_background(self._replace(worker))
        except TimeoutError:
            raise BusyError from None
        finally:
            self.metrics.queued -= 1

    async def _watched(self, worker: _Worker, request: dict[str, Any]) -> Answer:
        end = time.monotonic() + self.limits.seconds
        asked = asyncio.ensure_future(worker.ask(request))
        try:
            while True:
                left = end - time.monotonic()
                done, _pending = await asyncio.wait({asked}, timeout=min(_GLANCE, max(left, 0)))
                if done:
                    return asked.result()
                if left <= 0:
                    raise StoppedError("time")
                if worker.memory() > self.limits.megabytes * MEGABYTE:
                    raise StoppedError("memory")
        except (asyncio.IncompleteReadError, ConnectionError, BrokenPipeError) as error:
            if self._closing:
                raise BusyError from None
            raise StoppedError("crash") from error
        finally:
            asked.cancel()

    def _is_spent(self, worker: _Worker) -> bool:
        """Whether it kept so much of its memory that the next query would suffer."""
        return worker.memory() > self.limits.megabytes * MEGABYTE // 2

    async def _replace(self, worker: _Worker) -> None:
        self._all.discard(worker)
        await worker.kill()
        pause = 0.1
        while not self._closing:
            try:
                self._enlist(await _Worker.start(self.folder, self.limits))
                return
            except (CallError, OSError):
                self._sound = bool(self._all)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 30)

    def _enlist(self, worker: _Worker) -> None:
        self._sound = True
        self._all.add(worker)
        self.build, self.quads = worker.build, worker.quads
        self._free.put_nowait(worker)

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _frame(process: asyncio.subprocess.Process) -> tuple[dict[str, Any], bytes]:
    assert process.stdout is not None
    size = int.from_bytes(await process.stdout.readexactly(4), "big")
    header = json.loads(await process.stdout.readexactly(size))
    return header, await process.stdout.readexactly(header.get("bytes", 0))


def _environment() -> dict[str, str]:
    """Ours, with this very package found first."""
    import ptce_graph

    package = str(Path(ptce_graph.__file__).parent.parent)
    path = os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH", "")]))
    return {**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"}


def _own_group() -> dict[str, Any]:
    if sys.platform == "win32":
        import subprocess

        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}
