"""What is found of poles on the criteria, and their one-page profiles; each made when first asked.

Of a dataset of a whole country, which is served page by page, nothing is found here: the
answers would need it all in one store. ``ptce-graph poles`` tells them.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from ptce_graph.publish.site.index import MANY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ptce_graph.poles.dossier import Dossier, Dossiers
    from ptce_graph.poles.judge import Findings
    from ptce_graph.poles.typology import Placed

#: The folder of the one-page profiles. Not ``id/pole/x/profile.html``: where ``id/pole/x`` is a
#: folder, servers lead the address of the pole itself there.
_FOLDER = "profiles/"


def profile_page(pole: str) -> str:
    """The path of the profile of a pole, without its language."""
    return f"{_FOLDER}{pole}.html"


class Judged:
    """The findings, the typology and the profiles of ``source``, which is that of a ``Site``."""

    def __init__(self, source: Any) -> None:
        self._source = source
        # A profile is asked for in one language, then in the other.
        self._dossier = lru_cache(maxsize=1)(self._dossier_of)

    @cached_property
    def poles(self) -> tuple[str, ...]:
        """The poles of which answers are told; none where the dataset is that of a country."""
        actors = self._source.facts.actors
        if len(actors) > MANY:
            return ()
        return tuple(actors.index[actors["type"] == "pole"])

    @cached_property
    def findings(self) -> Findings:
        """The answers on all criteria."""
        from ptce_graph.poles.judge import findings

        return findings(self._source.store, self._source.facts, base=self._source.base_iri)

    @cached_property
    def types(self) -> Mapping[str, tuple[Placed, ...]]:
        """Where each pole stands in the typology."""
        from ptce_graph.poles.typology import typology

        return typology(self._source.facts, self._source.base_iri)

    @cached_property
    def _dossiers(self) -> Dossiers:
        from ptce_graph.network.projections import project
        from ptce_graph.poles.dossier import Dossiers

        source = self._source
        network = project(source.facts, source.links, "all", None)
        return Dossiers(source.facts, network, self.findings, source.base_iri)

    def _dossier_of(self, pole: str) -> Dossier:
        return self._dossiers.of(pole)

    def profile(self, path: str, language: str) -> bytes | None:
        """The profile at a path without its language; ``None`` where there is none."""
        pole = path.removeprefix(_FOLDER).removesuffix(".html")
        if pole not in self.poles or path != profile_page(pole):
            return None
        from ptce_graph.reports.pole_page import pole_page

        return pole_page(self._dossier(pole), language).encode("utf-8")
