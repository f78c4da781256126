"""Age: two statements about one birth, each an interval with a density, compared by integrating over the birth.

Each statement gives a likelihood of the true birth year: flat within its range, falling off exponentially outside, with the
share that statements of its kind err; a few are told wrongly altogether (`mistaken`) and say nothing. The ratio is ∫ π L₁ L₂ / (∫ π L₁ · ∫ π L₂) with the ages at which people disappear
as π: deterministic, for any two ranges, none of which need overlap. The age of remains is that at death, which lies anywhere
between the last contact with the person sought and the discovery. Method: two statements of one unknown quantity, as Lindley 1977
(Biometrika 64:207), by integration instead of in closed form; ages at death as intervals: Boldsen et al. 2002 (in Hoppa & Vaupel, *Paleodemography*,
ch. 5). The error rates are in `parameters.toml`, each with its source.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from opencompact.language import N_, Said, said
from opencompact.missing.evidence.ledger import Evidence, unless_mistaken
from opencompact.missing.evidence.parameters import Parameters, defaults
from opencompact.missing.evidence.where_when import last_known
from opencompact.missing.records.intervals import Days
from opencompact.missing.records.record import Record

STEP = 0.25  # years
# How a birth or an age is known, as it is told beside it.
SOURCES = {
    "reported": N_("reported"),
    "documents": N_("by documents"),
    "external": N_("by examination"),
    "skeletal": N_("by the skeleton"),
    "dental": N_("by the teeth"),
    "dna": N_("by DNA"),
    "unknown": N_("not known how"),
}
OLDEST = 110.0
Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]


def birth_range(record: Record, today: datetime.date) -> tuple[float, float, str] | None:
    """(earliest, latest, how) birth as decimal years: of a birth date, or of an age in completed years on a day."""
    if record.birth is not None:
        return decimal_year(record.birth.start), decimal_year(record.birth.end) + 1 / 365.25, record.birth_how
    if record.age is None:
        return None
    at = record.age.at or last_seen(record) or Days(today, today)
    return (
        decimal_year(at.start) - record.age.years.high - 1,
        decimal_year(at.end) - record.age.years.low,
        record.age.how,
    )


def is_age_at_death(record: Record) -> bool:
    """Whether what is known is the age of remains, on no stated day: the discovery is then only the latest it can be of."""
    return record.kind == "remains" and record.birth is None and record.age is not None and record.age.at is None


def birth_of_found(found: Record, sought: Record, today: datetime.date) -> tuple[float, float, str] | None:
    """The birth of a record found (earliest, latest, how), for a death at any time since the last contact with that person sought."""
    born, last = birth_range(found, today), last_known(sought)
    if born is None or last is None or last.days is None or sought.kind == "remains" or not is_age_at_death(found):
        return born
    discovery = last_seen(found) or Days(today, today)
    return born[0] - max(0.0, decimal_year(discovery.start) - decimal_year(last.days.start)), born[1], born[2]


def last_seen(record: Record) -> Days | None:
    """When a record is of: the days of the last contact with a person sought, else those of the discovery."""
    stop = record.stop("last-contact") if record.kind == "sought" else record.stop("found")
    return stop.days if stop else None


def missing_about(sought: Record, found: Record, today: datetime.date) -> float:
    """The year about which the person of two records was missing, with decimals: of the discovery, else of the last contact, else as
    `missing_by_age` has it of the one found or of the one sought."""
    when = last_seen(found) or last_seen(sought)
    if when:
        return decimal_year(when.middle)
    return missing_by_age(found, today) or missing_by_age(sought, today) or decimal_year(today)


def missing_by_age(record: Record, today: datetime.date) -> float | None:
    """The year about which somebody of no other date was missing: that of which the age is told; of a birth alone, that in which people born then
    are as old as most who disappear, which makes the least of the birth. None where neither is known."""
    if record.birth is not None:
        return min(decimal_year(record.birth.middle) + COMMONEST, decimal_year(today))
    return decimal_year(record.age.at.middle) if record.age is not None and record.age.at else None


COMMONEST = 20.0
"""Years: the age of most who disappear, by the mode of `age.median` and `age.log_sd`."""


def decimal_year(day: datetime.date) -> float:
    """A day as a year with decimals."""
    return day.year + (day.timetuple().tm_yday - 1) / 365.25


def birth_likelihood(
    grid: Vector, low: float | Matrix, high: float | Matrix, *, spread: float | Matrix, outside: float | Matrix
) -> Matrix:
    """Likelihood of each birth year: 1 within [low, high], outside falling off with scale `spread` so that a share
    `outside` of statements errs. Columns of numbers give a row each."""
    # A day is as wide as the step of the grid, so that it always holds one of its points.
    middle, width = (np.asarray(low) + high) / 2, np.maximum(np.asarray(high) - low, STEP)
    beyond = np.maximum(np.abs(grid - middle) - width / 2 - 1e-9, 0.0)
    # A statement that errs does so by an exponential distance; its density joins the plateau's scale.
    tail = outside / (1 - outside) * width / (2 * spread)
    return np.asarray(np.where(beyond == 0, 1.0, np.minimum(1.0, tail) * np.exp(-beyond / spread)))


@lru_cache(maxsize=64)
def births_of_missing(reference: float, median: float, log_sd: float) -> tuple[Vector, Vector]:
    """Grid of birth years and the density of births of people who were missing about the year `reference`. Own; log-normal ages, parameters
    in `parameters.toml`."""
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
    grid, density = births_of_missing(round(reference), settings["median"], settings["log_sd"])
    first, second = (
        birth_likelihood(grid, low, high, spread=settings["spread"][how], outside=settings["outside"][how])
        for low, high, how in (sought, found)
    )
    joint = max(float(np.dot(density, first * second)), _LEAST)
    right = math.log(joint) - math.log(float(np.dot(density, first)) * float(np.dot(density, second)))
    return math.exp(unless_mistaken(right, settings["mistaken"]))


_LEAST = 1e-300


def compare_age(
    sought: Record, found: Record, today: datetime.date, parameters: Parameters | None = None
) -> Evidence | None:
    """What ages and birth dates say; None where one is unknown."""
    first, second = birth_range(sought, today), birth_of_found(found, sought, today)
    if first is None or second is None:
        return None
    ratio = age_likelihood_ratio(first, second, missing_about(sought, found, today), parameters)
    reason, values = _agreement(first, second)
    if sought.birth and found.birth and sought.birth.length == found.birth.length == 1:
        reason, values = _days_agree(sought.birth, found.birth)
    return Evidence("age", math.log(ratio), reason, values, _told(sought, first), _told(found, second))


def _agreement(first: tuple[float, float, str], second: tuple[float, float, str]) -> tuple[str, dict[str, object]]:
    """The sentence for two birth ranges."""
    gap = max(first[0] - second[1], second[0] - first[1], 0.0)
    shared = min(first[1], second[1]) - max(first[0], second[0])
    if gap > 0:
        return N_("The ages do not meet: they are {years} years apart."), {"years": round(gap, 1)}
    if min(first[1] - first[0], second[1] - second[0]) < 0.1:
        return N_("The date of birth lies within what the other record says."), {}
    return N_("The ages agree; the ranges share {years} years."), {"years": round(shared, 1)}


def _days_agree(first: Days, second: Days) -> tuple[str, dict[str, object]]:
    """The sentence for two dates of birth that are known to the day."""
    days = abs((first.start - second.start).days)
    return (
        (N_("Days between the two dates of birth: {days}."), {"days": days})
        if days
        else (N_("The date of birth is the same."), {})
    )


def _told(record: Record, birth: tuple[float, float, str]) -> Said:
    """A birth in words: the day where it is known to the day."""
    if record.birth is None or record.birth.length > 1:
        return _said(birth)
    return said("born {day} ({how})", day=str(record.birth.start), how=said(SOURCES[birth[2]]))


def _said(birth: tuple[float, float, str]) -> Said:
    low, high = math.floor(birth[0]), math.floor(birth[1])
    years = str(low) if low == high else f"{low}–{high}"
    return said("born {years} ({how})", years=years, how=said(SOURCES[birth[2]]))


Birth = tuple[float, float, str, int, bool]
"""Earliest and latest birth (years), how known, the year of the last contact or discovery or 0, whether it is an age at death."""


def birth_table(
    sought: Sequence[Birth], found: Sequence[Birth], year: int, parameters: Parameters | None = None
) -> NDArray[np.float32]:
    """ln LR of every pair of births, as `compare_age`, with the time since the last contact taken in whole years.

    The population is that of the discovery's year, else of `year`.
    """
    return FoundBirths(found, year, parameters).table(sought)


class FoundBirths:
    """Births of people found, whose likelihoods are worked out once and kept, however many are sought among them."""

    def __init__(self, found: Sequence[Birth], year: int, parameters: Parameters | None = None) -> None:
        self.found = found
        self._settings = (parameters or defaults())["age"]
        self._of = np.array([one[3] or year for one in found], int)
        self._latest = int(self._of.max(initial=year))
        self._at_death = np.array([one[4] for one in found], bool)
        self._told = lru_cache(maxsize=MOST_KEPT)(self._likelihoods_of)

    def table(self, sought: Sequence[Birth]) -> NDArray[np.float32]:
        """ln LR of each of those sought (rows) with each found (columns)."""
        table = np.zeros((len(sought), len(self.found)), np.float32)
        of_sought = np.array([self._latest if one[4] or not one[3] else one[3] for one in sought], int)
        for reference in np.unique(self._of).tolist():
            grid, density = births_of_missing(reference, self._settings["median"], self._settings["log_sd"])
            columns = np.flatnonzero(self._of == reference)
            first = _likelihoods(sought, grid, self._settings)
            since = np.maximum(0, reference - of_sought)
            for years in np.unique(since).tolist():
                rows = np.flatnonzero(since == years)
                second, alone = self._told(reference, years)
                joint = (first[rows] * density) @ second.T
                told = np.log(np.maximum(joint, _LEAST)) - np.log(np.outer(first[rows] @ density, alone))
                table[np.ix_(rows, columns)] = unless_mistaken(told, self._settings["mistaken"])
        return table

    def _likelihoods_of(self, reference: int, years: int) -> tuple[Matrix, Vector]:
        """Of those found in a year, `years` after a last contact: the likelihood of each birth year, and its mean over all births."""
        grid, density = births_of_missing(reference, self._settings["median"], self._settings["log_sd"])
        columns = np.flatnonzero(self._of == reference)
        births = [self.found[column] for column in columns.tolist()]
        second = _likelihoods(births, grid, self._settings, years * self._at_death[columns])
        return second, second @ density


MOST_KEPT = 200
"""Years of discovery, by years since the last contact, whose likelihoods a register keeps."""


def _likelihoods(
    births: Sequence[Birth], grid: Vector, settings: Parameters, earlier: NDArray[Any] | None = None
) -> Matrix:
    """`birth_likelihood` of each, its earliest birth put back by so many years: shape (births, grid)."""
    low = np.array([one[0] for one in births]) - (0 if earlier is None else earlier)
    high = np.array([one[1] for one in births])
    spread = np.array([settings["spread"][one[2]] for one in births])[:, None]
    outside = np.array([settings["outside"][one[2]] for one in births])[:, None]
    return birth_likelihood(grid, low[:, None], high[:, None], spread=spread, outside=outside)
