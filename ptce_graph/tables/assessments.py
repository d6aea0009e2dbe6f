"""What organisations judge of poles: which criteria may be judged, with which values."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from ptce_graph.bundled import DATA_DIR
from ptce_graph.errors import Problem, nearest
from ptce_graph.i18n import gettext as _
from ptce_graph.tables.cells import PERSONAL, problem_at
from ptce_graph.tables.read import Tables

if TYPE_CHECKING:
    from pandas import DataFrame

#: The list of criteria that has a scale of its own, and the values of each scale.
_EXCLUSIONS = "exclusions"
_OF_EXCLUSIONS = ("excluded", "not-excluded", "not-documented")
_OF_CRITERIA = ("met", "not-met", "not-documented")
#: How a person is addressed in French and English: an author is an organisation.
_PERSON = re.compile(r"(?:M\.|MM\.|Mmes?|Mlle|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Monsieur|Madame)\s", re.I)


@cache
def bundled_criteria() -> tuple[dict[str, str], ...]:
    """The criteria of the bundled documents: the columns of their table, and ``source``.

    Their files alone are read: a folder that brings no criteria asks for them often.
    """
    found = []
    for path in sorted((DATA_DIR / "sources").glob("*/criteria.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found += [{**row, "source": path.parent.name} for row in csv.DictReader(file)]
    return tuple(found)


def lent_criteria(tables: Tables) -> set[str]:
    """The criteria of the bundled documents, where assessments need more than the folder's own."""
    named = set(tables.frames["assessments"]["criterion"])
    if not named - set(tables.frames["criteria"]["id"]) - {""}:
        return set()
    return {row["id"] for row in bundled_criteria()}


def assessment_problems(tables: Tables) -> Iterator[Problem]:
    """Values of the wrong scale, criteria that are answered under another, authors who are persons.

    What the columns alone can tell (unknown criterion, personal data …) is checked with them.
    """
    frame = tables.frames["assessments"]
    if frame.empty:
        return
    known, authors = _criteria(tables), _authors(tables)
    for at, row in zip(frame.index, frame.to_dict("records"), strict=True):
        if row["criterion"] in known:
            yield from _of_the_criterion(frame, at, row, *known[row["criterion"]])
        if _PERSON.match(row["author"]):
            message = _("is a person: an assessment is signed by an organisation.")
            yield problem_at(frame, at, "author", "personal data", row["author"], message)
        # What speaks of a person otherwise is told with the columns.
        elif row["author"].casefold() not in authors and not PERSONAL.search(row["author"]):
            message = _(
                "is no organisation of these data. An assessment is signed by an organisation, "
                "never by a person: name one of organisations.csv, or add it there."
            )
            near = nearest(row["author"], list(authors.values()))
            yield problem_at(frame, at, "author", "unknown value", row["author"], message, near)


def _of_the_criterion(
    frame: DataFrame, at: int, row: dict[str, str], of: str, twin: str
) -> Iterator[Problem]:
    if twin:
        message = _("is judged under {twin}, whose wording the rule follows.").format(twin=twin)
        yield problem_at(frame, at, "criterion", "criterion", row["criterion"], message, twin)
    scale = _OF_EXCLUSIONS if of == _EXCLUSIONS else _OF_CRITERIA
    # What is no value at all is told with the codes.
    if row["value"] not in scale and row["value"] in {*_OF_EXCLUSIONS, *_OF_CRITERIA}:
        message = _("is no answer to {criterion}: {scale}.").format(
            criterion=row["criterion"], scale=", ".join(scale)
        )
        yield problem_at(frame, at, "value", "value", row["value"], message)


def _authors(tables: Tables) -> dict[str, str]:
    """The names and identifiers of the organisations, the folder's own and the bundled ones."""
    own = tables.frames["organisations"]
    told = ["", *own["id"], *own["name"]]
    for row in bundled_organisations():
        told += row
    return {name.casefold(): name for name in told}


@cache
def bundled_organisations() -> tuple[tuple[str, str], ...]:
    """The identifiers and names of the organisations of the bundled documents."""
    found = []
    for path in sorted((DATA_DIR / "sources").glob("*/organisations.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found += [(row["id"], row["name"]) for row in csv.DictReader(file)]
    return tuple(found)


def _criteria(tables: Tables) -> dict[str, tuple[str, str]]:
    """Of each criterion, its list and the criterion under which it is answered, if another."""
    told = (*bundled_criteria(), *tables.frames["criteria"].to_dict("records"))
    return {row["id"]: (row["list"], row["matches"]) for row in told}
