"""Shared by the tests: the tiny invented project, and the bundled one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import ptce_graph

TINY = Path(__file__).parent / "tiny"


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    """The tests read English messages, whoever runs them."""
    monkeypatch.setenv("LANGUAGE", "en")


@pytest.fixture(scope="session")
def tiny():
    """The knowledge graph of the tiny project (read only)."""
    return ptce_graph.load(TINY)


@pytest.fixture(scope="session")
def bundled():
    """The knowledge graph of the bundled data (read only)."""
    return ptce_graph.load()


@pytest.fixture
def tiny_copy(tmp_path):
    """A copy of the tiny project's folder, to spoil."""
    folder = tmp_path / "tiny"
    shutil.copytree(TINY, folder)
    return folder


def _unavailable(reason: str) -> None:
    if os.environ.get("PTCE_REQUIRE_BROWSER") == "1":
        pytest.fail(f"a browser is required: {reason}")
    print(f"browser tests skipped: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Headless Chromium: the system's, or the one Playwright brought."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        _unavailable("playwright is not installed")
    own = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(
                executable_path=own, args=["--no-sandbox", "--disable-gpu"]
            )
        except Error as error:
            _unavailable(f"no Chromium: {error.message.splitlines()[0]}")
        yield started
        started.close()
