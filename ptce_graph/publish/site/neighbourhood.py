"""A thing and what is directly tied to it, as a small drawing that stays legible.

The thing stands on the left and its few neighbours fan out before it; many
stand on both sides. Each has its name, no label covers another, and the same
facts give the same drawing.
"""

from __future__ import annotations

from dataclasses import dataclass

from ptce_graph.maps.palette import EDGE_LOOKS, NODE_LOOKS
from ptce_graph.network.links import CARRYING, COOPERATION, MEMBERSHIP
from ptce_graph.publish.site.index import Index
from ptce_graph.publish.site.paths import thing_page
from ptce_graph.publish.site.telling import PLANNED

#: So many neighbours are drawn, the most closely tied first.
MOST = 40
_PLANNED_TIE = "planned"
#: Which tie a pair shows where it has several.
_ORDER = (CARRYING, MEMBERSHIP, COOPERATION, _PLANNED_TIE)
WIDTH, ROW, MARGIN = 448, 25, 20
#: More neighbours than this stand on both sides.
_FAN = 14
#: Where the thing and the dots of its neighbours stand: in a fan, and with two sides.
_EGO, _BEFORE = 26, 150
_MIDDLE, _LEFT, _RIGHT = WIDTH // 2, 158, WIDTH - 158
#: The room of a name in a fan and on a side; about what a letter takes, and a capital.
_ROOM, _SIDE_ROOM = WIDTH - _BEFORE - 18, _LEFT - 18
_LETTER, _CAPITAL = 6.9, 9.6


@dataclass(frozen=True)
class Dot:
    """A neighbour: where it stands, its shape, its name and page."""

    x: int
    y: int
    shape: str
    color: str
    label: str
    name: str
    path: str
    anchor: str


@dataclass(frozen=True)
class Line:
    """A tie, as the path of a curve."""

    d: str
    color: str
    style: str


@dataclass(frozen=True)
class Key:
    """A line of the legend: a shape of a node, or a style of a line."""

    label: str
    color: str
    shape: str = ""
    style: str = ""


@dataclass(frozen=True)
class Scene:
    """The drawing, in a frame of ``WIDTH`` by ``height``; words are message identifiers."""

    height: int
    ego: Dot
    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    keys: tuple[Key, ...]
    left_out: int


@dataclass(frozen=True)
class Neighbour:
    """Who is tied to a thing, how, and whether the thing belongs to it."""

    id: str
    tie: str
    above: bool


def neighbours(index: Index, ego: str, most: int = 2_000) -> list[Neighbour]:
    """What facts tie to ``ego``, once each, the closest ties first, then by name."""
    found: dict[str, Neighbour] = {}

    def add(other: str, tie: str, above: bool) -> None:
        known = found.get(other)
        closer = known is None or _ORDER.index(tie) < _ORDER.index(known.tie)
        if other != ego and other in index.names and closer:
            found[other] = Neighbour(other, tie, above or bool(known and known.above))

    for row in index.rows("memberships", "member", ego, most):
        add(row["organisation"], MEMBERSHIP, True)
    for row in index.rows("memberships", "organisation", ego, most):
        add(row["member"], MEMBERSHIP, False)
    for row in index.rows("poles", "carrier", ego, most):
        add(row["id"], CARRYING, True)
    for row in index.rows("poles", "id", ego):
        if row["carrier"]:
            add(row["carrier"], CARRYING, False)
    for part in index.rows("participations", "partner", ego, most):
        described = index.rows("cooperations", "id", part["cooperation"])
        planned = any(row["state"] == PLANNED for row in described)
        for other in index.rows("participations", "cooperation", part["cooperation"], most):
            add(other["partner"], _PLANNED_TIE if planned else COOPERATION, False)
    place = {actor: (_ORDER.index(n.tie), index.names[actor], actor) for actor, n in found.items()}
    return [found[actor] for actor in sorted(found, key=lambda actor: place[actor])]


def scene(index: Index, ego: str) -> Scene | None:
    """The drawing of ``ego`` and up to ``MOST`` neighbours; ``None`` where it has none."""
    found = neighbours(index, ego)
    if not found:
        return None
    shown = found[:MOST]
    half = (len(shown) + 1) // 2
    sides = (
        [(shown, _BEFORE)]
        if len(shown) <= _FAN
        else [(shown[:half], _LEFT), (shown[half:], _RIGHT)]
    )
    ego_x, room = (_EGO, _ROOM) if len(sides) == 1 else (_MIDDLE, _SIDE_ROOM)
    height = max(2 * MARGIN + (len(sides[0][0]) - 1) * ROW, 60)
    dots, lines = [], []
    for side, x in sides:
        top = height / 2 - (len(side) - 1) * ROW / 2
        for number, neighbour in enumerate(side):
            y = round(top + number * ROW)
            dots.append(_dot(index, neighbour.id, x, y, room, "end" if x == _LEFT else "start"))
            lines.append(_line(neighbour.tie, ego_x, height // 2, x, y))
    keys = _keys(index, [ego, *(n.id for n in shown)], [n.tie for n in shown])
    ego_dot = _dot(index, ego, ego_x, height // 2, room, "middle")
    # The lightest ties below, the closest on top.
    lines.reverse()
    return Scene(height, ego_dot, tuple(dots), tuple(lines), keys, len(found) - len(shown))


def _dot(index: Index, actor: str, x: int, y: int, room: int, anchor: str) -> Dot:
    _label, color, shape = NODE_LOOKS[index.category(actor)]
    name = index.names[actor]
    short = _short(index, actor, room)
    return Dot(x, y, shape, color, short, name, thing_page(index.types[actor], actor), anchor)


def _short(index: Index, actor: str, room: int) -> str:
    """The name, or where it is long another of its names that says as much, or its beginning."""
    name = index.names[actor]
    if _width(name) <= room:
        return name
    others = [
        other for other in index.other_names[actor] if len(other) > 1 and _width(other) <= room
    ]
    if others:
        return max(others, key=lambda other: (len(other), other))
    while _width(name) > room - _CAPITAL:
        name = name[:-1]
    return name.rstrip(" -,'’") + "…"


def _width(text: str) -> float:
    """About how wide a text is."""
    return sum(_CAPITAL if c.isupper() or not c.isascii() else _LETTER for c in text)


def _line(tie: str, ego_x: int, ego_y: int, x: int, y: int) -> Line:
    _label, color, style = EDGE_LOOKS[tie]
    bend = (ego_x + x) // 2
    return Line(f"M{ego_x} {ego_y}C{bend} {ego_y} {bend} {y} {x} {y}", color, style)


def _keys(index: Index, actors: list[str], ties: list[str]) -> tuple[Key, ...]:
    categories = {index.category(actor) for actor in actors}
    told = [
        Key(label, color, shape=shape)
        for name, (label, color, shape) in NODE_LOOKS.items()
        if name in categories
    ]
    told += [
        Key(label, color, style=style)
        for name, (label, color, style) in EDGE_LOOKS.items()
        if name in ties
    ]
    return tuple(told)
