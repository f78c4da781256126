"""What families and survivors tell of a journey: a departure, places passed, means of travel, with what they get wrong.

Everyone who sets out from one town for the next within a week is aboard one boat or truck, so that those who share a departure are many. Own: shares
and errors by judgement, words of `journeys.toml`.
"""

from __future__ import annotations

import datetime
import tomllib
import zlib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from opencompact.missing.evidence.routes import travelled_by
from opencompact.missing.world.people import Person, Rng

Row = dict[str, str]
A_WEEK = 7


class Told(NamedTuple):
    """Shares of records that tell a departure, places passed and means, and errors: of departures that are those from home, of days that are
    told exactly, of means that are told as another."""

    departure: float
    passed: float
    means: float
    from_home: float
    exact: float
    wrong: float = 0.08


BY_FAMILY = Told(0.35, 0.30, 0.35, from_home=0.25, exact=0.6)
BY_SURVIVOR = Told(0.5, 0.4, 0.5, from_home=0.1, exact=0.8)
OF_REMAINS = Told(0.2, 0.0, 0.2, from_home=0.0, exact=0.8)
VAGUE = 0.4
"""Share of boats that are told as boats, whatever they were."""


def told_of_journey(rng: Rng, person: Person, told: Told, language: str) -> Row:
    """The fields of a row that tell of the journey."""
    row: Row = {}
    start, day = person.way[person.stage - 1], boarded(person)
    if rng.random() < told.departure:
        if rng.random() < told.from_home:
            start, day = person.way[0], person.departure
        row["departure_date"] = _day(rng, day, told.exact)
        row["departure_place"] = start if rng.random() < 0.85 else ""
    between = person.way[1 : person.stage]
    if between and rng.random() < told.passed:
        count = min(len(between), int(rng.integers(1, 4)))
        row["transit_places"] = "; ".join(sorted(map(str, rng.choice(between, size=count, replace=False))))
    if rng.random() < told.means:
        row["means"] = _means(rng, person, told.wrong, language)
    return row


def boarded(person: Person) -> datetime.date:
    """The day on which the last boat or truck of a person left: one a week from each town to the next."""
    turn = zlib.crc32(_leg(person).encode()) % A_WEEK
    return max(person.departure, person.fate - datetime.timedelta(days=(person.fate.toordinal() + turn) % A_WEEK))


def _leg(person: Person) -> str:
    return f"{person.way[person.stage - 1]} {person.way[person.stage]}"


def _day(rng: Rng, day: datetime.date, exact: float) -> str:
    """A day as it is told: exactly, some days off but never too early to have left, or its month."""
    if rng.random() < exact:
        return day.isoformat()
    if rng.random() < 0.6:
        return (day - datetime.timedelta(days=int(rng.integers(1, 4)))).isoformat()
    return day.strftime("%Y-%m")


@cache
def _words() -> dict[str, dict[str, str]]:
    text = files("opencompact.missing.world").joinpath("journeys.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)["means"])


BOATS, OVERLAND = ("rubber boat", "wooden boat", "metal boat"), ("truck", "pickup", "bus", "on foot")


def _means(rng: Rng, person: Person, wrong: float, language: str) -> str:
    """How the last stretch was travelled: one boat or truck is one kind for all who were aboard."""
    by_sea = travelled_by(person.way[person.stage - 1], person.way[person.stage]) == "sea"
    kinds = BOATS if by_sea else OVERLAND
    true = kinds[zlib.crc32(f"{_leg(person)} {boarded(person)}".encode()) % len(kinds)]
    seen = str(rng.choice(kinds)) if rng.random() < wrong else true
    return _words()["boat" if by_sea and rng.random() < VAGUE else seen][language]
