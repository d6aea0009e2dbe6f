"""Shared by the tests: the tiny invented project, and the bundled one."""

from __future__ import annotations

import shutil
from pathlib import Path

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
