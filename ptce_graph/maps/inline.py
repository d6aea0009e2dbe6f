"""A map inside a notebook."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape


@dataclass(frozen=True)
class InlineMap:
    """A page that a notebook shows in a frame of its own, cut off from the notebook."""

    html: str = field(repr=False)
    title: str = ""
    height: int = 720

    def _repr_html_(self) -> str:
        """The frame: scripts of the page run in it, and reach nothing outside it."""
        return (
            f'<iframe srcdoc="{escape(self.html)}" title="{escape(self.title)}" '
            'sandbox="allow-scripts allow-downloads" width="100%" '
            f'height="{self.height}" style="border:1px solid #c9d1da"></iframe>'
        )
