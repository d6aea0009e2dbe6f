"""Write docs/scorecard.md: published checklists, answered from a release of the bundled data.

python tools/write_scorecard.py            write the file
python tools/write_scorecard.py --check    exit 1 if it is not up to date
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from scorecard import CHECKLISTS
from scorecard.document import document
from scorecard.evidence import Evidence
from written_pages import write_or_check

import ptce_graph
from ptce_graph.publish.catalogue.release_folder import write_release
from ptce_graph.publish.release import Release
from ptce_graph.tables.dataset_file import dataset_about

TARGET = Path(__file__).resolve().parent.parent / "docs" / "scorecard.md"


def read(release: Release, folder: Path) -> Evidence:
    """What the scorecard rests on: a release and the folder it was written to."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return Evidence(release, files)


def text() -> str:
    """The scorecard of the bundled data."""
    graph = ptce_graph.load()
    about = dataset_about(graph.facts.tables.folder)
    release = Release(graph.nquads, graph.network(), about=about)
    with tempfile.TemporaryDirectory() as parent:
        folder = write_release(release, Path(parent) / "release")
        return document(read(release, folder), CHECKLISTS)


if __name__ == "__main__":
    sys.exit(write_or_check({TARGET: text()}))
