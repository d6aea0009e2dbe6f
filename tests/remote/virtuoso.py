"""A Virtuoso of the system's packages, started as the documentation says."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

DOC = Path(__file__).parents[2] / "docs" / "bigger-than-one-machine.md"
USER = PASSWORD = "dba"


def require():
    """Skip, with the reason, where there is no Virtuoso; fail where there must be one."""
    if shutil.which("virtuoso-t"):
        return
    reason = "virtuoso-t is not installed"
    if os.environ.get("PTCE_REQUIRE_VIRTUOSO") == "1":
        pytest.fail(f"Virtuoso is required: {reason}")
    print(f"tests with Virtuoso skipped: {reason}")
    pytest.skip(reason)


def _free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def running(folder: Path):
    """The address of a server in ``folder``, stopped at the end."""
    text = DOC.read_text(encoding="utf-8")
    (ini,) = re.findall(r"```ini\n(.*?)```", text, re.DOTALL)
    sql, web = _free_port(), _free_port()
    assert ":1111" in ini and ":8890" in ini
    ini = ini.replace(":1111", f":{sql}").replace(":8890", f":{web}")
    (folder / "virtuoso.ini").write_text(ini, encoding="utf-8")
    command = ["virtuoso-t", "+configfile", "virtuoso.ini", "+foreground"]
    with (folder / "out.txt").open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=out)
    try:
        _wait(process, f"http://127.0.0.1:{web}/sparql?query=ASK%7B%7D", folder)
        yield f"http://127.0.0.1:{web}"
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process, url, folder):
    for _moment in range(600):
        if process.poll() is not None:
            told = (folder / "out.txt").read_text(encoding="utf-8", errors="replace")
            pytest.fail(f"virtuoso-t ended: {told[-2000:]}")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail("virtuoso-t does not answer")
