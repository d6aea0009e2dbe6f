"""One part of a comparison."""

from __future__ import annotations

from dataclasses import dataclass

from ptce_graph.i18n import Note


@dataclass(frozen=True)
class Part:
    """What was compared, what it weighs in bits, and its words (none: not worth telling)."""

    name: str
    weight: float
    note: Note | None
