"""Read the outlines of territories from a GeoJSON file, which may come from anywhere."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _

#: Bytes. Outlines for a map of this size have no use for more.
LARGEST_FILE = 20_000_000

_NAMES = ("name", "nom", "libelle", "label", "NAME", "NOM", "LIBELLE", "title")
_LONGEST_NAME = 120
_SHOWN = 40


@dataclass(frozen=True)
class Territory:
    """A territory in degrees: ``rings`` of (longitude, latitude), holes among them."""

    id: str
    name: str
    rings: tuple[tuple[tuple[float, float], ...], ...]


def read_outlines(file: Path) -> tuple[Territory, ...]:
    """The territories of ``file``, in its order: a FeatureCollection in degrees (WGS84).

    ``id`` is unique among them (the feature's code or identifier, else its
    number), ``name`` plain text or empty. Raises ``CallError``, which says what
    is wrong and in which feature, for anything but a readable file of at most
    ``LARGEST_FILE`` bytes that holds polygons only.
    """
    collection = _parsed(file, _content(file))
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        found = collection.get("type") if isinstance(collection, dict) else None
        told = _(" but {type}").format(type=_shown(found)) if isinstance(found, str) else ""
        raise _wrong(file, _("it is no FeatureCollection{found}.").format(found=told))
    features = collection.get("features")
    if not isinstance(features, list) or not features:
        raise _wrong(file, _("it holds no feature."))
    territories: list[Territory] = []
    taken: set[str] = set()
    for number, feature in enumerate(features, start=1):
        try:
            rings = _rings(feature)
        except _FeatureError as error:
            where = _("feature {n}: {reason}").format(n=number, reason=error)
            raise _wrong(file, where) from None
        properties = feature.get("properties")
        properties = properties if isinstance(properties, dict) else {}
        identifier = _text(properties.get("code")) or _text(feature.get("id")) or str(number)
        while identifier in taken:
            identifier = f"{identifier}-{number}"
        taken.add(identifier)
        name = next((text for key in _NAMES if (text := _text(properties.get(key)))), "")
        territories.append(Territory(identifier, name, rings))
    return tuple(territories)


class _FeatureError(Exception):
    """What is wrong in a feature."""


def _wrong(file: Path, reason: str) -> CallError:
    return CallError(
        _("{file} cannot be the base of a map: {reason}").format(file=file, reason=reason),
        _(
            "Give a GeoJSON FeatureCollection of Polygon or MultiPolygon features, "
            "longitude before latitude, in degrees (WGS84, EPSG:4326)."
        ),
    )


def _content(file: Path) -> bytes:
    try:
        if not file.exists():
            raise _wrong(file, _("there is no such file."))
        if not file.is_file():
            raise _wrong(file, _("it is no file."))
        with file.open("rb") as stream:
            # What grows while it is read must not fill the memory either.
            content = stream.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _wrong(file, _("it cannot be read: {reason}.").format(reason=reason)) from error
    if len(content) > LARGEST_FILE:
        limit = LARGEST_FILE // 1_000_000
        raise CallError(
            _("{file} has more than {n} megabytes.").format(file=file, n=limit),
            _("Simplify the outlines: a map of this size shows no more than 0.005 degrees."),
        )
    return content


def _parsed(file: Path, content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise _wrong(file, _("it is not text in UTF-8.")) from error
    except json.JSONDecodeError as error:
        reason = _("it is not JSON, line {line}, column {column}.")
        reason = reason.format(line=error.lineno, column=error.colno)
        raise _wrong(file, reason) from error
    except (ValueError, RecursionError) as error:
        # NaN and Infinity, numbers of thousands of digits, lists within lists without end.
        raise _wrong(file, _("it is not the JSON that GeoJSON is written in.")) from error


def _no_number(name: str) -> None:
    raise ValueError(name)


def _rings(feature: Any) -> tuple[tuple[tuple[float, float], ...], ...]:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise _FeatureError(_("it is no Feature."))
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict):
        raise _FeatureError(_("it has no geometry."))
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        raise _FeatureError(
            _("its geometry is {type}, not Polygon or MultiPolygon.").format(type=_shown(kind))
        )
    polygons: Any = [coordinates] if kind == "Polygon" else coordinates
    if not _is_full_list(polygons) or not all(_is_full_list(polygon) for polygon in polygons):
        raise _FeatureError(_("its coordinates are not those of its type."))
    return tuple(_ring(ring) for polygon in polygons for ring in polygon)


def _is_full_list(value: Any) -> bool:
    return isinstance(value, list) and bool(value)


def _ring(ring: Any) -> tuple[tuple[float, float], ...]:
    if not isinstance(ring, list) or len(ring) < 4:
        raise _FeatureError(_("a ring has fewer than four positions."))
    return tuple(_position(position) for position in ring)


def _position(position: Any) -> tuple[float, float]:
    if not isinstance(position, list) or len(position) < 2:
        raise _FeatureError(_("a position is not a longitude and a latitude."))
    longitude, latitude = position[:2]
    for value, most in ((longitude, 180), (latitude, 90)):
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise _FeatureError(_("{value} is not a number.").format(value=_shown(value)))
        # Never true of what is no number at all.
        if not -most <= value <= most:
            raise _FeatureError(
                _("{value} is not within -{most} and {most} degrees.").format(
                    value=_shown(value), most=most
                )
            )
    return float(longitude), float(latitude)


def _text(value: Any) -> str:
    """A name or a code as one line of plain text, or empty."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    try:
        told = str(value)
    except ValueError:  # thousands of digits
        return ""
    seen = "".join(char if char.isprintable() else " " for char in told)
    return " ".join(seen.split())[:_LONGEST_NAME]


def _shown(value: Any) -> str:
    told = value if isinstance(value, str) else json.dumps(value, default=str)
    if isinstance(value, float) and not math.isfinite(value):
        told = "∞"
    return told if len(told) <= _SHOWN else f"{told[: _SHOWN - 1]}…"
