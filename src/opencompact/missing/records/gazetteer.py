"""The places that can be named: towns on the routes, seas and regions, countries; by every name in six languages and their own.

`places.csv` lists towns and islands (rounded to a tenth of a degree: 10 km; the radius of those that are wider than a town) and `regions.csv` seas, islands and regions with the radius of a
circle about them, facts of geography entered by hand. `countries.csv` gives each country the middle of its land and the distance
from it within which 95 % of that land lies (reckoned from the boundaries of Natural Earth, 1 : 50 million) and 97.5 % of the people of its towns
(GeoNames; not the far islands of Spain and Portugal), and its people (two figures). `areas.csv` lists the first-level areas of countries, states and provinces, with a circle about their places (GeoNames, CC BY 4.0):
they say where a town lies, and are no place alone. A name that is in none of them is looked for among the towns of the world
(`towns.py`). How a name is looked up is our own.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from opencompact.compact import countries
from opencompact.compact.area_files import other_names
from opencompact.missing.records.peoples import country_called
from opencompact.missing.records.places import Place, Point, distance
from opencompact.missing.records.sayings import folded, plain
from opencompact.missing.records.towns import SETTLED, TOWN, people_elsewhere, town_meant, towns_called, weighed

COUNTRY_LARGER = 5
"""A country is meant by a name that a town elsewhere has too where it has so many times the people of the town: Mali has a town of its name in
Turkmenistan, but Granada and عمان (Oman, and Amman) are as likely the towns."""
LISTED = 10.0
"""A town of our own list, which lies on a route, is weighed against its namesakes as if it had so many times its people."""
# As folded names have them: й is и.
_ENDINGS = re.compile(r"(?<=[а-я]{3})(?:ами|ями|ого|ои|ом|ем|еи|ою|ах|ях|ии|ия|ию|а|я|у|ю|е|и|ы|о|ь)(?=\W|$)")


def _rows(name: str) -> Iterator[dict[str, str]]:
    with files("opencompact.missing.records").joinpath(name).open(encoding="utf-8") as stream:
        yield from csv.DictReader(stream)


def _listed(name: str) -> Iterator[tuple[tuple[str, ...], Place]]:
    """(names, place) of each row of a list."""
    for row in _rows(name):
        point = Point(float(row["latitude"]), float(row["longitude"]))
        place = Place(row["place"], point, float(row.get("radius") or TOWN), country=row.get("country"))
        yield (row["place"], *filter(None, row["names"].split("|"))), place


@cache
def gazetteer() -> dict[str, Place]:
    """Towns on the routes, by every name they are known under (lower case)."""
    return {plain(name): place for names, place in _listed("places.csv") for name in names}


def place_names() -> set[str]:
    """Every name, folded, of the towns on the routes and of the seas, islands and regions about them."""
    return {folded(name) for listed, _place in (*_listed("regions.csv"), *_listed("places.csv")) for name in listed}


def _countries() -> Iterator[tuple[tuple[str, ...], Place]]:
    also = {row["area"]: row["names"].split("|") for row in _rows("peoples.csv")}
    for name, code in other_names():
        if len(name) > 3 or not name.isascii():
            also.setdefault(code, []).append(name)
    where = {row["area"]: row for row in _rows("countries.csv")}
    for country in countries():
        if (row := where.get(country.code)) is not None:
            point = Point(float(row["latitude"]), float(row["longitude"]))
            names = (*country.names.values(), *also.get(country.code, ()))
            yield names, Place(country.names["en"], point, float(row["radius"]), country=country.code)


@cache
def _known() -> tuple[dict[str, Place], dict[str, Place]]:
    """Every place by its names, and by the stems of its Russian names where no two places share one.

    A name that a town shares with its country (Djibouti, Тунис) is that of the country: the wider of the two is no guess.
    """
    names: dict[str, Place] = {}
    stems: dict[str, Place | None] = {}
    for listed, place in (*_countries(), *_listed("regions.csv"), *_listed("places.csv")):
        for name in map(folded, listed):
            names.setdefault(name, place)
            stem = _stem(name)
            if stem != name or re.search("[а-я]", name):
                stems[stem] = place if stems.get(stem, place) is place else None
    return names, {stem: place for stem, place in stems.items() if place is not None}


def _stem(name: str) -> str:
    """A Russian name without the endings of its cases."""
    return _ENDINGS.sub("", name)


def listed_place(name: str) -> Place | None:
    """The town of a route, region or country of a folded name, in any case of Russian; None where it is in no list."""
    names, stems = _known()
    listed = names.get(name) or (stems.get(_stem(name)) if re.search("[а-я]", name) else None)
    return listed or country_of_code(country_called(name) or "")


def known_place(name: str) -> Place | None:
    """The place of a folded name that stands alone; None where it is in no list, or several places may be meant: a country or a town
    elsewhere (Granada), a town or a state of settlers elsewhere (Virginia)."""
    listed = listed_place(name)
    if listed is None:
        town = town_meant(name)
        namesakes = (area for area in areas_called(name) if area.place.country in SETTLED)
        return None if town and any(area.place.country != town.country for area in namesakes) else town
    if listed.country is None:
        return listed
    if listed != country_of_code(listed.country):
        return weighed(listed, name, towns_called(name), LISTED)
    return listed if COUNTRY_LARGER * people_elsewhere(name, listed.country) <= _people()[listed.country] else None


@cache
def _people() -> dict[str, int]:
    """The people of each country by its code."""
    return {row["area"]: int(row["people"]) for row in _rows("countries.csv")}


class Area(NamedTuple):
    """A first-level area of a country: the circle in which 95 % of its places lie, and how far from its middle the last one lies (km)."""

    place: Place
    reach: float


def areas_called(name: str) -> tuple[Area, ...]:
    """The first-level areas of a folded name, or of its short form ("tx"), in any country."""
    return _areas().get(_bare_area(name), ())


def whole(area: Area) -> Place:
    """An area as a place of its own, a town or country as it is: as wide as it is between its neighbours, if few of its towns are known. 0.6 of the mean distance to the three areas of
    the country that are nearest to it (half of it is the way to the border; judgement)."""
    areas, middle = _of_country().get(area.place.country or "", ()), area.place.point
    if middle is None or area.place not in areas:
        return area.place
    others = (one.point for one in areas if one.point and one.point != middle)
    nearest = sorted(distance(middle, other) for other in others)[:3]
    between = 0.6 * sum(nearest) / len(nearest) if nearest else 0.0
    return replace(area.place, radius=max(area.place.radius, round(between, -1)))


@cache
def _of_country() -> dict[str, tuple[Place, ...]]:
    """The first-level areas of each country."""
    found: dict[str, tuple[Place, ...]] = {}
    for place in dict.fromkeys(area.place for areas in _areas().values() for area in areas):
        if place.country:
            found[place.country] = (*found.get(place.country, ()), place)
    return found


@cache
def _areas() -> dict[str, tuple[Area, ...]]:
    found: dict[str, tuple[Area, ...]] = {}
    for row in _rows("areas.csv"):
        point = Point(float(row["latitude"]), float(row["longitude"]))
        area = Area(Place(row["area"], point, float(row["radius"]), country=row["country"]), float(row["reach"]))
        names = (row["area"], *filter(None, row["names"].split("|")))
        for name in {_bare_area(folded(name)) for name in names}:
            found[name] = (*found.get(name, ()), area)
    return found


_KINDS_OF_AREA = re.compile(
    r"^(?:the |state of |province of |estado de |provincia de |departamento de |province de |région de )+"
    r"|(?: state| province| region| governorate| department| district| county| oblast| zone)+$"
)


def _bare_area(name: str) -> str:
    return _KINDS_OF_AREA.sub("", name.replace(".", "")) or name


def country_of_code(code: str) -> Place | None:
    """The country of an ISO 3166 alpha-3 code in capitals; small letters may be a word: "mar" is the sea."""
    return _of_code().get(code)


@cache
def _of_code() -> dict[str, Place]:
    return {place.country: place for _, place in _countries() if place.country}


def places_called(name: str) -> list[Place]:
    """Every place of a folded name, those whose name goes on in brackets among them: Tripoli, Tripoli (Lebanon). The largest towns first."""
    names, _ = _known()
    found = [place for known, place in names.items() if known == name or known.startswith(f"{name} (")]
    return list(dict.fromkeys([*found, *towns_called(name)]))
