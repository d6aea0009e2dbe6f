"""Killed at any moment, a build, an import and a reconciliation leave what can be opened.

Each runs twenty times, killed with SIGKILL just before a step that touches a file
(the steps are drawn with a seed). What is left must be the state before or the
state after, and the same command must then complete.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import TINY

ROOT = Path(__file__).parent.parent
MOMENTS = 20

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")

MEMBERS = "SIREN;Nom;Réseau\n552120222;Organisation A;Réseau X\n;Organisation B;Réseau X\n"
NEWER = "SIREN;Nom;Réseau\n552120222;Organisation A;Réseau Y\n;Organisation C;Réseau X\n"

NEWER_NAME = "Organisation Premier"

Action = Callable[[], object]
State = Callable[[], str]


def _digest(folder: Path) -> str:
    """The visible files of a folder and what is in them; of a folder that is not there, nothing."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(part.startswith(".") for part in parts):
            digest.update("/".join(parts).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _build(work: Path) -> tuple[Action, State]:
    from ptce_graph.dataset.build import open_build
    from ptce_graph.knowledge_graph import build_folder

    newer = work / "newer"
    # Imported here: the test itself needs no store.
    from pyoxigraph import Literal

    def state() -> str:
        store = open_build(work / "folder")
        named = [quad for quad in store if quad.object == Literal(NEWER_NAME, language="fr")]
        return f"{len(store)} quads, newer: {bool(named)}"

    return lambda: build_folder(newer, work / "folder"), state


def _import(work: Path) -> tuple[Action, State]:
    import ptce_graph

    def state() -> str:
        problems = ptce_graph.check(work / "folder")
        assert problems == [], problems
        return _digest(work / "folder" / "sources")

    def action() -> object:
        given = {"source": "membres", "date": "2024"}
        return ptce_graph.import_file("spreadsheet", work / "newer.csv", work / "folder", **given)

    return action, state


def _reconcile(work: Path) -> tuple[Action, State]:
    import ptce_graph
    from ptce_graph.importers.reconcile.folder import Folder

    def state() -> str:
        problems = ptce_graph.check(work / "folder")
        assert problems == [], problems
        return hashlib.sha256((work / "folder/identities.csv").read_bytes()).hexdigest()[:16]

    def action() -> object:
        return Folder.opened(work / "folder").take_review(work / "review.csv")

    return action, state


#: What is killed, and how the state it leaves is told; called in the driver's process.
ACTIONS = {"build": _build, "import": _import, "reconcile": _reconcile}


def _before_build(work):
    import ptce_graph

    ptce_graph.load(TINY).build(work / "before")
    shutil.copytree(TINY, work / "newer")
    table = work / "newer/sources/livret/organisations.csv"
    table.write_text(
        table.read_text(encoding="utf-8").replace("Organisation Un,", f"{NEWER_NAME},"), "utf-8"
    )


def _before_import(work):
    import ptce_graph

    (work / "older.csv").write_text(MEMBERS, encoding="utf-8")
    (work / "newer.csv").write_text(NEWER, encoding="utf-8")
    ptce_graph.import_file(
        "spreadsheet", work / "older.csv", work / "before", source="membres", date="2023"
    )


def _before_reconcile(work):
    from ptce_graph.importers.reconcile.candidates import Search
    from ptce_graph.importers.reconcile.folder import Folder

    shutil.copytree(TINY, work / "before")
    folder = Folder.opened(work / "before")
    pairs = folder.pairs(Search(minimum=0.0))
    assert pairs
    path = folder.write_review(pairs, work / "review.csv", "en")
    text = path.read_text(encoding="utf-8-sig").splitlines()
    column = text[0].split(",").index("judgement")
    first = text[1].split(",")
    first[column] = "different"
    path.write_text("\n".join([text[0], ",".join(first), *text[2:]]) + "\n", encoding="utf-8")


BEFORE = {"build": _before_build, "import": _before_import, "reconcile": _before_reconcile}


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_what_is_killed_leaves_one_of_two_states_and_the_next_run_completes(tmp_path, name):
    BEFORE[name](tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "tests.killed_driver", name, str(tmp_path), str(MOMENTS)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "LANGUAGE": "en", "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["end"] == 0, told["told"]
    assert told["old"] != told["new"]
    assert len(told["killed"]) == min(MOMENTS, told["steps"]) >= 10, told["steps"]
    for one in told["killed"]:
        # A moment counted in one run may come after the end of another, which found less to do.
        assert one["end"] == signal.SIGKILL, one
        assert one["left"] in (told["old"], told["new"]), one
        assert one["again"] == 0, one
        assert one["then"] == told["new"], one
