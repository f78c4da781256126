"""The graph of routes: towns and the stretches between them, by land, sea or air (`routes.csv`, facts of geography).

Shortest ways: Dijkstra 1959, Numerische Mathematik 1:269. Off the graph the way is the great circle.
"""

from __future__ import annotations

import csv
import heapq
from collections import defaultdict
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from opencompact.missing.records.gazetteer import gazetteer
from opencompact.missing.records.places import Place, Point, distance, distance_to, great_circle, point_to_point
from opencompact.missing.records.sayings import plain

Ints = NDArray[np.int32]
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


@cache
def travelled_by(start: str, end: str) -> str:
    """How people go from one town to the next: by land, sea or air (`routes.csv`); by land where no stretch is listed."""
    with files("opencompact.missing.evidence").joinpath("routes.csv").open(encoding="utf-8") as stream:
        rows = csv.DictReader(stream)
        return next((row["by"] for row in rows if {row["from"], row["to"]} == {start, end}), "land")


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
    return tuple((town, point_of(town)) for town in sorted(stretches()))


NEAREST = 3
"""So many towns about each end of a way are looked at."""
MOST_KEPT = 100_000
"""Places whose nearest towns, and ways that, are kept: a file names the same ones again and again."""


@lru_cache(maxsize=MOST_KEPT)
def way(start: Place, point: Point) -> float | None:
    """The way in km from a place to a point: along the routes, or straight over land and sea if that is shorter.

    None where the place has no point.
    """
    direct = distance_to(start, point)
    if direct is None or start.point is None:
        return None
    best = direct * _OFF
    along = _along()
    for away, first in _nearest(start):
        for beyond, last in _nearest(Place("", point)):
            best = min(best, _OFF * away + float(along[first, last]) + _OFF * beyond)
    return best


@lru_cache(maxsize=MOST_KEPT)
def _nearest(place: Place) -> tuple[tuple[float, int], ...]:
    """The towns nearest to a place, by distance (km) and then by name: their distances and numbers."""
    away = _straight(place, _crossings())
    return tuple((float(away[town]), town) for town in _nearest_of(away[None, :])[0].tolist())


def _nearest_of(away: NDArray[np.float64]) -> NDArray[np.intp]:
    """Numbers of the nearest towns of each row; of those equally near the first by name."""
    return np.asarray(np.argsort(away, axis=1, kind="stable")[:, :NEAREST])


class Ends:
    """Points at the end of ways, ready for any start: where they are, and the towns nearest to each."""

    def __init__(self, points: Sequence[Point]) -> None:
        self.points = points
        self.places = _degrees(points)

    @cached_property
    def towns(self) -> NDArray[np.intp]:
        """The nearest towns of each, (points, NEAREST)."""
        return _nearest_of(self._to_towns)

    @cached_property
    def away(self) -> NDArray[np.float64]:
        """How far each is from these (km)."""
        return np.take_along_axis(self._to_towns, self.towns, axis=1)

    @cached_property
    def _to_towns(self) -> NDArray[np.float64]:
        return great_circle(self.places, _degrees([point for _, point in _towns()]))


def ways(starts: Sequence[Place], points: Sequence[Point] | Ends) -> NDArray[np.float64]:
    """The same as `way` for every start and point at once: km, shape (starts, points)."""
    ends = points if isinstance(points, Ends) else Ends(points)
    best = np.empty((len(starts), len(ends.points)))
    for row, start in enumerate(starts):
        best[row] = _OFF * _straight(start, ends)
        for away, first in _nearest(start):
            lengths = _OFF * away + _along()[first, ends.towns] + _OFF * ends.away
            best[row] = np.minimum(best[row], lengths.min(axis=1))
    return best


def ways_between(starts: Sequence[Place], ends: Ends, rows: Ints, columns: Ints) -> NDArray[np.float64]:
    """The same as `way` for the pairs (start number `rows[k]`, end number `columns[k]`): km."""
    best = _OFF * _straight_between(starts, ends, rows, columns)
    near = np.array([_nearest(start) for start in starts]).reshape(-1, NEAREST, 2)
    away, towns = near[..., 0], near[..., 1].astype(np.intp)
    for i in range(NEAREST):
        for j in range(NEAREST):
            along = _along()[towns[rows, i], ends.towns[columns, j]]
            best = np.minimum(best, _OFF * (away[rows, i] + ends.away[columns, j]) + along)
    return best


@cache
def _crossings() -> Ends:
    """The towns themselves."""
    return Ends([point for _, point in _towns()])


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


def _straight_between(starts: Sequence[Place], ends: Ends, rows: Ints, columns: Ints) -> NDArray[np.float64]:
    """Distances of pairs, as `distance_to`."""
    points = _degrees([start.point or Point(0.0, 0.0) for start in starts])
    radii = np.array([start.radius for start in starts])
    found = np.maximum(0.0, point_to_point(points[rows], ends.places[columns]) - radii[rows])
    lines = np.array([start.towards is not None for start in starts], bool)
    for k in np.flatnonzero(lines[rows]).tolist():
        found[k] = distance_to(starts[rows[k]], ends.points[columns[k]]) or 0.0
    return np.asarray(found)


@lru_cache(maxsize=MOST_KEPT)
def breadth(start: Place, point: Point, radius: float) -> float:
    """How many km a way is uncertain by: from the nearest point of a start to its farthest, seen from a point of that radius (km)."""
    return float(widths([start], [point], np.array([radius]))[0, 0])


def widths(starts: Sequence[Place], points: Sequence[Point] | Ends, radii: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same as `breadth` for every start and point at once; shape (starts, points)."""
    ends = points if isinstance(points, Ends) else Ends(points)
    found = np.zeros((len(starts), len(ends.points)))
    for row, start in enumerate(starts):
        sides = [end for end in (start.point, start.towards) if end is not None]
        away = great_circle(_degrees(sides), ends.places)
        nearest = np.maximum(0.0, _straight(start, ends) - radii)
        found[row] = away.max(axis=0) + start.radius + radii - nearest
    return found


def widths_between(
    starts: Sequence[Place], ends: Ends, radii: NDArray[np.float64], rows: Ints, columns: Ints
) -> NDArray[np.float64]:
    """The same as `breadth` for the pairs (start number `rows[k]`, end number `columns[k]`); `radii` are those of the ends."""
    near, far = (
        _degrees([one or Point(0.0, 0.0) for one in side])
        for side in ([start.point for start in starts], [start.towards or start.point for start in starts])
    )
    away = np.maximum(*(point_to_point(side[rows], ends.places[columns]) for side in (near, far)))
    beyond = np.array([start.radius for start in starts])[rows] + radii[columns]
    nearest = np.maximum(0.0, _straight_between(starts, ends, rows, columns) - radii[columns])
    return np.asarray(away + beyond - nearest)
