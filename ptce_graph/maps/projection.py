"""From degrees to metres on a flat sheet: Lambert's conic for France, plain scaling elsewhere."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

#: What Lambert-93 serves: west, south, east, north, in degrees.
METROPOLE = (-6.0, 41.0, 10.0, 51.5)

# The ellipsoid GRS80.
_AXIS = 6_378_137.0
_ECCENTRICITY = 0.081_819_191_042_816
_EARTH_RADIUS = 6_371_000.0

# Lambert-93: origin, standard parallels, and the metres that the origin is given.
_LONGITUDE, _LATITUDE = 3.0, 46.5
_PARALLELS = (44.0, 49.0)
_EAST, _NORTH = 700_000.0, 6_600_000.0


def lambert93(longitudes: Numbers, latitudes: Numbers) -> tuple[Numbers, Numbers]:
    """Metres east and north in Lambert-93 (EPSG:2154) of points in degrees (WGS84).

    To the millimetre within ``METROPOLE``; far away the sheet is torn.
    """
    import numpy as np

    n, scale = _cone()
    radius = scale * np.exp(-n * _isometric(latitudes))
    origin = scale * math.exp(-n * float(_isometric(np.array([_LATITUDE]))[0]))
    turn = n * np.radians(longitudes - _LONGITUDE)
    return _EAST + radius * np.sin(turn), _NORTH + origin - radius * np.cos(turn)


def _cone() -> tuple[float, float]:
    """The exponent of the projection, and its constant in metres: IGN's n and C."""
    import numpy as np

    low, high = (math.radians(parallel) for parallel in _PARALLELS)
    near, far = _isometric(np.array(_PARALLELS))
    n = math.log(_across(high) * math.cos(high) / (_across(low) * math.cos(low))) / (near - far)
    return float(n), float(_across(low) * math.cos(low) / n * math.exp(n * near))


def _across(latitude: float) -> float:
    """The radius of curvature across the meridian, in metres; ``latitude`` in radians."""
    return _AXIS / math.sqrt(1 - (_ECCENTRICITY * math.sin(latitude)) ** 2)


def _isometric(latitudes: Numbers) -> Numbers:
    """The isometric latitude: what a degree is worth where angles are kept."""
    import numpy as np

    sine = np.sin(np.radians(latitudes))
    return np.arctanh(sine) - _ECCENTRICITY * np.arctanh(_ECCENTRICITY * sine)


def plain(longitudes: Numbers, latitudes: Numbers, middle: float) -> tuple[Numbers, Numbers]:
    """Metres east and north, true along the parallel ``middle`` (degrees): for small areas."""
    import numpy as np

    # A strip around a pole would have no width at all.
    narrow = max(math.cos(math.radians(middle)), 0.05)
    return (
        _EARTH_RADIUS * narrow * np.radians(longitudes),
        _EARTH_RADIUS * np.radians(latitudes),
    )
