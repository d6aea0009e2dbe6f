"""Two names compared word by word: what both hold, what one lacks, what is spelt otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

from ptce_graph.i18n import Note, mark, note
from ptce_graph.importers.reconcile import weights as w
from ptce_graph.importers.reconcile.actors import Actor
from ptce_graph.importers.reconcile.normal import Name, abbreviates
from ptce_graph.importers.reconcile.parts import Part
from ptce_graph.importers.reconcile.weights import Weights

#: The shortest words that may be misspelt in one letter, and in two.
ONE_LETTER_FROM, TWO_LETTERS_FROM = 5, 9
_TOLD = 4


def compared_names(left: Actor, right: Actor, weights: Weights) -> list[Part]:
    """The part of the two names that agree most, of all that each side has."""
    around = left.where.words, right.where.words
    best: Part | None = None
    for one, other in product(left.names, right.names):
        part = _pair(one, other, around, weights)
        if best is None or part.weight > best.weight:
            best = part
    return [best] if best is not None else []


@dataclass
class _Told:
    weight: float
    notes: list[Note]


def _pair(
    one: Name, other: Name, around: tuple[frozenset[str], frozenset[str]], weights: Weights
) -> Part:
    if not one.words or not other.words:
        return Part("name", 0.0, None)
    level = _levels(one, other)
    if one.joined == other.joined:
        told = _together(one.words, one, other, weights)
        if len(one.words) == 1 and one.words[0] in one.acronyms | other.acronyms:
            told = min(told, w.MOST_INITIALS)
        return Part("name", told + level.weight, _same_name(one, other, level))
    shared = set(one.words) & set(other.words)
    rest = [word for word in one.words if word not in shared]
    others = [word for word in other.words if word not in shared]
    weight = _together(tuple(sorted(shared)), one, other, weights)
    notes = list(level.notes)
    weight += _acronyms(one, other, rest, others, notes)
    weight += _misspelt(one, other, rest, others, weights, notes)
    lacks = _lacking(one, rest, others, around[1], weights, notes)
    lacks += _lacking(other, others, rest, around[0], weights, notes)
    total = max(w.LEAST_NAME, min(weight, w.MOST_NAME) + lacks) + level.weight
    if shared:
        common = _spelt(one, [word for word in one.words if word in shared])
        notes.insert(0, note(mark("both names hold “{words}”"), words=common))
    return Part("name", total, _joined(notes))


def _same_name(one: Name, other: Name, level: _Told) -> Note:
    forms = [word for word in (one.form_words, other.form_words) if word]
    if one.text == other.text:
        told = note(mark("same name"))
    elif one.form_words != other.form_words and forms:
        told = note(mark("same name without “{words}”"), words=" / ".join(forms))
    elif one.level and one.level == other.level:
        told = note(mark("same authority"))
    else:
        told = note(mark("same name but for its spelling"))
    notes = level.notes if one.level != other.level else []
    return _joined([told, *notes]) or told


def _together(shared: tuple[str, ...], one: Name, other: Name, weights: Weights) -> float:
    """What the words weigh that both hold. Places are the name of local authorities alone."""
    authorities = bool(one.level and other.level)
    places: frozenset[str] = frozenset() if authorities else weights.places_in(one.words)
    weak = rare = 0.0
    for word in shared:
        if weights.is_generic(word):
            weak += weights.bits(word)
        elif word in places:
            weak += min(w.MOST_PLACE, weights.bits(word))
        else:
            rare += weights.bits(word)
    return min(w.MOST_NAME, rare + min(weak, w.MOST_GENERIC))


def _levels(one: Name, other: Name) -> _Told:
    """Levels of local authorities: the commune is not its agglomeration, nor its region."""
    if one.level == other.level:
        if not one.level:
            return _Told(0.0, [])
        return _Told(w.SAME_LEVEL, [note(mark("authorities of one level"))])
    if one.level and other.level:
        return _Told(w.OTHER_LEVEL, [note(mark("two levels of local authorities"))])
    return _Told(w.ONE_LEVEL, [])


def _acronyms(
    one: Name, other: Name, rest: list[str], others: list[str], notes: list[Note]
) -> float:
    """Initials on one side that stand for words of the other; what they cover is taken out."""
    weight = 0.0
    for name, mine, words, theirs in (
        (one, rest, other.words, others),
        (other, others, one.words, rest),
    ):
        for word in [word for word in mine if word in name.acronyms and len(word) > 2]:
            covered = abbreviates(word, words)
            if covered and set(words[:covered]) & set(theirs):
                weight += min(w.MOST_WORD, w.PER_LETTER_OF_ACRONYM * len(word))
                mine.remove(word)
                theirs[:] = [w_ for w_ in theirs if w_ not in words[:covered]]
                notes.append(note(mark("“{word}” may be its initials"), word=word.upper()))
                break
    return weight


def _spelt(name: Name, words: list[str]) -> str:
    """Words of a name as they are spelt in it, the first of them."""
    spelt = dict(zip(name.words, name.spelt, strict=True))
    return " ".join(spelt.get(word, word) for word in words[:_TOLD])


def _misspelt(
    one: Name,
    other: Name,
    rest: list[str],
    others: list[str],
    weights: Weights,
    notes: list[Note],
) -> float:
    weight = 0.0
    for word in list(rest):
        near = next((o for o in others if nearly(word, o)), None)
        if near is None:
            continue
        bits = min(weights.bits(word), weights.bits(near))
        weight += w.MISSPELT_SHARE * bits + w.MISSPELT
        rest.remove(word)
        others.remove(near)
        told = {"one": _spelt(one, [word]), "other": _spelt(other, [near])}
        notes.append(note(mark("“{one}” is nearly “{other}”"), **told))
    return weight


def _lacking(
    name: Name,
    rest: list[str],
    others: list[str],
    around: frozenset[str],
    weights: Weights,
    notes: list[Note],
) -> float:
    """What it weighs that ``rest`` of ``name`` stands on its side only.

    The name of the place where the other one is costs nothing: "Emmaüs" at
    Niort may well be "Emmaüs Niort".
    """
    if not rest:
        return 0.0
    weight, told = 0.0, []
    places = weights.places_in(name.words)
    for word in rest:
        if word in around:
            continue
        if word.isdigit():
            cost = w.LACKS_NUMBER
        elif weights.is_scope(word):
            cost = w.LACKS_SCOPE
        elif word in places:
            cost = w.LACKS_PLACE
        elif weights.is_generic(word):
            cost = w.OTHER_GENERIC if others else w.LACKS_GENERIC
        else:
            cost = w.LACKS_WORD
        weight += cost
        told.append(word)
    if told:
        words = _spelt(name, told)
        notes.append(note(mark("“{words}” in one name only"), words=words))
    return weight


def nearly(one: str, other: str) -> bool:
    """Whether two words differ in a letter or two, or in their ending: niort, niortais."""
    short, long = sorted((one, other), key=len)
    if len(short) < ONE_LETTER_FROM or short.isdigit() != long.isdigit():
        return False
    if long.startswith(short) and len(long) - len(short) <= 3:
        return True
    most = 2 if len(short) >= TWO_LETTERS_FROM else 1
    return len(long) - len(short) <= most and _distance(short, long, most) <= most


def _distance(one: str, other: str, most: int) -> int:
    """Letters to insert, delete, change or swap (optimal string alignment); ``most`` + 1 beyond."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, char in enumerate(one, start=1):
        older, before, row = before, row, [i]
        for j, theirs in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (char != theirs))
            if i > 1 and j > 1 and char == other[j - 2] and one[i - 2] == theirs:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def _joined(notes: list[Note]) -> Note | None:
    if not notes:
        return None
    if len(notes) == 1:
        return notes[0]
    return Several(mark("; "), (), tuple(notes))


@dataclass(frozen=True)
class Several(Note):
    """Sentences told one after the other."""

    notes: tuple[Note, ...] = ()

    def told(self, words: Callable[[str], str]) -> str:
        return words(self.template).join(part.told(words) for part in self.notes)
