"""Names made comparable: "Assoc. « L'Usine »" and "L'USINE" have the same words.

A name becomes its *words* (no articles, no accents, singular), its legal form
where a word says it, and the level of a local authority ("Ville de Lille",
"Lille Métropole"). Nothing is thrown away that tells two organisations apart.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from ptce_graph.importers.reconcile.lexicon import (
    ALIASES,
    ARTICLES,
    EPCI_WORDS,
    LEGAL_FORMS,
    LEGAL_PHRASES,
    LEVELS_ABBREVIATED,
    LEVELS_AFTER,
    LEVELS_BEFORE,
    REGIONS,
)

_LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ø": "o", "Ø": "O", "&": " et "}
)
#: ``S.C.O.P.`` and ``E.S.S``: letters parted by full stops are one word.
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}[A-Za-z]?(?![A-Za-z])")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_WORDS = re.compile(r"[a-z]+|[0-9]+")
_ACRONYM = re.compile(r"\b[A-Z][A-Z0-9]{1,9}\b")
#: Names longer than this are told apart well before their end.
LONGEST = 300
#: A last s or x goes from words of so many letters; both sides lose it, so Alpes stays Alpes.
_SINGULAR_FROM = 5
_PHRASE = re.compile("societe|association loi")
_FIRST = frozenset(phrase.split()[0] for phrase, _level in LEVELS_BEFORE)
_LAST = frozenset(phrase.split()[-1] for phrase, _level in LEVELS_AFTER)
#: After "coopérative" or "association" these begin what it is the association of, which stays.
_OF = frozenset(("de", "des", "du", "d"))


@dataclass(frozen=True, slots=True)
class Name:
    """A name and what is compared of it.

    ``words``: those that count, in their order; ``spelt``: the same as
    they are spelt. ``form``: the legal form that a word of the name says, a code
    or empty. ``level``: ``commune``, ``epci``,
    ``departement``, ``region`` or empty. ``joined``: all words as one.
    ``acronyms``: those of ``words`` that are written in capitals, and so may
    stand for several. ``form_words``: the words of the form, as written.
    """

    text: str
    words: tuple[str, ...]
    spelt: tuple[str, ...]
    form: str
    level: str
    joined: str
    acronyms: frozenset[str]
    form_words: str


def folded(text: str) -> str:
    """``text`` in lower case ASCII, words parted by one blank: ``L'Œuvre`` -> ``l oeuvre``."""
    text = text[:LONGEST]
    if "." in text:
        text = _DOTTED.sub(lambda found: found[0].replace(".", ""), text)
    return " ".join(_WORDS.findall(_plain(text).lower()))


def _plain(text: str) -> str:
    """``text`` without accents and ligatures; what is no Latin letter parts words later."""
    if text.isascii() and "&" not in text:
        return text
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text.translate(_LIGATURES)))


def name_of(text: str) -> Name:
    """What is compared of a name; one that is all articles and forms keeps its words."""
    plain = folded(text)
    plain, form, told = _without_form(plain)
    level, rest = _level(plain, text)
    others, form, told = _form_in(rest.split(), form, told)
    spelt = [word for word in others if word not in ARTICLES]
    if level == "epci":
        spelt = [word for word in spelt if word not in EPCI_WORDS] or spelt
    if not spelt:
        spelt, level, form, told = folded(text).split(), "", "", ""
    spelt = _regions(spelt)
    words = tuple([sys.intern(_word(word)) for word in spelt])
    written = {found.lower() for found in _ACRONYM.findall(_plain(text))}
    short = len(words) <= 3 or not text.isupper()
    acronyms = frozenset([_word(word) for word in spelt if short and word in written])
    return Name(text, words, tuple(spelt), form, level, "".join(words), acronyms, told)


def _without_form(plain: str) -> tuple[str, str, str]:
    """The name without a form of several words, the form, and its words."""
    if _PHRASE.search(plain):
        for phrase, form in LEGAL_PHRASES:
            # The phrase is not looked for inside words.
            if f" {phrase} " in f" {plain} ":
                return f" {plain} ".replace(f" {phrase} ", " ", 1).strip(), form, phrase
    return plain, "", ""


def _form_in(words: list[str], form: str, told: str) -> tuple[list[str], str, str]:
    """Legal words at either end of a name say a form; elsewhere they are part of the name.

    So is the last one after an article: "Union régionale des SCOP".
    """
    kept = list(words)
    while len(kept) > 1 and kept[0] in LEGAL_FORMS and kept[1] not in _OF:
        form, told = form or LEGAL_FORMS[kept[0]], told or kept[0]
        del kept[0]
    while len(kept) > 1 and kept[-1] in LEGAL_FORMS and kept[-2] not in ARTICLES:
        form, told = form or LEGAL_FORMS[kept[-1]], told or kept[-1]
        del kept[-1]
    return kept, form, told


def _level(plain: str, text: str) -> tuple[str, str]:
    """The level of a local authority and what is left of its name."""
    first, _space, rest = plain.partition(" ")
    written = _plain(text).lstrip(" «\"'(")
    level = LEVELS_ABBREVIATED.get(first.upper(), "")
    if level and rest and written.startswith(first.upper()):
        return level, rest
    for phrase, level in LEVELS_BEFORE if first in _FIRST else ():
        if plain.startswith(phrase + " ") and _has_name(plain[len(phrase) + 1 :]):
            return level, plain[len(phrase) + 1 :]
    for phrase, level in LEVELS_AFTER if plain.rpartition(" ")[2] in _LAST else ():
        if plain.endswith(" " + phrase) and _has_name(plain[: -len(phrase) - 1]):
            return level, plain[: -len(phrase) - 1]
    return "", plain


def _has_name(rest: str) -> bool:
    return any(word not in ARTICLES for word in rest.split())


def _word(word: str) -> str:
    """A word in the singular, with "Saint" for "St"."""
    if word in ALIASES:
        return ALIASES[word]
    if len(word) >= _SINGULAR_FROM and word[-1] in "sx" and word[-2] not in "su":
        return word[:-1]
    return word


def _regions(words: list[str]) -> list[str]:
    """``words`` with regions in full: PACA is Provence-Alpes-Côte d'Azur."""
    if REGIONS.keys().isdisjoint(words):
        return words
    return [part for word in words for part in REGIONS.get(word, word).split()]


def initials(words: Collection[str], most: int = 8) -> list[str]:
    """What the first two, three … words may be abbreviated to: their initials, ``most`` at most."""
    runs = []
    letters = ""
    for word in list(words)[:most]:
        letters += word[:1]
        if len(letters) > 1:
            runs.append(letters)
    return runs


def abbreviates(acronym: str, words: tuple[str, ...]) -> int:
    """How many of the first ``words`` an acronym stands for, 0 where it stands for none.

    Each word gives its initial, or itself where it is an acronym in its turn:
    URSCOP is Union Régionale des SCOP.
    """
    reach = {0}
    best = 0
    for number, word in enumerate(words[:10], start=1):
        reach = {
            at + len(part)
            for at in reach
            for part in ((word[:1], word) if len(word) <= 5 else (word[:1],))
            if part and acronym.startswith(part, at)
        }
        if len(acronym) in reach:
            best = number
        if not reach:
            break
    return best if best > 1 else 0
