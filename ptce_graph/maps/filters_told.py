"""Filters as people read them: names in the place of identifiers and codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ptce_graph.errors import CallError
from ptce_graph.i18n import date_words, translator
from ptce_graph.maps.palette import EDGE_LOOKS
from ptce_graph.network.actors import find_actor
from ptce_graph.network.filters import Filters
from ptce_graph.tables.facts import Facts


def filters_told(facts: Facts, filters: Filters, language: str) -> list[str]:
    """The filters as sentences in ``language``; none where all is kept or only the observed."""
    words = translator(language)

    def labels(codes: Iterable[str], *schemes: str) -> tuple[str, ...]:
        known = {
            code: facts.tables.label(scheme, code, language)
            for scheme in schemes
            for code in facts.tables.codes[scheme]["code"]
        }
        return tuple(known.get(code, code) for code in codes)

    documents = facts.tables.documents
    named = replace(
        filters,
        kinds=tuple(words(EDGE_LOOKS[kind][0]) for kind in filters.kinds),
        roles=labels(filters.roles, "membership-roles", "cooperation-roles"),
        sources=tuple(documents[name].title for name in filters.sources),
        without_sources=tuple(documents[name].title for name in filters.without_sources),
        networks=names_of(facts, filters.networks),
        poles=names_of(facts, filters.poles),
        regions=names_of(facts, filters.regions),
        statuts=labels(filters.statuts, "legal-forms", "accreditations"),
        as_of=date_words(filters.as_of, language) if filters.as_of else "",
    )
    return [note.told(words) for note in named.notes()]


def names_of(facts: Facts, told: Iterable[str]) -> tuple[str, ...]:
    """The names to show of organisations, poles or places, told by name or identifier."""
    places = facts.tables.frames["places"]
    named = dict(zip(places["id"], places["name"].astype(str), strict=True))
    return tuple(named.get(name) or _actor_name(facts, name) for name in told)


def _actor_name(facts: Facts, told: str) -> str:
    if told in facts.actors.index:
        return str(facts.actors.at[told, "name"])
    try:
        return str(facts.actors.at[find_actor(facts, told), "name"])
    except CallError:
        # A place, as the person wrote it.
        return told
