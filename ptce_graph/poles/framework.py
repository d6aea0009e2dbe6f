"""The action framework of the national plan of 2013, and what of it cannot be read.

Source: plan d'action 2013, annexe 3 and section 2.3 (``framework.csv`` of
``plan-action-2013``, with a passage per item): one purpose, three general
objectives, nine main objectives a to i, 27 indicators of which 18 can be read.
The annexe shows how much members of poles said that each indicator matters: an
importance that is declared, not an achievement, and no mark.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ptce_graph.bundled import DATA_DIR
from ptce_graph.errors import CallError
from ptce_graph.i18n import Note, mark, note
from ptce_graph.i18n import gettext as _

if TYPE_CHECKING:
    from ptce_graph.tables.facts import Facts

PURPOSE, GENERAL, OBJECTIVE, INDICATOR = "finalite", "objectif-general", "objectif", "indicateur"
LEVELS = (PURPOSE, GENERAL, OBJECTIVE, INDICATOR)

#: Of an item of which nothing can be read.
_LOST = "illisible"

#: How many items the document announces (plan, lines 140-145; also Eco Sol Brest, line 48).
ANNOUNCED = {GENERAL: 3, OBJECTIVE: 9, INDICATOR: 27}
#: The document that the numbers above and the limits below are about.
DOCUMENT = "plan-action-2013"

#: The top of the scale is a deduction: the annexe sorts values into bands up to "5.6 and more"
#: (plan, line 1185), which no mean of answers from 1 to 4 reaches; 6 is the least whole number
#: that admits them.
SCALE_MAX = 6
#: The two levels whose words can be read (plan, line 1185).
LEVEL_WORDS = {1: mark("very little important"), 4: mark("important")}


@dataclass(frozen=True)
class Item:
    """One item of the framework: its level, its letter (objectives), its passage."""

    id: str
    level: str
    notation: str
    label_fr: str
    label_en: str
    document: str
    section: str
    lines: str

    def label(self, language: str) -> str:
        """What it is called in ``fr`` or ``en``."""
        return self.label_fr if language == "fr" else self.label_en


@dataclass(frozen=True)
class Framework:
    """The items that can be read, in the order of the document."""

    items: tuple[Item, ...]

    def of_level(self, level: str) -> tuple[Item, ...]:
        """The items of a level: ``objectif-general``, ``objectif``, ``indicateur`` …"""
        return tuple(item for item in self.items if item.level == level)

    @property
    def objectives(self) -> tuple[Item, ...]:
        """The main objectives, a to i."""
        return self.of_level(OBJECTIVE)

    @property
    def indicators(self) -> tuple[Item, ...]:
        """The indicators that can be read."""
        return self.of_level(INDICATOR)

    def item(self, identifier: str) -> Item | None:
        """The item called so, or nothing."""
        return next((item for item in self.items if item.id == identifier), None)


def framework(facts: Facts) -> Framework:
    """The framework that the data hold; that of the bundled data is lent where they hold none."""
    rows = facts.frames["framework"].to_dict("records")
    if not any(row["level"] == INDICATOR and row["legibility"] != _LOST for row in rows):
        rows = list(_bundled_rows())
    places = {str(row["id"]): at for at, row in enumerate(rows)}
    items = [
        Item(
            *(str(row[name]) for name in ("id", "level", "notation", "label_fr", "label_en")),
            *(str(row[name]) for name in ("source", "section", "lines")),
        )
        for row in rows
        if row["legibility"] != _LOST
    ]
    items.sort(key=lambda i: (LEVELS.index(i.level), i.notation, _first_line(i), places[i.id]))
    return Framework(tuple(items))


@cache
def _bundled_rows() -> tuple[dict[str, str], ...]:
    """The framework of the bundled documents; its files alone are read."""
    found: list[dict[str, str]] = []
    for path in sorted((DATA_DIR / "sources").glob("*/framework.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found += [{**row, "source": path.parent.name} for row in csv.DictReader(file)]
    return tuple(found)


def _first_line(item: Item) -> int:
    return int(item.lines.replace("|", "-").split("-")[0])


_READ = mark("Of the {announced} indicators that the document announces, {read} can be read.")
_LIMITS = (
    mark(
        "Which indicator belongs to which objective is lost in the page as it can be read, and so "
        "is which objective belongs to which general objective: neighbouring cells are no link."
    ),
    mark(
        "Of the levels of the scale only two have words that can be read: 1, very little "
        "important, and 4, important."
    ),
    mark(
        "The values that the annexe gave are lost: no national profile can be rebuilt to compare "
        "a pole with."
    ),
    mark(
        "An answer says how much the pole finds an indicator important, not how far it has come, "
        "and it decides on no criterion."
    ),
)
_TOP = mark(
    "The top of the scale, {top}, is a deduction: the annexe sorts values up to “5.6 and more”, "
    "which no mean of answers from 1 to 4 can reach."
)
_OTHER_TOP = mark("The top of the scale, {top}, was chosen for this profile; we deduce {deduced}.")
NO_ANSWERS = mark("No document holds the answer of any pole: profiles come from questionnaires.")


def limits(found: Framework, scale_max: int = SCALE_MAX) -> tuple[Note, ...]:
    """What cannot be read of the framework, and what an answer says: told with every output.

    The sentences are about the document of the bundled data; of another
    framework only the last one is told.
    """
    if not any(item.document == DOCUMENT for item in found.indicators):
        return (note(_LIMITS[-1]),)
    read = sum(item.document == DOCUMENT for item in found.indicators)
    top = (
        note(_TOP, top=scale_max)
        if scale_max == SCALE_MAX
        else note(_OTHER_TOP, top=scale_max, deduced=SCALE_MAX)
    )
    return (
        note(_READ, announced=ANNOUNCED[INDICATOR], read=read),
        note(_LIMITS[0]),
        note(_LIMITS[1]),
        top,
        *(note(sentence) for sentence in _LIMITS[2:]),
    )


def check_scale(scale_max: int) -> None:
    """``CallError`` where the scale cannot hold the levels that can be read, or is no scale."""
    if not max(LEVEL_WORDS) <= scale_max <= 10:
        raise CallError(
            _("A scale from 1 to {top} does not fit the document.").format(top=scale_max),
            _("Its top is a whole number from 4 to 10; {deduced} is deduced.").format(
                deduced=SCALE_MAX
            ),
        )
