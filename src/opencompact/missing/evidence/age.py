"""Age: two statements about one birth, each an interval with a density, compared by integrating over the birth.

Each statement gives a likelihood of the true birth year: flat within its range, falling off exponentially outside, with the
share that statements of its kind err. The ratio is ∫ π L₁ L₂ / (∫ π L₁ · ∫ π L₂) with the ages at which people disappear
as π: deterministic, for any two ranges, none of which need overlap.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from opencompact.language import N_
from opencompact.missing.evidence.ledger import Evidence
from opencompact.missing.evidence.parameters import Parameters, defaults
from opencompact.missing.records.intervals import Days
from opencompact.missing.records.record import Record

STEP = 0.25  # years
OLDEST = 110.0
Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]


def birth_range(record: Record, today: datetime.date) -> tuple[float, float, str] | None:
    """(earliest, latest, how) birth as decimal years: of a birth date, or of an age in completed years on a day."""
    if record.birth is not None:
        return _year(record.birth.start), _year(record.birth.end) + 1 / 365.25, "documents"
    if record.age is None:
        return None
    at = record.age.at or _when(record) or Days(today, today)
    return _year(at.start) - record.age.years.high - 1, _year(at.end) - record.age.years.low, record.age.how


def _when(record: Record) -> Days | None:
    stop = record.stop("last-contact") if record.kind == "sought" else record.stop("found")
    return stop.days if stop else None


def _year(day: datetime.date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 365.25


def birth_likelihood(grid: Vector, low: float, high: float, *, spread: float, outside: float) -> Vector:
    """Likelihood of each birth year: 1 within [low, high], outside falling off with scale `spread` so that a share
    `outside` of statements errs."""
    # A day is as wide as the step of the grid, so that it always holds one of its points.
    middle, width = (low + high) / 2, max(high - low, STEP)
    beyond = np.maximum(np.abs(grid - middle) - width / 2 - 1e-9, 0.0)
    # A statement that errs does so by an exponential distance; its density joins the plateau's scale.
    tail = outside / (1 - outside) * width / (2 * spread)
    likelihood: Vector = np.where(beyond == 0, 1.0, min(1.0, tail) * np.exp(-beyond / spread))
    return likelihood


@lru_cache(maxsize=64)
def _population(reference: float, median: float, log_sd: float) -> tuple[Vector, Vector]:
    """Grid of birth years and the density of births of people who were missing about the year `reference`."""
    grid = np.arange(reference - OLDEST, reference + STEP, STEP)
    age = np.maximum(reference - grid, STEP / 2)
    density = np.exp(-0.5 * ((np.log(age) - math.log(median)) / log_sd) ** 2) / age
    density += 1e-3 * density.max()  # nobody is too old or too young to be missing
    return grid, density / density.sum()


def age_likelihood_ratio(
    sought: tuple[float, float, str],
    found: tuple[float, float, str],
    reference: float,
    parameters: Parameters | None = None,
) -> float:
    """LR of two birth ranges (earliest, latest, how) among people missing about the year `reference`."""
    settings = (parameters or defaults())["age"]
    grid, density = _population(round(reference), settings["median"], settings["log_sd"])
    first, second = (
        birth_likelihood(grid, low, high, spread=settings["spread"][how], outside=settings["outside"][how])
        for low, high, how in (sought, found)
    )
    joint = float(np.dot(density, first * second))
    return joint / (float(np.dot(density, first)) * float(np.dot(density, second)))


def compare_age(
    sought: Record, found: Record, today: datetime.date, parameters: Parameters | None = None
) -> Evidence | None:
    """What ages and birth dates say; None where one is unknown."""
    first, second = birth_range(sought, today), birth_range(found, today)
    if first is None or second is None:
        return None
    when = _when(found) or _when(sought)
    reference = _year(when.middle) if when else _year(today)
    ratio = age_likelihood_ratio(first, second, reference, parameters)
    gap = max(first[0] - second[1], second[0] - first[1], 0.0)
    if gap > 0:
        reason = N_("The ages do not meet: they are {years} years apart.")
    else:
        reason = N_("The ages agree; the ranges share {years} years.")
    shared = min(first[1], second[1]) - max(first[0], second[0])
    values: dict[str, object] = {"years": f"{gap if gap > 0 else max(shared, 0.0):.1f}"}
    return Evidence("age", math.log(ratio), reason, values, _said(first), _said(second))


def _said(birth: tuple[float, float, str]) -> str:
    low, high = math.floor(birth[0]), math.floor(birth[1])
    return f"*{low}" if low == high else f"*{low}–{high}"


def birth_table(
    sought: Sequence[tuple[float, float, str, int]],
    found: Sequence[tuple[float, float, str, int]],
    year: int,
    parameters: Parameters | None = None,
) -> NDArray[np.float32]:
    """ln LR of every pair of birth ranges (earliest, latest, how, year of the discovery or 0), as `age_likelihood_ratio`.

    The population is that of the discovery's year, else of `year`.
    """
    settings = (parameters or defaults())["age"]
    table = np.zeros((len(sought), len(found)), np.float32)
    if not len(sought) or not len(found):
        return table
    of_year = np.array([one[3] or year for one in found])
    for reference in np.unique(of_year):
        grid, density = _population(int(reference), settings["median"], settings["log_sd"])
        columns = np.flatnonzero(of_year == reference)
        first = _likelihoods(sought, grid, settings)
        second = _likelihoods([found[column] for column in columns.tolist()], grid, settings)
        joint = (first * density) @ second.T
        table[:, columns] = np.log(joint / np.outer(first @ density, second @ density))
    return table


def _likelihoods(ranges: Sequence[tuple[float, float, str, int]], grid: Vector, settings: Parameters) -> Matrix:
    return np.array(
        [
            birth_likelihood(grid, low, high, spread=settings["spread"][how], outside=settings["outside"][how])
            for low, high, how, _ in ranges
        ]
    )
