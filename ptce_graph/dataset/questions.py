"""The catalogue of questions: one SPARQL file each in ``ontology/queries``.

The comments at the head of a file say what it answers::

    # fr: Quelles organisations …
    # en: Which organisations …
    # note-fr: …            (optional: how to read the answer)
    # note-en: …
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ptce_graph.bundled import ONTOLOGY_DIR
from ptce_graph.errors import CallError, nearest
from ptce_graph.i18n import gettext as _

QUERIES_DIR = ONTOLOGY_DIR / "queries"


@dataclass(frozen=True)
class Question:
    """A question of the catalogue, in words and in SPARQL."""

    name: str
    text: str
    words: dict[str, str]
    """By language, ``fr`` and ``en``: the question."""
    notes: dict[str, str]


def questions() -> dict[str, Question]:
    """The catalogue, by name, in alphabetical order."""
    return {path.stem: _read(path) for path in sorted(QUERIES_DIR.glob("*.rq"))}


def question(name: str) -> Question:
    """The question called ``name``; ``CallError`` tells the nearest where there is none."""
    catalogue = questions()
    if name not in catalogue:
        raise CallError(
            _("There is no question named {name}.").format(name=name),
            _("Did you mean {nearest}? The questions: {all}.").format(
                nearest=nearest(name, list(catalogue)) or next(iter(catalogue)),
                all=", ".join(catalogue),
            ),
        )
    return catalogue[name]


def _read(path: Path) -> Question:
    text = path.read_text(encoding="utf-8")
    told = dict(re.findall(r"^# ((?:note-)?(?:fr|en)): (.+)$", text, flags=re.MULTILINE))
    words = {language: told[language] for language in ("fr", "en")}
    notes = {language: told.get(f"note-{language}", "") for language in ("fr", "en")}
    return Question(path.stem, text, words, notes)
