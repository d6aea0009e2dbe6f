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
#: By table and identifier: SIREN, SIRETs, RNA number, item of Wikidata, other addresses.
NUMBERS = {
    "organisations": {
        "org-un": "552120222,55212022200013|55212022200021,W751234567,Q42,",
        "org-deux": "356000000,35600000000048,,,",
        "reseau-alpha": ",,W9R1234567,,",
    },
    "poles": {"pole-nord": ",,,Q1000000,https://a.example/nord|https://b.example/1"},
}


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


@pytest.fixture(scope="session")
def numbered(tmp_path_factory):
    """The tiny project with numbers of registers (read only).

    The numbers are right ones, of companies that everybody knows (a bank, La Poste):
    its organisations, which are invented, have none of their own.
    """
    folder = tmp_path_factory.mktemp("numbered") / "tiny"
    shutil.copytree(TINY, folder)
    for name, by_id in NUMBERS.items():
        path = folder / "sources" / "livret" / f"{name}.csv"
        header, *rows = path.read_text(encoding="utf-8").splitlines()
        lines = [f"{header},siren,siret,rna,wikidata,same_as"]
        lines += [f"{row},{by_id.get(row.partition(',')[0], ',,,,')}" for row in rows]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return ptce_graph.load(folder)


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
