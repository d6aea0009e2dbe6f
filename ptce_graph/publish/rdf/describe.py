"""What the dataset says of one thing, so that a person or a program can read it on its own.

The thing's own statements; the facts that touch it (memberships, cooperations
with all their partners, candidacies, figures, characteristics, judgements);
their passages, documents and periods; and the name of everything named there.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ptce_graph.errors import CallError, unknown_choice
from ptce_graph.i18n import gettext as _
from ptce_graph.network.actors import find_actor
from ptce_graph.publish.rdf.serialised import rdfxml_of, triple_lines, turtle_of
from ptce_graph.vocabulary import terms
from ptce_graph.vocabulary.iris import CODE_BASE, thing_iri

if TYPE_CHECKING:
    from mmap import mmap

    from pyoxigraph import Quad

    from ptce_graph.tables.facts import Facts

#: So many facts and links of one thing are told; a hub of a whole country has more.
MOST_LINKS = 500

#: Facts that are things of their own: one that touches a thing is told whole.
_FACTS = frozenset(
    f"<{iri}>".encode()
    for iri in (
        terms.ORG_MEMBERSHIP,
        terms.PTCE_PARTICIPATION_CLASS,
        terms.PTCE_CANDIDACY,
        terms.PTCE_FIGURE,
        terms.PTCE_CHARACTERISATION,
        terms.PTCE_IDENTITY_JUDGEMENT,
    )
)
#: From a fact to what is told with it: where it stands, when it holds, who else takes part.
_FOLLOWED = frozenset(
    f"<{iri}>".encode()
    for iri in (
        terms.PROV_WAS_DERIVED_FROM,
        terms.DCTERMS_IS_PART_OF,
        terms.ORG_MEMBER_DURING,
        terms.PTCE_DURING,
        terms.TIME_HAS_BEGINNING,
        terms.TIME_HAS_END,
        terms.PTCE_PARTICIPATION_PROPERTY,
    )
)
_NAMES = frozenset(f"<{iri}>".encode() for iri in (terms.SKOS_PREF_LABEL, terms.DCTERMS_TITLE))
#: Links towards a thing that its facts tell better, or that it tells itself.
_SHORTCUTS = frozenset(
    f"<{iri}>".encode() for iri in (terms.ORG_MEMBER_OF, terms.PTCE_COOPERATES_WITH)
)
_TYPE = f"<{terms.RDF_TYPE}>".encode()
_PARTICIPATION = f"<{terms.PTCE_PARTICIPATION_PROPERTY}>".encode()
#: A line whose object is an IRI; group 1 is the property, group 2 the object.
_LINK = re.compile(rb"^<[^>\n]*> (<[^>\n]*>) (<[^>\n]*>) <[^>\n]*> \.$", re.MULTILINE)
_NOT_IN_AN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\\ud800-\udfff]')


@dataclass(frozen=True)
class Description:
    """What is said of ``iri``: sorted lines of N-Quads.

    ``more`` is the number of links towards it that are left out, 0 for most things.
    """

    iri: str
    lines: tuple[str, ...]
    more: int = 0

    @property
    def quads(self) -> list[Quad]:
        """The same as quads of pyoxigraph, in the same order."""
        from pyoxigraph import RdfFormat, parse

        return list(parse("\n".join(self.lines), format=RdfFormat.N_QUADS))

    def triples(self) -> list[str]:
        """The merge of its graphs as lines of N-Triples: the thing itself first."""
        own = f"<{self.iri}> "
        lines = triple_lines(self.lines)
        return sorted(lines, key=lambda line: not line.startswith(own))


class Descriptions:
    """An index over the canonical quads, made once; each description takes milliseconds.

    ``nquads`` is the sorted N-Quads text, or its bytes, or a file of it mapped
    into memory (``mmap``): the text is not copied, and 16 bytes are kept per
    line beside it.
    """

    def __init__(self, nquads: str | bytes | mmap) -> None:
        import numpy as np

        self._text = nquads.encode("utf-8") if isinstance(nquads, str) else nquads
        starts, links, hashes = array("q", [0]), array("q"), array("q")
        starts.extend(found.end() for found in re.finditer(b"\n", self._text))
        for found in _LINK.finditer(self._text):
            # A class is no thing that statements lead to.
            if found[1] != _TYPE:
                links.append(found.start())
                hashes.append(hash(found[2]))
        self._starts = np.array(starts, dtype=np.int64)
        # Equal objects stand together, and their lines in the order of the text.
        found_hashes = np.array(hashes, dtype=np.int64)
        order = np.argsort(found_hashes, kind="stable")
        self._hashes = found_hashes[order]
        self._links = np.array(links, dtype=np.int64)[order]

    def is_known(self, iri: str) -> bool:
        """Whether the dataset says anything of ``iri``, a thing, a code, a source …"""
        return next(self.own(_term(iri)), None) is not None

    def describe(self, iri: str, most: int = MOST_LINKS) -> Description:
        """What is said of ``iri``; no line where it is not known."""
        return _Telling(self, most).of(iri)

    # The index

    def own(self, term: bytes) -> Iterator[bytes]:
        """The lines that speak of ``term`` (``<IRI>``): in sorted text they stand together."""
        text, starts, prefix = self._text, self._starts, term + b" "
        low, high = 0, len(starts) - 1
        while low < high:
            middle = (low + high) // 2
            at = int(starts[middle])
            if text[at : at + len(prefix)] < prefix:
                low = middle + 1
            else:
                high = middle
        for number in range(low, len(starts) - 1):
            line = text[int(starts[number]) : int(starts[number + 1]) - 1]
            if not line.startswith(prefix):
                return
            yield line

    def towards(self, term: bytes) -> Iterator[bytes]:
        """The lines whose object is ``term`` (``<IRI>``), in the order of the text."""
        import numpy as np

        wanted = np.int64(hash(term))
        low = int(np.searchsorted(self._hashes, wanted, "left"))
        high = int(np.searchsorted(self._hashes, wanted, "right"))
        for at in self._links[low:high].tolist():
            line = self._text[at : self._text.find(b"\n", at)]
            if _parts(line)[2] == term:
                yield line


class _Telling:
    """The lines of one description, found step by step; each thing is told once."""

    def __init__(self, index: Descriptions, most: int) -> None:
        self.index = index
        self.left = most
        self.more = 0
        self.lines: set[bytes] = set()
        self.told: set[bytes] = set()

    def of(self, iri: str) -> Description:
        root = _term(iri)
        self.tell(root)
        self.tell_links(root)
        self.name()
        lines = sorted(line.decode("utf-8") for line in self.lines)
        return Description(iri, tuple(lines), self.more)

    def tell(self, term: bytes) -> bool:
        """A thing's own lines, and what stands around it; whether it is a fact."""
        if term in self.told:
            return False
        self.told.add(term)
        own = list(self.index.own(term))
        self.lines.update(own)
        fact = False
        for line in own:
            _subject, predicate, obj = _parts(line)
            fact |= predicate == _TYPE and obj in _FACTS
            if predicate in _FOLLOWED and self._may(predicate):
                self.tell(obj)
        if fact:
            for line in self.index.towards(term):
                subject, predicate, _obj = _parts(line)
                if predicate == _PARTICIPATION:
                    self.lines.add(line)
                    self.tell(subject)
        return fact

    def _may(self, predicate: bytes) -> bool:
        """Partners are counted: one cooperation may have hundreds of them."""
        if predicate == _PARTICIPATION:
            self.left -= 1
        return self.left >= 0 or predicate != _PARTICIPATION

    def tell_links(self, root: bytes) -> None:
        """What leads to the thing: facts whole, anything else as the link itself."""
        for line in self.index.towards(root):
            subject, predicate, _obj = _parts(line)
            if predicate in _SHORTCUTS or line in self.lines:
                continue
            if self.left <= 0:
                self.more += 1
                continue
            self.left -= 1
            self.lines.add(line)
            if self._is_fact(subject):
                self.tell(subject)

    def _is_fact(self, term: bytes) -> bool:
        return any(
            predicate == _TYPE and obj in _FACTS
            for _subject, predicate, obj in map(_parts, self.index.own(term))
        )

    def name(self) -> None:
        """The names of everything that the lines name."""
        named = {term for line in self.lines for term in _parts(line)[::2]} - self.told
        for term in named:
            if term.startswith(b"<"):
                self.lines.update(
                    line for line in self.index.own(term) if _parts(line)[1] in _NAMES
                )


def _parts(line: bytes) -> tuple[bytes, bytes, bytes]:
    """Subject, property and object of a line: IRIs hold no space, the graph's neither."""
    subject, predicate, rest = line.split(b" ", 2)
    return subject, predicate, rest.rsplit(b" ", 2)[0]


def _term(iri: str) -> bytes:
    """``<iri>``; what can be no IRI of the dataset becomes the empty one, which nothing has."""
    return b"<>" if _NOT_IN_AN_IRI.search(iri) else f"<{iri}>".encode()


def describe_quads(nquads: str | Descriptions, iri: str, most: int = MOST_LINKS) -> list[Quad]:
    """What the dataset says of ``iri``, as quads of pyoxigraph; empty where it is not known.

    Make one ``Descriptions`` for many calls: a text is indexed anew by each.
    """
    return _indexed(nquads).describe(iri, most).quads


def describe_nt(nquads: str | Descriptions, iri: str, most: int = MOST_LINKS) -> str:
    """The same as N-Triples, the thing itself first."""
    return "".join(f"{line}\n" for line in _indexed(nquads).describe(iri, most).triples())


def describe_ttl(nquads: str | Descriptions, iri: str, most: int = MOST_LINKS) -> str:
    """The same as Turtle, the thing itself first."""
    return turtle_of(_indexed(nquads).describe(iri, most).triples()).decode("utf-8")


def describe_rdfxml(nquads: str | Descriptions, iri: str, most: int = MOST_LINKS) -> str:
    """The same as RDF/XML."""
    return rdfxml_of(_indexed(nquads).describe(iri, most).triples()).decode("utf-8")


def describe_jsonld(nquads: str | Descriptions, iri: str, most: int = MOST_LINKS) -> str:
    """The same as JSON-LD: a tree with the thing as its root, and the context it needs."""
    from ptce_graph.publish.rdf.jsonld import tree_text

    return tree_text(iri, _indexed(nquads).describe(iri, most).triples())


#: The formats of one thing: what the command and the server take.
ENTITY_FORMATS = {
    "ttl": describe_ttl,
    "jsonld": describe_jsonld,
    "nt": describe_nt,
    "rdfxml": describe_rdfxml,
}


def _indexed(nquads: str | Descriptions) -> Descriptions:
    return nquads if isinstance(nquads, Descriptions) else Descriptions(nquads)


def describe_as(index: Descriptions, iri: str, format_name: str) -> str:
    """What is said of ``iri`` in a format of ``ENTITY_FORMATS``."""
    check_entity_format(format_name)
    return ENTITY_FORMATS[format_name](index, iri)


def check_entity_format(format_name: str) -> None:
    """``CallError``, with the nearest, where one thing has no such format."""
    if format_name not in ENTITY_FORMATS:
        message = _("One thing is not told as {name}.").format(name=format_name)
        raise unknown_choice(message, format_name, ENTITY_FORMATS)


def find_thing(index: Descriptions, facts: Facts, base: str, told: str) -> str:
    """The IRI of what ``told`` names: an IRI, ``kind/identifier``, an identifier or a name.

    A name is that of an organisation, network or pole. Raises ``CallError``
    where nothing or more than one thing is meant, with the nearest.
    """
    for iri in (told, f"{base}{told}", f"{CODE_BASE}{told}"):
        if index.is_known(iri):
            return iri
    if ":" in told and "/" in told:
        raise CallError(
            _("The dataset says nothing of {iri}.").format(iri=told),
            _("Name a thing by its address, its identifier or its name."),
        )
    actor = find_actor(facts, told)
    return thing_iri(str(facts.actors.at[actor, "type"]), actor, base)
