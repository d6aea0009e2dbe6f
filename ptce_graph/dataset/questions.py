"""The catalogue of questions: one SPARQL file each in ``ontology/queries``.

The comments at the head of a file say what it answers::

    # fr: Quels sont les membres d'un pôle ?
    # en: Who are the members of a pole?
    # note-fr: …                        (optional: how to read the answer)
    # note-en: …
    # param: pole pole pole-sud-archer  (optional: name, kind, default)
    # documents: cahier-rtes note-labo-ess

A parameter is a variable with one ``VALUES ?name { … }`` line, which holds its
default, so that the file can be run as it is anywhere; the value that a person
gives replaces what stands between the braces. Its kind says what the value is,
``organisation``, ``pole``, ``place``, ``call``, ``cooperation``, ``source``,
``code:<list>``, ``text`` or ``number``. A value never becomes SPARQL: it is
made a term, and a term is all that is put there.

A parameter of the kind ``limit`` says where a list ends that may have hundreds of
thousands of rows: it stands after ``LIMIT`` (several times, where several lists make the
answer), and is beyond what the bundled documents give.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ptce_graph.bundled import ONTOLOGY_DIR
from ptce_graph.dataset.quads import iri, literal
from ptce_graph.errors import CallError, unknown_choice
from ptce_graph.i18n import gettext as _
from ptce_graph.vocabulary.iris import DEFAULT_BASE, SLUG_PATTERN, code_iri, thing_iri

QUERIES_DIR = ONTOLOGY_DIR / "queries"

_HEADER = re.compile(r"^# (fr|en|note-fr|note-en|param|documents): (.+)$", re.MULTILINE)
_THINGS = ("organisation", "pole", "place", "call", "cooperation", "source")


@dataclass(frozen=True)
class Parameter:
    """A variable of a query to which the person who asks gives a value."""

    name: str
    kind: str
    default: str

    def term(self, value: str, base: str = DEFAULT_BASE) -> str:
        """``value`` as an N-Triples term; ``CallError`` where it is not of the kind."""
        if self.kind == "text":
            return literal(value)
        if self.kind == "limit":
            # More than that, and engines that count on few rows would plan worse for all.
            if not re.fullmatch("[1-9][0-9]{0,5}|1000000", value):
                raise CallError(
                    _("{name} must be a whole number from 1 to 1,000,000.").format(name=self.name)
                )
            return value
        if self.kind == "number":
            if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,6})?", value):
                raise CallError(_("{name} must be a number.").format(name=self.name))
            return value
        if not re.fullmatch(SLUG_PATTERN, value):
            raise CallError(
                _("{name} must be an identifier, such as {default}.").format(
                    name=self.name, default=self.default
                )
            )
        if self.kind.startswith("code:"):
            return iri(code_iri(self.kind.removeprefix("code:"), value))
        return iri(thing_iri(self.kind, value, base))


@dataclass(frozen=True)
class Question:
    """A question of the catalogue, in words and in SPARQL."""

    name: str
    text: str
    words: dict[str, str]
    """By language, ``fr`` and ``en``: the question."""
    notes: dict[str, str]
    parameters: tuple[Parameter, ...] = ()
    documents: tuple[str, ...] = ()
    """The identifiers of the documents that support the answer."""

    def limit(self, given: Mapping[str, str]) -> int | None:
        """How many rows the answer stops at; ``None`` where nothing bounds it."""
        told = [p for p in self.parameters if p.kind == "limit"]
        return int(given.get(told[0].name, told[0].default)) if told else None

    def sparql(self, given: Mapping[str, str], base: str = DEFAULT_BASE) -> str:
        """The query with the values that are given, and its defaults for the others.

        Raises ``CallError`` for a parameter the question does not have, or a
        value that is not of its kind.
        """
        text = self.text
        by_name = {parameter.name: parameter for parameter in self.parameters}
        for name, value in given.items():
            if name not in by_name:
                raise CallError(
                    _("The question {question} has no parameter named {name}.").format(
                        question=self.name, name=name
                    ),
                    _("Its parameters: {all}.").format(all=", ".join(by_name) or "—"),
                )
            term = by_name[name].term(value, base)
            clause = f"LIMIT {term}"
            if by_name[name].kind != "limit":
                clause = f"VALUES ?{name} {{ {term} }}"
            text = values_clause(by_name[name]).sub(clause.replace("\\", r"\\"), text)
        return text


def values_clause(parameter: Parameter) -> re.Pattern[str]:
    """Where the value of a parameter stands in the text of its query."""
    if parameter.kind == "limit":
        return re.compile(r"LIMIT [0-9]+")
    return re.compile(rf"VALUES \?{parameter.name} \{{[^}}]*\}}")


def is_text(asked: str) -> bool:
    """Whether ``asked`` is SPARQL itself, not the name of a question."""
    return any(sign in asked for sign in " {\n")


def questions() -> dict[str, Question]:
    """The catalogue, by name, in alphabetical order."""
    return {path.stem: _read(path) for path in sorted(QUERIES_DIR.glob("*.rq"))}


def question(name: str) -> Question:
    """The question called ``name``; ``CallError`` tells the nearest where there is none."""
    catalogue = questions()
    if name not in catalogue:
        raise unknown_choice(
            _("There is no question named {name}.").format(name=name), name, catalogue
        )
    return catalogue[name]


def _read(path: Path) -> Question:
    text = path.read_text(encoding="utf-8")
    told = _HEADER.findall(text)
    first = dict(reversed(told))
    parameters = []
    for key, value in told:
        if key == "param":
            name, kind, default = value.split(" ", 2)
            assert kind in (*_THINGS, "text", "number", "limit") or kind.startswith("code:"), path
            parameters.append(Parameter(name, kind, default))
    return Question(
        path.stem,
        text,
        {language: first[language] for language in ("fr", "en")},
        {language: first.get(f"note-{language}", "") for language in ("fr", "en")},
        tuple(parameters),
        tuple(first.get("documents", "").split()),
    )
