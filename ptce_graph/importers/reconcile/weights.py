"""What each agreement and each contradiction weighs, in bits.

The model is that of Fellegi, I. P. and Sunter, A. B., "A Theory for Record
Linkage", Journal of the American Statistical Association 64 (1969): two
records are compared part by part, each part weighs log2(m/u), where m is the
chance that the part looks so when both are the same organisation, u when they
are two; the weights add up to the odds. Words weigh by how rare they are
(frequency-based weights: Winkler, W. E., "Frequency-based matching in
Fellegi-Sunter model of record linkage", Census Bureau, 2000).

The weights were set by reasoning on m and u, beside the judgements of the
bundled data; ``docs/reconciliation.md`` tells them and how good they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import log2

from ptce_graph.importers.reconcile.actors import Actor
from ptce_graph.importers.reconcile.lexicon import GENERIC, REGION_NAMES, SCOPES
from ptce_graph.importers.reconcile.normal import folded, name_of

#: Before anything is compared, one pair of candidates in 2 ** 8 is the same.
PRIOR = -8.0

#: An identifier that both have, or that both have differently.
SAME_IDENTIFIER = 30.0
OTHER_SIREN = -30.0
OTHER_RNA = -9.0
OTHER_WIKIDATA = -9.0
#: One SIREN, other establishments: one legal unit, said of two of its addresses.
OTHER_SIRET = -24.0

#: The most that the words of a name weigh together, and the generic ones among them.
MOST_NAME, MOST_GENERIC, MOST_WORD = 13.0, 8.0, 12.0
#: A name that is initials alone: networks and their branches share them.
MOST_INITIALS = 10.0
#: The name of a place, which many names hold.
MOST_PLACE = 3.0
#: A short word is soon met again: three bits for each of its letters at most.
PER_LETTER = 3.0
PER_LETTER_OF_ACRONYM = 2.0
#: A word spelt otherwise in one letter or two.
MISSPELT_SHARE, MISSPELT = 0.75, -1.0
#: Words that one of the two names lacks.
LACKS_WORD, LACKS_GENERIC, LACKS_PLACE, LACKS_NUMBER, LACKS_SCOPE = -4.0, -2.0, -6.0, -6.0, -5.0
#: Generic words on both sides, where each has another.
OTHER_GENERIC = -3.5
LEAST_NAME = -16.0
SAME_LEVEL, OTHER_LEVEL, ONE_LEVEL = 2.0, -14.0, -2.0

SAME_COMMUNE, SAME_DEPARTMENT, SAME_REGION = 4.0, 2.0, 1.0
OTHER_COMMUNE, OTHER_DEPARTMENT, OTHER_REGION = -2.5, -4.5, -6.0
SAME_HOST, OTHER_HOST = 8.0, -1.5
SAME_FORM, OTHER_FORM, OTHER_KIND = 0.5, -4.0, -3.0
SAME_YEAR, OTHER_YEAR = 2.0, -1.0

#: Nothing but an identifier makes two things the same for certain.
MOST_WITHOUT_IDENTIFIER = 0.97
#: How many names of organisations words are thought to be met in, beside those of the folder:
#: a word is not rare because the folder is small.
BACKGROUND = 20_000
#: The share of those names that hold a generic word, and any other word.
GENERIC_SHARE, WORD_SHARE = 0.05, 2e-4

_REGION_RUNS = frozenset(name_of(name).words for name in REGION_NAMES)
_SCOPES = frozenset(folded(word) for word in SCOPES)


@dataclass
class Weights:
    """What words weigh among certain names. ``count``: the names; ``held``: those of each word."""

    count: int = 0
    held: Counter[str] = field(default_factory=Counter)
    hosts: Counter[str] = field(default_factory=Counter)
    runs: frozenset[tuple[str, ...]] = _REGION_RUNS
    longest_run: int = 4
    _bits: dict[str, float] = field(default_factory=dict)
    _places: dict[tuple[str, ...], frozenset[str]] = field(default_factory=dict)

    def add(self, actors: Iterable[Actor]) -> None:
        """Count the words and hosts of ``actors``, each once per actor."""
        for actor in actors:
            self.count += 1
            names = actor.names
            words = names[0].words if len(names) == 1 else {w for n in names for w in n.words}
            self.held.update(set(words))
            self.hosts.update(actor.hosts)
        self._bits.clear()

    def bits(self, word: str) -> float:
        """What it weighs that two names hold ``word``."""
        if word not in self._bits:
            share = GENERIC_SHARE if word in GENERIC else WORD_SHARE
            rare = log2((self.count + BACKGROUND) / (self.held[word] + BACKGROUND * share))
            self._bits[word] = max(0.5, min(rare, MOST_WORD, PER_LETTER * len(word)))
        return self._bits[word]

    def host_bits(self, host: str) -> float:
        """What it weighs that two have a website on ``host``; little where many have."""
        return max(0.5, SAME_HOST - 2 * log2(max(1, self.hosts[host] / 2)))

    def is_generic(self, word: str) -> bool:
        return word in GENERIC

    def is_scope(self, word: str) -> bool:
        return word in _SCOPES

    def places_in(self, words: tuple[str, ...]) -> frozenset[str]:
        """Those of ``words`` that are, by themselves or in a row, the name of a place."""
        known = self._places.get(words)
        if known is None:
            found: set[str] = set()
            for start in range(len(words)):
                for end in range(start + 1, min(len(words), start + self.longest_run) + 1):
                    if words[start:end] in self.runs:
                        found.update(words[start:end])
            known = self._places[words] = frozenset(found)
        return known
