"""The coast of the sample's world: twelve countries around an inner sea, made by rule, on no place of the Earth.

Two rings of sectors around a sea that opens to the west; coasts and borders are bent by sums of sines, the same each time.
Degrees only fix where things lie to one another: the picture shows nothing of the real world.
"""

from __future__ import annotations

import math
from functools import cache
from itertools import pairwise

from opencompact.look.maps.projection import Place

MIDDLE: Place = (-128.0, -38.0)
_STRETCH = 1 / math.cos(math.radians(MIDDLE[1]))
_SHORE, _BORDER, _COAST = 3.0, 6.4, 10.6  # degrees of latitude from the middle of the sea
# Where each country begins, in degrees against the clock from the east, and where the last one ends: the sea opens between.
_INNER = (("QMC", -150), ("QME", -95), ("QMA", -40), ("QMF", 20), ("QMD", 70), ("QMB", 118), ("", 165))
_OUTER = (("QMG", -158), ("QMH", -112), ("QMJ", -66), ("QML", 2), ("QMK", 62), ("QMI", 112), ("", 158))
_STEP = 3


@cache
def shapes() -> dict[str, tuple[Place, ...]]:
    """Code → the ring of its border as longitude and latitude; neighbours share every point between them."""
    found: dict[str, tuple[Place, ...]] = {}
    for names, near, far in ((_INNER, _SHORE, _BORDER), (_OUTER, _BORDER, _COAST)):
        for (area, start), (_next, end) in pairwise(names):
            out = _radius(near), _radius(far)
            along = [_at(angle, out[0]) for angle in _angles(start, end)]
            back = [_at(angle, out[1]) for angle in reversed(_angles(start, end))]
            found[area] = (*along, *_across(end, out), *back, *reversed(_across(start, out)), along[0])
    return found


@cache
def middles() -> dict[str, Place]:
    """Code → a point inside it."""
    found = {}
    for names, near, far in ((_INNER, _SHORE, _BORDER), (_OUTER, _BORDER, _COAST)):
        for (area, start), (_next, end) in pairwise(names):
            found[area] = _point((start + end) / 2, (near + far) / 2)
    return found


def _radius(mean: float) -> tuple[float, float]:
    """How far a coast lies from the middle, and how much it is bent."""
    return mean, (0.055 if mean == _BORDER else 0.13) * mean


def _angles(start: float, end: float) -> list[float]:
    steps = max(2, round((end - start) / _STEP))
    return [start + (end - start) * step / steps for step in range(steps + 1)]


def _at(angle: float, radius: tuple[float, float]) -> Place:
    mean, bend = radius
    turn = math.radians(angle)
    waves = sum(math.sin(k * turn + 1.7 * k * mean) / k for k in (3, 5, 9, 17, 31))
    return _point(angle, mean + bend * waves)


def _across(angle: float, out: tuple[tuple[float, float], tuple[float, float]]) -> list[Place]:
    """A border between two neighbours of a ring, from the inner line to the outer one, without its ends."""
    found = []
    for step in range(1, 8):
        share = step / 8
        sway = 2.2 * math.sin(math.pi * share) * math.sin(9 * share + angle)
        near, far = _at(angle, out[0]), _at(angle, out[1])
        x, y = (near[i] + (far[i] - near[i]) * share for i in (0, 1))
        turn = math.radians(angle + 90)
        found.append((x + sway * 0.35 * math.cos(turn) * _STRETCH, y + sway * 0.35 * math.sin(turn)))
    return found


def _point(angle: float, radius: float) -> Place:
    turn = math.radians(angle)
    return MIDDLE[0] + radius * math.cos(turn) * _STRETCH, MIDDLE[1] + radius * math.sin(turn)
