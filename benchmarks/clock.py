"""Seconds: measured, or told from a part of the work where the whole would take too long."""

from __future__ import annotations

import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: Below so many seconds a call is repeated, and the shortest counts.
SHORT, REPEATS = 1.0, 3
#: What takes longer by estimate is not run in full.
LONGEST = 60.0
#: Seconds for the nodes of all strata, and nodes of each at most.
SAMPLING, MOST_NODES = 15.0, 200


@dataclass(frozen=True)
class Seconds:
    """A time. ``sign``: empty when measured, ``~`` when told from a part, ``>`` when cut short."""

    seconds: float
    sign: str = ""
    note: str = ""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def timed(call: Callable[[], Any]) -> tuple[Seconds, Any]:
    """How long ``call`` takes, the shortest of ``REPEATS`` where it is short, and its result."""
    found, best = None, float("inf")
    for _ in range(REPEATS):
        start = time.perf_counter()
        found = call()
        best = min(best, time.perf_counter() - start)
        if best > SHORT:
            break
    return Seconds(best), found


def from_part(call: Callable[[], Any], part: int, whole: int) -> Seconds:
    """The time of ``whole`` equal pieces of work from that of ``part`` of them."""
    start = time.perf_counter()
    call()
    return Seconds((time.perf_counter() - start) * whole / part, "~")


def from_nodes(
    call: Callable[[Sequence[Any]], Any],
    nodes: Sequence[Any],
    work: NDArray[np.float64],
    seed: int,
) -> Seconds:
    """The time of ``call`` on all ``nodes`` from a sample of them.

    ``work`` says how much each node has to read. Nodes whose work is alike
    (within a factor of 4) make a stratum, from which up to ``MOST_NODES`` are
    drawn; the time of a stratum is that of its sample, times the work of the
    stratum over the work of the sample (the ratio estimate of stratified
    sampling: Cochran, W. G., Sampling Techniques, 1977, chapter 6).
    """
    random = np.random.default_rng(seed)
    stratum = np.floor(np.log2(work) / 2).astype(int)
    numbers = np.unique(stratum)[::-1]
    total = 0.0
    for number in numbers.tolist():
        here = random.permutation(np.flatnonzero(stratum == number))
        spent, done = 0.0, 0
        while done < min(len(here), MOST_NODES) and spent < SAMPLING / len(numbers):
            batch = here[done : 2 * done + 1][: MOST_NODES - done]
            start = time.perf_counter()
            call([nodes[at] for at in batch])
            spent += time.perf_counter() - start
            done += len(batch)
        total += spent * work[here].sum() / work[here[:done]].sum()
    return Seconds(total, "~")


class _TooLongError(Exception):
    pass


def at_most(limit: float, call: Callable[[], Any]) -> Seconds:
    """How long ``call`` takes, cut short after ``limit`` seconds."""
    start = time.perf_counter()
    try:
        with _alarm(limit):
            call()
    except _TooLongError:
        return Seconds(limit, ">")
    return Seconds(time.perf_counter() - start)


@contextmanager
def _alarm(limit: float) -> Iterator[None]:
    def ring(_number: int, _frame: object) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def peak_memory() -> float:
    """The most memory this process ever had, in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return float(peak if sys.platform == "darwin" else peak * 1024)
