"""When others are found or depart: days tell the less, the more people of the register fit a last contact as well.

`where_when` spreads the others evenly over a window. Where many of the register were met in the days that follow a last contact, as those of one boat are, the days
do not tell them apart: what a delay says is then the density of one person's delays over the mean of that density at the days of the others, with the even
window as so many people besides; the choice of one among those who are there (conditional logit: McFadden 1974, in Zarembka, *Frontiers in Econometrics*, 105;
Dirichlet weight as in `crowd`). Where the places must be wrong the days add nothing (`where_when.beside`), however many others there are. Never more than among evenly spread others, since who is found may not be sought at all.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from opencompact.language import N_, said
from opencompact.missing.evidence.ledger import Evidence
from opencompact.missing.evidence.parameters import Parameters
from opencompact.missing.evidence.where_when import (
    beside,
    delay_density,
    delay_table,
    first_known,
    last_known,
    places_kept,
)
from opencompact.missing.records.record import Record

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class CrowdedDays:
    """The days on which people of a register were found or departed: how many on each day from the day `first` on, each of those who were met in several days
    evenly in all of them."""

    first: int
    daily: Floats

    @property
    def people(self) -> float:
        """How many they are."""
        return float(self.daily.sum())

    def fitting(self, starts: Ints, lengths: Ints, parameters: Parameters) -> Floats:
        """Of each interval of a last contact (first days, numbers of days): the mean density of one person's delays from it to each of them, added up."""
        if not len(starts) or not len(self.daily):
            return np.zeros(len(starts))
        first, settings = min(self.first, int(starts.min())), parameters["time"]
        until = _until(self, first, tuple(settings["soon"]), tuple(settings["later"]))
        begin, end = (np.clip(day - first, 0, len(until) - 1) for day in (starts, starts + lengths))
        return np.asarray((until[end] - until[begin]) / lengths)


@lru_cache(maxsize=64)
def _until(days: CrowdedDays, first: int, *parts: tuple[float, float]) -> Floats:
    """The density of delays (mixture of exponentials: share, mean) from each day to all of the register, added up before the day `first` + k."""
    told = np.zeros(len(days.daily) + days.first - first)
    backwards = days.daily[::-1].tolist() + [0.0] * (days.first - first)
    for share, mean in parts:
        told += share / mean * _decaying(backwards, math.exp(-1 / mean))[::-1]
    return np.append(0.0, np.cumsum(told))


def _decaying(counts: list[float], kept: float) -> Floats:
    """Sums of what was counted, of which from one to the next a share is kept."""
    return np.array(list(accumulate(counts, lambda before, own: own + kept * before)))


def crowded_days(found: Sequence[Record], kind: str = "found") -> CrowdedDays:
    """The days of the discoveries of a register, or of the departures at which a journey can be met (`kind`)."""
    stops = [stop for record in found if (stop := record.stop(kind)) and stop.days]
    if kind == "departure":
        stops = [stop for stop in stops if stop.place and stop.place.point]
    told = Counter((stop.days.start.toordinal(), stop.days.length) for stop in stops if stop.days)
    if not told:
        return CrowdedDays(0, np.zeros(0))
    first = min(start for start, _ in told)
    daily = np.zeros(max(start + length for start, length in told) - first)
    for (start, length), count in told.items():
        daily[start - first : start - first + length] += count / length
    return CrowdedDays(first, daily)


def fits_no_better(density: Floats, fitting: Floats, people: float, settings: Parameters) -> Floats:
    """By what the days say less than among others who are spread evenly over the window: density of the delay of a pair, and that of all of the register
    added up (`fitting`), of whom the pair's is one."""
    even = 1 / settings["window"]
    others = np.maximum(fitting - density, 0.0)
    mean = (others + settings["register"] * even) / (max(people - 1, 0.0) + settings["register"])
    return np.asarray(np.minimum(1.0, even / mean))


def less_by(ln_ratio: Floats, share: Floats, error: float) -> Floats:
    """ln LR of days of which what is told rightly counts by this share. What is told wrongly stays as it is."""
    rightly = np.maximum(np.exp(ln_ratio) - error, 0.0)
    return np.asarray(np.log(rightly * share + error))


def among_days(entry: Evidence, sought: Record, found: Record, days: CrowdedDays, parameters: Parameters) -> Evidence:
    """The entry of the days as it counts among those of the register: of discoveries, or where the journey is met at a departure, of departures."""
    last, stop = last_known(sought), first_known(found, sought)
    if last is None or stop is None or last.days is None or stop.days is None or not days.people:
        return entry
    settings = parameters["time"]
    one, other = (last.days.start.toordinal(), last.days.length), (stop.days.start.toordinal(), stop.days.length)
    apart, length, other_length = (np.array([n], np.int32) for n in (other[0] - one[0], one[1], other[1]))
    density = delay_density(apart, length, other_length, parameters)
    fitting = days.fitting(np.array([one[0]], np.int32), length, parameters)
    share = fits_no_better(density, fitting, days.people, settings)
    alone = delay_table(apart, length, other_length, parameters)
    kept = np.array([places_kept(sought, found, parameters)])
    told = float(beside(less_by(alone, share, settings["error"]), kept, alone)[0])
    changed = replace(entry, ln_likelihood_ratio=told)
    if entry.ln_likelihood_ratio - told < _CHANGED:
        return changed
    reason = (
        N_("{what} Others departed in the same days, so that this says less.")
        if stop.kind == "departure"
        else N_("{what} Others were found in the same days, so that this says less.")
    )
    return replace(changed, reason=reason, values={"what": said(entry.reason, **entry.values)})


_CHANGED = math.log(1.5)
