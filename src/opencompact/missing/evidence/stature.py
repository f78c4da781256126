"""Stature: two measurements of one body with their errors, against two bodies of a population.

Both measurements are normal about the true stature, which is normal in the population of that sex; a stated range adds its
variance. The ratio is that of a bivariate normal with correlation to two independent ones, in closed form: Lindley 1977, Biometrika 64:207. Where the
sexes are told otherwise, or one is not told, each of two people is of the population of their own.
A child grows: each stature is taken to the adult one that it leads to by the medians of growth at its own age (CDC 2000, under two years WHO 2006), with the error of
that; of a child and of somebody whose age is unknown nothing is said. Some statures are told wrongly altogether (`mistaken`) and say nothing.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from opencompact.language import N_, Said, said
from opencompact.missing.evidence.age import birth_range, decimal_year
from opencompact.missing.evidence.ledger import Evidence, unless_mistaken
from opencompact.missing.evidence.parameters import Parameters, defaults
from opencompact.missing.evidence.where_when import last_known
from opencompact.missing.records.intervals import Days, Range
from opencompact.missing.records.record import Record


def statures_log_ratio(
    first: NDArray[np.float64], second: NDArray[np.float64], settings: Parameters
) -> NDArray[np.float64]:
    """ln LR of pairs of statures, each a row of `stature_terms`; `settings` are those of stature.

    Two people are each of their own population. One person is of the population of the sex that is told, of either as likely where the two
    records tell another one; so the mean over different people is one, whichever sexes are told. Where nothing is said it is 0.
    """
    apart = sum(_log_density(one[:, 0], one[:, 1] + one[:, 4] ** 2, one[:, 3]) for one in (first, second))
    known, other = (first[:, 2:] >= 0)[:, 0], (second[:, 2:] >= 0)[:, 0]
    populations = np.where(known[:, None], first[:, 3:5], second[:, 3:5])
    others = np.where((known & other)[:, None], second[:, 3:5], populations)
    joint = np.logaddexp(_joint(first, second, populations), _joint(first, second, others)) - math.log(2)
    told = np.minimum(unless_mistaken(joint - apart, settings["mistaken"]), settings["most"])
    return np.asarray(np.where(_unlike(first[:, 5], second[:, 5]), 0.0, told))


def _joint(
    first: NDArray[np.float64], second: NDArray[np.float64], population: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Logarithm of the density of two measurements of one stature of a population (mean, deviation): the one, and the other given it."""
    mean, spread = population[:, 0], population[:, 1] ** 2
    kept = spread / (first[:, 1] + spread)
    expected = mean + kept * (first[:, 0] - mean)
    one = _log_density(first[:, 0], first[:, 1] + spread, mean)
    return one + _log_density(second[:, 0], second[:, 1] + kept * first[:, 1], expected)


def _log_density(
    value: NDArray[np.float64], variance: NDArray[np.float64], mean: NDArray[np.float64]
) -> NDArray[np.float64]:
    return np.asarray(-0.5 * ((value - mean) ** 2 / variance + np.log(2 * math.pi * variance)))


def _unlike(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether one is a child's and the age of the other unknown."""
    return np.asarray((first != second) & (first + second == CHILD + AGE_UNKNOWN))


def compare_stature(
    sought: Record, found: Record, parameters: Parameters | None = None, today: datetime.date | None = None
) -> Evidence | None:
    """What the two statures say; None where one is unknown, or one is a child's and the other's age unknown. `today` is the day of ages
    that are of no day."""
    if sought.stature is None or found.stature is None:
        return None
    day = today or datetime.date.today()
    terms = (
        stature_terms([value], usual, parameters)
        for value, usual in ((stature_of(sought, day), "living"), (stature_of(found, day), "unknown"))
        if value is not None
    )
    one, other = terms
    first, second = one[0], other[0]
    if _unlike(one[:, 5], other[:, 5])[0]:
        return None
    told = float(statures_log_ratio(one, other, (parameters or defaults())["stature"])[0])
    reason = N_("The statures are {apart} cm apart; the measurements err by about {error} cm.")
    if CHILD in (first[5], second[5]):
        reason = N_(
            "Taken to full growth by the age of each, the statures are {apart} cm apart; they err by about {error} cm."
        )
    return Evidence(
        "stature",
        told,
        reason,
        {"apart": f"{abs(first[0] - second[0]):.0f}", "error": f"{math.sqrt(first[1] + second[1]):.0f}"},
        told_stature(sought.stature),
        told_stature(found.stature),
    )


def told_stature(stature: Range) -> Said:
    """A stature as it is known: a range with both its ends."""
    if stature.low == stature.high:
        return said("{stature} cm", stature=f"{stature.low:g}")
    return said("{low}–{high} cm", low=f"{stature.low:.0f}", high=f"{stature.high:.0f}")


Ages = tuple[float, float]
"""Youngest and oldest that somebody may have been (years), to the quarter."""
Stature = tuple[Range, str, str | None, Ages | None]
"""A stature, how it is known, the sex and the ages it may be of; None where they are unknown."""
GROWN, CHILD, AGE_UNKNOWN = 0.0, 1.0, 2.0
FULL_GROWN = 20.0  # years: the end of the tables of growth


def stature_of(record: Record, today: datetime.date) -> Stature | None:
    """The stature of a record with the age that it is of: at the last contact, at death or at the discovery."""
    if record.stature is None:
        return None
    return record.stature, record.stature_how, record.sex.value if record.sex else None, _ages(record, today)


def _ages(record: Record, today: datetime.date) -> Ages | None:
    born = birth_range(record, today)
    if born is None:
        return None
    if record.birth is None and record.age is not None and record.age.at is None:
        low, high = record.age.years.low, record.age.years.high + 1
    else:
        stop = last_known(record) if record.kind == "sought" else record.stop("found")
        when = (stop.days if stop else None) or Days(today, today)
        low, high = decimal_year(when.start) - born[1], decimal_year(when.end) - born[0]
    low, high = (min(FULL_GROWN, max(0.0, round(4 * age) / 4)) for age in (low, high))
    return low, high


def stature_terms(values: Sequence[Stature], usual: str, parameters: Parameters | None = None) -> NDArray[np.float64]:
    """Per stature: its middle when full grown, error variance, 1 for a known sex else -1, mean and deviation of its population, and
    GROWN, CHILD or AGE_UNKNOWN."""
    whole = parameters or defaults()
    settings, populations = whole["stature"], _populations(whole)
    rows = []
    for stature, how, sex, ages in values:
        mean, deviation = populations[sex]
        variance = settings["errors"][how if how != "unknown" else usual] ** 2 + stature.width**2 / 12
        factor, spread, tempo = grown_by(ages or (FULL_GROWN, FULL_GROWN), sex, settings["growth"])
        # Of the population's mean and not of the stature itself, so that every stature is measured with one error.
        variance = factor**2 * variance + (mean / factor) ** 2 * spread + tempo**2
        state = AGE_UNKNOWN if ages is None else CHILD if factor > settings["growth"]["nothing"] else GROWN
        rows.append((factor * stature.middle, variance, 1.0 if sex else -1.0, mean, deviation, state))
    return np.array(rows).reshape(-1, 6)


def _populations(parameters: Parameters) -> dict[str | None, tuple[float, float]]:
    """Mean and deviation (cm) of the adults of each sex, and of those of whom the sex is not told: of both, by the share of women."""
    share, told = parameters["sex"]["share_female"], parameters["stature"]["population"]
    (female, deviation), (male, deviation_2) = told["F"], told["M"]
    within = share * deviation**2 + (1 - share) * deviation_2**2
    mean, between = share * female + (1 - share) * male, share * (1 - share) * (male - female) ** 2
    return {"F": (female, deviation), "M": (male, deviation_2), None: (mean, math.sqrt(within + between))}


def grown_by(ages: Ages, sex: str | None, growth: Parameters) -> tuple[float, float, float]:
    """By what somebody of these ages is still to grow: the mean factor to full growth, its variance over the ages, and the error (cm)
    with which the one stature tells the other."""
    if ages[0] >= FULL_GROWN:
        return 1.0, 0.0, 0.0
    medians = [np.array(growth[one]) for one in ([sex] if sex else ["F", "M"])]
    at = np.arange(ages[0], max(ages) + 0.125, 0.25)
    shares = np.mean([np.interp(at, growth["ages"], one / one[-1]) for one in medians], axis=0)
    error = growth["error"] * float(np.mean(np.minimum(1.0, (1 - shares) / growth["near_end"])))
    return float(np.mean(1 / shares)), float(np.var(1 / shares)), error
