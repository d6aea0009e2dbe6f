"""Which identifiers name the same thing, from the judgements in ``identities.csv``.

``same`` is transitive; the identifier that is kept is the one that never
stands on the right. ``different`` refuses a ``same`` reached through others.
``unsure`` merges nothing. Removing a row undoes a judgement.
"""

from __future__ import annotations

from collections.abc import Iterator

from ptce_graph.errors import Problem
from ptce_graph.i18n import gettext as _
from ptce_graph.tables.cells import problem_at
from ptce_graph.tables.read import Tables, read_tables
from ptce_graph.tables.schema import ACTORS


def canonical_ids(tables: Tables) -> dict[str, str]:
    """From each merged identifier to the one that is kept; others are absent."""
    kept: dict[str, str] = {}
    for members, heads in _classes(tables):
        if len(heads) == 1:
            kept.update({member: heads[0] for member in members if member != heads[0]})
    return kept


def lent_ids(tables: Tables) -> set[str]:
    """The identifiers of the bundled organisations and poles, where judgements name one of them.

    A folder may judge that an organisation of its own is one of the bundled
    graph; of other tables it has to hold all they refer to.
    """
    frame = tables.frames["identities"]
    own = set().union(*(tables.frames[name]["id"] for name in ACTORS))
    if not (set(frame["left"]) | set(frame["right"])) - own - {""}:
        return set()
    bundled, _problems = read_tables()
    return set().union(*(bundled.frames[name]["id"] for name in ACTORS))


def identity_problems(tables: Tables) -> Iterator[Problem]:
    """Contradictions: a thing compared with itself, a class with no single kept identifier,
    one that mixes organisations and poles, one that holds a ``different`` pair."""
    yield from _compared_with_itself(tables)
    yield from _unclear_heads(tables)
    yield from _mixed_kinds(tables)
    yield from _same_and_different(tables)


def _compared_with_itself(tables: Tables) -> Iterator[Problem]:
    frame = tables.frames["identities"]
    for at in frame.index[(frame["left"] == frame["right"]) & (frame["left"] != "")]:
        value = str(frame.at[at, "right"])
        message = _("is compared with itself; name two identifiers.")
        yield problem_at(frame, at, "right", "identity", value, message)


def _unclear_heads(tables: Tables) -> Iterator[Problem]:
    frame = tables.frames["identities"]
    first = frame[frame["judgement"] == "same"].drop_duplicates("left").set_index("left")
    rows = dict(zip(frame["row"], frame.index, strict=True))
    for members, heads in _classes(tables):
        if len(heads) == 1:
            continue
        at = rows[min(first.at[member, "row"] for member in members if member in first.index)]
        message = _(
            "the identifiers {ids} are judged the same, but the one to keep is not clear: "
            "exactly one of them must never stand on the right."
        ).format(ids=", ".join(sorted(members)))
        yield problem_at(frame, at, "left", "identity", str(frame.at[at, "left"]), message)


def _mixed_kinds(tables: Tables) -> Iterator[Problem]:
    frame = tables.frames["identities"]
    organisations, poles = (set(tables.frames[name]["id"]) for name in ACTORS)
    for at in frame.index[frame["judgement"] == "same"]:
        left, right = str(frame.at[at, "left"]), str(frame.at[at, "right"])
        if {left, right} & organisations and {left, right} & poles:
            message = _("and {left} are not both organisations or both poles.").format(left=left)
            yield problem_at(frame, at, "right", "identity", right, message)


def _same_and_different(tables: Tables) -> Iterator[Problem]:
    frame = tables.frames["identities"]
    class_of: dict[str, int] = {}
    for number, (members, _heads) in enumerate(_classes(tables)):
        class_of.update(dict.fromkeys(members, number))
    for at in frame.index[frame["judgement"] == "different"]:
        left, right = str(frame.at[at, "left"]), str(frame.at[at, "right"])
        if left != right and left in class_of and class_of[left] == class_of.get(right):
            message = _("is judged different from {left}, but other rows make them the same.")
            told = message.format(left=left)
            yield problem_at(frame, at, "right", "identity", right, told)


def _classes(tables: Tables) -> list[tuple[list[str], list[str]]]:
    """The groups of identifiers that ``same`` rows connect, each with those never on the right.

    Each identifier points to another of its group until none is left to point
    to; paths are halved on the way, so that long chains stay cheap.
    """
    frame = tables.frames["identities"]
    same = frame[(frame["judgement"] == "same") & (frame["left"] != frame["right"])]
    towards: dict[str, str] = {}

    def end(identifier: str) -> str:
        while towards.setdefault(identifier, identifier) != identifier:
            towards[identifier] = towards[towards[identifier]]
            identifier = towards[identifier]
        return identifier

    for left, right in zip(same["left"], same["right"], strict=True):
        towards[end(right)] = end(left)
    groups: dict[str, list[str]] = {}
    for identifier in sorted(towards):
        groups.setdefault(end(identifier), []).append(identifier)
    on_the_right = set(same["right"])
    return [
        (members, [member for member in members if member not in on_the_right])
        for members in groups.values()
    ]
