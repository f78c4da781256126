"""Births of the pairs that are kept, to the day: the twin of `evidence.age.compare_age` over arrays of pairs.

The tables of `comparing` take births to a part of a year, so that there are few distinct ones; here each pair is integrated for itself.
Own arrays; the method is that of `evidence.age`, with its sources there.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from opencompact.missing.evidence.age import (
    STEP,
    birth_range,
    births_of_missing,
    decimal_year,
    is_age_at_death,
    last_seen,
    missing_by_age,
)
from opencompact.missing.evidence.ledger import unless_mistaken
from opencompact.missing.evidence.parameters import Parameters
from opencompact.missing.evidence.where_when import last_known
from opencompact.missing.records.record import Record

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


class ToldBirth(NamedTuple):
    """Earliest and latest birth and how it is known; when the person sought was last known of and when the record is of (decimal years, nan
    and today where unknown); the year of that, 0 where unknown; whether it is an age at death; the year by `missing_by_age`, 0 where unknown."""

    low: float
    high: float
    how: str
    since: float
    seen: float
    about: int
    at_death: bool
    by_age: int


def told_birth(record: Record, today: datetime.date) -> ToldBirth | None:
    """What a record says of its birth; None where it says nothing."""
    born = birth_range(record, today)
    if born is None:
        return None
    last, when = last_known(record), last_seen(record)
    since = math.nan
    if last is not None and last.days is not None and record.kind != "remains":
        since = decimal_year(last.days.start)
    seen = decimal_year(when.start if when else today)
    about = round(decimal_year(when.middle)) if when else 0
    by_age = round(missing_by_age(record, today) or 0.0)
    return ToldBirth(*born, since, seen, about, is_age_at_death(record), by_age)


def birth_ratios(
    sought: Sequence[ToldBirth],
    found: Sequence[ToldBirth],
    rows: Ints,
    columns: Ints,
    today: datetime.date,
    parameters: Parameters,
) -> Floats:
    """ln LR of the pairs (number of one sought, number of one found), as `compare_age`. Lindley 1977, as there."""
    settings = parameters["age"]
    first, second = _numbers(sought, settings)[rows], _numbers(found, settings)[columns]
    since = np.where((second[:, AT_DEATH] > 0) & ~np.isnan(first[:, SINCE]), second[:, SEEN] - first[:, SINCE], 0.0)
    second[:, LOW] -= np.maximum(since, 0.0)
    about = np.full(len(rows), round(decimal_year(today)))
    for year in (first[:, BY_AGE], second[:, BY_AGE], first[:, ABOUT], second[:, ABOUT]):
        about = np.where(year > 0, year, about).astype(int)
    told = np.zeros(len(rows))
    for reference in np.unique(about).tolist():
        chosen = np.flatnonzero(about == reference)
        grid, density = births_of_missing(reference, settings["median"], settings["log_sd"])
        told[chosen] = _integrated(grid, density, first[chosen, :SINCE], second[chosen, :SINCE])
    return unless_mistaken(told, settings["mistaken"])


LOW, HIGH, SPREAD, OUTSIDE, SINCE, SEEN, ABOUT, AT_DEATH, BY_AGE = range(9)


def _numbers(births: Sequence[ToldBirth], settings: Parameters) -> Floats:
    """Births with the error rates of how they are known; columns as named above."""
    rows = [(one.low, one.high, settings["spread"][one.how], settings["outside"][one.how], *one[3:]) for one in births]
    return np.array(rows, float).reshape(-1, 9)


@njit(cache=True, nogil=True)
def _integrated(grid: Floats, density: Floats, first: Floats, second: Floats) -> Floats:
    """ln of ∫ π L₁ L₂ / (∫ π L₁ · ∫ π L₂) of each pair, over the grid of births."""
    out = np.empty(len(first))
    for k in range(len(first)):
        joint = alone = alone_2 = 0.0
        for g in range(len(grid)):
            one, other = _likelihood(grid[g], first[k]), _likelihood(grid[g], second[k])
            joint += density[g] * one * other
            alone += density[g] * one
            alone_2 += density[g] * other
        out[k] = math.log(max(joint, 1e-300)) - math.log(alone * alone_2)
    return out


@njit(cache=True, nogil=True, inline="always")
def _likelihood(born: float, told: Any) -> float:
    """As `evidence.age.birth_likelihood`, of one birth."""
    width = max(told[HIGH] - told[LOW], STEP)
    beyond = abs(born - (told[LOW] + told[HIGH]) / 2) - width / 2 - 1e-9
    if beyond <= 0:
        return 1.0
    tail = told[OUTSIDE] / (1 - told[OUTSIDE]) * width / (2 * told[SPREAD])
    return float(min(1.0, tail) * math.exp(-beyond / told[SPREAD]))
