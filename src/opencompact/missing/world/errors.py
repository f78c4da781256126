"""What is told wrongly in the synthetic world: as often, and by as much, as the evidence takes for granted.

The rates are those of `evidence/parameters.toml`, with their sources there, times a number that is one unless a world is to err more or less than that:
so a calibration on worlds tests how evidence is put together, and with another number what wrong rates do to it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from opencompact.missing.evidence.parameters import Parameters, defaults
from opencompact.missing.world.people import ENDS, Rng, journeys

MOST_DAYS_OFF = 365


@dataclass(frozen=True)
class Errors:
    """Errors of a world; `times` as many as the parameters say."""

    rng: Rng
    times: float = 1.0

    @cached_property
    def parameters(self) -> Parameters:
        """The rates of the evidence."""
        return defaults()

    def _happens(self, rate: float) -> bool:
        return bool(self.rng.random() < min(0.5, self.times * rate))

    def sex(self, true: str, how: str) -> str:
        """A sex as it is recorded."""
        return {"F": "M", "M": "F"}[true] if self._happens(self.parameters["sex"]["errors"][how]) else true

    def years_off(self, how: str) -> float:
        """By how many years an age or birth is told outside of what it is said to be; mostly 0."""
        if not self._happens(self.parameters["age"]["outside"][how]):
            return 0.0
        return float(self.rng.exponential(self.parameters["age"]["spread"][how]) * self.rng.choice((-1, 1)))

    def stature(self, true: float, how: str) -> float:
        """A stature as it is told or measured (cm)."""
        return true + float(self.rng.normal(0, self.times * self.parameters["stature"]["errors"][how]))

    def day(self, true: datetime.date) -> datetime.date:
        """A day, or one of the year about it where it is told wrongly."""
        if not self._happens(self.parameters["time"]["error"]):
            return true
        return min(ENDS, true + datetime.timedelta(days=int(self.rng.integers(-MOST_DAYS_OFF, MOST_DAYS_OFF))))

    def town(self, true: str) -> str:
        """A town of a journey, or any of all journeys where it is told wrongly."""
        if not self._happens(self.parameters["place"]["error"]):
            return true
        return self._another(true, (town for journey in journeys() for town in journey["way"]))

    def country(self, true: str) -> str:
        """A nationality, or another where it is recorded wrongly."""
        if not self._happens(self.parameters["group"]["error"]):
            return true
        return self._another(true, (journey["country"] for journey in journeys()))

    def trait(self, name: str, true: str, shares: Mapping[str, float]) -> str:
        """A colour or build as another person sees it."""
        if not self._happens(self.parameters["traits"]["errors"][name]):
            return true
        return self._another(true, shares)

    def _another(self, true: str, words: Iterable[str]) -> str:
        return str(self.rng.choice([word for word in dict.fromkeys(words) if word != true]))
