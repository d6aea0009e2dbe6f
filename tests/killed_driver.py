"""Run an action many times, each time killed at another moment: ``python killed_driver.py WORK``.

A child process counts what it does to files (opens, renames, removals …) and kills
itself with SIGKILL just before one of these. The parent has loaded the modules and
does nothing else, since only a process without threads can be forked safely. Results
go to the output as JSON; see ``test_killed.py``.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

SEED = 2011
#: What the actions would otherwise load anew in each child.
_LOADED = ("pandas", "pyarrow.compute", "pyoxigraph", "ptce_graph.importers.run")
_FILE_EVENTS = (
    "open",
    "os.rename",
    "os.remove",
    "os.rmdir",
    "os.mkdir",
    "os.listdir",
    "os.scandir",
    "os.truncate",
    "os.utime",
    "os.chmod",
    "shutil.rmtree",
    "shutil.copyfile",
    "fcntl.flock",
)


def moments(total: int, count: int) -> list[int]:
    """``count`` of ``total`` moments, seeded; the first and the last are among them."""
    between = random.Random(SEED).sample(range(2, total), min(count - 2, total - 2))
    return sorted({1, total, *between})


@dataclass(frozen=True)
class Done:
    """How a child ended (0: well), how many steps it made, and what it told."""

    end: int
    steps: int
    told: str


def forked(action: Callable[[], object], folder: Path, at: int = 0) -> Done:
    """Run ``action`` in a child, which is killed before its step ``at``."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if not child:
        steps, code, told = 0, 1, ""

        def count(event: str, words: tuple[object, ...]) -> None:
            nonlocal steps
            if event in _FILE_EVENTS and str(folder) in str(words):
                steps += 1
                if steps == at:
                    os.kill(os.getpid(), signal.SIGKILL)

        try:
            sys.addaudithook(count)
            told = str(action())
            code = 0
        except BaseException:
            told = traceback.format_exc()
        finally:
            os.write(write_end, f"{steps} {told}".encode()[:60_000])
            os._exit(code)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as stream:
        steps, _space, told = stream.read().decode().partition(" ")
    return Done(os.waitpid(child, 0)[1], int(steps or 0), told)


def tried(
    before: Path,
    folder: Path,
    action: Callable[[], object],
    state: Callable[[], str],
    count: int,
) -> dict[str, object]:
    """What ``state`` says before, after, after each kill, and after the run that follows it."""

    def anew() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(before, folder)

    def seen() -> str:
        found = forked(state, folder)
        return found.told if not found.end else f"failed: {found.told}"

    anew()
    old = seen()
    whole = forked(action, folder)
    told = {"end": whole.end, "steps": whole.steps, "old": old, "new": seen(), "told": whole.told}
    killed = []
    for at in moments(whole.steps, count):
        anew()
        end = forked(action, folder, at).end
        left = seen()
        again = forked(action, folder).end
        killed.append({"at": at, "end": end, "left": left, "again": again, "then": seen()})
    return told | {"killed": killed}


def main() -> None:
    """Try the action that is asked for."""
    name, work, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    from tests import test_killed

    for module in _LOADED:
        import_module(module)
    action, state = test_killed.ACTIONS[name](work)
    sys.stdout.write(json.dumps(tried(work / "before", work / "folder", action, state, count)))


if __name__ == "__main__":
    main()
