"""Who is in the last build, for the reconciliation service: read from its store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ptce_graph.importers.reconcile.actors import Actor, Gazetteer, finest, hosts_of, names_of
from ptce_graph.importers.reconcile.match import Matcher
from ptce_graph.vocabulary import terms
from ptce_graph.vocabulary.iris import CODE_BASE

if TYPE_CHECKING:
    from pyoxigraph import Store

_NONE: frozenset[str] = frozenset()


def matcher_of(folder: Path, base_iri: str) -> Matcher:
    """The organisations and poles of the last build in ``folder``, ready to be found."""
    from ptce_graph.dataset.build import open_build

    told = _Told(open_build(folder), base_iri)
    gazetteer = told.gazetteer()
    return Matcher(list(told.actors(gazetteer)), gazetteer)


class _Told:
    """What the merge of all graphs says by a property, of things under ``base``."""

    def __init__(self, store: Store, base: str) -> None:
        self.store, self.base = store, base

    def by(self, predicate: str) -> dict[str, list[str]]:
        """By subject, the objects of ``predicate``, sorted."""
        from pyoxigraph import DefaultGraph, NamedNode

        found: dict[str, list[str]] = {}
        quads = self.store.quads_for_pattern(None, NamedNode(predicate), None, DefaultGraph())
        for quad in quads:
            subject, value = getattr(quad.subject, "value", ""), getattr(quad.object, "value", "")
            found.setdefault(subject, []).append(value)
        return {subject: sorted(values) for subject, values in found.items()}

    def local(self, iri: str) -> str:
        start = self.base if iri.startswith(self.base) else CODE_BASE
        return iri.removeprefix(start).partition("/")[2]

    def gazetteer(self) -> Gazetteer:
        import pandas as pd

        kinds = self.by(terms.PTCE_PLACE_TYPE)
        names = self.by(terms.SKOS_PREF_LABEL)
        within, successor = self.by(terms.PTCE_WITHIN), self.by(terms.PTCE_SUCCESSOR)
        rows = [
            (
                self.local(place),
                names.get(place, [""])[0],
                self.local(kind[0]),
                self.local(within.get(place, [""])[0]),
                self.local(successor.get(place, [""])[0]),
            )
            for place, kind in sorted(kinds.items())
        ]
        return Gazetteer(
            pd.DataFrame(rows, columns=["id", "name", "type", "within", "successor"], dtype=object)
        )

    def actors(self, gazetteer: Gazetteer) -> Iterator[Actor]:
        """Each organisation and pole once, by its kept address."""
        shown, others = self.by(terms.SKOS_PREF_LABEL), self.by(terms.SKOS_ALT_LABEL)
        places, sites = self.by(terms.PTCE_PLACE), self.by(terms.FOAF_HOMEPAGE)
        forms, kinds = self.by(terms.PTCE_LEGAL_FORM), self.by(terms.PTCE_ORGANISATION_KIND)
        created, same = self.by(terms.SCHEMA_FOUNDING_DATE), self.by(terms.OWL_SAME_AS)
        numbers = self._numbers()
        for type_ in ("organisation", "pole"):
            start = f"{self.base}{type_}/"
            for iri in sorted(iri for iri in shown if iri.startswith(start)):
                told = numbers.get(iri, {})
                siret = frozenset(told.get("SIRET", ()))
                items = (
                    one.rpartition("/")[2] for one in same.get(iri, ()) if "wikidata.org" in one
                )
                kind = [self.local(value) for value in kinds.get(iri, ())]
                yield Actor(
                    iri.removeprefix(start),
                    type_,
                    names_of((*shown[iri], *others.get(iri, ()))),
                    finest([gazetteer.where(self.local(place)) for place in places.get(iri, ())]),
                    frozenset(told.get("SIREN", ())) | {value[:9] for value in siret},
                    siret,
                    frozenset(told.get("RNA", ())),
                    frozenset(items),
                    hosts_of(sites[iri]) if iri in sites else _NONE,
                    frozenset(self.local(value) for value in forms.get(iri, ())),
                    "reseau" if "reseau" in kind else next(iter(kind), ""),
                    created.get(iri, [""])[0][:4],
                    (),
                )

    def _numbers(self) -> dict[str, dict[str, list[str]]]:
        """By thing and register (SIREN, SIRET, RNA), its numbers."""
        notation, label = self.by(terms.SKOS_NOTATION), self.by(terms.RDFS_LABEL)
        found: dict[str, dict[str, list[str]]] = {}
        for thing, nodes in self.by(terms.ADMS_IDENTIFIER_PROPERTY).items():
            for node in nodes:
                for register in label.get(node, ()):
                    told = found.setdefault(thing, {}).setdefault(register, [])
                    told.extend(notation.get(node, ()))
        return found
