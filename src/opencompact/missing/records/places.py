"""Places with how exactly they are known, the distances between them, and coordinates as people and forms write them.

Distances on a sphere of 6371 km by the haversine: Sinnott 1984, Sky & Telescope 68:159.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from math import asin, cos, radians, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from opencompact.errors import InvalidDataError
from opencompact.missing.records.sayings import folded, is_unknown

EARTH_RADIUS = 6371.0  # km


@dataclass(frozen=True)
class Point:
    """Degrees north and east."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Place:
    """Where: one point with a radius (km) in which it truly lies, or a line from `point` to `towards`; `text` as said.

    `others` are all places that a name of several may mean, this one among them, each with its probability; what is left to 1 is for a place of the
    name that is in no list.
    """

    text: str
    point: Point | None = None
    radius: float = 0.0
    towards: Point | None = None
    country: str | None = None
    others: tuple[tuple[float, Place], ...] = ()


def meant(place: Place) -> tuple[tuple[float, Place], ...]:
    """Each place that may be meant, with its probability: the place alone where its name is that of one."""
    return place.others or ((1.0, place),)


SURE = 0.9
"""The share from which on one of several places of a name is taken to be meant, as far as anything is said of it."""


def is_of_several(place: Place) -> bool:
    """Whether it is told that the name is that of several places: none of them has nearly all of its people."""
    return bool(place.others) and max(share for share, _ in place.others) < SURE


AT_HOME = 10.0
"""Of several towns of a name one in the country of a person's nationality or origin is meant as if it had so many times its people (judgement)."""


def likelier_in(place: Place, countries: Collection[str]) -> Place:
    """The place where who names it is of these countries (ISO 3166 alpha-3): of several those within them weigh more, and the likeliest is the place."""
    weights = [share * (AT_HOME if one.country in countries else 1.0) for share, one in place.others]
    if not any(one.country in countries for _, one in place.others):
        return place
    whole = math.fsum(weights) / math.fsum(share for share, _ in place.others)
    others = sorted(
        ((round(weight / whole, 4), one) for weight, (_, one) in zip(weights, place.others, strict=True)),
        key=lambda one: -one[0],
    )
    likeliest = others[0][1]
    return replace(
        place, point=likeliest.point, radius=likeliest.radius, country=likeliest.country, others=tuple(others)
    )


def each_of(place: Place, change: Callable[[Place], Place]) -> Place:
    """The place, and each of those that its name may mean, changed in the same way."""
    return replace(change(place), others=tuple((share, change(one)) for share, one in place.others))


def distance(a: Point, b: Point) -> float:
    """Great-circle distance in km (haversine)."""
    dlat, dlon = radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)
    h = sin(dlat / 2) ** 2 + cos(radians(a.latitude)) * cos(radians(b.latitude)) * sin(dlon / 2) ** 2
    return 2 * EARTH_RADIUS * asin(min(1.0, sqrt(h)))


def great_circle(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """Distances in km of all points of `a` to all of `b`: (n, 2) and (m, 2) degrees north and east → (n, m)."""
    return point_to_point(a[:, None, :], b[None, :, :])


def point_to_point(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """Distances in km of points of `a` to those of `b`, one by one: (…, 2) degrees north and east of each → (…)."""
    first, second = np.radians(a), np.radians(b)
    half = np.sin((second - first) / 2) ** 2
    h = half[..., 0] + np.cos(first[..., 0]) * np.cos(second[..., 0]) * half[..., 1]
    return np.asarray(2 * EARTH_RADIUS * np.arcsin(np.minimum(1.0, np.sqrt(h))))


def distance_to(place: Place, point: Point) -> float | None:
    """Distance in km from a point to a place: to the nearest point of its line, less its radius; None if it has none."""
    if place.point is None:
        return None
    if place.towards is None:
        return max(0.0, distance(place.point, point) - place.radius)
    # A route is short enough to be taken as straight on a plane that is stretched at its own latitude.
    scale = cos(radians(point.latitude))
    ax, ay = (place.point.longitude - point.longitude) * scale, place.point.latitude - point.latitude
    bx, by = (place.towards.longitude - point.longitude) * scale, place.towards.latitude - point.latitude
    dx, dy = bx - ax, by - ay
    share = 0.0 if dx == dy == 0 else min(1.0, max(0.0, -(ax * dx + ay * dy) / (dx * dx + dy * dy)))
    x, y = ax + share * dx, ay + share * dy
    return max(0.0, sqrt(x * x + y * y) * EARTH_RADIUS * radians(1) - place.radius)


_DEGREES = r"(-?\d{1,3}(?:\.\d+)?)\s*°?\s*(?:(\d{1,2}(?:\.\d+)?)\s*['’′]\s*)?(?:(\d{1,2}(?:\.\d+)?)\s*(?:\"|”|″)\s*)?"
_COORDINATES = re.compile(
    rf"\(?\s*{_DEGREES}([ns])?\s*(?P<between>[,; ])\s*{_DEGREES}([ew])?\s*\)?(?P<more>(?:\s*[,; ]\s*-?\d+(?:\.\d+)?){{0,2}})"
)
# "34,5; 12,6" and "34,51 12,63", as French, Russian or Spanish sheets write a point.
_DECIMAL_COMMAS = re.compile(
    r"(\(?\s*-?\d{1,3}),(\d+)(\s*°?\s*[ns]?\s*)(?:[;/]\s*|,?\s+)(-?\d{1,3}),(\d+)(\s*°?\s*[ew]?\s*\)?)"
)
_LONGITUDE_FIRST = re.compile(r"(?:point\s*z?\s*\(|\{.*coordinates\W+)\s*(-?\d[\d.]*)[,\s]+(-?\d[\d.]*).*")
WRONG_WAY = 300.0
"""km: coordinates farther than this from the named place, and nearer when turned round, are in the wrong order."""


def read_point(text: str) -> Place | None:
    """A point: "34.5, 12.6", "34°30'N 12°36'E", a form's "34.5 12.6 0 5" (height and accuracy), POINT(12.6 34.5) or GeoJSON.

    Latitude first, save in the last two. Raises InvalidDataError where it is no point.
    """
    said = _signs(text)
    if is_unknown(said):
        return None
    turned = _LONGITUDE_FIRST.fullmatch(said)
    match = _COORDINATES.fullmatch(f"{turned[2]}, {turned[1]}" if turned else _with_points(said.strip("[]")))
    if match is None:
        raise InvalidDataError(
            "The coordinates cannot be read.", value=text, remedy="Write latitude, longitude: 34.5, 12.6."
        )
    return _coordinates(match, text)


def check_order(point: Place | None, named: Place | None, text: str) -> None:
    """Raises InvalidDataError where a point lies far from the named place, but near it with latitude and longitude exchanged."""
    if point is None or point.point is None or named is None or named.point is None:
        return
    turned = Point(point.point.longitude, point.point.latitude)
    away, back = distance_to(named, point.point) or 0.0, distance_to(named, turned) or 0.0
    if abs(turned.latitude) <= 90 and away > WRONG_WAY > back:
        raise InvalidDataError(
            "The coordinates lie far from the place that is named, but near it when exchanged.",
            value=text,
            remedy="Write latitude first, then longitude.",
        )


def coordinates_in(text: str) -> Place | None:
    """The point where a text is coordinates and nothing else, latitude first; None where it is not.

    Raises InvalidDataError for a latitude beyond 90 degrees: the order is likely swapped.
    """
    match = _COORDINATES.fullmatch(_with_points(_signs(text)))
    return _coordinates(match, text) if match else None


def _signs(text: str) -> str:
    """The text with one kind of minus, comma, decimal point and sign of degrees."""
    return folded(text.replace("º", "°"))


def _with_points(said: str) -> str:
    """Decimal commas as points, where two numbers have one each: a comma between whole numbers parts them."""
    return _DECIMAL_COMMAS.sub(r"\1.\2\3, \4.\5\6", said) if _DECIMAL_COMMAS.fullmatch(said) else said


def _coordinates(match: re.Match[str], text: str) -> Place:
    if re.fullmatch(r"-?\d+(,\s*-?\d+){2,3}", match[0]):
        raise InvalidDataError(
            "The coordinates can be read in more than one way.",
            value=text,
            remedy="Write latitude, longitude with decimal points: 34.5, 12.6.",
        )
    latitude = _degrees(match.groups()[0:3]) * (-1 if match[4] == "s" else 1)
    longitude = _degrees(match.groups()[5:8]) * (-1 if match[9] == "w" else 1)
    if max(abs(latitude), abs(longitude)) < _NOWHERE:
        raise InvalidDataError(
            "0, 0 is no place: a form writes it where none was marked.",
            value=text,
            remedy="Give the coordinates, or leave the field empty.",
        )
    signs = {sign.strip() for sign in re.findall(r"\s*[,; ]\s*", match["more"])}
    decimals = len(match[1].partition(".")[2])
    if signs - {match["between"].strip()} or (decimals < OF_A_DEVICE and _is_near(match["more"], latitude, longitude)):
        raise InvalidDataError(
            "These are the coordinates of more than one point.",
            value=text,
            remedy="Give one point a record, latitude, longitude: 34.5, 12.6.",
        )
    if abs(latitude) > 90 or abs(longitude) > 180:
        swapped = abs(latitude) <= 180 and abs(longitude) <= 90
        raise InvalidDataError(
            "There is no such point: a latitude lies between -90 and 90.",
            value=text,
            remedy="Latitude and longitude may be swapped: write latitude first."
            if swapped
            else "Check the coordinates.",
        )
    radius = 1.0 if match[2] else 111 / 10**decimals / 2  # told to the minute, or to so many places
    return Place(text, Point(latitude, longitude), radius=max(0.1, radius))


OF_A_DEVICE = 4
"""Decimals from which on a latitude is a device's: two numbers after the point are then its height and accuracy."""
_NEAR = 3.0  # degrees
_NOWHERE = 0.001  # degrees: a hundred metres about 0, 0


def _is_near(more: str, latitude: float, longitude: float) -> bool:
    """Whether two further numbers may be a second point: near the first in both, as a height and an accuracy seldom are."""
    rest = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", more)]
    return len(rest) == 2 and abs(rest[0] - latitude) <= _NEAR and abs(rest[1] - longitude) <= _NEAR


def _degrees(parts: tuple[str | None, ...]) -> float:
    """Degrees, minutes and seconds as degrees."""
    whole, minutes, seconds = (float(part) if part else 0.0 for part in parts)
    beyond = minutes / 60 + seconds / 3600
    return whole - beyond if (parts[0] or "").startswith("-") else whole + beyond
