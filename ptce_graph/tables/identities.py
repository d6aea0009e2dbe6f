"""Which identifiers name the same thing, from the judgements in ``identities.csv``.

``same`` is transitive; the identifier that is kept is the one that never
stands on the right. ``different`` refuses a ``same`` reached through others.
``unsure`` merges nothing. Removing a row undoes a judgement.
"""

from __future__ import annotations

from ptce_graph.errors import Problem
from ptce_graph.i18n import gettext as _
from ptce_graph.tables.read import Tables
from ptce_graph.tables.schema import ACTORS


def canonical_ids(tables: Tables) -> dict[str, str]:
    """From each merged identifier to the one that is kept; others are absent."""
    kept: dict[str, str] = {}
    for members in _classes(tables):
        candidates = _heads(tables, members)
        if len(candidates) == 1:
            kept.update({member: candidates[0] for member in members if member != candidates[0]})
    return kept


def identity_problems(tables: Tables) -> list[Problem]:
    """Contradictions: a class with no single kept identifier, or holding a ``different`` pair."""
    problems = []
    frame = tables.frames["identities"]
    class_of: dict[str, int] = {}
    for number, members in enumerate(_classes(tables)):
        class_of.update(dict.fromkeys(members, number))
        candidates = _heads(tables, members)
        if len(candidates) != 1:
            at = frame.index[
                (frame["judgement"] == "same")
                & frame["left"].isin(members)
                & frame["right"].isin(members)
            ][0]
            message = _(
                "the identifiers {ids} are judged the same, but the one to keep is not clear: "
                "exactly one of them must never stand on the right."
            ).format(ids=", ".join(sorted(members)))
            problems.append(
                Problem(
                    str(frame.at[at, "file"]),
                    int(frame.at[at, "row"]),
                    "left",
                    "identity",
                    str(frame.at[at, "left"]),
                    message,
                )
            )
    organisations, poles = (set(tables.frames[name]["id"]) for name in ACTORS)
    for at in frame.index[frame["judgement"] == "same"]:
        left, right = frame.at[at, "left"], frame.at[at, "right"]
        if {left, right} & organisations and {left, right} & poles:
            message = _("and {left} are not both organisations or both poles.").format(left=left)
            problems.append(
                Problem(
                    str(frame.at[at, "file"]),
                    int(frame.at[at, "row"]),
                    "right",
                    "identity",
                    str(right),
                    message,
                )
            )
    for at in frame.index[frame["judgement"] == "different"]:
        left, right = frame.at[at, "left"], frame.at[at, "right"]
        if left == right or (left in class_of and class_of[left] == class_of.get(right)):
            message = _("is judged different from {left}, but other rows make them the same.")
            problems.append(
                Problem(
                    str(frame.at[at, "file"]),
                    int(frame.at[at, "row"]),
                    "right",
                    "identity",
                    str(right),
                    message.format(left=left),
                )
            )
    return problems


def _classes(tables: Tables) -> list[set[str]]:
    """The groups of identifiers that ``same`` rows connect, in order of appearance."""
    frame = tables.frames["identities"]
    same = frame[frame["judgement"] == "same"]
    groups: list[set[str]] = []
    for left, right in zip(same["left"], same["right"], strict=True):
        joined = {left, right}
        apart = []
        for group in groups:
            if group & joined:
                joined |= group
            else:
                apart.append(group)
        groups = [*apart, joined]
    return groups


def _heads(tables: Tables, members: set[str]) -> list[str]:
    frame = tables.frames["identities"]
    right = set(frame.loc[frame["judgement"] == "same", "right"])
    return sorted(members - right)
