"""The base of a map: which part of the Earth, on which projection, and the shapes of its areas as path data.

A frame is made once in a process and shared by every map that shows it; a page draws its shapes once and refers to them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2s
from itertools import pairwise

from opencompact.look.maps.boundaries import Boundaries, Bounds, Detail, boundaries, place_of, places
from opencompact.look.maps.fiction import MIDDLE, shapes
from opencompact.look.maps.forms import Frame
from opencompact.look.maps.projection import Place, Projection, angle_between, azimuthal, equal_earth, middle_of

SIZE = 7200.0  # width of the base in its own units: tenths of a px of a wide figure
_NEAR = 5.0  # two points nearer than this, in those units, are drawn as one
_SMALL = {"110m": 45.0, "50m": 90.0}  # an area smaller than this both ways gets a mark
_WORLD_TOP, _WORLD_BOTTOM = 78.0, -56.0
_WIDEST = 62.0  # a region wider than this angle from its middle is shown on the map of the world
_COARSE = 1.1  # a picture wider than this, in radii of the Earth, shows no more than the coarse boundaries hold


@dataclass(frozen=True)
class Base:
    """Shapes by area in units of SIZE across; `marked` are the places of areas too small for a shape to be seen."""

    key: str
    height: float
    projection: Projection
    scale: float
    left: float
    top: float
    shapes: dict[str, str]
    marked: dict[str, Place] = field(default_factory=dict)

    def place(self, longitude: float, latitude: float) -> Place:
        """Degrees to the base's units."""
        x, y = self.projection(longitude, latitude)
        return (x - self.left) * self.scale, (y - self.top) * self.scale

    def holds(self, place: Place, margin: float = 0) -> bool:
        """Whether a place is in the picture."""
        return -margin <= place[0] <= SIZE + margin and -margin <= place[1] <= self.height + margin

    def sheet(self) -> str:
        """The shapes as definitions, to be drawn once a page: `m…-MEX` by area and `m…` for all."""
        paths = "".join(f'<path id="{self.key}-{area}" d="{path}"/>' for area, path in self.shapes.items() if area)
        rest = self.shapes.get("", "")
        return f'<g id="{self.key}">{paths}{f"<path d={chr(34)}{rest}{chr(34)}/>" if rest else ""}</g>'


@lru_cache(maxsize=64)
def base(frame: Frame, points: tuple[Place, ...] = ()) -> Base:
    """The base for a frame, wide enough for further `points` in degrees.

    Raises UnknownCodeError where the frame names an area that is on no map.
    """
    if frame == "world":
        return _world()
    if frame == "fiction":
        return _fiction()
    held = [place for area in frame for place in (*_main_ring(area), place_of(area))] + list(points)
    longitude, latitude, angle = middle_of(held)
    if angle > _WIDEST:
        return _world()
    project = azimuthal(longitude, latitude)
    xs, ys = zip(*(project(*place) for place in held), strict=True)
    window = _window(min(xs), min(ys), max(xs), max(ys))
    name = blake2s(repr((frame, points)).encode(), digest_size=4).hexdigest()
    return _build(f"m{name}", "110m" if window[2] - window[0] > _COARSE else "50m", project, window)


@lru_cache(maxsize=1)
def _world() -> Base:
    east, _ = equal_earth(180, 0)
    (_, top), (_, bottom) = equal_earth(0, _WORLD_TOP), equal_earth(0, _WORLD_BOTTOM)
    return _build("mworld", "110m", equal_earth, (-east, top, east, bottom))


@lru_cache(maxsize=1)
def _fiction() -> Base:
    """The coast of the sample's world."""
    rings = shapes()
    project = azimuthal(*MIDDLE)
    xs, ys = zip(*(project(*place) for ring in rings.values() for place in ring), strict=True)
    left, top, right, bottom = _window(min(xs), min(ys), max(xs), max(ys))
    scale = SIZE / (right - left)
    height = (bottom - top) * scale
    drawn = {
        area: _path([_shift(project(*place), left, top, scale) for place in ring], height)
        for area, ring in rings.items()
    }
    return Base("mfiction", height, project, scale, left, top, drawn)


def within_reach(frame: Frame, points: Sequence[Place]) -> list[bool]:
    """Which places lie in a frame or near it: an incident that a list places on another continent is not one of them.

    Near is within 2.5 times the frame's own reach from its middle, and at least 12 degrees.
    """
    if isinstance(frame, str):
        return [True] * len(points)
    held = [place for area in frame for place in (*_main_ring(area), place_of(area))]
    longitude, latitude, reach = middle_of(held)
    limit = max(12.0, 2.5 * reach)
    return [angle_between((longitude, latitude), place) <= limit for place in points]


def fits(area: str, others: Sequence[str]) -> bool:
    """Whether an area and the places of others go into one picture of a part of the Earth."""
    return middle_of([*_main_ring(area), *map(place_of, (area, *others))])[2] <= _WIDEST


def _main_ring(area: str) -> list[Place]:
    """The largest ring of an area, thinned: what a picture of it must hold (not its far islands)."""
    known = boundaries("50m")
    rings = [_points(known, ring) for ring in known.shapes.get(area, ())]
    if not rings:
        return []
    largest = max(rings, key=lambda ring: _extent(ring))
    return largest[:: max(1, len(largest) // 60)]


def _extent(ring: list[Place]) -> float:
    xs, ys = zip(*ring, strict=True)
    return float((max(xs) - min(xs)) * (max(ys) - min(ys)) * math.cos(math.radians(sum(ys) / len(ys))))


def _points(known: Boundaries, ring: Iterable[int]) -> list[Place]:
    joined: list[Place] = []
    for number in ring:
        arc = known.arcs[number] if number >= 0 else known.arcs[~number][::-1]
        joined.extend(arc[1:] if joined else arc)
    return joined


def _window(left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
    """The ends of a picture around them: some air, and a height between half and three quarters of the width."""
    width, height = max(right - left, 0.03) * 1.12, max(bottom - top, 0.03) * 1.12
    width, height = max(width, height * 1.3), max(height, width * 0.55)
    x, y = (left + right) / 2, (top + bottom) / 2
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _build(key: str, detail: Detail, project: Projection, window: tuple[float, float, float, float]) -> Base:
    left, top, right, bottom = window
    scale = SIZE / (right - left)
    height = (bottom - top) * scale
    known = boundaries(detail)

    def drawn(arc: Sequence[Place]) -> list[Place]:
        return _thin([_shift(project(*place), left, top, scale) for place in arc])

    arcs = _Arcs(known.arcs, drawn)
    seen = _window_in_degrees(project, window)
    shapes = {}
    for area, rings in known.shapes.items():
        paths = []
        for ring in rings:
            bounds = known.bounds_of(ring)
            if project is equal_earth and bounds[2] - bounds[0] > 180 and _crosses_the_edge(known, ring):
                paths += [_path(drawn(part), height) for part in _cut_at_the_edge(_points(known, ring))]
            elif _near(bounds, seen) and _on_this_side(known, ring, project):
                paths.append(_path(_joined(arcs, ring), height))
        if any(paths):
            shapes[area] = "".join(paths)
    made = Base(key, height, project, scale, left, top, shapes)
    for area, place in places().items():
        x, y = made.place(place.longitude, place.latitude)
        if made.holds((x, y)) and _reach(arcs, known.shapes.get(area, ())) < _SMALL[detail]:
            made.marked[area] = (x, y)
    return made


class _Arcs(dict[int, list[Place]]):
    """Arcs as they are drawn, each projected when it is first asked for."""

    def __init__(self, arcs: Sequence[Sequence[Place]], drawn: Callable[[Sequence[Place]], list[Place]]) -> None:
        super().__init__()
        self._arcs, self._drawn = arcs, drawn

    def __missing__(self, number: int) -> list[Place]:
        self[number] = self._drawn(self._arcs[number])
        return self[number]


def _window_in_degrees(project: Projection, window: Bounds) -> Bounds:
    """West, south, east and north that surely hold a picture: the whole world where that is not plain."""
    left, top, right, bottom = window
    reach = math.degrees(2 * math.asin(min(1.0, math.hypot(right - left, bottom - top) / 4))) * 1.1
    longitude, latitude = getattr(project, "middle", (0.0, 0.0))
    south, north = latitude - reach, latitude + reach
    if project is equal_earth or max(abs(south), abs(north)) > 80:
        return -180, -90, 180, 90
    across = reach / math.cos(math.radians(max(abs(south), abs(north))))
    return longitude - across, south, longitude + across, north


def _near(bounds: Bounds, seen: Bounds) -> bool:
    """Whether bounds meet, counting round the Earth."""
    if bounds[3] < seen[1] or bounds[1] > seen[3]:
        return False
    return any(bounds[2] + turn >= seen[0] and bounds[0] + turn <= seen[2] for turn in (-360, 0, 360))


def _shift(place: Place, left: float, top: float, scale: float) -> Place:
    return round((place[0] - left) * scale), round((place[1] - top) * scale)


def _thin(arc: list[Place]) -> list[Place]:
    """An arc without points that are nearer to the one before than can be seen; its ends stay, so that borders meet."""
    kept = [arc[0]]
    for x, y in arc[1:-1]:
        if abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= _NEAR:
            kept.append((x, y))
    return [*kept, arc[-1]]


def _on_this_side(known: Boundaries, ring: tuple[int, ...], project: Projection) -> bool:
    """False for a ring near the far side of the Earth, which an azimuthal projection would wrap around the picture."""
    if project is equal_earth:
        return True
    arc = known.arcs[ring[0]] if ring[0] >= 0 else known.arcs[~ring[0]]
    return all(math.hypot(*project(*place)) < 1.9 for place in arc[:: max(1, len(arc) // 8)])


def _crosses_the_edge(known: Boundaries, ring: tuple[int, ...]) -> bool:
    """Whether a ring goes over the 180th meridian, the edge of a map of the world."""
    points = _points(known, ring)
    return any(abs(one[0] - other[0]) > 180 for one, other in pairwise(points))


def _cut_at_the_edge(points: list[Place]) -> list[list[Place]]:
    """A ring over the 180th meridian as rings on either side of it."""
    turned, shift = [points[0]], 0.0
    for before, (x, y) in pairwise(points):
        shift += 360 if x - before[0] < -180 else -360 if x - before[0] > 180 else 0
        turned.append((x + shift, y))
    sides = ([(x + turn, y) for x, y in turned] for turn in (-360, 0, 360))
    return [part for side in sides if len(part := clip(side, (-180.0, -90.0, 180.0, 90.0))) > 3]


def _joined(arcs: _Arcs, ring: tuple[int, ...]) -> list[Place]:
    points: list[Place] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(arc[1:] if points else arc)
    return points


def _path(points: list[Place], height: float) -> str:
    """A ring as path data in whole units, cut at the edges of the picture; empty where it lies outside or is too small."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    if max(xs) < 0 or min(xs) > SIZE or max(ys) < 0 or min(ys) > height:
        return ""
    if max(xs) - min(xs) < 6 and max(ys) - min(ys) < 6:
        return ""
    if min(xs) < 0 or max(xs) > SIZE or min(ys) < 0 or max(ys) > height:
        points = clip(points, (0.0, 0.0, SIZE, height))
    if len(points) < 4:
        return ""
    x, y = points[0]
    steps = []
    for to_x, to_y in points[1:]:
        dx, dy = round(to_x) - round(x), round(to_y) - round(y)
        if dx or dy:
            steps.append(f"{dx}{'' if dy < 0 else ' '}{dy}")
            x, y = to_x, to_y
    moves = steps[0] if steps else ""
    for step in steps[1:]:
        moves += step if step[0] == "-" else f" {step}"
    return f"M{round(points[0][0])} {round(points[0][1])}l{moves}z"


def clip(points: list[Place], window: tuple[float, float, float, float]) -> list[Place]:
    """The polygon within a window (Sutherland and Hodgman 1974, "Reentrant polygon clipping")."""
    left, top, right, bottom = window
    for axis, bound, sign in ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)):
        kept: list[Place] = []
        for index, point in enumerate(points):
            before = points[index - 1]
            inside, was_inside = sign * (point[axis] - bound) >= 0, sign * (before[axis] - bound) >= 0
            if inside != was_inside:
                share = (bound - before[axis]) / (point[axis] - before[axis])
                kept.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
            if inside:
                kept.append(point)
        points = kept
        if not points:
            return []
    return points


def _reach(arcs: _Arcs, rings: tuple[tuple[int, ...], ...]) -> float:
    """The longer side of an area's largest ring, in units; 0 where it has no shape."""
    best = 0.0
    for ring in rings:
        points = [p for number in ring for p in arcs[number if number >= 0 else ~number]]
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        best = max(best, max(xs) - min(xs), max(ys) - min(ys))
    return best
