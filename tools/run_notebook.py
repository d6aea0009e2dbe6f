"""Run docs/analyse.ipynb and write it with its outputs, the same bytes for the same data.

python tools/run_notebook.py            run it and write the file
python tools/run_notebook.py --check    run it; exit 1 if what it gives is not what the file holds

Figures are compared by the words in them: each is drawn from a table that the
notebook shows beside it, and that is compared to the last digit.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from copy import deepcopy
from itertools import zip_longest
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from traitlets.config import Config

TARGET = Path(__file__).resolve().parent.parent / "docs" / "analyse.ipynb"
#: It says no types of its own.
_NBFORMAT: Any = nbformat
#: For one cell, in seconds; the whole takes less.
TIMEOUT = 120
LARGEST = 600_000
SVG, PNG = "image/svg+xml", "image/png"
_WIDGET = "application/vnd.jupyter.widget-view+json"
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
_SVG_TEXT = re.compile(r"<(?:text|title|desc)\b[^>]*>(.*?)</(?:text|title|desc)>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


class _ThisPython(KernelSpecManager):
    """The only kernel: the interpreter that runs this file, whatever kernels are installed."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        return KernelSpec(
            argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            display_name="Python 3",
            language="python",
        )


class _Manager(AsyncKernelManager):
    """Starts that kernel."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(kernel_spec_manager=_ThisPython(), **settings)


def read(path: Path = TARGET) -> Any:
    """The notebook as the file holds it."""
    return _NBFORMAT.read(path, as_version=4)


def executed(notebook: Any) -> Any:
    """A copy of ``notebook``, run by this interpreter from its first cell and cleaned.

    Raises ``nbclient.exceptions.CellExecutionError`` where a cell fails.
    """
    notebook = deepcopy(notebook)
    with tempfile.TemporaryDirectory(prefix="nb") as folder:
        # Nothing of the person's own settings is read, and nothing is written into the checkout.
        own = {
            **dict.fromkeys(("IPYTHONDIR", "TMPDIR", "TEMP", "TMP"), folder),
            "LANGUAGE": "fr",
            "MPLBACKEND": "agg",
            "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        }
        connection = {"connection_file": str(Path(folder) / "kernel.json")}
        if sys.platform != "win32":
            # Sockets in a folder need no network, not even that of the machine with itself.
            connection |= {"transport": "ipc", "ip": str(Path(folder) / "s")}
        client = NotebookClient(
            notebook,
            config=Config(KernelManager=connection),
            kernel_manager_class=_Manager,
            kernel_name="python3",
            timeout=TIMEOUT,
            record_timing=False,
            resources={"metadata": {"path": folder}},
        )
        client.execute(env={**os.environ, **own})
        return cleaned(notebook, (folder,))


def cleaned(notebook: Any, folders: tuple[str, ...] = ()) -> Any:
    """A copy that holds nothing of the machine that ran it.

    ``folders`` are paths to replace by ``…``, beside those of this machine.
    """
    notebook = deepcopy(notebook)
    notebook.metadata = _node(_METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    machine = (*folders, sys.prefix, tempfile.gettempdir(), str(TARGET.parent.parent))
    hidden = sorted({*machine, str(Path.home())}, key=lambda path: (-len(path), path))
    ran = 0
    for number, cell in enumerate(notebook.cells, start=1):
        cell["id"] = f"cell-{number:02d}"
        cell.metadata = _node({k: v for k, v in cell.metadata.items() if k == "tags"})
        cell.pop("attachments", None)
        if cell.cell_type == "code":
            ran += 1
            cell.execution_count = ran
            cell.outputs = [out for out in map(_output, cell.outputs) if out is not None]
            cell.outputs = [_without(out, hidden) for out in cell.outputs]
    return notebook


def _output(output: Any) -> Any | None:
    """An output without counts and widgets; none for warnings, which differ between machines."""
    if output.output_type == "stream" and output.name == "stderr":
        return None
    if _WIDGET in output.get("data", {}):
        return None
    output.pop("execution_count", None)
    if output.output_type == "execute_result":
        output.output_type = "display_data"
    if "metadata" in output:
        output.metadata = _node({})
    return output


def _node(value: dict[str, Any]) -> Any:
    """A part of a notebook, as nbformat holds it."""
    return _NBFORMAT.NotebookNode(value)


def _without(value: Any, hidden: list[str]) -> Any:
    if isinstance(value, str):
        for path in hidden:
            value = value.replace(path + os.sep, "…/")
        return value
    if isinstance(value, list):
        return [_without(part, hidden) for part in value]
    if isinstance(value, dict):
        return _node({key: _without(part, hidden) for key, part in value.items()})
    return value


def told(cell: Any) -> list[str]:
    """What the outputs of a code cell say, to be compared: texts and tables whole."""
    said = []
    for output in cell.get("outputs", ()):
        if output.output_type == "stream":
            said.append(f"{output.name}\n{output.text}")
        elif output.output_type == "error":
            said.append(f"error {output.ename}\n{output.evalue}")
        else:
            for kind in sorted(output.data):
                said.append(f"{kind}\n{_shown(kind, output.data[kind])}")
    return said


def _shown(kind: str, value: Any) -> str:
    if kind == SVG:
        return "\n".join(_TAG.sub("", text).strip() for text in _SVG_TEXT.findall(value))
    return "a picture" if kind == PNG else str(value)


def differences(held: Any, given: Any) -> list[str]:
    """One line per output of ``held`` that is not what ``given`` says, with the first lines apart.

    Empty where they agree.
    """
    found: list[str] = []
    for cell, other in zip_longest(held.cells, given.cells):
        if cell is None or other is None or cell.source != other.source:
            return [*found, "The cells are not the same."]
        for one, new in zip_longest(told(cell), told(other), fillvalue=""):
            if one != new:
                lines = zip_longest(one.splitlines(), new.splitlines(), fillvalue="")
                apart = next(((a, b) for a, b in lines if a != b), (one, new))
                found.append(f"{other['id']}: {apart[0].strip()!r} is now {apart[1].strip()!r}")
    return found


def text(notebook: Any) -> str:
    """The file: keys sorted, one space of indent, ended by one line break."""
    return str(_NBFORMAT.writes(notebook, indent=1, sort_keys=True)).rstrip("\n") + "\n"


def main() -> int:
    held = read()
    given = executed(held)
    if "--check" in sys.argv:
        stale = differences(held, given)
        fresh = not stale and text(cleaned(held)) == TARGET.read_text(encoding="utf-8")
        print(f"docs/{TARGET.name} is {'up to date' if fresh else 'not up to date'}.")
        print(*stale, sep="\n", end="\n" if stale else "")
        return int(not fresh)
    whole = text(given)
    if len(whole.encode()) > LARGEST:
        print(f"docs/{TARGET.name} would hold {len(whole.encode())} bytes: too many to be read.")
        return 1
    TARGET.write_text(whole, encoding="utf-8")
    print(TARGET.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
