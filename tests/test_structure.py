"""The house: imports go one way, heavy packages wait until they are needed."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import ptce_graph

PACKAGE = Path(ptce_graph.__file__).parent

#: From the ground up; rooms on one line do not import each other.
FLOORS = (
    ("errors", "i18n", "files", "tabular", "bundled", "progress", "collection"),
    ("vocabulary",),
    ("tables",),
    ("importers", "dataset", "network"),
    ("analysis",),
    ("poles",),
    ("maps",),
    ("reports",),
    ("publish",),
    ("knowledge_graph",),
    ("server",),
    ("cli",),
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}

#: The only modules that import click: the library must serve notebooks and servers.
CLICK_ROOM = "cli"

#: Two rooms of one floor may meet where the design says so: errors are told in words.
GROUND = set(FLOORS[0])


def _modules():
    found = sorted(PACKAGE.rglob("*.py"))
    assert len(found) > 25
    return found


def _room(path):
    relative = path.relative_to(PACKAGE).parts
    return relative[0].removesuffix(".py")


def _imports(path, top_level_only=False):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if top_level_only else ast.walk(tree)
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module
            # `from ptce_graph import x` may name a room.
            if node.module == "ptce_graph":
                yield from (f"ptce_graph.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", _modules(), ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_go_downwards(path):
    room = _room(path)
    if room in ("__init__", "__main__"):
        return
    for name in _imports(path):
        parts = name.split(".")
        if parts[0] == "click":
            assert room == CLICK_ROOM
        if parts[0] != "ptce_graph" or len(parts) < 2 or parts[1] == room:
            continue
        target = parts[1]
        if target in ("load", "check", "__version__"):
            continue
        assert target in FLOOR, f"{target} stands on no floor of this test"
        below = FLOOR[target] < FLOOR[room] or {target, room} <= GROUND
        assert below, f"{room} imports {target}, which does not stand below it"


HEAVY = (
    "pandas",
    "networkx",
    "rdflib",
    "pyvis",
    "pyshacl",
    "matplotlib",
    "numpy",
    "jinja2",
    "scipy",
    "rustworkx",
    "pyarrow",
)


@pytest.mark.parametrize("statement", ["import ptce_graph", "import ptce_graph.cli"])
def test_nothing_heavy_is_imported_before_it_is_needed(statement):
    code = f"import sys; {statement}; print(*[m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_files_can_be_read_in_one_sitting():
    long = {p.name: len(p.read_text("utf-8").splitlines()) for p in _modules()}
    del long["terms.py"]  # Generated, for programs: a line per term.
    assert {name: lines for name, lines in long.items() if lines > 400} == {}
