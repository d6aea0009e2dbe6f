"""All that is known of one pole, gathered: answers, composition, typology, poles alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ptce_graph.network.actors import find_actor
from ptce_graph.poles.alike import Alike, alike, features
from ptce_graph.poles.composition import Composition, Compositions
from ptce_graph.poles.typology import Placed, typology
from ptce_graph.vocabulary.iris import DEFAULT_BASE

if TYPE_CHECKING:
    from ptce_graph.network.network import Network
    from ptce_graph.poles.criteria import Criterion
    from ptce_graph.poles.findings import Finding
    from ptce_graph.poles.judge import Findings
    from ptce_graph.tables.facts import Facts

#: How many poles that are alike a profile names.
NEAREST = 3


@dataclass(frozen=True)
class Dossier:
    """One pole: each criterion with its answer, and what is known beside."""

    facts: Facts
    pole: str
    name: str
    answers: tuple[tuple[Criterion, Finding], ...]
    placed: tuple[Placed, ...]
    composition: Composition
    alike: tuple[Alike, ...]
    #: All links, of which the pole's own are drawn.
    network: Network

    def with_value(self, value: str) -> tuple[tuple[Criterion, Finding], ...]:
        """The criteria with this answer, in their order; never exclusions."""
        return tuple(
            (criterion, finding)
            for criterion, finding in self.answers
            if finding.value == value and not criterion.is_exclusion
        )


class Dossiers:
    """The dossiers of the poles; what they share is looked up once."""

    def __init__(
        self, facts: Facts, network: Network, findings: Findings, base: str = DEFAULT_BASE
    ) -> None:
        self.facts, self.findings = facts, findings
        self._compositions, self._network = Compositions(facts, network, base), network
        self._base = base

    @cached_property
    def _types(self) -> Mapping[str, tuple[Placed, ...]]:
        return typology(self.facts, self._base)

    def of(self, pole: str) -> Dossier:
        """The dossier of a pole, by identifier or name; ``CallError`` where it is unknown."""
        pole = find_actor(self.facts, pole, ("pole",))
        known = features(self.facts, self._types)
        return Dossier(
            self.facts,
            pole,
            str(self.facts.actors.at[pole, "name"]),
            tuple(zip(self.findings.criteria, self.findings.of(pole), strict=True)),
            self._types.get(pole, ()),
            self._compositions.of(pole),
            alike(self.facts, pole, NEAREST, known=known),
            self._network,
        )
