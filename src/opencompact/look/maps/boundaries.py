"""Boundaries and places: Natural Earth's, from the npm package `world-atlas`, decoded once.

Natural Earth is not the United Nations' map: every map says so in its disclaimer. `places.csv` gives each area a point, for
those too small to be seen as a shape and for the ends of flows.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeAlias

from opencompact.errors import UnknownCodeError
from opencompact.look.fonts import assets
from opencompact.look.maps.fiction import middles
from opencompact.look.maps.projection import Place

Bounds: TypeAlias = tuple[float, float, float, float]
Detail: TypeAlias = Literal["110m", "50m"]

# Shapes that Natural Earth draws apart and that have no ISO code: drawn with the area whose statistics hold them, or alone.
_WITHOUT_CODE = {
    "N. Cyprus": "CYP",
    "Somaliland": "SOM",
    "Kosovo": "XKX",
    "Siachen Glacier": "",
    "Indian Ocean Ter.": "CXR",
}
_NOT_DRAWN = {"010"}  # Antarctica has no population


@dataclass(frozen=True)
class Boundaries:
    """Arcs as longitude and latitude in degrees; shapes as area → rings of arc numbers (`~n`: arc n backwards).

    Shapes share arcs, so borders fit after any simplification of arcs. `bounds` are each arc's west, south, east and north.
    """

    arcs: tuple[tuple[Place, ...], ...]
    shapes: dict[str, tuple[tuple[int, ...], ...]]
    bounds: tuple[Bounds, ...]

    def bounds_of(self, ring: tuple[int, ...]) -> Bounds:
        """The bounds of a ring, in degrees; one that goes over the 180th meridian reaches from end to end."""
        sides = [self.bounds[number if number >= 0 else ~number] for number in ring]
        west, south, east, north = zip(*sides, strict=True)
        return min(west), min(south), max(east), max(north)


@cache
def boundaries(detail: Detail) -> Boundaries:
    """The boundaries at a scale of 1 : 110 million (the world) or 1 : 50 million (a region)."""
    read: dict[str, Any] = json.loads((assets() / "boundaries" / f"countries-{detail}.json").read_bytes())
    (sx, sy), (tx, ty) = read["transform"]["scale"], read["transform"]["translate"]
    arcs = []
    for deltas in read["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in deltas:
            x += dx
            y += dy
            arc.append((x * sx + tx, y * sy + ty))
        arcs.append(tuple(arc))
    shapes: dict[str, list[tuple[int, ...]]] = {}
    codes = {place.m49: area for area, place in places().items()}
    for shape in read["objects"]["countries"]["geometries"]:
        if shape.get("id") in _NOT_DRAWN:
            continue
        area = codes.get(shape.get("id"), _WITHOUT_CODE.get(shape["properties"]["name"], ""))
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        shapes.setdefault(area, []).extend(tuple(ring) for polygon in polygons for ring in polygon)
    bounds = tuple(_bounds(arc) for arc in arcs)
    return Boundaries(tuple(arcs), {area: tuple(rings) for area, rings in shapes.items()}, bounds)


def _bounds(arc: tuple[Place, ...]) -> Bounds:
    east, north = zip(*arc, strict=True)
    return min(east), min(north), max(east), max(north)


@dataclass(frozen=True)
class MarkedPlace:
    """An area's M49 code and a point in it, in degrees."""

    m49: str
    longitude: float
    latitude: float


@cache
def places() -> dict[str, MarkedPlace]:
    """ISO alpha-3 → its point."""
    with files("opencompact.look").joinpath("maps", "places.csv").open(encoding="utf-8") as stream:
        return {
            row["area"]: MarkedPlace(row["m49"], float(row["longitude"]), float(row["latitude"]))
            for row in csv.DictReader(stream)
        }


def on_a_map(area: str) -> bool:
    """Whether an area has a point to be drawn at; what nobody lives on (Bouvet Island, Antarctica) has none."""
    return area in middles() or area in places()


def place_of(area: str) -> Place:
    """Longitude and latitude of a point in an area.

    Raises UnknownCodeError for a code that is on no map.
    """
    if area in middles():
        return middles()[area]
    try:
        found = places()[area]
    except KeyError:
        raise UnknownCodeError(
            "This area is on no map.", value=area, remedy="Use an ISO 3166 alpha-3 code; groups of areas have no point."
        ) from None
    return found.longitude, found.latitude
