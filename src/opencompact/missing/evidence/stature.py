"""Stature: two measurements of one body with their errors, against two bodies of a population.

Both measurements are normal about the true stature, which is normal in the population of that sex; a stated range adds its
variance. The ratio is that of a bivariate normal with correlation to two independent ones, in closed form: Lindley 1977, Biometrika 64:207.
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


def stature_likelihood_ratio(
    first: float, second: float, *, first_variance: float, second_variance: float, mean: float, deviation: float
) -> float:
    """LR of two statures (cm) measured with these error variances (cm²), in a population N(mean, deviation²)."""
    spread = deviation**2
    a, b = first - mean, second - mean
    va, vb = first_variance + spread, second_variance + spread
    determinant = va * vb - spread**2
    joint = -0.5 * (vb * a * a - 2 * spread * a * b + va * b * b) / determinant - 0.5 * math.log(determinant)
    apart = -0.5 * (a * a / va + b * b / vb) - 0.5 * math.log(va * vb)
    return math.exp(max(joint - apart, _LEAST))


_LEAST = -700.0  # ln: smaller is no number of double precision


def compare_stature(
    sought: Record, found: Record, parameters: Parameters | None = None, today: datetime.date | None = None
) -> Evidence | None:
    """What the two statures say; None where one is unknown, or one is a child's and the other's age unknown. `today` is the day of ages
    that are of no day."""
    if sought.stature is None or found.stature is None:
        return None
    day = today or datetime.date.today()
    first, second = (
        stature_terms([value], usual, parameters)[0]
        for value, usual in ((stature_of(sought, day), "living"), (stature_of(found, day), "unknown"))
        if value is not None
    )
    if {first[5], second[5]} == {CHILD, AGE_UNKNOWN}:
        return None
    settings = (parameters or defaults())["stature"]
    ratio = stature_likelihood_ratio(
        first[0],
        second[0],
        first_variance=first[1],
        second_variance=second[1],
        mean=(first if first[2] >= 0 else second)[3],
        deviation=(first if first[2] >= 0 else second)[4],
    )
    reason = N_("The statures are {apart} cm apart; the measurements err by about {error} cm.")
    if CHILD in (first[5], second[5]):
        reason = N_(
            "Taken to full growth by the age of each, the statures are {apart} cm apart; they err by about {error} cm."
        )
    return Evidence(
        "stature",
        min(settings["most"], float(unless_mistaken(math.log(ratio), settings["mistaken"]))),
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
    settings = (parameters or defaults())["stature"]
    female, male = settings["population"]["F"], settings["population"]["M"]
    populations = {"F": female, "M": male, None: [(female[0] + male[0]) / 2, 9.0]}
    rows = []
    for stature, how, sex, ages in values:
        variance = settings["errors"][how if how != "unknown" else usual] ** 2 + stature.width**2 / 12
        factor, spread, tempo = grown_by(ages or (FULL_GROWN, FULL_GROWN), sex, settings["growth"])
        variance = factor**2 * variance + stature.middle**2 * spread + tempo**2
        state = AGE_UNKNOWN if ages is None else CHILD if factor > settings["growth"]["nothing"] else GROWN
        rows.append((factor * stature.middle, variance, 1.0 if sex else -1.0, *populations[sex], state))
    return np.array(rows).reshape(-1, 6)


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
