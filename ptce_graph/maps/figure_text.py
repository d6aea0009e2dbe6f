"""Texts of a figure: made safe to set, measured and wrapped, in DejaVu Sans."""

from __future__ import annotations

import base64
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache, partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties
    from matplotlib.path import Path as Outline

FAMILY = "DejaVu Sans"
LINE = 1.22
"""Lines stand this many times their size apart."""

#: What shows in the place of a character that the font has no picture of.
_MISSING = "\u25a1"
#: Text is measured this much larger, so that no rounding to pixels is felt.
_MAGNIFIED = 10
_ELLIPSIS = "…"
#: No line of a figure holds more characters.
_LONGEST_LINE = 400


@cache
def font(bold: bool = False) -> FontProperties:
    """The font that comes with matplotlib: the same on every machine."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=FAMILY, weight="bold" if bold else "normal")


@cache
def _glyphs() -> frozenset[int]:
    from matplotlib.font_manager import findfont, get_font

    own = [set(get_font(findfont(font(bold))).get_charmap()) for bold in (False, True)]
    return frozenset(own[0] & own[1])


def plain(text: str) -> str:
    """``text`` on one line, without what cannot be seen or would turn the reading direction."""
    kept = []
    for char in text:
        if char.isspace():
            # French typography: these spaces do not break.
            kept.append(char if char in "\u00a0\u202f" else " ")
        elif unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn"):
            continue
        else:
            kept.append(char if ord(char) in _glyphs() else _MISSING)
    return " ".join(part for part in "".join(kept).split(" ") if part)


class Pen:
    """Measures texts, in points."""

    def __init__(self) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        canvas: Any = FigureCanvasAgg(Figure(figsize=(1, 1), dpi=72 * _MAGNIFIED))
        self._renderer = canvas.get_renderer()
        self._widths: dict[tuple[str, float, bool], float] = {}

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """How wide ``text`` is, set in ``size`` points."""
        key = (text, size, bold)
        if key not in self._widths:
            sized = font(bold).copy()
            sized.set_size(size)
            found = self._renderer.get_text_width_height_descent(text, sized, False)
            self._widths[key] = found[0] / _MAGNIFIED
        return self._widths[key]

    def wrapped(
        self, text: str, size: float, width: float, bold: bool = False, most: int = 0
    ) -> list[str]:
        """``text`` in lines no wider than ``width``; at most ``most``, the last cut short."""
        lines: list[str] = []
        line = ""
        if most:
            # What no line will hold needs no measuring.
            text = text[: most * _LONGEST_LINE]
        for word in plain(text).split(" "):
            for piece in self._pieces(word, size, width, bold):
                longer = f"{line} {piece}" if line else piece
                if line and self.width(longer, size, bold) > width:
                    lines.append(line)
                    line = piece
                else:
                    line = longer
        lines.append(line)
        if most and len(lines) > most:
            return [*lines[: most - 1], self._shortened(lines[most - 1], size, width, bold)]
        return lines

    def _shortened(self, line: str, size: float, width: float, bold: bool) -> str:
        while line and self.width(line + _ELLIPSIS, size, bold) > width:
            line = line[:-1].rstrip()
        return line + _ELLIPSIS

    def _pieces(self, word: str, size: float, width: float, bold: bool) -> Iterable[str]:
        """``word``, cut where no line could hold it."""
        while len(word) > 1 and self.width(word[:_LONGEST_LINE], size, bold) > width:
            ends = range(1, min(len(word), _LONGEST_LINE))
            wide = partial(self._wide, word, size, bold)
            end = max(1, bisect_right(ends, width, key=wide))
            yield word[:end]
            word = word[end:]
        yield word

    def _wide(self, word: str, size: float, bold: bool, end: int) -> float:
        return self.width(word[:end], size, bold)


def outline_of(text: str, size: float, x: float, y: float, bold: bool = False) -> Outline:
    """The outline of ``text`` set at ``x``, ``y`` (y downwards), for the halo behind it."""
    from matplotlib.path import Path as Outline
    from matplotlib.textpath import TextToPath

    to_path: Any = TextToPath()
    vertices, codes = to_path.get_text_path(font(bold), text, ismath=False)
    if not len(vertices):
        return Outline([(x, y)])
    scale = size / to_path.FONT_SCALE
    return Outline([(x + scale * across, y - scale * up) for across, up in vertices], codes)


def embedded(texts: Iterable[tuple[str, bool]]) -> str:
    """Style rules that hold the font, cut to the characters of ``texts`` (and if bold)."""
    rules = []
    texts = list(texts)
    for bold in (False, True):
        chars = {char for text, strong in texts if strong == bold for char in text}
        if chars:
            weight = "bold" if bold else "normal"
            data = base64.b64encode(_subset(bold, chars)).decode("ascii")
            rules.append(
                f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};"
                f"src:url(data:font/ttf;base64,{data})}}"
            )
    return "".join(rules)


def _subset(bold: bool, chars: set[str]) -> bytes:
    import io
    import logging

    # Matplotlib brings it.
    from fontTools import subset  # type: ignore[import-untyped]
    from matplotlib.font_manager import findfont

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    options = subset.Options(hinting=False, layout_features=[], notdef_outline=True)
    options.recalc_timestamp = False
    options.drop_tables += ["FFTM", "GSUB", "GPOS", "GDEF", "kern"]
    loaded = subset.load_font(findfont(font(bold)), options)
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted(chars)))
    cutter.subset(loaded)
    out = io.BytesIO()
    loaded.save(out)
    loaded.close()
    return out.getvalue()
