"""What the cards of poles say of the criteria of a PTCE: answers, never a mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ptce_graph.maps.model import Criterion
from ptce_graph.poles.findings import BY_ASSESSMENT

if TYPE_CHECKING:
    from ptce_graph.poles.judge import Findings

#: Beyond so many organisations and poles no map asks: a store of them all takes longer than
#: the map, and ``ptce-graph poles`` tells the same.
MOST_ASKED = 3_000

#: At the end of an answer that an organisation gave, not a rule.
JUDGED = " judged"


def criteria_told(found: Findings | None, language: str) -> tuple[Criterion, ...]:
    """The criteria in their order; exclusions are a scale of their own and stay out."""
    if found is None:
        return ()
    return tuple(
        Criterion(one.id, one.list, one.label[language])
        for one in found.criteria
        if not one.is_exclusion
    )


def answers_of(found: Findings | None) -> dict[str, tuple[str, ...]]:
    """For each pole its answers, in the order of ``criteria_told``."""
    if found is None:
        return {}
    shown = [not one.is_exclusion for one in found.criteria]
    return {
        pole: tuple(
            f"{finding.value}{JUDGED if finding.by == BY_ASSESSMENT else ''}"
            for finding, told in zip(found.of(pole), shown, strict=True)
            if told
        )
        for pole in found.poles
    }
