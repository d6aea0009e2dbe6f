"""What is published, whatever the format: the dataset, its network, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from ptce_graph.tables.dataset_file import About
from ptce_graph.vocabulary.iris import DEFAULT_BASE, thing_iri

if TYPE_CHECKING:
    from ptce_graph.network.network import Network
    from ptce_graph.tables.facts import Facts

__all__ = ["About", "Release"]


@dataclass(frozen=True)
class Release:
    """The dataset as sorted N-Quads, the network of all links, and what is said of them.

    ``text`` is the N-Quads, or gives them when a format asks: some need the
    network or the tables only, and the text of a whole country takes a gigabyte.
    """

    text: str | Callable[[], str]
    network: Network
    base_iri: str = DEFAULT_BASE
    about: About = field(default_factory=About)

    @cached_property
    def nquads(self) -> str:
        """The dataset as sorted N-Quads."""
        return self.text if isinstance(self.text, str) else self.text()

    @property
    def facts(self) -> Facts:
        """The tables behind both."""
        return self.network.facts

    @property
    def dataset_iri(self) -> str:
        """The IRI of the dataset as a whole, which every version of it shares."""
        return thing_iri("dataset", self.about.identifier, self.base_iri)

    @property
    def catalogue_iri(self) -> str:
        """The IRI of the catalogue that lists the dataset."""
        return thing_iri("catalogue", self.about.identifier, self.base_iri)
