"""Stature: two measurements of one body with their errors, against two bodies of a population.

Both measurements are normal about the true stature, which is normal in the population of that sex; a stated range adds its
variance. The ratio is that of a bivariate normal with correlation to two independent ones, in closed form: Lindley 1977, Biometrika 64:207.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from opencompact.language import N_, Said, said
from opencompact.missing.evidence.ledger import Evidence
from opencompact.missing.evidence.parameters import Parameters, defaults
from opencompact.missing.records.intervals import Range
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
    return math.exp(joint - apart)


def compare_stature(sought: Record, found: Record, parameters: Parameters | None = None) -> Evidence | None:
    """What the two statures say; None where one is unknown."""
    if sought.stature is None or found.stature is None:
        return None
    settings = (parameters or defaults())["stature"]
    known = sought.sex or found.sex
    sex = known.value if known else None
    female, male = settings["population"]["F"], settings["population"]["M"]
    mean, deviation = {"F": female, "M": male}.get(sex or "", [(female[0] + male[0]) / 2, 9.0])
    variances = [
        settings["errors"][record.stature_how if record.stature_how != "unknown" else usual] ** 2
        + record.stature.width**2 / 12
        for record, usual in ((sought, "living"), (found, "unknown"))
        if record.stature is not None
    ]
    ratio = stature_likelihood_ratio(
        sought.stature.middle,
        found.stature.middle,
        first_variance=variances[0],
        second_variance=variances[1],
        mean=mean,
        deviation=deviation,
    )
    apart = abs(sought.stature.middle - found.stature.middle)
    return Evidence(
        "stature",
        min(settings["most"], math.log(max(ratio, 1e-12))),
        N_("The statures are {apart} cm apart; the measurements err by about {error} cm."),
        {"apart": f"{apart:.0f}", "error": f"{math.sqrt(sum(variances)):.0f}"},
        _said(sought.stature),
        _said(found.stature),
    )


def _said(stature: Range) -> Said:
    """A stature as it is known: a range with both its ends."""
    if stature.low == stature.high:
        return said("{stature} cm", stature=f"{stature.low:g}")
    return said("{low}–{high} cm", low=f"{stature.low:.0f}", high=f"{stature.high:.0f}")


def stature_terms(
    values: Sequence[tuple[Range, str, str | None]], usual: str, parameters: Parameters | None = None
) -> NDArray[np.float64]:
    """Per (stature, how, sex): middle, error variance, 1 for a known sex else -1, mean and deviation of its population."""
    settings = (parameters or defaults())["stature"]
    female, male = settings["population"]["F"], settings["population"]["M"]
    populations = {"F": female, "M": male, None: [(female[0] + male[0]) / 2, 9.0]}
    rows = [
        (
            stature.middle,
            settings["errors"][how if how != "unknown" else usual] ** 2 + stature.width**2 / 12,
            1.0 if sex else -1.0,
            *populations[sex],
        )
        for stature, how, sex in values
    ]
    return np.array(rows).reshape(-1, 5)
