"""The rules of the criteria: one SPARQL file each in ``ontology/criteria``.

The comments at the head of a file say what it decides, for people and for us::

    # criterion: note-inc-8         (the row of the table of criteria that it decides)
    # also: esb-inc-8               (optional: the same criterion in the other document)
    # fr: …   # en: …               (the rule in words)
    # other-fr: …   # other-en: …   (optional: what the other document's wording changes)
    # judgement-fr: …  # judgement-en: …  (optional: what no fact can decide)
    # param: min number 1           (optional: a threshold; ``-`` where none is set)
    # min-source: note-labo-ess 227 (where the threshold stands, or ``convention``: ours)
    # min-fr: …   # min-en: …
    # met: ess other                (an answer, and the parts that it needs)
    # ess-fr: …   # ess-en: …       (what each part asks to be known)

The query finds facts. Each of its rows names a ``?thing`` and a fact about it: the node
``?fact``, or what is said of a thing (``?of`` has the ``?property`` ``?value``, as the document
``?document`` says, where that matters), or both. ``?part`` is the part of the rule which that
fact satisfies, alone or with others: counting is done in the query. A row without part is
shown, and decides nothing; ``?weight`` says why it is shown.

The answer follows by one convention: the first answer of the head, of which every part has a
row for the thing; where there is none, it is *not documented*. A file without a query is a
criterion that only an assessment can answer.

A line ``# use: name`` in a query stands for the definition ``definitions/name.rq``, a query
like any other, as a subquery: what a member or a partner is, is said once. A threshold is a
variable with ``VALUES ?name { … }``; a value that a person gives replaces what stands there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ptce_graph.bundled import ONTOLOGY_DIR
from ptce_graph.dataset.questions import Parameter, values_clause
from ptce_graph.errors import CallError, unknown_choice
from ptce_graph.i18n import LANGUAGES
from ptce_graph.i18n import gettext as _
from ptce_graph.poles.findings import EXCLUDED, MET, NOT_EXCLUDED, NOT_MET

CRITERIA_DIR = ONTOLOGY_DIR / "criteria"

#: The answers that a rule may give; without any, it is not documented.
ANSWERS = (MET, NOT_MET, NOT_EXCLUDED, EXCLUDED)
#: A threshold that nobody has set yet, and how a query says so.
_UNSET, _UNDEFINED = "-", "UNDEF"
#: Where a threshold comes from when no document gives it.
CONVENTION = "convention"

_HEADER = re.compile(r"^# ([a-z][a-z0-9-]*): (.+)$")
_USE = re.compile(r"^(?P<indent> *)# use: (?P<name>[a-z-]+)$", re.MULTILINE)
_DECLARED = re.compile(r"^PREFIX .+\n", re.MULTILINE)

#: A text in French and in English, by language.
Words = Mapping[str, str]

_SEPARATORS = {"fr": "\u202f; ", "en": "; "}


@dataclass(frozen=True)
class Threshold:
    """A number that a rule uses: ``default`` is empty where no document gives one.

    ``source`` is the document it comes from and ``lines`` its lines there;
    ``convention`` where it is ours.
    """

    parameter: Parameter
    source: str
    lines: str
    words: Words

    @property
    def name(self) -> str:
        return self.parameter.name

    @property
    def default(self) -> str:
        return self.parameter.default

    @property
    def is_ours(self) -> bool:
        return self.source == CONVENTION


@dataclass(frozen=True)
class Rule:
    """How one criterion is decided, in words and in SPARQL.

    ``answers`` are tried in order: an answer and the names of the parts it needs;
    ``parts`` tells what each asks. ``query`` is empty where no fact can decide.
    """

    criterion: str
    also: str
    words: Words
    other: Words
    judgement: Words
    thresholds: tuple[Threshold, ...]
    answers: tuple[tuple[str, tuple[str, ...]], ...]
    parts: Mapping[str, Words]
    query: str

    def sparql(self, given: Mapping[str, str] | None = None) -> str:
        """The whole query, its definitions and thresholds put in, for any SPARQL engine.

        ``given`` holds thresholds by name (see ``known_thresholds``); the others
        have their defaults.
        """
        text = expanded(self.query)
        for threshold in self.thresholds:
            value = (given or {}).get(threshold.name, threshold.default)
            term = threshold.parameter.term(value) if value else _UNDEFINED
            clause = f"VALUES ?{threshold.name} {{ {term} }}"
            text = values_clause(threshold.parameter).sub(clause, text)
        return text

    def lacking(self, there: Set[str], language: str) -> str:
        """What the first answer still asks, in words: its parts that are not among ``there``."""
        if not self.answers:
            return self.judgement[language]
        needed = self.answers[0][1]
        parts = [self.parts[part][language] for part in needed if part not in there]
        return _SEPARATORS[language].join(parts)

    def why(self, value: str, language: str) -> str:
        """What makes the answer ``value``, in words; nothing where no fact does."""
        needed = next((parts for answer, parts in self.answers if answer == value), ())
        return _SEPARATORS[language].join(self.parts[part][language] for part in needed)

    def used(self, given: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """Each threshold with the value that is used."""
        return tuple((one.name, given.get(one.name, one.default)) for one in self.thresholds)


@cache
def rules() -> dict[str, Rule]:
    """The rules by the criterion they decide, in the alphabetical order of their files."""
    found = [_rule(path) for path in sorted(CRITERIA_DIR.glob("*.rq"))]
    return {rule.criterion: rule for rule in found}


def rule(criterion: str) -> Rule:
    """The rule that decides ``criterion``, by either document's name of it.

    Raises ``CallError``, with the nearest, where there is none.
    """
    by_name = rules()
    if criterion not in by_name:
        by_name = by_name | {one.also: one for one in by_name.values() if one.also}
    if criterion not in by_name:
        message = _("There is no criterion named {name}.").format(name=criterion)
        raise unknown_choice(message, criterion, by_name)
    return by_name[criterion]


def known_thresholds(given: Mapping[str, object] | None) -> dict[str, dict[str, str]]:
    """Thresholds as a person gives them, by criterion and name.

    ``given`` maps ``criterion.threshold`` (``note-inc-2.min``) to a number.
    Raises ``CallError`` for a name that no rule has, and for what is no number.
    """
    every = {f"{c}.{t.name}": (c, t) for c, one in rules().items() for t in one.thresholds}
    found: dict[str, dict[str, str]] = {}
    for name, value in (given or {}).items():
        if name not in every:
            message = _("There is no threshold named {name}.").format(name=name)
            raise unknown_choice(message, name, every)
        criterion, threshold = every[name]
        text = str(value)
        try:
            threshold.parameter.term(text)
        except CallError:
            text = "-"
        if text.startswith("-"):
            raise CallError(_("{name} must be a number above 0.").format(name=name))
        found.setdefault(criterion, {})[threshold.name] = text
    return found


def expanded(query: str) -> str:
    """``query`` with each ``# use:`` line replaced by its definition, prefixes at the top."""
    prefixes: dict[str, None] = {}

    def body(text: str) -> str:
        prefixes.update(dict.fromkeys(_DECLARED.findall(text)))
        return _USE.sub(_subquery, _DECLARED.sub("", text))

    def _subquery(found: re.Match[str]) -> str:
        inner = "".join(
            f"{found['indent']}  {line}\n" for line in body(definition(found["name"])).splitlines()
        )
        return f"{found['indent']}{{\n{inner}{found['indent']}}}"

    told = body(query)
    return "".join(prefixes) + told


@cache
def definition(name: str) -> str:
    """The query of the definition ``name``, without its head."""
    return _head_and_query(CRITERIA_DIR / "definitions" / f"{name}.rq")[1]


def _head_and_query(path: Path) -> tuple[dict[str, list[str]], str]:
    """The comments at the head of a file, by key, and what follows them."""
    head: dict[str, list[str]] = {}
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = 0
    while at < len(lines) and lines[at].startswith("#"):
        found = _HEADER.match(lines[at].rstrip("\n"))
        assert found, f"{path}: {lines[at]}"
        head.setdefault(found[1], []).append(found[2])
        at += 1
    return head, "".join(lines[at:])


def _rule(path: Path) -> Rule:
    head, query = _head_and_query(path)

    def one(key: str) -> str:
        return head.get(key, [""])[0]

    def in_words(name: str) -> Words:
        return {language: one(f"{name}-{language}" if name else language) for language in LANGUAGES}

    thresholds = []
    for told in head.get("param", []):
        name, kind, default = told.split(" ")
        source, _space, lines = one(f"{name}-source").partition(" ")
        parameter = Parameter(name, kind, "" if default == _UNSET else default)
        thresholds.append(Threshold(parameter, source, lines, in_words(name)))
    answers = [(a, tuple(told.split(" "))) for a in ANSWERS for told in head.get(a, [])]
    parts = {part: in_words(part) for _answer, needed in answers for part in needed}
    return Rule(
        one("criterion"),
        one("also"),
        in_words(""),
        in_words("other"),
        in_words("judgement"),
        tuple(thresholds),
        tuple(answers),
        parts,
        query,
    )
