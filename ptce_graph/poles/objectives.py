"""Which indicator belongs to which objective: somebody's judgement, since the source lost it.

Columns of the file: ``indicator``, ``objective`` (``ref-obj-a`` or ``a``),
``author`` (the organisation that decided it) and ``date``. What is made with
it says whose it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ptce_graph.errors import DataError, Problem, nearest
from ptce_graph.i18n import Note, mark, note
from ptce_graph.i18n import gettext as _
from ptce_graph.poles.filled import Cells, FilledRow, filled_rows
from ptce_graph.poles.framework import Framework, Item

if TYPE_CHECKING:
    from ptce_graph.tables.facts import Facts

COLUMNS = ("indicator", "objective", "author", "date")
_ACTORS = ("pole", "organisation", "network")
_WHOSE = mark(
    "The link between indicators and objectives is not in the source: it was decided by {authors} "
    "({dates}). {mapped} of {read} indicators are linked."
)


@dataclass(frozen=True)
class Objectives:
    """Indicators by objective, and who decided it when.

    ``of`` leads from an indicator to its objective (identifiers); ``authors``
    are names of organisations, ``dates`` those of the decisions.
    """

    of: dict[str, str]
    authors: tuple[str, ...]
    dates: tuple[str, ...]

    def told(self, framework: Framework) -> Note:
        """Whose judgement it is, to be told with everything made with it."""
        return note(
            _WHOSE,
            authors=", ".join(self.authors),
            dates=", ".join(self.dates),
            mapped=len(self.of),
            read=len(framework.indicators),
        )


def read_objectives(path: Path, facts: Facts, framework: Framework) -> Objectives:
    """The file that says which objective each indicator belongs to.

    An indicator belongs to one objective at most; those left out belong to
    none. Raises ``DataError`` with every fault, ``CallError`` for a file that is
    no table.
    """
    problems: list[Problem] = []
    cells = Cells(facts, problems)
    found: dict[str, tuple[str, FilledRow]] = {}
    authors: set[str] = set()
    dates: set[str] = set()
    rows = filled_rows(Path(path), COLUMNS, ("note",), (), problems)
    for row in rows:
        indicator = _item(row, "indicator", framework.indicators, problems)
        objective = _item(row, "objective", framework.objectives, problems)
        author = cells.actor(
            row, "author", _ACTORS, _("is empty: name the organisation that decided it.")
        )
        date = cells.date(row)
        if not (indicator and objective and author and date):
            continue
        if indicator in found:
            before = found[indicator][1]
            message = _("has an objective already, in {place}.")
            message = message.format(place=f"{before.file}:{before.row}")
            problems.append(row.problem("indicator", "linked twice", message))
            continue
        found[indicator] = (objective, row)
        authors.add(str(facts.actors.at[author, "name"]))
        dates.add(date)
    if not problems and not found:
        problems.append(Problem(Path(path).name, 0, "", "empty file", "", _("links nothing.")))
    if problems:
        raise DataError(problems)
    return Objectives(
        {item.id: found[item.id][0] for item in framework.indicators if item.id in found},
        tuple(sorted(authors)),
        tuple(sorted(dates)),
    )


def _item(row: FilledRow, column: str, items: tuple[Item, ...], problems: list[Problem]) -> str:
    """The identifier of the item that a cell names, by identifier or letter; or a problem."""
    value = row.cells[column]
    for item in items:
        if value == item.id or (item.notation and value.casefold() == item.notation):
            return item.id
    message = (
        _("is no objective of the framework: a to i.")
        if column == "objective"
        else _("is no indicator of the framework that can be read.")
    )
    near = nearest(value, [item.id for item in items])
    problems.append(row.problem(column, "unknown item", message, near))
    return ""
