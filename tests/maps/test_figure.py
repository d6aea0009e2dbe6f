"""Figures for papers: the same bytes each time, every text there, none that is more than text."""

from __future__ import annotations

import subprocess
import sys
import warnings
from dataclasses import replace
from xml.etree import ElementTree

import pytest

import ptce_graph
from ptce_graph.maps.figure import FORMATS, figure_bytes, write_figure
from tests.conftest import TINY

HOSTILE = "$\\frac{1}{0}$ <script>alert(1)</script> & \u202e \U0001f600"


@pytest.fixture(scope="module")
def model(tiny):
    return tiny.map_model()


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_map_gives_the_same_bytes(model, name):
    assert figure_bytes(model, name) == figure_bytes(model, name)


def test_another_process_gives_the_same_bytes(model, tmp_path):
    path = tmp_path / "map.svg"
    code = (
        "import ptce_graph, pathlib; from ptce_graph.maps.figure import write_figure;"
        f"kg = ptce_graph.load(pathlib.Path({str(TINY)!r}));"
        f"write_figure(kg.map_model(), pathlib.Path({str(path)!r}))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert path.read_bytes() == figure_bytes(model, "svg")


def test_names_are_text_in_the_drawing(model):
    root = ElementTree.fromstring(figure_bytes(model, "svg"))
    told = " ".join(root.itertext())
    assert "Réseau Alpha" in told
    assert model.title in told
    # The pole that nothing is tied to is named in the caption.
    assert "Pôle Isolé" in told


def test_no_text_is_a_formula_or_markup(model):
    nodes = tuple(replace(node, label=HOSTILE, short=HOSTILE) for node in model.nodes)
    spoilt = replace(model, nodes=nodes, title=HOSTILE, subtitle=HOSTILE)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        written = {name: figure_bytes(spoilt, name) for name in FORMATS}
    assert b"<script" not in written["svg"]
    root = ElementTree.fromstring(written["svg"])
    assert "$\\frac{1}{0}$ <script>alert(1)</script>" in " ".join(root.itertext())
    assert not [e for e in root.iter() if e.tag.endswith("script")]


def test_a_png_is_as_wide_as_asked(model):
    head = figure_bytes(model, "png", width_cm=12.7)[:24]
    # 12.7 cm are 5 inches of 300 pixels.
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(head[16:20]) == 1500


def test_what_there_is_not_is_told(model, tmp_path):
    with pytest.raises(ptce_graph.CallError, match="pdf"):
        figure_bytes(model, "gif")
    with pytest.raises(ptce_graph.CallError):
        figure_bytes(model, "svg", width_cm=1)
    write_figure(model, tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
