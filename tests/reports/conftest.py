"""Shared by the tests of reports: each report is made once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import ptce_graph
from ptce_graph.reports.build import report

TINY = Path(__file__).parent.parent / "tiny"

#: Names that would be markup, mathematics or a table's cell, were they not escaped.
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "a | b ` c",
    "# $x^2$ *y* _z_ & \"q\" id='m'",
)


@pytest.fixture(scope="session")
def made(bundled):
    """The report of the bundled data, in English."""
    return report(bundled.facts, bundled.links, language="en")


@pytest.fixture(scope="session")
def french(tiny):
    """The report of the tiny project, in French."""
    return report(tiny.facts, tiny.links)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    """The report of the tiny project with names that attack."""
    folder = tmp_path_factory.mktemp("hostile") / "tiny"
    shutil.copytree(TINY, folder)
    for names, file in (
        (("Réseau Alpha", "Réseau Bêta"), folder / "sources/livret/organisations.csv"),
        (("Pôle Nord", "Pôle Sud-Est"), folder / "sources/livret/poles.csv"),
    ):
        text = file.read_text(encoding="utf-8")
        attacks = HOSTILE[:2] if "organisations" in file.name else HOSTILE[2:]
        for name, attack in zip(names, attacks, strict=True):
            assert f",{name}," in text
            quoted = attack.replace('"', '""')
            # Other, shorter names would be drawn in the figures.
            text = text.replace(f",{name},RA,", f",{name},,")
            text = text.replace(f",{name},", f',"{quoted}",')
        file.write_text(text, encoding="utf-8")
    graph = ptce_graph.load(folder)
    return report(graph.facts, graph.links, language="en", title=HOSTILE[0])
