"""What one query may take, and how much memory a process holds."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field

MEGABYTE = 1024 * 1024


def default_workers() -> int:
    """As many queries at once as there are cores; two at least, so that one never stops all."""
    return max(2, min(os.cpu_count() or 2, 8))


@dataclass(frozen=True)
class Limits:
    """The bounds of the server. Times in seconds, sizes in bytes unless named otherwise."""

    seconds: float = 10.0
    """The running time of one query; its process is ended then."""
    rows: int = 100_000
    """Solutions or triples in one answer."""
    workers: int = field(default_factory=default_workers)
    """Queries that run at once, each in a process."""
    megabytes: int = 1024
    """Memory that one query may take, beyond what its process holds at rest."""
    answer_bytes: int = 64 * MEGABYTE
    waiting: int = 64
    """Queries that wait for a process; those beyond are told to come back."""
    patience: float = 20.0
    """How long a query waits for a process."""
    request_bytes: int = 1_000_000
    """The body of a request: the longest query, percent-encoded, fits in it."""
    header_seconds: float = 10.0
    """How long a client may take to send the head of a request."""
    body_seconds: float = 20.0
    """How long a client may take to send its query."""
    reading_seconds: float = 30.0
    """How long a client may read nothing of its answer."""
    connections: int = 256
    in_flight_bytes: int = 256 * MEGABYTE
    """Answers that clients have not read yet, all together."""


def limit_own_memory(megabytes: int) -> None:
    """Let this process take ``megabytes`` more than it has, where the system can hold it to that.

    On Linux an allocation beyond fails, which ends the process. Elsewhere the
    watch of ``workers`` alone keeps the bound.
    """
    if sys.platform != "linux":
        return
    import resource

    with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123
        held = next(int(line.split()[1]) for line in status if line.startswith("VmData"))
    bound = held * 1024 + megabytes * MEGABYTE
    _soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard != resource.RLIM_INFINITY:
        bound = min(bound, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (bound, bound))


def memory_of(pid: int) -> int:
    """The bytes that process ``pid`` holds for itself, 0 where it is gone or cannot be seen."""
    if sys.platform == "linux":
        try:
            with open(f"/proc/{pid}/statm", encoding="ascii") as statm:  # noqa: PTH123
                _size, resident, shared = statm.read().split()[:3]
        except OSError:
            return 0
        return (int(resident) - int(shared)) * os.sysconf("SC_PAGE_SIZE")
    if sys.platform == "win32":
        return _memory_on_windows(pid)
    return _memory_by_ps(pid)


def _memory_by_ps(pid: int) -> int:
    """What ``ps`` tells, as macOS and the BSDs have no file for it."""
    try:
        told = subprocess.run(  # noqa: S603
            ["/bin/ps", "-o", "rss=", "-p", str(pid)],
            capture_output=True,
            text=True,
            timeout=5,
            check=False,
        )
        return int(told.stdout.strip() or 0) * 1024
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return 0


def _memory_on_windows(pid: int) -> int:
    if sys.platform != "win32":
        return 0
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS of psapi.h."""

        _fields_ = [("cb", wintypes.DWORD), ("PageFaultCount", wintypes.DWORD)] + [
            (name, ctypes.c_size_t)
            for name in (
                "PeakWorkingSetSize",
                "WorkingSetSize",
                "QuotaPeakPagedPoolUsage",
                "QuotaPagedPoolUsage",
                "QuotaPeakNonPagedPoolUsage",
                "QuotaNonPagedPoolUsage",
                "PagefileUsage",
                "PeakPagefileUsage",
            )
        ]

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.OpenProcess.restype = wintypes.HANDLE
    # PROCESS_QUERY_LIMITED_INFORMATION
    handle = kernel.OpenProcess(0x1000, False, pid)
    if not handle:
        return 0
    try:
        counters = Counters()
        counters.cb = ctypes.sizeof(Counters)
        found = kernel.K32GetProcessMemoryInfo(
            wintypes.HANDLE(handle), ctypes.byref(counters), counters.cb
        )
        return int(counters.PagefileUsage) if found else 0
    finally:
        kernel.CloseHandle(wintypes.HANDLE(handle))
