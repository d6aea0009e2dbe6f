"""Counts for who runs the server, in the text format of Prometheus. Nothing of persons."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field

_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


@dataclass
class Histogram:
    """Durations in seconds, counted by bounds."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(_BOUNDS) + 1))
    total: float = 0.0

    def observe(self, seconds: float) -> None:
        """Count one duration."""
        at = next((i for i, bound in enumerate(_BOUNDS) if seconds <= bound), len(_BOUNDS))
        self.counts[at] += 1
        self.total += seconds

    def lines(self, name: str) -> list[str]:
        """As Prometheus reads it: each bucket counts those below it too."""
        told, below = [], 0
        for bound, count in zip([*map(str, _BOUNDS), "+Inf"], self.counts, strict=True):
            below += count
            told.append(f'{name}_bucket{{le="{bound}"}} {below}')
        return [*told, f"{name}_sum {self.total:.6f}", f"{name}_count {below}"]


@dataclass
class Metrics:
    """What happened since the start."""

    requests: Counter[tuple[str, int]] = field(default_factory=Counter)
    """By kind (``query``, ``thing``, ``page`` …) and status."""
    killed: Counter[str] = field(default_factory=Counter)
    """Processes that were ended, by reason: ``time``, ``memory``, ``crash``, ``left``."""
    query_seconds: Histogram = field(default_factory=Histogram)
    request_seconds: Histogram = field(default_factory=Histogram)
    running: int = 0
    queued: int = 0
    in_flight: int = 0
    refused_connections: int = 0
    started: float = field(default_factory=time.monotonic)

    def text(self, memory: int, workers: int) -> str:
        """All of it; ``memory`` in bytes is that of the ``workers`` processes now."""
        lines = _head("requests_total", "counter", "HTTP requests by kind and status.")
        for (kind, status), count in sorted(self.requests.items()):
            lines.append(f'ptce_requests_total{{kind="{kind}",status="{status}"}} {count}')
        lines += _head("killed_total", "counter", "Query processes ended, by reason.")
        for reason in ("time", "memory", "crash", "left"):
            lines.append(f'ptce_killed_total{{reason="{reason}"}} {self.killed[reason]}')
        lines += _head("query_seconds", "histogram", "Running time of queries.")
        lines += self.query_seconds.lines("ptce_query_seconds")
        lines += _head("request_seconds", "histogram", "Time until an answer is ready to send.")
        lines += self.request_seconds.lines("ptce_request_seconds")
        gauges = (
            ("running", "Queries that run.", self.running),
            ("queued", "Queries that wait for a process.", self.queued),
            ("in_flight_bytes", "Answers that clients have not read yet.", self.in_flight),
            ("workers", "Query processes.", workers),
            ("workers_memory_bytes", "Memory of the query processes.", memory),
            ("uptime_seconds", "Since the start.", int(time.monotonic() - self.started)),
        )
        for name, told, value in gauges:
            lines += [*_head(name, "gauge", told), f"ptce_{name} {value}"]
        lines += _head("refused_connections_total", "counter", "Connections beyond the bound.")
        lines.append(f"ptce_refused_connections_total {self.refused_connections}")
        return "\n".join(lines) + "\n"


def _head(name: str, kind: str, told: str) -> list[str]:
    return [f"# HELP ptce_{name} {told}", f"# TYPE ptce_{name} {kind}"]
