"""What a scorecard is made of: checklists, their lines, and what each line answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from scorecard.evidence import Evidence

#: Whether a line is met, ``None`` where it cannot be told without the Web, and why.
Answer = tuple[bool | None, str]
#: A line before it is answered: its number in its checklist, what it asks, its function.
Question = tuple[str, str, Callable[[Evidence], Answer]]


class Line(NamedTuple):
    """A line of a checklist, answered."""

    id: str
    name: str
    met: bool | None
    evidence: str


@dataclass(frozen=True)
class Checklist:
    """A published checklist: its names, where it stands, and how its lines are answered."""

    id: str
    title: str
    french: str
    source: str
    iri: str
    note: str
    lines: Callable[[Evidence], list[Line]]


def answered(questions: Sequence[Question]) -> Callable[[Evidence], list[Line]]:
    """The function that answers each of ``questions`` in turn."""
    return lambda told: [Line(id_, name, *asked(told)) for id_, name, asked in questions]
