"""The graph of routes: towns and the stretches between them, by land, sea or air (`routes.csv`, facts of geography).

Shortest ways: Dijkstra 1959, Numerische Mathematik 1:269. Off the graph the way is the great circle.
"""

from __future__ import annotations

import csv
import heapq
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from opencompact.missing.records.gazetteer import gazetteer
from opencompact.missing.records.places import Place, Point, distance, distance_to, great_circle
from opencompact.missing.records.sayings import plain

# A stretch against the direction of travel is possible (push-backs, returns) and counts so much longer.
_BACK = 1.5
# Leaving the routes altogether costs so much more than following one.
_OFF = 1.3


@cache
def stretches() -> dict[str, tuple[tuple[str, float], ...]]:
    """town → (next town, km), forward as travelled and back at `_BACK` times the distance."""
    found: dict[str, list[tuple[str, float]]] = defaultdict(list)
    with files("opencompact.missing.evidence").joinpath("routes.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            length = distance(point_of(row["from"]), point_of(row["to"]))
            found[row["from"]].append((row["to"], length))
            found[row["to"]].append((row["from"], length * _BACK))
    return {town: tuple(edges) for town, edges in found.items()}


def point_of(town: str) -> Point:
    """Where a town of the gazetteer is."""
    place = gazetteer()[plain(town)]
    assert place.point is not None
    return place.point


@cache
def distances_from(town: str) -> dict[str, float]:
    """Shortest way in km from a town to every other that can be reached (Dijkstra)."""
    found: dict[str, float] = {}
    queue = [(0.0, town)]
    while queue:
        length, here = heapq.heappop(queue)
        if here in found:
            continue
        found[here] = length
        for other, step in stretches().get(here, ()):
            if other not in found:
                heapq.heappush(queue, (length + step, other))
    return found


@cache
def _towns() -> tuple[tuple[str, Point], ...]:
    return tuple((town, point_of(town)) for town in stretches())


def way(start: Place, point: Point, nearest: int = 3) -> float | None:
    """The way in km from a place to a point: along the routes, or straight over land and sea if that is shorter.

    None where the place has no point.
    """
    direct = distance_to(start, point)
    if direct is None or start.point is None:
        return None
    best = direct * _OFF
    starts = sorted((distance_to(start, at) or 0.0, town) for town, at in _towns())[:nearest]
    ends = sorted((distance(at, point), town) for town, at in _towns())[:nearest]
    for away, first in starts:
        for beyond, last in ends:
            along = distances_from(first).get(last)
            if along is not None:
                best = min(best, _OFF * away + along + _OFF * beyond)
    return best


class Ends:
    """Points at the end of ways, ready for any start: where they are, and the towns nearest to each."""

    def __init__(self, points: Sequence[Point], nearest: int = 3) -> None:
        self.points = points
        self.places = _degrees(points)
        away = great_circle(self.places, _degrees([point for _, point in _towns()]))
        self.nearest = nearest
        self.towns = np.argsort(away, axis=1)[:, :nearest]
        self.away = np.take_along_axis(away, self.towns, axis=1)


def ways(starts: Sequence[Place], points: Sequence[Point] | Ends, nearest: int = 3) -> NDArray[np.float64]:
    """The same as `way` for every start and point at once: km, shape (starts, points)."""
    ends = points if isinstance(points, Ends) else Ends(points, nearest)
    best = np.empty((len(starts), len(ends.points)))
    for row, start in enumerate(starts):
        best[row] = _OFF * _straight(start, ends)
        away = _straight(start, _crossings())
        for first in np.argsort(away)[: ends.nearest]:
            lengths = _OFF * away[first] + _along()[first, ends.towns] + _OFF * ends.away
            best[row] = np.minimum(best[row], lengths.min(axis=1))
    return best


@cache
def _crossings() -> Ends:
    """The towns themselves."""
    return Ends([point for _, point in _towns()], 1)


@cache
def _along() -> NDArray[np.float64]:
    """Shortest ways between all towns (km)."""
    names = [town for town, _ in _towns()]
    return np.array([[distances_from(a).get(b, np.inf) for b in names] for a in names])


def _degrees(points: Sequence[Point]) -> NDArray[np.float64]:
    return np.array([[point.latitude, point.longitude] for point in points], float).reshape(-1, 2)


def _straight(start: Place, ends: Ends) -> NDArray[np.float64]:
    """Distances from a place to points, as `distance_to`."""
    if start.towards is None and start.point is not None:
        return np.asarray(np.maximum(0.0, great_circle(_degrees([start.point]), ends.places)[0] - start.radius))
    return np.array([distance_to(start, point) or 0.0 for point in ends.points])


def widths(starts: Sequence[Place], points: Sequence[Point] | Ends, radii: NDArray[np.float64]) -> NDArray[np.float64]:
    """How many km a way is uncertain by: from the nearest point of a start to its farthest, seen from a point of that radius (km);
    shape (starts, points)."""
    ends = points if isinstance(points, Ends) else Ends(points)
    found = np.zeros((len(starts), len(ends.points)))
    for row, start in enumerate(starts):
        sides = [end for end in (start.point, start.towards) if end is not None]
        away = great_circle(_degrees(sides), ends.places)
        nearest = np.maximum(0.0, _straight(start, ends) - radii)
        found[row] = away.max(axis=0) + start.radius + radii - nearest
    return found
