"""How figures look, and how they become SVG and PDF: the same figure, the same bytes.

The SVG holds no style and no script, so that it can stand in a page under a
strict policy: what matplotlib writes as ``style`` becomes attributes. Text
stays text. Identifiers are prefixed, so that several figures share a page.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: The width of a page of text, 16 cm, in inches.
WIDTH = 6.3
INK, SOFT, LINE = "#16202c", "#4a5766", "#c9d1da"
#: Okabe and Ito's blue and vermilion; far apart in grey too.
BLUE, VERMILION = "#0072B2", "#D55E00"

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
#: DejaVu Sans comes with matplotlib; Verdana, of the same widths, with most other computers.
_FONTS = "'DejaVu Sans', Verdana, 'Noto Sans', Arial, sans-serif"
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
#: What XML cannot hold, and what would move the text.
_NOT_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")

_KEPT = ("backend", "backend_fallback", "interactive", "toolbar", "timezone")
_STYLE: dict[str, Any] = {
    "font.family": ["DejaVu Sans"],
    "font.size": 8,
    "text.parse_math": False,
    "text.usetex": False,
    "text.color": INK,
    "axes.edgecolor": SOFT,
    "axes.labelcolor": INK,
    "axes.labelsize": 8.5,
    "axes.linewidth": 0.7,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": True,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": 8,
    "ytick.labelsize": 8,
    "legend.fontsize": 8,
    "legend.frameon": False,
    "grid.color": "#e4e9ee",
    "grid.linewidth": 0.7,
    "path.simplify": False,
    "pdf.fonttype": 42,
    "pdf.compression": 6,
    "svg.fonttype": "none",
    "svg.image_inline": True,
}


def plain(text: str, longest: int = 0) -> str:
    """``text`` on one line and nothing but text, cut where it is longer than ``longest``."""
    text = _NOT_TEXT.sub(" ", text).strip()
    return text if not longest or len(text) <= longest else text[: longest - 1].rstrip() + "…"


def draw(
    name: str, height: float, paint: Callable[[Figure], None], title: str, description: str
) -> tuple[str, bytes]:
    """A figure of the page's width as SVG and PDF; ``paint`` is given it empty."""
    with _painted(name, height, paint) as figure:
        # Both backends lay the figure out anew; the first pass settles the places.
        svg = _svg(figure, name, title, description)
        pdf = _saved(
            figure,
            "pdf",
            {"CreationDate": None, "Creator": "ptce-graph", "Producer": None, "Title": title},
        )
    return svg, pdf


def draw_svg(
    name: str, height: float, paint: Callable[[Figure], None], title: str, description: str
) -> str:
    """The SVG of ``draw`` alone, in half the time."""
    with _painted(name, height, paint) as figure:
        return _svg(figure, name, title, description)


@contextmanager
def _painted(name: str, height: float, paint: Callable[[Figure], None]) -> Iterator[Figure]:
    with _style(name):
        from matplotlib.figure import Figure as NewFigure

        figure = NewFigure(figsize=(WIDTH, height), layout="constrained")
        paint(figure)
        yield figure


def _svg(figure: Figure, name: str, title: str, description: str) -> str:
    svg = _saved(figure, "svg", {"Date": None, "Creator": "ptce-graph"})
    return _finished(svg.decode("utf-8"), name, title, description)


def bare_axes(axes: Axes) -> None:
    """No frame and no ticks: a drawing, not a plot."""
    axes.set_axis_off()


@contextmanager
def _style(name: str) -> Iterator[None]:
    import matplotlib as mpl

    with warnings.catch_warnings():
        # A name in a script that the font lacks is drawn as boxes in the PDF, and is no fault.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        # Nothing of the person's own settings: the same data give the same bytes. Their
        # backend stays, since matplotlib would not set it back.
        settings: dict[Any, Any] = {k: v for k, v in mpl.rcParamsDefault.items() if k not in _KEPT}
        settings.update({**_STYLE, "svg.hashsalt": f"ptce-graph {name}"})
        with mpl.rc_context(settings):
            yield


def _saved(figure: Any, kind: str, metadata: dict[str, str | None]) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format=kind, metadata=metadata, facecolor="white")
    return buffer.getvalue()


def _finished(svg: str, name: str, title: str, description: str) -> str:
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    root = ElementTree.fromstring(svg)  # noqa: S314 - what matplotlib has just written
    for element in list(root.iter()):
        _without_style(element)
        _prefixed(element, name)
    for child in list(root):
        if child.tag == f"{{{SVG}}}metadata":
            root.remove(child)
    root.set("role", "img")
    root.set("aria-labelledby", f"{name}-title {name}-desc")
    root.set("font-family", _FONTS)
    root.set("stroke-linejoin", "round")
    for place, (tag, text) in enumerate((("title", title), ("desc", description))):
        element = ElementTree.Element(f"{{{SVG}}}{tag}", {"id": f"{name}-{tag}"})
        element.text = plain(text)
        element.tail = "\n "
        root.insert(place, element)
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def _without_style(element: ElementTree.Element) -> None:
    """Attributes in the place of ``style``, which a strict policy would not apply."""
    for child in list(element):
        if child.tag == f"{{{SVG}}}style":
            element.remove(child)
    for declaration in element.attrib.pop("style", "").split(";"):
        key, _colon, value = (part.strip() for part in declaration.partition(":"))
        if key and key != "font-family":
            element.set(key, value)


def _prefixed(element: ElementTree.Element, name: str) -> None:
    for key, value in element.attrib.items():
        if key == "id":
            element.set(key, f"{name}-{value}")
        elif key == f"{{{XLINK}}}href" and value.startswith("#"):
            element.set(key, f"#{name}-{value[1:]}")
        elif "url(#" in value:
            element.set(key, _REFERENCE.sub(rf"url(#{name}-\1)", value))


def picture(name: str, height: float, paint: Callable[[Figure], None]) -> bytes:
    """The figure that ``draw`` makes of the same arguments, as PNG, 200 pixels to the inch."""
    with _style(name):
        from matplotlib.figure import Figure as NewFigure

        figure = NewFigure(figsize=(WIDTH, height), layout="constrained", dpi=200)
        paint(figure)
        return _saved(figure, "png", {"Software": None})
