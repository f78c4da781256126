"""Equal-area projections: Equal Earth for the world, Lambert's azimuthal one for a region around its middle."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import TypeAlias

Place: TypeAlias = tuple[float, float]
Projection: TypeAlias = Callable[[float, float], Place]

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_ROOT3 = math.sqrt(3)


def equal_earth(longitude: float, latitude: float) -> Place:
    """Degrees to the plane, y downwards, the Earth's radius as unit.

    Šavrič, Patterson and Jenny (2019), "The Equal Earth map projection", IJGIS 33(3), eq. 2–4.
    """
    theta = math.asin(_ROOT3 / 2 * math.sin(math.radians(latitude)))
    square = theta * theta
    sixth = square * square * square
    slope = _A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square)
    x = 2 * _ROOT3 * math.radians(longitude) * math.cos(theta) / (3 * slope)
    return x, -theta * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))


def azimuthal(longitude: float, latitude: float) -> Projection:
    """Lambert's azimuthal equal-area projection around a middle (Snyder 1987, "Map projections: a working manual", eq. 24-2–4)."""
    middle, sin0, cos0 = (
        math.radians(longitude),
        math.sin(math.radians(latitude)),
        math.cos(math.radians(latitude)),
    )

    def project(degrees_east: float, degrees_north: float) -> Place:
        turn, phi = math.radians(degrees_east) - middle, math.radians(degrees_north)
        sin, cos = math.sin(phi), math.cos(phi)
        near = 1 + sin0 * sin + cos0 * cos * math.cos(turn)
        scale = math.sqrt(2 / max(near, 1e-6))
        return scale * cos * math.sin(turn), -scale * (cos0 * sin - sin0 * cos * math.cos(turn))

    project.middle = (longitude, latitude)  # type: ignore[attr-defined]
    return project


def middle_of(places: Iterable[Place]) -> tuple[float, float, float]:
    """Longitude and latitude of the middle of places in degrees, and the angle to the farthest, on the sphere."""
    vectors = [_vector(*place) for place in places]
    x, y, z = (sum(axis) for axis in zip(*vectors, strict=True))
    length = math.sqrt(x * x + y * y + z * z) or 1.0
    x, y, z = x / length, y / length, z / length
    widest = max(math.degrees(math.acos(max(-1.0, min(1.0, a * x + b * y + c * z)))) for a, b, c in vectors)
    return math.degrees(math.atan2(y, x)), math.degrees(math.asin(z)), widest


def angle_between(one: Place, other: Place) -> float:
    """Degrees between two places, along the sphere."""
    return math.degrees(
        math.acos(max(-1.0, min(1.0, sum(a * b for a, b in zip(_vector(*one), _vector(*other), strict=True)))))
    )


def _vector(longitude: float, latitude: float) -> tuple[float, float, float]:
    east, north = math.radians(longitude), math.radians(latitude)
    return math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)
