"""How likely a way is between where somebody was last heard of and where somebody was found: of one person, and of two.

A mixture of exponentials for one person, a wide ring for others; of a name that several places have, each of them weighed by its share (a finite mixture:
McLachlan & Peel 2000, *Finite Mixture Models*). The form is this project's judgement, and so are its numbers, in `parameters.toml`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from opencompact.missing.evidence.parameters import Parameters, defaults

WIDE = 100.0
"""km: the radius from which on a place is an area, as a country is: where in it somebody was is not known."""


def place_likelihood_ratio(
    kilometres: float, days: float | None, parameters: Parameters | None = None, width: float = 0.0, wide: bool = False
) -> float:
    """LR of a way of `kilometres` to `kilometres + width` between last contact and discovery, with `days` to travel it (None if
    not known); `wide` where one end is known no better than a country."""
    settings = (parameters or defaults())["place"]
    of_one = float(place_ratio(np.array([kilometres]), np.array([width]), np.array([wide]), parameters)[0])
    return float((1 - settings["error"]) * of_one * in_time(kilometres, days, settings) + settings["error"])


def in_time(kilometres: float, days: float | None, settings: Parameters) -> float:
    """How far there was time for a way: 1, and less the farther it is beyond what can be gone in the days (None if not known)."""
    if days is None:
        return 1.0
    return math.exp(-max(kilometres / (settings["speed"] * (max(days, 0.0) + 2)) - 1, 0.0))


def mixture(x: NDArray[Any], *parts: list[float]) -> NDArray[np.float64]:
    """Density of a mixture of exponentials (share, mean) at each x."""
    return np.asarray(np.sum([share / mean * np.exp(-x / mean) for share, mean in parts], axis=0))


def place_parts(
    kilometres: NDArray[np.float64], width: NDArray[np.float64], parameters: Parameters | None = None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean densities a km of ways between `kilometres` and `kilometres + width`, for one person (before the time is looked at)
    and for another, whose density grows with the ring until the size of the setting."""
    settings = (parameters or defaults())["place"]
    width = np.maximum(width, 1.0)
    end, wide = kilometres + width, settings["other"]
    same = np.sum(
        [share * (np.exp(-kilometres / mean) - np.exp(-end / mean)) for share, mean in _ways_of_one(settings)], axis=0
    )
    return np.asarray(same / width), np.asarray(others_between(kilometres, end, wide) / width)


def others_between(start: NDArray[np.float64], end: NDArray[np.float64], wide: float) -> NDArray[np.float64]:
    """How many of the others end their ways between `start` and `end` km, where nothing is known of them: as in a plane, normal about the last
    contact with the deviation `wide`, and a few anywhere."""
    within = np.exp(-((start / wide) ** 2) / 2) - np.exp(-((end / wide) ** 2) / 2)
    return np.asarray(within + 0.02 * (end - start) / wide)


def place_ratio(
    kilometres: NDArray[np.float64],
    width: NDArray[np.float64],
    wide: NDArray[np.bool_],
    parameters: Parameters | None = None,
) -> NDArray[np.float64]:
    """The quotient of `place_parts`; at least 1 where one end is `wide`: an onward journey from somewhere in a country is common."""
    same, other = place_parts(kilometres, width, parameters)
    return np.asarray(np.where(wide, np.maximum(1.0, same / other), same / other))


def _ways_of_one(settings: Parameters) -> tuple[list[float], ...]:
    return settings["near"], settings["way"], settings["far"]


def weighed(shares: Sequence[float], ln_ratios: Sequence[float]) -> float:
    """ln LR of a way of which an end may be any of several places: the mean over them; a place that is in no list (what the shares leave to 1) says
    nothing."""
    if len(shares) == 1 and shares[0] == 1:
        return ln_ratios[0]
    told = math.fsum(share * math.exp(one) for share, one in zip(shares, ln_ratios, strict=True))
    return math.log(told + max(0.0, 1 - math.fsum(shares)))
