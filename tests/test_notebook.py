"""The notebook runs, says what it said when it was written, and holds nothing of a machine."""

from __future__ import annotations

import getpass
import importlib.util
import json
import re
import socket
from copy import deepcopy
from pathlib import Path

import pytest

from ptce_graph.tables.cells import PERSONAL_PATTERN
from tests.test_personal_data import _persons, persons_in

ROOT = Path(__file__).parent.parent
FILE = ROOT / "docs" / "analyse.ipynb"
CONTENT = FILE.read_text(encoding="utf-8")

_ABSOLUTE = re.compile(
    r"(?<![\w.:/<])/(?:home|root|Users|tmp|var|private|usr|opt|mnt|srv|work|builds?)/"
    r"|\b[A-Za-z]:\\\\?Users|file://"
)


def _tool():
    spec = importlib.util.spec_from_file_location("run_notebook", ROOT / "tools/run_notebook.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


tool = _tool()


def _code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _outputs(notebook, kind):
    return [o for c in _code(notebook) for o in c.outputs if kind in o.get("data", {})]


def test_it_runs_and_says_what_it_said():
    held = tool.read(FILE)
    given = tool.executed(held)
    assert [o for c in _code(given) for o in c.outputs if o.output_type == "error"] == []
    assert tool.differences(held, given) == []


def test_it_is_written_as_the_tool_writes_it():
    assert tool.text(tool.cleaned(tool.read(FILE))) == CONTENT
    assert len(CONTENT.encode()) < 600_000


def test_it_was_committed_with_its_outputs():
    held = tool.read(FILE)
    assert len(_code(held)) >= 12
    # The first code cell only gets things ready.
    assert [cell.id for cell in _code(held)[1:] if not cell.outputs] == []
    assert len(_outputs(held, tool.SVG)) == 2


def test_it_holds_nothing_of_a_machine_and_no_person():
    texts = [CONTENT, *(json.dumps(c, ensure_ascii=False) for c in tool.read(FILE).cells)]
    names = {socket.gethostname(), getpass.getuser()} - {"", "root", "localhost"}
    for text in texts:
        assert _ABSOLUTE.findall(text) == []
        assert persons_in(text, _persons()) == []
        assert [name for name in names if re.search(rf"\b{re.escape(name)}\b", text)] == []
    for cell in tool.read(FILE).cells:
        said = [cell.source, *(part for part in tool.told(cell) if tool.SVG not in part)]
        assert [found for part in said for found in re.findall(PERSONAL_PATTERN, part)] == []


@pytest.mark.parametrize("path", ["/tmp/nb/x", '"/home/a/b"', "C:\\Users\\a", "file:///etc"])
def test_a_path_put_in_is_seen(path):
    assert _ABSOLUTE.search(path)


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("text/html", ">0,305<", ">0,306<"),
        ("text/markdown", "256 constatés", "257 constatés"),
        ("image/svg+xml", "4 faits", "5 faits"),
    ],
)
def test_a_stale_number_is_seen(kind, old, new):
    held = tool.read(FILE)
    stale = deepcopy(held)
    touched = [o for o in _outputs(stale, kind) if old in o.data[kind]]
    assert touched
    touched[0].data[kind] = touched[0].data[kind].replace(old, new, 1)
    (found,) = tool.differences(stale, held)
    assert old in found
    assert new in found


def test_a_changed_or_missing_cell_is_seen():
    held = tool.read(FILE)
    for change in ("source", "gone"):
        other = deepcopy(held)
        if change == "source":
            other.cells[1].source += "\n"
        else:
            other.cells.pop()
        assert tool.differences(held, other) == ["The cells are not the same."]
    silent = deepcopy(held)
    _code(silent)[1].outputs = []
    assert tool.differences(held, silent)


def test_the_tool_takes_away_what_is_of_a_machine():
    notebook = tool.read(FILE)
    cell = _code(notebook)[0]
    cell.metadata["execution"] = {"iopub.status.busy": "2026-01-01T00:00:00Z"}
    cell.execution_count = 77
    cell.id = "a1b2c3"
    notebook.metadata["widgets"] = {"state": {}}
    notebook.metadata["kernelspec"] = {"name": "mine", "display_name": "Mine", "language": "python"}
    warning = {"output_type": "stream", "name": "stderr", "text": "Warning"}
    path = {"output_type": "stream", "name": "stdout", "text": "in /somewhere/else/a.svg\n"}
    cell.outputs = [tool._node(warning), tool._node(path)]
    clean = tool.cleaned(notebook, ("/somewhere/else",))
    (output,) = _code(clean)[0].outputs
    assert output.text == "in …/a.svg\n"
    output.text = ""
    _code(clean)[0].outputs = []
    assert tool.text(clean) == CONTENT
