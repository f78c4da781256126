"""When others are found or depart: days tell the less, the more people of the register fit a last contact as well.

`where_when` spreads the others evenly over a window. Where many of the register were met in the days that follow a last contact, as those of one boat are, the days
do not tell them apart: what a delay says is then the density of one person's delays over the mean of that density at the days of the others, with the even
window as so many people besides; the choice of one among those who are there (conditional logit: McFadden 1974, in Zarembka, *Frontiers in Econometrics*, 105;
Dirichlet weight as in `crowd`). Never more than among evenly spread others, since who is found may not be sought at all.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from opencompact.language import N_, said
from opencompact.missing.evidence.ledger import Evidence
from opencompact.missing.evidence.parameters import Parameters
from opencompact.missing.evidence.where_when import delay_density, first_known, last_known
from opencompact.missing.records.record import Record

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class CrowdedDays:
    """The days on which people of a register were found or departed: first days, numbers of days, and how many people each."""

    starts: Ints
    lengths: Ints
    counts: Floats

    @property
    def people(self) -> float:
        """How many they are."""
        return float(self.counts.sum())

    def fitting(self, starts: Ints, lengths: Ints, parameters: Parameters) -> Floats:
        """Of each interval of a last contact (first days, numbers of days): the density of one person's delays to each of them, added up."""
        found = np.zeros(len(starts))
        for k, (start, length) in enumerate(zip(starts.tolist(), lengths.tolist(), strict=True)):
            delays = self.starts - np.int32(start)
            density = delay_density(delays, np.full_like(delays, length), self.lengths, parameters)
            found[k] = float(density @ self.counts)
        return found


def crowded_days(found: Sequence[Record], kind: str = "found") -> CrowdedDays:
    """The days of the discoveries of a register, or of the departures at which a journey can be met (`kind`)."""
    stops = [stop for record in found if (stop := record.stop(kind)) and stop.days]
    if kind == "departure":
        stops = [stop for stop in stops if stop.place and stop.place.point]
    told = Counter((stop.days.start.toordinal(), stop.days.length) for stop in stops if stop.days)
    starts, lengths = np.array(list(told), np.int32).reshape(-1, 2).T
    return CrowdedDays(starts, lengths, np.array(list(told.values()), float))


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
    fitting = np.array([_fitting(days, *one, tuple(settings["soon"]), tuple(settings["later"]))])
    share = fits_no_better(density, fitting, days.people, settings)
    told = float(less_by(np.array([entry.ln_likelihood_ratio]), share, settings["error"])[0])
    changed = replace(entry, ln_likelihood_ratio=told)
    if entry.ln_likelihood_ratio - told < _CHANGED:
        return changed
    reason = (
        N_("{what} Many others departed in the same days, so that this says less.")
        if stop.kind == "departure"
        else N_("{what} Many others were found in the same days, so that this says less.")
    )
    return replace(changed, reason=reason, values={"what": said(entry.reason, **entry.values)})


_CHANGED = math.log(1.5)


@lru_cache(maxsize=10_000)
def _fitting(
    days: CrowdedDays, start: int, length: int, soon: tuple[float, float], later: tuple[float, float]
) -> float:
    one = np.array([start], np.int32), np.array([length], np.int32)
    return float(days.fitting(*one, {"time": {"soon": list(soon), "later": list(later)}})[0])
