"""A line of progress on a terminal, for what takes more than a moment."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

#: Nothing is shown of what is done sooner than this, in seconds.
PATIENCE = 2.0
_WIDTH = 30


@contextmanager
def progress_line() -> Iterator[Callable[[str, int, int], None] | None]:
    """A function to be told what is done, how far, of how much; ``None`` without a terminal."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    line = _Line()
    try:
        yield line.told
    finally:
        line.clear()


class _Line:
    def __init__(self) -> None:
        self.begun = self.last = time.monotonic()
        self.shown = False

    def told(self, what: str, done: int, total: int) -> None:
        if done >= total:
            # Somebody may be told, or asked, something next.
            self.clear()
            return
        now = time.monotonic()
        if now - self.begun < PATIENCE or now - self.last < 0.1:
            return
        self.last, self.shown = now, True
        full = _WIDTH * done // max(total, 1)
        bar = "█" * full + "·" * (_WIDTH - full)
        click.echo(f"\r\x1b[K{bar} {done}/{total} {what}", err=True, nl=False)

    def clear(self) -> None:
        if self.shown:
            self.shown = False
            click.echo("\r\x1b[K", err=True, nl=False)
