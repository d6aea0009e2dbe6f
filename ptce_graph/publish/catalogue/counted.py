"""What N-Quads hold, counted in one reading: triples, things, classes, properties, links.

The canonical form is sorted: the statements of a subject stand together, and a
triple that several graphs hold stands several times in a row. So one reading
and a few sets are enough for millions of quads.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ptce_graph.vocabulary import terms

#: Subject, property, object as texts of N-Triples, and the graph.
Quad = tuple[str, str, str, str]
_TYPE = f"<{terms.RDF_TYPE}>"


def quads(nquads: str) -> Iterator[Quad]:
    """The quads of canonical N-Quads as texts of N-Triples; the default graph is empty.

    No IRI holds a space or a quotation mark: a last word that has one ends a
    text, and one with nothing before it is the object of a triple.
    """
    at = 0
    while at < len(nquads):
        end = nquads.find("\n", at)
        end = len(nquads) if end < 0 else end
        if end > at:
            subject, predicate, rest = nquads[at:end].split(" ", 2)
            rest = rest.removesuffix(" .")
            value, _space, graph = rest.rpartition(" ")
            if not value or '"' in graph:
                value, graph = rest, ""
            yield subject, predicate, value, graph
        at = end + 1


class Counts:
    """The numbers of one set of triples, told in their order (VoID, section 4.6).

    ``spaces`` are the beginnings of the IRIs that the dataset mints, those of
    its entities; ``others`` those of datasets it may link to. ``classes``
    counts the things of a class, ``properties`` the triples of a property,
    ``links`` those triples that lead to another dataset, by the beginning of
    its IRIs and the property. With ``whole``, the subjects and objects of each
    property are counted too.
    """

    def __init__(
        self, spaces: tuple[str, ...], others: tuple[str, ...] = (), whole: bool = True
    ) -> None:
        self._spaces = tuple(f"<{space}" for space in spaces)
        self._others = tuple(f"<{other}" for other in others)
        self._whole = whole
        self._last: tuple[str, str, str] | tuple[()] = ()
        self.triples = self.entities = self.subjects = 0
        self.objects: set[str] = set()
        self.classes: Counter[str] = Counter()
        self.properties: Counter[str] = Counter()
        self.property_subjects: Counter[str] = Counter()
        self.property_objects: dict[str, set[str]] = {}
        self.links: Counter[tuple[str, str]] = Counter()

    def add(self, subject: str, predicate: str, value: str) -> None:
        """Count one triple; the same one again counts no more."""
        if (subject, predicate, value) == self._last:
            return
        before = self._last[:2]
        self._last = (subject, predicate, value)
        self.triples += 1
        self.objects.add(value)
        self.properties[predicate] += 1
        if (subject,) != before[:1]:
            self.subjects += 1
            self.entities += subject.startswith(self._spaces)
        if self._whole:
            self.property_subjects[predicate] += (subject, predicate) != before
            self.property_objects.setdefault(predicate, set()).add(value)
        if predicate == _TYPE:
            self.classes[value] += 1
        elif value.startswith(self._others) and subject.startswith(self._spaces):
            space = next(other for other in self._others if value.startswith(other))
            self.links[space[1:], predicate] += 1
