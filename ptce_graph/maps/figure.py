"""Maps as figures for papers and reports: SVG, PDF and PNG with the positions of the page.

Text stays text in SVG and PDF, so that it can be searched, read aloud and corrected;
the font (DejaVu Sans, cut to the characters used) travels inside. Nothing of the model
is taken for a formula or for markup, and the same model gives the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from ptce_graph.errors import CallError, unknown_choice
from ptce_graph.files import write_bytes_whole
from ptce_graph.i18n import gettext as _
from ptce_graph.i18n import translator
from ptce_graph.maps.figure_scene import Scene, scene_of
from ptce_graph.maps.figure_sheet import (
    QUIET,
    SMALL,
    SPACE,
    SUBTITLE,
    TITLE,
    Sheet,
    draw_legend,
    draw_map,
)
from ptce_graph.maps.figure_text import embedded, plain
from ptce_graph.maps.model import MapModel

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMATS = ("svg", "pdf", "png")
NARROWEST, WIDEST = 6.0, 120.0
"""Centimetres."""
PIXELS_PER_INCH = 300
_POINTS_PER_CM = 72 / 2.54
#: Of the nodes left out, so many are named at most.
_MOST_NAMED = 25
_NAME = "ptce-graph"


def figure_bytes(
    model: MapModel,
    format: str,
    layout: str = "",
    width_cm: float = 18,
    labels: int = 25,
) -> bytes:
    """A figure of ``model`` as a file of ``format``: ``svg``, ``pdf`` or ``png``.

    ``layout`` is ``network``, ``geographic``, ``overview``, or empty for what
    the page begins with. ``width_cm`` is the printed width, 6 to 120, at which
    no text is smaller than 7 points (a PNG has 300 pixels per inch).
    ``labels`` nodes at most are named. Nodes without a link are not drawn but
    told in the caption. Raises ``CallError`` for anything else.
    """
    import matplotlib

    if format not in FORMATS:
        raise unknown_choice(
            _("There is no figure of format {name}.").format(name=format), format, FORMATS
        )
    if not NARROWEST <= width_cm <= WIDEST:
        raise CallError(
            _("A figure is {low} to {high} cm wide, not {asked}.").format(
                low=f"{NARROWEST:g}", high=f"{WIDEST:g}", asked=f"{width_cm:g}"
            )
        )
    if labels < 0:
        raise CallError(_("A figure cannot have {n} labels.").format(n=labels))
    scene = scene_of(model, layout)
    with matplotlib.rc_context():
        # Whatever style a notebook has chosen, a figure looks the same.
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(
            {"svg.fonttype": "none", "svg.hashsalt": _NAME, "pdf.fonttype": 42}
        )
        sheet = _sheet(model, scene, width_cm * _POINTS_PER_CM, labels)
        return _written(sheet, model, format)


def write_figure(model: MapModel, path: Path, **options: Any) -> None:
    """Write a figure to ``path``, its format by the end of the name.

    ``options`` as in ``figure_bytes``.
    """
    write_bytes_whole(path, figure_bytes(model, path.suffix.lower().removeprefix("."), **options))


def _sheet(model: MapModel, scene: Scene, width: float, labels: int) -> Sheet:
    sheet = Sheet(width)
    sheet.paragraph(model.title, TITLE, bold=True)
    sheet.paragraph(model.subtitle, SUBTITLE, QUIET)
    sheet.y += SPACE
    draw_map(sheet, scene, labels)
    draw_legend(sheet, scene)
    sheet.y += SPACE
    for line in _caption(model, scene):
        sheet.paragraph(line, SMALL, QUIET)
    return sheet


def _caption(model: MapModel, scene: Scene) -> list[str]:
    """What a reader must know, as paragraphs."""
    words = translator(model.language)
    lines = [_left_out(label, names, words) for label, names in scene.left_out]
    # There is no table of passages beside a figure.
    needless = words("Line numbers are those of the transcription of each document.")
    told = [note for note in model.notes if note != needless]
    if any(scale.id == "degree" for scale in model.scales):
        # A page says so in its legend, where other sizes can be chosen.
        told.append(
            words("The size of a node grows with the number of others tied to it (degree).")
        )
    lines.append(" ".join(told))
    if model.sources:
        told = [f"{s.title} ({s.detail})" if s.detail else s.title for s in model.sources]
        lines.append(words("Sources: {all}.").format(all=words("; ").join(told)))
    lines += [scene.credit, f"{_NAME} {_version()}"]
    return [line for line in lines if line.strip()]


def _left_out(label: str, names: tuple[str, ...], words: Callable[[str], str]) -> str:
    told = words("{label} ({n}, not drawn)").format(label=label, n=len(names))
    if len(names) > _MOST_NAMED:
        return told + "."
    return words("{told}: {names}.").format(told=told, names=", ".join(names))


def _version() -> str:
    from ptce_graph import __version__

    return __version__


def _written(sheet: Sheet, model: MapModel, format: str) -> bytes:
    figure, out = sheet.figure(), io.BytesIO()
    title, subtitle = plain(model.title) or _NAME, plain(model.subtitle)
    if format == "pdf":
        about = {"Title": title, "Subject": subtitle, "Creator": _NAME, "Producer": _NAME}
        _save(figure, out, format="pdf", metadata={**about, "CreationDate": None})
        return out.getvalue()
    if format == "png":
        about = {"Title": title, "Description": subtitle, "Software": _NAME}
        _save(figure, out, format="png", dpi=PIXELS_PER_INCH, metadata=about)
        return out.getvalue()
    _save(
        figure,
        out,
        format="svg",
        metadata={"Title": title, "Creator": _NAME, "Date": None},
    )
    return _with_words(out.getvalue().decode("utf-8"), sheet, model).encode("utf-8")


def _save(figure: Figure, out: io.BytesIO, **options: Any) -> None:
    figure.savefig(out, **options)


def _with_words(svg: str, sheet: Sheet, model: MapModel) -> str:
    """The SVG with a description, its language and its font, and no address of anything."""
    svg = re.sub(r"<!DOCTYPE[^>]*>\s*", "", svg, count=1)
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, count=1, flags=re.DOTALL)
    words = [f"<desc>{escape(plain(model.subtitle))}</desc>"]
    rules = embedded(sheet.texts)
    if rules:
        words.append(f"<style>{rules}</style>")
    language = "en" if model.language == "en" else "fr"
    head, end, rest = svg.partition("</title>")
    head = head.replace("<svg ", f'<svg role="img" xml:lang="{language}" ', 1)
    return head + end + "\n " + "\n ".join(words) + rest
