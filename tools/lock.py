"""Pin every package, with its hashes, for all supported Pythons and systems.

Writes ``requirements/run.txt`` (what the package needs, and what installs it)
and ``requirements/dev.txt`` (the tests and checks besides). No index address
is written: the files hold names, versions and hashes only.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADER = "# Pinned by `make lock`; edit pyproject.toml instead.\n"


def lock(name: str, *groups: str) -> None:
    target = ROOT / "requirements" / name
    command = [sys.executable, "-m", "uv", "pip", "compile", "--universal", "--generate-hashes"]
    command += ["--no-header", "--no-annotate", "--no-config", "--quiet", "--upgrade"]
    command += ["--python-version", "3.11", "pyproject.toml", *groups]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    target.write_text(HEADER + done.stdout, encoding="utf-8")
    print(target.relative_to(ROOT))


if __name__ == "__main__":
    (ROOT / "requirements").mkdir(exist_ok=True)
    lock("run.txt", "requirements/build.in")
    lock("dev.txt", "requirements/build.in", "--group", "dev")
