"""The scorecard as Markdown: the counts, then each checklist with its lines."""

from __future__ import annotations

from collections.abc import Sequence

from ptce_graph.reports.markdown import escaped
from scorecard.evidence import Evidence
from scorecard.model import Checklist, Line

STATES: dict[bool | None, str] = {
    True: "met",
    False: "not met",
    None: "not checkable offline",
}
_HEAD = """# Scorecard

Ce que valent les données publiées, mesuré aux listes de contrôle les plus reconnues. Chaque
ligne est remplie (*met*), non remplie (*not met*) ou invérifiable hors ligne (*not checkable
offline*), avec la preuve. Ce qui doit être en ligne n’est pas rempli tant que ce n’y est pas.
Les lignes sont en anglais, comme les listes, sauf celles de data.gouv.fr.

Written by `tools/write_scorecard.py`, which makes a release of the bundled data and computes
each line from its files; change nothing here by hand. What has to be online is not met before
it is. Files without a folder, and those in `data/`, `ontology/` and `queries/`, are those of
the release (`ptce-graph export --all`).
"""


def document(told: Evidence, checklists: Sequence[Checklist]) -> str:
    """The whole text; it bears the date of the data, and none of its own."""
    lines = {checklist.id: checklist.lines(told) for checklist in checklists}
    parts = [_HEAD]
    parts.append(
        f"Data of {told.about.modified or 'no date'}, "
        f"version {escaped(told.about.version) or 'none'}.\n"
    )
    parts.append(_counts(checklists, lines))
    for checklist in checklists:
        parts.append(_checklist(checklist, lines[checklist.id]))
    return "\n".join(parts)


def _counts(checklists: Sequence[Checklist], lines: dict[str, list[Line]]) -> str:
    rows = [
        "| checklist | lines | met | not met | not checkable offline |",
        "|---|---:|---:|---:|---:|",
    ]
    totals = [0, 0, 0, 0]
    for checklist in checklists:
        found = lines[checklist.id]
        numbers = [len(found), *(sum(line.met is state for line in found) for state in STATES)]
        totals = [one + other for one, other in zip(totals, numbers, strict=True)]
        rows.append(_row(f"[{escaped(checklist.title)}](#{checklist.id})", *map(str, numbers)))
    rows.append(_row("all", *map(str, totals)))
    return "\n".join(rows) + "\n"


def _checklist(checklist: Checklist, lines: Sequence[Line]) -> str:
    head = [f'<a id="{checklist.id}"></a>', "", f"## {escaped(checklist.title)}", ""]
    if checklist.french != checklist.title:
        head += [f"*{escaped(checklist.french)}*", ""]
    head += [f"Source: {escaped(checklist.source)}, <{checklist.iri}>."]
    if checklist.note:
        head += ["", checklist.note]
    rows = ["", "| | line | state | evidence |", "|---|---|---|---|"]
    for line in lines:
        state = STATES[line.met] if line.met else f"**{STATES[line.met]}**"
        rows.append(_row(escaped(line.id), escaped(line.name), state, escaped(line.evidence)))
    return "\n".join([*head, *rows]) + "\n"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
