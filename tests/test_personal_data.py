"""No e-mail address, no telephone number, in any text of the project."""

from __future__ import annotations

import re
from pathlib import Path

from ptce_graph.tables.check import PERSONAL_PATTERN

ROOT = Path(__file__).parent.parent
TEXT = {
    ".py",
    ".csv",
    ".yml",
    ".ttl",
    ".rq",
    ".md",
    ".toml",
    ".po",
    ".jsonld",
    ".js",
    ".j2",
    ".css",
}
PLACES = ("ptce_graph", "ontology", "data", "tests", "tools", "docs")

#: What proves that the refusal works.
MEANT = {"01 02 03 04 05"}


def _texts():
    files = [p for place in PLACES for p in (ROOT / place).rglob("*") if p.suffix in TEXT]
    files += [p for p in ROOT.iterdir() if p.suffix in TEXT]
    assert len(files) > 100
    return files


def test_the_pattern_sees_what_it_must():
    for text in (
        "06 12 34 56 78",
        "0612345678",
        "+33 1 23 45 67 89",
        "a.b@c-d.fr",
        "01.23.45.67.89",
    ):
        assert re.search(PERSONAL_PATTERN, text), text  # fmt: skip
    for text in ("2007-03-15", "26106", "84200.0", "https://w3id.org/ptce/id/", "12|81-83"):
        assert not re.search(PERSONAL_PATTERN, text), text


def test_no_personal_data_anywhere():
    found = []
    for path in _texts():
        if path.name == Path(__file__).name:
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            found += [
                (path.name, match)
                for match in re.findall(PERSONAL_PATTERN, line)
                if match not in MEANT
            ]
    assert found == []
