"""Figures for papers: same bytes, same counts, nothing taken for a formula or for markup."""

from __future__ import annotations

import hashlib
import re
import struct
import subprocess
import sys
import warnings
import zlib
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

import ptce_graph
from ptce_graph.errors import CallError
from ptce_graph.maps.figure import FORMATS, figure_bytes, write_figure
from ptce_graph.maps.figure_labels import Area, Spot, placed_labels
from ptce_graph.maps.figure_text import Pen, plain
from ptce_graph.maps.model import (
    Category,
    Edge,
    Geography,
    Grouping,
    MapModel,
    Outline,
    Tray,
)
from tests.maps.sample import CORPUS, hostile_map, small_map

SVG = "{http://www.w3.org/2000/svg}"
#: The one node of the small map that no link touches; it stands in the tray.
ALONE = "Café tout seul"

AWKWARD = (
    r"$\frac{1}{0}$",
    "$",
    r"\$100 et 200 $",
    "a\nb\tc\r\nd",
    "\u202egauche\u2066 droite\u2069",
    "漢字 🌍 \U000f0000",
    "مرحبا",
    "\x00\x01\x1b[31m",
    "",
    " ",
    "x" * 5_000,
    "mot " * 2_000,
    "]]><b>&amp;",
)


def svg(model: MapModel, **options: object) -> ElementTree.Element:
    return ElementTree.fromstring(figure_bytes(model, "svg", **options))  # type: ignore[arg-type]


def groups(root: ElementTree.Element, name: str) -> set[str]:
    ids = [str(group.get("id")) for group in root.iter(f"{SVG}g")]
    return {i for i in ids if re.fullmatch(rf"{name}-\d+", i)}


def texts(root: ElementTree.Element) -> list[str]:
    return ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]


@pytest.fixture(scope="module")
def bundled() -> MapModel:
    return ptce_graph.load().map_model()


def geographic_map() -> MapModel:
    model = small_map()
    square = ((0, 0), (300, 0), (300, 300), (0, 300))
    island = ((420, 20), (460, 20), (460, 60))
    geography = Geography(
        (Outline("a", "Département A", (square,)), Outline("b", "Île B", (island,))),
        (Tray("Île", 400, 0, 80, 80), Tray("Lieu inconnu", 400, 150, 120, 120)),
        "Contours inventés.",
    )
    places: dict[str, tuple[int, int] | None] = {
        "net/alpha": (50, 50),
        "pole/omega": (200, 200),
        "org/beta": (440, 40),
        "org/gamma": (450, 200),
    }
    nodes = tuple(replace(n, place=places.get(n.id)) for n in model.nodes)
    return replace(model, nodes=nodes, geography=geography)


def test_every_mark_and_link_is_drawn_once_and_the_lone_are_told() -> None:
    root = svg(small_map())
    assert groups(root, "node") == {"node-0", "node-1", "node-2", "node-3"}
    assert groups(root, "edge") == {f"edge-{i}" for i in range(5)}
    caption = " ".join(texts(root))
    assert re.search(rf"Sans lien \(1, [^)]*\).*{ALONE}", caption)


def test_the_bundled_map_is_drawn_whole(bundled: MapModel) -> None:
    root = svg(bundled)
    linked = {end for edge in bundled.edges for end in (edge.source, edge.target)}
    assert len(groups(root, "node")) == len(linked)
    assert len(groups(root, "edge")) == len(bundled.edges)
    said = " ".join(texts(root))
    for node in bundled.nodes:
        if node.id not in linked:
            # Wrapped names may be cut at any space.
            assert all(word in said for word in node.short.split())
    for source in bundled.sources:
        assert all(word in said for word in plain(source.title).split())
    assert f"ptce-graph {ptce_graph.__version__}" in said


def test_the_ranks_decide_which_names_are_written(bundled: MapModel) -> None:
    first = min(bundled.nodes, key=lambda n: n.rank)
    shown = texts(svg(bundled, labels=1))
    assert (first.short or first.label) in shown
    assert len(texts(svg(bundled, labels=25))) >= len(texts(svg(bundled, labels=0))) + 20


def test_text_is_text_with_its_font_a_title_and_a_description() -> None:
    root = svg(small_map())
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Carte d'essai"
    assert root.findtext(f"{SVG}desc") == "Cinq noms inventés."
    assert {"Carte d'essai", "Réseau Alpha", "Pôle Oméga"} <= set(texts(root))
    assert "@font-face" in (root.findtext(f"{SVG}style") or "")
    sizes = re.findall(r"font-size: ([\d.]+)px", figure_bytes(small_map(), "svg").decode())
    assert sizes
    assert min(map(float, sizes)) >= 7
    # One unit is one point at the printed width.
    assert float(str(root.get("width")).removesuffix("pt")) == pytest.approx(18 / 2.54 * 72, 0.001)


@pytest.mark.parametrize("format", FORMATS)
def test_two_runs_and_two_processes_write_the_same_bytes(format: str) -> None:
    once = figure_bytes(small_map(), format)
    assert figure_bytes(small_map(), format) == once
    code = (
        "import hashlib, matplotlib; matplotlib.rcParams['lines.linewidth'] = 9;"
        "matplotlib.rcParams['text.color'] = 'red'; matplotlib.rcParams['font.size'] = 30;"
        "from tests.maps.sample import small_map; from ptce_graph.maps.figure import figure_bytes;"
        f"print(hashlib.sha256(figure_bytes(small_map(), {format!r})).hexdigest());"
        "assert matplotlib.rcParams['font.size'] == 30"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert told.strip() == hashlib.sha256(once).hexdigest()


def test_the_clock_and_versions_of_others_leave_no_trace() -> None:
    for format in FORMATS:
        written = figure_bytes(small_map(), format)
        assert b"matplotlib" not in written
        assert b"CreationDate" not in written
        assert not re.search(rb"20\d\d-\d\d-\d\dT", written)


@pytest.mark.parametrize("width", [8, 18])
def test_a_png_has_the_pixels_of_its_width(width: float) -> None:
    written = figure_bytes(small_map(), "png", width_cm=width)
    assert written.startswith(b"\x89PNG\r\n\x1a\n")
    wide, high = struct.unpack(">II", written[16:24])
    assert abs(wide - width / 2.54 * 300) <= 1
    assert 0.3 * wide < high < 3 * wide


def test_a_pdf_holds_its_font_and_its_title() -> None:
    written = figure_bytes(small_map(), "pdf")
    assert written.startswith(b"%PDF-")
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", written, re.DOTALL)
    unpacked = b""
    for stream in streams:
        try:
            unpacked += zlib.decompress(stream)
        except zlib.error:
            unpacked += stream
    assert b"/FontFile2" in written + unpacked
    assert b"DejaVuSans" in written + unpacked


@pytest.mark.parametrize(
    ("text", "format"),
    [(t, "svg") for t in (*CORPUS, *AWKWARD)] + [(t, f) for t in AWKWARD for f in ("pdf", "png")],
    ids=lambda value: ascii(value)[:30],
)
def test_no_text_runs_breaks_or_warns(text: str, format: str) -> None:
    model = hostile_map(text)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        # Matplotlib leaves fonts open that it puts into a PDF.
        warnings.simplefilter("ignore", ResourceWarning)
        written = figure_bytes(model, format)
    if format != "svg":
        return
    root = ElementTree.fromstring(written)
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert not tags & {"script", "img", "image", "a", "foreignObject", "b", "iframe"}
    for element in root.iter():
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on"), name
            assert "javascript:" not in value
            assert not value.startswith("http"), value
    assert len(groups(root, "node")) == 4


def test_a_formula_is_shown_as_it_was_typed() -> None:
    model = replace(small_map(), title=r"$\frac{1}{0}$ et \$ <b>&amp;")
    assert r"$\frac{1}{0}$ et \$ <b>&amp;" in texts(svg(model))


def test_colours_that_are_none_do_no_harm() -> None:
    kinds = tuple(replace(c, color="red;}</style>") for c in small_map().node_categories)
    assert b"red" not in figure_bytes(replace(small_map(), node_categories=kinds), "svg")


def test_the_geographic_layout_draws_places_outlines_and_frames() -> None:
    model = geographic_map()
    root = svg(model, layout="geographic")
    assert groups(root, "node") == {"node-0", "node-1", "node-2", "node-3"}
    said = texts(root)
    assert {"Île", "Lieu inconnu", "Contours inventés."} <= set(said)
    # A map that begins with this layout needs no word for it.
    begun = replace(model, start=(("layout", "geographic"),))
    assert figure_bytes(begun, "svg") == figure_bytes(model, "svg", layout="geographic")


def test_the_overview_draws_its_own_ties() -> None:
    model = small_map()
    places: dict[str, tuple[int, int]] = {"net/alpha": (0, 0), "pole/omega": (300, 80)}
    nodes = tuple(replace(n, overview=places.get(n.id)) for n in model.nodes)
    tie = Edge("o", "net/alpha", "pole/omega", "overlap", "", directed=False)
    root = svg(replace(model, nodes=nodes, overview_edges=(tie,)), layout="overview")
    assert groups(root, "node") == {"node-0", "node-1"}
    assert groups(root, "edge") == {"edge-0"}
    assert any(text.endswith("(1)") and "Réseau" not in text for text in texts(root))


def test_a_grouping_that_the_map_begins_with_colours_it() -> None:
    model = small_map()
    group = Category("nord", "Région Nord", "#123456", "dot", 2)
    nodes = tuple(replace(n, groups=(("region", ("nord",)),)) for n in model.nodes[:2])
    model = replace(
        model,
        nodes=nodes + model.nodes[2:],
        groupings=(Grouping("region", "Régions", (group,)),),
        start=(("color", "region"),),
    )
    written = figure_bytes(model, "svg").decode()
    assert "Région Nord (2)" in written
    # Two marks and one sign of the legend.
    assert written.count("fill: #123456") == 3


def test_parallel_links_do_not_lie_on_each_other() -> None:
    root = svg(small_map())
    paths = {}
    for group in root.iter(f"{SVG}g"):
        if group.get("id") in ("edge-3", "edge-4"):
            paths[group.get("id")] = [p.get("d") for p in group.iter(f"{SVG}path")]
    middles = [re.search(r"Q ([\d.]+) ([\d.]+)", str(d[0])) for d in paths.values()]
    assert all(middles)
    assert len({m.groups() for m in middles if m}) == 2


def test_links_from_a_node_to_itself_and_an_empty_map_are_drawn() -> None:
    model = small_map()
    loop = Edge("l", "org/beta", "org/beta", "member", "")
    assert "edge-5" in groups(svg(replace(model, edges=(*model.edges, loop))), "edge")
    empty = replace(model, nodes=(), edges=(), trays=())
    assert groups(svg(empty), "node") == set()


def test_labels_lie_on_nothing() -> None:
    spots = [
        Spot(30 + 23 * (i % 12), 30 + 31 * (i // 12), 3, i + 1, f"Nom numéro {i}")
        for i in range(96)
    ]
    frame = Area(0, 0, 330, 300)
    labels = placed_labels(spots, 40, frame, Pen())
    assert len(labels) >= 10
    areas = [label.area for label in labels]
    for i, area in enumerate(areas):
        assert all(area.shared(other) == 0 for other in areas[i + 1 :])
        assert all(area.shared(spot.area) == 0 for spot in spots)
        assert area.left >= frame.left
        assert area.left + area.width <= frame.left + frame.width + 0.1


def test_lines_are_no_wider_than_asked() -> None:
    pen = Pen()
    for text in ("Pôle de coopération économique", "Donaudampfschifffahrtsgesellschaft" * 3):
        lines = pen.wrapped(text, 7, 60)
        assert all(pen.width(line, 7) <= 60 for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert pen.wrapped("un deux trois quatre cinq", 7, 30, most=2)[1].endswith("…")


@pytest.mark.parametrize(
    ("format", "options"),
    [
        ("gif", {}),
        ("", {}),
        ("svg", {"layout": "sphere"}),
        ("svg", {"layout": "geographic"}),
        ("svg", {"layout": "overview"}),
        ("svg", {"width_cm": 0}),
        ("svg", {"width_cm": float("nan")}),
        ("svg", {"width_cm": 10_000}),
        ("svg", {"labels": -1}),
    ],
)
def test_a_wrong_call_is_told_in_words(format: str, options: dict[str, object]) -> None:
    with pytest.raises(CallError):
        figure_bytes(small_map(), format, **options)  # type: ignore[arg-type]


def test_the_end_of_the_name_is_the_format(tmp_path: Path) -> None:
    write_figure(small_map(), tmp_path / "a.SVG", width_cm=12)
    assert (tmp_path / "a.SVG").read_bytes() == figure_bytes(small_map(), "svg", width_cm=12)
    with pytest.raises(CallError):
        write_figure(small_map(), tmp_path / "a.jpeg")
    assert not (tmp_path / "a.jpeg").exists()
