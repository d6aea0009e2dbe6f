"""A release of the bundled data and one of the tiny project, each written once for all tests."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

import pytest

import ptce_graph
from ptce_graph.publish.catalogue.release_folder import write_release
from ptce_graph.publish.release import Release
from ptce_graph.tables.dataset_file import dataset_about
from tests.conftest import TINY


@cache
def release_of(folder: Path | None = None) -> Release:
    """What is published of a data folder."""
    graph = ptce_graph.load(folder)
    about = dataset_about(graph.facts.tables.folder)
    return Release(graph.nquads, graph.network(), about=about)


@cache
def _written(folder: Path | None) -> Path:
    parent = Path(tempfile.mkdtemp(prefix="ptce-release-"))
    atexit.register(shutil.rmtree, parent, ignore_errors=True)
    return write_release(release_of(folder), parent / "release")


def bundled_folder() -> Path:
    """The folder of a release of the bundled data (read only)."""
    return _written(None)


def tiny_folder() -> Path:
    """The folder of a release of the tiny project (read only)."""
    return _written(TINY)


def conformance(name: str) -> Path:
    """A folder of published shapes, which is not part of the project; skips where it is absent."""
    told = os.environ.get("PTCE_CONFORMANCE")
    root = Path(__file__).resolve().parents[2]
    places = [Path(told)] if told else [root.parent / "shared" / "conformance"]
    for place in places:
        if (place / name).is_dir():
            return place / name
    reason = (
        f"the shapes of {name} are not at hand: set PTCE_CONFORMANCE to a folder that holds them"
    )
    print(f"skipped: {reason}")
    pytest.skip(reason)
