"""Where nodes stood on an earlier map, kept in a file so that the next map looks like it.

A file of positions is JSON: one object, ``{"identifier": [x, y]}``, whole pixels at scale 1.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ptce_graph.errors import CallError
from ptce_graph.files import write_whole
from ptce_graph.i18n import gettext as _

Point = tuple[int, int]

#: No map is wider; numbers beyond it are no pixels.
FARTHEST = 10_000_000
#: Larger files hold something else: a position takes some thirty bytes.
LARGEST_FILE = 50_000_000


def write_positions(path: Path, positions: Mapping[str, Point]) -> None:
    """Write ``positions`` to ``path``, whole or not at all, one node to a line, sorted."""
    lines = [f"{json.dumps(node)}: [{x}, {y}]" for node, (x, y) in sorted(positions.items())]
    write_whole(path, "{\n" + ",\n".join(lines) + "\n}\n" if lines else "{}\n")


def read_positions(path: Path) -> dict[str, Point]:
    """The positions that ``write_positions`` wrote to ``path``.

    Raises ``CallError`` where there is no such file, and where it holds
    anything but pixels by identifier.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _wrong(path, _("it is too large"))
        text = path.read_bytes().decode("utf-8-sig")
        read = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except OSError as error:
        raise CallError(
            _("{file} cannot be read: {reason}.").format(file=path, reason=error.strerror),
            _("Give a file that an earlier map has written, or none."),
        ) from error
    except (ValueError, RecursionError) as error:
        told = str(error) if isinstance(error, _RepeatedError) else _("it is not JSON in UTF-8")
        raise _wrong(path, told) from error
    if not isinstance(read, dict):
        raise _wrong(path, _("it does not hold one object"))
    return {node: _point(path, node, place) for node, place in read.items()}


class _RepeatedError(ValueError):
    """A node that a file holds twice."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for node, place in pairs:
        if node in found:
            raise _RepeatedError(_("it holds {node} twice").format(node=json.dumps(node)[:80]))
        found[node] = place
    return found


def _no_number(name: str) -> float:
    raise ValueError(name)


def _point(path: Path, node: str, place: Any) -> Point:
    if isinstance(place, list) and len(place) == 2 and all(map(_pixels, place)):
        return round(place[0]), round(place[1])
    raise _wrong(
        path, _("the position of {node} is not two numbers").format(node=json.dumps(node)[:80])
    )


def _pixels(value: Any) -> bool:
    return type(value) in (int, float) and abs(value) <= FARTHEST


def _wrong(path: Path, reason: str) -> CallError:
    return CallError(
        _("{file} is no file of positions: {reason}.").format(file=path, reason=reason),
        _("Give a file that an earlier map has written, or none."),
    )
